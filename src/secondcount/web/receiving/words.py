"""Sentences that scripts say, in the language of the page; scripts know keys only."""

from __future__ import annotations

from secondcount.web.shell import phrases

__all__ = ["script_words"]

_QUEUE = (
    "waiting",
    "sending",
    "safe",
    "refused",
    "offline",
    "sign_in",
    "wiped",
    "nothing",
    "page",
    "keeps",
    "may_vanish",
    "receipt",
    "again",
    "forget",
)
_WORDS = {
    "send": (*_QUEUE, "choose", "checking", "kept", "remove", "too_large", "hashing", "up", "waiting_count"),
    "sent": _QUEUE,
    "bulk": ("safe", "refused", "sending", "no_station", "done", "offline", "sign_in", "receipt"),
}


def script_words(page: str) -> dict[str, str]:
    """Return the sentences that the script of a page says, by key."""
    book = phrases()
    return {word: book.say(f"receiving.script.{word}") for word in _WORDS[page]}
