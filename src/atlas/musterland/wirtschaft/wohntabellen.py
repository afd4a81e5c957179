"""Tables on housing: Zensus of 2022, rents offered, homeless persons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from atlas.musterland.stammdaten import AGS, GEMEINDEN, JAHRE, KREIS_ID, KREIS_NAME, PLANUNGSRAEUME
from atlas.musterland.tabellen import format_decimal, write_csv
from atlas.musterland.wirtschaft.mieten import (
    ERSTES_JAHR_WOHNUNGSLOSE,
    average_mieten,
    generate_mieten,
    list_wohnungslose,
)
from atlas.musterland.wirtschaft.wohnungen import generate_zensus
from atlas.musterland.zufall import open_stream

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from atlas.musterland.raeume import IntArray

_RAUSCHEN: Final = (-2, -1, -1, 0, 0, 0, 0, 1, 1, 2)
"""What the publisher of the Zensus adds to each cell (Cell-Key); the sums do not add up any more."""


def _perturb(werte: IntArray) -> IntArray:
    """Figures with noise, never below zero; a zero stays one."""
    strom = open_stream("wirtschaft: zensus cell key")
    rauschen = np.asarray(_RAUSCHEN)[(strom.random(werte.shape) * len(_RAUSCHEN)).astype(np.int64)]
    return np.where(werte > 0, np.maximum(werte + rauschen, 0), 0)


def _write_zensus(ziel: Path) -> Path:
    """Write the dwellings of the Zensus in one sheet of text, Kreis and Planungsräume with noise of their own."""
    zensus = generate_zensus()
    gebiete = [(KREIS_ID, KREIS_NAME, list(range(len(AGS))))]
    gebiete += [
        (raum_id, name, [i for i, g in enumerate(GEMEINDEN) if g.planungsraum == raum_id])
        for raum_id, name in PLANUNGSRAEUME.items()
    ]
    gebiete += [(ags, g.name, [i]) for i, (ags, g) in enumerate(zip(AGS, GEMEINDEN, strict=True))]
    wahr = np.array([[werte[teile].sum() for werte in (zensus.wohnungen, zensus.leer)] for _, _, teile in gebiete])
    zeilen: list[Sequence[object]] = [
        ["Zensus 2022, Gebäude- und Wohnungszählung, Stichtag 15.05.2022 (nachgebildet)"],
        ["_RS", "Name", "WHG_INSGESAMT", "WHG_LEERSTEHEND"],
    ]
    zeilen += [
        [schluessel, name, *(int(wert) for wert in zahlen)]
        for (schluessel, name, _), zahlen in zip(gebiete, _perturb(wahr), strict=True)
    ]
    return write_csv(ziel / "wohnen" / "zensus2022_wohnungen.csv", zeilen, zeichensatz="utf-8-sig", zeilenende="\r\n")


def _write_mieten(ziel: Path) -> Path:
    """Write the rents; a slash stands for too few offers."""
    mieten = generate_mieten()
    reihen: list[tuple[str, str, Sequence[float | None]]] = [
        (ags, g.name, reihe) for ags, g, reihe in zip(AGS, GEMEINDEN, mieten, strict=True)
    ]
    reihen += [(raum_id, name, list(average_mieten(mieten, raum_id))) for raum_id, name in PLANUNGSRAEUME.items()]
    reihen.append((KREIS_ID, KREIS_NAME, list(average_mieten(mieten, None))))
    zeilen: list[Sequence[object]] = [["Schlüssel", "Gebiet", "Jahr", "Angebotsmiete Median (EUR/m²)"]]
    for j, jahr in enumerate(JAHRE):
        for schluessel, name, reihe in reihen:
            wert = reihe[j]
            zeilen.append([schluessel, name, jahr, "/" if wert is None else format_decimal(wert, 2)])
    return write_csv(ziel / "wohnen" / "mieten.csv", zeilen)


def _write_wohnungslose(ziel: Path) -> Path:
    """Write the homeless persons with a shelter, rounded to 5, areas by name."""
    zeilen: list[Sequence[object]] = [
        ["Untergebrachte wohnungslose Personen (22971), Sonderauswertung nach Planungsräumen"],
        ["Stichtag", "Gebiet", "Personen"],
    ]
    for raum_id, zahlen in list_wohnungslose().items():
        for jahr, zahl in enumerate(zahlen, start=ERSTES_JAHR_WOHNUNGSLOSE):
            zeilen.append([f"31.01.{jahr}", PLANUNGSRAEUME[raum_id], zahl])
    zeilen.append(["Alle Werte sind auf Vielfache von 5 gerundet."])
    return write_csv(ziel / "wohnen" / "wohnungslose.csv", zeilen, zeichensatz="cp1252")


def write_wohntabellen(ziel: Path) -> list[Path]:
    """Write the tables on housing into `wohnen/`."""
    return [_write_zensus(ziel), _write_mieten(ziel), _write_wohnungslose(ziel)]
