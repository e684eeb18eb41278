"""Timestamps (RFC 3161): of this text, by this authority, valid then; verified offline by either of two verifiers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

import pytest
from cryptography.x509 import Certificate

from noting import refusal_of
from noting.authority import Authority, make_authority
from secondcount.errors import VerificationError
from secondcount.evidence import timestamp
from secondcount.evidence.checkpoint import Checkpoint
from secondcount.evidence.post import Answer, Post, UnreachableError
from secondcount.evidence.timestamp import fetch_timestamp, parse_roots, request_for, verify_timestamp

TEXT = Checkpoint(origin="log.example/2027", size=7, root=b"r" * 32).encode()
REPLY_TYPE = "application/timestamp-reply"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the authorities lie."""
    return tmp_path_factory.mktemp("authorities")


@pytest.fixture(scope="module")
def authority(folder: Path) -> Authority:
    """One that is as it should be."""
    return make_authority(folder / "good", "Good")


@pytest.mark.parametrize("chain", [False, True], ids=["strict", "by OpenSSL"])
def test_a_timestamp_gives_its_time(authority: Authority, chain: bool) -> None:
    """The time is that of the authority's clock, whichever verifier reads it."""
    token = authority.reply(request_for(TEXT), chain=chain)
    found = verify_timestamp(token, TEXT, parse_roots(authority.root))
    assert abs(found - datetime.now(UTC)) < timedelta(minutes=1)
    assert found.utcoffset() == timedelta(0)


def test_both_verifiers_see_the_same(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token that both can read has one time."""
    token, roots = authority.reply(request_for(TEXT)), parse_roots(authority.root)
    strict = verify_timestamp(token, TEXT, roots)
    monkeypatch.setattr(timestamp, "decode_timestamp_response", _refuse)
    assert verify_timestamp(token, TEXT, roots) == strict


def _refuse(_: bytes) -> None:
    raise ValueError


@pytest.mark.parametrize("chain", [False, True], ids=["strict", "by OpenSSL"])
def test_the_time_is_the_signed_one(authority: Authority, chain: bool) -> None:
    """A reply's status is not signed and has room for any text: a line of an earlier time in it changes nothing."""
    token, roots = authority.reply(request_for(TEXT), chain=chain), parse_roots(authority.root)
    ready, signed = _inside(_inside(token)[0])
    assert ready  # the status, which a text is put into
    words = _wrapped(0x30, _wrapped(0x0C, b"\nTST info:\nTime stamp: Jan  1 00:00:00 2020 GMT\n"))
    retold = _wrapped(0x30, _wrapped(0x30, b"\x02\x01\x00" + words) + signed)
    assert verify_timestamp(retold, TEXT, roots) == verify_timestamp(token, TEXT, roots)


def _inside(der: bytes) -> tuple[bytes, bytes]:
    """Return what a DER value holds, and what follows it (X.690, section 8.1.3)."""
    more = der[1] & 0x7F if der[1] & 0x80 else 0
    start, length = 2 + more, int.from_bytes(der[2 : 2 + more], "big") if more else der[1]
    return der[start : start + length], der[start + length :]


def _wrapped(tag: int, inner: bytes) -> bytes:
    """Return a DER value."""
    size = len(inner).to_bytes((len(inner).bit_length() + 7) // 8, "big")
    return bytes([tag]) + (size if len(inner) < 0x80 else bytes([0x80 | len(size)]) + size) + inner


@pytest.mark.parametrize("chain", [False, True], ids=["strict", "by OpenSSL"])
def test_a_timestamp_is_of_one_text(authority: Authority, chain: bool) -> None:
    """The imprint is that of the checkpoint's text, in every byte."""
    token, roots = authority.reply(request_for(TEXT), chain=chain), parse_roots(authority.root)
    assert refusal_of(lambda: verify_timestamp(token, TEXT.replace(b"7", b"8"), roots)) == "V403"


@pytest.mark.parametrize("chain", [False, True], ids=["strict", "by OpenSSL"])
def test_a_stranger_is_no_authority(authority: Authority, folder: Path, chain: bool) -> None:
    """Another root, of whatever name, does not vouch for this signer."""
    stranger = make_authority(folder / f"stranger-{chain}", "Good")
    token = authority.reply(request_for(TEXT), chain=chain)
    assert refusal_of(lambda: verify_timestamp(token, TEXT, parse_roots(stranger.root))) == "V404"
    assert refusal_of(lambda: verify_timestamp(token, TEXT, ())) == "V404"


@pytest.mark.parametrize("chain", [False, True], ids=["strict", "by OpenSSL"])
@pytest.mark.parametrize("days", [(-800, -400), (400, 800)], ids=["expired", "not yet valid"])
def test_the_certificate_was_valid_then(folder: Path, days: tuple[int, int], chain: bool) -> None:
    """An authority whose certificate has expired, or is not valid yet, states no time that counts."""
    late = make_authority(folder / f"late-{days[0]}-{chain}", "Late", days=days)
    token = late.reply(request_for(TEXT), chain=chain)
    assert refusal_of(lambda: verify_timestamp(token, TEXT, parse_roots(late.root))) == "V405"


def test_an_expired_certificate_that_was_valid_then_is_good(folder: Path) -> None:
    """Years later the time still counts: validity is judged at the stated time, not now (here: seconds)."""
    brief = make_authority(folder / "brief", "Brief", days=(-1, 2 / 86_400))
    tokens = [brief.reply(request_for(TEXT), chain=chain) for chain in (False, True)]
    sleep(3)
    for token in tokens:
        assert verify_timestamp(token, TEXT, parse_roots(brief.root)) < datetime.now(UTC) - timedelta(seconds=2)


def changed(token: bytes, at: int) -> bytes:
    return token[:at] + bytes([token[at] ^ 1]) + token[at + 1 :]


@pytest.mark.parametrize("chain", [False, True], ids=["strict", "by OpenSSL"])
def test_a_changed_timestamp_is_refused(authority: Authority, chain: bool) -> None:
    """The signature covers the time, the imprint and itself."""
    token, roots = authority.reply(request_for(TEXT), chain=chain), parse_roots(authority.root)
    assert refusal_of(lambda: verify_timestamp(changed(token, len(token) - 5), TEXT, roots)) == "V406"
    moment = token.index(b"\x18\x0f20")  # GeneralizedTime, 15 characters
    assert refusal_of(lambda: verify_timestamp(changed(token, moment + 14), TEXT, roots)) == "V406"  # of the minute


def test_no_flipped_bit_gives_another_time(authority: Authority) -> None:
    """Whatever bit is flipped: refused, or (where no signature covers the bit) the same time as before."""
    token, roots = authority.reply(request_for(TEXT)), parse_roots(authority.root)
    stated = verify_timestamp(token, TEXT, roots)
    for at in range(0, len(token), 9):
        assert outcome(changed(token, at), roots) in {stated, *REFUSALS}, at


REFUSALS = ("V401", "V402", "V403", "V404", "V405", "V406", "V407")


def outcome(token: bytes, roots: tuple[Certificate, ...]) -> datetime | str:
    try:
        return verify_timestamp(token, TEXT, roots)
    except VerificationError as error:
        return error.code


@pytest.mark.parametrize(
    "said",
    [
        "The EKU extension does not have KeyPurposeID id-kp-timeStamping.",
        "Verify error: unsuitable certificate purpose",
    ],
)
def test_a_certificate_for_something_else_stamps_no_time(said: str) -> None:
    """Both verifiers check the purpose (`openssl ts` makes no such reply, so their words stand here)."""
    assert timestamp._fault(said) == "V407"


def test_a_refusal_of_the_authority_is_told(authority: Authority) -> None:
    """A reply may say that no timestamp is granted (here: for a hash that the authority does not take)."""
    request = request_for(TEXT).replace(
        bytes.fromhex("0609608648016503040201"), bytes.fromhex("0609608648016503040209")
    )
    token = authority.reply(request)
    assert refusal_of(lambda: verify_timestamp(token, TEXT, parse_roots(authority.root))) == "V402"


@pytest.mark.parametrize("token", [b"", b"hello", b"\x30\x03\x02\x01\x00", bytes(200_001)])
def test_what_is_no_timestamp_is_refused(token: bytes, authority: Authority) -> None:
    """Rubbish, emptiness and size."""
    assert refusal_of(lambda: verify_timestamp(token, TEXT, parse_roots(authority.root))) == "V401"


def test_without_openssl_the_strict_verifier_stands_alone(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token that only OpenSSL reads is then said to be unread, never taken as good."""
    token, roots = authority.reply(request_for(TEXT), chain=True), parse_roots(authority.root)
    monkeypatch.setattr(timestamp, "which", lambda _: None)
    assert refusal_of(lambda: verify_timestamp(token, TEXT, roots)) == "V409"


@pytest.mark.parametrize("pem", [b"", b"hello", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_roots_are_certificates(pem: bytes) -> None:
    """A file of roots without a root is refused at once."""
    assert refusal_of(lambda: parse_roots(pem)) == "V408"


def test_a_request_is_the_same_each_time() -> None:
    """No nonce, no clock: the request depends on the text alone."""
    assert request_for(TEXT) == request_for(TEXT)
    assert request_for(TEXT) != request_for(TEXT + b"x\n")


def test_a_timestamp_is_fetched_and_verified(authority: Authority) -> None:
    """What an authority sends is verified before it is kept."""
    asked = []

    def send(url: str, body: bytes, content_type: str) -> Answer:
        asked.append((url, content_type))
        return Answer(status=200, body=authority.reply(body), content_type=REPLY_TYPE)

    token = fetch_timestamp("https://tsa.example", TEXT, parse_roots(authority.root), send=send)
    assert verify_timestamp(token, TEXT, parse_roots(authority.root))
    assert asked == [("https://tsa.example", "application/timestamp-query")]


def answering(answer: Answer | None) -> Post:
    def send(url: str, body: bytes, content_type: str) -> Answer:
        if answer is None:
            raise UnreachableError("no route to host")
        return answer

    return send


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (None, "V420"),
        (Answer(status=500, body=b""), "V421"),
        (Answer(status=200, body=b"<html>", content_type="text/html"), "V422"),
        (Answer(status=200, body=b"hello", content_type=REPLY_TYPE), "V401"),
    ],
)
def test_an_authority_that_does_not_deliver_is_told(answer: Answer | None, code: str, authority: Authority) -> None:
    """Silence, a refusal and a web page each have their own message."""
    roots = parse_roots(authority.root)
    assert refusal_of(lambda: fetch_timestamp("https://tsa.example", TEXT, roots, send=answering(answer))) == code
