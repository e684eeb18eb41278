"""Addresses of this subject."""

from __future__ import annotations

from django.urls import URLPattern, path

from secondcount.web.board import views

__all__ = ["urlpatterns"]

urlpatterns: list[URLPattern] = [
    path("board/", views.board, name="board"),
    path("board/figures/", views.board_figures, name="board_figures"),
]
