"""The table of a shapefile (dBASE III), every value as the text that stands in the file.

A number read as floating point and printed again is no longer the number of the file; so nothing is read as one.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from atlas.errors import EingabeError, Problem
from atlas.ingest.geo.flaechen import Satzsammler, check_menge

_KOPF, _FELD = 32, 32
_GELOESCHT = b"*"
_TEXTTYPEN = frozenset("CNFDL")
"""Text, numbers, dates (as 20251231), yes or no. Memos and binary values are kept elsewhere or are no text."""

_MAX_EXPONENT = 400
"""Beyond the range of floating point: no number of statistics, and as digits it would fill the memory."""


@dataclass(frozen=True)
class Feld:
    """One column: where its bytes begin in a record, and how many there are."""

    name: str
    typ: str
    anfang: int
    laenge: int


@dataclass(frozen=True)
class Dbase:
    """The rows that are not deleted, the place of each among all records, and how many records there are."""

    saetze: list[dict[str, str]]
    plaetze: list[int]
    anzahl: int


def read_anzahl(inhalt: bytes) -> int:
    """Give how many rows the table announces, -1 where it announces none; nothing else is read."""
    return int(struct.unpack_from("<I", inhalt, 4)[0]) if len(inhalt) >= _KOPF else -1


def read_dbase(inhalt: bytes, name: str, zeichensatz: str) -> Dbase:
    """Read all rows.

    Raises `EingabeError` for what is no whole dBASE table and for text that is not in the character set.
    """
    try:
        anzahl, beginn, laenge = struct.unpack_from("<IHH", inhalt, 4)
        felder = _read_felder(inhalt[_KOPF:beginn], laenge, zeichensatz)
    except (struct.error, ValueError) as fehler:
        text = "keine vollständige dBASE-Tabelle. Die Shapedatei neu exportieren."
        raise EingabeError([Problem(name, 0, "", text)]) from fehler
    if len(inhalt) < beginn + anzahl * laenge:
        text = f"die Tabelle ist abgeschnitten, es fehlen Zeilen (angekündigt: {anzahl}). Neu übertragen."
        raise EingabeError([Problem(name, 0, "", text)])
    check_menge(anzahl, len(felder), name)
    sammler = Satzsammler([feld.name for feld in felder], name)
    plaetze = []
    for platz in range(anzahl):
        ab = beginn + platz * laenge
        if inhalt[ab : ab + 1] != _GELOESCHT:
            sammler.add(_read_satz(inhalt[ab : ab + laenge], felder, zeichensatz, (name, platz)), platz + 1)
            plaetze.append(platz)
    return Dbase(sammler.saetze, plaetze, anzahl)


def _read_felder(kopf: bytes, laenge: int, zeichensatz: str) -> list[Feld]:
    """Give the columns; `ValueError` where they do not fill a record or share a name."""
    felder: list[Feld] = []
    anfang = 1  # the first byte of a record says whether it is deleted
    for stelle in range(0, len(kopf), _FELD):
        if kopf[stelle : stelle + 1] == b"\r":
            break
        name, typ, breite = struct.unpack_from("<11sc4xB", kopf, stelle)
        text = name.split(b"\0")[0].decode(zeichensatz).strip()
        felder.append(Feld(text, typ.decode("ascii"), anfang, breite))
        anfang += breite
    if anfang != laenge or not felder or len({feld.name for feld in felder}) != len(felder):
        raise ValueError(kopf)
    return [feld for feld in felder if feld.typ in _TEXTTYPEN]


def _read_satz(zeile: bytes, felder: list[Feld], zeichensatz: str, ort: tuple[str, int]) -> dict[str, str]:
    satz = {}
    for feld in felder:
        roh = zeile[feld.anfang : feld.anfang + feld.laenge]
        try:
            text = roh.decode(zeichensatz).strip(" \0")
        except UnicodeDecodeError as fehler:
            name, platz = ort
            grund = f"der Text im Feld »{feld.name}« ist nicht {zeichensatz}. Den Zeichensatz (.cpg) prüfen."
            raise EingabeError([Problem(name, 0, f"Objekt {platz + 1}", grund)]) from fehler
        satz[feld.name] = _write_zahl(text) if feld.typ in "NF" else text
    return satz


def _write_zahl(text: str) -> str:
    """Give a number without exponent, digit by digit as it stands; asterisks are dBASE for none."""
    if "*" in text:
        return ""
    if "e" not in text.lower():
        return text
    try:
        zahl = Decimal(text)
    except InvalidOperation:
        return text
    return f"{zahl:f}" if zahl.is_finite() and abs(zahl.adjusted()) < _MAX_EXPONENT else text
