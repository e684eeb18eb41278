"""The sections of the report: each module turns one part of the verdict into finished text, without any markup."""

from secondcount.site.sections.claims import ClaimView, claims_view
from secondcount.site.sections.copies import CopiesView, copies_view
from secondcount.site.sections.findings import FindingGroup, findings_view
from secondcount.site.sections.inputs import inputs_table
from secondcount.site.sections.masthead import Masthead, masthead
from secondcount.site.sections.publications import PublicationsView, publications_view
from secondcount.site.sections.seats import SeatsView, seats_view
from secondcount.site.sections.shares import SharesView, shares_view
from secondcount.site.sections.stations import StationsView, stations_view
from secondcount.site.sections.summary import SummaryView, summary_view
from secondcount.site.sections.thresholds import ThresholdsView, thresholds_view

__all__ = [
    "ClaimView",
    "CopiesView",
    "FindingGroup",
    "Masthead",
    "PublicationsView",
    "SeatsView",
    "SharesView",
    "StationsView",
    "SummaryView",
    "ThresholdsView",
    "claims_view",
    "copies_view",
    "findings_view",
    "inputs_table",
    "masthead",
    "publications_view",
    "seats_view",
    "shares_view",
    "stations_view",
    "summary_view",
    "thresholds_view",
]
