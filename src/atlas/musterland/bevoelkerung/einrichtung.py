"""The institution for the first reception of refugees: nearly all of its residents change within a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from atlas.musterland.bevoelkerung.raten import ALTER
from atlas.musterland.runden import allocate
from atlas.musterland.stammdaten import JAHRE
from atlas.musterland.zufall import open_stream

if TYPE_CHECKING:
    from atlas.musterland.raeume import IntArray

BEWOHNER: Final = {2022: 431, 2023: 446, 2024: 418, 2025: 402}
"""Residents at the end of the year."""
_DURCHLAUF: Final = {2022: 610, 2023: 1480, 2024: 1210, 2025: 980}
"""People who come and leave within the same year."""
_STUETZEN: Final = (0, 6, 14, 17, 19, 24, 30, 40, 50, 65, 80, 100)
_MAENNER: Final = (5, 4, 3, 8, 42, 52, 40, 21, 7, 1, 0, 0)
_FRAUEN: Final = (5, 4, 2.5, 2, 4, 6, 6, 4, 2, 0.6, 0, 0)


def _draw(anzahl: dict[int, int], thema: str) -> IntArray:
    gewichte = np.stack([np.interp(ALTER, _STUETZEN, kurve) for kurve in (_MAENNER, _FRAUEN)], axis=1).ravel()
    summen = np.array([anzahl.get(jahr, 0) for jahr in JAHRE])
    zufall = open_stream(thema)
    gestoert = gewichte * zufall.uniform(0.7, 1.3, size=(len(JAHRE), gewichte.size))
    return allocate(summen, gestoert, zufall.random(len(JAHRE))).reshape(len(JAHRE), len(ALTER), 2)


def generate_bewohner() -> IntArray:
    """Residents of the institution by year (2014 on), age and sex."""
    return _draw(BEWOHNER, "einrichtung")


def generate_durchlauf() -> IntArray:
    """People who came and left within a year, by year, age and sex."""
    return _draw(_DURCHLAUF, "einrichtung durchlauf")
