"""The geometry of a GeoPackage: a header of its own before well-known binary (OGC 12-128, clause 2.1.3)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import GeometryCollection

from atlas.ingest.geo.flaechen import UNLESBAR, KeineFlaecheError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

OHNE_BEZUG = (-1, 0)
"""`srs_id` for "undefined", cartesian and geographic."""

_HUELLEN = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
"""Bytes of the bounds before a geometry, by the kind that its flags name."""

_KOPF = 8
_ARTEN = {
    1: "Point",
    2: "LineString",
    3: "Polygon",
    4: "MultiPoint",
    5: "MultiLineString",
    6: "MultiPolygon",
    7: "GeometryCollection",
    8: "CircularString",
    9: "CompoundCurve",
    10: "CurvePolygon",
    11: "MultiCurve",
    12: "MultiSurface",
}
"""Kinds of geometry in well-known binary; the thousands of a code say whether heights and measures follow."""

_POLYGON, _MULTIPOLYGON = 3, 6
_Z, _M, _SRID = 0x8000_0000, 0x4000_0000, 0x2000_0000
"""The same in the extended form that PostGIS writes, and that a number of the coordinate system follows."""

_MAX_DIMENSIONEN = 3
_MIN_PUNKTE = 4
"""Corners of a closed ring, the first again at the end."""

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
    _check_wkb(inhalt, _KOPF + huelle)
    try:
        return shapely.from_wkb(inhalt[_KOPF + huelle :])
    except (ShapelyError, TypeError) as fehler:
        raise ValueError(UNLESBAR) from fehler


def _check_wkb(inhalt: bytes, ab: int) -> None:
    """Walk through the counts before GEOS does, which follows any nesting until its stack ends.

    Raises `KeineFlaecheError` for another kind than areas, `ValueError` for what does not fit into the bytes.
    """
    try:
        art, ende, dimensionen, ab = _read_art(inhalt, ab)
        if art == _POLYGON:
            _walk_ringe(inhalt, ab, ende, dimensionen)
        elif art == _MULTIPOLYGON:
            (anzahl,) = struct.unpack_from(f"{ende}I", inhalt, ab)
            ab += 4
            for _ in range(anzahl):  # ends with the bytes, whatever the count says
                teil, ende, dimensionen, ab = _read_art(inhalt, ab)
                vorher, ab = ab, _walk_ringe(inhalt, ab, ende, dimensionen) if teil == _POLYGON else 0
                if ab <= vorher + 4:  # another kind inside, or a part without rings
                    raise ValueError(UNLESBAR)
        else:
            raise KeineFlaecheError(_ARTEN[art])
    except (struct.error, LookupError) as fehler:
        raise ValueError(UNLESBAR) from fehler


def _read_art(inhalt: bytes, ab: int) -> tuple[int, str, int, int]:
    """Give the kind of a geometry, its byte order, the numbers per corner and where its count stands."""
    ende = {0: ">", 1: "<"}[inhalt[ab]]
    (code,) = struct.unpack_from(f"{ende}I", inhalt, ab + 1)
    dimension, art = divmod(code & ~(_Z | _M | _SRID), 1000)
    if dimension > _MAX_DIMENSIONEN:
        raise ValueError(UNLESBAR)
    hoehe, mass = bool(code & _Z or dimension & 1), bool(code & _M or dimension & 2)
    return art, ende, 2 + hoehe + mass, ab + 5 + (4 if code & _SRID else 0)


def _walk_ringe(inhalt: bytes, ab: int, ende: str, dimensionen: int) -> int:
    """Give where the rings of a polygon end; `ValueError` where they end behind the bytes or are none."""
    (ringe,) = struct.unpack_from(f"{ende}I", inhalt, ab)
    ab += 4
    for _ in range(ringe):
        (punkte,) = struct.unpack_from(f"{ende}I", inhalt, ab)
        ab += 4 + punkte * dimensionen * 8
        if punkte < _MIN_PUNKTE or ab > len(inhalt):
            raise ValueError(UNLESBAR)
    return ab
