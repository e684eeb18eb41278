"""Codes T###: a table or file that came from outside."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    # The file as a whole. T100 to T111 end the reading: they are raised as InputError.
    "T100": Severity.ERROR,  # more cells than can be read
    "T101": Severity.ERROR,  # empty file
    "T102": Severity.ERROR,  # file larger than the limit
    "T103": Severity.ERROR,  # gzip damaged or cut short
    "T104": Severity.ERROR,  # gzip that unpacks to far more than it is (a bomb)
    "T105": Severity.ERROR,  # not a text table: HTML, XLSX, PDF, ...
    "T106": Severity.ERROR,  # NUL bytes
    "T107": Severity.ERROR,  # the encoding cannot be told
    "T108": Severity.ERROR,  # no header line
    "T109": Severity.ERROR,  # no column of polling stations or areas
    "T110": Severity.ERROR,  # no column that belongs to this contest
    "T111": Severity.ERROR,  # a required column is there twice
    "T112": Severity.NOTE,  # encoding assumed
    "T113": Severity.ERROR,  # damaged text: characters replaced
    "T114": Severity.ERROR,  # a header and nothing below it
    "T115": Severity.NOTE,  # metadata key that nobody knows
    "T116": Severity.ERROR,  # metadata value that cannot be used
    "T117": Severity.NOTE,  # comment that is not "key: value"
    "T118": Severity.NOTE,  # comment below the header
    "T119": Severity.NOTE,  # the file declares itself synthetic
    # Rows.
    "T120": Severity.ERROR,  # fewer fields than the header
    "T121": Severity.ERROR,  # more fields than the header
    "T122": Severity.ERROR,  # quotation marks that do not match
    "T123": Severity.ERROR,  # no polling station in the row
    "T124": Severity.NOTE,  # totals row among the stations
    "T125": Severity.NOTE,  # rows of empty fields
    "T126": Severity.ERROR,  # a formula instead of a polling station
    "T127": Severity.ERROR,  # unknown area
    "T128": Severity.ERROR,  # area name that fits several areas
    "T129": Severity.ERROR,  # provenance level that is not 0 to 4
    "T166": Severity.UNUSUAL,  # a quoted cell swallows several lines with delimiters in them
    # Columns.
    "T130": Severity.ERROR,  # two columns for one thing
    "T131": Severity.ERROR,  # one header that fits several things
    "T132": Severity.NOTE,  # columns that are not used
    "T133": Severity.UNUSUAL,  # contestants without a column
    "T134": Severity.NOTE,  # protocol lines without a column
    "T135": Severity.NOTE,  # nobody said where these copies come from (no level column)
    "T136": Severity.NOTE,  # no area column
    "T137": Severity.NOTE,  # rows without a level
    "T138": Severity.ERROR,  # copy or version that is no positive whole number
    "T167": Severity.NOTE,  # headers that are not ids, and what they were taken for
    "T139": Severity.UNUSUAL,  # station names that differ in leading zeros only
    # Cells that are not numbers: the cell becomes "unknown", never a number.
    "T140": Severity.ERROR,  # negative
    "T141": Severity.ERROR,  # decimals
    "T142": Severity.ERROR,  # exponent
    "T143": Severity.ERROR,  # percentage instead of a count
    "T144": Severity.ERROR,  # date or time of day
    "T145": Severity.ERROR,  # formula
    "T146": Severity.ERROR,  # larger than 2^53
    "T147": Severity.ERROR,  # words beside the number
    "T148": Severity.ERROR,  # letters that look like digits
    "T149": Severity.ERROR,  # footnote mark
    "T150": Severity.ERROR,  # mark that changes the order in which digits are displayed
    "T151": Severity.ERROR,  # comma or dot that may be decimal or thousands
    "T152": Severity.ERROR,  # anything else that is no number
    # Cells that are numbers, but not written plainly: one note for each column.
    "T153": Severity.NOTE,  # comma or dot read as thousands mark
    "T154": Severity.NOTE,  # digits of another script
    "T155": Severity.NOTE,  # invisible characters removed
    "T156": Severity.NOTE,  # a program's word for "missing" read as unknown
    "T157": Severity.NOTE,  # ".0" behind whole numbers
    # The same thing twice.
    "T160": Severity.NOTE,  # identical row
    "T161": Severity.ERROR,  # same station, copy and version with other figures
    "T162": Severity.NOTE,  # same figures from another collector or level, without a copy number
    "T163": Severity.ERROR,  # station twice in an authority's table, with other figures
    "T164": Severity.ERROR,  # same station name in two areas
    "T165": Severity.NOTE,  # ="0012" read as 0012
    # Published figures.
    "T170": Severity.NOTE,  # publication data that the file does not give
    "T171": Severity.NOTE,  # stage not given: taken as final
    "T172": Severity.ERROR,  # unknown quantity
    "T173": Severity.ERROR,  # unknown contestant or line in a long table
    "T174": Severity.ERROR,  # not a percentage
    "T175": Severity.ERROR,  # area unknown: the figure belongs nowhere
    "T176": Severity.NOTE,  # cells without a figure
    "T177": Severity.ERROR,  # same figure twice, differently
    "T178": Severity.NOTE,  # totals row taken as the whole territory
    # Layouts and further formats. T182 to T184 end the reading.
    "T180": Severity.NOTE,  # rows that the layout says are of another kind
    "T181": Severity.NOTE,  # read by a layout
    "T182": Severity.ERROR,  # the layout names columns that are not there, or has a pattern that is none
    "T183": Severity.ERROR,  # a workbook, archive, Parquet or JSON file that is damaged or locked
    "T184": Severity.ERROR,  # an archive that does not hold exactly one table
    "T185": Severity.ERROR,  # a Parquet column whose cells are no single values
    "T186": Severity.NOTE,  # further sheets of a workbook
    "T187": Severity.ERROR,  # a line or element that is no JSON object
    "T188": Severity.ERROR,  # a key twice in one JSON object
    "T189": Severity.NOTE,  # formulas: their last computed values are read
    "T190": Severity.NOTE,  # which file of an archive was read
    "T191": Severity.NOTE,  # merged cells in the header
    # Housekeeping.
    "T199": Severity.NOTE,  # how many more issues of one code there are
}
