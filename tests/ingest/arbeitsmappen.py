"""Workbooks as bytes, from rows of values or from the XML of a sheet, and how tests read them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import xlwt  # type: ignore[import-untyped]  # it has neither types nor stubs

from atlas.config.models.datei import ExcelDatei
from atlas.ingest.formate.arbeitsmappe import read_arbeitsmappe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atlas.ingest.formate.raster import Raster

NAMENSRAUM = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PAKET = "http://schemas.openxmlformats.org/package/2006/relationships"
VERWEISE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def build_xlsx(
    blaetter: Mapping[str, Sequence[Sequence[Any]]], zustand: Mapping[str, str] | None = None, **mehr: Sequence[Any]
) -> bytes:
    """Give a workbook of sheets of rows, some hidden; `mehr` are keywords of `_change_blatt` for the first one."""
    mappe = openpyxl.Workbook()
    mappe.remove(mappe.worksheets[0])
    for name, zeilen in blaetter.items():
        blatt = mappe.create_sheet(name)
        blatt.sheet_state = (zustand or {}).get(name, "visible")
        for nummer, zeile in enumerate(zeilen, start=1):
            for stelle, wert in enumerate(zeile, start=1):
                blatt.cell(nummer, stelle, wert)
    _change_blatt(mappe.worksheets[0], **mehr)
    ziel = io.BytesIO()
    mappe.save(ziel)
    return ziel.getvalue()


def _change_blatt(
    blatt: Any,  # noqa: ANN401  # openpyxl has no types
    versteckte_zeilen: Sequence[int] = (),
    versteckte_spalten: Sequence[str] = (),
    verbunden: Sequence[str] = (),
) -> None:
    for nummer in versteckte_zeilen:
        blatt.row_dimensions[nummer].hidden = True
    for name in versteckte_spalten:
        blatt.column_dimensions[name].hidden = True
    for bereich in verbunden:
        blatt.merge_cells(bereich)


def build_roh(blatt: str | bytes, teile: Mapping[str, str | bytes] | None = None) -> bytes:
    """Give a workbook with one sheet »A«, written by hand; `teile` replace or add parts."""
    verweis = (
        f'<Relationships xmlns="{PAKET}"><Relationship Id="rId1" Type="{VERWEISE}/{{}}" Target="{{}}"/></Relationships>'
    )
    inhalt: dict[str, str | bytes] = {
        "_rels/.rels": verweis.format("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": (
            f'<workbook xmlns="{NAMENSRAUM}" xmlns:r="{VERWEISE}"><sheets>'
            '<sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": verweis.format("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": blatt,
    }
    return build_zip(inhalt | dict(teile or {}))


def build_blatt(zeilen: str, davor: str = "") -> str:
    """Give the XML of a sheet around its rows."""
    return f'<worksheet xmlns="{NAMENSRAUM}">{davor}<sheetData>{zeilen}</sheetData></worksheet>'


def build_zip(teile: Mapping[str, str | bytes]) -> bytes:
    """Give a ZIP of some parts."""
    ziel = io.BytesIO()
    with zipfile.ZipFile(ziel, "w", zipfile.ZIP_DEFLATED) as paket:
        for name, text in teile.items():
            paket.writestr(name, text)
    return ziel.getvalue()


def build_xls(
    zeilen: Sequence[Sequence[Any]], versteckte_zeilen: Sequence[int] = (), versteckte_spalten: Sequence[int] = ()
) -> bytes:
    """Give an old workbook with one sheet »A«; an error is `xlwt`'s error text after an apostrophe."""
    mappe = xlwt.Workbook()
    blatt = mappe.add_sheet("A")
    datum = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for nummer, zeile in enumerate(zeilen):
        for stelle, wert in enumerate(zeile):
            if isinstance(wert, str) and wert.startswith("#"):
                blatt.row(nummer).set_cell_error(stelle, wert)
            elif hasattr(wert, "isoformat"):
                blatt.write(nummer, stelle, wert, datum)
            elif wert is not None:
                blatt.write(nummer, stelle, wert)
        blatt.row(nummer).hidden = nummer + 1 in versteckte_zeilen
    for stelle in versteckte_spalten:
        blatt.col(stelle).hidden = True
    ziel = io.BytesIO()
    mappe.save(ziel)
    return ziel.getvalue()


def read(inhalt: bytes, dezimal: str = ",", **angaben: Any) -> Raster:  # noqa: ANN401  # parts of a declaration
    """Read sheet »A« of an XLSX as delivered; parts of the declaration can be replaced."""
    grund = {"typ": "xlsx", "glob": "w.xlsx", "blatt": "^A$"}
    return read_arbeitsmappe(inhalt, "roh/w.xlsx", ExcelDatei.model_validate(grund | angaben), dezimal)


def read_texte(inhalt: bytes, dezimal: str = ",", **angaben: Any) -> list[tuple[str, ...]]:  # noqa: ANN401
    """Give the rows of text of what `read` reads."""
    return read(inhalt, dezimal, **angaben).zellen.rows()
