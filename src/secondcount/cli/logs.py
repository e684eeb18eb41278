"""Logs on standard error: an event name and fields, as text or as JSON; never data of a person.

Fields are counts, codes, digests and names of settings. Contents of files and the names of files stay out.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TextIO

__all__ = ["JsonLines", "PlainLines", "log_event", "set_up_logs"]

_ROOT = "secondcount"


def set_up_logs(level: str, stream: TextIO, *, as_json: bool) -> None:
    """Send the logs of this package to a stream, from `level` up: "warning", "info" or "debug"."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines() if as_json else PlainLines())
    logger = logging.getLogger(_ROOT)
    logger.handlers[:] = [handler]
    logger.setLevel(level.upper())
    logger.propagate = False


def log_event(event: str, *, level: int = logging.INFO, error: BaseException | None = None, **fields: object) -> None:
    """Log one event with its fields; `error` adds the traceback."""
    logging.getLogger(_ROOT).log(level, event, extra={"fields": fields}, exc_info=error)


def _fields(record: logging.LogRecord) -> Mapping[str, object]:
    found = getattr(record, "fields", {})
    return found if isinstance(found, Mapping) else {}


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, event, then the fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; what JSON cannot hold is written as text."""
        entry: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **_fields(record),
        }
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)


class PlainLines(logging.Formatter):
    """One line of text: level, event, field=value; a traceback below it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        parts = [record.levelname.lower(), record.getMessage()]
        parts += [f"{name}={value}" for name, value in _fields(record).items()]
        line = " ".join(parts)
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line
