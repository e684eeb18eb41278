"""What whoever sends a photo says about it; nothing of it is read from the picture, and nothing of it is believed.

Readers say station and contest from the paper, without having seen this. The claim stays in the private part: what
an entry needs of it (station, contest, pseudonym, level) is taken from here.
"""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from secondcount.errors import InputError, VerificationError
from secondcount.evidence.entries import Blob, Copy, Custody, encode_entry

__all__ = ["ARRIVED", "HIGHEST_CLAIMED", "Claim", "check_claim", "encode_claim", "grounds_of", "parse_claim", "utc"]

ARRIVED = "arrived"
"""Event of the `custody` entry that says that a file is safe; whoever sent it holds its digest as a receipt."""

HIGHEST_CLAIMED = 3
"""No sender can say that somebody else's copy agrees (level 4)."""

_NOBODY = "0" * 64
_LONGEST = 200  # characters of a text
_TEXTS = ("area", "sheet", "source", "from_whom", "capacity", "copy_number", "dated")


class Claim(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is claimed of one page. Times are UTC to the second ("2030-05-12T18:40:00Z"), "" where nobody knows."""

    station: str
    contest: str
    area: str = ""
    sheet: str = ""  # drawn by the sender; the pages of one copy share it
    page: int = 1
    pages: int = 1  # how many the copy has
    collector: str = ""  # pseudonym
    level: int = 0  # provenance level, 0 to 3
    source: str = ""  # posted_sheet, certified_copy, enlarged_form, official_scan, party_copy
    from_whom: str = ""  # chair, secretary, member, wall, website, ...: in what capacity somebody gave it
    capacity: str = ""  # observer, member, agent, journalist, voter, ...: in what capacity it was received
    count_ended: str = ""
    issued: str = ""
    captured: str = ""
    certified: bool | None = None  # bears the words "true copy"; None: nobody looked
    sealed: bool | None = None
    signatures: int | None = None
    members: int | None = None  # of the commission: `signatures` of so many
    copy_number: str = ""
    dated: str = ""  # the date on the copy, as it stands there
    holder: str = ""  # pseudonym of who keeps the paper
    consent: bool = False  # of the holder, to be named to a court
    synthetic: bool = False
    form_masks: bool = True  # False: the masks of the form do not fit this photo


_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(Claim)


def encode_claim(claim: Claim) -> bytes:
    """Return a claim as JSON."""
    return _ENCODER.encode(claim)


def parse_claim(data: bytes) -> Claim:
    """Return the claim in JSON from outside.

    Raises:
        InputError: K120 it is none; K122 it says what no entry can hold.

    """
    try:
        claim = _DECODER.decode(data)
    except (ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors
        raise InputError("K120", reason=str(error)[:_LONGEST]) from None
    check_claim(claim)
    return claim


def check_claim(claim: Claim) -> None:
    """Refuse a claim of which no entry could be made.

    Raises:
        InputError: K122, with the field.

    """
    for field in _TEXTS:
        if len(getattr(claim, field)) > _LONGEST:
            raise InputError("K122", field=field)
    if not 1 <= claim.page <= claim.pages <= 99:
        raise InputError("K122", field="page")
    if not 0 <= claim.level <= HIGHEST_CLAIMED:
        raise InputError("K122", field="level")
    copy = Copy(
        collector=claim.collector,
        contest=claim.contest,
        derivative=Blob(digest=_NOBODY, size=0, type="image/png"),
        holder=claim.holder,
        level=claim.level,
        original=_NOBODY,
        station=claim.station,
    )
    times = (claim.count_ended, claim.issued, claim.captured)
    events = (Custody(actor=claim.collector, event=ARRIVED, file=_NOBODY, time=time) for time in times)
    for entry in (copy, *events):
        try:
            encode_entry(entry)
        except VerificationError as error:
            raise InputError("K122", field=str(error.values.get("field", "station"))) from error


def grounds_of(claim: Claim) -> tuple[str, ...]:
    """Return what a claim says of the requisites of a copy, as the grounds of a `provenance` entry; sorted."""
    complete = claim.signatures is not None and claim.members is not None and claim.signatures >= claim.members > 0
    found = {
        "certified": claim.certified is True,
        "copy_number": bool(claim.copy_number),
        "date": bool(claim.dated),
        "known_sender": bool(claim.collector),
        "seal": claim.sealed is True,
        "signatures_all": complete,
        "signatures_some": bool(claim.signatures) and not complete,
    }
    return tuple(sorted(name for name, met in found.items() if met))


def utc(moment: datetime) -> str:
    """Return a moment as entries write it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
