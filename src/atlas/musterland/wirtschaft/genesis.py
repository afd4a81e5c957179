"""Classic tables of GENESIS (cp1252, years below each other), two files each: before and since the merger of 2019."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from atlas.musterland.raeume import list_gemeinden, split_altmuehlen
from atlas.musterland.stammdaten import JAHRE, KREIS_ID, LETZTES_JAHR_ALTMUEHLEN
from atlas.musterland.tabellen import format_genesis, write_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from atlas.musterland.raeume import IntArray

_FUSS: Final = (
    "__________",
    "© Statistische Ämter des Bundes und der Länder (nachgebildet, alle Zahlen erfunden), 2026",
    "Stand: 12.05.2026 / 09:14:27",
)


class Tabelle(NamedTuple):
    """One table: number, title lines, header rows without the first three columns, figures of the 33 Gemeinden."""

    nummer: str
    titel: tuple[str, ...]
    kopf: tuple[tuple[str, ...], ...]
    spalten: tuple[IntArray, ...]
    stichtag: str = ""
    """Day and month before the year, `30.06.`; empty for figures of a calendar year."""
    formate: tuple[Callable[[int], str], ...] = ()
    """How the figures of each column are written; GENESIS's whole numbers when empty."""
    bis: int = JAHRE[-1]
    fussnote: tuple[str, ...] = ()


def list_zeitraeume(bis: int) -> list[list[int]]:
    """Years with and years without the Gemeinde that merged."""
    frueher = [jahr for jahr in JAHRE if jahr <= LETZTES_JAHR_ALTMUEHLEN]
    return [frueher, [jahr for jahr in JAHRE if LETZTES_JAHR_ALTMUEHLEN < jahr <= bis]]


def _build_zeilen(tabelle: Tabelle, jahr: int) -> list[Sequence[str]]:
    """Rows of a year: the Kreis, then its Gemeinden of that time."""
    j = JAHRE.index(jahr)
    formate = tabelle.formate or (format_genesis,) * len(tabelle.spalten)
    geteilt = [split_altmuehlen(werte)[:, j] for werte in tabelle.spalten]

    def write(werte: Sequence[IntArray | int]) -> list[str]:
        return [schreibe(int(wert)) for schreibe, wert in zip(formate, werte, strict=True)]

    zeit = f"{tabelle.stichtag}{jahr}"
    zeilen: list[Sequence[str]] = [
        [zeit, KREIS_ID, "      Musterland, Landkreis", *write([werte.sum() for werte in geteilt])]
    ]
    for nummer, ags, name in list_gemeinden(jahr):
        zeilen.append([zeit, ags, f"        {name}", *write([werte[nummer] for werte in geteilt])])
    return zeilen


def write_genesis(ziel: Path, tabelle: Tabelle) -> list[Path]:
    """Write both files of a table into `genesis/`."""
    pfade = []
    breite = len(tabelle.spalten) + 3
    for jahre in list_zeitraeume(tabelle.bis):
        oben: list[Sequence[str]] = [[f"GENESIS-Tabelle: {tabelle.nummer}"]]
        oben += [[zeile] + [""] * (breite - 1) for zeile in tabelle.titel]
        oben += [["", "", "", *zeile] for zeile in tabelle.kopf]
        zahlen = [zeile for jahr in jahre for zeile in _build_zeilen(tabelle, jahr)]
        unten = [[zeile] for zeile in (_FUSS[0], *tabelle.fussnote, *_FUSS[1:])]
        pfad = ziel / "genesis" / f"{tabelle.nummer}_{jahre[0]}-{jahre[-1]}.csv"
        pfade.append(write_csv(pfad, [*oben, *zahlen, *unten], zeichensatz="cp1252", zeilenende="\r\n"))
    return pfade
