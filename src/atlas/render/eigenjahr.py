"""Indikatoren that show another year than the book, such as those of a census, say so wherever they are named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.config.laden import Konfiguration
    from atlas.config.models.indikatoren import Indikator


def name_eigene_jahre(konfiguration: Konfiguration) -> Konfiguration:
    """Give the configuration with the year in the names of Indikatoren that have one of their own."""
    katalog = konfiguration.indikatoren
    benannt = {name: _benannt(indikator) for name, indikator in katalog.indikatoren.items()}
    return replace(konfiguration, indikatoren=katalog.model_copy(update={"indikatoren": benannt}))


def _benannt(indikator: Indikator) -> Indikator:
    if indikator.jahr is None:
        return indikator
    namen = {"name": f"{indikator.name} ({indikator.jahr})", "kurzname": f"{indikator.kurzname} ({indikator.jahr})"}
    return indikator.model_copy(update=namen)
