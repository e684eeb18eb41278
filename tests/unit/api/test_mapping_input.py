"""A mapping decides what every figure is: the record says which one was used."""

from __future__ import annotations

import hashlib
from pathlib import Path

from secondcount import api

TABLE = "Nº,Inscritos,OSDPP\n1,900,10\n2,800,20\n"
MAPPING = 'serves = "sheets"\nstation = "Nº"\n\n[cells]\nosdp = "OSDPP"\n'
ELECTION = "kazakhstan.majilis.2012"


def test_a_mapping_is_an_input_with_its_digest(tmp_path: Path) -> None:
    """An opponent sees that a mapping was used, and by its SHA-256 which; without one, none is listed."""
    table, beside = tmp_path / "ours.csv", tmp_path / "ours.map.toml"
    table.write_text(TABLE, encoding="utf-8")
    beside.write_text(MAPPING, encoding="utf-8")
    record = api.load_record(ELECTION, sheets=[table])
    (found,) = [one for one in record.inputs if one.kind == "mapping"]
    digest = hashlib.sha256(beside.read_bytes()).hexdigest()
    assert (found.name, found.digest, found.rows) == ("ours.map.toml", digest, 1)
    (sheets,) = record.sheets.values()
    assert sheets["osdp"].to_list() == [10, 20]
    assert digest in api.encode(api.derive(record)).decode()
    plain = tmp_path / "plain.csv"
    plain.write_text("station,osdp\n1,10\n", encoding="utf-8")
    assert [one.kind for one in api.load_record(ELECTION, sheets=[plain]).inputs] == ["definition", "sheets"]


def test_a_mapping_of_two_tables_is_one_input(tmp_path: Path) -> None:
    """`ours.csv` and `ours.tsv` share `ours.map.toml`: it is listed once, and told on the page in words."""
    table = tmp_path / "ours.csv"
    table.write_text(TABLE, encoding="utf-8")
    (tmp_path / "ours.tsv").write_text(TABLE.replace(",", "\t"), encoding="utf-8")
    (tmp_path / "ours.map.toml").write_text(MAPPING, encoding="utf-8")
    checked = api.check(ELECTION, sheets=[table, tmp_path / "ours.tsv"])
    assert [one.kind for one in checked.verdict.inputs].count("mapping") == 1
    page, *_ = api.report(checked, tmp_path / "out", languages=["en"])
    assert "which column is what" in page.read_text(encoding="utf-8")
