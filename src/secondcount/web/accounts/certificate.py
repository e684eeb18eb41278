"""The page that tells how a device learns to trust this desk, and the certificate that it installs."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from secondcount.errors import InputError
from secondcount.web.access import open_to_anybody
from secondcount.web.desk import desk
from secondcount.web.qr import qr_picture
from secondcount.web.shell import address
from secondcount.web.tls import CERTIFICATE_TYPE, authority_file, fingerprint

__all__ = ["download", "instructions"]

SYSTEMS = ("android", "ios", "windows", "macos", "linux")


def _authority() -> bytes:
    """Return the certificate of this desk's authority.

    Raises:
        InputError: K105, this desk has none: it was not started with --tls.

    """
    file = authority_file(Path(desk().config.folder))
    if not desk().config.own_authority or not file.is_file():
        raise InputError("K105")
    return file.read_bytes()


@open_to_anybody
@require_GET
def instructions(request: HttpRequest) -> HttpResponse:
    """Tell, for each system, how the certificate is installed, and by which fingerprint it is recognised."""
    here = address(request, reverse("tls"))
    steps = [(f"accounts.tls.{one}", f"accounts.tls.{one}_steps") for one in SYSTEMS]
    context = {
        "steps": steps,
        "fingerprint": fingerprint(_authority()),
        "address": here,
        "picture": qr_picture(here),
    }
    return render(request, "desk/people_tls.html", context)


@open_to_anybody
@require_GET
def download(_request: HttpRequest) -> HttpResponse:
    """Give the certificate of the authority."""
    answer = HttpResponse(_authority(), content_type=CERTIFICATE_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="secondcount-desk.crt"'
    return answer
