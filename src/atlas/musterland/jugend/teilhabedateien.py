"""Deliveries about disability: severely disabled people, and people in workshops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.musterland.arbeitsmappe import Blatt, write_workbook
from atlas.musterland.jugend.gesundheit import generate_schwerbehinderte, generate_werkstatt
from atlas.musterland.stammdaten import AGS, GEMEINDEN, JAHRE, PLANUNGSRAEUME
from atlas.musterland.tabellen import format_thousands, write_csv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from atlas.musterland.arbeitsmappe import Zelle


def _write_schwerbehinderte(pfad: Path) -> Path:
    s = generate_schwerbehinderte()
    zeilen: list[Sequence[object]] = [
        ["Stichtag", "Schlüssel", "Gemeinde", "Schwerbehinderte insgesamt", "unter 18", "18 bis unter 65", "ab 65"],
    ]
    for j, jahr in enumerate(JAHRE):
        for i, (ags, g) in enumerate(zip(AGS, GEMEINDEN, strict=True)):
            zahlen = (teil[i, j] for teil in (s.insgesamt, s.unter_18, s.bis_64, s.ab_65))
            zeilen.append([f"31.12.{jahr}", ags, g.name, *(format_thousands(int(zahl)) for zahl in zahlen)])
    zeilen.append(["Personen mit gültigem Ausweis und einem Grad der Behinderung von mindestens 50"])
    return write_csv(pfad, zeilen, zeichensatz="cp1252", zeilenende="\r\n")


def _write_werkstatt(pfad: Path) -> Path:
    werte = generate_werkstatt()
    zeilen: list[Sequence[Zelle]] = [
        ["Beschäftigte in Werkstätten für behinderte Menschen"],
        ["Eingangsverfahren, Berufsbildungsbereich und Arbeitsbereich, nach Wohnort"],
        [],
        ["Planungsraum", None, "Personen am 31.12."],
        ["Kürzel", "Name", *JAHRE],
    ]
    for i, (kennung, name) in enumerate(PLANUNGSRAEUME.items()):
        zeilen.append([kennung, name, *map(int, werte[i])])
    zeilen += [[None, "Landkreis", *map(int, werte.sum(axis=0))], [], ["Quelle: Kostenträger der Eingliederungshilfe"]]
    return write_workbook(
        pfad,
        [Blatt("Werkstatt", zeilen, verbunden=["A4:B4", "C4:N4"], breiten={"B": 22.0}, fett=(1, 4, 5))],
    )


def write_teilhabe(ziel: Path) -> list[Path]:
    """Write both deliveries."""
    ordner = ziel / "versorgungsamt"
    return [
        _write_schwerbehinderte(ordner / "schwerbehinderte.csv"),
        _write_werkstatt(ordner / "werkstattbeschaeftigte.xlsx"),
    ]
