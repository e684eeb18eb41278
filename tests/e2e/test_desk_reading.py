"""Reading and deciding in a real browser: picture, form, keyboard, draft, script or none, three languages."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from desking.copies import CELLS, commit_by_hand, copy_to_read, fields
from desking.live import address, place, window_of
from desking.place import DeskPlace, member, signed_in
from e2e.looks import scrolls_sideways
from secondcount.rehearsal.camera import take_photo
from secondcount.rehearsal.election_night import Protocol
from secondcount.rehearsal.papers import Paper
from secondcount.rehearsal.sheet_picture import draw_sheet
from secondcount.transcription.cells import CellRead, Mark
from secondcount.web.desk import desk
from secondcount.web.models import Member, PaperCopy, ReadingRow, Role
from secondcount.web.reading.agreeing import agree_copies

__all__ = ["address", "place"]  # fixtures

pytestmark = pytest.mark.browser

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
STAGE = "[data-stage]"


def photo_of(station: str, seed: str) -> bytes:
    """Take a photo of a sheet that says `CELLS`."""
    figures = {cell: int(value) for cell, value in CELLS.items()}
    cells = {cell: CellRead(mark=Mark.READ, value=value) for cell, value in figures.items()}
    protocol = Protocol(station=station, area="north", contest="list", figures=figures)
    contest = desk().contest("list")
    assert contest is not None
    return take_photo(draw_sheet(Paper(protocol=protocol, cells=cells, unclear={}), contest, "kk", seed), seed)


def watch(page: Page) -> list[str]:
    """Return what goes wrong in a page: errors of script and of the policy, requests elsewhere."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    return wrong


def test_a_copy_is_read_by_keyboard_alone(place: DeskPlace, address: str, browser: Browser) -> None:
    """From "Next copy" to the thanks without a mouse: marks, corrections and zoom are single keys, in any layout."""
    copy_to_read(place, "17", photos=(photo_of("17", "a"), photo_of("17", "b")))
    page = window_of(browser, member(Role.READER), address, viewport=DESKTOP).new_page()
    wrong = watch(page)
    page.goto("/read/")
    page.get_by_role("button", name="Next copy").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{STAGE} img.shown")
    page.focus("#station")
    page.keyboard.type("17")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Assembly")
    page.wait_for_selector("#v-registered")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    page.focus("#v-registered")
    before = page.inner_text("[data-zoom]")
    page.keyboard.press("+")
    assert page.inner_text("[data-zoom]") != before
    page.keyboard.press("PageDown")
    assert page.inner_text("[data-pages]") == "2 / 2"
    for cell, value in CELLS.items():
        if cell == "red":
            page.keyboard.press("s")
        else:
            page.keyboard.type(value)
        if cell == "green":
            page.keyboard.press("o")
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
            page.keyboard.type("288")
            page.focus("#v-green")
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.send") is not None
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Is this what stands there?")).to_be_visible()
    expect(page.get_by_text("228 (before: 288)")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    cells = ReadingRow.objects.get().content["cells"]
    assert cells["red"] == {"mark": "s"}
    assert cells["green"] == {"mark": "=", "value": 228, "overwritten": True, "old": 288}
    assert wrong == []
    page.wait_for_function("() => !JSON.stringify(sessionStorage).includes('228')")


def test_the_picture_moves_turns_and_brightens(place: DeskPlace, address: str, browser: Browser) -> None:
    """By wheel, by drag, by button and by key; each row finds again what was looked at for it."""
    copy_to_read(place, "17", photos=(photo_of("17", "a"),))
    page = window_of(browser, member(Role.READER), address, viewport=DESKTOP).new_page()
    page.goto("/read/")
    page.get_by_role("button", name="Next copy").click()
    page.wait_for_selector(f"{STAGE} img.shown")
    page.select_option("#contest", "list")
    page.wait_for_selector("#v-registered")

    def style(name: str) -> str:
        return str(page.eval_on_selector(f"{STAGE} img", f"one => one.style.getPropertyValue('--{name}')"))

    page.wait_for_function(f"() => document.querySelector('{STAGE} img').style.getPropertyValue('--scale') !== '1'")
    fitted = style("scale")
    page.hover(STAGE)
    page.mouse.wheel(0, -300)
    page.wait_for_function(
        f"() => document.querySelector('{STAGE} img').style.getPropertyValue('--scale') !== '{fitted}'"
    )
    before = style("x")
    page.mouse.down()
    page.mouse.move(300, 500)
    page.mouse.up()
    assert style("x") != before
    page.focus("#v-registered")
    page.focus("#v-received")
    looked = style("x"), style("y"), style("scale")
    page.focus("#v-issued")
    page.keyboard.press("-")
    page.keyboard.press("r")
    assert style("turn") == "90deg"
    page.focus("#v-received")
    assert (style("x"), style("y"), style("scale"), style("turn")) == (*looked, "0deg")
    page.get_by_role("button", name="Brighter").click()
    assert float(style("brightness")) > 1
    page.get_by_role("button", name="Fit").click()
    assert style("scale") == fitted


def test_a_draft_is_found_again_in_this_window_only(place: DeskPlace, address: str, browser: Browser) -> None:
    """What was typed survives loading the page again; nothing of it is on the server, or in another window."""
    copy_to_read(place, "17")
    context = window_of(browser, member(Role.READER), address, viewport=DESKTOP)
    page = context.new_page()
    page.goto("/read/")
    page.get_by_role("button", name="Next copy").click()
    page.fill("#station", "17")
    page.select_option("#contest", "list")
    page.wait_for_selector("#v-red")
    page.fill("#v-red", "300")
    page.focus("#v-blue")
    page.keyboard.press("b")
    page.reload()
    page.wait_for_selector("#v-red")
    assert (page.input_value("#v-red"), page.input_value("#station")) == ("300", "17")
    assert page.input_value("[data-row=blue] [data-mark]") == "b"
    other = context.new_page()
    other.goto(page.url)
    assert other.input_value("#station") == ""
    assert not ReadingRow.objects.exists()


def test_everything_works_without_script(place: DeskPlace, address: str, browser: Browser) -> None:
    """Plain pictures, a button that draws the form, the same check and the same thanks."""
    copy_to_read(place, "17", photos=(photo_of("17", "a"),))
    page = window_of(browser, member(Role.READER), address, viewport=PHONE, java_script_enabled=False).new_page()
    page.goto("/read/")
    page.get_by_role("button", name="Next copy").click()
    expect(page.locator(f"{STAGE} img")).to_be_visible()
    page.fill("#station", "17")
    page.fill("#pages", "1")
    page.select_option("#contest", "list")
    page.get_by_role("button", name="Show its form").click()
    for cell, value in CELLS.items():
        page.fill(f"#v-{cell}", value)
    page.get_by_role("button", name="Check what I typed").click()
    page.get_by_role("button", name="It stands like this").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert ReadingRow.objects.count() == 1


def test_a_dispute_is_decided_with_live_sums(place: DeskPlace, address: str, browser: Browser) -> None:
    """Choosing a reading works out the relations at once; the decision closes the copy."""
    copy_to_read(place, "17", photos=(photo_of("17", "a"),))
    for typed in (fields({**CELLS, "red": "388"}, station="17"), fields(station="17"), fields({"red": "308"})):
        commit_by_hand(signed_in(member(Role.READER)), typed)
        agree_copies(desk())
    page = window_of(browser, member(Role.ADJUDICATOR), address, viewport=DESKTOP).new_page()
    wrong = watch(page)
    page.goto("/decide/")
    page.get_by_role("button", name="Next open copy").click()
    page.get_by_role("radio", name=re.compile("300")).check()
    expect(page.locator("#sums")).to_contain_text("628 = 300 + 228 + 100 = 628")
    page.fill("[name=v-red]", "301")
    page.keyboard.press("Tab")
    expect(page.locator("#sums")).to_contain_text("628 ≠ 301 + 228 + 100 = 629")
    page.get_by_role("radio", name=re.compile("300")).check()
    page.get_by_role("radio", name="the picture shows it").check()
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("The decision is safe")).to_be_visible()
    assert PaperCopy.objects.get().state == "adjudicated"
    assert wrong == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_pages_are_accessible(place: DeskPlace, address: str, browser: Browser, size: dict[str, int]) -> None:
    """In three languages: no violation that axe knows, no scrolling sideways; reading, troubles, decision."""
    copy_to_read(place, "17", photos=(photo_of("17", "a"),))
    for typed in (fields({**CELLS, "red": "388"}, station="17"), fields(station="17"), fields({"red": "308"})):
        commit_by_hand(signed_in(member(Role.READER)), typed)
        agree_copies(desk())
    copy_to_read(place, "18", photos=(photo_of("18", "b"), photo_of("18", "c")))
    judge = member(Role.ADJUDICATOR)
    page = window_of(browser, judge, address, viewport=size).new_page()
    for language in ("en", "ru", "kk"):
        Member.objects.update(language=language)
        page.goto("/decide/")
        clean(page)
        page.locator("main form button").first.click()
        page.wait_for_selector(f"{STAGE} img.shown")
        clean(page)
        page.goto("/read/")
        clean(page)
        page.locator("main form button").first.click()
        page.wait_for_selector(f"{STAGE} img.shown")
        page.select_option("#contest", "list")
        page.wait_for_selector("#v-red")
        page.locator("[data-send]").click()
        page.wait_for_selector(".trouble")
        clean(page)


def clean(page: Page) -> None:
    """Hold a page against axe, and against the house's own questions."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert not scrolls_sideways(page)
