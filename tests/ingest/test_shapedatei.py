"""Shapefiles: every part is there, whole and fits the others; text stays as it stands."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
import shapefile

from atlas.config.models.datei import ShapeDatei
from atlas.ingest.geo.geodaten import read_eigenschaften, read_flaechen
from flaechendateien import NORD, OST, Ring, ring, write_shapedatei

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from atlas.config.models.datei import Zeichensatz

Fehlertext = Callable[[Callable[[], object]], str]
SHAPE = ShapeDatei(typ="shapefile", glob="g.shp")
AUSSEN = ring()
LOCH = ring(OST + 100, NORD + 100, 200)[::-1]
INSEL = ring(OST + 5000)


def lies(tmp_path: Path, *ringe: Ring) -> BaseGeometry:
    return read_flaechen(write_shapedatei(tmp_path, [("01", ringe)]), "g.shp", SHAPE).geometrien[0]


def test_a_hole_and_a_second_part_belong_to_one_area(tmp_path: Path) -> None:
    flaeche = lies(tmp_path, AUSSEN, LOCH, INSEL)
    quadrate = flaeche.area / lies(tmp_path, AUSSEN).area
    assert flaeche.geom_type == "MultiPolygon"
    assert quadrate == pytest.approx(2 - 0.04, rel=1e-3)


def test_a_ring_in_the_wrong_direction_is_still_an_area(tmp_path: Path) -> None:
    assert lies(tmp_path, AUSSEN[::-1]).equals(lies(tmp_path, AUSSEN))


def test_a_hole_written_as_an_outside_is_refused(tmp_path: Path, fehlertext: Fehlertext) -> None:
    assert "Objekt 1: die Fläche ist ungültig" in fehlertext(lambda: lies(tmp_path, AUSSEN, LOCH[::-1]))


def test_an_outside_that_touches_itself_becomes_an_area_with_a_hole(tmp_path: Path) -> None:
    (a, b, c, d, _), mitte = AUSSEN, OST + 500
    beruehrt = [a, b, (mitte, NORD + 1000), (mitte - 100, NORD + 500), (mitte + 100, NORD + 500)]
    flaeche = lies(tmp_path, [*beruehrt, (mitte, NORD + 1000), c, d, a])
    assert flaeche.area / lies(tmp_path, AUSSEN).area == pytest.approx(1 - 0.05, rel=1e-3)


def test_properties_are_the_text_of_the_file(tmp_path: Path) -> None:
    pfad = write_shapedatei(tmp_path, [("01001000", [AUSSEN])])
    assert read_eigenschaften(pfad, "g.shp", SHAPE) == [
        {"AGS": "01001000", "NAME": "Zwönitz", "ZAHL": "123456789012345678", "HA": "12.50"}
    ]


@pytest.mark.parametrize(
    ("im_feld", "text"),
    [("1.25000e+002", "125.000"), ("-1.5E-03", "-0.0015"), ("*" * 12, ""), ("", ""), ("1e9999999", "1e9999999")],
)
def test_numbers_have_no_exponent_and_asterisks_are_none(tmp_path: Path, im_feld: str, text: str) -> None:
    pfad = write_shapedatei(tmp_path, [("01", [AUSSEN])])
    dbf = pfad.with_suffix(".dbf")
    dbf.write_bytes(dbf.read_bytes().replace(b"12.50".rjust(12), im_feld.encode().rjust(12)))
    assert read_eigenschaften(pfad, "g.shp", SHAPE)[0]["HA"] == text


def test_deleted_rows_are_left_out_with_their_areas(tmp_path: Path) -> None:
    pfad = write_shapedatei(tmp_path, [("01", [AUSSEN]), ("02", [INSEL])])
    dbf = pfad.with_suffix(".dbf")
    dbf.write_bytes(dbf.read_bytes().replace(b" 01  ", b"*01  "))
    sammlung = read_flaechen(pfad, "g.shp", SHAPE)
    assert [satz["AGS"] for satz in sammlung.saetze] == ["02"]
    assert sammlung.geometrien[0].bounds[0] > 9.07


@pytest.mark.parametrize("endung", ["shx", "dbf"])
def test_a_missing_part_is_named(tmp_path: Path, fehlertext: Fehlertext, endung: str) -> None:
    pfad = write_shapedatei(tmp_path, [("01", [AUSSEN])])
    pfad.with_suffix(f".{endung}").unlink()
    assert fehlertext(lambda: read_flaechen(pfad, "roh/g.shp", SHAPE)) == (
        f"1 Problem in roh/g.{endung}\n  dieser Teil der Shapedatei fehlt."
        " .shp, .shx und .dbf nebeneinander legen, Endungen klein geschrieben."
    )


def test_without_prj_the_declared_system_counts(tmp_path: Path, fehlertext: Fehlertext) -> None:
    pfad = write_shapedatei(tmp_path, [("01", [AUSSEN])])
    pfad.with_suffix(".prj").unlink()
    assert "die Datei nennt kein Koordinatensystem." in fehlertext(lambda: read_flaechen(pfad, "g.shp", SHAPE))
    mit = ShapeDatei(typ="shapefile", glob="g.shp", bezugssystem="EPSG:25832")
    assert read_flaechen(pfad, "g.shp", mit).geometrien[0].bounds[0] == pytest.approx(9.0, abs=1e-12)


@pytest.mark.parametrize(
    ("cpg", "zeichensatz", "text"),
    [
        ("", None, "die Shapedatei nennt keinen Zeichensatz (.cpg fehlt). datei.zeichensatz angeben, z. B. cp1252."),
        (
            "X-1",
            None,
            "die Shapedatei nennt den unbekannten Zeichensatz »X-1«. datei.zeichensatz angeben, z. B. cp1252.",
        ),
        ("UTF-8", "cp1252", "die .cpg nennt den Zeichensatz utf-8, deklariert ist cp1252. datei.zeichensatz prüfen."),
        (
            "UTF-8",
            None,
            "Objekt 1: der Text im Feld »NAME« ist nicht utf-8. Den Zeichensatz (.cpg) prüfen.",
        ),
    ],
    ids=["fehlt", "unbekannt", "Widerspruch", "falsch"],
)
def test_the_character_set_must_be_known_and_right(
    tmp_path: Path,
    fehlertext: Fehlertext,
    cpg: str,
    zeichensatz: Zeichensatz | None,
    text: str,
) -> None:
    pfad = write_shapedatei(tmp_path, [("01", [AUSSEN])], zeichensatz="cp1252")
    pfad.with_suffix(".cpg").write_text(cpg)
    datei = ShapeDatei(typ="shapefile", glob="g.shp", zeichensatz=zeichensatz)
    assert fehlertext(lambda: read_flaechen(pfad, "g.shp", datei)).split("\n  ")[1] == text


@pytest.mark.parametrize("cpg", ["ANSI 1252", "1252", "cp1252\r\n", "windows-1252"])
def test_the_usual_names_of_a_character_set_are_known(tmp_path: Path, cpg: str) -> None:
    pfad = write_shapedatei(tmp_path, [("01", [AUSSEN])], zeichensatz="cp1252")
    pfad.with_suffix(".cpg").write_text(cpg)
    assert read_eigenschaften(pfad, "g.shp", SHAPE)[0]["NAME"] == "Zwönitz"


def test_parts_of_two_exports_are_refused(tmp_path: Path, fehlertext: Fehlertext) -> None:
    kleine = write_shapedatei(tmp_path, [("01", [AUSSEN])]).with_suffix(".dbf").read_bytes()
    pfad = write_shapedatei(tmp_path, [("01", [AUSSEN]), ("02", [INSEL])])
    pfad.with_suffix(".dbf").write_bytes(kleine)
    assert "2 Flächen, aber 1 Zeilen in der .dbf." in fehlertext(lambda: read_flaechen(pfad, "g.shp", SHAPE))


def test_an_index_that_leads_to_another_area_is_found(tmp_path: Path, fehlertext: Fehlertext) -> None:
    pfad = write_shapedatei(tmp_path, [("01", [AUSSEN]), ("02", [INSEL])])
    shx = bytearray(pfad.with_suffix(".shx").read_bytes())
    shx[100:108] = shx[108:116]
    pfad.with_suffix(".shx").write_bytes(shx)
    assert "Objekt 1: Eigenschaften oder Geometrie sind nicht lesbar." in fehlertext(
        lambda: read_flaechen(pfad, "g.shp", SHAPE)
    )


def test_points_are_no_areas(tmp_path: Path, fehlertext: Fehlertext) -> None:
    pfad = write_shapedatei(tmp_path, [("01", [AUSSEN])])
    with shapefile.Writer(str(pfad), shapeType=shapefile.POINT) as datei:
        datei.field("AGS", "C", 8)
        datei.point(OST, NORD)
        datei.record("01")
    assert "die Datei enthält keine Flächen, sondern POINT." in fehlertext(lambda: read_flaechen(pfad, "g.shp", SHAPE))


@pytest.mark.parametrize("endung", ["shp", "shx", "dbf"])
def test_a_file_cut_off_anywhere_is_an_error_and_no_crash(tmp_path: Path, fehlertext: Fehlertext, endung: str) -> None:
    pfad = write_shapedatei(tmp_path, [("01", [AUSSEN, LOCH]), ("02", [INSEL])])
    teil = pfad.with_suffix(f".{endung}")
    inhalt = teil.read_bytes().removesuffix(b"\x1a")
    for laenge in range(0, len(inhalt), 13):
        teil.write_bytes(inhalt[:laenge])
        assert fehlertext(lambda: read_flaechen(pfad, "g.shp", SHAPE)).startswith(f"1 Problem in g.{endung}\n")


@pytest.mark.parametrize("wert", [-1, 0, 2**31 - 1], ids=["-1", "0", "riesig"])
def test_absurd_counts_inside_an_area_are_no_crash(tmp_path: Path, fehlertext: Fehlertext, wert: int) -> None:
    pfad = write_shapedatei(tmp_path, [("01", [AUSSEN])])
    inhalt = pfad.read_bytes()
    for stelle in (108, 144, 148, 152):  # type, rings, corners, first corner of the first ring
        pfad.write_bytes(inhalt[:stelle] + struct.pack("<i", wert) + inhalt[stelle + 4 :])
        if inhalt != pfad.read_bytes() and (stelle, wert) != (152, -1):
            assert "Objekt 1: " in fehlertext(lambda: read_flaechen(pfad, "g.shp", SHAPE))
