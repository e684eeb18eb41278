"""How memory is given back: at once, so that a table of half a million stations fits a small machine.

Polars brings its own allocator (jemalloc), which keeps freed pages for ten seconds: longer than most checks take. It
reads its settings from the environment when Polars is loaded (jemalloc manual, `MALLOC_CONF`, "dirty_decay_ms").
"""

from __future__ import annotations

from collections.abc import MutableMapping

__all__ = ["SETTING", "give_back_at_once"]

SETTING = "_RJEM_MALLOC_CONF"


def give_back_at_once(environment: MutableMapping[str, str]) -> None:
    """Say that freed memory is kept for no time, unless the user has said something; before Polars is loaded."""
    environment.setdefault(SETTING, "dirty_decay_ms:0")
