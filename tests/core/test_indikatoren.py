from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.indikatoren import compute_indikatorwerte
from atlas.core.kleinste_ebene import drop_zu_kleine
from atlas.core.raumhierarchie import compute_merkmalswerte
from atlas.tables.ergebnis import Gebietswerte
from atlas.tables.katalog import Formelterme, Indikatorkatalog
from atlas.tables.raum import Raeume
from kleines_gebiet import formelterme, gebietswerte, katalog, raeume

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pandera.typing.polars import DataFrame

ANTEIL = katalog(quote="anteil 100"), formelterme("quote zaehler arme", "quote nenner alle")
Zeilen = "Iterable[tuple[str, int, str, float | str | None]]"


def _compute(
    zeilen: Iterable[tuple[str, int, str, float | str | None]],
    definition: tuple[DataFrame[Indikatorkatalog], DataFrame[Formelterme]] = ANTEIL,
) -> dict[tuple[str, int], tuple[float | None, str]]:
    merkmalswerte = compute_merkmalswerte(gebietswerte(zeilen), raeume(), *definition)
    df = compute_indikatorwerte(merkmalswerte, raeume(), *definition)
    return {(z["raum_id"], z["jahr"]): (z["wert"], z["wertstatus"]) for z in df.iter_rows(named=True)}


def test_the_rate_of_a_parent_is_sum_over_sum_and_not_the_mean_of_rates() -> None:
    werte = _compute(
        [("a1", 2025, "arme", 10), ("a1", 2025, "alle", 20), ("a2", 2025, "arme", 10), ("a2", 2025, "alle", 180)]
    )
    assert werte["a1", 2025] == (50.0, "beobachtet")
    assert werte["A", 2025] == (10.0, "beobachtet"), "20 of 200; the mean of 50 % and 5.6 % would be 27.8 %"


@pytest.mark.parametrize(
    ("arme", "alle", "erwartet"),
    [
        (0, 50, (0.0, "beobachtet")),
        (0, 0, (None, "nenner_null")),
        (5, -4, (None, "nenner_null")),
        ("geheim", 50, (None, "geheim")),
        (5, "nicht_geliefert", (None, "nicht_geliefert")),
        ("unsicher", "geheim", (None, "unsicher")),
    ],
)
def test_a_missing_value_says_why(arme: float | str, alle: float | str, erwartet: tuple[float | None, str]) -> None:
    assert _compute([("a1", 2025, "arme", arme), ("a1", 2025, "alle", alle)])["a1", 2025] == erwartet


def test_a_numerator_without_any_denominator_row_is_not_delivered() -> None:
    assert _compute([("a1", 2025, "arme", 3)])["a1", 2025] == (None, "nicht_geliefert")


def test_terms_are_added_and_subtracted_before_the_division() -> None:
    saldo = katalog(saldo="rate 1000"), formelterme("saldo zaehler zu", "saldo zaehler fort minus", "saldo nenner alle")
    werte = _compute([("a1", 2025, "zu", 30), ("a1", 2025, "fort", 50), ("a1", 2025, "alle", 4000)], saldo)
    assert werte["a1", 2025] == (-5.0, "beobachtet")


def test_density_divides_by_the_area_in_square_kilometres() -> None:
    dichte = katalog(dichte="dichte 100"), formelterme("dichte zaehler alle", "dichte nenner flaeche_ha")
    assert _compute([("a1", 2025, "alle", 250)], dichte)["a1", 2025] == (250.0, "beobachtet"), "100 ha are 1 km²"


def test_an_indicator_begins_in_the_year_it_is_defined_for_and_not_a_year_later() -> None:
    verzeichnis, terme = (df.with_columns(gueltig_ab=pl.lit(2024, pl.Int64)) for df in ANTEIL)
    definition = Indikatorkatalog.make(verzeichnis), Formelterme.make(terme)
    zeilen = [("a1", jahr, merkmal, wert) for jahr in (2023, 2024) for merkmal, wert in (("arme", 5), ("alle", 50))]
    werte = _compute(zeilen, definition)
    assert {jahr for _, jahr in werte} == {2024}
    assert werte["a1", 2024] == (10.0, "beobachtet")


def test_of_several_missing_terms_the_first_reason_by_name_is_told() -> None:
    summe = katalog(quote="anteil 100"), formelterme("quote zaehler b", "quote zaehler a", "quote nenner alle")
    werte = _compute([("a1", 2025, "b", "unsicher"), ("a1", 2025, "a", "geheim"), ("a1", 2025, "alle", 50)], summe)
    assert werte["a1", 2025] == (None, "geheim")


def test_change_compares_with_the_value_some_years_before_in_percent_of_that_value() -> None:
    wandel = (
        katalog(wandel="veraenderung 100"),
        formelterme("wandel zaehler alle", "wandel zaehler alle minus -3", "wandel nenner alle -3"),
    )
    werte = _compute([("a1", 2022, "alle", 400), ("a1", 2025, "alle", 390)], wandel)
    assert werte["a1", 2025] == (-2.5, "beobachtet")


def test_change_over_a_year_that_is_missing_is_not_delivered() -> None:
    wandel = (
        katalog(wandel="veraenderung 100"),
        formelterme("wandel zaehler alle", "wandel zaehler alle minus -3", "wandel nenner alle -3"),
    )
    werte = _compute([("a1", 2023, "alle", 400), ("a1", 2025, "alle", 390)], wandel)
    assert werte["a1", 2025] == (None, "nicht_geliefert")


def test_a_delivered_rate_that_is_exactly_nothing_keeps_that_status() -> None:
    miete = katalog(miete="wert 1"), formelterme("miete zaehler miete")
    df = gebietswerte([("a1", 2025, "miete", 0.0)]).with_columns(status=pl.lit("null_genau"))
    merkmalswerte = compute_merkmalswerte(Gebietswerte.make(df), raeume(), *miete)
    zeile = compute_indikatorwerte(merkmalswerte, raeume(), *miete).filter(raum_id="a1").row(0, named=True)
    assert (zeile["wert"], zeile["wertstatus"]) == (0.0, "null_genau")


def test_no_value_is_made_for_years_without_any_data() -> None:
    wandel = (
        katalog(wandel="veraenderung 100"),
        formelterme("wandel zaehler alle", "wandel zaehler alle minus -3", "wandel nenner alle -3"),
    )
    assert {jahr for _, jahr in _compute([("a1", 2022, "alle", 400), ("a1", 2025, "alle", 390)], wandel)} == {
        2022,
        2025,
    }


def test_a_delivered_rate_keeps_its_value_and_has_no_numerator() -> None:
    miete = katalog(miete="wert 1"), formelterme("miete zaehler miete")
    merkmalswerte = compute_merkmalswerte(gebietswerte([("a1", 2025, "miete", 6.55)]), raeume(), *miete)
    zeile = compute_indikatorwerte(merkmalswerte, raeume(), *miete).filter(raum_id="a1").row(0, named=True)
    assert (zeile["wert"], zeile["zaehler"], zeile["nenner"]) == (6.55, None, None)


@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.integers(1, 5000)).map(lambda p: (min(p), max(p))), min_size=2, max_size=2
    )
)
def test_the_rate_of_a_parent_lies_between_those_of_its_children(paare: list[tuple[int, int]]) -> None:
    zeilen: list[tuple[str, int, str, float | str | None]] = []
    for raum, (arme, alle) in zip(("a1", "a2"), paare, strict=True):
        zeilen += [(raum, 2025, "arme", arme), (raum, 2025, "alle", max(alle, 1))]
    werte = _compute(zeilen)
    kinder = [werte[raum, 2025][0] or 0.0 for raum in ("a1", "a2")]
    oben = werte["A", 2025][0] or 0.0
    assert min(kinder) - 1e-9 <= oben <= max(kinder) + 1e-9


def test_the_order_of_the_rows_does_not_matter() -> None:
    zeilen: list[tuple[str, int, str, float | str | None]] = [
        (raum, 2025, merkmal, wert)
        for raum, arme, alle in (("a1", 1, 7), ("a2", 2, 9), ("b1", 3, 11), ("b2", 5, 13))
        for merkmal, wert in (("arme", arme), ("alle", alle))
    ]
    vorwaerts, rueckwaerts = (
        compute_indikatorwerte(compute_merkmalswerte(gebietswerte(z), raeume(), *ANTEIL), raeume(), *ANTEIL)
        for z in (zeilen, zeilen[::-1])
    )
    assert pl.DataFrame(vorwaerts).equals(pl.DataFrame(rueckwaerts))


def test_one_estimated_term_makes_sum_and_quotient_estimated() -> None:
    zeilen = [
        ("a1", 2025, "alle", 50.0),
        ("a2", 2025, "alle", 60.0),
        ("a1", 2025, "arme", 5.0),
        ("a2", 2025, "arme", 6.0),
    ]
    geschaetzt = pl.when((pl.col("raum_id") == "a1") & (pl.col("merkmal") == "arme")).then(pl.lit("geschaetzt"))
    werte = Gebietswerte.make(gebietswerte(zeilen).with_columns(status=geschaetzt.otherwise("status")))
    merkmalswerte = compute_merkmalswerte(werte, raeume(), *ANTEIL)
    df = compute_indikatorwerte(merkmalswerte, raeume(), *ANTEIL).filter(pl.col("wert").is_not_null())
    assert df.select("raum_id", "wert", "wertstatus").rows() == [
        ("A", 10.0, "geschaetzt"),
        ("a1", 10.0, "geschaetzt"),
        ("a2", 10.0, "beobachtet"),
    ]


ZUZUEGE = katalog(zuzuege="anzahl 1"), formelterme("zuzuege zaehler zu")
SALDO = katalog(saldo="anzahl 1"), formelterme("saldo zaehler zu", "saldo zaehler fort minus")


def test_a_count_is_its_terms_and_is_summed_upwards() -> None:
    zeilen = [("a1", 2025, "zu", 30), ("a1", 2025, "fort", 50), ("a2", 2025, "zu", 9), ("a2", 2025, "fort", 4)]
    werte = _compute(zeilen, SALDO)
    assert werte["a1", 2025] == (-20.0, "beobachtet")
    assert werte["A", 2025] == (-15.0, "beobachtet"), "39 came, 54 left"


def test_a_count_is_its_own_numerator_and_has_no_denominator() -> None:
    merkmalswerte = compute_merkmalswerte(gebietswerte([("a1", 2025, "zu", 7)]), raeume(), *ZUZUEGE)
    zeile = compute_indikatorwerte(merkmalswerte, raeume(), *ZUZUEGE).filter(raum_id="a1").row(0, named=True)
    assert (zeile["wert"], zeile["zaehler"], zeile["nenner"]) == (7.0, 7.0, None)


@pytest.mark.parametrize("status", ["geheim", "spaeter"])
def test_a_missing_count_leaves_it_and_every_sum_empty_with_its_status(status: str) -> None:
    werte = _compute([("a1", 2025, "zu", status), ("a2", 2025, "zu", 9)], ZUZUEGE)
    assert (werte["a1", 2025], werte["A", 2025]) == ((None, status), (None, status))


def test_a_count_of_nothing_is_an_exact_zero() -> None:
    df = gebietswerte([("a1", 2025, "zu", 0.0)]).with_columns(status=pl.lit("null_genau"))
    merkmalswerte = compute_merkmalswerte(Gebietswerte.make(df), raeume(), *ZUZUEGE)
    zeile = compute_indikatorwerte(merkmalswerte, raeume(), *ZUZUEGE).filter(raum_id="a1").row(0, named=True)
    assert (zeile["wert"], zeile["wertstatus"]) == (0.0, "null_genau")


def test_below_its_smallest_level_an_indicator_has_no_rows_and_above_it_uses_all_parts() -> None:
    grob = katalog(quote="anteil 100 hoch_ist_belastet planungsraum"), ANTEIL[1]
    zeilen = [(r, 2025, m, w) for r in ("a1", "a2", "b1", "b2") for m, w in (("arme", 5), ("alle", 50))]
    werte = _compute(zeilen, grob)
    assert set(werte) == {("A", 2025), ("B", 2025), ("K", 2025)}
    assert werte["A", 2025] == (10.0, "beobachtet")


def test_of_a_ragged_hierarchy_only_levels_below_are_left_out() -> None:
    """A Gemeinde right below the Kreis is no smaller than one in a Planungsraum."""
    ebene_von_g = pl.when(pl.col("raum_id") == "g").then(pl.lit("gemeinde"))
    df = raeume({"K": None, "A": "K", "a1": "A", "g": "K"}).with_columns(ebene=ebene_von_g.otherwise("ebene"))
    gebiet = Raeume.make(df)
    zeilen = gebietswerte([("a1", 2025, "zu", 1), ("g", 2025, "zu", 2)])
    for ebene, erwartet in (("gemeinde", {"K", "A", "a1", "g"}), ("planungsraum", {"K", "A"}), ("kreis", {"K"})):
        definition = katalog(zuzuege=f"anzahl 1 neutral {ebene}"), ZUZUEGE[1]
        merkmalswerte = compute_merkmalswerte(zeilen, gebiet, *definition)
        assert set(compute_indikatorwerte(merkmalswerte, gebiet, *definition)["raum_id"]) == erwartet


def test_below_the_smallest_level_there_are_no_rows_however_far_below() -> None:
    """Of Kreis, Planungsraum, Gemeinde and Sozialraum the Indikator begins with the Planungsraum."""
    gebiet = raeume({"K": None, "A": "K", "a1": "A", "s1": "a1"})
    df = pl.DataFrame({"raum_id": ["K", "A", "a1", "s1"], "indikator": ["quote"] * 4})
    uebrige = drop_zu_kleine(df, gebiet, katalog(quote="rate 100 neutral planungsraum"))
    assert uebrige["raum_id"].to_list() == ["K", "A"]
