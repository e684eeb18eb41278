"""A small election for tables: three lists, two protocol lines, names in three languages, five areas."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from secondcount.model.election import Contest, Contestant, ContestantKind, Election
from secondcount.model.form import Form, Line, Role
from secondcount.model.geography import Area, Geography, Level
from secondcount.model.labels import Labels
from secondcount.model.rule import Base, Comparison, Method, Rule, Threshold, Ties

__all__ = ["CELLS", "CONTEST", "ELECTION", "HEAD", "HEADER", "row", "sheet"]


def _list(one: str, labels: Labels, short: Labels | None = None, aliases: tuple[str, ...] = ()) -> Contestant:
    return Contestant(id=one, labels=labels, kind=ContestantKind.LIST, short=short, aliases=aliases)


CONTEST = Contest(
    id="list",
    labels=Labels(en="Lists", ru="Списки", kk="Тізімдер"),
    contestants=(
        _list(
            "nur",
            Labels(en="Party of Light", ru="Партия Света", kk="Нұр партиясы"),
            short=Labels(en="Light", ru="Свет", kk="Нұр"),
            aliases=("PL-2030",),
        ),
        _list("ak_zhol", Labels(en="White Way", ru="Белый путь", kk="Ақ жол")),
        _list("union", Labels(en="Union", ru="Союз", kk="Одақ")),
    ),
    rule=Rule(
        method=Method.HARE,
        seats=9,
        ties=Ties.SILENT,
        threshold=Threshold(share=Fraction(7, 100), base="votes", comparison=Comparison.AT_LEAST),
    ),
    bases=(Base(id="votes", labels=Labels(en="votes"), cells=("nur", "ak_zhol", "union")),),
    share_base="votes",
    form=Form(
        lines=(
            Line(
                id="registered",
                role=Role.REGISTERED,
                labels=Labels(en="Voters on the list", ru="Избиратели в списке", kk="Тізімдегі сайлаушылар"),
                number="1",
            ),
            Line(
                id="invalid",
                role=Role.INVALID,
                labels=Labels(en="Invalid ballots", ru="Недействительные бюллетени", kk="Жарамсыз бюллетеньдер"),
                number="9",
            ),
        ),
        identities=(),
    ),
)

ELECTION = Election(
    id="testland.council.2030",
    labels=Labels(en="Testland"),
    country="xx",
    voting_day=date(2030, 5, 5),
    timezone="Asia/Almaty",
    contests=(CONTEST,),
    geography=Geography(
        levels=(Level(id="country", labels=Labels(en="country")), Level(id="region", labels=Labels(en="region"))),
        areas=(
            Area(id="land", level="country", labels=Labels(en="Testland", ru="Тестландия", kk="Тестландия")),
            Area(id="north", level="region", parent="land", labels=Labels(en="North", ru="Север", kk="Солтүстік")),
            Area(id="south", level="region", parent="land", labels=Labels(en="South", ru="Юг", kk="Оңтүстік")),
            Area(id="hill", level="region", parent="north", labels=Labels(en="Hill", ru="Гора", kk="Төбе")),
            Area(id="old_south", level="region", parent="land", labels=Labels(en="Old South", ru="Юг", kk="Ескі")),
        ),
    ),
)
"""Its Russian "Юг" is the label of two areas, so that a name can be ambiguous."""

CELLS = CONTEST.cells
HEAD = ("station", "area", "level", "copy", "version", "collector")
HEADER = (*HEAD, *CELLS)
"""A header with which a table of copies gives no issue at all."""


def row(station: str = "001", **values: object) -> str:
    """Return one row below `HEADER`, complete unless said otherwise."""
    usual: dict[str, object] = {"station": station, "area": "north", "level": 2, "copy": 1, "version": 1}
    usual |= {"collector": "obs", "registered": 100, "invalid": 1, "nur": 50, "ak_zhol": 30, "union": 10}
    return ",".join(str((usual | values)[name]) for name in HEADER)


def sheet(*rows: str, header: str = ",".join(HEADER), above: str = "") -> bytes:
    """Return a table of copies as bytes."""
    return (above + "\n".join((header, *rows)) + "\n").encode()
