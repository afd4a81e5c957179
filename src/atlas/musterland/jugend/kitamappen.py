"""The yearly workbooks of the Jugendamt about day care."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from atlas.musterland.arbeitsmappe import Blatt, write_workbook
from atlas.musterland.jugend.kita import generate_kita
from atlas.musterland.raeume import list_gemeinden, split_altmuehlen
from atlas.musterland.stammdaten import JAHRE

if TYPE_CHECKING:
    from pathlib import Path

    from atlas.musterland.arbeitsmappe import Zelle
    from atlas.musterland.raeume import IntArray

ERSTES_JAHR_NEUER_NAME: Final = 2022
"""From this year on the column »Kinder unter 3« is called »Kinder U3«."""
_FUSSNOTEN: Final = (
    "1) Genehmigte Plätze laut Betriebserlaubnis am Stichtag, ohne Hort, einschließlich Tagespflegestellen.",
    "2) Plätze, die mit dem vorhandenen Personal und den vorhandenen Räumen belegt werden können.",
    "3) Kinder zählen am Ort der Einrichtung oder Tagespflegestelle, nicht am Wohnort; ohne Hortkinder.",
    "4) Familien, die zu Hause vorrangig nicht Deutsch sprechen (Angabe der Einrichtung).",
)


def _generate_spalten() -> IntArray:
    """Return the figures of a workbook with 34 Gemeinden: Gemeinde, year, column."""
    k = generate_kita()
    teile = [
        k.plaetze_unter_3, k.plaetze_ab_3, k.belegbar, k.unter_3, k.ab_3, k.ab_6, k.tagespflege, k.sprache,
    ]  # fmt: skip
    frei_3, frei_ab_3, belegbar, u3, ab_3, ab_6, tagespflege, sprache = (split_altmuehlen(teil) for teil in teile)
    spalten = [frei_3 + frei_ab_3, frei_3, frei_ab_3, belegbar, u3 + ab_3 + ab_6, u3, ab_3, ab_6, tagespflege, sprache]
    return np.stack(spalten, axis=-1)


def _build_kopf(jahr: int) -> list[list[Zelle]]:
    unter_3 = "Kinder U3" if jahr >= ERSTES_JAHR_NEUER_NAME else "Kinder unter 3"
    return [
        ["Landkreis Musterland, Jugendamt, Sachgebiet Kindertagesbetreuung"],
        ["Plätze und betreute Kinder in Kindertageseinrichtungen und Kindertagespflege nach Gemeinden"],
        [f"Stichtag: 01.03.{jahr}"],
        [],
        ["AGS", "Gemeinde", "Plätze", None, None, None, "Betreute Kinder 3)"],
        [
            None, None, "genehmigt 1)", "davon für Kinder unter 3", "davon für Kinder ab 3", "belegbar 2)",
            "insgesamt", unter_3, "Kinder 3 bis unter 6", "Kinder ab 6, noch nicht eingeschult",
            "darunter in Tagespflege", "darunter Familiensprache nicht Deutsch 4)",
        ],
    ]  # fmt: skip


def build_kita(spalten: IntArray, jahr: int) -> list[Blatt]:
    """Return the sheets of one year: the table and a page of notes."""
    j = JAHRE.index(jahr)
    zeilen = _build_kopf(jahr)
    kopf = len(zeilen)
    for zeile, schluessel, name in list_gemeinden(jahr):
        zeilen.append([schluessel, name, *(int(zahl) for zahl in spalten[zeile, j])])
    zeilen += [["insgesamt", "Landkreis Musterland", *(int(zahl) for zahl in spalten[:, j].sum(axis=0))], []]
    zeilen += [[fussnote] for fussnote in _FUSSNOTEN]
    verbunden = ["A5:A6", "B5:B6", "C5:F5", "G5:L5", "A1:L1", "A2:L2"]
    hinweise: list[list[Zelle]] = [
        ["Hinweise zur Tabelle"],
        ["Quelle: Meldungen der Einrichtungen und Tagespflegepersonen im Fachverfahren."],
        ["Rückfragen bitte an das Sachgebiet Kindertagesbetreuung."],
    ]
    if jahr == ERSTES_JAHR_NEUER_NAME:
        hinweise.append(["Seit 2022 verwendet das Fachverfahren die Kurzform U3 für Kinder unter 3 Jahren."])
    return [
        Blatt("Tabelle", zeilen, verbunden=verbunden, breiten={"B": 20.0}, fett=(1, kopf - 1, kopf)),
        Blatt("Hinweise", hinweise, breiten={"A": 90.0}),
    ]


def write_kita(ziel: Path) -> list[Path]:
    """Write one workbook per year."""
    spalten = _generate_spalten()
    return [write_workbook(ziel / "kita" / f"kita_{jahr}.xlsx", build_kita(spalten, jahr)) for jahr in JAHRE]
