"""Settings for the type checker, which asks Django for the models: a desk that is never opened."""

from __future__ import annotations

import os
from tempfile import gettempdir

from secondcount.web.config import VARIABLE, DeskConfig

__all__: list[str] = []

_NOWHERE = DeskConfig(archive="", folder=gettempdir(), secret=gettempdir())
os.environ.setdefault(VARIABLE, _NOWHERE.to_environment()[VARIABLE])

from secondcount.web.settings import *  # noqa: E402, F403 - all of them, once the desk is known
