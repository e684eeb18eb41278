"""Addresses of this subject."""

from __future__ import annotations

from django.urls import URLPattern, path

from secondcount.web.board import acts, bringing, observed, stations, views

__all__ = ["urlpatterns"]

urlpatterns: list[URLPattern] = [
    path("board/", views.board, name="board"),
    path("board/figures/", views.board_figures, name="board_figures"),
    path("stations/", stations.stations, name="stations"),
    path("stations/<int:number>/", stations.station, name="station"),
    path("stations/tables/", bringing.tables, name="tables"),
    path("stations/register/", bringing.register, name="register"),
    path("stations/priorities/", bringing.priorities, name="priorities"),
    path("stations/lists/<int:number>/show/", bringing.show_observers, name="show_observers"),
    path("papers/<int:number>/", stations.paper, name="paper"),
    path("papers/<int:number>/consent/", observed.agree_to_be_named, name="consent"),
    path("observed/", observed.observed, name="observed"),
    path("observed/<int:number>/outcome/", observed.outcome, name="outcome"),
    path("acts/", acts.acts, name="acts"),
    path("acts/<str:kind>/", acts.act, name="act"),
]
