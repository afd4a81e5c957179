"""Polygons from GeoJSON: one per Raum, valid, in degrees; coarser levels are united."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
import shapely
from shapely.geometry import Polygon

from atlas.config.models.raeume import Raumverzeichnis
from atlas.ingest.geo.flaechen import Merkmalsammlung, make_sammlung
from atlas.ingest.geo.geojson import parse_geojson
from atlas.ingest.geo.polygone import read_geometrien
from atlas.tables.raum import Raeume
from flaechendateien import OST, blob, ring, write_geopackage

if TYPE_CHECKING:
    from pandera.typing.polars import DataFrame

    from atlas.projekt import Projekt

Fehlertext = Callable[[Callable[[], object]], str]


def read_geojson(inhalt: bytes, name: str) -> Merkmalsammlung:
    """Give all polygons of a file."""
    roh = parse_geojson(inhalt, name)
    return make_sammlung(roh, range(len(roh.saetze)), name)


def quadrat(links: float, unten: float = 50.0, seite: float = 1.0) -> dict[str, Any]:
    a, b, c, d = links, unten, links + seite, unten + seite
    return {"type": "Polygon", "coordinates": [[[a, b], [c, b], [c, d], [a, d], [a, b]]]}


def feature(ags: object, geometrie: object, **mehr: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"ags": ags, **mehr}, "geometry": geometrie}


def geojson(*features: object, **mehr: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **mehr}).encode()


def raeume() -> DataFrame[Raeume]:
    zeilen = [
        {"raum_id": raum_id, "gebietsstand": "2025", "ebene": ebene, "name": raum_id, "uebergeordnet_id": eltern}
        for raum_id, ebene, eltern in (("L", "land", None), ("1", "raum", "L"), ("2", "raum", "L"))
    ]
    return Raeume.make(pl.DataFrame(zeilen, schema=Raeume.empty().schema))


def flaechen(
    projekt: Projekt, inhalt: bytes, ersetzungen: object = (), land: bytes = b"", **angaben: object
) -> dict[str, float]:
    """Give the area of the polygon of every Raum, in square degrees; `land` is a file of its own for the root."""
    (projekt.roh / "g.geojson").write_bytes(inhalt)
    (projekt.roh / "land.geojson").write_bytes(land)
    ebenen = [{"ebene": e, "titel": e, "mehrzahl": e, "muster": "."} for e in ("land", "raum")]
    spalten = {"form": "lang", "schluessel": "id", "name": "name", "ebene": "ebene", "uebergeordnet": "in"}
    datei = {"typ": "geojson", "glob": "g.geojson"}
    polygone = {"ebene": "raum", "datei": datei, "schluessel": "ags", "ersetzungen": ersetzungen, **angaben}
    aussen = {"ebene": "land", "datei": {"typ": "geojson", "glob": "land.geojson"}, "schluessel": "ags"}
    grund = {
        "gebietsstand": "2025",
        "ebenen": ebenen,
        "verzeichnis": {"datei": datei, "spalten": spalten},
        "polygone": [polygone, *([aussen] if land else [])],
    }
    modell = Raumverzeichnis.model_validate_json(json.dumps(grund))
    geometrien = read_geometrien(projekt, modell, raeume())
    return {raum_id: shapely.from_wkb(wkb).area for raum_id, wkb in geometrien.select("raum_id", "wkb").rows()}


def test_parents_are_united_from_their_children(projekt: Projekt) -> None:
    assert flaechen(projekt, geojson(feature("1", quadrat(8)), feature(2, quadrat(9)))) == {"1": 1, "2": 1, "L": 2}


def test_a_parent_with_a_polygon_of_its_own_keeps_it(projekt: Projekt) -> None:
    inhalt = geojson(feature("1", quadrat(8)), feature("2", quadrat(9)))
    assert flaechen(projekt, inhalt, land=geojson(feature("L", quadrat(8, seite=2)))) == {"1": 1, "2": 1, "L": 4}


def test_several_features_of_one_key_are_united(projekt: Projekt) -> None:
    features = [feature("1", quadrat(8)), feature("1", quadrat(8.5)), feature("2", quadrat(20))]
    assert flaechen(projekt, geojson(*features)) == {"1": 1.5, "2": 1, "L": 2.5}


def test_heights_are_dropped_and_a_byte_order_mark_does_no_harm() -> None:
    hoch = {"type": "Polygon", "coordinates": [[[8, 50, 99], [9, 50, 99], [9, 51, 99], [8, 50, 99]]]}
    sammlung = read_geojson(b"\xef\xbb\xbf" + geojson(feature("1", hoch), crs=None), "g")
    assert not sammlung.geometrien[0].has_z


def test_properties_become_text() -> None:
    sammlung = read_geojson(geojson(feature(7, quadrat(8), leer=None, zahl=1.5)), "g")
    assert sammlung.saetze == [{"ags": "7", "leer": "", "zahl": "1.5"}]


KEIN_GEOJSON = "kein gültiges GeoJSON (FeatureCollection erwartet). Neu exportieren."


@pytest.mark.parametrize(
    ("inhalt", "text"),
    [
        (b"id;a\n", KEIN_GEOJSON),
        (b"<html>", KEIN_GEOJSON),
        (b"[1]", KEIN_GEOJSON),
        (b"7", KEIN_GEOJSON),
        (b"\xff\xfe\xfa", KEIN_GEOJSON),
        (b'{"a":' * 100_000, KEIN_GEOJSON),
        (json.dumps(feature("1", quadrat(8))).encode(), KEIN_GEOJSON),
        (geojson(), "die Datei enthält keine Flächen. Neu exportieren."),
        (b'{"features": {"a": 1}}', "die Datei enthält keine Flächen. Neu exportieren."),
        (
            geojson(feature("1", quadrat(8)), crs={"type": "name", "properties": {"name": "EPSG:25833"}}),
            "das Koordinatensystem ist EPSG:25833, GeoJSON verlangt WGS 84 (EPSG:4326). Umprojizieren.",
        ),
    ],
    ids=range(10),
)
def test_what_is_no_geojson_in_wgs_84_is_refused(fehlertext: Fehlertext, inhalt: bytes, text: str) -> None:
    assert fehlertext(lambda: read_geojson(inhalt, "g")) == f"1 Problem in g\n  {text}"


SCHLEIFE = {"type": "Polygon", "coordinates": [[[8, 50], [9, 51], [9, 50], [8, 51], [8, 50]]]}
FEHLT = "die Geometrie fehlt. Fläche ergänzen oder das Objekt löschen."
KEINE_GRADE = "die Koordinaten sind keine Grade. In WGS 84 (Länge, Breite) umprojizieren."
UNLESBAR = "Eigenschaften oder Geometrie sind nicht lesbar. Neu exportieren."


@pytest.mark.parametrize(
    ("objekt", "text"),
    [
        (feature("1", None), FEHLT),
        (feature("1", {"type": "Polygon", "coordinates": []}), FEHLT),
        (feature("1", {"type": "Point", "coordinates": [8, 50]}), "keine Fläche, sondern Point. Nur Polygone liefern."),
        (feature("1", SCHLEIFE), "die Fläche ist ungültig (Self-intersection[8.5 50.5]). Im GIS reparieren."),
        (feature("1", quadrat(389000, 5820000)), KEINE_GRADE),
        (feature("1", {"type": "Kreis", "coordinates": [1]}), UNLESBAR),
        (feature("1", {"type": "Polygon", "coordinates": [[["a", "b"]]]}), UNLESBAR),
        (feature("1", {"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}), UNLESBAR),
        (feature("1", {"type": "Polygon", "coordinates": [[[8, 50], [9, math.nan], [9, 51], [8, 50]]]}), UNLESBAR),
        (feature("1", "Polygon"), UNLESBAR),
        ({"type": "Feature", "properties": {}}, UNLESBAR),
        ({"type": "Feature", "properties": [1], "geometry": quadrat(8)}, UNLESBAR),
        (None, UNLESBAR),
        ("x", UNLESBAR),
    ],
    ids=range(14),
)
def test_a_feature_that_is_no_area_is_named_by_its_number(fehlertext: Fehlertext, objekt: object, text: str) -> None:
    inhalt = geojson(feature("2", quadrat(20)), objekt)
    assert fehlertext(lambda: read_geojson(inhalt, "g")) == f"1 Problem in g\n  Objekt 2: {text}"


def test_many_bad_features_are_listed_up_to_20_and_counted(fehlertext: Fehlertext) -> None:
    zeilen = fehlertext(lambda: read_geojson(geojson(*[None] * 25), "g")).split("\n")
    assert (len(zeilen), zeilen[-1]) == (22, "  Weitere: ebenso 5 weitere Objekte.")


def test_features_and_raeume_must_match_one_to_one(projekt: Projekt, fehlertext: Fehlertext) -> None:
    inhalt = geojson(feature("1", quadrat(8)), feature("9", quadrat(9)))
    assert fehlertext(lambda: flaechen(projekt, inhalt)) == (
        "2 Probleme in data/raw/g.geojson\n"
        "  Fläche »9«: dazu gibt es keinen Raum der Ebene raum. Schlüssel und Gebietsstand prüfen.\n"
        "  Raum »2«: für diesen Raum fehlt die Fläche. Datei ergänzen oder auswahl prüfen."
    )


def test_only_areas_of_the_project_are_used(projekt: Projekt, fehlertext: Fehlertext) -> None:
    inhalt = geojson(feature("9", None), feature("1", quadrat(8)), feature("2", quadrat(9)))
    assert flaechen(projekt, inhalt, auswahl={"ags": "[12]"}) == {"1": 1, "2": 1, "L": 2}
    assert "auswahl: »gen« gibt es nicht. Vorhanden: »ags«." in fehlertext(
        lambda: flaechen(projekt, inhalt, auswahl={"gen": "."})
    )


def test_a_layer_in_metres_is_used_like_any_other(projekt: Projekt) -> None:
    quadrate = [(ags, blob(Polygon(ring(OST + ab)))) for ags, ab in (("1", 0), ("2", 1000))]
    write_geopackage(projekt.roh / "g.gpkg", quadrate)
    groessen = flaechen(projekt, b"", datei={"typ": "geopackage", "glob": "g.gpkg"})
    assert groessen["L"] == pytest.approx(groessen["1"] + groessen["2"])


def test_a_feature_without_the_key_is_named(projekt: Projekt, fehlertext: Fehlertext) -> None:
    ohne = {"type": "Feature", "properties": {"id": "2", "name": "b"}, "geometry": quadrat(9)}
    assert fehlertext(lambda: flaechen(projekt, geojson(feature("1", quadrat(8)), ohne))) == (
        "1 Problem in data/raw/g.geojson\n  die Eigenschaft »ags« fehlt (zuerst bei Objekt 2). Vorhanden: id, name."
    )


def test_a_replacement_gives_one_feature_its_right_key(projekt: Projekt, fehlertext: Fehlertext) -> None:
    inhalt = geojson(feature("1", quadrat(8), name="a"), feature("1", quadrat(9), name="b"))

    def mit(wert: str) -> dict[str, float]:
        ersetzung = {"schluessel": "1", "wenn": {"name": wert}, "ersetze": "2", "grund": "doppelt"}
        return flaechen(projekt, inhalt, [ersetzung])

    assert mit("b") == {"1": 1, "2": 1, "L": 2}
    assert "die Ersetzung von »1« trifft 0 statt einer Zeile." in fehlertext(lambda: mit("c"))
