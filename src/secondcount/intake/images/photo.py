"""One photo of a protocol: from the bytes that arrived to a picture that may be shown, and what was odd on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

from secondcount.errors import InputError
from secondcount.intake.images.decoding import redraw
from secondcount.intake.images.foreign import NATIVE, Translated, page_masks, translate
from secondcount.intake.images.kinds import ImageKind, name_of_file, sniff
from secondcount.intake.images.limits import LIMITS, Limits
from secondcount.intake.images.mask import Mask, masked_boxes
from secondcount.intake.images.orientation import UPRIGHT, Box, turned_size
from secondcount.intake.images.picture import Picture, parse_picture
from secondcount.intake.images.stripped import check_stripped
from secondcount.model.codes import make_issue
from secondcount.model.issue import Issue, Where

__all__ = ["PhotoRead", "read_photo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoRead:
    """A photo made safe. Only the derivative may be published; the original and `pixel_digest` stay sealed."""

    kind: ImageKind  # of the derivative
    original_kind: ImageKind
    width: int  # pixels, upright
    height: int
    original_digest: str  # SHA-256 of the file as it arrived
    pixel_digest: str
    fingerprint: str  # what stays of the upright picture when it is encoded anew; "" = nothing to go by
    """SHA-256 of mode, size and all upright pixels before any mask: it is the same under any other metadata.

    It depends on the version of the decoder, and it knows what is under the masks: for comparing arrivals, not for
    publishing.
    """

    derivative: bytes  # upright, masked, encoded anew, without metadata
    derivative_digest: str
    masked: tuple[Box, ...]  # what is black, in pixels of the upright picture
    issues: tuple[Issue, ...]  # all of them notes


def read_photo(name: str, data: bytes, masks: tuple[Mask, ...] = (), limits: Limits = LIMITS) -> PhotoRead:
    """Return a photo made safe: sniffed, limited, decoded elsewhere, turned upright, masked, stripped and checked.

    HEIC, WebP, TIFF and PDF are first translated; the pages of one file stand below each other in one picture.

    Raises:
        InputError: N100 to N125, the file cannot be used; N131, a mask lies outside the picture.
        VerificationError: N140 to N144, what was drawn carries more than pixels (a fault of the encoder).

    """
    file = name_of_file(name)
    kind = sniff(file, data)
    translated = None if kind in NATIVE else translate(file, kind, data, limits)
    if translated is None:
        picture, target = parse_picture(file, data, limits), kind
    else:
        picture, target = translated.picture, ImageKind.JPEG
        masks = page_masks(translated, masks)
    boxes = masked_boxes(file, picture, masks)
    redrawn = redraw(file, picture, boxes, limits, target=target)
    _check_derivative(file, picture, redrawn.data, limits, target)
    digest = sha256(data).hexdigest()
    notes = _issues(Where(file=file), digest, picture, _asked_for(picture, masks) != boxes)
    return PhotoRead(
        kind=target,
        original_kind=kind,
        width=redrawn.width,
        height=redrawn.height,
        original_digest=digest,
        pixel_digest=redrawn.pixel_digest,
        fingerprint=redrawn.fingerprint,
        derivative=redrawn.data,
        derivative_digest=sha256(redrawn.data).hexdigest(),
        masked=boxes,
        issues=notes if translated is None else _notes(Where(file=file), digest, translated),
    )


def _check_derivative(file: str, picture: Picture, derivative: bytes, limits: Limits, target: ImageKind) -> None:
    """Hold what the child drew against the list, and against the size that the original declares."""
    check_stripped(derivative, file)
    # Drawn anew it may have more bytes and parts than what arrived; its pixels are the same.
    drawn = parse_picture(file, derivative, replace(limits, size=len(derivative), parts=len(derivative)))
    size = turned_size(picture.orientation, picture.width, picture.height)
    if (drawn.kind, drawn.width, drawn.height) != (target, *size):
        raise InputError("N124", file=file)


def _asked_for(picture: Picture, masks: tuple[Mask, ...]) -> tuple[Box, ...]:
    size = turned_size(picture.orientation, picture.width, picture.height)
    return tuple(mask.box(*size) for mask in masks)


def _issues(where: Where, digest: str, picture: Picture, grown: bool) -> tuple[Issue, ...]:
    """Return what the reader of the picture has to know of the way that it went."""
    basis = (digest,)
    notes = []
    if picture.metadata:
        notes.append(make_issue("N150", where, basis=basis, known=", ".join(picture.metadata)))
    if picture.behind:
        notes.append(make_issue("N151", where, basis=basis, count=picture.behind))
    if picture.orientation != UPRIGHT:
        notes.append(make_issue("N152", where, basis=basis, orientation=picture.orientation))
    found = {
        "N153": not picture.oriented,
        "N154": picture.channels == "cmyk",
        "N155": picture.bits == 16,
        "N156": picture.transparent,
        "N157": grown,
    }
    notes.extend(make_issue(code, where, basis=basis) for code, met in found.items() if met)
    return tuple(notes)


def _notes(where: Where, digest: str, translated: Translated) -> tuple[Issue, ...]:
    """Return what the reader has to know of a file that was translated."""
    basis = (digest,)
    known = sorted(translated.found & _LEFT_OUT)
    notes = [make_issue("N150", where, basis=basis, known=", ".join(known))] if known else []
    codes = {"turned": "N159", "cmyk": "N154", "deep": "N155", "transparent": "N156"}
    notes.extend(make_issue(code, where, basis=basis) for word, code in codes.items() if word in translated.found)
    if translated.count > 1:
        drawn = len(translated.pages)
        notes.append(make_issue("N158", where, basis=basis, count=translated.count, drawn=drawn))
    return tuple(notes)


_LEFT_OUT = frozenset({"EXIF", "XMP", "ICC", "scripts", "attachments"})
