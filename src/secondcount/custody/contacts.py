"""The sealed table of contacts: who stands behind a pseudonym, kept apart from the archive until its day has come.

The table is encrypted with AES-256-GCM (NIST SP 800-38D) under a key that scrypt (RFC 7914) makes of a passphrase.
The day of deletion stands in the open, and is bound to the table. Purging deletes the file; whoever copied it needs
the passphrase still.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from secondcount.custody.archive import Archive, store_settings
from secondcount.custody.layout import CONTACTS
from secondcount.custody.sequencer import append_batch
from secondcount.errors import InputError
from secondcount.evidence import canonical
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.entries import Custody, encode_entry
from secondcount.evidence.store import Missing

__all__ = [
    "VARIABLE",
    "Contact",
    "add_contacts",
    "forget_contact",
    "load_contacts",
    "open_table",
    "parse_contacts",
    "purge_contacts",
    "release_contact",
    "seal_table",
]

VARIABLE = "SECONDCOUNT_CONTACTS_PASSPHRASE"
MAGIC = b"secondcount.contacts/1\n"
COLUMNS = ("pseudonym", "name", "contact")
SALT, NONCE, SALTED = 16, 12, 32  # bytes
RELEASED = "name_released"
"""Event of the `custody` entry that says that a name was given to a court."""
COST = {"length": 32, "n": 2**17, "r": 8, "p": 1}  # RFC 7914; 128 MiB for one guess


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who stands behind a pseudonym."""

    name: str
    contact: str


def parse_contacts(file: str, data: bytes) -> dict[str, Contact]:
    """Return the contacts of a CSV file with the columns pseudonym, name, contact.

    Raises:
        InputError: A361, the file is not such a table.

    """
    try:
        rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        found = {row["pseudonym"]: Contact(name=row["name"], contact=row["contact"]) for row in rows}
    except (KeyError, csv.Error, UnicodeDecodeError):
        found = {}
    if not found or not all(found):
        raise InputError("A361", file=file, columns=", ".join(COLUMNS))
    return found


def seal_table(contacts: Mapping[str, Contact], delete_on: str, passphrase: str) -> bytes:
    """Return the table as it lies on the disk."""
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    head = MAGIC + f"{delete_on}\n".encode()
    plain = json.dumps({key: [one.name, one.contact] for key, one in sorted(contacts.items())}).encode()
    return head + salt + nonce + AESGCM(_derived(passphrase, salt)).encrypt(nonce, plain, head)


def open_table(data: bytes, passphrase: str) -> dict[str, Contact]:
    """Return the contacts of a sealed table.

    Raises:
        InputError: A363, it is not one, was changed, or the passphrase is another.

    """
    day, _, sealed = data.removeprefix(MAGIC).partition(b"\n")
    salt, nonce, body = sealed[:SALT], sealed[SALT : SALT + NONCE], sealed[SALT + NONCE :]
    try:
        plain = AESGCM(_derived(passphrase, salt)).decrypt(nonce, body, MAGIC + day + b"\n")
    except (InvalidTag, ValueError):
        raise InputError("A363") from None
    return {key: Contact(name=name, contact=contact) for key, (name, contact) in json.loads(plain).items()}


def _derived(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, **COST).derive(passphrase.encode())


def _passphrase(archive: Archive) -> str:
    """Return the passphrase of the environment.

    Raises:
        InputError: A362, there is none.

    """
    given = archive.environment.get(VARIABLE, "")
    if not given:
        raise InputError("A362", variable=VARIABLE)
    return given


def load_contacts(archive: Archive) -> dict[str, Contact]:
    """Return the contacts of an archive; none where there is no table.

    Raises:
        InputError: A362 no passphrase, A363 the table cannot be opened.

    """
    try:
        data = archive.private.load(CONTACTS)
    except Missing:
        return {}
    return open_table(data, _passphrase(archive))


def add_contacts(archive: Archive, contacts: Mapping[str, Contact], delete_on: date) -> int:
    """Add contacts to the table, in the place of those of the same pseudonym; return how many there are then."""
    version = archive.private.version(CONTACTS)
    merged = {**load_contacts(archive), **contacts}
    archive.private.replace(CONTACTS, seal_table(merged, delete_on.isoformat(), _passphrase(archive)), version)
    store_settings(archive, replace(archive.settings, delete_contacts_on=delete_on.isoformat()))
    return len(merged)


def forget_contact(archive: Archive, pseudonym: str) -> bool:
    """Take one pseudonym out of the table; return whether it was there.

    Raises:
        InputError: A362 no passphrase, A363 the table cannot be opened.

    """
    version = archive.private.version(CONTACTS)
    contacts = load_contacts(archive)
    if contacts.pop(pseudonym, None) is None:
        return False
    day = archive.settings.delete_contacts_on
    archive.private.replace(CONTACTS, seal_table(contacts, day, _passphrase(archive)), version)
    return True


def release_contact(archive: Archive, pseudonym: str, now: datetime) -> bytes:
    """Return the line of one pseudonym for a court, after the log has an entry that a name was released.

    The entry names the pseudonym and the digest of the line; 32 random bytes in the line keep its name from being
    guessed, and whoever holds the line can show that it is the one.

    Raises:
        InputError: A364, the table has no such pseudonym; A362 or A363, it cannot be opened; or as `writing`.

    """
    contact = load_contacts(archive).get(pseudonym)
    if contact is None:
        raise InputError("A364", found=pseudonym)
    line = canonical.encode(
        {"contact": contact.contact, "name": contact.name, "pseudonym": pseudonym, "salt": os.urandom(SALTED).hex()}
    )
    entry = Custody(actor=pseudonym, event=RELEASED, file=sha256_hex(line))
    append_batch(archive, [encode_entry(entry)], now=now)
    return line


def purge_contacts(archive: Archive) -> bool:
    """Delete the table; return whether there was one."""
    there = archive.private.size(CONTACTS) is not None
    archive.private.delete(CONTACTS)
    store_settings(archive, replace(archive.settings, delete_contacts_on=""))
    return there
