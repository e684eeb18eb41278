"""The side of the log: ask witnesses for cosignatures, tell each refusal, and keep only what verifies.

Source: c2sp.org/tlog-witness. A witness that saw another size answers 409 with it, and is asked again with a proof
from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from secondcount.errors import SecondcountError, VerificationError
from secondcount.evidence.note import VerifiedLine, VerifierKey, open_note, split_note, stated_checkpoint
from secondcount.evidence.policy import Party, Policy
from secondcount.evidence.post import Answer, Post, UnreachableError, post
from secondcount.evidence.strict import parse_decimal
from secondcount.evidence.witness import CONFLICT, OK, SIZE_TYPE, UNPROCESSABLE, encode_request
from secondcount.model.codes import CODES
from secondcount.model.issue import Issue, Value

__all__ = ["Attached", "Gathered", "Prove", "attach_cosignatures", "request_cosignatures"]

ATTEMPTS = 3  # the witness may be told of another checkpoint between two of ours
LARGEST_LINES = 20_000  # bytes of signature lines that one witness may answer

Prove = Callable[[int, int], Sequence[bytes]]
"""The consistency proof from a smaller size to the checkpoint's (`Log.consistency`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A checkpoint's note with the cosignatures that verified, and the lines that are kept apart from it."""

    note: bytes
    verified: tuple[VerifiedLine, ...]
    apart: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What came of asking: the note, the lines to be kept apart, and an issue for each witness that did not cosign."""

    note: bytes
    cosigned: tuple[VerifierKey, ...]
    apart: tuple[bytes, ...]
    issues: tuple[Issue, ...]


def attach_cosignatures(note: bytes, lines: Iterable[bytes], policy: Policy) -> Attached:
    """Add to a checkpoint's note the valid cosignatures of a policy's witnesses; one line for each, the latest.

    A line of a stranger, a line that does not verify, and one that states no time are kept apart, whether they come
    with the note or are to be added: public files carry nothing that a reader cannot check.

    Raises:
        VerificationError: V210, no log of the policy signed the note; V20x, it has not the form of one.

    """
    text, present = split_note(note)
    signed = [line for line in present if _verified(text, line, policy.log_keys)]
    if not signed:
        raise VerificationError("V210", names=", ".join(sorted({one.name for one in policy.log_keys})))
    others = [line for line in dict.fromkeys((*present, *lines)) if line not in signed]
    newest, apart = _newest(text, others, policy.witness_keys)
    whole = text + b"\n" + b"".join([*signed, *(one.line for one in newest)])
    return Attached(note=whole, verified=newest, apart=apart)


def _newest(
    text: bytes, lines: Iterable[bytes], keys: Sequence[VerifierKey]
) -> tuple[tuple[VerifiedLine, ...], tuple[bytes, ...]]:
    """Return the latest valid cosignature of each key, and the lines that are none."""
    newest: dict[VerifierKey, VerifiedLine] = {}
    apart: list[bytes] = []
    for line in lines:
        found = _verified(text, line, keys)
        if found is None or not found.time:
            apart.append(line)
        elif found.key not in newest or found.time > (newest[found.key].time or 0):
            newest[found.key] = found
    return tuple(newest.values()), tuple(apart)


def _verified(text: bytes, line: bytes, keys: Sequence[VerifierKey]) -> VerifiedLine | None:
    """Return one line that one of the keys made over a text; None for any other."""
    try:
        opened = open_note(text + b"\n" + line, keys)
    except VerificationError:
        return None
    return opened.verified[0] if len(opened.verified) == 1 and not opened.unknown else None


def request_cosignatures(note: bytes, policy: Policy, prove: Prove, *, send: Post = post) -> Gathered:
    """Ask each witness of a policy that has an address to cosign a checkpoint; no trouble with one stops the others.

    Raises:
        VerificationError: V2xx, the note is not a checkpoint signed by a log of the policy.

    """
    size = stated_checkpoint(note).size
    issues: list[Issue] = []
    answers: list[bytes] = []
    for party in policy.witnesses.values():
        if not party.url:
            continue
        answer = _ask(note, size, party, prove, send)
        if isinstance(answer, Issue):
            issues.append(answer)
        else:
            answers += answer
    attached = attach_cosignatures(note, answers, policy)
    cosigned = tuple(one.key for one in attached.verified)
    return Gathered(note=attached.note, cosigned=cosigned, apart=attached.apart, issues=tuple(issues))


def _ask(note: bytes, size: int, party: Party, prove: Prove, send: Post) -> list[bytes] | Issue:
    """Ask one witness, first as if it had seen nothing; return its lines, or why there are none."""
    old = 0
    for _ in range(ATTEMPTS):
        try:
            body = encode_request(old, prove(old, size) if old else (), note)
            answer = send(f"{party.url.rstrip('/')}/add-checkpoint", body, "text/plain; charset=utf-8")
        except UnreachableError as error:
            return _issue("W120", party, reason=str(error))
        except SecondcountError as error:  # the log could not give the proof: told with its own code
            return _issue("W125", party, reason=error.code)
        if answer.status != CONFLICT:
            return _lines(note, party, answer)
        seen = _seen_size(answer)
        if seen is None:
            return _issue("W122", party, status=answer.status)
        if seen > size:
            return _issue("W126", party, seen=seen, size=size)
        old = seen
    return _issue("W128", party, attempts=ATTEMPTS)


def _seen_size(answer: Answer) -> int | None:
    """Return the size that a 409 tells."""
    text = answer.body.decode("ascii", errors="replace")
    return parse_decimal(text.removesuffix("\n")) if answer.content_type == SIZE_TYPE else None


def _lines(note: bytes, party: Party, answer: Answer) -> list[bytes] | Issue:
    """Return the signature lines of an answer, at least one of them a cosignature of this witness."""
    if answer.status == UNPROCESSABLE:
        return _issue("W127", party, status=answer.status)
    if answer.status != OK:
        return _issue("W121", party, status=answer.status, said=_said(answer))
    lines = answer.body.splitlines(keepends=True)
    if len(answer.body) > LARGEST_LINES or not _newest(split_note(note)[0], lines, [party.key])[0]:
        return _issue("W124", party, status=answer.status)
    return lines


def _said(answer: Answer) -> str:
    """Return the first words of a refusal, as far as they are plain."""
    first = answer.body[:60].decode("ascii", errors="replace").splitlines()[:1]
    return "".join(one for one in "".join(first) if one.isprintable())


def _issue(code: str, party: Party, /, **values: Value) -> Issue:
    severity = CODES[code]
    named: dict[str, Value] = {"name": party.key.name, "url": party.url, **values}
    return Issue(code=code, severity=severity, values=tuple(named.items()))
