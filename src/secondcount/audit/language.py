"""The language of claims: one sentence -> a `Claim`, in English, Russian or Kazakh.

Grammar (letters of any case; names with or without quotation marks; any kind of space, dash or minus):

    claim   = [ contest ":" ] ( share | lead | seats | in )
    share   = name compare number percent [ of base ] [ place ]   OSDP >= 7%       ОСДП не менее 7,5 % в Алматы
    lead    = name ">" name [ place ]                             Amanat > Respublica
    seats   = name gets number seats                              X получает 7 мандатов      X 7 мандат алады
    in      = name is-in                                          X is in    X проходит      X өтеді
    place   = ( in | в | во | по ) area,  or  area бойынша        in Almaty city

    compare = >= > <= <  (also ≥ ≤),  or  at least, more than, at most, less than;
              не менее, не меньше, более, больше, не более, не больше, менее, меньше;
              кемінде, астам, асырмай, кем
    percent = % | percent | процент, процента, процентов | пайыз
    of      = of | от | негізі
    ">"     = > | leads | is ahead of | опережает;  "A < B" is "B > A"
    gets    = gets, get, wins, win, has, receives | получает, получит, получил(а, и), имеет | алады, алды at the end
    seats   = seat(s), mandate(s) | мандат(а, ов), мест(о, а) | мандат, орын
    is-in   = is in, gets in, gets a seat, wins a seat | проходит, прошла, прошёл, прошли | өтеді, өтті

A name is an id, a label or short label in any language, an alias, or the beginning of only one name (`names`).
A claim about seats speaks of the whole contest. Decimals take a point or a comma. What is not understood raises
`InputError` with a code C1xx that says what was understood, which names exist and which is spelled most alike.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from secondcount.audit.meaning import Sentence, meaning_of, shield, unshield
from secondcount.audit.names import contest_names
from secondcount.errors import InputError
from secondcount.model.claim import Claim
from secondcount.model.election import Contest
from secondcount.model.geography import Geography
from secondcount.model.rule import Comparison

__all__ = ["parse_claim"]

LONGEST = 400
"""No claim is longer; a longer text is some other text."""

_COMPARE = {
    ">=": Comparison.AT_LEAST, "at least": Comparison.AT_LEAST, "не менее": Comparison.AT_LEAST,
    "не меньше": Comparison.AT_LEAST, "кемінде": Comparison.AT_LEAST,
    "<=": Comparison.AT_MOST, "at most": Comparison.AT_MOST, "не более": Comparison.AT_MOST,
    "не больше": Comparison.AT_MOST, "асырмай": Comparison.AT_MOST,
    ">": Comparison.MORE_THAN, "more than": Comparison.MORE_THAN, "более": Comparison.MORE_THAN,
    "больше": Comparison.MORE_THAN, "астам": Comparison.MORE_THAN,
    "<": Comparison.LESS_THAN, "less than": Comparison.LESS_THAN, "менее": Comparison.LESS_THAN,
    "меньше": Comparison.LESS_THAN, "кем": Comparison.LESS_THAN,
}  # fmt: skip
_WORD = "|".join(f" {word} " if word[0].isalpha() else f" ?{word} ?" for word in _COMPARE)
_PERCENT = "%|percent|процент(?:а|ов)?|пайыз"
_GETS = "gets?|wins?|has|receives|получает|получит|получил[аи]?|имеет"
_SEATS = "seats?|mandates?|мандат(?:а|ов)?|мест[оа]?|орын"
_IN = "is in|gets in|gets a seat|wins a seat|проходит|прошла|прош[её]л|прошли|өтеді|өтті"
_FORMS = (
    ("share", rf"(?P<left>.+?)(?P<compare>{_WORD})(?P<number>\d+(?:[.,]\d+)?) ?(?:{_PERCENT})(?P<tail>| .+)"),
    ("lead", r"(?P<left>.+?) ?(?P<compare>>(?!=)|<(?!=)| leads | is ahead of | опережает ) ?(?P<tail>.+)"),
    ("seats", rf"(?P<left>.+?) (?:{_GETS}) (?P<number>\d+) (?:{_SEATS})(?P<tail>| .+)"),
    ("seats", rf"(?P<left>.+?) (?P<number>\d+) (?:{_SEATS}) (?:алады|алды)(?P<tail>| .+)"),
    ("in", rf"(?P<left>.+?) (?:{_IN})(?P<tail>| .+)"),
)
_LACKS_PERCENT = re.compile(rf".+?(?:{_WORD})\d+(?:[.,]\d+)?", re.IGNORECASE)
_SIGNS = str.maketrans({"≥": ">=", "⩾": ">=", "≤": "<=", "⩽": "<="})


def parse_claim(text: str, contests: tuple[Contest, ...], geography: Geography) -> Claim:
    """Return what a sentence claims.

    Raises:
        InputError: C101 (no such sentence), C102 to C105 (names), C106 (percentage), C107 (seats), C108 (one name
            twice), C109 (seats of an area), C110 (cannot take a seat), C111 (not in that base), C112 (which contest),
            C113 (several areas), C114 (something stands behind the claim).

    """
    typed = _smooth(text)
    smooth = shield(typed.translate(_SIGNS))
    if not smooth or len(smooth) > LONGEST:
        raise InputError("C101", text=typed[:80])
    chosen, rest = _contest_first(smooth, contests)
    sentence = _read(rest)
    if sentence is None:
        raise InputError("C106" if _LACKS_PERCENT.fullmatch(rest) else "C101", text=typed)
    contest, body, area = meaning_of(sentence, chosen, geography)
    return Claim(text=typed, contest=contest, body=body, area=area)


def _smooth(text: str) -> str:
    """Return the sentence with one kind of space and percent sign, without invisible characters and a full stop."""
    text = unicodedata.normalize("NFKC", text)
    visible = (one for one in text if one.isspace() or not unicodedata.category(one).startswith("C"))
    return " ".join("".join(visible).split()).rstrip(" .")


def _contest_first(text: str, contests: tuple[Contest, ...]) -> tuple[tuple[Contest, ...], str]:
    """Return the contest that stands before a colon, or all of them, and the rest of the sentence."""
    before, colon, rest = text.partition(":")
    found = contest_names(contests).find(unshield(before)).ids if colon else ()
    if not found:
        return contests, text
    return tuple(one for one in contests if one.id in found), rest.strip()


def _read(text: str) -> Sentence | None:
    """Return the parts of the sentence, None where it has no form of the grammar."""
    for kind, form in _FORMS:
        match = re.fullmatch(form, text, re.IGNORECASE)
        if match:
            parts = match.groupdict()
            compare = parts.get("compare", "").strip().casefold()
            return Sentence(
                kind=kind,
                left=parts["left"],
                tail=parts["tail"].strip(),
                comparison=_COMPARE.get(compare, Comparison.MORE_THAN),
                number=Fraction((parts.get("number") or "0").replace(",", ".")),
            )
    return None
