"""The stages as data: `atlas build` is a loop over `STAGES`.

Tables are named as strings `stage/table`, so that the check whether a stage is due imports neither
polars nor pandera. A test holds the names against the table classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True)
class Stufe:
    """What a stage reads, writes and depends on; `modul` holds its function `run`.

    `rolle`: a stage that `prueft` stops the run while it finds Fehler; what a stage `gibt_frei` is published, so
    that whoever reads from it wants it made by this very program.
    """

    name: str
    hilfe: str
    beispiel: str
    modul: str
    liest: tuple[str, ...] = ()
    schreibt: tuple[str, ...] = ()
    config: tuple[str, ...] = ()
    roh: bool = False
    vorlagen: bool = False
    rolle: Literal["", "prueft", "gibt_frei"] = ""
    ziel: Literal["processed", "reports"] = "processed"


STAGES: Final = (
    Stufe(
        name="ingest",
        hilfe="Rohdaten einlesen, wie in config/ beschrieben.",
        beispiel="atlas ingest --roh ~/lieferungen/2025",
        modul="atlas.stages.ingest",
        schreibt=(
            "Lieferungen",
            "Raeume",
            "Umstiege",
            "Geometrien",
            "Messwerte",
            "Angebote",
            "Beitraege",
            "Eingangsbefunde",
        ),
        config=("raeume", "quellen", "korrekturen", "angebote", "beitraege"),
        roh=True,
    ),
    Stufe(
        name="validate",
        hilfe="Daten prüfen, alle Befunde sammeln.",
        beispiel="atlas validate --force",
        modul="atlas.stages.validate",
        liest=(
            "ingest/Raeume",
            "ingest/Umstiege",
            "ingest/Lieferungen",
            "ingest/Messwerte",
            "ingest/Eingangsbefunde",
        ),
        schreibt=("Befunde",),
        config=("atlas", "raeume", "quellen", "indikatoren", "dimensionen"),
        rolle="prueft",
    ),
    Stufe(
        name="compute",
        hilfe="Indikatoren und Indizes berechnen und freigeben.",
        beispiel="atlas compute",
        modul="atlas.stages.compute",
        liest=("ingest/Raeume", "ingest/Umstiege", "ingest/Messwerte", "validate/Befunde"),
        schreibt=(
            "Indikatorkatalog",
            "Formelterme",
            "Gebietswerte",
            "Merkmalswerte",
            "Indikatorwerte",
            "Normwerte",
            "Indizes",
            "Freigabewerte",
        ),
        config=("raeume", "quellen", "indikatoren", "dimensionen", "ausgaben", "angebote"),
        rolle="gibt_frei",
    ),
    Stufe(
        name="render",
        hilfe="Die Bücher setzen, ein PDF je Ausgabe.",
        beispiel="atlas render --force",
        modul="atlas.stages.render",
        liest=(
            "ingest/Raeume",
            "ingest/Umstiege",
            "ingest/Geometrien",
            "ingest/Lieferungen",
            "compute/Freigabewerte",
        ),
        config=(
            "atlas",
            "raeume",
            "quellen",
            "indikatoren",
            "dimensionen",
            "ausgaben",
            "korrekturen",
            "angebote",
            "beitraege",
        ),
        vorlagen=True,
        ziel="reports",
    ),
)

PRUEFUNG: Final = next(stufe for stufe in STAGES if stufe.rolle == "prueft")


def find_vorstufen(stufe: Stufe) -> tuple[Stufe, ...]:
    """Give the stages whose tables a stage reads, also by way of other stages, in the order of the run."""
    direkte = [andere for andere in STAGES if any(tabelle.startswith(f"{andere.name}/") for tabelle in stufe.liest)]
    alle = {vor for direkte_stufe in direkte for vor in (direkte_stufe, *find_vorstufen(direkte_stufe))}
    return tuple(andere for andere in STAGES if andere in alle)
