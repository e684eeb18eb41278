"""A folder keeps what it was given when the power goes, and is not led out of itself."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from secondcount.errors import InputError
from secondcount.evidence.local_store import LARGEST, Disk, LocalStore
from secondcount.evidence.log import append_entries, heal
from secondcount.evidence.store import Missing, is_temporary


class Recorder:
    """A disk that writes down what is done to it, and in which order."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def disk(self) -> Disk:
        """Return the calls."""
        return Disk(write=self.write, flush=self.flush, link=self.link, rename=self.rename)

    def write(self, descriptor: int, data: memoryview) -> int:
        """Write at most three bytes: a system may always write less than it was asked."""
        return os.write(descriptor, data[:3])

    def flush(self, descriptor: int) -> None:
        """Note which file or folder is flushed."""
        os.fsync(descriptor)
        self.done.append(f"flush {Path(f'/proc/self/fd/{descriptor}').readlink().name}")

    def link(self, temporary: Path, final: Path) -> None:
        """Note the name that a file gets."""
        os.link(temporary, final)
        self.done.append(f"name {final.name}")

    def rename(self, temporary: Path, final: Path) -> None:
        """Note the name that a file gets."""
        temporary.replace(final)
        self.done.append(f"rename {final.name}")


needs_proc = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="this system does not name open files")


@needs_proc
def test_bytes_are_on_the_disk_before_their_name_and_names_before_the_return(tmp_path: Path) -> None:
    """A file is flushed, then named, then its folder and every new folder above it are flushed."""
    recorder = Recorder()
    store = LocalStore(tmp_path / "root", disk=recorder.disk())
    store.create("tile/0/000", b"some bytes")
    assert recorder.done[:2] == ["flush 000.writing-0", "name 000"]
    assert sorted(recorder.done[2:]) == sorted(["flush 0", "flush tile", "flush root", f"flush {tmp_path.name}"])
    assert store.load("tile/0/000") == b"some bytes"


@needs_proc
def test_many_files_are_flushed_each_and_their_folder_once(tmp_path: Path) -> None:
    """Of many files all bytes are flushed first, then all are named, then each folder is flushed once."""
    (tmp_path / "a").mkdir()
    recorder = Recorder()
    LocalStore(tmp_path, disk=recorder.disk()).create_many((f"a/{number}", b"x") for number in range(5))
    kinds = [one.split(" ")[0] for one in recorder.done]
    assert kinds == ["flush"] * 5 + ["name"] * 5 + ["flush"]
    assert recorder.done[-1] == "flush a"


@needs_proc
def test_a_file_that_is_there_is_on_the_disk_too(tmp_path: Path) -> None:
    """Who is told that a file exists may rely on it: its name is flushed, for its maker may have died before that."""
    (tmp_path / "a").write_bytes(b"1")
    recorder = Recorder()
    assert not LocalStore(tmp_path, disk=recorder.disk()).create("a", b"1")
    assert recorder.done == [f"flush {tmp_path.name}"]


@needs_proc
def test_a_replacement_is_flushed_before_it_takes_the_place(tmp_path: Path) -> None:
    """The new bytes are flushed, then renamed over the old ones, then the folder is flushed."""
    recorder = Recorder()
    store = LocalStore(tmp_path, disk=recorder.disk())
    version = store.replace("checkpoint", b"1", None)
    recorder.done.clear()
    store.replace("checkpoint", b"2", version)
    assert recorder.done == ["flush checkpoint.writing-0", "rename checkpoint", f"flush {tmp_path.name}"]


def test_without_durability_nothing_is_flushed(tmp_path: Path) -> None:
    """A scratch copy is not flushed; everything else is the same."""

    def never(descriptor: int) -> None:
        raise AssertionError(descriptor)

    store = LocalStore(tmp_path, durable=False, disk=Disk(flush=never))
    version = store.replace("a/b", b"1", None)
    store.replace("a/b", b"2", version)
    store.delete("a/b")
    assert list(store.names()) == []


class Tired:
    """A disk on which the call number `left` fails."""

    def __init__(self, left: int, number: int) -> None:
        self.left, self.number = left, number

    def call(self, real: Callable[..., object]) -> Callable[..., object]:
        """Return a call that fails when its turn comes."""

        def counted(*arguments: object) -> object:
            self.left -= 1
            if self.left < 0:
                raise OSError(self.number, os.strerror(self.number))
            return real(*arguments)

        return counted

    def disk(self) -> Disk:
        """Return the calls; removing always works, as it does on a full disk."""
        return Disk(write=self.call(os.write), flush=self.call(os.fsync), link=self.call(os.link), rename=os.replace)


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "A504"), (errno.EDQUOT, "A504"), (errno.EIO, "A505")])
@pytest.mark.parametrize("left", range(11))
def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, left: int, number: int, code: str) -> None:
    """Wherever the disk gives out: each file is whole or absent, no temporary name stays, and the code says why."""
    items = [(f"t/{name}", name.encode() * 100) for name in "abc"]
    with pytest.raises(InputError) as refused:
        LocalStore(tmp_path, disk=Tired(left, number).disk()).create_many(items)
    assert refused.value.code == code
    store = LocalStore(tmp_path)
    for path in store.names():
        assert store.load(path) == dict(items)[path]
    store.create_many(items)
    assert list(store.names()) == [path for path, _ in items]


@pytest.mark.parametrize("left", range(2))
def test_a_failed_replacement_leaves_the_old_version(tmp_path: Path, left: int) -> None:
    """When the disk is full while a file is replaced, the old bytes stay, and nothing else does."""
    version = LocalStore(tmp_path).replace("checkpoint", b"old", None)
    with pytest.raises(InputError, match=r"^A504\("):
        LocalStore(tmp_path, disk=Tired(left, errno.ENOSPC).disk()).replace("checkpoint", b"new", version)
    assert LocalStore(tmp_path).load("checkpoint") == b"old"
    assert list(LocalStore(tmp_path).names()) == ["checkpoint"]


def test_without_hard_links_files_are_renamed(tmp_path: Path) -> None:
    """On a file system that knows no links a file still gets its name, and still never that of another."""

    def refuse(temporary: Path, final: Path) -> None:
        raise OSError(errno.EPERM, "no links here")

    store = LocalStore(tmp_path, disk=Disk(link=refuse))
    assert store.create("a", b"1")
    (tmp_path / "b").write_bytes(b"there")
    assert not store.create("b", b"2")
    assert {path: store.load(path) for path in store.names()} == {"a": b"1", "b": b"there"}


def test_a_name_taken_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    """Somebody who creates the same file between our look and our link wins, link or no link."""
    for number in (0, errno.EPERM):
        place = tmp_path / f"raced-{number}"

        def race(temporary: Path, final: Path, place: Path = place, number: int = number) -> None:
            place.write_bytes(b"faster")
            if number:
                raise OSError(number, "no links here")
            os.link(temporary, final)

        assert not LocalStore(tmp_path, disk=Disk(link=race)).create(place.name, b"slower")
        assert place.read_bytes() == b"faster"
    assert not [name for name in LocalStore(tmp_path).names() if is_temporary(name)]


def test_what_a_crash_leaves_is_shown_and_healed(tmp_path: Path) -> None:
    """A process that dies while writing leaves a temporary name, which `names` shows and `heal` removes."""

    class Died(BaseException):
        """The process ended here."""

    def die(*_: object) -> None:
        raise Died

    dead = LocalStore(tmp_path, disk=Disk(flush=die, unlink=die))
    with pytest.raises(Died):
        append_entries(dead, 0, [b"entry"])
    store = LocalStore(tmp_path)
    left = list(store.names())
    assert left
    assert all(is_temporary(name) for name in left)
    assert store.create("tile/entries/000.p/1", b"a taken temporary name does not stop the next writer")
    assert sorted(heal(store, 0)) == sorted([*left, "tile/entries/000.p/1"])
    assert list(store.names()) == []


@pytest.fixture
def trapped(tmp_path: Path) -> LocalStore:
    """Return a store with links that lead out of it: to a file, to a folder, and to nothing."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_bytes(b"secret")
    root = tmp_path / "root"
    (root / "plain").mkdir(parents=True)
    (root / "plain" / "file").write_bytes(b"plain")
    (root / "file").symlink_to(outside / "secret")
    (root / "folder").symlink_to(outside)
    (root / "nowhere").symlink_to(outside / "absent")
    (root / "inside").symlink_to(root / "plain")
    return LocalStore(root)


@pytest.mark.parametrize("path", ["file", "nowhere", "folder/secret", "folder/new", "inside/file", "folder", "plain"])
def test_a_link_is_not_followed(trapped: LocalStore, tmp_path: Path, path: str) -> None:
    """Reading, writing and removing through a link are refused, wherever it leads; a folder is no file either."""
    for ask in (
        lambda: trapped.load(path),
        lambda: trapped.size(path),
        lambda: trapped.version(path),
        lambda: trapped.create(path, b"x"),
        lambda: trapped.replace(path, b"x", "any"),
        lambda: trapped.delete(path),
    ):
        with pytest.raises(InputError, match=r"^A506\("):
            ask()
    assert sorted(one.name for one in (tmp_path / "outside").iterdir()) == ["secret"]


def test_links_are_shown_and_not_entered(trapped: LocalStore) -> None:
    """A link appears among the names as itself, so that verification can refuse it."""
    assert list(trapped.names()) == ["file", "folder", "inside", "nowhere", "plain/file"]
    assert list(trapped.names("plain/")) == ["plain/file"]
    with pytest.raises(InputError, match=r"^A506\("):
        list(trapped.names("folder/"))


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    """A named pipe is refused at once instead of being waited for."""
    os.mkfifo(tmp_path / "pipe")
    store = LocalStore(tmp_path)
    assert list(store.names()) == ["pipe"]
    with pytest.raises(InputError, match=r"^A506\("):
        store.load("pipe")


def test_a_name_that_is_not_utf8_is_shown_and_refused(tmp_path: Path) -> None:
    """Odd bytes of a name appear escaped; the name is one that every operation refuses, and it can be printed."""
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/odd\xff")).write_bytes(b"x")
    store = LocalStore(tmp_path)
    (name,) = store.names()
    assert name == r"odd\xff"
    with pytest.raises(InputError, match=r"^A503\("):
        store.load(name)


def test_a_deep_folder_is_walked(tmp_path: Path) -> None:
    """More folders within each other than Python can call functions are walked all the same."""
    folders = [tmp_path]
    for _ in range(1_500):
        folders.append(folders[-1] / "d")
        folders[-1].mkdir()
    leaf = folders[-1] / "leaf"
    leaf.write_bytes(b"")
    assert [name.count("/") for name in LocalStore(tmp_path).names()] == [1_500]
    leaf.unlink()
    for folder in reversed(folders[1:]):
        folder.rmdir()


def test_a_folder_emptied_goes_too(tmp_path: Path) -> None:
    """The folder of superseded partial tiles does not stay behind empty; the root does."""
    store = LocalStore(tmp_path / "root")
    store.create("tile/0/000.p/7", b"")
    store.create("top", b"")
    store.delete("tile/0/000.p/7")
    store.delete("top")
    assert sorted(str(one.relative_to(tmp_path)) for one in tmp_path.rglob("*")) == [
        "root",
        "root/tile",
        "root/tile/0",
    ]


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    """Where a part of a path is a file, nothing is there to read, and writing says that the disk refuses."""
    store = LocalStore(tmp_path)
    store.create("a", b"")
    with pytest.raises(Missing):
        store.load("a/b")
    assert store.size("a/b") is None
    with pytest.raises(InputError, match=r"^A505\("):
        store.create("a/b", b"")


def test_a_locked_folder_is_reported(tmp_path: Path) -> None:
    """A disk that does not let us read is reported with its reason, not with a traceback."""

    def refuse(descriptor: int, data: memoryview) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    with pytest.raises(InputError, match=r"^A505\(.*Permission denied") as refused:
        LocalStore(tmp_path, disk=Disk(write=refuse)).create("a", b"x")
    assert refused.value.values["path"] == "a"


def test_a_file_larger_than_memory_is_not_read(tmp_path: Path) -> None:
    """A file may be all holes: it takes no room on the disk, and as much memory as it says."""
    store = LocalStore(tmp_path)
    store.create("a", b"")
    os.truncate(tmp_path / "a", LARGEST + 1)
    with pytest.raises(InputError) as refused:
        store.load("a")
    assert (refused.value.code, store.size("a")) == ("A513", LARGEST + 1)
