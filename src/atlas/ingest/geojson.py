"""GeoJSON after RFC 7946: properties as rows of text, geometries as shapely polygons."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape

from atlas.errors import EingabeError, Problem

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_WGS84 = ("urn:ogc:def:crs:EPSG::4326", "urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326")


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
    try:
        sammlung = json.loads(inhalt)
        features = sammlung["features"]
        bezug = sammlung.get("crs", {}).get("properties", {}).get("name", _WGS84[0])
    except (ValueError, KeyError, TypeError, AttributeError) as fehler:
        text = "kein gültiges GeoJSON (FeatureCollection erwartet). Neu exportieren."
        raise EingabeError([Problem(name, 0, "", text)]) from fehler
    if bezug not in _WGS84:
        text = f"das Koordinatensystem ist {bezug}, GeoJSON verlangt WGS 84 (EPSG:4326). Umprojizieren."
        raise EingabeError([Problem(name, 0, "", text)])
    saetze, geometrien, probleme = [], [], []
    for nummer, feature in enumerate(features, start=1):
        try:
            geometrie = shape(feature["geometry"])
        except (KeyError, TypeError, ValueError, AttributeError, ShapelyError):
            probleme.append(Problem(name, 0, f"Objekt {nummer}", "die Geometrie ist nicht lesbar. Neu exportieren."))
            continue
        grund = _grund_ungueltig(geometrie)
        if grund:
            probleme.append(Problem(name, 0, f"Objekt {nummer}", grund))
        saetze.append({str(k): "" if v is None else str(v) for k, v in (feature.get("properties") or {}).items()})
        geometrien.append(geometrie)
    if probleme or not features:
        raise EingabeError(probleme or [Problem(name, 0, "", "die Datei enthält keine Flächen.")])
    return Merkmalsammlung(name, saetze, geometrien)


def _grund_ungueltig(geometrie: BaseGeometry) -> str:
    if geometrie.geom_type not in ("Polygon", "MultiPolygon") or geometrie.is_empty:
        return f"keine Fläche, sondern {geometrie.geom_type or 'leer'}. Nur Polygone liefern."
    if not shapely.is_valid(geometrie):
        return f"die Fläche ist ungültig ({shapely.is_valid_reason(geometrie)}). Im GIS reparieren."
    west, sued, ost, nord = geometrie.bounds
    if not (-180 <= west <= ost <= 180 and -90 <= sued <= nord <= 90):  # noqa: PLR2004  # degrees
        return "die Koordinaten sind keine Grade. In WGS 84 (Länge, Breite) umprojizieren."
    return ""
