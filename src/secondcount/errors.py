"""The errors that stop work; every one of them can advise the person who meets it.

Bad data is never raised: it is collected as `model.issue.Issue` values.
What is raised is of two kinds only: input that cannot be used at all (`InputError`),
and evidence that does not verify (`VerificationError`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["InputError", "SecondcountError", "VerificationError"]


class SecondcountError(Exception):
    """Root of all errors of this package: a stable code, values for the sentence, and advice.

    The sentence itself is made by a door (`cli`, `web`, `site`) through `wording`,
    so that it exists in every language of the screens.
    """

    def __init__(self, code: str, /, **values: object) -> None:
        """Remember the stable issue code (see docs/reference/issues.md) and the values of its sentence."""
        super().__init__(code, dict(values))
        self.code = code
        self.values: Mapping[str, object] = MappingProxyType(dict(values))

    def diagnostics(self) -> str:
        """Return the code and its values in a form that a maintainer can act on."""
        details = ", ".join(f"{key}={value!r}" for key, value in self.values.items())
        return f"{self.code}({details})"

    def __str__(self) -> str:
        """Show the diagnostics, never a bare tuple."""
        return self.diagnostics()


class InputError(SecondcountError):
    """Something from outside cannot be used at all: the run ends with exit code 2."""


class VerificationError(SecondcountError):
    """Evidence does not verify: everything stops, nothing is shown as verified."""
