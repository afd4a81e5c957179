"""Corrected keys: a declared replacement with a guard that must hit exactly one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import EingabeError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.config.models.datei import Ersetzung

Satz = dict[str, str]


def find_spalten(saetze: Sequence[Satz]) -> list[str]:
    """Give the names of all columns in the order they are met; features of a map need not all have the same."""
    return list(dict.fromkeys(name for satz in saetze for name in satz))


def replace_schluessel(saetze: Sequence[Satz], spalte: str, ersetzungen: Sequence[Ersetzung], datei: str) -> list[Satz]:
    """Give the rows with corrected keys.

    Raises `EingabeError` when a guard hits no row (the provider has mended the file, or it changed)
    or more than one.
    """
    neu = [dict(satz) for satz in saetze]
    vorhanden = find_spalten(saetze)
    probleme = []
    for ersetzung in ersetzungen:
        fremde = sorted(name for name in ersetzung.wenn if name not in vorhanden)
        if fremde:
            text = f"die Ersetzung von »{ersetzung.schluessel}« nennt die Spalte »{fremde[0]}«, die es nicht gibt."
            probleme.append(Problem(datei, 0, "", f"{text} Vorhanden: {', '.join(f'»{s}«' for s in vorhanden)}."))
            continue
        bedingung = {spalte: ersetzung.schluessel, **ersetzung.wenn}
        treffer = [satz for satz in neu if all(satz.get(name) == wert for name, wert in bedingung.items())]
        if len(treffer) != 1:
            text = (
                f"die Ersetzung von »{ersetzung.schluessel}« trifft {len(treffer)} statt einer Zeile. Ist die Datei "
                "berichtigt, die Ersetzung in config/raeume.yaml löschen; sonst »wenn« anpassen."
            )
            probleme.append(Problem(datei, 0, "", text))
            continue
        treffer[0][spalte] = ersetzung.ersetze
    if probleme:
        raise EingabeError(probleme)
    return neu
