"""GeoJSON after RFC 7946: properties as rows of text, geometries as shapely polygons."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import GeometryCollection, shape

from atlas.errors import EingabeError, Problem
from atlas.ingest.textdatei import MAX_PROBLEME

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_WGS84 = (
    "urn:ogc:def:crs:OGC:1.3:CRS84",
    "urn:ogc:def:crs:OGC::CRS84",
    "urn:ogc:def:crs:EPSG::4326",
    "EPSG:4326",
)


MAX_BREITE = 85
"""Nobody lives nearer to a pole, and no map of a Kreis can be drawn there."""


@dataclass(frozen=True)
class Merkmalsammlung:
    """The features of a file: their properties as text and, beside each, its polygon."""

    datei: str
    saetze: list[dict[str, str]]
    geometrien: list[BaseGeometry]


def read_geojson(inhalt: bytes, name: str) -> Merkmalsammlung:
    """Read the polygons of a GeoJSON file in longitude and latitude.

    Raises `EingabeError` for anything that is not a FeatureCollection of valid polygons in WGS 84.
    """
    features = _read_features(inhalt, name)
    saetze, geometrien, probleme = [], [], []
    for nummer, feature in enumerate(features, start=1):
        try:
            satz, geometrie = _read_feature(feature)
            grund = _grund_ungueltig(geometrie)
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError, ShapelyError):
            grund = "Eigenschaften oder Geometrie sind nicht lesbar. Neu exportieren."
        else:
            saetze.append(satz)
            geometrien.append(shapely.force_2d(geometrie))
        if grund:
            probleme.append(Problem(name, 0, f"Objekt {nummer}", grund))
    if probleme:
        weitere = len(probleme) - MAX_PROBLEME
        schluss = [Problem(name, 0, "Weitere", f"ebenso {weitere} weitere Objekte.")] if weitere > 0 else []
        raise EingabeError([*probleme[:MAX_PROBLEME], *schluss])
    return Merkmalsammlung(name, saetze, geometrien)


def _read_features(inhalt: bytes, name: str) -> list[Any]:
    """Give the features of a FeatureCollection in WGS 84."""
    try:
        sammlung = json.loads(inhalt)
        features = sammlung["features"]
        bezug = ((sammlung.get("crs") or {}).get("properties") or {}).get("name", _WGS84[0])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fehler:
        text = "kein gültiges GeoJSON (FeatureCollection erwartet). Neu exportieren."
        raise EingabeError([Problem(name, 0, "", text)]) from fehler
    if bezug not in _WGS84:
        text = f"das Koordinatensystem ist {bezug}, GeoJSON verlangt WGS 84 (EPSG:4326). Umprojizieren."
        raise EingabeError([Problem(name, 0, "", text)])
    if not isinstance(features, list) or not features:
        raise EingabeError([Problem(name, 0, "", "die Datei enthält keine Flächen. Neu exportieren.")])
    return features


def _read_feature(feature: Any) -> tuple[dict[str, str], BaseGeometry]:  # noqa: ANN401  # whatever JSON holds
    eigenschaften = feature.get("properties") or {}
    satz = {str(name): "" if wert is None else str(wert) for name, wert in eigenschaften.items()}
    geometrie = feature["geometry"]
    return satz, shape(geometrie) if geometrie is not None else GeometryCollection()


def _grund_ungueltig(geometrie: BaseGeometry) -> str:
    if geometrie.is_empty:
        return "die Geometrie fehlt. Fläche ergänzen oder das Objekt löschen."
    if geometrie.geom_type not in ("Polygon", "MultiPolygon"):
        return f"keine Fläche, sondern {geometrie.geom_type}. Nur Polygone liefern."
    if not shapely.is_valid(geometrie):
        return f"die Fläche ist ungültig ({shapely.is_valid_reason(geometrie)}). Im GIS reparieren."
    west, sued, ost, nord = geometrie.bounds
    if not (-180 <= west <= ost <= 180 and -MAX_BREITE <= sued <= nord <= MAX_BREITE):  # noqa: PLR2004  # degrees
        return "die Koordinaten sind keine Grade. In WGS 84 (Länge, Breite) umprojizieren."
    return ""
