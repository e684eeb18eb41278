"""Starting a desk: what is made on the first start, and every refusal by its code."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache

from desking.place import DeskPlace, make_archive
from secondcount.custody.archive import Archive
from secondcount.custody.locking import file_locked
from secondcount.errors import InputError
from secondcount.web import health, server
from secondcount.web.config import DeskConfig
from secondcount.web.desk import desk, now
from secondcount.web.server import Listening, configured, serve

EVERY = "0.0.0.0"  # noqa: S104 - every address of this machine; nothing listens here
DOWN = {  # where nobody answers
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nothing",
    "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
    "AWS_REGION": "us-east-1",
}
SOME = "postgresql://somebody:very-secret@db.test/desk"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Return an archive with its key."""
    return make_archive(tmp_path / "archive")


@pytest.fixture
def taken() -> Iterator[int]:
    """Return a port that somebody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        yield int(one.getsockname()[1])


def refused(config: DeskConfig, listening: Listening, *, processes: int = 1) -> str:
    """Return the code by which a start is refused."""
    with pytest.raises(InputError) as caught:
        serve(config, listening, lambda: None, processes=processes)
    return caught.value.code


def test_the_folder_and_the_secret_are_private(archive: Archive) -> None:
    """Nobody else on the machine reads what signs sessions; the second start finds the same."""
    config = configured(archive.location, {}, "", Listening())
    folder = Path(config.folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "secret").stat().st_mode) == 0o600
    assert configured(archive.location, {}, "", Listening()).secret == config.secret
    assert len(config.secret) >= 50


def test_secrets_are_not_in_what_is_printed(archive: Archive) -> None:
    """The address of the database and the secret are left out where the configuration is shown."""
    config = configured(archive.location, {}, SOME, Listening())
    assert "very-secret" not in repr(config)
    assert config.secret not in repr(config)


def test_an_archive_without_its_key_is_refused_at_the_start(archive: Archive, tmp_path: Path) -> None:
    """Not when the first photo is to go into the log: the file of the key is named (V244)."""
    (tmp_path / "archive.key").unlink()
    with pytest.raises(InputError) as caught:
        configured(archive.location, {}, "", Listening())
    assert caught.value.code == "V244"


def test_an_archive_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A101, and nothing is made in its place."""
    with pytest.raises(InputError, match="A101"):
        configured(str(tmp_path / "nowhere"), {}, "", Listening())
    assert not (tmp_path / "nowhere").exists()


def test_a_bucket_that_is_down_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """A512 with the reason, and not when the first photo comes."""
    for name, value in DOWN.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(InputError, match="A512"):
        configured("s3://bucket/desk", os.environ, "", Listening())


@pytest.mark.parametrize("address", ["mysql://user@host/name", "postgresql://user@host", "nonsense"])
def test_an_address_of_no_database_is_refused(archive: Archive, address: str) -> None:
    """K102, and never an attempt to use it as a file."""
    with pytest.raises(InputError, match="K102"):
        configured(archive.location, {}, address, Listening())


def test_a_public_address_names_a_scheme(archive: Archive) -> None:
    """K139 for whatever is no http address."""
    with pytest.raises(InputError, match="K139"):
        configured(archive.location, {}, "", Listening(public_url="desk.example.org"))


def test_behind_a_proxy_everything_is_secure(archive: Archive) -> None:
    """The public address gives name, origin and secure cookies."""
    config = configured(archive.location, {}, "", Listening(public_url="https://desk.example.org/"))
    assert (config.origin, config.secure, config.proxied) == ("https://desk.example.org", True, True)
    assert "desk.example.org" in config.hosts


def test_a_folder_whose_place_is_taken_is_refused(archive: Archive, tmp_path: Path) -> None:
    """A file in the place of the folder is told as K108."""
    (tmp_path / "archive" / "private" / "desk").write_text("not a folder")
    with pytest.raises(InputError, match="K108"):
        configured(archive.location, {}, "", Listening())


def test_a_port_that_is_taken_is_refused(place: DeskPlace, taken: int) -> None:
    """K134 before anything is served; the server's own option would share the port with a stranger."""
    assert refused(place.config, Listening(port=taken)) == "K134"


def test_an_address_of_another_machine_is_refused(place: DeskPlace) -> None:
    """K134 too."""
    assert refused(place.config, Listening(host="192.0.2.1")) == "K134"


def test_a_second_desk_on_one_file_is_refused(place: DeskPlace) -> None:
    """K135: the lock is held for as long as the other desk runs."""
    with file_locked(Path(place.config.folder) / "serving.lock"):
        assert refused(place.config, Listening()) == "K135"


def test_several_processes_need_a_server_of_databases(place: DeskPlace) -> None:
    """K138 for the embedded one."""
    assert refused(place.config, Listening(), processes=2) == "K138"


def test_links_begin_with_what_other_devices_can_open() -> None:
    """Not with 0.0.0.0, which is no address of anybody."""
    assert Listening(host="192.168.7.5", port=8460).origin == "http://192.168.7.5:8460"
    assert Listening(host="192.168.7.5", port=8460, tls=True).origin == "https://192.168.7.5:8460"
    assert EVERY not in Listening(host=EVERY).origin
    assert EVERY not in Listening(host=EVERY).names


def test_health_has_no_names_and_no_votes(place: DeskPlace) -> None:
    """State, database, disk, outbox and the age of the worker's last look: nothing else."""
    health.beat(now())
    found = health.look(desk(), now())
    assert found == {"status": "ok", "database": "ok", "disk": "ok", "outbox": 0, "worker_seconds": 0}


def test_health_says_what_is_wrong(place: DeskPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that stopped is late; a full disk is a failure."""
    cache.set("desk-worker", "2020-01-01T00:00:00+00:00", timeout=None)
    assert health.look(desk(), now())["status"] == "late"
    monkeypatch.setattr(health, "LEAST_FREE", 2**80)
    assert health.look(desk(), now()) == {**health.look(desk(), now()), "status": "failing", "disk": "low"}


def test_threads_stay_within_what_the_machine_has() -> None:
    """The server would warn of more, each time it starts."""
    assert 2 * (os.cpu_count() or 1) + 1 >= server.THREADS
