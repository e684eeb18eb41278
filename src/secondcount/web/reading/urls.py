"""Addresses of readers. A task's number is worth nothing to whoever does not hold the task."""

from __future__ import annotations

from django.urls import URLPattern, path

from secondcount.web.reading import views

__all__ = ["urlpatterns"]

urlpatterns: list[URLPattern] = [
    path("read/", views.landing, name="read"),
    path("read/next/", views.follow, name="read_next"),
    path("read/<int:task>/", views.read, name="read_task"),
    path("read/<int:task>/cells/", views.cells, name="read_cells"),
    path("read/<int:task>/page/<int:number>/", views.picture, name="read_page"),
    path("read/<int:task>/renew/", views.prolong, name="read_renew"),
    path("read/<int:task>/pass/", views.give_back, name="read_pass"),
    path("read/<int:task>/done/", views.done, name="read_done"),
]
