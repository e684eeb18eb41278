"""Small charts as files, to be compared; written again by `python -m golden.site_charts` in tests/, and reviewed."""

from __future__ import annotations

from pathlib import Path

from unit.site.test_charts import charts
from unit.site.test_stations import drawn

FOLDER = Path(__file__).resolve().parent / "site"


def drawings() -> dict[str, str]:
    """Return file name -> drawing for every chart of the fixture, in English, and one in Kazakh."""
    found = {f"{name}.svg": f"{chart.svg}\n" for name, chart in charts().items()}
    found |= {f"{name}.svg": f"{chart.svg}\n" for name, chart in drawn().items()}
    return {**found, "coverage.kk.svg": f"{charts('kk')['coverage'].svg}\n"}


if __name__ == "__main__":
    for name, drawing in drawings().items():
        (FOLDER / name).write_text(drawing, encoding="utf-8", newline="\n")
