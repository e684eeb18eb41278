"""Board, stations and acts in the browser itself: refreshed by script, read without, one page of A4 when printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from desking.live import live_desk
from desking.place import DeskPlace, member, open_desk, signed_in
from e2e.looks import scrolls_sideways, small_texts, weak_texts
from e2e.test_report import DESKTOP, PHONE

# isort: split
from django.conf import settings

from secondcount.web.desk import now
from secondcount.web.models import Member, PaperCopy, Posting, Role, Station, Task, TaskKind

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "ru", "kk")
LOW = """
() => [...document.querySelectorAll('main :is(a, button, select, summary, input:not([type=hidden]))')]
  .filter((one) => one.checkVisibility() && (one.closest('label') || one).getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML)
"""


@pytest.fixture
def place(tmp_path: Path) -> DeskPlace:
    """Return a desk with two stations, their copies and tasks."""
    found = open_desk(tmp_path / "archive")
    moment = now()
    for name, state in (("0101", "agreed"), ("0102", "awaiting")):
        Station.objects.create(name=name, area="north", known=True)
        copy = PaperCopy.objects.create(station=name, contest="list", state=state, made=moment, decided=moment)
        Task.objects.create(copy=copy, kind=TaskKind.READING, made=moment - timedelta(hours=3))
    return found


@pytest.fixture
def url(place: DeskPlace) -> Iterator[str]:
    """Serve the desk of this process until the test ends."""
    with live_desk() as found:
        yield found


def opened(
    browser: Browser, url: str, person: Member, *, language: str = "en", script: bool = True, phone: bool = False
) -> BrowserContext:
    """Return a window in which a member is signed in."""
    width, height = PHONE if phone else DESKTOP
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=script)
    session = signed_in(person).cookies[settings.SESSION_COOKIE_NAME].value
    said = {settings.SESSION_COOKIE_NAME: session, "django_language": language}
    context.add_cookies([{"name": name, "value": value, "url": url} for name, value in said.items()])
    return context


def figure(page: Page, name: str) -> str:
    return page.locator(".facts div", has_text=name).locator("dd").inner_text()


def test_an_open_board_follows(browser: Browser, url: str) -> None:
    """After half a minute the figures are those of then, without loading the page; an open table stays open."""
    context = opened(browser, url, member(Role.COORDINATOR))
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda one: trouble.append(one.text) if one.type in ("error", "warning") else None)
    page.clock.install()
    page.goto(f"{url}/board/")
    page.get_by_text("By the hour, as a table").click()
    assert figure(page, "Waiting tasks").startswith("2 readings")
    copy = PaperCopy.objects.create(station="0103", contest="list", made=now())
    Task.objects.create(copy=copy, kind=TaskKind.READING, made=now())
    page.clock.fast_forward(31_000)
    expect(page.locator(".facts")).to_contain_text("3 readings")
    expect(page.locator("details[open] #hours table")).to_be_visible()
    assert trouble == []
    context.close()


def test_the_board_is_read_without_script(browser: Browser, url: str) -> None:
    """Bars are drawn by the server, and each has its figure as text beside it."""
    context = opened(browser, url, member(Role.VIEWER), script=False)
    page = context.new_page()
    page.goto(f"{url}/board/")
    assert page.locator("svg.hours rect.bar").count() == 1
    assert page.locator("table.cover tbody tr").first.locator("td").all_inner_texts() == [
        "30",
        "2",
        "0",
        "2",
        "1",
        "1",
    ]
    context.close()


def test_an_observer_says_it_by_keyboard_on_a_phone(browser: Browser, url: str) -> None:
    """Choose with the arrow keys, send with Enter; the page says what is recorded."""
    anna = member(Role.COLLECTOR, "anna")
    posting = Posting.objects.create(station=Station.objects.get(name="0101"), observer=anna)
    context = opened(browser, url, anna, phone=True)
    page = context.new_page()
    page.goto(f"{url}/observed/")
    page.locator("input[name=outcome]:checked").focus()
    page.keyboard.press("ArrowUp")  # from "not known" to "paper lost"
    page.keyboard.press("Enter")
    expect(page.locator("h2 .outcome")).to_have_text("paper lost")
    posting.refresh_from_db()
    assert (posting.outcome, bool(posting.entry)) == ("lost", True)
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_act_is_one_page_of_paper(browser: Browser, url: str, language: str) -> None:
    """Each of the acts fits on one sheet of A4, whatever the language."""
    context = opened(browser, url, member(Role.COLLECTOR), language=language)
    page = context.new_page()
    for kind in ("refusal", "hand-over", "consent"):
        page.goto(f"{url}/acts/{kind}/?lang={language}&station=0101")
        printed = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, kind
        assert b"/MediaBox [0 0 594" in printed or b"/MediaBox [0 0 595" in printed
    context.close()


@pytest.mark.parametrize(("language", "phone"), [*((one, True) for one in LANGUAGES), ("ru", False)])
def test_every_page_can_be_read_and_touched(browser: Browser, url: str, language: str, phone: bool) -> None:
    """Nothing scrolls sideways, text is 11 px at least and has contrast, what is touched is 44 px high."""
    chief = member(Role.COORDINATOR, "chief")
    station = Station.objects.get(name="0101")
    Posting.objects.create(station=station, observer=chief, outcome="promised")
    context = opened(browser, url, chief, language=language, phone=phone)
    page = context.new_page()
    paths = ("/board/", "/stations/", f"/stations/{station.pk}/", "/stations/tables/", "/observed/", "/acts/")
    for path in (*paths, "/acts/refusal/"):
        page.goto(f"{url}{path}")
        assert not scrolls_sideways(page), path
        assert weak_texts(page, "content") == [], path
        assert small_texts(page, "content") == [], path
        assert page.evaluate(LOW) == [], path
    context.close()
