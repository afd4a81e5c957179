"""Cold start: `atlas --help` and a no-op `atlas build` against `import typer`, measured in one run.

The commands take turns, so that a busy machine slows them all alike; look at the ratios, not at the
milliseconds. Run with: python benchmarks/kaltstart.py [--projekt DIR] [--anzahl N] [--bis STUFE]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WURZEL = Path(__file__).resolve().parents[1]
BASIS = "import typer"
ZIELE = {"atlas --help": 2.5, "atlas build (nichts zu tun)": 3.0}
ATLAS = ("-c", "from atlas.cli import main; main()")


def measure(befehl: tuple[str, ...], umgebung: dict[str, str]) -> float:
    """Give the wall time of one command in milliseconds."""
    beginn = time.perf_counter()
    subprocess.run((sys.executable, *befehl), check=True, capture_output=True, env=umgebung)  # noqa: S603  # own commands
    return (time.perf_counter() - beginn) * 1000


def measure_abwechselnd(
    befehle: dict[str, tuple[str, ...]], anzahl: int, umgebung: dict[str, str]
) -> dict[str, list[float]]:
    """Measure all commands in turn, after one round that only warms the file cache."""
    for befehl in befehle.values():
        measure(befehl, umgebung)
    zeiten: dict[str, list[float]] = {name: [] for name in befehle}
    for _ in range(anzahl):
        for name, befehl in befehle.items():
            zeiten[name].append(measure(befehl, umgebung))
    return zeiten


def build_ergebnis(zeiten: dict[str, list[float]]) -> list[dict[str, str | float | bool | None]]:
    """Give median, spread, ratio to `import typer` and target of every command."""
    basis = statistics.median(zeiten[BASIS])
    return [
        {
            "befehl": name,
            "median_ms": round(statistics.median(werte), 1),
            "min_ms": round(min(werte), 1),
            "verhaeltnis": round(statistics.median(werte) / basis, 2),
            "ziel": ZIELE.get(name),
            "erreicht": statistics.median(werte) / basis <= ZIELE[name] if name in ZIELE else None,
        }
        for name, werte in zeiten.items()
    ]


def print_tabelle(ergebnis: list[dict[str, str | float | bool | None]]) -> None:
    """Print one line a command."""
    print(f"{'Befehl':<30}{'Median ms':>10}{'min ms':>10}{'x typer':>10}{'Ziel':>8}")
    for zeile in ergebnis:
        ziel = f"{zeile['ziel']}" if zeile["ziel"] else ""
        urteil = {True: "  erreicht", False: "  VERFEHLT", None: ""}[bool(zeile["erreicht"]) if ziel else None]
        werte = f"{zeile['median_ms']:>10}{zeile['min_ms']:>10}{zeile['verhaeltnis']:>10}"
        print(f"{zeile['befehl']:<30}{werte}{ziel:>8}{urteil}")


def main() -> None:
    """Bring a project up to date, measure, print the table and the JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--projekt", type=Path, help="project to build; without it a new demo in a temporary folder")
    parser.add_argument("--anzahl", type=int, default=15)
    vorgabe = "render" if (WURZEL / "src/atlas/stages/render.py").is_file() else "compute"
    parser.add_argument("--bis", default=vorgabe, help="last stage of the build")
    angaben = parser.parse_args()
    umgebung = os.environ | {"PYTHONPATH": str(WURZEL / "src")}
    with tempfile.TemporaryDirectory() as ordner:
        projekt = angaben.projekt
        if projekt is None:
            projekt = Path(ordner) / "musterland"
            measure((*ATLAS, "new", str(projekt)), umgebung)
        bauen = (*ATLAS, "build", "--until", angaben.bis, "--projekt", str(projekt))
        befehle = {
            "python -c pass": ("-c", "pass"),
            BASIS: ("-c", "import typer"),
            "atlas --help": (*ATLAS, "--help"),
            "atlas build (nichts zu tun)": bauen,
        }
        ergebnis = build_ergebnis(measure_abwechselnd(befehle, angaben.anzahl, umgebung))
    print_tabelle(ergebnis)
    print(json.dumps({"anzahl": angaben.anzahl, "bis": angaben.bis, "messungen": ergebnis}, ensure_ascii=False))


if __name__ == "__main__":
    main()
