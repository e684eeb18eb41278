"""The nine steps in their order; what depends on a step that did not pass is not checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing

from secondcount.errors import InputError, VerificationError
from secondcount.evidence.store import Store
from secondcount.evidence.strict import encode_base64
from secondcount.evidence.verify.blobs import check_blobs
from secondcount.evidence.verify.case import Case, Finding
from secondcount.evidence.verify.derivations import check_derivations
from secondcount.evidence.verify.entries import check_entries, kinds_of
from secondcount.evidence.verify.form import check_form
from secondcount.evidence.verify.options import VerifyOptions
from secondcount.evidence.verify.report import STEPS, Report, Status, Step
from secondcount.evidence.verify.schemas import check_schemas, sums_of
from secondcount.evidence.verify.signatures import check_signatures
from secondcount.evidence.verify.times import check_times
from secondcount.evidence.verify.tree import check_tree
from secondcount.evidence.verify.witnesses import check_witnesses

__all__ = ["verify_archive"]

Check = Callable[[Case], Finding]

CHECKS: Mapping[str, tuple[Check, tuple[str, ...]]] = {
    "form": (check_form, ()),
    "signatures": (check_signatures, ()),
    "witnesses": (check_witnesses, ("signatures",)),
    "time": (check_times, ("signatures",)),
    "tree": (check_tree, ("signatures",)),
    "entries": (check_entries, ("tree",)),
    "blobs": (check_blobs, ("entries",)),
    "schemas": (check_schemas, ("entries",)),
    "derivations": (check_derivations, ("blobs", "schemas")),
}
"""Step -> its function, and the steps that must have passed before."""


def verify_archive(store: Store, options: VerifyOptions | None = None) -> Report:
    """Verify the public part of an archive: 1 form, 2 signatures, 3 witnesses, 4 time, 5 tree, 6 entries, 7 blobs,
    8 schemas, 9 derivations.

    Nothing is raised for what is wrong with the archive: it stands in the report.

    Raises:
        InputError: the store cannot be read at all (A5xx), or the resume file cannot be written (X108).

    """  # noqa: D205 - the nine steps in one breath
    steps: list[Step] = []
    with closing(Case(store, options or VerifyOptions())) as case:
        for number, name in enumerate(STEPS, 1):
            check, needs = CHECKS[name]
            finding = _blocked(steps, needs) or _checked(case, check)
            steps.append(finding.step(number, name))
        return _report(case, tuple(steps))


def _blocked(steps: list[Step], needs: tuple[str, ...]) -> Finding | None:
    """Return what is said of a step that cannot be taken: which one before it did not pass."""
    failed = [one for one in steps if one.name in needs and one.status is not Status.PASSED]
    if not failed:
        return None
    finding = Finding(nothing=True)
    finding.leave("V191", number=failed[0].number)
    return finding


ABSENT: Mapping[str, str] = {"A501": "V102", "A506": "V116"}
"""What a store says of a file that is not there, or is a link or a device -> what verification says of it."""


def _checked(case: Case, check: Check) -> Finding:
    finding = Finding()
    try:
        return check(case)
    except VerificationError as error:
        finding.take(error)
    except InputError as error:
        if error.code not in ABSENT:
            raise
        path = str(error.values["path"])
        finding.refuse(ABSENT[error.code], path, path=path)
    return finding


def _report(case: Case, steps: tuple[Step, ...]) -> Report:
    """Return the report, with what the archive says of itself as far as it was verified."""
    passed = {one.name for one in steps if one.status is Status.PASSED}
    if "signatures" not in passed:
        return Report(steps=steps)
    return Report(
        steps=steps,
        origin=case.checkpoint.origin,
        size=case.size,
        root=encode_base64(case.checkpoint.root),
        key=str(case.key),
        kinds=kinds_of(case) if "entries" in passed else {},
        sums=sums_of(case) if "schemas" in passed else (),
        equivocation=case.equivocation,
    )
