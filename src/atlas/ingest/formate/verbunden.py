"""Merged cells of the data: their text holds in all their rows and columns, figures in them are nobody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from atlas.ingest.formate.raster import Raster


def fill_nach_unten(rumpf: pl.DataFrame, raster: Raster, ab: int) -> pl.DataFrame:
    """Write the text of merged cells into the rows below, in their first column; the rest stays one cell of its row.

    `rumpf` are the rows of the Raster from `ab` on. Rows have to be filled before any is dropped: one that is left
    would else take the text of another cell.
    """
    hohe = [(oben - ab, links, unten - ab) for oben, links, unten, _ in raster.verbunden if ab <= oben < unten]
    texte = {links: rumpf.to_series(links).to_list() for _, links, _ in hohe}
    for oben, links, unten in hohe:
        spalte = texte[links]
        for reihe in range(oben + 1, unten + 1):
            spalte[reihe] = spalte[reihe] or spalte[oben]
    return rumpf.with_columns(pl.Series(rumpf.columns[n], spalte, pl.String) for n, spalte in texte.items())


def fill_nach_rechts(daten: pl.DataFrame, raster: Raster, ab: int) -> pl.DataFrame:
    """Write the text of merged cells into their columns further right; `daten` has the columns zeile, c0, c1, ..."""
    breite = [(o, links, u, rechts) for o, links, u, rechts in raster.verbunden if ab <= o and links < rechts]
    texte = {n: daten[f"c{n}"].to_list() for _, links, _, rechts in breite for n in range(links, rechts + 1)}
    zeilen = raster.zeilen.to_list() if breite else []
    stelle_von = {zeile: stelle for stelle, zeile in enumerate(daten["zeile"])} if breite else {}
    for oben, links, unten, rechts in breite:
        stellen = [stelle_von[zeile] for zeile in zeilen[oben : unten + 1] if zeile in stelle_von]
        for spalte in (texte[n] for n in range(links + 1, rechts + 1)):
            for stelle in stellen:
                spalte[stelle] = spalte[stelle] or texte[links][stelle]
    return daten.with_columns(pl.Series(f"c{n}", spalte, pl.String) for n, spalte in texte.items())


def find_verbundene(raster: Raster, ab: int, behalten: list[int], zeilen: pl.Series) -> frozenset[tuple[int, int]]:
    """Give (line, place) of cells that belong to a merged cell of the data and are not its first.

    `zeilen` are the lines of the region: footnotes below it are merged over many columns, and no data.
    """
    if not raster.verbunden:
        return frozenset()
    stelle_von = {n: stelle for stelle, n in enumerate(behalten)}
    alle, gelesene = raster.zeilen.to_list(), set(zeilen)
    return frozenset(
        (alle[reihe], stelle_von[n])
        for oben, links, unten, rechts in raster.verbunden
        if oben >= ab
        for reihe in range(oben, min(unten + 1, len(alle)))
        for n in range(links, rechts + 1)
        if n in stelle_von and (reihe, n) != (oben, links) and alle[reihe] in gelesene
    )
