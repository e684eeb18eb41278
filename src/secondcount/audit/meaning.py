"""From the words of a claim to what they mean in one of the contests: ids instead of names, and what is possible."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from secondcount.audit.denominator import categories_of, express
from secondcount.audit.names import Names, area_names, base_names, contestant_names
from secondcount.errors import InputError
from secondcount.model.claim import ClaimBody, InClaim, LeadClaim, SeatsClaim, ShareClaim
from secondcount.model.election import Contest
from secondcount.model.geography import Geography
from secondcount.model.rule import Comparison, Method

__all__ = ["Sentence", "meaning_of", "shield", "unshield"]

_SHIELD = 0xF0000
"""Characters between quotation marks move to a private plane, where no keyword matches them."""

_QUOTED = re.compile(r"\"([^\"]+)\"|«([^»]+)»|[“„]([^“”]+)[“”]|(?<!\w)'([^']+)'(?!\w)")
_OF = re.compile(r"(?:of|от|негізі) (.+)", re.IGNORECASE)
_PLACE = re.compile(r"(?:^| )(?:in|в|во|по) ", re.IGNORECASE)
_PLACE_AFTER = re.compile(r"(.+) бойынша", re.IGNORECASE)

Meaning = tuple[str, ClaimBody, str]
"""Contest id, what is claimed, area id ("" = the whole contest)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """The parts of a claim as text: what stands left of the verb or sign, and everything after the right side."""

    kind: str  # "share" | "lead" | "seats" | "in"
    left: str
    tail: str
    comparison: Comparison
    number: Fraction


def shield(text: str) -> str:
    """Return the text with quoted parts hidden from the grammar, and without their quotation marks."""

    def hide(match: re.Match[str]) -> str:
        inner = next(part for part in match.groups() if part is not None)
        return "".join(chr(_SHIELD + ord(one)) if ord(one) <= 0xFFFF else one for one in inner)

    return _QUOTED.sub(hide, text)


def unshield(text: str) -> str:
    """Return the text with hidden parts readable again."""
    return "".join(chr(ord(one) - _SHIELD) if _SHIELD <= ord(one) <= _SHIELD + 0xFFFF else one for one in text)


def meaning_of(sentence: Sentence, contests: tuple[Contest, ...], geography: Geography) -> Meaning:
    """Return what the sentence means in the one contest where all its names exist.

    Raises:
        InputError: C102 to C112; if it fits no contest, the trouble of the one that understood most of it.

    """
    meanings: list[Meaning] = []
    troubles: list[tuple[int, InputError]] = []
    for contest in contests:
        reader = _Reader(sentence, contest, geography)
        try:
            meanings.append(reader.read())
        except InputError as trouble:
            troubles.append((-reader.understood, trouble))
    if len(meanings) > 1:
        raise InputError("C112", names=", ".join(one[0] for one in meanings), first=meanings[0][0])
    if meanings:
        return meanings[0]
    if not troubles:
        raise InputError("C102", name=unshield(sentence.left), nearest="—", names="—")
    raise min(troubles, key=lambda one: one[0])[1]


class _Reader:
    """Reads one sentence in one contest; `understood` counts the names that it knew."""

    def __init__(self, sentence: Sentence, contest: Contest, geography: Geography) -> None:
        self.sentence, self.contest, self.geography = sentence, contest, geography
        self.contestants, self.areas = contestant_names(contest), area_names(geography)
        self.understood = 0

    def read(self) -> Meaning:
        """Return the meaning; the parts are read from left to right."""
        left = self._name(self.contestants, self.sentence.left, ("C102", "C103"))
        body, area = {"share": self._share, "lead": self._lead, "seats": self._seats, "in": self._in}[
            self.sentence.kind
        ](left)
        return self.contest.id, body, area

    def _share(self, left: str) -> tuple[ClaimBody, str]:
        share = Fraction(self.sentence.number, 100)
        if share > 1:
            raise InputError("C106", text=f"{self.sentence.number}%")
        base, area = self._base_and_area(self.sentence.tail)
        cells = express(self.contest, base or self.contest.share_base, categories_of(self.contest))
        if cells is not None and left not in cells:
            raise InputError("C111", contestant=left, base=base or self.contest.share_base)
        comparison = self.sentence.comparison
        return ShareClaim(contestant=left, comparison=comparison, share=share, base=base), area

    def _lead(self, left: str) -> tuple[ClaimBody, str]:
        right, area = self._contestant_and_area(self.sentence.tail)
        if left == right:
            raise InputError("C108", contestant=left)
        if self.sentence.comparison is Comparison.LESS_THAN:
            left, right = right, left
        return LeadClaim(contestant=left, over=right), area

    def _seats(self, left: str) -> tuple[ClaimBody, str]:
        area = self._whole(left)
        seats = int(self.sentence.number)
        most = 1 if self.contest.rule.method in (Method.PLURALITY, Method.MAJORITY) else self.contest.rule.seats
        if seats > most:
            raise InputError("C107", seats=seats, most=most)
        return SeatsClaim(contestant=left, seats=seats), area

    def _in(self, left: str) -> tuple[ClaimBody, str]:
        return InClaim(contestant=left), self._whole(left)

    def _whole(self, left: str) -> str:
        """Return the root area, where seats are given; a claim about seats in any other area has no meaning."""
        root = self.geography.root.id
        if left not in self.contest.seat_takers:
            raise InputError("C110", contestant=left)
        if self.sentence.tail and self._base_and_area(self.sentence.tail) != ("", root):
            raise InputError("C109", tail=unshield(self.sentence.tail))
        return root

    def _name(self, names: Names, typed: str, codes: tuple[str, str]) -> str:
        """Return the id of a name.

        Raises:
            InputError: codes[0] if there is no such name, codes[1] if there are several.

        """
        name = unshield(typed).strip()
        found = names.find(name)
        if not found.ids:
            raise InputError(codes[0], name=name, nearest=found.nearest or "—", names=names.listed())
        if len(found.ids) > 1:
            raise InputError(codes[1], name=name, names=names.listed(found.ids))
        self.understood += 1
        return found.ids[0]

    def _base_and_area(self, tail: str) -> tuple[str, str]:
        """Return base and area from "of BASE in AREA", either of which may be missing."""
        of = _OF.fullmatch(tail)
        if of is None:
            return "", self._area(tail)
        return self._split(of[1], lambda name: self._name(base_names(self.contest), name, ("C105", "C105")))

    def _contestant_and_area(self, tail: str) -> tuple[str, str]:
        return self._split(tail, lambda name: self._name(self.contestants, name, ("C102", "C103")))

    def _split(self, text: str, read: Callable[[str], str]) -> tuple[str, str]:
        """Return what `read` makes of the text before the place, and the place.

        Every keyword may belong to the name instead, so each division is tried, the whole as a name first;
        if none fits, the trouble of the one that understood most is raised, the shortest name before others.
        """
        troubles: list[tuple[int, InputError]] = []
        for name, place in _divisions(text):
            before = self.understood
            try:
                return read(name), self._area(place)
            except InputError as trouble:
                troubles.append((before - self.understood, trouble))
                self.understood = before
        raise min(reversed(troubles), key=lambda one: one[0])[1]

    def _area(self, place: str) -> str:
        """Return the area of "in AREA" or "AREA бойынша"; "" where nothing is said."""
        if not place:
            return ""
        before, after = _PLACE.match(place), _PLACE_AFTER.fullmatch(place)
        if not before and not after:
            raise InputError("C114", text=unshield(place))
        name = place[before.end() :] if before else (after[1] if after else place)
        return self._name(self.areas, name, ("C104", "C113"))


def _divisions(text: str) -> list[tuple[str, str]]:
    """Return all ways to divide a text into a name and a place, no place first."""
    found = [(text, "")]
    found += [(text[: match.start()], text[match.start() :].strip()) for match in _PLACE.finditer(text)]
    if _PLACE_AFTER.fullmatch(text):
        found += [(text[: match.start()], text[match.end() :]) for match in re.finditer(" ", text)]
    return [(name, place) for name, place in found if name]
