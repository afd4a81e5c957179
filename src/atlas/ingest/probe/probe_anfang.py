"""The beginning of a file in which the declared table was not found: lines as seen, sheets, heads if there are any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from atlas.config.models.datei import Aufbau, ExcelDatei
from atlas.errors import EingabeError
from atlas.ingest.formate.bereich import find_kopf
from atlas.ingest.formate.lesen import read_raster
from atlas.ingest.formate.raster import Raster, Rohtabelle, spaltenname
from atlas.zeichen import mask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.config.models.quellen import Quelle
    from atlas.errors import Problem

_ZEILEN_HOECHSTENS = 12
_ZEILEN_MIT_KOPF = 5
_MAPPEN = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_TEXTANFANG = 20_000
"""So many bytes are enough for the first lines of a text."""


@dataclass(frozen=True)
class Anfangszeile:
    """One line as it was seen: its number, how many fields it has, its cells with digits as 9."""

    zeile: int
    felder: int
    text: str


@dataclass(frozen=True)
class Blatt:
    """One sheet of a workbook, with the number of rows and columns in use."""

    name: str
    sichtbar: bool
    zeilen: int
    spalten: int


@dataclass(frozen=True)
class Anfang:
    """First lines with text; `tabelle` holds the heads (and no rows) if the header was found."""

    zeilen: tuple[Anfangszeile, ...]
    blaetter: tuple[Blatt, ...] = ()
    tabelle: Rohtabelle | None = None


def look_at_anfang(inhalt: bytes, name: str, quelle: Quelle, probleme: Iterable[Problem]) -> Anfang:
    """Show what can be seen of a file that cannot be read as declared: its first lines, and those with `probleme`."""
    blaetter = _list_blaetter(inhalt, name)
    try:
        raster = read_raster(inhalt, name, quelle.datei, quelle.zahl.dezimal)
    except EingabeError:
        ist_text = not inhalt.startswith(_MAPPEN) and not isinstance(quelle.datei, ExcelDatei)
        return Anfang(_lines(inhalt) if ist_text or not blaetter else (), blaetter)
    tabelle, ab = _find_tabelle(raster, quelle)
    return Anfang(
        _show_zeilen(raster, ab, _ZEILEN_MIT_KOPF if tabelle else _ZEILEN_HOECHSTENS, probleme), blaetter, tabelle
    )


def _find_tabelle(raster: Raster, quelle: Quelle) -> tuple[Rohtabelle | None, int]:
    """Give the heads, if the declared header is there, and the place of the first line to be shown."""
    if not isinstance(quelle.datei, Aufbau):
        return None, 0
    try:
        kopf = find_kopf(raster, quelle.datei)
    except EingabeError:
        return None, 0
    koepfe = [text or f"({spaltenname(n)})" for n, text in enumerate(kopf.koepfe)]
    buchstaben = [spaltenname(n) for n in range(len(koepfe))]
    leer = pl.DataFrame(schema={"zeile": pl.Int64} | {f"s{n}": pl.String for n in range(len(koepfe))})
    return Rohtabelle(raster.datei, raster.blatt, raster.zeilen[kopf.anfang], koepfe, buchstaben, leer), kopf.anfang


def _show_zeilen(raster: Raster, ab: int, hoechstens: int, probleme: Iterable[Problem]) -> tuple[Anfangszeile, ...]:
    weitere = {problem.zeile for problem in probleme}
    gezeigt: list[Anfangszeile] = []
    for stelle, satz in enumerate(raster.zellen.iter_rows()):
        zeile = raster.zeilen[stelle]
        if not any(zelle and zelle.strip() for zelle in satz):
            continue
        if zeile in weitere or (stelle >= ab and len(gezeigt) < hoechstens):
            zellen = [zelle for zelle in satz if zelle is not None]
            gezeigt.append(Anfangszeile(zeile, len(zellen), " | ".join(mask(zelle) for zelle in zellen)))
    return tuple(gezeigt[: hoechstens + 3])


def _lines(inhalt: bytes) -> tuple[Anfangszeile, ...]:
    """Give the first lines of a text whose encoding or fields are not as declared."""
    anfang = inhalt[:_TEXTANFANG]
    kodierungen = ("utf-16",) if anfang[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    text = anfang.decode("latin-1")
    for kodierung in kodierungen:
        try:
            text = anfang[: anfang.rfind(b"\n") + 1 or None].decode(kodierung)
            break
        except UnicodeDecodeError:
            continue
    zeilen = [(n, zeile) for n, zeile in enumerate(text.splitlines(), 1) if zeile.strip()]
    return tuple(Anfangszeile(n, 0, _mask_lang(zeile)) for n, zeile in zeilen[:_ZEILEN_HOECHSTENS])


def _mask_lang(zeile: str) -> str:
    return "".join(mask(zeile[n : n + 20]) for n in range(0, min(len(zeile), 200), 20))


def _list_blaetter(inhalt: bytes, name: str) -> tuple[Blatt, ...]:
    if not inhalt.startswith(_MAPPEN):
        return ()
    from atlas.ingest.formate.arbeitsmappe import list_blaetter

    try:
        return tuple(Blatt(*angaben) for angaben in list_blaetter(inhalt, name))
    except EingabeError:
        return ()
