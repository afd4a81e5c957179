"""Bands of ages from single years of age, against one sum of the same cells in polars.

The baseline is `group_by("raum_id", "jahr")` and a sum over all cells; it knows no bands, status or factors. Ten bands,
three of them at the Regelaltersgrenze, one a sum of ages. Measured with all cells, and with a part of them left out, as
senders do with zeros: then nearly every Raum and year has ages of its own. Each measurement runs in a process of its
own, so that its peak memory is its own; the table alone is the least it can be. Run with:
python benchmarks/altersgruppen.py [--raeume N] [--jahre N] [--fehlt ANTEIL] [--anzahl N] [--src ORDNER]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

WURZEL = Path(__file__).resolve().parents[1]
ZIEL = 30.0
BAENDER = ("0-2", "3-5", "6-9", "0-14", "0-17", "15-24", "15-rag", "rag+", "80+", "0+*jahre")
VORSPANN = """
import json, resource, sys, time
sys.path.insert(0, {src!r})
import polars as pl
from atlas.tables.ergebnis import Gebietswerte
from atlas.tables.katalog import Formelterme, Indikatorkatalog

alter = pl.DataFrame({{"gruppe": [f"alter={{n}}" for n in range(100)] + ["alter=100+"]}})
raeume = pl.DataFrame({{"raum_id": [f"{{n:08}}" for n in range({raeume})]}})
jahre = pl.DataFrame({{"jahr": list(range(2026 - {jahre}, 2026))}})
fest = dict(ebene="gemeinde", merkmal="ew", status="beobachtet", lieferung_id="q:w", zelle="A1", gebietsstand="2025")
schema = Gebietswerte.empty().schema
df = raeume.join(jahre, how="cross").join(alter, how="cross")
nummer = pl.int_range(pl.len())
df = df.filter(nummer.hash(20) % 1000 >= {fehlt} * 1000).with_columns(
    *(pl.lit(fest.get(name), schema[name]).alias(name) for name in schema if name not in [*df.columns, "wert"]),
    wert=(nummer % 97).cast(pl.Float64),
)
werte = df.select(schema.names()).sort("raum_id", "jahr", "gruppe")
del df
quote = ("quote", 1900, "dim", "hoch_ist_belastet", "rate", "stand", 1.0, None)
katalog = pl.DataFrame([quote], Indikatorkatalog.empty().schema, orient="row")
terme = [("quote", 1900, "zaehler", n, "ew", f"alter={{band}}", 1, 0) for n, band in enumerate({baender!r})]
formelterme = pl.DataFrame(terme, Formelterme.empty().schema, orient="row")
"""
POLARS = """
def rechne():
    return werte.group_by("raum_id", "jahr").agg(pl.col("wert").sum())
"""
ATLAS = """
from atlas.core.altersgruppen import add_altersgruppen
def rechne():
    return add_altersgruppen(werte, katalog, formelterme)
"""
MESSUNG = """
vorher = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
zeiten = []
for _ in range({anzahl}):
    beginn = time.perf_counter()
    ergebnis = rechne()
    zeiten.append(time.perf_counter() - beginn)
spitze = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([min(zeiten), vorher / 1024, spitze / 1024, werte.height, ergebnis.height]))
"""


def measure(angaben: argparse.Namespace, rechnen: str, fehlt: float) -> tuple[float, float, float, int, int]:
    """Give the best time in seconds, the peak memory in MB before and after, and the rows before and after."""
    vorspann = VORSPANN.format(
        src=str(angaben.src), raeume=angaben.raeume, jahre=angaben.jahre, fehlt=fehlt, baender=BAENDER
    )
    programm = vorspann + rechnen + MESSUNG.format(anzahl=angaben.anzahl)
    lauf = subprocess.run([sys.executable, "-c", programm], check=True, capture_output=True, text=True)  # noqa: S603
    sekunden, vorher, spitze, zellen, zeilen = json.loads(lauf.stdout)
    return sekunden, vorher, spitze, zellen, zeilen


def main() -> None:
    """Measure both with and without gaps, print time, memory, ratio and target."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raeume", type=int, default=2000)
    parser.add_argument("--jahre", type=int, default=30)
    parser.add_argument("--fehlt", type=float, default=0.02, help="part of the cells that is left out")
    parser.add_argument("--anzahl", type=int, default=3)
    parser.add_argument("--src", type=Path, default=WURZEL / "src", help="the source to measure")
    angaben = parser.parse_args()
    for name, fehlt in (("alle Zellen", 0.0), (f"{angaben.fehlt:.0%} der Zellen fehlen", angaben.fehlt)):
        basis, atlas = (measure(angaben, rechnen, fehlt) for rechnen in (POLARS, ATLAS))
        verhaeltnis = atlas[0] / basis[0]
        print(f"{name}: {atlas[3]:,} Zellen, {len(BAENDER)} Bänder".replace(",", "."))
        for wer, (sekunden, vorher, spitze, *_) in (("Vergleich", basis), ("atlas", atlas)):
            print(f"  {wer:<10}{sekunden:>8.3f} s{spitze:>8.0f} MB, davon {vorher:.0f} MB schon vorher")
        urteil = "erreicht" if verhaeltnis <= ZIEL else "VERFEHLT"
        print(f"  Verhältnis {verhaeltnis:.1f} (Ziel {ZIEL:g}): {urteil}")


if __name__ == "__main__":
    main()
