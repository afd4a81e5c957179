"""The child process that opens a workbook: a few crafted bytes can abort it, or let it ask for all memory.

Standard input is one line of JSON (the order) and the file; standard output is JSON. It is started for each file, so
it imports little. See `atlas.ingest.formate.arbeitsmappe`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import io
import json
import os
import re
import sys
from typing import TYPE_CHECKING, Any, Final

from python_calamine import CalamineError, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from atlas.ingest.formate.blattpruefung import Befund, has_inhalt, scan_auffaelliges, scan_blatt, scan_xls
from atlas.ingest.formate.packpruefung import UnlesbarError, check_xml, find_teile, open_paket

if TYPE_CHECKING:
    import zipfile

    from python_calamine import CalamineSheet, SheetMetadata

MAX_ZELLEN: Final = 10_000_000
"""Cells from A1 to the last one in use, the empty ones too: they take memory all the same."""
MAX_ZEICHEN: Final = 200_000_000
MAX_SPEICHER: Final = 4 << 30
"""Bytes of address space; ten million cells need about 2 GiB."""
MAX_RECHENZEIT: Final = 120
"""Seconds of processor time; ten million cells need about 20."""

_KENNWORT: Final = "die Arbeitsmappe ist mit einem Kennwort geschützt. Ohne Kennwort neu anfordern oder speichern."
_BESCHAEDIGT: Final = "die Arbeitsmappe ist beschädigt. Neu herunterladen, oder in Excel öffnen und neu speichern."


def main() -> None:
    """Answer one order within the limits; dying is an answer too, which the parent puts into words."""
    _limit()
    gc.disable()  # the process ends before garbage matters, and looking for it takes a third of the time
    auftrag = json.loads(sys.stdin.buffer.readline())
    inhalt = sys.stdin.buffer.read()
    try:
        antwort = _Mappe(inhalt).list_blaetter() if auftrag["art"] == "liste" else _Mappe(inhalt).read(auftrag)
    except UnlesbarError as fehler:
        antwort = {"probleme": fehler.probleme}
    except PasswordError:
        antwort = {"probleme": [(0, "", _KENNWORT)]}
    except CalamineError:
        antwort = {"probleme": [(0, "", _BESCHAEDIGT)]}
    sys.stdout.buffer.write(json.dumps(antwort, ensure_ascii=False).encode())
    sys.stdout.buffer.flush()
    os._exit(0)  # giving back every cell one by one takes as long as writing them


def _limit() -> None:
    """Take what the system grants: macOS has no limit of address space, and then time alone has to do."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    for grenze, wert in (("RLIMIT_AS", MAX_SPEICHER), ("RLIMIT_CPU", MAX_RECHENZEIT), ("RLIMIT_CORE", 0)):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, grenze), (wert, wert))


class _Mappe:
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
            raise UnlesbarError(_BESCHAEDIGT)

    def list_blaetter(self) -> dict[str, Any]:
        """Name the worksheets, whether they are visible, and how far they reach, without reading their cells."""
        return {
            "blaetter": [
                (blatt.name, _is_sichtbar(blatt), *self._measure(stelle))
                for stelle, blatt in enumerate(self._blaetter)
                if blatt.typ == SheetTypeEnum.WorkSheet
            ]
        }

    def _measure(self, stelle: int) -> tuple[int, int]:
        if self._paket:
            return scan_blatt(self._paket, self._teile[stelle][1]).ende
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
        stelle = self._find_blatt(auftrag["blatt"], auftrag["blaetter_ignoriere"])
        name = self._blaetter[stelle].name
        ort = f"Blatt »{name}«"
        befund = self._scan(stelle)
        _check_groesse([befund.ende, *befund.texte], ort)
        blatt = self._mappe.get_sheet_by_index(stelle)
        _check_groesse([befund.ende, *befund.texte, _groesse(blatt)], ort)
        spalten = _build_spalten(blatt, befund, auftrag["dezimal"])
        if not spalten:
            raise UnlesbarError("das Blatt ist leer. datei.blatt prüfen oder die Datei neu anfordern.", ort=ort)
        if sum(len(text) for spalte in spalten for text in spalte) > MAX_ZEICHEN:
            raise UnlesbarError("das Blatt enthält zu viel Text für eine Tabelle. Neu exportieren.", ort=ort)
        zeilen = list(range(len(spalten[0])))
        versteckt: tuple[list[int], list[int]] = ([], [])
        if auftrag["verstecktes"] == "fehler":
            versteckt = _find_verstecktes(spalten, befund)
        elif auftrag["verstecktes"] == "auslassen":
            zeilen = [zeile for zeile in zeilen if zeile not in befund.versteckte_zeilen]
            spalten = [
                [""] * len(zeilen) if befund.hides_spalte(stelle) else [spalte[zeile] for zeile in zeilen]
                for stelle, spalte in enumerate(spalten)
            ]
        verbunden = [(*anfang, *ende) for anfang, ende in blatt.merged_cell_ranges or []]
        return {"blatt": name, "spalten": spalten, "zeilen": zeilen, "verbunden": verbunden, "versteckt": versteckt}

    def _scan(self, stelle: int) -> Befund:
        if self._paket:
            return scan_auffaelliges(self._paket, self._teile[stelle][1]) or Befund()
        return scan_xls(self._inhalt, stelle)

    def _find_blatt(self, muster: str, ignoriere: list[str]) -> int:
        """Give the place of the one visible sheet that is declared, after every other one is accounted for."""
        sichtbare = {stelle: blatt.name for stelle, blatt in enumerate(self._blaetter) if _is_sichtbar(blatt)}
        treffer = [stelle for stelle, name in sichtbare.items() if re.search(muster, name)]
        if len(treffer) != 1:
            raise UnlesbarError(self._describe_treffer(muster, [sichtbare[stelle] for stelle in treffer]))
        ungelesen = [
            UnlesbarError(_UNGELESEN, ort=f"Blatt »{name}«")
            for stelle, name in sichtbare.items()
            if stelle != treffer[0]
            and not any(re.search(eines, name) for eines in ignoriere)
            and self._has_inhalt(stelle)
        ]
        if ungelesen:
            raise UnlesbarError.join(ungelesen)
        return treffer[0]

    def _describe_treffer(self, muster: str, treffer: list[str]) -> str:
        if treffer:
            return f"datei.blatt »{muster}« passt zu {len(treffer)} Blättern ({_join(treffer)}). Muster enger fassen."
        versteckte = [blatt.name for blatt in self._blaetter if blatt.typ == SheetTypeEnum.WorkSheet]
        versteckte = [name for name in versteckte if re.search(muster, name)]
        rat = f"Ausgeblendet ist {_join(versteckte)}: in Excel einblenden, wenn es gemeint ist. " if versteckte else ""
        sichtbare = [blatt.name for blatt in self._blaetter if _is_sichtbar(blatt)]
        text = f"kein sichtbares Blatt passt zu datei.blatt »{muster}«. {rat}"
        return f"{text}Sichtbar: {_join(sichtbare)}." if sichtbare else f"{text}Kein Blatt mit Zellen ist sichtbar."


_UNGELESEN: Final = (
    "das sichtbare Blatt enthält Zellen und wird nicht gelesen. Wenn das so sein soll, ein Muster dafür unter "
    "datei.blaetter_ignoriere eintragen."
)
_NAMEN_HOECHSTENS: Final = 20


def _join(namen: list[str]) -> str:
    weitere = len(namen) - _NAMEN_HOECHSTENS
    genannt = ", ".join(f"»{name[:60]}«" for name in namen[:_NAMEN_HOECHSTENS])
    return f"{genannt} und {weitere} weitere" if weitere > 0 else genannt


def _is_sichtbar(blatt: SheetMetadata) -> bool:
    """Tell whether a sheet is one of cells (a chart has none) and its tab is seen."""
    return blatt.typ == SheetTypeEnum.WorkSheet and blatt.visible == SheetVisibleEnum.Visible


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


def _build_spalten(blatt: CalamineSheet, befund: Befund, dezimal: str) -> list[list[str]]:
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


def _find_verstecktes(spalten: list[list[str]], befund: Befund) -> tuple[list[int], list[int]]:
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


if __name__ == "__main__":
    main()
