"""Addresses of people and of the desk as a whole."""

from __future__ import annotations

from django.urls import path

from secondcount.web.accounts import views

__all__ = ["urlpatterns"]

urlpatterns = [
    path("", views.home, name="home"),
    path("language/<str:code>/", views.choose_language, name="language"),
    path("join/<str:token>/", views.join, name="join"),
    path("healthz", views.health, name="health"),
]
