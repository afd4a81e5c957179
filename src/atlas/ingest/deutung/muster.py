"""Regular expressions of the configuration over columns of text: Python's meaning, polars' speed where it has it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable

WENIGE = 10_000
"""Up to so many texts Python tries each distinct one; beyond, polars is asked first."""


def match_ganz(texte: pl.Series, muster: str) -> pl.Series:
    """Tell for each text whether the pattern fits all of it."""
    if texte.len() > WENIGE:
        try:
            return texte.str.contains(rf"\A(?:{muster})\z", strict=True)
        except pl.exceptions.ComputeError:
            pass  # lookahead, backreferences: Python knows them, polars does not
    ausdruck = re.compile(muster)
    passende = [text for text in texte.unique() if ausdruck.fullmatch(text)]
    return texte.is_in(pl.Series(passende, dtype=pl.String).implode())


def passt_zu_einem(text: str, muster: Iterable[str]) -> bool:
    """Tell whether one of the patterns fits all of a text."""
    return any(re.fullmatch(einzelnes, text) for einzelnes in muster)
