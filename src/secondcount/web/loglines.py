"""What the log of the machine does not hold: links that make somebody a member."""

from __future__ import annotations

import logging
import re

__all__ = ["WithoutLinks"]

_LINK = re.compile(r"(/join/)[^/\s]+")


class WithoutLinks(logging.Filter):
    """Takes the secret out of an invitation's address: requests that are refused are written down with their path."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, without secrets."""
        said = record.getMessage()
        if "/join/" in said:
            record.msg, record.args = _LINK.sub(r"\1…", said), ()
        return True
