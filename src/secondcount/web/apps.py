"""The one Django app of the desk; its tables are named desk_*."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

__all__ = ["SWEEPS", "DeskApp"]

SWEEPS = (
    "secondcount.web.receiving.decoding",
    "secondcount.web.reading.agreeing",
    "secondcount.web.board.outcomes",
    "secondcount.web.accounts.sealing",
    "secondcount.web.draining",
)
"""Modules with sweeps, in the order in which these run; the log comes last."""


class DeskApp(AppConfig):
    """All models of the desk under one label."""

    name = "secondcount.web"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the sweeps."""
        for module in SWEEPS:
            import_module(module)
