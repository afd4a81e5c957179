"""GeoJSON after RFC 7946: properties as rows of text, geometries as shapely polygons."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shapely.errors import ShapelyError
from shapely.geometry import GeometryCollection, shape

from atlas.errors import EingabeError, Problem
from atlas.ingest.geo.flaechen import UNLESBAR, Rohflaechen, Satz, raise_objekte

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_WGS84 = (
    "urn:ogc:def:crs:OGC:1.3:CRS84",
    "urn:ogc:def:crs:OGC::CRS84",
    "urn:ogc:def:crs:EPSG::4326",
    "EPSG:4326",
)


def parse_geojson(inhalt: bytes, name: str) -> Rohflaechen:
    """Give the properties of all features, and their geometries unread.

    Raises `EingabeError` for what is no FeatureCollection in WGS 84 and for features without readable properties.
    """
    features = _read_features(inhalt, name)
    saetze: list[Satz] = []
    gruende: dict[int, str] = {}
    for index, feature in enumerate(features):
        try:
            saetze.append(_read_eigenschaften(feature))
        except (AttributeError, TypeError):
            gruende[index] = UNLESBAR
    raise_objekte(gruende, name)
    return Rohflaechen(saetze, lambda index: _read_geometrie(features[index]))


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


def _read_eigenschaften(feature: Any) -> Satz:  # noqa: ANN401  # whatever JSON holds
    eigenschaften = feature.get("properties") or {}
    return {str(name): "" if wert is None else str(wert) for name, wert in eigenschaften.items()}


def _read_geometrie(feature: Any) -> BaseGeometry:  # noqa: ANN401  # whatever JSON holds
    try:
        geometrie = feature["geometry"]
        return shape(geometrie) if geometrie is not None else GeometryCollection()
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError, ShapelyError) as fehler:
        raise ValueError(UNLESBAR) from fehler
