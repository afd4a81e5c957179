"""Population by age group and the social situation that drives all other figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from atlas.musterland.stammdaten import GEMEINDEN, JAHRE, KLEINRODE, Typ
from atlas.musterland.zufall import open_stream

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

ALTERSGRUPPEN: Final = (
    "unter 3", "3 bis unter 6", "6 bis unter 15", "15 bis unter 18", "18 bis unter 20",
    "20 bis unter 25", "25 bis unter 65", "65 bis unter 80", "80 und mehr",
)  # fmt: skip

_ALTERSPROFIL: Final[dict[Typ, tuple[float, ...]]] = {  # per cent of the residents around 2022
    "stadt": (2.5, 2.6, 8.0, 2.7, 2.1, 5.6, 50.9, 17.6, 8.0),
    "industrie": (2.3, 2.4, 7.5, 2.5, 1.6, 4.3, 49.8, 20.2, 9.4),
    "kleinstadt": (2.3, 2.5, 8.0, 2.7, 1.7, 4.3, 50.9, 19.1, 8.5),
    "pendler": (2.8, 3.1, 9.6, 3.1, 1.8, 4.1, 53.6, 16.1, 5.8),
    "land": (2.2, 2.5, 8.0, 2.7, 1.7, 4.1, 52.0, 19.4, 7.4),
    "kleinst": (2.2, 2.6, 7.8, 2.6, 1.8, 4.1, 51.9, 19.8, 7.2),
}
_ALTERUNG: Final = (-0.035, -0.02, 0.01, 0.015, 0.005, -0.015, -0.009, 0.018, 0.012)
"""Relative change of the shares per year: fewer infants and workers, more elderly."""
_WACHSTUM: Final[dict[Typ, float]] = {
    "stadt": 0.002,
    "industrie": -0.008,
    "kleinstadt": -0.002,
    "pendler": 0.006,
    "land": -0.005,
    "kleinst": -0.001,
}
_LAGE: Final[dict[Typ, float]] = {
    "stadt": 1.9,
    "industrie": 3.0,
    "kleinstadt": 0.5,
    "pendler": -0.95,
    "land": -0.1,
    "kleinst": -0.1,
}

_STAEDTE: Final = ("stadt", "industrie")
_AUSLAENDER_STAEDTE: Final = 0.02
_AUSLAENDER_ZEIT: Final = (0.72, 0.76, 1.0, 1.06, 1.11, 1.15)


@dataclass(frozen=True)
class Bevoelkerung:
    """Residents by Gemeinde, year and age group at 31 December; `vorjahr` is the year before the first."""

    gruppen: IntArray
    auslaender: IntArray
    vorjahr: IntArray

    @property
    def insgesamt(self) -> IntArray:
        """Return all residents by Gemeinde and year."""
        return np.asarray(self.gruppen.sum(axis=2), dtype=np.int64)

    def count(self, von: str, bis: str) -> IntArray:
        """Return the residents of the age groups `von` up to and including `bis`."""
        a, b = ALTERSGRUPPEN.index(von), ALTERSGRUPPEN.index(bis)
        return np.asarray(self.gruppen[:, :, a : b + 1].sum(axis=2), dtype=np.int64)


def round_counts(werte: FloatArray) -> IntArray:
    """Round to whole people."""
    return np.rint(werte).astype(np.int64)


def get_typ_values(werte: dict[Typ, float]) -> FloatArray:
    """Return one value per Gemeinde from a table by type, as a column."""
    return np.array([[werte[g.typ]] for g in GEMEINDEN])


def generate_lage() -> FloatArray:
    """Return the social situation by Gemeinde and year (higher = poorer, about -2..3)."""
    strom = open_stream("soziale lage")
    form = (len(GEMEINDEN), len(JAHRE))
    niveau = get_typ_values(_LAGE) + 0.55 * strom.standard_normal((form[0], 1))
    richtung = 0.09 * strom.standard_normal((form[0], 1))
    verlauf = np.cumsum(0.06 * strom.standard_normal(form), axis=1)
    return np.asarray(np.clip(niveau + richtung * (np.arange(form[1]) - 2.5) + verlauf, -2.0, 3.2))


def _generate_totals() -> IntArray:
    """Return the residents by Gemeinde and year, beginning one year early."""
    strom = open_stream("einwohnerzahl")
    zuwachs = get_typ_values(_WACHSTUM) + 0.003 * strom.standard_normal((len(GEMEINDEN), 1))
    schritte = zuwachs + 0.003 * strom.standard_normal((len(GEMEINDEN), len(JAHRE)))
    schritte[:, JAHRE.index(2022)] += 0.006  # arrivals from Ukraine
    schritte[KLEINRODE] /= 3
    stand = np.array([[g.einwohner] for g in GEMEINDEN]) / np.cumprod(1 + schritte[:, ::-1], axis=1)
    return round_counts(np.hstack([stand[:, ::-1], [[g.einwohner] for g in GEMEINDEN]]))


def _allocate(gesamt: int, anteile: list[float]) -> list[int]:
    """Split a total into whole parts by the method of largest remainders."""
    genau = [gesamt * anteil / sum(anteile) for anteil in anteile]
    teile = [int(wert) for wert in genau]
    reste = sorted(range(len(genau)), key=lambda i: (teile[i] - genau[i], i))
    for i in reste[: gesamt - sum(teile)]:
        teile[i] += 1
    return teile


def _generate_auslaenderquote(lage: FloatArray) -> FloatArray:
    """Return the share of foreigners, with a step in 2022."""
    strom = open_stream("auslaender")
    quote = 0.032 + 0.018 * (lage + 1) + _AUSLAENDER_STAEDTE * np.array([[g.typ in _STAEDTE] for g in GEMEINDEN])
    eigenart = 1 + 0.15 * strom.standard_normal((len(GEMEINDEN), 1))
    zeit = np.array(_AUSLAENDER_ZEIT) * (1 + 0.02 * strom.standard_normal(lage.shape))
    return np.asarray(np.maximum(quote * eigenart, 0.012) * zeit)


def generate_bevoelkerung(lage: FloatArray) -> Bevoelkerung:
    """Return the residents by age group and the foreigners."""
    gesamt = _generate_totals()
    strom = open_stream("altersgruppen")
    form = (len(GEMEINDEN), len(JAHRE), len(ALTERSGRUPPEN))
    profil = np.array([_ALTERSPROFIL[g.typ] for g in GEMEINDEN])[:, None, :]
    eigenart = 1 + 0.05 * strom.standard_normal((form[0], 1, form[2]))
    zeit = 1 + np.array(_ALTERUNG) * (np.arange(form[1])[:, None] - 2)
    anteile = profil * eigenart * zeit * (1 + 0.008 * strom.standard_normal(form))
    gruppen = np.array(
        [[_allocate(int(gesamt[i, j + 1]), anteile[i, j].tolist()) for j in range(form[1])] for i in range(form[0])],
        dtype=np.int64,
    )
    auslaender = round_counts(_generate_auslaenderquote(lage) * gesamt[:, 1:])
    return Bevoelkerung(gruppen, auslaender, gesamt[:, 0])
