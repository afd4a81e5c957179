"""Find the files that a declaration names, and look at their first bytes before anything else."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from atlas.errors import EingabeError, Problem
from atlas.zeichen import UNSICHTBAR

if TYPE_CHECKING:
    from pathlib import Path

    from atlas.projekt import Projekt

_NAMEN_HOECHSTENS: Final = 20
GROESSTE_DATEI: Final = 1 << 30
"""One gigabyte: no table of a Kreis is larger, and reading a larger one would fill the memory."""

_ANDERE_ANFAENGE = {
    b"PK\x03\x04": "eine Excel- oder ZIP-Datei. Bei Excel datei.typ: xlsx eintragen, sonst zuerst entpacken",
    b"\xd0\xcf\x11\xe0": "eine alte Excel-Datei. datei.typ: xls eintragen",
    b"%PDF": "ein PDF. Die Tabelle als CSV anfordern",
    b"\x1f\x8b": "eine gepackte Datei. Zuerst entpacken",
}


def find_datei(projekt: Projekt, glob: str, wessen: str = "") -> Path:
    """Give the one file under the raw folder that a pattern hits; `wessen` names in German whose file it is.

    Raises `EingabeError` when it hits none, or several.
    """
    treffer = find_dateien(projekt, glob, wessen)
    if len(treffer) > 1:
        namen = ", ".join(pfad.name for pfad in treffer)
        text = f"das Muster trifft {len(treffer)} Dateien ({namen}). Muster enger fassen oder mehrere: true setzen."
        raise EingabeError([Problem(_druckname(projekt, glob), 0, "", text)])
    return treffer[0]


def find_dateien(projekt: Projekt, glob: str, wessen: str = "") -> list[Path]:
    """Give the files under the raw folder that a pattern hits, sorted.

    Raises `EingabeError` when it hits none, naming a file whose name is nearly the one.
    """
    treffer = sorted(p for p in projekt.roh.glob(glob) if p.is_file() and not ist_sperrdatei(p))
    if not treffer:
        aehnliche = _find_aehnliche(projekt, glob)
        rat = f"Gemeint: {aehnliche[0]}? Dann umbenennen oder datei.glob anpassen." if aehnliche else _RAT
        raise EingabeError(
            [Problem(_druckname(projekt, glob), 0, "", f"die Datei{wessen and f' {wessen}'} fehlt. {rat}")]
        )
    _check_namen(projekt, treffer)
    return treffer


def _check_namen(projekt: Projekt, pfade: list[Path]) -> None:
    """Refuse files whose names no table can hold: bytes that are no UTF-8 (of old ZIP files), control characters."""
    rat = "der Name der Datei oder ihres Ordners enthält Zeichen, die kein UTF-8 sind, oder Steuerzeichen. Umbenennen."
    namen = [pfad.relative_to(projekt.roh).as_posix() for pfad in pfade]
    schlechte = [name for name in namen if UNSICHTBAR.search(name) or "\n" in name or "\r" in name]
    if schlechte:
        raise EingabeError([Problem(_druckname(projekt, name), 0, "", rat) for name in schlechte[:_NAMEN_HOECHSTENS]])


_RAT = "Dorthin legen, oder datei.glob in der Konfiguration anpassen."


def ist_sperrdatei(pfad: Path) -> bool:
    """Tell whether a file is what a spreadsheet program leaves while a table is open, or a backup of an editor."""
    return pfad.name.startswith(("~$", ".~lock")) or pfad.name.endswith("~")


def _druckname(projekt: Projekt, glob: str) -> str:
    return f"data/raw/{glob}" if projekt.roh_ist_eigen else f"roh/{glob}"


def _find_aehnliche(projekt: Projekt, glob: str) -> list[str]:
    """Name files beside the missing one whose names are nearly the same, also in other case."""
    gesucht = glob.rsplit("/", 1)[-1].lower()
    ordner = projekt.roh / glob.rpartition("/")[0]
    namen = {p.name.lower(): p.name for p in sorted(ordner.iterdir()) if p.is_file()} if ordner.is_dir() else {}
    return [namen[name] for name in difflib.get_close_matches(gesucht, namen, n=1, cutoff=0.7)]


def read_bytes(pfad: Path, name: str) -> bytes:
    """Read a raw text file and refuse what is empty, too large or no text at all, whatever its name says."""
    inhalt = _read(pfad, name)
    for anfang, was in _ANDERE_ANFAENGE.items():
        if inhalt.startswith(anfang):
            raise EingabeError([Problem(name, 0, "", f"der Inhalt ist {was}.")])
    return inhalt


def read_inhalt(pfad: Path, name: str, typ: str) -> bytes:
    """Read a raw file of a declared type; the readers of workbooks look into their files themselves.

    Raises `EingabeError` for a file that is unreadable, empty or too large, and for a text file that is none.
    """
    return _read(pfad, name) if typ in {"xlsx", "xls"} else read_bytes(pfad, name)


def _read(pfad: Path, name: str) -> bytes:
    try:
        if pfad.stat().st_size > GROESSTE_DATEI:
            text = "die Datei ist größer als 1 GB. Die Lieferung teilen, oder nur die nötigen Spalten anfordern."
            raise EingabeError([Problem(name, 0, "", text)])
        inhalt = pfad.read_bytes()
    except OSError as fehler:
        text = "die Datei ist nicht lesbar. Leserechte prüfen."
        raise EingabeError([Problem(name, 0, "", text)]) from fehler
    if not inhalt.strip():
        text = "die Datei ist leer. Neu anfordern oder neu exportieren."
        raise EingabeError([Problem(name, 0, "", text)])
    return inhalt
