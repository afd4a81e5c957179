"""The Pflegestatistik of the statistical office, one file for every second year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.musterland.jugend.pflege import JAHRE_PFLEGE, generate_pflege
from atlas.musterland.raeume import list_gemeinden, split_altmuehlen
from atlas.musterland.stammdaten import JAHRE, KREIS_ID, KREIS_NAME
from atlas.musterland.tabellen import format_genesis, write_csv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from atlas.musterland.raeume import IntArray

ERSTES_JAHR_PFLEGEGRAD: Final = 2017
ERSTES_JAHR_NUR_GRAD_1: Final = 2019
"""From this year on the survey also counts people with Pflegegrad 1 who use no service."""


_KOEPFE: Final = (
    ("darunter", "80 Jahre und mehr"),
    ("davon", "vollstationär"),
    ("davon", "ambulante Pflegedienste"),
    ("davon", "Pflegegeld"),
    ("davon", "nur Pflegegrad 1 ohne Dienst und Heim"),
)


def build_pflege(spalten: Sequence[IntArray], jahr: int) -> list[Sequence[object]]:
    """Return the rows of one year; people of all kinds of care, those from 80 on, and each kind."""
    j = JAHRE.index(jahr)
    begriff = "Pflegegrad" if jahr >= ERSTES_JAHR_PFLEGEGRAD else "Pflegestufe"
    kopf = [["Pflegebedürftige", "", ""]] + [["Pflegebedürftige", *teil] for teil in _KOEPFE]
    if jahr < ERSTES_JAHR_NUR_GRAD_1:
        kopf, spalten = kopf[:-1], spalten[:-1]
    zeilen: list[Sequence[object]] = [
        ["Pflegestatistik (zweijährliche Bestandserhebung)"],
        [f"Pflegebedürftige nach Art der Versorgung; Gemeinden; Stichtag: 15.12.{jahr}"],
        [f"Leistungsempfänger mit {begriff} im Sinne des SGB XI"],
        *(["", "", *stufe] for stufe in zip(*kopf, strict=True)),
        ["", "", *("Anzahl" for _ in kopf)],
        [KREIS_ID, KREIS_NAME, *(format_genesis(int(spalte[:, j].sum())) for spalte in spalten)],
    ]
    for zeile, schluessel, name in list_gemeinden(jahr):
        zeilen.append([schluessel, f"  {name}", *(format_genesis(int(spalte[zeile, j])) for spalte in spalten)])
    zeilen.append(["__________"])
    zeilen.append(["Vollstationär Versorgte zählen am Ort des Heims, alle anderen am Wohnort."])
    if jahr == ERSTES_JAHR_NUR_GRAD_1:
        zeilen.append(["Erstmals mit Personen, die Pflegegrad 1 haben und weder Dienst noch Heim nutzen."])
    if jahr == ERSTES_JAHR_PFLEGEGRAD:
        zeilen.append(["Seit 01.01.2017 gilt ein weiter gefasster Begriff; Vergleiche mit 2015 sind nicht möglich."])
    return zeilen


def write_pflege(ziel: Path) -> list[Path]:
    """Write one file per survey."""
    p = generate_pflege()
    teile = (p.heim, p.pflegedienst, p.pflegegeld, p.nur_pflegegrad_1, p.ab_80)
    heim, dienst, geld, grad_1, ab_80 = (split_altmuehlen(teil) for teil in teile)
    spalten = (heim + dienst + geld + grad_1, ab_80, heim, dienst, geld, grad_1)
    return [
        write_csv(
            ziel / "pflege" / f"pflegestatistik_{jahr}.csv",
            build_pflege(spalten, jahr),
            zeichensatz="cp1252",
            zeilenende="\r\n",
        )
        for jahr in JAHRE_PFLEGE
    ]
