"""Cells as text: a Raster is a file or sheet before its header is known, a Rohtabelle is the region below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Raster:
    """All cells of a text file or of one sheet, as text, before anything is known of header and end.

    `zellen` has the columns `c0`, `c1`, ... of strings: empty text is an empty cell, null a cell that the row does
    not have (a short row). `zeilen` gives the line or row of each row in the file, counted from 1. `verbunden` holds
    merged cells as (first row, first column, last row, last column), as places in `zellen`, counted from 0.
    `mehrzeilig`: some cells of a text file may reach over several lines.
    """

    datei: str
    blatt: str
    zellen: pl.DataFrame
    zeilen: pl.Series
    verbunden: tuple[tuple[int, int, int, int], ...] = ()
    mehrzeilig: bool = False


@dataclass(frozen=True)
class Rohtabelle:
    """The declared region of a Raster: header and its line, and one row of text per row below it.

    `df` has the columns `zeile` (Int64, the line in the file) and `s0`, `s1`, ... (stripped text, one for each head in
    `kopf`; `buchstaben` are their letters in the file). Where the cells of one column come from several columns of the
    file, `df` has a column `zelle` with their addresses. `randtexte` are the cells above the header and below the end,
    and the name of the sheet. `verbunden` are the lines and places of merged cells in the region: (`zeile`, n) is a
    cell that belongs to a merged one and is not its first; in `df` it has the text of the whole.

    What was left out between header and end is counted by reason: `uebersprungen` (by pattern; `treffer` are the
    patterns that hit), `zwischentitel`, `versteckt` (hidden, only of sheets); `ausgelassene` are the rows of the first
    two, first those skipped. `nach_ende` counts the filled rows from the declared end on.
    """

    datei: str
    blatt: str
    kopfzeile: int
    kopf: list[str]
    buchstaben: list[str]
    df: pl.DataFrame
    randtexte: tuple[str, ...] = ()
    verbunden: frozenset[tuple[int, int]] = frozenset()
    uebersprungen: int = 0
    zwischentitel: int = 0
    versteckt: int = 0
    nach_ende: int = 0
    treffer: frozenset[str] = frozenset()
    ausgelassene: pl.DataFrame | None = None

    def find_ort(self, zeile: int) -> str:
        """Say on which sheet a line is; empty for text files."""
        return f"Blatt »{self.blatt}«" if self.blatt and zeile else ""


def spaltenname(stelle: int) -> str:
    """Give the letters of a column as spreadsheets do: 0 is A, 26 is AA."""
    name = ""
    stelle += 1
    while stelle:
        stelle, ziffer = divmod(stelle - 1, 26)
        name = chr(ord("A") + ziffer) + name
    return name
