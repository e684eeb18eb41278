"""Tables that a coordinator sends: one file, not too large, its name never used as a path."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from secondcount.errors import InputError

__all__ = ["LARGEST", "uploaded_table"]

LARGEST = 64 * 2**20
"""Bytes of a table: half a million stations have less than this."""


def uploaded_table(request: HttpRequest) -> tuple[str, bytes]:
    """Return name and bytes of the table in the field `table`.

    Raises:
        InputError: K169, there is none, it is empty or too large.

    """
    file = request.FILES.get("table")
    if not isinstance(file, UploadedFile) or not file.size or file.size > LARGEST:
        raise InputError("K169", file=str(getattr(file, "name", "") or "—")[:80], limit=LARGEST)
    return str(file.name)[-120:], file.read()
