"""Codes K11#, K12#: files that arrive at the desk, and what is said about them."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {}
