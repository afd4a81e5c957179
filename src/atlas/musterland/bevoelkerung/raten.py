"""Rates of births, deaths and moves by age, in the orders of magnitude of a rural Kreis in eastern Germany."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from atlas.musterland.stammdaten import JAHRE

if TYPE_CHECKING:
    from atlas.musterland.raeume import FloatArray

ALTER: Final = np.arange(101)
MAEDCHEN: Final = 0.487
"""Share of girls among the newborn."""
SAEUGLINGSSTERBLICHKEIT: Final = 0.003
KINDER_JE_FRAU: Final = (1.50, 1.53, 1.59, 1.58, 1.58, 1.55, 1.54, 1.57, 1.48, 1.42, 1.40, 1.38)
"""Total fertility by year, 2014 to 2025."""
UEBERSTERBLICHKEIT: Final = (0.98, 1.02, 0.98, 1.0, 1.02, 0.98, 1.06, 1.1, 1.07, 1.02, 0.99, 0.98)
"""Factor on the deaths by year: influenza 2015 and 2018, the pandemic 2020 to 2022."""
_ALTER_DER_MUETTER: Final = 30.2
_STREUUNG: Final = 5.4
_GOMPERTZ: Final = ((0.0964, 85.0, 0.0004), (0.113, 88.4, 0.00015))
"""Men, women: slope, most frequent age at death, and a constant for accidents."""

_STUETZEN: Final = (0, 3, 6, 10, 15, 17, 19, 22, 25, 28, 32, 38, 45, 55, 65, 75, 85, 100)
_UMZUG: Final = (0.95, 0.8, 0.6, 0.42, 0.45, 0.8, 2.3, 2.75, 2.6, 2.2, 1.55, 1.0, 0.62, 0.42, 0.3, 0.3, 0.55, 0.6)
"""How often people of an age move, relative to the whole population."""
_HERKUNFT: Final = ((0, 16, 0.98), (19, 23, 1.05), (24, 28, 1.08), (33, 48, 0.98))
"""Ages, and how many more or fewer of them arrive than the residents of the region let expect: many return young."""

Profil = dict[str, tuple[tuple[int, int, float], ...]]

_ZUZUG: Final[Profil] = {
    "altstadt": ((18, 32, 1.25), (78, 100, 1.5)),
    "gruenderzeit": ((18, 32, 1.35), (0, 5, 1.1), (65, 100, 0.7)),
    "grosssiedlung": ((0, 14, 1.15), (18, 30, 1.1), (65, 100, 0.9)),
    "siedlung": ((62, 80, 1.5), (30, 45, 1.1)),
    "villen": ((35, 60, 1.3), (70, 100, 1.5), (18, 27, 0.8)),
    "eigenheim": ((0, 12, 1.45), (29, 45, 1.4), (18, 25, 0.6)),
    "neubau": ((0, 9, 1.8), (28, 42, 1.7), (18, 25, 0.65), (60, 100, 0.6)),
    "gewerbe": ((18, 45, 1.1),),
    "ortsteil": ((0, 12, 1.35), (29, 45, 1.3), (18, 25, 0.55)),
    "pendler": ((0, 12, 1.5), (29, 45, 1.4), (18, 25, 0.55)),
    "land": ((0, 12, 1.2), (29, 45, 1.2), (18, 25, 0.6)),
    "kleinst": ((0, 12, 1.2), (29, 45, 1.2), (18, 25, 0.6)),
}
_FORTZUG: Final[Profil] = {
    "altstadt": ((28, 40, 1.15),),
    "gruenderzeit": ((0, 5, 1.2), (28, 40, 1.2)),
    "grosssiedlung": ((0, 6, 1.1), (25, 40, 1.15)),
    "neubau": ((0, 12, 0.6), (28, 45, 0.6)),
    "eigenheim": ((18, 24, 1.15), (28, 45, 0.75)),
    "pendler": ((18, 24, 1.15), (28, 45, 0.85)),
    "ortsteil": ((18, 24, 1.2),),
    "land": ((18, 24, 1.3),),
    "kleinst": ((18, 24, 1.3),),
}
MOBILITAET: Final = {"pendler": 0.076, "land": 0.069, "kleinst": 0.07, "ortsteil": 0.072, "eigenheim": 0.075}
"""Share of the residents who move away in a year; quarters have more, many stay within their town."""
MOBILITAET_IN_STAEDTEN: Final = {"altstadt": 0.14, "gruenderzeit": 0.155, "grosssiedlung": 0.14, "gewerbe": 0.155}
MOBILITAET_SONST: Final = 0.105


def compute_mortality() -> FloatArray:
    """Probability of dying within a year by age and sex."""
    kurven = [
        steigung * np.exp(steigung * (ALTER + 0.5 - modalalter)) + grundrisiko * (ALTER >= 15)  # noqa: PLR2004
        for steigung, modalalter, grundrisiko in _GOMPERTZ
    ]
    return np.asarray(1 - np.exp(-np.stack(kurven, axis=1)))


def compute_fertility() -> FloatArray:
    """Births per woman by year and age."""
    form = np.exp(-(((ALTER - _ALTER_DER_MUETTER) / _STREUUNG) ** 2) / 2) * ((ALTER >= 15) & (ALTER < 50))  # noqa: PLR2004
    return np.asarray(np.array(KINDER_JE_FRAU)[: len(JAHRE), None] * form / form.sum())


def compute_moving() -> FloatArray:
    """Tendency to move by age, about 1 on average."""
    return np.interp(ALTER, _STUETZEN, _UMZUG)


def _apply(profil: Profil, typ: str) -> FloatArray:
    return _smooth(profil.get(typ, ()))


def _smooth(stufen: tuple[tuple[int, int, float], ...]) -> FloatArray:
    """Factors by age without sharp steps."""
    faktor = np.ones(len(ALTER))
    for von, bis, wert in stufen:
        faktor *= np.where((von <= ALTER) & (bis >= ALTER), wert, 1.0)
    breite = np.array([1, 2, 3, 2, 1]) / 9
    return np.asarray(np.convolve(np.pad(faktor, 2, mode="edge"), breite, mode="valid"))


def compute_arrivals(typ: str) -> FloatArray:
    """Weight of each age among those who move to a place of this kind, beside the tendency to move."""
    return _apply(_ZUZUG, typ) * _smooth(_HERKUNFT)


def compute_departures(typ: str) -> FloatArray:
    """Factor of each age on moving away from a place of this kind."""
    return _apply(_FORTZUG, typ)


def get_mobility(typ: str) -> float:
    """Share of the residents of a place of this kind who move away in a year."""
    return MOBILITAET.get(typ, MOBILITAET_IN_STAEDTEN.get(typ, MOBILITAET_SONST))
