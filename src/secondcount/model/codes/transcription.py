"""Codes K14#, K15#, K17#: readings, agreement and adjudication of copies."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {}
