"""The terminal screen of a verdict: sections in reading order, plain text first, colour only as an addition."""

from secondcount.cli.screen.page import Ending, show_verdict

__all__ = ["Ending", "show_verdict"]
