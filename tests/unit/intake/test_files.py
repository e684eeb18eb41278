"""Law: bytes become text in one way only, or are refused; the place of trouble is told in bytes and lines."""

from __future__ import annotations

import gzip
import zlib

import pytest

from intaking.election import CONTEST, ELECTION, row, sheet
from secondcount.errors import InputError
from secondcount.intake import delimited, parse_sheets, read_table, unpack

HEALTHY = sheet(row(collector="Әсия"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, ends: str) -> None:
    """The same table in any Unicode encoding with any line ends gives the same rows on the same lines."""
    text = HEALTHY.decode().replace("\n", ends)
    read = read_table("copies.csv", text.encode(encoding))
    assert read.rows.equals(read_table("copies.csv", HEALTHY).rows)
    assert {one.code for one in read.issues} <= {"T112"}


@pytest.mark.parametrize(("separator", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar")])
def test_delimiters(separator: str, name: str) -> None:
    """Each delimiter is found without being named."""
    data = HEALTHY.replace(b",", separator.encode())
    assert parse_sheets(f"{name}.csv", data, ELECTION, CONTEST).issues == ()


def test_a_delimiter_inside_names_does_not_mislead() -> None:
    """Commas in a header do not make a comma table of a semicolon table."""
    data = b"station;Party, the one of Light;nur\n001;a, b, c;5\n002;d, e, f;6\n"
    assert read_table("x.csv", data).headers == ("station", "Party, the one of Light", "nur")


def test_the_delimiter_line_of_spreadsheets() -> None:
    """`sep=;` above the header is obeyed and takes its line."""
    table = read_table("x.csv", b"sep=;\nstation;nur\n001;5\n")
    assert table.headers == ("station", "nur")
    assert table.rows["line"].to_list() == [3]


def test_code_pages_of_russian_and_kazakh() -> None:
    """Windows-1251 and KZ-1048 are told apart by the letters that only one of them has, and that is noted."""
    russian = read_table("x.csv", "участок,примечание\n1,Избирательная комиссия\n".encode("cp1251"))
    kazakh = read_table("x.csv", "учаске,ескерту\n1,Алматы қаласы\n".encode("kz1048"))
    assert russian.rows["c1"][0] == "Избирательная комиссия"
    assert kazakh.rows["c1"][0] == "Алматы қаласы"
    assert [one.value("encoding") for one in (*russian.issues, *kazakh.issues)] == ["cp1251", "kz1048"]


def test_broken_utf_8_is_located() -> None:
    """A few broken bytes in UTF-8 do not make it another encoding: they are counted, and the first is located."""
    data = "station,nur,note\n001,5,Айша\n002,6,Б@\n".encode().replace(b"@", b"\xd0")
    (issue,) = read_table("x.csv", data).issues
    assert (issue.code, issue.where.line, issue.value("count")) == ("T113", 3, 1)
    assert issue.value("offset") == data.index(b"\xd0\n")


def test_a_broken_number_is_unknown() -> None:
    """A digit lost to damage never leaves a smaller number behind."""
    data = sheet(row(nur="5@0", collector="Айша Боранқызы")).replace(b"@", b"\xff")
    read = parse_sheets("x.csv", data, ELECTION, CONTEST)
    assert read.frame["nur"].to_list() == [None]
    assert {"T113", "T152"} == {one.code for one in read.issues}


def test_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file above the limit is refused with both sizes, packed or not."""
    monkeypatch.setattr(unpack, "MAX_BYTES", 100)
    with pytest.raises(InputError) as caught:
        read_table("x.csv", HEALTHY)
    assert (caught.value.code, caught.value.values["size"], caught.value.values["limit"]) == (
        "T102",
        len(HEALTHY),
        100,
    )
    with pytest.raises(InputError) as caught:
        read_table("x.csv.gz", gzip.compress(b"station,nur\n" + b"1,2\n" * 999))
    assert caught.value.code == "T104"


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blank lines and empty cells cost memory too: their number is limited before they are read."""
    monkeypatch.setattr(delimited, "MAX_CELLS", 1000)
    read_table("x.csv", b"station,nur\n" + b"\n" * 49)
    with pytest.raises(InputError) as caught:
        read_table("x.csv", b"station,nur\n" + b"\n" * 50)
    assert (caught.value.code, caught.value.values["lines"], caught.value.values["width"]) == ("T100", 51, 2)
    with pytest.raises(InputError, match="T100"):
        read_table("x.csv", b"," * 500 + b"\n\n")


def test_gzip_is_opened() -> None:
    """A packed table is the table; its digest is that of the bytes as they arrived; several members are one file."""
    packed = gzip.compress(HEALTHY[:50]) + gzip.compress(HEALTHY[50:]) + bytes(20)
    read = read_table("copies.csv.gz", packed)
    assert read.rows.equals(read_table("copies.csv", HEALTHY).rows)
    assert read.digest != read_table("copies.csv", HEALTHY).digest


@pytest.mark.parametrize("cut", range(1, 40))
def test_cut_gzip_is_refused_wherever_it_is_cut(cut: int) -> None:
    """No beginning of a gzip file passes for the whole: not without its end mark, its checksum or its size."""
    packed = gzip.compress(HEALTHY)
    with pytest.raises(InputError) as caught:
        read_table("copies.csv.gz", packed[:-cut])
    assert caught.value.code == "T103"


def test_a_wrong_checksum_is_refused() -> None:
    """The checksum of gzip is checked."""
    packed = bytearray(gzip.compress(HEALTHY))
    packed[-5] ^= 1
    with pytest.raises(InputError, match="T103"):
        read_table("copies.csv.gz", bytes(packed))


def test_a_bomb_is_given_up_for_its_ratio() -> None:
    """Zeros that would stay below the limit of size are given up all the same: no table packs like that."""
    maker = zlib.compressobj(wbits=31)
    packed = b"".join(maker.compress(bytes(2**20)) for _ in range(64)) + maker.flush()
    with pytest.raises(InputError, match="T104"):
        read_table("copies.csv.gz", packed)


def test_a_dull_table_is_no_bomb() -> None:
    """A large table with nothing but zeros in it packs well, and is read."""
    dull = b"".join(b"%06d,north,2,1,1,obs,0,0,0,0,0,0,0,0,0,0\n" % number for number in range(450_000))
    assert len(dull) > 16 * 2**20
    assert unpack.unpack("dull.csv.gz", gzip.compress(dull, 9)).data == dull


@pytest.mark.parametrize("name", ["/home/a/copies.csv", r"C:\data\copies.csv", "copies.csv", "../copies.csv"])
def test_a_name_is_never_a_path(name: str) -> None:
    """What folder a file came from stays with its owner."""
    assert read_table(name, HEALTHY).name == "copies.csv"
