"""Read tables and configuration of the built demo once for all tests: they are large, and nobody changes them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from atlas.config.laden import Konfiguration, load_konfiguration
from atlas.store import read_tabelle

if TYPE_CHECKING:
    from atlas.projekt import Projekt
    from atlas.tables.basis import Tabelle


@cache
def lies(projekt: Projekt, tabelle: type[Tabelle]) -> pl.DataFrame:
    return pl.DataFrame(read_tabelle(projekt, tabelle))


@cache
def lies_konfiguration(projekt: Projekt) -> Konfiguration:
    return load_konfiguration(projekt)
