"""What a page looks like, asked of the browser itself: contrast, sizes, overflow, focus.

The questions are small functions of JavaScript that run in the page under test; nothing is fetched for them.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

# WCAG 2.2, 1.4.3: relative luminance and contrast of every piece of text against what lies behind it.
_CONTRAST = """
(root) => {
  const numbers = (colour) => (colour.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const channel = (value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ratio = (one, other) => {
    const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = numbers(getComputedStyle(one).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.checkVisibility()) continue;
    if (['title', 'desc', 'style'].includes(element.tagName.toLowerCase())) continue;
    const style = getComputedStyle(element);
    const drawn = element.closest('svg');
    const ink = numbers(drawn ? style.fill : style.color);
    const stamped = drawn && element.classList.contains('stamp-t');
    const paper = stamped ? numbers(getComputedStyle(drawn.querySelector('.stamp')).fill) : behind(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const value = ratio(ink, paper);
    const name = `${element.tagName}.${element.getAttribute('class')}`;
    const text = walker.currentNode.textContent.trim().slice(0, 40);
    if (value < (large ? 3 : 4.5)) found.push(`${value.toFixed(2)} ${name}: ${text}`);
  }
  return found;
}
"""

# WCAG 2.2, 1.4.11: marks of drawings that carry meaning, against the paper, at least 3 : 1.
_MARKS = """
(root) => {
  const numbers = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const channel = (v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const paper = luminance(numbers(getComputedStyle(document.body).backgroundColor));
  const weak = new Set();
  for (const mark of root.querySelectorAll('.bar, .bar-2, .bar-3, .bar-open, .mark, .mark-open, .cut, .span, .thin, ' +
      '.set-proved, .set-refuted, .set-open')) {
    const style = getComputedStyle(mark);
    const ink = [style.fill, style.stroke].map(numbers).filter((one) => one.length >= 3).map(luminance);
    const best = Math.max(...ink.map((one) => (Math.max(one, paper) + 0.05) / (Math.min(one, paper) + 0.05)));
    if (best < 3) weak.add(`${mark.getAttribute('class')} ${best.toFixed(2)}`);
  }
  return [...weak];
}
"""

_SMALL = """
(root) => [...root.querySelectorAll('svg text')].filter((one) => one.checkVisibility()).map((one) => {
  const drawing = one.closest('svg');
  const scale = drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width;
  return [scale * parseFloat(getComputedStyle(one).fontSize), one.textContent];
}).filter(([size]) => size < 11)
"""

_OUTSIDE = """
(root) => {
  const edge = document.documentElement.clientWidth + 1;
  return [...root.querySelectorAll('*')].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && box.right > edge && one.checkVisibility() && !one.closest('thead, .unseen, .scroll');
  }).slice(0, 5).map((one) => `${one.tagName}.${one.getAttribute('class')}: ${one.textContent.trim().slice(0, 40)}`);
}
"""

_OVERLAPS = """
(root) => [...root.querySelectorAll('svg')].filter((one) => one.checkVisibility()).flatMap((drawing) => {
  const boxes = [...drawing.querySelectorAll('text')].map((one) => [one.getBoundingClientRect(), one.textContent]);
  const frame = drawing.getBoundingClientRect();
  const leaves = ([box]) => box.right > frame.right + 1 || box.left < frame.left - 1;
  const bad = boxes.filter(leaves).map(([, text]) => text);
  boxes.forEach(([one, text], place) => boxes.slice(place + 1).forEach(([other, second]) => {
    const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    if (wide > 1 && high > 4) bad.push(`${text} | ${second}`);
  }));
  return bad;
})
"""

_FOCUSABLE = """
(root) => {
  const wanted = 'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"])';
  return [...root.querySelectorAll(wanted)].filter((one) => one.checkVisibility()).length;
}
"""

_FOCUSED = """
() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const line = one.getClientRects()[0] || box;
  const over = document.elementFromPoint(line.left + Math.min(line.width, 40) / 2, line.top + line.height / 2);
  return {
    mark: (one.closest('.edition') || {}).id + ' ' + (one.getAttribute('href') || '') + ' ' + one.textContent.trim() +
      ' ' + Math.round(box.left + scrollX) + ' ' + Math.round(box.top + scrollY),
    body: one === document.body,
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: Boolean(over && (one.contains(over) || over.contains(one))),
  };
}
"""


def _ask(page: Page, question: str, language: str) -> Any:
    return page.locator(f"#{language}").evaluate(question)


def weak_texts(page: Page, language: str) -> list[str]:
    """Return the texts whose contrast is below 4.5 : 1 (3 : 1 for large ones)."""
    found: list[str] = _ask(page, _CONTRAST, language)
    return found


def weak_marks(page: Page, language: str) -> list[str]:
    """Return the kinds of marks in drawings whose contrast with the paper is below 3 : 1."""
    found: list[str] = _ask(page, _MARKS, language)
    return found


def small_texts(page: Page, language: str) -> list[tuple[float, str]]:
    """Return the texts of drawings that are shown smaller than 11 px."""
    found: list[tuple[float, str]] = _ask(page, _SMALL, language)
    return found


def outside(page: Page, language: str) -> list[str]:
    """Return elements that stick out of the window at the right."""
    found: list[str] = _ask(page, _OUTSIDE, language)
    return found


def overlaps(page: Page, language: str) -> list[str]:
    """Return texts of drawings that touch each other or leave their drawing."""
    found: list[str] = _ask(page, _OVERLAPS, language)
    return found


def scrolls_sideways(page: Page) -> bool:
    """Return whether the page is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def focusable(page: Page, language: str) -> int:
    """Return how many elements can be reached by the keyboard."""
    return int(_ask(page, _FOCUSABLE, language))


def focused(page: Page) -> dict[str, Any]:
    """Return what is known of the focused element: which it is, whether its focus is outlined and not covered."""
    found: dict[str, Any] = page.evaluate(_FOCUSED)
    return found


# Words of tables that are broken over two lines although they are no longer than any ordinary word.
_BROKEN = """
(root) => {
  const found = [];
  for (const cell of root.querySelectorAll('th, td')) {
    const hidden = cell.parentElement.parentElement.clientWidth < 2;  // the head of a table that is set as cards
    if (hidden || !cell.checkVisibility() || cell.classList.contains('digest')) continue;
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode;
      for (const match of text.data.matchAll(/\\p{L}{2,24}/gu)) {
        const range = document.createRange();
        range.setStart(text, match.index);
        range.setEnd(text, match.index + match[0].length);
        const boxes = [...range.getClientRects()].filter((one) => one.width > 1);
        const tops = new Set(boxes.map((one) => Math.round(one.top)));
        if (tops.size > 1) found.push(match[0]);
      }
    }
  }
  return found;
}
"""


def broken_words(page: Page, language: str) -> list[str]:
    """Return the words of visible tables that stand on two lines."""
    return list(page.locator(f"#{language}").evaluate(_BROKEN))
