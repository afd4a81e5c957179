"""The social situation that drives all other figures: from very well off to very poor."""

from __future__ import annotations

from typing import Final

import numpy as np

from atlas.musterland.raeume import BLAETTER, FloatArray
from atlas.musterland.sozialraeume import VIERTEL
from atlas.musterland.stammdaten import GEMEINDEN, JAHRE
from atlas.musterland.zufall import open_stream

_LAGE_DER_GEMEINDE: Final = {"kleinstadt": 0.3, "pendler": -0.95, "land": -0.25, "kleinst": -0.4}
_BESTE: Final = -1.8
_AERMSTE: Final = 3.0


def _place_blatt(name: str, gemeinde: int) -> float:
    """Typical situation of a leaf; the countryside gets poorer from the middle to the east."""
    g = GEMEINDEN[gemeinde]
    viertel = next((v for v in VIERTEL.get(g.name, ()) if v.name == name), None)
    if viertel is not None:
        return viertel.lage
    return _LAGE_DER_GEMEINDE[g.typ] + max(0.0, (g.x - 25) / 25) * 0.7


def generate_lage() -> FloatArray:
    """Social situation by leaf and year, about -1.8 (very well off) to 3 (very poor)."""
    strom = open_stream("soziale lage 2")
    form = (len(BLAETTER), len(JAHRE))
    mitte = np.array([[_place_blatt(blatt.name, blatt.gemeinde)] for blatt in BLAETTER])
    eigenart = strom.uniform(-0.35, 0.35, size=(form[0], 1))
    richtung = strom.uniform(-0.04, 0.04, size=(form[0], 1)) * (np.arange(form[1]) - 6)
    verlauf = np.cumsum(strom.uniform(-0.07, 0.07, size=form), axis=1)
    return np.asarray(np.clip(mitte + eigenart + richtung + verlauf, _BESTE, _AERMSTE))
