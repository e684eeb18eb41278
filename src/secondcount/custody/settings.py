"""What an archive remembers about itself in its private part: `archive.toml`, a handful of lines of text."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from secondcount.custody.layout import FORMAT
from secondcount.errors import InputError

__all__ = ["ArchiveSettings", "encode_settings", "parse_settings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSettings:
    """The settings of one archive; none of them is a secret."""

    key: str = ""  # path of the key file; "" = the archive can be read and not written
    delete_contacts_on: str = ""  # ISO 8601 date; "" = there is no table of contacts


def encode_settings(settings: ArchiveSettings) -> bytes:
    """Return the text of `archive.toml`; a TOML basic string of these values is a JSON string."""
    lines = [
        "# Settings of this archive. The signing key lies elsewhere: copy it, never its folder into this one.",
        f"format = {json.dumps(FORMAT)}",
        f"key = {json.dumps(settings.key)}",
        f"delete_contacts_on = {json.dumps(settings.delete_contacts_on)}",
    ]
    return ("\n".join(lines) + "\n").encode()


def parse_settings(data: bytes, place: str) -> ArchiveSettings:
    """Return the settings in a file; `place` stands in the message.

    Raises:
        InputError: A106, it is not what this release writes or an older one wrote.

    """
    try:
        found: Mapping[str, object] = tomllib.loads(data.decode())
    except ValueError as error:  # TOMLDecodeError and UnicodeDecodeError
        raise InputError("A106", file=place, reason=str(error)) from error
    if found.get("format") != FORMAT:
        raise InputError("A106", file=place, reason=f"format = {found.get('format')!r}")
    return ArchiveSettings(key=str(found.get("key", "")), delete_contacts_on=str(found.get("delete_contacts_on", "")))
