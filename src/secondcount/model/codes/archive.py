"""Codes A###: trouble with an archive, its storage, and what is put into it."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    "A501": Severity.ERROR,  # no file of that name
    "A502": Severity.ERROR,  # a file that is there already, or was changed meanwhile
    "A503": Severity.ERROR,  # a path that could lead out of the store
    "A504": Severity.ERROR,  # the disk is full
    "A505": Severity.ERROR,  # the disk refuses
    "A506": Severity.ERROR,  # a symbolic link, or something else that is no plain file
}
