"""Workbooks with the same bytes on every machine."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

Zelle = str | int | float | None

_ZEITPUNKT: Final = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook knows no time zones
_GEAENDERT: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
"""openpyxl writes the present time when it saves, whatever the properties say."""
_GEAENDERT_AM: Final = rb"\g<1>2026-01-01T00:00:00Z"
_FARBSCHEMA: Final = "xl/theme/theme1.xml"
"""A third of a small workbook; a program that opens one without it takes its own."""
_VERWEIS: Final = re.compile(rb"<(?:Override|Relationship) [^>]*theme/theme1\.xml[^>]*/>")
_ZIP_ZEIT: Final = (2026, 1, 1, 0, 0, 0)
_BREITE: Final = 12.0


@dataclass(frozen=True)
class Blatt:
    """One sheet: rows from A1 on (None leaves a cell empty), merged ranges such as `B3:D3`."""

    name: str
    zeilen: Sequence[Sequence[Zelle]]
    verbunden: Sequence[str] = ()
    breiten: dict[str, float] = field(default_factory=dict)
    """Widths by column letter; the others are 12."""
    fett: Sequence[int] = ()
    """Rows in bold type, from 1."""


def _fill(blatt: Worksheet, inhalt: Blatt) -> None:
    for nummer, zeile in enumerate(inhalt.zeilen, start=1):
        for spalte, wert in enumerate(zeile, start=1):
            if wert is not None:
                zelle = blatt.cell(row=nummer, column=spalte, value=wert)
                if nummer in inhalt.fett:
                    zelle.font = Font(bold=True)
                    zelle.alignment = Alignment(wrap_text=True, vertical="center")
    for spalte in range(1, max((len(zeile) for zeile in inhalt.zeilen), default=0) + 1):
        buchstabe = get_column_letter(spalte)
        blatt.column_dimensions[buchstabe].width = inhalt.breiten.get(buchstabe, _BREITE)
    for bereich in inhalt.verbunden:
        blatt.merge_cells(bereich)


def _fix_bytes(mappe: bytes) -> bytes:
    """Rewrite the archive: fixed times, no theme, and uncompressed, because not every zlib compresses alike."""
    ziel = BytesIO()
    with ZipFile(BytesIO(mappe)) as alt, ZipFile(ziel, "w", ZIP_STORED) as neu:
        for name in (name for name in alt.namelist() if name != _FARBSCHEMA):
            eintrag = ZipInfo(name, date_time=_ZIP_ZEIT)
            eintrag.create_system = 0
            neu.writestr(eintrag, _VERWEIS.sub(b"", _GEAENDERT.sub(_GEAENDERT_AM, alt.read(name))))
    return ziel.getvalue()


def write_workbook(pfad: Path, blaetter: Sequence[Blatt]) -> Path:
    """Write a workbook with these sheets; make the folder; return the path."""
    mappe = Workbook()
    del mappe[mappe.sheetnames[0]]
    for blatt in blaetter:
        _fill(mappe.create_sheet(blatt.name), blatt)
    mappe.properties.creator = ""
    mappe.properties.created = _ZEITPUNKT
    puffer = BytesIO()
    mappe.save(puffer)
    pfad.parent.mkdir(parents=True, exist_ok=True)
    pfad.write_bytes(_fix_bytes(puffer.getvalue()))
    return pfad
