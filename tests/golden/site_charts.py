"""Small charts as files, to be compared; written again by `python -m golden.site_charts` in tests/, and reviewed."""

from __future__ import annotations

from pathlib import Path

from unit.site.test_charts import charts
from unit.site.test_stations import drawn
from unit.site.test_turnout_by_area import chart, found

FOLDER = Path(__file__).resolve().parent / "site"


def drawings() -> dict[str, str]:
    """Return file name -> drawing for every chart of the fixture, in English, and one in Kazakh."""
    each = {**charts(), **drawn(), "turnout-by-area": chart(found(30)), "coverage.kk": charts("kk")["coverage"]}
    return {f"{name}.svg": f"{one.svg}\n" for name, one in each.items()}


if __name__ == "__main__":
    for name, drawing in drawings().items():
        (FOLDER / name).write_text(drawing, encoding="utf-8", newline="\n")
