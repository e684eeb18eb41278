"""Law: HEIC, WebP, TIFF and PDF become photos in a confined child, and what that child says is not believed."""

from __future__ import annotations

import hashlib
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from intaking.photos import decoded, encoded, patterned
from museum.build_images import png
from museum.build_scans import pdf, tiff
from museum.shelves import can_be_said
from museum.small_scans import HEIC, WEBP
from secondcount.errors import InputError
from secondcount.intake.images import LIMITS, ImageKind, Limits, Mask, read_photo, sniff
from secondcount.intake.images.foreign import TRANSLATOR, translate

ONE = "sys.stdout.buffer.write(b'1 48x32 -\\n' + bytes.fromhex('{}'))"


def played(tmp_path: Path, script: str, limits: Limits = LIMITS) -> str:
    """Return the code of the refusal when the translator is another program, "" if its answer is believed."""
    child = tmp_path / "translator.py"
    child.write_text("import sys\nsys.stdin.buffer.read()\n" + textwrap.dedent(script), encoding="utf-8")
    try:
        translate("a.heic", ImageKind.HEIC, HEIC, limits, child)
    except InputError as error:
        return error.code if can_be_said(error.code, error.values) else "?"
    return ""


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (HEIC, ImageKind.HEIC),
        (WEBP, ImageKind.WEBP),
        (tiff((48, 32)), ImageKind.TIFF),
        (pdf(), ImageKind.PDF),
        (b"\n" + pdf(), ImageKind.PDF),
    ],
)
def test_the_first_bytes_say_what_a_file_is(data: bytes, kind: ImageKind) -> None:
    """Kinds are told by magic bytes; what is published of every one of them is a JPEG."""
    assert sniff("photo.jpg", data[:2048]) is kind
    read = read_photo("photo.jpg", data)
    assert (read.original_kind, read.kind) == (kind, ImageKind.JPEG)
    assert read.original_digest == hashlib.sha256(data).hexdigest()


def test_a_format_without_its_library(tmp_path: Path) -> None:
    """Where the extra is not installed, that is said, with what to install."""
    assert played(tmp_path, "sys.exit(10)") == "N117"


WITH = """
import runpy, sys
program = runpy.run_path({path!r})
{before}
program["main"](sys.argv[1:])
"""


def changed(tmp_path: Path, before: str, data: bytes = HEIC, kind: ImageKind = ImageKind.HEIC) -> str:
    """Return the code of the refusal when the real translator runs with something changed."""
    child = tmp_path / "changed.py"
    child.write_text(WITH.format(path=str(TRANSLATOR), before=textwrap.dedent(before)), encoding="utf-8")
    try:
        translate("a", kind, data, LIMITS, child)
    except InputError as error:
        return error.code
    return ""


@pytest.mark.parametrize(("missing", "data", "kind"), [("pi_heif", HEIC, "HEIC"), ("pypdfium2", pdf(), "PDF")])
def test_a_library_that_is_not_installed_is_named(tmp_path: Path, missing: str, data: bytes, kind: str) -> None:
    """The extra is optional: without it the others are read, and this format is refused with what to install."""
    assert changed(tmp_path, f"sys.modules[{missing!r}] = None", data, ImageKind[kind]) == "N117"
    assert changed(tmp_path, f"sys.modules[{missing!r}] = None", WEBP, ImageKind.WEBP) == ""


@pytest.mark.parametrize("attempt", ["open('/dev/null')", "open('x', 'wb')", "socket.socket()", "os.pipe()"])
@pytest.mark.parametrize(("data", "kind"), [(HEIC, "HEIC"), (pdf(), "PDF"), (WEBP, "WEBP"), (tiff((48, 32)), "TIFF")])
def test_the_translator_can_open_nothing(tmp_path: Path, attempt: str, data: bytes, kind: str) -> None:
    """Once it reads a stranger's bytes it has no file, no socket and no pipe to open, whatever the format needs."""
    before = f"""
        import os, socket
        def attempt(*_):
            try:
                {attempt}
            except OSError:
                sys.exit(9)
        program["main"].__globals__["translate"] = attempt
    """
    assert changed(tmp_path, before, data, ImageKind[kind]) == "N116"


@pytest.mark.parametrize("code", [("sys.exit(1)", "N120"), ("sys.exit(3)", "N121"), ("sys.exit(77)", "N123")])
def test_every_end_of_the_translator_is_a_refusal(tmp_path: Path, code: tuple[str, str]) -> None:
    """What the child says with its exit code is told by a code of ours."""
    assert played(tmp_path, code[0]) == code[1]


def test_a_size_that_is_too_large_is_told(tmp_path: Path) -> None:
    """The child says which size it found; without one it is not believed."""
    assert played(tmp_path, "sys.stdout.write('99999 9\\n'); sys.stdout.flush(); sys.exit(6)") == "N110"
    assert played(tmp_path, "sys.exit(6)") == "N123"


def test_the_translator_is_not_believed(tmp_path: Path) -> None:
    """Its PNG must be a whole PNG of the size that its pages make; bytes behind it are refused."""
    sound = png().hex()
    assert played(tmp_path, ONE.format(sound)) == ""
    assert played(tmp_path, ONE.format(sound).replace("48x32", "48x33")) == "N124"
    assert played(tmp_path, ONE.format(sound).replace("48x32", "48x16,48x16")) == ""
    assert played(tmp_path, ONE.format(sound + "00")) == "N124"
    assert played(tmp_path, ONE.format(sound).replace("1 48x32 -", "<script> -")) == "N124"
    assert played(tmp_path, ONE.format(encoded(patterned(48, 32)).hex())) == "N124"
    assert played(tmp_path, "import time; time.sleep(9)", replace(LIMITS, wall=1)) == "N122"


def test_masks_of_the_form_hide_on_every_page() -> None:
    """A mask in thousandths is one of each page; a mask in pixels is one of the whole picture."""
    data = tiff((48, 32), (48, 32))
    left = Mask(left=0, top=0, width=500, height=1000, per_mille=True)
    seen = decoded(read_photo("a.tif", data, (left,)).derivative)
    assert [max(seen.getpixel((4, y))) < 8 for y in (4, 28, 36, 60)] == [True] * 4
    seen = decoded(read_photo("a.tif", data, (Mask(left=0, top=0, width=48, height=32),)).derivative)
    assert [max(seen.getpixel((40, y))) < 8 for y in (8, 52)] == [True, False]


def test_a_document_is_drawn_as_fine_as_its_scan() -> None:
    """A page is drawn with 200 dots to the inch, and never larger than the limits."""
    assert (read_photo("a.pdf", pdf()).width, read_photo("a.pdf", pdf()).height) == (200, 100)
    small = replace(LIMITS, pixels=5_000)
    read = read_photo("a.pdf", pdf(), (), small)
    assert read.width * read.height <= 5_000


def test_no_font_or_file_is_opened_for_a_document() -> None:
    """A PDF that wants a file of this machine shows nothing of it."""
    outside = pdf(root=b"/OpenAction << /S /Launch /F (/etc/passwd) >>")
    assert read_photo("a.pdf", outside).derivative == read_photo("a.pdf", pdf()).derivative


def test_a_file_larger_than_the_limit_is_not_translated() -> None:
    """The size is asked before anything is started."""
    with pytest.raises(InputError) as refused:
        read_photo("a.pdf", pdf(), (), replace(LIMITS, size=100))
    assert refused.value.code == "N101"
