"""A small Kreis, built once for all tests that look at its results."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from atlas.lauf import run_stufen, select_stufen
from atlas.projekt import Projekt
from geteilte_daten import KREIS

if TYPE_CHECKING:
    from pathlib import Path


def build_kreis(ordner: Path, bis: str) -> Projekt:
    """Copy the small Kreis into a folder and build it up to a stage."""
    shutil.copytree(KREIS / "config", ordner / "config")
    shutil.copytree(KREIS / "data" / "raw", ordner / "data" / "raw")
    projekt = Projekt(ordner, ordner / "data" / "raw")
    run_stufen(projekt, select_stufen(None, bis), erzwinge=False, melde=lambda _: None)
    return projekt
