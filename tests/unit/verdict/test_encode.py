"""Laws of `verdict.json`: exact, canonical, and as its published schema says."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest

from secondcount import verdict
from secondcount.model.codes import make_issue
from secondcount.model.issue import Severity, Where
from secondcount.verdict.encode import encode, plain
from secondcount.verdict.result import Statement, Verdict
from secondcount.verdict.schema import verdict_schema

SCHEMA = Path(verdict.__file__).with_name("verdict-1.schema.json")


class TestExact:
    """No float can get into a verdict, and a fraction keeps every digit."""

    def test_a_fraction_is_two_integers(self) -> None:
        assert plain(Fraction(7, 100)) == "7/100"
        assert plain(Fraction(-3)) == "-3/1"

    def test_a_float_is_refused(self) -> None:
        with pytest.raises(TypeError):
            plain(0.07)

    def test_an_enum_is_its_value(self) -> None:
        assert plain(Severity.CONTRADICTION) == "contradiction"


class TestSchema:
    """The published schema is the one that the types give; it is itself valid."""

    def test_the_shipped_schema_is_current(self) -> None:
        assert json.loads(SCHEMA.read_text("utf-8")) == verdict_schema(), "run: make golden"

    def test_the_schema_is_a_valid_schema(self) -> None:
        jsonschema.Draft202012Validator.check_schema(verdict_schema())


def test_the_bytes_are_those_of_the_standard_library() -> None:
    """`verdict.json` is what json.dumps writes with sorted keys and two spaces, whatever stands in its texts."""
    name = 'сайлау "№ 5" \\ \u2028 \x00 \U0001f5f3'
    found = make_issue("X101", Where(file=name, line=3), name=name, nearest="", known="", share=Fraction(7, 100))
    verdict = Verdict(
        format="f",
        derivation="1",
        election=name,
        synthetic=True,
        synthetic_parts=(),
        one_side="",
        statements=(Statement(key="k", tone="fact", area="", values=(("n", -7), ("m", name))),),
        contests=(),
        issues=(found, found),
        inputs=(),
    )
    expected = json.dumps(plain(verdict), ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False) + "\n"
    assert encode(verdict) == expected.encode("utf-8")
