"""What drives all other figures: the social situation, how urban a place is, and the economy around it."""

from __future__ import annotations

from typing import Final

import numpy as np

from atlas.musterland.raeume import BLAETTER, GEMEINDE_DES_BLATTS, FloatArray
from atlas.musterland.sozialraeume import VIERTEL
from atlas.musterland.stammdaten import GEMEINDEN, JAHRE
from atlas.musterland.zufall import open_stream

_LAGE_DER_GEMEINDE: Final = {"kleinstadt": 0.3, "pendler": -0.95, "land": -0.25, "kleinst": -0.4}
_SIEDLUNG: Final = {
    "altstadt": 1.2, "gruenderzeit": 1.4, "grosssiedlung": 1.2, "siedlung": 0.6, "villen": 0.3, "eigenheim": -0.5,
    "neubau": -0.2, "gewerbe": 1.0, "ortsteil": -0.7, "pendler": -0.3, "land": -0.8, "kleinst": -1.0,
}  # fmt: skip
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


def generate_siedlung() -> FloatArray:
    """How urban each leaf is, about -1.5 (villages) to 1.7 (dense quarters), a column that holds in all years."""
    strom = open_stream("siedlung")
    mitte = np.array([_SIEDLUNG[blatt.typ] for blatt in BLAETTER])
    ort = strom.uniform(-0.6, 0.6, size=len(GEMEINDEN))[GEMEINDE_DES_BLATTS]
    return np.asarray(mitte + ort + strom.uniform(-0.2, 0.2, size=len(BLAETTER)))[:, None]


def generate_wirtschaft() -> FloatArray:
    """How good the work around each leaf is, about -2 to 2 by leaf and year; one value for a whole Gemeinde.

    It is better in the south, and otherwise each Gemeinde has its own employers, poor or not.
    """
    strom = open_stream("wirtschaftskraft")
    form = (len(GEMEINDEN), len(JAHRE))
    sued = np.array([[0.6 * (20 - g.y) / 20] for g in GEMEINDEN])
    eigenart = np.clip(strom.standard_normal((form[0], 1)), -2, 2) * 0.85
    verlauf = np.cumsum(strom.uniform(-0.12, 0.12, size=form), axis=1)
    return np.asarray((sued + eigenart + verlauf)[GEMEINDE_DES_BLATTS])
