"""The electoral law of a contest, as written in a definition: bases, threshold, method, ties."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from secondcount.jurisdictions.expressions import CONTESTANTS
from secondcount.jurisdictions.sections import Section, Unique
from secondcount.model.rule import Alternative, Base, Comparison, Leftover, Method, Rule, RunnerUp, Threshold, Ties

__all__ = ["read_bases", "read_rule", "read_share_base"]

_MAX_SEATS = 10_000
_MOST_PLACES = 10
_QUOTA_METHODS = (Method.HARE, Method.DROOP)


def read_bases(contest: Section, lines: Sequence[str], contestants: Sequence[str]) -> tuple[Base, ...]:
    """Return the denominators; "contestants" among their cells stands for every contestant."""
    unique = Unique()
    found = []
    for section in contest.parts("bases", "base"):
        name = section.slug("id")
        cells = _read_cells(section, dict.fromkeys((*lines, *contestants, CONTESTANTS)), contestants)
        base = Base(id=name, labels=section.labels(), cells=cells, source=section.text("source"))
        if unique.admit(section, name):
            found.append(base)
    return tuple(found)


def _read_cells(section: Section, known: Collection[str], contestants: Sequence[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for index, name in enumerate(section.texts("cells")):
        place = f"cells[{index}]"
        if name not in known:
            section.desk.report_unknown("D302", f"{section.key}.{place}", name, known)
            continue
        every = contestants or (CONTESTANTS,)  # a table names them later: the word stays until then
        for cell in every if name == CONTESTANTS else (name,):
            if cell in found:  # a cell that is added twice would be counted twice
                section.desk.report("D311", f"{section.key}.{place}", cell=cell)
            else:
                found[cell] = None
    return tuple(found)


def _check_base(section: Section, name: str, key: str, bases: Sequence[Base]) -> None:
    known = [base.id for base in bases]
    if name and name not in known:
        section.report_unknown("D303", key, name, known)


def read_share_base(contest: Section, bases: Sequence[Base]) -> str:
    """Return the id of the base on which the authority publishes its percentages."""
    name = contest.slug("share_base")
    _check_base(contest, name, "share_base", bases)
    return name


def read_rule(contest: Section, bases: Sequence[Base], takers: Sequence[str]) -> Rule:
    """Return how seats follow from votes; `takers` are the contestants that can get a seat, in ballot order."""
    section = contest.part("rule", "rule")
    if section is None:
        return Rule(method=Method.PLURALITY, seats=1, ties=Ties.SILENT)  # a fault is reported: never used
    method = section.choice("method", Method)
    seats = section.integer("seats", 1, 1 if method is Method.MAJORITY else _MAX_SEATS)  # a majority elects one
    source, not_coded = section.text("source"), section.text("not_coded", required=False)
    return Rule(
        method=method,
        seats=seats or _MAX_SEATS,  # a fault is reported; the largest number adds no second one for seat figures
        ties=section.choice("ties", Ties),
        tie_order=_read_tie_order(section, takers),
        threshold=_read_threshold(section, method, bases, takers),
        source=source,
        source_labels=section.in_languages("source", source),
        alternatives=_read_alternatives(section, method),
        run_off_places=_read_places(section, method),
        not_coded=not_coded,
        not_coded_labels=section.in_languages("not_coded", not_coded),
    )


def _read_alternatives(rule: Section, method: Method) -> tuple[Alternative, ...]:
    """Return the other ways to be elected in the first round: a lower share with a lead over each other."""
    if not rule.has("alternatives"):
        return ()
    if method is not Method.MAJORITY:
        rule.report("D315", "alternatives", found=method.value)
    sections = rule.parts("alternatives", "alternative")
    return tuple(Alternative(share=one.share("share"), lead=one.share("lead")) for one in sections)


def _read_places(rule: Section, method: Method) -> int:
    """Return how many run in the second round: two, unless the law says otherwise."""
    if not rule.has("run_off_places"):
        return 2
    if method is not Method.MAJORITY:
        rule.report("D315", "run_off_places", found=method.value)
    return rule.integer("run_off_places", 2, _MOST_PLACES) or 2


def _read_tie_order(section: Section, takers: Sequence[str]) -> tuple[str, ...]:
    """Return the order that breaks ties: every contestant that can get a seat, each once."""
    ties = section.table.get("ties")
    if ties == Ties.SILENT:
        section.report("D309", "ties")
    order = section.texts("tie_order", required=ties == Ties.ORDER)
    if ties != Ties.ORDER:
        if order:
            section.report("D306", "tie_order")
        return ()
    found = _each_once(section, "tie_order", order, "D305", dict.fromkeys(takers))
    missing = [one for one in takers if one not in found]
    if missing and section.has("tie_order"):
        section.report("D304", "tie_order", names=", ".join(missing[:10]))
    return order


def _each_once(section: Section, key: str, names: Sequence[str], code: str, known: Collection[str]) -> dict[str, str]:
    """Return the names of a list, each with the key of its first place; one unknown, or there twice, is a fault."""
    found: dict[str, str] = {}
    for index, name in enumerate(names):
        place = f"{section.at(key)}[{index}]"
        if name not in known:
            section.desk.report_unknown(code, place, name, known)
        elif name in found:
            section.desk.report("D116", place, name=name, first=found[name])
        found.setdefault(name, place)
    return found


def _read_threshold(rule: Section, method: Method, bases: Sequence[Base], takers: Sequence[str]) -> Threshold | None:
    section = rule.part("threshold", "threshold", required=False)
    if section is None:
        return None
    base = section.slug("base")
    _check_base(section, base, "base", bases)
    source = section.text("source")
    comparison = section.choice("comparison", Comparison)
    if comparison not in (Comparison.AT_LEAST, Comparison.MORE_THAN):
        section.report("D307", "comparison", found=comparison.value)
    return Threshold(
        share=section.share("share"),
        base=base,
        comparison=comparison,
        runner_up=_read_runner_up(section, method),
        exempt=_read_exempt(section, method, takers),
        source=source,
        source_labels=section.in_languages("source", source),
    )


def _read_exempt(threshold: Section, method: Method, takers: Sequence[str]) -> tuple[str, ...]:
    """Return who takes part whatever their share; no law that is coded has this beside a runner-up or a majority."""
    found = _each_once(threshold, "exempt", threshold.texts("exempt", required=False), "D313", takers)
    other = "runner_up" if threshold.has("runner_up") else method.value if method is Method.MAJORITY else ""
    if found and other:
        threshold.report("D314", "exempt", found=other)
    return tuple(found)


def _read_runner_up(threshold: Section, method: Method) -> RunnerUp | None:
    section = threshold.part("runner_up", "runner_up", required=False)
    if section is None:
        return None
    if method not in _QUOTA_METHODS:
        threshold.report("D310", "runner_up", found=method.value)
    leftover = section.choice("leftover", Leftover)
    if section.table.get("leftover") == Leftover.SILENT:
        section.report("D308", "leftover")
    return RunnerUp(
        correction=section.share("correction"),
        minimum_seats=section.integer("minimum_seats", 0, _MAX_SEATS) or 0,
        leftover=leftover,
        source=section.text("source"),
    )
