"""Verification of a whole archive in nine numbered steps; each step is a module of its name."""

from secondcount.evidence.verify.archive import verify_archive
from secondcount.evidence.verify.options import Rederive, Rederived, VerifyOptions
from secondcount.evidence.verify.report import STEPS, ContestSum, Fact, Outcome, Report, Status, Step
from secondcount.evidence.verify.signatures import fingerprint

__all__ = [
    "STEPS",
    "ContestSum",
    "Fact",
    "Outcome",
    "Rederive",
    "Rederived",
    "Report",
    "Status",
    "Step",
    "VerifyOptions",
    "fingerprint",
    "verify_archive",
]
