"""What makes the page stay on a phone: its manifest, and the worker that serves it where there is no network."""

from __future__ import annotations

import json
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_GET

from secondcount.web.access import open_to_anybody
from secondcount.web.desk import desk
from secondcount.web.shell import language, phrases

__all__ = ["manifest", "worker"]

_WORKER = Path(__file__).parent.parent / "static" / "desk" / "receiving" / "sw.js"


@open_to_anybody
@require_GET
def manifest(_request: HttpRequest) -> HttpResponse:
    """Describe the desk to a phone that installs it (W3C Web Application Manifest)."""
    book = phrases()
    described = {
        "name": book.say("receiving.app.name"),
        "short_name": "Secondcount",
        "description": desk().election.labels.get(language()),
        "lang": language(),
        "id": "/",
        "start_url": reverse("send"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#fffefb",
        "theme_color": "#1f4e79",
        "icons": [{"src": static("desk/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    return HttpResponse(json.dumps(described, ensure_ascii=False), content_type="application/manifest+json")


@open_to_anybody
@require_GET
def worker(_request: HttpRequest) -> HttpResponse:
    """Serve the worker from the root, so that it may answer for every page of the desk."""
    response = HttpResponse(_WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-cache"
    return response
