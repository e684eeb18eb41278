"""Step 2, signatures: checkpoint and manifest are signed by the log's key, and the manifest's files are as listed."""

from __future__ import annotations

from collections.abc import Sequence

from secondcount.errors import InputError, VerificationError
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.note import Algorithm, OpenedNote, VerifierKey, open_note, parse_vkey
from secondcount.evidence.verify.case import Case, Finding
from secondcount.evidence.verify.chain import chain_of

__all__ = ["check_signatures", "fingerprint"]

GROUP = 4  # hexadecimal digits of a fingerprint that are read aloud together


def check_signatures(case: Case) -> Finding:
    """Verify both notes with the archive's own key, and that key against the one that the user trusts."""
    finding = Finding()
    try:
        key = case.key = _load_key(case)
        _open_checkpoint(case, key, finding)
        _check_manifest(case, key, finding)
        _check_trust(case, key, finding)
    except VerificationError as error:
        finding.take(error)
    return finding


def fingerprint(key: VerifierKey) -> str:
    """Return what two people compare by telephone: SHA-256 of the verifier key's text, in groups of four digits."""
    digits = sha256_hex(str(key).encode())[:32]
    return " ".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))


def _load_key(case: Case) -> VerifierKey:
    try:
        text = case.store.load("log.vkey").decode("ascii", "replace")
    except InputError:
        raise VerificationError("V102", path="log.vkey", file="log.vkey") from None
    try:
        key = parse_vkey(text)
    except VerificationError as error:
        raise VerificationError(error.code, **{**error.values, "file": "log.vkey"}) from None
    if text != f"{key}\n":
        raise VerificationError("V280", file="log.vkey")
    if key.algorithm is not Algorithm.ED25519:
        raise VerificationError("V281", file="log.vkey", name=key.name)
    return key


def _open_checkpoint(case: Case, key: VerifierKey, finding: Finding) -> None:
    """Verify the lines of the log and of the witnesses that policies name; nobody else's may be there."""
    theirs = case.options.policy.witness_keys if case.options.policy else ()
    keys = dict.fromkeys((key, *case.own_policy.witness_keys, *theirs))
    checkpoint = case.checkpoint
    if checkpoint.origin != key.name:
        raise VerificationError("V282", file="checkpoint", origin=checkpoint.origin, name=key.name)
    opened = _opened(case.note, tuple(keys), "checkpoint")
    if opened.by(key) is None:
        raise VerificationError("V283", file="checkpoint", name=key.name)
    if opened.unknown:
        raise VerificationError("V284", file="checkpoint", line=_shown(opened.unknown[0]))
    if checkpoint.extensions:
        raise VerificationError("V285", file="checkpoint")
    case.opened = opened
    finding.establish("signed", origin=checkpoint.origin, size=checkpoint.size, fingerprint=fingerprint(key))


def _opened(note: bytes, keys: Sequence[VerifierKey], file: str) -> OpenedNote:
    """Return a note that its keys have signed; a refusal names the file of the note."""
    try:
        return open_note(note, keys)
    except VerificationError as error:
        raise VerificationError(error.code, **{**error.values, "file": file}) from None


def _shown(line: bytes) -> str:
    return " ".join(line.decode("utf-8", "replace").split(" ")[1:2])[:80]


def _check_manifest(case: Case, key: VerifierKey, finding: Finding) -> None:
    """Verify the manifest's signature and every file that it lists."""
    opened = _opened(case.store.load("manifest"), [key], "manifest")
    if opened.unknown:
        raise VerificationError("V284", file="manifest", line=_shown(opened.unknown[0]))
    if case.manifest.origin != key.name:
        raise VerificationError("V282", file="manifest", origin=case.manifest.origin, name=key.name)
    for path, listed in case.manifest.files.items():
        try:
            data = case.store.load(path)
        except InputError:
            finding.refuse("V105", path, path=path)
            continue
        if (sha256_hex(data), len(data)) != (listed.digest, listed.size):
            finding.refuse("V286", path, path=path)


def _check_trust(case: Case, key: VerifierKey, finding: Finding) -> None:
    """Say whose key it is, if the user knows: it, or an earlier one from which signed entries lead to it."""
    trusted = case.options.key
    if trusted is None:
        finding.leave("V290", fingerprint=fingerprint(key), key=str(key))
    elif trusted == key:
        finding.establish("trusted")
    else:
        chain = chain_of(case)
        if str(trusted) not in chain or chain[-1] != str(key):
            finding.refuse("V287", "log.vkey", expected=str(trusted), found=str(key))
        else:
            finding.establish("trusted_earlier", count=len(chain) - 1 - chain.index(str(trusted)))
