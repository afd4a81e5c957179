"""A whole project of four Gemeinden that builds in a blink, and ways to run `atlas` on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WURZEL = Path(__file__).resolve().parents[2]
AUFRUF = "from atlas.cli import main; main()"

ATLAS = """\
titel: Atlas
untertitel: Kleinkreis
gebiet: Kleinkreis
herausgeber: Kleinkreis
stand: 2026-06-30
berichtsjahr: 2025
"""
RAEUME = """\
gebietsstand: "2025-12-31"
ebenen:
  - {ebene: kreis, titel: Kreis, mehrzahl: Kreise, muster: 'K'}
  - {ebene: gemeinde, titel: Gemeinde, mehrzahl: Gemeinden, muster: 'G\\d'}
verzeichnis:
  datei: {typ: csv, glob: raeume.csv, zeichensatz: utf-8, trenner: ";"}
  spalten: {form: lang, schluessel: id, name: name, ebene: ebene, uebergeordnet: in}
"""
QUELLEN = """\
quellen:
  menschen:
    titel: Menschen
    herausgeber: Kleinkreis
    lizenz: dl-de/zero-2-0
    stand: 2026-01-31
    datei: {typ: csv, glob: menschen_*.csv, mehrere: true, zeichensatz: utf-8, trenner: ";"}
    schluessel: {spalte: id, ebenen: {gemeinde: 'G\\d'}}
    zeit: {dateiname: '_(?P<jahr>\\d{4})\\.csv$', stichtag: "12-31"}
    zahl: {dezimal: ","}
    werte:
      spalten:
        - {spalte: alle, merkmal: einwohner, von: 0, bis: 100000}
        - {spalte: arm, merkmal: arme}
"""
INDIKATOREN = """\
indikatoren:
  armut:
    name: Armut
    kurzname: Armut
    dimension: lage
    richtung: hoch_ist_belastet
    einheit: "%"
    nachkommastellen: 1
    berechnung: {art: anteil, zaehler: [{merkmal: arme}], nenner: [{merkmal: einwohner}], faktor: 100}
    definition: Arme in Prozent aller.
"""
DIMENSIONEN = """\
dimensionen:
  lage: {name: Lage}
indizes:
  status:
    name: Status
    art: status
    ebene: gemeinde
    ausgangswert: wert
    beobachtungsjahre: 0
    indikatoren: [{indikator: armut, gewicht: 1}]
    standardisierung: {zentrum: raummittel, gewichtung: ungewichtet, freiheitsgrade: 0}
    zusammenfassung: summe
    restandardisierung: keine
    klassen: [{klasse: hoch, bis: 0}, {klasse: niedrig, ueber: 0}]
    quelle: Auftraggeber
klassennamen: {hoch: hoch, niedrig: niedrig}
"""
AUSGABEN = """\
ausgaben:
  intern: {titel: Intern, empfaenger: Amt, geheimhaltung: keine}
"""
DATEIEN = {
    "config/atlas.yaml": ATLAS,
    "config/raeume.yaml": RAEUME,
    "config/quellen.yaml": QUELLEN,
    "config/indikatoren.yaml": INDIKATOREN,
    "config/dimensionen.yaml": DIMENSIONEN,
    "config/ausgaben.yaml": AUSGABEN,
    "data/raw/raeume.csv": "id;name;ebene;in\nK;Kreis;kreis;\n"
    + "".join(f"G{nummer};Ort {nummer};gemeinde;K\n" for nummer in range(1, 5)),
    "data/raw/menschen_2024.csv": "id;alle;arm\nG1;1000;100\nG2;1000;200\nG3;1000;300\nG4;1000;400\n",
    "data/raw/menschen_2025.csv": "id;alle;arm\nG1;1000;110\nG2;1000;210\nG3;1000;310\nG4;1000;440\n",
}
MENSCHEN_2025 = "data/raw/menschen_2025.csv"
EIN_FEHLER = "id;alle;arm\nG1;1000;1100\nG2;1000;210\nG3;1000;310\nG4;1000;440\n"
"""More poor people than people in G1: one finding of severity Fehler."""


@dataclass(frozen=True)
class Ende:
    """How a run of `atlas` ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:  # noqa: ANN401  # any JSON
        return json.loads(self.stdout)

    @property
    def gelaufen(self) -> list[str]:
        """The stages that ran, from the JSON of `build`."""
        return [schritt["stufe"] for schritt in self.json["schritte"] if schritt["gelaufen"]]


def create_kleinprojekt(ordner: Path) -> Path:
    for name, text in DATEIEN.items():
        (ordner / name).parent.mkdir(parents=True, exist_ok=True)
        (ordner / name).write_text(text, encoding="utf-8")
    return ordner


def start_atlas(
    *argumente: str, ordner: Path, vorher: str = "", umgebung: dict[str, str] | None = None
) -> subprocess.Popen[str]:
    """Start `atlas` in a process of its own; `vorher` is Python that runs before it."""
    return subprocess.Popen(  # our own interpreter
        [sys.executable, "-c", f"{vorher}\n{AUFRUF}", *argumente],
        cwd=ordner,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=umgebung_ohne_atlas() | (umgebung or {}),
    )


def run_atlas(*argumente: str, ordner: Path, vorher: str = "", umgebung: dict[str, str] | None = None) -> Ende:
    return wait_for(start_atlas(*argumente, ordner=ordner, vorher=vorher, umgebung=umgebung))


def wait_for(prozess: subprocess.Popen[str]) -> Ende:
    """Wait for the end of a process, and end it when it does not come."""
    try:
        stdout, stderr = prozess.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        prozess.kill()
        prozess.communicate()
        raise
    return Ende(prozess.returncode, stdout, stderr)


def umgebung_ohne_atlas() -> dict[str, str]:
    umgebung = {name: wert for name, wert in os.environ.items() if not name.startswith("ATLAS_")}
    return umgebung | {"PYTHONPATH": str(WURZEL / "src"), "PYTHONWARNINGS": "error"}


def replace_in(datei: Path, alt: str, neu: str) -> None:
    text = datei.read_text("utf-8")
    assert alt in text
    datei.write_text(text.replace(alt, neu), encoding="utf-8")


def hash_ergebnisse(projekt: Path) -> dict[str, bytes]:
    """Every file under data/processed and reports by name, but for the lock."""
    ordner = (projekt / "data" / "processed", projekt / "reports")
    dateien = (pfad for einer in ordner for pfad in einer.rglob("*") if pfad.is_file() and pfad.name != ".sperre")
    return {pfad.relative_to(projekt).as_posix(): pfad.read_bytes() for pfad in dateien}
