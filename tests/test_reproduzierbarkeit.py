"""Same inputs, same bytes: whatever the folder, the time zone, the locale, the hash seed, the number of threads."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from geteilte_daten import KREIS

if TYPE_CHECKING:
    from pathlib import Path

UMGEBUNGEN = (
    {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "1", "POLARS_MAX_THREADS": "1"},
    {"TZ": "America/Los_Angeles", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "2", "POLARS_MAX_THREADS": "4"},
)


def _build(projekt: Path, umgebung: dict[str, str]) -> dict[str, str]:
    """Build the small Kreis in a folder and hash every output but the manifests, which name the inputs."""
    shutil.copytree(KREIS / "config", projekt / "config")
    shutil.copytree(KREIS / "data" / "raw", projekt / "data" / "raw")
    programm = [sys.executable, "-c", "from atlas.cli import main; main()", "build", "-q"]
    subprocess.run(programm, check=True, cwd=projekt, env={**os.environ, **umgebung})
    ordner = [projekt / "data" / "processed", projekt / "reports" / "aktuell"]
    dateien = sorted(p for o in ordner for p in o.rglob("*") if p.suffix in {".parquet", ".html", ".pdf", ".json"})
    return {p.relative_to(projekt).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in dateien}


def test_two_builds_in_different_surroundings_are_byte_identical(tmp_path: Path) -> None:
    erster = _build(tmp_path / "eins", UMGEBUNGEN[0])
    zweiter = _build(tmp_path / "ein anderer Ordner mit ä", UMGEBUNGEN[1])
    assert {p.rsplit(".", 1)[-1] for p in erster} == {"parquet", "html", "pdf", "json"}
    assert erster == zweiter
