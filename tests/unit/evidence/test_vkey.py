"""Verifier keys: the id belongs to the key, and no key under which one signature fits many texts is taken."""

from __future__ import annotations

from base64 import b64decode, b64encode

import pytest

from noting import LOG, WITNESS, fixed_key, refusal_of
from secondcount.evidence.note import Algorithm, make_verifier, parse_vkey
from secondcount.evidence.vkey import FIELD, ORDER_8, SMALL_ORDER, is_key_name

GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493  # L of RFC 8032, section 5.1
CURVE_D = -121665 * pow(121666, -1, FIELD) % FIELD


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_a_verifier_key_is_read_as_it_is_written(algorithm: Algorithm) -> None:
    """str() and parse_vkey are each other's inverse."""
    key = fixed_key("signer.example/a", algorithm).verifier()
    assert parse_vkey(str(key)) == key
    assert parse_vkey(f" {key}\n") == key


def test_the_same_key_has_another_id_under_another_algorithm() -> None:
    """signed-note: a key that is used for two signature types has two ids."""
    public = LOG.verifier().public
    assert make_verifier("a", 1, public).key_id != make_verifier("a", 4, public).key_id


SPEC = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
BAD_KEYS = {
    "": "V212",
    "example.com/foo": "V212",
    "example.com/foo+530d903a": "V212",
    SPEC[:-1]: "V212",
    SPEC.replace("+530d903a+", "+530d903b+"): "V213",
    SPEC.replace("+530d903a+", "+530D903A+"): "V213",
    SPEC.replace("foo", "fob"): "V213",
    SPEC.replace("example.com/foo", ""): "V211",
    SPEC.replace("example.com/foo", "example com"): "V211",
    "a+00000000+" + b64encode(b"\x02" + bytes(32)).decode(): "V214",
    "a+00000000+" + b64encode(b"\x01" + bytes(31)).decode(): "V215",
    "a+00000000+" + b64encode(b"\x06" + bytes(32)).decode(): "V215",
}


@pytest.mark.parametrize("text", BAD_KEYS)
def test_a_bad_verifier_key_is_refused_with_its_own_code(text: str) -> None:
    """Each way in which a verifier key can be wrong has its own message."""
    assert refusal_of(lambda: parse_vkey(text)) == BAD_KEYS[text]


def test_the_points_of_small_order_are_all_of_them() -> None:
    """The refused y are those of the 8-torsion: 1, -1, 0, and the roots of d y^4 + 2 y^2 = 1 (where y(2P) = 0)."""
    assert (CURVE_D * pow(ORDER_8, 4, FIELD) + 2 * pow(ORDER_8, 2, FIELD) - 1) % FIELD == 0
    assert frozenset({1, FIELD - 1, 0, ORDER_8, FIELD - ORDER_8}) == SMALL_ORDER


@pytest.mark.parametrize("y", sorted(SMALL_ORDER | {FIELD, FIELD + 1}))
@pytest.mark.parametrize("sign", [0, 1])
@pytest.mark.parametrize("algorithm", [1, 4])
def test_no_key_of_small_order_is_trusted(y: int, sign: int, algorithm: int) -> None:
    """Under such a key, in either spelling, one signature would fit many texts."""
    public = (y | sign << 255).to_bytes(32, "little")
    assert refusal_of(lambda: make_verifier("a", algorithm, public)) == "V215"


@pytest.mark.parametrize("y", [FIELD + 2, 2**255 - 1])
def test_a_key_in_another_spelling_is_not_a_key(y: int) -> None:
    """A y beyond the field (RFC 8032, section 5.1.3) is refused, so that a key has one spelling."""
    assert refusal_of(lambda: make_verifier("a", 1, y.to_bytes(32, "little"))) == "V215"


def test_a_signature_has_one_scalar() -> None:
    """RFC 8032, section 5.1.7: a scalar from L on is refused: nobody makes a second signature of a first."""
    text = b"any text\n"
    signature = LOG.sign(text)
    scalar = int.from_bytes(signature[32:], "little")
    other = signature[:32] + (scalar + GROUP_ORDER).to_bytes(32, "little")
    assert LOG.verifier().verify(text, signature) is None
    assert refusal_of(lambda: LOG.verifier().verify(text, other)) == "V209"


@pytest.mark.parametrize("length", [0, 1, 8, 63, 65, 72, 2428])
def test_a_signature_has_one_length(length: int) -> None:
    """Shorter and longer signatures are refused before any arithmetic."""
    assert refusal_of(lambda: LOG.verifier().verify(b"text\n", bytes(length))) == "V209"
    if length != 72:
        assert refusal_of(lambda: WITNESS.verifier().verify(b"text\n", bytes(length))) == "V209"


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u3000b", "a\nb", "\udc80", "я" * 128])
def test_names_that_no_line_can_carry(name: str) -> None:
    """signed-note: no space of Unicode, no plus, not empty; and never longer than ML-DSA-44 can sign."""
    assert not is_key_name(name)
    assert refusal_of(lambda: make_verifier(name, 1, LOG.verifier().public)) == "V211"


def test_a_name_may_be_of_any_letters() -> None:
    """A name in Kazakh is a name, and its signature verifies."""
    key = fixed_key("бақылаушылар.example/2027")
    assert is_key_name(key.verifier().name)
    assert key.verifier().verify(b"text\n", key.sign(b"text\n")) is None
    assert b64decode(str(key.verifier()).split("+", 2)[2])[0] == 1
