"""What an archive says of its tables and photos reaches the verdict, whoever adds what later."""

from __future__ import annotations

import hashlib

import msgspec

from archiving.archives import Held, hold
from secondcount.evidence.entries import Basis, Blob, Copy, Custody, File, Publication, Sheet, Withdrawal, parse_entry

PRACTICE = b"# synthetic: yes\n"
HEAD = b"station,area,copy,level,collector,registered,invalid,nur,ak_zhol,union\n"
REPORTED = (
    b"# issuer: Commission\n# stage: final\n# published: 2030-05-06\n# label: Result\n"
    b"area,nur,ak_zhol,union\nland,500,200,90\n"
)
DIGEST = hashlib.sha256(REPORTED).hexdigest()
PHOTO, ORIGINAL = "a" * 64, "b" * 64


def publication(**more: object) -> Publication:
    """Return the entry of a table of figures."""
    plain = Publication(file=File(digest=DIGEST, name="r.csv", size=len(REPORTED)), order=0, rows=1)
    return msgspec.structs.replace(plain, **more)


def codes(held: Held) -> list[str]:
    """Return the codes of what is told of an archive."""
    return [one.code for one in held.record().issues]


def test_a_table_stays_made_up() -> None:
    """Another entry of the same table, with a name that comes first and without the label, takes nothing off."""
    held = hold(sheets=[("copies.csv", PRACTICE + HEAD + b"1,north,1,2,o-1,100,1,50,20,10\n")])
    first = next(one for one in map(parse_entry, held.entries) if isinstance(one, Custody))
    twin = msgspec.structs.replace(first, name="a.csv", synthetic=False)
    assert held.record().synthetic == ("file:copies.csv",)
    assert held.adding(twin).record().synthetic == ("file:a.csv",)


def test_a_publication_is_made_up_where_its_entry_says_so() -> None:
    """Neither its file nor another entry of the same file takes that back."""
    said, unsaid = publication(synthetic=True, order=1), publication()
    assert hold().adding(said, blobs=[REPORTED]).record().synthetic == ("file:r.csv", "publication:r-0")
    for other in (unsaid, publication(order=2)):  # whichever of the two places counts
        assert hold().adding(other, said, blobs=[REPORTED]).record().synthetic == ("file:r.csv", "publication:r-0")
    assert hold().adding(unsaid, blobs=[REPORTED]).record().synthetic == ()


def test_a_sheet_on_a_photo_made_up_is_made_up() -> None:
    """Whether it rests on the original or on the public picture; a photo on which nothing rests is no matter."""
    photo = Copy(
        contest="list",
        derivative=Blob(digest=PHOTO, size=1, type="image/png"),
        level=1,
        original=ORIGINAL,
        station="1",
        synthetic=True,
    )
    cells = {"registered": 100, "invalid": 1, "nur": 50, "ak_zhol": 20, "union": 10}
    for digest in (PHOTO, ORIGINAL):
        sheet = Sheet(
            area="north",
            basis=Basis(file=digest, row=0),
            cells=cells,
            contest="list",
            copy=1,
            level=1,
            states="=====",
            station="1",
            version=1,
        )
        assert hold().adding(photo, sheet).record().synthetic == (f"file:{digest[:16]}",)
        assert hold().adding(msgspec.structs.replace(photo, synthetic=False), sheet).record().synthetic == ()
    assert hold().adding(photo).record().synthetic == ()


def test_only_what_an_authority_reported_is_read_as_such() -> None:
    """A table of another kind is told, and none of its figures becomes official."""
    held = hold().adding(publication(kind_of_table="parallel_count"), blobs=[REPORTED])
    assert held.record().publications == ()
    assert "A456" in codes(held)
    assert "A456" not in codes(hold().adding(publication(), blobs=[REPORTED]))


def test_a_withdrawn_mapping_hides_its_table_and_stops_nothing() -> None:
    """How to read a table is not shown any more, so the table is not read; that is told."""
    held = hold().adding(publication(layout="c" * 64), Withdrawal(blob="c" * 64, reason="rights"), blobs=[REPORTED])
    assert held.record().publications == ()
    assert codes(held).count("A455") == 1
