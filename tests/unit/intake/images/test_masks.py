"""Law: what is masked is black in the published picture, and nothing of it can be told from the rest."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from intaking.photos import decoded, encoded, patterned
from museum.build_images import exif
from secondcount.errors import InputError
from secondcount.intake.images import Box, ImageKind, Mask, parse_mask, read_photo
from secondcount.intake.images.orientation import orientation_of, stored_box, turned_size, upright_box

NAME = Mask(left=37, top=29, width=41, height=22)
FAINT = 8  # of 255: what the encoder of a JPEG makes of black beside white

# CIPA DC-008 (EXIF 2.32) section 4.6.4: the side of the scene at which row 0 and column 0 of the stored picture lie.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,  # top, right
    3: Image.Transpose.ROTATE_180,  # bottom, right
    4: Image.Transpose.FLIP_TOP_BOTTOM,  # bottom, left
    5: Image.Transpose.TRANSPOSE,  # left, top
    6: Image.Transpose.ROTATE_270,  # right, top
    7: Image.Transpose.TRANSVERSE,  # right, bottom
    8: Image.Transpose.ROTATE_90,  # left, bottom
}


def darkest(image: Image.Image, box: Box) -> tuple[int, int]:
    """Return the largest value of any colour inside a box, and inside it without its outer eight pixels."""
    whole = image.crop((box.left, box.top, box.right, box.bottom))
    inner = image.crop((box.left + 8, box.top + 8, box.right - 8, box.bottom - 8))
    return max(one[1] for one in whole.getextrema()), max(one[1] for one in inner.getextrema())


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_masked_rectangle_is_black(mode: str) -> None:
    """Every pixel of a mask is black: exactly so in a PNG, and in a JPEG up to the ripple at its edge."""
    png = read_photo("a.png", encoded(patterned(mode=mode), ImageKind.PNG), (NAME,))
    assert png.masked == (Box(37, 29, 78, 51),)
    assert darkest(decoded(png.derivative), png.masked[0]) == (0, 0)
    jpeg = read_photo("a.jpg", encoded(patterned(mode=mode)), (NAME,))
    edge, inside = darkest(decoded(jpeg.derivative), jpeg.masked[0])
    assert inside <= FAINT
    assert edge < 128


def under_mask(ink: str, subsampling: int | str, *, progressive: bool = False) -> bytes:
    """Return a photo of a form on which something is written where the mask will be."""
    image = patterned()
    image.paste(ink, (40, 32, 70, 48))
    return encoded(image, subsampling=subsampling, progressive=progressive)


@pytest.mark.parametrize("subsampling", [0, 1, 2])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_mask_leaves_no_trace(subsampling: int, progressive: bool) -> None:
    """Two photos that differ under the mask only give the same published bytes, however their blocks are coded."""
    one, other = (
        read_photo("a.jpg", under_mask(ink, subsampling, progressive=progressive), (NAME,))
        for ink in ("black", "yellow")
    )
    assert one.pixel_digest != other.pixel_digest
    assert one.derivative == other.derivative


def test_a_mask_leaves_no_trace_in_a_png() -> None:
    """The same for pixels that are stored one by one: there nothing beside the mask is touched."""
    first, second = patterned(), patterned()
    second.paste("yellow", (37, 29, 78, 51))
    one, other = (read_photo("a.png", encoded(image, ImageKind.PNG), (NAME,)) for image in (first, second))
    assert one.derivative == other.derivative
    assert decoded(one.derivative).getpixel((36, 29)) == first.getpixel((36, 29))


def test_a_mask_takes_the_whole_block() -> None:
    """In a JPEG the mask grows to whole blocks of the stored picture, and the reader is told."""
    coarse = read_photo("a.jpg", under_mask("black", 2), (NAME,))
    assert coarse.masked == (Box(31, 15, 81, 65),)  # blocks of 16, and a pixel for the smoothing of colours
    assert [one.code for one in coarse.issues] == ["N157"]
    fine = read_photo("a.jpg", under_mask("black", 0), (NAME,))
    assert fine.masked == (Box(32, 24, 80, 56),)  # blocks of 8
    fitting = read_photo("a.jpg", under_mask("black", 0), (Mask(left=32, top=24, width=48, height=32),))
    assert fitting.issues == ()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_masks_are_counted_in_the_upright_picture(orientation: int) -> None:
    """However the camera was held: the picture is turned as its metadata say, and the mask lies where it was drawn."""
    upright = patterned(160, 128)
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # what stores an upright picture like this (PIL's numbers)
    held = upright.transpose(Image.Transpose(turns[orientation])) if orientation > 1 else upright
    read = read_photo("a.jpg", encoded(held, subsampling=0, exif=exif(orientation)), (NAME,))
    assert (read.width, read.height) == (160, 128)
    seen = decoded(read.derivative)
    box = read.masked[0]
    assert (max(box.left, 37), max(box.top, 29), min(box.right, 78), min(box.bottom, 51)) == (37, 29, 78, 51)
    assert darkest(seen, box)[1] <= FAINT
    assert seen.getpixel((8, 8))[0] > 150 > seen.getpixel((8, 8))[1]  # red: upper left
    assert seen.getpixel((150, 8))[1] > 120 > seen.getpixel((150, 8))[0]  # green: upper right


@given(
    orientation=st.integers(1, 8),
    size=st.tuples(st.integers(1, 50), st.integers(1, 50)),
    corner=st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(1, 9), st.integers(1, 9)),
)
@settings(max_examples=80)
def test_a_box_turned_there_and_back_is_itself(
    orientation: int, size: tuple[int, int], corner: tuple[int, int, int, int]
) -> None:
    """Turning a box upright and back changes nothing, and the whole picture becomes the whole picture."""
    box = Box(corner[0], corner[1], corner[0] + corner[2], corner[1] + corner[3])
    assert stored_box(orientation, upright_box(orientation, box, *size), *size) == box
    assert upright_box(orientation, Box(0, 0, *size), *size) == Box(0, 0, *turned_size(orientation, *size))


def test_thousandths_are_rounded_outwards() -> None:
    """A mask in thousandths covers at least what it says, in a photo of any size."""
    assert parse_mask("333,1,1,1pm").box(1000, 1000) == Box(333, 1, 334, 2)
    assert parse_mask("333,1,1,1‰").box(1001, 999) == Box(333, 0, 335, 2)
    assert parse_mask("0,0,1000,1000pm").box(4000, 3000) == Box(0, 0, 4000, 3000)


@pytest.mark.parametrize(
    "text",
    ["1,2,3", "1,2,3,4,5", "-1,2,3,4", "1,2,0,4", "1,2,3,0", "a,b,c,d", "", "1.5,2,3,4", "500,0,501,1pm", "٣,2,3,4"],
)
def test_a_mask_is_four_numbers(text: str) -> None:
    """Whatever else is written for a mask is refused: a mask that is misunderstood would publish a name."""
    with pytest.raises(InputError) as refused:
        parse_mask(text)
    assert refused.value.code == "N130"


@pytest.mark.parametrize("text", ["5, 6, 7, 8", "1,2,3,4pm"])
def test_a_mask_is_read_back(text: str) -> None:
    """A mask written down is the same mask when it is read."""
    assert parse_mask(str(parse_mask(text))) == parse_mask(text)


def test_a_mask_that_hides_nothing_is_refused() -> None:
    """A mask outside the upright picture is a mistake; one that reaches beyond its edge is cut off there."""
    data = encoded(patterned(160, 128), ImageKind.PNG)
    with pytest.raises(InputError) as refused:
        read_photo("a.png", data, (Mask(left=160, top=0, width=5, height=5),))
    assert refused.value.code == "N131"
    assert read_photo("a.png", data, (Mask(left=150, top=120, width=99, height=99),)).masked == (
        Box(150, 120, 160, 128),
    )


@given(st.binary(max_size=80))
@settings(max_examples=80)
def test_no_exif_makes_the_reader_stumble(tail: bytes) -> None:
    """Whatever stands in a TIFF header, the orientation is 1 to 8, or said to be unreadable."""
    assert all(0 <= orientation_of(start + tail) <= 8 for start in (b"", b"II*\0", b"MM\0*", b"MM\0*\0\0\0\x08"))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_boxes_turn_as_pixels_do(orientation: int) -> None:
    """A box of the stored picture lies, in the upright one, where the decoder's own turning puts its pixels."""
    stored, box = Image.new("L", (13, 9)), Box(2, 1, 6, 3)
    stored.paste(255, (box.left, box.top, box.right, box.bottom))
    upright = stored.transpose(TURNS[orientation]) if orientation > 1 else stored
    found = upright_box(orientation, box, 13, 9)
    assert upright.getbbox() == (found.left, found.top, found.right, found.bottom)
    assert upright.size == turned_size(orientation, 13, 9)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_mask_leaves_no_trace_in_a_turned_photo(orientation: int) -> None:
    """Blocks are those of the stored picture, whose sides need not be whole blocks, however it is turned."""
    back = {6: 8, 8: 6}.get(orientation, orientation)
    derivatives = set()
    for ink in ("black", "yellow"):
        image = patterned(150, 117)
        image.paste(ink, (40, 32, 70, 48))
        held = image.transpose(TURNS[back]) if back > 1 else image
        data = encoded(held, subsampling=2, exif=exif(orientation))
        derivatives.add(read_photo("a.jpg", data, (NAME,)).derivative)
    assert len(derivatives) == 1
