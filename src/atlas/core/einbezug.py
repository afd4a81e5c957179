"""Who takes part in an Index, and why not: exclusions by name, small Räume, missing values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from pandera.typing.polars import DataFrame

    from atlas.core.verfahren import Einbezug, Indexverfahren
    from atlas.tables.ergebnis import Merkmalswerte
    from atlas.tables.raum import Raeume

UNVOLLSTAENDIG = "Angaben unvollständig"
OHNE_EINWOHNERZAHL = "keine Einwohnerzahl"


def compute_einbezug(
    merkmalswerte: DataFrame[Merkmalswerte],
    raeume: DataFrame[Raeume],
    ausgangswerte: pl.DataFrame,
    verfahren: Indexverfahren,
    einbezug: Einbezug | None,
) -> pl.DataFrame:
    """Give every Raum of the level in every year of the Index with reason and share of values.

    Columns: raum_id, jahr, bevoelkerung, anteil_vorhanden, einbezogen, ausschlussgrund. The first
    reason that applies is given: named exclusion, population, incomplete values.
    """
    raster = _raster(raeume, ausgangswerte, verfahren)
    raster = raster.join(
        compute_bevoelkerung(merkmalswerte, einbezug, verfahren.beobachtungsjahre),
        on=["raum_id", "jahr"],
        how="left",
        validate="1:1",
    )
    zu_klein = _grund_einwohner(einbezug) if einbezug is not None else pl.lit(None, dtype=pl.String)
    unvollstaendig = pl.when(pl.col("anteil_vorhanden") < 1).then(pl.lit(UNVOLLSTAENDIG))
    return raster.with_columns(ausschlussgrund=pl.coalesce("ausschlussgrund", zu_klein, unvollstaendig)).with_columns(
        einbezogen=pl.col("ausschlussgrund").is_null()
    )


def _grund_einwohner(einbezug: Einbezug) -> pl.Expr:
    """Say why a Raum is too small: it has no inhabitants, too few, or had too few earlier in the window."""
    schwelle = f"unter {einbezug.mindesteinwohner} Einwohner"
    return (
        pl.when(pl.col("bevoelkerung").is_null())
        .then(pl.lit(OHNE_EINWOHNERZAHL))
        .when(pl.col("bevoelkerung") < einbezug.mindesteinwohner)
        .then(pl.lit(schwelle))
        .when(pl.col("kleinste") < einbezug.mindesteinwohner)
        .then(pl.lit(f"im Beobachtungszeitraum {schwelle}"))
        .when(pl.col("bevoelkerung") == 0)
        .then(pl.lit("ohne Einwohner"))
    )


def _raster(raeume: DataFrame[Raeume], ausgangswerte: pl.DataFrame, verfahren: Indexverfahren) -> pl.DataFrame:
    """Give every Raum of the level times every year in which each Indikator has some value."""
    eigene = raeume.filter(pl.col("ebene") == verfahren.ebene).select("raum_id", "ausschlussgrund")
    auf_ebene = ausgangswerte.join(eigene, on="raum_id", how="semi")
    anzahl = len(verfahren.indikatoren)
    jahre = (
        auf_ebene.group_by("jahr")
        .agg(pl.col("indikator").n_unique())
        .filter(pl.col("indikator") == anzahl)
        .select("jahr")
    )
    vorhanden = auf_ebene.group_by("raum_id", "jahr").agg(anteil_vorhanden=pl.len() / anzahl)
    return (
        eigene.join(jahre, how="cross")
        .join(vorhanden, on=["raum_id", "jahr"], how="left", validate="1:1")
        .with_columns(pl.col("anteil_vorhanden").fill_null(0.0))
    )


def compute_bevoelkerung(
    merkmalswerte: DataFrame[Merkmalswerte], einbezug: Einbezug | None, jahre_davor: int
) -> pl.DataFrame:
    """Give the population of every Raum and year, and the smallest one in the observation window.

    A year of the window without a figure does not count; the year itself must have one.
    """
    merkmal = einbezug.merkmal if einbezug else ""
    einwohner = merkmalswerte.filter((pl.col("merkmal") == merkmal) & (pl.col("gruppe") == "")).select(
        "raum_id", "jahr", bevoelkerung="wert"
    )
    fenster = pl.concat([einwohner.with_columns(jahr=pl.col("jahr") + versatz) for versatz in range(jahre_davor + 1)])
    kleinste = fenster.group_by("raum_id", "jahr").agg(kleinste=pl.col("bevoelkerung").min())
    return einwohner.join(kleinste, on=["raum_id", "jahr"], validate="1:1")
