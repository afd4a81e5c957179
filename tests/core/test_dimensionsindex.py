"""What Indizes of Dimensionen and of cities need: one value for later years, and zero where the whole area stands."""

from __future__ import annotations

import polars as pl
import pytest

from atlas.core.feste_jahre import repeat_feste
from atlas.core.geheimhaltung import Ergebnisse, release
from atlas.core.index import Eingaben, compute_indizes
from atlas.core.indikatoren import compute_indikatorwerte
from atlas.core.raumhierarchie import compute_merkmalswerte
from atlas.core.verfahren import Freigaberegel, Indexverfahren, Standardisierung
from kleines_gebiet import formelterme, gebietswerte, katalog, raeume, verfahren

GESAMTWERT = Standardisierung("gesamtwert", "ungewichtet", 0)
RAEUME = raeume({"K": None, "A": "K", "r1": "A", "r2": "A"})


def _ergebnisse(werte: dict[tuple[str, int], dict[str, float]], *methoden: Indexverfahren) -> Ergebnisse:
    """Give everything from {(indikator, jahr): {raum: value}}: shares of 1000, so that 5 stands for 0.5 percent."""
    namen = sorted({name for name, _ in werte})
    verzeichnis = katalog(**dict.fromkeys(namen, "anteil 100"))
    terme = formelterme(*(t for n in namen for t in (f"{n} zaehler {n}", f"{n} nenner alle")))
    zeilen = [(raum, jahr, name, wert) for (name, jahr), eine in werte.items() for raum, wert in eine.items()]
    jahre = {jahr for _, jahr in werte}
    zeilen += [(raum, jahr, "alle", 1000) for jahr in sorted(jahre) for raum in ("K", "r1", "r2")]
    merkmalswerte = compute_merkmalswerte(gebietswerte(zeilen), RAEUME, verzeichnis, terme)
    indikatorwerte = compute_indikatorwerte(merkmalswerte, RAEUME, verzeichnis, terme)
    normwerte, indizes = compute_indizes(
        Eingaben(indikatorwerte, merkmalswerte, RAEUME, verzeichnis, None), methoden, None
    )
    return Ergebnisse(
        RAEUME, verzeichnis, terme, merkmalswerte, indikatorwerte, normwerte, indizes, methoden, None, None
    )


def test_with_the_whole_area_as_both_centres_its_value_is_zero() -> None:
    # x: 1 and 3 percent, spread 1; the whole area has 2.5: z = -1.5 and 0.5. y the same, so the sums are -3 and 1,
    # their spread around their own mean is 2: the Index is -1.5 and 0.5. Around the mean of the Räume it were -1 and 1.
    zeilen = {"K": 25.0, "r1": 10.0, "r2": 30.0}
    methode = verfahren("x", "y", standardisierung=GESAMTWERT, restandardisierung=GESAMTWERT)
    indizes = _ergebnisse({("x", 2025): zeilen, ("y", 2025): zeilen}, methode).indizes
    assert dict(indizes.select("raum_id", "wert").iter_rows()) == {"r1": -1.5, "r2": 0.5}


def test_a_value_of_its_own_year_stands_for_every_later_one_and_no_earlier() -> None:
    df = pl.DataFrame(
        {"raum_id": ["r1"] * 4, "jahr": [2021, 2022, 2025, 2025], "indikator": ["x", "x", "x", "y"], "x": [1, 2, 9, 7]}
    )
    ergebnis = repeat_feste(df, {"x": 2022}, pl.Series([2021, 2022, 2025]))
    zeilen = sorted(ergebnis.select("indikator", "jahr", "x").iter_rows())
    assert zeilen == [("x", 2022, 2), ("x", 2025, 2), ("y", 2025, 7)]


def test_an_index_uses_the_census_of_an_earlier_year_beside_the_figures_of_its_own() -> None:
    # x only 2022: 1 and 3 percent; y 2025: 2 and 2, no spread. z of x is -1 and 1, y adds nothing.
    werte = {("x", 2022): {"r1": 10.0, "r2": 30.0}, ("y", 2025): {"r1": 20.0, "r2": 20.0}}
    methode = verfahren("x", "y", feste_jahre={"x": 2022})
    indizes = _ergebnisse(werte, methode).indizes
    assert [(z["raum_id"], z["jahr"], z["wert"]) for z in indizes.iter_rows(named=True)] == [
        ("r1", 2025, -1.0),
        ("r2", 2025, 1.0),
    ]


@pytest.mark.parametrize(("anzahl", "klasse"), [(2.0, None), (10.0, "mittel")])
def test_a_class_that_rests_on_a_withheld_figure_of_an_earlier_year_is_withheld(
    anzahl: float, klasse: str | None
) -> None:
    werte = {("x", 2022): {"r1": anzahl, "r2": 30.0}, ("y", 2025): {"r1": 20.0, "r2": 40.0}}
    methode = verfahren("x", "y", index="dim_a", feste_jahre={"x": 2022})
    regel = Freigaberegel("oeffentlich", mindestfallzahl=3, mindestnenner=0, nicht_gezeigt=())
    frei = release(_ergebnisse(werte, methode), (regel,)).filter(art="index", raum_id="r1", jahr=2025)
    assert frei["klasse"].to_list() == [klasse]
