"""Codes N###: a photo that came from outside, and the picture that is published of it."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    # The file as a whole, before anything is decoded. N100 to N131 are raised as InputError.
    "N100": Severity.ERROR,  # empty file
    "N101": Severity.ERROR,  # file larger than the limit
    "N102": Severity.ERROR,  # an image in another format: AVIF, GIF, BMP, ...
    "N104": Severity.ERROR,  # a web page or a drawing: HTML, SVG, XML
    "N105": Severity.ERROR,  # an archive or a program
    "N106": Severity.ERROR,  # nothing that is known
    "N107": Severity.ERROR,  # damaged in its structure
    "N108": Severity.ERROR,  # cut short
    "N109": Severity.ERROR,  # more pixels than the limit
    "N110": Severity.ERROR,  # a side longer than the limit
    "N111": Severity.ERROR,  # a side too short to be read
    "N112": Severity.ERROR,  # moving pictures
    "N113": Severity.ERROR,  # a kind of JPEG that no camera makes
    "N114": Severity.ERROR,  # another file behind the picture
    "N115": Severity.ERROR,  # more parts than the limit
    "N116": Severity.ERROR,  # a PDF with a password
    "N117": Severity.ERROR,  # the library for this format is not installed
    # The decoder, a process of its own.
    "N120": Severity.ERROR,  # the pixels cannot be decoded
    "N121": Severity.ERROR,  # out of memory
    "N122": Severity.ERROR,  # out of time
    "N123": Severity.ERROR,  # crashed or killed
    "N124": Severity.ERROR,  # the answer does not fit the header
    "N125": Severity.ERROR,  # cannot be started on this machine
    # Masks.
    "N130": Severity.ERROR,  # not a rectangle
    "N131": Severity.ERROR,  # outside the picture
    # A picture to be published that carries more than pixels. N140 to N144 are raised as VerificationError.
    "N140": Severity.ERROR,  # no image of the kinds that are published, or damaged
    "N141": Severity.ERROR,  # a part that is not on the list
    "N142": Severity.ERROR,  # a part in another form than the fixed one
    "N143": Severity.ERROR,  # bytes behind the end
    "N144": Severity.ERROR,  # more compressed data than pixels
    # What the reader of the picture has to know.
    "N150": Severity.NOTE,  # metadata left out
    "N151": Severity.NOTE,  # bytes behind the picture left out
    "N152": Severity.NOTE,  # turned upright
    "N153": Severity.NOTE,  # orientation that cannot be understood
    "N154": Severity.NOTE,  # printing colours turned into screen colours
    "N155": Severity.NOTE,  # 16 bits reduced to 8
    "N156": Severity.NOTE,  # transparency shown on white
    "N157": Severity.NOTE,  # a mask grown to whole blocks
    "N158": Severity.NOTE,  # several pages, drawn below each other
    "N159": Severity.NOTE,  # turned upright before it was drawn
    # A ZIP of photos, and each file in it. Raised as InputError.
    "N170": Severity.ERROR,  # no ZIP, damaged, or too much in it
    "N171": Severity.ERROR,  # a name that leads out of its folder
    "N172": Severity.ERROR,  # damaged
    "N173": Severity.ERROR,  # locked
    "N174": Severity.ERROR,  # a link or device
    "N175": Severity.ERROR,  # it unpacks to more than it says
    # What whoever brings a photo has to say. Raised as InputError.
    "N160": Severity.ERROR,  # no polling station
}
