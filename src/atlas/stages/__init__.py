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
    hilfe: str
    beispiel: str
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
        hilfe="Rohdaten einlesen, wie in config/ beschrieben.",
        beispiel="atlas ingest --roh ~/lieferungen/2025",
        modul="atlas.stages.ingest",
        schreibt=("Lieferungen", "Raeume", "Geometrien", "Messwerte", "Eingangsbefunde"),
        config=("raeume", "quellen"),
        roh=True,
    ),
    Stufe(
        name="validate",
        hilfe="Daten prüfen, alle Befunde sammeln.",
        beispiel="atlas validate --force",
        modul="atlas.stages.validate",
        liest=("ingest/Raeume", "ingest/Lieferungen", "ingest/Messwerte", "ingest/Eingangsbefunde"),
        schreibt=("Befunde",),
        config=("raeume", "quellen", "indikatoren", "dimensionen"),
    ),
    Stufe(
        name="compute",
        hilfe="Indikatoren und Indizes berechnen und freigeben.",
        beispiel="atlas compute",
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
        hilfe="Die Bücher setzen, ein PDF je Ausgabe.",
        beispiel="atlas render --force",
        modul="atlas.stages.render",
        liest=("ingest/Raeume", "ingest/Geometrien", "ingest/Lieferungen", "compute/Freigabewerte"),
        config=("atlas", "raeume", "quellen", "indikatoren", "dimensionen", "ausgaben"),
        vorlagen=True,
        ziel="reports",
    ),
)

BY_NAME: Final = {stufe.name: stufe for stufe in STAGES}
