"""The archive on the table: what the steps have found so far, each looked up once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from secondcount.errors import InputError, SecondcountError
from secondcount.evidence.checkpoint import Checkpoint
from secondcount.evidence.log import Log
from secondcount.evidence.note import OpenedNote, VerifierKey, split_note, stated_checkpoint
from secondcount.evidence.policy import Policy, parse_policy
from secondcount.evidence.store import Missing, Store
from secondcount.evidence.verify.listing import Manifest, parse_manifest
from secondcount.evidence.verify.options import VerifyOptions
from secondcount.evidence.verify.part import Part, merge_sums
from secondcount.evidence.verify.prefixes import Prefixes
from secondcount.evidence.verify.report import Fact, Status, Step, issue_at
from secondcount.evidence.verify.sharing import look_at_all
from secondcount.model.issue import Issue, Value

__all__ = ["Case", "Finding", "Look"]

CANNOT_LIST = "A508"  # a web server does not tell which files it has
LISTED = 20  # issues of one code that a step lists


@dataclass(slots=True, kw_only=True)
class Finding:
    """What one step is finding out; `step` closes it."""

    refused: list[Issue] = field(default_factory=list)
    unchecked: list[Issue] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    nothing: bool = False  # there was nothing that could be checked

    def refuse(self, code: str, file: str = "", **values: Value) -> None:
        """Say what is wrong; of one code only the first few are kept, for the first tells the story."""
        if sum(one.code == code for one in self.refused) < LISTED:
            self.refused.append(issue_at(code, file, values))

    def take(self, error: SecondcountError, file: str = "") -> None:
        """Say what is wrong in the words of an error that was raised."""
        self.refused.append(issue_at(error.code, file, error.values))

    def leave(self, code: str, **values: Value) -> None:
        """Say what was not checked, and why."""
        self.unchecked.append(issue_at(code, "", values))

    def establish(self, key: str, **values: Value) -> None:
        """Say what holds."""
        self.facts.append(Fact(key=key, values=values))

    def step(self, number: int, name: str) -> Step:
        """Return the step as it came out."""
        status = Status.REFUSED if self.refused else Status.NOT_CHECKED if self.nothing else Status.PASSED
        return Step(
            number=number,
            name=name,
            status=status,
            refused=tuple(self.refused),
            unchecked=tuple(self.unchecked),
            facts=tuple(self.facts),
        )


class Look:
    """The findings of the long look. What every entry adds to is gathered here, and no part keeps it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.parts: list[Part] = []
        self.prefixes = Prefixes()
        self.sums: dict[str, tuple[int, dict[str, int]]] = {}

    def take(self, part: Part) -> None:
        """Take a part in, the next one in the order of the log."""
        self.prefixes.take(part.prefixes)
        merge_sums(self.sums, part.sums)
        part.prefixes, part.sums = [], {}
        self.parts.append(part)


class Case:
    """A store, what the user brought along, and what follows from both; everything is read when first asked for."""

    def __init__(self, store: Store, options: VerifyOptions) -> None:
        """Take the public part of an archive."""
        self.store = store
        self.options = options
        self.opened: OpenedNote | None = None  # the checkpoint, once step 2 has verified it
        self.key: VerifierKey | None = None  # of the log, as `log.vkey` has it
        self.chain: tuple[str, ...] = ()  # verifier keys of the log, oldest first, once step 6 has verified them
        self.stamped: list[tuple[str, Checkpoint]] = []  # earlier checkpoints that timestamps are of, with their file
        self.equivocation = b""

    @cached_property
    def can_list(self) -> bool:
        """Return whether the store tells which files it has."""
        try:
            next(self.store.names(), "")
        except InputError as error:
            if error.code == CANNOT_LIST:
                return False
            raise
        return True

    @cached_property
    def note(self) -> bytes:
        """Return the checkpoint file; raises Missing."""
        return self.store.load("checkpoint")

    @cached_property
    def checkpoint(self) -> Checkpoint:
        """Return what the checkpoint says, signed or not; raises VerificationError, Missing."""
        return stated_checkpoint(self.note)

    @cached_property
    def manifest(self) -> Manifest:
        """Return what the manifest lists, signed or not; raises VerificationError, Missing."""
        return parse_manifest(split_note(self.store.load("manifest"))[0])

    @cached_property
    def own_policy(self) -> Policy:
        """Return the archive's own policy; one without witnesses where it has none; raises VerificationError."""
        try:
            return parse_policy(self.store.load("policy"))
        except Missing:
            return Policy()

    @cached_property
    def look(self) -> Look:
        """Return the findings of the long look, which is taken once."""
        look = Look()
        for part in look_at_all(self.store, self.checkpoint, self.options):
            look.take(part)
        return look

    def close(self) -> None:
        """Let go of what the long look has put aside."""
        if "look" in vars(self):
            self.look.prefixes.close()

    @property
    def parts(self) -> list[Part]:
        """Return what the long look keeps by parts."""
        return self.look.parts

    @property
    def size(self) -> int:
        """Return the number of entries that the checkpoint states."""
        return self.checkpoint.size

    @cached_property
    def log(self) -> Log:
        """Return a reader of the log."""
        return Log(self.store, self.size)

    def notable(self, *kinds: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield the kept entries of some kinds, in the order of the log; the kind is found in their bytes."""
        marks = tuple(b'"kind":"%b"' % one for one in kinds)
        for part in self.parts:
            yield from ((index, raw) for index, raw in part.notable if any(mark in raw for mark in marks))
