"""From bytes to text: a declared encoding, no control characters, one kind of line end."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import polars as pl

from atlas.errors import EingabeError, Problem
from atlas.zeichen import UNSICHTBAR

if TYPE_CHECKING:
    from atlas.config.models.datei import Zeichensatz

LAENGSTE_ZEILE = 1_000_000
"""A longer line is no row of a table; splitting it would take minutes and gigabytes."""
_STEUERZEICHEN = re.compile("[\x80-\x9f]")
"""Characters that ISO 8859 has for terminals only; in tables they are dashes and quotes of cp1252."""
_UNSICHTBAR = UNSICHTBAR.pattern.replace("\ud800-\udfff", "")
"""The same for polars, whose strings cannot hold a lone surrogate."""


def decode(inhalt: bytes, name: str, zeichensatz: Zeichensatz) -> bytes:
    r"""Give the text of a delivered file as UTF-8 with `\n` at line ends, without a byte order mark.

    Raises `EingabeError` for an answer of a web server, a wrong encoding (with line and place), null bytes, invisible
    characters and lines longer than `LAENGSTE_ZEILE`.
    """
    anfang = inhalt.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if anfang in (b"{", b"<"):
        text = "der Inhalt ist eine Fehlermeldung oder Webseite (JSON oder HTML), keine Tabelle. Neu herunterladen."
        raise EingabeError([Problem(name, 1, "", text)])
    if zeichensatz != "utf-16" and b"\0" in inhalt:
        zeile, _ = _stelle(inhalt[: inhalt.index(b"\0")])
        text = "enthält Nullbytes. Die Datei ist beschädigt oder in UTF-16; zeichensatz prüfen."
        raise EingabeError([Problem(name, zeile, "", text)])
    if zeichensatz not in ("utf-8", "utf-16") and _ist_utf8(inhalt):
        text = f"die Datei ist in UTF-8 gespeichert, deklariert ist {zeichensatz}. zeichensatz: utf-8 eintragen."
        raise EingabeError([Problem(name, 0, "", text)])
    try:
        text = inhalt.decode("utf-8-sig" if zeichensatz == "utf-8" else zeichensatz).removeprefix("\ufeff")
    except UnicodeDecodeError as fehler:
        raise EingabeError([_problem_zeichen(fehler, name, zeichensatz)]) from fehler
    if zeichensatz.startswith("iso-8859"):
        _refuse_steuerzeichen(text, name, zeichensatz)
    utf8 = text.encode()
    einheitlich = utf8.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in utf8 else utf8
    _check_zeilen(einheitlich, name)
    return einheitlich


def read_zeilen(utf8: bytes) -> pl.Series:
    """Split text into lines, the fastest way there is; an end of line at the end of the file opens no further line."""
    return pl.read_lines(io.BytesIO(utf8))["line"]


def _check_zeilen(utf8: bytes, name: str) -> None:
    zeilen = read_zeilen(utf8)
    if zeilen.is_empty():
        return
    if (zeilen.str.len_bytes() > LAENGSTE_ZEILE).any():
        text = f"eine Zeile ist länger als {LAENGSTE_ZEILE} Zeichen, das ist keine Tabelle. Neu exportieren."
        raise EingabeError([Problem(name, 0, "", text)])
    befallene = zeilen.str.contains(_UNSICHTBAR).arg_true()
    if befallene.len():
        zeichen = UNSICHTBAR.search(zeilen[befallene[0]])
        code = f"U+{ord(zeichen[0]):04X}" if zeichen else ""
        grund = f"enthält ein unsichtbares Steuerzeichen ({code}). Entfernen oder neu exportieren."
        raise EingabeError([Problem(name, befallene[0] + 1, "", grund)])


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
