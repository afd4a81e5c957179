"""Tables of the Sozialamt by Gemeinde and Planungsraum, each in a layout of its own; the areas are those of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.musterland.arbeitsmappe import Blatt, write_workbook
from atlas.musterland.stammdaten import AGS, GEMEINDEN, JAHRE, PLANUNGSRAEUME
from atlas.musterland.tabellen import format_thousands, write_csv
from atlas.musterland.wirtschaft.sozialhilfe import generate_sozialhilfe

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from atlas.musterland.arbeitsmappe import Zelle
    from atlas.musterland.raeume import IntArray

_ORDNER = "sozialamt"
_FUSSNOTE_SGB12 = (
    "Grundsicherung innerhalb und außerhalb von Einrichtungen, Hilfe zum Lebensunterhalt in allen Jahren nur außerhalb."
)
_TITEL_ASYLBLG = (
    "Regelleistungen nach dem AsylbLG (§§ 2 und 3), Empfängerinnen und Empfänger am 31.12., "
    "ohne die Erstaufnahmeeinrichtung des Landes"
)
_GEBIETE = [(ags, g.name) for ags, g in zip(AGS, GEMEINDEN, strict=True)]


def _sum_up(werte: IntArray, j: int) -> list[int]:
    """Figures of all Gemeinden and of the Landkreis in one year."""
    return [*(int(wert) for wert in werte[:, j]), int(werte[:, j].sum())]


def _write_sgb12(ziel: Path) -> Path:
    """Write four benefits side by side below each year; the key of the last row is missing."""
    daten = generate_sozialhilfe()
    leistungen = (daten.alter, daten.alter_frauen, daten.erwerbsminderung, daten.lebensunterhalt)
    namen = (
        "Grundsicherung im Alter",
        "dar. Frauen",
        "Grundsicherung bei Erwerbsminderung",
        "Hilfe zum Lebensunterhalt außerhalb von Einrichtungen",
    )
    oben: list[Zelle] = ["AGS", "Gemeinde"]
    unten: list[Zelle] = [None, None]
    verbunden = ["A4:A5", "B4:B5"]
    for j, jahr in enumerate(JAHRE):
        oben += [f"31.12.{jahr}", *(None for _ in namen[1:])]
        unten += namen
        verbunden.append(f"{_letter(3 + 4 * j)}4:{_letter(6 + 4 * j)}4")
    spalten = [_sum_up(werte, j) for j in range(len(JAHRE)) for werte in leistungen]
    koepfe: list[Sequence[Zelle]] = [*_GEBIETE, (None, "Landkreis")]
    zeilen: list[Sequence[Zelle]] = [
        ["Landkreis Musterland, Sozialamt"],
        ["Empfängerinnen und Empfänger von Leistungen nach dem 3. und 4. Kapitel SGB XII am Jahresende"],
        [],
        oben,
        unten,
        *([*kopf, *zahlen] for kopf, zahlen in zip(koepfe, zip(*spalten, strict=True), strict=True)),
        [_FUSSNOTE_SGB12],
        ["Nur für den Dienstgebrauch, Zahlen nicht gerundet."],
    ]
    blatt = Blatt("SGB XII", zeilen, verbunden=verbunden, breiten={"B": 20.0}, fett=[4, 5])
    return write_workbook(ziel / _ORDNER / "sgb12_gemeinden.xlsx", [blatt])


def _letter(nummer: int) -> str:
    """Letters of a column, from 1."""
    vorn, hinten = divmod(nummer - 1, 26)
    return (chr(64 + vorn) if vorn else "") + chr(65 + hinten)


def _write_pflege(ziel: Path) -> Path:
    """Write the Hilfe zur Pflege: the areas are columns, named and not numbered."""
    pflege = generate_sozialhilfe().pflege
    zeilen: list[Sequence[Zelle]] = [
        ["Hilfe zur Pflege (7. Kapitel SGB XII), Empfängerinnen und Empfänger nach dem früheren Wohnort"],
        [],
        ["Stichtag", *PLANUNGSRAEUME.values(), "Landkreis"],
    ]
    for j, jahr in enumerate(JAHRE):
        zeilen.append([f"31.12.{jahr}", *(int(wert) for wert in pflege[:, j]), int(pflege[:, j].sum())])
    zeilen.append(["Hinweis: 2017 neuer Begriff der Pflegebedürftigkeit, 2022 Zuschläge der Pflegekassen im Heim."])
    blatt = Blatt("Hilfe zur Pflege", zeilen, breiten={"A": 14.0}, fett=[3])
    return write_workbook(ziel / _ORDNER / "hilfe_zur_pflege.xlsx", [blatt])


def _write_asylblg(ziel: Path) -> Path:
    """Write the recipients of benefits for asylum seekers as text with one column per year."""
    asyl = generate_sozialhilfe().asyl
    spalten = [_sum_up(asyl, j) for j in range(len(JAHRE))]
    gebiete = [*_GEBIETE, ("99001", "Landkreis Musterland")]
    zeilen: list[Sequence[object]] = [[_TITEL_ASYLBLG], ["Schlüssel", "Gebiet", *JAHRE]]
    zeilen += [[*gebiet, *(wert or "-" for wert in zahlen)] for gebiet, *zahlen in zip(gebiete, *spalten, strict=True)]
    zeilen.append(["Ohne Personen in der Erstaufnahmeeinrichtung Vogelsreuth (seit 2022): zuständig ist das Land."])
    return write_csv(ziel / _ORDNER / "asylblg.csv", zeilen, zeichensatz="cp1252", zeilenende="\r\n")


def _write_wohngeld(ziel: Path) -> Path:
    """Write the households with Wohngeld as text: the years are titles between the rows, the sum has no key."""
    wohngeld = generate_sozialhilfe().wohngeld
    zeilen: list[Sequence[object]] = [["Wohngeldstelle: Haushalte mit Wohngeld"], ["AGS", "Gemeinde", "Haushalte"]]
    for j, jahr in enumerate(JAHRE):
        zeilen.append([f"Stand 31.12.{jahr}", "", ""])
        zeilen += [
            [*gebiet, format_thousands(int(wert))] for gebiet, wert in zip(_GEBIETE, wohngeld[:, j], strict=True)
        ]
        zeilen.append(["", "zusammen", format_thousands(int(wohngeld[:, j].sum()))])
    zeilen.append(["Reine Wohngeldhaushalte. Ab 2023 Wohngeld-Plus-Gesetz."])
    return write_csv(ziel / _ORDNER / "wohngeld.csv", zeilen, zeichensatz="cp1252", zeilenende="\r\n")


def _write_reihe(ziel: Path, name: str, titel: str, fussnote: str, werte: IntArray) -> Path:
    """Write a plain series: Gemeinden by name and number, one column per year, the sum on top."""
    spalten = [_sum_up(werte, j) for j in range(len(JAHRE))]
    koepfe: list[tuple[Zelle, Zelle]] = [*((int(ags), ort) for ags, ort in _GEBIETE), (99001, "Landkreis Musterland")]
    zahlen: list[Sequence[Zelle]] = [
        [*kopf, *zeile] for kopf, zeile in zip(koepfe, zip(*spalten, strict=True), strict=True)
    ]
    # The sum comes first, as the office prints it.
    zeilen: list[Sequence[Zelle]] = [[titel], [], ["Schlüssel", "Gebiet", *JAHRE], zahlen[-1], *zahlen[:-1], [fussnote]]
    blatt = Blatt("Tabelle1", zeilen, breiten={"B": 22.0}, fett=[3])
    return write_workbook(ziel / _ORDNER / f"{name}.xlsx", [blatt])


def write_sozialamt(ziel: Path) -> list[Path]:
    """Write all tables of the office into `sozialamt/`."""
    daten = generate_sozialhilfe()
    return [
        _write_sgb12(ziel),
        _write_pflege(ziel),
        _write_asylblg(ziel),
        _write_wohngeld(ziel),
        _write_reihe(
            ziel,
            "bildung_und_teilhabe",
            "Bildung und Teilhabe: Kinder und Jugendliche unter 18 Jahren mit mindestens einer bewilligten Leistung",
            "Alle Rechtskreise (SGB II, SGB XII, AsylbLG, BKGG). Ab August 2019 Starke-Familien-Gesetz.",
            daten.teilhabe,
        ),
        _write_reihe(
            ziel,
            "eingliederungshilfe_sgb9",
            "Eingliederungshilfe für Menschen mit Behinderungen, Leistungsberechtigte am 31.12.",
            "Bis 2019 nach dem 6. Kapitel SGB XII, ab 2020 nach Teil 2 SGB IX (BTHG); nicht unmittelbar vergleichbar.",
            daten.eingliederung,
        ),
    ]
