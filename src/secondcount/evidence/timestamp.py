"""What time an authority of its own says that a checkpoint existed at (RFC 3161), verified without a network.

A timestamp file is a whole TimeStampResp (RFC 3161, section 2.4.2) over the SHA-256 digest of the checkpoint note's
text. The authority is trusted through the root certificates that the reader gives; its certificate must have been
valid at the time it states, not now. A reply without a nonce may be an older one of the same text, which is harmless:
the text existed then already.

Some authorities send their certificates in an order that DER forbids; the strict parser refuses these, and
`openssl ts -verify` decides instead, where it is installed.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerifierBuilder,
    decode_timestamp_response,
)
from rfc3161_client import VerificationError as Refused

from secondcount.errors import InputError, VerificationError
from secondcount.evidence.post import Post, UnreachableError, post

__all__ = ["fetch_timestamp", "parse_roots", "request_for", "verify_timestamp"]

LARGEST_TOKEN = 200_000  # bytes
OPENSSL_TIMEOUT = 20.0  # seconds
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"  # RFC 3161, section 3.4
STATED = re.compile(rb"^Time stamp: (\w{3}) +(\d+) (\d\d:\d\d:\d\d)(?:\.\d+)? (\d{4}) GMT$", re.MULTILINE)

# What the two verifiers say of one fault, in the words of OpenSSL's X.509 messages; the first that fits decides.
FAULTS = (
    ("V403", re.compile("imprint mismatch|Mismatch between messages|Unsupported hash algorithm")),
    ("V402", re.compile("PKIStatus is not GRANTED|bad status|rejection")),
    ("V405", re.compile("has expired|not yet valid")),
    ("V407", re.compile("purpose|EKU|extended key usage")),
    ("V404", re.compile("Verify error|certificate verify error|signer certificate not found|[Cc]ertificates neither")),
)


def parse_roots(pem: bytes) -> tuple[Certificate, ...]:
    """Return the root certificates of a PEM file.

    Raises:
        InputError: V408, it holds none that can be read.

    """
    try:
        return tuple(load_pem_x509_certificates(pem))
    except ValueError:
        raise InputError("V408") from None


def request_for(text: bytes) -> bytes:
    """Return the TimeStampReq for a checkpoint's text: SHA-256, no nonce, certificates asked for."""
    return (
        TimestampRequestBuilder(data=text, hash_algorithm=HashAlgorithm.SHA256, nonce=False, cert_req=True)
        .build()
        .as_bytes()
    )


def fetch_timestamp(url: str, text: bytes, roots: Sequence[Certificate], *, send: Post = post) -> bytes:
    """Ask an authority for a timestamp of a checkpoint's text and return its reply, verified.

    Raises:
        InputError: V420 no answer, V421 the answer is a refusal of HTTP, V422 it is not a timestamp reply.
        VerificationError: as `verify_timestamp`.

    """
    try:
        answer = send(url, request_for(text), QUERY)
    except UnreachableError as error:
        raise InputError("V420", url=url, reason=str(error)) from None
    if answer.status != 200:
        raise InputError("V421", url=url, status=answer.status)
    if answer.content_type != REPLY:
        raise InputError("V422", url=url, found=answer.content_type)
    verify_timestamp(answer.body, text, roots)
    return answer.body


def verify_timestamp(token: bytes, text: bytes, roots: Sequence[Certificate]) -> datetime:
    """Return the time (UTC) at which an authority below one of the roots says that the text existed.

    Raises:
        VerificationError: V401 not a timestamp, V402 the authority refused, V403 it is of another text, V404 the
            authority is not below these roots, V405 its certificate was not valid at that time, V406 the signature
            does not fit, V407 its certificate is not one for timestamps, V409 only OpenSSL could read it and is
            not installed.

    """
    if not token or len(token) > LARGEST_TOKEN:
        raise VerificationError("V401")
    if not roots:
        raise VerificationError("V404")
    try:
        response = decode_timestamp_response(token)
    except ValueError:
        return _verify_by_openssl(token, text, roots)
    if response.status:  # PKIStatus: 0 granted; a refusal carries no token
        raise VerificationError("V402")
    return _verify_strictly(response, text, roots)


def _verify_strictly(response: TimeStampResponse, text: bytes, roots: Sequence[Certificate]) -> datetime:
    try:
        VerifierBuilder(roots=list(roots)).build().verify_message(response, text)
        return response.tst_info.gen_time.astimezone(UTC)
    except (Refused, ValueError) as error:
        raise VerificationError(_fault(str(error))) from None


def _fault(said: str) -> str:
    """Return the code of what a verifier said; what is none of the known faults is a signature that does not fit."""
    return next((code for code, words in FAULTS if words.search(said)), "V406")


def _verify_by_openssl(token: bytes, text: bytes, roots: Sequence[Certificate]) -> datetime:
    """Let OpenSSL decide where the strict parser refuses; the imprint is compared with our own digest."""
    openssl = which("openssl")
    if not openssl:
        raise VerificationError("V409")
    with TemporaryDirectory() as folder:
        reply, trusted, bare = (str(Path(folder, name)) for name in ("reply.tsr", "roots.pem", "token"))
        Path(reply).write_bytes(token)
        Path(trusted).write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in roots))
        if _run(openssl, "-reply", "-in", reply, "-token_out", "-out", bare)[0]:
            raise VerificationError(_fault_of_reply(_run(openssl, "-reply", "-in", reply, "-text")[1]))
        # Only what is signed is asked for the time: the status around it has room for any text, lines of a time too.
        stated = _stated_time(_run(openssl, "-reply", "-in", bare, "-token_in", "-text")[1])
        code, said = _run(
            *(openssl, "-verify", "-in", reply, "-CAfile", trusted),
            *("-digest", sha256(text).hexdigest(), "-attime", str(int(stated.timestamp()))),
        )
    if code or b"Verification: OK" not in said:
        raise VerificationError(_fault(said.decode(errors="replace")))
    return stated


def _run(openssl: str, *arguments: str) -> tuple[int, bytes]:
    """Return the exit code of `openssl ts` and all that it said."""
    try:
        done = subprocess.run(  # noqa: S603 - a program found on the path, files of our own
            (openssl, "ts", *arguments),
            capture_output=True,
            timeout=OPENSSL_TIMEOUT,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        raise VerificationError("V409") from None
    return done.returncode, done.stdout + done.stderr


def _fault_of_reply(said: bytes) -> str:
    """Return the code of a reply without a token, from OpenSSL's text form of it."""
    return "V402" if b"Status info" in said and b"Granted" not in said else "V401"


def _stated_time(said: bytes) -> datetime:
    """Return the time in OpenSSL's text form of a token."""
    found = STATED.search(said)
    if not found:
        raise VerificationError("V401")
    month, day, clock, year = (one.decode() for one in found.groups())
    number = "JanFebMarAprMayJunJulAugSepOctNovDec".index(month) // 3 + 1
    return datetime.fromisoformat(f"{year}-{number:02}-{int(day):02}T{clock}+00:00")
