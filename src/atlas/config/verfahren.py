"""Lay named methods into the Indizes that refer to them, and the Index of a Dimension among the Indizes.

Afterwards every Index is written out in full, as if somebody had copied the method, and a mistake is still reported
where it stands.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pydantic import Field, ValidationError

from atlas.config.meldungen import translate
from atlas.config.models.basis import Modell
from atlas.config.models.dimensionen import DIMENSIONSINDEX, Dimensionsindex
from atlas.config.models.indizes import AUS_VERFAHREN
from atlas.config.models.verfahren import Verfahren, Verfahrensname
from atlas.config.unbekannt import tell_unbekannt
from atlas.config.yaml_strikt import Dokument, Pfad, Wert
from atlas.errors import KonfigurationError

if TYPE_CHECKING:
    from atlas.errors import Problem

Block = dict[str, Wert]

_ARTEN: Final = {"status": "wert", "dynamik": "differenz", "dimension": "wert"}
"""What an Index of each kind starts from, unless it says so itself."""
_EIGENE_SCHRITTE: Final = tuple(name for name in AUS_VERFAHREN if name not in {"ausgangswert", "klassen"})


class _Vorrat(Modell):
    """The named methods of a file, which have to be sound before anything is laid in from them."""

    verfahren: dict[Verfahrensname, Verfahren] = Field(default={})


@dataclass
class _Arbeit:
    """The document, what is laid in with the line it comes from, and what is wrong."""

    dokument: Dokument
    verfahren: Block
    fremde: dict[Pfad, tuple[str, int]] = field(default_factory=dict)
    probleme: list[Problem] = field(default_factory=list)

    def lay_in(self, ziel: Pfad, herkunft: Pfad) -> None:
        """Note that what stands at `ziel` comes from `herkunft`, with everything below it."""
        tiefe = len(herkunft)
        for pfad, zeile in self.dokument.zeilen.items():
            if pfad[:tiefe] == herkunft:
                self.fremde[(*ziel, *pfad[tiefe:])] = (self.dokument.datei, zeile)

    def melde(self, pfad: Pfad, text: str) -> None:
        self.probleme.append(self.dokument.problem(pfad, text))


def apply_verfahren(dokument: Dokument) -> Dokument:
    """Give the document of dimensionen.yaml with every Index complete, as far as methods complete it.

    Raises `KonfigurationError` for a method that is unsound, unknown, or lacks what the Index needs.
    """
    inhalt = dokument.inhalt
    if not isinstance(inhalt, dict) or not isinstance(inhalt.get("indizes"), dict):
        return dokument
    arbeit = _Arbeit(dokument, _read_verfahren(dokument, inhalt))
    neu: Block = {}
    for name, eigene in _block(inhalt, "indizes").items():
        _check_eigenen(arbeit, name, eigene)
        neu[name] = _complete(arbeit, name, ("indizes", name), eigene) if isinstance(eigene, dict) else eigene
    for name, dimension in _block(inhalt, "dimensionen").items():
        index = dimension.get("index") if isinstance(dimension, dict) else None
        if isinstance(dimension, dict) and isinstance(index, dict) and _ist_gueltig(index):
            neu[f"{DIMENSIONSINDEX}{name}"] = _build_dimensionsindex(arbeit, name, dimension, index)
    if arbeit.probleme:
        raise KonfigurationError(arbeit.probleme)
    return Dokument(dokument.datei, {**inhalt, "indizes": neu}, dokument.zeilen, arbeit.fremde)


def _read_verfahren(dokument: Dokument, inhalt: Block) -> Block:
    verfahren = inhalt.get("verfahren", {})
    try:
        _Vorrat.model_validate_json(json.dumps({"verfahren": verfahren}))
    except ValidationError as fehler:
        raise KonfigurationError(translate(fehler, dokument, _Vorrat)) from fehler
    return verfahren if isinstance(verfahren, dict) else {}


def _block(inhalt: Block, name: str) -> Block:
    block = inhalt.get(name)
    return block if isinstance(block, dict) else {}


def _ist_gueltig(index: Block) -> bool:
    """Tell whether the index of a Dimension is sound in itself; if not, its own model says why."""
    try:
        Dimensionsindex.model_validate_json(json.dumps(index))
    except ValidationError:
        return False
    return True


def _check_eigenen(arbeit: _Arbeit, name: str, index: Wert) -> None:
    """Refuse an Index that takes the name or the kind of those that come from Dimensionen."""
    pfad = ("indizes", name)
    if name.startswith(DIMENSIONSINDEX):
        rat = f"Den Index unter dimensionen: {name.removeprefix(DIMENSIONSINDEX) or '...'} als index eintragen."
        arbeit.melde(pfad, f"Namen mit {DIMENSIONSINDEX} gehören den Dimensionen. {rat}")
    elif isinstance(index, dict) and index.get("art") == "dimension":
        arbeit.melde((*pfad, "art"), "ein Index der Art dimension steht unter dimensionen als index der Dimension.")


def _build_dimensionsindex(arbeit: _Arbeit, name: str, dimension: Block, index: Block) -> Block:
    ziel, herkunft = ("indizes", f"{DIMENSIONSINDEX}{name}"), ("dimensionen", name, "index")
    voll: Block = {"beobachtungsjahre": 0, **index, "name": dimension.get("name"), "art": "dimension"}
    arbeit.lay_in(ziel, herkunft)
    return _complete(arbeit, ziel[1], herkunft, voll)


def _complete(arbeit: _Arbeit, name: str, herkunft: Pfad, eigene: Block) -> Block:
    """Give an Index with all that its method says and it does not say itself."""
    verfahren, art = eigene.get("verfahren"), eigene.get("art")
    if not isinstance(verfahren, str) or not isinstance(art, str) or art not in _ARTEN:
        return eigene
    angaben = arbeit.verfahren.get(verfahren)
    if not isinstance(angaben, dict):
        arbeit.melde((*herkunft, "verfahren"), tell_unbekannt("das Verfahren", verfahren, arbeit.verfahren))
        return eigene
    voll = {"ausgangswert": "differenz" if "differenz" in eigene else _ARTEN[art], **eigene}
    quellen: dict[str, Pfad] = {schritt: (schritt,) for schritt in _EIGENE_SCHRITTE}
    quellen["klassen"] = ("klassen", art)
    if voll["ausgangswert"] == "differenz":
        quellen["differenz"] = ("differenz",)
    for schluessel, pfad in quellen.items():
        if schluessel in eigene:
            continue
        wert = _find(angaben, pfad)
        if wert is None:
            text = (
                f"das Verfahren »{verfahren}« sagt für die Art {art} nichts zu {schluessel}. Dort oder hier ergänzen."
            )
            arbeit.melde((*herkunft, "verfahren"), text)
            continue
        voll[schluessel] = wert
        arbeit.lay_in(("indizes", name, schluessel), ("verfahren", verfahren, *pfad))
    return voll


def _find(angaben: Block, pfad: Pfad) -> Wert:
    wert: Wert = angaben
    for teil in pfad:
        wert = wert.get(str(teil)) if isinstance(wert, dict) else None
    return wert
