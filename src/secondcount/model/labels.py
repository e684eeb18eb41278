"""Names of things in the languages of the screens."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LANGUAGES", "Labels", "said_in"]

LANGUAGES = ("en", "ru", "kk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """One name in English, Russian and Kazakh; a missing form falls back to English."""

    en: str
    ru: str = ""
    kk: str = ""

    def get(self, language: str) -> str:
        """Return the name in `language` ("en", "ru" or "kk"), English where that form is missing."""
        return {"ru": self.ru, "kk": self.kk}.get(language) or self.en


def said_in(language: str, text: str, labels: Labels | None) -> str:
    """Return a text in a language where it was given in it, else as it stands."""
    return labels.get(language) if labels else text
