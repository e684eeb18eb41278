"""The roof, a door: argv -> one call -> exit code; one file per command, loaded when it is called."""

from secondcount.cli.program import main

__all__ = ["main"]
