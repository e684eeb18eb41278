"""Whom a verifier trusts: logs, witnesses, and how many of which must have cosigned (c2sp.org/tlog-policy).

The file is one of octets; here it is decoded as UTF-8 with surrogate escapes, so that names stay opaque.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from secondcount.errors import VerificationError
from secondcount.evidence.note import Algorithm, VerifierKey, parse_vkey
from secondcount.evidence.strict import parse_decimal

__all__ = ["Group", "Party", "Policy", "make_policy", "parse_policy"]

NONE = "none"  # the predefined quorum: no witness needed
LARGEST_FILE = 1_000_000  # bytes
MOST = 1_000  # lines of each kind; at least 32 are to be supported
LOG_ALGORITHMS = frozenset({Algorithm.ED25519, Algorithm.ML_DSA_44})  # tlog-checkpoint, "Signatures"
WITNESS_ALGORITHMS = frozenset({Algorithm.COSIGNATURE, Algorithm.ML_DSA_44})  # tlog-cosignature


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A log or a witness: its key, and where it is reached ("" = not said)."""

    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """At least `threshold` of the members, each a witness or a group named before."""

    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Logs, witnesses and groups by name, and the name of the one that must be met (`none` = no witness needed)."""

    logs: tuple[Party, ...] = ()
    witnesses: Mapping[str, Party] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    quorum: str = NONE

    @property
    def log_keys(self) -> tuple[VerifierKey, ...]:
        """Return the keys of the logs."""
        return tuple(one.key for one in self.logs)

    @property
    def witness_keys(self) -> tuple[VerifierKey, ...]:
        """Return the keys of the witnesses."""
        return tuple(one.key for one in self.witnesses.values())

    def satisfied(self, keys: Iterable[VerifierKey]) -> bool:
        """Tell whether a checkpoint that these keys cosigned meets the quorum."""
        return self.quorum == NONE or self.quorum in self._met(set(keys))

    def _met(self, keys: set[VerifierKey]) -> set[str]:
        """Return the names that are met; groups stand in the order of definition, so one pass is enough.

        Whole keys are compared: a log's own signature is no cosignature, even under the same key material.
        """
        met = {name for name, one in self.witnesses.items() if one.key in keys}
        for name, group in self.groups.items():
            if sum(member in met for member in group.members) >= group.threshold:
                met.add(name)
        return met

    def missing(self, keys: Iterable[VerifierKey]) -> tuple[str, ...]:
        """Return the names of the witnesses that did not cosign."""
        present = set(keys)
        return tuple(name for name, one in self.witnesses.items() if one.key not in present)

    def encode(self) -> bytes:
        """Return the policy as a file; parsed again it is the same policy."""
        lines = [f"log {one.key} {one.url}".rstrip() for one in self.logs]
        lines += [f"witness {name} {one.key} {one.url}".rstrip() for name, one in self.witnesses.items()]
        lines += [f"group {name} {one.threshold} {' '.join(one.members)}" for name, one in self.groups.items()]
        return "".join(f"{one}\n" for one in (*lines, f"quorum {self.quorum}")).encode(errors="surrogateescape")


def make_policy(log: VerifierKey, witnesses: Sequence[Party] = (), threshold: int = 0) -> Policy:
    """Return the policy of one log and k of n witnesses, each named by its key.

    Raises:
        VerificationError: V3xx, as `parse_policy` (a threshold beyond the witnesses, a witness twice, ...).

    """
    named = {one.key.name: one for one in witnesses}
    groups = {"witnesses": Group(threshold=threshold, members=tuple(named))} if threshold else {}
    policy = Policy(logs=(Party(key=log),), witnesses=named, groups=groups, quorum="witnesses" if threshold else NONE)
    return parse_policy(policy.encode())


def parse_policy(data: bytes) -> Policy:
    """Return the policy of a file.

    Raises:
        VerificationError: V301 to V313, each with its line.

    """
    if len(data) > LARGEST_FILE:
        raise VerificationError("V312", limit=LARGEST_FILE)
    if data and not data.endswith(b"\n"):
        raise VerificationError("V313")
    reader = _Reader()
    for number, line in enumerate(data.split(b"\n")[:-1], 1):
        if any((byte < 0x20 and byte != 0x09) or byte == 0x7F for byte in line):
            raise VerificationError("V301", line=number)
        words = [one for one in line.decode(errors="surrogateescape").replace("\t", " ").split(" ") if one]
        if words and not words[0].startswith("#"):
            reader.take(words, number)
    return reader.policy()


class _Reader:
    """What has been read so far, line by line: names must be defined before they are used."""

    def __init__(self) -> None:
        self.logs: list[Party] = []
        self.witnesses: dict[str, Party] = {}
        self.groups: dict[str, Group] = {}
        self.quorum = ""
        self.used: set[str] = set()
        self.line = 0

    def take(self, words: Sequence[str], line: int) -> None:
        """Take one line."""
        self.line = line
        readers = {"log": self._log, "witness": self._witness, "group": self._group, "quorum": self._quorum}
        if words[0] not in readers:
            raise self._refusal("V302", found=words[0][:40])
        if len(self.logs) + len(self.witnesses) + len(self.groups) >= MOST:
            raise self._refusal("V312", limit=MOST)
        readers[words[0]](words[1:])

    def policy(self) -> Policy:
        """Return the whole."""
        if not self.quorum:
            raise VerificationError("V310")
        return Policy(
            logs=tuple(self.logs),
            witnesses=MappingProxyType(self.witnesses),
            groups=MappingProxyType(self.groups),
            quorum=self.quorum,
        )

    def _refusal(self, code: str, **values: object) -> VerificationError:
        return VerificationError(code, line=self.line, **values)

    def _log(self, words: Sequence[str]) -> None:
        if len(words) not in (1, 2):
            raise self._refusal("V303", keyword="log")
        key = self._key(words[0], LOG_ALGORITHMS, [one.key for one in self.logs])
        self.logs.append(Party(key=key, url="".join(words[1:])))

    def _witness(self, words: Sequence[str]) -> None:
        if len(words) not in (2, 3):
            raise self._refusal("V303", keyword="witness")
        key = self._key(words[1], WITNESS_ALGORITHMS, [one.key for one in self.witnesses.values()])
        self.witnesses[self._new(words[0])] = Party(key=key, url="".join(words[2:]))

    def _group(self, words: Sequence[str]) -> None:
        if len(words) < 3:
            raise self._refusal("V303", keyword="group")
        name, count, *members = words
        for member in members:
            self._known(member)
            if member in self.used:  # "each defined name can be listed as a group member at most once"
                raise self._refusal("V308", name=member)
            self.used.add(member)
        self.groups[self._new(name)] = Group(threshold=self._threshold(count, len(members)), members=tuple(members))

    def _quorum(self, words: Sequence[str]) -> None:
        if len(words) != 1:
            raise self._refusal("V303", keyword="quorum")
        if self.quorum:
            raise self._refusal("V311")
        if words[0] != NONE:
            self._known(words[0])
        self.quorum = words[0]

    def _threshold(self, count: str, members: int) -> int:
        """Return k of n, where `any` is 1 and `all` is n."""
        found = {"any": 1, "all": members}.get(count) or parse_decimal(count) or 0
        if not 1 <= found <= members:
            raise self._refusal("V307", found=count[:40], count=members)
        return found

    def _new(self, name: str) -> str:
        if name == NONE:
            raise self._refusal("V306")
        if name in self.witnesses or name in self.groups:
            raise self._refusal("V304", name=name)
        return name

    def _known(self, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise self._refusal("V305", name=name)

    def _key(self, text: str, allowed: frozenset[Algorithm], present: Sequence[VerifierKey]) -> VerifierKey:
        """Return a key that fits its role and is not there under any name yet."""
        try:
            key = parse_vkey(text)
        except VerificationError as error:
            raise self._refusal(error.code, **{k: v for k, v in error.values.items() if k != "line"}) from None
        if key.algorithm not in allowed:
            raise self._refusal("V314", name=key.name, algorithm=f"0x{key.algorithm:02x}")
        if any(one.public == key.public for one in present):
            raise self._refusal("V309", name=key.name)
        return key
