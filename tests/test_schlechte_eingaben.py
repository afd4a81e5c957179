"""One wrong input of each kind: one clear German message, an exit code, and an untouched last good state."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from geteilte_daten import KREIS
from golden_datei import assert_golden

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _replace(datei: str, alt: str, neu: str, zeichensatz: str = "utf-8") -> Callable[[Path], None]:
    def change(projekt: Path) -> None:
        text = (projekt / datei).read_text(zeichensatz)
        assert alt in text
        (projekt / datei).write_text(text.replace(alt, neu, 1), zeichensatz)

    return change


def _remove(datei: str) -> Callable[[Path], None]:
    return lambda projekt: (projekt / datei).unlink()


def _as_cp1252(projekt: Path) -> None:
    pfad = projekt / "data/raw/mieten.csv"
    pfad.write_bytes(pfad.read_text("utf-8").encode("cp1252"))


def _lose_leading_zero(projekt: Path) -> None:
    """Let a spreadsheet have opened a file whose keys are declared as eight digits."""
    quellen = projekt / "config/quellen.yaml"
    quellen.write_text(quellen.read_text("utf-8").replace(r"'99001\d{3}'", r"'\d{8}'"), "utf-8")
    _replace("data/raw/mieten.csv", "99001001;2020", "9001001;2020")(projekt)


@dataclass(frozen=True)
class Fall:
    """What is made wrong, and the exit code it leads to."""

    name: str
    change: Callable[[Path], None]
    exit_code: int


FAELLE = (
    Fall(
        "doppelter Schlüssel",
        _replace(
            "config/indikatoren.yaml",
            "    kurzname: Kinderarmut\n",
            "    kurzname: Kinderarmut\n    kurzname: Kinder\n",
        ),
        3,
    ),
    Fall("unbekannter Schlüssel", _replace("config/indikatoren.yaml", "      nenner:", "      nener:"), 3),
    Fall(
        "Zahl mit führender Null",
        _replace("config/raeume.yaml", 'gebietsstand: "2025-12-31"', "gebietsstand: 01011101"),
        3,
    ),
    Fall("fehlende Datei", _remove("data/raw/haushalte.csv"), 4),
    Fall("falscher Zeichensatz", _as_cp1252, 4),
    Fall("unbekannter Raum", _replace("data/raw/mieten.csv", "99001001;2020", "99001999;2020"), 5),
    Fall("verlorene führende Null", _lose_leading_zero, 4),
    Fall("unbekanntes Symbol", _replace("data/raw/mieten.csv", "99001001;2020;5,22", "99001001;2020;k. A."), 4),
    Fall("zu kurze Zeile", _replace("data/raw/mieten.csv", "99001001;2020;5,22", "99001001;2020"), 4),
)


@pytest.fixture(scope="module")
def vorlage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a good last state up to compute."""
    projekt = tmp_path_factory.mktemp("gut")
    shutil.copytree(KREIS / "config", projekt / "config")
    shutil.copytree(KREIS / "data" / "raw", projekt / "data" / "raw")
    assert _atlas(projekt, "build", "--until", "compute").returncode == 0
    return projekt


def _atlas(projekt: Path, *befehl: str) -> subprocess.CompletedProcess[str]:
    programm = [sys.executable, "-c", "from atlas.cli import main; main()", *befehl, "-q"]
    umgebung = {**os.environ, "ATLAS_PROJEKT": str(projekt)}
    return subprocess.run(programm, capture_output=True, text=True, check=False, env=umgebung)


def _stand(projekt: Path) -> dict[str, str]:
    """Hash the tables of compute, the last good state that the books rest on."""
    dateien = sorted((projekt / "data/processed/compute").iterdir())
    return {pfad.name: hashlib.sha256(pfad.read_bytes()).hexdigest() for pfad in dateien}


def test_bad_input_gives_one_german_message_and_leaves_the_last_good_state(vorlage: Path, tmp_path: Path) -> None:
    meldungen = []
    for nummer, fall in enumerate(FAELLE):
        projekt = tmp_path / str(nummer)
        shutil.copytree(vorlage, projekt)
        vorher = _stand(projekt)
        fall.change(projekt)
        lauf = _atlas(projekt, "build", "--until", "compute")
        assert lauf.returncode == fall.exit_code, f"{fall.name}: {lauf.stderr}"
        assert "Traceback" not in lauf.stderr
        assert lauf.stdout == ""
        assert _stand(projekt) == vorher
        assert not list((projekt / "data/processed").glob(".bau-*"))
        meldungen.append(f"== {fall.name} (Exit-Code {fall.exit_code})\n{lauf.stderr}")
    assert_golden("schlechte_eingaben.txt", "\n".join(meldungen))
