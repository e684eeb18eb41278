"""Identities as they are written: small integer linear expressions, read by a tokenizer of our own.

    received == issued + issued_outside + cancelled
    valid == sum(contestants)
    2*seats_total - 1 >= seats_taken

Grammar (there are no other parentheses and no multiplication of two cells):

    identity = side ("==" | "<=" | ">=") side
    side     = ["+" | "-"] term { ("+" | "-") term }
    term     = integer ["*" name] | name
    name     = id of a cell | "sum" "(" "contestants" ")"

A name is as long as the text allows, so a minus sign between two ids needs spaces around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from secondcount.errors import InputError
from secondcount.model.form import Linear, Relation

__all__ = [
    "CONTESTANTS",
    "MAX_LENGTH",
    "Equation",
    "Name",
    "expand",
    "is_trivial",
    "parse_difference",
    "parse_identity",
]

CONTESTANTS = "contestants"
"""Stands for every contestant of the contest, in `sum(contestants)` and in the cells of a base."""

MAX_LENGTH = 2000
_MAX_NUMBER = 10**9
_TOKEN = re.compile(r"(?P<id>[a-z0-9][a-z0-9._-]*)|(?P<sign>==|<=|>=|[-+*()])|(?P<space>\s+)", re.ASCII)
_END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A cell named in an expression: its id, where it stands (1-based), and its signed coefficient."""

    id: str
    position: int
    coefficient: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Equation:
    """An identity as read, names not yet resolved: two sides and the relation between them."""

    left: tuple[Name, ...]
    left_constant: int
    relation: Relation
    right: tuple[Name, ...]
    right_constant: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    text: str
    kind: str  # "id" | "number" | "sign" | "end"
    position: int


def parse_identity(text: str) -> Equation:
    """Return the two sides of an identity such as "received == issued + cancelled".

    Raises:
        InputError: D401 (a character that cannot stand there), D402 (something else was expected),
            D404 (no relation sign, or a second one), D405 (a number too large), D407 (too long);
            each with the 1-based `position`.

    """
    tokens = _tokens(text)
    reader = _Reader(tokens)
    left, left_constant = reader.side()
    relation = reader.relation()
    right, right_constant = reader.side()
    reader.finish()
    return Equation(
        left=left, left_constant=left_constant, relation=relation, right=right, right_constant=right_constant
    )


def parse_difference(text: str) -> tuple[Name, Name]:
    """Return the two names of a lead such as "first - second".

    Raises:
        InputError: the same codes as `parse_identity`, and D402 for anything but one name minus another.

    """
    tokens = _tokens(text)
    kinds = [token.text if token.kind == "sign" else token.kind for token in tokens]
    wanted = ["id", "-", "id", _END]
    for token, kind, expected in zip(tokens, kinds, wanted, strict=False):
        if kind != expected:
            raise _unexpected(token, expected)
    names = [Name(id=token.text, position=token.position, coefficient=1) for token in tokens if token.kind == "id"]
    return names[0], names[1]


def expand(names: Iterable[Name], constant: int, contestants: tuple[str, ...]) -> Linear:
    """Return the sum of the names with like terms merged, `sum(contestants)` written out, zeros left away."""
    total: dict[str, int] = {}
    for name in names:
        total[name.id] = total.get(name.id, 0) + name.coefficient
    for_all = total.pop(CONTESTANTS, 0)
    for cell in contestants if for_all else ():
        total[cell] = total.get(cell, 0) + for_all
    return Linear(terms=tuple((number, cell) for cell, number in total.items() if number), constant=constant)


def is_trivial(left: Linear, right: Linear) -> bool:
    """Return whether both sides have the same terms, so that no figure can ever change the outcome."""
    return _coefficients(left) == _coefficients(right)


def _coefficients(side: Linear) -> Mapping[str, int]:
    return {cell: number for number, cell in side.terms}


def _tokens(text: str) -> tuple[_Token, ...]:
    if len(text) > MAX_LENGTH:
        raise InputError("D407", limit=MAX_LENGTH, number=len(text))
    found: list[_Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise InputError("D401", position=at + 1, found=text[at])
        if match.lastgroup != "space":
            kind = "number" if match[0].isdecimal() else str(match.lastgroup)
            found.append(_Token(text=match[0], kind=kind, position=at + 1))
        at = match.end()
    return (*found, _Token(text="", kind=_END, position=len(text) + 1))


def _unexpected(token: _Token, expected: str) -> InputError:
    return InputError("D402", position=token.position, found=token.text or _END, expected=expected)


class _Reader:
    """Walks over the tokens of one expression; each method reads one rule of the grammar."""

    def __init__(self, tokens: tuple[_Token, ...]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        token = self._next
        self._at += token.kind != _END
        return token

    def _accept(self, *texts: str) -> str:
        return self._take().text if self._next.text in texts and self._next.kind == "sign" else ""

    def _demand(self, text: str) -> None:
        if self._next.text != text:
            raise _unexpected(self._next, text)
        self._take()

    def side(self) -> tuple[tuple[Name, ...], int]:
        names: list[Name] = []
        constant = 0
        sign = self._accept("+", "-") or "+"
        while sign:
            term = self._term(-1 if sign == "-" else 1)
            if isinstance(term, int):
                constant += term
            else:
                names.append(term)
            sign = self._accept("+", "-")
        return tuple(names), constant

    def relation(self) -> Relation:
        if self._next.kind == _END:
            raise InputError("D404", position=self._next.position)
        found = self._accept(*Relation)
        if not found:
            raise _unexpected(self._next, "==")
        return Relation(found)

    def finish(self) -> None:
        if self._next.text in tuple(Relation):
            raise InputError("D404", position=self._next.position)
        if self._next.kind != _END:
            raise _unexpected(self._next, _END)

    def _term(self, sign: int) -> Name | int:
        if self._next.kind != "number":
            return self._name(sign)
        token = self._take()
        number = int(token.text) if len(token.text) <= 10 else _MAX_NUMBER + 1
        if number > _MAX_NUMBER:
            raise InputError("D405", position=token.position, limit=_MAX_NUMBER)
        return self._name(sign * number) if self._accept("*") else sign * number

    def _name(self, coefficient: int) -> Name:
        token = self._next
        if token.kind != "id":
            raise _unexpected(token, "id")
        if token.text == CONTESTANTS:
            raise _unexpected(token, f"sum({CONTESTANTS})")
        self._take()
        if token.text == "sum":
            self._demand("(")
            self._demand(CONTESTANTS)
            self._demand(")")
            return Name(id=CONTESTANTS, position=token.position, coefficient=coefficient)
        return Name(id=token.text, position=token.position, coefficient=coefficient)
