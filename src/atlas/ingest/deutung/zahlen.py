"""From the text of cells to number, status and quality: by a declared way of writing or a declared symbol."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from atlas.config.models.zahlen import Zahl

_LEERE = "[\u00a0\u202f\u2009]"
"""Blanks that keep a number together; with `tausender: " "` they stand for it."""
_MINUS = "[-\u2212]\\s*"
"""A minus sign may stand apart from its number, as in official tables."""


def parse_einfache(texte: pl.Expr, zahl: Zahl) -> pl.Expr:
    """Give the number of texts in the plainest way of writing, digits with at most one decimal sign, else null.

    Nearly all cells are so, and the full way of `parse_zahlen` would give the same; this one is twice as fast.
    """
    ziffern = texte.str.replace(",", ".", literal=True) if zahl.dezimal == "," else texte
    als_zahl = ziffern.cast(pl.Float64, strict=False)
    passt = texte.str.contains(rf"^-?\d+(?:{re.escape(zahl.dezimal)}\d+)?$")
    return pl.when(passt & als_zahl.is_finite()).then(als_zahl)


def parse_zahlen(texte: pl.Expr, zahl: Zahl) -> tuple[pl.Expr, pl.Expr]:
    """Give the number of each text that matches the declared way of writing, else null; and what quality it carries."""
    qualitaet = pl.lit(None, dtype=pl.String)
    if zahl.anhaenge:
        zeichen = "|".join(re.escape(anhang) for anhang in sorted(zahl.anhaenge, key=len, reverse=True))
        anhang = texte.str.extract(rf"[\d)]\s*({zeichen})$", 1)
        qualitaet = anhang.replace_strict({a: q or None for a, q in zahl.anhaenge.items()}, default=None)
        texte = texte.str.replace(rf"([\d)])\s*(?:{zeichen})$", "${1}")
    if zahl.klammern:
        geklammert = texte.str.contains(r"^\(.*\)$")
        innen = texte.str.replace(r"^\(\s*(.*?)\s*\)$", "${1}")
        if zahl.klammern == "negativ":
            texte = pl.when(geklammert).then(pl.lit("-") + innen).otherwise(texte)
        else:
            texte = innen
            qualitaet = pl.when(geklammert).then(pl.lit(zahl.klammern)).otherwise(qualitaet)
    return _zahl(texte, zahl), qualitaet


def _zahl(text: pl.Expr, zahl: Zahl) -> pl.Expr:
    ganz = r"\d+"
    if zahl.tausender:
        ganz = rf"(?:\d{{1,3}}(?:{re.escape(zahl.tausender)}\d{{3}})+|\d+)"
        text = text.str.replace_all(_LEERE, " ") if zahl.tausender == " " else text
    passt = text.str.contains(rf"^(?:{_MINUS})?{ganz}(?:{re.escape(zahl.dezimal)}\d+)?$")
    ziffern = text.str.replace(f"^{_MINUS}", "-")
    ziffern = ziffern.str.replace_all(zahl.tausender, "", literal=True) if zahl.tausender else ziffern
    ziffern = ziffern.str.replace(",", ".", literal=True) if zahl.dezimal == "," else ziffern
    als_zahl = ziffern.cast(pl.Float64, strict=False)
    return pl.when(passt & als_zahl.is_finite()).then(als_zahl)
