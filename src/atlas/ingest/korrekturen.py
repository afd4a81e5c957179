"""Declared corrections: a cell is replaced when it is still what the correction expects; delivered files stay."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import polars as pl

from atlas.errors import EingabeError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.config.models.korrekturen import Korrektur
    from atlas.config.yaml_strikt import Dokument


def apply_korrekturen(
    messwerte: pl.DataFrame, korrekturen: Mapping[str, Korrektur], dokument: Dokument | None
) -> pl.DataFrame:
    """Give the Messwerte with corrected cells, each marked by its `korrektur_id`.

    Raises `EingabeError` for a correction that hits no cell or several, and for one whose guard no longer fits: then
    the provider has mended the file, or it changed.
    """
    probleme = []
    for name, korrektur in korrekturen.items():
        treffer = _find_zellen(messwerte, korrektur)
        text = _text_falsch(messwerte, treffer, korrektur)
        if text:
            pfad = ("korrekturen", name)
            ohne_datei = Problem("config/korrekturen.yaml", 0, ".".join(pfad), text)
            probleme.append(dokument.problem(pfad, text) if dokument else ohne_datei)
            continue
        messwerte = _replace(messwerte, treffer[0], name, korrektur)
    if probleme:
        raise EingabeError(probleme)
    return messwerte


def _find_zellen(messwerte: pl.DataFrame, korrektur: Korrektur) -> list[int]:
    bedingung = (
        pl.col("lieferung_id").str.starts_with(f"{korrektur.quelle}:")
        & (pl.col("raum_id") == korrektur.raum_id)
        & (pl.col("jahr") == korrektur.jahr)
        & (pl.col("merkmal") == korrektur.merkmal)
        & (pl.col("gruppe") == korrektur.gruppe)
    )
    return messwerte.select(bedingung.alias("treffer"))["treffer"].arg_true().to_list()


def _text_falsch(messwerte: pl.DataFrame, treffer: list[int], korrektur: Korrektur) -> str:
    if len(treffer) != 1:
        return f"trifft {len(treffer)} statt einer Zelle. quelle, raum_id, jahr, merkmal und gruppe prüfen."
    zeile = messwerte.row(treffer[0], named=True)
    erwartet = korrektur.erwartet
    passt = (
        zeile["status"] == erwartet
        if isinstance(erwartet, str)
        else zeile["wert"] is not None and math.isclose(zeile["wert"], erwartet, rel_tol=1e-9)
    )
    if passt:
        return ""
    stelle = f"{zeile['lieferung_id']} {zeile['zelle']}"
    return f"in {stelle} steht nicht mehr, was erwartet ist. Ist die Lieferung berichtigt, die Korrektur löschen."


def _replace(messwerte: pl.DataFrame, stelle: int, name: str, korrektur: Korrektur) -> pl.DataFrame:
    diese = pl.int_range(pl.len()) == stelle
    return messwerte.with_columns(
        wert=pl.when(diese).then(pl.lit(korrektur.wert, pl.Float64)).otherwise("wert"),
        status=pl.when(diese).then(pl.lit(korrektur.status or "beobachtet")).otherwise("status"),
        qualitaet=pl.when(diese).then(pl.lit("berichtigt")).otherwise("qualitaet"),
        korrektur_id=pl.when(diese).then(pl.lit(name)).otherwise("korrektur_id"),
    )
