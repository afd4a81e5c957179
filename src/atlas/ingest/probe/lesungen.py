"""A table that was read in some way becomes a Lesung: with the declaration and the heads as they hold for its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.ingest.deutung.abweichungen import apply_abweichungen, find_abweichungen, rename_koepfe
from atlas.ingest.deutung.lesung import Lesung, Umfeld

if TYPE_CHECKING:
    from atlas.config.models.quellen import Quelle
    from atlas.ingest.formate.raster import Rohtabelle


def build_lesung(tabelle: Rohtabelle, quelle: Quelle, dateiname: str, umfeld: Umfeld) -> Lesung:
    """Put a table, its declared differences applied, beside the declaration of its file.

    Raises `EingabeError` when a declared renaming gives two columns one head.
    """
    eigene = apply_abweichungen(quelle, dateiname)
    return Lesung(rename_koepfe(tabelle, find_abweichungen(quelle, dateiname)), eigene, dateiname, umfeld)
