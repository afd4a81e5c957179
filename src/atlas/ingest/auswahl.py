"""The features of a file that a project wants, chosen by patterns over their properties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.errors import EingabeError, Problem
from atlas.zeichen import shorten_mitte, show_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_BEISPIELE = 5
_WERT_HOECHSTENS = 60


def select_auswahl(saetze: Sequence[Mapping[str, str]], auswahl: Mapping[str, str], name: str) -> list[int]:
    """Give the indices of the rows whose named properties all match their patterns wholly, in the order of the file.

    Raises `EingabeError` for a property that no row has, and for a pattern that hits none.
    """
    vorhanden = dict.fromkeys(eigenschaft for satz in saetze for eigenschaft in satz)
    fehlend = [eigenschaft for eigenschaft in auswahl if eigenschaft not in vorhanden]
    if fehlend:
        rest = f"gibt es nicht. Vorhanden: {', '.join(f'»{show_text(eigenschaft)}«' for eigenschaft in vorhanden)}."
        raise EingabeError([Problem(name, 0, "auswahl", f"»{fremd}« {rest}") for fremd in fehlend])
    treffer = list(range(len(saetze)))
    for eigenschaft, muster in auswahl.items():
        passt = re.compile(muster).fullmatch
        vorher = treffer
        treffer = [i for i in vorher if eigenschaft in saetze[i] and passt(saetze[i][eigenschaft])]
        if not treffer:
            werte = [saetze[i].get(eigenschaft, "") for i in vorher]
            raise EingabeError([Problem(name, 0, "auswahl", _ohne_treffer(eigenschaft, muster, werte))])
    return treffer


def _ohne_treffer(eigenschaft: str, muster: str, werte: Sequence[str]) -> str:
    verschiedene = list(dict.fromkeys(shorten_mitte(show_text(wert), _WERT_HOECHSTENS) for wert in werte))
    beispiele = ", ".join(f"»{wert}«" for wert in verschiedene[:_BEISPIELE])
    weitere = " und andere" if len(verschiedene) > _BEISPIELE else ""
    rat = "Das Muster muss den ganzen Wert treffen, z. B. 14524.* statt 14524."
    return f"kein Wert von »{eigenschaft}« entspricht {muster}. Vorhanden: {beispiele}{weitere}. {rat}"
