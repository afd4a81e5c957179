"""Open findings as text for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from atlas.store import read_tabelle
from atlas.tables.ergebnis import Befunde
from atlas.zahlwort import count

if TYPE_CHECKING:
    from atlas.projekt import Projekt

HOECHSTENS = 15
"""So many findings are printed; the table Befunde has them all."""


def format_fehler(projekt: Projekt) -> str:
    """Give the message of an open Fehler: the first findings with their place, and where the rest is."""
    befunde = read_tabelle(projekt, Befunde).filter(pl.col("schwere") == "fehler")
    anzahl = count(befunde.height, "offener Fehler", "offene Fehler")
    zeilen = [f"{anzahl} in den Daten; die letzten Berichte bleiben, wie sie sind."]
    zeilen += [f"  {_format_einen(zeile)}" for zeile in befunde.head(HOECHSTENS).iter_rows(named=True)]
    if befunde.height > HOECHSTENS:
        zeilen.append(f"  … und {befunde.height - HOECHSTENS} weitere: data/processed/validate/Befunde.parquet")
    return "\n".join(zeilen)


def format_weitere(projekt: Projekt) -> tuple[str, ...]:
    """Give the findings that stop nothing, one line each: Warnungen first, then Hinweise."""
    befunde = read_tabelle(projekt, Befunde).filter(pl.col("schwere") != "fehler").sort("schwere", descending=True)
    zeilen = [_format_einen(zeile) for zeile in befunde.head(HOECHSTENS).iter_rows(named=True)]
    weitere = [f"… und {befunde.height - HOECHSTENS} weitere"] if befunde.height > HOECHSTENS else []
    return (*zeilen, *weitere)


def _format_einen(zeile: dict[str, object]) -> str:
    stelle = " ".join(str(zeile[name]) for name in ("lieferung_id", "zelle") if zeile[name])
    return f"{zeile['code']} {stelle + ': ' if stelle else ''}{zeile['text']}"
