"""Grundsicherung in old age by Sozialraum: Musterstadt by numbers of its own, the other towns by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.musterland.arbeitsmappe import Blatt, write_workbook
from atlas.musterland.raeume import BLAETTER, SOZIALRAEUME
from atlas.musterland.stammdaten import GEMEINDEN, JAHRE, KREIS_ID, find_gemeinde
from atlas.musterland.wirtschaft.sozialhilfe import generate_sozialhilfe

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from atlas.musterland.arbeitsmappe import Zelle

_MUSTERSTADT: Final = find_gemeinde("Musterstadt")


def _list_reihen(gemeinde: int) -> list[tuple[str, str, list[int]]]:
    """Key, name and figures of the Sozialräume of one town."""
    werte = generate_sozialhilfe().alter_je_blatt
    raeume = [blatt for blatt in SOZIALRAEUME if blatt.gemeinde == gemeinde]
    return [(b.raum_id, b.name, [int(wert) for wert in werte[BLAETTER.index(b)]]) for b in raeume]


def _write_musterstadt(ziel: Path) -> Path:
    """Write the workbook whose numbers of five places lost their zero: they are stored as numbers."""
    reihen = _list_reihen(_MUSTERSTADT)
    summen: list[Zelle] = [sum(zahlen[j] for _, _, zahlen in reihen) for j in range(len(JAHRE))]
    nummerierte: list[list[Zelle]] = [
        [int(raum_id.removeprefix(KREIS_ID)), name, *zahlen] for raum_id, name, zahlen in reihen
    ]
    zeilen: list[Sequence[Zelle]] = [
        ["Stadt Musterstadt, Fachbereich Soziales"],
        ["Grundsicherung im Alter (4. Kapitel SGB XII) nach Sozialräumen, jeweils 31. Dezember"],
        [],
        ["Sozialraum", None, "Empfängerinnen und Empfänger", *(None for _ in JAHRE[1:])],
        ["Nr.", "Name", *JAHRE],
        *nummerierte,
        ["Insgesamt", None, *summen],
    ]
    blatt = Blatt("Sozialräume", zeilen, verbunden=["A4:B4", "C4:N4"], breiten={"B": 24.0}, fett=[4, 5])
    return write_workbook(ziel / "sozialamt" / "grundsicherung_alter_musterstadt.xlsx", [blatt])


def _write_uebrige(ziel: Path) -> Path:
    """Write the workbook of the other five towns; the town stands in a cell merged over its Sozialräume."""
    zeilen: list[Sequence[Zelle]] = [
        ["Landkreis Musterland, Sozialamt"],
        ["Grundsicherung im Alter nach Sozialräumen der kreisangehörigen Städte (ohne Musterstadt), 31.12."],
        ["Stadt", "Schlüssel", "Sozialraum", *JAHRE],
    ]
    verbunden = []
    for nummer in sorted({blatt.gemeinde for blatt in SOZIALRAEUME} - {_MUSTERSTADT}):
        reihen = _list_reihen(nummer)
        verbunden.append(f"A{len(zeilen) + 1}:A{len(zeilen) + len(reihen)}")
        for i, (raum_id, name, zahlen) in enumerate(reihen):
            zeilen.append([None if i else GEMEINDEN[nummer].name, raum_id, name, *zahlen])
    zeilen.append(["Auswertung nach der Anschrift am Jahresende, einschließlich der Personen in Einrichtungen"])
    blatt = Blatt("2014-2025", zeilen, verbunden=verbunden, breiten={"A": 18.0, "C": 22.0}, fett=[3])
    return write_workbook(ziel / "sozialamt" / "grundsicherung_alter_sozialraeume.xlsx", [blatt])


def write_altersarmut(ziel: Path) -> list[Path]:
    """Write both workbooks."""
    return [_write_musterstadt(ziel), _write_uebrige(ziel)]
