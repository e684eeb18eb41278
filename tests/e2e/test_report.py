"""The report in a real browser: silent, reachable by keyboard, readable on a phone, in the dark and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from e2e import looks
from secondcount import api
from secondcount.site import build_report
from secondcount.wording import LANGUAGES
from unit.site.test_museum import MUSEUM, named

pytestmark = pytest.mark.browser

ACTS = ("1-official", "2-city-copies", "3-district")
PHONE, DESKTOP = (390, 844), (1280, 900)
DEVICES = {"phone": PHONE, "desktop": DESKTOP}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build the reports of the three acts of the story."""
    folder = tmp_path_factory.mktemp("reports")
    return {
        act.folder: build_report(act.checked.verdict, act.checked.record, folder / act.folder)[0]
        for act in api.demo_acts()
    }


@dataclass
class Visit:
    """A page that was opened, and everything that it said and asked for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def visit(browser: Browser) -> Iterator[type[Visit]]:
    """Return a function that opens a file in a language at a size."""
    opened = []

    def go(path: Path, language: str, size: tuple[int, int], **context: object) -> Visit:
        place = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", **context)
        found = Visit(place.new_page())
        found.page.on("console", lambda message: found.said.append(f"{message.type}: {message.text}"))
        found.page.on("pageerror", lambda error: found.said.append(str(error)))
        found.page.on("dialog", lambda dialog: found.said.append(dialog.message))
        found.page.on("request", lambda request: found.asked.append(request.url))
        found.page.goto(f"{path.as_uri()}#{language}")
        opened.append(place)
        return found

    yield go
    for place in opened:
        place.close()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("device", DEVICES)
def test_the_report_is_silent_and_fits(visit, reports, act: str, language: str, device: str) -> None:
    """No message on the console, no request but for the file itself, one language shown, nothing sticks out."""
    seen = visit(reports[act], language, DEVICES[device])
    shown = [one for one in LANGUAGES if seen.page.locator(f"#{one}").is_visible()]
    assert shown == [language]
    assert not looks.scrolls_sideways(seen.page)
    assert looks.outside(seen.page, language) == []
    assert looks.overlaps(seen.page, language) == []
    seen.page.locator(f"#{language}").evaluate("one => one.querySelectorAll('details').forEach(d => d.open = true)")
    assert not looks.scrolls_sideways(seen.page)
    assert seen.said == []
    assert [address.split("#")[0] for address in seen.asked] == [reports[act].as_uri()]


def walk(page: Page, key: str, steps: int) -> list[dict[str, Any]]:
    """Return every element that pressing a key so often focuses."""
    found = []
    for _ in range(steps):
        page.keyboard.press(key)
        one = looks.focused(page)
        if not one["body"]:
            found.append(one)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("device", DEVICES)
def test_the_keyboard_reaches_everything(visit, reports, language: str, device: str) -> None:
    """Every link and every fold is met by the tab key, with an outline, and is not covered by the sticky strip."""
    page = visit(reports["2-city-copies"], language, DEVICES[device]).page
    wanted = looks.focusable(page, language)
    met = walk(page, "Tab", wanted + 2)
    assert len({one["mark"] for one in met}) == wanted
    back = walk(page, "Shift+Tab", wanted)
    assert [one["mark"] for one in (*met, *back) if not one["outlined"]] == []
    assert [one["mark"] for one in (*met, *back) if not one["seen"]] == []


def test_the_keyboard_opens_folds_and_changes_language(visit, reports) -> None:
    """Enter on a fold shows its table, Enter on a language shows that language, and the first tab skips the banner."""
    page = visit(reports["2-city-copies"], "en", DESKTOP).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "en-main"
    fold = page.locator("#en details").first
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    assert fold.locator("table").is_visible()
    page.locator("#en .languages a[lang=kk]").focus()
    page.keyboard.press("Enter")
    assert page.locator("#kk h1").is_visible()
    assert not page.locator("#en").is_visible()


def test_it_works_without_any_script(visit, reports) -> None:
    """With JavaScript switched off, languages still change and contents still lead to their sections."""
    page = visit(reports["1-official"], "en", DESKTOP, java_script_enabled=False).page
    page.locator("#en .languages a[lang=ru]").click()
    assert page.locator("#ru h1").is_visible()
    page.locator("#ru .contents a").last.click()
    assert page.locator("#ru-method h2").is_visible()
    assert not page.locator("#en").is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_passes(visit, reports, language: str, scheme: str) -> None:
    """Every text has 4.5 : 1 (large ones 3 : 1), every mark of a drawing 3 : 1, by day and in the dark."""
    page = visit(reports["2-city-copies"], language, DESKTOP, color_scheme=scheme).page
    page.locator(f"#{language}").evaluate("one => one.querySelectorAll('details').forEach(d => d.open = true)")
    assert looks.weak_texts(page, language) == []
    assert looks.weak_marks(page, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_drawings_stay_legible_on_a_small_phone(visit, reports, language: str) -> None:
    """At 360 px no text of a drawing is smaller than 11 px."""
    page = visit(reports["2-city-copies"], language, (360, 740)).page
    assert looks.small_texts(page, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", ACTS)
def test_tables_break_no_word_on_a_phone(visit, reports, act: str, language: str) -> None:
    """A wide table may be scrolled sideways; a word that is cut in two cannot be read."""
    page = visit(reports[act], language, (360, 740)).page
    page.locator(f"#{language}").evaluate("one => one.querySelectorAll('details').forEach(d => d.open = true)")
    assert looks.broken_words(page, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_reflows_at_four_times_the_size(visit, reports, language: str) -> None:
    """1280 px at 400 % are 320 px: one column, nothing to scroll sideways (WCAG 2.2, 1.4.10)."""
    page = visit(reports["2-city-copies"], language, (320, 640)).page
    assert not looks.scrolls_sideways(page)


def test_charts_stand_side_by_side_on_a_desktop(visit, reports) -> None:
    """Two charts in a row where there is room."""
    page = visit(reports["2-city-copies"], "en", DESKTOP).page
    boxes = [page.locator(f"#en-1-{name}").bounding_box() for name in ("seats", "flips")]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] < boxes[1]["x"]


def test_the_made_up_data_never_leave_the_window(visit, reports) -> None:
    """However far one reads, the strip stays at the top."""
    page = visit(reports["2-city-copies"], "en", PHONE).page
    page.mouse.wheel(0, 6000)
    page.wait_for_function("scrollY > 3000")
    box = page.locator("#en .synthetic-strip").bounding_box()
    assert box
    assert box["y"] == 0


@pytest.mark.parametrize("act", ACTS)
def test_it_prints(visit, reports, act: str) -> None:
    """A PDF of a sane number of pages; on paper no navigation, no covered text, and the folds of text are open."""
    page = visit(reports[act], "ru", DESKTOP).page
    data = page.pdf(format="A4", prefer_css_page_size=True)
    pages = len(re.findall(rb"/Type\s*/Page[^s]", data))
    assert data.startswith(b"%PDF")
    assert 2 <= pages <= 30
    page.emulate_media(media="print")
    assert not page.locator("#ru .contents").is_visible()
    assert not page.locator("#ru .languages").is_visible()
    assert all(fold.locator("table").is_visible() for fold in page.locator("#ru details.more").all())


DANGEROUS = ("attribute", "close", "image", "long", "long_words", "override", "right_to_left", "script")


@pytest.mark.parametrize("exhibit", DANGEROUS)
def test_no_name_is_executed_or_breaks_the_page(visit, tmp_path: Path, exhibit: str) -> None:
    """Names that want to be more than names: nothing runs, nothing is asked for, nothing sticks out on a phone."""
    path, *_ = build_report(*named(MUSEUM[exhibit]), tmp_path, languages=("en",))
    seen = visit(path, "en", PHONE)
    assert "taken" not in seen.page.title().split("<")[0]
    assert seen.said == []
    assert len(seen.asked) == 1
    assert not looks.scrolls_sideways(seen.page)
    assert looks.overlaps(seen.page, "en") == []
    assert seen.page.locator("#en-summary-h").is_visible()
