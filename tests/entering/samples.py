"""One entry of each kind, with every field filled: the format of 2026, pinned by tests/golden/entries."""

from __future__ import annotations

from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.entries import (
    Adjudication,
    Basis,
    Blob,
    Commitment,
    Copy,
    Correction,
    Custody,
    Deployment,
    Draw,
    Election,
    Eligibility,
    Entry,
    File,
    Incident,
    Key,
    Observation,
    Outcome,
    Override,
    Plan,
    Provenance,
    Publication,
    Reading,
    Reply,
    Sheet,
    Stations,
    Verdict,
    Withdrawal,
    salted_digest,
)

__all__ = ["SALT", "VKEY", "sample_entries"]

SALT = bytes(range(32))
VKEY = "example.org/majilis+0123abcd+AZk2ZyAFrZ2ndNL7hTyvXv5GZn2rW8Yz1Q4x8cL0m9aB"
CELLS = {"invalid": 41, "osdp": 0, "registered": 2417}


def digest(name: str) -> str:
    """Return the digest that stands for something of this name."""
    return sha256_hex(name.encode())


def file(name: str) -> File:
    """Return a public file of this name."""
    return File(digest=digest(name), name=name, size=len(name))


def sample_entries() -> tuple[Entry, ...]:
    """Return the samples, one of each kind."""
    first, second = sorted((digest("reading 1"), digest("reading 2")))
    return (
        Election(
            definition=file("2012.toml"),
            id="kazakhstan.majilis.2012",
            key=VKEY,
            origin="example.org/majilis",
            params={"date": "2012-01-15"},
        ),
        Stations(blob=file("учаскелер.csv"), rows=9764, synthetic=True),
        Deployment(
            announced="2012-01-15T12:59:59Z",
            commitment=digest("commitment"),
            salt=SALT.hex(),
            stations=file("deployed.csv"),
        ),
        Plan(contest="list", document=file("plan.pdf"), method="risk_limiting_audit", size=300),
        Commitment(digest=salted_digest(SALT, b"deployed.csv"), purpose="deployment"),
        Draw(
            commitment=digest("commitment"),
            drawn=file("drawn.csv"),
            method="sampling_without_replacement",
            plan=digest("plan"),
            salt=SALT.hex(),
            seed="36241516243512635412",
        ),
        Key(new=VKEY.replace("0123abcd", "89abcdef"), old="0123abcd", signature="c2lnbmF0dXJlIG9mIHRoZSBvbGQga2V5"),
        Copy(
            collector="osdp",
            contest="list",
            derivative=Blob(digest=digest("derivative"), size=402113, type="image/jpeg"),
            holder="holder-17",
            level=2,
            original=digest("original"),
            received="2012-01-15T18:07:03Z",
            station="Алматы 117",
            supersedes=digest("earlier"),
            synthetic=True,
        ),
        Reading(
            cells=CELLS,
            contest="list",
            copy=digest("copy"),
            means="person",
            reader="reader-04",
            states="===i",
            station="Алматы 117",
        ),
        Adjudication(
            adjudicator="reader-09",
            cells=CELLS,
            contest="list",
            copy=digest("copy"),
            readings=(first, second),
            reason="third_reading",
            states="===i",
            station="Алматы 117",
        ),
        Sheet(
            area="almaty",
            basis=Basis(file=digest("copies.csv"), row=118),
            cells=CELLS,
            collector="osdp",
            contest="list",
            copy=1,
            level=2,
            states="=i==bar",
            station='№ 117 "Мектеп \\ Школа"',
            version=2,
        ),
        Custody(
            actor="coordinator-1",
            event="table_imported",
            file=digest("copies.csv"),
            issues=digest("issues"),
            layout=digest("layout"),
            name="copies.csv",
            of=digest("copy"),
            rows=412,
            synthetic=True,
            time="2012-01-16T08:00:00Z",
        ),
        Provenance(
            by="coordinator-1",
            corroborated_by=(digest("second copy"),),
            grounds=("certified", "second_copy"),
            level=4,
            of=digest("copy"),
        ),
        Publication(
            contest="list",
            file=file("preliminary.csv"),
            kind_of_table="reported",
            layout=digest("layout"),
            order=1,
            rows=16,
            synthetic=True,
        ),
        Outcome(deployment=digest("deployment"), outcome="refused", station="117", time="2012-01-15T20:30:00Z"),
        Reply(answer="rejected", answered="2012-01-24", blob=digest("answer"), to=digest("copy")),
        Observation(
            answers={"copy_posted": "no", "count_visible": "not_observed"},
            arrived="2012-01-15T12:40:00Z",
            counts={"observers": 3},
            form=digest("form"),
            left="2012-01-15T19:00:00Z",
            observer="team-12",
            station="117",
            synthetic=True,
        ),
        Incident(
            account=salted_digest(SALT, b"account"),
            area="almaty",
            category="copy_refused",
            first_hand=True,
            media=tuple(sorted((digest("picture 1"), digest("picture 2")))),
            observer="team-12",
            station="117",
            synthetic=True,
            time="2012-01-15T19:02:00Z",
        ),
        Eligibility(
            authority="central_commission",
            ballot="struck_out",
            contest="list",
            contestant="rukhaniyat",
            date="2011-12-28",
            deadline="2012-01-07",
            event="struck_off",
            ground="charter",
            remedy="court",
            source=digest("decision"),
        ),
        Verdict(
            claims=("osdp >= 7%", "osdp > nur-otan in almaty"),
            contest="list",
            derivation=1,
            digest=digest("verdict.json"),
            release="0.3.0",
            tree_size=413,
        ),
        Withdrawal(blob=digest("derivative"), reason="personal_data"),
        Override(by=("reader-04", "reader-09"), issue="T104", of=digest("sheet"), reason="paper_seen"),
        Correction(by=digest("sheet 2"), of=digest("sheet"), reason="misread"),
    )
