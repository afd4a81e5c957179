from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandera.errors import SchemaError

from atlas.tables.basis import GrainError, count_schluessel
from atlas.tables.ergebnis import Indizes, Merkmalswerte
from atlas.tables.listen import STATUS, WERTSTATUS

ZEILE = {"raum_id": "a", "jahr": 2025, "merkmal": "arme", "gruppe": "", "wert": 1.0, "status": "beobachtet"}


def _frame(*zeilen: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(list(zeilen), schema=Merkmalswerte.empty().schema)


def test_a_table_leaves_sorted_by_its_grain() -> None:
    df = Merkmalswerte.make(_frame({**ZEILE, "raum_id": "b"}, ZEILE, {**ZEILE, "jahr": 2024}))
    assert df.select("raum_id", "jahr").rows() == [("a", 2024), ("a", 2025), ("b", 2025)]


def test_a_repeated_key_is_refused() -> None:
    with pytest.raises(GrainError, match="1 Zeilen wiederholen"):
        Merkmalswerte.make(_frame(ZEILE, {**ZEILE, "wert": 2.0}))


@pytest.mark.parametrize("wert", [float("nan"), float("inf"), float("-inf")])
def test_not_a_number_and_infinity_are_refused(wert: float) -> None:
    with pytest.raises((ValueError, SchemaError)):
        Merkmalswerte.make(_frame({**ZEILE, "wert": wert}))


def test_a_status_outside_the_closed_list_is_refused() -> None:
    with pytest.raises(SchemaError):
        Merkmalswerte.make(_frame({**ZEILE, "status": "vielleicht"}))


def test_a_column_that_nobody_declared_is_refused() -> None:
    with pytest.raises(SchemaError):
        Merkmalswerte.check(_frame(ZEILE).with_columns(extra=pl.lit(1)))


def test_one_table_is_not_taken_for_another() -> None:
    with pytest.raises((SchemaError, pl.exceptions.ColumnNotFoundError)):
        Indizes.make(_frame(ZEILE))


def test_every_status_of_a_measurement_can_be_that_of_a_value() -> None:
    assert set(STATUS) <= set(WERTSTATUS)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 3), st.sampled_from(["", "x"]))))
def test_packed_keys_count_what_a_set_counts(schluessel: list[tuple[str, int, str]]) -> None:
    df = pl.DataFrame(schluessel, schema={"a": pl.String, "b": pl.Int64, "c": pl.String}, orient="row")
    assert count_schluessel(df, ("a", "b", "c")) == len(set(schluessel))
