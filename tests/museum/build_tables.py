"""Builds the museum of broken tables: each exhibit has a single thing wrong, which names it.

Run it to write `tables/` and `tables.toml` (what each exhibit must give) beside it; a test builds the museum
again and compares. The healthy table gives no issue at all, so that an exhibit gives its own faults and no others.
"""

from __future__ import annotations

import gzip
from pathlib import Path

from intaking.election import HEADER, row, sheet
from museum.build_formats import FORMATS, PACKED_FORMATS
from museum.exhibits import ABOUT, AREAS, HEAD, Exhibit, cell, copies, published, refused
from museum.shelves import MUSEUM, lay_out

__all__ = ["EXHIBITS", "PACKED", "Exhibit", "build"]

PACKED = (
    refused("gzip_bomb.csv.gz", "T104", gzip.compress(bytes(20 * 2**20), mtime=0)),
    refused("gzip_cut_short.csv.gz", "T103", gzip.compress(sheet(row()) * 9, mtime=0)[:-9]),
    refused("gzip_with_garbage_behind.csv.gz", "T103", gzip.compress(sheet(row()), mtime=0) + b"garbage"),
    refused("gzip_in_gzip.csv.gz", "T105", gzip.compress(gzip.compress(sheet(row()), mtime=0), mtime=0)),
    *PACKED_FORMATS,
)
"""Exhibits whose bytes depend on the library that packs; they are compared unpacked, where they unpack at all."""

FILES = (
    refused("empty", "T101", b""),
    refused("nothing_but_a_byte_order_mark", "T101", b"\xef\xbb\xbf"),
    refused(
        "html_named_csv", "T105", "<!DOCTYPE html>\n<html><body><table><tr><td>001</td></tr></table></body></html>\n"
    ),
    refused("html_in_utf_16", "T105", "<html><table></table></html>".encode("utf-16")),
    refused("xml_named_csv", "T105", '<?xml version="1.0"?><rows><row station="001"/></rows>\n'),
    refused("xlsx_named_csv", "T183", b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml"),
    refused("pdf_named_csv", "T105", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"),
    refused("photo_named_csv", "T105", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"),
    refused("zero_byte_in_text", "T106", sheet(row(nur="5\x000"))),
    refused("random_bytes", "T107", b"\x84\x85\x86\x87\x89\x8b\x93\x96\n" * 9),
    refused("comments_only", "T108", "# issuer: Commission\n# stage: final\n\n"),
    refused("no_header", "T109", row() + "\n" + row("002") + "\n"),
    refused("title_above_header", "T109", f"Copies of protocols\n{HEAD}\n{row()}\n"),
    refused("no_column_of_the_contest", "T110", "station,area,level,copy,version,collector\n001,north,1,1,1,obs\n"),
    refused("two_station_columns", "T111", "station,участок,nur,ak_zhol,union\n001,1,1,2,3\n"),
    copies("windows_1251", f"станция,{HEAD}\nСтанция,{row()}\n".encode("cp1251"), "T112 0", "T132 0"),
    copies("kazakh_kz_1048", f"қала,{HEAD}\nАлматы қаласы,{row()}\n".encode("kz1048"), "T112 0", "T132 0"),
    copies("western_windows_1252", f"señal,{HEAD}\nparticipación,{row()}\n".encode("cp1252"), "T112 0", "T132 0"),
    copies("utf_16_without_mark", sheet(row()).decode().encode("utf-16-le"), "T112 0"),
    copies("one_broken_byte_in_utf_8", sheet(row(collector="Айша @")).replace(b"@", b"\xd0"), "T113 2"),
    copies("lone_surrogate_in_utf_8", sheet(row(collector="Айша @")).replace(b"@", b"\xed\xa0\x80"), "T113 2"),
    copies(
        "lone_surrogate_in_utf_16",
        b"\xff\xfe" + sheet(row(collector="@@")).decode().encode("utf-16-le").replace(b"@\0@\0", b"\0\xd8@\0"),
        "T113 2",
    ),
    copies("byte_order_mark", b"\xef\xbb\xbf" + sheet(row())),
    copies("byte_order_mark_twice", b"\xef\xbb\xbf" * 2 + sheet(row())),
    copies("byte_order_mark_where_files_were_joined", sheet(row(), "\ufeff" + row("002")), "T155 3", rows=2),
    copies(
        "encoding_taken_for_another_before",
        sheet(row(), header=HEAD.replace("nur", "Партия Света".encode().decode("latin-1"))),
        "T132 0",
        "T133 0",
        states="==a==",
    ),
    copies("header_only", HEAD + "\n", "T114 0", rows=0),
    copies("unknown_metadata", sheet(row(), above="# weather: fine\n"), "T115 1"),
    copies("comment_without_key", sheet(row(), above="# copied from the wall\n"), "T117 1"),
    copies("comment_below_the_header", sheet(row(), "# issuer: Commission"), "T118 3"),
    copies("synthetic", sheet(row(), above="# synthetic: seed 2012, made by rehearsal\n"), "T119 1"),
    copies("synthetic_without_colon", sheet(row(), above="# SYNTHETIC\n"), "T119 1"),
    copies("synthetic_said_below_the_header", sheet(row(), "# synthetic: seed 1"), "T118 3", "T119 3"),
    copies("synthetic_in_a_column", sheet(row() + ",yes", header=HEAD + ",synthetic"), "T119 1"),
)

ROWS = (
    copies("row_too_short", sheet(row(), "002,north,2,1,1,obs,100"), "T120 3"),
    copies("row_too_long", sheet(row(), row("002") + ",7"), "T121 3"),
    copies("thousands_comma_splits_a_cell", sheet(row(), row("002", nur="1,250")), "T121 3"),
    copies("quote_never_closed", sheet(row(), row("002", collector='"obs'), row("003")), "T122 3", rows=2),
    copies("text_behind_a_closing_quote", sheet(row(), row("002", collector='"obs" two')), "T122 3"),
    copies("quoted_cell_swallows_a_row", sheet(row(collector='"obs'), row("002", collector='obs"')), "T122 2"),
    copies(
        "quoted_note_swallows_a_row",
        sheet(row() + ',"note', row("002") + '"', header=HEAD + ",note"),
        "T132 0",
        "T166 2",
    ),
    copies("no_station", sheet(row(), row("")), "T123 3"),
    copies("station_is_a_dash", sheet(row(), row("—")), "T123 3"),
    copies("totals_row_in_english", sheet(row(), row("Total")), "T124 3"),
    copies("totals_row_in_russian", sheet(row(), row("ИТОГО:")), "T124 3"),
    copies("totals_row_in_kazakh", sheet(row(), row("Барлығы")), "T124 3"),
    copies("totals_row_with_sigma", sheet(row(), row("Σ")), "T124 3"),
    copies("rows_of_delimiters", sheet(row(), "," * (len(HEADER) - 1), "," * (len(HEADER) - 1)), "T125 0"),
    copies("station_is_a_formula", sheet(row(), row("=cmd|' /C calc'!A0")), "T126 3"),
    copies("unknown_area", sheet(row(area="Moon")), "T127 2"),
    copies("area_name_of_two_areas", sheet(row(area="Юг")), "T128 2"),
    copies("level_five", sheet(row(level=5)), "T129 2"),
    copies("level_in_words", sheet(row(level="high")), "T129 2"),
    copies("level_missing_in_a_row", sheet(row(level="")), "T137 2"),
    copies("copy_zero", sheet(row(copy=0)), "T138 2"),
    copies("version_in_roman_numerals", sheet(row(version="II")), "T138 2"),
    copies("leading_zeros_lost_in_one_row", sheet(row("0012"), row("12")), "T139 3", rows=2),
    copies("station_as_spreadsheet_formula", sheet(row('"=""0012"""')), "T165 2"),
    copies("invisible_mark_in_station", sheet(row("0\u200b01")), "T155 2"),
)

COLUMNS = (
    copies("no_level_column", "station,area,nur,ak_zhol,union,registered,invalid\n001,north,1,2,3,9,0\n", "T135 0"),
    copies("no_area_column", "station,level,nur,ak_zhol,union,registered,invalid\n001,2,1,2,3,9,0\n", "T136 0"),
    copies(
        "no_column_for_a_list",
        "station,area,level,nur,ak_zhol,registered,invalid\n1,north,2,5,6,9,0\n",
        "T133 0",
        states="====a",
    ),
    copies(
        "no_columns_for_lines", "station,area,level,nur,ak_zhol,union\n001,north,2,5,6,7\n", "T134 0", states="aa==="
    ),
    copies("same_header_twice", sheet(row() + ",51", header=HEAD + ",nur"), "T130 0", states="==u=="),
    copies("two_headers_for_one_list", sheet(row() + ",51", header=HEAD + ",Партия Света"), "T130 0", states="==u=="),
    copies("two_level_columns", sheet(row() + ",3", header=HEAD + ",уровень"), "T130 0", "T135 0"),
    copies("columns_nobody_knows", sheet(row() + ",x,y", header=HEAD + ",weather,mood"), "T132 0"),
    copies("percentages_among_copies", sheet(row() + ",50.1", header=HEAD + ",nur %"), "T132 0"),
    copies(
        "merged_header_saved_as_text",
        HEAD.replace("nur,ak_zhol,union", "Votes,,") + f"\n{',' * 8}nur,ak_zhol,union\n{row()}\n",
        "T132 0",
        "T133 0",
        "T123 2",
        states="==aaa",
    ),
    copies("header_over_two_lines", sheet(row(), header=HEAD.replace("nur", '"Party\nof Light"')), "T167 0"),
)

CELLS = (
    cell("negative", "T140", "-5"),
    cell("negative_with_a_minus_sign", "T140", "−5"),
    cell("negative_in_brackets", "T140", "(5)"),
    cell("decimals", "T141", "12.5"),
    cell("decimal_comma", "T141", '"12,5"'),
    cell("exponent", "T142", "1e3"),
    cell("exponent_of_a_spreadsheet", "T142", "1.25E+03"),
    cell("percent_in_a_count", "T143", "12%"),
    cell("date_of_a_spreadsheet", "T144", "3-Jan"),
    cell("date_in_russian", "T144", "03.янв"),
    cell("iso_date", "T144", "2030-05-05"),
    cell("time_of_day", "T144", "12:30"),
    cell("formula", "T145", "=1+1"),
    cell("formula_with_a_plus", "T145", "+cmd|' /C calc'!A0"),
    cell("formula_with_an_at", "T145", "@SUM(A1)"),
    cell("two_to_the_53_and_one", "T146", "9007199254740993"),
    cell("two_to_the_63", "T146", "9223372036854775808"),
    cell("unit_in_the_cell", "T147", "12 votes"),
    cell("letter_o_for_zero", "T148", "1O5"),
    cell("letter_l_for_one", "T148", "l2"),
    cell("cyrillic_letter_for_three", "T148", "З5"),
    cell("footnote_star", "T149", "12*"),
    cell("footnote_superscript", "T149", "12¹"),
    cell("right_to_left_override", "T150", "\u202e123"),
    copies("lonely_thousands_dot", sheet(row(registered=5000, nur="1.250")), "T151 2", states="==u=="),
    copies(
        "dot_for_thousands_and_decimals", sheet(row(nur="1.250", ak_zhol="1.5")), "T151 2", "T141 2", states="==uu="
    ),
    copies(
        "comma_and_dot_for_thousands", sheet(row(nur="1.250", union='"1,250"')), "T151 2", "T151 2", states="==u=u"
    ),
    copies(
        "point_zero_beside_decimals",
        sheet(row(nur="240.0"), row("002", nur="240.5")),
        "T141 2",
        "T141 3",
        rows=2,
        states="==u==",
    ),
    cell("word_in_the_cell", "T152", "many"),
    cell("two_numbers", "T152", "12 34"),
    cell("thousands_comma", "T153", '"1,250"', "="),
    cell("arabic_digits", "T154", "١٢٣", "="),
    cell("fullwidth_digits", "T154", "１２３", "="),
    cell("right_to_left_mark", "T155", "\u200f123", "="),
    cell("zero_width_space", "T155", "1\u200b23", "="),
    cell("not_a_number_of_a_program", "T156", "NaN"),
    cell("point_zero_of_a_program", "T157", "240.0", "="),
)

SWAPPED = (
    # Every cell is good where it stands: what can be noticed is noticed beside other figures, if at all
    # (tests/unit/tabulation/test_swapped_columns.py).
    copies(
        "columns_of_two_lists_swapped",
        sheet(row(nur=30, ak_zhol=50), row("002", nur=12, ak_zhol=41), row("003", nur=20, ak_zhol=20)),
        rows=3,
    ),
    copies("columns_of_two_lines_swapped", sheet(row(registered=1, invalid=100))),
    copies("station_and_register_swapped", sheet(row("100", registered="001"), row("240", registered="002")), rows=2),
    copies("area_and_votes_swapped", sheet(row(area="50", nur="north")), "T127 2", "T152 2", states="==u=="),
    copies("level_and_register_swapped", sheet(row(level=100, registered=2)), "T129 2"),
)

TWICE = (
    copies("identical_rows", sheet(row(), row()), "T160 3"),
    copies("other_figures_for_one_copy", sheet(row(), row(nur=51)), "T161 3", rows=2),
    copies("one_copy_from_two_collectors", sheet(row(), row(collector="other")), "T162 3", rows=2),
    copies("one_station_in_two_areas", sheet(row(), row(area="south", copy=2)), "T164 3", rows=2),
    published(
        "official_station_twice_differently",
        "station,area,registered,invalid,nur,ak_zhol,union\n001,north,9,0,5,3,1\n001,north,9,0,6,3,1\n",
        "T163 7",
        rows=1,
        states="==u==",
    ),
)

FIGURES = (
    published("publication_without_words", AREAS + "land,5,3,1\n", "T170 0", "T171 0", rows=3, above=""),
    published("stage_unknown", AREAS + "land,5,3,1\n", "T116 2", rows=3, above=ABOUT.replace("final", "semi-final")),
    published("published_on_no_day", AREAS + "land,5,3,1\n", "T116 3", rows=3, above=ABOUT.replace("05-06", "02-30")),
    published("figures_of_unknown_area", AREAS + "land,5,3,1\nMoon,5,3,1\n", "T175 7", rows=3),
    published("figures_of_two_areas_at_once", AREAS + "land,5,3,1\nЮг,5,3,1\n", "T128 7", rows=3),
    published("totals_row_among_areas", AREAS + "north,5,3,1\nИтого,9,6,2\n", "T178 7", rows=6),
    published("empty_cells_among_figures", AREAS + "land,5,,1\n", "T176 6", rows=2),
    published("area_twice_differently", AREAS + "land,5,3,1\nland,5,4,1\n", "T160 7", "T177 7", "T160 7", rows=2),
    published("more_than_100_percent", "area,nur_pct,ak_zhol_pct,union\nland,101,50,1\n", "T174 6", rows=2),
    published("share_in_words", "area,nur_pct,ak_zhol_pct,union_pct\nland,half,30,20\n", "T174 6", rows=2),
    published("negative_count_of_an_area", AREAS + "land,-5,3,1\n", "T140 6", rows=2),
    published("unknown_quantity", "area,quantity,cell,value\nland,votes,nur,5\nland,count,nur,5\n", "T172 6", rows=1),
    published("unknown_cell", "area,quantity,cell,value\nland,count,moon,5\nland,count,nur,5\n", "T173 6", rows=1),
)

EXHIBITS = (*PACKED, *FILES, *ROWS, *COLUMNS, *CELLS, *SWAPPED, *TWICE, *FIGURES, *FORMATS)


def _entry(one: Exhibit) -> str:
    if one.refusal:
        return f'["{one.name}"]\nrefusal = "{one.refusal}"\n'
    door = "reported" if one.figures else "sheets"
    issues = ", ".join(f'"{issue}"' for issue in one.issues)
    return f'["{one.name}"]\ndoor = "{door}"\nrows = {one.rows}\nstates = "{one.states}"\nissues = [{issues}]\n'


def build(folder: Path) -> None:
    """Write all exhibits and their list into a folder."""
    entries = [_entry(one) for one in sorted(EXHIBITS, key=lambda one: one.name)]
    lay_out(folder, "tables", {one.name: one.data for one in EXHIBITS}, entries)


if __name__ == "__main__":
    build(MUSEUM)
