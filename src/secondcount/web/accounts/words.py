"""Sentences that are said later: labels and errors of forms, in the language of whoever sees them."""

from __future__ import annotations

from django.utils.functional import lazystr
from django_stubs_ext import StrPromise

from secondcount.web.shell import phrases

__all__ = ["Later", "phrase"]


class Later:
    """A sentence that is looked up each time somebody reads it."""

    def __init__(self, key: str, **values: object) -> None:
        """Take the key of the sentence, and its values."""
        self._key = key
        self._values = values

    def __str__(self) -> str:
        """Return the sentence in the language of the request."""
        return phrases().say(self._key, **self._values)


def phrase(key: str, **values: object) -> StrPromise:
    """Return a sentence of the catalogues as Django's forms take one."""
    return lazystr(Later(key, **values))
