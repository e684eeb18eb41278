"""Each version of the derivation stays, or says which release has it."""

from __future__ import annotations

import pytest

from archiving.archives import ListedLog, hold, named, sheet_table
from secondcount.errors import InputError
from secondcount.evidence.entries import Verdict
from secondcount.evidence.verify.options import Rederived
from secondcount.verdict import derive, encode
from secondcount.verdict.derivations import derivation, rederive

CLAIM = "nur > union"
TABLE = ("a.csv", sheet_table(("1", "north", 2, 1, 1, "c1", 90, 1, 20, 30, 4)))


class TestDerivations:
    """Each version of the derivation stays, or says who has it."""

    def test_a_published_verdict_is_derived_again(self) -> None:
        """The bytes of the verdict that an entry names come out again."""
        held = hold(sheets=[TABLE])
        data = encode(derive(held.record(CLAIM)))
        entry = Verdict(
            claims=(CLAIM,),
            derivation=1,
            digest=next(iter(named([data]))),
            release="0.1.0",
            tree_size=len(held.entries),
        )
        later = hold(sheets=[("b.csv", sheet_table(("9", "north", 2, 1, 1, "c", 50, 0, 1, 2, 3)))]).entries[-1]
        longer = held.adding(later, entry, blobs=[data])
        assert rederive(ListedLog(listed=longer.entries), longer.blobs.__getitem__, entry) == Rederived(data=data)

    def test_an_unknown_version_names_the_release(self) -> None:
        """A verdict of a later derivation is refused with the release that derives it again."""
        entry = Verdict(derivation=99, digest="0" * 64, release="9.9.9", tree_size=1)
        assert rederive(ListedLog(listed=()), {}.__getitem__, entry) == Rederived(release="9.9.9")
        with pytest.raises(InputError) as refusal:
            derivation("99", "9.9.9")
        assert refusal.value.code == "A457"
        assert refusal.value.values["release"] == "9.9.9"
        assert derivation("1") is derive
