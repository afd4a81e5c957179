"""The rules of `validate`: each gives all its findings; none changes a figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from atlas.befunde import Befund, Code
from atlas.core.pruefregeln.gebietsregeln import (
    find_falsche_summen,
    find_nicht_erhaltene,
    find_ohne_umstieg,
    find_zwei_staende,
)
from atlas.core.pruefregeln.jahresregeln import find_fehlende_merkmale, find_jahre_nach_stand, find_luecken
from atlas.core.pruefregeln.pruefling import Pruefling, Wertebereich
from atlas.core.pruefregeln.raumregeln import find_fehlende_raeume, find_unbekannte_raeume, find_wenige_raeume
from atlas.core.pruefregeln.wertregeln import (
    find_ausserhalb,
    find_doppelte,
    find_gebrochene,
    find_negative,
    find_zaehler_groesser_nenner,
)

__all__ = ["FOLGENREICH", "GRUPPEN", "Pruefling", "Regel", "Wertebereich", "find_befunde"]

Regel = Callable[[Pruefling], Iterator[Befund]]
GRUPPEN: tuple[tuple[Regel, ...], ...] = (
    (find_unbekannte_raeume, find_doppelte, find_zwei_staende, find_jahre_nach_stand),
    (find_ohne_umstieg, find_nicht_erhaltene, find_fehlende_raeume, find_ausserhalb, find_negative, find_gebrochene),
    (find_falsche_summen, find_zaehler_groesser_nenner, find_fehlende_merkmale, find_luecken, find_wenige_raeume),
)
FOLGENREICH = frozenset(
    {Code.UNBEKANNTER_RAUM, Code.DOPPELTER_WERT, Code.ZWEI_GEBIETSSTAENDE, Code.AUSSERHALB_WERTEBEREICH}
)
"""Findings after which the later groups would only repeat the same mistake in other words."""


def find_befunde(pruefling: Pruefling) -> list[Befund]:
    """Apply every rule of a group; a group with a finding among `FOLGENREICH` stops the groups after it.

    So one broken key column does not bring hundreds of follow-on findings.
    """
    befunde: list[Befund] = []
    for gruppe in GRUPPEN:
        neue = [befund for regel in gruppe for befund in regel(pruefling)]
        befunde += neue
        if any(befund.code in FOLGENREICH for befund in neue):
            break
    return befunde
