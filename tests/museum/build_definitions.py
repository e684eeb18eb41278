"""Builds the museum of broken definitions: each exhibit is the healthy one with a single thing wrong, which names it.

Run it to write `definitions/` and `definitions.toml` (the list of what each exhibit must give) beside it;
a test builds the museum again and compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from museum.shelves import MUSEUM, lay_out

HEALTHY = """\
format = 1
id = "testland.council.2030"
country = "xx"
voting_day = 2030-05-05
timezone = "Europe/Vienna"
labels = { en = "Testland: council election", ru = "Тестландия: выборы в совет", kk = "Тестландия: кеңес сайлауы" }
sources = ["Council Act (invented)"]
levels = [
  { id = "country", labels = { en = "country", ru = "страна", kk = "ел" } },
  { id = "region", labels = { en = "region", ru = "область", kk = "облыс" } },
]
areas = [
  { id = "testland", level = "country", stations = 50, source = "list", labels = { en = "T", ru = "Т", kk = "Т" } },
  { id = "north", level = "region", parent = "testland", labels = { en = "North", ru = "Север", kk = "Солтүстік" } },
  { id = "south", level = "region", parent = "testland", labels = { en = "South", ru = "Юг", kk = "Оңтүстік" } },
]
[publication_not_before]
moment = 2030-05-05T20:00:00+02:00
source = "section 30"
[[contests]]
id = "list"
labels = { en = "Lists", ru = "Списки", kk = "Тізімдер" }
share_base = "votes"
contestants = [
  { id = "red", kind = "list", labels = { en = "Red", ru = "Красный", kk = "Қызыл" }, aliases = ["The Reds"] },
  { id = "green", kind = "list", labels = { en = "Green", ru = "Зелёный", kk = "Жасыл" } },
  { id = "nobody", kind = "against_all", labels = { en = "Against all", ru = "Против всех", kk = "Бәріне қарсы" } },
]
lines = [
  { id = "registered", role = "registered", labels = { en = "Register", ru = "Список", kk = "Тізім" } },
  { id = "issued", role = "issued", labels = { en = "Issued", ru = "Выдано", kk = "Берілген" } },
  { id = "invalid", role = "invalid", labels = { en = "Invalid", ru = "Недействительные", kk = "Жарамсыз" } },
]
[contests.rule]
method = "hare_largest_remainder"
seats = 9
ties = "order"
tie_order = ["green", "red"]
source = "section 40"
[contests.rule.threshold]
share = "7/100"
base = "votes"
comparison = ">="
source = "section 39"
[contests.rule.threshold.runner_up]
correction = "7/10"
minimum_seats = 2
leftover = "first_list"
source = "section 42"
[[contests.bases]]
id = "votes"
labels = { en = "votes", ru = "голоса", kk = "дауыстар" }
cells = ["contestants"]
source = "section 38"
[[contests.identities]]
id = "boxes"
text = "sum(contestants) + invalid <= issued"
hard = true
labels = { en = "Boxes", ru = "Ящики", kk = "Жәшіктер" }
source = "form"
[[deadlines]]
id = "publication"
kind = "publication"
days = 10
after = "voting_day"
valid_from = 2029-01-01
valid_to = 2031-01-01
labels = { en = "Published", ru = "Публикация", kk = "Жариялау" }
source = "section 44"
[[publications]]
id = "turnout"
issuer = "Board"
stage = "voting"
published = 2030-05-05T12:30:00+02:00
labels = { en = "Turnout", ru = "Явка", kk = "Қатысу" }
sources = ["newspaper"]
[[publications]]
id = "final"
issuer = "Board"
stage = "final"
published = 2030-05-07
labels = { en = "Final", ru = "Итоги", kk = "Қорытынды" }
sources = ["gazette"]
[[figures]]
publication = "turnout"
quantity = "turnout"
areas = { testland = "31.5", north = "33.0" }
source = "newspaper"
[[figures]]
publication = "final"
quantity = "count"
area = "testland"
values = { red = 912, green = 748 }
source = "gazette"
[[figures]]
publication = "final"
quantity = "share"
area = "testland"
values = { red = "54.94", green = "45.06" }
source = "gazette"
[[figures]]
publication = "final"
quantity = "seats"
area = "testland"
values = { red = 5, green = 4 }
source = "gazette"
[[figures]]
publication = "final"
quantity = "lead"
area = "north"
values = { "green - red" = 33 }
source = "newspaper"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One broken definition: its bytes, and the faults ("code key") or the refusal (a code) that it must give."""

    data: bytes
    faults: tuple[str, ...] = ()
    refusal: str = ""


def broken(find: str, replace: str, *faults: str) -> Exhibit:
    """Return the healthy definition with its first occurrence of a text replaced."""
    assert find in HEALTHY, find
    return Exhibit(data=HEALTHY.replace(find, replace, 1).encode(), faults=faults)


def form(masks: str, *faults: str) -> Exhibit:
    return broken("[contests.rule]\n", f"[contests.form]\nmasks = [{masks}]\n[contests.rule]\n", *faults)


def extended(more: str, *faults: str) -> Exhibit:
    """Return the healthy definition with something added at its end."""
    return Exhibit(data=(HEALTHY + more).encode(), faults=faults)


def refused(data: bytes, code: str) -> Exhibit:
    """Return bytes of which nothing can be built."""
    return Exhibit(data=data, refusal=code)


RULE, THRESHOLD = "contests[0].rule", "contests[0].rule.threshold"
IDENTITY = "contests[0].identities[0].text"
SUM = "sum(contestants) + invalid <= issued"


def identity(text: str, *codes: str) -> Exhibit:
    """Return the healthy definition with another identity."""
    return broken(SUM, text, *(f"{code} {IDENTITY}" for code in codes))


FILES = {
    "not_utf8": refused(b"\xff" + HEALTHY.encode("utf-16-le"), "D002"),
    "not_toml": refused(b"format = 1\nid = testland\n", "D003"),
    "json_instead_of_toml": refused(b'{"format": 1, "contests": []}\n', "D003"),
    "key_twice": refused(HEALTHY.replace('country = "xx"', 'country = "xx"\ncountry = "yy"').encode(), "D003"),
    "impossible_date": refused(HEALTHY.replace("2030-05-05\n", "2030-02-30\n", 1).encode(), "D003"),
    "nested_too_deeply": refused(b"x = " + b"[" * 5000 + b"\n", "D003"),
    "integer_of_5000_digits": refused(b"format = " + b"1" * 5000 + b"\n", "D003"),
    "key_of_a_thousand_parts": refused(b".".join([b"a"] * 1000) + b" = 1\n", "D006"),
    "empty": refused(b"", "D004"),
    "no_contest": refused(b'format = 1\nid = "x"\ncontests = []\n', "D004"),
    "contest_is_a_number": refused(b"contests = [7]\n", "D004"),
}

KEYS_AND_VALUES = {
    "unknown_key": broken("aliases = ", "alises = ", "D101 contests[0].contestants[0].alises"),
    "unknown_key_far_from_any": broken('country = "xx"', 'country = "xx"\nxyz = 1', "D102 xyz"),
    "unknown_key_with_escape": broken('country = "xx"', 'country = "xx"\n"\\u001b[31m" = 1', 'D102 "\\u001b[31m"'),
    "missing_key": broken('share_base = "votes"\n', "", "D103 contests[0].share_base"),
    "missing_source": broken('source = "section 40"\n', "", f"D103 {RULE}.source"),
    "number_as_text": broken("seats = 9", 'seats = "9"', f"D104 {RULE}.seats"),
    "yes_instead_of_true": broken("hard = true", 'hard = "yes"', "D104 contests[0].identities[0].hard"),
    "true_as_seats": broken("seats = 9", "seats = true", f"D104 {RULE}.seats"),
    "moment_as_voting_day": broken("voting_day = 2030-05-05", "voting_day = 2030-05-05T07:00:00Z", "D104 voting_day"),
    "list_instead_of_table": broken('{ testland = "31.5", north = "33.0" }', '["31.5"]', "D104 figures[0].areas"),
    "float_percentage": broken('"54.94"', "54.94", "D105 figures[2].values.red"),
    "float_threshold": broken('"7/100"', "0.07", f"D105 {THRESHOLD}.share"),
    "not_a_number": broken("seats = 9", "seats = nan", f"D105 {RULE}.seats"),
    "empty_label": broken('en = "Red"', 'en = " "', "D106 contests[0].contestants[0].labels.en"),
    "no_contestants": extended(
        '[[contests]]\nid = "b"\nlabels = { en = "B", ru = "Б", kk = "Б" }\nshare_base = "x"\ncontestants = []\n'
        'lines = [{ id = "y", role = "other", labels = { en = "Y", ru = "Ы", kk = "Ы" } }]\n'
        '[contests.rule]\nmethod = "plurality"\nseats = 1\nties = "lot"\nsource = "s"\n'
        '[[contests.bases]]\nid = "x"\nlabels = { en = "x", ru = "х", kk = "х" }\ncells = ["y"]\nsource = "s"\n',
        "D106 contests[1].contestants",
        "D513 figures[1].contest",
        "D513 figures[2].contest",
        "D513 figures[3].contest",
        "D513 figures[4].contest",
    ),
    "unknown_method": broken('"hare_largest_remainder"', '"hare"', f"D107 {RULE}.method"),
    "id_with_capitals": broken('id = "nobody"', 'id = "Nobody"', "D108 contests[0].contestants[2].id"),
    "no_seats": broken("seats = 9", "seats = 0", f"D109 {RULE}.seats"),
    "negative_stations": broken("stations = 50", "stations = -50", "D109 areas[0].stations"),
    "hexadecimal_giant": broken("seats = 9", "seats = 0x" + "f" * 6000, f"D109 {RULE}.seats"),
    "escape_sequence_in_label": broken('"Red"', '"Red\\u001b[31m"', "D110 contests[0].contestants[0].labels.en"),
    "right_to_left_override": broken('"Red"', '"Red\\u202e"', "D110 contests[0].contestants[0].labels.en"),
    "format_of_the_future": broken("format = 1", "format = 2", "D112 format"),
    "alias_of_two_contestants": broken(
        '"Жасыл" } }', '"Жасыл" }, aliases = ["the reds"] }', "D113 contests[0].contestants[1].aliases"
    ),
    "share_with_comma": broken('"7/100"', '"7,0%"', f"D114 {THRESHOLD}.share"),
    "share_without_sign": broken('"7/100"', '"7"', f"D114 {THRESHOLD}.share"),
    "share_over_zero": broken('"7/100"', '"7/0"', f"D114 {THRESHOLD}.share"),
    "share_above_the_whole": broken('"7/100"', '"700%"', f"D115 {THRESHOLD}.share"),
    "exempt_stranger": broken(
        'source = "section 39"\n[contests.rule.threshold.runner_up]',
        'exempt = ["nobody"]\nsource = "section 39"\n[contests.rule.threshold.runner_up]',
        f"D313 {THRESHOLD}.exempt[0]",
        f"D314 {THRESHOLD}.exempt",
    ),
    "first_round_without_a_second": broken(
        "seats = 9", "seats = 9\nrun_off_places = 2", "D315 contests[0].rule.run_off_places"
    ),
    "mask_in_pixels": form('"50,900,400,60pm", "120,80,400,60"', "D316 contests[0].form.masks[1]"),
    "mask_beyond_the_photo": form('"700,900,400,60pm"', "D316 contests[0].form.masks[0]"),
    "masks_of_nothing": form("", "D106 contests[0].form.masks"),
    "share_of_nothing": broken('"7/100"', '"0%"', f"D115 {THRESHOLD}.share"),
    "line_and_contestant_with_one_id": broken('id = "nobody"', 'id = "issued"', "D116 contests[0].contestants[2].id"),
    "contestant_named_like_a_column": broken('id = "nobody"', 'id = "station"', "D117 contests[0].contestants[2].id"),
    "contestant_named_sum": broken('id = "nobody"', 'id = "sum"', "D117 contests[0].contestants[2].id"),
    "line_of_digits": broken('id = "registered"', 'id = "1"', "D118 contests[0].lines[0].id"),
}

AREAS_AND_DATES = {
    "unknown_timezone": broken('"Europe/Vienna"', '"Europe/Viena"', "D201 timezone"),
    "timezone_is_a_folder": broken('"Europe/Vienna"', '"Europe"', "D201 timezone"),
    "embargo_without_offset": broken("T20:00:00+02:00", "T20:00:00", "D202 publication_not_before.moment"),
    "close_at_no_hour": extended("[polls_close]\nmoment = 2030-05-05\nsource = 'x'\n", "D104 polls_close.moment"),
    "close_without_source": extended("[polls_close]\nmoment = 2030-05-05T20:00:00Z\n", "D103 polls_close.source"),
    "unknown_level": broken('id = "south", level = "region"', 'id = "south", level = "regon"', "D203 areas[2].level"),
    "unknown_parent": broken(
        'id = "south", level = "region", parent = "testland"',
        'id = "south", level = "region", parent = "tesland"',
        "D204 areas[2].parent",
    ),
    "two_roots": broken(
        'id = "south", level = "region", parent = "testland"', 'id = "south", level = "region"', "D205 areas"
    ),
    "no_root": broken(
        'id = "testland", level = "country"',
        'id = "testland", level = "country", parent = "testland"',
        "D209 areas[0].level",
        "D206 areas",
        "D207 areas",
    ),
    "areas_in_a_ring": broken(
        'id = "south", level = "region", parent = "testland"',
        'id = "south", level = "region", parent = "south"',
        "D209 areas[2].level",
        "D207 areas",
    ),
    "more_stations_in_parts": broken(
        'id = "north", level = "region"',
        'id = "north", stations = 51, source = "register", level = "region"',
        "D208 areas[0].stations",
    ),
    "stations_without_source": broken(', source = "list"', "", "D103 areas[0].source"),
    "deadline_ends_before_it_begins": broken("valid_to = 2031", "valid_to = 2028", "D210 deadlines[0].valid_to"),
    "deadline_without_length": broken("days = 10\n", "", "D211 deadlines[0].days"),
    "deadline_with_two_lengths": broken("days = 10", "days = 10\nhours = 12", "D211 deadlines[0].days"),
}

LAW = {
    "nobody_can_get_a_seat": broken(
        '"red", kind = "list"',
        '"red", kind = "against_all"',
        f"D305 {RULE}.tie_order[1]",
    ),
    "everybody_withdrew": Exhibit(
        data=HEALTHY.replace('kind = "list"', 'kind = "list", status = "withdrawn"').encode(),
        faults=("D301 contests[0].contestants", f"D305 {RULE}.tie_order[0]", f"D305 {RULE}.tie_order[1]"),
    ),
    "base_of_unknown_cell": broken(
        '["contestants"]', '["contestants", "invalit"]', "D302 contests[0].bases[0].cells[1]"
    ),
    "threshold_of_unknown_base": broken(
        'base = "votes"\ncomparison', 'base = "vote"\ncomparison', f"D303 {THRESHOLD}.base"
    ),
    "unknown_share_base": broken('share_base = "votes"', 'share_base = "voters"', "D303 contests[0].share_base"),
    "tie_order_incomplete": broken('["green", "red"]', '["green"]', f"D304 {RULE}.tie_order"),
    "tie_order_missing": broken('tie_order = ["green", "red"]\n', "", f"D103 {RULE}.tie_order"),
    "tie_order_names_a_stranger": broken('["green", "red"]', '["green", "red", "blue"]', f"D305 {RULE}.tie_order[2]"),
    "tie_order_names_against_all": broken(
        '["green", "red"]', '["green", "red", "nobody"]', f"D305 {RULE}.tie_order[2]"
    ),
    "tie_order_repeats": broken('["green", "red"]', '["green", "red", "green"]', f"D116 {RULE}.tie_order[2]"),
    "tie_order_but_lots": broken('ties = "order"', 'ties = "lot"', f"D306 {RULE}.tie_order"),
    "threshold_from_above": broken('comparison = ">="', 'comparison = "<="', f"D307 {THRESHOLD}.comparison"),
    "second_list_without_quota": broken('"hare_largest_remainder"', '"dhondt"', f"D310 {THRESHOLD}.runner_up"),
    "base_counts_a_cell_twice": broken(
        '["contestants"]', '["red", "contestants"]', "D311 contests[0].bases[0].cells[1]"
    ),
    "two_lines_with_one_role": broken(
        'id = "issued", role = "issued"', 'id = "issued", role = "invalid"', "D312 contests[0].lines[2].role"
    ),
}

IDENTITIES = {
    "identity_with_division": identity("issued / 2 >= invalid", "D401"),
    "identity_with_one_equals_sign": identity("issued = invalid", "D401"),
    "identity_with_capitals": identity("Issued >= invalid", "D401"),
    "identity_with_two_operators": identity("issued >= invalid + + red", "D402"),
    "identity_with_product_of_cells": identity("issued * invalid >= red", "D402"),
    "identity_with_number_after_cell": identity("issued * 2 >= red", "D402"),
    "identity_with_bare_contestants": identity("issued >= contestants", "D402"),
    "identity_with_parentheses": identity("issued >= (red + green)", "D402"),
    "identity_of_unknown_cell": identity("isued >= invalid + gren", "D403", "D403"),
    "identity_with_glued_minus": identity("issued-invalid >= red", "D403"),
    "identity_without_relation": identity("issued + invalid", "D404"),
    "identity_with_two_relations": identity("issued >= invalid >= red", "D404"),
    "identity_with_giant_number": identity("issued >= 99999999999999999999*red", "D405"),
    "identity_that_tests_nothing": identity("issued + red <= red + issued + 5", "D406"),
    "identity_too_long": identity("issued >= " + " + ".join(["red"] * 500), "D407"),
}

FIGURES = {
    "figure_of_unknown_publication": broken(
        'publication = "turnout"', 'publication = "turnouts"', "D501 figures[0].publication"
    ),
    "figure_of_unknown_area": broken('area = "north"', 'area = "norh"', "D502 figures[4].area"),
    "figure_of_unknown_area_in_list": broken('north = "33.0"', 'nort = "33.0"', "D502 figures[0].areas.nort"),
    "figure_of_unknown_contest": broken(
        'quantity = "seats"', 'quantity = "seats"\ncontest = "lists"', "D503 figures[3].contest"
    ),
    "figure_of_unknown_cell": broken("green = 748", "gren = 748", "D504 figures[1].values.gren"),
    "seats_of_a_line": broken("{ red = 5, green = 4 }", "{ red = 5, invalid = 4 }", "D504 figures[3].values.invalid"),
    "figure_in_two_shapes": broken(
        "values = { red = 912", "value = 912\nvalues = { red = 912", "D505 figures[1].value"
    ),
    "figure_without_a_figure": broken("values = { red = 912, green = 748 }\n", "", "D505 figures[1].value"),
    "count_as_text": broken("red = 912", 'red = "912"', "D506 figures[1].values.red"),
    "count_as_yes": broken("red = 912", "red = true", "D506 figures[1].values.red"),
    "negative_count": broken("red = 912", "red = -912", "D109 figures[1].values.red"),
    "count_beyond_64_bits": broken("red = 912", "red = 99999999999999999999", "D109 figures[1].values.red"),
    "more_seats_than_there_are": broken(
        "{ red = 5, green = 4 }", "{ red = 10, green = 4 }", "D109 figures[3].values.red"
    ),
    "percentage_with_comma": broken('"54.94"', '"54,94"', "D507 figures[2].values.red"),
    "percentage_with_sign": broken('"54.94"', '"54.94 %"', "D507 figures[2].values.red"),
    "percentage_as_integer": broken('"54.94"', "55", "D507 figures[2].values.red"),
    "percentage_in_other_digits": broken('"54.94"', '"٥٤.٩٤"', "D507 figures[2].values.red"),
    "percentage_above_100": broken('"54.94"', '"154.94"', "D508 figures[2].values.red"),
    "lead_over_oneself": broken('"green - red"', '"red - red"', 'D509 figures[4].values."red - red"'),
    "lead_of_one": broken('"green - red"', '"green"', "D402 figures[4].values.green"),
    "lead_over_a_line": broken('"green - red"', '"green - issued"', 'D403 figures[4].values."green - issued"'),
    "turnout_of_a_contestant": broken(
        'areas = { testland = "31.5", north = "33.0" }',
        'area = "testland"\nvalues = { red = "31.5" }',
        "D510 figures[0].values.red",
    ),
    "turnout_with_cell": broken('quantity = "turnout"', 'quantity = "turnout"\ncell = "red"', "D510 figures[0].cell"),
    "figure_twice_from_one_source": extended(
        '[[figures]]\npublication = "final"\nquantity = "count"\narea = "testland"\nvalues = { red = 913 }\n'
        'source = "gazette"\n',
        "D511 figures[5].values.red",
    ),
    "publications_newest_first": broken(
        "published = 2030-05-05T12:30:00+02:00", "published = 2030-05-08", "D512 publications[1].published"
    ),
    "publication_without_offset": broken("T12:30:00+02:00", "T12:30:00", "D202 publications[0].published"),
    "five_faults_at_once": Exhibit(
        data=HEALTHY.replace("seats = 9", "seats = 0")
        .replace('id = "final"', 'id = "Final"')
        .replace(SUM, "issued ==")
        .replace('"31.5"', "31.5")
        .encode(),
        faults=(
            "D105 figures[0].areas.testland",
            f"D402 {IDENTITY}",
            f"D109 {RULE}.seats",
            "D108 publications[1].id",
            *(f"D501 figures[{index}].publication" for index in (1, 2, 3, 4)),
        ),
    ),
}

LAYOUT = """
[[layouts]]
id = "stations"
serves = "both"
station = ["No", { column = "Part", pattern = "^([0-9]+)$", number = true }]
areas = { region = "Region" }
cells = { registered = "Voters", red = "R", green = "G" }
level = 0
stage = "final"
labels = { en = "Stations", ru = "Участки", kk = "Учаскелер" }

[[layouts]]
id = "regions"
serves = "reported"
contest = "list"
where = { Kind = "region" }
area = ["Kind", "Name"]
area_ids = { "region/North" = "north", "region/South" = "south" }
cells = { red = "R" }
"""


def layout(find: str, replace: str, *faults: str) -> Exhibit:
    """Return the healthy definition with two layouts, the first occurrence of a text in them replaced."""
    assert find in LAYOUT, find
    return extended(LAYOUT.replace(find, replace, 1), *faults)


LAYOUTS = {
    "healthy_with_layouts": extended(LAYOUT),
    "layout_with_unknown_key": layout("stage =", "stege =", "D101 layouts[0].stege"),
    "layout_without_cells": layout('cells = { red = "R" }\n', "", "D103 layouts[1].cells"),
    "layout_with_cells_in_a_list": layout('{ red = "R" }', '["R"]', "D104 layouts[1].cells"),
    "layout_with_column_number": layout('"R", green', "3, green", "D104 layouts[0].cells.red"),
    "layout_with_blank_column": layout('"R", green', '" ", green', "D106 layouts[0].cells.red"),
    "layout_with_control_character": layout('"R", green', '"R\\u202e", green', "D110 layouts[0].cells.red"),
    "layout_that_serves_nobody": layout('"both"', '"all"', "D107 layouts[0].serves"),
    "layout_with_level_of_proof_9": layout("level = 0", "level = 9", "D109 layouts[0].level"),
    "layout_twice": layout('"regions"', '"stations"', "D116 layouts[1].id"),
    "layout_of_unknown_level": layout("{ region =", "{ regions =", "D203 layouts[0].areas.regions"),
    "layout_that_makes_the_root": layout("{ region =", "{ country =", "D203 layouts[0].areas.country"),
    "layout_of_unknown_area": layout('= "north"', '= "nord"', 'D502 layouts[1].area_ids."region/North"'),
    "layout_of_unknown_contest": layout('contest = "list"', 'contest = "lists"', "D503 layouts[1].contest"),
    "layout_of_unknown_cell": layout("{ registered =", "{ registred =", "D504 layouts[0].cells.registred"),
    "layout_with_a_column_twice": layout('green = "G"', 'green = "R"', "D601 layouts[0].cells.green"),
    "layout_with_pattern_without_group": layout("([0-9]+)", "[0-9]+", "D602 layouts[0].station[1].pattern"),
    "layout_with_pattern_of_two_groups": layout("([0-9]+)", "([0-9]+)(-)", "D602 layouts[0].station[1].pattern"),
    "layout_with_broken_pattern": layout("([0-9]+)", "([0-9]+", "D602 layouts[0].station[1].pattern"),
    "layout_with_levels_inside_out": Exhibit(
        data=(
            HEALTHY.replace(
                '"облыс" } },\n',
                '"облыс" } },\n  { id = "town", labels = { en = "town", ru = "город", kk = "қала" } },\n',
                1,
            )
            + LAYOUT.replace("{ region =", '{ town = "Town", region =', 1)
        ).encode(),
        faults=("D603 layouts[0].areas.region",),
    ),
    "layout_with_areas_given_and_made": layout(
        "where =", 'areas = { region = "R" }\nwhere =', "D604 layouts[1].areas"
    ),
    "layout_of_nothing": layout(
        'area = ["Kind", "Name"]\narea_ids = { "region/North" = "north", "region/South" = "south" }\n',
        "",
        "D605 layouts[1].station",
    ),
    "layout_of_areas_as_copies": layout('"reported"', '"sheets"', "D606 layouts[1].serves"),
    "layout_of_areas_without_their_ids": layout(
        'area_ids = { "region/North" = "north", "region/South" = "south" }\n', "", "D103 layouts[1].area_ids"
    ),
    "layout_with_unknown_key_of_a_key": layout("number = true", "numbr = true", "D101 layouts[0].station[1].numbr"),
    "layout_with_number_as_key": layout('["No"', "[7", "D104 layouts[0].station[0]"),
}

EXHIBITS: Mapping[str, Exhibit] = {
    "healthy": Exhibit(data=HEALTHY.encode()),
    "healthy_with_byte_order_mark": Exhibit(data=b"\xef\xbb\xbf" + HEALTHY.encode()),
    "healthy_with_windows_line_ends": Exhibit(data=HEALTHY.replace("\n", "\r\n").encode()),
    **FILES,
    **KEYS_AND_VALUES,
    **AREAS_AND_DATES,
    **LAW,
    **IDENTITIES,
    **FIGURES,
    **LAYOUTS,
}


def _entry(name: str, exhibit: Exhibit) -> str:
    faults = ",\n  ".join(f"'{fault}'" for fault in exhibit.faults)
    listed = f"[\n  {faults},\n]" if faults else "[]"
    return f'[{name}]\nrefusal = "{exhibit.refusal}"\nfaults = {listed}\n'


def build(folder: Path) -> None:
    """Write every exhibit and the list into a folder."""
    entries = (_entry(name, one) for name, one in sorted(EXHIBITS.items()))
    lay_out(folder, "definitions", {f"{name}.toml": one.data for name, one in EXHIBITS.items()}, entries)


if __name__ == "__main__":
    build(MUSEUM)
