"""`secondcount archive ... s3://` and `verify s3://`, as their users call them, against a real S3 server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from screens.shell import enter, run
from storing.bucket import Server

BUCKET = "s3://by-command/kz"
COPIES = """\
station,area,level,collector,registered,issued,issued_outside,invalid,nur_otan,ak_zhol,cppk,osdp,auyl,patriots,adilet
0101,almaty_city,3,team A,1800,820,14,9,512,70,66,148,14,9,6
"""


@pytest.fixture
def bucket(bucket_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with a table of copies, an empty bucket, and the environment that finds it."""
    enter(tmp_path, monkeypatch, columns=100)
    (tmp_path / "copies.csv").write_text(COPIES)
    assert bucket_server.ask("PUT", "/by-command").status == 200
    for name, value in {**bucket_server.environ(), "XDG_CACHE_HOME": str(tmp_path / "cache")}.items():
        monkeypatch.setenv(name, value)


def told(*words: str) -> str:
    """Run a command that must succeed, and return its screen."""
    result = run(*words)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


@pytest.mark.usefixtures("bucket")
def test_every_command_takes_a_bucket(tmp_path: Path) -> None:
    """Begun, filled, proved, published, exported to a bucket, verified there, and restored from it into a folder."""
    told("archive", "init", BUCKET, "--election", "kazakhstan.majilis.2012", "--key", "kz.key")
    told("archive", "import", BUCKET, "--sheets", "copies.csv")
    assert "station 0101" in told("archive", "prove", BUCKET, "0101", "--out", "receipts")
    told("archive", "publish", BUCKET)
    told("archive", "export", BUCKET, f"{BUCKET}-mirror")
    (receipt,) = (tmp_path / "receipts").iterdir()
    for place in (BUCKET, f"{BUCKET}-mirror"):
        assert json.loads(told("verify", place, "--json"))["outcome"] == "verified"
        told("verify-receipt", str(receipt), "--archive", place)
    told("archive", "rotate", BUCKET, "--key", "new.key")
    told("archive", "export", BUCKET, f"{BUCKET}-mirror")
    told("archive", "restore", "back", "--source", f"{BUCKET}-mirror", "--key", "new.key")
    assert json.loads(told("verify", "back", "--json"))["outcome"] == "verified"
