"""Law: the program gives memory back at once, and says so before Polars is loaded; the user's own word counts."""

from __future__ import annotations

import os
import subprocess
import sys

from secondcount.cli.memory import SETTING, give_back_at_once


def test_the_setting_is_made_where_there_is_none() -> None:
    """Without a setting, freed pages are kept for no time."""
    environment: dict[str, str] = {}
    give_back_at_once(environment)
    assert environment == {SETTING: "dirty_decay_ms:0"}


def test_a_setting_of_the_user_stays() -> None:
    """Who has set the allocator keeps what was set."""
    environment = {SETTING: "dirty_decay_ms:5000"}
    give_back_at_once(environment)
    assert environment == {SETTING: "dirty_decay_ms:5000"}


def test_the_program_says_it_before_polars_is_there() -> None:
    """Loading the program loads no Polars; once it has run, the setting is in its environment."""
    code = (
        "import os, sys; from secondcount.cli import main; loaded = 'polars' in sys.modules\n"
        "sys.argv = ['secondcount', '--version']\n"
        "try: main()\n"
        f"except SystemExit: print(loaded, os.environ['{SETTING}'])"
    )
    environment = {name: value for name, value in os.environ.items() if name != SETTING}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False dirty_decay_ms:0"
