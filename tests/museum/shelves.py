"""How every museum lies on its shelves: a folder of exhibits, and beside it the list of what each must give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from secondcount.wording import LANGUAGES, phrasebook

__all__ = ["MUSEUM", "can_be_said", "lay_out"]

MUSEUM = Path(__file__).resolve().parent


def lay_out(folder: Path, name: str, exhibits: Mapping[str, bytes], entries: Iterable[str]) -> None:
    """Write the exhibits of one museum by file name, and its list; an entry of the list is a table of TOML."""
    shelves = folder / name
    shelves.mkdir(parents=True, exist_ok=True)
    for file, data in exhibits.items():
        (shelves / file).write_bytes(data)
    top = f"# Written by build_{name}.py: what each file of {name}/ must give, and nothing else.\n"
    (folder / f"{name}.toml").write_bytes("\n".join((top, *entries)).encode())


def can_be_said(code: str, values: Mapping[str, object]) -> bool:
    """Tell whether title, reason and advice of a code have words for these values in every language.

    Raises:
        ValueError: a sentence asks for a value that is missing.

    """
    parts = [f"issue.{code}.{part}" for part in ("title", "reason", "advice")]
    return all(phrasebook(language).say(part, **values) for language in LANGUAGES for part in parts)
