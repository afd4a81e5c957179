"""Quotes in delimited text: what they enclose is one field, whatever separators and line ends stand inside.

The csv module reads that strictly, but slowly and with much memory. So it gets only those lines that no pattern can
split: a field over several lines, and quotes that do not match, for which it raises. Everything here means exactly
what it means to the csv module alone (`tests/ingest/test_textdatei.py` compares the two).
"""

from __future__ import annotations

import csv
import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from atlas.errors import EingabeError, Problem
from atlas.ingest.formate.zeilengruppe import Zeilengruppe

if TYPE_CHECKING:
    from collections.abc import Iterator

LAENGSTES_FELD: Final = 131_072
"""The limit of the csv module, kept for text without quotes too: a longer cell is no cell of a table."""
_BLOCK: Final = 64
"""Lines handed to the csv module at a time: often only one of them is wanted."""

_ZU_LANG: Final = "ein Feld ist länger als 131.072 Zeichen. Kürzen oder neu exportieren."
_OFFEN: Final = (
    "hier beginnt eine Zeile, in der ein Anführungszeichen nicht geschlossen ist oder mitten in einem Feld "
    "steht. Neu exportieren; in Texten wird ein Anführungszeichen verdoppelt."
)


class Saetze(NamedTuple):
    """Records that the csv module has read: number of the first line, number of lines, and fields of each."""

    nummern: list[int]
    laengen: list[int]
    felder: list[list[str]]

    def find_belegte(self, anzahl: int) -> pl.Series:
        """Tell of each of so many lines whether it belongs to one of these records."""
        belegte = pl.repeat(value=False, n=anzahl, dtype=pl.Boolean, eager=True)
        paare = zip(self.nummern, self.laengen, strict=True)
        stellen = [stelle for nummer, laenge in paare for stelle in range(nummer - 1, nummer - 1 + laenge)]
        return belegte.scatter(stellen, values=True) if stellen else belegte


def find_glatte(zeilen: pl.Series, trenner: str) -> pl.Series:
    """Tell which lines stay the same rows without their quotes: these enclose whole fields and hide no separator."""
    return _fits_felder(zeilen, f'(?:"[^"{re.escape(trenner)}]*"|[^"{re.escape(trenner)}]*)', trenner)


def _fits_felder(zeilen: pl.Series, feld: str, trenner: str) -> pl.Series:
    return zeilen.str.contains(f"^{feld}(?:{re.escape(trenner)}{feld})*$")


def read_saetze(zeilen: pl.Series, glatte: pl.Series, lange: pl.Series, name: str, trenner: str) -> Saetze:
    """Read what is no row in itself, or may hold a field too long, with all lines that follow inside quotes.

    A quote inside a field that does not begin with one is text. Raises `EingabeError` for quotes that do not match and
    for fields that are too long, with the line on which the record begins.
    """
    ganze = glatte | _fits_felder(zeilen, _feld(trenner), trenner) if not glatte.all() else glatte
    saetze = Saetze([], [], [])
    strom = _Strom(zeilen)
    leser = csv.reader(strom.iter_zeilen(), delimiter=trenner, strict=True)
    for stelle in (lange | ~ganze).arg_true():
        if stelle < strom.stelle:
            continue
        strom.stelle = stelle
        try:
            saetze.felder.append(next(leser))
        except csv.Error as fehler:
            text = _ZU_LANG if "field limit" in str(fehler) else _OFFEN
            raise EingabeError([Problem(name, stelle + 1, "", text)]) from fehler
        saetze.nummern.append(stelle + 1)
        saetze.laengen.append(strom.stelle - stelle)
    return saetze


class _Strom:
    """Lines with their ends, from the place on that is set; `stelle` is the next one, counted from 0."""

    def __init__(self, zeilen: pl.Series) -> None:
        self.stelle = 0
        self._zeilen = zeilen

    def iter_zeilen(self) -> Iterator[str]:
        """Give line after line."""
        anfang, block = 0, list[str]()
        while self.stelle < self._zeilen.len():
            if not 0 <= self.stelle - anfang < len(block):
                anfang = self.stelle
                block = self._zeilen.slice(anfang, _BLOCK).to_list()
            self.stelle += 1
            yield f"{block[self.stelle - 1 - anfang]}\n"


def split_saetze(saetze: Saetze) -> Zeilengruppe:
    """Give the records that the csv module has read as columns."""

    def split(breite: int) -> pl.DataFrame:
        spalten = list(zip_longest(*saetze.felder))
        leere = [[None] * len(saetze.felder)] * (breite - len(spalten))
        return pl.DataFrame([pl.Series(f"c{n}", spalte, pl.String) for n, spalte in enumerate([*spalten, *leere])])

    felder = pl.Series([len(satz) for satz in saetze.felder], dtype=pl.Int64)
    return Zeilengruppe(pl.Series("zeile", saetze.nummern, pl.Int64), felder, split)


def split_gequotete(zeilen: pl.Series, nummern: pl.Series, trenner: str) -> Zeilengruppe:
    """Split lines with quotes that are rows in themselves."""
    felder = (trenner + zeilen).str.extract_all(re.escape(trenner) + _feld(trenner))
    zelle = pl.col("zelle")
    anfang = len(trenner) + 1
    text = (
        pl.when(zelle.str.starts_with(f'{trenner}"'))
        .then(zelle.str.slice(anfang).str.head(-1).str.replace_all('""', '"', literal=True))
        .otherwise(zelle.str.slice(len(trenner)))
    )

    def split(breite: int) -> pl.DataFrame:
        roh = (felder.list.get(n, null_on_oob=True).to_frame("zelle") for n in range(breite))
        return pl.DataFrame([spalte.select(text.alias(f"c{n}"))[f"c{n}"] for n, spalte in enumerate(roh)])

    return Zeilengruppe(nummern, felder.list.len(), split)


def _feld(trenner: str) -> str:
    """Give the pattern of a field on one line: quoted, or beginning with another sign, or empty."""
    ausser = f"[^{re.escape(trenner)}]"
    return f'(?:"(?:[^"]|"")*"|(?:[^"{re.escape(trenner)}]{ausser}*)?)'
