"""Reading raw files: rows of text and cells of a workbook, against the fastest readers that give plain text.

The baselines are polars reading the same CSV as text (`infer_schema=False`) and python-calamine giving the cells of the
same sheet as Python objects; both know nothing of keys, signs, gaps or addresses. The rows of text are also measured
with one quoted line above them and with every field quoted. Each measurement runs in a process
of its own, so that its peak memory is its own; look at the ratios. Run with:
python benchmarks/rohdaten.py [--zeilen N] [--zellen N] [--anzahl N]
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

WURZEL = Path(__file__).resolve().parents[1]
ZIEL = 4.0
SPALTEN = 10
TEXTE = (
    ("CSV", "", ""),
    ("CSV mit einer Zeile in Anführungszeichen", '"Titel";;\n', ""),
    ("CSV ganz in Anführungszeichen", "", '"'),
)
VORSPANN = """
import json, resource, sys, time
sys.path.insert(0, {src!r})
from pathlib import Path
inhalt = Path({pfad!r}).read_bytes()
"""
DEKLARATION = """
from atlas.config.models.quellen import Quelle
from atlas.ingest.deutung.quelle import open_lesung, read_quelle
quelle = Quelle.model_validate_json({quelle!r})
def lies():
    gelesen = read_quelle(open_lesung(inhalt, "w", "w", quelle), "q:w")
    assert gelesen.messwerte.height == {zellen}
"""
POLARS = """
import polars as pl
def lies():
    pl.read_csv(inhalt, separator=";", infer_schema=False)
"""
CALAMINE = """
import io
from python_calamine import CalamineWorkbook
def lies():
    CalamineWorkbook.from_filelike(io.BytesIO(inhalt)).get_sheet_by_index(0).to_python()
"""
MESSUNG = """
zeiten = []
for _ in range({anzahl}):
    beginn = time.perf_counter()
    lies()
    zeiten.append(time.perf_counter() - beginn)
eigene, kinder = (resource.getrusage(wer).ru_maxrss for wer in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps([min(zeiten), eigene / 1024, kinder / 1024]))
"""


def build_quelle(datei: dict[str, str], spalten: list[str]) -> str:
    """Give a declaration as JSON: key `ags` of eight digits, one year, all other columns figures."""
    return json.dumps(
        {
            "titel": "Messung",
            "herausgeber": "Messung",
            "lizenz": "frei",
            "stand": "2026-01-31",
            "datei": {"glob": "w", **datei},
            "schluessel": {"spalte": "ags", "ebenen": {"gemeinde": r"\d{8}"}},
            "zeit": {"fest": 2025, "stichtag": "12-31"},
            "werte": {"spalten": [{"spalte": name, "merkmal": name} for name in spalten]},
            "zahl": {"dezimal": ","},
            "symbole": {"-": "null_genau", "*": "geheim"},
        }
    )


def write_csv(pfad: Path, zeilen: int, titel: str = "", zitat: str = "") -> None:
    """Write rows with a distinct key and two figures, one of them with decimals, gaps here and there.

    `titel` is written above the head, `zitat` round every field.
    """
    satz = zitat + f"{zitat};{zitat}".join(["{}"] * 3) + zitat + "\n"
    zufall = random.Random(20)  # noqa: S311  # made-up figures
    with pfad.open("w", encoding="utf-8") as strom:
        strom.write(titel + satz.format("ags", "a", "b"))
        for nummer in range(zeilen):
            a = "*" if nummer % 50 == 0 else str(zufall.randrange(10**6))
            strom.write(satz.format(f"{nummer:08}", a, f"{zufall.randrange(1000)},{zufall.randrange(10)}"))


def write_xlsx(pfad: Path, zellen: int) -> int:
    """Write a sheet of a key and nine figures a row; give the number of its figures."""
    import openpyxl

    zufall = random.Random(20)  # noqa: S311  # made-up figures
    mappe = openpyxl.Workbook(write_only=True)
    blatt = mappe.create_sheet("Daten")
    blatt.append(["ags", *(f"w{n}" for n in range(1, SPALTEN))])
    zeilen = zellen // SPALTEN
    for nummer in range(zeilen):
        blatt.append([f"{nummer:08}", *(zufall.randrange(10**6) / 10 for _ in range(1, SPALTEN))])
    mappe.save(pfad)
    return zeilen * (SPALTEN - 1)


def measure(pfad: Path, lesen: str, anzahl: int) -> tuple[float, float, float]:
    """Give the best time in seconds and the peak memory in MB, own and of child processes."""
    programm = VORSPANN.format(src=str(WURZEL / "src"), pfad=str(pfad)) + lesen + MESSUNG.format(anzahl=anzahl)
    lauf = subprocess.run([sys.executable, "-c", programm], check=True, capture_output=True, text=True)  # noqa: S603
    sekunden, eigene, kinder = json.loads(lauf.stdout)
    return sekunden, eigene, kinder


def print_paar(name: str, zellen: int, basis: tuple[float, float, float], atlas: tuple[float, float, float]) -> None:
    """Print baseline, atlas, ratio and target."""
    verhaeltnis = atlas[0] / basis[0]
    urteil = "erreicht" if verhaeltnis <= ZIEL else "VERFEHLT"
    print(f"{name}: {zellen:,} Zellen".replace(",", "."))
    for wer, (sekunden, eigene, kinder) in (("Vergleich", basis), ("atlas", atlas)):
        rate = f"{zellen / sekunden:>14,.0f}".replace(",", ".")
        print(f"  {wer:<10}{sekunden:>8.3f} s{rate} Zellen/s{eigene:>8.0f} MB, Kindprozess {kinder:.0f} MB")
    print(f"  Verhältnis {verhaeltnis:.1f} (Ziel {ZIEL:g}): {urteil}")


def main() -> None:
    """Write the files, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--zeilen", type=int, default=1_000_000, help="rows of the CSV")
    parser.add_argument("--zellen", type=int, default=500_000, help="cells of the workbook")
    parser.add_argument("--anzahl", type=int, default=5)
    angaben = parser.parse_args()
    with tempfile.TemporaryDirectory() as ordner:
        text, mappe = Path(ordner) / "w.csv", Path(ordner) / "w.xlsx"
        zahlen = write_xlsx(mappe, angaben.zellen)
        csv = build_quelle({"typ": "csv", "zeichensatz": "utf-8", "trenner": ";", "kopf": "^ags$"}, ["a", "b"])
        lesen = DEKLARATION.format(quelle=csv, zellen=2 * angaben.zeilen)
        for name, titel, zitat in TEXTE:
            write_csv(text, angaben.zeilen, titel, zitat)
            basis, atlas = (measure(text, weise, angaben.anzahl) for weise in (POLARS, lesen))
            print_paar(f"{name} gegen polars (Text)", 3 * angaben.zeilen, basis, atlas)
        xlsx = build_quelle({"typ": "xlsx", "blatt": "^Daten$"}, [f"w{n}" for n in range(1, SPALTEN)])
        lesen = DEKLARATION.format(quelle=xlsx, zellen=zahlen)
        basis, atlas = (measure(mappe, weise, angaben.anzahl) for weise in (CALAMINE, lesen))
        print_paar("XLSX gegen python-calamine", angaben.zellen, basis, atlas)


if __name__ == "__main__":
    main()
