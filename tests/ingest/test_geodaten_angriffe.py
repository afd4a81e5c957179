"""Files of areas that somebody forged end in a sentence: no crash, no full memory, no endless reading."""

from __future__ import annotations

import os
import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import shapely
from shapely.geometry import MultiPolygon, Polygon

from atlas.config.models.datei import GeopackageDatei, ShapeDatei
from atlas.ingest.geo import flaechen, geopackage
from atlas.ingest.geo.bezugssystem import resolve_bezugssystem
from atlas.ingest.geo.geodaten import read_eigenschaften, read_flaechen
from atlas.ingest.geo.gpkg_geometrie import parse_geometrie
from flaechendateien import OST, UTM32, blob, ring, write_geopackage, write_shapedatei

if TYPE_CHECKING:
    from pathlib import Path

Fehlertext = Callable[[Callable[[], object]], str]
GPKG = GeopackageDatei(typ="geopackage", glob="g.gpkg")
SHAPE = ShapeDatei(typ="shapefile", glob="g.shp")
QUADRAT = Polygon(ring())
SEITE = 4096
UNLESBAR = "Objekt 1: Eigenschaften oder Geometrie sind nicht lesbar. Neu exportieren."
KAPUTT = "das GeoPackage ist beschädigt oder unvollständig. Neu exportieren."
UNGEWOEHNLICH = "keine gewöhnliche Datei (Ordner, Pipe oder Gerät). Die Datei selbst hinlegen."
STEUERT = "enthält ein unsichtbares Steuerzeichen (U+202E). Entfernen oder neu exportieren."


def wkb(art: int, anzahl: int, rest: bytes = b"") -> bytes:
    return b"\1" + struct.pack("<II", art, anzahl) + rest


def aendere(pfad: Path, sql: str) -> None:
    with closing(sqlite3.connect(pfad)) as verbindung:
        verbindung.executescript(sql)


VIER = struct.pack("<I", 4) + struct.pack("<8d", *[1.0] * 8)
TEIL = wkb(3, 1, VIER)


@pytest.mark.parametrize(
    ("inhalt", "text"),
    [
        (wkb(7, 1) * 20_000 + TEIL, "Objekt 1: keine Fläche, sondern GeometryCollection. Nur Polygone liefern."),
        (wkb(12, 1) * 20_000 + TEIL, "Objekt 1: keine Fläche, sondern MultiSurface. Nur Polygone liefern."),
        (wkb(6, 1) * 20_000 + TEIL, UNLESBAR),
        (wkb(6, 1, wkb(7, 1)) + TEIL, UNLESBAR),
        (wkb(6, 2**32 - 1, TEIL), UNLESBAR),
        (wkb(6, 2, TEIL + wkb(3, 0)), UNLESBAR),
        (wkb(3, 2**32 - 1), UNLESBAR),
        (wkb(3, 1, struct.pack("<I", 2**32 - 1)), UNLESBAR),
        (wkb(3, 2, VIER + struct.pack("<I", 0)), UNLESBAR),
        (wkb(4003, 1, VIER), UNLESBAR),
        (wkb(99, 1, VIER), UNLESBAR),
        (b"\2" + TEIL[1:], UNLESBAR),
        (b"", UNLESBAR),
    ],
    ids=range(13),
)
def test_nested_or_absurd_geometries_are_refused_before_they_are_built(
    tmp_path: Path, fehlertext: Fehlertext, monkeypatch: pytest.MonkeyPatch, inhalt: bytes, text: str
) -> None:
    monkeypatch.setattr(shapely, "from_wkb", lambda _: pytest.fail("GEOS has seen it"))
    pfad = write_geopackage(tmp_path / "g.gpkg", [("01", blob(None) + inhalt)])
    assert fehlertext(lambda: read_flaechen(pfad, "g", GPKG)) == f"1 Problem in g\n  {text}"


@pytest.mark.parametrize("ende", [0, 1])
@pytest.mark.parametrize("dimension", ["", "Z", "M", "ZM"])
def test_heights_and_measures_are_walked_over(dimension: str, ende: int) -> None:
    punkte = ", ".join(f"{x} {y}" + " 7" * len(dimension) for x, y in ring())
    for text in (f"POLYGON {dimension} (({punkte}))", f"MULTIPOLYGON {dimension} ((({punkte}), ({punkte})))"):
        flaeche = shapely.from_wkt(text)
        iso = shapely.to_wkb(flaeche, byte_order=ende, flavor="iso", output_dimension=4)
        erweitert = shapely.to_wkb(flaeche, byte_order=ende, flavor="extended", output_dimension=4)
        assert parse_geometrie(blob(None) + iso, UTM32).equals_exact(flaeche)
        assert parse_geometrie(blob(None) + erweitert, UTM32).equals_exact(flaeche)
    mit_srid = shapely.to_wkb(shapely.set_srid(MultiPolygon([QUADRAT]), UTM32), include_srid=True)
    assert parse_geometrie(blob(None) + mit_srid, UTM32).equals(QUADRAT)


def write_verzweigt(pfad: Path) -> Path:
    """Write a table of 20 rows whose pages lead to them 400 x 400 times: 3 million rows in 50 KB."""
    write_geopackage(pfad, [(f"{nummer:03}", blob(QUADRAT)) for nummer in range(20)])
    with closing(sqlite3.connect(pfad)) as verbindung:
        (wurzel,) = verbindung.execute("SELECT rootpage FROM sqlite_master WHERE name = 'gemeinden'").fetchone()
    inhalt = bytearray(pfad.read_bytes())
    seiten = len(inhalt) // SEITE
    ab = (wurzel - 1) * SEITE
    inhalt += inhalt[ab : ab + SEITE]  # the leaf
    for ziel in (seiten + 1, seiten + 2):
        zellen = range(SEITE - 5, SEITE - 5 * 401, -5)
        seite = struct.pack(">BHHHBI", 5, 0, 400, SEITE - 5 * 400, 0, ziel) + struct.pack(">400H", *zellen)
        inhalt += seite.ljust(SEITE - 5 * 400, b"\0") + (struct.pack(">I", ziel) + b"\x7f") * 400
    inhalt[ab : ab + SEITE] = inhalt[-SEITE:]
    struct.pack_into(">I", inhalt, 28, len(inhalt) // SEITE)
    pfad.write_bytes(inhalt)
    return pfad


def test_pages_that_lead_to_one_leaf_again_and_again_are_found(tmp_path: Path, fehlertext: Fehlertext) -> None:
    pfad = write_verzweigt(tmp_path / "g.gpkg")
    with closing(sqlite3.connect(pfad)) as verbindung:
        assert len(verbindung.execute("SELECT ags FROM gemeinden").fetchmany(100_000)) == 100_000
    assert fehlertext(lambda: read_eigenschaften(pfad, "g", GPKG)) == f"1 Problem in g\n  {KAPUTT}"


@pytest.mark.parametrize(
    ("grenze", "text"),
    [
        ((flaechen, "MAX_OBJEKTE", 2), "die Datei enthält zu viele Objekte (ab 3 mit 4 Feldern)."),
        ((flaechen, "MAX_ZELLEN", 9), "die Datei enthält zu viele Objekte (ab 3 mit 4 Feldern)."),
        ((flaechen, "GROESSTE_DATEI", 100), "die Eigenschaften füllen mehr als 1 GB."),
        ((geopackage, "GROESSTE_DATEI", 4096), "die Datei ist größer als 1 GB."),
        ((geopackage, "_MAX_EBENEN", 1), "das GeoPackage enthält mehr als 1 Ebenen."),
    ],
    ids=["Objekte", "Zellen", "Zeichen", "Datei", "Ebenen"],
)
def test_more_than_fits_into_the_memory_is_refused(
    tmp_path: Path,
    fehlertext: Fehlertext,
    monkeypatch: pytest.MonkeyPatch,
    grenze: tuple[object, str, int],
    text: str,
) -> None:
    flaeche = ("01", blob(QUADRAT))
    pfad = write_geopackage(tmp_path / "g.gpkg", [flaeche] * 4, ebenen=("gemeinden", "kreise"))
    mit_ebene = GeopackageDatei(typ="geopackage", glob="g.gpkg", ebene="gemeinden")
    monkeypatch.setattr(*grenze)
    assert fehlertext(lambda: read_eigenschaften(pfad, "g", mit_ebene)).startswith(f"1 Problem in g\n  {text} Nur ")


def write_geteilt(pfad: Path) -> Path:
    """Write a table of seven rows that all continue on the same ten pages: 280 KB of areas in 90 KB."""
    geometrie = blob(shapely.segmentize(QUADRAT, 4000 / 2400))
    write_geopackage(pfad, [("01", geometrie.ljust(41_409 - 28, b"\0"))])  # ten pages, and 489 bytes before them
    with closing(sqlite3.connect(pfad)) as verbindung:
        (wurzel,) = verbindung.execute("SELECT rootpage FROM sqlite_master WHERE name = 'gemeinden'").fetchone()
    inhalt = bytearray(pfad.read_bytes())
    ab = (wurzel - 1) * SEITE
    zelle = inhalt[ab + struct.unpack_from(">H", inhalt, ab + 8)[0] : ab + SEITE]
    assert (bytes(zelle[:4]), len(zelle)) == (b"\x82\xc3\x41\1", 4 + 489 + 4)
    anfaenge = [SEITE - len(zelle) * nummer for nummer in range(1, 8)]
    seite = struct.pack(">BHHHB7H", 13, 0, 7, anfaenge[-1], 0, *anfaenge).ljust(anfaenge[-1], b"\0")
    inhalt[ab : ab + SEITE] = seite + b"".join(zelle[:3] + bytes([nummer]) + zelle[4:] for nummer in range(7, 0, -1))
    pfad.write_bytes(inhalt)
    return pfad


def test_areas_that_share_their_bytes_are_found(tmp_path: Path, fehlertext: Fehlertext) -> None:
    pfad = write_geteilt(tmp_path / "g.gpkg")
    assert len(read_eigenschaften(pfad, "g", GPKG)) == 7
    assert len(read_flaechen(pfad, "g", GPKG, {"fid": "7"}).geometrien) == 1
    assert fehlertext(lambda: read_flaechen(pfad, "g", GPKG)) == f"1 Problem in g\n  {KAPUTT}"


def test_a_statement_without_end_is_interrupted(
    tmp_path: Path, fehlertext: Fehlertext, monkeypatch: pytest.MonkeyPatch
) -> None:
    pfad = write_geopackage(tmp_path / "g.gpkg", [("01", blob(QUADRAT))] * 1000)
    monkeypatch.setattr(geopackage, "FRIST_S", -1.0)
    assert fehlertext(lambda: read_eigenschaften(pfad, "g", GPKG)) == (
        "1 Problem in g\n  das Lesen dauert länger als -1 Sekunden. Nur das nötige Gebiet exportieren."
    )


def test_rows_come_in_the_order_of_their_keys(tmp_path: Path) -> None:
    pfad = write_geopackage(tmp_path / "g.gpkg", [("02", blob(QUADRAT)), ("01", blob(Polygon(ring(OST + 5000))))])
    aendere(
        pfad,
        "CREATE TABLE t (ags TEXT PRIMARY KEY, geom BLOB); INSERT INTO t SELECT ags, geom FROM gemeinden ORDER BY fid;"
        " UPDATE gpkg_contents SET table_name = 't'; UPDATE gpkg_geometry_columns SET table_name = 't'",
    )
    sammlung = read_flaechen(pfad, "g", GPKG)
    assert sammlung.saetze == [{"ags": "01"}, {"ags": "02"}]
    assert [round(g.bounds[0], 2) for g in sammlung.geometrien] == [9.07, 9.0]


@pytest.mark.parametrize(
    ("sql", "text"),
    [
        ("UPDATE gemeinden SET ags = 'a' || char(0x202e)", f"Objekt 1: das Feld »ags« {STEUERT}"),
        ("ALTER TABLE gemeinden RENAME COLUMN ags TO 'a\u202e'", f"der Name eines Feldes {STEUERT}"),
        ("UPDATE gpkg_contents SET table_name = 'a\u202e'", f"der Name einer Ebene oder Spalte {STEUERT}"),
        ("UPDATE gpkg_geometry_columns SET column_name = 'a\u202e'", f"der Name einer Ebene oder Spalte {STEUERT}"),
        (
            "UPDATE gpkg_contents SET table_name = x'4bff'",
            "der Name einer Ebene oder Spalte ist kein Text (»K\ufffd«). Neu exportieren.",
        ),
    ],
    ids=["Wert", "Feld", "Ebene", "Spalte", "binär"],
)
def test_names_and_values_of_a_geopackage_are_visible_text(
    tmp_path: Path, fehlertext: Fehlertext, sql: str, text: str
) -> None:
    pfad = write_geopackage(tmp_path / "g.gpkg", [("01", blob(QUADRAT))])
    aendere(pfad, sql)
    assert fehlertext(lambda: read_eigenschaften(pfad, "g", GPKG)) == f"1 Problem in g\n  {text}"


@pytest.mark.parametrize(
    ("alt", "neu", "text"),
    [
        (
            b"Zw\xc3\xb6nitz",
            b"Zw\x1b[2Jit",
            "Objekt 1: das Feld »NAME« enthält ein unsichtbares Steuerzeichen (U+001B).",
        ),
        (b"NAME", b"NA\x07E", "der Name eines Feldes enthält ein unsichtbares Steuerzeichen (U+0007)."),
    ],
    ids=["Wert", "Feld"],
)
def test_names_and_values_of_a_shapefile_are_visible_text(
    tmp_path: Path, fehlertext: Fehlertext, alt: bytes, neu: bytes, text: str
) -> None:
    pfad = write_shapedatei(tmp_path, [("01", [ring()])])
    dbf = pfad.with_suffix(".dbf")
    dbf.write_bytes(dbf.read_bytes().replace(alt, neu))
    assert fehlertext(lambda: read_eigenschaften(pfad, "g.shp", SHAPE)) == (
        f"1 Problem in g.dbf\n  {text} Entfernen oder neu exportieren."
    )


@pytest.mark.parametrize("endung", ["shp", "shx", "dbf", "prj", "cpg"])
@pytest.mark.parametrize("was", ["Pipe", "Gerät", "Ordner"])
def test_every_part_must_be_a_file(tmp_path: Path, fehlertext: Fehlertext, endung: str, was: str) -> None:
    pfad = write_shapedatei(tmp_path, [("01", [ring()])])
    teil = pfad.with_suffix(f".{endung}")
    teil.unlink()
    {"Pipe": os.mkfifo, "Gerät": lambda p: p.symlink_to("/dev/zero"), "Ordner": os.mkdir}[was](teil)
    assert fehlertext(lambda: read_flaechen(pfad, "g.shp", SHAPE)) == f"1 Problem in g.{endung}\n  {UNGEWOEHNLICH}"


def test_a_geopackage_must_be_a_file(tmp_path: Path, fehlertext: Fehlertext) -> None:
    os.mkfifo(tmp_path / "g.gpkg")
    assert fehlertext(lambda: read_flaechen(tmp_path / "g.gpkg", "g", GPKG)) == f"1 Problem in g\n  {UNGEWOEHNLICH}"


@pytest.mark.parametrize("endung", ["prj", "cpg"])
def test_a_small_part_must_be_small(tmp_path: Path, fehlertext: Fehlertext, endung: str) -> None:
    pfad = write_shapedatei(tmp_path, [("01", [ring()])])
    teil = pfad.with_suffix(f".{endung}")
    inhalt = teil.read_bytes()
    teil.write_bytes(inhalt.ljust(1 << 16))
    assert len(read_flaechen(pfad, "g.shp", SHAPE).saetze) == 1
    teil.write_bytes(inhalt.ljust((1 << 16) + 1))
    assert fehlertext(lambda: read_flaechen(pfad, "g.shp", SHAPE)) == (
        f"1 Problem in g.{endung}\n  die Datei ist größer als 64 KB und damit keine .{endung}. Neu exportieren."
    )


def test_rows_are_counted_before_one_is_read(
    tmp_path: Path, fehlertext: Fehlertext, monkeypatch: pytest.MonkeyPatch
) -> None:
    pfad = write_shapedatei(tmp_path, [("01", [ring()])])
    dbf = pfad.with_suffix(".dbf")
    inhalt = dbf.read_bytes()
    dbf.write_bytes(inhalt[:4] + struct.pack("<I", 30_000_000) + inhalt[8:])
    assert fehlertext(lambda: read_flaechen(pfad, "g.shp", SHAPE)) == (
        "1 Problem in g.shp\n  1 Flächen, aber 30000000 Zeilen in der .dbf. Alle Teile aus einem Export nehmen."
    )
    dbf.write_bytes(inhalt)
    for grenze, felder in ((0, 1), (3, 4)):
        monkeypatch.setattr(flaechen, "MAX_ZELLEN", grenze)
        assert f"zu viele Objekte (ab 1 mit {felder} Feldern)." in fehlertext(
            lambda: read_flaechen(pfad, "g.shp", SHAPE)
        )


@pytest.mark.parametrize("laenge", [-1, 10_000])
def test_an_index_cannot_multiply_the_bytes_of_the_areas(tmp_path: Path, fehlertext: Fehlertext, laenge: int) -> None:
    pfad = write_shapedatei(tmp_path, [("01", [ring()])])
    shx = pfad.with_suffix(".shx")
    shx.write_bytes(shx.read_bytes()[:-4] + struct.pack(">i", laenge))
    assert fehlertext(lambda: read_flaechen(pfad, "g.shp", SHAPE)) == (
        "1 Problem in g.shx\n  der Index sagt mehr Bytes voraus, als die .shp hat. Alle Teile aus einem Export nehmen."
    )


def test_rings_cannot_share_corners(tmp_path: Path, fehlertext: Fehlertext) -> None:
    pfad = write_shapedatei(tmp_path, [("01", [ring(), ring(OST + 5000), ring(OST + 9000)])])
    inhalt = pfad.read_bytes()
    assert struct.unpack_from("<3i", inhalt, 152) == (0, 5, 10)
    pfad.write_bytes(inhalt[:152] + struct.pack("<3i", 0, 5, 0) + inhalt[164:])
    assert fehlertext(lambda: read_flaechen(pfad, "g.shp", SHAPE)) == f"1 Problem in g.shp\n  {UNLESBAR}"


@pytest.mark.parametrize(
    "genannt",
    ["+init=epsg:25832", "EPSG:25832 +init=epsg:4326", '{"a":' * 5000, " " * (1 << 16) + "EPSG:25832"],
    ids=["init", "Nummer mit init", "verschachtelt", "lang"],
)
def test_an_odd_system_is_unknown_and_warns_nobody(
    fehlertext: Fehlertext, recwarn: pytest.WarningsRecorder, genannt: str
) -> None:
    assert "die Datei nennt ein unbekanntes Koordinatensystem (" in fehlertext(
        lambda: resolve_bezugssystem(genannt, None, "g")
    )
    assert resolve_bezugssystem(genannt, "EPSG:25833", "g").to_epsg() == 25833
    assert not recwarn.list
