"""The drawings of the fixture are, byte for byte, those that were looked at."""

from __future__ import annotations

import pytest

from golden.site_charts import FOLDER, drawings


@pytest.mark.parametrize("name", sorted(drawings()))
def test_the_drawing_is_the_one_that_was_looked_at(name: str) -> None:
    """A changed drawing must be looked at and written again: `python -m golden.site_charts` in tests/."""
    assert drawings()[name] == (FOLDER / name).read_text(encoding="utf-8")


def test_no_drawing_is_left_over() -> None:
    """A chart that is gone leaves no file behind."""
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(drawings())
