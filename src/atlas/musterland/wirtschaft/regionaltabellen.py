"""Three tables of GENESIS (taxpayers, dwellings, new dwellings) and two of the employment agency on employees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.musterland.raeume import list_gemeinden, split_altmuehlen
from atlas.musterland.stammdaten import JAHRE, KREIS_ID, KREIS_NAME
from atlas.musterland.tabellen import format_decimal, format_genesis, format_thousands, write_csv
from atlas.musterland.wirtschaft.beschaeftigung import generate_beschaeftigung
from atlas.musterland.wirtschaft.einkuenfte import LETZTES_JAHR, generate_einkuenfte
from atlas.musterland.wirtschaft.genesis import Tabelle, list_zeitraeume, write_genesis
from atlas.musterland.wirtschaft.wohnungen import generate_wohnungen

if TYPE_CHECKING:
    from pathlib import Path

_TIEFE: Final = "regionale Tiefe: Gemeinden"
_FUSS_DER_AGENTUR: Final = (
    "Auspendler: Beschäftigte, die nicht in ihrer Wohngemeinde arbeiten. Für den Kreis zählt die Kreisgrenze;",
    "seine Zeile ist deshalb nicht ausgewiesen.",
    "© Statistik der Bundesagentur für Arbeit (nachgebildet, alle Zahlen erfunden)",
)


_TITEL_BESCHAEFTIGTE: Final = (
    "Sonderauswertung der Statistik der Bundesagentur für Arbeit: Beschäftigte am Wohnort",
    "Sozialversicherungspflichtig Beschäftigte (SvB) nach dem Wohnort, Landkreis Musterland und Gemeinden",
)


def _format_flaeche(hundert_m2: int) -> str:
    """Format living space in 1,000 m² with one decimal."""
    return format_decimal(hundert_m2 / 10, 1)


def build_tabellen() -> list[Tabelle]:
    """All tables of GENESIS."""
    geld, wohnungen = generate_einkuenfte(), generate_wohnungen()
    return [
        Tabelle(
            "31121-01-02-5",
            (
                "Baufertigstellungen: Errichtung neuer Wohngebäude sowie",
                "Wohnungen in Wohngebäuden - Jahressumme -",
                _TIEFE,
            ),
            (("Wohnungen in neuen Wohngebäuden",), ("Anzahl",)),
            (wohnungen.neu,),
        ),
        Tabelle(
            "31231-02-01-5",
            ("Wohngebäude- und Wohnungsbestand", "- Stichtag 31.12. -", _TIEFE),
            (
                ("Wohnungen", "Wohnungen", "Wohnfläche"),
                ("Insgesamt", "in Gebäuden mit 1 und 2 Wohnungen", "Insgesamt"),
                ("Anzahl", "Anzahl", "1000 qm"),
            ),
            (wohnungen.bestand, wohnungen.in_haeusern, wohnungen.flaeche),
            stichtag="31.12.",
            formate=(format_genesis, format_genesis, _format_flaeche),
            fussnote=("Bis 2021 Fortschreibung auf Basis des Zensus 2011, ab 2022 auf Basis des Zensus 2022.",),
        ),
        Tabelle(
            "73111-01-01-5",
            ("Lohn- und Einkommensteuerstatistik", "Steuerpflichtige und Gesamtbetrag der Einkünfte", _TIEFE),
            (("Lohn- und Einkommensteuerpflichtige", "Gesamtbetrag der Einkünfte"), ("Anzahl", "Tsd. EUR")),
            (geld.steuerpflichtige, geld.summe_tsd),
            bis=LETZTES_JAHR,
        ),
    ]


def _write_beschaeftigte(ziel: Path) -> list[Path]:
    """Write the employees as the agency counted them for the customer: the Kreis, then its Gemeinden."""
    daten = generate_beschaeftigung()
    spalten = (split_altmuehlen(daten.insgesamt), split_altmuehlen(daten.frauen))
    pfade = []
    for jahre in list_zeitraeume(JAHRE[-1]):
        zeilen: list[tuple[object, ...]] = [(zeile,) for zeile in _TITEL_BESCHAEFTIGTE]
        zeilen.append(("Stichtag", "Region", "Name", "SvB am Wohnort", "darunter Frauen"))
        for jahr in jahre:
            j, stichtag = JAHRE.index(jahr), f"30.06.{jahr}"
            kreis = (int(werte[:, j].sum()) for werte in spalten)
            zeilen.append((stichtag, KREIS_ID, KREIS_NAME, *kreis))
            zeilen += [
                (stichtag, ags, name, *(int(werte[nummer, j]) for werte in spalten))
                for nummer, ags, name in list_gemeinden(jahr)
            ]
        zeilen.append((_FUSS_DER_AGENTUR[-1],))
        pfad = ziel / "ba" / f"sonderauswertung_svb_wohnort_{jahre[0]}-{jahre[-1]}.csv"
        pfade.append(write_csv(pfad, zeilen, zeichensatz="cp1252", zeilenende="\r\n"))
    return pfade


def _write_pendler(ziel: Path) -> list[Path]:
    """Write minijobs and commuters of the employment agency; Gemeinden only."""
    daten = generate_beschaeftigung()
    minijobs, auspendler = split_altmuehlen(daten.minijobs), split_altmuehlen(daten.auspendler)
    kopf = (
        "Stichtag",
        "Schlüssel",
        "Gemeinde",
        "ausschließlich geringfügig Beschäftigte (Wohnort)",
        "Auspendler (SvB)",
    )
    pfade = []
    for jahre in list_zeitraeume(JAHRE[-1]):
        zeilen: list[tuple[str, ...]] = [("Gemeindedaten der Beschäftigten nach dem Wohnort",), kopf]
        for jahr in jahre:
            j = JAHRE.index(jahr)
            zeilen += [
                (
                    f"30.06.{jahr}",
                    ags,
                    name,
                    *(format_thousands(int(werte[nummer, j])) for werte in (minijobs, auspendler)),
                )
                for nummer, ags, name in list_gemeinden(jahr)
            ]
        zeilen += [(zeile,) for zeile in _FUSS_DER_AGENTUR]
        pfad = ziel / "ba" / f"gemeindedaten_wohnort_{jahre[0]}-{jahre[-1]}.csv"
        pfade.append(write_csv(pfad, zeilen, zeichensatz="cp1252", zeilenende="\r\n"))
    return pfade


def write_regionaltabellen(ziel: Path) -> list[Path]:
    """Write all tables that come in two periods."""
    tabellen = [pfad for tabelle in build_tabellen() for pfad in write_genesis(ziel, tabelle)]
    return [*tabellen, *_write_beschaeftigte(ziel), *_write_pendler(ziel)]
