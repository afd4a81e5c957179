"""A parent and its parts, one year and one map: what the rules about areas find."""

from __future__ import annotations

import polars as pl
import pytest

from atlas.befunde import Befund, Code
from atlas.core.pruefregeln import Pruefling
from atlas.core.pruefregeln.gebietsregeln import find_falsche_summen, find_zwei_staende
from atlas.core.verfahren import Umrechnung
from atlas.tables.messung import Lieferungen, Messwerte
from atlas.tables.raum import Umstiege
from kleines_gebiet import formelterme, katalog, messwerte, raeume

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
