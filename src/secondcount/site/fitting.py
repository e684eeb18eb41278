"""Text in a drawing made to fit: a drawing does not break lines by itself, and no font is asked how wide they are."""

from __future__ import annotations

from secondcount.wording import visible

__all__ = ["fit", "measure", "wrap"]

_NARROW = frozenset("iljtfrI.,:;!|'()[]іІ·- /")
_WIDE = frozenset("mwшщжюфыъ")
_WIDEST = frozenset("MWЖШЩЮМФЫЪ—…→%@")
_SIGNS = frozenset("+−=<>≥≤")


def measure(text: str, size: int) -> int:
    """Return the width of a line of text in units of the drawing: an estimate by the widest common font."""
    return sum(_width(letter) for letter in text) * size // 100


def _width(letter: str) -> int:
    if letter in _NARROW:
        return 38
    if letter in _WIDE:
        return 98
    if letter in _WIDEST or letter >= "\u2e80":  # ideographs and most signs are as wide as they are high
        return 112
    if letter in _SIGNS:
        return 84
    return 76 if letter.isupper() else 63


def fit(text: str, width: int, size: int) -> str:
    """Return the text, cut with an ellipsis where it would be wider than its place."""
    shown = visible(text)
    if measure(shown, size) <= width:
        return shown
    while shown and measure(shown + "…", size) > width:
        shown = shown[:-1]
    return shown.rstrip() + "…"


def wrap(text: str, width: int, size: int, most: int = 4) -> tuple[str, ...]:
    """Return the text broken at spaces into at most so many lines; the last one is cut where needed."""
    lines: list[str] = []
    rest = [word for word in visible(text).split(" ") if word]  # a no-break space holds a number together
    while rest and len(lines) < most - 1:
        taken = _words_that_fit(rest, width, size)
        lines.append(fit(" ".join(rest[:taken]), width, size))
        rest = rest[taken:]
    if rest:
        lines.append(fit(" ".join(rest), width, size))
    return tuple(lines)


def _words_that_fit(words: list[str], width: int, size: int) -> int:
    """Return how many words fit on one line: at least one."""
    count = 1
    while count < len(words) and measure(" ".join(words[: count + 1]), size) <= width:
        count += 1
    return count
