"""The errors that stop work; every one of them can advise the person who meets it.

Bad data is never raised: it is collected as `model.issue.Issue` values.
What is raised is of two kinds only: input that cannot be used at all (`InputError`),
and evidence that does not verify (`VerificationError`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

__all__ = ["InputError", "SecondcountError", "VerificationError", "reason_of", "refusing"]


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


def reason_of(error: OSError) -> str:
    """Return why the system failed, in its own words, or by the kind of failure where it has none."""
    return error.strerror or type(error).__name__


@contextmanager
def refusing(code: str, file: object) -> Iterator[None]:
    """Let what the system refuses about a file, within this block, be refused by a code: with file and reason.

    Raises:
        InputError: the code that is given, instead of any OSError.

    """
    try:
        yield
    except OSError as error:
        raise InputError(code, file=str(file), reason=reason_of(error)) from error
