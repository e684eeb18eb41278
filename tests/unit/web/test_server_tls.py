"""HTTPS of its own: an authority for local addresses alone, and certificates that devices accept."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.verification import PolicyBuilder, Store

from secondcount.errors import InputError
from secondcount.web.tls import authority_file, ensure_certificate, fingerprint

NOW = datetime(2030, 5, 5, 12, tzinfo=UTC)
NAMES = ("localhost", "127.0.0.1", "192.168.7.5", "laptop", "laptop.local")


def loaded(file: Path) -> x509.Certificate:
    """Return a certificate."""
    return x509.load_pem_x509_certificate(file.read_bytes())


def test_the_certificate_names_every_address(tmp_path: Path) -> None:
    """One year, all names as alternatives, signed by the authority of ten years."""
    certificate, _ = ensure_certificate(tmp_path, NAMES, NOW)
    server, authority = loaded(certificate), loaded(authority_file(tmp_path))
    alternatives = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert {str(one.value) for one in alternatives} == set(NAMES)
    assert server.not_valid_after_utc - NOW == timedelta(days=365)
    assert authority.not_valid_after_utc - NOW == timedelta(days=3650)
    server.verify_directly_issued_by(authority)


def test_keys_are_private(tmp_path: Path) -> None:
    """0600, in a folder of 0700."""
    ensure_certificate(tmp_path, NAMES, NOW)
    assert stat.S_IMODE((tmp_path / "tls").stat().st_mode) == 0o700
    for name in ("authority.key", "server.key"):
        assert stat.S_IMODE((tmp_path / "tls" / name).stat().st_mode) == 0o600


def test_the_authority_speaks_for_local_names_alone(tmp_path: Path) -> None:
    """Whoever steals its key cannot make a certificate that a device accepts for a bank."""
    ensure_certificate(tmp_path, NAMES, NOW)
    permitted = loaded(authority_file(tmp_path)).extensions.get_extension_for_class(x509.NameConstraints)
    assert permitted.critical
    names = {str(one.value) for one in permitted.value.permitted_subtrees or []}
    assert names >= {"localhost", "local", "laptop", "192.168.0.0/16", "10.0.0.0/8"}
    assert not {"0.0.0.0/0", "::/0", ""} & names
    with pytest.raises(InputError, match="K137"):
        ensure_certificate(tmp_path, ("bank.example.com",), NOW)
    with pytest.raises(InputError, match="K137"):
        ensure_certificate(tmp_path, ("8.8.8.8",), NOW)


@pytest.mark.parametrize("own", ["192.0.2.2", "8.8.4.4", "2001:db8::7", "desk.example.org"])
def test_the_machine_speaks_for_its_own_names_wherever_it_stands(tmp_path: Path, own: str) -> None:
    """Addresses that are not local, and a name, are permitted by the authority of the first start, and they alone."""
    ensure_certificate(tmp_path, (*NAMES, own), NOW)
    with pytest.raises(InputError, match="K137"):
        ensure_certificate(tmp_path, (*NAMES, "192.0.2.3"), NOW)


def test_another_program_verifies_the_chain(tmp_path: Path) -> None:
    """The verifier of the cryptography package follows RFC 5280 and knows nothing of ours."""
    certificate, _ = ensure_certificate(tmp_path, NAMES, NOW)
    store = Store([loaded(authority_file(tmp_path))])
    builder = PolicyBuilder().store(store).time(NOW)
    chain = builder.build_server_verifier(x509.DNSName("laptop.local")).verify(loaded(certificate), [])
    assert len(chain) == 2


def test_a_certificate_is_kept_until_it_runs_out(tmp_path: Path) -> None:
    """A restart changes nothing; a new name, or the last month of the year, makes a new one by the same authority."""
    certificate, _ = ensure_certificate(tmp_path, NAMES, NOW)
    first, authority = certificate.read_bytes(), authority_file(tmp_path).read_bytes()
    ensure_certificate(tmp_path, NAMES[:2], NOW + timedelta(days=1))
    assert certificate.read_bytes() == first
    ensure_certificate(tmp_path, (*NAMES, "192.168.7.9"), NOW)
    second = certificate.read_bytes()
    assert second != first
    ensure_certificate(tmp_path, NAMES, NOW + timedelta(days=340))
    assert certificate.read_bytes() != second
    assert authority_file(tmp_path).read_bytes() == authority


def test_the_key_belongs_to_the_certificate(tmp_path: Path) -> None:
    """A server with another key would be refused by every device."""
    certificate, key = ensure_certificate(tmp_path, NAMES, NOW)
    secret = serialization.load_pem_private_key(key.read_bytes(), None)
    assert isinstance(secret, ec.EllipticCurvePrivateKey)
    assert secret.public_key() == loaded(certificate).public_key()


def test_the_fingerprint_is_as_systems_show_it(tmp_path: Path) -> None:
    """32 pairs of hexadecimal digits with colons."""
    ensure_certificate(tmp_path, NAMES, NOW)
    shown = fingerprint(authority_file(tmp_path).read_bytes())
    assert len(shown.split(":")) == 32
    assert shown == shown.upper()
