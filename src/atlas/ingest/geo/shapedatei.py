"""Shapefiles: areas from the .shp, properties from the .dbf, character set and coordinate system beside them."""

from __future__ import annotations

import itertools
import math
import re
import struct
from io import BytesIO
from typing import TYPE_CHECKING, Any

import shapefile
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import GeometryCollection, MultiPolygon, Polygon

from atlas.errors import EingabeError, Problem
from atlas.ingest.dateien import read_bytes
from atlas.ingest.geo.bezugssystem import resolve_bezugssystem
from atlas.ingest.geo.dbase import read_anzahl, read_dbase
from atlas.ingest.geo.flaechen import UNLESBAR, Rohflaechen, check_menge

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from atlas.config.models.datei import ShapeDatei

_KENNUNG = 9994
_FLAECHEN = (shapefile.NULL, shapefile.POLYGON, shapefile.POLYGONZ, shapefile.POLYGONM)
_KOPF, _EINTRAG = 100, 8
_ZEICHENSAETZE = {
    **dict.fromkeys(("utf8", "65001"), "utf-8"),
    **dict.fromkeys(("1252", "cp1252", "ansi1252", "windows1252"), "cp1252"),
    **dict.fromkeys(("88591", "iso88591", "latin1"), "iso-8859-1"),
    **dict.fromkeys(("885915", "iso885915", "latin9"), "iso-8859-15"),
}
"""What programs write into a .cpg, in lower case without punctuation."""

_GROESSTER_TEXT = 1 << 16
"""64 KB: a .prj has one kilobyte, a .cpg one word."""

_GLEICHE_FLAECHE = 1e-9

_KAPUTT = (shapefile.ShapefileException, struct.error, LookupError, TypeError, AssertionError, ArithmeticError)
"""How pyshp trips over broken bytes; `ValueError` besides."""


def read_shapedatei(pfad: Path, name: str, datei: ShapeDatei) -> Rohflaechen:
    """Give the properties of all features that are not deleted, and their geometries unread.

    Raises `EingabeError` for missing or broken parts, for parts that do not belong together, and where neither
    file nor declaration tells the character set or the coordinate system.
    """
    inhalte = {endung: _read_teil(pfad, name, endung) for endung in ("shp", "shx", "dbf")}
    for endung in ("shp", "shx"):
        _check_kopf(inhalte[endung], _teilname(name, endung))
    zeichensatz = _find_zeichensatz(_read_text(pfad, name, "cpg"), datei, name)
    bezugssystem = resolve_bezugssystem(_read_text(pfad, name, "prj"), datei.bezugssystem, name)
    _check_anzahlen(inhalte, name)
    orte = _read_orte(inhalte, name)
    tabelle = read_dbase(inhalte["dbf"], _teilname(name, "dbf"), zeichensatz)
    if not tabelle.saetze:
        raise EingabeError([Problem(name, 0, "", "die Datei enthält keine Flächen. Neu exportieren.")])
    leser = shapefile.Reader(shp=BytesIO(inhalte["shp"]), shx=BytesIO(inhalte["shx"]))

    def read_geometrie(index: int) -> BaseGeometry:
        platz = tabelle.plaetze[index]
        return _read_geometrie(leser, inhalte["shp"], platz, orte[platz])

    return Rohflaechen(tabelle.saetze, read_geometrie, bezugssystem)


def _teilname(name: str, endung: str) -> str:
    return name.removesuffix("shp") + endung


def _read_teil(pfad: Path, name: str, endung: str) -> bytes:
    teil = pfad.with_suffix(f".{endung}")
    _check_gewoehnlich(teil, _teilname(name, endung))
    if not teil.is_file():
        text = "dieser Teil der Shapedatei fehlt. .shp, .shx und .dbf nebeneinander legen, Endungen klein geschrieben."
        raise EingabeError([Problem(_teilname(name, endung), 0, "", text)])
    return read_bytes(teil, _teilname(name, endung))


def _read_text(pfad: Path, name: str, endung: str) -> str:
    """Give the text of a part that may be missing; it is ASCII but for names that do not matter."""
    teil, teilname = pfad.with_suffix(f".{endung}"), _teilname(name, endung)
    _check_gewoehnlich(teil, teilname)
    if not teil.is_file():
        return ""
    try:
        with teil.open("rb") as offen:
            inhalt = offen.read(_GROESSTER_TEXT + 1)  # what a file system says of the size may be zero
    except OSError as fehler:
        raise EingabeError([Problem(teilname, 0, "", "die Datei ist nicht lesbar. Leserechte prüfen.")]) from fehler
    if len(inhalt) > _GROESSTER_TEXT:
        text = f"die Datei ist größer als 64 KB und damit keine .{endung}. Neu exportieren."
        raise EingabeError([Problem(teilname, 0, "", text)])
    return inhalt.decode("utf-8-sig", errors="replace").strip(" \0\r\n\t")


def _check_gewoehnlich(teil: Path, name: str) -> None:
    """Refuse what is there and no file, also at the end of a link: reading a pipe or a device never ends."""
    if teil.exists() and not teil.is_file():
        text = "keine gewöhnliche Datei (Ordner, Pipe oder Gerät). Die Datei selbst hinlegen."
        raise EingabeError([Problem(name, 0, "", text)])


def _check_kopf(inhalt: bytes, name: str) -> None:
    """Demand a whole file of areas, before anything is looked for in it."""
    if len(inhalt) < _KOPF or struct.unpack_from(">i", inhalt)[0] != _KENNUNG:
        raise EingabeError([Problem(name, 0, "", "kein Teil einer Shapedatei. Neu exportieren.")])
    if struct.unpack_from(">i", inhalt, 24)[0] * 2 != len(inhalt):
        text = "die Datei ist nicht so lang, wie ihr Kopf sagt: abgeschnitten oder beschädigt. Neu übertragen."
        raise EingabeError([Problem(name, 0, "", text)])
    typ = struct.unpack_from("<i", inhalt, 32)[0]
    if typ not in _FLAECHEN:
        art = shapefile.SHAPETYPE_LOOKUP.get(typ, typ)
        raise EingabeError([Problem(name, 0, "", f"die Datei enthält keine Flächen, sondern {art}. Polygone liefern.")])


def _find_zeichensatz(cpg: str, datei: ShapeDatei, name: str) -> str:
    genannt = _ZEICHENSAETZE.get(re.sub(r"[^a-z0-9]", "", cpg.lower()))
    if genannt is not None and datei.zeichensatz not in (None, genannt):
        text = (
            f"die .cpg nennt den Zeichensatz {genannt}, deklariert ist {datei.zeichensatz}. datei.zeichensatz prüfen."
        )
        raise EingabeError([Problem(name, 0, "", text)])
    if genannt is None and datei.zeichensatz is None:
        was = f"den unbekannten Zeichensatz »{cpg[:20]}«" if cpg else "keinen Zeichensatz (.cpg fehlt)"
        text = f"die Shapedatei nennt {was}. datei.zeichensatz angeben, z. B. cp1252."
        raise EingabeError([Problem(name, 0, "", text)])
    return genannt or datei.zeichensatz or ""


def _check_anzahlen(inhalte: dict[str, bytes], name: str) -> None:
    """Compare what the heads announce, before any row is read."""
    flaechen, zeilen = (len(inhalte["shx"]) - _KOPF) // _EINTRAG, read_anzahl(inhalte["dbf"])
    if zeilen not in (-1, flaechen):  # what is no table at all is said by its reader
        text = f"{flaechen} Flächen, aber {zeilen} Zeilen in der .dbf. Alle Teile aus einem Export nehmen."
        raise EingabeError([Problem(name, 0, "", text)])
    check_menge(flaechen, 1, name)


def _read_orte(inhalte: dict[str, bytes], name: str) -> list[int]:
    """Give where each record begins in the .shp, in bytes; records that share bytes are refused."""
    shx = inhalte["shx"][_KOPF:]
    zahlen = struct.unpack_from(f">{len(shx) // _EINTRAG * 2}i", shx)
    orte, laengen = zahlen[::2], zahlen[1::2]
    if min(laengen, default=0) < 0 or sum(laengen) * 2 > len(inhalte["shp"]):
        text = "der Index sagt mehr Bytes voraus, als die .shp hat. Alle Teile aus einem Export nehmen."
        raise EingabeError([Problem(_teilname(name, "shx"), 0, "", text)])
    return [ort * 2 for ort in orte]


def _read_geometrie(leser: Any, shp: bytes, platz: int, ort: int) -> BaseGeometry:  # noqa: ANN401  # pyshp is untyped
    """Give one area; `ValueError` where the bytes are none, or the index leads to another one's."""
    try:
        if ort < _KOPF or struct.unpack_from(">i", shp, ort)[0] != platz + 1:
            raise ValueError(UNLESBAR)
        form = leser.shape(platz)
        if form.shapeType == shapefile.NULL or not form.parts:
            return GeometryCollection()
        grenzen = [*form.parts, len(form.points)]
        ringe = [form.points[ab:bis] for ab, bis in itertools.pairwise(grenzen)]
        teile = [Polygon(aussen, loecher) for aussen, *loecher in shapefile.organize_polygon_rings(ringe)]
        return _split_beruehrung(teile[0] if len(teile) == 1 else MultiPolygon(teile))
    except (*_KAPUTT, ShapelyError) as fehler:
        raise ValueError(UNLESBAR) from fehler


def _split_beruehrung(flaeche: Polygon | MultiPolygon) -> BaseGeometry:
    """Give an area whose outer ring touches itself as OGC wants it, with a hole there; anything else as it is.

    ESRI allows such rings, and official files hold them. Only the way of writing may change: a ring that crosses
    itself has another area by its corners than by its surface, and stays invalid.
    """
    if shapely.is_valid(flaeche):
        return flaeche
    anders = shapely.make_valid(flaeche)
    gleich = math.isclose(anders.area, flaeche.area, rel_tol=_GLEICHE_FLAECHE)
    return anders if gleich and anders.geom_type in ("Polygon", "MultiPolygon") else flaeche
