"""What a sender says about a photo, from the fields of the page to a `Claim`; whatever is odd is refused by field.

Nothing but known codes, numbers, times and the name of the station goes through: there is no free text in a claim.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from secondcount.custody.claims import Claim, check_claim, utc
from secondcount.errors import InputError
from secondcount.web.desk import Desk
from secondcount.web.models import Member, Posting
from secondcount.web.receiving.choices import CAPACITIES, FROM_WHOM, HOLDERS, SAID, SOURCES, TIMES

__all__ = ["FIELDS", "MOST_PAGES", "known_sheet", "parse_said", "station_name"]

FIELDS = (
    "station",
    "contest",
    "area",
    "sheet",
    "page",
    "pages",
    "source",
    "from_whom",
    "capacity",
    *TIMES,
    "certified",
    "sealed",
    "signatures",
    "members",
    "copy_number",
    "dated",
    "holder",
    "consent",
)
"""Names that a sender may send; any other one is refused."""

MOST_PAGES = 20
_SHEET = re.compile(r"[0-9a-f]{32}")
_COPY_NUMBER = re.compile(r"[\w/№.-]{0,20}")
_NUMBER = re.compile(r"[0-9]{1,3}")
_LONGEST_STATION = 200
_SLACK = timedelta(minutes=15)  # clocks of phones


def parse_said(said: Mapping[str, object], member: Member, place: Desk, now: datetime) -> Claim:
    """Return what a member says about one page of a copy.

    Raises:
        InputError: K112, with the field that cannot be taken as it is; K122 as `check_claim`.

    """
    texts = _texts(said)
    area = _one_of("area", texts, tuple(one.id for one in place.election.geography.areas))
    holder = _one_of("holder", texts, HOLDERS)
    page = _number("page", texts) or 1
    claim = Claim(
        station=station_name(texts.get("station", "")),
        contest=_contest(texts, place),
        area=area,
        sheet=known_sheet(texts.get("sheet", "")),
        page=page,
        pages=max(page, _number("pages", texts) or 1),
        collector=member.pseudonym,
        source=_one_of("source", texts, SOURCES, needed=True),
        from_whom=_one_of("from_whom", texts, FROM_WHOM),
        capacity=_one_of("capacity", texts, CAPACITIES),
        count_ended=_time("count_ended", texts, place, now),
        issued=_time("issued", texts, place, now),
        captured=_time("captured", texts, place, now),
        certified=_answer("certified", texts),
        sealed=_answer("sealed", texts),
        signatures=_number("signatures", texts),
        members=_number("members", texts),
        copy_number=_matching("copy_number", texts, _COPY_NUMBER),
        dated=_day("dated", texts),
        holder=member.pseudonym if holder == "me" else "",
        consent=holder == "me" and texts.get("consent", "") not in ("", "no"),
        synthetic=place.synthetic,
    )
    if claim.pages > MOST_PAGES:
        raise InputError("K112", field="pages")
    if claim.signatures is not None and claim.members is not None and claim.signatures > claim.members:
        raise InputError("K112", field="signatures")
    claim = _levelled(claim, member)
    check_claim(claim)
    return claim


def _texts(said: Mapping[str, object]) -> dict[str, str]:
    """Return the fields as text; a field that the page does not have is somebody's attempt."""
    found = {}
    for name, value in said.items():
        plain = isinstance(value, str | int) or value is None
        if name not in FIELDS or not plain:
            raise InputError("K112", field=name[:40] if isinstance(name, str) else "")
        found[name] = "" if value is None or value is False else str(value).strip()
    return found


def station_name(text: str) -> str:
    """Return the name of a polling station: composed letters, single spaces, nothing that hides or turns text.

    Raises:
        InputError: K112, there is none, it is too long, or it has such characters.

    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    odd = any(unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for one in name)
    if not name or len(name) > _LONGEST_STATION or odd:
        raise InputError("K112", field="station")
    return name


def known_sheet(text: str) -> str:
    """Return the id that the pages of one copy share: 32 hexadecimal digits, drawn by the sender.

    Raises:
        InputError: K112.

    """
    if not _SHEET.fullmatch(text):
        raise InputError("K112", field="sheet")
    return text


def _contest(texts: Mapping[str, str], place: Desk) -> str:
    known = tuple(one.id for one in place.election.contests)
    if len(known) == 1 and not texts.get("contest"):
        return known[0]
    return _one_of("contest", texts, known, needed=True)


def _one_of(field: str, texts: Mapping[str, str], known: tuple[str, ...], *, needed: bool = False) -> str:
    value = texts.get(field, "")
    if (needed or value) and value not in known:
        raise InputError("K112", field=field)
    return value


def _answer(field: str, texts: Mapping[str, str]) -> bool | None:
    value = _one_of(field, texts, SAID)
    return value == "yes" if value else None


def _number(field: str, texts: Mapping[str, str]) -> int | None:
    text = _matching(field, texts, _NUMBER) if texts.get(field) else ""
    return int(text) if text else None


def _matching(field: str, texts: Mapping[str, str], form: re.Pattern[str]) -> str:
    text = texts.get(field, "")
    if not form.fullmatch(text):
        raise InputError("K112", field=field)
    return text


def _day(field: str, texts: Mapping[str, str]) -> str:
    text = texts.get(field, "")
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise InputError("K112", field=field) from None


def _time(field: str, texts: Mapping[str, str], place: Desk, now: datetime) -> str:
    """Return a time in UTC, "" where none is said; one that is still to come is a slip of the finger."""
    text = texts.get(field, "")
    try:
        moment = datetime.fromisoformat(text) if text else None
        if moment is None:
            return ""
        local = moment.replace(tzinfo=ZoneInfo(place.election.timezone)) if moment.tzinfo is None else moment
        stated = local.astimezone(UTC)
    except (ValueError, OverflowError):
        raise InputError("K112", field=field) from None
    if stated > now + _SLACK and not place.synthetic:
        raise InputError("K112", field=field)
    return utc(stated)


def _levelled(claim: Claim, member: Member) -> Claim:
    """Return the claim with its level: 1 a known sender, 2 one who was sent there, 3 with all requisites as well."""
    sent_there = Posting.objects.filter(observer=member, station__name=claim.station).exists()
    signed = (claim.signatures or 0) >= 1
    complete = claim.source == "certified_copy" and claim.certified and claim.sealed and signed and claim.dated
    return msgspec.structs.replace(claim, level=1 if not sent_there else 3 if complete else 2)
