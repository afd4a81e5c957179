"""Areas of any format come in longitude and latitude, and only those that are asked for."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
from shapely.geometry import Polygon

from atlas.config.models.datei import GeojsonDatei, GeopackageDatei, ShapeDatei
from atlas.ingest.auswahl import select_auswahl
from atlas.ingest.geo.geodaten import read_eigenschaften, read_flaechen
from atlas.ingest.geo.shapedatei import read_shapedatei
from flaechendateien import NORD, OST, blob, ring, write_geopackage, write_shapedatei
from geteilte_daten import require_daten

if TYPE_CHECKING:
    from pathlib import Path

    from atlas.config.models.datei import Geodatei

Fehlertext = Callable[[Callable[[], object]], str]
SHAPE = ShapeDatei(typ="shapefile", glob="g.shp")
GPKG = GeopackageDatei(typ="geopackage", glob="g.gpkg")
SCHLEIFE = [(OST, NORD), (OST + 9, NORD + 9), (OST + 9, NORD), (OST, NORD + 5), (OST, NORD)]


def meridianbogen(breite: float) -> float:
    """Length of the meridian from the equator in metres on the ellipsoid GRS 80, by summing small pieces."""
    a, f = 6378137.0, 1 / 298.257222101
    e2 = f * (2 - f)
    mitten = (np.arange(100_000) + 0.5) * math.radians(breite) / 100_000
    return float(np.mean(a * (1 - e2) / (1 - e2 * np.sin(mitten) ** 2) ** 1.5)) * math.radians(breite)


def write_drei(ordner: Path) -> dict[str, Geodatei]:
    """Write the same square as shapefile and GeoPackage in metres and as GeoJSON in degrees."""
    write_shapedatei(ordner, [("01", [ring()])])
    write_geopackage(ordner / "g.gpkg", [("01", blob(Polygon(ring())))])
    grade = read_flaechen(ordner / "g.shp", "g.shp", SHAPE).geometrien[0]
    feature = {"type": "Feature", "properties": {"AGS": "01"}, "geometry": shapely.geometry.mapping(grade)}
    (ordner / "g.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return {"g.shp": SHAPE, "g.gpkg": GPKG, "g.geojson": GeojsonDatei(typ="geojson", glob="g.geojson")}


@pytest.mark.parametrize("name", ["g.shp", "g.gpkg", "g.geojson"])
def test_every_format_gives_the_square_at_nine_degrees_east(tmp_path: Path, name: str) -> None:
    datei = write_drei(tmp_path)[name]
    west, sued, _, _ = read_flaechen(tmp_path / name, name, datei).geometrien[0].bounds
    assert west == pytest.approx(9.0, abs=1e-12)
    assert 0.9996 * meridianbogen(sued) == pytest.approx(NORD, abs=0.5)
    assert "01" in read_eigenschaften(tmp_path / name, name, datei)[0].values()


def test_only_selected_areas_are_read_and_checked(tmp_path: Path, fehlertext: Fehlertext) -> None:
    pfad = write_shapedatei(tmp_path, [("0201", [SCHLEIFE]), ("0101", [ring()]), ("0102", [ring(OST + 5000)])])
    sammlung = read_flaechen(pfad, "g.shp", SHAPE, {"AGS": "01.*", "NAME": "Zw.*"})
    assert ([satz["AGS"] for satz in sammlung.saetze], sammlung.nummern) == (["0101", "0102"], [2, 3])
    assert fehlertext(lambda: read_flaechen(pfad, "g.shp", SHAPE)).startswith(
        "1 Problem in g.shp\n  Objekt 1: die Fläche ist ungültig (Self-intersection"
    )


@pytest.mark.parametrize(
    ("auswahl", "text"),
    [
        ({"GEN": ".*"}, "»GEN« gibt es nicht. Vorhanden: »AGS«, »NAME«."),
        (
            {"AGS": "0"},
            (
                "kein Wert von »AGS« entspricht 0. Vorhanden: »99«."
                " Das Muster muss den ganzen Wert treffen, z. B. 14524.* statt 14524."
            ),
        ),
    ],
    ids=["fremd", "leer"],
)
def test_a_selection_that_cannot_work_names_what_there_is(
    fehlertext: Fehlertext, auswahl: dict[str, str], text: str
) -> None:
    saetze = [{"AGS": "01", "NAME": "a"}, {"AGS": "02"}]
    assert fehlertext(lambda: select_auswahl(saetze, auswahl, "g")) == f"1 Problem in g\n  auswahl: {text}"
    assert select_auswahl(saetze, {"NAME": ".*"}, "g") == [0]


def test_a_selection_shows_no_figure(fehlertext: Fehlertext) -> None:
    text = fehlertext(lambda: select_auswahl([{"4711": "815", "Ort": "a"}], {"Art": "x"}, "g"))
    assert "Vorhanden: »9999«, »Ort«." in text


@pytest.mark.parametrize(
    ("ecken", "wo"),
    [(ring(8.0, 50.0, 1.0), "bei 5° Länge, 0° Breite"), (ring(1e9, 1e9), "außerhalb der Erde")],
    ids=["Grad", "Unsinn"],
)
def test_degrees_declared_as_metres_are_found(tmp_path: Path, fehlertext: Fehlertext, ecken: Any, wo: str) -> None:  # noqa: ANN401
    pfad = write_shapedatei(tmp_path, [("01", [ecken])])
    assert fehlertext(lambda: read_flaechen(pfad, "g.shp", SHAPE)) == (
        "1 Problem in g.shp\n  Objekt 1: die Koordinaten passen nicht zu EPSG:25832 (ETRS89 / UTM zone 32N),"
        f" sie lägen {wo}. datei.bezugssystem prüfen."
    )


def test_the_33_municipalities_of_landkreis_zwickau_lie_in_saxony() -> None:
    pfad = require_daten("vg5000") / "vg5000" / "VG5000_GEM.shp"
    sammlung = read_flaechen(pfad, "g.shp", SHAPE, {"AGS": "14524.*"})
    west, sued, ost, nord = shapely.total_bounds(sammlung.geometrien)
    assert len({satz["AGS"] for satz in sammlung.saetze}) == 33
    assert 12.2 < west < ost < 12.85
    assert 50.5 < sued < nord < 50.95
    wieder = read_flaechen(pfad, "g.shp", SHAPE, {"AGS": "14524.*"})
    assert [shapely.to_wkb(g) for g in wieder.geometrien] == [shapely.to_wkb(g) for g in sammlung.geometrien]


def test_the_areas_of_landkreis_zwickau_sum_up_to_its_official_949_square_kilometres() -> None:
    """Half a percent: zone 3 enlarges areas at 12.5° by 0.15 %, the generalisation moves borders by some 100 m."""
    roh = read_shapedatei(require_daten("vg5000") / "vg5000" / "VG5000_GEM.shp", "g.shp", SHAPE)
    indizes = select_auswahl(roh.saetze, {"AGS": "14524.*"}, "g.shp")
    assert sum(roh.read_geometrie(i).area for i in indizes) / 1e6 == pytest.approx(949.8, rel=0.005)


def test_all_of_germany_in_one_zone_is_read() -> None:
    sammlung = read_flaechen(require_daten("vg5000") / "vg5000" / "VG5000_GEM.shp", "g.shp", SHAPE)
    assert len(sammlung.geometrien) == 10_997
