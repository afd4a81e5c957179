"""A workbook that is opened after its package was looked at: its sheets, and the declared one as columns of text."""

from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING, Any, Final

from python_calamine import SheetTypeEnum, load_workbook

from atlas.ingest.formate.blatt_xls import scan_xls
from atlas.ingest.formate.blatt_xml import scan_blatt
from atlas.ingest.formate.blattbefund import Befund
from atlas.ingest.formate.blattblick import has_inhalt, scan_auffaelliges
from atlas.ingest.formate.blattwahl import find_blatt, is_sichtbar
from atlas.ingest.formate.raster import spaltenname
from atlas.ingest.formate.unlesbar import BESCHAEDIGT, UnlesbarError
from atlas.ingest.formate.zelltexte import build_spalten, find_verstecktes
from atlas.ingest.formate.zip_paket import check_xml, find_teile, open_paket

if TYPE_CHECKING:
    import zipfile

    from python_calamine import CalamineSheet, SheetMetadata

MAX_ZELLEN: Final = 10_000_000
"""Cells from A1 to the last one in use, the empty ones too: they take memory all the same."""
MAX_VERBUNDEN: Final = 200_000
"""Cells that belong to merged ones; a table with a merged cell in each row has some thousands."""
MAX_ZEICHEN: Final = 200_000_000


class Mappe:
    """A workbook, opened after its package was looked at; `paket` and `teile` are there for XLSX only."""

    def __init__(self, inhalt: bytes) -> None:
        self._inhalt = inhalt
        self._paket: zipfile.ZipFile | None = None
        self._teile: list[tuple[str, str]] = []
        if inhalt.startswith(b"PK"):
            self._paket = open_paket(inhalt)
            check_xml(self._paket)
            self._teile = find_teile(self._paket)
        self._mappe = load_workbook(io.BytesIO(inhalt))
        self._blaetter: list[SheetMetadata] = self._mappe.sheets_metadata
        if self._paket and [name for name, _ in self._teile] != [blatt.name for blatt in self._blaetter]:
            raise UnlesbarError(BESCHAEDIGT)

    def list_blaetter(self) -> dict[str, Any]:
        """Name the worksheets, whether they are visible, and how far they reach, without reading their cells."""
        return {
            "blaetter": [
                (blatt.name, is_sichtbar(blatt), *self._measure(stelle))
                for stelle, blatt in enumerate(self._blaetter)
                if blatt.typ == SheetTypeEnum.WorkSheet
            ]
        }

    def _measure(self, stelle: int) -> tuple[int, int]:
        if self._paket:
            return scan_blatt(self._paket, self._teile[stelle][1], streng=False).ende
        return _groesse(self._mappe.get_sheet_by_index(stelle))

    def _has_inhalt(self, stelle: int) -> bool:
        if self._paket:
            return has_inhalt(self._paket, self._teile[stelle][1])
        return self._mappe.get_sheet_by_index(stelle).start is not None

    def read(self, auftrag: dict[str, Any]) -> dict[str, Any]:
        """Give the declared sheet as columns of text.

        `versteckt` are the hidden rows and columns with text, if they matter. Raises `UnlesbarError` when the sheet is
        not the one declared, is empty or too big.
        """
        stelle = find_blatt(self._blaetter, auftrag["blatt"], auftrag["blaetter_ignoriere"], self._has_inhalt)
        name = self._blaetter[stelle].name
        ort = f"Blatt »{name}«"
        befund = self._scan(stelle, ort)
        _check_groesse([befund.ende, *befund.texte], ort)
        blatt = self._mappe.get_sheet_by_index(stelle)
        _check_groesse([befund.ende, *befund.texte, _groesse(blatt)], ort)
        spalten = build_spalten(blatt, befund, auftrag["dezimal"])
        if not spalten:
            raise UnlesbarError("das Blatt ist leer. datei.blatt prüfen oder die Datei neu anfordern.", ort=ort)
        if sum(len(text) for spalte in spalten for text in spalte) > MAX_ZEICHEN:
            raise UnlesbarError("das Blatt enthält zu viel Text für eine Tabelle. Neu exportieren.", ort=ort)
        verbunden = [(*anfang, *ende) for anfang, ende in blatt.merged_cell_ranges or []]
        _check_verbundene(verbunden, len(spalten[0]), len(spalten), ort)
        zeilen = list(range(len(spalten[0])))
        versteckt: tuple[list[int], list[int]] = ([], [])
        if auftrag["verstecktes"] == "fehler":
            versteckt = find_verstecktes(spalten, befund)
        elif auftrag["verstecktes"] == "auslassen":
            zeilen = [zeile for zeile in zeilen if zeile not in befund.versteckte_zeilen]
            spalten = [
                [""] * len(zeilen) if befund.hides_spalte(stelle) else [spalte[zeile] for zeile in zeilen]
                for stelle, spalte in enumerate(spalten)
            ]
        return {"blatt": name, "spalten": spalten, "zeilen": zeilen, "verbunden": verbunden, "versteckt": versteckt}

    def _scan(self, stelle: int, ort: str) -> Befund:
        if not self._paket:
            return scan_xls(self._inhalt, stelle)
        try:
            return scan_auffaelliges(self._paket, self._teile[stelle][1]) or Befund()
        except UnlesbarError as fehler:
            raise fehler.at(ort) from fehler


def _groesse(blatt: CalamineSheet) -> tuple[int, int]:
    return (blatt.end[0] + 1, blatt.end[1] + 1) if blatt.end else (0, 0)


def _check_groesse(stellen: list[tuple[int, int]], ort: str) -> None:
    """Refuse a sheet that reaches too far, before memory is filled up to its last row and column."""
    zeilen, spalten = max(zeile for zeile, _ in stellen), max(spalte for _, spalte in stellen)
    if zeilen * spalten > MAX_ZELLEN:
        text = (
            f"der benutzte Bereich hat {zeilen} Zeilen und {spalten} Spalten, mehr als {MAX_ZELLEN // 1_000_000} "
            "Millionen Zellen. In Excel mit Strg+Ende die letzte Zelle suchen, Überflüssiges löschen und neu speichern."
        )
        raise UnlesbarError(text, ort=ort)


def _check_verbundene(bereiche: list[tuple[int, int, int, int]], hoehe: int, breite: int, ort: str) -> None:
    """Refuse merged cells that overlap or cover too much of the cells in use: their text is written into each."""
    gekappte = [
        (range(oben, min(unten + 1, hoehe)), range(links, min(rechts + 1, breite)))
        for oben, links, unten, rechts in bereiche
    ]
    anzahl = sum(len(zeilen) * len(spalten) for zeilen, spalten in gekappte)
    if anzahl > MAX_VERBUNDEN:
        text = (
            f"{anzahl} Zellen gehören zu verbundenen Zellen, mehr als {MAX_VERBUNDEN}. "
            "Verbindung der Zellen aufheben und neu speichern."
        )
        raise UnlesbarError(text, ort=ort)
    belegte: dict[tuple[int, int], str] = {}
    for (oben, links, unten, rechts), (zeilen, spalten) in zip(bereiche, gekappte, strict=True):
        name = f"{spaltenname(links)}{oben + 1}:{spaltenname(rechts)}{unten + 1}"
        for zelle in itertools.product(zeilen, spalten):
            anderer = belegte.setdefault(zelle, name)
            if anderer is not name:
                text = (
                    f"die verbundenen Zellen {anderer} und {name} überlappen sich, was Excel nicht zulässt. "
                    "Verbindung der Zellen aufheben und neu speichern."
                )
                raise UnlesbarError(text, zeile=zelle[0] + 1, ort=f"{ort}, Zelle {spaltenname(zelle[1])}{zelle[0] + 1}")
