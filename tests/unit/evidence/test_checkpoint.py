"""The text of a checkpoint has one spelling."""

from __future__ import annotations

import pytest

from noting import refusal_of
from secondcount.evidence.checkpoint import Checkpoint, parse_checkpoint
from secondcount.evidence.digest import EMPTY_ROOT
from secondcount.evidence.strict import LARGEST, encode_base64

ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="  # of the example in c2sp.org/tlog-checkpoint
TEXT = f"example.com/behind-the-sofa\n20852163\n{ROOT}\n"


def test_the_example_of_the_specification_is_read() -> None:
    """Origin, size and root are those that the example states; encoded again it is the same text."""
    found = parse_checkpoint(TEXT.encode())
    assert (found.origin, found.size, encode_base64(found.root)) == ("example.com/behind-the-sofa", 20852163, ROOT)
    assert found.encode() == TEXT.encode()


def test_extension_lines_are_kept() -> None:
    """Opaque lines of other logs survive; we write none."""
    text = (TEXT + "something of theirs\n").encode()
    assert parse_checkpoint(text).extensions == ("something of theirs",)
    assert parse_checkpoint(text).encode() == text


def test_the_empty_log_has_the_empty_root() -> None:
    """RFC 6962, section 2.1: the hash of no input."""
    assert parse_checkpoint(Checkpoint(origin="a", size=0, root=EMPTY_ROOT).encode()).size == 0


BAD = {
    "": "V220",
    "a\n": "V220",
    "a\n1\n": "V220",
    f"a\n1\n{ROOT}": "V220",
    f"\n1\n{ROOT}\n": "V220",
    f"a\n\n{ROOT}\n": "V220",
    f"a\n1\n{ROOT}\n\n": "V220",
    f"{'я' * 128}\n1\n{ROOT}\n": "V221",
    f"a\n01\n{ROOT}\n": "V222",
    f"a\n-1\n{ROOT}\n": "V222",
    f"a\n+1\n{ROOT}\n": "V222",
    f"a\n1 \n{ROOT}\n": "V222",
    f"a\n١\n{ROOT}\n": "V222",
    f"a\n{LARGEST + 1}\n{ROOT}\n": "V222",
    f"a\n{'9' * 5000}\n{ROOT}\n": "V222",
    f"a\n1\n{ROOT[:-1]}\n": "V223",
    f"a\n1\n{ROOT[:-2]}J=\n": "V223",
    f"a\n1\n{encode_base64(b'x' * 31)}\n": "V223",
    f"a\n1\n{encode_base64(b'x' * 33)}\n": "V223",
    f"a\n0\n{ROOT}\n": "V225",
}


@pytest.mark.parametrize("text", BAD)
def test_a_bad_checkpoint_is_refused_with_its_own_code(text: str) -> None:
    """Each way in which a checkpoint can be wrong has its own message."""
    assert refusal_of(lambda: parse_checkpoint(text.encode())) == BAD[text]


def test_bytes_that_are_no_text_are_refused() -> None:
    """Not even an origin may hold what is not UTF-8."""
    assert refusal_of(lambda: parse_checkpoint(b"\xff\n1\nx\n")) == "V202"


def test_the_largest_size_is_read() -> None:
    """Sizes go to 2^63 - 1."""
    assert parse_checkpoint(f"a\n{LARGEST}\n{ROOT}\n".encode()).size == LARGEST
