"""What the database has lost of stations and papers comes back from the archive, from its log and from its outbox."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desking.copies import copy_to_read
from desking.place import DeskPlace, member
from secondcount.custody.sequencer import append_batch, drain
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.entries import File, Stations, encode_entry
from secondcount.web.board.outcomes import Said, set_outcome
from secondcount.web.board.papers import consent, hand_over
from secondcount.web.board.posting import fix_list, show_list
from secondcount.web.board.recovering import recover
from secondcount.web.board.registering import register_of_archive, take_register
from secondcount.web.desk import desk
from secondcount.web.models import Hold, ObserverList, Posting, Role, Station

NOW = datetime(2030, 5, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
REGISTER = b"station,area,registered\n1,north,400\n2,south,500\n"
TABLES = (Station, ObserverList, Posting, Hold)


def rows() -> list[list[str]]:
    """Return all that the tables say, but for the numbers of their rows."""
    stations = Station.objects.values_list("name", "area", "registered", "known")
    lists = ObserverList.objects.values_list("table", "commitment", "entry", "rows", "announced")
    postings = Posting.objects.values_list(
        "station__name", "observer", "deployment", "outcome", "reason", "time", "entry"
    )
    holds = Hold.objects.values_list("holder", "since", "consent", "entry")
    return [sorted(map(repr, one)) for one in (stations, lists, postings, holds)]


@pytest.mark.parametrize("drained", [True, False])
def test_lost_rows_come_back(place: DeskPlace, *, drained: bool) -> None:
    """Register, lists shown and hidden, outcomes, holds and consent; doing it again changes nothing."""
    chief, anna, bob = member(Role.COORDINATOR), member(Role.COLLECTOR, "anna"), member(Role.COLLECTOR, "bob")
    entry = Stations(blob=File(digest=sha256_hex(REGISTER), name="r.csv", size=len(REGISTER)), rows=2)
    append_batch(place.archive, [encode_entry(entry)], blobs=[REGISTER], now=NOW)
    take_register(desk(), *register_of_archive(desk()))
    for hour, text in enumerate((b"station,observer\n1,anna\n", b"station,observer\n2,bob\n")):
        assert fix_list(desk(), "t.csv", text, NOW + hour * HOUR, shown=hour == 1).found
    third = fix_list(desk(), "t.csv", b"station,observer\n1,anna\n2,\n", NOW + 2 * HOUR, shown=False).found
    assert third is not None
    show_list(desk(), third)
    posting = Posting.objects.get(observer=anna)
    for hour, outcome in enumerate(("promised", "refused")):
        set_outcome(desk(), posting, Said(outcome=outcome, reason="", time=NOW + hour * HOUR), chief)
    copy = copy_to_read(place, "1")
    for hour, person in enumerate((anna, bob)):
        hand_over(desk(), copy, person.pseudonym, NOW + hour * HOUR, chief)
    consent(desk(), copy, bob, NOW)
    if drained:
        drain(place.archive, NOW)
    before = rows()
    for table in TABLES:
        table.objects.all().delete()
    recover(desk())
    assert rows() == before
    again = recover(desk())
    assert (again.lists, again.postings, again.outcomes, again.holds) == (0, 0, 0, 0)
