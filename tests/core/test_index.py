from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.core.index import Eingaben, compute_indizes
from atlas.core.indikatoren import compute_indikatorwerte
from atlas.core.raumhierarchie import compute_merkmalswerte
from atlas.core.verfahren import Einbezug, Gesamtverfahren, Indexverfahren, Standardisierung
from kleines_gebiet import EINFACH, formelterme, gebietswerte, katalog, raeume, verfahren

FALL: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[1] / "faelle" / "gestufter_index.yaml").read_text("utf-8")
)
Reihen = "Mapping[str, Mapping[str, float | str]]"


def _eingaben(
    jahre: dict[int, dict[str, dict[str, float | str]]],
    ausschluss: dict[str, str] | None = None,
    einbezug: Einbezug | None = None,
    richtung: str = "hoch_ist_belastet",
) -> Eingaben:
    """Give the inputs from {jahr: {indikator: {raum: value}}}; every Indikator is delivered as a rate."""
    alle = sorted({raum for jahr in jahre.values() for werte in jahr.values() for raum in werte} - {"K"})
    namen = sorted({name for jahr in jahre.values() for name in jahr} - {"einwohner"})
    gebiet = raeume({"K": None, "A": "K"} | dict.fromkeys(alle, "A"), ausschluss=ausschluss)
    zeilen = [(r, j, name, w) for j, jahr in jahre.items() for name, werte in jahr.items() for r, w in werte.items()]
    verzeichnis = katalog(**dict.fromkeys(namen, f"wert 1 {richtung}"))
    terme = formelterme(*(f"{name} zaehler {name}" for name in namen))
    merkmalswerte = compute_merkmalswerte(gebietswerte(zeilen), gebiet, verzeichnis, terme)
    werte = compute_indikatorwerte(merkmalswerte, gebiet, verzeichnis, terme)
    return Eingaben(werte, merkmalswerte, gebiet, verzeichnis, einbezug)


def _compute(eingaben: Eingaben, *methoden: Indexverfahren, jahr: int = 2025) -> dict[str, dict[str, Any]]:
    _, indizes = compute_indizes(eingaben, methoden, None)
    return {z["raum_id"]: z for z in indizes.filter(jahr=jahr).iter_rows(named=True)}


@pytest.mark.parametrize("groesse", ["index", "klasse", "rang", "abstand"])
def test_the_hand_worked_case_of_eight_areas(groesse: str) -> None:
    spalte = {"index": "wert", "abstand": "abstand_klassengrenze"}.get(groesse, groesse)
    berechnet = {
        raum: z[spalte] for raum, z in _compute(_eingaben({2025: {"x": FALL["werte"]}}), verfahren("x")).items()
    }
    assert berechnet == FALL[groesse]


@pytest.mark.parametrize(("freiheitsgrade", "schluessel"), [(0, "streuung"), (1, "streuung_freiheitsgrad_1")])
def test_the_moments_stand_beside_each_z_value(freiheitsgrade: int, schluessel: str) -> None:
    methode = verfahren("x", standardisierung=Standardisierung("raummittel", "ungewichtet", freiheitsgrade))
    norm, _ = compute_indizes(_eingaben({2025: {"x": FALL["werte"]}}), (methode,), None)
    zeile = norm.filter(raum_id="r8", indikator="x").row(0, named=True)
    assert (zeile["bezug_mittel"], zeile["ausgangswert"]) == (FALL["mittel"], 9.0)
    assert zeile["bezug_streuung"] == pytest.approx(FALL[schluessel], abs=1e-14)
    assert zeile["z_wert"] == pytest.approx(4 / FALL[schluessel], abs=1e-14)


def test_the_second_step_standardises_the_sum_of_two_indicators() -> None:
    # x and y both 0 1 2: z = -1.2247, 0, 1.2247 each; the sums -2.449, 0, 2.449 have spread 2, so z again.
    index = _compute(
        _eingaben({2025: {"x": {"r1": 0, "r2": 1, "r3": 2}, "y": {"r1": 0, "r2": 1, "r3": 2}}}), verfahren("x", "y")
    )
    assert index["r3"]["summe"] == pytest.approx(2 * 1.5**0.5, abs=1e-14)
    assert index["r3"]["wert"] == pytest.approx(1.5**0.5, abs=1e-12)


@pytest.mark.parametrize(("zusammenfassung", "r3"), [("summe", -2.0), ("mittelwert", -0.5)])
def test_a_weighted_mean_divides_by_the_sum_of_the_weights_and_not_by_their_number(
    zusammenfassung: str, r3: float
) -> None:
    # x is 0 0 4 4, so z = -1 or 1; y is turned round. r3: 1 x 1 + 3 x (-1) = -2; over weights 1 + 3 that is -0.5.
    daten: dict[str, dict[str, float | str]] = {
        "x": {"r1": 0, "r2": 0, "r3": 4, "r4": 4},
        "y": {"r1": 4, "r2": 4, "r3": 0, "r4": 0},
    }
    methode = verfahren(
        "x", "y", gewichte=(("x", 1.0), ("y", 3.0)), zusammenfassung=zusammenfassung, restandardisierung=None
    )
    assert _compute(_eingaben({2025: daten}), methode)["r3"]["wert"] == r3


def test_population_weights_move_the_mean_to_the_larger_area() -> None:
    # x = 0 and 3 with 1 and 2 weights: mean 2, variance (1*4 + 2*1)/3 = 2.
    gewichtet = verfahren(
        "x", standardisierung=Standardisierung("raummittel", "bevoelkerung", 0), restandardisierung=None
    )
    daten: dict[str, dict[str, float | str]] = {"x": {"r1": 0, "r2": 3}, "einwohner": {"r1": 100, "r2": 200}}
    index = _compute(_eingaben({2025: daten}, einbezug=Einbezug("einwohner", 0)), gewichtet)
    assert index["r1"]["wert"] == pytest.approx(-2 / 2**0.5, abs=1e-12)
    assert index["r2"]["wert"] == pytest.approx(1 / 2**0.5, abs=1e-12)


def test_the_value_of_the_whole_area_can_be_the_centre() -> None:
    # Areas 1 and 3 have the mean 2 and the spread 1; centred on the delivered 2.5 they are -1.5 and 0.5.
    methode = verfahren("x", standardisierung=Standardisierung("gesamtwert", "ungewichtet", 0), restandardisierung=None)
    index = _compute(_eingaben({2025: {"x": {"K": 2.5, "r1": 1, "r2": 3}}}), methode)
    assert (index["r1"]["wert"], index["r2"]["wert"]) == (-1.5, 0.5)


def test_a_year_without_the_value_of_the_whole_area_has_no_index_centred_on_it() -> None:
    methode = verfahren("x", standardisierung=Standardisierung("gesamtwert", "ungewichtet", 0), restandardisierung=None)
    assert _compute(_eingaben({2025: {"x": {"r1": 1, "r2": 3}}}), methode) == {}


def test_excluded_areas_take_part_in_no_mean() -> None:
    werte: dict[str, float | str] = {**FALL["werte"], "r9": 1000}
    index = _compute(_eingaben({2025: {"x": werte}}, ausschluss={"r9": "Ausreißer"}), verfahren("x"))
    assert index["r8"]["wert"] == 2.0
    assert (index["r9"]["wert"], index["r9"]["klasse"], index["r9"]["ausschlussgrund"]) == (None, None, "Ausreißer")


def test_the_minimum_population_holds_in_every_year_of_the_window() -> None:
    x: dict[str, float | str] = {"r1": 1, "r2": 2, "r3": 3}
    daten: dict[int, dict[str, dict[str, float | str]]] = {
        2023: {"einwohner": {"r1": 299, "r2": 500, "r3": 500}},
        2025: {"x": x, "einwohner": {"r1": 400, "r2": 500, "r3": "geheim"}},
    }
    eingaben = _eingaben(daten, einbezug=Einbezug("einwohner", 300))
    gruende = {r: z["ausschlussgrund"] for r, z in _compute(eingaben, verfahren("x", beobachtungsjahre=2)).items()}
    assert gruende["r1"] == "im Beobachtungszeitraum unter 300 Einwohner"
    assert gruende["r3"] == "keine Einwohnerzahl"
    assert _compute(eingaben, verfahren("x"))["r1"]["ausschlussgrund"] is None


def test_a_small_earlier_year_is_named_as_such() -> None:
    daten: dict[int, dict[str, dict[str, float | str]]] = {
        2024: {"einwohner": {"r1": 250, "r2": 500, "r3": 500}},
        2025: {"x": {"r1": 1, "r2": 2, "r3": 3}, "einwohner": {"r1": 800, "r2": 500, "r3": 0}},
    }
    fenster = verfahren("x", beobachtungsjahre=1)
    index = _compute(_eingaben(daten, einbezug=Einbezug("einwohner", 300)), fenster)
    assert index["r1"]["ausschlussgrund"] == "im Beobachtungszeitraum unter 300 Einwohner"
    ohne_schwelle = _compute(_eingaben(daten, einbezug=Einbezug("einwohner", 0)), fenster)
    assert ohne_schwelle["r3"]["ausschlussgrund"] == "ohne Einwohner"


def test_an_unrated_total_index_has_no_distance() -> None:
    daten: dict[int, dict[str, dict[str, float | str]]] = {
        2024: {"x": {"r1": "geheim", "r2": 2, "r3": 4}},
        2025: {"x": {"r1": 1, "r2": 2, "r3": 3}},
    }
    dynamik = verfahren("x", index="dynamik", ausgangswert="differenz", differenz_jahre=1)
    _, indizes = compute_indizes(_eingaben(daten), (verfahren("x"), dynamik), Gesamtverfahren("status", "dynamik"))
    zeile = indizes.filter(index="gesamt", raum_id="r1", jahr=2025).row(0, named=True)
    assert (zeile["klasse"], zeile["abstand_klassengrenze"]) == (None, None)


def test_equal_changes_stay_equal_although_subtracting_leaves_noise() -> None:
    alt = {f"r{n}": 1000.0 * n + 1 / 3 for n in range(1, 7)}
    daten: dict[int, dict[str, dict[str, float | str]]] = {
        2024: {"x": dict(alt)},
        2025: {"x": {raum: wert + 1 / 7 for raum, wert in alt.items()}},
    }
    dynamik = verfahren("x", ausgangswert="differenz", differenz_jahre=1)
    assert {z["wert"] for z in _compute(_eingaben(daten), dynamik).values()} == {0.0}


def test_an_area_without_all_indicators_is_not_rated_and_says_so() -> None:
    daten: dict[str, dict[str, float | str]] = {
        "x": {"r1": 1, "r2": 2, "r3": 3},
        "y": {"r1": 1, "r2": 2, "r3": "geheim"},
    }
    index = _compute(_eingaben({2025: daten}), verfahren("x", "y"))
    assert index["r3"]["ausschlussgrund"] == "Angaben unvollständig"
    assert index["r3"]["anteil_vorhanden"] == 0.5
    assert index["r2"]["einbezogen"]


def test_a_single_complete_area_cannot_be_compared() -> None:
    index = _compute(_eingaben({2025: {"x": {"r1": 1, "r2": "geheim"}}}), verfahren("x"))
    assert index["r1"]["ausschlussgrund"] == "weniger als zwei Räume mit vollständigen Angaben"
    assert index["r1"]["wert"] is None


def test_equal_values_tell_the_areas_not_apart() -> None:
    index = _compute(_eingaben({2025: {"x": {"r1": 0.1, "r2": 0.1, "r3": 0.1}}}), verfahren("x"))
    assert {z["wert"] for z in index.values()} == {0.0}


def test_dynamics_are_differences_in_percentage_points_over_the_window() -> None:
    daten: dict[int, dict[str, dict[str, float | str]]] = {
        2023: {"x": {"r1": 10, "r2": 10}},
        2024: {"x": {"r1": 50, "r2": 50}},
        2025: {"x": {"r1": 14, "r2": 8}},
    }
    methode = verfahren("x", index="dynamik", ausgangswert="differenz", differenz_jahre=2)
    norm, indizes = compute_indizes(_eingaben(daten), (methode,), None)
    ausgang = dict(norm.filter(indikator="x").select("raum_id", "ausgangswert").iter_rows())
    assert ausgang == {"r1": 4.0, "r2": -2.0}
    assert indizes["jahr"].unique().to_list() == [2025], "2024 has no value two years before"


def test_relative_dynamics_are_percent_of_the_earlier_value_and_none_from_zero() -> None:
    daten: dict[int, dict[str, dict[str, float | str]]] = {
        2024: {"x": {"r1": 10, "r2": 20, "r3": 0}},
        2025: {"x": {"r1": 12, "r2": 19, "r3": 5}},
    }
    methode = verfahren("x", ausgangswert="differenz", differenz_jahre=1, differenz_relativ=True)
    norm, _ = compute_indizes(_eingaben(daten), (methode,), None)
    assert dict(norm.filter(indikator="x").select("raum_id", "ausgangswert").iter_rows()) == {"r1": 20.0, "r2": -5.0}


def test_the_total_index_is_the_pair_of_classes_and_has_no_number() -> None:
    daten: dict[int, dict[str, dict[str, float | str]]] = {
        2024: {"x": dict.fromkeys(FALL["werte"], 1.0)},
        2025: {"x": FALL["werte"]},
    }
    dynamik = verfahren("x", index="dynamik", ausgangswert="differenz", differenz_jahre=1)
    _, indizes = compute_indizes(_eingaben(daten), (verfahren("x"), dynamik), Gesamtverfahren("status", "dynamik"))
    zeile = indizes.filter(index="gesamt", raum_id="r8", jahr=2025).row(0, named=True)
    assert (zeile["klasse"], zeile["wert"], zeile["rang"]) == ("sehr_niedrig/sehr_niedrig", None, None)


def test_turning_the_direction_mirrors_the_index() -> None:
    reihen = {2025: {"x": FALL["werte"]}}
    belastet = _compute(_eingaben(reihen), verfahren("x"))
    entlastet = _compute(_eingaben(reihen, richtung="hoch_ist_entlastet"), verfahren("x"))
    assert {r: z["wert"] for r, z in entlastet.items()} == {r: -z["wert"] for r, z in belastet.items()}


@settings(max_examples=30, deadline=None)
@given(
    werte=st.lists(st.integers(0, 1000), min_size=3, max_size=12),
    faktor=st.sampled_from([0.5, 2.0, 8.0]),
    verschiebung=st.integers(-50, 50),
)
def test_scaling_all_weights_or_the_unit_changes_no_index(werte: list[int], faktor: float, verschiebung: int) -> None:
    x: dict[str, float | str] = {f"r{n}": float(w) for n, w in enumerate(werte)}
    y: dict[str, float | str] = {f"r{n}": float((7 * w) % 101) for n, w in enumerate(werte)}
    anders: dict[str, float | str] = {raum: float(w) * faktor + verschiebung for raum, w in x.items()}
    einfach = _compute(_eingaben({2025: {"x": x, "y": y}}), verfahren("x", "y"))
    gewichtet = verfahren("x", "y", gewichte=(("x", faktor), ("y", faktor)))
    doppelt = _compute(_eingaben({2025: {"x": anders, "y": y}}), gewichtet)
    for raum, zeile in einfach.items():
        assert doppelt[raum]["wert"] == pytest.approx(zeile["wert"], abs=1e-9)


def test_areas_that_are_equal_but_for_rounding_noise_share_a_rank() -> None:
    # 0.1 + 0.2 and 0.3 differ in the last bit; with y the two areas have the same sum in exact arithmetic.
    daten: dict[str, dict[str, float | str]] = {
        "x": {"r1": 0.1, "r2": 0.2, "r3": 0.3, "r4": 0.7},
        "y": {"r1": 0.3, "r2": 0.2, "r3": 0.1, "r4": 0.7},
    }
    index = _compute(_eingaben({2025: daten}), verfahren("x", "y"))
    assert [index[raum]["rang"] for raum in ("r1", "r2", "r3", "r4")] == [2, 2, 2, 1]


def test_the_index_has_mean_zero_and_spread_one_over_the_included_areas() -> None:
    daten: dict[str, dict[str, float | str]] = {"x": FALL["werte"], "y": {f"r{n}": float(n * n) for n in range(1, 9)}}
    werte = pl.Series([z["wert"] for z in _compute(_eingaben({2025: daten}), verfahren("x", "y")).values()])
    assert werte.mean() == pytest.approx(0, abs=1e-12)
    assert werte.std(ddof=0) == pytest.approx(1, abs=1e-12)
    assert EINFACH.freiheitsgrade == 0
