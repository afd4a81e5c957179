"""Figures of the Sozialräume of the six towns, as the towns' statistics offices pass them on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from atlas.musterland.raeume import GEMEINDE_DES_BLATTS, IST_SOZIALRAUM, SOZIALRAEUME
from atlas.musterland.stammdaten import AGS, JAHRE
from atlas.musterland.tabellen import write_csv
from atlas.musterland.wirtschaft.arbeitslose import generate_arbeitslose
from atlas.musterland.wirtschaft.geheim import format_spalte
from atlas.musterland.wirtschaft.sgb2 import generate_grundsicherung

if TYPE_CHECKING:
    from pathlib import Path

_KOPF: Final = ("STICHTAG", "AGS", "RAUM", "ALO", "LB", "LB_U15", "ELB")


def write_kleinraum(ziel: Path) -> Path:
    """Write one table of all years; the key is in two columns, the sums of the towns are in the workbooks."""
    daten = generate_grundsicherung()
    spalten = (generate_arbeitslose().insgesamt, daten.insgesamt, daten.unter_15, daten.erwerbsfaehig)
    staedte = np.asarray(GEMEINDE_DES_BLATTS[IST_SOZIALRAUM])
    zeilen: list[tuple[object, ...]] = [_KOPF]
    for j, jahr in enumerate(JAHRE):
        zellen = [format_spalte(werte[IST_SOZIALRAUM, j], staedte) for werte in spalten]
        for blatt, *zahlen in zip(SOZIALRAEUME, *zellen, strict=True):
            ags = AGS[blatt.gemeinde]
            zeilen.append((f"{jahr}12", ags, blatt.raum_id.removeprefix(ags), *zahlen))
    pfad = ziel / "ba" / "kleinraeumig" / "raumbezug_sgb2_sgb3.csv"
    return write_csv(pfad, zeilen, zeichensatz="utf-8-sig", zeilenende="\r\n")
