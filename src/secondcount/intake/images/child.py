"""The only program that decodes what strangers sent: a process of its own that knows nothing of this package.

Started as `python -I child.py KIND TARGET WIDTH HEIGHT ORIENTATION MEMORY SECONDS [LEFT,TOP,RIGHT,BOTTOM ...]`; it
reads an image on its standard input and writes one line (width, height, SHA-256 of the upright pixels before any mask)
and the new image on its standard output. Before it reads the first byte it gives up: memory and time beyond its share,
new files, sockets, further processes, core dumps. Exit code 0 means done, 1 not decodable, 3 memory, 4 another size.
"""

from __future__ import annotations

import hashlib
import io
import math
import sys

from PIL import Image, JpegImagePlugin, PngImagePlugin

if sys.platform != "win32":  # Windows has no such limits; there the clock of the parent is the only one
    import resource

__all__ = ["confine", "main", "redraw"]

NO_MEMORY, OTHER_SIZE = 3, 4
QUALITY = 90  # strokes of a pen stay sharp; about 3 MB for 12 megapixels
SIDE, WAVES = 64, 16  # of the fingerprint: 16 by 16 bits
LEAST_VARIANCE = 25.0  # of 8-bit grey at that size: below it noise of the encoder decides
BAND = 256  # rows that are digested at a time
CODECS = (JpegImagePlugin, PngImagePlugin)  # loaded before files are given up

# EXIF 2.32 section 4.6.4: what brings a picture upright that was stored like this.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def confine(memory: int, seconds: int, threads: bool = False) -> None:
    """Give up, for good, what decoding does not need.

    With standard input, output and error open, a limit of three descriptors leaves no file and no socket to open.
    Where a decoder works in threads, further processes are not forbidden: the system counts both alike.
    """
    if sys.platform == "win32":
        return
    limits = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_NOFILE, 3),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),  # a core dump would hold the photo
        *(() if threads else ((resource.RLIMIT_NPROC, 0),)),
    )
    for limit, value in limits:
        resource.setrlimit(limit, (value, value))


def redraw(
    data: bytes, kinds: tuple[str, str], size: tuple[int, int], orientation: int, boxes: list[list[int]]
) -> bytes:
    """Return the answer: a line about the upright picture, and the picture encoded anew, masked boxes black."""
    Image.MAX_IMAGE_PIXELS = size[0] * size[1]  # the parent has read the header and allowed this much
    image = Image.open(io.BytesIO(data), formats=kinds[:1])
    if image.size != size:
        sys.exit(OTHER_SIZE)
    image.load()
    plain = plain_pixels(image)
    if orientation in TURNS:
        plain = plain.transpose(TURNS[orientation])
    digest, seen = pixel_digest(plain), fingerprint(plain)
    for box in boxes:
        plain.paste(0, (box[0], box[1], box[2], box[3]))
    written = io.BytesIO()
    plain.info.clear()  # the encoder writes what it finds there: comments, profiles, densities
    if kinds[1] == "JPEG":
        plain.save(written, "JPEG", quality=QUALITY, subsampling="4:2:0", optimize=False, progressive=False)
    else:
        plain.save(written, "PNG", compress_level=6, optimize=False)
    return f"{plain.width} {plain.height} {digest} {seen}\n".encode() + written.getvalue()


def plain_pixels(image: Image.Image) -> Image.Image:
    """Return the pixels as 8-bit grey or RGB: what is transparent shows white, 16 bits lose their lower half."""
    if image.mode.startswith("I;16"):  # little-endian unless it ends in B; Pillow itself would cut off above 255
        return Image.frombytes("L", image.size, image.tobytes()[0 if image.mode.endswith("B") else 1 :: 2])
    if image.mode in ("LA", "RGBA", "PA", "La", "RGBa") or "transparency" in image.info:
        with_alpha = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        white.alpha_composite(with_alpha)
        return white.convert("RGB")
    if image.mode in ("L", "RGB"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def pixel_digest(image: Image.Image) -> str:
    """Return the SHA-256 of the mode, the size and all pixels, row by row."""
    hashed = hashlib.sha256(f"{image.mode} {image.width} {image.height}\n".encode())
    for top in range(0, image.height, BAND):
        hashed.update(image.crop((0, top, image.width, min(top + BAND, image.height))).tobytes())
    return hashed.hexdigest()


def fingerprint(image: Image.Image) -> str:
    """Return 256 bits that a picture keeps when it is encoded anew or made smaller, "-" for one with too little in it.

    As in PDQ (Facebook, 2019): grey, 64 by 64, the 16 by 16 lowest frequencies but the mean of the cosine transform,
    each above or below their median. Two photos of one paper differ as much as photos of two.
    """
    grey = image.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    values = list(grey.tobytes())
    mean = sum(values) / len(values)
    if sum((one - mean) ** 2 for one in values) / len(values) < LEAST_VARIANCE:
        return "-"
    rows = [values[start : start + SIDE] for start in range(0, SIDE * SIDE, SIDE)]
    waves = [
        [math.cos(math.pi * (place + 0.5) * wave / SIDE) for place in range(SIDE)] for wave in range(1, WAVES + 1)
    ]
    across = [[product(wave, row) for row in rows] for wave in waves]
    found = [product(wave, column) for wave in waves for column in across]
    middle = sorted(found)[len(found) // 2]
    return f"{int(''.join('1' if one > middle else '0' for one in found), 2):064x}"


def product(left: list[float], right: list[float] | list[int]) -> float:
    """Return the sum of the products of two rows."""
    return sum(one * other for one, other in zip(left, right, strict=True))


def main(arguments: list[str]) -> None:
    """Confine this process, then read, redraw and write."""
    kind, target, width, height, orientation, memory, seconds, *boxes = arguments
    Image.preinit()
    confine(int(memory), int(seconds))
    corners = [[int(one) for one in box.split(",")] for box in boxes]
    try:
        answer = redraw(sys.stdin.buffer.read(), (kind, target), (int(width), int(height)), int(orientation), corners)
    except MemoryError:
        sys.exit(NO_MEMORY)
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main(sys.argv[1:])
