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
    if ordner.exists() and (not ordner.is_dir() or any(ordner.iterdir())):
        text = f"{ordner} existiert schon und ist nicht leer. Einen neuen Ordner angeben."
        raise NutzungError(text)
    try:
        shutil.copytree(find_ressource("config"), ordner / "config")
        shutil.copytree(find_ressource("data/raw"), ordner / "data" / "raw")
        for name in ("data/processed", "templates", "reports"):
            (ordner / name).mkdir(parents=True)
        (ordner / ".gitignore").write_text(GITIGNORE, encoding="utf-8")
    except OSError as fehler:
        text = f"{ordner} konnte nicht angelegt werden ({fehler.strerror}). Rechte und Platz prüfen."
        raise NutzungError(text) from fehler
