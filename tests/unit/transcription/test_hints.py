"""Hints separate "the sheet is wrong" from "we typed it wrong", and say when the sheet does not tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secondcount.model.form import Linear, Relation
from secondcount.transcription import (
    Broken,
    CellRead,
    Favours,
    Hint,
    Kind,
    Mark,
    Meaning,
    broken_identities,
    hints,
    kind_of_edit,
    single_edits,
)
from secondcount.transcription.cells import LARGEST_VALUE
from transcribing.papers import GOOD, LIST, SINGLE, cells, identity, linear, mark

FOUR = {"registered": 900, "issued": 615, "invalid": 5, "valid": 610, "ada": 120, "bela": 130, "cyril": 360}
"""A sheet of SINGLE that keeps its identities."""


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (217, 211, Kind.ONE_DIGIT),
        (0, 9, Kind.ONE_DIGIT),
        (217, 271, Kind.TRANSPOSITION),
        (217, 712, None),  # not neighbours
        (217, 127, Kind.TRANSPOSITION),
        (217, 27, Kind.MISSING_DIGIT),
        (2177, 217, Kind.MISSING_DIGIT),
        (217, 21, Kind.MISSING_DIGIT),
        (217, 1217, Kind.MISSING_DIGIT),
        (217, 2, None),
        (217, 341, None),
        (217, 35, None),
        (12, 34, None),
        (12, 31, None),
        (217, 217, None),
    ],
)
def test_a_slip_is_named(one: int, other: int, kind: Kind | None) -> None:
    """One digit, two neighbouring digits, one digit too few or too many, whichever way round; else nothing."""
    assert kind_of_edit(one, other) is kind
    assert kind_of_edit(other, one) is kind


class TestIdentities:
    """Whether a sheet keeps its identities is three-valued."""

    def test_a_broken_identity_is_named_with_both_sides(self) -> None:
        """What was read, and how far apart the two sides are; hard identities first."""
        assert broken_identities(LIST, cells(GOOD, valid=10)) == (
            Broken(identity="boxes", left=615, relation="==", right=25, hard=True),
            Broken(identity="votes", left=10, relation="==", right=600, hard=True),
            Broken(identity="few", left=15, relation="<=", right=10, hard=False),
        )

    @pytest.mark.parametrize("one", [one for one in Mark if one is not Mark.READ])
    def test_what_was_not_read_breaks_nothing(self, one: Mark) -> None:
        """An identity with a cell that holds no number is neither kept nor broken: a blank is no zero."""
        assert broken_identities(LIST, cells(GOOD, valid=mark(one))) == ()
        assert broken_identities(LIST, {}) == ()

    def test_at_most_and_at_least_are_inclusive(self) -> None:
        """Equal sides keep every relation."""
        least = identity("least", linear("issued"), Relation.AT_LEAST, linear("valid"))
        form = replace(LIST.form, identities=(*LIST.form.identities, least))
        of = replace(LIST, form=form)
        assert [one.identity for one in broken_identities(of, cells(GOOD, issued=599))] == ["boxes", "least"]
        assert broken_identities(of, cells(GOOD, registered=615)) == ()
        assert [one.identity for one in broken_identities(of, cells(GOOD, registered=614))] == ["register"]

    def test_constants_and_coefficients_count(self) -> None:
        """A side is coefficients times cells, and a constant."""
        left = Linear(terms=((2, "red"), (-1, "green")), constant=7)
        of = replace(LIST, form=replace(LIST.form, identities=(identity("x", left, Relation.EQUAL, linear("valid")),)))
        assert broken_identities(of, cells()) == (
            Broken(identity="x", left=2 * 352 - 248 + 7, relation="==", right=600, hard=True),
        )


class TestWeTyped:
    """One reading fits the sheet's arithmetic, the other is one slip away from it."""

    @pytest.mark.parametrize(
        ("wrong", "kind"),
        [({"red": 353}, Kind.ONE_DIGIT), ({"red": 325}, Kind.TRANSPOSITION), ({"red": 35}, Kind.MISSING_DIGIT)],
    )
    def test_the_reading_that_fits_is_favoured(self, wrong: dict[str, int], kind: Kind) -> None:
        """The slip is named with both numbers and with what it breaks; the other way round it favours the other."""
        typed = cells(GOOD, **wrong)
        expected = Hint(
            kind=kind,
            cells=("red",),
            first=(352,),
            second=(wrong["red"],),
            favours=Favours.FIRST,
            identities=("votes",),
            meaning=Meaning.WE_TYPED,
        )
        assert hints(LIST, cells(), typed) == (expected,)
        assert hints(LIST, typed, cells()) == (
            replace(expected, first=expected.second, second=expected.first, favours=Favours.SECOND),
        )

    def test_each_of_two_slips_has_its_own_side(self) -> None:
        """Both readers erred, in two cells: each hint favours the one who did not err there."""
        found = hints(LIST, cells(GOOD, red=353), cells(GOOD, issued=651))
        assert [(one.cells, one.kind, one.favours, one.meaning) for one in found] == [
            (("issued",), Kind.TRANSPOSITION, Favours.FIRST, Meaning.WE_TYPED),
            (("red",), Kind.ONE_DIGIT, Favours.SECOND, Meaning.WE_TYPED),
        ]

    def test_two_swapped_rows_are_one_hint(self) -> None:
        """Rows whose numbers stand the other way round are one slip, not two."""
        (found,) = hints(LIST, cells(), cells(GOOD, invalid=600, valid=15))
        assert (found.kind, found.cells) == (Kind.SWAPPED_ROWS, ("invalid", "valid"))
        assert (found.favours, found.identities, found.meaning) == (Favours.FIRST, ("votes",), Meaning.WE_TYPED)

    def test_shifted_rows_are_one_hint(self) -> None:
        """Numbers that slid by one row, from three rows on, in either direction."""
        slid = cells(FOUR, valid=5, ada=610, bela=120, cyril=130)
        for pair, favours in (((cells(FOUR), slid), Favours.FIRST), ((slid, cells(FOUR)), Favours.SECOND)):
            (found,) = hints(SINGLE, *pair)
            assert (found.kind, found.cells) == (Kind.SHIFTED_ROWS, ("valid", "ada", "bela", "cyril"))
            assert (found.favours, found.meaning) == (favours, Meaning.WE_TYPED)

    def test_no_simple_slip_is_open_although_one_fits(self) -> None:
        """A number that is nowhere near the other was not a slip of the hand: which fits is said, the rest is open."""
        (found,) = hints(LIST, cells(), cells(GOOD, red=999))
        assert (found.kind, found.favours, found.meaning) == (Kind.UNEXPLAINED, Favours.FIRST, Meaning.OPEN)


class TestSheetWrong:
    """Both readings agree, and the sheet itself does not add up."""

    def test_the_broken_identity_is_named(self) -> None:
        """The sheet is accepted as it stands: identity and cells, and nothing proposed where several slips fit."""
        wrong = cells(GOOD, red=362)  # 352 of red, or 610 valid, or 238 of green
        assert hints(LIST, wrong, wrong) == (
            Hint(
                kind=Kind.UNEXPLAINED,
                cells=("valid", "red", "green"),
                first=(600, 362, 248),
                second=(600, 362, 248),
                favours=Favours.NEITHER,
                identities=("votes",),
                meaning=Meaning.SHEET_WRONG,
            ),
        )

    def test_the_only_slip_that_explains_it_is_proposed(self) -> None:
        """Where a single slip alone would mend everything, it is shown beside what was read."""
        wrong = cells(GOOD, valid=609)
        (found,) = hints(LIST, wrong, wrong)
        assert (found.kind, found.cells, found.first, found.would_be) == (Kind.ONE_DIGIT, ("valid",), (609,), (600,))
        assert (found.identities, found.meaning) == (("boxes", "votes"), Meaning.SHEET_WRONG)

    def test_a_difference_elsewhere_does_not_hide_it(self) -> None:
        """What both read alike is held against the identities even where they differ in other cells."""
        first, second = cells(GOOD, red=362), cells(GOOD, red=362, registered=901)
        assert [one.meaning for one in hints(LIST, first, second)] == [Meaning.OPEN, Meaning.SHEET_WRONG]

    def test_a_correction_that_one_saw_does_not_hide_it(self) -> None:
        """The same number is the same number for arithmetic, overwritten or not."""
        seen = CellRead(mark=Mark.READ, value=362, overwritten=True)
        found = hints(LIST, cells(GOOD, red=362), cells(GOOD, red=seen))
        assert [one.meaning for one in found] == [Meaning.SHEET_WRONG]

    def test_a_soft_identity_is_no_fault(self) -> None:
        """What usually holds and does not is no fault of the sheet."""
        soft = cells({**GOOD, "invalid": 400, "valid": 215, "red": 115, "green": 100})
        assert [one.identity for one in broken_identities(LIST, soft)] == ["few"]
        assert hints(LIST, soft, soft) == ()


class TestOpen:
    """The sheet's arithmetic does not tell."""

    def test_a_cell_of_no_equation_is_open(self) -> None:
        """Nothing depends on it: no side is favoured."""
        (found,) = hints(LIST, cells(), cells(GOOD, registered=910))
        assert (found.kind, found.favours, found.identities) == (Kind.ONE_DIGIT, Favours.NEITHER, ())
        assert found.meaning is Meaning.OPEN

    def test_swapped_votes_are_open(self) -> None:
        """Two contestants' votes the other way round have the same sum."""
        (found,) = hints(LIST, cells(), cells(GOOD, red=248, green=352))
        assert (found.kind, found.favours, found.meaning) == (Kind.SWAPPED_ROWS, Favours.NEITHER, Meaning.OPEN)

    def test_two_slips_that_mend_each_other_are_open(self) -> None:
        """Each reading breaks an equation that either difference would mend: neither side is the one that fits."""
        found = hints(LIST, cells(GOOD, issued=616), cells(GOOD, invalid=16))
        assert [(one.cells, one.favours, one.identities, one.meaning) for one in found] == [
            (("issued",), Favours.NEITHER, (), Meaning.OPEN),
            (("invalid",), Favours.NEITHER, (), Meaning.OPEN),
        ]

    def test_a_number_that_mends_and_breaks_does_not_fit(self) -> None:
        """What keeps one identity and breaks another favours nobody."""
        found = hints(LIST, cells(GOOD, issued=617), cells(GOOD, issued=616, valid=601))
        assert [one.favours for one in found if one.cells == ("valid",)] == [Favours.NEITHER]

    def test_marks_have_no_slip(self) -> None:
        """A number against a blank is a difference, and no hint is made of it; two equal good sheets need none."""
        assert hints(LIST, cells(), cells(GOOD, red=mark(Mark.BLANK))) == ()
        assert hints(LIST, cells(), cells()) == ()


class TestSingleReading:
    """Which single slip would mend one reading that does not add up."""

    def test_every_slip_that_would_do_is_listed(self) -> None:
        """Of the cells of the equation, those whose number is one slip away from what the others say."""
        found = single_edits(LIST, cells(GOOD, red=362))
        assert [(one.kind, one.cells, one.would_be) for one in found] == [
            (Kind.ONE_DIGIT, ("red",), (352,)),
            (Kind.ONE_DIGIT, ("green",), (238,)),
        ]  # not ("valid",): 610 would break the other identity

    def test_swapped_rows_are_found(self) -> None:
        """Two rows of different sides of an equation."""
        found = single_edits(LIST, cells(GOOD, issued=600, valid=615))
        assert (Kind.SWAPPED_ROWS, ("issued", "valid"), (615, 600)) in [
            (one.kind, one.cells, one.would_be) for one in found
        ]

    def test_what_explains_more_comes_first(self) -> None:
        """One slip that mends two identities stands before those that mend one."""
        found = single_edits(LIST, cells(GOOD, valid=609))
        assert found[0].identities == ("boxes", "votes")

    def test_nothing_negative_and_nothing_too_long_is_proposed(self) -> None:
        """A number that no sheet can have is no explanation."""
        assert single_edits(LIST, cells(GOOD, issued=585)) == ()  # 585 = 600 - 15, and "-15" is one sign from 15
        huge = single_edits(LIST, cells(GOOD, valid=LARGEST_VALUE, red=LARGEST_VALUE, green=1))
        assert all(one <= LARGEST_VALUE for edit in huge for one in edit.would_be)

    def test_a_good_sheet_needs_none(self) -> None:
        """Nothing is broken, nothing is proposed; of an inequality nothing is proposed either."""
        assert single_edits(LIST, cells()) == ()
        assert single_edits(LIST, cells(GOOD, registered=10)) == ()
