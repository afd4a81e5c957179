"""Delimited text as a Raster: every cell as text, every row with its line, short rows seen as short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from atlas.errors import EingabeError, Problem
from atlas.ingest.formate.anfuehrung import LAENGSTES_FELD, find_glatte, read_saetze, split_gequotete, split_saetze
from atlas.ingest.formate.kodierung import read_zeilen
from atlas.ingest.formate.raster import Raster
from atlas.ingest.formate.zeilengruppe import Zeilengruppe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.config.models.datei import Trenner, Zeichensatz

MEISTE_FELDER: Final = 16_384
"""As many columns as a spreadsheet has; a line with more is no row of a table."""
MEISTE_ZELLEN: Final = 60_000_000
"""A million rows of 50 columns and more; every row gets as many cells as the widest has, and each takes memory."""


def read_textraster(inhalt: bytes, name: str, zeichensatz: Zeichensatz, trenner: Trenner) -> Raster:
    """Decode and split a delivered text file.

    Raises `EingabeError` for whatever `read_zeilen` refuses, quotes that do not match, and absurd lengths.
    """
    zeilen = read_zeilen(inhalt, name, zeichensatz)
    if zeilen.is_empty():
        return Raster(name, "", pl.DataFrame(), pl.Series("zeile", [], pl.Int64))
    nummern = pl.int_range(1, zeilen.len() + 1, dtype=pl.Int64, eager=True).alias("zeile")
    gruppen = list(_split(zeilen, nummern, name, trenner))
    breite = max(gruppe.breite for gruppe in gruppen)
    _check_groesse(gruppen, breite, name)
    zellen, nummern = _join(gruppen, breite)
    return Raster(name, "", zellen, nummern, mehrzeilig=zellen.height < zeilen.len())


def _check_groesse(gruppen: list[Zeilengruppe], breite: int, name: str) -> None:
    """Refuse what would take all memory, before anything is split, with the first of the widest lines."""
    hoehe = sum(gruppe.nummern.len() for gruppe in gruppen)
    if breite <= MEISTE_FELDER and breite * hoehe <= MEISTE_ZELLEN:
        return
    stelle = min(gruppe.breiteste for gruppe in gruppen if gruppe.breite == breite)
    text = f"die Zeile hat {breite} Felder, das ist keine Tabelle. datei.trenner prüfen."
    if breite <= MEISTE_FELDER:
        text = (
            f"die Zeile hat {breite} Felder, keine hat mehr; bei {hoehe} Zeilen sind das über {MEISTE_ZELLEN // 10**6} "
            "Millionen Zellen. Die Zeile berichtigen lassen, datei.trenner prüfen oder die Datei teilen."
        )
    raise EingabeError([Problem(name, stelle, "", text)])


def _split(zeilen: pl.Series, nummern: pl.Series, name: str, trenner: str) -> Iterator[Zeilengruppe]:
    """Split lines in the fastest way each allows: quotes round whole fields are simply dropped if they hide nothing."""
    lange = zeilen.str.len_bytes() > LAENGSTES_FELD
    if not (lange.any() or zeilen.str.contains('"', literal=True).any()):
        yield _split_glatte(zeilen, nummern, trenner)
        return
    glatte = find_glatte(zeilen, trenner)
    saetze = read_saetze(zeilen, glatte, lange, name, trenner)
    if saetze.nummern:
        yield split_saetze(saetze)
        frei = ~saetze.find_belegte(zeilen.len())
        zeilen, nummern, glatte = zeilen.filter(frei), nummern.filter(frei), glatte.filter(frei)
    if glatte.any():
        yield _split_glatte(
            zeilen.filter(glatte).str.replace_all('"', "", literal=True), nummern.filter(glatte), trenner
        )
    if not glatte.all():
        yield split_gequotete(zeilen.filter(~glatte), nummern.filter(~glatte), trenner)


def _split_glatte(zeilen: pl.Series, nummern: pl.Series, trenner: str) -> Zeilengruppe:
    """Split lines without quotes."""
    felder = zeilen.str.count_matches(trenner, literal=True) + 1
    return Zeilengruppe(nummern, felder, lambda breite: zeilen.str.split_exact(trenner, breite - 1).struct.unnest())


def _join(gruppen: list[Zeilengruppe], breite: int) -> tuple[pl.DataFrame, pl.Series]:
    """Give the cells of all lines and their numbers, in the order of the file."""
    if len(gruppen) == 1:
        return gruppen[0].split_in(breite), gruppen[0].nummern
    df = pl.concat([gruppe.split_in(breite).with_columns(gruppe.nummern) for gruppe in gruppen]).sort("zeile")
    return df.drop("zeile"), df["zeile"]
