"""Workbooks, read as text: every cell at its address, by a child process that may die instead of the run."""

from __future__ import annotations

import bisect
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

from atlas.errors import EingabeError, Problem
from atlas.ingest.formate.mappenart import detect
from atlas.ingest.formate.raster import Raster, spaltenname
from atlas.ingest.formate.unlesbar import UnlesbarError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from atlas.config.models.datei import ExcelDatei

_KIND: Final = "atlas.ingest.formate.arbeitsmappe_kind"
WARTEZEIT: Final = 240
"""Seconds until a child is given up; its own limit of processor time comes first unless the machine is busy."""

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
    try:
        return detect(inhalt)
    except UnlesbarError as fehler:
        raise _as_eingabe_error(fehler.probleme, name) from fehler


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
    probleme = list(_find_unsichtbare(zellen, zeilen, name, antwort["blatt"]))
    if probleme:
        raise EingabeError(probleme)
    return Raster(
        datei=name,
        blatt=antwort["blatt"],
        zellen=zellen,
        zeilen=pl.Series("zeile", zeilen, dtype=pl.Int64) + 1,
        verbunden=tuple(_clip(antwort["verbunden"], zeilen, zellen.width)),
    )


def _find_unsichtbare(zellen: pl.DataFrame, zeilen: list[int], name: str, blatt: str) -> Iterator[Problem]:
    """Refuse what text files are refused for too; a file writes such characters as _x0007_, and nobody sees them."""
    from atlas.ingest.formate.kodierung import describe_unsichtbares, find_unsichtbare

    for stelle, spalte in enumerate(zellen):
        for reihe in find_unsichtbare(spalte):
            ort = f"Blatt »{blatt}«, Zelle {spaltenname(stelle)}{zeilen[reihe] + 1}"
            yield Problem(name, zeilen[reihe] + 1, ort, describe_unsichtbares(spalte[reihe]))


def _clip(bereiche: list[list[int]], zeilen: list[int], breite: int) -> Iterator[tuple[int, int, int, int]]:
    """Give merged cells as places among the rows and columns that were read; what is left of one cell is none."""
    for oben, links, unten, rechts in bereiche:
        erste, letzte = bisect.bisect_left(zeilen, oben), bisect.bisect_right(zeilen, unten) - 1
        aeusserste = min(rechts, breite - 1)
        if erste <= letzte and links <= aeusserste and (erste, links) != (letzte, aeusserste):
            yield erste, links, letzte, aeusserste
