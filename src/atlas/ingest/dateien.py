"""Find the files that a declaration names, and look at their first bytes before anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import EingabeError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from atlas.projekt import Projekt

_ANDERE_ANFAENGE = {
    b"PK\x03\x04": "eine Excel- oder ZIP-Datei. Als CSV speichern",
    b"\xd0\xcf\x11\xe0": "eine alte Excel-Datei. Als CSV speichern",
    b"%PDF": "ein PDF. Die Tabelle als CSV anfordern",
    b"\x1f\x8b": "eine gepackte Datei. Zuerst entpacken",
}


def find_dateien(projekt: Projekt, glob: str, *, hoechstens_eine: bool) -> list[Path]:
    """Give the files under the raw folder that a pattern hits, sorted.

    Raises `EingabeError` when it hits none, or several where one is expected.
    """
    treffer = sorted(p for p in projekt.roh.glob(glob) if p.is_file() and not p.name.startswith("~$"))
    name = f"roh/{glob}" if not projekt.roh_ist_eigen else f"data/raw/{glob}"
    if not treffer:
        text = "die Datei fehlt. Dorthin legen, oder datei.glob in der Konfiguration anpassen."
        raise EingabeError([Problem(name, 0, "", text)])
    if hoechstens_eine and len(treffer) > 1:
        namen = ", ".join(pfad.name for pfad in treffer)
        text = f"das Muster trifft {len(treffer)} Dateien ({namen}). Muster enger fassen oder mehrere: true setzen."
        raise EingabeError([Problem(name, 0, "", text)])
    return treffer


def read_bytes(pfad: Path, name: str) -> bytes:
    """Read a raw file and refuse what is empty or no text table at all, whatever its name says."""
    try:
        inhalt = pfad.read_bytes()
    except OSError as fehler:
        text = "die Datei ist nicht lesbar. Leserechte prüfen."
        raise EingabeError([Problem(name, 0, "", text)]) from fehler
    if not inhalt.strip():
        text = "die Datei ist leer. Neu anfordern oder neu exportieren."
        raise EingabeError([Problem(name, 0, "", text)])
    for anfang, was in _ANDERE_ANFAENGE.items():
        if inhalt.startswith(anfang):
            raise EingabeError([Problem(name, 0, "", f"der Inhalt ist {was}.")])
    return inhalt
