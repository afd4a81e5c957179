"""Shares by leaf and year that follow the social situation and meet the figure of the whole Kreis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from atlas.musterland.lage import generate_lage
from atlas.musterland.raeume import BLAETTER, FloatArray, IntArray
from atlas.musterland.runden import round_counts
from atlas.musterland.stammdaten import AGS, JAHRE, KLEINRODE
from atlas.musterland.zufall import open_stream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_GRENZEN: Final = (-14.0, 8.0)
_SCHRITTE: Final = 60
_KLEINSTE_ZAHL: Final = 3
"""Below it the employment agency gives no figure."""
_ERSTES_INDEXJAHR: Final = 2020


def _draw_eigenart(thema: str, fest: float, jaehrlich: float) -> FloatArray:
    """Deviations of the leaves around zero: a lasting part and a yearly one."""
    strom = open_stream(f"wirtschaft: {thema}")
    form = (len(BLAETTER), len(JAHRE))
    dauerhaft = fest * strom.uniform(-1.7, 1.7, size=(form[0], 1))
    return np.asarray(dauerhaft + jaehrlich * strom.uniform(-1.7, 1.7, size=form))


def _to_anteil(logit: FloatArray) -> FloatArray:
    return np.asarray(1 / (1 + np.exp(-logit)))


def fit_anteile(ziele: Sequence[float], personen: FloatArray | IntArray, neigung: FloatArray) -> FloatArray:
    """Shares (leaves x years) whose mean over the persons is the aim of each year.

    The logit of a share is the slope of its leaf plus one constant per year, found by halving.
    """
    unten, oben = (np.full(len(JAHRE), grenze) for grenze in _GRENZEN)
    gewicht = personen / personen.sum(axis=0)
    for _ in range(_SCHRITTE):
        mitte = (unten + oben) / 2
        zu_hoch = (_to_anteil(neigung + mitte) * gewicht).sum(axis=0) > np.asarray(ziele)
        oben, unten = np.where(zu_hoch, mitte, oben), np.where(zu_hoch, unten, mitte)
    return _to_anteil(neigung + (unten + oben) / 2)


def count_personen(
    thema: str,
    ziele: Sequence[float],
    personen: FloatArray | IntArray,
    *,
    steigung: float,
    streuung: tuple[float, float] = (0.08, 0.03),
) -> IntArray:
    """Persons of a kind by leaf and year, as many in the Kreis as the shares of each year ask for.

    `steigung` says how many more of them live in poor leaves, `streuung` how the leaves deviate, lastingly and by year.
    """
    neigung = steigung * generate_lage() + _draw_eigenart(thema, *streuung)
    return round_counts(fit_anteile(ziele, personen, neigung) * personen)


def lift_kleine(werte: IntArray) -> IntArray:
    """Counts without 1 and 2 in any Gemeinde since the first year of the Indizes: there are three instead.

    So the figures of the Indizes have no secret cells in the years that they compare.
    """
    ist_gemeinde = np.array([len(blatt.raum_id) == len(AGS[0]) for blatt in BLAETTER])
    return np.where(_find_kleine(werte) & ist_gemeinde[:, None], _KLEINSTE_ZAHL, werte)


def drop_kleine_in_kleinrode(werte: IntArray) -> IntArray:
    """Counts with nobody in Kleinrode where there would be 1 or 2 since the first year of the Indizes."""
    kleinrode = np.array([blatt.raum_id == AGS[KLEINRODE] for blatt in BLAETTER])
    return np.where(_find_kleine(werte) & kleinrode[:, None], 0, werte)


def _find_kleine(werte: IntArray) -> NDArray[np.bool_]:
    spaet = np.array([jahr >= _ERSTES_INDEXJAHR for jahr in JAHRE])
    return np.asarray((werte > 0) & (werte < _KLEINSTE_ZAHL) & spaet)
