"""Small files of areas, written by other code than reads them: pyshp for shapefiles, SQL for GeoPackages."""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from typing import TYPE_CHECKING

import shapefile
import shapely
from pyproj import CRS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

Ring = list[tuple[float, float]]

UTM32 = 25832
OST, NORD = 500_000.0, 5_700_000.0
"""A corner on the central meridian of UTM zone 32, which is 9° east by definition."""


def ring(ost: float = OST, nord: float = NORD, seite: float = 1000.0) -> Ring:
    """Give the corners of a square, clockwise, as a shapefile wants the outside."""
    rechts, oben = ost + seite, nord + seite
    return [(ost, nord), (ost, oben), (rechts, oben), (rechts, nord), (ost, nord)]


def write_shapedatei(
    ordner: Path, flaechen: Sequence[tuple[str, Sequence[Ring]]], prj: str | None = None, zeichensatz: str = "utf-8"
) -> Path:
    """Write `g.shp` and its parts: a key, a name, a whole number and a fraction beside the rings of each area."""
    pfad = ordner / "g.shp"
    with shapefile.Writer(str(pfad), shapeType=shapefile.POLYGON, encoding=zeichensatz) as datei:
        datei.field("AGS", "C", 8)
        datei.field("NAME", "C", 20)
        datei.field("ZAHL", "N", 18, 0)
        datei.field("HA", "N", 12, 2)
        for schluessel, ringe in flaechen:
            datei.poly([[list(punkt) for punkt in ecken] for ecken in ringe])
            datei.record(schluessel, "Zwönitz", 123456789012345678, 12.5)
    pfad.with_suffix(".prj").write_text(prj or CRS.from_epsg(UTM32).to_wkt("WKT1_ESRI"), encoding="utf-8")
    pfad.with_suffix(".cpg").write_text(zeichensatz, encoding="ascii")
    return pfad


def blob(
    flaeche: BaseGeometry | None, srs_id: int = UTM32, huelle: int = 0, flaggen: int = 0, ende: str = "<"
) -> bytes:
    """Give a geometry as a GeoPackage holds it, with bounds of the given kind before it."""
    kopf = b"GP\0" + bytes([(ende == "<") | huelle << 1 | flaggen]) + struct.pack(f"{ende}i", srs_id)
    anzahl = (0, 4, 6, 6, 8, 0, 0, 0)[huelle]
    inhalt = shapely.to_wkb(flaeche, byte_order=int(ende == "<")) if flaeche is not None else b""
    return kopf + struct.pack(f"{ende}{anzahl}d", *[1.0] * anzahl) + inhalt


_TABELLEN = """
PRAGMA application_id = 1196444487;
CREATE TABLE gpkg_spatial_ref_sys
    (srs_name, srs_id INTEGER PRIMARY KEY, organization, organization_coordsys_id, definition);
CREATE TABLE gpkg_contents (table_name PRIMARY KEY, data_type, srs_id);
CREATE TABLE gpkg_geometry_columns (table_name PRIMARY KEY, column_name, geometry_type_name, srs_id, z, m);
INSERT INTO gpkg_spatial_ref_sys VALUES
    ('UTM', 25832, 'EPSG', 25832, ''), ('eigen', 99, 'NONE', 99, 'Unsinn'), ('keins', -1, 'NONE', -1, 'undefined');
"""


_INDEX = """
CREATE VIRTUAL TABLE rtree_gemeinden_geom USING rtree (id, minx, maxx, miny, maxy);
CREATE TRIGGER rtree_gemeinden_geom_insert AFTER INSERT ON gemeinden
    BEGIN INSERT INTO rtree_gemeinden_geom VALUES (new.fid, ST_MinX(new.geom), 0, 0, 0); END;
"""


def write_geopackage(
    pfad: Path,
    flaechen: Sequence[tuple[str, bytes | None]],
    ebenen: Sequence[str] = ("gemeinden",),
    srs_id: int = UTM32,
) -> Path:
    """Write a GeoPackage whose layers all hold the same areas: a key, a number, a fraction and a photo beside each."""
    pfad.unlink(missing_ok=True)
    with closing(sqlite3.connect(pfad)) as verbindung:
        verbindung.executescript(_TABELLEN)
        for ebene in ebenen:
            name = '"' + ebene.replace('"', '""') + '"'
            verbindung.execute("INSERT INTO gpkg_contents VALUES (?, 'features', ?)", (ebene, srs_id))
            verbindung.execute(
                "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'GEOMETRY', ?, 0, 0)", (ebene, srs_id)
            )
            verbindung.execute(
                f"CREATE TABLE {name}"
                ' (fid INTEGER PRIMARY KEY, geom BLOB, ags TEXT, zahl INTEGER, "h""a" REAL, bild BLOB)'
            )
            for ags, geometrie in flaechen:
                verbindung.execute(
                    f'INSERT INTO {name} (geom, ags, zahl, "h""a", bild) VALUES (?, ?, ?, ?, x\'00\')',  # noqa: S608
                    (geometrie, ags, 9007199254740993, 0.00001),
                )
        # As GDAL leaves it: an index by place, kept up by functions that only GDAL has.
        verbindung.executescript(_INDEX)
        verbindung.commit()
    return pfad
