"""One door for every kind of table: bytes and a declaration give the declared region as text."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from atlas.config.models.datei import CsvDatei, ExcelDatei, FfcsvDatei, QuaderDatei
from atlas.errors import EingabeError, Problem
from atlas.ingest.formate.bereich import find_bereich
from atlas.ingest.formate.ffcsv import read_ffcsv
from atlas.ingest.formate.quader import read_quader
from atlas.ingest.formate.textdatei import read_textraster

if TYPE_CHECKING:
    from atlas.config.models.datei import Tabellendatei
    from atlas.ingest.formate.raster import Raster, Rohtabelle


def read_rohtabelle(inhalt: bytes, name: str, datei: Tabellendatei, dezimal: str) -> Rohtabelle:
    """Read the declared region of a delivered file as text.

    `dezimal` is the sign with which the numbers of a workbook, which have none, are written as text. Raises
    `EingabeError` with every problem of the file.
    """
    if datei.sha256 is not None and hashlib.sha256(inhalt).hexdigest() != datei.sha256:
        text = "die Datei ist nicht die deklarierte (sha256 weicht ab). Klären, wer sie geändert hat."
        raise EingabeError([Problem(name, 0, "", text)])
    raster = read_raster(inhalt, name, datei, dezimal)
    if isinstance(datei, FfcsvDatei):
        return read_ffcsv(raster, dezimal)
    if isinstance(datei, QuaderDatei):
        return read_quader(raster)
    return find_bereich(raster, datei, datei.trenner if isinstance(datei, CsvDatei) else "")


def read_raster(inhalt: bytes, name: str, datei: Tabellendatei, dezimal: str) -> Raster:
    """Read all cells of a file, or of the declared sheet, before header and end are known.

    Raises `EingabeError` for what cannot be read as declared.
    """
    if isinstance(datei, ExcelDatei):
        from atlas.ingest.formate.arbeitsmappe import read_arbeitsmappe

        return read_arbeitsmappe(inhalt, name, datei, dezimal)
    return read_textraster(inhalt, name, datei.zeichensatz, datei.trenner if isinstance(datei, CsvDatei) else ";")
