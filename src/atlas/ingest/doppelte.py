"""The same cell twice: what is declared harmless is dropped once, everything else is left for validate to find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.config.models.quellen import Quelle

_ZELLE = ("raum_id", "jahr", "merkmal", "gruppe", "gebietsstand")
_GLEICH = (*_ZELLE, "stichtag", "wert", "status", "qualitaet", "vorbehandelt")


def drop_doppelte(messwerte: pl.DataFrame, quellen: Mapping[str, Quelle]) -> pl.DataFrame:
    """Give the Messwerte without the repetitions that their Quellen declare harmless.

    `luecken`: a gap or a dash gives way to a number of the same Quelle, and to the same gap above it, as where a table
    lists an area under its old and its new association. `gleiche`: a figure gives way to the same one, with the same
    Stichtag, of a Quelle without that word or of one declared earlier. What differs stays.
    """
    quelle = messwerte["lieferung_id"].str.extract("^([^:]+):")
    mit_luecken = [name for name, angaben in quellen.items() if "luecken" in angaben.doppelte]
    nachrangige = [name for name, angaben in quellen.items() if "gleiche" in angaben.doppelte]
    rang = quelle.replace_strict(nachrangige, range(1, len(nachrangige) + 1), default=0)
    df = messwerte.with_columns(_quelle=quelle, _rang=rang)
    zahl = pl.col("status").is_in(["beobachtet", "geschaetzt"])
    ist_luecke = ~zahl & pl.col("_quelle").is_in(mit_luecken) & zahl.any().over(*_ZELLE, "_quelle")
    df = df.filter(~ist_luecke) if mit_luecken else df
    wiederholt = (
        pl.struct(*_GLEICH, "_quelle").is_first_distinct().not_() & ~zahl & pl.col("_quelle").is_in(mit_luecken)
    )
    df = df.filter(~wiederholt) if mit_luecken else df
    ist_erste = pl.col("_rang") == pl.col("_rang").min().over(_GLEICH)
    df = df.filter((pl.col("_rang") == 0) | ist_erste) if nachrangige else df
    return df.drop("_quelle", "_rang")
