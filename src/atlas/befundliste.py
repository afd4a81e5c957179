"""Open findings as text for the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from atlas.store import read_tabelle
from atlas.tables.ergebnis import Befunde
from atlas.zahlwort import count

if TYPE_CHECKING:
    from atlas.projekt import Projekt

HOECHSTENS = 15
"""So many lines are printed; the table Befunde has all findings."""
JE_CODE = 5
"""So many findings of one code are printed, so that a frequent one does not hide the others."""
_SCHWEREGRAD = {"fehler": 0, "warnung": 1, "hinweis": 2}


@dataclass(frozen=True)
class _Zeile:
    """A printed line and how many findings it stands for."""

    text: str
    anzahl: int


def format_fehler(projekt: Projekt) -> str:
    """Give the message of an open Fehler: the first findings with their place, and where the rest is."""
    befunde = read_tabelle(projekt, Befunde).filter(pl.col("schwere") == "fehler")
    anzahl = count(befunde.height, "offener Fehler", "offene Fehler")
    zeilen = [f"{anzahl} in den Daten; die letzten Berichte bleiben, wie sie sind."]
    zeilen += [f"  {zeile}" for zeile in format_gekuerzt(befunde)]
    if befunde.height > len(zeilen) - 1:
        zeilen.append("  Alle stehen in data/processed/validate/Befunde.parquet.")
    return "\n".join(zeilen)


def format_weitere(projekt: Projekt) -> tuple[str, ...]:
    """Give the findings that stop nothing, one line each: Warnungen first, then Hinweise."""
    return tuple(format_gekuerzt(read_tabelle(projekt, Befunde).filter(pl.col("schwere") != "fehler")))


def format_gekuerzt(befunde: pl.DataFrame) -> list[str]:
    """Give at most `HOECHSTENS` lines: severity, code, year, Raum and cell decide the order, `JE_CODE` of each code."""
    zeilen: list[_Zeile] = []
    for (code,), gleiche in _sort(befunde).group_by("code", maintain_order=True):
        zeilen += [_Zeile(_format_einen(zeile), 1) for zeile in gleiche.head(JE_CODE).iter_rows(named=True)]
        weitere = gleiche.height - JE_CODE
        zeilen += [_Zeile(f"… und {weitere} weitere {code}", weitere)] if weitere > 0 else []
    if len(zeilen) > HOECHSTENS:
        gezeigt = zeilen[: HOECHSTENS - 1]
        uebrig = befunde.height - sum(zeile.anzahl for zeile in gezeigt)
        zeilen = [*gezeigt, _Zeile(f"… und {count(uebrig, 'weiterer Befund', 'weitere Befunde')}", uebrig)]
    return [zeile.text for zeile in zeilen]


def _sort(befunde: pl.DataFrame) -> pl.DataFrame:
    """Order findings as a person looks for them; `C9` stands before `C10`."""
    return befunde.sort(
        pl.col("schwere").replace_strict(_SCHWEREGRAD, return_dtype=pl.Int64),
        "code",
        "jahr",
        "raum_id",
        pl.col("zelle").str.len_chars(),
        "zelle",
        "text",
    )


def _format_einen(zeile: dict[str, object]) -> str:
    stelle = " ".join(str(zeile[name]) for name in ("lieferung_id", "zelle") if zeile[name])
    return f"{zeile['code']} {stelle + ': ' if stelle else ''}{zeile['text']}"
