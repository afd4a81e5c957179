"""Angebote counted per Raum become Messwerte, so that an Indikator of them is configuration and no code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from atlas.tables.messung import Messwerte

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.config.models.angebote import Angebotsverzeichnis

AUSZAEHLUNG: Final = "Auszählung"
"""What stands for the address of a cell: a count comes from many rows, or from none."""


def count_angebote(
    angebote: pl.DataFrame,
    verzeichnis: Angebotsverzeichnis,
    kleinste: Mapping[str, str],
    gebietsstand: str,
    lieferung_id: str,
) -> pl.DataFrame:
    """Count the Angebote of every smallest Raum, in all and by Art, for every declared year (columns of Messwerte).

    The register is declared complete, so that where no row is, there is none: `null_genau`.
    """
    zaehlung = verzeichnis.zaehlen
    if zaehlung is None:
        return Messwerte.empty()
    je_art = angebote.group_by("raum_id", "art").agg(wert=pl.len())
    anzahl = pl.concat(
        [
            je_art.select("raum_id", "wert", gruppe=pl.format("art={}", "art")),
            je_art.group_by("raum_id").agg(pl.col("wert").sum()).with_columns(gruppe=pl.lit("")),
        ],
        how="diagonal",
    )
    raeume = pl.DataFrame({"raum_id": list(kleinste), "ebene": list(kleinste.values())})
    gruppen = pl.DataFrame({"gruppe": ["", *(f"art={art}" for art in verzeichnis.artnamen)]})
    jahre = pl.DataFrame({"jahr": list(verzeichnis.jahre)}, schema={"jahr": pl.Int64})
    alle = raeume.join(gruppen, how="cross").join(jahre, how="cross")
    df = alle.join(anzahl, on=["raum_id", "gruppe"], how="left", validate="m:1")
    return df.with_columns(
        pl.col("wert").fill_null(0).cast(pl.Float64),
        merkmal=pl.lit(zaehlung.merkmal),
        gebietsstand=pl.lit(gebietsstand),
        stichtag=pl.lit(verzeichnis.stand.isoformat()),
        status=pl.when(pl.col("wert").is_null()).then(pl.lit("null_genau")).otherwise(pl.lit("beobachtet")),
        qualitaet=pl.lit(None, pl.String),
        vorbehandelt=pl.lit(None, pl.String),
        lieferung_id=pl.lit(lieferung_id),
        zelle=pl.lit(AUSZAEHLUNG),
        korrektur_id=pl.lit(None, pl.String),
    ).select(Messwerte.spalten())
