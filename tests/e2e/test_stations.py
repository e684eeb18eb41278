"""The section on polling stations in a real browser, and the command line that writes its tables and the worksheet."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from e2e import looks
from e2e.test_report import DESKTOP, DEVICES, PHONE, visit
from secondcount.rehearsal import east_3_2023
from secondcount.site import build_report
from secondcount.wording import LANGUAGES
from unit.site import ballots

__all__ = ["visit"]  # a fixture


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the report of the small contest."""
    record = ballots.record(synthetic=True)
    return build_report(ballots.verdict(record), record, tmp_path_factory.mktemp("stations"), worksheet=True)[0]


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("device", DEVICES)
def test_the_section_fits_and_is_silent(visit, report: Path, language: str, device: str) -> None:
    """Nothing sticks out, no texts touch, no message, no request but for the page itself."""
    seen = visit(report, language, DEVICES[device])
    assert seen.page.locator(f"#{language}-stations h2").is_visible()
    assert not looks.scrolls_sideways(seen.page)
    assert looks.outside(seen.page, language) == []
    assert looks.overlaps(seen.page, language) == []
    assert seen.said == []
    assert len(seen.asked) == 1


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_contrast_passes(visit, report: Path, scheme: str) -> None:
    """Texts and marks of the new charts, by day and in the dark; on a small phone no text is too small."""
    page = visit(report, "en", PHONE, color_scheme=scheme).page
    assert looks.weak_texts(page, "en") == []
    assert looks.weak_marks(page, "en") == []
    assert looks.small_texts(page, "en") == []


@pytest.mark.browser
def test_its_links_lead_to_files(visit, report: Path) -> None:
    """Both tables lie beside the page."""
    page = visit(report, "en", DESKTOP).page
    names = page.locator("#en-stations a").evaluate_all("links => links.map(one => one.getAttribute('href'))")
    assert names == ["stations.csv", "issues.csv"]
    assert all((report.parent / name).is_file() for name in names)


def test_the_program_writes_tables_and_worksheet(tmp_path: Path) -> None:
    """Every copy of the district is a row; the worksheet opens, is marked as made up, and is told on the screen."""
    made_up = east_3_2023()
    (tmp_path / made_up.name).write_bytes(made_up.data)
    name = "kazakhstan.maslikhat.2023.east-3"
    command = (sys.executable, "-m", "secondcount", "check", name, "--sheets", made_up.name, "--worksheet")
    own = {key: value for key, value in os.environ.items() if not key.startswith("SECONDCOUNT_")} | {"LANG": "C.UTF-8"}
    result = subprocess.run(command, cwd=tmp_path, env=own, capture_output=True, encoding="utf-8", check=False)
    assert result.stderr == ""
    assert "Worksheet: report" in result.stdout
    with (tmp_path / "report" / "stations.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len({row["station"] for row in csv.DictReader(file)}) == 15
    with ZipFile(tmp_path / "report" / "worksheet.xlsx") as book:
        assert b"SYNTHETIC" in book.read("xl/worksheets/sheet1.xml")
