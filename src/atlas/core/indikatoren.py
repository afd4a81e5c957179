"""Indikatoren: the terms of Zaehler and Nenner are summed, then divided once; nothing is rounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from atlas.core.kleinste_ebene import drop_zu_kleine
from atlas.tables.ergebnis import Indikatorwerte

if TYPE_CHECKING:
    from pandera.typing.polars import DataFrame

    from atlas.tables.ergebnis import Merkmalswerte
    from atlas.tables.katalog import Formelterme, Indikatorkatalog
    from atlas.tables.raum import Raeume

_SCHLUESSEL = ("raum_id", "jahr", "indikator")
_OHNE_NENNER = ("anzahl", "wert")


def compute_indikatorwerte(
    merkmalswerte: DataFrame[Merkmalswerte],
    raeume: DataFrame[Raeume],
    katalog: DataFrame[Indikatorkatalog],
    formelterme: DataFrame[Formelterme],
) -> DataFrame[Indikatorwerte]:
    """Give wert = faktor x sum(Zaehler) / sum(Nenner) for every Raum, year and Indikator.

    A Nenner that is not positive gives `nenner_null`, a missing term its own status; one estimated
    term makes the value estimated. A count (`art` anzahl) is its Zaehler and has no Nenner, a figure delivered as a
    rate (`art` wert) has neither. Below its `kleinste_ebene` an Indikator has no rows.
    """
    terme = drop_zu_kleine(collect_terme(merkmalswerte, katalog, formelterme), raeume, katalog)
    seiten = sum_seiten(terme, formelterme)
    zaehler = seiten.filter(pl.col("seite") == "zaehler").select(*_SCHLUESSEL, zaehler="summe", zaehlerstatus="status")
    nenner = seiten.filter(pl.col("seite") == "nenner").select(*_SCHLUESSEL, nenner="summe", nennerstatus="status")
    df = (
        zaehler.join(nenner, on=_SCHLUESSEL, how="left", validate="1:1")
        .join(katalog.select("indikator", "art", "faktor"), on="indikator", validate="m:1")
        .join(raeume.select("raum_id", "ebene"), on="raum_id", validate="m:1")
    )
    return Indikatorwerte.make(df.with_columns(wertstatus=_wertstatus()).with_columns(**_werte()))


def collect_terme(
    merkmalswerte: DataFrame[Merkmalswerte],
    katalog: DataFrame[Indikatorkatalog],
    formelterme: DataFrame[Formelterme],
) -> pl.DataFrame:
    """Give every term of every Indikator with its value: raum_id, jahr, indikator, seite, merkmal, wert, status.

    `jahr` is the year of the Indikator; a term may come from an earlier one, by `jahresversatz` years.
    """
    return (
        formelterme.join(
            katalog.select("indikator", "gueltig_ab", "art"), on=["indikator", "gueltig_ab"], validate="m:1"
        )
        .join(merkmalswerte, on=["merkmal", "gruppe"], validate="m:m")
        .with_columns(jahr=pl.col("jahr") + pl.col("jahresversatz"))
        .filter((pl.col("jahr") >= pl.col("gueltig_ab")) & (pl.col("jahr") <= merkmalswerte["jahr"].max()))
        .select(*_SCHLUESSEL, "seite", "position", "art", "merkmal", "jahresversatz", "vorzeichen", "wert", "status")
    )


def sum_seiten(terme: pl.DataFrame, formelterme: DataFrame[Formelterme]) -> pl.DataFrame:
    """Sum each side when all its terms are known; else null with the status of what is missing."""
    verlangt = formelterme.group_by("indikator", "seite").agg(verlangt=pl.len())
    summen = (
        terme.sort(*_SCHLUESSEL, "seite", "position")
        .group_by(*_SCHLUESSEL, "seite", maintain_order=True)
        .agg(
            roh=(pl.col("wert") * pl.col("vorzeichen")).sum(),
            bekannt=pl.col("wert").is_not_null().sum(),
            grund=pl.col("status").filter(pl.col("wert").is_null()).min(),
            erster=pl.col("status").first(),
            geschaetzt=(pl.col("status") == "geschaetzt").any(),
        )
        .join(verlangt, on=["indikator", "seite"], validate="m:1")
    )
    vollstaendig = pl.col("bekannt") == pl.col("verlangt")
    eigener = (
        pl.when(pl.col("verlangt") == 1)
        .then(pl.col("erster"))
        .when("geschaetzt")
        .then(pl.lit("geschaetzt"))
        .otherwise(pl.lit("beobachtet"))
    )
    return summen.with_columns(
        summe=pl.when(vollstaendig).then(pl.col("roh")),
        status=pl.when(vollstaendig).then(eigener).otherwise(pl.col("grund").fill_null("nicht_geliefert")),
    )


def _wertstatus() -> pl.Expr:
    ohne_nenner = pl.col("art").is_in(_OHNE_NENNER)
    return (
        pl.when(pl.col("zaehler").is_null() | ohne_nenner)
        .then(pl.col("zaehlerstatus"))
        .when(pl.col("nenner").is_null())
        .then(pl.col("nennerstatus").fill_null("nicht_geliefert"))
        .when(pl.col("nenner") <= 0)
        .then(pl.lit("nenner_null"))
        .when(
            (pl.col("zaehlerstatus") == "geschaetzt") | (pl.col("nennerstatus") == "geschaetzt").fill_null(value=False)
        )
        .then(pl.lit("geschaetzt"))
        .otherwise(pl.lit("beobachtet"))
    )


def _werte() -> dict[str, pl.Expr]:
    ohne_nenner = pl.col("art").is_in(_OHNE_NENNER)
    teilbar = pl.col("wertstatus").is_in(["beobachtet", "geschaetzt"])
    quotient = pl.col("faktor") * pl.col("zaehler") / pl.col("nenner")
    leer = pl.lit(None, dtype=pl.Float64)
    return {
        "wert": pl.when(ohne_nenner).then(pl.col("zaehler")).when(teilbar).then(quotient),
        "zaehler": pl.when(pl.col("art") != "wert").then(pl.col("zaehler")),
        "ki_unten": leer,
        "ki_oben": leer,
    }
