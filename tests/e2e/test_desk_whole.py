"""The whole way at the real server: a photo by keyboard, two readers, a third, an adjudicator, the log, the verdict.

The people are made over HTTP (`rehearsal.members`); what is looked at happens in Chromium. Pictures of every page go
into a folder that the variable SECONDCOUNT_PICTURES names, where it is set.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from desking.postgres import database, running_postgres
from desking.server import until
from e2e.looks import scrolls_sideways
from secondcount.rehearsal.desk_night import Eyes, answer_form, send
from secondcount.rehearsal.desk_process import Serving, make_archive, serve_desk
from secondcount.rehearsal.desk_whole import rehearse_at_desk
from secondcount.rehearsal.folder import draw_photo
from secondcount.rehearsal.members import Member, invite_members, join
from secondcount.rehearsal.night import Night, Plan, prepare_night
from secondcount.rehearsal.papers import Paper
from secondcount.rehearsal.rates import Rates, parse_rates
from secondcount.transcription.cells import CellRead, Mark
from secondcount.transcription.reading import Place, Reading

LANGUAGES = ("en", "ru", "kk")
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
PROGRAM = (sys.executable, "-m", "secondcount")
QUIET = parse_rates(f"{name}=0" for name in Rates.__dataclass_fields__)
FAR = 80  # presses of the tabulator until a control must have been reached


def check(archive: Path, out: Path) -> tuple[str, dict[str, object]]:
    """Check an archive as anybody would; return the screen, and the verdict."""
    words = (*PROGRAM, "check", str(archive), "--out", str(out))
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout, json.loads((out / "verdict.json").read_text(encoding="utf-8"))


def verified(archive: Path) -> bool:
    """Return whether an archive verifies."""
    return subprocess.run((*PROGRAM, "verify", str(archive)), capture_output=True, check=False).returncode == 0


def rehearsed(folder: Path, stations: int, server: str = "") -> None:
    """Hold a night at a real desk, and hold what the log has against the papers."""
    # Clear digits, or readers could agree on what does not stand there.
    rates = parse_rates(["unclear=0", "station=80", "contest=80", "forwarded=80", "reused=40", "unreadable=40"])
    night = prepare_night(Plan(stations=stations, seed="whole", rates=rates))
    score = rehearse_at_desk(folder, night, database=server)
    assert (score.missing, score.doubled) == (0, 0)
    assert score.sheets == score.expected > 0
    assert score.wrong * 100 <= score.cells
    assert score.readings >= 2 * score.sheets
    assert verified(folder / "archive")
    screen, verdict = check(folder / "archive", folder / "report")
    assert verdict["synthetic"] is True
    assert "SYNTHETIC" in screen
    assert f"of {stations} polling stations" in " ".join(screen.split())


def test_a_small_night_on_sqlite(tmp_path: Path) -> None:
    """Two stations from photos to the verdict, with people who go wrong."""
    rehearsed(tmp_path, 2)


@pytest.mark.slow
def test_thirty_stations_on_sqlite(tmp_path: Path) -> None:
    """Thirty stations, two contests each: every legible paper becomes one sheet, whatever was claimed of its photo."""
    rehearsed(tmp_path, 30)


@pytest.mark.slow
def test_thirty_stations_on_postgresql(tmp_path: Path) -> None:
    """The same on PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="whole-") as place, running_postgres(Path(place) / "pg") as server:
        rehearsed(tmp_path, 30, database(server, "desk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A real desk with its people, before anything has arrived."""

    desk: Serving
    archive: Path
    night: Night
    owner: Member
    people: dict[str, list[Member]]


@pytest.fixture
def staged(tmp_path: Path) -> Iterator[Staged]:
    """Start a desk with two stations, and let its people join."""
    night = prepare_night(Plan(stations=2, seed="staged", rates=QUIET))
    make_archive(tmp_path / "archive", 2)
    with serve_desk(tmp_path / "archive") as desk:
        owner = join(desk.origin, desk.link, "owner")
        people = invite_members(owner, {"collector": 1, "reader": 3, "adjudicator": 1})
        yield Staged(desk=desk, archive=tmp_path / "archive", night=night, owner=owner, people=people)


def window_of(browser: Browser, member: Member, size: str = "desktop") -> BrowserContext:
    """Return a window in which a member is signed in."""
    context = browser.new_context(base_url=member.browser.origin, viewport=SIZES[size])
    known = member.browser.cookies.items()
    context.add_cookies([{"name": name, "value": value, "url": member.browser.origin} for name, value in known])
    return context


def tab_to(page: Page, selector: str) -> None:
    """Press the tabulator until a control is reached: what cannot be reached so is not there for everybody."""
    for _ in range(FAR):
        if page.evaluate("(one) => document.activeElement?.matches(one)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by the tabulator on {page.url}")


def press(page: Page, selector: str) -> None:
    """Go to a control by keyboard and press Enter; another page comes of it."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def take_next(page: Page, address: str) -> None:
    """Ask for the next task until there is one: decoding and agreeing go on behind the pages."""
    for _ in range(120):
        page.goto(address)
        press(page, "main form button")
        if "nothing=1" not in page.url:
            return
        page.wait_for_timeout(500)
    raise AssertionError(page.inner_text("main"))


def mayor(night: Night) -> Paper:
    """Return the paper with few cells."""
    return next(one for one in night.papers if one.contest == "mayor")


def read_by_keyboard(page: Page, paper: Paper, cells: dict[str, CellRead], *, whole: bool = True) -> None:
    """Read the next copy with the keyboard alone, from the landing page to the thanks."""
    take_next(page, "/read/")
    page.wait_for_selector("[data-stage] img")
    if whole:
        tab_to(page, "#station")
        page.keyboard.type(paper.station)
        tab_to(page, "#contest")
        page.keyboard.type("May")
        page.wait_for_selector("#v-registered")
        tab_to(page, "#pages")
        page.keyboard.type("1")
    for name, cell in cells.items():
        if page.locator(f"#v-{name}").count():
            tab_to(page, f"#v-{name}")
            page.keyboard.type("b" if cell.value is None else str(cell.value))
    press(page, "button[data-send]")
    press(page, "button[value=commit]")
    page.wait_for_selector("[data-committed]")


def off_by(paper: Paper, cell: str, step: int) -> dict[str, CellRead]:
    """Return the cells of a paper as somebody reads them who goes wrong in one."""
    value = paper.cells[cell].value or 0
    return {**paper.cells, cell: CellRead(mark=Mark.READ, value=value + step)}


@pytest.mark.browser
def test_from_a_photo_to_the_verdict_by_keyboard(staged: Staged, browser: Browser, tmp_path: Path) -> None:
    """Collector, three readers who differ in one cell, adjudicator: no mouse; the verdict has the sheet as decided."""
    paper = mayor(staged.night)
    photo = next(one for one in staged.night.photos if staged.night.papers[one.paper] == paper)
    file = tmp_path / "photo.jpg"
    file.write_bytes(draw_photo(staged.night, photo, "en", width=900))
    page = window_of(browser, staged.people["collector"][0]).new_page()
    page.goto("/send/")
    page.set_input_files("#files", file)  # the dialogue of the system is not ours
    tab_to(page, "[name=station]")
    page.keyboard.type(paper.station)
    tab_to(page, "[name=contest]")
    page.keyboard.type("May")
    tab_to(page, "[name=source]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#go")
    page.keyboard.press("Enter")
    expect(page.locator("#queue-list li.safe")).to_have_count(1, timeout=30_000)
    readings = (paper.cells, off_by(paper, "ant", 1), off_by(paper, "ant", 2))
    for number, (reader, cells) in enumerate(zip(staged.people["reader"], readings, strict=True)):
        window = window_of(browser, reader).new_page()
        read_by_keyboard(window, paper, dict(cells), whole=number < 2)
    judge = window_of(browser, staged.people["adjudicator"][0]).new_page()
    take_next(judge, "/decide/")
    offered = {
        re.sub(r"\D", "", one.locator(".what").inner_text()): one.locator("input").get_attribute("value")
        for one in judge.locator("label.choice:has([name=c-ant])").all()
    }
    right = offered[str(paper.cells["ant"].value)]
    tab_to(judge, "[name=c-ant]")
    for _ in range("ABC".index(str(right)) + 1):
        judge.keyboard.press("Space")
        if judge.locator(f"[name=c-ant][value={right}]").is_checked():
            break
        judge.keyboard.press("ArrowDown")
    assert judge.locator(f"[name=c-ant][value={right}]").is_checked()
    tab_to(judge, "[name=ground]")
    judge.keyboard.press("Space")
    press(judge, "button[value=decide]")
    judge.wait_for_url("**decided=1**")
    _stop(staged)
    assert verified(staged.archive)
    screen, verdict = check(staged.archive, tmp_path / "report")
    assert verdict["synthetic"] is True
    assert "1 of 2 polling stations" in " ".join(screen.split())


def _stop(staged: Staged) -> None:
    """Stop the desk once nothing waits for the log any more."""
    browser = staged.owner.browser
    until(lambda: json.loads(browser.get("/healthz").body)["outbox"] == 0, 60)
    staged.desk.process.terminate()
    staged.desk.process.wait(30)


READ = {"0001": ("ant", 0, 1, 2), "0002": ("ant", 0, 0, 0)}
"""By how much each of three readers goes wrong at a station, so that one copy is in dispute and one is agreed."""


def busy(staged: Staged) -> dict[str, list[str]]:
    """Let photos arrive and be read until a copy is in dispute; return the pages that each person can look at."""
    night, people = staged.night, staged.people
    photos = {one.file: draw_photo(night, one, "ru", width=500) for one in night.photos}
    collector = people["collector"][0]
    receipts = [send(collector, night, one, at, photos[one.file]) for at, one in enumerate(night.photos)]
    eyes = Eyes(photos)
    done = [one for reader in people["reader"] for one in _read_all(reader, night, eyes)]
    deciding = _held(people["adjudicator"][0], "/decide/next/")
    everybody = ["/", "/accounts/2fa/", "/accounts/password/change/", "/nowhere/"]
    member = people["reader"][0].browser.get("/").text
    assert "/board/" not in member
    person = re.search(r"/people/(p-[0-9a-f]+)/", staged.owner.browser.get("/people/").text)
    assert person
    station = re.search(r"/stations/\d+/", staged.owner.browser.get("/stations/").text)
    assert station
    return {
        "nobody": ["/accounts/login/", "/tls/", f"/r/{receipts[0]}/"],
        "collector": [*everybody, "/send/", "/sent/", "/observed/", f"/r/{receipts[0]}/"],
        "reader": [*everybody, "/read/", done[0]],
        "adjudicator": ["/decide/", deciding],
        "owner": [
            *("/read/", "/board/", "/stations/", "/stations/tables/", "/acts/", "/people/", "/bulk/"),
            station[0],
            f"/people/{person[1]}/",
            "/accounts/2fa/recovery-codes/",
        ],
    }


def _read_all(reader: Member, night: Night, eyes: Eyes) -> Iterator[str]:
    """Read what there is for somebody, wrongly where the plan says so; yield the pages of thanks."""
    number, quiet = int(reader.name.rpartition("-")[2]), 0
    while quiet < 8:
        page = reader.browser.post("/read/next/", {})
        if "nothing=1" in page.path:
            quiet += 1
            time.sleep(0.5)
            continue
        quiet = 0
        picture = reader.browser.get(f"{page.path}page/1/").body
        file = eyes.recognise(picture)
        paper = night.papers[next(one.paper for one in night.photos if one.file == file)]
        cell, *steps = READ[paper.station] if paper.contest == "mayor" else ("lark", 0, 0, 0)
        cells = off_by(paper, str(cell), int(steps[number - 1]))
        reading = Reading(reader=reader.name, place=Place(station=paper.station, contest=paper.contest), cells=cells)
        names = page.names
        if "problem" in names:
            names |= {f"v-{one}" for one in cells}
        fields = answer_form(names, reading) | {"grant": page.hidden["grant"], "step": "commit"}
        yield reader.browser.post(page.path, fields).path


def _held(person: Member, address: str) -> str:
    """Take a task, once there is one, and return its page."""
    found: list[str] = []

    def took() -> bool:
        found.append(person.browser.post(address, {}).path)
        return "nothing=1" not in found[-1]

    until(took, 60)
    return found[-1]


def look(page: Page, name: str) -> list[str]:
    """Hold a page against axe and against sideways scrolling; return what is wrong. Draw it where that is wanted."""
    wanted = os.environ.get("SECONDCOUNT_PICTURES")
    if wanted:
        Path(wanted).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(wanted) / f"{name}.png", full_page=True)
    found = Axe().run(page)
    wrong = [f"{name}: {one['id']} {one['nodes'][0]['html'][:160]}" for one in found.response["violations"]]
    return wrong + ([f"{name}: scrolls sideways"] if scrolls_sideways(page) else [])


def crawl(browser: Browser, staged: Staged, languages: tuple[str, ...], sizes: tuple[str, ...]) -> list[str]:
    """Look at every page of every person in some languages and sizes; return what is wrong."""
    pages = busy(staged)
    who = {"owner": staged.owner, **{role: those[0] for role, those in staged.people.items()}}
    wrong: list[str] = []
    for size in sizes:
        for role, addresses in pages.items():
            context = window_of(browser, who[role], size) if role in who else _stranger(browser, staged, size)
            page = context.new_page()
            for language in languages:
                context.add_cookies([{"name": "django_language", "value": language, "url": staged.desk.origin}])
                if role in who:
                    who[role].browser.post(f"/language/{language}/", {"next": "/"})
                for address in addresses:
                    page.goto(address)
                    assert page.evaluate("document.documentElement.lang") == language, address
                    place = re.sub(r"[0-9a-f]{64}|p-[0-9a-f]+", "x", address).strip("/").replace("/", "_") or "home"
                    wrong += look(page, f"{size}-{language}-{role}-{place}")
            context.close()
    return wrong


def _stranger(browser: Browser, staged: Staged, size: str) -> BrowserContext:
    return browser.new_context(base_url=staged.desk.origin, viewport=SIZES[size])


@pytest.mark.browser
def test_every_page_is_accessible_on_a_phone(staged: Staged, browser: Browser) -> None:
    """In Kazakh, whose words are longest, at 390 pixels: nothing that axe knows is wrong, nothing scrolls sideways."""
    wrong = crawl(browser, staged, ("kk",), ("phone",))
    assert not wrong, "\n".join(wrong)


@pytest.mark.browser
@pytest.mark.slow
def test_every_page_is_accessible(staged: Staged, browser: Browser) -> None:
    """Every page of every role, in three languages, at 390 and 1280 pixels."""
    wrong = crawl(browser, staged, LANGUAGES, tuple(SIZES))
    assert not wrong, "\n".join(wrong)
