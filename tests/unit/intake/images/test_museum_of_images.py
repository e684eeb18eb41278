"""Law: every way of breaking a photo gives its own code, in words of three languages, and never a traceback."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from museum.build_images import EXHIBITS, build
from museum.shelves import MUSEUM, can_be_said
from secondcount.errors import InputError
from secondcount.intake.images import LIMITS, check_stripped, read_photo
from secondcount.intake.images.picture import parse_picture
from secondcount.model.codes import CODES
from secondcount.model.codes.image import CODES as IMAGE_CODES
from secondcount.model.naming import issue_values

LIST = tomllib.loads((MUSEUM / "images.toml").read_text(encoding="utf-8"))
WITHOUT_EXHIBIT = {
    "N101": "test_a_limit_holds_at_its_edge",
    "N117": "test_a_format_without_its_library",
    "N121": "test_memory_is_limited",
    "N122": "test_time_is_limited",
    "N123": "test_a_crash_is_a_refusal",
    "N124": "test_the_child_is_not_believed",
    "N125": "test_a_decoder_that_cannot_be_started",
    "N130": "test_a_mask_is_four_numbers",
    "N131": "test_a_mask_that_hides_nothing_is_refused",
    "N140": "test_only_whole_images_are_published",
    "N141": "test_nothing_but_the_list",
    "N142": "test_nothing_but_the_fixed_form",
    "N143": "test_nothing_behind_the_end",
    "N144": "test_no_more_data_than_pixels",
    "N157": "test_a_mask_takes_the_whole_block",
    "N160": "test_a_photo_needs_its_station",
    "N170": "test_what_is_no_zip_is_refused_whole",
    "N171": "test_a_name_that_leads_out_is_refused",
    "N172": "test_damage_is_of_one_file",
    "N173": "test_a_locked_file_is_refused",
    "N174": "test_a_link_is_refused",
    "N175": "test_a_file_that_is_more_than_it_says_is_refused",
}


def stored(name: str) -> bytes:
    """Return an exhibit as it lies on its shelf."""
    return (MUSEUM / "images" / name).read_bytes()


@pytest.mark.parametrize("name", sorted(LIST))
def test_each_exhibit_gives_exactly_its_code(name: str) -> None:
    """The file is refused with the code of the list, or read with its notes and sides; what is said can be said."""
    expected, refusal, read = LIST[name], None, None
    try:
        read = read_photo(f"some/folder/{name}", stored(name))
    except InputError as error:
        refusal = error
    if refusal is not None:
        assert refusal.code == expected.get("refusal")
        assert refusal.values["file"] == name
        assert can_be_said(refusal.code, refusal.values)
    if read is not None:
        assert "refusal" not in expected
        assert [one.code for one in read.issues] == expected["notes"]
        assert [read.width, read.height] == expected["sides"]
        check_stripped(read.derivative)
        assert all(can_be_said(one.code, issue_values(one)) for one in read.issues)


def test_the_list_and_the_shelves_agree() -> None:
    """Every file is in the list and every entry has its file; there are at least 30."""
    files = {path.name for path in (MUSEUM / "images").iterdir()}
    assert files == set(LIST)
    assert len(files) >= 30


def test_the_museum_of_images_is_what_its_script_builds(tmp_path: Path) -> None:
    """Building it again gives the same bytes: no exhibit was changed by hand."""
    build(tmp_path)
    assert (tmp_path / "images.toml").read_bytes() == (MUSEUM / "images.toml").read_bytes()
    for one in EXHIBITS:
        assert stored(one.name) == one.data, one.name


def test_every_code_of_images_has_an_exhibit() -> None:
    """Every code occurs in the museum, or the test that shows it is named here."""
    shown = {code for one in LIST.values() for code in (one.get("refusal", ""), *one.get("notes", ()))} - {""}
    assert set(IMAGE_CODES) - shown == set(WITHOUT_EXHIBIT)
    assert set(IMAGE_CODES) <= set(CODES)


@given(data=st.data())
@settings(max_examples=300)
def test_no_bytes_make_the_parsers_stumble(data: st.DataObject) -> None:
    """Whatever is cut, changed or put into a file: it is read or refused, never a traceback in our own process."""
    original = stored(data.draw(st.sampled_from(sorted(LIST))))[:4096]
    at = data.draw(st.integers(0, len(original)))
    end = data.draw(st.integers(at, min(at + 16, len(original))))
    changed = original[:at] + data.draw(st.binary(max_size=16)) + original[end:]
    with suppress(InputError):
        parse_picture("changed.jpg", changed, LIMITS)
