"""How much a request may bring: asked before a byte of it is stored, and nothing is stored for strangers.

Django reads a form before the page is asked whether it is open to whoever sends it; so the question is asked here.
"""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from secondcount.errors import InputError
from secondcount.intake.images import LIMITS
from secondcount.web.models import Member

__all__ = ["LARGEST", "LARGEST_BUNDLE", "QuotaHandler", "check_quota"]

LARGEST = 8 * LIMITS.size
"""Bytes of one request with photos."""

LARGEST_BUNDLE = 2**29
"""Bytes of one request with a ZIP of photos."""

_BUNDLES = "/bulk/"
_REFUSED = "secondcount.refused"


class QuotaHandler(FileUploadHandler):
    """Stops a form with files at the first file, if it is too large in all or its sender is not signed in."""

    def handle_raw_input(
        self, _input_data: Any, _meta: Any, content_length: int, _boundary: Any, _encoding: Any = None
    ) -> None:
        """Remember how long the request says that it is."""
        self._length = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Ask once for each file, before it is stored."""
        super().new_file(*args, **kwargs)
        request = self.request
        limit = self._limit(request)
        if self._length > limit:
            if request is not None:
                request.META[_REFUSED] = limit
            raise StopUpload(connection_reset=True)

    @staticmethod
    def _limit(request: HttpRequest | None) -> int:
        if request is None or not isinstance(request.user, Member):
            return 0
        return LARGEST_BUNDLE if request.path == _BUNDLES else LARGEST

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> bytes:
        """Hand everything on to the handler that stores it."""
        return raw_data

    def file_complete(self, _file_size: int) -> None:
        """Leave the file to the handler that has stored it."""


def check_quota(request: HttpRequest) -> None:
    """Refuse a request whose files were not stored because there were too many bytes of them.

    Raises:
        InputError: K110.

    """
    _ = request.FILES  # reads the form, if nobody has
    if _REFUSED in request.META:
        raise InputError("K110", limit=int(request.META[_REFUSED]))
