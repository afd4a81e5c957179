"""Deliveries of the Gesundheitsamt and of the doctors' association."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.musterland.jugend.gesundheit import generate_hausaerzte, generate_untersuchung
from atlas.musterland.jugend.schuldateien import BEZIRKE, format_schuljahr
from atlas.musterland.stammdaten import AGS, GEMEINDEN, JAHRE
from atlas.musterland.tabellen import write_csv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from atlas.musterland.jugend.gesundheit import Untersuchung

NEUES_VERFAHREN: Final = 2020
"""From this year of entry on the Gesundheitsamt exports from another software: commas, UTF-8, other heads."""
_KOPF_ALT: Final = (
    "Einschulung", "AGS", "Wohngemeinde", "untersuchte Kinder", "Sprache auffällig", "Übergewicht oder Adipositas",
)  # fmt: skip
_KOPF_NEU: Final = ("Einschulung", "AGS", "Kinder_untersucht", "Befund_Sprache", "Befund_Uebergewicht", "Export")


def _write_alt(pfad: Path, daten: Untersuchung) -> Path:
    zeilen: list[Sequence[object]] = [_KOPF_ALT]
    for j, jahr in enumerate(JAHRE):
        if jahr < NEUES_VERFAHREN:
            zeilen += [
                [format_schuljahr(jahr), ags, g.name, daten.kinder[i, j], daten.sprache[i, j], daten.uebergewicht[i, j]]
                for i, (ags, g) in enumerate(zip(AGS, GEMEINDEN, strict=True))
            ]
    return write_csv(pfad, zeilen, zeichensatz="cp1252", zeilenende="\r\n")


def _write_neu(pfad: Path, daten: Untersuchung) -> Path:
    zeilen: list[Sequence[object]] = [_KOPF_NEU]
    for i, ags in enumerate(AGS):
        for j, jahr in enumerate(JAHRE):
            if jahr >= NEUES_VERFAHREN:
                zahlen = (daten.kinder[i, j], daten.sprache[i, j], daten.uebergewicht[i, j])
                zeilen.append([format_schuljahr(jahr), ags, *zahlen, "2025-11-14"])
    return write_csv(pfad, zeilen, zeichensatz="utf-8-sig", trenner=",")


def _write_hausaerzte(pfad: Path) -> Path:
    werte = generate_hausaerzte()
    zeilen: list[Sequence[object]] = [
        ["Kassenärztliche Vereinigung: Hausärztinnen und Hausärzte im Landkreis Musterland"],
        ["Personen mit Praxissitz im Planungsraum, Stand jeweils 31.12."],
        ["Planungsraum", *JAHRE],
    ]
    zeilen += [[name, *werte[i]] for i, name in enumerate(BEZIRKE)]
    zeilen += [["Summe", *werte.sum(axis=0)], ["ohne Ermächtigte; angestellte Ärztinnen und Ärzte zählen mit"]]
    return write_csv(pfad, zeilen, trenner="\t")


def write_gesundheit(ziel: Path) -> list[Path]:
    """Write the examinations before school, in two files, and the family doctors."""
    ordner, daten = ziel / "gesundheitsamt", generate_untersuchung()
    return [
        _write_alt(ordner / "seu_2014-2019.csv", daten),
        _write_neu(ordner / "seu_2020-2025.csv", daten),
        _write_hausaerzte(ordner / "hausaerzte_kv.csv"),
    ]
