from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from atlas.core.raumhierarchie import compute_merkmalswerte
from atlas.tables.ergebnis import Gebietswerte
from kleines_gebiet import formelterme, gebietswerte, katalog, raeume

if TYPE_CHECKING:
    from collections.abc import Iterable

KATALOG = katalog(quote="anteil 100", miete="wert 1")
TERME = formelterme("quote zaehler arme", "quote nenner alle", "miete zaehler miete")


def _werte(zeilen: Iterable[tuple[str, int, str, float | str | None]], merkmal: str) -> dict[str, tuple[object, str]]:
    df = compute_merkmalswerte(gebietswerte(zeilen), raeume(), KATALOG, TERME).filter(pl.col("merkmal") == merkmal)
    return {zeile["raum_id"]: (zeile["wert"], zeile["status"]) for zeile in df.iter_rows(named=True)}


def test_a_parent_is_the_sum_of_its_children() -> None:
    werte = _werte(
        [("a1", 2025, "arme", 1), ("a2", 2025, "arme", 2), ("b1", 2025, "arme", 3), ("b2", 2025, "arme", 4)], "arme"
    )
    assert werte["A"] == (3.0, "beobachtet")
    assert werte["B"] == (7.0, "beobachtet")
    assert werte["K"] == (10.0, "beobachtet")


def test_a_secret_child_leaves_its_parents_unknown_with_the_same_reason() -> None:
    werte = _werte(
        [("a1", 2025, "arme", 1), ("a2", 2025, "arme", "geheim"), ("b1", 2025, "arme", 3), ("b2", 2025, "arme", 4)],
        "arme",
    )
    assert werte["A"] == (None, "geheim")
    assert werte["B"] == (7.0, "beobachtet")
    assert werte["K"] == (None, "geheim")


def test_a_child_without_any_row_counts_as_not_delivered_and_never_as_zero() -> None:
    werte = _werte([("a1", 2025, "arme", 1), ("b1", 2025, "arme", 3), ("b2", 2025, "arme", 4)], "arme")
    assert werte["A"] == (None, "nicht_geliefert")


def test_of_several_missing_children_the_first_reason_by_name_is_told() -> None:
    werte = _werte(
        [
            ("a1", 2025, "arme", "unsicher"),
            ("a2", 2025, "arme", "geheim"),
            ("b1", 2025, "arme", "spaeter"),
            ("b2", 2025, "arme", 4),
        ],
        "arme",
    )
    assert werte["A"] == (None, "geheim")
    assert werte["B"] == (None, "spaeter")
    assert werte["K"] == (None, "geheim")


def test_a_delivered_parent_wins_over_the_sum_because_the_sender_knows_the_secret_cells() -> None:
    werte = _werte([("K", 2025, "arme", 11), ("a1", 2025, "arme", 1), ("a2", 2025, "arme", "geheim")], "arme")
    assert werte["K"] == (11.0, "beobachtet")


def test_a_counted_zero_is_summed_as_zero() -> None:
    werte = _werte([("a1", 2025, "arme", 0), ("a2", 2025, "arme", 0)], "arme")
    assert werte["A"] == (0.0, "beobachtet")


def test_a_delivered_rate_is_never_summed() -> None:
    werte = _werte([(raum, 2025, "miete", 6.5) for raum in ("a1", "a2", "b1", "b2")], "miete")
    assert werte["A"] == (None, "nicht_aggregierbar")
    assert werte["K"] == (None, "nicht_aggregierbar")


def test_each_year_is_summed_on_its_own() -> None:
    zeilen = [(raum, jahr, "arme", jahr - 2020) for raum in ("a1", "a2") for jahr in (2024, 2025)]
    df = compute_merkmalswerte(gebietswerte(zeilen), raeume(), KATALOG, TERME).filter(raum_id="A", merkmal="arme")
    assert dict(df.select("jahr", "wert").iter_rows()) == {2024: 8.0, 2025: 10.0}


def test_a_parent_of_which_no_child_existed_did_not_exist_and_is_no_zero() -> None:
    zeilen = [(raum, 2025, "arme", "nicht_existent") for raum in ("a1", "a2")]
    werte = _werte([*zeilen, ("b1", 2025, "arme", 3), ("b2", 2025, "arme", "nicht_existent")], "arme")
    assert werte["A"] == (None, "nicht_existent")
    assert werte["B"] == (3.0, "beobachtet")
    assert werte["K"] == (3.0, "beobachtet")


def test_beside_a_child_that_did_not_exist_one_that_nobody_delivered_is_still_missing() -> None:
    werte = _werte([("a1", 2025, "arme", "nicht_existent"), ("b1", 2025, "arme", 1), ("b2", 2025, "arme", 1)], "arme")
    assert werte["A"] == werte["K"] == (None, "nicht_geliefert")


@pytest.mark.parametrize("verrauschte", [["a1"], ["a2"], ["a1", "a2"]])
def test_one_child_with_noise_is_enough_to_keep_its_parents_from_being_summed(verrauschte: list[str]) -> None:
    zeilen = [(raum, 2025, "arme", 1.0) for raum in ("a1", "a2", "b1", "b2")]
    rauschen = pl.when(pl.col("raum_id").is_in(verrauschte)).then(pl.lit("zufallsueberlagert"))
    geliefert = Gebietswerte.make(gebietswerte(zeilen).with_columns(vorbehandelt=rauschen))
    df = compute_merkmalswerte(geliefert, raeume(), KATALOG, TERME).filter(merkmal="arme")
    werte = {raum_id: (wert, status) for raum_id, wert, status in df.select("raum_id", "wert", "status").iter_rows()}
    assert werte["A"] == werte["K"] == (None, "nicht_aggregierbar")
    assert werte["B"] == (2.0, "beobachtet")


def test_a_rounded_child_is_summed() -> None:
    zeilen = [(raum, 2025, "arme", 3.0) for raum in ("a1", "a2", "b1", "b2")]
    geliefert = Gebietswerte.make(gebietswerte(zeilen).with_columns(vorbehandelt=pl.lit("gerundet")))
    df = compute_merkmalswerte(geliefert, raeume(), KATALOG, TERME).filter(raum_id="K", merkmal="arme")
    assert df.select("wert", "status").rows() == [(12.0, "beobachtet")]


def test_one_delivered_rate_is_enough_to_keep_its_parent_from_being_summed() -> None:
    werte = _werte([("a1", 2025, "miete", 6.5), ("b1", 2025, "miete", 7.0), ("b2", 2025, "miete", 8.0)], "miete")
    assert werte["A"] == (None, "nicht_aggregierbar")
    assert werte["B"] == (None, "nicht_aggregierbar")
