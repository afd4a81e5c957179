"""Writing of all raw deliveries in the varying formats of their senders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.musterland.bewegungstabellen import write_geburten, write_sterbefaelle, write_wanderungen
from atlas.musterland.jugend import write_jugend
from atlas.musterland.register import write_einbuergerungen, write_einwohner, write_haushalte, write_herkunft
from atlas.musterland.verzeichnis import write_karten, write_raumverzeichnis, write_umstieg
from atlas.musterland.wirtschaft import write_wirtschaft

if TYPE_CHECKING:
    from pathlib import Path


def write_bevoelkerung(ziel: Path) -> list[Path]:
    """Write the Räume, the residents and their movements."""
    return [
        write_raumverzeichnis(ziel),
        *write_karten(ziel),
        write_umstieg(ziel),
        *write_einwohner(ziel),
        write_herkunft(ziel),
        write_haushalte(ziel),
        write_einbuergerungen(ziel),
        *write_geburten(ziel),
        *write_sterbefaelle(ziel),
        *write_wanderungen(ziel),
    ]


def write_files(ziel: Path) -> list[Path]:
    """Write all deliveries into a folder and return their paths."""
    ziel.mkdir(parents=True, exist_ok=True)
    return sorted([*write_bevoelkerung(ziel), *write_wirtschaft(ziel), *write_jugend(ziel)])
