"""The language of claims: what people type, in three languages, and what they are told when it is not understood."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditing.contests import contest, rule
from secondcount.audit import parse_claim
from secondcount.errors import InputError
from secondcount.model.claim import ClaimBody, InClaim, LeadClaim, SeatsClaim, ShareClaim
from secondcount.model.election import Contestant, ContestantKind
from secondcount.model.geography import Area, Geography
from secondcount.model.labels import Labels
from secondcount.model.rule import Base, Comparison, Method
from secondcount.wording import phrasebook

AT_LEAST, MORE_THAN = Comparison.AT_LEAST, Comparison.MORE_THAN
AT_MOST, LESS_THAN = Comparison.AT_MOST, Comparison.LESS_THAN
SEVEN = Fraction(7, 100)


def stands(name: str, labels: Labels, short: Labels | None = None, *aliases: str) -> Contestant:
    """Return a list on the ballot."""
    return Contestant(id=name, labels=labels, kind=ContestantKind.LIST, short=short, aliases=aliases)


LISTS = (
    stands("nur_otan", Labels(en="Nur Otan", ru="Нур Отан", kk="Нұр Отан")),
    stands(
        "osdp",
        Labels(en="Nationwide Social Democratic Party", ru="Общенациональная социал-демократическая партия"),
        Labels(en="OSDP", ru="ОСДП", kk="ЖСДП"),
        "OSDP Azat",
    ),
    stands("cppk", Labels(en="Communist People's Party", ru="Коммунистическая народная партия")),
    stands("people", Labels(en="People in Action"), None, "OSDP Azat Youth"),
    Contestant(id="against", labels=Labels(en="Against all", ru="Против всех"), kind=ContestantKind.AGAINST_ALL),
)
PARTIES = replace(
    contest(("x",), rule(Method.HARE, 98, share=SEVEN)),
    contestants=LISTS,
    labels=Labels(en="Party lists", ru="Партийные списки"),
    bases=(
        Base(id="party", labels=Labels(en="Party votes"), cells=("nur_otan", "osdp", "cppk", "people")),
        Base(id="all", labels=Labels(en="All in boxes", ru="Все голоса"), cells=tuple(one.id for one in LISTS)),
    ),
    share_base="party",
)
DISTRICT = replace(
    contest(("adams", "baker"), rule(Method.PLURALITY, 1)), id="district", labels=Labels(en="District seat")
)
GEOGRAPHY = Geography(
    levels=(),
    areas=(
        Area(id="kz", level="country", labels=Labels(en="Kazakhstan", ru="Казахстан", kk="Қазақстан")),
        Area(id="almaty", level="region", labels=Labels(en="Almaty city", ru="Алматы", kk="Алматы қаласы")),
        Area(id="almaty_region", level="region", labels=Labels(en="Almaty region", ru="Алматинская область")),
        Area(id="akmola", level="region", labels=Labels(en="Akmola", ru="Акмолинская область", kk="Ақмола")),
        Area(id="nk", level="region", labels=Labels(en="North Kazakhstan")),
        Area(id="nc", level="region", labels=Labels(en="North city")),
    ),
)


def share(comparison: Comparison, percent: Fraction = SEVEN, base: str = "") -> ShareClaim:
    """Return a claim about OSDP's share."""
    return ShareClaim(contestant="osdp", comparison=comparison, share=percent, base=base)


LEAD = LeadClaim(contestant="nur_otan", over="osdp")
UNDERSTOOD: list[tuple[str, ClaimBody, str]] = [
    ("OSDP >= 7%", share(AT_LEAST), ""),
    ("OSDP ≥ 7 %", share(AT_LEAST), ""),
    ("osdp>=7%.", share(AT_LEAST), ""),
    ("OSDP\u00a0>\u202f7.5\u00a0%", share(MORE_THAN, Fraction(3, 40)), ""),
    ("OSDP > 7,5%", share(MORE_THAN, Fraction(3, 40)), ""),
    ("OSDP <= 7 percent", share(AT_MOST), ""),
    ("OSDP ⩽ 7 ％", share(AT_MOST), ""),
    ("OSDP less than 7%", share(LESS_THAN), ""),
    ("OSDP at least 7% of party", share(AT_LEAST, base="party"), ""),
    ("OSDP >= 7% of all in boxes in Akmola", share(AT_LEAST, base="all"), "akmola"),
    ("OSDP >= 7% in almaty", share(AT_LEAST), "almaty"),
    ("OSDP >= 7% in «Almaty region»", share(AT_LEAST), "almaty_region"),
    ("ОСДП не менее 7 % от «Все голоса» в Алматы", share(AT_LEAST, base="all"), "almaty"),
    ("ОСДП более 7 процентов", share(MORE_THAN), ""),
    ("ОСДП не более 7%", share(AT_MOST), ""),
    ("ОСДП менее 7% в Алматинская область", share(LESS_THAN), "almaty_region"),
    ("ЖСДП кемінде 7 пайыз Алматы қаласы бойынша", share(AT_LEAST), "almaty"),
    ("ЖСДП астам 7% негізі party Акмола бойынша", share(MORE_THAN, base="party"), "akmola"),
    ("Nur Otan > OSDP", LEAD, ""),
    ("OSDP < Nur Otan", LEAD, ""),
    ("Nur Otan leads OSDP in Akmola", LEAD, "akmola"),
    ("Нур Отан опережает ОСДП в Казахстан", LEAD, "kz"),
    ("Нұр Отан > ЖСДП Ақмола бойынша", LEAD, "akmola"),
    ("Нур Отан > ЖСДП Акмола бойынша", LEAD, "akmola"),
    ("\"Nur Otan\" > 'OSDP Azat'", LEAD, ""),
    ("Nur > “OSDP”", LEAD, ""),
    ("Communist People's Party > OSDP", LeadClaim(contestant="cppk", over="osdp"), ""),
    ("OSDP > People in Action", LeadClaim(contestant="osdp", over="people"), ""),
    ("OSDP > People in Action in Akmola", LeadClaim(contestant="osdp", over="people"), "akmola"),
    ("OSDP gets 7 seats", SeatsClaim(contestant="osdp", seats=7), "kz"),
    ("OSDP wins 1 seat", SeatsClaim(contestant="osdp", seats=1), "kz"),
    ("ОСДП получает 7 мандатов", SeatsClaim(contestant="osdp", seats=7), "kz"),
    ("ЖСДП 7 мандат алады", SeatsClaim(contestant="osdp", seats=7), "kz"),
    ("OSDP gets 0 seats in Kazakhstan", SeatsClaim(contestant="osdp", seats=0), "kz"),
    ("OSDP is in", InClaim(contestant="osdp"), "kz"),
    ("OSDP gets a seat", InClaim(contestant="osdp"), "kz"),
    ("ОСДП проходит", InClaim(contestant="osdp"), "kz"),
    ("ЖСДП өтеді", InClaim(contestant="osdp"), "kz"),
    ("party lists: OSDP >= 7%", share(AT_LEAST), ""),
]
REFUSED: list[tuple[str, str, dict[str, object]]] = [
    ("", "C101", {}),
    ("   ", "C101", {}),
    ("OSDP", "C101", {"text": "OSDP"}),
    ("OSDP wins", "C101", {}),
    ("x" * 500, "C101", {"text": "x" * 80}),
    ("OSDP gets -7 seats", "C101", {}),
    ("OSPD >= 7%", "C102", {"name": "OSPD", "nearest": "OSDP"}),
    ("OSDP > Nur Otann in Akmola", "C102", {"name": "Nur Otann", "nearest": "Nur Otan"}),
    ("Azat Youth > OSDP", "C102", {"nearest": "People in Action"}),
    ("OSDP >= -7%", "C101", {}),
    ("Қзщ > OSDP", "C102", {"nearest": "—"}),
    ("OSDP >= 7% in Akmolla", "C104", {"name": "Akmolla", "nearest": "Akmola"}),
    ("OSDP >= 7% in North", "C113", {"names": "North Kazakhstan, North city"}),
    ("OSDP >= 7% of ballots", "C105", {"name": "ballots", "names": "party, all"}),
    ("OSDP >= 7", "C106", {}),
    ("OSDP >= 107%", "C106", {"text": "107%"}),
    ("OSDP gets 99 seats", "C107", {"seats": 99, "most": 98}),
    ("OSDP > osdp azat", "C108", {"contestant": "osdp"}),
    ("OSDP is in in Akmola", "C109", {"tail": "in Akmola"}),
    ("OSDP gets 7 seats of party", "C109", {}),
    ("Against all is in", "C110", {"contestant": "against"}),
    ("Against all >= 3%", "C111", {"contestant": "against", "base": "party"}),
    ("OSDP >= 7% for sure", "C114", {"text": "for sure"}),
]


@pytest.mark.parametrize(("text", "body", "area"), UNDERSTOOD)
def test_what_people_type_is_understood(text: str, body: ClaimBody, area: str) -> None:
    """Every form of the grammar, in every language of the screens, means what its reader expects."""
    claim = parse_claim(text, (PARTIES,), GEOGRAPHY)
    assert (claim.contest, claim.body, claim.area) == ("list", body, area)


@pytest.mark.parametrize(("text", "code", "values"), REFUSED)
def test_what_is_not_understood_is_told(text: str, code: str, values: dict[str, object]) -> None:
    """A claim that cannot be understood is an InputError with its code, what was read, and what exists."""
    with pytest.raises(InputError) as refused:
        parse_claim(text, (PARTIES,), GEOGRAPHY)
    assert refused.value.code == code
    assert values.items() <= dict(refused.value.values).items()
    for language in ("en", "ru", "kk"):
        for part in ("title", "reason", "advice"):
            assert phrasebook(language).say(f"issue.{code}.{part}", **refused.value.values)


def test_several_names_are_all_shown() -> None:
    """A beginning that fits several contestants is no name: all of them are shown."""
    doubled = replace(PARTIES, contestants=(*LISTS, stands("nur_zhol", Labels(en="Nur Zhol"))))
    with pytest.raises(InputError) as refused:
        parse_claim("Nur > OSDP", (doubled,), GEOGRAPHY)
    assert (refused.value.code, refused.value.values["names"]) == ("C103", "Nur Otan, Nur Zhol")


def test_the_contest_is_the_one_in_which_all_names_exist() -> None:
    """Among several contests the names decide; a contest in front, with a colon, decides before them."""
    assert parse_claim("Adams > Baker", (PARTIES, DISTRICT), GEOGRAPHY).contest == "district"
    twin = replace(DISTRICT, id="twin", labels=Labels(en="Twin seat"))
    with pytest.raises(InputError) as refused:
        parse_claim("Adams > Baker", (PARTIES, DISTRICT, twin), GEOGRAPHY)
    assert (refused.value.code, refused.value.values["names"]) == ("C112", "district, twin")
    assert parse_claim("Twin seat: Adams is in", (PARTIES, DISTRICT, twin), GEOGRAPHY).contest == "twin"


def test_the_contest_that_understood_most_explains() -> None:
    """With several contests, the trouble told is that of the contest that knew most of the names."""
    with pytest.raises(InputError) as refused:
        parse_claim("Adams > Bakker", (PARTIES, DISTRICT), GEOGRAPHY)
    assert (refused.value.code, refused.value.values["nearest"]) == ("C102", "BAKER")


def test_a_person_has_one_seat() -> None:
    """Where persons are elected, nobody can be claimed to get two seats."""
    with pytest.raises(InputError) as refused:
        parse_claim("Adams gets 2 seats", (DISTRICT,), GEOGRAPHY)
    assert refused.value.values["most"] == 1


SHAPED = st.from_regex(r"(OSDP|Nur Otan|\"x) ?(>=|>|<|is in|gets) ?\d*.?\d*%? ?(in|of|в)? ?.{0,9}")


@given(st.text(max_size=60) | SHAPED)
def test_no_text_is_too_strange(text: str) -> None:
    """Whatever is typed, the answer is a claim or an InputError that has its sentence."""
    trouble = trouble_with(text)
    assert trouble is None or phrasebook("ru").say(f"issue.{trouble.code}.reason", **trouble.values)


def trouble_with(text: str) -> InputError | None:
    """Return what stops a claim, None where nothing does."""
    try:
        parse_claim(text, (PARTIES, DISTRICT), GEOGRAPHY)
    except InputError as trouble:
        return trouble
    return None
