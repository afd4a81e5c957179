"""The register of services with points on the map, and how many there were in each Planungsraum before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from pyproj import Transformer

from atlas.musterland.jugend.angebote import choose, generate_angebote
from atlas.musterland.jugend.angebotsarten import ARTEN
from atlas.musterland.raeume import BLAETTER
from atlas.musterland.stammdaten import GEMEINDEN, JAHRE, PLANUNGSRAEUME
from atlas.musterland.tabellen import format_decimal, write_csv
from atlas.musterland.zufall import open_stream

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from atlas.musterland.raeume import IntArray

ERSTES_JAHR: Final = 2016
JAHR_DES_VERZEICHNISSES: Final = 2025
"""From this year on the register takes the place of the yearly count."""
_BEZUGSSYSTEM: Final = "EPSG:25832"
_GESCHLOSSEN: Final = 18
"""Services that closed since 2016; the register does not list them."""


def _write_register(pfad: Path) -> Path:
    umrechnung = Transformer.from_crs("EPSG:4326", _BEZUGSSYSTEM, always_xy=True)
    zeilen: list[Sequence[object]] = [
        ["Nr.", "Name", "Art", "Trägerart", "Plätze", "Ostwert", "Nordwert", "Raumschlüssel", "seit"],
    ]
    for nummer, a in enumerate(generate_angebote(), start=1):
        ost, nord = umrechnung.transform(*a.punkt)
        plaetze = "" if a.plaetze is None else a.plaetze
        lage = (format_decimal(ost, 1), format_decimal(nord, 1))
        zeilen.append([f"A{nummer:03d}", a.name, a.art, a.traeger, plaetze, *lage, BLAETTER[a.blatt].raum_id, a.seit])
    return write_csv(pfad, zeilen)


def count_angebote() -> dict[str, IntArray]:
    """Return the services by kind: Planungsräume as rows, years as columns; 2025 is what the register lists."""
    kennungen = list(PLANUNGSRAEUME)
    zahlen = {art.art: np.zeros((len(kennungen), len(JAHRE)), dtype=np.int64) for art in ARTEN}
    for a in generate_angebote():
        raum = kennungen.index(GEMEINDEN[BLAETTER[a.blatt].gemeinde].planungsraum)
        zahlen[a.art][raum, [jahr >= a.seit for jahr in JAHRE]] += 1
    strom = open_stream("geschlossene angebote")
    for _ in range(_GESCHLOSSEN):
        art, raum = ARTEN[choose(strom, [art.anzahl for art in ARTEN])].art, int(strom.random() * len(kennungen))
        ende = ERSTES_JAHR + int(strom.random() * (JAHR_DES_VERZEICHNISSES - ERSTES_JAHR))
        zahlen[art][raum, [jahr <= ende for jahr in JAHRE]] += 1
    return zahlen


def _write_zaehlung(pfad: Path) -> Path:
    zahlen = count_angebote()
    zeilen: list[Sequence[object]] = [["Jahr", "Planungsraum", "Art", "Angebote am 31.12."]]
    for jahr in range(ERSTES_JAHR, JAHR_DES_VERZEICHNISSES):
        j = JAHRE.index(jahr)
        for i, kennung in enumerate(PLANUNGSRAEUME):
            zeilen += [[jahr, kennung, art, werte[i, j]] for art, werte in zahlen.items()]
            zeilen.append([jahr, kennung, "alle", sum(werte[i, j] for werte in zahlen.values())])
    return write_csv(pfad, zeilen)


def write_angebote(ziel: Path) -> list[Path]:
    """Write the register and the counts of the years before it."""
    return [
        _write_register(ziel / "angebote" / "angebote_2025.csv"),
        _write_zaehlung(ziel / "engagement" / "angebote_zaehlung.csv"),
    ]
