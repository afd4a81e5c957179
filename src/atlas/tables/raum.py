"""Räume: the areas of every level, and their polygons."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from atlas.tables.basis import Tabelle


class Raeume(Tabelle, stufe="ingest", grain=("raum_id", "gebietsstand")):
    """One row per Raum and Gebietsstand, of every level (grain: raum_id, gebietsstand).

    `uebergeordnet_id` is null only at the root; `flaeche_ha` is in hectares;
    `ausschlussgrund` names why a Raum never takes part in an Index.
    """

    raum_id: pl.String
    gebietsstand: pl.String
    ebene: pl.String
    name: pl.String
    uebergeordnet_id: pl.String = pa.Field(nullable=True)
    gemeinde_id: pl.String = pa.Field(nullable=True)
    flaeche_ha: pl.Float64 = pa.Field(nullable=True, gt=0)
    gueltig_von: pl.Date = pa.Field(nullable=True)
    gueltig_bis: pl.Date = pa.Field(nullable=True)
    ausschlussgrund: pl.String = pa.Field(nullable=True)


class Geometrien(Tabelle, stufe="ingest", grain=("raum_id", "gebietsstand")):
    """One polygon per Raum and Gebietsstand as well-known binary (grain: raum_id, gebietsstand)."""

    raum_id: pl.String
    gebietsstand: pl.String
    wkb: pl.Binary
    srid: pl.Int64 = pa.Field(isin=[4326])
