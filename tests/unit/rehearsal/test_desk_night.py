"""The rehearsal at a desk: forms are filled in as asked, a picture is recognised, refusals are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from secondcount.errors import InputError
from secondcount.rehearsal.browser import Browser, Page, one_time_code
from secondcount.rehearsal.desk_night import Eyes, answer_form, claim_of
from secondcount.rehearsal.desk_process import make_archive, serve_desk
from secondcount.rehearsal.folder import draw_photo
from secondcount.rehearsal.members import expect
from secondcount.rehearsal.night import Night, Plan, prepare_night
from secondcount.rehearsal.rates import Rates
from secondcount.transcription.cells import CellRead, Mark
from secondcount.transcription.reading import Place, Problem, Reading


@pytest.fixture(scope="module")
def night() -> Night:
    """Return a small night."""
    return prepare_night(Plan(stations=8, seed="desk", rates=Rates(unreadable=100, forwarded=200)))


@pytest.mark.parametrize(
    ("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """The vectors of RFC 6238, appendix B (SHA-1), their last six digits."""
    assert one_time_code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", seconds) == code


def test_a_picture_is_recognised_after_it_was_drawn_anew(night: Night) -> None:
    """What a desk shows was decoded and encoded again, and smaller: it is still the same sheet."""
    files = {one.file: draw_photo(night, one, "en", width=300) for one in night.photos if not one.again}
    eyes = Eyes(files)
    for photo in night.photos:
        assert eyes.recognise(draw_photo(night, photo, "en", width=260)) == photo.file


class TestForms:
    """A form is filled in with what was read, in the fields that it has and in no other."""

    NAMES = frozenset({"station", "contest", "pages", "v-a", "v-b", "v-c"})

    def reading(self, **cells: CellRead) -> Reading:
        return Reading(reader="reader-1", place=Place(station="0001", contest="list"), cells=cells)

    def test_a_number_a_mark_and_a_correction(self) -> None:
        """Nothing is said of a number that would have to be a mark, and nothing of a mark but its letter."""
        reading = self.reading(
            a=CellRead(mark=Mark.READ, value=7),
            b=CellRead(mark=Mark.BLANK),
            c=CellRead(mark=Mark.READ, value=5, overwritten=True, old=6),
        )
        place = {"station": "0001", "contest": "list", "pages": "1"}
        cells = {"v-a": "7", "m-b": "b", "v-c": "5", "w-c": "1", "o-c": "6"}
        assert answer_form(self.NAMES, reading) == place | cells

    def test_a_third_reader_says_what_is_asked(self) -> None:
        """Where the form asks for one cell, one cell is sent."""
        reading = self.reading(a=CellRead(mark=Mark.READ, value=7), b=CellRead(mark=Mark.BLANK))
        assert answer_form(frozenset({"v-b", "grant"}), reading) == {"m-b": "b"}

    def test_a_problem_has_no_cells(self) -> None:
        """Of a photo that cannot be read nothing is said but that."""
        reading = Reading(reader="reader-1", place=Place(page_count=0), problem=Problem.UNREADABLE)
        assert answer_form(self.NAMES, reading)["problem"] == "unreadable"
        assert not [one for one in answer_form(self.NAMES, reading) if one.startswith(("v-", "m-"))]


def test_a_claim_says_what_the_sender_says(night: Night) -> None:
    """A claim has the wrong station or contest where the rehearsal wants it wrong; each photo is a copy of its own."""
    claims = [claim_of(photo, number, "s") for number, photo in enumerate(night.photos)]
    assert [(one["station"], one["contest"]) for one in claims] == [(p.station, p.contest) for p in night.photos]
    assert len({one["sheet"] for one in claims}) == len(night.photos)


def test_an_answer_that_should_not_be_is_told() -> None:
    """The step, the status and the place of a refusal are in the error."""
    with pytest.raises(InputError) as refused:
        expect(Page(status=403, path="/read/1/", body=b""), "check")
    assert refused.value.code == "K182"
    assert dict(refused.value.values) == {"step": "check", "status": 403, "path": "/read/1/"}


def test_a_desk_that_does_not_start_is_told(tmp_path: Path) -> None:
    """Where the program ends at once, the error names the file with its words."""
    with pytest.raises(InputError) as refused, serve_desk(tmp_path / "nothing"):
        pass
    assert refused.value.code == "K183"
    assert "A101" in (tmp_path / "nothing-desk.log").read_text(encoding="utf-8")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A second rehearsal in one folder is refused before anything is written."""
    make_archive(tmp_path / "archive", 3)
    with pytest.raises(InputError) as refused:
        make_archive(tmp_path / "archive", 3)
    assert refused.value.code == "A102"


class _Small(BaseHTTPRequestHandler):
    """Sets a cookie, redirects, refuses, and gives back what was posted."""

    def do_GET(self) -> None:
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "/page?x=1")
            self.end_headers()
            return
        self.send_response(404 if self.path == "/none" else 200)
        self.send_header("Set-Cookie", "csrftoken=abc; Path=/")
        self.end_headers()
        self.wfile.write(
            b'<p><input name="a"><input type="hidden" name="grant" value="g&amp;h"><code> one\n</code></p>'
        )

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.headers["X-CSRFToken"].encode() + b"|" + body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by the library
        pass


@contextmanager
def small_server() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Small)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_a_browser_keeps_cookies_and_follows() -> None:
    """Fields, hidden values and codes of a page are found; the token of the cookie goes with a form; 404 is a page."""
    with small_server() as origin:
        browser = Browser(origin)
        page = browser.get("/away")
        assert (page.status, page.path) == (200, "/page?x=1")
        assert page.names == {"a", "grant"}
        assert page.hidden == {"grant": "g&h"}
        assert page.secrets == ("one",)
        assert browser.get("/none").status == 404
        assert browser.post("/form", {"a": "é&"}).body == b"abc|a=%C3%A9%26"
        sent = browser.post("/file", {"claim": "{}"}, {"file": ("p.jpg", b"\xff\xd8")}).body
        assert b'name="file"; filename="p.jpg"' in sent
        assert b"\r\n\r\n\xff\xd8\r\n" in sent
        assert len(browser.seconds) == 4


def test_no_answer_is_an_error_of_the_system() -> None:
    """Where nobody listens, an OSError says so: whoever sends tries again."""
    with small_server() as origin:
        pass
    with pytest.raises(OSError, match="refused"):
        Browser(origin).get("/")
