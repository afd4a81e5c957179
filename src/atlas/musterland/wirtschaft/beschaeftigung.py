"""Employees at their place of residence on 30 June: all, women, those with a minijob only, those who commute."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from atlas.musterland.bevoelkerung.personen import count_vorjahr
from atlas.musterland.raeume import IntArray, sum_to_gemeinden
from atlas.musterland.stammdaten import GEMEINDEN, JAHRE, Typ
from atlas.musterland.wirtschaft.quoten import Neigung, count_personen, derive_rest
from atlas.musterland.ziehen import draw_teil
from atlas.musterland.zufall import open_stream

# Aims of the Kreis 2014 .. 2025, per resident of 15 to 64 on 31 December before.
_QUOTE: Final = (0.578, 0.587, 0.597, 0.609, 0.620, 0.630, 0.629, 0.636, 0.644, 0.648, 0.651, 0.653)
_QUOTE_FRAUEN: Final = (0.566, 0.576, 0.587, 0.599, 0.611, 0.622, 0.622, 0.630, 0.637, 0.641, 0.645, 0.648)
# Per employee: fewer since the minimum wage of 2015, Corona 2020/21, the limit of 520 euro since October 2022.
_MINIJOBS: Final = (0.118, 0.111, 0.108, 0.105, 0.102, 0.099, 0.091, 0.088, 0.090, 0.092, 0.091, 0.090)
_AUSPENDLER: Final[dict[Typ, float]] = {
    "stadt": 0.38,
    "industrie": 0.47,
    "kleinstadt": 0.58,
    "pendler": 0.78,
    "land": 0.83,
    "kleinst": 0.91,
}
_MEHR_PENDLER_IM_JAHR: Final = 0.004


@dataclass(frozen=True)
class Beschaeftigung:
    """Employees by Gemeinde and year."""

    insgesamt: IntArray
    frauen: IntArray
    minijobs: IntArray
    auspendler: IntArray


def _count_auspendler(beschaeftigte: IntArray) -> IntArray:
    """Employees who work outside their Gemeinde, more of them every year."""
    strom = open_stream("wirtschaft: auspendler")
    mitte = np.array([[_AUSPENDLER[g.typ]] for g in GEMEINDEN]) + strom.uniform(-0.03, 0.03, size=(len(GEMEINDEN), 1))
    anteile = mitte + _MEHR_PENDLER_IM_JAHR * (np.arange(len(JAHRE)) - len(JAHRE) + 1)
    anteile = anteile + strom.uniform(-0.004, 0.004, size=beschaeftigte.shape)
    return draw_teil("auspendler", beschaeftigte, np.clip(anteile, 0.2, 0.96))


@lru_cache(maxsize=1)
def generate_beschaeftigung() -> Beschaeftigung:
    """Employees by Gemeinde and year: women and men, who work for the same employers."""
    frauen = count_vorjahr(15, 64, 1)
    quote_maenner, maenner = derive_rest(_QUOTE, count_vorjahr(15, 64), ((_QUOTE_FRAUEN, frauen),))
    weiblich = count_personen("svb frauen", _QUOTE_FRAUEN, frauen, Neigung(-0.09, 0.02, 0.07, 0.04, 0.01, "svb", 0.05))
    maennlich = count_personen(
        "svb maenner", quote_maenner, maenner, Neigung(-0.1, -0.03, 0.1, 0.04, 0.01, "svb", 0.05)
    )
    alle = weiblich + maennlich
    minijobs = count_personen("minijobs", _MINIJOBS, alle, Neigung(0.03, 0.03, 0.03, 0.05, 0.02))
    insgesamt = sum_to_gemeinden(alle)
    return Beschaeftigung(
        insgesamt, sum_to_gemeinden(weiblich), sum_to_gemeinden(minijobs), _count_auspendler(insgesamt)
    )
