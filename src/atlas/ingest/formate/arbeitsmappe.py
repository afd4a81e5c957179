"""Workbooks, read as text: every cell at its address, by a child process that may die instead of the run."""

from __future__ import annotations

import bisect
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

from atlas.errors import EingabeError, Problem
from atlas.ingest.formate.packpruefung import MAX_BYTES, UnlesbarError, open_paket
from atlas.ingest.formate.raster import Raster, spaltenname

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.config.models.datei import ExcelDatei

_KIND: Final = "atlas.ingest.formate.arbeitsmappe_kind"
WARTEZEIT: Final = 240
"""Seconds until a child is given up; its own limit of processor time comes first unless the machine is busy."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ANDERE_ANFAENGE: Final = {
    b"%PDF": "ein PDF. Die Tabelle als XLSX anfordern",
    b"\x1f\x8b": "eine gepackte Datei. Zuerst entpacken",
    b"{": "JSON, womöglich eine Fehlermeldung. Neu herunterladen",
    b"[": "JSON, womöglich eine Fehlermeldung. Neu herunterladen",
    b"<": "HTML oder XML: eine Webseite, oder eine Tabelle, die nur so heißt wie Excel. Neu herunterladen, oder in "
    "Excel öffnen und als XLSX speichern",
}
_KENNWORT: Final = "die Arbeitsmappe ist mit einem Kennwort geschützt. Ohne Kennwort neu anfordern oder speichern."
_ABSTURZ: Final = (
    "die Arbeitsmappe lässt sich nicht lesen: Das Lesen {}. Sie ist beschädigt oder ihr benutzter Bereich riesig. "
    "In Excel öffnen, mit Strg+Ende die letzte Zelle prüfen, Überflüssiges löschen und neu speichern."
)


def read_arbeitsmappe(inhalt: bytes, name: str, datei: ExcelDatei, dezimal: str) -> Raster:
    """Read the declared sheet of a workbook as text, from cell A1 on.

    A number is written with the digits the cell holds, not as its format shows it (12,5 % is 0,125), with `dezimal`
    and without a thousands sign; a date is 2024-12-31, a truth value WAHR or FALSCH, an error what the file says,
    in English (#N/A is what German Excel shows as #NV), a formula that was never computed #FORMEL.

    In an old workbook (XLS) a formula that was never computed cannot be told from one that gives empty text.

    Raises `EingabeError` when the content is not of the declared type or breaks the limits, when not exactly one
    visible sheet is the declared one or another is not accounted for, or when something with text is hidden.
    """
    typ = _detect(inhalt, name)
    if typ != datei.typ:
        text = f"die Datei ist dem Inhalt nach {typ.upper()}, deklariert ist {datei.typ}. datei.typ: {typ} eintragen."
        raise EingabeError([Problem(name, 0, "", text)])
    auftrag = {
        "art": "blatt",
        "blatt": datei.blatt,
        "blaetter_ignoriere": datei.blaetter_ignoriere,
        "verstecktes": datei.verstecktes,
        "dezimal": dezimal,
    }
    antwort = _ask_kind(auftrag, inhalt, name)
    versteckte_zeilen, versteckte_spalten = antwort["versteckt"]
    if versteckte_zeilen or versteckte_spalten:
        raise EingabeError(_describe_verstecktes(versteckte_zeilen, versteckte_spalten, name, antwort["blatt"]))
    return _build_raster(antwort, name)


def _describe_verstecktes(zeilen: list[int], spalten: list[int], name: str, blatt: str) -> Iterator[Problem]:
    text = (
        "ausgeblendet und nicht leer: {}. Mit verstecktes: lesen gehören sie zur Tabelle, mit verstecktes: auslassen "
        "nicht; oder in Excel einblenden oder löschen."
    )
    if zeilen:
        namen = _join_bereiche(zeilen, [str(zeile + 1) for zeile in zeilen])
        yield Problem(
            name, zeilen[0] + 1, f"Blatt »{blatt}«", text.format(f"{'Zeile' if len(zeilen) == 1 else 'Zeilen'} {namen}")
        )
    if spalten:
        namen = _join_bereiche(spalten, [spaltenname(stelle) for stelle in spalten])
        yield Problem(
            name, 0, f"Blatt »{blatt}«", text.format(f"{'Spalte' if len(spalten) == 1 else 'Spalten'} {namen}")
        )


_BEREICHE_HOECHSTENS: Final = 10


def _join_bereiche(stellen: list[int], namen: list[str]) -> str:
    """Name places, neighbours as from and to."""
    bereiche: list[list[str]] = []
    for nummer, stelle in enumerate(stellen):
        if nummer and stellen[nummer - 1] == stelle - 1:
            bereiche[-1][1:] = [namen[nummer]]
        else:
            bereiche.append([namen[nummer]])
    weitere = " und weitere" if len(bereiche) > _BEREICHE_HOECHSTENS else ""
    return ", ".join(" bis ".join(bereich) for bereich in bereiche[:_BEREICHE_HOECHSTENS]) + weitere


def list_blaetter(inhalt: bytes, name: str) -> list[tuple[str, bool, int, int]]:
    """Give name, visibility, and number of rows and columns in use of every worksheet, in their order.

    Raises `EingabeError` when the content is no workbook or breaks the limits.
    """
    _detect(inhalt, name)
    return [tuple(blatt) for blatt in _ask_kind({"art": "liste"}, inhalt, name)["blaetter"]]


def _detect(inhalt: bytes, name: str) -> str:
    """Tell by the content whether a file is a workbook, and of which type."""
    try:
        if inhalt.startswith(b"PK"):
            return _detect_paket(inhalt)
        if inhalt.startswith(_OLE):
            return _detect_ole(inhalt)
    except UnlesbarError as fehler:
        raise _as_eingabe_error(fehler.probleme, name) from fehler
    anfang = inhalt.lstrip(b"\xef\xbb\xbf \t\r\n")
    was = next((was for zeichen, was in _ANDERE_ANFAENGE.items() if anfang.startswith(zeichen)), "")
    if not was and b"\0" not in inhalt:
        was = "Text. Wenn es eine Tabelle mit Trennzeichen ist, datei.typ: csv eintragen"
    text = f"der Inhalt ist {was or 'keine Arbeitsmappe. Neu herunterladen oder als XLSX anfordern'}."
    raise EingabeError([Problem(name, 0, "", text)])


def _detect_paket(inhalt: bytes) -> str:
    teile = {teil.lower() for teil in open_paket(inhalt).namelist()}
    if "xl/workbook.xml" in teile:
        return "xlsx"
    if "xl/workbook.bin" in teile:
        was = "eine binäre Arbeitsmappe (XLSB). In Excel öffnen und als XLSX speichern."
    elif {"mimetype", "content.xml"} <= teile:
        was = "ein OpenDocument (ODS). In LibreOffice oder Excel öffnen und als XLSX speichern."
    else:
        was = "eine ZIP-Datei, keine Arbeitsmappe. Zuerst entpacken, oder die Tabelle als XLSX anfordern."
    raise UnlesbarError(f"der Inhalt ist {was}")


def _detect_ole(inhalt: bytes) -> str:
    """Look for the names of streams, which this container keeps in UTF-16."""
    if len(inhalt) > MAX_BYTES:
        raise UnlesbarError(f"die Datei hat mehr als {MAX_BYTES // 1_000_000} MB. Nicht benötigte Blätter löschen.")
    if "EncryptedPackage".encode("utf-16-le") in inhalt:
        raise UnlesbarError(_KENNWORT)
    if not any(strom.encode("utf-16-le") in inhalt for strom in ("Workbook\0", "Book\0")):
        raise UnlesbarError("der Inhalt ist ein altes Office-Dokument, keine Arbeitsmappe. Als XLSX anfordern.")
    return "xls"


def _ask_kind(auftrag: dict[str, Any], inhalt: bytes, name: str) -> dict[str, Any]:
    """Let a child process open the file, and put its death into words."""
    befehl = [sys.executable, "-P", "-m", _KIND]  # -P: a folder »atlas« where the command is called is not atlas
    try:
        kind = subprocess.run(  # noqa: S603  # this Python and a module of atlas; the file is data on standard input
            befehl,
            input=json.dumps(auftrag).encode() + b"\n" + inhalt,
            capture_output=True,
            timeout=WARTEZEIT,
            check=False,
        )
    except subprocess.TimeoutExpired as fehler:
        raise _as_eingabe_error([(0, "", _ABSTURZ.format("dauert zu lange"))], name) from fehler
    if kind.returncode:
        braucht_zuviel = b"MemoryError" in kind.stderr or b"memory allocation" in kind.stderr
        was = "braucht zu viel Speicher" if braucht_zuviel else "bricht ab"
        raise _as_eingabe_error([(0, "", _ABSTURZ.format(was))], name)
    antwort: dict[str, Any] = json.loads(kind.stdout)
    if "probleme" in antwort:
        raise _as_eingabe_error(antwort["probleme"], name)
    return antwort


def _as_eingabe_error(probleme: list[tuple[int, str, str]], name: str) -> EingabeError:
    return EingabeError(Problem(name, zeile, ort, text) for zeile, ort, text in probleme)


def _build_raster(antwort: dict[str, Any], name: str) -> Raster:
    import polars as pl

    zellen = pl.DataFrame(
        {f"c{stelle}": pl.Series(spalte, dtype=pl.String) for stelle, spalte in enumerate(antwort["spalten"])}
    )
    zeilen: list[int] = antwort["zeilen"]
    return Raster(
        datei=name,
        blatt=antwort["blatt"],
        zellen=zellen,
        zeilen=pl.Series("zeile", zeilen, dtype=pl.Int64) + 1,
        verbunden=tuple(_clip(antwort["verbunden"], zeilen, zellen.width)),
    )


def _clip(bereiche: list[list[int]], zeilen: list[int], breite: int) -> Iterator[tuple[int, int, int, int]]:
    """Give merged cells as places among the rows and columns that were read; what is left of one cell is none."""
    for oben, links, unten, rechts in bereiche:
        erste, letzte = bisect.bisect_left(zeilen, oben), bisect.bisect_right(zeilen, unten) - 1
        aeusserste = min(rechts, breite - 1)
        if erste <= letzte and links <= aeusserste and (erste, links) != (letzte, aeusserste):
            yield erste, links, letzte, aeusserste
