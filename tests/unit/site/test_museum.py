"""Names that want to be more than names: nothing of them is executed, hidden, or breaks the page."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from secondcount.model.labels import Labels
from secondcount.model.record import Record
from secondcount.site import render_report
from secondcount.verdict import Verdict
from unit.site import fixture
from unit.site.page import Page

MUSEUM = {
    "script": "<script>document.title='taken'</script>",
    "image": "<img src=x onerror=\"document.title='taken'\">",
    "attribute": '"><svg onload="document.title=\'taken\'">',
    "quotes": "Party \"of\" the 'Quotes' & <Angles>",
    "template": "{{ 7 * 7 }} {% include 'page.html' %} ${7*7}",
    "placeholder": "{contestant} {votes:n} }}{{",
    "override": "Nur \u202eOtan\u202c \u2066x\u2069",
    "marks": "A\u200e\u200fB\u200b",
    "controls": "nul\x00 esc\x1b[31m bell\x07",
    "long": "Ж" * 500,
    "long_words": "Партия " * 70,
    "lines": "first\r\nsecond\tthird",
    "close": "</title></style></svg></table></div></main><h1>taken</h1>",
    "comment": "<!-- <![CDATA[ ]]> -->",
    "entity": "&lt;b&gt; &#60;b&#62; &amp;",
    "empty": "",
    "right_to_left": "حزب العدالة מפלגה",
    "emoji": "🗳️👩‍⚖️",
}


def named(name: str) -> tuple[Verdict, Record]:
    """Return the fixture with this name wherever something from outside has one."""
    record, verdict = fixture.record(), fixture.verdict()
    labels = Labels(en=name, ru=name, kk=name)
    contest = record.election.contests[0]
    contestants = tuple(replace(one, labels=labels) for one in contest.contestants)
    bases = tuple(replace(one, labels=labels) for one in contest.bases)
    areas = tuple(replace(one, labels=labels) for one in record.election.geography.areas)
    rule = replace(contest.rule, source=name)
    election = replace(
        record.election,
        labels=labels,
        contests=(replace(contest, labels=labels, contestants=contestants, bases=bases, rule=rule),),
        geography=replace(record.election.geography, areas=areas),
    )
    publications = tuple(
        replace(one, labels=labels, issuer=name, sources=(name,), one_side=name) for one in record.publications
    )
    inputs = tuple(replace(one, name=name) for one in verdict.inputs)
    claims = tuple(replace(one, claim=replace(one.claim, text=name)) for one in verdict.contests[0].claims)
    issues = tuple(
        replace(one, where=replace(one.where, file=name, column=name, station=name, key=name))
        for one in verdict.issues
    )
    return (
        replace(
            verdict,
            one_side=name,
            synthetic_parts=(f"file:{name}",),
            contests=(replace(verdict.contests[0], claims=claims),),
            inputs=inputs,
            issues=issues,
        ),
        replace(record, election=election, publications=publications, inputs=inputs),
    )


@cache
def shown(name: str) -> str:
    """Return the page with this name everywhere, in one language (the others pass the same way)."""
    return render_report(*named(name), languages=("ru",), language="ru")


@pytest.mark.parametrize("exhibit", sorted(MUSEUM))
class TestNames:
    def test_open_no_element(self, exhibit: str) -> None:
        """The page has the elements that it has with harmless names, no more, and is well formed."""
        page, harmless = Page(shown(MUSEUM[exhibit])), Page(shown("name"))
        assert page.mistakes == []
        foreign = {"script", "img", "b"}
        assert not foreign & {one.name for one in page.elements}
        assert len(page.all("h1")) == len(harmless.all("h1"))
        assert [key for one in page.elements for key in one.attributes if key.startswith("on")] == []

    def test_hide_nothing_and_turn_nothing_around(self, exhibit: str) -> None:
        """No control or direction character reaches the page."""
        text = shown(MUSEUM[exhibit])
        assert not set(text) & set("\x00\x1b\x07\r\u202e\u2066\u200e\u200f\u200b")


def test_a_name_is_read_as_it_was_written() -> None:
    """Escaping is for the machine: a reader sees the quotes and angles of the name."""
    page = Page(shown(MUSEUM["quotes"]))
    assert page.all("h1")[0].text == "Party \"of\" the 'Quotes' & <Angles>"


def test_braces_are_no_template() -> None:
    """What looks like a template or a placeholder is shown as it is."""
    assert Page(shown(MUSEUM["template"])).all("h1")[0].text == MUSEUM["template"]
    assert Page(shown(MUSEUM["placeholder"])).all("h1")[0].text == MUSEUM["placeholder"]
