"""The budgets of the house: short functions, short files, exact numbers, honest names, gates that stay on."""

from __future__ import annotations

import ast
import re
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import pytest

from architecture.house import (
    COUNTING_ROOMS,
    ESTIMATES,
    ROOT,
    SOURCE,
    Function,
    functions,
    modules,
    read,
    relative,
    shipped,
    tree,
)

MEDIAN, NINE_IN_TEN, LONGEST, LONGEST_FILE = 8, 25, 50, 500
NAMELESS = re.compile(r"(^|_)(utils?|helpers?|common|misc|manager|handler)(_|$)")
EXACT_MATHS = {"ceil", "comb", "factorial", "floor", "gcd", "isqrt", "lcm", "perm", "prod"}
FLOATING = {"Float32", "Float64", "float", "mean", "median", "std", "truediv", "var"}


def all_functions() -> list[Function]:
    """Return every function of the source."""
    return [one for path in modules() for one in functions(path)]


def test_most_functions_are_short() -> None:
    """Half of all functions have at most 8 lines, nine in ten at most 25 (docstrings not counted)."""
    lengths = [one.lines for one in all_functions()]
    assert median(lengths) <= MEDIAN
    assert quantiles(lengths, n=10)[-1] <= NINE_IN_TEN


def test_no_function_is_long() -> None:
    """No function has more than 50 lines: the short tail is what makes a house walkable."""
    long = [f"{one.place}: {one.lines} lines" for one in all_functions() if one.lines > LONGEST]
    assert not long, "\n".join(long)


@pytest.mark.parametrize("folder", ["src", "tests", "tools", "benchmarks"])
def test_no_file_is_long(folder: str) -> None:
    """No Python file has more than 500 lines."""
    counted = {relative(path): len(read(path).splitlines()) for path in sorted((ROOT / folder).rglob("*.py"))}
    assert {name: lines for name, lines in counted.items() if lines > LONGEST_FILE} == {}


def test_no_room_is_nameless() -> None:
    """No file or folder is called utils, helpers, common, misc, manager or handler: a line would not know its room."""
    parts = {part.removesuffix(".py") for path in shipped() for part in path.relative_to(ROOT).parts}
    assert sorted(part for part in parts if NAMELESS.search(part)) == []


def inexact(node: ast.AST) -> str:
    """Return what is inexact about a node, or an empty string.

    `/` is allowed where one side is literally a call of `Fraction`, for then the result is a Fraction whatever
    exact number the other side is; everything else says `Fraction(a, b)`, which takes Fractions too.
    """
    match node:
        case ast.Constant(value=float() | complex()):
            trouble = "float literal"
        case ast.BinOp(op=ast.Div()) if not (made_exact(node.left) or made_exact(node.right)):
            trouble = "true division"
        case ast.AugAssign(op=ast.Div()):
            trouble = "true division"
        case ast.Attribute(value=ast.Name(id="math"), attr=name) if name not in EXACT_MATHS:
            trouble = f"math.{name}"
        case ast.ImportFrom(module="math", names=names) if {one.name for one in names} - EXACT_MATHS:
            trouble = "inexact name from math"
        case ast.Attribute(attr=name) | ast.Call(func=ast.Name(id=name)) if name in FLOATING:
            trouble = name
        case _:
            trouble = ""
    return trouble


def made_exact(node: ast.expr) -> bool:
    """Return whether an expression is literally a call of `Fraction`."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Fraction"


def inexact_places(path: Path) -> Iterator[str]:
    """Yield each inexact place of a file."""
    for node in ast.walk(tree(path)):
        if trouble := inexact(node):
            yield f"{relative(path)}:{getattr(node, 'lineno', 0)} {trouble}"


def test_counting_is_exact() -> None:
    """Counting rooms know integers and fractions only; the one estimate beside the count is named."""
    counting = [path for path in modules(*COUNTING_ROOMS) if path.relative_to(SOURCE).as_posix() not in ESTIMATES]
    places = [place for path in counting for place in inexact_places(path)]
    assert not places, "\n".join(places)


def test_an_estimate_stands_beside_the_count() -> None:
    """A module that estimates is there, has floats, and no other module of its room imports it."""
    for name in ESTIMATES:
        module = name.removesuffix(".py").replace("/", ".")
        assert list(inexact_places(SOURCE / name))
        room = [path for path in modules(name.split("/")[0]) if path != SOURCE / name]
        assert [relative(path) for path in room if f"secondcount.{module} " in read(path)] == []


@pytest.mark.parametrize(
    "line",
    ["half = 0.5", "share = votes / total", "x /= 2", "y = math.log(3)", "z = float(3)", "q = pl.Float64", "c.mean()"],
)
def test_a_float_would_be_seen(line: str) -> None:
    """The search for floats finds each way in which one could come in."""
    assert any(inexact(node) for node in ast.walk(ast.parse(line)))


@pytest.mark.parametrize(
    "line", ["a = Fraction(1, 3) / votes", "b = 7 // 2", "c = math.isqrt(9)", "d = Fraction(a, b)"]
)
def test_exact_arithmetic_is_let_through(line: str) -> None:
    """The search for floats does not complain of exact arithmetic."""
    assert not any(inexact(node) for node in ast.walk(ast.parse(line)))


def test_no_lazy_imports() -> None:
    """Nothing is imported inside a function, except in `cli`, which loads a command's module when it is called."""
    lazy = [
        f"{relative(path)}:{inner.lineno}"
        for path in modules()
        if path.relative_to(ROOT).parts[2] != "cli"
        for outer in ast.walk(tree(path))
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not lazy, "\n".join(lazy)


def broad(handler: ast.ExceptHandler) -> bool:
    """Return whether a handler catches everything."""
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        one is None or (isinstance(one, ast.Name) and one.id in {"Exception", "BaseException"}) for one in caught
    )


def test_nobody_catches_everything() -> None:
    """Only `cli` may catch every exception, so that no traceback reaches a user; bugs elsewhere crash loudly."""
    catchers = [
        f"{relative(path)}:{node.lineno}"
        for path in modules()
        if path.relative_to(ROOT).parts[2] != "cli"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and broad(node)
    ]
    assert not catchers, "\n".join(catchers)


SILENCED = re.compile(r"\b(TODO|FIXME|XXX)\b|type: ignore|pragma: no cover|noqa(?!: [A-Z]+\d+(, ?[A-Z]+\d+)* .*\w{3})")


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """Yield each comment of a Python file with its line."""
    with tokenize.open(path) as lines:
        for token in tokenize.generate_tokens(lines.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def test_nothing_is_postponed_or_silenced() -> None:
    """There are no notes to self and no silenced checkers; a noqa names its rule and gives its reason."""
    silenced = [
        f"{relative(path)}:{number} {comment}"
        for path in shipped()
        if path.suffix == ".py"
        for number, comment in comments(path)
        if SILENCED.search(comment)
    ]
    assert not silenced, "\n".join(silenced)


def test_no_law_is_unwritten() -> None:
    """Nothing raises NotImplementedError: what is not there yet is not offered (a library's own may be caught)."""
    unwritten = [
        f"{relative(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Raise) and node.exc and "NotImplementedError" in ast.unparse(node.exc)
    ]
    assert not unwritten, "\n".join(unwritten)


def test_init_files_only_open_doors() -> None:
    """An `__init__.py` holds its docstring and explicit re-exports, no code (the package's own reads its version)."""
    allowed = (ast.Import, ast.ImportFrom)
    code = [
        f"{relative(path)}:{node.lineno}"
        for path in modules()
        if path.name == "__init__.py" and path.parent.name not in {"secondcount", "codes"}
        for node in tree(path).body
        if not isinstance(node, allowed) and not is_docstring_or_all(node)
    ]
    assert not code, "\n".join(code)


def is_docstring_or_all(node: ast.stmt) -> bool:
    """Return whether a statement is a docstring or the assignment of `__all__`."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    targets = (
        node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    )
    return [ast.unparse(one) for one in targets] == ["__all__"]


def test_the_gates_are_on() -> None:
    """The settings of the checkers are those that the house was built with; loosening one shows up here."""
    tools = tomllib.loads(read(ROOT / "pyproject.toml"))["tool"]
    assert tools["mypy"]["strict"] is True
    lint = tools["ruff"]["lint"]
    assert {"ARG", "B", "BLE", "C90", "D", "E", "F", "N", "PL", "PT", "PTH", "S", "T20", "UP"} <= set(lint["select"])
    assert len(lint["ignore"]) <= 11
    assert lint["mccabe"]["max-complexity"] == 10
    assert lint["pylint"]["max-positional-args"] == 5
    assert not any(key.startswith("src") for key in lint["per-file-ignores"])
