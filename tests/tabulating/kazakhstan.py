"""Kazakhstan's published figures, typed from ../shared/data/kz_majilis (facts; a test holds them equal)."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from secondcount.model.election import Election
from secondcount.model.form import Line, Role
from secondcount.model.publication import Publication, Stage
from tabulating.elections import (
    COUNT,
    SHARE,
    TURNOUT,
    Printed,
    contest_of,
    election_of,
    figures_of,
    geography_of,
    name,
    publication_of,
)

LINES = (
    Line(id="registered", role=Role.REGISTERED, labels=name("registered")),
    Line(id="took_part", role=Role.TOOK_PART, labels=name("took part")),
)

VOTES_2012 = {
    "nur_otan": 5621436,
    "ak_zhol": 518405,
    "cppk": 498788,
    "osdp": 116534,
    "auyl": 82623,
    "patriots": 57732,
    "adilet": 45702,
}
FINAL_2012 = {
    "nur_otan": "80.99",
    "ak_zhol": "7.47",
    "cppk": "7.19",
    "osdp": "1.68",
    "auyl": "1.19",
    "patriots": "0.83",
    "adilet": "0.66",
}
PRELIMINARY_2012 = {
    "nur_otan": "80.74",
    "ak_zhol": "7.46",
    "cppk": "7.20",
    "auyl": "1.46",
    "osdp": "1.59",
    "patriots": "0.89",
    "adilet": "0.66",
}
VOTES_2016 = {
    "nur_otan": 6183757,
    "ak_zhol": 540406,
    "cppk": 537123,
    "auyl": 151285,
    "osdp": 88813,
    "birlik": 21484,
}
FINAL_2016 = {
    "nur_otan": "82.20",
    "ak_zhol": "7.18",
    "cppk": "7.14",
    "auyl": "2.01",
    "osdp": "1.18",
    "birlik": "0.29",
}
VOTES_2021 = {"nur_otan": 5148074, "ak_zhol": 792828, "ppk": 659019, "auyl": 383023, "adal": 258618}
FINAL_2021 = {"nur_otan": "71.09", "ak_zhol": "10.95", "ppk": "9.10", "auyl": "5.29", "adal": "3.57"}
VOTES_2023 = {
    "amanat": 3431510,
    "auyl": 693938,
    "respublica": 547154,
    "ak_zhol": 535139,
    "ppk": 432920,
    "osdp": 331058,
    "baytaq": 146431,
    "against_all": 248291,
}
FINAL_2023 = {
    "amanat": "53.90",
    "auyl": "10.90",
    "respublica": "8.59",
    "ak_zhol": "8.41",
    "ppk": "6.80",
    "osdp": "5.20",
    "baytaq": "2.30",
    "against_all": "3.90",
}
FINAL = publication_of("final", Stage.FINAL)
PRELIMINARY = publication_of("preliminary", Stage.PRELIMINARY)
HOURS_2012 = tuple(publication_of(f"turnout-{hour}", Stage.VOTING) for hour in ("1200", "1400", "2000"))
HOURS_2023 = tuple(publication_of(f"turnout-{hour}", Stage.VOTING) for hour in ("1610", "1810"))
PUBLICATIONS_2012: tuple[Publication, ...] = (*HOURS_2012, PRELIMINARY, FINAL)


def kz(votes: Mapping[str, int], *areas: str) -> Election:
    """Return a Majilis election with these contestants and regions."""
    parents = {"kazakhstan": None, **dict.fromkeys(areas, "kazakhstan")}
    return election_of(contest_of(tuple(votes), lines=LINES, identities=()), geography_of(parents))


def results(publication: str, votes: Mapping[str, int], shares: Mapping[str, str]) -> list[Printed]:
    """Return votes and percentages of a publication."""
    counts = [national(publication, COUNT, cell, str(value)) for cell, value in votes.items()]
    return counts + [national(publication, SHARE, cell, text) for cell, text in shares.items()]


def national(publication: str, quantity: str, cell: str, text: str, source: str = "commission") -> Printed:
    """Return a figure of the whole country."""
    return regional("kazakhstan", publication, quantity, cell, text, source=source)


def regional(
    area: str, publication: str, quantity: str, cell: str, text: str, *, source: str = "commission"
) -> Printed:
    """Return a figure of one area."""
    return Printed(publication=publication, quantity=quantity, cell=cell, text=text, area=area, source=source)


def turnout(publication: str, percent: str, voters: str = "", rounding: int = 0) -> list[Printed]:
    """Return the country's turnout at one hour, and the voters who took part where they were published."""
    found = [national(publication, TURNOUT, "", percent)]
    if voters:
        found.append(
            Printed(
                publication=publication,
                quantity=COUNT,
                cell="took_part",
                text=voters,
                area="kazakhstan",
                rounding=rounding,
            )
        )
    return found


def figures_2012() -> pl.DataFrame:
    """Return what was published in 2012 for the whole country."""
    return figures_of(
        *turnout("turnout-1200", "35.3", "3185546"),
        *turnout("turnout-1400", "55.5", "5162922"),
        *turnout("turnout-2000", "75.07", "6980000", rounding=10000),
        *results("preliminary", {}, PRELIMINARY_2012),
        *results("final", VOTES_2012, FINAL_2012),
    )
