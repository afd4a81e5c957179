"""Which areas existed on a day, by a dated list: without it nobody knows whether a dash is a zero."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from atlas.errors import EingabeError, Problem
from atlas.ingest.deutung.muster import match_ganz

if TYPE_CHECKING:
    from datetime import date

    from atlas.config.models.gueltigkeit import Gueltigkeit


@dataclass(frozen=True)
class Gueltigkeitsliste:
    """First and last day of each known key (columns raum_id, ab, bis, as ISO text).

    `gilt_fuer` is the pattern of the keys that the list speaks of, `von` and `bis` are the days.
    """

    schluessel: pl.DataFrame
    gilt_fuer: str
    von: str
    bis: str

    def status_null(self, raum_id: pl.Series, tag: pl.Series) -> pl.Series:
        """Say what a dash means that is declared as zero: `null_genau`, `nicht_existent`, `unbekannt`.

        `tag` is an ISO date; a day or a key that the list does not speak of gives `unbekannt`: nothing is inferred.
        """
        df = pl.DataFrame({"raum_id": raum_id, "tag": tag}).join(
            self.schluessel, on="raum_id", how="left", validate="m:1", maintain_order="left"
        )
        gilt = pl.col("tag").is_between("ab", "bis").fill_null(value=False)
        bekannt = pl.col("tag").is_between(pl.lit(self.von), pl.lit(self.bis)).fill_null(value=False)
        bekannt &= match_ganz(raum_id, self.gilt_fuer)
        status = (
            pl.when(~bekannt)
            .then(pl.lit("unbekannt"))
            .when(gilt)
            .then(pl.lit("null_genau"))
            .otherwise(pl.lit("nicht_existent"))
        )
        return df.select(status.alias("status"))["status"]


def build_gueltigkeitsliste(texte: list[str], gueltigkeit: Gueltigkeit, name: str) -> Gueltigkeitsliste:
    """Give the list from the keys of its file.

    Raises `EingabeError` for a dissolved key that the list never had, and a new one that it has already.
    """
    listen = set(texte) | {text[:n] for text in texte for n in gueltigkeit.stellen}
    listen = {key for key in listen if re.fullmatch(gueltigkeit.gilt_fuer, key)}
    probleme = [
        Problem(name, 0, f"Schlüssel »{key}«", "steht unter erloschen, kommt in der Liste aber nicht vor. Prüfen.")
        for key in sorted(gueltigkeit.erloschen.keys() - listen)
    ]
    probleme += [
        Problem(name, 0, f"Schlüssel »{key}«", "steht unter neu, kommt in der Liste aber schon vor. Eintrag löschen.")
        for key in sorted(gueltigkeit.neu.keys() & listen)
    ]
    if not listen:
        probleme.append(Problem(name, 0, "", "die Liste der gültigen Räume enthält keinen Schlüssel."))
    if probleme:
        raise EingabeError(probleme)
    alle = sorted(listen | gueltigkeit.neu.keys())

    def tag(termine: dict[str, date], key: str, sonst: date) -> str:
        return termine.get(key, sonst).isoformat()

    df = pl.DataFrame(
        {
            "raum_id": alle,
            "ab": [tag(gueltigkeit.neu, key, gueltigkeit.von) for key in alle],
            "bis": [tag(gueltigkeit.erloschen, key, gueltigkeit.bis) for key in alle],
        },
        schema=dict.fromkeys(("raum_id", "ab", "bis"), pl.String),
    )
    return Gueltigkeitsliste(df, gueltigkeit.gilt_fuer, gueltigkeit.von.isoformat(), gueltigkeit.bis.isoformat())
