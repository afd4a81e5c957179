"""Delimited text as a Raster: every cell as text, every row with its line, short rows seen as short."""

from __future__ import annotations

import csv
import io
from itertools import zip_longest
from typing import TYPE_CHECKING

import polars as pl

from atlas.errors import EingabeError, Problem
from atlas.ingest.formate.kodierung import decode, read_zeilen
from atlas.ingest.formate.raster import Raster

if TYPE_CHECKING:
    from atlas.config.models.datei import Trenner, Zeichensatz

LAENGSTES_FELD = 131_072
"""The limit of the csv module, kept for text without quotes too: a longer cell is no cell of a table."""
MEISTE_FELDER = 16_384
"""As many columns as a spreadsheet has; a line with more is no row of a table."""

_ZU_LANG = "ein Feld ist länger als 131.072 Zeichen. Kürzen oder neu exportieren."
_OFFEN = (
    "hier beginnt eine Zeile, in der ein Anführungszeichen nicht geschlossen ist oder mitten in einem Feld "
    "steht. Neu exportieren; in Texten wird ein Anführungszeichen verdoppelt."
)


def read_textraster(inhalt: bytes, name: str, zeichensatz: Zeichensatz, trenner: Trenner) -> Raster:
    """Decode and split a delivered text file.

    Raises `EingabeError` for whatever `decode` refuses, quotes that do not match, and absurd lengths.
    """
    utf8 = decode(inhalt, name, zeichensatz)
    return _split_mit_quotes(utf8, name, trenner) if b'"' in utf8 else _split_ohne_quotes(utf8, name, trenner)


def _split_ohne_quotes(utf8: bytes, name: str, trenner: str) -> Raster:
    """Split lines in which no quote can hide a separator or a line end."""
    zeilen = read_zeilen(utf8)
    if zeilen.is_empty():
        return Raster(name, "", pl.DataFrame(), pl.Series("zeile", [], pl.Int64))
    lange = (zeilen.str.len_bytes() > LAENGSTES_FELD).arg_true()
    for stelle in lange:
        if max(map(len, zeilen[stelle].split(trenner))) > LAENGSTES_FELD:
            raise EingabeError([Problem(name, stelle + 1, "", _ZU_LANG)])
    trennungen = zeilen.str.count_matches(trenner, literal=True)
    breite = 1 + max(trennungen.unique())
    _check_breite(breite, name, int(trennungen.arg_max() or 0) + 1)
    zellen = zeilen.str.split_exact(trenner, breite - 1).struct.unnest()
    zellen.columns = [f"c{n}" for n in range(breite)]
    nummern = pl.int_range(1, zeilen.len() + 1, dtype=pl.Int64, eager=True).alias("zeile")
    return Raster(name, "", zellen, nummern)


def _split_mit_quotes(utf8: bytes, name: str, trenner: str) -> Raster:
    """Split by the csv module, which refuses stray quotes and counts the lines inside quoted fields."""
    strom = io.TextIOWrapper(io.BytesIO(utf8), encoding="utf-8", newline="")
    leser = csv.reader(strom, delimiter=trenner, strict=True)
    nummern: list[int] = []
    saetze: list[list[str]] = []
    nummer = 1
    try:
        for satz in leser:
            saetze.append(satz or [""])
            nummern.append(nummer)
            nummer = leser.line_num + 1
    except csv.Error as fehler:
        zu_lang = "field limit" in str(fehler)
        raise EingabeError([Problem(name, nummer, "", _ZU_LANG if zu_lang else _OFFEN)]) from fehler
    breite = max(map(len, saetze))
    _check_breite(breite, name, nummern[max(range(len(saetze)), key=lambda n: len(saetze[n]))])
    spalten = list(zip_longest(*saetze))
    zellen = pl.DataFrame({f"c{n}": spalten[n] for n in range(breite)}, dict.fromkeys(_namen(breite), pl.String))
    return Raster(name, "", zellen, pl.Series("zeile", nummern, pl.Int64), mehrzeilig=len(saetze) != utf8.count(b"\n"))


def _namen(breite: int) -> list[str]:
    return [f"c{n}" for n in range(breite)]


def _check_breite(breite: int, name: str, zeile: int) -> None:
    if breite > MEISTE_FELDER:
        text = f"die Zeile hat {breite} Felder, das ist keine Tabelle. datei.trenner prüfen."
        raise EingabeError([Problem(name, zeile, "", text)])
