"""Law: each file of a ZIP is taken or refused on its own, and no name in it leads anywhere."""

from __future__ import annotations

import io
import stat
import zipfile
from dataclasses import replace

import pytest

from museum.shelves import can_be_said
from museum.small_photos import COLOUR
from secondcount.errors import InputError
from secondcount.intake import Packed, open_bundle
from secondcount.intake import bundle as bundle_room
from secondcount.intake.images import LIMITS


def packed(*files: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """Return a ZIP of files."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as bundle:
        for name, data in files:
            bundle.writestr(name, data)
    return written.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    """Return the entry of a symbolic link."""
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def opened(data: bytes) -> tuple[Packed, ...]:
    """Return the files of a ZIP."""
    return open_bundle("photos.zip", io.BytesIO(data))


def refusal(one: Packed) -> str:
    """Return the code with which a file is refused, "" if it is read."""
    try:
        one.read()
    except InputError as error:
        return error.code if can_be_said(error.code, error.values) else "?"
    return ""


def test_photos_are_read_and_what_systems_put_beside_them_is_not() -> None:
    """Folders, resource forks and thumbnails of the system are no files of anybody."""
    files = opened(packed(("a/12_1.jpg", COLOUR), ("__MACOSX/a/._12_1.jpg", b"x"), ("Thumbs.db", b"x"), ("a/", b"")))
    assert [(one.name, one.read()) for one in files] == [("12_1.jpg", COLOUR)]


@pytest.mark.parametrize(
    "name", ["../12.jpg", "/etc/12.jpg", "a/../../12.jpg", "..\\12.jpg", "C:\\12.jpg", "\\\\host\\12.jpg", "a\n.jpg"]
)
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    """Whatever leads out of a folder is refused, and only that file."""
    files = opened(packed((name, COLOUR), ("12.jpg", COLOUR)))
    assert [refusal(one) for one in files] == ["N171", ""]
    assert not any("/" in one.name or "\\" in one.name for one in files)


def test_a_link_is_refused() -> None:
    """A symbolic link is not followed and not read."""
    assert [refusal(one) for one in opened(packed((link("12.jpg"), b"/etc/passwd")))] == ["N174"]


def test_a_locked_file_is_refused() -> None:
    """A file that needs a password is refused by itself."""
    data = packed(("12.jpg", COLOUR), ("13.jpg", COLOUR))
    at = data.index(b"PK\1\2")
    assert [refusal(one) for one in opened(data[: at + 8] + b"\1" + data[at + 9 :])] == ["N173", ""]


def test_a_file_that_says_it_is_too_large_is_not_unpacked() -> None:
    """The limit of a photo holds in a ZIP too."""
    files = opened(packed(("12.jpg", bytes(10_000)), method=zipfile.ZIP_DEFLATED))
    assert refusal(replace(files[0], limits=replace(LIMITS, size=9_999))) == "N101"
    assert refusal(replace(files[0], limits=replace(LIMITS, size=10_000))) == ""


def test_a_file_that_is_more_than_it_says_is_refused() -> None:
    """A bomb that lies about its size unpacks to no more than it says."""
    data = packed(("12.jpg", bytes(2**22)), method=zipfile.ZIP_DEFLATED)
    lie = (100).to_bytes(4, "little")
    at, central = 0, data.index(b"PK\1\2")
    lied = data[: at + 22] + lie + data[at + 26 : central + 24] + lie + data[central + 28 :]
    assert refusal(opened(lied)[0]) in ("N172", "N175")


def test_damage_is_of_one_file() -> None:
    """A file whose checksum is wrong is refused; the others are read."""
    data = packed(("12.jpg", COLOUR), ("13.jpg", COLOUR))
    at = data.index(COLOUR) + 40
    assert [refusal(one) for one in opened(data[:at] + b"\0\0" + data[at + 2 :])] == ["N172", ""]


@pytest.mark.parametrize("data", [b"", b"text", b"PK\3\4" + bytes(40), packed(("a.jpg", COLOUR))[:-30]])
def test_what_is_no_zip_is_refused_whole(data: bytes) -> None:
    """Without a list of files there is nothing to take."""
    with pytest.raises(InputError) as refused:
        opened(data)
    assert refused.value.code == "N170"


def test_too_much_in_a_zip_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many files, or more bytes than any night has photos, are refused before one is unpacked."""
    data = packed(("a.jpg", COLOUR), ("b.jpg", COLOUR))
    for name, value in (("MOST_FILES", 1), ("MOST_UNPACKED", len(COLOUR))):
        monkeypatch.setattr(bundle_room, name, value)
        with pytest.raises(InputError) as refused:
            opened(data)
        assert refused.value.code == "N170"
        monkeypatch.undo()
