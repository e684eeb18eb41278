"""What whoever verifies brings along: what they trust, and how much of the machine may be used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from secondcount.evidence.entries import Verdict
from secondcount.evidence.log import Log
from secondcount.evidence.note import VerifierKey
from secondcount.evidence.policy import Policy

__all__ = ["Blobs", "Rederive", "Rederived", "VerifyOptions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rederived:
    """A verdict that was derived again: its bytes, or why this program cannot ("" = it could)."""

    data: bytes = b""
    release: str = ""  # the release that derives as the entry says, where it is another than this one


Blobs: TypeAlias = Callable[[str], bytes]
"""Digest -> the public blob; raises InputError where it is not there."""

Rederive: TypeAlias = Callable[[Log, Blobs, Verdict], Rederived]
"""The log up to the size that a verdict names, its blobs, and the entry -> its verdict.json again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyOptions:
    """Everything is optional; what is not given is reported as not checked."""

    key: VerifierKey | None = None  # compared by another way; any key of the log's chain
    policy: Policy | None = None
    old: bytes | None = None  # an earlier checkpoint, as a signed note
    roots: bytes | None = None  # certificates of the timestamp authority, PEM
    jobs: int = 1
    resume: Path | None = None
    rederive: Rederive | None = None
    progress: Callable[[int, int], None] = lambda done, total: None  # noqa: ARG005 - nobody listens
