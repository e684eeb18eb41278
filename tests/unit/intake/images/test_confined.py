"""Law: strangers' pixels are decoded in a process that can harm nobody, and whatever it does is a refusal."""

from __future__ import annotations

import ast
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

import secondcount
from intaking.photos import decoded, encoded, patterned
from museum.build_images import header, png, rows
from museum.small_photos import CMYK, COLOUR
from secondcount.errors import InputError
from secondcount.intake.images import LIMITS, ImageKind, Limits, read_photo
from secondcount.intake.images import decoding as decoding_room
from secondcount.intake.images.decoding import CHILD, redraw
from secondcount.intake.images.picture import parse_picture

ROOT = Path(secondcount.__file__).parent


def refusal(data: bytes, limits: Limits = LIMITS) -> str:
    """Return the code with which a photo is refused, "" if it is read."""
    try:
        read_photo("a.jpg", data, (), limits)
    except InputError as error:
        return error.code
    return ""


def played(tmp_path: Path, script: str, limits: Limits = LIMITS) -> str:
    """Return the code of the refusal when the child is another program, "" if its answer is believed."""
    child = tmp_path / "child.py"
    child.write_text(textwrap.dedent(script), encoding="utf-8")
    try:
        redraw("a.jpg", parse_picture("a.jpg", COLOUR, limits), (), limits, child)
    except InputError as error:
        return error.code
    return ""


def test_only_the_child_knows_the_decoder() -> None:
    """In the rooms that receive, no module but the two children imports Pillow, and nobody imports these."""
    knowing = set()
    for path in (one for one in ROOT.rglob("*.py") if "rehearsal" not in one.parts):  # that room draws its own
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            modules = [node.module or "", *names] if isinstance(node, ast.ImportFrom) else names
            if any(one.split(".")[0] == "PIL" or one.split(".")[-1] in ("child", "translator") for one in modules):
                knowing.add(path.name)
    assert knowing == {"child.py", "translator.py"}


def test_the_parent_never_loads_the_decoder() -> None:
    """After a photo has been read, the process that asked for it has not loaded Pillow."""
    program = f"""
        import sys
        from secondcount.intake.images import read_photo
        read_photo("a.jpg", bytes.fromhex("{COLOUR.hex()}"))
        sys.exit("PIL" in sys.modules)
    """
    assert subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False).returncode == 0


def test_a_confined_process_opens_nothing() -> None:
    """Once confined, the child can open no file, no socket and no further process, and leave no core behind."""
    program = f"""
        import importlib.util, os, resource, socket, sys
        spec = importlib.util.spec_from_file_location("child", {str(CHILD)!r})
        child = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(child)
        child.confine(2**30, 5)
        for attempt in (lambda: open("/dev/null"), lambda: open("x", "wb"), socket.socket, os.pipe):
            try:
                attempt()
            except OSError:
                continue
            sys.exit(1)
        none = (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC)
        sys.exit(any(resource.getrlimit(one) != (0, 0) for one in none))
    """
    assert subprocess.run([sys.executable, "-I", "-c", textwrap.dedent(program)], check=False).returncode == 0


def test_memory_is_limited() -> None:
    """A picture that needs more memory than the child has is refused, and the parent goes on."""
    large = png(first=header(4000, 4000), pixels=rows(4000, 4000))
    assert refusal(large) == ""
    assert refusal(large, replace(LIMITS, memory=40 * 2**20)) == "N121"
    assert refusal(COLOUR) == ""


def test_time_is_limited(tmp_path: Path) -> None:
    """A child that computes or sleeps for ever is ended, whether it reads what it is sent or not."""
    assert played(tmp_path, "import time; time.sleep(8)", replace(LIMITS, wall=1)) == "N122"
    endless = "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile True: pass"
    assert played(tmp_path, endless) == "N122"


@pytest.mark.parametrize("signal", [6, 9, 11])
def test_a_crash_is_a_refusal(tmp_path: Path, signal: int) -> None:
    """A child that aborts, is killed or reads where it may not is a refusal of the file."""
    assert played(tmp_path, f"import os; os.kill(os.getpid(), {signal})") == "N123"


def test_a_traceback_of_the_child_is_a_refusal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever the child says when it falls is not shown to anybody."""
    assert played(tmp_path, "raise RuntimeError('secret')") == "N120"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "answer",
    [
        "b''",
        "b'48 32\\n'",
        f"b'48 33 {'0' * 64}\\n'",
        f"b'48 32 {'0' * 63}\\n'",
        "b'no line at all'",
        f"b'48 32 {'0' * 64}' + b' ' * 200 + b'\\n'",
    ],
)
def test_the_child_is_not_believed(tmp_path: Path, answer: str) -> None:
    """An answer that does not fit what the header declares is refused."""
    assert played(tmp_path, f"import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write({answer})") == "N124"


def test_an_endless_answer_is_cut_off(tmp_path: Path) -> None:
    """A child that writes more than any picture could be is ended before it fills the memory of the parent."""
    assert played(tmp_path, "import sys\nwhile True: sys.stdout.buffer.write(bytes(2**20))") == "N123"


def test_a_decoder_that_cannot_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no process can be started it is said so."""
    monkeypatch.setattr(decoding_room.sys, "executable", "/nonexistent/python")
    assert refusal(COLOUR) == "N125"


def test_the_child_sees_neither_environment_nor_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of our environment reaches the child, where keys and passphrases may be."""
    monkeypatch.setenv("SECONDCOUNT_KEY_PASSPHRASE", "secret")
    monkeypatch.chdir(tmp_path)
    script = "import os, sys\nsys.exit(4 if 'secret' in os.environ.values() or '' in sys.path else 1)"
    assert played(tmp_path, script) == "N120"


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(size=len(COLOUR)), ""),
        (Limits(size=len(COLOUR) - 1), "N101"),
        (Limits(pixels=48 * 32), ""),
        (Limits(pixels=48 * 32 - 1), "N109"),
        (Limits(longest=48), ""),
        (Limits(longest=47), "N110"),
        (Limits(shortest=32), ""),
        (Limits(shortest=33), "N111"),
        (Limits(parts=9), "N115"),
    ],
)
def test_a_limit_holds_at_its_edge(limits: Limits, code: str) -> None:
    """What is exactly as large as a limit is read, what is larger by one is refused."""
    assert refusal(COLOUR, limits) == code


def test_sixteen_bits_keep_their_upper_half() -> None:
    """A grey PNG of 16 bits becomes its upper 8 bits: nothing is cut off to white."""
    seen = decoded(read_photo("a.png", png(first=header(bits=16), pixels=rows(96))).derivative)
    assert [seen.getpixel((x, 0))[0] for x in range(4)] == [0, 14, 28, 42]


def test_transparent_pixels_show_white() -> None:
    """What is transparent is not seen, so what is stored there is not published."""
    image = patterned(mode="RGBA")
    image.putalpha(0)
    seen = decoded(read_photo("a.png", encoded(image, ImageKind.PNG)).derivative)
    assert seen.getextrema() == ((255, 255),) * 3


def test_printing_colours_are_turned_the_right_way_round() -> None:
    """A white sheet in printing colours is white on the screen, not black."""
    assert min(decoded(read_photo("a.jpg", CMYK).derivative).getpixel((46, 30))) > 240


@pytest.mark.shared
def test_real_photos_are_read(shared: Path) -> None:
    """Every real photo and scan of a tally sheet is read, keeps its size, and looks the same."""
    files = sorted(one for one in (shared / "data" / "img_tally").iterdir() if one.suffix in (".jpg", ".png"))
    assert len(files) >= 6
    for path in files:
        read = read_photo(path.name, path.read_bytes())
        before, after = decoded(path.read_bytes()), decoded(read.derivative)
        assert after.size == before.size == (read.width, read.height)
        small = [list(one.resize((32, 32)).convert("L").tobytes()) for one in (before, after)]
        assert max(abs(one - other) for one, other in zip(*small, strict=True)) <= 8
