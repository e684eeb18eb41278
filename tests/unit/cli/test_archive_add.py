"""`secondcount archive add PHOTO..`: a receipt for each photo, and every refusal as a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result

from archiving.archives import DEFINITION
from keeping.archives import begin
from museum.build_images import EVERYTHING, with_segments
from museum.small_photos import COLOUR
from screens.shell import enter, run


@pytest.fixture(autouse=True)
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with an archive and two photos, in English."""
    enter(tmp_path, monkeypatch, columns=200)
    begin(tmp_path / "a", definition=DEFINITION)
    Path("one.jpg").write_bytes(COLOUR)
    Path("two.jpg").write_bytes(with_segments(*EVERYTHING))
    Path("page.jpg").write_bytes(b"<!doctype html><p>404</p>")


def add(*words: str) -> Result:
    return run("archive", "add", "a", *words)


def test_every_photo_gets_a_receipt() -> None:
    """One receipt for each photo, at once; the notes about which something is to be done, and no others."""
    done = add(
        "one.jpg", "two.jpg", "--station", "001", "--mask", "0,0,10,10", "--collector", "team-7", "--level", "2"
    )
    assert done.exit_code == 0, done.output
    assert done.output.count("secondcount:receipt:") == 2
    assert "N157" in done.output
    assert "N150" not in done.output
    again = add("one.jpg", "--station", "001", "--mask", "0,0,10,10")
    assert again.exit_code == 0
    assert "had been taken in before" in again.output


def test_a_photo_needs_its_station() -> None:
    """Which station a photo is of must be said: it is not read from the picture."""
    refused = add("one.jpg")
    assert refused.exit_code == 2
    assert "N160" in refused.output


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("page.jpg", "--station", "1"), "N104"),
        (("absent.jpg", "--station", "1"), "X110"),
        (("one.jpg", "--station", "1", "--mask", "1,2,3"), "N130"),
        (("one.jpg", "--station", "1", "--mask", "99,99,3,3"), "N131"),
        (("one.jpg", "--station", "1", "--contest", "moon"), "X112"),
        (("one.jpg", "--station", "1", "--entry", "one.jpg"), "A372"),
        (("--no-form-masks", "--entry", "one.jpg"), "A372"),
        ((), "A371"),
    ],
)
def test_every_refusal_is_a_sentence(words: tuple[str, ...], code: str) -> None:
    """What cannot be taken is refused with its code, exit code 2, no traceback; what came before it stays."""
    refused = add(*words)
    assert refused.exit_code == 2
    assert code in refused.output
    assert "Traceback" not in refused.output


def test_what_has_a_receipt_stays() -> None:
    """A photo that is refused does not take back the ones before it."""
    refused = add("one.jpg", "page.jpg", "--station", "1")
    assert (refused.exit_code, refused.output.count("secondcount:receipt:")) == (2, 1)
    assert "had been taken in before" in add("one.jpg", "--station", "1").output


UNMASKED, LEFT_OUT = "Nothing is masked in what becomes public", "2 masks that the definition has for this form are"


@pytest.mark.parametrize(
    ("masked", "words", "told"),
    [
        (False, (), [UNMASKED]),
        (False, ("--mask", "0,0,4,4"), []),
        (False, ("--no-form-masks",), [UNMASKED]),
        (True, (), []),
        (True, ("--mask", "0,0,4,4"), []),
        (True, ("--no-form-masks",), [UNMASKED, LEFT_OUT]),
        (True, ("--no-form-masks", "--mask", "0,0,4,4"), [LEFT_OUT]),
    ],
)
def test_what_is_not_masked_is_told(tmp_path: Path, *, masked: bool, words: tuple[str, ...], told: list[str]) -> None:
    """Masks of the form that are left out, and a photo without any mask, are said; what is masked makes no noise."""
    table = b'[contests.form]\nmasks = ["0,0,300,120pm", "700,880,300,120pm"]\n[contests.rule]\n'
    begin(
        tmp_path / "b",
        key="b.key",
        definition=DEFINITION.replace(b"[contests.rule]\n", table) if masked else DEFINITION,
    )
    done = run("archive", "add", "b", "one.jpg", "--station", "001", *words)
    assert done.exit_code == 0, done.output
    assert [one for one in (UNMASKED, LEFT_OUT) if one in " ".join(done.output.split())] == told
