"""Messungen: what was delivered, by whom, and what each cell says."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from atlas.tables.basis import Tabelle
from atlas.tables.listen import QUALITAETEN, STATUS, VORBEHANDLUNGEN


class Lieferungen(Tabelle, stufe="ingest", grain=("lieferung_id",)):
    """One row per delivered file of a Quelle (grain: lieferung_id).

    `zeilen` are the rows of its region; of them `ausserhalb` belong to areas beyond the project, `ohne_raum` to no area
    and `ignoriert` to what a dimension leaves out. `uebersprungen` are rows between header and end that are not of the
    region (skipped, subheadings, hidden), `fusszeilen` the filled ones from the declared end on.
    """

    lieferung_id: pl.String
    quelle: pl.String
    datei: pl.String
    sha256: pl.String
    stand: pl.String
    zeilen: pl.Int64 = pa.Field(ge=0)
    ausserhalb: pl.Int64 = pa.Field(ge=0)
    ohne_raum: pl.Int64 = pa.Field(ge=0)
    ignoriert: pl.Int64 = pa.Field(ge=0)
    uebersprungen: pl.Int64 = pa.Field(ge=0)
    fusszeilen: pl.Int64 = pa.Field(ge=0)
    messwerte: pl.Int64 = pa.Field(ge=0)


class Messwerte(Tabelle, stufe="ingest", grain=("raum_id", "jahr", "merkmal", "gruppe", "lieferung_id", "zelle")):
    """One delivered cell per row (grain: raum_id, jahr, merkmal, gruppe and the cell it came from).

    `wert` is null exactly when `status` says why; `gruppe` is empty for the total; `gebietsstand` is that of
    `raum_id`; `vorbehandelt` says how the publisher changed the figure; `zelle` is the address in the delivered file
    (sheet, column letters and line). The cell belongs to the key because a
    duplicate is a finding of `validate`, not a crash of `ingest`.
    """

    raum_id: pl.String
    ebene: pl.String
    jahr: pl.Int64
    merkmal: pl.String
    gruppe: pl.String
    gebietsstand: pl.String
    stichtag: pl.String = pa.Field(nullable=True)
    wert: pl.Float64 = pa.Field(nullable=True)
    status: pl.String = pa.Field(isin=list(STATUS))
    qualitaet: pl.String = pa.Field(nullable=True, isin=list(QUALITAETEN))
    vorbehandelt: pl.String = pa.Field(nullable=True, isin=list(VORBEHANDLUNGEN))
    lieferung_id: pl.String
    zelle: pl.String
    korrektur_id: pl.String = pa.Field(nullable=True)
