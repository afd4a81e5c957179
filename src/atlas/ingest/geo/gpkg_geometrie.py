"""The geometry of a GeoPackage: a header of its own before well-known binary (OGC 12-128, clause 2.1.3)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import GeometryCollection

from atlas.ingest.geo.flaechen import UNLESBAR

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

OHNE_BEZUG = (-1, 0)
"""`srs_id` for "undefined", cartesian and geographic."""

_HUELLEN = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
"""Bytes of the bounds before a geometry, by the kind that its flags name."""

_KOPF = 8
_LEER, _ERWEITERT = 0b1_0000, 0b10_0000


def parse_geometrie(inhalt: object, srs_id: int) -> BaseGeometry:
    """Give the geometry of a GeoPackage blob.

    Raises `ValueError` for anything else, also where it names another coordinate system than its layer.
    """
    if inhalt is None:
        return GeometryCollection()
    if not isinstance(inhalt, bytes) or len(inhalt) < _KOPF or inhalt[:3] != b"GP\x00":
        raise ValueError(UNLESBAR)
    flaggen = inhalt[3]
    genannt = struct.unpack_from("<i" if flaggen & 1 else ">i", inhalt, 4)[0]
    huelle = _HUELLEN.get(flaggen >> 1 & 0b111)
    if huelle is None or flaggen & _ERWEITERT or genannt not in (srs_id, *OHNE_BEZUG):
        raise ValueError(UNLESBAR)
    if flaggen & _LEER:
        return GeometryCollection()
    try:
        return shapely.from_wkb(inhalt[_KOPF + huelle :])
    except (ShapelyError, TypeError) as fehler:
        raise ValueError(UNLESBAR) from fehler
