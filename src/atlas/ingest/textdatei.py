"""Delimited text, read as text: every row with its line number, every row as long as the header."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.errors import EingabeError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.config.models.datei import CsvDatei

MAX_PROBLEME = 20
"""So many lines of one kind of mistake are printed for a file; the rest is counted."""


@dataclass(frozen=True)
class Rohtabelle:
    """Header, rows of text, and the line of each row in the file."""

    datei: str
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
    daten = [(nummer, zellen) for nummer, zellen in satze[anfang + 1 : ende] if any(z.strip() for z in zellen)]
    probleme = [
        *_find_doppelte_koepfe(kopf, name, satze[anfang][0]),
        *_find_falsche_laengen(daten, kopf, name),
    ]
    if not daten:
        probleme.append(Problem(name, satze[anfang][0], "", "nach der Kopfzeile folgt keine Zeile mit Daten."))
    if probleme:
        raise EingabeError(probleme)
    return Rohtabelle(name, kopf, [zellen for _, zellen in daten], [nummer for nummer, _ in daten])


def _decode(inhalt: bytes, name: str, zeichensatz: str) -> str:
    anfang = inhalt.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if anfang in (b"{", b"<"):
        text = "der Inhalt ist eine Fehlermeldung oder Webseite (JSON oder HTML), keine Tabelle. Neu herunterladen."
        raise EingabeError([Problem(name, 1, "", text)])
    if zeichensatz != "utf-16" and b"\0" in inhalt:
        zeile = inhalt[: inhalt.index(b"\0")].count(b"\n") + 1
        text = "enthält Nullbytes. Die Datei ist beschädigt oder in UTF-16; zeichensatz prüfen."
        raise EingabeError([Problem(name, zeile, "", text)])
    if zeichensatz not in ("utf-8", "utf-16") and _ist_utf8(inhalt):
        text = f"die Datei ist in UTF-8 gespeichert, deklariert ist {zeichensatz}. zeichensatz: utf-8 eintragen."
        raise EingabeError([Problem(name, 0, "", text)])
    try:
        return inhalt.decode("utf-8-sig" if zeichensatz == "utf-8" else zeichensatz).removeprefix("\ufeff")
    except UnicodeDecodeError as fehler:
        davor, byte = fehler.object[: fehler.start], fehler.object[fehler.start]
        zeile, stelle = davor.count(b"\n") + 1, fehler.start - (davor.rfind(b"\n") + 1) + 1
        text = (
            f"das Zeichen an Stelle {stelle} ist kein {zeichensatz.upper()} (Byte 0x{byte:02X}). "
            "Vermutlich zeichensatz: cp1252 eintragen, oder die Datei in UTF-8 speichern."
        )
        raise EingabeError([Problem(name, zeile, "", text)]) from fehler


def _ist_utf8(inhalt: bytes) -> bool:
    """Tell whether bytes hold characters beyond ASCII that are sound UTF-8: no accident in an 8-bit file."""
    if inhalt.isascii():
        return False
    try:
        inhalt.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _split(text: str, name: str, trenner: str) -> Iterator[tuple[int, list[str]]]:
    leser = csv.reader(io.StringIO(text, newline=""), delimiter=trenner, strict=True)
    nummer = 1
    try:
        for zellen in leser:
            yield nummer, zellen
            nummer = leser.line_num + 1
    except csv.Error as fehler:
        hinweis = "ein Anführungszeichen ist nicht geschlossen oder ein Feld ist zu lang."
        raise EingabeError([Problem(name, nummer, "", hinweis)]) from fehler


def _find_kopf(satze: list[tuple[int, list[str]]], name: str, datei: CsvDatei) -> int:
    for stelle, (_, zellen) in enumerate(satze):
        erste = zellen[0].strip() if zellen else ""
        if (datei.kopf is None and any(zellen)) or (datei.kopf is not None and re.search(datei.kopf, erste)):
            return stelle
    text = f"keine Zeile beginnt mit dem deklarierten Kopf »{datei.kopf}«. Trennzeichen und datei.kopf prüfen."
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


def _find_doppelte_koepfe(kopf: list[str], name: str, zeile: int) -> Iterator[Problem]:
    for spalte in sorted({spalte for spalte in kopf if spalte and kopf.count(spalte) > 1}):
        yield Problem(name, zeile, "", f"die Spalte »{spalte}« kommt {kopf.count(spalte)}-mal vor. Spalten umbenennen.")


def _find_falsche_laengen(daten: list[tuple[int, list[str]]], kopf: list[str], name: str) -> list[Problem]:
    falsche = [(nummer, len(zellen)) for nummer, zellen in daten if len(zellen) != len(kopf)]
    probleme = [
        Problem(
            name,
            nummer,
            "",
            f"die Zeile hat {anzahl} statt {len(kopf)} Felder. Trennzeichen und Zeile prüfen.",
        )
        for nummer, anzahl in falsche[:MAX_PROBLEME]
    ]
    return [*probleme, *rest(falsche, name, "Zeilen mit falscher Anzahl von Feldern")]


def rest(alle: list[object] | list[tuple[int, int]], name: str, was: str) -> list[Problem]:
    """Count what is beyond `MAX_PROBLEME` in one closing line; empty when nothing is."""
    weitere = len(alle) - MAX_PROBLEME
    return [Problem(name, 10**9, "", f"… und {weitere} weitere {was}.")] if weitere > 0 else []
