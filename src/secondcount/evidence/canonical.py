"""One spelling for every value: a narrow profile of RFC 8785 (JSON Canonicalization Scheme).

What is signed and hashed is bytes, so two spellings of one value would be two entries. The profile allows:

- objects with ASCII keys, each once, sorted (RFC 8785, section 3.2.3; for ASCII all sorting orders agree);
- integers n with |n| < 2^53, in decimals without exponent, fraction or "-0" (what IEEE 754 doubles hold exactly);
- strings of Unicode scalar values with the escapes of RFC 8785, section 3.2.2.2, and no others, so that half a
  surrogate pair is refused;
- arrays, booleans and null, at most 32 levels deep; no white space outside strings; UTF-8 without a byte order mark.

There are no floats: a share is a numerator and a denominator. Strings are not normalised here;
entries demand more of theirs (`secondcount.evidence.entries.letters`).
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from secondcount.errors import VerificationError

__all__ = ["DEEPEST", "LARGEST_INTEGER", "Json", "encode", "parse"]

Json = str | int | bool | None | list["Json"] | tuple["Json", ...] | Mapping[str, "Json"]
"""A value that the profile can write."""

LARGEST_INTEGER = 2**53 - 1
"""RFC 8785, section 3.2.2.3, and I-JSON (RFC 7493, section 2.2): beyond it doubles lose units."""

DEEPEST = 32
"""Objects and arrays in one another; a limit of our own, so that no stack of any reader decides."""

ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder()


def encode(value: Json) -> bytes:
    """Return the canonical bytes of a value.

    Raises:
        VerificationError: V602 a number that the profile does not write, V603 a key that is not ASCII text,
            V605 nested too deeply, V606 a value that JSON does not have or a string with half a surrogate pair.

    """
    try:
        _verify_profile(value)
        return ENCODER.encode(value)
    except RecursionError:
        raise VerificationError("V605", limit=DEEPEST) from None
    except UnicodeEncodeError:
        raise VerificationError("V606", type="surrogate") from None


def parse(data: bytes) -> Json:
    """Return the value of canonical bytes.

    Raises:
        VerificationError: V600 no JSON, V601 no UTF-8, V602, V603 and V605 as for `encode`, V604 JSON in another
            spelling than the canonical one; `byte` is the place of the first difference, counted from 0.

    """
    value = _parse_json(data)
    canonical = encode(value)
    if canonical != data:
        raise VerificationError("V604", byte=_first_difference(canonical, data))
    return value


def _parse_json(data: bytes) -> Json:
    try:
        data.decode("utf-8")
        value: Json = _DECODER.decode(data)
    except UnicodeDecodeError as error:
        raise VerificationError("V601", byte=error.start) from None
    except RecursionError:
        raise VerificationError("V605", limit=DEEPEST) from None
    except ValueError:  # msgspec.DecodeError
        raise VerificationError("V600") from None
    return value


def _verify_profile(value: object, depth: int = 0) -> None:
    if depth >= DEEPEST and isinstance(value, list | tuple | Mapping):
        raise VerificationError("V605", limit=DEEPEST)
    match value:
        case None | bool() | str():
            return
        case int() if abs(value) <= LARGEST_INTEGER:
            return
        case int() | float():
            raise VerificationError("V602")
        case list() | tuple():
            for one in value:
                _verify_profile(one, depth + 1)
        case Mapping():
            for key, one in value.items():
                if not (isinstance(key, str) and key.isascii()):
                    raise VerificationError("V603", text=ascii(key)[:80])
                _verify_profile(one, depth + 1)
        case _:
            raise VerificationError("V606", type=type(value).__name__)


def _first_difference(one: bytes, other: bytes) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))
