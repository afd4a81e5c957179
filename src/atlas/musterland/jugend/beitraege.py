"""The contributions of organisations and conferences as one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.musterland.jugend.beitragstexte import BEITRAEGE
from atlas.musterland.raeume import SOZIALRAEUME
from atlas.musterland.stammdaten import AGS, GEMEINDEN, PLANUNGSRAEUME
from atlas.musterland.tabellen import write_csv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def find_raum(ort: str) -> str:
    """Return the key of a Planungsraum, a Gemeinde or a Sozialraum (»Gemeinde/Sozialraum«)."""
    schluessel = {name: kennung for kennung, name in PLANUNGSRAEUME.items()}
    schluessel |= {g.name: ags for ags, g in zip(AGS, GEMEINDEN, strict=True)}
    schluessel |= {f"{GEMEINDEN[blatt.gemeinde].name}/{blatt.name}": blatt.raum_id for blatt in SOZIALRAEUME}
    return schluessel[ort]


def write_beitraege(ziel: Path) -> list[Path]:
    """Write the table; texts stand in quotation marks, they hold commas and semicolons."""
    zeilen: list[Sequence[object]] = [["Nr.", "Raum", "Art", "Absender", "Datum", "Text"]]
    for nummer, b in enumerate(BEITRAEGE, start=1):
        zeilen.append([f"B{nummer:02d}", find_raum(b.ort), b.art, b.absender, b.datum, f'"{b.text}"'])
    return [write_csv(ziel / "beitraege" / "beitraege_2025.csv", zeilen)]
