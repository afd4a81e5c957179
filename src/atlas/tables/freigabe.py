"""Freigabewerte: the only figures that `render` may see."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from atlas.tables.basis import Tabelle
from atlas.tables.listen import ARTEN, SPERRGRUENDE, WERTSTATUS


class Freigabewerte(Tabelle, stufe="compute", grain=("ausgabe", "raum_id", "jahr", "art", "groesse", "gruppe")):
    """What an Ausgabe may show (grain: ausgabe, raum_id, jahr, art, groesse, gruppe).

    Made only by `atlas.core.geheimhaltung`, read only by `atlas.store`; a test over the syntax tree
    holds that. A withheld value is null and `sperrgrund` says why; a missing one is null and
    `wertstatus` says why. `klasse` holds the class of an Index; where a Raum is not rated (unbewertet) it is
    null and `ausschlussgrund` gives the reason as it is printed.
    """

    ausgabe: pl.String
    raum_id: pl.String
    jahr: pl.Int64
    art: pl.String = pa.Field(isin=list(ARTEN))
    groesse: pl.String
    gruppe: pl.String
    wert: pl.Float64 = pa.Field(nullable=True)
    klasse: pl.String = pa.Field(nullable=True)
    wertstatus: pl.String = pa.Field(isin=list(WERTSTATUS))
    sperrgrund: pl.String = pa.Field(nullable=True, isin=list(SPERRGRUENDE))
    ausschlussgrund: pl.String = pa.Field(nullable=True)
