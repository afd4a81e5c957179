"""Regular expressions of the configuration over columns of text: Python's meaning, polars' speed where it has it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable

WENIGE = 10_000
"""Up to so many texts Python tries each distinct one; beyond, polars is asked first."""
_FREMDE_ZIFFER: Final = r"[\p{Nd}--[0-9]]"
"""A digit of another script, for polars."""


def match_ganz(texte: pl.Series, muster: str) -> pl.Series:
    r"""Tell for each text whether the pattern fits all of it; one with `\d` fits no digits of another script."""
    if texte.len() > WENIGE:
        try:
            passt = texte.str.contains(rf"\A(?:{muster})\z", strict=True)
            return passt & ~texte.str.contains(_FREMDE_ZIFFER) if _meint_ziffern(muster) else passt
        except pl.exceptions.ComputeError:
            pass  # lookahead, backreferences: Python knows them, polars does not
    passende = [text for text in texte.unique() if passt_zu_einem(text, [muster])]
    return texte.is_in(pl.Series(passende, dtype=pl.String).implode())


def passt_zu_einem(text: str, muster: Iterable[str]) -> bool:
    r"""Tell whether one of the patterns fits all of a text; one with `\d` fits no digits of another script."""
    fremd = _hat_fremde_ziffer(text)
    return any(re.fullmatch(einzelnes, text) and not (fremd and _meint_ziffern(einzelnes)) for einzelnes in muster)


def _meint_ziffern(muster: str) -> bool:
    return r"\d" in muster


def _hat_fremde_ziffer(text: str) -> bool:
    return not text.isascii() and any(zeichen.isdecimal() and not zeichen.isascii() for zeichen in text)
