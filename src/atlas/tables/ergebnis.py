"""Exact results: findings, Indikatoren, z values and Indizes. They never leave `compute` unreleased."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from atlas.tables.basis import Tabelle
from atlas.tables.listen import SCHWEREN, VORBEHANDLUNGEN, WERTSTATUS


class Befunde(Tabelle, stufe="validate", grain=("befund_id",)):
    """One finding per row (grain: befund_id); `text` is German and holds no value of a small cell."""

    befund_id: pl.String
    code: pl.String
    schwere: pl.String = pa.Field(isin=list(SCHWEREN))
    tabelle: pl.String
    raum_id: pl.String = pa.Field(nullable=True)
    jahr: pl.Int64 = pa.Field(nullable=True)
    merkmal: pl.String = pa.Field(nullable=True)
    wert: pl.Float64 = pa.Field(nullable=True)
    erwartet: pl.String = pa.Field(nullable=True)
    lieferung_id: pl.String = pa.Field(nullable=True)
    zelle: pl.String = pa.Field(nullable=True)
    text: pl.String


class Eingangsbefunde(Befunde, stufe="ingest", grain=("befund_id",)):
    """What `ingest` noticed about the folder itself, such as files that no Quelle claims."""


class Gebietswerte(Tabelle, stufe="compute", grain=("raum_id", "jahr", "merkmal", "gruppe")):
    """Delivered figures on the Gebietsstand of the project (grain: raum_id, jahr, merkmal, gruppe).

    `von_stand` is the Gebietsstand that a converted figure comes from; null where it is as delivered.
    """

    raum_id: pl.String
    ebene: pl.String
    jahr: pl.Int64
    merkmal: pl.String
    gruppe: pl.String
    stichtag: pl.String = pa.Field(nullable=True)
    wert: pl.Float64 = pa.Field(nullable=True)
    status: pl.String = pa.Field(isin=list(WERTSTATUS))
    vorbehandelt: pl.String = pa.Field(nullable=True, isin=list(VORBEHANDLUNGEN))
    von_stand: pl.String = pa.Field(nullable=True)


class Merkmalswerte(Tabelle, stufe="compute", grain=("raum_id", "jahr", "merkmal", "gruppe")):
    """Counts on every level: delivered, or summed from below (grain: raum_id, jahr, merkmal, gruppe)."""

    raum_id: pl.String
    jahr: pl.Int64
    merkmal: pl.String
    gruppe: pl.String
    wert: pl.Float64 = pa.Field(nullable=True)
    status: pl.String = pa.Field(isin=list(WERTSTATUS))


class Indikatorwerte(Tabelle, stufe="compute", grain=("raum_id", "jahr", "indikator")):
    """One Indikator of one Raum and year (grain: raum_id, jahr, indikator).

    `wert` is faktor x zaehler / nenner, unrounded; null exactly when `wertstatus` says why.
    """

    raum_id: pl.String
    jahr: pl.Int64
    indikator: pl.String
    ebene: pl.String
    zaehler: pl.Float64 = pa.Field(nullable=True)
    nenner: pl.Float64 = pa.Field(nullable=True)
    wert: pl.Float64 = pa.Field(nullable=True)
    wertstatus: pl.String = pa.Field(isin=list(WERTSTATUS))
    ki_unten: pl.Float64 = pa.Field(nullable=True)
    ki_oben: pl.Float64 = pa.Field(nullable=True)


class Normwerte(Tabelle, stufe="compute", grain=("index", "raum_id", "jahr", "indikator")):
    """z values with the moments they were made from (grain: index, raum_id, jahr, indikator).

    The second standardisation of an Index stands here as the Indikator `summe`.
    `ausgangswert` is what was standardised: the value, the difference, or the sum.
    """

    index: pl.String
    raum_id: pl.String
    jahr: pl.Int64
    indikator: pl.String
    ausgangswert: pl.Float64
    z_wert: pl.Float64
    bezug_mittel: pl.Float64
    bezug_streuung: pl.Float64


class Indizes(Tabelle, stufe="compute", grain=("raum_id", "jahr", "index")):
    """One Index of one Raum and year (grain: raum_id, jahr, index).

    Higher means more disadvantage. `gesamt` has the pair `status/dynamik` as class and no value or rank.
    A Raum that is not included (`einbezogen` false) carries the reason and no value.
    """

    raum_id: pl.String
    jahr: pl.Int64
    index: pl.String
    summe: pl.Float64 = pa.Field(nullable=True)
    wert: pl.Float64 = pa.Field(nullable=True)
    klasse: pl.String = pa.Field(nullable=True)
    rang: pl.Int64 = pa.Field(nullable=True)
    anteil_vorhanden: pl.Float64 = pa.Field(ge=0, le=1)
    einbezogen: pl.Boolean
    ausschlussgrund: pl.String = pa.Field(nullable=True)
    abstand_klassengrenze: pl.Float64 = pa.Field(nullable=True, ge=0)
