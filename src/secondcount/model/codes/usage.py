"""Codes X###: the command line and settings."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = dict.fromkeys(
    (
        # what to check
        "X101",  # no shipped election and no folder of this name
        "X102",  # a shipped election and a folder at once
        "X103",  # a folder without an archive in it
        "X104",  # nothing named to check
        "X105",  # two things named to check
        "X106",  # no such issue code
        # files
        "X107",  # exists already, not overwritten
        "X108",  # cannot be written
        "X109",  # larger than the setting max_table_mb allows
        "X110",  # cannot be read
        "X111",  # the definition has errors
        "X112",  # no such contest in the election
        "X113",  # contestants stand in the authority's table, and no table names any
        # settings
        "X120",  # value not allowed
        "X121",  # no such setting
        "X122",  # settings file is no TOML
        # command line
        "X130",  # not understood, for another reason
        "X131",  # no such option
        "X132",  # something required is missing
        "X133",  # value not allowed
        "X134",  # no such command
        "X136",  # --param that is not NAME=VALUE, or one name with two values
        # the run
        "X140",  # interrupted by the user
        "X141",  # the operating system refused
        "X150",  # unexpected: a bug
    ),
    Severity.ERROR,
)
