"""Law: a copy is decided once; its sheet rests on its picture, and reaches the verdict."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from keeping.desks import (
    ANNA,
    BORIS,
    CLAIM,
    CONTEST,
    NIGHT,
    OTHER,
    PHOTO,
    agreed_sheet,
    arrived_copy,
    decision,
    in_log,
    kinds_in_log,
    reading,
    where,
)
from secondcount.archives import open_record
from secondcount.custody.agreeing import agree, decided_copies, set_aside
from secondcount.custody.archive import Archive
from secondcount.custody.arrivals import acknowledge_arrival
from secondcount.custody.decoding import ReadArrival, load_copy, read_arrival
from secondcount.custody.readings import commit_reading, reveal_readings
from secondcount.custody.rebuilding import desk_state
from secondcount.custody.stationing import record_provenance
from secondcount.errors import InputError, VerificationError
from secondcount.evidence.entries import Adjudication, Sheet
from secondcount.transcription import CellRead, Mark
from secondcount.verdict.derive import derive

LATER = NIGHT + timedelta(hours=1)
SEVEN = CellRead(mark=Mark.READ, value=7)


def shown(archive: Archive, copy: str) -> list[str]:
    """Return the digests of two readings that are shown."""
    fixed = [commit_reading(archive, reading(one), [copy], CONTEST, NIGHT) for one in (ANNA, BORIS)]
    return list(reveal_readings(archive, fixed).values())


def test_a_sheet_rests_on_its_picture(archive: Archive, copy: str) -> None:
    """Basis, states and figures are those that were agreed; the decision names both readings and the copy."""
    readings = shown(archive, copy)
    found = agree(archive, [copy], readings, decision(), where())
    entries = {type(one): one for one in in_log(archive)}
    sheet, decided = entries[Sheet], entries[Adjudication]
    assert isinstance(sheet, Sheet)
    assert isinstance(decided, Adjudication)
    assert (sheet.basis.file, sheet.basis.row) == (load_copy(archive, copy).derivative, 0)
    assert (sheet.states, sheet.cells["red"], sheet.area, sheet.level) == ("====s====", 300, "north", 2)
    assert (decided.copy, decided.pages, decided.readings) == (copy, (copy,), tuple(sorted(readings)))
    assert not found.same


def test_a_copy_is_decided_once(archive: Archive, copy: str) -> None:
    """Decided again, with another number among the copies, it is the first decision; other figures are refused."""
    readings = shown(archive, copy)
    first = agree(archive, [copy], readings, decision(), where())
    assert agree(archive, [copy], readings, decision(), where(copy=2)) == first
    kinds_in_log(archive)
    assert agree(archive, [copy], readings, decision(), where()) == first
    for changed in (decision(red=SEVEN), decision(valid=CellRead(mark=Mark.BLANK))):
        with pytest.raises(InputError) as refusal:
            agree(archive, [copy], readings, changed, where())
        assert (refusal.value.code, refusal.value.values["digest"]) == ("K153", first.adjudication)
    with pytest.raises(InputError) as refusal:
        set_aside(archive, [copy], readings, "set_aside", contest=CONTEST, station="512")
    assert refusal.value.code == "K153"
    assert Counter(kinds_in_log(archive))["sheet"] == 1
    assert len(list(decided_copies(archive))) == 1


def test_a_copy_that_is_set_aside_has_no_sheet(archive: Archive, copy: str) -> None:
    """The log says that no figures come of it, once."""
    readings = shown(archive, copy)
    first = set_aside(archive, [copy], readings, "set_aside", contest=CONTEST, station="512")
    assert set_aside(archive, [copy], readings, "set_aside", contest=CONTEST, station="512") == first
    (decided,) = [one for one in in_log(archive) if isinstance(one, Adjudication)]
    assert (decided.states, decided.cells, decided.reason) == ("u" * 9, {}, "set_aside")
    assert kinds_in_log(archive)["sheet"] == 0


def test_figures_of_another_contest(archive: Archive, copy: str) -> None:
    """Figures that do not fit the contest are refused before anything is written."""
    with pytest.raises(VerificationError) as refusal:
        agree(archive, [copy], shown(archive, copy), decision(), replace(where(), contest=OTHER))
    assert refusal.value.code == "V802"
    assert list(decided_copies(archive)) == []


def test_one_picture_is_one_sheet(archive: Archive, copy: str) -> None:
    """A photo that was claimed for both contests and shows one of them is that sheet, and no second witness."""
    first = agreed_sheet(archive, copy)
    receipt = acknowledge_arrival(archive, PHOTO, msgspec.structs.replace(CLAIM, contest=OTHER.id), NIGHT).receipt
    other = read_arrival(archive, receipt, OTHER, NIGHT)
    assert isinstance(other, ReadArrival)
    second = agreed_sheet(archive, other.copy)
    assert (second.sheet, second.same) == (first.sheet, True)
    assert kinds_in_log(archive)["sheet"] == 1
    assert kinds_in_log(archive)["adjudication"] == 2


def test_from_a_photo_to_the_verdict(archive: Archive, copy: str) -> None:
    """A verified archive has the sheet in its record, a struck-out cell as no number, and nothing is left unread."""
    agreed_sheet(archive, copy)
    record_provenance(archive, copy, 2, ("known_sender",), by="")
    assert kinds_in_log(archive)["provenance"] == 1
    opened = open_record(archive.location)
    (row,) = opened.record.sheets[CONTEST.id].iter_rows(named=True)
    assert (row["station"], row["area"], row["states"]) == ("512", "north", "====s====")
    assert (row["red"], row["invalid"]) == (300, None)
    assert [one.code for one in (*opened.record.issues, *opened.told)] == []
    (found,) = [one for one in derive(opened.record).contests if one.contest == CONTEST.id]
    assert found is not None


def test_a_reading_that_is_never_shown_is_told(archive: Archive, copy: str) -> None:
    """`check` says how many readings were fixed and not shown; shown, it says nothing."""
    fixed = [commit_reading(archive, reading(one), [copy], CONTEST, NIGHT) for one in (ANNA, BORIS)]
    kinds_in_log(archive)
    (told,) = open_record(archive.location).told
    assert (told.code, dict(told.values)["count"], set(told.basis)) == ("A467", 2, set(fixed))
    reveal_readings(archive, fixed)
    kinds_in_log(archive)
    assert open_record(archive.location).told == ()


def test_a_photo_made_up_for_practice_labels_its_verdict(archive: Archive) -> None:
    """A rehearsal's sheets are synthetic in the record, whoever agreed on them."""
    agreed_sheet(archive, arrived_copy(archive, PHOTO, msgspec.structs.replace(CLAIM, synthetic=True)))
    kinds_in_log(archive)
    assert open_record(archive.location).record.synthetic


def test_the_desk_can_be_given_back(archive: Archive, copy: str) -> None:
    """Everything a database holds of the work is in the archive."""
    agreed = agreed_sheet(archive, copy)
    waiting = acknowledge_arrival(archive, PHOTO, msgspec.structs.replace(CLAIM, contest=OTHER.id), LATER)
    kinds_in_log(archive)
    state = desk_state(archive)
    assert [one.claim.contest for one in state.arrivals] == [CONTEST.id, OTHER.id]
    assert state.waiting == {waiting.receipt}
    assert set(state.copies) == {copy}
    assert [one.reader for one in state.commitments] == sorted((ANNA, BORIS), key=dict(_by_digest(state)).get)
    assert state.revealed == {one.digest for one in state.commitments}
    (decided,) = state.agreed
    assert decided.copies == (copy,)
    assert agreed.sheet


def _by_digest(state: object) -> list[tuple[str, str]]:
    return [(one.reader, one.digest) for one in getattr(state, "commitments", ())]
