"""What is there and what people say of it: Angebote with their Lage, Beiträge in words."""

from __future__ import annotations

from typing import Final

import pandera.polars as pa
import polars as pl

from atlas.tables.basis import Tabelle

BEITRAGSARTEN: Final = ("staerke", "schwaeche", "chance", "risiko", "hinweis")
"""What a Beitrag says of a Raum: the four fields of a SWOT analysis, and what fits none of them."""


class Angebote(Tabelle, stufe="ingest", grain=("lieferung_id", "angebot_id")):
    """One Angebot per row (grain: lieferung_id, angebot_id), in the smallest Raum it lies in.

    Two registers may both number theirs from 1.
    `x` and `y` are longitude and latitude as in Geometrien (WGS 84); both are null where only the Raum is known, as for
    a place that must stay secret. `plaetze` and `traeger` are null where nobody said them; `zelle` is the address of
    the key.
    """

    angebot_id: pl.String
    raum_id: pl.String
    art: pl.String
    name: pl.String
    traeger: pl.String = pa.Field(nullable=True)
    plaetze: pl.Int64 = pa.Field(nullable=True, ge=0)
    x: pl.Float64 = pa.Field(nullable=True, ge=-180, le=180)
    y: pl.Float64 = pa.Field(nullable=True, ge=-90, le=90)
    stand: pl.Date
    lieferung_id: pl.String
    zelle: pl.String


class Beitraege(Tabelle, stufe="ingest", grain=("lieferung_id", "beitrag_id")):
    """One contribution in words per row (grain: lieferung_id, beitrag_id), on a Raum of any level.

    `text` is plain text on one line, never markup; `absender` is an organisation. A Raum that does not exist is a
    finding, and the row stays.
    """

    beitrag_id: pl.String
    raum_id: pl.String
    art: pl.String = pa.Field(isin=list(BEITRAGSARTEN))
    absender: pl.String
    datum: pl.Date
    text: pl.String
    lieferung_id: pl.String
    zelle: pl.String
