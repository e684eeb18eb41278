"""Builds the museum of images: each exhibit is a small healthy photo with a single thing odd about it, which names it.

Run it to write `images/` and `images.toml` (the list of what each exhibit must give) beside it; a test builds the
museum again and compares. No image library is used: the bytes are the same on every machine.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from museum.build_scans import pdf, tiff
from museum.shelves import MUSEUM, lay_out
from museum.small_photos import CMYK, COLOUR, GREY, PROGRESSIVE
from museum.small_scans import HEIC, HEIC_WITH_EXIF, WEBP, WEBP_LOSSLESS, WEBP_MOVING, WEBP_SIDEWAYS

__all__ = ["EXHIBITS", "Exhibit", "build", "chunk", "exif", "png", "segment", "with_segments"]

SIDES = (48, 32)
PNG_START = b"\x89PNG\r\n\x1a\n"
FRAME = COLOUR.index(b"\xff\xc0")
SCAN = COLOUR.index(b"\xff\xda")
ZIP = b"PK\x03\x04" + bytes(26) + b"PK\x05\x06" + bytes(18)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A file and what it must give: the code of its refusal, or its notes and its upright size."""

    name: str
    data: bytes
    refusal: str = ""
    notes: tuple[str, ...] = ()
    sides: tuple[int, int] = SIDES


def refused(name: str, code: str, data: bytes) -> Exhibit:
    """Return a file that cannot be used."""
    return Exhibit(name=name, data=data, refusal=code)


def read(name: str, data: bytes, *notes: str, sides: tuple[int, int] = SIDES) -> Exhibit:
    """Return a file that is read, with what must be said of it."""
    return Exhibit(name=name, data=data, notes=notes, sides=sides)


def segment(marker: int, body: bytes) -> bytes:
    """Return a JPEG segment."""
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def with_segments(*parts: bytes, photo: bytes = COLOUR) -> bytes:
    """Return a photo with segments behind its first one (APP0)."""
    return photo[:20] + b"".join(parts) + photo[20:]


def framed(marker: int = 0xC0, bits: int = 8, width: int = 48, height: int = 32) -> bytes:
    """Return the photo under another frame header."""
    sizes = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return COLOUR[: FRAME + 1] + bytes((marker, 0, 17, bits)) + sizes + COLOUR[FRAME + 9 :]


def two_components() -> bytes:
    """Return the photo with a frame header of two colours."""
    header = segment(0xC0, COLOUR[FRAME + 4 : FRAME + 9] + b"\x02" + COLOUR[FRAME + 10 : FRAME + 16])
    return COLOUR[:FRAME] + header + COLOUR[FRAME + 19 :]


def exif(orientation: int = 1, more: bytes = b"", order: str = "big") -> bytes:
    """Return the body of an EXIF segment with one entry."""
    big = order == "big"

    def number(value: int, size: int) -> bytes:
        return value.to_bytes(size, "big" if big else "little")

    start = b"MM\0*" if big else b"II*\0"
    entry = number(0x0112, 2) + number(3, 2) + number(1, 4) + number(orientation, 2) + bytes(2)
    return b"Exif\0\0" + start + number(8, 4) + number(1, 2) + entry + bytes(4) + more


def chunk(kind: bytes, body: bytes = b"") -> bytes:
    """Return a PNG chunk."""
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def header(width: int = 48, height: int = 32, bits: int = 8, colour: int = 0) -> bytes:
    """Return the header chunk of a PNG."""
    return chunk(b"IHDR", width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((bits, colour, 0, 0, 0)))


def rows(row: int, height: int = 32) -> bytes:
    """Return stored (not compressed) rows with a pattern in them."""
    return zlib.compress(b"".join(bytes((0, *((7 * x + 3 * y) % 256 for x in range(row)))) for y in range(height)), 0)


def png(*before: bytes, first: bytes = b"", pixels: bytes = b"", behind: Iterable[bytes] = ()) -> bytes:
    """Return a PNG: header, further chunks, pixels, chunks behind the pixels, end."""
    parts = (PNG_START, first or header(), *before, chunk(b"IDAT", pixels or rows(48)), *behind, chunk(b"IEND"))
    return b"".join(parts)


PALETTE = chunk(b"PLTE", bytes(range(48)) * 16)
PLAIN_PNG = png()
TEXTS = (
    chunk(b"tEXt", b"Author\0Ivan Ivanov"),
    chunk(b"zTXt", b"Place\0\0" + zlib.compress(b"43.2389 N, 76.8897 E", 0)),
    chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta/>"),
)
GPS = b"\x88\x25\0\4\0\0\0\1\0\0\0\x1a43.2389 N 76.8897 E"
EVERYTHING = (
    segment(0xE1, exif(more=GPS)),
    segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"),
    segment(0xE2, b"ICC_PROFILE\0\1\1profile"),
    segment(0xE2, b"MPF\0MM\0*"),
    segment(0xEB, b"JP\0\1c2pa"),
    segment(0xED, b"Photoshop 3.0\0008BIM"),
    segment(0xEF, b"maker's own"),
    segment(0xFE, b"serial number 0815"),
)

OTHER_KINDS = (
    refused("empty.jpg", "N100", b""),
    refused("heic_of_nothing_named_jpg.jpg", "N120", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
    refused("avif.avif", "N102", b"\0\0\0\x18ftypavif\0\0\0\0mif1avif"),
    refused("webp_of_nothing_named_jpg.jpg", "N120", b"RIFF\x24\0\0\0WEBPVP8 "),
    refused("gif.gif", "N102", b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"),
    refused("tiff_of_nothing.tif", "N120", b"II*\0\x08\0\0\0\0\0\0\0"),
    refused("bitmap.bmp", "N102", b"BM\x3a\0\0\0\0\0\0\0\x36\0\0\0"),
    refused("jpeg_2000.jp2", "N102", b"\0\0\0\x0cjP  \r\n\x87\n"),
    refused("jpeg_xl.jxl", "N102", b"\xff\x0a\x7a\x1f"),
    refused("film_named_jpg.jpg", "N102", b"\0\0\0\x18ftypisom\0\0\2\0isomiso2"),
    refused("pdf_of_nothing_named_jpg.jpg", "N120", b"%PDF-1.7\n1 0 obj\n"),
    refused("html_named_jpg.jpg", "N104", b"<!DOCTYPE html>\n<html><body>404</body></html>"),
    refused("html_behind_a_comment.jpg", "N104", b"<!-- saved --><html><script>alert(1)</script></html>"),
    refused("svg.svg", "N104", b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    refused("xml.png", "N104", b'<?xml version="1.0"?>\n<protocol/>'),
    refused("zip_named_jpg.jpg", "N105", ZIP),
    refused("gzip_named_jpg.jpg", "N105", b"\x1f\x8b\x08\0\0\0\0\0\0\3"),
    refused("program_named_jpg.jpg", "N105", b"MZ" + bytes(62)),
    refused("script_named_jpg.jpg", "N105", b"#!/bin/sh\nrm -r ~\n"),
    refused("php_named_jpg.jpg", "N105", b"<?php system($_GET['c']); ?>"),
    refused("text_named_jpg.jpg", "N106", b"The photo is attached."),
    refused("nothing_but_zeros.png", "N106", bytes(64)),
)
DAMAGED = (
    refused("jpeg_with_garbage_between_segments.jpg", "N107", with_segments(b"garbage")),
    refused("jpeg_with_a_length_of_one.jpg", "N107", with_segments(b"\xff\xfe\0\1")),
    refused("jpeg_with_two_frames.jpg", "N107", with_segments(COLOUR[FRAME : FRAME + 19])),
    refused("jpeg_without_a_frame.jpg", "N107", COLOUR[:FRAME] + COLOUR[FRAME + 19 :]),
    refused("jpeg_without_pixels.jpg", "N107", COLOUR[:SCAN] + b"\xff\xd9"),
    refused("jpeg_in_jpeg.jpg", "N107", with_segments(b"\xff\xd8")),
    refused("jpeg_with_impossible_sampling.jpg", "N107", COLOUR.replace(b"\1\x22\0", b"\1\x55\0", 1)),
    refused("png_with_wrong_checksum.png", "N107", PLAIN_PNG[:-1] + b"\0"),
    refused("png_with_wrong_checksum_of_pixels.png", "N107", PLAIN_PNG.replace(b"\7\16\25", b"\7\16\26", 1)),
    refused("png_without_pixels.png", "N107", PNG_START + header() + chunk(b"IEND")),
    refused("png_with_pixels_in_two_places.png", "N107", png(chunk(b"IDAT"), chunk(b"tIME", bytes(7)))),
    refused("png_with_impossible_depth.png", "N107", png(first=header(bits=16, colour=3))),
    refused("png_with_two_headers.png", "N107", png(header())),
    refused("png_without_its_palette.png", "N107", png(first=header(colour=3))),
    refused("png_with_a_chunk_of_no_letters.png", "N107", png(chunk(b"\0\1\2\3"))),
    refused("jpeg_cut_short.jpg", "N108", COLOUR[: len(COLOUR) // 2]),
    refused("jpeg_cut_in_its_pixels.jpg", "N108", COLOUR[:-20]),
    refused("jpeg_without_its_last_byte.jpg", "N108", COLOUR[:-1]),
    refused("jpeg_of_three_bytes.jpg", "N108", COLOUR[:3]),
    refused("png_cut_short.png", "N108", PLAIN_PNG[: len(PLAIN_PNG) // 2]),
    refused("png_of_nothing_but_its_mark.png", "N108", PNG_START),
    refused("png_with_a_giant_chunk.png", "N108", PNG_START + header() + b"\x7f\xff\xff\xffIDAT"),
    refused("png_with_pixels_of_garbage.png", "N120", png(pixels=b"not zlib")),
    refused("png_with_too_few_rows.png", "N120", png(pixels=rows(48, 20))),
    refused("jpeg_without_tables.jpg", "N120", COLOUR[:20] + COLOUR[FRAME:]),
)
SIZES = (
    refused("png_bomb.png", "N109", png(first=header(19_999, 19_999))),
    refused("jpeg_bomb.jpg", "N109", framed(width=16_000, height=16_000)),
    refused("one_by_100000.png", "N110", png(first=header(1, 100_000))),
    refused("jpeg_of_65535.jpg", "N110", framed(width=65_535, height=65_535)),
    refused("png_of_two_billion.png", "N110", png(first=header(2**31 - 1, 2**31 - 1))),
    refused("thumbnail.png", "N111", png(first=header(8, 8), pixels=rows(8, 8))),
    refused("jpeg_without_height.jpg", "N111", framed(height=0)),
    refused("jpeg_of_too_many_parts.jpg", "N115", with_segments(b"\xff\xfe\0\2" * 20_001)),
)
UNUSUAL = (
    refused("animated.png", "N112", png(chunk(b"acTL", bytes(4) + b"\0\0\0\0"))),
    refused("lossless.jpg", "N113", framed(marker=0xC3)),
    refused("arithmetic.jpg", "N113", framed(marker=0xC9)),
    refused("twelve_bits.jpg", "N113", framed(bits=12)),
    refused("two_colours.jpg", "N113", two_components()),
    refused("jpeg_and_zip.jpg", "N114", COLOUR + ZIP),
    refused("jpeg_and_zip_with_something_between.jpg", "N114", COLOUR + b"motion" + ZIP),
    refused("png_and_zip.png", "N114", PLAIN_PNG + ZIP),
    refused("jpeg_and_page.jpg", "N114", COLOUR + b"<script>alert(1)</script>"),
    refused("jpeg_and_php.jpg", "N114", COLOUR + b"<?php phpinfo();"),
    refused("jpeg_and_pdf.jpg", "N114", COLOUR + b"\n%PDF-1.7"),
    refused("pdf_in_a_comment.jpg", "N114", with_segments(segment(0xFE, b"%PDF-1.7\n"))),
)
READ = (
    read("healthy.jpg", COLOUR),
    read("healthy.png", PLAIN_PNG),
    read("html_named_photo.html", COLOUR),
    read("grey.jpg", GREY),
    read("progressive.jpg", PROGRESSIVE),
    read("cmyk.jpg", CMYK, "N154"),
    read("restart_interval_of_none.jpg", with_segments(segment(0xDD, b"\0\0"))),
    read("fill_bytes_before_a_marker.jpg", with_segments(b"\xff\xff\xff")),
    read("held_sideways.jpg", with_segments(segment(0xE1, exif(6))), "N150", "N152", sides=(32, 48)),
    read(
        "held_sideways_little_endian.jpg",
        with_segments(segment(0xE1, exif(8, order="little"))),
        "N150",
        "N152",
        sides=(32, 48),
    ),
    read("held_upside_down.png", png(chunk(b"eXIf", exif(3)[6:])), "N150", "N152"),
    read("orientation_nine.jpg", with_segments(segment(0xE1, exif(9))), "N150", "N153"),
    read("exif_of_garbage.jpg", with_segments(segment(0xE1, b"Exif\0\0garbage")), "N150", "N153"),
    read("every_kind_of_metadata.jpg", with_segments(*EVERYTHING), "N150"),
    read("thumbnail_in_app0.jpg", with_segments(segment(0xE0, b"JFXX\0\x13\1\1abc")), "N150"),
    read("texts.png", png(*TEXTS), "N150"),
    read("texts_behind_the_pixels.png", png(behind=TEXTS), "N150"),
    read("unknown_chunk.png", png(chunk(b"spYy", b"hidden")), "N150"),
    read("second_photo_behind.jpg", COLOUR + GREY, "N151"),
    read("film_behind.jpg", COLOUR + b"\0\0\0\x18ftypmp42" + bytes(64), "N151"),
    read("zeros_behind.png", PLAIN_PNG + bytes(16), "N151"),
    read("sixteen_bits.png", png(first=header(bits=16), pixels=rows(96)), "N155"),
    read("sixteen_bits_in_colour.png", png(first=header(bits=16, colour=2), pixels=rows(288)), "N155"),
    read("one_bit.png", png(first=header(bits=1), pixels=rows(6))),
    read("palette.png", png(PALETTE, first=header(colour=3))),
    read("palette_with_alpha.png", png(PALETTE, chunk(b"tRNS", bytes(range(200))), first=header(colour=3)), "N156"),
    read("grey_with_alpha.png", png(first=header(colour=4), pixels=rows(96)), "N156"),
    read("colour_with_alpha.png", png(first=header(colour=6), pixels=rows(192)), "N156"),
)

ACTION = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /Names << /JavaScript << /Names [(a) 5 0 R] >> >>"
SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
FILES = b"/Names << /EmbeddedFiles << /Names [(a.exe) 5 0 R] >> >>"
FILE = b"<< /Type /Filespec /F (a.exe) /EF << /F 6 0 R >> >>"
LOCKED = b"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32)
TRANSLATED = (
    read("photo.heic", HEIC),
    read("heic_named_jpg.jpg", HEIC),
    read("heic_with_exif.heic", HEIC_WITH_EXIF, "N150"),
    refused("heic_cut_short.heic", "N120", HEIC[: len(HEIC) // 2]),
    refused("heic_and_zip.heic", "N114", HEIC + ZIP),
    refused("heic_and_pdf.heic", "N114", HEIC[:200] + b"%PDF-1.7" + HEIC[208:]),
    read("photo.webp", WEBP),
    read("webp_without_loss_named_png.png", WEBP_LOSSLESS),
    read("webp_held_sideways.webp", WEBP_SIDEWAYS, "N150", "N159", sides=(32, 48)),
    refused("webp_moving.webp", "N112", WEBP_MOVING),
    refused("webp_cut_short.webp", "N120", WEBP[: len(WEBP) // 2]),
    refused("webp_and_page.webp", "N114", WEBP + b"<script>alert(1)</script>"),
    read("scan.tif", tiff((48, 32))),
    read("scan_of_three_pages.tif", tiff((48, 32), (40, 20), (48, 32)), "N158", sides=(48, 84)),
    read("scan_of_nine_pages.tif", tiff(*((48, 32),) * 9), "N158", sides=(48, 256)),
    read("scan_held_sideways.tif", tiff((48, 32), orientation=6), "N159", sides=(32, 48)),
    refused(
        "tiff_bomb.tif",
        "N109",
        tiff((48, 32))
        .replace(b"\0\1\4\0\1\0\0\0\x30\0", b"\0\1\4\0\1\0\0\0\x20\x4e")
        .replace(b"\1\1\4\0\1\0\0\0\x20\0", b"\1\1\4\0\1\0\0\0\x20\x4e"),
    ),
    refused("tiff_of_one_line.tif", "N111", tiff((48, 1))),
    refused("tiff_cut_in_its_pixels.tif", "N120", tiff((48, 32))[:600]),
    refused("tiff_whose_pages_go_round.tif", "N120", b"II*\0\x08\0\0\0\0\0\x08\0\0\0"),
    refused("tiff_and_zip.tif", "N114", tiff((48, 32)) + ZIP),
    read("document.pdf", pdf(), sides=(200, 100)),
    read("document_of_two_pages.pdf", pdf(2), "N158", sides=(200, 200)),
    read("document_of_nine_pages.pdf", pdf(9), "N158", sides=(200, 800)),
    read("document_with_a_script.pdf", pdf(root=ACTION, more=(SCRIPT,)), "N150", sides=(200, 100)),
    read(
        "document_with_a_program_attached.pdf",
        pdf(root=FILES, more=(FILE, b"<< /Length 2 >>\nstream\nMZ\nendstream")),
        "N150",
        sides=(200, 100),
    ),
    refused("document_with_a_password.pdf", "N116", pdf(trailer=LOCKED)),
    refused("document_without_pages.pdf", "N120", pdf(0)),
    read("document_on_a_giant_page.pdf", pdf(box=b"0 0 14400 14400"), sides=(4000, 4000)),
    refused("document_on_a_strip.pdf", "N111", pdf(box=b"0 0 14400 3")),
    refused("document_and_zip.pdf", "N114", pdf() + ZIP),
    refused("pdf_cut_short.pdf", "N120", pdf()[:60]),
)

EXHIBITS = (*OTHER_KINDS, *DAMAGED, *SIZES, *UNUSUAL, *READ, *TRANSLATED)


def _entry(one: Exhibit) -> str:
    if one.refusal:
        return f'["{one.name}"]\nrefusal = "{one.refusal}"\n'
    notes = ", ".join(f'"{note}"' for note in one.notes)
    return f'["{one.name}"]\nsides = [{one.sides[0]}, {one.sides[1]}]\nnotes = [{notes}]\n'


def build(folder: Path) -> None:
    """Write all exhibits and their list into a folder."""
    entries = [_entry(one) for one in sorted(EXHIBITS, key=lambda one: one.name)]
    lay_out(folder, "images", {one.name: one.data for one in EXHIBITS}, entries)


if __name__ == "__main__":
    build(MUSEUM)
