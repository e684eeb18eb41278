"""The short view of a verdict in a notebook: small, escaped, with its condition and the label of made-up data."""

from __future__ import annotations

import secondcount as sc

HOSTILE = "<script>alert(1)</script>"


def view(collector: str = "us", rows: int = 1, claim: str = "OSDP >= 7%") -> str:
    """Return the view of a check with so many made-up copies."""
    lines = [f"{at},{HOSTILE},2,{collector},900,310,200" for at in range(rows)]
    table = "\n".join(["# synthetic: test", "station,area,level,collector,registered,osdp,nur_otan", *lines])
    definition = sc.load_election("kazakhstan.majilis.2012")
    record = sc.make_record(definition, sheets=[(f"{HOSTILE}.csv", table.encode())], claims=[claim])
    return sc.Checked(record=record, verdict=sc.derive(record))._repr_html_()


def test_the_condition_and_the_label_are_in_it() -> None:
    """Whatever the copies say, the view says that they must be genuine; made-up data is labelled."""
    html = view()
    assert "only if these copies are genuine" in html
    assert "SYNTHETIC" in html
    assert "SYNTHETIC" not in sc.check("kazakhstan.majilis.2012")._repr_html_()


def test_nothing_in_it_is_markup_of_the_data() -> None:
    """Names that came from outside are escaped, and there is no script and no address in the view."""
    html = view(collector=HOSTILE)
    assert "<script" not in html
    assert "http" not in html


def test_it_is_small() -> None:
    """The view stays under 8 kB, however many headlines there are."""
    acts = sc.demo_acts()
    assert all(len(act.checked._repr_html_().encode()) < 8_000 for act in acts)
