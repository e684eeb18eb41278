"""The application that a server process loads; where it is told to, its worker runs in the same process."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from secondcount.web.orphans import end_with_parent

__all__ = ["application"]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secondcount.web.settings")
application = get_wsgi_application()
end_with_parent()

if os.environ.get("SECONDCOUNT_DESK_WORKER"):
    from secondcount.web import work

    work.start()
