"""What making a photo safe costs: milliseconds and memory for a photo of 12 megapixels, step by step.

The photo is drawn: a sheet of paper with lines and the noise of a sensor, 4,000 x 3,000 pixels, as JPEG of quality 90
and as PNG, with metadata. Each step is the median of several rounds, on the clock; processor time and memory are
those of the child processes. "Limit" is what the decoder and encoder alone take in this process, so that the rest is
the price of a process of its own and of the two walks through the bytes.
"""

from __future__ import annotations

import argparse
import io
import resource
import statistics
import sys
import time
from collections.abc import Callable

from PIL import Image

from secondcount.intake.images import LIMITS, ImageKind, Mask, check_stripped, read_photo
from secondcount.intake.images.picture import parse_picture

SIDES = (4_000, 3_000)
MASKS = (Mask(left=50, top=900, width=400, height=60, per_mille=True),)
PROMISE = 1_000  # milliseconds for a JPEG of 12 megapixels


def sheet(kind: ImageKind) -> bytes:
    """Return the photo of a sheet as a file."""
    image = Image.new("L", SIDES, 215)
    for top in range(200, SIDES[1], 90):
        image.paste(40, (300, top, SIDES[0] - 300, top + 3))
        for left in range(400, SIDES[0] - 400, 160):
            image.paste(60, (left, top + 20, left + 40 + (left * top) % 50, top + 70))
    image = Image.blend(image, Image.effect_noise(SIDES, 24), 0.25).convert("RGB")
    written = io.BytesIO()
    if kind is ImageKind.JPEG:
        image.save(written, "JPEG", quality=90, exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0")
    else:
        image.save(written, "PNG")
    return written.getvalue()


def alone(data: bytes, kind: ImageKind) -> None:
    """Decode and encode in this process, as the child does."""
    image = Image.open(io.BytesIO(data))
    image.load()
    if kind is ImageKind.JPEG:
        image.save(io.BytesIO(), "JPEG", quality=90, subsampling="4:2:0")
    else:
        image.save(io.BytesIO(), "PNG")


def milliseconds(step: Callable[[], object], rounds: int) -> float:
    """Return the median time of a step."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        step()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def measure(kind: ImageKind, rounds: int) -> float:
    """Print what each step takes, and return the whole."""
    data = sheet(kind)
    read = read_photo("photo", data, MASKS)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    whole = milliseconds(lambda: read_photo("photo", data, MASKS), rounds)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000 / rounds
    print(f"{kind.value}: {len(data) / 2**20:.1f} MB, derivative {len(read.derivative) / 2**20:.1f} MB")
    print(f"  header, parts, bare copy  {milliseconds(lambda: parse_picture('photo', data, LIMITS), rounds):8.0f} ms")
    print(f"  walk of the derivative    {milliseconds(lambda: check_stripped(read.derivative), rounds):8.0f} ms")
    print(f"  whole photo               {whole:8.0f} ms, child's processor {processor:.0f} ms")
    print(f"  limit: decode and encode  {milliseconds(lambda: alone(data, kind), rounds):8.0f} ms")
    print(f"  most memory of a child    {after.ru_maxrss / 1024:8.0f} MB")
    return whole


def main() -> int:
    """Measure both kinds; return 1 if the promise for JPEG is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    taken = measure(ImageKind.JPEG, rounds)
    measure(ImageKind.PNG, rounds)
    print(f"promise: a JPEG of 12 megapixels in {PROMISE} ms; {'kept' if taken <= PROMISE else 'BROKEN'}")
    return int(taken > PROMISE)


if __name__ == "__main__":
    sys.exit(main())
