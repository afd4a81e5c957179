"""Räume: the areas of every level, how they follow one another in time, and their polygons."""

from __future__ import annotations

from typing import Final

import pandera.polars as pa
import polars as pl

from atlas.tables.basis import Tabelle

GANZ: Final = "ganz"
"""The Gewichtung of an area that goes whole to one other; it serves whatever is counted."""


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


class Umstiege(Tabelle, stufe="ingest", grain=("von_raum_id", "nach_raum_id", "von_stand", "nach_stand", "gewichtung")):
    """What part of an old Raum lies in a new one (grain: both Räume, both Gebietsstände, gewichtung).

    `anteil` is the part of what the Gewichtung counts (residents, an age group, area) in the old Raum, 0 to 1; over the
    new Räume it sums to 1 for every old Raum and Gewichtung. A new Raum may lie outside the project.
    """

    von_raum_id: pl.String
    nach_raum_id: pl.String
    von_stand: pl.String
    nach_stand: pl.String
    gewichtung: pl.String
    anteil: pl.Float64 = pa.Field(gt=0, le=1)


class Geometrien(Tabelle, stufe="ingest", grain=("raum_id", "gebietsstand")):
    """One polygon per Raum and Gebietsstand as well-known binary (grain: raum_id, gebietsstand)."""

    raum_id: pl.String
    gebietsstand: pl.String
    wkb: pl.Binary
    srid: pl.Int64 = pa.Field(isin=[4326])
