"""The short view of a verdict that a notebook shows: label, headlines, condition; everything escaped, no script."""

from __future__ import annotations

from secondcount.model.record import Record
from secondcount.site.edition import edition_of
from secondcount.site.report import environment
from secondcount.site.sections import masthead, summary_view
from secondcount.verdict import Verdict

__all__ = ["MOST_HEADLINES", "render_summary"]

MOST_HEADLINES = 10
"""So many headlines are shown, the whole contest's first; how many there are in all is said."""


def render_summary(verdict: Verdict, record: Record, language: str = "en") -> str:
    """Return a fragment of HTML: title, SYNTHETIC label, tally, headlines, and the condition they all stand under.

    The fragment has no style sheet and no script, asks nothing of any network, and is a few kilobytes long whatever
    the size of the country.
    """
    edition = edition_of(verdict, record, language)
    summary = summary_view(edition)
    told = [(group.area, line) for group in reversed(summary.groups) for line in group.lines]
    template = environment().get_template("notebook.html")
    return template.render(
        voice=edition.voice,
        head=masthead(edition),
        synthetic=verdict.synthetic,
        summary=summary,
        told=told[:MOST_HEADLINES],
        headlines=len(told),
    )
