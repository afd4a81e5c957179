"""A project that covers only a part of what is delivered, such as a city in the tables of its Kreis."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.config.models.angebote import Angebotsverzeichnisse
    from atlas.config.models.quellen import Quelle, Quellen
    from atlas.config.models.raeume import Raumverzeichnis
    from atlas.config.models.schluessel import QuellSchluessel


def inherit_ausserhalb(quellen: Quellen, raeume: Raumverzeichnis) -> Quellen:
    """Give the Quellen with `raeume.ausserhalb` wherever a declaration of keys does not say it itself."""
    if raeume.ausserhalb == "fehler":
        return quellen
    return quellen.model_copy(update={"quellen": {name: _inherit(q) for name, q in quellen.quellen.items()}})


def inherit_ausserhalb_angebote(angebote: Angebotsverzeichnisse, raeume: Raumverzeichnis) -> Angebotsverzeichnisse:
    """Give the registers with `raeume.ausserhalb` wherever one does not say it itself."""
    if raeume.ausserhalb == "fehler":
        return angebote
    verzeichnisse = {
        name: v if "ausserhalb" in v.model_fields_set else v.model_copy(update={"ausserhalb": "zaehlen"})
        for name, v in angebote.angebote.items()
    }
    return angebote.model_copy(update={"angebote": verzeichnisse})


def _inherit(quelle: Quelle) -> Quelle:
    abweichungen = tuple(
        a.model_copy(update={"schluessel": _count(a.schluessel)}) if a.schluessel else a for a in quelle.abweichungen
    )
    return quelle.model_copy(update={"schluessel": _count(quelle.schluessel), "abweichungen": abweichungen})


def _count(schluessel: QuellSchluessel) -> QuellSchluessel:
    eigene = "ausserhalb" in schluessel.model_fields_set
    return schluessel if eigene else schluessel.model_copy(update={"ausserhalb": "zaehlen"})
