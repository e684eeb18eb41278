"""Law: a published picture carries pixels and nothing else, byte for byte."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from intaking.photos import encoded, patterned
from museum.build_images import EVERYTHING, GREY, TEXTS, chunk, exif, png, rows, segment, with_segments
from museum.small_photos import COLOUR, PROGRESSIVE
from secondcount.errors import VerificationError
from secondcount.intake.images import ImageKind, Mask, check_stripped, read_photo

SCAN = COLOUR.index(b"\xff\xda")
TABLE = COLOUR.index(b"\xff\xdb")
HUFFMAN = COLOUR.index(b"\xff\xc4")


def refusal(data: bytes) -> str:
    """Return the code with which a picture is refused, "" if it may be published."""
    try:
        check_stripped(data)
    except VerificationError as error:
        return error.code
    return ""


@pytest.mark.parametrize("data", [COLOUR, GREY, PROGRESSIVE, png(), encoded(Image.new("P", (20, 20)), ImageKind.PNG)])
def test_plain_pictures_may_be_published(data: bytes) -> None:
    """Pixels, tables and the fixed header pass: baseline, progressive, grey, palette."""
    assert refusal(data) == ""


@pytest.mark.parametrize("part", [*EVERYTHING, segment(0xE0, b"JFXX\0\x10"), segment(0xF0, b""), segment(0xC8, b"ab")])
def test_nothing_but_the_list(part: bytes) -> None:
    """Any segment or chunk that is not on the list is refused, whatever it is called and wherever it stands."""
    assert refusal(with_segments(part)) == "N141"
    assert refusal(COLOUR[:SCAN] + part + COLOUR[SCAN:]) == "N141"
    assert refusal(COLOUR[:-2] + part + COLOUR[-2:]) == "N141"


@pytest.mark.parametrize(
    "part", [*TEXTS, chunk(b"eXIf", exif()[6:]), chunk(b"tRNS", b"\0\0"), chunk(b"caBX", b"c2pa")]
)
def test_nothing_but_the_list_of_chunks(part: bytes) -> None:
    """A PNG has header, palette, pixels and end, nothing else before the pixels or behind them."""
    assert refusal(png(part)) == refusal(png(behind=(part,))) == "N141"


def widened(at: int, more: bytes) -> bytes:
    """Return the photo with bytes added to the end of the segment at a place."""
    length = int.from_bytes(COLOUR[at + 2 : at + 4], "big")
    end = at + 2 + length
    return COLOUR[: at + 2] + (length + len(more)).to_bytes(2, "big") + COLOUR[at + 4 : end] + more + COLOUR[end:]


@pytest.mark.parametrize(
    "data",
    [
        COLOUR.replace(b"JFIF\0\1\1", b"JFIF\0\1\2", 1),  # another version
        COLOUR.replace(b"\0\0\1\0\1\0\0", b"\1\0\x48\0\x48\0\0", 1),  # a density: which program or scanner wrote it
        widened(2, b"\1\1abc"),  # a thumbnail
        widened(TABLE, b"hidden"),
        widened(HUFFMAN, b"hidden"),
        widened(SCAN, b"hidden"),
        with_segments(b"\xff\xff"),
        with_segments(segment(0xDD, b"\0\0hidden")),
        with_segments(segment(0xDB, b"")),
        with_segments(segment(0xC4, b"")),
        png(chunk(b"PLTE", bytes(4))),
        png(chunk(b"PLTE", bytes(3 * 257))),
        png()[:-12] + chunk(b"IEND", b"hidden"),
    ],
)
def test_nothing_but_the_fixed_form(data: bytes) -> None:
    """What is on the list has one form: no byte can hide behind a table, in a header or between two parts."""
    assert refusal(data) == "N142"


@pytest.mark.parametrize("behind", [b"\0", b"\xff\xd9", COLOUR, b"PK\3\4"])
def test_nothing_behind_the_end(behind: bytes) -> None:
    """The end of the picture is the end of the file."""
    assert refusal(COLOUR + behind) == refusal(png() + behind) == "N143"


def test_no_more_data_than_pixels() -> None:
    """The compressed data of a PNG are its rows: nothing in the stream, behind it or in another chunk."""
    assert refusal(png(pixels=rows(48, 33))) == "N144"
    assert refusal(png(pixels=rows(48, 31))) == "N144"
    assert refusal(png(pixels=rows(48) + b"hidden")) == "N144"
    assert refusal(png(pixels=rows(48)[:-4])) == "N144"
    assert refusal(png(behind=(chunk(b"IDAT", b"hidden"),))) == "N144"
    assert refusal(png(pixels=zlib.compress(bytes(40_000_000)))) == "N144"


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", COLOUR[:-1], png()[:-1], png(pixels=b"none"), COLOUR[:SCAN] + b"\xff\xd9"]
)
def test_only_whole_images_are_published(data: bytes) -> None:
    """What is no whole JPEG or PNG is refused."""
    assert refusal(data) == "N140"


def test_a_first_header_stands_once() -> None:
    """APP0 stands behind the start and nowhere else."""
    assert refusal(with_segments(COLOUR[2:20])) == "N141"
    assert refusal(COLOUR[:2] + COLOUR[20:]) == ""


@given(
    payloads=st.lists(st.binary(min_size=12, max_size=40), min_size=1, max_size=4),
    markers=st.lists(st.sampled_from([0xE1, 0xE2, 0xEB, 0xED, 0xEE, 0xEF, 0xFE, 0xE0]), min_size=4, max_size=4),
    starts=st.lists(
        st.sampled_from(
            [b"Exif\0\0", b"ICC_PROFILE\0\1\1", b"http://ns.adobe.com/xap/1.0/\0", b"Adobe", b"JFIF\0", b""]
        ),
        min_size=4,
        max_size=4,
    ),
    behind=st.booleans(),
)
@settings(max_examples=25)
def test_nothing_of_the_metadata_is_in_the_derivative(
    payloads: list[bytes], markers: list[int], starts: list[bytes], behind: bool
) -> None:
    """Twelve bytes of any EXIF, XMP, profile, comment or trailer never occur in what is published."""
    unique = [b"<" + bytes(1 + one % 255 for one in payload) + b"\xab\xcd>" for payload in payloads]
    parts = [segment(marker, start + text) for marker, start, text in zip(markers, starts, unique, strict=False)]
    photo = with_segments(*parts) + (b"\0" + unique[0] if behind else b"")
    picture = png(*(chunk(b"tEXt", b"Comment\0" + text) for text in unique)) + (unique[0] if behind else b"")
    for data in (photo, picture):
        derivative = read_photo("photo", data, (Mask(left=0, top=0, width=9, height=9),)).derivative
        check_stripped(derivative)
        assert not [text for text in unique if text in derivative]


def test_metadata_do_not_change_the_picture() -> None:
    """The same photo with and without metadata gives the same derivative and the same digest of its pixels."""
    plain, rich = read_photo("a.jpg", COLOUR), read_photo("b.jpg", with_segments(*EVERYTHING) + b"\0trailer")
    assert (plain.derivative, plain.pixel_digest) == (rich.derivative, rich.pixel_digest)
    assert plain.original_digest != rich.original_digest


def test_the_same_photo_gives_the_same_bytes() -> None:
    """Reading twice gives the same derivative, byte for byte."""
    data = encoded(patterned())
    assert read_photo("a.jpg", data).derivative == read_photo("a.jpg", data).derivative
