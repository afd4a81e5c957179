"""`atlas new`: a project of one's own, begun from the embedded Landkreis Musterland."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from atlas.errors import NutzungError
from atlas.ressourcen import find_ressource

if TYPE_CHECKING:
    from pathlib import Path

GITIGNORE = "data/processed/\nreports/aktuell/\n"


def create_projekt(ordner: Path) -> None:
    """Copy the demo's configuration and raw data into a new folder.

    Raises `NutzungError` when the folder holds anything already; nothing is overwritten.
    """
    try:
        frei = not ordner.exists() or (ordner.is_dir() and not any(ordner.iterdir()))
    except OSError as fehler:
        raise _build_fehler(ordner, fehler) from fehler
    if not frei:
        text = f"{ordner} existiert schon und ist nicht leer. Einen neuen Ordner angeben."
        raise NutzungError(text)
    try:
        _copy(ordner)
    except BaseException as fehler:
        shutil.rmtree(ordner, ignore_errors=True)
        if isinstance(fehler, OSError):
            raise _build_fehler(ordner, fehler) from fehler
        raise


def _copy(ordner: Path) -> None:
    for name in ("config", "data/raw"):
        shutil.copytree(
            find_ressource(name),
            ordner / name,
            copy_function=shutil.copyfile,
            ignore=shutil.ignore_patterns("vorlagen"),
        )
    for name in ("data/processed", "templates", "reports"):
        (ordner / name).mkdir(parents=True)
    (ordner / ".gitignore").write_text(GITIGNORE, encoding="utf-8")


def _build_fehler(ordner: Path, fehler: OSError) -> NutzungError:
    text = f"{ordner} konnte nicht angelegt werden ({fehler.strerror or fehler}). Rechte und Platz prüfen."
    return NutzungError(text)
