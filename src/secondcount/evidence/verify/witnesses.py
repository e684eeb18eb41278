"""Step 3, witnesses: enough of those that a policy names have cosigned (c2sp.org/tlog-policy, tlog-cosignature)."""

from __future__ import annotations

from datetime import UTC, datetime

from secondcount.errors import VerificationError
from secondcount.evidence.policy import NONE, Policy
from secondcount.evidence.verify.case import Case, Finding

__all__ = ["check_witnesses"]


def check_witnesses(case: Case) -> Finding:
    """Hold the cosignatures, which step 2 has verified, against the user's policy; without one, the archive's own.

    The archive's own policy proves little: whoever makes the log chooses it. So it is never a reason to refuse.
    """
    finding = Finding()
    theirs = case.options.policy
    try:
        policy = theirs or case.own_policy
    except VerificationError as error:
        finding.take(error, "policy")
        return finding
    if policy.quorum == NONE:
        finding.leave("V391" if theirs is None else "V392")
        finding.nothing = True
        return finding
    _hold(case, policy, finding, own=theirs is None)
    return finding


def _hold(case: Case, policy: Policy, finding: Finding, *, own: bool) -> None:
    lines = case.opened.verified if case.opened else ()
    cosigned = [one for one in lines if one.key in policy.witness_keys]
    satisfied = policy.satisfied(one.key for one in cosigned)
    missing = ", ".join(policy.missing(one.key for one in cosigned))
    if policy.log_keys and case.key not in policy.log_keys:
        finding.refuse("V381", "checkpoint", name=case.key.name if case.key else "")
    if satisfied:
        last = max(one.time or 0 for one in cosigned)
        finding.establish("cosigned", count=len(cosigned), time=_moment(last))
        if own:
            finding.leave("V393")
    elif own:
        finding.leave("V390", count=len(cosigned), missing=missing)
        finding.nothing = True
    else:
        finding.refuse("V380", "checkpoint", count=len(cosigned), missing=missing)


def _moment(seconds: int) -> str:
    """Return POSIX seconds as ISO 8601; beyond the year 9999 as they are."""
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError):
        return str(seconds)
