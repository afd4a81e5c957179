"""What the records of an old sheet (XLS) say and calamine does not: hidden rows and columns, error cells."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from atlas.ingest.formate.blattbefund import Befund
from atlas.ingest.formate.ole_paket import read_ole_strom
from atlas.ingest.formate.unlesbar import FALSCH, UnlesbarError

if TYPE_CHECKING:
    from collections.abc import Iterator

_BOF, _EOF, _BOUNDSHEET, _ROW, _COLINFO, _BOOLERR, _FORMULA = 0x809, 0x0A, 0x85, 0x208, 0x7D, 0x205, 0x06
_FEHLER: Final = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_FEHLERWERT: Final = (2, 0xFFFF)
"""What marks the result of a formula as no number, but an error."""


def scan_xls(inhalt: bytes, stelle: int) -> Befund:
    """Read from the records of an old workbook, after Microsoft's [MS-XLS], what is hidden and what is an error.

    A formula that was never computed cannot be told from one that gives empty text. Raises `UnlesbarError` when the
    records do not add up.
    """
    strom = read_ole_strom(inhalt)
    texte: dict[tuple[int, int], str] = {}
    zeilen: set[int] = set()
    spalten: list[tuple[int, int]] = []
    try:
        anfaenge = [_unpack("<I", daten)[0] for art, daten in _iter_saetze(strom, 0) if art == _BOUNDSHEET]
        for art, daten in _iter_saetze(strom, anfaenge[stelle]):
            if art == _ROW:
                zeile, hoehe, merkmale = _unpack("<H4xH4xH", daten)
                if merkmale & 0x20 or not hoehe & 0x7FFF:
                    zeilen.add(zeile)
            elif art == _COLINFO:
                von, bis, breite, merkmale = _unpack("<3H2xH", daten)
                if merkmale & 1 or not breite:
                    spalten.append((von, bis))
            elif fehler := _find_fehler(art, daten):
                zeile, spalte, code = fehler
                texte[zeile, spalte] = _FEHLER.get(code, "#FEHLER")
    except (struct.error, IndexError) as grund:
        raise UnlesbarError(FALSCH) from grund
    return Befund((0, 0), texte, frozenset(zeilen), tuple(spalten))


def _find_fehler(art: int, daten: bytes) -> tuple[int, int, int] | None:
    """Give row, column and code of an error, typed in or computed."""
    if art == _BOOLERR:
        zeile, spalte, code, ist_fehler = _unpack("<2H2x2B", daten)
        return (zeile, spalte, code) if ist_fehler else None
    if art == _FORMULA:
        zeile, spalte, was, code, marke = _unpack("<2H2xBxB3xH", daten)
        return (zeile, spalte, code) if (was, marke) == _FEHLERWERT else None
    return None


def _unpack(form: str, daten: bytes) -> tuple[int, ...]:
    return struct.unpack_from(form, daten)


def _iter_saetze(strom: bytes, stelle: int) -> Iterator[tuple[int, bytes]]:
    """Give the records of one part of the stream; charts inside it are parts of their own and left out."""
    tiefe = 0
    while True:
        art, laenge = struct.unpack_from("<2H", strom, stelle)
        if tiefe == 1:
            yield art, strom[stelle + 4 : stelle + 4 + laenge]
        tiefe += (art == _BOF) - (art == _EOF)
        if tiefe < 1:
            return
        stelle += 4 + laenge
