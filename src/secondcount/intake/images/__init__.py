"""Photos of protocols made safe: sniffed, limited, decoded in a child process, turned upright, masked, stripped.

`read_photo` walks the way: `kinds` tells what a file is, `foreign` has other formats than JPEG and PNG translated,
`jpeg` and `png` walk its parts, `picture` holds it against `limits` and takes out what pixels need, `mask` says what
must not be seen, `decoding` has it redrawn by `child`, and `stripped` holds the result byte by byte against the list
of what may be published.
"""

from secondcount.intake.images.kinds import ImageKind, sniff
from secondcount.intake.images.limits import LIMITS, Limits
from secondcount.intake.images.mask import Mask, parse_mask
from secondcount.intake.images.orientation import Box
from secondcount.intake.images.photo import PhotoRead, read_photo
from secondcount.intake.images.stripped import check_stripped

__all__ = [
    "LIMITS",
    "Box",
    "ImageKind",
    "Limits",
    "Mask",
    "PhotoRead",
    "check_stripped",
    "parse_mask",
    "read_photo",
    "sniff",
]
