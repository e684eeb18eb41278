"""The door for programs and for the page on a phone: one photo with what is said of it, at once or in parts."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils.datastructures import MultiValueDictKeyError
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secondcount.errors import InputError
from secondcount.intake.images import LIMITS
from secondcount.web.access import member_of, open_to
from secondcount.web.desk import desk, now
from secondcount.web.models import Role
from secondcount.web.receiving import parts
from secondcount.web.receiving.answers import receipt_json
from secondcount.web.receiving.door import name_of, receive, receive_upload
from secondcount.web.receiving.quota import check_quota
from secondcount.web.receiving.saying import parse_said

__all__ = ["SENDERS", "arrivals", "finish", "session", "upload"]

SENDERS = (Role.COLLECTOR, Role.COORDINATOR)


@open_to(*SENDERS)
@require_GET
def session(request: HttpRequest) -> JsonResponse:
    """Tell a page that was kept on a phone whether its member is still signed in, and the token of its forms."""
    return JsonResponse({"token": get_token(request), "name": member_of(request).pseudonym})


@open_to(*SENDERS)
@require_POST
def arrivals(request: HttpRequest) -> JsonResponse:
    """Take in one file with what is said of it; the answer is its receipt."""
    check_quota(request)
    file = uploaded(request, "file")
    member, moment = member_of(request), now()
    claim = parse_said(json_object(request.POST.get("claim", "")), member, desk(), moment)
    name, sent = name_of(str(file.name)), request.POST.get("sha256", "")
    receipt = receive(desk(), member, file.read(), claim, moment, name=name, sent=sent)
    return JsonResponse(receipt_json(request, receipt), status=201)


@open_to(*SENDERS)
@require_http_methods(["GET", "PUT", "DELETE"])
def upload(request: HttpRequest, upload_id: str) -> JsonResponse:
    """Say how much of an upload is here, take in its next part, or forget it."""
    member = member_of(request)
    if request.method == "PUT":
        offset = request.headers.get("Upload-Offset", "")
        if not (offset.isascii() and offset.isdigit() and len(offset) < 12):
            raise InputError("K114", expected=parts.size_so_far(desk(), member, upload_id))
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length[:20]) > parts.PART:
            raise InputError("K110", limit=parts.PART)
        name = name_of(unquote(request.headers.get("Upload-Name", ""))) or "-"
        here = parts.add_part(desk(), member, upload_id, int(offset), request.body, name=name)
        return JsonResponse({"offset": here})
    if request.method == "DELETE":
        parts.forget(desk(), member, upload_id)
    return JsonResponse({"offset": parts.size_so_far(desk(), member, upload_id)})


@open_to(*SENDERS)
@require_POST
def finish(request: HttpRequest, upload_id: str) -> JsonResponse:
    """Take in an upload that is complete; asked again after a lost answer, give the same receipt."""
    member, moment = member_of(request), now()
    asked = json_object(request.body.decode(errors="replace"))
    said, file, size = asked.get("claim"), asked.get("sha256"), asked.get("size")
    if not (isinstance(said, dict) and isinstance(file, str) and isinstance(size, int) and 0 < size <= LIMITS.size):
        raise InputError("K119")
    claim = parse_said(said, member, desk(), moment)
    receipt = receive_upload(desk(), member, upload_id, claim, moment, file=file, size=size)
    return JsonResponse(receipt_json(request, receipt), status=201)


def uploaded(request: HttpRequest, field: str) -> UploadedFile[Any]:
    """Return the file in a field of a form.

    Raises:
        InputError: K111, there is none; K110, it is too large.

    """
    try:
        file = request.FILES[field]
    except MultiValueDictKeyError:
        raise InputError("K111") from None
    if not isinstance(file, UploadedFile) or file.size is None:
        raise InputError("K111")
    if file.size > LIMITS.size:
        raise InputError("K110", limit=LIMITS.size)
    return file


def json_object(text: str) -> dict[str, object]:
    """Return the object in JSON from outside.

    Raises:
        InputError: K119, it is none, or has the same name twice.

    """
    try:
        found = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise InputError("K119") from None
    if not isinstance(found, dict):
        raise InputError("K119")
    return found


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found
