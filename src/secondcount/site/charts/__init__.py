"""The charts of the report: one module per chart, each a pure function from a verdict to a picture and its table."""

from secondcount.site.charts.claims import claim_chart
from secondcount.site.charts.coverage import coverage_chart
from secondcount.site.charts.flips import flips_chart
from secondcount.site.charts.frame import Chart
from secondcount.site.charts.seats import seats_chart
from secondcount.site.charts.shares import shares_chart
from secondcount.site.charts.thresholds import thresholds_chart
from secondcount.site.charts.turnout import turnout_chart
from secondcount.site.charts.updates import updates_chart

__all__ = [
    "Chart",
    "claim_chart",
    "coverage_chart",
    "flips_chart",
    "seats_chart",
    "shares_chart",
    "thresholds_chart",
    "turnout_chart",
    "updates_chart",
]
