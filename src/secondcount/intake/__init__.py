"""Floor 2: whatever arrives from outside, made safe and understood; every oddity an Issue.

A file goes through `unpack` (sizes, gzip, foreign formats), `encoding` (any usual one to UTF-8), `preamble`
(metadata lines), `delimited` and `records` (rows with their physical lines), `columns` (what each header means),
`heads` and `cells` (text to names, numbers and states), `copies` (nothing stands twice); `remarks` carries what
was odd. The format is described in docs/reference/tables.md.
"""

from secondcount.intake.reported import ReportedRead, parse_reported
from secondcount.intake.sheets import SheetsRead, parse_sheets
from secondcount.intake.table import Table, read_table

__all__ = ["ReportedRead", "SheetsRead", "Table", "parse_reported", "parse_sheets", "read_table"]
