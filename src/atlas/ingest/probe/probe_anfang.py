"""The beginning of a file in which the declared table was not found: lines as seen, sheets, heads if there are any."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import polars as pl

from atlas.config.models.datei import Aufbau, ExcelDatei
from atlas.errors import EingabeError
from atlas.ingest.formate.bereich import find_kopf
from atlas.ingest.formate.lesen import read_raster
from atlas.ingest.formate.raster import Raster, Rohtabelle, spaltenname
from atlas.zeichen import TEIL, hide_zahlen_der_zeile, is_text, shorten, shorten_mitte

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.config.models.quellen import Quelle
    from atlas.errors import Problem

_ZEILEN_HOECHSTENS = 12
_ZEILEN_MIT_KOPF = 5
_ZELLE_HOECHSTENS = 140
_ZEILE_HOECHSTENS = 1000
_MAPPEN = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_TEXTANFANG = 20_000
"""So many bytes are enough for the first lines of a text."""


@dataclass(frozen=True)
class Anfangszeile:
    """One line as it was seen: its number, how many fields it has, its cells with digits as 9 but in years."""

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
            gezeigt.append(Anfangszeile(zeile, len(zellen), _join_zellen(zellen)))
    return tuple(gezeigt[: hoechstens + 3])


def _join_zellen(zellen: list[str]) -> str:
    """Give the cells of a row with the figures hidden; of equal neighbours, as in headers, one and their number.

    Whether two figures are equal is not said: those of one shape are counted together.
    """
    glatt = [" ".join(zelle.split()) for zelle in zellen]
    paare = zip(glatt, hide_zahlen_der_zeile(glatt), strict=True)
    gezeigt = []
    for (_, zelle), gleiche in groupby(paare, key=lambda paar: (paar[0] if is_text(paar[1]) else "", paar[1])):
        anzahl = len(list(gleiche))
        mal = f"{anzahl} " if anzahl > 1 else ""
        text = f"{shorten_mitte(zelle, _ZELLE_HOECHSTENS)}{f' ({anzahl}-mal)' if mal else ''}"
        gezeigt.append(text if zelle else f"({mal}leer)")
    return shorten(TEIL.join(gezeigt), _ZEILE_HOECHSTENS)


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
    return tuple(Anfangszeile(n, 0, _show_zeile(zeile)) for n, zeile in zeilen[:_ZEILEN_HOECHSTENS])


def _show_zeile(zeile: str) -> str:
    """Show a line whose separator nobody knows: each possible one parts it."""
    return shorten("".join(hide_zahlen_der_zeile(re.split(r"([;,\t|])", zeile))), _ZEILE_HOECHSTENS)


def _list_blaetter(inhalt: bytes, name: str) -> tuple[Blatt, ...]:
    if not inhalt.startswith(_MAPPEN):
        return ()
    from atlas.ingest.formate.arbeitsmappe import list_blaetter

    try:
        return tuple(Blatt(*angaben) for angaben in list_blaetter(inhalt, name))
    except EingabeError:
        return ()
