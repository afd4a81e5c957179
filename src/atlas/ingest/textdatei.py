"""Delimited text, read as text: every row with its line number, every row as long as the header."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.errors import EingabeError, Problem
from atlas.zeichen import UNSICHTBAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.config.models.datei import CsvDatei

LAENGSTE_ZEILE = 1_000_000
"""A longer line is no row of a table; splitting it would take minutes and gigabytes."""
MAX_PROBLEME = 20
"""So many lines of one kind of mistake are printed for a file; the rest is counted."""


@dataclass(frozen=True)
class Rohtabelle:
    """Header and its line, rows of text, and the line of each row in the file."""

    datei: str
    kopfzeile: int
    kopf: list[str]
    zeilen: list[list[str]]
    nummern: list[int]


def read_rohtabelle(inhalt: bytes, name: str, datei: CsvDatei) -> Rohtabelle:
    """Decode and split a delivered text file as declared.

    Raises `EingabeError` with every problem: wrong encoding with its place, a missing header or end,
    rows that are too short or too long.
    """
    text = _decode(inhalt, name, datei.zeichensatz)
    satze = list(_split(text, name, datei.trenner))
    anfang = _find_kopf(satze, name, datei)
    kopf = [zelle.strip() for zelle in satze[anfang][1]]
    ende = _find_ende(satze, anfang, name, datei)
    daten = [(nummer, zellen) for nummer, zellen in satze[anfang + 1 : ende] if "".join(zellen).strip()]
    kopfzeile = satze[anfang][0]
    probleme = [
        *_find_daten_nach_ende(satze[ende:], len(kopf), name),
        *_find_doppelte_koepfe(kopf, name, kopfzeile),
        *_find_falsche_laengen(daten, kopf, name, kopfzeile),
        *_find_verschluckte(daten, name, datei.trenner),
    ]
    if not daten:
        text = "nach der Kopfzeile folgt keine Zeile mit Daten. Die Datei neu anfordern."
        probleme.append(Problem(name, kopfzeile, "", text))
    if probleme:
        raise EingabeError(probleme)
    return Rohtabelle(name, kopfzeile, kopf, [zellen for _, zellen in daten], [nummer for nummer, _ in daten])


def _decode(inhalt: bytes, name: str, zeichensatz: str) -> str:
    anfang = inhalt.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if anfang in (b"{", b"<"):
        text = "der Inhalt ist eine Fehlermeldung oder Webseite (JSON oder HTML), keine Tabelle. Neu herunterladen."
        raise EingabeError([Problem(name, 1, "", text)])
    if max(map(len, inhalt.splitlines()), default=0) > LAENGSTE_ZEILE:
        text = f"eine Zeile ist länger als {LAENGSTE_ZEILE} Zeichen, das ist keine Tabelle. Neu exportieren."
        raise EingabeError([Problem(name, 0, "", text)])
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
    steuerzeichen = _STEUERZEICHEN.search(text) if zeichensatz.startswith("iso-8859") else None
    if steuerzeichen:
        zeile, _ = _stelle(text[: steuerzeichen.start()].encode(zeichensatz))
        byte = f"{ord(steuerzeichen[0]):02X}"
        grund = f"ein Zeichen ist kein {zeichensatz.upper()} (Byte 0x{byte}). Vermutlich zeichensatz: cp1252 eintragen."
        raise EingabeError([Problem(name, zeile, "", grund)])
    unsichtbar = UNSICHTBAR.search(text)
    if unsichtbar:
        zeile = len((text[: unsichtbar.start()] + ".").splitlines())
        grund = f"enthält ein unsichtbares Steuerzeichen (U+{ord(unsichtbar[0]):04X}). Entfernen oder neu exportieren."
        raise EingabeError([Problem(name, zeile, "", grund)])
    return text


_STEUERZEICHEN = re.compile("[\x80-\x9f]")
"""Characters that ISO 8859 has for terminals only; in tables they are dashes and quotes of cp1252."""


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


_ZU_LANG = "ein Feld ist länger als 131.072 Zeichen. Kürzen oder neu exportieren."
_OFFEN = (
    "hier beginnt eine Zeile, in der ein Anführungszeichen nicht geschlossen ist oder mitten in einem Feld "
    "steht. Neu exportieren; in Texten wird ein Anführungszeichen verdoppelt."
)


def _split(text: str, name: str, trenner: str) -> Iterator[tuple[int, list[str]]]:
    leser = csv.reader(io.StringIO(text, newline=""), delimiter=trenner, strict=True)
    nummer = 1
    try:
        for zellen in leser:
            yield nummer, zellen
            nummer = leser.line_num + 1
    except csv.Error as fehler:
        zu_lang = "field limit" in str(fehler)
        raise EingabeError([Problem(name, nummer, "", _ZU_LANG if zu_lang else _OFFEN)]) from fehler


def _find_kopf(satze: list[tuple[int, list[str]]], name: str, datei: CsvDatei) -> int:
    for stelle, (_, zellen) in enumerate(satze):
        erste = zellen[0].strip() if zellen else ""
        if (datei.kopf is None and any(zellen)) or (datei.kopf is not None and re.search(datei.kopf, erste)):
            return stelle
    if datei.kopf is None:
        raise EingabeError([Problem(name, 0, "", "die Datei enthält keine Zeile mit Text. Neu anfordern.")])
    text = f"keine Zeile beginnt mit dem deklarierten Kopf »{datei.kopf}«. datei.trenner und datei.kopf prüfen."
    raise EingabeError([Problem(name, 0, "", text)])


def _find_ende(satze: list[tuple[int, list[str]]], anfang: int, name: str, datei: CsvDatei) -> int:
    if datei.ende is None:
        return len(satze)
    for stelle in range(anfang + 1, len(satze)):
        zellen = satze[stelle][1]
        if zellen and re.search(datei.ende, zellen[0].strip()):
            return stelle
    text = f"das deklarierte Ende »{datei.ende}« kommt nicht vor. Die Datei ist womöglich abgeschnitten."
    raise EingabeError([Problem(name, satze[-1][0], "", text)])


def _find_daten_nach_ende(rest: list[tuple[int, list[str]]], felder: int, name: str) -> Iterator[Problem]:
    """Refuse an end that cuts off data: a footer fills one field of a row, data fill most of them."""
    daten = [nummer for nummer, zellen in rest if len(zellen) == felder and 2 * sum(map(bool, zellen)) > felder > 1]
    if daten:
        text = (
            f"nach dem deklarierten Ende in Zeile {rest[0][0]} stehen noch Zeilen mit Daten. datei.ende enger fassen; "
            "Zwischensummen gehören unter schluessel.nicht_raum."
        )
        yield Problem(name, daten[0], "", text)


def _find_doppelte_koepfe(kopf: list[str], name: str, zeile: int) -> Iterator[Problem]:
    mehrfach = sorted((spalte, anzahl) for spalte, anzahl in Counter(kopf).items() if spalte and anzahl > 1)
    for spalte, anzahl in mehrfach[:MAX_PROBLEME]:
        yield Problem(name, zeile, "", f"die Spalte »{spalte[:60]}« kommt {anzahl}-mal vor. Spalten umbenennen.")


def _find_falsche_laengen(
    daten: list[tuple[int, list[str]]], kopf: list[str], name: str, kopfzeile: int
) -> list[Problem]:
    falsche = [(nummer, len(zellen)) for nummer, zellen in daten if len(zellen) != len(kopf)]
    if len(falsche) == len(daten) > 1:
        text = (
            f"der Kopf hat {_felder(len(kopf))}, keine Zeile darunter hat ebenso viele (die erste {falsche[0][1]}). "
            "Stehen Titelzeilen über dem Kopf, datei.kopf eintragen; sonst datei.trenner prüfen."
        )
        return [Problem(name, kopfzeile, "", text)]
    text = "die Zeile hat {} statt {}. Ist sie abgeschnitten? Steht ein Trennzeichen im Text? Berichtigen lassen."
    probleme = [
        Problem(name, nummer, "", text.format(anzahl, _felder(len(kopf)))) for nummer, anzahl in falsche[:MAX_PROBLEME]
    ]
    return [*probleme, *rest([nummer for nummer, _ in falsche], name, "Zeilen mit falscher Anzahl von Feldern")]


def _felder(anzahl: int) -> str:
    return "1 Feld" if anzahl == 1 else f"{anzahl} Felder"


def _find_verschluckte(daten: list[tuple[int, list[str]]], name: str, trenner: str) -> list[Problem]:
    """Find fields that hold whole rows because two stray quotes enclose them."""
    mehrzeilige = [(nummer, zellen) for nummer, zellen in daten if _UMBRUCH.search("".join(zellen))]
    stellen = [
        nummer for nummer, zellen in mehrzeilige if any(trenner in zelle and _UMBRUCH.search(zelle) for zelle in zellen)
    ]
    text = (
        "ein Feld in Anführungszeichen reicht über mehrere Zeilen mit Trennzeichen und verschluckt sie. Das einzelne "
        "Anführungszeichen in der Datei suchen und neu exportieren."
    )
    probleme = [Problem(name, nummer, "", text) for nummer in stellen[:MAX_PROBLEME]]
    return [*probleme, *rest(stellen, name, "solche Zeilen")]


_UMBRUCH = re.compile("[\r\n]")


def rest(zeilen: list[int], name: str, was: str) -> list[Problem]:
    """Count what is beyond `MAX_PROBLEME` in one closing line; empty when nothing is."""
    weitere = zeilen[MAX_PROBLEME:]
    return [Problem(name, weitere[0], "", f"… und {len(weitere)} weitere {was} von hier an.")] if weitere else []
