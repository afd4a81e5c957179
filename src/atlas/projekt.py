"""Every path of a project, found from one root."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from atlas.errors import NutzungError

if TYPE_CHECKING:
    from collections.abc import Callable

KENNDATEI = Path("config") / "atlas.yaml"


@dataclass(frozen=True)
class Projekt:
    """A project folder; `roh` stands for data/raw and may lie elsewhere (`--roh`, ATLAS_ROH)."""

    wurzel: Path
    roh: Path

    @property
    def config(self) -> Path:
        """Folder of the configuration."""
        return self.wurzel / "config"

    @property
    def processed(self) -> Path:
        """Folder of the tables, one subfolder per stage."""
        return self.wurzel / "data" / "processed"

    @property
    def templates(self) -> Path:
        """Folder of the project's own templates; it overlays those of atlas and may be missing."""
        return self.wurzel / "templates"

    @property
    def reports(self) -> Path:
        """Folder of the books."""
        return self.wurzel / "reports"

    @property
    def roh_ist_eigen(self) -> bool:
        """Whether the raw files lie in the project's own data/raw."""
        return self.roh == self.wurzel / "data" / "raw"

    def relativ(self, pfad: Path) -> str:
        """Give the name of a path as it is printed: relative to the project, or to the raw folder."""
        for basis, vorn in ((self.wurzel, ""), (self.roh, "roh/")):
            if pfad.is_relative_to(basis):
                return vorn + pfad.relative_to(basis).as_posix()
        return pfad.name


def find_projekt(wurzel: Path | None = None, roh: Path | None = None) -> Projekt:
    """Find the project: `--projekt`, else ATLAS_PROJEKT, else upwards from the working directory.

    Raises `NutzungError` when there is none, or when the raw folder does not exist.
    """
    gewuenscht = wurzel or _aus_umgebung("ATLAS_PROJEKT")
    gefunden = _check_wurzel(gewuenscht) if gewuenscht else _suche_aufwaerts()
    roh = roh or _aus_umgebung("ATLAS_ROH")
    if roh is not None and not _gibt_es(roh, Path.is_dir):
        text = f"Den Ordner für Rohdaten {roh} gibt es nicht, oder er ist nicht lesbar. --roh oder ATLAS_ROH prüfen."
        raise NutzungError(text)
    return Projekt(gefunden, roh.resolve() if roh else gefunden / "data" / "raw")


def _aus_umgebung(name: str) -> Path | None:
    wert = os.environ.get(name)
    return Path(wert) if wert else None


def _check_wurzel(wurzel: Path) -> Path:
    if not _gibt_es(wurzel / KENNDATEI, Path.is_file):
        text = f"In {wurzel} liegt kein Projekt (config/atlas.yaml fehlt). `atlas new {wurzel}` legt eines an."
        raise NutzungError(text)
    return wurzel.resolve()


def _gibt_es(pfad: Path, art: Callable[[Path], bool]) -> bool:
    """Ask for a file or folder; what one may not look at does not exist."""
    try:
        return art(pfad)
    except OSError:
        return False


def _suche_aufwaerts() -> Path:
    try:
        hier = Path.cwd()
    except FileNotFoundError as fehler:
        text = "Den Ordner, in dem Sie stehen, gibt es nicht mehr. In den Projektordner wechseln."
        raise NutzungError(text) from fehler
    for ordner in (hier, *hier.parents):
        if _gibt_es(ordner / KENNDATEI, Path.is_file):
            return ordner
    text = (
        "Kein Projekt gefunden: weder hier noch in einem übergeordneten Ordner liegt config/atlas.yaml. "
        "In den Projektordner wechseln, --projekt ORDNER angeben oder `atlas new ORDNER` aufrufen."
    )
    raise NutzungError(text)
