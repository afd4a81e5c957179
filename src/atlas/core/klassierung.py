"""Classes by cuts, ranks, and the distance to the next cut; always from unrounded values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from atlas.core.verfahren import Klasse


def classify(wert: pl.Expr, klassen: tuple[Klasse, ...]) -> pl.Expr:
    """Give the name of the class a value falls into; null stays null."""
    return pl.coalesce(pl.when(_gehoert_dazu(wert, klasse)).then(pl.lit(klasse.name)) for klasse in klassen)


def _gehoert_dazu(wert: pl.Expr, klasse: Klasse) -> pl.Expr:
    bedingung = wert.is_not_null()
    if klasse.untergrenze is not None:
        unten = klasse.untergrenze
        bedingung &= (wert >= unten) if klasse.unten_eingeschlossen else (wert > unten)
    if klasse.obergrenze is not None:
        oben = klasse.obergrenze
        bedingung &= (wert <= oben) if klasse.oben_eingeschlossen else (wert < oben)
    return bedingung


def distance_to_cut(wert: pl.Expr, klassen: tuple[Klasse, ...]) -> pl.Expr:
    """Give how far a value lies from the nearest cut, in units of the Index."""
    grenzen = [klasse.obergrenze for klasse in klassen if klasse.obergrenze is not None]
    return pl.min_horizontal((wert - grenze).abs() for grenze in grenzen)


def rank_belastung(wert: pl.Expr) -> pl.Expr:
    """Give the rank, 1 for the highest value (most disadvantage); equal values share the better rank."""
    return wert.rank("min", descending=True).cast(pl.Int64)
