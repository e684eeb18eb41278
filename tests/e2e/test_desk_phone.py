"""A phone at a polling station, in the browser itself: no network, a queue, a network, receipts; and plain HTTP."""

from __future__ import annotations

import hashlib
import io
import json
import re
import secrets
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from desking.place import PASSWORD, make_archive
from desking.postgres import database, has_postgres, running_postgres
from desking.server import RunningDesk, invitation, running_desk
from e2e.looks import scrolls_sideways
from e2e.test_report import PHONE
from museum.small_photos import COLOUR, GREY
from secondcount.custody.archive import open_archive
from secondcount.custody.arrivals import stored_arrivals

pytestmark = pytest.mark.browser

KEPT = """
async () => {
  const request = indexedDB.open('secondcount', 1);
  const database = await new Promise((done) => (request.onsuccess = () => done(request.result)));
  const store = (name) => database.transaction(name).objectStore(name);
  const all = (name) => new Promise((done) => (store(name).getAll().onsuccess = (event) => done(event.target.result)));
  const [key] = await all('keys');
  const items = await all('items');
  const heads = items.map((item) => Array.from(new Uint8Array(item.file.data).slice(0, 3)));
  const clear = items.map((item) => new TextDecoder('latin1').decode(item.note.data).includes('station'));
  return { extractable: key ? key.extractable : null, count: items.length, heads, clear };
}
"""


REMEMBER = """
() => {
  const submit = HTMLFormElement.prototype.submit;
  HTMLFormElement.prototype.submit = function () {
    sessionStorage.hashes = this.elements.hashes.value;
    submit.call(this);
  };
}
"""

LOW = """
() => [...document.querySelectorAll('main :is(button, .button, select, summary, label.choice, input)')]
  .filter((one) => !one.matches('[type=hidden], [type=radio], [type=checkbox], .unseen'))
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
  .map((one) => one.outerHTML)
"""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """Run the real command, on every address of this machine, on each database."""
    folder = tmp_path_factory.mktemp("desk")
    archive = folder / "archive"
    make_archive(archive)
    if request.param == "sqlite":
        with running_desk(archive, words=("--host", "0.0.0.0", "--practice")) as running:  # noqa: S104 - of a test
            yield running
        return
    if not has_postgres():
        pytest.skip("no PostgreSQL in a wheel for this platform")
    with tempfile.TemporaryDirectory(prefix="pg-") as place, running_postgres(Path(place) / "server") as server:
        address = database(server, f"desk{secrets.token_hex(4)}")
        with running_desk(archive, database=address, words=("--practice",)) as running:
            yield running


def joined(browser: Browser, desk: RunningDesk, url: str = "") -> BrowserContext:
    """Return a phone on which a collector has opened the invitation and made an account."""
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="en")
    page = context.new_page()
    page.goto(invitation(desk, "collector").replace(desk.url, url or desk.url))
    page.locator("[name=username]").fill(f"c{secrets.token_hex(4)}")
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=password2]").fill(PASSWORD)
    page.locator("main form button").click()
    page.wait_for_url(re.compile(r"/$"))
    return context


@pytest.fixture(scope="module")
def account(browser: Browser, desk: RunningDesk) -> Any:
    """Return what a browser remembers of a collector who has signed in."""
    context = joined(browser, desk)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def phone(browser: Browser, account: Any) -> Iterator[BrowserContext]:
    """Return a phone of that collector on which nothing waits yet."""
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="en", storage_state=account)
    yield context
    context.close()


def opened(context: BrowserContext, desk: RunningDesk) -> Page:
    """Return the page that sends, once the worker that keeps it is there."""
    page = context.new_page()
    page.goto(f"{desk.url}/send/")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return page


def chosen(page: Page, *photos: bytes, station: str = "12") -> None:
    """Fill in what must be said, and choose photos."""
    page.locator("#files").set_input_files(
        [{"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": one} for number, one in enumerate(photos)]
    )
    page.locator("#station").fill(station)
    page.locator("#contest").select_option("list")
    page.locator("#source").select_option("posted_sheet")


def large_photo() -> bytes:
    """Return a photo that needs several parts."""
    written = io.BytesIO()
    Image.effect_noise((1400, 1400), 80).save(written, "JPEG", quality=95)
    return written.getvalue()


def arrived(desk: RunningDesk) -> list[str]:
    """Return the digests of the files that the archive has acknowledged."""
    return sorted(one.file for one in stored_arrivals(open_archive(str(desk.archive), {})))


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(data).hexdigest()


def test_photos_wait_without_a_network_and_arrive_with_one(phone: BrowserContext, desk: RunningDesk) -> None:
    """The page opens offline, keeps photos encrypted, survives being closed, and sends them by itself."""
    opened(phone, desk).close()
    phone.set_offline(True)
    page = phone.new_page()
    page.goto(f"{desk.url}/send/")
    chosen(page, COLOUR, GREY, station="Offline 12")
    assert not scrolls_sideways(page)
    page.locator("#go").click()
    expect(page.locator("#queue-list li.waiting")).to_have_count(2)
    expect(page.locator("#queue-net")).to_contain_text("No network")
    kept = page.evaluate(KEPT)
    assert (kept["extractable"], kept["count"]) == (False, 2)
    assert [255, 216, 255] not in kept["heads"]
    assert not any(kept["clear"])
    page.close()

    page = phone.new_page()
    page.goto(f"{desk.url}/sent/")
    expect(page.locator("#queue-list li.waiting")).to_have_count(2)
    phone.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#queue-list li.safe")).to_have_count(2, timeout=20_000)
    assert {digest(COLOUR), digest(GREY)} <= set(arrived(desk))
    page.locator("#queue-list a").first.click()
    expect(page.locator("main")).to_contain_text("Offline 12")
    expect(page.locator("main img")).to_be_visible()
    page.go_back()
    page.locator("#queue-wipe").click()
    expect(page.locator("#queue-net")).to_contain_text("Wiped")
    assert page.evaluate(KEPT)["count"] == 0


def test_an_upload_goes_on_where_the_network_broke(phone: BrowserContext, desk: RunningDesk) -> None:
    """What has arrived is not sent again; the file that comes of the parts is the file."""
    page, photo, offsets = opened(phone, desk), large_photo(), []

    def broken(route: Route) -> None:
        offsets.append(int(route.request.headers.get("upload-offset", "-1")))
        route.abort() if len(offsets) == 2 else route.continue_()

    page.route("**/api/uploads/*", lambda route: broken(route) if route.request.method == "PUT" else route.continue_())
    chosen(page, photo, station="Broken 7")
    page.locator("#go").click()
    expect(page.locator("#queue-net")).to_contain_text("No network", timeout=20_000)
    page.locator("#queue-again").click()
    expect(page.locator("#queue-list li.safe")).to_have_count(1, timeout=20_000)
    assert offsets[1] == offsets[2] > 0
    assert digest(photo) in arrived(desk)


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
def test_a_file_that_is_no_photo_is_refused_with_its_reason(phone: BrowserContext, desk: RunningDesk) -> None:
    """The queue shows the code and what to do, and lets it be removed; the others are sent."""
    page = opened(phone, desk)
    chosen(page, b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", COLOUR, station="Odd 3")
    page.locator("#go").click()
    expect(page.locator("#queue-list li.refused")).to_contain_text("N104", timeout=20_000)
    expect(page.locator("#queue-list li.safe")).to_have_count(1, timeout=20_000)
    page.locator("#queue-list li.refused button").click()
    expect(page.locator("#queue-list li.refused")).to_have_count(0)


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
def test_who_was_signed_out_loses_nothing(phone: BrowserContext, desk: RunningDesk) -> None:
    """A session that is over is said; photos stay until the same member is back, and go out under nobody else."""
    page = opened(phone, desk)
    phone.clear_cookies()
    chosen(page, COLOUR, station="Signed out 5")
    page.locator("#go").click()
    expect(page.locator("#queue-net")).to_contain_text("signed out", timeout=20_000)
    expect(page.locator("#queue-list li.waiting")).to_have_count(1)


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
def test_plain_http_sends_by_a_form_and_says_what_it_cannot(browser: Browser, desk: RunningDesk) -> None:
    """Without encryption there is no queue: the page says so, computes the digest itself, and the form arrives."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))  # nothing is sent: the system says by which address it would go
            address = asked.getsockname()[0]
        except OSError:
            pytest.skip("this machine has no address but its own")
    url = desk.url.replace("127.0.0.1", address)
    try:
        socket.create_connection((address, int(url.rpartition(":")[2])), 2).close()
    except OSError:
        pytest.skip("the desk answers on this machine's own address only")
    context = joined(browser, desk, url)
    page = context.new_page()
    page.goto(f"{url}/send/")
    assert not page.evaluate("isSecureContext")
    expect(page.locator("#plain-http")).to_be_visible()
    photo = GREY + b"\0" * 3
    chosen(page, photo, COLOUR, station="Plain 9")
    page.evaluate(REMEMBER)
    page.locator("#go").click()
    page.wait_for_url("**/sent/**")
    assert json.loads(page.evaluate("sessionStorage.hashes")) == {"1": digest(photo), "2": digest(COLOUR)}
    expect(page.locator("main .good").first).to_contain_text("Safe")
    assert digest(photo) in arrived(desk)
    context.close()


@pytest.fixture(scope="module")
def hashing(browser: Browser, desk: RunningDesk) -> Iterator[Page]:
    """Return a page in which our SHA-256 is at hand as `ours(parts)`, parts being arrays of bytes."""
    page = browser.new_page()
    page.goto(f"{desk.url}/accounts/login/")
    page.evaluate(
        """async () => {
          const { Sha256, digestOf } = await import('/static/desk/receiving/sha256.js');
          globalThis.ours = (parts) => {
            const hash = new Sha256();
            for (const part of parts) hash.update(new Uint8Array(part));
            return hash.hex();
          };
          globalThis.both = async (bytes) => {
            const blob = new Blob([new Uint8Array(bytes)]);
            return [await digestOf(blob), await digestOf(blob, null)];
          };
        }"""
    )
    yield page
    page.close()


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("text", "wanted"),
    [  # FIPS 180-4 examples (NIST: SHA-256)
        (b"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        ),
    ],
)
def test_our_sha256_gives_the_published_digests(hashing: Page, text: bytes, wanted: str) -> None:
    """The plain module gives what the standard prints."""
    assert hashing.evaluate("(bytes) => ours([bytes])", list(text)) == wanted


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
def test_our_sha256_of_a_million_letters(hashing: Page) -> None:
    """The long example of the standard, and a file around the edges of a block, by both ways."""
    million = "(async () => ours([new Uint8Array(1000000).fill(97)]))()"
    assert hashing.evaluate(million) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    for size in (55, 56, 57, 63, 64, 65, 119, 120, 128):
        data = bytes(range(size))
        assert hashing.evaluate("both", list(data)) == [digest(data)] * 2


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
@settings(max_examples=40, deadline=None)
@given(parts=st.lists(st.binary(max_size=200), max_size=5))
def test_our_sha256_is_that_of_python(hashing: Page, parts: list[bytes]) -> None:
    """However a file is cut into parts, its digest is the one that the desk computes."""
    assert hashing.evaluate("ours", [list(one) for one in parts]) == digest(b"".join(parts))


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_the_page_fits_a_phone_in_every_language(phone: BrowserContext, desk: RunningDesk, language: str) -> None:
    """Nothing is wider than the screen, and everything to be touched is at least 44 pixels high."""
    page = phone.new_page()
    page.goto(f"{desk.url}/send/")
    page.locator(f".tools button[lang={language}]").click()
    page.wait_for_function("(one) => document.documentElement.lang === one", arg=language)
    for summary in page.locator("summary").all():
        summary.click()
    assert not scrolls_sideways(page)
    assert page.evaluate(LOW) == []
