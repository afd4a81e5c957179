"""Leading zeros that a spreadsheet program took from the keys of a Raumverzeichnis: put back where declared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atlas.config.models.raeume import Lang

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atlas.config.models.raeume import Raumverzeichnis

    Satz = dict[str, str]

LAENGSTER_SCHLUESSEL: Final = 12
"""The Regionalschlüssel; no key of an official area is longer."""


def fill_schluessel(saetze: Sequence[Satz], verzeichnis: Raumverzeichnis) -> list[Satz]:
    """Give the rows with keys of digits filled with zeros to the places declared for their level.

    In a long file the key of a parent is filled as in the row of the parent itself.
    """
    stellen, spalten = verzeichnis.verzeichnis.auffuellen, verzeichnis.verzeichnis.spalten
    if not stellen:
        return list(saetze)
    if isinstance(spalten, Lang):
        volle = {s[spalten.schluessel]: _fill(s[spalten.schluessel], stellen.get(s[spalten.ebene], 0)) for s in saetze}
        namen = (spalten.schluessel, spalten.uebergeordnet)
        return [satz | {name: volle.get(satz[name], satz[name]) for name in namen} for satz in saetze]
    je_spalte: dict[str, int] = {}
    for ebene in verzeichnis.ebenen:
        if ebene.schluessel and ebene.schluessel.spalte:
            spalte = ebene.schluessel.spalte
            je_spalte[spalte] = max(je_spalte.get(spalte, 0), stellen.get(ebene.ebene, 0))
    return [satz | {spalte: _fill(satz[spalte], n) for spalte, n in je_spalte.items()} for satz in saetze]


def _fill(schluessel: str, stellen: int) -> str:
    return schluessel.zfill(stellen) if schluessel.isdigit() else schluessel


def find_stellen(schluessel: str, muster: Mapping[str, str]) -> int:
    """Say to how many places a key of digits must be filled with zeros to fit a level; 0 when none would do."""
    for stellen in range(len(schluessel) + 1, LAENGSTER_SCHLUESSEL + 1) if schluessel.isdigit() else ():
        if any(re.fullmatch(einzelnes, schluessel.zfill(stellen)) for einzelnes in muster.values()):
            return stellen
    return 0
