"""The addresses of the desk, one subject after the other; each subject lists its own."""

from __future__ import annotations

from django.urls import include, path

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("", include("secondcount.web.accounts.urls")),
    path("", include("secondcount.web.receiving.urls")),
    path("", include("secondcount.web.reading.urls")),
    path("", include("secondcount.web.deciding.urls")),
    path("", include("secondcount.web.board.urls")),
    path("accounts/", include("allauth.urls")),
]

handler400 = "secondcount.web.trouble.unreadable"
handler403 = "secondcount.web.trouble.denied"
handler404 = "secondcount.web.trouble.not_found"
handler500 = "secondcount.web.trouble.failed"
