"""Addresses of whoever decides."""

from __future__ import annotations

from django.urls import URLPattern, path

from secondcount.web.deciding import views

__all__ = ["urlpatterns"]

urlpatterns: list[URLPattern] = [
    path("decide/", views.landing, name="decide"),
    path("decide/next/", views.follow, name="decide_next"),
    path("decide/<int:task>/", views.decide, name="decide_task"),
    path("decide/<int:task>/sums/", views.sums, name="decide_sums"),
    path("decide/<int:task>/page/<int:number>/", views.picture, name="decide_page"),
    path("decide/<int:task>/renew/", views.prolong, name="decide_renew"),
    path("decide/<int:task>/pass/", views.give_back, name="decide_pass"),
]
