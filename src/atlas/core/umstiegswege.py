"""Ways from an old Gebietsstand to the target, and what old Räume bring to the new ones along them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import polars as pl

from atlas.tables.listen import VORHANDEN
from atlas.tables.raum import GANZ

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pandera.typing.polars import DataFrame

    from atlas.tables.raum import Umstiege

Kanten = dict[tuple[str, str], set[str]]
"""The Gewichtungen of every Umstieg, by its old and its new Gebietsstand."""

GROESSE = ("jahr", "merkmal", "gruppe")
WEG = ("gebietsstand", "gewichtung", "raum_id")

UEBERLAGERT = "zufallsueberlagert"
"""Figures with noise of the publisher: their sum is not the figure of the sum, so they are never merged."""

GENAU = 1e-12
"""A share this close to 1 is 1: what the parts of a split that a later Umstieg joins again miss by rounding."""

_WEGE: Mapping[str, type[pl.DataType]] = {
    "gebietsstand": pl.String,
    "gewichtung": pl.String,
    "raum_id": pl.String,
    "nach_raum_id": pl.String,
    "anteil": pl.Float64,
    "quellen": pl.Int64,
    "schritte": pl.Int64,
}


def collect_wege(umstiege: DataFrame[Umstiege], gesucht: Iterable[tuple[str, str]], ziel: str) -> pl.DataFrame:
    """Give what part of each old Raum lies in each Raum of the target, for pairs of Gebietsstand and Gewichtung.

    Columns: gebietsstand, gewichtung, raum_id (old), nach_raum_id, anteil (0 to 1), quellen (how many old Räume
    the new one receives from), schritte. `nach_raum_id` is null for a part that ends in a Raum which the next Umstieg
    of a chain does not name: it lies outside the project. A pair without a way has no rows.

    The shares of a chain are multiplied and summed, which gives the same counts as converting step by step, and
    1 where one Umstieg splits a Raum and the next joins its parts again.
    """
    kanten = _kanten(umstiege)
    wege = [pl.DataFrame(schema=_WEGE)]
    for stand, gewichtung in sorted(set(gesucht)):
        kette = find_kette(kanten, gewichtung, stand, ziel)
        if len(kette) > 1:
            anteile = _multiply(umstiege, gewichtung, kette).with_columns(
                gebietsstand=pl.lit(stand),
                gewichtung=pl.lit(gewichtung),
                quellen=pl.len().over("nach_raum_id").cast(pl.Int64),
                schritte=pl.lit(len(kette) - 1, dtype=pl.Int64),
            )
            wege.append(anteile.select(*_WEGE))
    return pl.concat(wege)


def find_kette(kanten: Kanten, gewichtung: str, von: str, ziel: str) -> tuple[str, ...]:
    """Give the Gebietsstände of the shortest chain that serves a Gewichtung; empty without one.

    Of several equally short ones the first by name. An Umstieg serves the Gewichtungen it has; one in which every
    old Raum goes whole to a new one serves all.
    """
    schlange: list[tuple[str, ...]] = [(von,)]
    gesehen = {von}
    for kette in schlange:
        if kette[-1] == ziel:
            return kette
        for (alt, neu), gewichtungen in sorted(kanten.items()):
            if alt == kette[-1] and neu not in gesehen and (gewichtung in gewichtungen or gewichtungen == {GANZ}):
                gesehen.add(neu)
                schlange.append((*kette, neu))
    return ()


def sum_teile(alte: pl.DataFrame, wege: pl.DataFrame, neue: pl.DataFrame) -> pl.DataFrame:
    """Give every new Raum that receives something from old ones: counts summed by parts, rates where nothing changed.

    `alte` are Messwerte with gewichtung and rate, `wege` comes from `collect_wege`, `neue` are the Räume of the target.
    Columns: von_stand, raum_id, jahr, merkmal, gruppe, ebene (of the new Raum), von_ebene, stichtag (null where the
    parts have several), vorbehandelt (the last by name, which is the stronger), schritte, wert, status.
    """
    return (
        alte.join(wege, on=WEG, validate="m:m")
        .rename({"ebene": "von_ebene", "gebietsstand": "von_stand"})
        .join(neue.select(nach_raum_id="raum_id", ebene="ebene"), on="nach_raum_id", validate="m:1")
        .sort("von_stand", "nach_raum_id", *GROESSE, "raum_id")
        .group_by("von_stand", "nach_raum_id", *GROESSE, maintain_order=True)
        .agg(**_befund_der_teile())
        .rename({"nach_raum_id": "raum_id"})
        .with_columns(status=_status())
        .with_columns(wert=pl.when(pl.col("status").is_in(VORHANDEN)).then("summe"))
    )


def _befund_der_teile() -> dict[str, pl.Expr]:
    """Say what the parts of one new Raum are: known, shared, zero, estimated, missing."""
    status, wert, anteil = pl.col("status"), pl.col("wert"), pl.col("anteil")
    gibt_es = status != "nicht_existent"
    erste = ("ebene", "von_ebene", "schritte", "quellen", "rate")
    return {name: pl.col(name).first() for name in erste} | {
        "summe": (wert * anteil).sum(),
        "bekannt": (wert.is_not_null() | ~gibt_es).sum(),
        "unveraendert": ((pl.col("quellen") == 1) & (anteil == 1)).all(),
        "einzelstatus": status.first(),
        "grund": status.filter(wert.is_null() & gibt_es).min(),
        "nie_da": (~gibt_es).all(),
        "genau_null": ((status == "null_genau") | ~gibt_es).all(),
        "null": (status.is_in(["null_genau", "null_gerundet"]) | ~gibt_es).all(),
        "geschaetzt": ((gibt_es & (anteil < 1)) | (status == "geschaetzt")).any(),
        "stichtag": pl.when(pl.col("stichtag").n_unique() == 1).then(pl.col("stichtag").first()),
        "vorbehandelt": pl.col("vorbehandelt").max(),
        "ueberlagert": (pl.col("vorbehandelt") == UEBERLAGERT).any(),
    }


def _status() -> pl.Expr:
    """Give the status of a new Raum; a Raum that nothing happened to keeps its own."""
    return (
        pl.when("unveraendert")
        .then("einzelstatus")
        .when("rate")
        .then(pl.lit("nicht_vergleichbar"))
        .when(pl.col("ueberlagert") & (pl.col("quellen") > 1))
        .then(pl.lit("nicht_aggregierbar"))
        .when(pl.col("bekannt") < pl.col("quellen"))
        .then(pl.col("grund").fill_null("nicht_geliefert"))
        .when("nie_da")
        .then(pl.lit("nicht_existent"))
        .when("genau_null")
        .then(pl.lit("null_genau"))
        .when("null")
        .then(pl.lit("null_gerundet"))
        .when("geschaetzt")
        .then(pl.lit("geschaetzt"))
        .otherwise(pl.lit("beobachtet"))
    )


def _kanten(umstiege: DataFrame[Umstiege]) -> Kanten:
    kanten: Kanten = {}
    for von, nach, gewichtung in umstiege.select("von_stand", "nach_stand", "gewichtung").unique().iter_rows():
        kanten.setdefault((von, nach), set()).add(gewichtung)
    return kanten


def _multiply(umstiege: DataFrame[Umstiege], gewichtung: str, kette: tuple[str, ...]) -> pl.DataFrame:
    """Multiply the Umstiege of a chain: raum_id, nach_raum_id, anteil, sorted by both."""
    schritte = [
        umstiege.filter(pl.col("gewichtung").is_in([gewichtung, GANZ]), von_stand=von, nach_stand=nach).select(
            raum_id="von_raum_id", nach_raum_id="nach_raum_id", anteil="anteil"
        )
        for von, nach in pairwise(kette)
    ]
    produkt = schritte[0].sort("raum_id", "nach_raum_id")
    for schritt in schritte[1:]:
        naechster = schritt.rename({"raum_id": "nach_raum_id", "nach_raum_id": "ende", "anteil": "weiter"})
        produkt = (
            produkt.join(naechster, on="nach_raum_id", how="left", validate="m:m")
            .with_columns(anteil=pl.col("anteil") * pl.col("weiter").fill_null(1.0))
            .sort("raum_id", "ende", "nach_raum_id")
            .group_by("raum_id", nach_raum_id="ende", maintain_order=True)
            .agg(pl.col("anteil").sum())
            .sort("raum_id", "nach_raum_id")
        )
    ist_ganz = (pl.col("anteil") - 1).abs() <= GENAU
    return produkt.with_columns(anteil=pl.when(ist_ganz).then(1.0).otherwise("anteil"))
