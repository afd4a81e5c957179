"""A parent and its parts, one year and one map: what the rules about areas find."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl
import pytest

from atlas.befunde import Befund, Code
from atlas.core.pruefregeln import Pruefling
from atlas.core.pruefregeln.gebietsregeln import find_falsche_summen, find_zwei_staende
from atlas.core.verfahren import Umrechnung
from atlas.tables.messung import Lieferungen, Messwerte
from atlas.tables.raum import Umstiege
from kleines_gebiet import formelterme, katalog, messwerte, raeume

if TYPE_CHECKING:
    from collections.abc import Mapping

TEILE: list[tuple[str, int, str, float | str | None]] = [("a1", 2025, "alle", 40.0), ("a2", 2025, "alle", 60.0)]


def _pruefling(werte: pl.DataFrame, raten: frozenset[tuple[str, str]] = frozenset()) -> Pruefling:
    return Pruefling(
        raeume=raeume(),
        lieferungen=Lieferungen.empty(),
        messwerte=Messwerte.make(werte),
        umstiege=Umstiege.empty(),
        umrechnung=Umrechnung(ziel="2025", standard="ganz", raten=raten),
        katalog=katalog(quote="anteil 100"),
        formelterme=formelterme("quote zaehler alle", "quote nenner alle"),
        verfahren=(),
        einbezug=None,
        berichtsjahr=2025,
        eigene_jahre={},
        wertebereiche=(),
        vollstaendige_quellen=(),
    )


def _summen(oben: float, **aenderung: pl.Expr) -> list[Befund]:
    eltern = messwerte([("A", 2025, "alle", oben)]).with_columns(ebene=pl.lit("planungsraum"), zelle=pl.lit("Z1"))
    return list(find_falsche_summen(_pruefling(pl.concat([messwerte(TEILE), eltern]).with_columns(**aenderung))))


@pytest.mark.parametrize("oben", [100.0, 101.5, 98.5])
def test_a_parent_that_differs_by_rounding_of_its_two_parts_is_sound(oben: float) -> None:
    assert _summen(oben) == []


@pytest.mark.parametrize("oben", [101.6, 98.4, 900.0, 0.0])
def test_a_parent_that_is_not_the_sum_of_its_parts_is_found(oben: float) -> None:
    assert [(b.code, b.raum_id, b.merkmal, b.jahr) for b in _summen(oben)] == [
        (Code.SUMME_DER_TEILE, "A", "alle", 2025)
    ]


@pytest.mark.parametrize(("oben", "gefunden"), [(101_500.0, False), (101_600.0, True)])
def test_figures_in_thousands_may_be_off_by_so_many_thousands(oben: float, gefunden: bool) -> None:  # expected
    """Two parts and their sum, each rounded to thousands: half of one for each of the three."""
    zeilen: list[tuple[str, int, str, float | str | None]] = [
        (raum, 2025, f"alle/{gruppe}", wert)
        for raum, wert in (("a1", 40_000.0), ("a2", 60_000.0), ("A", oben))
        for gruppe in ("alter=1", "alter=2")
    ]
    pruefling = _pruefling(messwerte(zeilen))
    einheiten: dict[tuple[str, str | None], float] = {("alle", "alter=1"): 1000.0, ("andere", None): 1000.0}
    genau = [b.gruppe for b in find_falsche_summen(replace(pruefling, einheiten=einheiten))]
    assert genau == (["alter=1"] if gefunden else []) + ["alter=2"]
    alle = find_falsche_summen(replace(pruefling, einheiten={("alle", None): 1000.0}))
    assert [b.gruppe for b in alle] == (["alter=1", "alter=2"] if gefunden else [])


def test_figures_with_noise_are_not_compared() -> None:
    assert _summen(900.0, vorbehandelt=pl.lit("zufallsueberlagert")) == []


def test_a_sum_with_a_gap_is_not_compared() -> None:
    luecke = pl.col("raum_id") == "a2"
    assert (
        _summen(
            900.0, wert=pl.when(~luecke).then("wert"), status=pl.when(luecke).then(pl.lit("geheim")).otherwise("status")
        )
        == []
    )


def test_a_part_that_did_not_exist_adds_nothing() -> None:
    fort = pl.col("raum_id") == "a2"
    aenderung = {
        "wert": pl.when(~fort).then("wert"),
        "status": pl.when(fort).then(pl.lit("nicht_existent")).otherwise("status"),
    }
    assert _summen(40.0, **aenderung) == []
    assert len(_summen(100.0, **aenderung)) == 1


def test_a_rate_is_no_sum() -> None:
    eltern = messwerte([("A", 2025, "alle", 50.0)]).with_columns(ebene=pl.lit("planungsraum"), zelle=pl.lit("Z1"))
    werte = pl.concat([messwerte(TEILE), eltern])
    assert list(find_falsche_summen(_pruefling(werte, frozenset({("alle", "")})))) == []


def test_one_year_on_two_maps_is_an_error() -> None:
    alte = messwerte([("x", 2025, "alle", 5.0)]).with_columns(gebietsstand=pl.lit("2010"), zelle=pl.lit("Z1"))
    befunde = list(find_zwei_staende(_pruefling(pl.concat([messwerte(TEILE), alte]))))
    assert [(b.code, b.jahr, b.merkmal) for b in befunde] == [(Code.ZWEI_GEBIETSSTAENDE, 2025, "alle")]
    assert "2010, 2025" in befunde[0].text


def test_two_years_on_two_maps_are_sound() -> None:
    alte = messwerte([("x", 2009, "alle", 5.0)]).with_columns(gebietsstand=pl.lit("2010"), zelle=pl.lit("Z1"))
    assert list(find_zwei_staende(_pruefling(pl.concat([messwerte(TEILE), alte])))) == []


RAGGED: dict[str, str | None] = {"K": None, "A": "K", "B": "K", "a1": "A", "a2": "A", "b1": "B", "q1": "a1", "q2": "a1"}
"""A Kreis of two Planungsräume; of its three Gemeinden only a1 has Sozialräume."""

WERTE = {"K": 100.0, "a1": 40.0, "a2": 25.0, "b1": 35.0, "q1": 30.0, "q2": 10.0}
"""Delivered of everything but the Planungsräume: 30 + 10 = 40, and 40 + 25 + 35 = 100."""


def _in_ebenen(werte: Mapping[str, float | str | None], eltern: dict[str, str | None] = RAGGED) -> list[str | None]:
    """Give the Räume that are found not to be the sum of their parts."""
    zeilen = messwerte([(raum, 2025, "alle", wert) for raum, wert in werte.items()])
    pruefling = replace(_pruefling(zeilen), raeume=raeume(eltern))
    return [befund.raum_id for befund in find_falsche_summen(pruefling)]


def test_a_kreis_is_the_sum_of_its_gemeinden_where_the_level_between_was_not_delivered() -> None:
    assert _in_ebenen(WERTE) == []
    assert _in_ebenen(WERTE | {"K": 150.0}) == ["K"]
    assert _in_ebenen(WERTE | {"b1": 53.0}) == ["K"]


def test_a_wrong_gemeinde_is_found_against_its_own_parts_and_against_the_kreis() -> None:
    # 58 is not 30 + 10, and 58 + 25 + 35 = 118 is not 100
    assert _in_ebenen(WERTE | {"a1": 58.0}) == ["K", "a1"]


def test_what_was_delivered_hides_what_lies_below_it() -> None:
    # q1 is wrong: a1 is found, and the Kreis is compared with a1 as delivered
    assert _in_ebenen(WERTE | {"q1": 60.0}) == ["a1"]


def test_two_levels_that_were_not_delivered_are_passed_through() -> None:
    # without a1 the Kreis is made of q1, q2, a2 and b1: 30 + 10 + 25 + 35 = 100, four parts may be 2.5 off
    ohne = {raum: wert for raum, wert in WERTE.items() if raum != "a1"}
    assert _in_ebenen(ohne) == []
    assert _in_ebenen(ohne | {"K": 102.5}) == []
    assert _in_ebenen(ohne | {"K": 102.6}) == ["K"]


@pytest.mark.parametrize("fehlt", ["q2", "a2", "b1"])
def test_where_a_part_is_missing_on_whatever_level_nothing_is_compared(fehlt: str) -> None:
    ohne = {raum: wert for raum, wert in WERTE.items() if raum not in (fehlt, "a1")}
    assert _in_ebenen(ohne | {"K": 900.0}) == []


def test_a_delivered_gap_is_one_even_where_its_parts_are_known() -> None:
    assert _in_ebenen(WERTE | {"a1": "geheim", "K": 900.0}) == []


def test_a_gemeinde_that_did_not_exist_adds_nothing_to_the_kreis() -> None:
    assert _in_ebenen(WERTE | {"b1": "nicht_existent", "K": 65.0}) == []
    assert _in_ebenen(WERTE | {"b1": "nicht_existent"}) == ["K"]


def test_a_part_that_did_not_exist_was_not_rounded_either() -> None:
    """One part of 40 and the sum may be 1 apart; with b1 counted as a part it would be 1.5."""
    eltern: dict[str, str | None] = {"K": None, "a1": "K", "b1": "K"}
    assert _in_ebenen({"a1": 40.0, "b1": "nicht_existent", "K": 41.0}, eltern) == []
    assert _in_ebenen({"a1": 40.0, "b1": "nicht_existent", "K": 41.1}, eltern) == ["K"]


@pytest.mark.parametrize("oben", [50.0, 200.0])
def test_the_difference_is_told_in_percent_of_the_larger_of_the_two(oben: float) -> None:
    (befund,) = _summen(oben)
    assert "bis zu 50,0 Prozent" in befund.text


@pytest.mark.parametrize(
    ("teile", "abstand", "gefunden"),
    [
        # half a unit for each of n parts and the sum, but at most 4 * sqrt((n + 1) / 12)
        (1, 1.0, False), (1, 1.1, True), (4, 2.5, False), (4, 2.6, True),
        (33, 2.0, False), (33, 6.7, False), (33, 6.8, True), (33, 9.0, True), (47, 8.0, False), (47, 8.1, True),
    ],
)  # fmt: skip
def test_a_sum_of_many_parts_may_be_off_by_what_rounding_makes_likely(
    teile: int, abstand: float, gefunden: bool
) -> None:  # the expected answer
    namen = [f"g{nummer}" for nummer in range(teile)]
    eltern: dict[str, str | None] = {"K": None} | dict.fromkeys(namen, "K")
    befunde = _in_ebenen(dict.fromkeys(namen, 10.0) | {"K": 10.0 * teile + abstand}, eltern)
    assert befunde == (["K"] if gefunden else [])
