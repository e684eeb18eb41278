"""The application that a server process loads; on the embedded default its worker runs in the same process."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

__all__ = ["application"]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secondcount.web.settings")
application = get_wsgi_application()

if os.environ.get("SECONDCOUNT_DESK_WORKER"):
    from secondcount.web import work

    work.start()
