"""Which kind of workbook a file is, told by its content and not by its name."""

from __future__ import annotations

from typing import Final

from atlas.ingest.formate.unlesbar import KENNWORT, UnlesbarError
from atlas.ingest.formate.zip_paket import MAX_BYTES, open_paket

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ANDERE_ANFAENGE: Final = {
    b"%PDF": "ein PDF. Die Tabelle als XLSX anfordern",
    b"\x1f\x8b": "eine gepackte Datei. Zuerst entpacken",
    b"{": "JSON, womöglich eine Fehlermeldung. Neu herunterladen",
    b"[": "JSON, womöglich eine Fehlermeldung. Neu herunterladen",
    b"<": "HTML oder XML: eine Webseite, oder eine Tabelle, die nur so heißt wie Excel. Neu herunterladen, oder in "
    "Excel öffnen und als XLSX speichern",
}


def detect(inhalt: bytes) -> str:
    """Tell whether a file is a workbook, and of which type.

    Raises `UnlesbarError` when it is none, has a password or breaks the limits of a package.
    """
    if inhalt.startswith(b"PK"):
        return _detect_paket(inhalt)
    if inhalt.startswith(_OLE):
        return _detect_ole(inhalt)
    anfang = inhalt.lstrip(b"\xef\xbb\xbf \t\r\n")
    was = next((was for zeichen, was in _ANDERE_ANFAENGE.items() if anfang.startswith(zeichen)), "")
    if not was and b"\0" not in inhalt:
        was = "Text. Wenn es eine Tabelle mit Trennzeichen ist, datei.typ: csv eintragen"
    raise UnlesbarError(f"der Inhalt ist {was or 'keine Arbeitsmappe. Neu herunterladen oder als XLSX anfordern'}.")


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
        raise UnlesbarError(KENNWORT)
    if not any(strom.encode("utf-16-le") in inhalt for strom in ("Workbook\0", "Book\0")):
        raise UnlesbarError("der Inhalt ist ein altes Office-Dokument, keine Arbeitsmappe. Als XLSX anfordern.")
    return "xls"
