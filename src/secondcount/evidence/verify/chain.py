"""The keys of a log, oldest first: the first entry names one, and each `key` entry hands over to the next."""

from __future__ import annotations

from secondcount.errors import VerificationError
from secondcount.evidence.entries import Election, Key, parse_entry
from secondcount.evidence.note import parse_vkey
from secondcount.evidence.rotation import verify_key_chain
from secondcount.evidence.verify.case import Case

__all__ = ["chain_of", "founding_of"]


def founding_of(case: Case) -> Election:
    """Return the first entry, which must be of kind `election`.

    Raises:
        VerificationError: V680.

    """
    for index, raw in case.notable(b"election"):
        entry = parse_entry(raw)
        if index == 0 and isinstance(entry, Election):
            return entry
    raise VerificationError("V680")


def chain_of(case: Case) -> tuple[str, ...]:
    """Return the verifier keys of the log, oldest first, each signed for by the one before it.

    Raises:
        VerificationError: V680 no founding entry, V25x a key entry that does not follow.

    """
    first = founding_of(case).key
    parsed = (parse_entry(raw) for _, raw in case.notable(b"key"))
    changes = [one for one in parsed if isinstance(one, Key)]
    verify_key_chain(parse_vkey(first), changes)
    return first, *(one.new for one in changes)
