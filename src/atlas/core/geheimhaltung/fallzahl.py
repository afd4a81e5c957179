"""The plain minimum-count rule: which Indikatorwerte rest on too few cases.

It looks at every term of a Zaehler or Nenner, not only at their sum: a balance of two large flows is no
small count, and a sum that hides a small summand is. There is no complementary suppression yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from atlas.tables.listen import FLAECHE_HA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.core.verfahren import Freigaberegel

_SCHLUESSEL = ("raum_id", "jahr", "indikator")
_MIT_REST: Final = ("anteil", "rate")
"""Quotients whose Zaehler may be a part of the Nenner, whatever their factor: a quota of places is a rate, too."""


def find_kleine_terme(terme: pl.DataFrame, regel: Freigaberegel) -> pl.DataFrame:
    """Give (raum_id, jahr, indikator, seite) with a term of 1 to below the minimum count.

    Areas and delivered rates (`art` wert) are no counts and never small, and what the rule exempts may be small. But
    delivered figures that are whole in every Raum and year are taken for counts, whatever they are called. A sum
    of ages is large with few people; they are a term of its Nenner, which the configuration demands. Where a side takes
    figures of a Merkmal and a year away from others of the same, a part away from its whole, what is left is a count of
    people like any other and is looked at, too.
    """
    nur_ganze = (pl.col("wert") == pl.col("wert").round()).all().over("indikator")
    ist_zahl = ((pl.col("art") != "wert") | nur_ganze) & (pl.col("merkmal") != FLAECHE_HA)
    geschuetzt = ~pl.col("merkmal").is_in(sorted(regel.ohne_schutz))
    klein = (pl.col("wert") > 0) & (pl.col("wert") < regel.mindestfallzahl)
    gezaehlte = terme.filter(ist_zahl & geschuetzt)
    kleine = pl.concat([df.filter(klein).select(*_SCHLUESSEL, "seite") for df in (gezaehlte, _sum_reste(gezaehlte))])
    return kleine.unique()


def _sum_reste(terme: pl.DataFrame) -> pl.DataFrame:
    """Sum the terms of one Merkmal and year of a side where some count and some are taken away: as `wert`, unsigned."""
    betrag = (pl.col("wert") * pl.col("vorzeichen")).sum().abs()
    return (
        terme.group_by(*_SCHLUESSEL, "seite", "merkmal", "jahresversatz")
        # Sums of parts of an age are not exact: nothing is left must not become something.
        .agg(wert=betrag.round(6), vorzeichen=pl.col("vorzeichen").n_unique(), luecke=pl.col("wert").is_null().any())
        .filter((pl.col("vorzeichen") > 1) & ~pl.col("luecke"))
    )


def find_schutzlose(formelterme: pl.DataFrame, regel: Freigaberegel) -> list[str]:
    """Name the Indikatoren made of exempt Merkmale alone: the complement of such a quotient is exempt as well."""
    befreit = pl.col("merkmal").is_in(sorted(regel.ohne_schutz)).all()
    return formelterme.group_by("indikator", maintain_order=True).agg(befreit).filter("merkmal")["indikator"].to_list()


def find_gesperrte(
    indikatorwerte: pl.DataFrame,
    kleine_terme: pl.DataFrame,
    bevoelkerung: pl.DataFrame,
    regel: Freigaberegel,
    schutzlose: Sequence[str] = (),
) -> pl.DataFrame:
    """Give (raum_id, jahr, indikator) of the values that must not be shown.

    Reasons: a small term; a share or rate whose complement is small, unless it is one of the `schutzlose`; a Nenner
    (exempt or not), or for delivered rates the population of the Raum, below the minimum. An unknown population
    protects nobody and counts as none. A count (`art` anzahl) has no Nenner: its terms alone decide.
    """
    rest = (pl.col("nenner") - pl.col("zaehler")).round(6)  # sums of parts of an age are not exact
    hat_rest = pl.col("art").is_in(_MIT_REST) & ~pl.col("indikator").is_in(list(schutzlose))
    kleiner_rest = hat_rest & (rest > 0) & (rest < regel.mindestfallzahl)
    fertig = pl.col("art") == "wert"
    basis = pl.when(fertig).then(pl.col("bevoelkerung").fill_null(0.0)).otherwise(pl.col("nenner"))
    kleine_basis = (pl.col("art") != "dichte") & (basis < regel.mindestnenner)
    weitere = (
        indikatorwerte.join(bevoelkerung, on=["raum_id", "jahr"], how="left", validate="m:1")
        .filter(pl.col("wert").is_not_null() & (kleiner_rest | kleine_basis).fill_null(value=False))
        .select(_SCHLUESSEL)
    )
    return pl.concat([kleine_terme.select(_SCHLUESSEL), weitere]).unique()
