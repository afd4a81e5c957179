"""People in need of care, with the wider definition since 2017; homes count where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from atlas.musterland.jugend.grundlage import (
    compute_lage,
    count_bevoelkerung,
    draw_counts,
    draw_wobble,
    spread_verlauf,
)
from atlas.musterland.stammdaten import GEMEINDEN
from atlas.musterland.ziehen import draw_teil

if TYPE_CHECKING:
    from atlas.musterland.raeume import FloatArray, IntArray

JAHRE_PFLEGE: Final = (2015, 2017, 2019, 2021, 2023)

_BIS_79: Final = ((0, 59, 0.0088), (60, 69, 0.035), (70, 74, 0.066), (75, 79, 0.127))
_AB_80: Final = ((80, 84, 0.281), (85, 89, 0.503), (90, 100, 0.742))
"""Rates of 2015, when only three Pflegestufen counted."""
_VERLAUF_BIS_79: Final = {2014: 0.97, 2015: 1.0, 2017: 1.28, 2019: 1.50, 2021: 1.70, 2023: 1.88, 2025: 1.98}
_VERLAUF_AB_80: Final = {2014: 0.98, 2015: 1.0, 2017: 1.12, 2019: 1.19, 2021: 1.25, 2023: 1.30, 2025: 1.33}
_HEIMPLATZ_JE_HOCHBETAGTEM: Final = {2014: 0.178, 2017: 0.172, 2019: 0.162, 2021: 0.148, 2025: 0.148}
_PFLEGEDIENST: Final = {2014: 0.34, 2017: 0.32, 2023: 0.27, 2025: 0.26}
_AB_80_IM_HEIM: Final = 0.74
_NUR_GRAD_1: Final = {2014: 0.0, 2018: 0.0, 2019: 0.055, 2021: 0.125, 2025: 0.14}
"""People who use neither a service nor a home nor Pflegegeld; the survey counts them since 2019."""
_ORTE_MIT_HEIM: Final = {
    "Musterstadt": 1.0, "Hammerwerda": 1.15, "Bad Lindenbrunn": 1.6, "Königsfurth": 1.25, "Burgwalda": 1.2,
    "Grünfelde": 1.0, "Groß Wiesen": 1.7, "Wolfsgrünau": 1.4, "Mühlenau": 0.9, "Weidenhöhe": 1.2, "Dornwalde": 1.5,
    "Niederwarth": 1.4, "Löwensgrün": 1.3, "Röthelbach": 1.5, "Föhrenbrück": 1.3, "Steinfurtha": 1.1,
}  # fmt: skip
"""Gemeinden with a home, and its size relative to the very old who live there."""


@dataclass(frozen=True)
class Pflege:
    """People in need of care by Gemeinde and year, by kind of care; `ab_80` is a part of all."""

    pflegegeld: IntArray
    pflegedienst: IntArray
    heim: IntArray
    nur_pflegegrad_1: IntArray
    ab_80: IntArray

    @property
    def insgesamt(self) -> IntArray:
        """Return all people in need of care."""
        return self.pflegegeld + self.pflegedienst + self.heim + self.nur_pflegegrad_1


def _expect(gruppen: tuple[tuple[int, int, float], ...], verlauf: dict[int, float]) -> FloatArray:
    summe = sum((rate * count_bevoelkerung(von, bis) for von, bis, rate in gruppen), start=np.zeros(1))
    eigenart = draw_wobble(f"pflege ab {gruppen[0][0]}", 0.06, 0.01)
    return np.asarray(summe * spread_verlauf(verlauf) * eigenart * (1 + 0.015 * compute_lage()))


def _take_teil(ganzes: IntArray, anteil: FloatArray | float) -> IntArray:
    return np.asarray(np.rint(ganzes * anteil), dtype=np.int64)


def _generate_heim() -> tuple[IntArray, IntArray]:
    """Return people in homes where the home stands, and where they lived before."""
    hochbetagte = count_bevoelkerung(80, 100)
    ort = np.array([[_ORTE_MIT_HEIM.get(g.name, 0.0)] for g in GEMEINDEN])
    heim = draw_counts("pflege heim", spread_verlauf(_HEIMPLATZ_JE_HOCHBETAGTEM) * hochbetagte * ort, 0.15)
    anteil = np.asarray(heim.sum(axis=0) / hochbetagte.sum(axis=0), dtype=np.float64)
    return heim, _take_teil(hochbetagte, anteil)


def generate_pflege() -> Pflege:
    """Return people in need of care on 15 December, of all years; the statistic appears every second year."""
    juengere = draw_counts("pflege jüngere", _expect(_BIS_79, _VERLAUF_BIS_79))
    hochbetagte = draw_counts("pflege ältere", _expect(_AB_80, _VERLAUF_AB_80))
    heim, frueher = _generate_heim()
    zuhause = np.maximum(juengere + hochbetagte - frueher, 1)
    alt_zuhause = np.clip(hochbetagte - _take_teil(frueher, _AB_80_IM_HEIM), 0, zuhause)
    ab_80 = np.minimum(alt_zuhause + _take_teil(heim, _AB_80_IM_HEIM), count_bevoelkerung(80, 100))
    nur_grad_1 = draw_teil(
        "pflegegrad 1", zuhause, spread_verlauf(_NUR_GRAD_1) * draw_wobble("pflegegrad 1 quote", 0.08, 0.02)
    )
    rest = zuhause - nur_grad_1
    dienst = draw_teil("pflege dienst", rest, spread_verlauf(_PFLEGEDIENST) * draw_wobble("pflegedienst", 0.08, 0.02))
    return Pflege(rest - dienst, dienst, heim, nur_grad_1, ab_80)
