"""The age pyramid at the end of 2013, with the notches of 1917, 1945, the 1970s and the 1990s."""

from __future__ import annotations

from typing import Final

import numpy as np

from atlas.musterland.bevoelkerung.raten import ALTER, compute_mortality
from atlas.musterland.raeume import BLAETTER, FloatArray, IntArray
from atlas.musterland.runden import allocate
from atlas.musterland.zufall import open_stream

_JAHR: Final = 2013
_GEBURTEN: Final = {
    1913: 60, 1915: 48, 1917: 36, 1918: 38, 1920: 70, 1925: 62, 1930: 58, 1933: 50, 1934: 62, 1939: 78, 1940: 77,
    1942: 58, 1945: 41, 1946: 45, 1948: 62, 1950: 78, 1955: 77, 1960: 77, 1963: 82, 1965: 75, 1968: 65, 1971: 61,
    1973: 48, 1975: 47, 1977: 58, 1980: 64, 1984: 60, 1987: 57, 1989: 51, 1990: 46, 1991: 29, 1992: 24, 1994: 22,
    1996: 27, 1998: 29, 2000: 32, 2004: 32, 2008: 34, 2013: 34,
}  # fmt: skip
"""Size of the birth years of an eastern German Land before deaths and moves, in thousands."""
_STUETZEN: Final = (0, 17, 20, 24, 30, 38, 48, 60, 100)
_GEBLIEBEN: Final = (
    (1.0, 1.0, 0.92, 0.82, 0.77, 0.8, 0.88, 0.97, 1.0),
    (1.0, 1.0, 0.87, 0.76, 0.74, 0.79, 0.88, 0.97, 1.0),
)
"""What two decades of moving away have left of each age, men and women."""
_KRIEG: Final = {84: 0.97, 86: 0.8, 88: 0.62, 94: 0.55, 100: 0.55}
"""What the war has left of the men of each age."""
_FRUEHERE_STERBLICHKEIT: Final = 1.22

_TYPEN: Final[dict[str, tuple[tuple[int, int, float], ...]]] = {
    "altstadt": ((22, 34, 1.35), (80, 100, 1.2), (8, 17, 0.85)),
    "gruenderzeit": ((20, 35, 1.5), (0, 6, 1.25), (62, 100, 0.72)),
    "grosssiedlung": ((0, 12, 1.15), (19, 33, 1.2), (36, 52, 0.85), (58, 75, 1.2)),
    "siedlung": ((64, 88, 1.3), (20, 35, 0.95), (0, 15, 0.9)),
    "villen": ((45, 75, 1.2), (20, 32, 0.75), (80, 100, 1.15)),
    "eigenheim": ((8, 20, 1.3), (38, 55, 1.25), (22, 32, 0.7), (70, 100, 0.75)),
    "neubau": ((0, 12, 1.8), (30, 44, 1.6), (62, 100, 0.5)),
    "gewerbe": ((24, 50, 1.15), (65, 100, 0.85)),
    "ortsteil": ((40, 60, 1.12), (22, 32, 0.85)),
    "pendler": ((2, 17, 1.22), (34, 50, 1.2), (66, 100, 0.8)),
    "land": ((48, 64, 1.1), (22, 34, 0.9)),
    "kleinst": ((48, 64, 1.1), (22, 34, 0.9)),
}


def _compute_survivors() -> FloatArray:
    """Share of a birth year still alive, by age and sex; earlier mortality was higher."""
    sterblichkeit = np.minimum(compute_mortality() * _FRUEHERE_STERBLICHKEIT, 1.0)
    leben = np.cumprod(1 - sterblichkeit, axis=0)
    return np.vstack([np.ones((1, 2)), leben[:-1]])


def _compute_pyramid() -> FloatArray:
    """Residents of the region by age and sex, up to a factor."""
    geburten = np.interp(_JAHR - ALTER, list(_GEBURTEN), list(_GEBURTEN.values()))
    gebliebene = np.stack([np.interp(ALTER, _STUETZEN, anteile) for anteile in _GEBLIEBEN], axis=1)
    krieg = np.stack([np.interp(ALTER, list(_KRIEG), list(_KRIEG.values())), np.ones(len(ALTER))], axis=1)
    return np.asarray(geburten[:, None] * [0.513, 0.487] * _compute_survivors() * gebliebene * krieg)


def _shape_typ(typ: str) -> FloatArray:
    faktor = np.ones(len(ALTER))
    for von, bis, wert in _TYPEN[typ]:
        faktor *= np.where((von <= ALTER) & (bis >= ALTER), wert, 1.0)
    breite = np.array([1, 2, 3, 4, 3, 2, 1]) / 16
    return np.asarray(np.convolve(np.pad(faktor, 3, mode="edge"), breite, mode="valid"))


def generate_anfang(einwohner: IntArray) -> IntArray:
    """Residents at the end of 2013 by leaf, age and sex; `einwohner` is their number by leaf."""
    strom = open_stream("anfangsbestand")
    wellen = strom.uniform(-0.12, 0.12, size=(len(BLAETTER), 18))
    eigenart = np.stack([1 + np.interp(ALTER, np.arange(18) * 6, welle) for welle in wellen])
    pyramide = _compute_pyramid()
    erwartet = np.stack([_shape_typ(blatt.typ)[:, None] * pyramide for blatt in BLAETTER]) * eigenart[:, :, None]
    erwartet *= strom.uniform(0.85, 1.15, size=erwartet.shape)
    flach = erwartet.reshape(len(BLAETTER), -1)
    return allocate(einwohner, flach, strom.random(len(BLAETTER))).reshape(erwartet.shape)
