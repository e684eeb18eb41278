"""A desk in this process: an archive of a made-up election, Django on SQLite, members who are signed in."""

from __future__ import annotations

import os
import secrets
import time
from dataclasses import dataclass, replace
from pathlib import Path

from desking.started import CONFIG

# isort: split
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from secondcount.custody.archive import Archive
from secondcount.custody.beginning import Plan, create_archive
from secondcount.web.access import SECOND_FACTOR
from secondcount.web.accounts.invitations import new_pseudonym
from secondcount.web.config import DeskConfig
from secondcount.web.desk import desk
from secondcount.web.models import Member, Role

__all__ = [
    "DEFINITION",
    "PASSWORD",
    "TOTP_SECRET",
    "DeskPlace",
    "code_now",
    "make_archive",
    "member",
    "open_desk",
    "signed_in",
]

DEFINITION = Path(__file__).with_name("practice.toml")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PASSWORD = "a long password for practice"  # noqa: S105 - of nobody
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - of nobody
PERIOD, TYPING = 30, 5  # seconds: how long a code is good for (RFC 6238), and how long it takes to be typed at most


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPlace:
    """An archive on the disk, and the configuration of the desk that serves it."""

    archive: Archive
    config: DeskConfig

    @property
    def folder(self) -> Path:
        """Return the folder of the archive."""
        return Path(self.archive.location)


def make_archive(folder: Path) -> Archive:
    """Make an archive of the made-up election; its key lies beside it, without a passphrase."""
    plan = Plan(
        location=str(folder),
        origin="practice.test/log",
        election="exampleland.practice.2030",
        definition=DEFINITION.name,
        data=DEFINITION.read_bytes(),
        params={},
        key_file=folder.parent / f"{folder.name}.key",
        readme=b"made up for practice\n",
    )
    return create_archive(plan, {})


def open_desk(folder: Path) -> DeskPlace:
    """Make an archive in a folder and let this process be its desk, with an empty database."""
    archive = make_archive(folder)
    config = replace(CONFIG, archive=str(folder))
    os.environ.update(config.to_environment())
    desk.cache_clear()
    call_command("flush", interactive=False, verbosity=0)
    cache.clear()  # it counts attempts, and is no table of a model
    return DeskPlace(archive=archive, config=config)


def member(role: Role, name: str = "", *, team: str = "", by: Member | None = None) -> Member:
    """Make a member; those who need a second factor get one, with the secret `TOTP_SECRET`."""
    found = Member.objects.create_user(
        username=name or f"{role}-{secrets.token_hex(3)}",
        password=PASSWORD,
        role=role,
        team=team,
        invited_by=by,
        pseudonym=new_pseudonym(),
    )
    if role in SECOND_FACTOR:
        TOTP.activate(found, TOTP_SECRET)
    return found


def signed_in(person: Member) -> Client:
    """Return a browser without pictures in which a member is signed in."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def code_now(secret: str = TOTP_SECRET) -> str:
    """Return the code of a second factor that is good for at least `TYPING` seconds: the desk takes no old one."""
    left = PERIOD - time.time() % PERIOD
    if left < TYPING:
        time.sleep(left)
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD)))
