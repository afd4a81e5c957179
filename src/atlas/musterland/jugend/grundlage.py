"""What all figures of this package start from: residents, social situation and chance, by Gemeinde and year."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from atlas.musterland.bevoelkerung import generate_bevoelkerung
from atlas.musterland.lage import generate_lage, generate_siedlung, generate_wirtschaft
from atlas.musterland.raeume import (
    GEMEINDE_DES_BLATTS,
    FloatArray,
    IntArray,
    sum_to_gemeinden,
    sum_to_planungsraeume,
)
from atlas.musterland.stammdaten import GEMEINDEN, JAHRE, PLANUNGSRAEUME
from atlas.musterland.ziehen import draw_verlauf
from atlas.musterland.zufall import open_stream

ANZAHL_JAHRE: Final = len(JAHRE)
_UNRUHE: Final = 0.006
"""How much a rate of the whole Landkreis goes up and down beside its course."""


def count_bevoelkerung(von: int, bis: int, geschlecht: int | None = None) -> IntArray:
    """Return the residents of an age range by Gemeinde on 31 December of each year."""
    return np.asarray(sum_to_gemeinden(generate_bevoelkerung().count(von, bis, geschlecht)), dtype=np.int64)


def count_im_vorjahr(von: int, bis: int) -> IntArray:
    """Return the residents of an age range by Gemeinde on 31 December before each year."""
    return np.asarray(sum_to_gemeinden(generate_bevoelkerung().count_vorjahr(von, bis)), dtype=np.int64)


@lru_cache
def compute_lage() -> FloatArray:
    """Return the social situation by Gemeinde and year: the mean of its parts, weighted by residents."""
    personen = generate_bevoelkerung().count(0, 100)
    return _average(generate_lage(), personen, GEMEINDE_DES_BLATTS, len(GEMEINDEN))


@lru_cache
def compute_siedlung() -> FloatArray:
    """Return how urban each Gemeinde is, by year: the mean of its parts, weighted by residents."""
    personen = generate_bevoelkerung().count(0, 100)
    return _average(generate_siedlung() + np.zeros(personen.shape), personen, GEMEINDE_DES_BLATTS, len(GEMEINDEN))


@lru_cache
def compute_wirtschaft() -> FloatArray:
    """Return how good the work around each Gemeinde is, by year."""
    return _average(generate_wirtschaft(), generate_bevoelkerung().count(0, 100), GEMEINDE_DES_BLATTS, len(GEMEINDEN))


@lru_cache
def compute_lage_planungsraum() -> FloatArray:
    """Return the social situation by Planungsraum and year."""
    ziel = np.array([list(PLANUNGSRAEUME).index(g.planungsraum) for g in GEMEINDEN])
    return _average(compute_lage(), count_bevoelkerung(0, 100), ziel, len(PLANUNGSRAEUME))


def _average(werte: FloatArray, gewichte: IntArray, ziel: IntArray, anzahl: int) -> FloatArray:
    """Return the weighted means of the rows that belong to the same target."""
    summen, gewicht = np.zeros((anzahl, ANZAHL_JAHRE)), np.zeros((anzahl, ANZAHL_JAHRE))
    np.add.at(summen, ziel, werte * gewichte)
    np.add.at(gewicht, ziel, gewichte.astype(np.float64))
    return summen / gewicht


def sum_planungsraeume(werte: IntArray) -> IntArray:
    """Add whole numbers of the Gemeinden up to the five Planungsräume."""
    return np.asarray(sum_to_planungsraeume(werte), dtype=np.int64)


def spread_verlauf(stuetzen: dict[int, float]) -> FloatArray:
    """Return one value per year, straight between the given years."""
    jahre = sorted(stuetzen)
    return np.interp(np.array(JAHRE, dtype=np.float64), jahre, [stuetzen[jahr] for jahr in jahre])


def draw_wobble(thema: str, fest: float, jaehrlich: float, anzahl: int = len(GEMEINDEN)) -> FloatArray:
    """Return factors around 1 with a lasting part per Raum, a yearly one, and the unrest of the whole Landkreis."""
    strom = open_stream(thema)
    dauerhaft = fest * np.clip(strom.standard_normal((anzahl, 1)), -2.2, 2.2)
    jahre = _UNRUHE * strom.standard_normal(ANZAHL_JAHRE)
    return np.asarray(
        np.clip(1 + dauerhaft + jahre + jaehrlich * strom.standard_normal((anzahl, ANZAHL_JAHRE)), 0.5, 1.6)
    )


def draw_counts(thema: str, erwartet: FloatArray, streuung: float = 1.0) -> IntArray:
    """Return whole numbers around what is expected, scattered like counts of rare events."""
    zufall = draw_verlauf(thema, (erwartet.shape[0], erwartet.shape[1]), 0.5)
    werte = erwartet + streuung * np.sqrt(np.maximum(erwartet, 0)) * zufall
    return np.asarray(np.maximum(np.rint(werte), 0), dtype=np.int64)
