"""GeoPackages: one layer is chosen, its bytes are understood, and nothing in the file is executed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from shapely.geometry import Polygon

from atlas.config.models.datei import GeopackageDatei
from atlas.ingest.geo.geodaten import read_eigenschaften, read_flaechen
from atlas.ingest.geo.geopackage import authorize_lesen
from flaechendateien import blob, ring, write_geopackage

if TYPE_CHECKING:
    from pathlib import Path

Fehlertext = Callable[[Callable[[], object]], str]
GPKG = GeopackageDatei(typ="geopackage", glob="g.gpkg")
QUADRAT = Polygon(ring())


def datei(**angaben: Any) -> GeopackageDatei:  # noqa: ANN401  # parts of a declaration
    return GeopackageDatei(typ="geopackage", glob="g.gpkg", **angaben)


def aendere(pfad: Path, sql: str) -> None:
    with closing(sqlite3.connect(pfad)) as verbindung:
        verbindung.executescript(sql)


def test_properties_are_text_without_binary_fields(tmp_path: Path) -> None:
    pfad = write_geopackage(tmp_path / "g.gpkg", [("01001", blob(QUADRAT)), ("01002", None)])
    aendere(pfad, "UPDATE gemeinden SET zahl = NULL WHERE ags = '01002'")
    assert read_eigenschaften(pfad, "g", GPKG) == [
        {"fid": "1", "ags": "01001", "zahl": "9007199254740993", 'h"a': "0.00001"},
        {"fid": "2", "ags": "01002", "zahl": "", 'h"a': "0.00001"},
    ]


def test_of_several_layers_the_declared_one_is_read(tmp_path: Path, fehlertext: Fehlertext) -> None:
    boese = 'a"; DROP TABLE gemeinden; --'
    pfad = write_geopackage(tmp_path / "g.gpkg", [("01", blob(QUADRAT))], ebenen=("gemeinden", boese))
    namen = f"»{boese}«, »gemeinden«"
    assert [read_flaechen(pfad, "g", datei(ebene=e)).saetze[0]["ags"] for e in ("gemeinden", boese)] == ["01", "01"]
    assert fehlertext(lambda: read_flaechen(pfad, "g", GPKG)) == (
        f"1 Problem in g\n  das GeoPackage enthält mehrere Ebenen: {namen}. datei.ebene angeben."
    )
    assert f"die Ebene »kreise« gibt es nicht. Vorhanden: {namen}." in fehlertext(
        lambda: read_flaechen(pfad, "g", datei(ebene="kreise"))
    )


@pytest.mark.parametrize(
    ("srs_id", "was"),
    [(-1, "kein Koordinatensystem"), (0, "kein Koord"), (77, "kein Koord"), (99, "ein unbekanntes Koord")],
)
def test_an_undefined_system_must_be_declared(tmp_path: Path, fehlertext: Fehlertext, srs_id: int, was: str) -> None:
    pfad = write_geopackage(tmp_path / "g.gpkg", [("01", blob(QUADRAT, srs_id=srs_id))], srs_id=srs_id)
    assert f"\n  die Datei nennt {was}" in fehlertext(lambda: read_flaechen(pfad, "g", GPKG))
    mit = read_flaechen(pfad, "g", datei(bezugssystem="EPSG:25832"))
    assert mit.geometrien[0].bounds[0] == pytest.approx(9.0, abs=1e-12)


SICHT = """
ALTER TABLE gemeinden RENAME TO t;
CREATE VIEW gemeinden AS SELECT * FROM t;
UPDATE gpkg_contents SET table_name = 'gemeinden';
UPDATE gpkg_geometry_columns SET table_name = 'gemeinden';
"""
VIRTUELL = """
UPDATE gpkg_contents SET table_name = 'rtree_gemeinden_geom';
UPDATE gpkg_geometry_columns SET table_name = 'rtree_gemeinden_geom';
"""
KAPUTT = "das GeoPackage ist beschädigt oder unvollständig. Neu exportieren."


@pytest.mark.parametrize(
    ("sql", "text"),
    [
        (
            SICHT,
            "die Tabelle »gemeinden« fehlt oder ist nur eine Sicht (View). Als Tabelle exportieren.",
        ),
        (
            VIRTUELL,
            "die Tabelle »rtree_gemeinden_geom« fehlt oder ist nur eine Sicht (View). Als Tabelle exportieren.",
        ),
        (
            "ALTER TABLE gpkg_contents RENAME TO c; CREATE VIEW gpkg_contents AS SELECT * FROM c",
            "die Tabelle »gpkg_contents« fehlt oder ist nur eine Sicht (View). Als Tabelle exportieren.",
        ),
        (
            "UPDATE gpkg_geometry_columns SET column_name = 'x'",
            "der Ebene »gemeinden« fehlt der Schlüssel oder die Geometriespalte. Neu exportieren.",
        ),
        ("DELETE FROM gpkg_contents", "das GeoPackage enthält keine Ebene mit Flächen. Neu exportieren."),
        ("DELETE FROM gemeinden", "die Ebene »gemeinden« enthält keine Flächen. Neu exportieren."),
        (
            "UPDATE gemeinden SET ags = x'00'",
            "Objekt 1: das Feld »ags« enthält Binärdaten statt Text. Feld beim Export weglassen.",
        ),
        ("PRAGMA application_id = 7", "kein GeoPackage. Neu exportieren."),
        ("UPDATE gpkg_geometry_columns SET srs_id = 'x'", KAPUTT),
        ("ALTER TABLE gpkg_contents DROP COLUMN data_type", KAPUTT),
        ("UPDATE gemeinden SET ags = CAST(x'ff' AS TEXT)", KAPUTT),
        ("ALTER TABLE gemeinden ADD COLUMN j AS (json(ags)) VIRTUAL", None),
    ],
    ids=[
        "Sicht",
        "virtuell",
        "Sicht im Verzeichnis",
        "Spalte",
        "ohne",
        "leer",
        "binär",
        "SQLite",
        "srs",
        "alt",
        "utf-8",
        "rechnet",
    ],
)
def test_views_programs_and_gaps_are_refused(
    tmp_path: Path, fehlertext: Fehlertext, sql: str, text: str | None
) -> None:
    pfad = write_geopackage(tmp_path / "g.gpkg", [("01", blob(QUADRAT))])
    aendere(pfad, sql)
    if text is None:
        assert "j" not in read_flaechen(pfad, "g", GPKG).saetze[0]
    else:
        assert fehlertext(lambda: read_flaechen(pfad, "g", GPKG)) == f"1 Problem in g\n  {text}"


@pytest.mark.parametrize("sql", ["ATTACH ':memory:' AS b", "SELECT abs(1)", "SELECT * FROM v", "CREATE TABLE t (a)"])
def test_the_connection_can_only_read_tables(sql: str) -> None:
    with closing(sqlite3.connect(":memory:")) as verbindung:
        verbindung.execute("CREATE VIEW v AS SELECT 1 FROM sqlite_master")
        verbindung.set_authorizer(authorize_lesen)
        with pytest.raises(sqlite3.DatabaseError, match=r"prohibited|authorized"):
            verbindung.execute(sql)


def test_unsaved_changes_of_another_program_are_an_error(tmp_path: Path, fehlertext: Fehlertext) -> None:
    pfad = write_geopackage(tmp_path / "g.gpkg", [("01", blob(QUADRAT))])
    (tmp_path / "g.gpkg-wal").write_bytes(b"x")
    assert "daneben liegt g.gpkg-wal: ein Programm hat noch nicht alles gespeichert." in fehlertext(
        lambda: read_flaechen(pfad, "g", GPKG)
    )


def test_a_delivered_file_is_neither_changed_nor_gets_company(tmp_path: Path) -> None:
    pfad = write_geopackage(tmp_path / "g #1?.gpkg", [("01", blob(QUADRAT))])
    aendere(pfad, "PRAGMA journal_mode = WAL")
    vorher = pfad.read_bytes()
    tmp_path.chmod(0o500)
    read_flaechen(pfad, "g", GPKG)
    tmp_path.chmod(0o700)
    assert (pfad.read_bytes(), list(tmp_path.iterdir())) == (vorher, [pfad])


def test_a_file_cut_off_anywhere_is_an_error_and_no_crash(tmp_path: Path, fehlertext: Fehlertext) -> None:
    flaechen = [(f"{nummer:03}", blob(QUADRAT)) for nummer in range(100)]
    pfad = write_geopackage(tmp_path / "g.gpkg", flaechen)
    inhalt = pfad.read_bytes()
    for laenge in range(0, len(inhalt), 997):
        pfad.write_bytes(inhalt[:laenge])
        text = "die Datei ist abgeschnitten. Neu übertragen." if laenge else "kein GeoPackage. Neu exportieren."
        assert fehlertext(lambda: read_flaechen(pfad, "g", GPKG)) == f"1 Problem in g\n  {text}"


@pytest.mark.parametrize("seite", range(3))
def test_a_broken_page_is_an_error_and_no_crash(tmp_path: Path, fehlertext: Fehlertext, seite: int) -> None:
    pfad = write_geopackage(tmp_path / "g.gpkg", [(f"{nummer:03}", blob(QUADRAT)) for nummer in range(100)])
    with closing(sqlite3.connect(pfad)) as verbindung:
        wurzeln = verbindung.execute("SELECT rootpage FROM sqlite_master WHERE name IN ('gemeinden', 'gpkg_contents')")
        seiten = [1, *(wurzel for (wurzel,) in wurzeln)]
    ab = max((seiten[seite] - 1) * 4096, 100)
    inhalt = pfad.read_bytes()
    pfad.write_bytes(inhalt[:ab] + b"\xff" * 2000 + inhalt[ab + 2000 :])
    assert fehlertext(lambda: read_flaechen(pfad, "g", GPKG)) == f"1 Problem in g\n  {KAPUTT}"
