"""Pages of people in a real browser: what a person with a phone, a keyboard or a screen reader meets."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from desking.live import address, place, window_of
from desking.place import PASSWORD, DeskPlace, code_now, member
from e2e.looks import scrolls_sideways

# isort: split
from secondcount.web.accounts.invitations import invite
from secondcount.web.desk import now
from secondcount.web.models import Member, Role

__all__ = ["address", "place"]  # fixtures

pytestmark = pytest.mark.browser

SMALL = """
() => [...document.querySelectorAll('main a.button, main button, main input:not([type=hidden]), main select, summary')]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML.slice(0, 80))
"""


def check(page: Page) -> None:
    """Hold a page against axe and the house's own questions."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert not scrolls_sideways(page), page.url
    assert page.evaluate(SMALL) == [], page.url


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("kk", "dark")])
def test_pages_of_people_are_for_everybody(
    place: DeskPlace, address: str, browser: Browser, language: str, scheme: str
) -> None:
    """No violation that axe knows on a phone, in light and dark rooms, targets of 44 px, a silent console."""
    owner = member(Role.OWNER, "olga")
    reader = member(Role.READER, "a-very-long-name-of-somebody-who-reads", team="Observers of the northern region")
    Member.objects.filter(pk=owner.pk).update(language=language)
    invite(Role.READER, now(), by=owner)
    options = {"viewport": {"width": 390, "height": 844}, "color_scheme": scheme}
    window = window_of(browser, Member.objects.get(pk=owner.pk), address, **options)
    page, wrong = window.new_page(), list[str]()
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    for url in ("/", "/people/", f"/people/{reader.pseudonym}/", "/accounts/2fa/", "/accounts/password/change/"):
        page.goto(url)
        check(page)
    page.goto("/people/")
    page.locator("form[action='/people/invite/'] button").click()
    check(page)
    window.close()
    assert wrong == []


def test_an_adjudicator_begins_by_keyboard_alone(place: DeskPlace, address: str, browser: Browser) -> None:
    """Link, account, second factor, recovery codes: without a mouse, and without typing the password a third time."""
    token = invite(Role.ADJUDICATOR, now())
    window = browser.new_context(base_url=address, viewport={"width": 390, "height": 844}, locale="ru-RU")
    page = window.new_page()
    page.goto(f"/join/{token}/")
    check(page)
    page.focus("#id_username")
    for text in ("anna", PASSWORD, PASSWORD):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2fa/totp/activate/")
    check(page)
    secret = page.locator("code.secret").inner_text()
    page.keyboard.type(code_now(secret))
    page.keyboard.press("Enter")
    page.wait_for_url("**/recovery-codes/")
    check(page)
    assert page.locator(".codes li").count() == 10
    window.close()
