"""Signing keys: kept for their owner alone, and shown to nobody."""

from __future__ import annotations

import logging
import pickle
import subprocess
import traceback
from pathlib import Path

import pytest

from noting import LOG, WITNESS, fixed_key, refusal_of
from secondcount.errors import InputError
from secondcount.evidence.keys import (
    KEY_VARIABLE,
    PASSPHRASE_VARIABLE,
    encode_key,
    find_key,
    generate_key,
    key_file,
    load_key,
    load_key_file,
    store_key_file,
)
from secondcount.evidence.note import Algorithm

PASSPHRASE = b"correct horse battery staple"


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_a_key_is_read_as_it_is_written(algorithm: Algorithm, passphrase: bytes | None) -> None:
    """A key file gives back the key, its name and its algorithm, with a passphrase or without."""
    key = fixed_key("signer.example/a", algorithm)
    found = load_key(encode_key(key, passphrase), passphrase)
    assert found.verifier() == key.verifier()
    assert found.private_der() == key.private_der()


def test_two_new_keys_differ() -> None:
    """A new key is random."""
    assert generate_key("a").verifier() != generate_key("a").verifier()


def test_openssl_opens_a_protected_key(tmp_path: Path) -> None:
    """The file is PKCS #8 with PBES2: nobody needs our program to get at their key."""
    file = tmp_path / "a.key"
    file.write_bytes(encode_key(LOG, PASSPHRASE))
    command = ("openssl", "pkey", "-in", file, "-passin", f"pass:{PASSPHRASE.decode()}", "-outform", "DER")
    assert subprocess.run(command, capture_output=True, check=True).stdout == LOG.private_der()


def test_a_passphrase_is_stretched(tmp_path: Path) -> None:
    """The file names 600,000 rounds of PBKDF2 (the libraries' own 2,048 are tried too fast)."""
    file = tmp_path / "a.key"
    file.write_bytes(encode_key(LOG, PASSPHRASE).partition(b"\n")[2])
    shown = subprocess.run(("openssl", "asn1parse", "-in", file), capture_output=True, check=True, text=True).stdout
    assert "INTEGER           :0927C0" in shown
    assert "hmacWithSHA256" in shown


BAD_FILES = {
    "nothing": (b"", None, "V240"),
    "another file": (b"hello\n", None, "V240"),
    "no private key": (f"vkey: {LOG.verifier()}\n".encode(), None, "V240"),
    "broken private key": (encode_key(LOG)[:-40], None, "V240"),
    "not text": (b"\xff" * 100, None, "V240"),
    "no passphrase": (encode_key(LOG, PASSPHRASE), None, "V241"),
    "another passphrase": (encode_key(LOG, PASSPHRASE), b"wrong", "V242"),
    "another private key": (
        f"vkey: {LOG.verifier()}\n".encode() + fixed_key("else").private_pem(),
        None,
        "V247",
    ),
    "a private key of another kind": (
        f"vkey: {LOG.verifier()}\n".encode() + fixed_key("else", Algorithm.ML_DSA_44).private_pem(),
        None,
        "V247",
    ),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_key_file_is_refused_with_its_own_code(name: str) -> None:
    """Each way in which a key file can be wrong has its own message."""
    data, passphrase, code = BAD_FILES[name]
    assert refusal_of(lambda: load_key(data, passphrase)) == code


def test_a_key_file_is_for_its_owner_only(tmp_path: Path) -> None:
    """It is written 0600 in a folder of 0700, and refused where anybody else may read it."""
    file = tmp_path / "keys" / "a.key"
    store_key_file(file, LOG)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert load_key_file(file, {}).verifier() == LOG.verifier()
    for mode in (0o640, 0o604, 0o644):
        file.chmod(mode)
        assert refusal_of(lambda: load_key_file(file, {})) == "V243"


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    """The only copy of a key cannot be lost to a repeated command."""
    file = tmp_path / "a.key"
    store_key_file(file, LOG)
    assert refusal_of(lambda: store_key_file(file, WITNESS)) == "V245"
    assert load_key_file(file, {}).verifier() == LOG.verifier()


def test_what_the_disk_refuses_is_told(tmp_path: Path) -> None:
    """No file, and no folder to write one in."""
    (tmp_path / "file").write_text("")
    assert refusal_of(lambda: load_key_file(tmp_path / "none", {})) == "V244"
    assert refusal_of(lambda: store_key_file(tmp_path / "file" / "a.key", LOG)) == "V246"


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """SECONDCOUNT_KEY holds the content of a key file, SECONDCOUNT_KEY_PASSPHRASE opens either."""
    file = tmp_path / "a.key"
    store_key_file(file, WITNESS, PASSPHRASE)
    secret = {PASSPHRASE_VARIABLE: PASSPHRASE.decode()}
    assert find_key(file, secret).verifier() == WITNESS.verifier()
    given = encode_key(LOG, PASSPHRASE).decode()
    assert find_key(file, {KEY_VARIABLE: given, **secret}).verifier() == LOG.verifier()


def test_keys_lie_in_the_configuration_folder() -> None:
    """Never beside an archive: what is copied with the archive would be published with it."""
    assert key_file("a.example/b c", {}, Path("/home/x")) == Path("/home/x/.config/secondcount/keys/a.example_b_c.key")
    assert key_file("a", {"XDG_CONFIG_HOME": "/c"}, Path("/home/x")) == Path("/c/secondcount/keys/a.key")


def secrets_of(data: bytes) -> list[str]:
    """Return every spelling of a key's private half that could leak."""
    raw = LOG.private_der()[-32:]
    encoded = data.decode().splitlines()[2][24:48]  # of the base64, what stands for the key itself
    return [raw.hex(), repr(raw), str(list(raw)), encoded, PASSPHRASE.decode()]


def test_no_secret_is_ever_shown(caplog: pytest.LogCaptureFixture) -> None:
    """Neither repr nor str, nor an error with its whole chain, nor a log line carries anything of a private key."""
    caplog.set_level(logging.DEBUG)
    shown = [repr(LOG), str(LOG), f"{LOG:}", repr(LOG.at(7)), repr(vars(type(LOG.at(7))))]
    data = encode_key(LOG)
    for broken in (data.replace(b"MC4C", b"MC4D"), data[:-30], encode_key(LOG, PASSPHRASE)):
        with pytest.raises(InputError) as caught:
            load_key(broken, PASSPHRASE[:-1])
        shown += ["".join(traceback.format_exception(caught.value)), caught.value.diagnostics()]
    text = "\n".join([*shown, caplog.text])
    assert [one for one in secrets_of(data) if one in text] == []


def test_a_key_does_not_travel() -> None:
    """Pickling, by which it would reach other processes and files, is refused."""
    with pytest.raises(TypeError):
        pickle.dumps(LOG)
