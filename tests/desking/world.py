"""A desk in the middle of its night: people of every role, a copy being read, one in dispute, links of every kind.

Hostile requests are sent to it: `facts` are what an attacker may know or guess, `written` is what must not change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from desking.copies import CELLS, commit_by_hand, copy_to_read, fields, take_next
from desking.hostile import body
from desking.place import PASSWORD, DeskPlace, member, open_desk, signed_in

# isort: split
from django.apps import apps
from django.core.cache import cache
from django.test import Client

from secondcount.web.accounts.invitations import accept, invite, renew
from secondcount.web.desk import desk, now
from secondcount.web.models import Arrival, Invitation, Member, PaperCopy, Posting, Role, Station, Task
from secondcount.web.reading.agreeing import agree_copies
from secondcount.web.reading.committing import grant
from secondcount.web.receiving.parts import add_part

__all__ = ["World", "make_world", "written"]

LEFT_OUT = frozenset({"leased_until", "last_login", "language"})
"""What a request may change without writing anything: a lease that goes on, a sign-in, the language of a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The desk, its people, and what is worth attacking."""

    place: DeskPlace
    people: Mapping[str, Member]
    facts: Mapping[str, str]  # what stands for {name} in a request
    forms: Mapping[str, Mapping[str, str]]  # forms that would be right

    def client(self, who: str, *, guarded: bool = False) -> Client:
        """Return a browser in which somebody is signed in ("stranger": nobody)."""
        found = Client(enforce_csrf_checks=guarded, raise_request_exception=False)
        if who != "stranger":
            found.force_login(self.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
            session = found.session
            session.pop("desk_began", None)  # not in this moment: then no password would be asked for
            session.save()
        cache.clear()  # it counts the requests of a minute
        return found


def make_world(folder: Path) -> World:
    """Make a desk in the middle of its work."""
    place = open_desk(folder)
    people = {role.value: member(role, role.value, team="blue") for role in Role}
    people |= {"second": member(Role.READER, "second"), "third": member(Role.READER, "third")}
    people |= {"other": member(Role.COLLECTOR, "other"), "judge": member(Role.ADJUDICATOR, "judge")}
    people |= {"chief": member(Role.OWNER, "chief")}  # so that there are two owners
    Station.objects.create(name="1", area="north", known=True)
    _dispute(place, people)
    copy = copy_to_read(place, "1", collector=people["collector"])
    facts = _tasks(people, copy) | _links(people) | {f"p_{name}": one.pseudonym for name, one in people.items()}
    facts |= {"receipt": Arrival.objects.filter(copy=copy).values_list("receipt", flat=True)[0]}
    posting = Posting.objects.create(station=Station.objects.get(name="1"), observer=people["collector"])
    add_part(desk(), people["collector"], "ef" * 16, 0, body("photo"))
    facts |= {"copy": str(copy.pk), "posting": str(posting.pk), "begun": "ef" * 16}
    facts |= {"upload": "ab" * 16, "nobody": "p-" + "0" * 20, "digest": "0" * 64}
    return World(place=place, people=people, facts=facts, forms=_forms())


def _dispute(place: DeskPlace, people: Mapping[str, Member]) -> None:
    """Let one copy be read three times differently, so that somebody has to decide."""
    copy_to_read(place, "2")
    for who, red in (("reader", "300"), ("second", "301"), ("third", "302")):
        client = signed_in(people[who])
        commit_by_hand(client, fields({**CELLS, "red": red}, station="2"))
        agree_copies(desk())


def _tasks(people: Mapping[str, Member], copy: PaperCopy) -> dict[str, str]:
    """Let two people take the readings of a copy, and one the dispute; return the numbers of their tasks."""
    names = {"open": ("reader", "read"), "other_open": ("second", "read"), "case": ("adjudicator", "decide")}
    tasks = {name: _number(take_next(signed_in(people[who]), door)) for name, (who, door) in names.items()}
    done = Task.objects.exclude(copy=copy).get(reading__reader=people["reader"])
    found = Task.objects.in_bulk([*tasks.values(), done.pk])
    grants = {
        "grant": ("reader", tasks["open"]),
        "grant_second": ("second", tasks["other_open"]),
        "grant_of_second_for_mine": ("second", tasks["open"]),
        "grant_done": ("reader", done.pk),
    }
    texts = {name: str(pk) for name, pk in {**tasks, "done": done.pk}.items()}
    return texts | {name: grant(people[who], found[pk]) for name, (who, pk) in grants.items()}


def _number(address: str) -> int:
    return int(address.strip("/").split("/")[1])


def _links(people: Mapping[str, Member]) -> dict[str, str]:
    """Make links that work, that were used, that are too old, and whose maker may not invite any more."""
    owner, moment = people["owner"], now()
    readers = ("token", "token_old", "token_used")
    tokens = {name: invite(Role.READER, moment, by=owner) for name in readers}
    tokens |= {"token_owner": invite(Role.OWNER, moment, by=owner)}
    tokens |= {"token_of_reader": invite(Role.COORDINATOR, moment, by=people["reader"])}
    tokens |= {"token_renewal": renew(people["viewer"], moment, by=owner)}
    accept(tokens["token_used"], "joined", "a long password for practice", moment)
    _invitation(tokens["token_old"]).update(expires=moment - timedelta(seconds=1))
    of_owner = _invitation(tokens["token_owner"]).get()
    return tokens | {"invitation_owner": str(of_owner.pk), "invitation": str(_invitation(tokens["token"]).get().pk)}


def _invitation(token: str):
    return Invitation.objects.filter(token_digest=hashlib.sha256(token.encode()).hexdigest())


def _forms() -> dict[str, dict[str, str]]:
    return {
        "reading": {**fields(station="1"), "step": "commit", "grant": "{grant}"},
        "decision": {"c-red": "A", "ground": "picture_seen", "step": "decide"},
        "claim": {"station": "1", "contest": "list", "sheet": "cd" * 16, "source": "posted_sheet"},
        "join": {"username": "newcomer", "password1": f"new {PASSWORD}", "password2": f"new {PASSWORD}"},
        "invite": {"role": "reader", "team": "blue"},
        "sign-in": {"login": "viewer", "password": PASSWORD},
    }


def written(world: World) -> dict[str, object]:
    """Return what is written: rows of the tables but the audit log, files of the archive, parts of uploads."""
    tables: dict[str, object] = {}
    for model in apps.get_app_config("desk").get_models():
        if model.__name__ != "Act":
            names = [one.attname for one in model._meta.concrete_fields if one.attname not in LEFT_OUT]
            tables[model.__name__] = list(model.objects.order_by("pk").values_list(*names))
    return tables | {
        "files": _files(world.place.folder),
        "uploads": _files(Path(world.place.config.folder) / "uploads"),
    }


def _files(folder: Path) -> dict[str, str]:
    found = (one for one in folder.rglob("*") if one.is_file() and "index" not in one.name)
    return {str(one.relative_to(folder)): hashlib.sha256(one.read_bytes()).hexdigest() for one in found}
