"""The one-file report: self-contained, the same every time, complete in every language."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from secondcount.site import build_report, render_report
from secondcount.verdict import encode
from secondcount.wording import LANGUAGES
from unit.site import fixture
from unit.site.page import Page

TEXT = render_report(fixture.verdict(), fixture.record())
PAGE = Page(TEXT)


class TestFiles:
    def test_are_the_page_the_verdict_and_the_tables(self, tmp_path: Path) -> None:
        """The page first, the verdict, the tables, and nothing else is left in the folder."""
        written = build_report(fixture.verdict(), fixture.record(), tmp_path / "report")
        assert [path.name for path in written] == ["index.html", "verdict.json", "issues.csv", "stations.csv"]
        assert sorted((tmp_path / "report").iterdir()) == sorted(written)

    def test_hold_the_verdict_as_it_is_encoded(self, tmp_path: Path) -> None:
        """verdict.json is what `encode` gives, byte for byte."""
        _, verdict, *_ = build_report(fixture.verdict(), fixture.record(), tmp_path)
        assert verdict.read_bytes() == encode(fixture.verdict())

    def test_are_the_same_every_time(self, tmp_path: Path) -> None:
        """No clock, no random number, no path is in them."""
        first = build_report(fixture.verdict(), fixture.record(), tmp_path / "one")
        second = build_report(fixture.verdict(), fixture.record(), tmp_path / "another folder")
        assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]

    def test_replace_what_was_there(self, tmp_path: Path) -> None:
        """A second run leaves the newest report and no draft."""
        build_report(fixture.verdict(copies=False), fixture.record(copies=False), tmp_path)
        page, *_ = build_report(fixture.verdict(), fixture.record(), tmp_path)
        assert page.read_text(encoding="utf-8") == TEXT
        assert [one.name for one in tmp_path.iterdir() if one.suffix == ".part"] == []

    def test_are_utf_8_with_line_feeds(self, tmp_path: Path) -> None:
        """The same bytes on Windows: no carriage return, one line feed at the end."""
        page, *_ = build_report(fixture.verdict(), fixture.record(), tmp_path)
        data = page.read_bytes()
        assert b"\r" not in data
        assert data.endswith(b"</html>\n")
        assert "Қазақстан" in data.decode("utf-8")

    def test_are_small(self) -> None:
        """Three languages stay far below 1.5 MB."""
        assert len(TEXT.encode()) < 600_000

    def test_stay_small_however_much_there_is(self) -> None:
        """Hundreds of areas with every figure held, and hundreds of issues: below 1.5 MB, and what is cut is said."""
        verdict = fixture.verdict()
        contest = verdict.contests[0]
        areas = [replace(contest.coverage[0], area=f"area-{place}") for place in range(300)]
        held = [replace(contest.held[1], area=one.area, cell=cell) for one in areas for cell in fixture.VOTES]
        crowded = replace(contest, coverage=(*areas, contest.coverage[-1]), held=(*contest.held, *held))
        issues = tuple(one for one in verdict.issues[2:4] for _ in range(400))
        many = replace(verdict, contests=(crowded,), issues=issues)
        text = render_report(many, fixture.record())
        assert len(text.encode()) < 1_500_000
        assert "1,952 more rows are in verdict.json." in text
        assert "261 more areas are not drawn; see the table." in text


class TestSelfContained:
    def test_allows_nothing_but_its_own_style_sheet(self) -> None:
        """The policy names the style sheet by its hash, and nothing else may load or run."""
        (policy,) = PAGE.all("meta", http_equiv="Content-Security-Policy")
        (style,) = re.findall(r"<style>(.*?)</style>", TEXT, re.DOTALL)
        digest = b64encode(sha256(style.encode()).digest()).decode()
        assert policy.attributes["content"].startswith(f"default-src 'none'; style-src 'sha256-{digest}';")

    def test_names_no_other_place(self) -> None:
        """No address of any network; the only files that it leads to are the tables beside it."""
        sources = [value for one in PAGE.elements for key, value in one.attributes.items() if key in {"src", "action"}]
        links = [one.attributes["href"] for one in PAGE.all("a")]
        assert sources == []
        assert {link for link in links if not link.startswith("#")} == {"stations.csv", "issues.csv"}
        assert "http://" not in TEXT
        assert "https://" not in TEXT
        assert "url(" not in TEXT.replace("url(#", "")

    def test_runs_no_script(self) -> None:
        """There is none, neither as element nor as attribute."""
        assert PAGE.all("script") == []
        assert [key for one in PAGE.elements for key in one.attributes if key.startswith("on")] == []

    def test_has_no_style_attribute(self) -> None:
        """The policy would refuse it."""
        assert [one.name for one in PAGE.elements if "style" in one.attributes] == []


class TestStructure:
    def test_is_well_formed(self) -> None:
        """Every element is closed, in order."""
        assert PAGE.mistakes == []

    def test_has_every_id_once(self) -> None:
        """Links and labels find one place each."""
        ids = [one.attributes["id"] for one in PAGE.elements if "id" in one.attributes]
        assert sorted(ids) == sorted(set(ids))

    def test_links_lead_somewhere(self) -> None:
        """Every link within the page leads to an element of it."""
        ids = {one.attributes.get("id") for one in PAGE.elements}
        links = [one.attributes["href"] for one in PAGE.all("a")]
        assert {link[1:] for link in links if link.startswith("#")} <= ids

    def test_labels_name_what_is_there(self) -> None:
        """Whatever is labelled by another element is labelled by one that is there."""
        ids = {one.attributes.get("id") for one in PAGE.elements}
        named = {
            name
            for one in PAGE.elements
            for key in ("aria-labelledby", "aria-describedby")
            for name in one.attributes.get(key, "").split()
        }
        assert named <= ids

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_headings_descend_by_one(self, language: str) -> None:
        """No level of headings is skipped within a language."""
        levels = [int(level) for level in re.findall(r"<h([1-6])", edition(TEXT, language))]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_has_its_landmarks(self, language: str) -> None:
        """Banner, main, contents and footer are there in each language, and the way past the banner comes first."""
        text = edition(TEXT, language)
        assert [text.count(f"<{name}") for name in ("header", "main", "footer")] == [1, 1, 1]
        assert text.index('class="skip"') < text.index("<header")

    def test_tables_have_captions_and_scopes(self) -> None:
        """Every table says what it is, every heading what it heads."""
        assert len(PAGE.all("caption")) == len(PAGE.all("table"))
        assert {one.attributes.get("scope") for one in PAGE.all("th")} == {"col", "row"}


def edition(text: str, language: str) -> str:
    """Return the part of the page in one language."""
    start = text.index(f'<div class="edition{" first" if language == "en" else ""}" id="{language}"')
    end = text.find('<div class="edition', start + 1)
    return text[start : end if end > 0 else None]


class TestLanguages:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_are_marked(self, language: str) -> None:
        """Each part says its language, for screen readers and hyphenation."""
        assert f'id="{language}" lang="{language}"' in edition(TEXT, language)

    def test_the_first_is_chosen(self) -> None:
        """The page opens in the language asked for, and says so."""
        page = Page(render_report(fixture.verdict(), fixture.record(), language="kk"))
        (first,) = page.all("div", class_="edition first")
        assert first.attributes["lang"] == "kk"
        assert page.all("html")[0].attributes["lang"] == "kk"
        assert "Қазақстан" in page.all("title")[0].text

    def test_can_be_one_alone(self) -> None:
        """A report in one language has no switch."""
        page = Page(render_report(fixture.verdict(), fixture.record(), languages=("ru",), language="ru"))
        assert [one.attributes["lang"] for one in page.all("div", class_="edition first")] == ["ru"]
        assert page.all("nav", class_="languages") == []

    def test_the_chosen_one_is_always_there(self) -> None:
        """A language to open with that was not listed is added, not lost."""
        page = Page(render_report(fixture.verdict(), fixture.record(), languages=("ru",), language="kk"))
        assert [one.attributes["lang"] for one in page.all("div", class_="edition first")] == ["kk"]

    def test_say_the_same_figures(self) -> None:
        """9809 stands in every language as often as in English."""
        counts = {len(re.findall("9[,\u00a0]809", edition(TEXT, language))) for language in LANGUAGES}
        assert len(counts) == 1


class TestMadeUp:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_said_unmistakably(self, language: str) -> None:
        """The strip, the list of what is made up, and the stamp of every chart, in every language."""
        text = edition(TEXT, language)
        assert 'class="synthetic-strip"' in text
        assert "copies.csv" in text
        assert text.count('class="stamp"') == text.count("<svg") == 9

    def test_is_said_in_the_title_and_on_paper(self) -> None:
        """The tab of the browser and the margin of every printed sheet say it too."""
        assert PAGE.all("title")[0].text.startswith("SYNTHETIC: ")
        assert '@top-center { content: "SYNTHETIC"' in TEXT

    def test_is_not_said_of_real_data(self) -> None:
        """Nothing made up: neither strip nor stamp nor margin."""
        text = render_report(fixture.verdict(copies=False), fixture.record(copies=False))
        assert "SYNTHETIC" not in text
        assert '<p class="synthetic-strip"' not in text

    def test_is_said_even_where_nobody_said_what(self) -> None:
        """A verdict that is synthetic without naming its parts still says that it is."""
        bare = replace(fixture.verdict(), synthetic_parts=())
        assert "part of the data" in render_report(bare, fixture.record())


def test_one_sided_figures_are_labelled() -> None:
    """Whose account it is stands at the head of the page and in the charts' frames."""
    verdict = replace(fixture.verdict(), one_side="observers")
    page = Page(render_report(verdict, fixture.record(), languages=("en",)))
    (banner,) = page.all("p", class_="banner one-side")
    assert "observers" in banner.text
    assert any("One side's account: observers" in one.text for one in page.all("text"))


def test_the_head_says_from_how_many_of_how_many() -> None:
    """N of N stands at the top, before any conclusion."""
    head = edition(TEXT, "en").split("<main", 1)[0]
    assert "from 126 of 9,764 polling stations" in head.replace("\u00a0", " ")
