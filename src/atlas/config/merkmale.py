"""Which Merkmale and groups the declared Quellen can deliver: what the catalogue of Indikatoren may use."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from atlas.alter.zerlegung import is_bildbar
from atlas.tables.listen import FLAECHE_HA

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.config.models.angebote import Angebotsverzeichnis
    from atlas.config.models.quellen import Dimension, Quelle, Wertspalte


@dataclass
class Gruppenvorrat:
    """The groups of one Merkmal; `offen` when a pattern makes them and nobody can list them."""

    gruppen: set[str] = field(default_factory=set)
    offen: bool = False

    def liefert(self, gruppe: str) -> bool:
        """Tell whether a group may be delivered as it is."""
        return self.offen or gruppe in self.gruppen

    def kennt(self, gruppe: str, jahr: int | None = None) -> bool:
        """Tell whether a group may be delivered, or as a band of ages be made of delivered ones in a year (or some).

        Bands are made for the terms of counted Indikatoren and for nothing else.
        """
        return self.liefert(gruppe) or is_bildbar(gruppe, self.gruppen, jahr)


def list_merkmale(
    quellen: Iterable[Quelle], verzeichnisse: Iterable[Angebotsverzeichnis] = ()
) -> dict[str, Gruppenvorrat]:
    """Give the groups of every Merkmal that some Quelle may deliver or that is counted from a register of Angebote.

    And the area, which no Quelle delivers.
    """
    vorrat = {FLAECHE_HA: Gruppenvorrat({""})}
    for verzeichnis in verzeichnisse:
        if verzeichnis.zaehlen is not None:
            eigener = vorrat.setdefault(verzeichnis.zaehlen.merkmal, Gruppenvorrat())
            eigener.gruppen |= {"", *(f"art={art}" for art in verzeichnis.artnamen)}
    for quelle in quellen:
        for spalte in quelle.werte.spalten:
            _add_spalte(vorrat, quelle, spalte)
    return vorrat


def join_gruppe(teile: Iterable[str]) -> str:
    """Give the canonical name of a group: its parts `dimension=wert`, each once, sorted and joined by `|`."""
    return "|".join(sorted({stueck for teil in teile for stueck in teil.split("|") if stueck}))


def list_groessen(quelle: Quelle, spalte: Wertspalte) -> list[tuple[str, str | None]]:
    """Give every Merkmal and group that one declared column delivers, sorted.

    None as the last group of a Merkmal stands for those that a pattern makes and nobody can list.
    """
    vorrat: dict[str, Gruppenvorrat] = {}
    _add_spalte(vorrat, quelle, spalte)
    groessen: list[tuple[str, str | None]] = []
    for merkmal, eigener in sorted(vorrat.items()):
        groessen += [(merkmal, gruppe) for gruppe in sorted(eigener.gruppen)]
        groessen += [(merkmal, None)] if eigener.offen else []
    return groessen


def _add_spalte(vorrat: dict[str, Gruppenvorrat], quelle: Quelle, spalte: Wertspalte) -> None:
    dimensionen = [d for d in quelle.dimensionen if d.spalte or _im_muster(d, spalte)]
    merkmale = {spalte.merkmal} if spalte.merkmal else {m for d in dimensionen for m in d.merkmale.values()}
    teile = [set(d.gruppen.values()) for d in dimensionen if not d.merkmale and not d.faktoren]
    offen = any(d.muster for d in dimensionen)
    for merkmal in merkmale:
        eigener = vorrat.setdefault(merkmal, Gruppenvorrat())
        eigener.offen |= offen
        eigener.gruppen |= {join_gruppe([spalte.gruppe, *auswahl]) for auswahl in product(*teile)}


def _im_muster(dimension: Dimension, spalte: Wertspalte) -> bool:
    return spalte.muster is not None and dimension.kopf in re.compile(spalte.muster).groupindex
