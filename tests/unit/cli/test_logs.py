"""Logs: one event a line, fields beside it, JSON on request."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondcount.cli.logs import log_event, set_up_logs


@pytest.fixture(autouse=True)
def quiet_afterwards() -> Iterator[None]:
    """Leave the logger of the package as it was."""
    logger = logging.getLogger("secondcount")
    before = (list(logger.handlers), logger.level, logger.propagate)
    yield
    logger.handlers[:], logger.propagate = before[0], before[2]
    logger.setLevel(before[1])


def test_json_lines_are_json() -> None:
    """Every line is an object with time, level, event and its fields; values that JSON lacks become text."""
    stream = io.StringIO()
    set_up_logs("info", stream, as_json=True)
    log_event("checked", issues=3, folder=Path("report"))
    log_event("fault", error=ValueError("x"))
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert (first["level"], first["event"], first["issues"], first["folder"]) == ("info", "checked", 3, "report")
    assert first["time"].endswith("+00:00")
    assert second["traceback"].endswith("ValueError: x")


def test_text_lines_name_their_fields() -> None:
    """The plain form is for people."""
    stream = io.StringIO()
    set_up_logs("info", stream, as_json=False)
    log_event("checked", issues=3, inputs=1)
    assert stream.getvalue() == "info checked issues=3 inputs=1\n"


def test_the_level_is_kept() -> None:
    """By default nothing below a warning is written."""
    stream = io.StringIO()
    set_up_logs("warning", stream, as_json=False)
    log_event("checked")
    assert stream.getvalue() == ""


def test_setting_up_again_replaces() -> None:
    """Two runs in one process do not log twice."""
    first, second = io.StringIO(), io.StringIO()
    set_up_logs("info", first, as_json=False)
    set_up_logs("info", second, as_json=False)
    log_event("checked")
    assert (first.getvalue(), second.getvalue()) == ("", "info checked\n")
