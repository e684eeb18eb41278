"""Canonical JSON: one value, one spelling; every other spelling is refused with its reason."""

from __future__ import annotations

from typing import Any

import pytest

from secondcount.errors import VerificationError
from secondcount.evidence.canonical import DEEPEST, LARGEST_INTEGER, encode, parse


def refusal(data: bytes) -> str:
    """Return the code with which bytes are refused."""
    with pytest.raises(VerificationError) as caught:
        parse(data)
    return caught.value.code


def test_the_example_of_the_rfc_has_one_spelling() -> None:
    """Keys are sorted, white space is gone, only the escapes of RFC 8785, section 3.2.2.2, are left."""
    value = {"string": '€$\x0f\nA\'B"\\\\"/', "literals": [None, True, False], "numbers": [333333333, -1, 0]}
    assert encode(value) == (
        '{"literals":[null,true,false],"numbers":[333333333,-1,0],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'.encode()
    )
    assert parse(encode(value)) == value


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "V600"),
        (b"{", "V600"),
        (b"nan", "V600"),
        (b"01", "V600"),
        (b'"\\ud800"', "V600"),
        (b'\xef\xbb\xbf"a"', "V600"),
        (b'"\xff"', "V601"),
        (b'"\xed\xa0\x80"', "V601"),
        (b'"\xc0\xaf"', "V601"),
        (b"1.0", "V602"),
        (b"1e2", "V602"),
        (b"9007199254740992", "V602"),
        (b"-9007199254740992", "V602"),
        (b"1" * 400, "V602"),
        ('{"ключ":1}'.encode(), "V603"),
        (b'{"\\u043a":1}', "V603"),
        (b"-0", "V604"),
        (b" 1", "V604"),
        (b"1\n", "V604"),
        (b'{"b":1,"a":2}', "V604"),
        (b'{"a":1,"a":1}', "V604"),
        (b'{"a":1, "b":2}', "V604"),
        (b'"\\u0041"', "V604"),
        (b'"\\u00e9"', "V604"),
        (b'"\\/"', "V604"),
        (b'"\\u000A"', "V604"),
        (b'"\\u000a"', "V604"),
        (b'"\\u001F"', "V604"),
        (b'"\\ud83d\\ude00"', "V604"),
        (b"[" * 65 + b"]" * 65, "V605"),
        (b"[" * 100_000, "V605"),
    ],
)
def test_every_other_spelling_is_refused(data: bytes, code: str) -> None:
    """What is not canonical is refused, and the code says why."""
    assert refusal(data) == code


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1.0, "V602"),
        (2**53, "V602"),
        ([-(2**53)], "V602"),
        ({"é": 1}, "V603"),
        ({1: 1}, "V603"),
        ({"a": b"bytes"}, "V606"),
        ({"a": {1, 2}}, "V606"),
        ("\ud800", "V606"),
    ],
)
def test_only_values_of_the_profile_are_written(value: Any, code: str) -> None:
    """What the profile does not have is not written in some other way."""
    with pytest.raises(VerificationError) as caught:
        encode(value)
    assert caught.value.code == code


def test_the_limits_themselves_are_allowed() -> None:
    """The largest integers and the deepest nesting are written and read."""
    assert parse(encode([LARGEST_INTEGER, -LARGEST_INTEGER])) == [LARGEST_INTEGER, -LARGEST_INTEGER]
    deepest = b"[" * DEEPEST + b"]" * DEEPEST
    assert encode(parse(deepest)) == deepest


def test_a_list_that_holds_itself_is_refused() -> None:
    """Nesting without an end is refused like any other that is too deep."""
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(VerificationError, match="V605"):
        encode(endless)


def test_the_place_of_the_difference_is_said() -> None:
    """The first byte that differs from the canonical spelling is named."""
    with pytest.raises(VerificationError) as caught:
        parse(b'{"a":1,"b": 2}')
    assert caught.value.values["byte"] == len(b'{"a":1,"b":')
