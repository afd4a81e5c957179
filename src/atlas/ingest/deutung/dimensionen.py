"""From the texts of dimensions to Merkmal and gruppe: each text is mapped, fits a pattern, or is ignored on purpose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from atlas.config.merkmale import join_gruppe
from atlas.ingest.deutung.muster import passt_zu_einem
from atlas.zeichen import name_kopf

if TYPE_CHECKING:
    from atlas.config.models.quellen import Dimension

_TRENNT = "|"


@dataclass(frozen=True)
class Deutung:
    """What one text of a dimension means: a Merkmal, a part of the group, a unit, or nothing to be read."""

    merkmal: str | None = None
    gruppe: str = ""
    faktor: float = 1.0
    ignoriert: bool = False


def deute(text: str, dimension: Dimension) -> Deutung | None:
    """Say what a text means; None when nothing is declared for it."""
    if text in dimension.faktoren:
        return Deutung(faktor=dimension.faktoren[text])
    if text in dimension.merkmale:
        return Deutung(merkmal=dimension.merkmale[text])
    if text in dimension.gruppen:
        return Deutung(gruppe=dimension.gruppen[text])
    if passt_zu_einem(text, dimension.ignoriere):
        return Deutung(ignoriert=True)
    treffer = re.fullmatch(dimension.muster, text) if dimension.muster and dimension.gruppe else None
    return Deutung(gruppe=(dimension.gruppe or "").format(**treffer.groupdict(""))) if treffer else None


def describe_unbekannt(text: str, dimension: Dimension) -> str:
    """Say in German that a text is not declared."""
    wo = f"Spalte »{dimension.spalte}«" if dimension.spalte else f"Kopfgruppe »{dimension.kopf}«"
    liste = "merkmale" if dimension.merkmale else "faktoren" if dimension.faktoren else "gruppen"
    return f"{wo}: »{name_kopf(text)}« ist nicht deklariert. In dimensionen unter {liste} oder ignoriere aufnehmen."


def join_gruppenspalten(df: pl.DataFrame, spalten: list[str], fest: str) -> pl.Series:
    """Give the canonical group of each row from the parts in its columns and one fixed part."""
    if not spalten:
        return pl.Series("gruppe", [join_gruppe([fest])]).new_from_index(0, df.height)
    zusammen = df.select(pl.concat_str(*spalten, separator=_TRENNT).alias("gruppe"))["gruppe"]
    namen = {teile: join_gruppe([teile, fest]) for teile in zusammen.unique()}
    return zusammen.replace_strict(namen, return_dtype=pl.String)
