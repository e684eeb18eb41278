"""What the options of one run said; light, so that `--help` and `--version` load nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from secondcount.cli.exits import ExitCode
from secondcount.wording import LANGUAGES

__all__ = ["Session", "language_of_locale", "language_of_words"]


class Session:
    """The options that every command takes, as far as they have been read, and the outcome so far."""

    def __init__(self, language: str = "") -> None:
        """Start with the language in which trouble is told until the settings are known ("" = not said)."""
        self.language = language
        self.config: Path | None = None
        self.verbosity = 0
        self.log_json = False
        self.colour = True
        self.outcome = ExitCode.CONSISTENT


def language_of_words(words: Sequence[str]) -> str:
    """Return the language that a command line asks for with --lang, "" where it asks for none.

    Needed where the command line itself is not understood and the sentence about it should be.
    """
    for at, word in enumerate(words):
        name, _, value = word.partition("=")
        asked = value or next(iter(words[at + 1 : at + 2]), "")
        if name == "--lang" and asked in LANGUAGES:
            return asked
    return ""


def language_of_locale(environment: Mapping[str, str]) -> str:
    """Return the language of the user's locale (POSIX order: LC_ALL, LC_MESSAGES, LANG), English for any other."""
    name = next((environment[one] for one in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(one)), "")
    language = name.split("_")[0].split(".")[0].lower()
    return language if language in LANGUAGES else LANGUAGES[0]
