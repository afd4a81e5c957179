"""Read the raw files of the demo with csv and openpyxl alone, to work figures out beside atlas."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from openpyxl import load_workbook

if TYPE_CHECKING:
    from pathlib import Path

ZEILE_DER_KOEPFE = {"sgb2": ("Personen_BG", 9), "alo": ("Bestand_Gemeinden", 9)}
"""Sheet of a workbook of the employment agency, and its line with the numbers of the columns."""


def read_zeilen(roh: Path, name: str, zeichensatz: str = "utf-8-sig") -> list[list[str]]:
    with (roh / name).open(encoding=zeichensatz, newline="") as datei:
        return list(csv.reader(datei, delimiter=";"))


def read_alter(roh: Path, jahr: int, raum: str, geschlecht: str = "insgesamt") -> list[int]:
    """Give the residents of a Raum by completed years of age, 0 to 99, and those of 100 and more."""
    kopf, *zeilen = read_zeilen(roh, f"einwohner/EWR_{jahr}.csv")
    ab = kopf.index("E0")
    (zeile,) = [zeile for zeile in zeilen if zeile[1:3] == [raum, geschlecht]]
    return [int(zelle) for zelle in zeile[ab:]]


def read_blatt(roh: Path, name: str, blatt: str) -> list[tuple[object, ...]]:
    return list(load_workbook(roh / name)[blatt].iter_rows(values_only=True))


def read_heft(roh: Path, heft: str, jahr: int) -> dict[str, tuple[object, ...]]:
    """Give the rows of a workbook of the employment agency by key; column B is at position 1."""
    blatt, kopfzeile = ZEILE_DER_KOEPFE[heft]
    zeilen = read_blatt(roh, f"ba/{heft}_gemeinden_{jahr}.xlsx", blatt)[kopfzeile:]
    return {str(zeile[0]).split()[0]: zeile for zeile in zeilen if zeile[1] is not None}


def read_sterne(roh: Path, heft: str, jahr: int) -> set[tuple[str, str]]:
    """Give Gemeinde and address of every cell with a star."""
    blatt, kopfzeile = ZEILE_DER_KOEPFE[heft]
    zeilen = load_workbook(roh / f"ba/{heft}_gemeinden_{jahr}.xlsx")[blatt].iter_rows(min_row=kopfzeile + 1)
    return {
        (str(zeile[0].value).split()[0], f"{blatt}!{zelle.coordinate}")
        for zeile in zeilen
        for zelle in zeile[1:]
        if zelle.value == "*"
    }


def to_zahl(zelle: object) -> int:
    """Give the number of a cell; a star or a word is none."""
    assert isinstance(zelle, int), zelle
    return zelle
