"""The small Kreis with named methods and a Sozialraummonitor: its own configuration, completed in tests."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import yaml

from geteilte_daten import KREIS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Aenderung = Callable[[dict[str, Any]], None]

STUFEN = [
    {"klasse": "geringer", "unter": -0.5},
    {"klasse": "im_mittel", "von": -0.5, "bis": 0.5},
    {"klasse": "hoeher", "ueber": 0.5},
]
INDIKATOREN = {
    "familie": ("alleinerziehende", "kinderreiche", "auslaenderanteil"),
    "arbeit": ("arbeitslosenanteil", "jugendarbeitslosenanteil"),
    "einkommen": ("sgb2_quote", "kinderarmut", "altersarmut"),
}
"""What the Index of a Dimension of the small Kreis is made of; the counts behind Arbeit are secret in places."""


def add_dimensionen(inhalt: dict[str, Any]) -> None:
    """Declare a method for Dimensionen and an Index for three of them."""
    schritt = dict(inhalt["indizes"]["status"]["standardisierung"])
    inhalt["verfahren"] = {
        "eigenes-verfahren": {
            "name": "Eigenes Verfahren",
            "quelle": "Auftraggeber",
            "standardisierung": schritt,
            "zusammenfassung": "mittelwert",
            "restandardisierung": schritt,
            "klassen": {"dimension": STUFEN},
            "belegt": ["Die Rechnung ist die des Statusindex"],
            "unbestaetigt": ["Die Grenzen der Klassen"],
        }
    }
    inhalt["klassennamen"] |= {"geringer": "geringer", "im_mittel": "im Mittel", "hoeher": "höher"}
    for dimension, indikatoren in INDIKATOREN.items():
        liste = [{"indikator": name, "gewicht": 1} for name in indikatoren]
        index = {"verfahren": "eigenes-verfahren", "ebene": "gemeinde", "indikatoren": liste}
        inhalt["dimensionen"][dimension]["index"] = index


def write_projekt(ordner: Path, *aenderungen: Aenderung) -> Path:
    """Copy the small Kreis into a folder and change its dimensionen.yaml."""
    shutil.copytree(KREIS / "config", ordner / "config")
    shutil.copytree(KREIS / "data" / "raw", ordner / "data" / "raw")
    pfad = ordner / "config" / "dimensionen.yaml"
    inhalt = yaml.safe_load(pfad.read_text("utf-8"))
    for aendere in aenderungen:
        aendere(inhalt)
    pfad.write_text(json.dumps(inhalt, ensure_ascii=False, indent=1), "utf-8")  # JSON is YAML, without anchors
    return ordner
