"""Taxpayers and their income by Gemeinde; the statistic appears about four years late."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from atlas.musterland.bevoelkerung.personen import count_personen_im_alter
from atlas.musterland.lage import generate_lage, generate_wirtschaft
from atlas.musterland.raeume import GEMEINDE_DES_BLATTS, FloatArray, IntArray, sum_to_gemeinden
from atlas.musterland.runden import round_counts
from atlas.musterland.stammdaten import GEMEINDEN, JAHRE
from atlas.musterland.zufall import open_stream

LETZTES_JAHR: Final = 2021
_STEUERPFLICHTIGE_JE_ERWACHSENEN: Final = 0.545
_JE_STEUERPFLICHTIGEM: Final = (32.9, 33.8, 34.9, 36.3, 37.7, 39.1, 39.6, 41.4)
"""1,000 euro in the Kreis, 2014 .. 2021."""
_WENIGER_JE_LAGE: Final = 0.055
_MEHR_JE_WIRTSCHAFT: Final = 0.02


@dataclass(frozen=True)
class Einkuenfte:
    """Taxpayers (a couple assessed jointly counts once) and their income in 1,000 euro, all years, the last ones 0."""

    steuerpflichtige: IntArray
    summe_tsd: IntArray


def _average(werte: FloatArray, personen: IntArray) -> FloatArray:
    """Mean of the Gemeinden over their residents, from values of the leaves."""
    gewichtet = np.zeros((len(GEMEINDEN), len(JAHRE)))
    np.add.at(gewichtet, GEMEINDE_DES_BLATTS, werte * personen)
    return gewichtet / sum_to_gemeinden(personen)


@lru_cache(maxsize=1)
def generate_einkuenfte() -> Einkuenfte:
    """Taxpayers and income by Gemeinde and year until 2021; the sum of the Kreis meets its mean."""
    strom = open_stream("wirtschaft: einkuenfte")
    form = (len(GEMEINDEN), len(JAHRE))
    erwachsene = count_personen_im_alter(18, 100)
    quote = _STEUERPFLICHTIGE_JE_ERWACHSENEN * (1 + strom.uniform(-0.015, 0.015, size=(form[0], 1)))
    pflichtige = round_counts(quote * sum_to_gemeinden(erwachsene))
    eigenart = strom.uniform(-0.045, 0.045, size=(form[0], 1)) + strom.uniform(-0.006, 0.006, size=form)
    je_person = 1 - _WENIGER_JE_LAGE * _average(generate_lage(), erwachsene) + eigenart
    je_person = je_person + _MEHR_JE_WIRTSCHAFT * _average(generate_wirtschaft(), erwachsene)
    jahre = len(_JE_STEUERPFLICHTIGEM)
    ziel = np.array([*_JE_STEUERPFLICHTIGEM, *(0.0 for _ in JAHRE[jahre:])])
    mittel = (je_person * pflichtige).sum(axis=0) / pflichtige.sum(axis=0)
    geliefert = np.array([jahr <= LETZTES_JAHR for jahr in JAHRE])
    return Einkuenfte(np.where(geliefert, pflichtige, 0), round_counts(je_person / mittel * ziel * pflichtige))
