"""How many residents every leaf has at the end of every year: slowly fewer, with the arrivals of 2015 and 2022."""

from __future__ import annotations

from typing import Final

import numpy as np

from atlas.musterland.raeume import BLAETTER, FloatArray, IntArray
from atlas.musterland.runden import round_counts
from atlas.musterland.sozialraeume import VIERTEL
from atlas.musterland.stammdaten import GEMEINDEN, JAHRE, KLEINRODE
from atlas.musterland.zufall import open_stream

_WACHSTUM: Final = {
    "altstadt": 0.0005, "gruenderzeit": 0.002, "grosssiedlung": -0.008, "siedlung": -0.006, "villen": -0.001,
    "eigenheim": -0.001, "neubau": 0.016, "gewerbe": -0.005, "ortsteil": -0.004,
    "pendler": 0.001, "land": -0.0085, "kleinst": -0.003,
}  # fmt: skip
_WACHSTUM_DER_STADT: Final = {"Musterstadt": 0.001, "Hammerwerda": -0.006, "Bad Lindenbrunn": -0.002}
_ZUWANDERUNG: Final = {2015: 0.006, 2016: 0.002, 2017: -0.001, 2022: 0.0135, 2023: 0.001}
"""Additional residents by year in a place that takes its average share."""
_AUFNAHME: Final = {"grosssiedlung": 2.6, "gruenderzeit": 2.0, "altstadt": 1.2, "gewerbe": 1.6, "siedlung": 0.9}
_AUFNAHME_SONST: Final = 0.6


def _get_ziel() -> FloatArray:
    """Residents of every leaf at the end of 2025."""
    ziele = []
    for blatt in BLAETTER:
        g = GEMEINDEN[blatt.gemeinde]
        viertel = VIERTEL.get(g.name, ())
        anteil = sum(v.einwohner for v in viertel if v.name == blatt.name) / max(1, sum(v.einwohner for v in viertel))
        ziele.append(g.einwohner * (anteil if viertel else 1.0))
    return np.array(ziele)


def generate_bahn() -> IntArray:
    """Residents by leaf at the end of 2013 to 2025."""
    strom = open_stream("einwohnerbahn")
    form = (len(BLAETTER), len(JAHRE))
    trend = [_WACHSTUM[b.typ] + _WACHSTUM_DER_STADT.get(GEMEINDEN[b.gemeinde].name, 0.0) for b in BLAETTER]
    aufnahme = [_AUFNAHME.get(blatt.typ, _AUFNAHME_SONST) for blatt in BLAETTER]
    schritte = np.array(trend)[:, None] + strom.uniform(-0.004, 0.004, size=(form[0], 1))
    schritte = schritte + strom.uniform(-0.006, 0.006, size=form)
    schritte += np.array(aufnahme)[:, None] * [_ZUWANDERUNG.get(jahr, 0.0) for jahr in JAHRE]
    schritte[[b.gemeinde == KLEINRODE for b in BLAETTER]] /= 2
    ziel = _get_ziel() * strom.uniform(0.994, 1.006, size=form[0])
    ziel[[b.gemeinde == KLEINRODE for b in BLAETTER]] = GEMEINDEN[KLEINRODE].einwohner
    zurueck = np.cumprod(1 / (1 + schritte[:, ::-1]), axis=1)[:, ::-1]
    return round_counts(np.hstack([ziel[:, None] * zurueck, ziel[:, None]]))
