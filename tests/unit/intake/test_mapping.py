"""Law: a mapping is suggested, shown and kept; nothing that is merely alike is in force before a person says so."""

from __future__ import annotations

from fractions import Fraction

import pytest

from intaking.election import CONTEST, ELECTION, HEADER, row, sheet
from secondcount.errors import InputError
from secondcount.intake import mapping_name, parse_mapping, parse_sheets, render_mapping, suggest_mapping
from secondcount.model.layout import KeyPart, Layout

ODD = b"precinct,Party of Lite,Unionn,note\n001,5,many,x\n002,6,few,y\n"


def suggested(data: bytes, side: str = "sheets") -> dict[str, tuple[str, Fraction]]:
    found = suggest_mapping("a/ours.csv.gz", data, ELECTION, CONTEST, side)
    return {one.name: (one.header, one.likeness) for one in found.guesses}


def test_certain_alike_and_nothing() -> None:
    """A word for a role is certain; a likeness is less than certain; a column without figures is no cell."""
    found = suggested(ODD)
    assert found["station"] == ("precinct", 1)
    assert found["nur"][0] == "Party of Lite"
    assert Fraction(6, 10) <= found["nur"][1] < 1
    assert found["union"] == ("", 0)


def test_guesses_are_comments() -> None:
    """Only what is certain is in force; a confirmed guess is, once its # is gone."""
    text = render_mapping(suggest_mapping("ours.csv", ODD, ELECTION, CONTEST, "sheets"))
    assert '\nstation = "precinct"\n' in text
    assert '\n# nur = "Party of Lite"' in text
    with pytest.raises(InputError) as caught:
        parse_mapping("ours.map.toml", text.encode(), ELECTION)
    assert caught.value.code == "T182"
    layout = parse_mapping("ours.map.toml", text.replace("# nur", "nur").encode(), ELECTION)
    read = parse_sheets("ours.csv", ODD, ELECTION, CONTEST, layout)
    assert read.frame["nur"].to_list() == [5, 6]
    assert [one.value("layout") for one in read.issues if one.code == "T181"] == ["ours.map.toml"]


def test_a_certain_mapping_changes_nothing() -> None:
    """A table that is read by its headers is read the same by the mapping that was suggested for it."""
    data = sheet(row(), row("002", area="Юг", nur=7), header=",".join(HEADER).replace("nur", "Партия Света"))
    text = render_mapping(suggest_mapping("ours.csv", data, ELECTION, CONTEST, "sheets"))
    layout = parse_mapping("ours.map.toml", text.encode(), ELECTION)
    mapped = parse_sheets("ours.csv", data, ELECTION, CONTEST, layout)
    assert mapped.frame.equals(parse_sheets("ours.csv", data, ELECTION, CONTEST).frame)


@pytest.mark.parametrize(
    "text",
    [
        "= no toml",
        'cells = "x"\n',
        '[cells]\nnur = "N"\n',
        'station = 5\n[cells]\nnur = "N"\n',
        'station = "S"\n[cells]\nmoon = "N"\n',
        'weather = "S"\nstation = "S"\n[cells]\nnur = "N"\n',
    ],
)
def test_what_is_no_mapping_is_refused(text: str) -> None:
    """A key or cell that nobody knows, a value that is no text, a mapping of nothing: refused, not passed over."""
    with pytest.raises(InputError) as caught:
        parse_mapping("ours.map.toml", text.encode(), ELECTION)
    assert caught.value.code == "T182"


def test_tables_that_need_no_mapping() -> None:
    """A layout of the definition reads the file already; percentages and long tables would be lost in a mapping."""
    layout = Layout(id="plain", serves="both", cells=(("nur", "U"),), station=(KeyPart(column="precinct"),))
    land = type(ELECTION)(**{one: getattr(ELECTION, one) for one in ELECTION.__slots__} | {"layouts": (layout,)})
    assert suggest_mapping("a.csv", b"precinct,U\n1,2\n", land, CONTEST, "sheets").layout == "plain"
    assert suggest_mapping("a.csv", b"area,nur_pct\nland,2\n", ELECTION, CONTEST, "reported").by_headers
    assert suggest_mapping("a.csv", b"area,cell,value\nland,nur,2\n", ELECTION, CONTEST, "reported").by_headers


def test_where_a_mapping_is_kept() -> None:
    """Beside the table, by its stem, whatever it is packed in."""
    assert mapping_name("a/ours.csv.gz") == mapping_name("ours.xlsx") == "ours.map.toml"
