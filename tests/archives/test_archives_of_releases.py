"""The archive of each release verifies for ever, and what was published from it is derived again, byte for byte."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from archives.build import CLAIM, FIRST_KEY, NOW, SECOND_KEY, build, policy_text
from secondcount import archives
from secondcount.cli.program import program
from secondcount.custody.restore import restore_archive
from secondcount.custody.sequencer import append_batch
from secondcount.evidence.digest import leaf_hash
from secondcount.evidence.entries import KINDS, Verdict, encode_entry, kind_of, parse_entry
from secondcount.evidence.keys import store_key_file
from secondcount.evidence.local_store import LocalStore
from secondcount.evidence.log import Log
from secondcount.evidence.policy import parse_policy
from secondcount.evidence.proof import verify_receipt
from secondcount.evidence.verify import STEPS, Outcome, Report, Status, VerifyOptions, verify_archive
from secondcount.evidence.verify.receipt import hold_receipt
from secondcount.verdict.derivations import DERIVATIONS

RELEASES = sorted(Path(__file__).parent.glob("*.zip"))
LARGEST = 300_000  # bytes of one archive, for they stay in the tree for ever
OPEN = {"time"}  # no authority stamps with a fixed clock
SHOWN = {
    "election",
    "custody",
    "sheet",
    "deployment",
    "copy",
    "withdrawal",
    "correction",
    "verdict",
    "outcome",
    "reply",
    "key",
}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="files of an archive are compared byte by byte")


@pytest.fixture(params=RELEASES, ids=lambda one: one.stem)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a folder with the archive and receipts of a release."""
    with zipfile.ZipFile(request.param) as source:
        source.extractall(tmp_path / "kept")
    return tmp_path / "kept"


def verified(public: Path) -> Report:
    """Return what our verifier says, trusting the first key and both witnesses, and deriving verdicts again."""
    options = VerifyOptions(key=FIRST_KEY.verifier(), policy=parse_policy(policy_text()), rederive=archives.rederive)
    return verify_archive(LocalStore(public), options)


def log_of(public: Path) -> Log:
    """Return the log of a public part."""
    return Log(LocalStore(public), int((public / "checkpoint").read_bytes().split(b"\n")[1]))


def verdict_of(public: Path) -> Verdict:
    """Return the newest verdict in a log."""
    log = log_of(public)
    return [one for _, raw in log.entries(0, log.size) if isinstance(one := parse_entry(raw), Verdict)][-1]


def test_there_is_one() -> None:
    """Each release leaves an archive, small enough to be kept."""
    assert RELEASES
    assert all(one.stat().st_size < LARGEST for one in RELEASES)


def test_it_verifies(kept: Path) -> None:
    """Every step passes under the first key and the policy of both witnesses, but for what nobody stamped."""
    report = verified(kept / "public")
    assert report.outcome is Outcome.VERIFIED, report.refused
    assert {one.name for one in report.steps if one.status is Status.PASSED} == set(STEPS) - OPEN, report.unchecked
    assert set(report.kinds) >= SHOWN
    assert set(report.kinds) <= set(KINDS)


def test_the_independent_verifier_says_so_too(kept: Path, of_the_other: Callable[..., int]) -> None:
    """Today's, under the same key and policy."""
    policy = kept / "policy"
    policy.write_bytes(policy_text())
    assert of_the_other(kept / "public", "--key", str(FIRST_KEY.verifier()), "--policy", str(policy)) == 0


def test_the_verdict_is_derived_again(kept: Path) -> None:
    """The bytes that were published come out of the entries before them, with the correction that they had."""
    public = kept / "public"
    entry = verdict_of(public)
    published = (public / "blob" / entry.digest[:2] / entry.digest).read_bytes()
    again = archives.rederive(log_of(public), archives.blobs_of(LocalStore(public)), entry)
    assert again.data == published
    assert b'"A470"' in published
    assert entry.claims == (CLAIM,)
    assert str(entry.derivation) in DERIVATIONS


def test_its_receipts_verify(kept: Path) -> None:
    """Each proves its entry alone, and is held against the archive."""
    receipts = [one.read_bytes() for one in sorted((kept / "receipts").iterdir())]
    log, policy = log_of(kept / "public"), parse_policy(policy_text())
    found = set()
    for receipt in receipts:
        held = hold_receipt(LocalStore(kept / "public"), receipt, FIRST_KEY.verifier(), policy)
        leaf = leaf_hash(log.entry(held.index))
        assert verify_receipt(receipt, leaf, [SECOND_KEY.verifier()], policy).index == held.index
        found.add(kind_of(parse_entry(log.entry(held.index))))
    assert found == {"election", "sheet", "copy"}


def test_a_derivation_of_another_release_is_told(kept: Path, tmp_path: Path) -> None:
    """A verdict that this release cannot derive is neither refused nor passed: the release that can is named."""
    key = tmp_path / "second.key"
    store_key_file(key, SECOND_KEY)
    archive = restore_archive(str(tmp_path / "later"), str(kept), key, {})
    entry = verdict_of(kept / "public")
    later = Verdict(
        claims=entry.claims, derivation=99, digest=entry.digest, release="9.9.9", tree_size=entry.tree_size
    )
    append_batch(archive, [encode_entry(later)], now=NOW)
    report = verify_archive(archive.public, VerifyOptions(rederive=archives.rederive))
    (step,) = [one for one in report.steps if one.name == "derivations"]
    assert report.outcome is Outcome.VERIFIED
    assert [(one.code, one.value("release")) for one in step.unchecked] == [("V992", "9.9.9")]
    assert len(step.facts) == 1  # the other verdict was derived again
    result = CliRunner().invoke(program, ["verify", archive.location])
    assert "9.9.9" in result.output


def test_the_program_checks_it(kept: Path) -> None:
    """`check` and `verify` of the archive as their users call them, in three languages."""
    for words in (["verify"], ["check", "--json", "--out", str(kept / "report")]):
        for language in ("en", "ru", "kk"):
            result = CliRunner(env={"SECONDCOUNT_LANGUAGE": language}).invoke(program, [*words, str(kept)])
            assert result.exit_code in {0, 1}, result.output
            assert "Traceback" not in result.output


def test_built_twice_it_is_the_same(tmp_path: Path) -> None:
    """Seed, keys and clock are fixed: whoever doubts the archive of this release builds it again."""
    first, second = (build(tmp_path / one) for one in ("first", "second"))
    assert first == second
