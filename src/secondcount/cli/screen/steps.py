"""Steps of long work on a terminal: one line with a bar for each that has begun, gone when all is done."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from secondcount.model.progress import Step

__all__ = ["Steps"]


class Steps:
    """A bar for each step, from when it is first told of; a step whose size nobody knows moves to and fro.

    Steps follow each other: when one begins, those before it are whole.
    """

    def __init__(self, console: Console, names: Mapping[Step, str]) -> None:
        """Take the console and the names of the steps in the language of the screen."""
        columns = (TextColumn("{task.description}"), BarColumn(bar_width=30), TextColumn("{task.fields[part]}"))
        self._bars = Progress(*columns, console=console, transient=True)
        self._names = names
        self._known: dict[Step, TaskID] = {}

    def __enter__(self) -> Steps:
        """Begin to draw."""
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Take the bars away, whatever has happened."""
        self._bars.stop()

    def tell(self, step: Step, done: int, total: int) -> None:
        """Draw how far a step is; the bar of one that has no size, or is done in one go, moves to and fro."""
        if step not in self._known:
            self._finish()
            self._known[step] = self._bars.add_task(self._names[step], total=None, part="")
        if total > 1 or done:
            whole = max(total, 1)
            part = f"{100 * min(done, whole) // whole} %"
            self._bars.update(self._known[step], total=whole, completed=min(done, whole), part=part)

    def _finish(self) -> None:
        for task in self._known.values():
            self._bars.update(task, total=1, completed=1, part="100 %")
