"""Laws of the rehearsal: made-up figures are reproducible, labelled, consistent, and add up to the reported facts."""

from __future__ import annotations

import csv
import hashlib

from secondcount.rehearsal import SyntheticFile, almaty_2012, east_3_2023
from secondcount.rehearsal.dice import Dice

PINNED = "68f5c7b9d1334339"
CONTESTANTS = ("nur_otan", "ak_zhol", "cppk", "osdp", "auyl", "patriots", "adilet")


def rows_of(file: SyntheticFile) -> list[dict[str, str]]:
    return list(csv.DictReader(line for line in file.data.decode("utf-8").splitlines() if not line.startswith("#")))


class TestLabel:
    """A made-up file says so in its first line, so that the label travels with the bytes."""

    def test_every_file_begins_with_the_word_synthetic(self) -> None:
        for file in (*almaty_2012(), east_3_2023()):
            assert file.data.startswith(b"# synthetic: ")

    def test_the_published_file_is_named_in_every_language(self) -> None:
        """The word of its label is added by the doors, once; the names themselves are in three languages."""
        text = almaty_2012()[1].data.decode("utf-8")
        for key in ("issuer", "issuer_ru", "issuer_kk", "label", "label_ru", "label_kk"):
            assert f"# {key}: " in text
        assert "# label: Almaty city sum\n" in text


class TestReproducible:
    """One seed gives the same bytes for ever; the digests are pinned."""

    def test_same_seed_same_bytes(self) -> None:
        assert almaty_2012() == almaty_2012()
        assert almaty_2012("1") != almaty_2012("2")

    def test_the_stream_of_integers_is_pinned(self) -> None:
        dice = Dice("law")
        drawn = ",".join(str(dice.below(1000)) for _ in range(1000))
        assert hashlib.sha256(drawn.encode()).hexdigest().startswith(PINNED)

    def test_every_integer_of_the_range_is_drawn(self) -> None:
        dice = Dice("range")
        assert {dice.between(3, 7) for _ in range(400)} == {3, 4, 5, 6, 7}


class TestCity:
    """120 sheets of Almaty: their lines obey the form; the city's sum is the sum of its stations."""

    def test_there_are_120_sheets_of_117_stations(self) -> None:
        rows = rows_of(almaty_2012()[0])
        assert len(rows) == 120
        assert len({row["station"] for row in rows}) == 117

    def test_every_sheet_obeys_the_identities(self) -> None:
        for row in rows_of(almaty_2012()[0]):
            number = {key: int(value) for key, value in row.items() if key not in ("area", "collector")}
            votes = sum(number[one] for one in CONTESTANTS)
            assert number["received"] == number["issued"] + number["issued_outside"] + number["cancelled"]
            assert number["in_boxes"] == number["valid"] + number["invalid"] <= number["registered"]
            assert number["valid"] == votes


class TestDistrict:
    """15 rows add up to the reported sums of the copies: 2,150 and 2,083."""

    def test_the_sums_are_the_reported_facts(self) -> None:
        rows = rows_of(east_3_2023())
        assert len(rows) == 15
        assert sum(int(row["self_nominated"]) for row in rows) == 2150
        assert sum(int(row["amanat_candidate"]) for row in rows) == 2083

    def test_any_seed_keeps_the_sums(self) -> None:
        for seed in range(20):
            rows = rows_of(east_3_2023(str(seed)))
            assert sum(int(row["self_nominated"]) for row in rows) == 2150
            assert all(int(row["amanat_candidate"]) >= 0 for row in rows)
