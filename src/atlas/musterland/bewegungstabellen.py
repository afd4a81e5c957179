"""Births, deaths and moves as the statistical offices print them: one table per year, in the borders of that year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from atlas.musterland.bevoelkerung.gemeinden import generate_bewegungen
from atlas.musterland.raeume import IntArray, list_gemeinden
from atlas.musterland.stammdaten import JAHRE, KREIS_ID, KREIS_NAME, find_gemeinde
from atlas.musterland.tabellen import format_genesis, write_csv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ZAHLENDREHER: Final = ("Föhrenbrück", 2021)
"""Gemeinde and year whose births were printed with their digits swapped."""
_ALTERSGRUPPEN: Final = (
    "unter 18 Jahre", "18 bis unter 25 Jahre", "25 bis unter 30 Jahre", "30 bis unter 50 Jahre",
    "50 bis unter 65 Jahre", "65 Jahre und mehr", "Insgesamt",
)  # fmt: skip
_GESCHLECHTER: Final = ("Insgesamt", "männlich", "weiblich")
_ENDE: Final = (
    "__________",
    "© Statistische Ämter des Bundes und der Länder, Deutschland, 2026 (nachgebildet).",
    "Alle Orte und Zahlen dieser Tabelle sind erfunden.",
    "Stand: 12.05.2026 / 09:14:26",
)


def swap_digits(wert: int) -> int:
    """Return a number of two digits with its digits swapped."""
    return wert % 10 * 10 + wert // 10


def _add_sexes(werte: IntArray) -> IntArray:
    """Both sexes together before men and women, on the last axis."""
    return np.concatenate([werte.sum(axis=-1, keepdims=True), werte], axis=-1)


def _write_table(pfad: Path, titel: Sequence[str], koepfe: Sequence[Sequence[str]], j: int, werte: IntArray) -> Path:
    """Write the table of one year; `werte` has a row per Gemeinde (34) and the Kreis, a column per printed column."""
    leer = [""] * (werte.shape[1] + 1)
    rows: list[Sequence[object]] = [[titel[0]], *([zeile, *leer] for zeile in [*titel[1:], str(JAHRE[j])])]
    rows += [["", "", *kopf] for kopf in koepfe]
    rows.append([KREIS_ID, f"  {KREIS_NAME.removeprefix('Landkreis ')}, Landkreis", *werte[-1]])
    for zeile, ags, name in list_gemeinden(JAHRE[j]):
        rows.append([ags, f"      {name}", *(format_genesis(int(wert)) for wert in werte[zeile])])
    rows += [[zeile] for zeile in _ENDE]
    return write_csv(pfad, rows, zeichensatz="cp1252", zeilenende="\r\n")


def _add_kreis(werte: IntArray) -> IntArray:
    """Add the row of the Kreis; as in the official table of moves it counts every move over a Gemeinde's border."""
    return np.concatenate([werte, werte.sum(axis=0, keepdims=True)])


def write_geburten(ziel: Path) -> list[Path]:
    """Write the births; one figure of 2021 has its digits swapped, in the row of its Gemeinde only."""
    werte = _add_kreis(_add_sexes(generate_bewegungen().geburten))
    ort, j = find_gemeinde(ZAHLENDREHER[0]), JAHRE.index(ZAHLENDREHER[1])
    werte[ort, j, 0] = swap_digits(int(werte[ort, j, 0]))
    titel = (
        "GENESIS-Tabelle: 12612-91-01-5", "Lebendgeborene nach Geschlecht - Jahressumme -",
        "regionale Tiefe: Gemeinden, Samt-/Verbandsgemeinden", "Statistik der Geburten", "Lebendgeborene (Anzahl)",
    )  # fmt: skip
    koepfe = (("Geschlecht",) * 3, _GESCHLECHTER)
    ordner = ziel / "genesis"
    return [_write_table(ordner / f"12612-91-01-5_{y}.csv", titel, koepfe, j, werte[:, j]) for j, y in enumerate(JAHRE)]


def write_sterbefaelle(ziel: Path) -> list[Path]:
    """Write the deaths, of all ages and of those under 65."""
    tote = _add_kreis(generate_bewegungen().sterbefaelle)
    werte = np.concatenate([_add_sexes(tote.sum(axis=2)), _add_sexes(tote[:, :, 0])], axis=2)
    titel = (
        "GENESIS-Tabelle: 12613-91-01-5 (Sonderaufbereitung)", "Gestorbene nach Geschlecht,",
        "darunter im Alter von unter 65 Jahren - Jahressumme -",
        "regionale Tiefe: Gemeinden, Samt-/Verbandsgemeinden", "Statistik der Sterbefälle", "Gestorbene (Anzahl)",
    )  # fmt: skip
    koepfe = (("Insgesamt",) * 3 + ("unter 65 Jahre",) * 3, ("Geschlecht",) * 6, _GESCHLECHTER * 2)
    ordner = ziel / "genesis"
    return [_write_table(ordner / f"12613-91-01-5_{y}.csv", titel, koepfe, j, werte[:, j]) for j, y in enumerate(JAHRE)]


def _arrange_moves(werte: IntArray) -> IntArray:
    """Columns as printed: by sex (all, men, women) the age groups and their sum."""
    nach_geschlecht = np.moveaxis(_add_sexes(werte), 3, 2)
    mit_summe = np.concatenate([nach_geschlecht, nach_geschlecht.sum(axis=3, keepdims=True)], axis=3)
    return np.asarray(mit_summe.reshape(*mit_summe.shape[:2], -1))


def write_wanderungen(ziel: Path) -> list[Path]:
    """Write arrivals and departures over the borders of the Gemeinden by sex and age group."""
    daten = generate_bewegungen()
    werte = _add_kreis(np.concatenate([_arrange_moves(daten.zuzuege), _arrange_moves(daten.fortzuege)], axis=2))
    anzahl = len(_ALTERSGRUPPEN)
    titel = (
        "GENESIS-Tabelle: 12711-01-03-5", "Zu- und Fortzüge nach Geschlecht und Altersgruppen",
        "(über Gemeindegrenzen) - Jahressumme -", "regionale Tiefe: Gemeinden, Samt-/Verbandsgemeinden",
        "Wanderungsstatistik",
    )  # fmt: skip
    koepfe = (
        [f"{art} über die Gemeindegrenzen" for art in ("Zuzüge", "Fortzüge") for _ in range(3 * anzahl)],
        ["Geschlecht"] * 6 * anzahl,
        [geschlecht for geschlecht in _GESCHLECHTER * 2 for _ in range(anzahl)],
        ["Altersgruppe (unter 18 bis 65 u.m.)"] * 6 * anzahl,
        _ALTERSGRUPPEN * 6,
        ["Anzahl"] * 6 * anzahl,
    )
    ordner = ziel / "genesis"
    return [_write_table(ordner / f"12711-01-03-5_{y}.csv", titel, koepfe, j, werte[:, j]) for j, y in enumerate(JAHRE)]
