"""Counts carried upwards: a parent is the sum of its children when all of them are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from atlas.tables.ergebnis import Merkmalswerte
from atlas.tables.listen import FLAECHE_HA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pandera.typing.polars import DataFrame

    from atlas.tables.katalog import Formelterme, Indikatorkatalog
    from atlas.tables.messung import Messwerte
    from atlas.tables.raum import Raeume

_SCHLUESSEL = ("jahr", "merkmal", "gruppe")


def compute_merkmalswerte(
    messwerte: DataFrame[Messwerte],
    raeume: DataFrame[Raeume],
    katalog: DataFrame[Indikatorkatalog],
    formelterme: DataFrame[Formelterme],
) -> DataFrame[Merkmalswerte]:
    """Give every Merkmal on every level: as delivered, else summed from the children.

    A sum needs every child (`sum_if_complete`); otherwise it is null with the status of what is missing.
    What was delivered as a rate is never summed: its parents are `nicht_aggregierbar`. The area of a
    Raum joins as the Merkmal `flaeche_ha` of every year, in hectares.
    """
    geliefert = messwerte.select("raum_id", *_SCHLUESSEL, "wert", "status")
    fertige = formelterme.join(katalog.filter(pl.col("art") == "wert"), on=["indikator", "gueltig_ab"], how="semi")
    ist_rate = pl.struct("merkmal", "gruppe").is_in(
        fertige.select(pl.struct("merkmal", "gruppe")).to_series().implode()
    )
    werte = geliefert.with_columns(rate=ist_rate)
    mit_tiefe = _add_tiefe(raeume)
    for tiefe in range(max(mit_tiefe["tiefe"].to_list()), 0, -1):
        kinder = mit_tiefe.filter(tiefe=tiefe).drop("tiefe")
        summen = _sum_if_complete(werte.join(kinder, on="raum_id", validate="m:1"), kinder)
        neue = summen.join(werte, on=["raum_id", *_SCHLUESSEL], how="anti")
        werte = pl.concat([werte, neue.select(werte.columns)])
    alle = pl.concat([werte.drop("rate"), _flaechen(raeume, messwerte)])
    return Merkmalswerte.make(alle)


def tiefen(raeume: DataFrame[Raeume]) -> dict[str, int]:
    """Give the depth of every Raum: 0 at the root."""
    eltern = dict(raeume.select("raum_id", "uebergeordnet_id").iter_rows())
    return {raum_id: len(list(_vorfahren(raum_id, eltern))) for raum_id in eltern}


def _vorfahren(raum_id: str, eltern: dict[str, str | None]) -> Iterator[str]:
    oben = eltern[raum_id]
    while oben is not None:
        yield oben
        oben = eltern[oben]


def _add_tiefe(raeume: DataFrame[Raeume]) -> pl.DataFrame:
    """Give every Raum with its parent, the number of siblings and its depth: raum_id, eltern, geschwister, tiefe."""
    je_raum = pl.DataFrame(list(tiefen(raeume).items()), {"raum_id": pl.String, "tiefe": pl.Int64}, orient="row")
    return (
        raeume.select("raum_id", eltern="uebergeordnet_id")
        .with_columns(geschwister=pl.len().over("eltern"))
        .join(je_raum, on="raum_id", validate="1:1")
    )


def _sum_if_complete(werte: pl.DataFrame, kinder: pl.DataFrame) -> pl.DataFrame:
    """Sum the children per parent, year, Merkmal and group; null with a status unless all are known."""
    anzahl = kinder.select(raum_id="eltern", geschwister="geschwister").unique()
    summen = (
        werte.sort("eltern", "raum_id", *_SCHLUESSEL)
        .group_by("eltern", *_SCHLUESSEL, maintain_order=True)
        .agg(
            summe=pl.col("wert").sum(),
            bekannt=pl.col("wert").is_not_null().sum(),
            grund=pl.col("status").filter(pl.col("wert").is_null()).min(),
            rate=pl.col("rate").first(),
        )
        .rename({"eltern": "raum_id"})
        .join(anzahl, on="raum_id", validate="m:1")
    )
    vollstaendig = (pl.col("bekannt") == pl.col("geschwister")) & ~pl.col("rate")
    return summen.with_columns(
        wert=pl.when(vollstaendig).then(pl.col("summe")),
        status=pl.when(pl.col("rate"))
        .then(pl.lit("nicht_aggregierbar"))
        .when(vollstaendig)
        .then(pl.lit("beobachtet"))
        .otherwise(pl.col("grund").fill_null("nicht_geliefert")),
    )


def _flaechen(raeume: DataFrame[Raeume], messwerte: DataFrame[Messwerte]) -> pl.DataFrame:
    jahre = messwerte.select("jahr").unique()
    return (
        raeume.filter(pl.col("flaeche_ha").is_not_null())
        .join(jahre, how="cross")
        .select(
            "raum_id",
            "jahr",
            merkmal=pl.lit(FLAECHE_HA),
            gruppe=pl.lit(""),
            wert="flaeche_ha",
            status=pl.lit("beobachtet"),
        )
    )
