"""The catalogue of Indikatoren as tables: what the core joins."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from atlas.tables.basis import Tabelle
from atlas.tables.listen import BERECHNUNGSARTEN, RICHTUNGEN, ZEITBEZUEGE


class Indikatorkatalog(Tabelle, stufe="compute", grain=("indikator", "gueltig_ab")):
    """One row per Indikator and first year of its definition (grain: indikator, gueltig_ab).

    Below `kleinste_ebene` the Indikator has no values; null is every level.
    """

    indikator: pl.String
    gueltig_ab: pl.Int64
    dimension: pl.String
    richtung: pl.String = pa.Field(isin=list(RICHTUNGEN))
    art: pl.String = pa.Field(isin=list(BERECHNUNGSARTEN))
    zeitbezug: pl.String = pa.Field(isin=list(ZEITBEZUEGE))
    faktor: pl.Float64 = pa.Field(gt=0)
    kleinste_ebene: pl.String = pa.Field(nullable=True)


class Formelterme(Tabelle, stufe="compute", grain=("indikator", "gueltig_ab", "seite", "position")):
    """One term of a Zaehler or Nenner per row (grain: indikator, gueltig_ab, seite, position).

    The side is the sum of its terms, each a Merkmal of the year `jahr - jahresversatz` times `vorzeichen`. A group such
    as `alter=15-rag` is a band of ages that the core makes of delivered ones; `*jahre` makes it the sum of ages.
    """

    indikator: pl.String
    gueltig_ab: pl.Int64
    seite: pl.String = pa.Field(isin=["zaehler", "nenner"])
    position: pl.Int64 = pa.Field(ge=0)
    merkmal: pl.String
    gruppe: pl.String
    vorzeichen: pl.Int64 = pa.Field(isin=[-1, 1])
    jahresversatz: pl.Int64 = pa.Field(ge=0)
