"""The one-file report: every language in one HTML file that asks nothing of any network, and `verdict.json` beside it.

There is no script in the file. Languages are switched by links to their sections (`#en`, `#ru`, `#kk`), which the
style sheet answers; a browser that does not know `:has()` shows all languages one below the other.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from secondcount.model.progress import Step, Told, untold
from secondcount.model.record import Record
from secondcount.site.edition import edition_of
from secondcount.site.page import page_view
from secondcount.site.side_by_side import NO_WORKINGS, SideBySide, sides_of
from secondcount.site.tables import build_tables
from secondcount.site.worksheet import render_worksheet
from secondcount.verdict import Verdict, encode
from secondcount.verdict.workings import Workings
from secondcount.wording import LANGUAGES, visible

__all__ = ["build_report", "environment", "render_report"]


def build_report(  # noqa: PLR0913 - what is written, where, in which languages, and who is told
    verdict: Verdict,
    record: Record,
    out: Path,
    *,
    languages: tuple[str, ...] = LANGUAGES,
    language: str = "en",
    worksheet: bool = False,
    workings: Mapping[str, Workings] = NO_WORKINGS,
    progress: Told = untold,
) -> tuple[Path, ...]:
    """Write `index.html`, `verdict.json` and the tables of `site.tables` into a directory, made where it is missing.

    The same verdict gives the same bytes: no clock, no random number, no path is in them. Each file is written
    beside its place and then moved there, so that a reader never meets half of it.

    Args:
        verdict: what was derived.
        record: what it was derived from.
        out: the directory.
        languages: which languages the file contains, in the order in which they are offered.
        language: which of them is shown first, and the one of the tables and the worksheet.
        worksheet: whether `worksheet.xlsx` is written too, where there are stations.
        workings: of the verdict (`verdict.derive_openly`); without them the copies are added up once more.
        progress: told how many of its parts are done: the stations, each page, their files, tables, the worksheet.

    Returns:
        The paths written, the page first.

    Raises:
        OSError: the directory cannot be made or written.

    """
    written = _counting(progress, len(_shown(languages, language)) + 4)
    sides = sides_of(record, workings)
    written()
    edition = edition_of(verdict, record, language, sides)
    out.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(max_workers=1) as beside:  # the tables are Polars' work, the pages are Python's
        tabling = beside.submit(build_tables, verdict, edition, sides, out)
        page = render_report(verdict, record, languages=languages, language=language, sides=sides, written=written)
        pages = {
            "index.html": page.encode("utf-8"),
            "verdict.json": encode(verdict),
        }
        stored = tuple(_store(out / name, data) for name, data in pages.items())
        written()
        tables = tabling.result()
        written()
    sheet = (_store(out / "worksheet.xlsx", render_worksheet(edition)),) if worksheet and sides else ()
    written()
    return (*stored, *tables, *sheet)


def _counting(progress: Told, parts: int) -> Callable[[], None]:
    """Return what is called for each part of the report that is done, and tells how many are."""
    done = 0

    def written() -> None:
        nonlocal done
        done += 1
        progress(Step.WRITE, done, parts)

    progress(Step.WRITE, 0, parts)
    return written


def _nothing() -> None:
    """Tell nobody that a page is done."""


def _shown(languages: Sequence[str], language: str) -> Sequence[str]:
    """Return the languages of the pages: the one that is shown first is always there."""
    return languages if language in languages else (language, *languages)


def _store(path: Path, data: bytes) -> Path:
    """Write bytes beside their place and move them there in one step."""
    draft = path.with_name(f"{path.name}.part")
    draft.write_bytes(data)
    os.replace(draft, path)  # noqa: PTH105  Path.replace is the same call; this names the guarantee
    return path


def render_report(
    verdict: Verdict,
    record: Record,
    *,
    languages: Sequence[str] = LANGUAGES,
    language: str = "en",
    sides: Mapping[str, SideBySide] | None = None,
    written: Callable[[], None] = _nothing,
) -> str:
    """Return the report as text, with line feeds as line ends on every system; `sides` are made where not given.

    `written` is called for the page of each language that is laid out.
    """
    beside = sides_of(record) if sides is None else sides
    pages = []
    for one in _shown(languages, language):
        pages.append(page_view(edition_of(verdict, record, one, beside)))
        written()
    style = Markup(_text("style.css") + (_text("synthetic.css") if verdict.synthetic else ""))  # noqa: S704  our own
    text = (
        environment()
        .get_template("page.html")
        .render(pages=pages, language=language, style=style, style_hash=_csp_hash(style), synthetic=verdict.synthetic)
    )
    return text if text.endswith("\n") else text + "\n"


def _text(name: str) -> str:
    return files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


def _csp_hash(content: str) -> str:
    """Return the source expression by which a content security policy allows exactly this style sheet (CSP 3, 2.3)."""
    return f"sha256-{b64encode(sha256(content.encode('utf-8')).digest()).decode('ascii')}"


def environment() -> Environment:
    """Return the template engine: everything is escaped, a name that nobody gave is an error, not an empty text."""
    return Environment(
        loader=PackageLoader("secondcount.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_legible,
        trim_blocks=True,
        lstrip_blocks=True,
        newline_sequence="\n",
        keep_trailing_newline=True,
    )


def _legible(value: object) -> object:
    """Return what is printed with every hiding or turning character shown; markup was made from such text already."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
