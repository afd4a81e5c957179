from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from atlas.core.raumhierarchie import compute_merkmalswerte
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
