"""The stages as data: `atlas build` is a loop over `STAGES`.

Tables are named as strings `stage/table`, so that the check whether a stage is due imports neither
polars nor pandera. A test holds the names against the table classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True)
class Stufe:
    """What a stage reads, writes and depends on; `modul` holds its function `run`."""

    name: str
    titel: str
    modul: str
    liest: tuple[str, ...] = ()
    schreibt: tuple[str, ...] = ()
    config: tuple[str, ...] = ()
    roh: bool = False
    vorlagen: bool = False
    ziel: Literal["processed", "reports"] = "processed"


STAGES: Final = (
    Stufe(
        name="ingest",
        titel="Rohdaten einlesen",
        modul="atlas.stages.ingest",
        schreibt=("Lieferungen", "Raeume", "Geometrien", "Messwerte", "Eingangsbefunde"),
        config=("raeume", "quellen"),
        roh=True,
    ),
    Stufe(
        name="validate",
        titel="Daten prüfen",
        modul="atlas.stages.validate",
        liest=("ingest/Raeume", "ingest/Lieferungen", "ingest/Messwerte", "ingest/Eingangsbefunde"),
        schreibt=("Befunde",),
        config=("raeume", "quellen", "indikatoren", "dimensionen"),
    ),
    Stufe(
        name="compute",
        titel="Indikatoren und Indizes berechnen",
        modul="atlas.stages.compute",
        liest=("ingest/Raeume", "ingest/Messwerte", "validate/Befunde"),
        schreibt=(
            "Indikatorkatalog",
            "Formelterme",
            "Merkmalswerte",
            "Indikatorwerte",
            "Normwerte",
            "Indizes",
            "Freigabewerte",
        ),
        config=("raeume", "indikatoren", "dimensionen", "ausgaben"),
    ),
    Stufe(
        name="render",
        titel="Atlas setzen",
        modul="atlas.stages.render",
        liest=("ingest/Raeume", "ingest/Geometrien", "ingest/Lieferungen", "compute/Freigabewerte"),
        config=("atlas", "raeume", "quellen", "indikatoren", "dimensionen", "ausgaben"),
        vorlagen=True,
        ziel="reports",
    ),
)

BY_NAME: Final = {stufe.name: stufe for stufe in STAGES}
