"""Law: acts are sealed by digest; a person sees everything of theirs, and a deleted name is nowhere any more."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest

from keeping.desks import ANNA, CLAIM, NIGHT, PHOTO, agreed_sheet, arrived_copy, begin_desk, in_log
from secondcount.custody.accounting import (
    DESK_LOG,
    PERSON_DELETED,
    delete_person,
    export_person,
    load_log_segment,
    seal_log,
)
from secondcount.custody.archive import Archive, refreshed
from secondcount.custody.contacts import VARIABLE, Contact, add_contacts, load_contacts
from secondcount.custody.pseudonyms import PSEUDONYMS, load_pseudonyms
from secondcount.errors import InputError
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.entries import Custody

LINES = b'{"verb":"signed_in"}\n{"verb":"invited"}\n'


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Return a new archive, and what opens its contacts."""
    return replace(begin_desk(tmp_path / "archive"), environment={VARIABLE: "a passphrase"})


def test_a_segment_of_acts_is_sealed(archive: Archive) -> None:
    """The log has its digest and how many acts it is; the acts stay private; sealed again, it is the same."""
    digest = seal_log(archive, LINES, NIGHT)
    assert seal_log(archive, LINES, NIGHT) == digest == sha256_hex(LINES)
    assert load_log_segment(archive, digest) == LINES
    (entry,) = in_log(archive)
    assert isinstance(entry, Custody)
    assert (entry.event, entry.file, entry.rows) == (DESK_LOG, digest, 2)
    assert not any(LINES in archive.public.load(name) for name in archive.public.names())
    with pytest.raises(InputError) as refusal:
        load_log_segment(archive, "0" * 64)
    assert refusal.value.code == "A501"


def test_a_person_sees_what_is_theirs(archive: Archive) -> None:
    """What they sent, read and decided, and nothing of anybody else."""
    copy = arrived_copy(archive, PHOTO, msgspec.structs.replace(CLAIM, collector=ANNA))
    agreed_sheet(archive, copy)
    add_contacts(archive, {ANNA: Contact(name="Anna", contact="+7 701")}, date(2031, 1, 1))
    found = export_person(refreshed(archive), ANNA)
    assert (found["name"], found["contact"], found["decisions"]) == ("Anna", "+7 701", ())
    text = json.dumps(found)
    arrivals, readings = found["arrivals"], found["readings"]
    assert isinstance(arrivals, list)
    assert isinstance(readings, list)
    assert (len(arrivals), len(readings)) == (1, 1)
    assert "p-3" not in text
    nobody = export_person(archive, "p-" + "0" * 20)
    assert (nobody["name"], nobody["arrivals"], nobody["readings"]) == ("", [], [])


def test_a_deleted_name_is_gone(archive: Archive) -> None:
    """From both lists; the pseudonym and what was done under it stay, and the log says so once."""
    names, version = load_pseudonyms(archive.private)
    label = names.label("Ivanova")
    archive.private.replace(PSEUDONYMS, names.with_names(["Ivanova", "Petrova"]).encode(), version)
    people = {label: Contact(name="Ivanova", contact="+7"), ANNA: Contact(name="A", contact="")}
    add_contacts(archive, people, date(2031, 1, 1))
    archive = refreshed(archive)
    assert delete_person(archive, label)
    assert set(load_contacts(archive)) == {ANNA}
    assert set(load_pseudonyms(archive.private)[0].names.values()) == {"Petrova"}
    assert archive.settings.delete_contacts_on == "2031-01-01"
    assert not delete_person(archive, label)
    (entry,) = in_log(archive)
    assert isinstance(entry, Custody)
    assert (entry.event, entry.actor) == (PERSON_DELETED, label)
    assert export_person(archive, label)["name"] == ""


def test_nothing_is_said_of_nobody(archive: Archive) -> None:
    """A pseudonym without a name behind it is no deletion."""
    assert not delete_person(archive, ANNA)
    assert in_log(archive) == []
