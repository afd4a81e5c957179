"""The plain minimum-count rule: which Indikatorwerte rest on too few cases.

It looks at every term of a Zaehler or Nenner, not only at their sum: a balance of two large flows is no
small count, and a sum that hides a small summand is. There is no complementary suppression yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from atlas.tables.listen import FLAECHE_HA

if TYPE_CHECKING:
    from atlas.core.verfahren import Freigaberegel

_SCHLUESSEL = ("raum_id", "jahr", "indikator")


def find_kleine_terme(terme: pl.DataFrame, regel: Freigaberegel) -> pl.DataFrame:
    """Give (raum_id, jahr, indikator, seite) with a term of 1 to below the minimum count.

    Delivered rates (`art` wert) and areas are no counts and never small. A sum of ages is large with few people; they
    are a term of its Nenner, which the configuration demands.
    """
    ist_zahl = (pl.col("art") != "wert") & (pl.col("merkmal") != FLAECHE_HA)
    klein = (pl.col("wert") > 0) & (pl.col("wert") < regel.mindestfallzahl)
    return terme.filter(ist_zahl & klein).select(*_SCHLUESSEL, "seite").unique()


def find_gesperrte(
    indikatorwerte: pl.DataFrame, kleine_terme: pl.DataFrame, bevoelkerung: pl.DataFrame, regel: Freigaberegel
) -> pl.DataFrame:
    """Give (raum_id, jahr, indikator) of the values that must not be shown.

    Reasons: a small term; a share whose complement is small; a Nenner, or for delivered rates the
    population of the Raum, below the minimum. An unknown population protects nobody and counts as none. A count (`art`
    anzahl) has no Nenner: its terms alone decide.
    """
    rest = pl.col("nenner") - pl.col("zaehler")
    kleiner_rest = (pl.col("art") == "anteil") & (rest > 0) & (rest < regel.mindestfallzahl)
    fertig = pl.col("art") == "wert"
    basis = pl.when(fertig).then(pl.col("bevoelkerung").fill_null(0.0)).otherwise(pl.col("nenner"))
    kleine_basis = (pl.col("art") != "dichte") & (basis < regel.mindestnenner)
    weitere = (
        indikatorwerte.join(bevoelkerung, on=["raum_id", "jahr"], how="left", validate="m:1")
        .filter(pl.col("wert").is_not_null() & (kleiner_rest | kleine_basis).fill_null(value=False))
        .select(_SCHLUESSEL)
    )
    return pl.concat([kleine_terme.select(_SCHLUESSEL), weitere]).unique()
