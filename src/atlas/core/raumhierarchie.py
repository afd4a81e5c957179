"""Counts carried upwards: a parent is the sum of its children when all of them are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from atlas.tables.ergebnis import Merkmalswerte
from atlas.tables.listen import FLAECHE_HA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pandera.typing.polars import DataFrame

    from atlas.tables.ergebnis import Gebietswerte
    from atlas.tables.katalog import Formelterme, Indikatorkatalog
    from atlas.tables.raum import Raeume

_SCHLUESSEL = ("jahr", "merkmal", "gruppe")


def compute_merkmalswerte(
    gebietswerte: DataFrame[Gebietswerte],
    raeume: DataFrame[Raeume],
    katalog: DataFrame[Indikatorkatalog],
    formelterme: DataFrame[Formelterme],
) -> DataFrame[Merkmalswerte]:
    """Give every Merkmal on every level: as delivered, else summed from the children.

    A sum needs every child that exists (`sum_if_complete`); otherwise it is null with the status of what is missing.
    An estimated child makes the sum estimated; of nothing but zero signs it is one.
    A parent of which no child existed did not exist either. What was delivered as a rate, or with noise by its
    publisher, is never summed: its parents are `nicht_aggregierbar`. The area of a Raum joins as the Merkmal
    `flaeche_ha` of every year, in hectares.
    """
    verrauscht = (pl.col("vorbehandelt") == "zufallsueberlagert").fill_null(value=False)
    geliefert = gebietswerte.select("raum_id", *_SCHLUESSEL, "wert", "status", verrauscht=verrauscht)
    fertige = formelterme.join(katalog.filter(pl.col("art") == "wert"), on=["indikator", "gueltig_ab"], how="semi")
    ist_rate = pl.struct("merkmal", "gruppe").is_in(
        fertige.select(pl.struct("merkmal", "gruppe")).to_series().implode()
    )
    werte = geliefert.with_columns(rate=ist_rate | pl.col("verrauscht")).drop("verrauscht")
    mit_tiefe = _add_tiefe(raeume)
    for tiefe in range(max(mit_tiefe["tiefe"].to_list()), 0, -1):
        kinder = mit_tiefe.filter(tiefe=tiefe).drop("tiefe")
        summen = _sum_if_complete(werte.join(kinder, on="raum_id", validate="m:1"), kinder)
        neue = summen.join(werte, on=["raum_id", *_SCHLUESSEL], how="anti")
        werte = pl.concat([werte, neue.select(werte.columns)])
    alle = pl.concat([werte.drop("rate"), _flaechen(raeume, gebietswerte)])
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
            bekannt=(pl.col("wert").is_not_null() | _gibt_es_nicht()).sum(),
            existent=(~_gibt_es_nicht()).any(),
            geschaetzt=(pl.col("status") == "geschaetzt").any(),
            lauter_nullen=pl.col("status").is_in(["null_genau", "null_gerundet", "nicht_existent"]).all(),
            gerundete=(pl.col("status") == "null_gerundet").any(),
            grund=pl.col("status").filter(pl.col("wert").is_null() & ~_gibt_es_nicht()).min(),
            rate=pl.col("rate").any(),
        )
        .rename({"eltern": "raum_id"})
        .join(anzahl, on="raum_id", validate="m:1")
    )
    alle = pl.col("bekannt") == pl.col("geschwister")
    vollstaendig = alle & pl.col("existent") & ~pl.col("rate")
    return summen.with_columns(
        wert=pl.when(vollstaendig).then(pl.col("summe")),
        status=pl.when(pl.col("rate"))
        .then(pl.lit("nicht_aggregierbar"))
        .when(vollstaendig)
        .then(
            pl.when("geschaetzt")
            .then(pl.lit("geschaetzt"))
            .when("lauter_nullen")
            .then(pl.when("gerundete").then(pl.lit("null_gerundet")).otherwise(pl.lit("null_genau")))
            .otherwise(pl.lit("beobachtet"))
        )
        .when(alle & ~pl.col("existent"))
        .then(pl.lit("nicht_existent"))
        .otherwise(pl.col("grund").fill_null("nicht_geliefert")),
    )


def _gibt_es_nicht() -> pl.Expr:
    """Tell whether a Raum did not exist: it has nothing to add, and nothing of it is missing."""
    return pl.col("status") == "nicht_existent"


def _flaechen(raeume: DataFrame[Raeume], gebietswerte: DataFrame[Gebietswerte]) -> pl.DataFrame:
    jahre = gebietswerte.select("jahr").unique()
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
