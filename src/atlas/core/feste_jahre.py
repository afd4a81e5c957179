"""Indikatoren that show a year of their own: in an Index their one value stands for every later year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping


def repeat_feste(df: pl.DataFrame, feste_jahre: Mapping[str, int], jahre: pl.Series) -> pl.DataFrame:
    """Give rows (raum_id, jahr, indikator, ...) in which such an Indikator has its own year's row in every year.

    It has none before that year, and what was delivered for other years does not count; `jahre` are the years there
    are. A census of 2022 is part of the Index of 2025, but of none of 2021.
    """
    if not feste_jahre:
        return df
    eigenes = pl.col("indikator").replace_strict(feste_jahre, default=None, return_dtype=pl.Int64)
    mit_jahr = df.with_columns(eigenes=eigenes)
    feste = mit_jahr.filter(pl.col("jahr") == pl.col("eigenes")).drop("jahr")
    wiederholt = feste.join(pl.DataFrame({"jahr": jahre.unique().sort()}), how="cross").filter(
        pl.col("jahr") >= pl.col("eigenes")
    )
    return pl.concat([mit_jahr.filter(pl.col("eigenes").is_null()).select(df.columns), wiederholt.select(df.columns)])
