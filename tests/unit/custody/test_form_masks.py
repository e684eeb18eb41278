"""Law: what the definition masks in a form is black in every public photo of it, whoever receives the photo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from archiving.archives import DEFINITION, NAME
from intaking.photos import decoded, encoded, patterned
from keeping.archives import NOW, begin
from museum.build_images import exif
from secondcount.custody.archive import Archive
from secondcount.custody.images import Brought, Received, form_masks, known_contest, receive_photo
from secondcount.custody.layout import blob_path, original_path
from secondcount.custody.sequencer import drain
from secondcount.errors import InputError
from secondcount.intake import Mask, parse_mask
from secondcount.intake.images import Box, ImageKind
from secondcount.jurisdictions import load_definition

FAINT = 8  # of 255: what the encoder of a JPEG makes of black beside white
TEXTS = ("0,0,300,120pm", "700,880,300,120pm")  # a name above on the left, a signature below on the right


def masked(texts: Sequence[str]) -> bytes:
    """Return the small definition with masks in its form."""
    listed = ", ".join(f'"{one}"' for one in texts)
    table = f"[contests.form]\nmasks = [{listed}]\n\n[contests.rule]\n".encode()
    assert DEFINITION.count(b"[contests.rule]\n") == 1
    return DEFINITION.replace(b"[contests.rule]\n", table)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Return a new archive of an election whose form has two masks."""
    return begin(tmp_path / "archive", definition=masked(TEXTS))


def take(archive: Archive, data: bytes, *masks: Mask, form: bool = True) -> Received:
    """Take a photo of station 001 in."""
    brought = Brought(station="001", contest=known_contest(archive, ""), form_masks=form)
    return receive_photo(archive, "a.jpg", data, brought, masks=masks, now=NOW)


def published(archive: Archive, received: Received) -> Image.Image:
    """Return the picture that is public once the log has its entry."""
    drain(archive, NOW)
    return decoded(archive.public.load(blob_path(received.photo.derivative_digest)))


def places(width: int, height: int, texts: Sequence[str] = TEXTS) -> list[Box]:
    """Return what the masks cover in an upright photo: by their definition, in whole numbers."""
    found = []
    for left, top, wide, high in (map(int, one.removesuffix("pm").split(",")) for one in texts):
        # Every pixel of which any part lies within: thousandths are rounded outwards.
        found.append(
            Box(
                left * width // 1000,
                top * height // 1000,
                (left + wide) * width // 1000 + bool((left + wide) * width % 1000),
                (top + high) * height // 1000 + bool((top + high) * height % 1000),
            )
        )
    return found


def brightest(image: Image.Image, box: Box) -> int:
    """Return the largest value of any colour of any pixel inside a box."""
    assert box.right > box.left
    assert box.bottom > box.top
    return max(one[1] for one in image.crop((box.left, box.top, box.right, box.bottom)).getextrema())


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_masks_of_the_form_are_black_however_the_camera_was_held(archive: Archive, orientation: int) -> None:
    """Every pixel of every mask, in photos of several sizes, upright after each of the eight orientations of EXIF."""
    turned = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # what stores an upright picture like this (PIL's numbers)
    for width, height in ((160, 128), (97, 203), (331, 64)):
        white = Image.new("RGB", (width, height), "white")
        held = white.transpose(Image.Transpose(turned[orientation])) if orientation > 1 else white
        received = take(archive, encoded(held, subsampling=2, exif=exif(orientation)))
        picture = published(archive, received)
        assert picture.size == (width, height)
        assert [brightest(picture, box) <= FAINT for box in places(width, height)] == [True, True]
        assert brightest(picture, Box(width // 2, height // 2, width // 2 + 1, height // 2 + 1)) > 240


@pytest.mark.parametrize("size", [(16, 16), (16, 300), (301, 17), (1000, 1000), (123, 77)])
def test_no_size_of_a_photo_escapes_the_masks(archive: Archive, size: tuple[int, int]) -> None:
    """Of the smallest photos that are taken too: whatever any part of a mask touches is exactly black."""
    received = take(archive, encoded(Image.new("RGB", size, "white"), ImageKind.PNG))
    picture = published(archive, received)
    assert [brightest(picture, box) for box in places(*size)] == [0, 0]


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1)])
def test_a_photo_too_narrow_to_be_one_is_not_taken(archive: Archive, size: tuple[int, int]) -> None:
    """One pixel wide or high it is no photo of a protocol: N111, and neither it nor a picture of it is kept."""
    before = {*archive.private.names(), *archive.public.names()}
    with pytest.raises(InputError) as refused:
        take(archive, encoded(Image.new("RGB", size, "white"), ImageKind.PNG))
    assert refused.value.code == "N111"
    assert {*archive.private.names(), *archive.public.names()} == before


@given(
    size=st.tuples(st.integers(1, 20_000), st.integers(1, 20_000)),
    corner=st.tuples(st.integers(0, 999), st.integers(0, 999)),
    least=st.tuples(st.integers(1, 1000), st.integers(1, 1000)),
)
def test_a_mask_of_a_form_hides_something_in_a_photo_of_any_size(
    size: tuple[int, int], corner: tuple[int, int], least: tuple[int, int]
) -> None:
    """So no photo is refused because of a mask that fits its form, and none is published bare for being small."""
    wide, high = (min(one, 1000 - at) for one, at in zip(least, corner, strict=True))
    box = parse_mask(f"{corner[0]},{corner[1]},{wide},{high}pm").box(*size)
    assert [box] == places(*size, (f"{corner[0]},{corner[1]},{wide},{high}pm",))
    assert 0 <= box.left < box.right <= size[0]
    assert 0 <= box.top < box.bottom <= size[1]


def test_the_original_is_sealed_as_it_came(archive: Archive) -> None:
    """The masks change what is public, not a byte of the sealed original, whose digest is in the log."""
    data = encoded(patterned())
    received = take(archive, data)
    assert archive.private.load(original_path(received.photo.original_digest)) == data


def test_a_mask_of_ones_own_comes_on_top(archive: Archive) -> None:
    """What is masked for one photo is masked beside the form's masks, not in their stead."""
    white = encoded(Image.new("RGB", (200, 100), "white"), ImageKind.PNG)
    picture = published(archive, take(archive, white, parse_mask("90,40,20,20")))
    assert [brightest(picture, box) for box in (*places(200, 100), Box(90, 40, 110, 60))] == [0, 0, 0]
    assert brightest(picture, Box(89, 39, 90, 40)) == 255


def test_only_who_says_so_leaves_the_masks_of_the_form_out(archive: Archive) -> None:
    """They are applied unless the photo is said to be one that they do not fit; its own masks hold all the same."""
    assert Brought(station="001", contest=known_contest(archive, "")).form_masks
    white = encoded(Image.new("RGB", (200, 100), "white"), ImageKind.PNG)
    picture = published(archive, take(archive, white, parse_mask("90,40,20,20"), form=False))
    assert brightest(picture, Box(90, 40, 110, 60)) == 0
    assert [brightest(picture, box) for box in places(200, 100)] == [255, 255]


def test_a_photo_that_was_published_bare_can_be_brought_again(archive: Archive) -> None:
    """With the masks of the form it is another picture and another entry, which may supersede the first."""
    data = encoded(patterned())
    bare, covered = take(archive, data, form=False), take(archive, data)
    assert not covered.repeated
    assert bare.photo.derivative_digest != covered.photo.derivative_digest
    assert bare.photo.original_digest == covered.photo.original_digest


@pytest.mark.parametrize(
    "text", ["1,2,3,4", "900,0,101,10pm", "0,0,0,10pm", "-1,0,5,5pm", "top", "0,0,10,10 %", "1.5,0,5,5pm"]
)
def test_a_mask_of_a_form_is_in_thousandths_within_the_photo(text: str) -> None:
    """Pixels, a rectangle beyond the edge, an empty one, no rectangle: D316 at its key, and no mask is taken."""
    definition = load_definition(NAME, masked([TEXTS[0], text]))
    faults = [one for one in definition.issues if one.code == "D316"]
    assert [(one.where.key, one.value("found")) for one in faults] == [("contests[0].form.masks[1]", text)]
    assert definition.election.contests[0].form.masks == (TEXTS[0],)


def test_a_mask_of_a_form_has_one_spelling() -> None:
    """However it is spaced, and with the sign for thousandths too, it is the same mask."""
    contest = load_definition(NAME, masked(["50, 900, 400, 60 pm", "50,900,400,60‰"])).election.contests[0]
    assert contest.form.masks == ("50,900,400,60pm",) * 2
    assert form_masks(contest) == (Mask(left=50, top=900, width=400, height=60, per_mille=True),) * 2


def test_a_table_of_masks_without_any_is_refused() -> None:
    """It would look like protection: nothing in the list, or no list at all, is an error."""
    for texts, code in ((b"masks = []", "D106"), (b"", "D103")):
        data = DEFINITION.replace(b"[contests.rule]\n", b"[contests.form]\n" + texts + b"\n[contests.rule]\n")
        assert code in {one.code for one in load_definition(NAME, data).issues}


def test_a_definition_without_masks_is_as_it_was() -> None:
    """The masks are an addition: all else of the definition is the same with them and without."""
    bare, covered = (load_definition(NAME, data).election for data in (DEFINITION, masked(TEXTS)))
    contest = covered.contests[0]
    assert bare.contests[0] == replace(contest, form=replace(contest.form, masks=()))
