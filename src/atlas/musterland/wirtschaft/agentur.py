"""Workbooks of the employment agency, one per year: unemployed, and persons and households with SGB II."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from atlas.musterland.arbeitsmappe import Blatt, write_workbook
from atlas.musterland.raeume import list_gemeinden, split_altmuehlen, sum_to_gemeinden, sum_to_planungsraeume
from atlas.musterland.stammdaten import JAHRE, KREIS_ID, PLANUNGSRAEUME
from atlas.musterland.wirtschaft.arbeitslose import generate_arbeitslose
from atlas.musterland.wirtschaft.geheim import PLANUNGSRAUM_DER_ZEILE, format_spalte
from atlas.musterland.wirtschaft.sgb2 import generate_grundsicherung

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from atlas.musterland.arbeitsmappe import Zelle
    from atlas.musterland.raeume import IntArray

_EINRUECKUNG: Final = "    "
_KOPF_AB: Final = 6
"""Rows above the header: title, region, month, blank."""


class _Heft(NamedTuple):
    """One series of workbooks: file, sheet, title and a header of three rows without the column of the regions."""

    name: str
    blatt: str
    titel: str
    kopf: tuple[tuple[str | None, ...], ...]
    verbunden: tuple[str, ...]
    fussnote: str


_ARBEITSLOSE: Final = _Heft(
    "alo_gemeinden",
    "Bestand_Gemeinden",
    "Arbeitslose nach ausgewählten Personengruppen",
    (
        ("Bestand an Arbeitslosen", None, None, None, None),
        ("insgesamt", "darunter 1)", None, None, None),
        (None, "15 bis unter 25 Jahre", "55 Jahre und älter", "langzeitarbeitslos", "schwerbehindert"),
    ),
    ("A6:A8", "B6:F6", "B7:B8", "C7:F7"),
    "1) Mehrfachnennungen möglich.",
)
_SGB2: Final = _Heft(
    "sgb2_gemeinden",
    "Personen_BG",
    "Leistungsberechtigte und Bedarfsgemeinschaften nach dem SGB II",
    (
        ("Leistungsberechtigte (LB)", None, None, None, "darunter ELB 1)", None, "Bedarfsgemeinschaften", None, None),
        (
            "insgesamt",
            "darunter im Alter von",
            None,
            None,
            "insgesamt",
            "erwerbstätig",
            "insgesamt",
            "mit Kindern",
            None,
        ),
        (
            None,
            "unter 6 Jahren",
            "unter 15 Jahren",
            "15 bis unter 18 Jahren",
            None,
            None,
            None,
            "insgesamt",
            "darunter Allein-\nerziehende",
        ),
    ),
    ("A6:A8", "B6:E6", "F6:G6", "H6:J6", "B7:B8", "C7:E7", "F7:F8", "G7:G8", "H7:H8", "I7:J7"),
    "1) Erwerbsfähige Leistungsberechtigte.",
)


def _list_regionen(jahr: int) -> list[str]:
    """First column: the Kreis, the Gemeinden of that year, the Planungsräume as cut by the customer."""
    gemeinden = [f"{_EINRUECKUNG}{ags} {name}" for _, ags, name in list_gemeinden(jahr)]
    raeume = [f"{_EINRUECKUNG}{raum_id} {name}" for raum_id, name in PLANUNGSRAEUME.items()]
    return [f"{KREIS_ID} Musterland, Landkreis", *gemeinden, *raeume]


def _build_spalte(werte: IntArray, jahr: int) -> Sequence[Zelle]:
    """Cells of one column for one year; the sums also count what is secret."""
    j = JAHRE.index(jahr)
    gemeinden = sum_to_gemeinden(werte)
    zeilen = [nummer for nummer, _, _ in list_gemeinden(jahr)]
    spalte = split_altmuehlen(gemeinden)[zeilen, j]
    summen = sum_to_planungsraeume(gemeinden)[:, j]
    return [int(summen.sum()), *format_spalte(spalte, PLANUNGSRAUM_DER_ZEILE[zeilen]), *map(int, summen)]


def _build_blaetter(heft: _Heft, spalten: Sequence[IntArray], jahr: int) -> list[Blatt]:
    breite = len(spalten)
    koepfe = [["Region", *heft.kopf[0]], [None, *heft.kopf[1]], [None, *heft.kopf[2]]]
    zahlen = zip(_list_regionen(jahr), *(_build_spalte(werte, jahr) for werte in spalten), strict=True)
    # The agency numbers its columns below the header.
    zeilen: list[Sequence[Zelle]] = [
        [heft.titel],
        ["Landkreis Musterland, Gemeinden und Planungsräume (Gebietsstand des Berichtsmonats)"],
        [f"Berichtsmonat: Dezember {jahr}"],
        [f"Datenstand: März {jahr + 1}"],
        [],
        *koepfe,
        list(range(1, breite + 2)),
        *(list(zeile) for zeile in zahlen),
        [],
        [f"Erstellungsdatum: 10.04.{jahr + 1}, Statistik-Service Mitte, Auftragsnummer 000000"],
        ["© Statistik der Bundesagentur für Arbeit (nachgebildet, alle Zahlen erfunden)"],
        ["*) Zahlenwerte unter 3 und Daten, aus denen sie sich errechnen lassen, sind anonymisiert."],
        [heft.fussnote],
    ]
    deckblatt: list[Sequence[Zelle]] = [
        ["Statistik der Bundesagentur für Arbeit (nachgebildet)"],
        [heft.titel],
        [f"Landkreis Musterland, Dezember {jahr}"],
        ["Sonderauswertung; Planungsräume nach dem Zuschnitt des Auftraggebers"],
    ]
    fett = range(_KOPF_AB, _KOPF_AB + len(koepfe))
    return [
        Blatt("Deckblatt", deckblatt, breiten={"A": 60.0}),
        Blatt(heft.blatt, zeilen, verbunden=heft.verbunden, breiten={"A": 34.0}, fett=list(fett)),
    ]


def write_agentur(ziel: Path) -> list[Path]:
    """Write both workbooks of every year into `ba/`."""
    hefte = ((_ARBEITSLOSE, generate_arbeitslose().list_spalten()), (_SGB2, generate_grundsicherung().list_spalten()))
    return [
        write_workbook(ziel / "ba" / f"{heft.name}_{jahr}.xlsx", _build_blaetter(heft, spalten, jahr))
        for heft, spalten in hefte
        for jahr in JAHRE
    ]
