"""The mutant runner tells a test that can fail from one that cannot: no gate is trusted that was never seen shut."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.mutants import Fate, Mutant, check_import, deal, judge, passes, share

SOURCE = "def total(a, b):\n    return a + b\n"
GOOD_TEST = "from secondcount.total import total\n\n\ndef test_total():\n    assert total(2, 3) == 5\n"
BLIND_TEST = "from secondcount.total import total\n\n\ndef test_total():\n    assert total(0, 0) == 0\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a small tree with one law, a test that guards it, and one that does not."""
    package = tmp_path / "src" / "secondcount"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "total.py").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "test_good.py").write_text(GOOD_TEST, encoding="utf-8")
    (tmp_path / "test_blind.py").write_text(BLIND_TEST, encoding="utf-8")
    return tmp_path


def mutant(find: str = "a + b", replace: str = "a - b", test: str = "test_good.py") -> Mutant:
    """Return one edit of the small tree."""
    return Mutant(law="sums are sums", file="src/secondcount/total.py", find=find, replace=replace, test=test)


@pytest.mark.parametrize(
    ("one", "fate"),
    [
        (mutant(), Fate.KILLED),
        (mutant(test="test_blind.py"), Fate.SURVIVED),
        (mutant(find="a * b"), Fate.MISPLACED),
        (mutant(find="a", replace="b"), Fate.MISPLACED),
        (mutant(find="return a + b", replace="return a +"), Fate.BROKEN),
    ],
    ids=lambda one: one.value if isinstance(one, Fate) else "",
)
def test_every_fate_is_told(tree: Path, one: Mutant, fate: Fate) -> None:
    """A noticed edit is killed, an unnoticed one survives, one that does not fit or does not run proves nothing."""
    assert judge(tree, one) is fate
    assert (tree / one.file).read_text(encoding="utf-8") == SOURCE


def test_a_test_that_fails_anyway_proves_nothing(tree: Path) -> None:
    """The runner asks first whether the test passes on the untouched copy."""
    (tree / "test_good.py").write_text(GOOD_TEST.replace("5", "6"), encoding="utf-8")
    assert not passes(tree, "test_good.py", {})
    assert passes(tree, "test_blind.py", {})


def test_the_copy_is_what_is_imported(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The runner stops if Python would import the installed package instead of the copy."""
    check_import(tree)
    with pytest.raises(SystemExit):
        check_import(tmp_path_factory.mktemp("without a package"))


def test_shares_cover_everything_once() -> None:
    """A share is chosen by the mutant's own name, stays the same, and grows to all as the parts become fewer."""
    many = [Mutant(law=f"law {n}", file="f.py", find="a", replace="b", test="t.py") for n in range(200)]
    assert list(share(many, 1)) == many
    assert share(many, 10) == share(list(reversed(many)), 10)[::-1]
    assert 5 <= len(share(many, 10)) <= 40


def test_no_mutant_is_lost_when_dealt() -> None:
    """Workers get every mutant once, and mutants of one test file stay together."""
    many = tuple(Mutant(law=f"law {n}", file="f.py", find="a", replace="b", test=f"t{n % 7}.py") for n in range(50))
    hands = deal(many, 2)
    assert sorted(one.law for hand in hands for one in hand) == sorted(one.law for one in many)
    assert not {one.test for one in hands[0]} & {one.test for one in hands[1]}
