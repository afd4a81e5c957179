"""Children in day care and the places for them, on 1 March, at the place of the facility."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from atlas.musterland.jugend.grundlage import (
    compute_lage,
    compute_siedlung,
    compute_wirtschaft,
    count_im_vorjahr,
    draw_wobble,
    spread_verlauf,
)
from atlas.musterland.stammdaten import GEMEINDEN, JAHRE, Typ
from atlas.musterland.ziehen import draw_teil

if TYPE_CHECKING:
    from atlas.musterland.raeume import FloatArray, IntArray

_QUOTE_U3: Final = {2014: 0.505, 2019: 0.527, 2021: 0.522, 2025: 0.546}
_QUOTE_AB_3: Final = {2014: 0.951, 2019: 0.947, 2022: 0.938, 2025: 0.945}
_SPRACHE: Final = {2014: 0.040, 2016: 0.055, 2021: 0.085, 2023: 0.115, 2025: 0.125}
_ORT: Final[dict[Typ, float]] = {
    "stadt": 0.02, "industrie": 0.005, "kleinstadt": 0.012, "pendler": -0.005, "land": -0.02, "kleinst": -0.05,
}  # fmt: skip
"""Children from the villages go to day care on the way to work."""
_NOCH_NICHT_IN_SCHULE: Final = 0.56
_STUFE: Final = 5
"""Licences are given in steps of five places."""
_ABBAU: Final = 0.965
"""Share of the places that is kept from one year to the next when fewer children come."""


@dataclass(frozen=True)
class Kita:
    """Children and places by Gemeinde and year; places outlast the children they were made for."""

    unter_3: IntArray
    ab_3: IntArray
    ab_6: IntArray
    sprache: IntArray
    tagespflege: IntArray
    plaetze_unter_3: IntArray
    plaetze_ab_3: IntArray
    belegbar: IntArray

    @property
    def kinder(self) -> IntArray:
        """Return all children in day care."""
        return self.unter_3 + self.ab_3 + self.ab_6

    @property
    def plaetze(self) -> IntArray:
        """Return all licensed places."""
        return self.plaetze_unter_3 + self.plaetze_ab_3


def _generate_plaetze(kinder: IntArray, reserve: float) -> IntArray:
    """Return licensed places: they follow rising numbers at once and falling ones slowly."""
    noetig = np.ceil(kinder * reserve / _STUFE) * _STUFE
    stand = noetig.copy()
    for jahr in range(1, len(JAHRE)):
        rest = np.floor(stand[:, jahr - 1] * _ABBAU / _STUFE) * _STUFE
        stand[:, jahr] = np.maximum(noetig[:, jahr], rest)
    return np.asarray(stand, dtype=np.int64)


def _generate_sprache(kinder: IntArray, lage: FloatArray) -> IntArray:
    """Return the children whose family mainly speaks another language than German."""
    staedtisch = np.array([[1.5 if g.typ in {"stadt", "industrie"} else 0.8] for g in GEMEINDEN])
    anteil = spread_verlauf(_SPRACHE) * staedtisch * np.maximum(1 + 0.22 * lage, 0.25)
    return draw_teil("familiensprache", kinder, anteil * draw_wobble("familiensprache quote", 0.12, 0.04))


def generate_kita() -> Kita:
    """Return day care on 1 March of every year, from the residents at the end of the year before."""
    lage = compute_lage()
    ort = np.array([[_ORT[g.typ]] for g in GEMEINDEN])
    quote = (spread_verlauf(_QUOTE_U3) - 0.012 * lage + 0.012 * compute_wirtschaft() + ort) * draw_wobble(
        "kita unter drei", 0.05, 0.012
    )
    unter_3 = draw_teil("kita kinder unter drei", count_im_vorjahr(0, 2), quote)
    quote = (spread_verlauf(_QUOTE_AB_3) - 0.006 * lage + 0.003 * compute_siedlung() + ort) * draw_wobble(
        "kita ab drei", 0.012, 0.006
    )
    ab_3 = draw_teil("kita kinder ab drei", count_im_vorjahr(3, 5), np.minimum(quote, 0.99))
    aeltere = _NOCH_NICHT_IN_SCHULE * draw_wobble("kita ab sechs", 0.03, 0.03)
    ab_6 = draw_teil("kita kinder ab sechs", count_im_vorjahr(6, 6), aeltere)
    plaetze_unter_3 = _generate_plaetze(unter_3, 1.06)
    plaetze_ab_3 = _generate_plaetze(ab_3 + ab_6, 1.04)
    plaetze, kinder = plaetze_unter_3 + plaetze_ab_3, unter_3 + ab_3 + ab_6
    belegbar = np.rint(plaetze * np.clip(draw_wobble("belegbare plätze", 0.012, 0.006) - 0.035, 0.9, 0.995))
    return Kita(
        unter_3, ab_3, ab_6,
        sprache=_generate_sprache(kinder, lage),
        tagespflege=draw_teil("tagespflege", unter_3, 0.065 * draw_wobble("tagespflege quote", 0.3, 0.05)),
        plaetze_unter_3=plaetze_unter_3,
        plaetze_ab_3=plaetze_ab_3,
        belegbar=np.maximum(np.asarray(belegbar, dtype=np.int64), kinder),
    )  # fmt: skip
