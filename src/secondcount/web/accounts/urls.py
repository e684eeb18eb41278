"""Addresses of people and of the desk as a whole."""

from __future__ import annotations

from django.urls import path

from secondcount.web.accounts import certificate, pages, views

__all__ = ["urlpatterns"]

urlpatterns = [
    path("", views.home, name="home"),
    path("language/<str:code>/", views.choose_language, name="language"),
    path("join/<str:token>/", views.join, name="join"),
    path("healthz", views.health, name="health"),
    path("tls/", certificate.instructions, name="tls"),
    path("tls/ca.crt", certificate.download, name="tls_certificate"),
    path("people/", pages.people, name="people"),
    path("people/invite/", pages.invite_person, name="invite"),
    path("people/invitations/<int:invitation>/withdraw/", pages.withdraw_invitation, name="withdraw"),
    path("people/<str:pseudonym>/", pages.person, name="person"),
    path("people/<str:pseudonym>/role/", pages.person_role, name="person_role"),
    path("people/<str:pseudonym>/data.json", pages.export_one, name="person_data"),
    path("people/<str:pseudonym>/<str:act>/", pages.do_to_person, name="person_act"),
    path("account/data.json", pages.export_self, name="own_data"),
]
