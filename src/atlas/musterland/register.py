"""Deliveries of the Kreis from the registers of residents: ages, origin, households, naturalisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from atlas.musterland.bevoelkerung import generate_bevoelkerung
from atlas.musterland.bevoelkerung.gemeinden import generate_bewegungen
from atlas.musterland.bevoelkerung.haushalte import generate_haushalte
from atlas.musterland.bevoelkerung.herkunft import generate_einbuergerungen, generate_herkunft
from atlas.musterland.raeume import IST_SOZIALRAUM, SOZIALRAEUME, IntArray, list_gemeinden, sum_to_gemeinden
from atlas.musterland.stammdaten import AGS, GEMEINDEN, JAHRE, KREIS_ID
from atlas.musterland.tabellen import format_genesis, format_thousands, write_csv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_NAMEN = [g.name for g in GEMEINDEN] + [blatt.name for blatt in SOZIALRAEUME]
_SCHLUESSEL = [*AGS, *(blatt.raum_id for blatt in SOZIALRAEUME)]
"""The Räume of deliveries on both levels: Gemeinden, then Sozialräume."""


_FUSSNOTE_HAUSHALTE = (
    "Kinder: ledige Personen unter 18 Jahren. Ohne Personen in Heimen und in der Erstaufnahmeeinrichtung des Landes "
    "(Vogelsreuth, seit 2022)."
)


def _stack_levels(blaetter: IntArray) -> IntArray:
    """Figures of the 33 Gemeinden, then of the 64 Sozialräume."""
    return np.concatenate([sum_to_gemeinden(blaetter), blaetter[IST_SOZIALRAUM]])


def write_einwohner(ziel: Path) -> list[Path]:
    """Write the register matrix of every year: a row per Raum and sex, a column per year of age."""
    gemeinden, blaetter = generate_bewegungen().personen, generate_bevoelkerung().personen
    pfade = []
    for j, jahr in enumerate(JAHRE, start=1):
        raeume = [(KREIS_ID, blaetter[:, j].sum(axis=0))]
        raeume += [(ags, gemeinden[zeile, j]) for zeile, ags, _ in list_gemeinden(jahr)]
        raeume += [(sr.raum_id, werte) for sr, werte in zip(SOZIALRAEUME, blaetter[IST_SOZIALRAUM, j], strict=True)]
        rows: list[Sequence[object]] = [["STICHTAG", "RAUM", "GESCHLECHT", "E", *(f"E{alter}" for alter in range(101))]]
        for raum_id, werte in raeume:
            for geschlecht, zeile in (("insgesamt", werte.sum(axis=1)), ("weiblich", werte[:, 1])):
                rows.append([f"{jahr}1231", raum_id, geschlecht, zeile.sum(), *zeile])
        pfade.append(write_csv(ziel / "einwohner" / f"EWR_{jahr}.csv", rows))
    return pfade


def write_herkunft(ziel: Path) -> Path:
    """Write foreigners and residents with Migrationshintergrund, all years in the present borders."""
    daten = generate_herkunft()
    spalten = [
        _stack_levels(werte)
        for werte in (daten.auslaender, daten.migrationshintergrund, daten.migrationshintergrund_unter_18)
    ]
    rows: list[Sequence[object]] = [["STICHTAG", "RAUM", "A", "MH", "MH_U18"]]
    rows += [
        [f"{jahr}1231", raum_id, *(spalte[i, j] for spalte in spalten)]
        for j, jahr in enumerate(JAHRE)
        for i, raum_id in enumerate(_SCHLUESSEL)
    ]
    return write_csv(ziel / "einwohner" / "EWR_Herkunft.csv", rows)


def write_haushalte(ziel: Path) -> Path:
    """Write the households, all years in the present borders, with title lines and a footer."""
    d = generate_haushalte()
    spalten = [
        _stack_levels(werte)
        for werte in (
            d.haushalte, d.mitglieder, d.einperson, d.alleinlebende_ab65, d.mit_kindern, d.alleinerziehend,
            d.kinderreich,
        )
    ]  # fmt: skip
    kopf = [
        "Raum", "Bezeichnung", "Jahr", "Haushalte", "Personen in Haushalten", "Einpersonenhaushalte",
        "darunter 65 Jahre und älter", "Haushalte mit Kindern", "darunter Alleinerziehende",
        "darunter mit drei und mehr Kindern",
    ]  # fmt: skip
    leer = [""] * (len(kopf) - 1)
    rows: list[Sequence[object]] = [["Haushalte nach Typ (Haushaltegenerierung aus dem Melderegister)", *leer]]
    rows += [["Stand jeweils 31.12., Gebietsstand 31.12.2025", *leer], kopf]
    rows += [
        [raum_id, _NAMEN[i], jahr, *(format_thousands(int(spalte[i, j])) for spalte in spalten)]
        for i, raum_id in enumerate(_SCHLUESSEL)
        for j, jahr in enumerate(JAHRE)
    ]
    rows.append(
        [
            _FUSSNOTE_HAUSHALTE,
            *leer,
        ]
    )
    return write_csv(ziel / "haushalte.csv", rows, zeichensatz="cp1252", zeilenende="\r\n")


def write_einbuergerungen(ziel: Path) -> Path:
    """Write the list of the office: a row per Gemeinde with its number in the Kreis, a column per year."""
    werte = generate_einbuergerungen()
    leer = [""] * len(JAHRE)
    rows: list[Sequence[object]] = [["Einbürgerungen nach Wohnort", "", *leer], ["Nr.", "Gemeinde", *JAHRE]]
    rows += [
        [nummer, g.name, *(format_genesis(int(wert)) for wert in werte[nummer - 1])]
        for nummer, g in enumerate(GEMEINDEN, start=1)
    ]
    rows.append(["Summe", "", *werte.sum(axis=0)])
    rows.append(["Altmühlen ist in allen Jahren bei Löwensgrün gezählt.", "", *leer])
    return write_csv(ziel / "einbuergerungen.csv", rows, zeichensatz="cp1252", zeilenende="\r\n")
