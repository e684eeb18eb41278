"""Law: a definition is read whole, with every fault found at once; its template and its documents are valid."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import pytest

from museum.build_definitions import HEALTHY
from secondcount.errors import InputError
from secondcount.jurisdictions import Definition, load_definition, load_shipped, template
from secondcount.jurisdictions.keys import KEYS, RESERVED
from secondcount.model.issue import Severity
from secondcount.model.rule import Leftover
from secondcount.model.tables import sheet_schema, table_columns

ROOT = Path(__file__).resolve().parents[3]
THREE = '{ en = "D", ru = "Д", kk = "Д" }'
REFERENCE = ROOT / "docs" / "reference" / "definition.md"


def load(text: str) -> Definition:
    """Return the definition in a text."""
    return load_definition("test.toml", text.encode())


def codes(text: str) -> list[str]:
    """Return the codes of all issues of a text."""
    return [one.code for one in load(text).issues]


class TestTheTemplate:
    def test_is_valid(self) -> None:
        """It gives no issue at all, not even a note."""
        assert load(template()).issues == ()

    def test_explains_every_key(self) -> None:
        """Every key of every table stands in it, in use or in a comment."""
        keys = {key for names in KEYS.values() for key in names}
        assert sorted(key for key in keys if not re.search(rf"\b{key}\b", template())) == []

    def test_is_marked_as_made_up(self) -> None:
        """Its invented figures are synthetic, and the input says so: no page is made of it without the label."""
        definition = load(template())
        assert all(one.synthetic for one in definition.source.publications)
        assert definition.input.synthetic

    def test_uses_every_quantity(self) -> None:
        """Each kind of figure is shown once."""
        assert set(load(template()).source.figures["quantity"]) == {
            "count",
            "share",
            "turnout",
            "seats",
            "lead",
            "stations",
        }


class TestTheReference:
    def test_names_every_key(self) -> None:
        """Every key of every kind of table stands in code type on the page."""
        text = REFERENCE.read_text(encoding="utf-8")
        spans = set(re.findall(r"\w+", " ".join(re.findall(r"`[^`\n]+`", text))))
        keys = {key for names in KEYS.values() for key in names}
        assert sorted(keys - spans) == []
        assert sorted(set(RESERVED) - spans) == []

    def test_its_example_loads(self) -> None:
        """The complete small definition has no error; only the missing languages are noted."""
        (example,) = re.findall(r"```toml\n(format = .*?)```", REFERENCE.read_text(encoding="utf-8"), re.DOTALL)
        definition = load(example)
        assert definition.is_usable
        assert {one.code for one in definition.issues} == {"D111"}


class TestLoading:
    def test_gives_the_law_as_written(self) -> None:
        """Rule, bases, identities and areas of the healthy definition are those of its text."""
        contest = load(HEALTHY).election.contests[0]
        assert contest.rule.tie_order == ("green", "red")
        assert contest.rule.threshold is not None
        assert contest.rule.threshold.share * 100 == 7
        assert contest.rule.threshold.runner_up is not None
        assert contest.rule.threshold.runner_up.leftover is Leftover.FIRST_LIST
        assert contest.bases[0].cells == ("red", "green", "nobody")
        identity = contest.form.identities[0]
        assert set(identity.left.terms) == {(1, "red"), (1, "green"), (1, "nobody"), (1, "invalid")}
        assert (identity.relation, identity.right.terms, identity.hard) == ("<=", ((1, "issued"),), True)

    def test_puts_the_root_first(self) -> None:
        """The area without parent is the root wherever it stands in the file."""
        line = next(row for row in HEALTHY.splitlines(keepends=True) if '"testland", level' in row)
        moved = HEALTHY.replace(line, "").replace("[publication_not", "[publication_not", 1)
        moved = moved.replace("]\n[publication_not_before]", f"{line}]\n[publication_not_before]")
        geography = load(moved).election.geography
        assert load(moved).is_usable
        assert [area.id for area in geography.areas] == ["testland", "north", "south"]
        assert geography.lineage("south") == ("south", "testland")

    def test_knows_the_digest_of_its_bytes(self) -> None:
        """Input and basis carry the SHA-256 of the very bytes, the name without its folders."""
        data = HEALTHY.encode()
        definition = load_definition("some\\folder/mine.toml", data)
        digest = hashlib.sha256(data).hexdigest()
        assert (definition.input.name, definition.input.digest) == ("mine.toml", digest)
        assert (definition.input.kind, definition.input.rows) == ("definition", 9)
        assert definition.source.figures["basis"].unique(maintain_order=True).to_list() == [
            f"{digest}#figures[{index}]" for index in range(5)
        ]

    def test_gives_rounding_by_kind(self) -> None:
        """Percentages are rounded to their last digit unless said otherwise, counts are exact."""
        text = HEALTHY.replace('quantity = "lead"', 'quantity = "lead"\nrounding = 10')
        rows = load(text).source.figures.unique("quantity", keep="first", maintain_order=True)
        assert dict(rows.select("quantity", "rounding").rows()) == {
            "turnout": 1,
            "count": 0,
            "share": 1,
            "seats": 0,
            "lead": 10,
        }

    def test_leaves_turnout_to_every_contest(self) -> None:
        """Turnout belongs to no contest and no cell; votes belong to the only contest, unsaid."""
        rows = load(HEALTHY).source.figures
        assert set(rows.filter(quantity="turnout").select("contest", "cell").rows()) == {("", "")}
        assert set(rows.filter(quantity="count")["contest"]) == {"list"}

    def test_keeps_a_date_apart_from_a_moment(self) -> None:
        """A publication known by its day has no time zone; one known to the minute keeps its offset."""
        turnout, final = load(HEALTHY).source.publications
        assert turnout.published == datetime(2030, 5, 5, 10, 30, tzinfo=UTC)
        assert turnout.published.utcoffset() == timedelta(hours=2)
        assert final.published == datetime(2030, 5, 7)

    def test_reserves_what_tables_need(self) -> None:
        """No cell can have the name of a head column of a table of copies or of a commission's table."""
        contest = load(HEALTHY).election.contests[0]
        heads = set(sheet_schema(contest)) | set(table_columns(contest))
        assert heads - set(contest.cells) <= set(RESERVED)


class TestFaults:
    def test_missing_languages_become_one_note_each(self) -> None:
        """Names without Russian or Kazakh form: one note per language, with the number and the first key."""
        text = re.sub(r', kk = "[^"]*"', "", HEALTHY)
        (note,) = load(text).issues
        assert (note.code, note.severity, note.where.key) == ("D111", Severity.NOTE, "levels[0].labels")
        assert note.value("language") == "kk"
        assert note.value("number") == HEALTHY.count("kk = ")

    def test_an_error_makes_it_unusable_and_a_note_does_not(self) -> None:
        """`is_usable` asks for errors only."""
        assert load(HEALTHY).is_usable
        assert load(re.sub(r', kk = "[^"]*"', "", HEALTHY)).is_usable
        assert not load(HEALTHY.replace("seats = 9", "seats = 0")).is_usable

    def test_faults_beyond_the_limit_are_counted(self) -> None:
        """A thousand faults are listed, the others are a number: no input makes an endless screen."""
        text = HEALTHY + "".join(f"[[figures]]\nx{index} = 1\n" for index in range(600))
        issues = load(text).issues
        assert len(issues) == 1001
        assert issues[-1].code == "D007"
        assert issues[-1].value("number") == 600 * 5 - 1000

    def test_too_large_is_refused(self) -> None:
        """Two megabytes are read, one byte more is not."""
        comment = b"#" * (2 * 1024 * 1024 - len(HEALTHY.encode()) - 1)
        data = HEALTHY.encode() + comment + b"\n"
        assert load_definition("x.toml", data).is_usable
        with pytest.raises(InputError) as caught:
            load_definition("x.toml", data + b"\n")
        assert caught.value.code == "D001"

    def test_a_long_line_of_figures_is_read(self) -> None:
        """Only full stops outside quotes count against a line: the turnout of 300 districts fits in one."""
        names = [f"d{index}" for index in range(300)]
        rest = f'level = "region", parent = "testland", labels = {THREE}'
        areas = ", ".join(f'{{ id = "{name}", {rest} }}' for name in names)
        values = ", ".join(f'{name} = "31.5"' for name in names)
        text = HEALTHY.replace("areas = [\n", f"areas = [\n{areas},\n", 1)
        text = text.replace('testland = "31.5", north = "33.0"', values)
        assert load(text).is_usable
        assert load(text).input.rows == 307

    def test_a_refusal_lists_what_else_was_found(self) -> None:
        """Without a contest nothing can be built, yet the other faults are told."""
        with pytest.raises(InputError) as caught:
            load('format = 9\ncontry = "xx"\n')
        assert caught.value.code == "D004"
        assert {"D101"} <= {one.code for one in caught.value.values["issues"]}  # what a door may show

    def test_place_of_a_syntax_fault_is_told(self) -> None:
        """Line and column of what is not TOML, also where the parser gives none."""
        with pytest.raises(InputError) as caught:
            load("format = 1\nid = oops\n")
        assert (caught.value.values["line"], caught.value.values["position"]) == (2, 6)

    def test_silence_of_the_law_is_a_note(self) -> None:
        """What is left open on purpose is said, and does not stop anything."""
        text = HEALTHY.replace('ties = "order"\ntie_order = ["green", "red"]', 'ties = "silent"')
        text = text.replace('leftover = "first_list"', 'leftover = "silent"')
        assert sorted(codes(text)) == ["D308", "D309"]
        assert load(text).is_usable


def test_loading_is_quick() -> None:
    """The largest shipped definition loads in less than 60 ms (the best of five)."""
    load_shipped("kazakhstan.majilis.2012")
    times = []
    for _ in range(5):
        start = perf_counter()
        load_shipped("kazakhstan.majilis.2012")
        times.append(perf_counter() - start)
    assert min(times) < 0.060
