"""The protocol form of a contest: its lines and the identities that its figures satisfy."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from secondcount.errors import InputError
from secondcount.intake import parse_mask
from secondcount.jurisdictions.expressions import (
    CONTESTANTS,
    Equation,
    Name,
    expand,
    is_trivial,
    parse_identity,
)
from secondcount.jurisdictions.faults import Desk, printable
from secondcount.jurisdictions.keys import RESERVED
from secondcount.jurisdictions.sections import Section, Unique
from secondcount.model.form import Identity, Line, Linear, Relation, Role

__all__ = ["check_names", "read_cell_id", "read_identities", "read_lines", "read_masks", "report_refusal"]

_NOTHING = Linear(terms=())


def read_cell_id(section: Section) -> str:
    """Return the id of a line or contestant: it names a column of tables and a word of expressions."""
    name = section.slug("id")
    if name in RESERVED:
        section.report("D117", "id", name=name)
        return ""
    if name.isdecimal():  # an expression would read it as a number
        section.report("D118", "id", name=name)
        return ""
    return name


def read_lines(contest: Section, unique: Unique) -> tuple[Line, ...]:
    """Return the lines of the protocol; each role but "other" belongs to at most one of them."""
    roles: dict[Role, str] = {}
    found = []
    for section in contest.parts("lines", "line"):
        name = read_cell_id(section)
        role = section.choice("role", Role)
        line = Line(id=name, role=role, labels=section.labels(), number=section.text("number", required=False))
        if not unique.admit(section, name):
            continue
        if role is not Role.OTHER and role in roles:
            section.report("D312", "role", found=role.value, first=roles[role])
        roles.setdefault(role, name)
        found.append(line)
    return tuple(found)


def read_identities(contest: Section, lines: Sequence[str], contestants: tuple[str, ...]) -> tuple[Identity, ...]:
    """Return the identities, each written as a linear expression over lines and contestants."""
    unique = Unique()
    cells = dict.fromkeys((*lines, *contestants))
    found = []
    for section in contest.parts("identities", "identity", required=False):
        name = section.slug("id")
        text = section.text("text")
        left, relation, right = _read_sides(section, text, cells, contestants)
        identity = Identity(
            id=name,
            left=left,
            relation=relation,
            right=right,
            hard=section.flag("hard"),
            labels=section.labels(),
            text=text,
            source=section.text("source"),
        )
        if unique.admit(section, name):
            found.append(identity)
    return tuple(found)


def read_masks(contest: Section) -> tuple[str, ...]:
    """Return what is masked in every photo of the form, in thousandths: photos of one form differ in size."""
    section = contest.part("form", "form", required=False)
    if section is None:
        return ()
    masks = []
    for index, text in enumerate(section.texts("masks")):  # an empty list is refused: it would look like protection
        mask = _read_mask(text)
        if mask:
            masks.append(mask)
        elif text:  # a blank one has been reported
            section.desk.report("D316", f"{section.at('masks')}[{index}]", found=printable(text))
    return tuple(masks)


def _read_mask(text: str) -> str:
    """Return a mask in its one spelling, "" where it is none or counts pixels."""
    try:
        mask = parse_mask(text)
    except InputError:
        return ""
    return str(mask) if mask.per_mille else ""


def _read_sides(
    section: Section, text: str, cells: Collection[str], contestants: tuple[str, ...]
) -> tuple[Linear, Relation, Linear]:
    if not text:
        return _NOTHING, Relation.EQUAL, _NOTHING
    try:
        equation = parse_identity(text)
    except InputError as fault:
        report_refusal(fault, section.desk, section.at("text"))
        return _NOTHING, Relation.EQUAL, _NOTHING
    return _resolve(section, equation, cells, contestants)


def _resolve(
    section: Section, equation: Equation, cells: Collection[str], contestants: tuple[str, ...]
) -> tuple[Linear, Relation, Linear]:
    names = (*equation.left, *equation.right)
    known = check_names(names, cells, section.desk, section.at("text"))
    left = expand(equation.left, equation.left_constant, contestants)
    right = expand(equation.right, equation.right_constant, contestants)
    if known and is_trivial(left, right):
        section.report("D406", "text")
    return left, equation.relation, right


def check_names(names: Iterable[Name], cells: Collection[str], desk: Desk, key: str) -> bool:
    """Report every name in an expression that is no cell of the contest; return whether all are known."""
    unknown = [name for name in names if name.id != CONTESTANTS and name.id not in cells]
    for name in unknown:
        desk.report_unknown("D403", key, name.id, cells, position=name.position)
    return not unknown


def report_refusal(fault: InputError, desk: Desk, key: str) -> None:
    """Report what the reader of expressions refused, as an issue at the key that it came from."""
    texts = {name: printable(value) for name, value in fault.values.items() if isinstance(value, str)}
    numbers = {name: value for name, value in fault.values.items() if isinstance(value, int)}
    desk.report(fault.code, key, **texts, **numbers)
