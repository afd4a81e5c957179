"""What a stage was made from: hashes of its inputs and outputs. Imports neither polars nor pandera.

A manifest lies beside the outputs of a stage. A stage is current when the hashes of everything it
depends on are those of its manifest and its outputs are all there, unchanged.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from atlas.ingest.dateien import GROESSTE_DATEI
from atlas.ressourcen import find_ressource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from atlas.projekt import Projekt
    from atlas.stufen import Stufe

DATEINAME: Final = "manifest.json"
_PAKET: Final = Path(__file__).resolve().parent
_PAKETE: Final = (
    "polars", "numpy", "python_calamine", "pyproj", "pyshp", "shapely", "jinja2", "weasyprint", "pydyf",
)  # fmt: skip
CODE: Final = "atlas (Programmcode)"


@dataclass(frozen=True)
class Manifest:
    """Inputs, outputs and glob patterns of one run of a stage; after `gilt_bis` its inputs may not be used."""

    stufe: str
    eingaben: dict[str, str]
    muster: list[str]
    dateien: dict[str, dict[str, str | int]]
    schluessel: dict[str, dict[str, str]] = field(default_factory=dict)
    offene_fehler: int = 0
    gilt_bis: str = ""

    def to_json(self) -> str:
        """Give the text of the file."""
        return json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def read_manifest(ordner: Path) -> Manifest | None:
    """Read the manifest of a stage folder; None when there is none or it is not readable."""
    try:
        return Manifest(**json.loads((ordner / DATEINAME).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def hash_bytes(inhalt: bytes | memoryview) -> str:
    """Give the SHA-256 of some bytes."""
    return hashlib.sha256(inhalt).hexdigest()


def hash_datei(pfad: Path) -> str:
    """Give the SHA-256 of a file."""
    with pfad.open("rb") as strom:
        return hashlib.file_digest(strom, "sha256").hexdigest()


def ziel(projekt: Projekt, stufe: Stufe) -> Path:
    """Give the folder that holds the outputs of a stage."""
    return projekt.reports / "aktuell" if stufe.ziel == "reports" else projekt.processed / stufe.name


def collect_eingaben(projekt: Projekt, stufe: Stufe, muster: Iterable[str]) -> dict[str, str]:
    """Hash everything a stage depends on: code, packages, configuration, raw files, tables, templates."""
    eingaben = {CODE: _hash_code()} | _paketversionen() | hash_config(projekt, stufe)
    eingaben |= _mitgelieferte_vorlagen(projekt, stufe)
    if stufe.roh:
        eingaben |= _rohdateien(projekt, muster)
    if stufe.vorlagen:
        eingaben |= _vorlagen(projekt)
    for tabelle in stufe.liest:
        vorstufe, name = tabelle.split("/")
        quelle = read_manifest(projekt.processed / vorstufe)
        angaben = quelle.dateien.get(f"{name}.parquet", {}) if quelle else {}
        eingaben[f"data/processed/{tabelle}"] = str(angaben.get("sha256", ""))
    return eingaben


def hash_config(projekt: Projekt, stufe: Stufe) -> dict[str, str]:
    """Hash the configuration files of a stage."""
    return {projekt.relativ(pfad): hash_datei(pfad) for pfad in config_dateien(projekt, stufe)}


def config_dateien(projekt: Projekt, stufe: Stufe) -> Iterator[Path]:
    """Give the configuration files of a stage that exist."""
    for name in stufe.config:
        pfad = projekt.config / f"{name}.yaml"
        if pfad.is_file():
            yield pfad
        for ordner in (name, "vorlagen") if name == "quellen" else ():
            yield from sorted(p for p in (projekt.config / ordner).glob("*.yaml") if p.is_file())


def _mitgelieferte_vorlagen(projekt: Projekt, stufe: Stufe) -> dict[str, str]:
    """Hash the declarations that ship with atlas, for the stages that read declarations of sources."""
    ordner = find_ressource("config") / "vorlagen"
    if "quellen" not in stufe.config or ordner == projekt.config / "vorlagen":
        return {}
    summe = hashlib.sha256()
    for pfad in sorted(ordner.glob("*.yaml")):
        summe.update(pfad.name.encode() + b"\0" + pfad.read_bytes())
    return {"atlas/config/vorlagen": summe.hexdigest()}


def find_veraenderte(ordner: Path, manifest: Manifest) -> dict[str, str]:
    """Give the outputs that are not as the stage left them, each with "fehlt" or "verändert".

    A file is read only if it is not older than its manifest, which is written last: a no-op run over
    thousands of finished pages must not read them all.
    """
    geschrieben = (ordner / DATEINAME).stat().st_mtime_ns
    veraenderte: dict[str, str] = {}
    for name, angaben in manifest.dateien.items():
        try:
            stand = (ordner / name).stat()
        except OSError:
            veraenderte[name] = "fehlt"
            continue
        ist_neuer = stand.st_mtime_ns >= geschrieben
        if stand.st_size != angaben["bytes"] or (ist_neuer and hash_datei(ordner / name) != angaben["sha256"]):
            veraenderte[name] = "verändert"
    return veraenderte


@cache
def _paketversionen() -> dict[str, str]:
    """Give the versions of the packages that shape results, from the names of their dist-info folders.

    importlib.metadata would cost a no-op run a tenth of its time.
    """
    gefunden: dict[str, str] = {}
    for ordner in sys.path:
        for eintrag in Path(ordner).glob("*.dist-info"):
            name, _, version = eintrag.stem.partition("-")
            gefunden.setdefault(name.lower(), version)
    return {f"Paket {name}": gefunden.get(name, "unbekannt") for name in _PAKETE}


@cache
def _hash_code() -> str:
    summe = hashlib.sha256()
    for pfad in sorted(_PAKET.rglob("*.py")):
        summe.update(pfad.relative_to(_PAKET).as_posix().encode() + b"\0" + pfad.read_bytes())
    return summe.hexdigest()


def _rohdateien(projekt: Projekt, muster: Iterable[str]) -> dict[str, str]:
    """Hash the claimed raw files and, in the project's own folder, the list of all names.

    The list of names belongs to it, because a file that no Quelle claims is a Hinweis. Neither counts what
    ingest passes over: lock files of Excel (`~$offen.csv`), and in the list hidden files (`.DS_Store`).
    """
    dateien = {pfad for einzeln in muster for pfad in projekt.roh.glob(einzeln) if pfad.is_file()}
    treffer = {pfad for pfad in dateien if not pfad.name.startswith("~$")}
    hashes = {projekt.relativ(pfad): _hash_rohdatei(pfad) for pfad in sorted(treffer)}
    if projekt.roh_ist_eigen:
        alle = (pfad for pfad in projekt.roh.rglob("*") if pfad.is_file() and not pfad.name.startswith("."))
        namen = sorted(pfad.relative_to(projekt.roh).as_posix() for pfad in alle)
        hashes["Dateiliste von data/raw"] = hash_bytes("\n".join(namen).encode(errors="surrogateescape"))
    return hashes


def _hash_rohdatei(pfad: Path) -> str:
    """Hash a raw file; one that ingest refuses for its size is not read for that."""
    return hash_datei(pfad) if pfad.stat().st_size <= GROESSTE_DATEI else "zu groß"


def _vorlagen(projekt: Projekt) -> dict[str, str]:
    """Hash the templates in use: those of atlas, and the overlay of the project."""
    hashes: dict[str, str] = {}
    for vorn, ordner in (("atlas/templates", find_ressource("templates")), ("templates", projekt.templates)):
        if not ordner.is_dir() or (vorn == "templates" and ordner == find_ressource("templates")):
            continue
        for pfad in sorted(p for p in ordner.rglob("*") if p.is_file()):
            hashes[f"{vorn}/{pfad.relative_to(ordner).as_posix()}"] = hash_datei(pfad)
    return hashes
