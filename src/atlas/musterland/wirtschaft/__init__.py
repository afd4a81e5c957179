"""Deliveries on work, basic income support, the Sozialamt, income and housing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.musterland.wirtschaft.agentur import write_agentur
from atlas.musterland.wirtschaft.altersarmut import write_altersarmut
from atlas.musterland.wirtschaft.kleinraum import write_kleinraum
from atlas.musterland.wirtschaft.regionaltabellen import write_regionaltabellen
from atlas.musterland.wirtschaft.sozialamt import write_sozialamt
from atlas.musterland.wirtschaft.wohntabellen import write_wohntabellen

if TYPE_CHECKING:
    from pathlib import Path


def write_wirtschaft(ziel: Path) -> list[Path]:
    """Write all deliveries of this package below the folder and return their paths."""
    return [
        *write_agentur(ziel),
        write_kleinraum(ziel),
        *write_regionaltabellen(ziel),
        *write_sozialamt(ziel),
        *write_altersarmut(ziel),
        *write_wohntabellen(ziel),
    ]
