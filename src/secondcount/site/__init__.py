"""Floor 5, a door: verdict and record -> the one-file report in every language. Jinja2; the charts live here."""

from secondcount.site.notebook import render_summary
from secondcount.site.priorities import build_priorities
from secondcount.site.report import build_report, render_report

__all__ = ["build_priorities", "build_report", "render_report", "render_summary"]
