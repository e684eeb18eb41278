"""The manifest names what a run of ours wrote, and nothing that merely lies there."""

from __future__ import annotations

from pathlib import Path

import pytest

from keeping.archives import NOW, assert_whole, begin
from secondcount.custody.archive import load_log_key
from secondcount.custody.manifest import encode_manifest, load_manifest, parse_manifest
from secondcount.custody.sequencer import put_files, writing
from secondcount.errors import VerificationError
from secondcount.evidence.verify import Outcome, VerifyOptions, verify_archive

FILES = {"policy": ("0" * 64, 10), "README.txt": ("f" * 64, 0)}
LINE = f"unverified/{'0' * 64}.sig"


def test_it_comes_back_as_it_was_sorted_by_path() -> None:
    """One spelling: the paths in the order of their bytes."""
    text = encode_manifest("log.example", FILES)
    assert parse_manifest(text, "log.example") == FILES
    assert text == f"log.example/manifest\n{'f' * 64} 0 README.txt\n{'0' * 64} 10 policy\n".encode()


@pytest.mark.parametrize("text", [b"", b"other.example/manifest\n", b"log.example/manifest\nbroken line\n"])
def test_another_text_is_not_the_manifest_of_this_log(text: bytes) -> None:
    """Another log's, or one with a line that is none."""
    with pytest.raises(VerificationError, match="A108"):
        parse_manifest(text, "log.example")


def test_what_somebody_else_put_there_is_not_signed(tmp_path: Path) -> None:
    """A file that no run of ours wrote gets no line, however often the manifest is written."""
    archive = begin(tmp_path / "log")
    archive.public.create("policy.bak", b"mine")
    with writing(archive, NOW) as writer:
        put_files(writer, {LINE: b"a line\n"})
    assert "policy.bak" not in load_manifest(archive, load_log_key(archive))
    assert verify_archive(archive.public, VerifyOptions()).outcome is Outcome.REFUSED


def test_a_file_that_is_removed_loses_its_line(tmp_path: Path) -> None:
    """Both go together."""
    archive = begin(tmp_path / "log")
    for content in (b"a line\n", None):
        with writing(archive, NOW) as writer:
            put_files(writer, {LINE: content})
    assert LINE not in load_manifest(archive, load_log_key(archive))
    assert_whole(archive, [])
