"""HTTPS for a desk on a local network: a certificate authority of its own, and a certificate of the server.

Phones keep photos encrypted and work offline only over HTTPS, and nobody issues certificates for a laptop in a village
school. So the desk is its own authority. Its key (mode 0600) never leaves the machine, and the authority can speak for
private addresses and the names of this machine alone (RFC 5280, 4.2.1.10): whoever steals it cannot pass for a bank.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from secondcount.errors import InputError, refusing

__all__ = ["CERTIFICATE_TYPE", "authority_file", "ensure_certificate", "fingerprint", "names_of_machine"]

CERTIFICATE_TYPE = "application/x-x509-ca-cert"

AUTHORITY_DAYS = 3650
SERVER_DAYS = 365  # systems refuse more than 398
RENEW_BEFORE = timedelta(days=30)
CLOCKS = timedelta(days=1)  # devices whose clock is late

_FOLDER = "tls"
_PRIVATE = ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "::1/128")
_PRIVATE_6 = ("fc00::/7", "fe80::/10")
_LOCAL_NAMES = ("localhost", "local", "lan", "home.arpa", "internal")

Address = IPv4Address | IPv6Address


def authority_file(folder: Path) -> Path:
    """Return where the certificate of the authority of a desk in this folder lies."""
    return folder / _FOLDER / "authority.crt"


def names_of_machine() -> tuple[str, ...]:
    """Return the names and addresses under which this machine is known on its network."""
    name = socket.gethostname().partition(".")[0].lower()
    found = [name, f"{name}.local"] if name and name != "localhost" else []
    return tuple(dict.fromkeys((*found, *_addresses())))


def _addresses() -> list[str]:
    """Return the addresses from which this machine would speak to the network; nothing is sent."""
    found = []
    for family, far in ((socket.AF_INET, "10.255.255.255"), (socket.AF_INET6, "fd00::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((far, 1))
                found.append(str(probe.getsockname()[0]))
        except OSError:  # no such network
            continue
    return [one for one in found if not ip_address(one).is_unspecified]


def ensure_certificate(folder: Path, names: Iterable[str], now: datetime) -> tuple[Path, Path]:
    """Return certificate and key of the server for these names; made where there are none, or they run out soon.

    Raises:
        InputError: K108 the disk refuses, K137 the authority cannot speak for one of the names.

    """
    wanted = tuple(dict.fromkeys(names))
    place = folder / _FOLDER
    certificate, key = place / "server.crt", place / "server.key"
    with refusing("K108", place):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not authority_file(folder).is_file():
            _make_authority(folder, wanted, now)
        if not _still_good(certificate, key, wanted, now):
            _make_server(folder, wanted, now)
    return certificate, key


def fingerprint(certificate: bytes) -> str:
    """Return the SHA-256 of a certificate (PEM) in pairs of hexadecimal digits, as systems show it."""
    return x509.load_pem_x509_certificate(certificate).fingerprint(hashes.SHA256()).hex(":").upper()


def _make_authority(folder: Path, names: tuple[str, ...], now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Secondcount desk {socket.gethostname()} {now:%Y-%m-%d}")
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        _begun(name, name, key.public_key(), now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.NameConstraints(_permitted(names), None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(folder / _FOLDER / "authority.key", _key_bytes(key))
    _write(authority_file(folder), made.public_bytes(serialization.Encoding.PEM))


def _permitted(names: tuple[str, ...]) -> list[x509.GeneralName]:
    local = [ip_network(one) for one in (*_PRIVATE, *_PRIVATE_6)]
    addresses = [one for one in map(_address, names) if one is not None and not any(one in net for net in local)]
    domains = dict.fromkeys((*_LOCAL_NAMES, *(one for one in names if _address(one) is None)))
    return [*map(x509.DNSName, domains), *map(x509.IPAddress, (*local, *map(ip_network, addresses)))]


def _make_server(folder: Path, names: tuple[str, ...], now: datetime) -> None:
    authority = x509.load_pem_x509_certificate(authority_file(folder).read_bytes())
    signer = serialization.load_pem_private_key((folder / _FOLDER / "authority.key").read_bytes(), None)
    if not isinstance(signer, ec.EllipticCurvePrivateKey):
        raise InputError("K137", name=str(folder / _FOLDER))
    _check_permitted(authority, names)
    key = ec.generate_private_key(ec.SECP256R1())
    alternatives = [x509.IPAddress(found) if (found := _address(one)) else x509.DNSName(one) for one in names]
    made = (
        _begun(_name("Secondcount desk"), authority.subject, key.public_key(), now, SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .sign(signer, hashes.SHA256())
    )
    _write(folder / _FOLDER / "server.key", _key_bytes(key))
    _write(folder / _FOLDER / "server.crt", made.public_bytes(serialization.Encoding.PEM))


def _check_permitted(authority: x509.Certificate, names: tuple[str, ...]) -> None:
    """Hold the names against what the authority may speak for: a device would refuse the certificate.

    Raises:
        InputError: K137, it may not speak for one of them.

    """
    permitted = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    domains = [one.value for one in permitted if isinstance(one, x509.DNSName)]
    networks = [one.value for one in permitted if isinstance(one, x509.IPAddress)]
    for name in names:
        address = _address(name)
        inside = (
            any(name == one or name.endswith(f".{one}") for one in domains)
            if address is None
            else any(address in one for one in networks if isinstance(one, IPv4Network | IPv6Network))
        )
        if not inside:
            raise InputError("K137", name=name)


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCKS)
        .not_valid_after(now + timedelta(days=days))
    )


def _still_good(certificate: Path, key: Path, names: tuple[str, ...], now: datetime) -> bool:
    """Return whether a certificate speaks for all the names and does not run out soon."""
    if not certificate.is_file() or not key.is_file():
        return False
    found = x509.load_pem_x509_certificate(certificate.read_bytes())
    alternatives = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    known = {str(one.value) for one in alternatives}
    return known >= set(names) and found.not_valid_after_utc - now > RENEW_BEFORE


def _address(name: str) -> Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _key_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)


def _write(path: Path, data: bytes) -> None:
    """Write a file that nobody else on this machine may read, whole or not at all."""
    fresh = path.with_suffix(f"{path.suffix}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())
    fresh.replace(path)
