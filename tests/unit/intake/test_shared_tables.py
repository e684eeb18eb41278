"""Law: tables of real commissions and observers are read whole, cell by cell as the standard library reads them."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest

from secondcount.intake import read_table

TABLES = (
    "bo2019/trep_20191021_1829.csv.gz",
    "de2025/second_votes_final_20250314.csv.gz",
    "de2025/mecklenburg_vorpommern_stations_final.csv.gz",
    "ge2024/volunteers_raw_kobo.csv.gz",
    "ge_history/2012_party_list.csv.gz",
    "id2019_kawalpemilu/bali.csv.gz",
    "ru/ru2011_moscow_full.csv.gz",
    "ru_spb2021/golos_reports.csv.gz",
    "ru_spb2021/uik_federal_list.csv.gz",
)


@pytest.mark.shared
@pytest.mark.parametrize("name", TABLES)
def test_real_tables_are_read_whole(shared: Path, name: str) -> None:
    """No row is lost, moved or changed: header, cells and lines are those of an independent reader."""
    path = shared / "data" / name
    if not path.is_file():
        pytest.skip(f"no {name}")
    table = read_table(path.name, path.read_bytes())
    text = gzip.decompress(path.read_bytes()).decode("utf-8-sig").replace("\r\n", "\n")
    reader = csv.reader(io.StringIO(text))
    headers = next(reader)
    rows, lines = [], []
    before = reader.line_num
    for row in reader:
        if any(one.strip() for one in row):
            rows.append(tuple(one.strip() for one in row))
            lines.append(before + 1)
        before = reader.line_num
    assert [" ".join(one.split()) for one in headers] == list(table.headers)
    assert table.rows["line"].to_list() == lines
    assert [tuple(one.strip() for one in row[1:]) for row in table.rows.rows()] == rows
