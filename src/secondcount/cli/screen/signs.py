"""Sign and colour of each kind of statement; the sentence always says the same in words."""

from __future__ import annotations

from collections.abc import Mapping

from secondcount.cli.screen.voice import Voice

__all__ = ["SIGNS", "standing_styles"]

SIGNS: Mapping[str, tuple[str, str]] = {
    "proved": ("✓", "bold green"),
    "refuted": ("✗", "bold magenta"),
    "open": ("?", "bold yellow"),
    "contradiction": ("≠", "bold red"),
    "consistent": ("=", "bold green"),
    "fact": ("·", ""),
    "refused": ("–", "bold yellow"),
    "error": ("!", "bold yellow"),
}

_TONES: Mapping[str, str] = {"proved": "proved", "refuted": "refuted", "not_decided": "open"}


def standing_styles(voice: Voice) -> dict[str, str]:
    """Return the words of the three standings with their styles."""
    return {voice.say(f"standing.word_{standing}"): SIGNS[tone][1] for standing, tone in _TONES.items()}
