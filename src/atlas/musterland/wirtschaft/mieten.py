"""Rents offered and homeless persons with a shelter."""

from __future__ import annotations

from typing import Final

import numpy as np

from atlas.musterland.bevoelkerung.personen import count_personen_im_alter
from atlas.musterland.raeume import FloatArray, IntArray, sum_to_gemeinden
from atlas.musterland.stammdaten import GEMEINDEN, JAHRE, KLEINRODE, PLANUNGSRAEUME, Typ, find_gemeinde
from atlas.musterland.zufall import open_stream

ERSTES_JAHR_WOHNUNGSLOSE: Final = 2022
_MIETNIVEAU: Final[dict[Typ, float]] = {
    "stadt": 7.9,
    "industrie": 6.0,
    "kleinstadt": 6.8,
    "pendler": 8.4,
    "land": 6.4,
    "kleinst": 6.2,
}
"""Euro per m² in 2022."""
_VERLAUF: Final = np.array([0.78, 0.80, 0.82, 0.845, 0.875, 0.905, 0.93, 0.96, 1.0, 1.045, 1.085, 1.12])
_GRENZEN: Final = (4.4, 9.8)
_OHNE_ANGEBOTE: Final = (("Lerchenrode", 2015), ("Kaltenborna", 2017), ("Lerchenrode", 2021), ("Tannwalde", 2023))
"""Gemeinden and years with too few offers, besides Kleinrode in all years."""
_WOHNUNGSLOSE: Final = {
    "PR1": (20, 25, 25, 30),
    "PR2": (10, 15, 15, 15),
    "PR3": (65, 90, 95, 105),
    "PR4": (50, 65, 75, 75),
    "PR5": (20, 30, 30, 35),
}
"""Rounded to 5 by the statistical office; since 2023 more offices report."""


def generate_mieten() -> list[list[float | None]]:
    """Median rent offered by Gemeinde and year, euro per m²; None where there are too few offers."""
    strom = open_stream("wirtschaft: mieten")
    form = (len(GEMEINDEN), len(JAHRE))
    eigenart = 1 + strom.uniform(-0.06, 0.06, size=(form[0], 1)) + strom.uniform(-0.012, 0.012, size=form)
    niveau = np.array([[_MIETNIVEAU[g.typ]] for g in GEMEINDEN]) * eigenart * _VERLAUF
    tabelle: list[list[float | None]] = [[float(m) for m in zeile] for zeile in np.clip(niveau, *_GRENZEN)]
    tabelle[KLEINRODE] = [None] * len(JAHRE)
    for name, jahr in _OHNE_ANGEBOTE:
        tabelle[find_gemeinde(name)][JAHRE.index(jahr)] = None
    return tabelle


def average_mieten(mieten: list[list[float | None]], planungsraum: str | None) -> FloatArray:
    """Rent of a Planungsraum or, for None, of the Kreis: the Gemeinden by residents, since offers follow them."""
    einwohner: IntArray = sum_to_gemeinden(count_personen_im_alter(0, 100))
    teile = [i for i, g in enumerate(GEMEINDEN) if planungsraum in {None, g.planungsraum}]
    werte = np.array([[wert if wert is not None else np.nan for wert in mieten[i]] for i in teile])
    gewicht = np.where(np.isnan(werte), 0, einwohner[teile])
    return np.asarray((np.nan_to_num(werte) * gewicht).sum(axis=0) / gewicht.sum(axis=0))


def list_wohnungslose() -> dict[str, tuple[int, ...]]:
    """Homeless persons with a shelter on 31 January since 2022 by Planungsraum."""
    return {raum_id: _WOHNUNGSLOSE[raum_id] for raum_id in PLANUNGSRAEUME}
