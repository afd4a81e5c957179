"""From bytes to text: a declared encoding, no control characters, one kind of line end."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from typing import TYPE_CHECKING

import polars as pl

from atlas.errors import EingabeError, Problem
from atlas.zeichen import UNSICHTBAR

if TYPE_CHECKING:
    from atlas.config.models.datei import Zeichensatz

LAENGSTE_ZEILE = 1_000_000
"""A longer line is no row of a table; splitting it would take minutes and gigabytes."""
_WEBANTWORT = re.compile(rb"[\xef\xbb\xbf \t\r\n]*[{<]")
_STEUERZEICHEN = re.compile("[\x80-\x9f]")
"""Characters that ISO 8859 has for terminals only; in tables they are dashes and quotes of cp1252."""
_UNSICHTBAR = UNSICHTBAR.pattern.replace("\ud800-\udfff", "")
"""The same for polars, whose strings cannot hold a lone surrogate."""


def read_zeilen(inhalt: bytes, name: str, zeichensatz: Zeichensatz) -> pl.Series:
    r"""Give the lines of a delivered file, without a byte order mark; a line ends with `\n`, `\r` or both.

    An end of line at the end of the file opens no further line. Raises `EingabeError` for an answer of a web server, a
    wrong encoding (with line and place), null bytes, invisible characters and lines longer than `LAENGSTE_ZEILE`.
    """
    if _WEBANTWORT.match(inhalt):
        text = "der Inhalt ist eine Fehlermeldung oder Webseite (JSON oder HTML), keine Tabelle. Neu herunterladen."
        raise EingabeError([Problem(name, 1, "", text)])
    if zeichensatz != "utf-16" and b"\0" in inhalt:
        zeile, _ = _stelle(inhalt[: inhalt.index(b"\0")])
        text = "enthält Nullbytes. Die Datei ist beschädigt oder in UTF-16; zeichensatz prüfen."
        raise EingabeError([Problem(name, zeile, "", text)])
    utf8 = _decode(inhalt, name, zeichensatz)
    zeilen = pl.read_lines(utf8.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in utf8 else utf8)["line"]
    _check_zeilen(zeilen, name)
    return zeilen


def _decode(inhalt: bytes, name: str, zeichensatz: Zeichensatz) -> bytes:
    """Give the bytes in UTF-8 and without a byte order mark; those that are so already are not copied."""
    if zeichensatz not in ("utf-8", "utf-16") and _ist_utf8(inhalt):
        text = f"die Datei ist in UTF-8 gespeichert, deklariert ist {zeichensatz}. zeichensatz: utf-8 eintragen."
        raise EingabeError([Problem(name, 0, "", text)])
    roh = inhalt.removeprefix(BOM_UTF8) if zeichensatz == "utf-8" else inhalt
    if zeichensatz != "utf-16" and roh.isascii():
        return roh
    try:
        text = roh.decode(zeichensatz)
    except UnicodeDecodeError as fehler:
        raise EingabeError([_problem_zeichen(fehler, name, zeichensatz)]) from fehler
    if zeichensatz.startswith("iso-8859"):
        _refuse_steuerzeichen(text, name, zeichensatz)
    return roh.removeprefix(BOM_UTF8) if zeichensatz == "utf-8" else text.removeprefix("\ufeff").encode()


def _check_zeilen(zeilen: pl.Series, name: str) -> None:
    zu_lange = (zeilen.str.len_bytes() > LAENGSTE_ZEILE).arg_true()
    if zu_lange.len():
        text = f"eine Zeile ist länger als {LAENGSTE_ZEILE} Zeichen, das ist keine Tabelle. Neu exportieren."
        raise EingabeError([Problem(name, zu_lange[0] + 1, "", text)])
    befallene = find_unsichtbare(zeilen)
    if befallene.len():
        raise EingabeError([Problem(name, befallene[0] + 1, "", describe_unsichtbares(zeilen[befallene[0]]))])


def find_unsichtbare(texte: pl.Series) -> pl.Series:
    """Give the places of texts with characters that nobody sees; line ends and tabs are none."""
    return texte.str.contains(_UNSICHTBAR).arg_true()


def describe_unsichtbares(text: str) -> str:
    """Say which character it is, and what to do."""
    zeichen = UNSICHTBAR.search(text)
    code = f"U+{ord(zeichen[0]):04X}" if zeichen else ""
    return f"enthält ein unsichtbares Steuerzeichen ({code}). Entfernen oder neu exportieren."


def _refuse_steuerzeichen(text: str, name: str, zeichensatz: str) -> None:
    steuerzeichen = _STEUERZEICHEN.search(text)
    if steuerzeichen:
        zeile, _ = _stelle(text[: steuerzeichen.start()].encode(zeichensatz))
        byte = f"{ord(steuerzeichen[0]):02X}"
        grund = f"ein Zeichen ist kein {zeichensatz.upper()} (Byte 0x{byte}). Vermutlich zeichensatz: cp1252 eintragen."
        raise EingabeError([Problem(name, zeile, "", grund)])


def _problem_zeichen(fehler: UnicodeDecodeError, name: str, zeichensatz: str) -> Problem:
    zeile, stelle = _stelle(fehler.object[: fehler.start])
    byte = fehler.object[fehler.start : fehler.start + 1].hex().upper()
    rat = {
        "utf-8": "Vermutlich zeichensatz: cp1252 eintragen, oder die Datei in UTF-8 speichern.",
        "utf-16": "Vermutlich zeichensatz: utf-8 oder cp1252 eintragen.",
    }.get(zeichensatz, "Einen anderen zeichensatz eintragen, oder die Datei in UTF-8 speichern.")
    text = f"das Zeichen an Stelle {stelle} ist kein {zeichensatz.upper()} (Byte 0x{byte}). {rat}"
    return Problem(name, zeile, "", text)


def _stelle(davor: bytes) -> tuple[int, int]:
    """Give line and place of the byte that follows; a line may end with CR, LF or both."""
    zeilen = (davor + b".").splitlines()
    return len(zeilen), len(zeilen[-1])


def _ist_utf8(inhalt: bytes) -> bool:
    """Tell whether bytes hold characters beyond ASCII that are sound UTF-8: no accident in an 8-bit file."""
    if inhalt.isascii():
        return False
    try:
        inhalt.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
