"""Standard output and standard error: UTF-8 everywhere, and a reader that goes away is no trouble."""

from __future__ import annotations

import io
import os
import sys

__all__ = ["abandon_output", "flush_output", "force_utf8"]


def force_utf8() -> None:
    """Write UTF-8 on both streams whatever the code page (Windows); file names that are no text are escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def flush_output() -> None:
    """Write what is still buffered, so that a closed pipe is met here and not at the interpreter's end."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()


def abandon_output() -> None:
    """Send the rest of the output nowhere: its reader (`head`, a pager) has gone (Python docs, "Note on SIGPIPE")."""
    try:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, sys.stdout.fileno())
    except (OSError, ValueError):  # no real file behind the stream: nothing is left to flush
        return
