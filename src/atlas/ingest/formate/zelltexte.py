"""Cells of a workbook as text, in columns: numbers with all digits the cell holds, dates and truth values in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

    from atlas.ingest.formate.blattbefund import Befund


def build_spalten(blatt: CalamineSheet, befund: Befund, dezimal: str) -> list[list[str]]:
    """Give the cells from A1 on as columns of text, without empty rows and columns at the end."""
    spalten = [
        [
            zelle if type(zelle) is str else _write_zahl(zelle, dezimal) if type(zelle) is float else _write(zelle)
            for zelle in spalte
        ]
        for spalte in zip(*blatt.to_python(skip_empty_area=False), strict=True)
    ]
    hoehe = max([len(spalten[0]) if spalten else 0, *(zeile + 1 for zeile, _ in befund.texte)])
    breite = max([len(spalten), *(spalte + 1 for _, spalte in befund.texte)])
    spalten += [[] for _ in range(breite - len(spalten))]
    for spalte in spalten:
        spalte.extend([""] * (hoehe - len(spalte)))
    for (zeile, stelle), text in befund.texte.items():
        spalten[stelle][zeile] = text
    while spalten and not any(spalten[-1]):
        spalten.pop()
    hoehe = max((_hoehe(spalte) for spalte in spalten), default=0)
    return [spalte[:hoehe] for spalte in spalten]


def _hoehe(spalte: list[str]) -> int:
    return next((stelle for stelle in range(len(spalte), 0, -1) if spalte[stelle - 1]), 0)


def find_verstecktes(spalten: list[list[str]], befund: Befund) -> tuple[list[int], list[int]]:
    """Give the hidden rows and columns that hold text."""
    zeilen = [zeile for zeile in range(len(spalten[0])) if zeile in befund.versteckte_zeilen]
    return (
        [zeile for zeile in zeilen if any(spalte[zeile].strip() for spalte in spalten)],
        [
            stelle
            for stelle, spalte in enumerate(spalten)
            if befund.hides_spalte(stelle) and any(text.strip() for text in spalte)
        ],
    )


_GENAU_BIS: Final = 1e15
"""Integers of a float below it are the ones that were typed in; Excel keeps 15 digits."""


def _write_zahl(zahl: float, dezimal: str) -> str:
    """Write the shortest decimal text that is this number, never as 1e21; it is what the cell holds, not shows."""
    if zahl.is_integer() and -_GENAU_BIS < zahl < _GENAU_BIS:
        return str(int(zahl))
    text = repr(zahl)
    if "e" in text:
        from decimal import Decimal

        text = f"{Decimal(text):f}".removesuffix(".0")
    elif "n" in text:  # inf and nan, which Excel never writes
        return "#NUM!"
    return text.replace(".", dezimal)


def _write(wert: object) -> str:
    """Write what is neither text nor a number with decimals: a duration counts hours beyond the day."""
    if isinstance(wert, bool):
        return "WAHR" if wert else "FALSCH"
    if isinstance(wert, dt.datetime) and wert.time() == dt.time.min:
        return wert.date().isoformat()
    if isinstance(wert, dt.date | dt.time):
        return wert.isoformat()
    if isinstance(wert, dt.timedelta):
        minuten, sekunden = divmod(round(wert.total_seconds()), 60)
        return f"{minuten // 60}:{minuten % 60:02}:{sekunden:02}"
    return str(wert)
