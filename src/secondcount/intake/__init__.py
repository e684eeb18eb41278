"""Floor 2: whatever arrives from outside, made safe and understood; every oddity an Issue.

A file goes through `unpack` (sizes, gzip, ZIP, foreign formats) and becomes a `Table` of text: a delimited file
through `encoding`, `preamble`, `delimited` and `records`, others through `workbook`, `parquet` and `json_rows`.
`layouts` (with `station_keys` and `made_areas`) or `columns` say what each column means, `heads` and `cells` turn
text into names, numbers and states, `copies` sees that nothing stands twice; `remarks` carries what was odd.
`registers` reads tables of stations without figures. The formats are described in docs/reference/tables.md. Photos go
another way, through the rooms of `images`; many of them come in a ZIP (`bundle`).
"""

from secondcount.intake.bundle import Packed, open_bundle
from secondcount.intake.images import (
    ImageKind,
    Mask,
    PhotoRead,
    check_stripped,
    parse_mask,
    read_photo,
    sniff,
)
from secondcount.intake.in_turn import (
    TableFile,
    arrived_file,
    named_contest,
    read_all_reported,
    read_all_sheets,
    with_all_contestants,
)
from secondcount.intake.layouts import with_areas
from secondcount.intake.mapping import (
    Guess,
    Suggestion,
    mapping_name,
    parse_mapping,
    render_mapping,
    suggest_mapping,
)
from secondcount.intake.registers import Listing, parse_postings, parse_priorities, parse_register
from secondcount.intake.reported import ReportedRead, parse_reported
from secondcount.intake.sheets import SheetsRead, parse_sheets
from secondcount.intake.table import Table, read_table

__all__ = [
    "Guess",
    "ImageKind",
    "Listing",
    "Mask",
    "Packed",
    "PhotoRead",
    "ReportedRead",
    "SheetsRead",
    "Suggestion",
    "Table",
    "TableFile",
    "arrived_file",
    "check_stripped",
    "mapping_name",
    "named_contest",
    "open_bundle",
    "parse_mapping",
    "parse_mask",
    "parse_postings",
    "parse_priorities",
    "parse_register",
    "parse_reported",
    "parse_sheets",
    "read_all_reported",
    "read_all_sheets",
    "read_photo",
    "read_table",
    "render_mapping",
    "sniff",
    "suggest_mapping",
    "with_all_contestants",
    "with_areas",
]
