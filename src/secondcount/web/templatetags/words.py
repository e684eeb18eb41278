"""`{% say "reading.title" station=name %}`: a sentence of the catalogues in the language of the request."""

from __future__ import annotations

from django import template

from secondcount.web.shell import phrases

__all__ = ["register"]

register = template.Library()


@register.simple_tag
def say(key: str, **values: object) -> str:
    """Return the sentence under a key; Django escapes it like any other text."""
    return phrases().say(key, **values)
