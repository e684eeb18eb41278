"""A photo is decoded by a child process that may not harm anybody: little memory, little time, no files, no network.

A decoder that crashes, hangs or eats memory on a stranger's file is a refusal of that file, never the end of ours.
The child is a script that is run by its path in isolated mode (`python -I`): it sees neither this package nor the
folder and the environment from which we were started, and starts in 40 ms.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Timer

from secondcount.errors import InputError, reason_of
from secondcount.intake.images.kinds import ImageKind
from secondcount.intake.images.limits import Limits
from secondcount.intake.images.orientation import Box, turned_size
from secondcount.intake.images.picture import Picture

__all__ = ["CHILD", "OUT_OF_TIME", "OVERHEAD", "Redrawn", "redraw", "run_confined"]

CHILD = Path(__file__).with_name("child.py")
_NAMES = {ImageKind.JPEG: "JPEG", ImageKind.PNG: "PNG"}
_EXITS = {1: "N120", 3: "N121", 4: "N124"}
OUT_OF_TIME = -getattr(signal, "SIGXCPU", 24)
_LINE = 256  # bytes of the first line of an answer, at most
OVERHEAD = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Redrawn:
    """The child's answer: the upright picture encoded anew, its size, the digest of its pixels before the masks."""

    width: int
    height: int
    pixel_digest: str
    fingerprint: str  # 64 hexadecimal digits, "" where there is too little in the picture
    data: bytes


def redraw(
    file: str,
    picture: Picture,
    boxes: tuple[Box, ...],
    limits: Limits,
    child: Path = CHILD,
    *,
    target: ImageKind | None = None,
) -> Redrawn:
    """Return the upright, masked picture without anything else, as a child process draws it; `target` is its format.

    Raises:
        InputError: N120 the pixels cannot be decoded, N121 out of memory, N122 out of time, N123 the child crashed,
            N124 it found another size than the header declares, N125 it cannot be started here.

    """
    command = [sys.executable, "-I", str(child), *_arguments(picture, boxes, limits, target or picture.kind)]
    most = picture.width * picture.height * 4 + OVERHEAD
    try:
        answer, code, late = run_confined(command, picture.bare, most, limits.wall)
    except OSError as error:
        raise InputError("N125", file=file, reason=reason_of(error)) from None
    if late or code == OUT_OF_TIME:
        raise InputError("N122", file=file)
    if code in _EXITS:
        raise InputError(_EXITS[code], file=file)
    if code:
        raise InputError("N123", file=file, status=code)
    return _parse(file, answer, picture, most)


def _arguments(picture: Picture, boxes: tuple[Box, ...], limits: Limits, target: ImageKind) -> list[str]:
    numbers = (picture.width, picture.height, picture.orientation, limits.memory, limits.processor)
    corners = (f"{box.left},{box.top},{box.right},{box.bottom}" for box in boxes)
    return [_NAMES[picture.kind], _NAMES[target], *(str(one) for one in numbers), *corners]


def run_confined(command: list[str], data: bytes, most: int, wall: int) -> tuple[bytes, int, bool]:
    """Return what a child wrote (at most so much), its exit code, and whether the clock had to end it.

    The child reads all before it writes anything, so that one side can be served after the other; if it does neither,
    the timer ends it and with it the waiting.
    """
    environment: dict[str, str] | None = {} if os.name == "posix" else None  # Windows finds its libraries by it
    process = subprocess.Popen(  # noqa: S603 - our own script, and numbers that we have made
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=CHILD.parent,
        start_new_session=True,  # Ctrl-C is for us
    )
    late = Event()

    def end() -> None:
        late.set()
        process.kill()

    timer = Timer(wall, end)
    with process:
        try:
            timer.start()
            answer = _exchange(process, data, most)
            code = process.wait()
        finally:
            timer.cancel()
            process.kill()
    return answer, code, late.is_set()


def _exchange(process: subprocess.Popen[bytes], data: bytes, most: int) -> bytes:
    """Write all to a child, or as much as it takes before it ends; return what it writes, and end it if it is more."""
    if process.stdin is None or process.stdout is None:
        raise OSError(None, "no pipe")
    with suppress(BrokenPipeError), process.stdin as pipe:
        pipe.write(data)
    answer = process.stdout.read(most + 1)
    if len(answer) > most:
        process.kill()
    return answer


def _bits(text: str) -> str:
    return text if re.fullmatch("[0-9a-f]{64}", text) else ""


def _parse(file: str, answer: bytes, picture: Picture, most: int) -> Redrawn:
    """Return the answer of a child, which is not believed either: it has read what strangers sent."""
    line, _, data = answer.partition(b"\n") if b"\n" in answer[:_LINE] else (b"", b"", b"")
    words = line.decode("ascii", "replace").split(" ")
    size = turned_size(picture.orientation, picture.width, picture.height)
    if len(answer) > most or len(words) != 4 or words[:2] != [str(one) for one in size] or len(words[2]) != 64:
        raise InputError("N124", file=file)
    return Redrawn(width=size[0], height=size[1], pixel_digest=words[2], fingerprint=_bits(words[3]), data=data)
