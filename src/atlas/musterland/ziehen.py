"""Whole people drawn around expected values: binomial in every year, with a memory from one year to the next."""

from __future__ import annotations

from math import erf, exp, log, log1p, sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from atlas.musterland.zufall import open_stream

if TYPE_CHECKING:
    from atlas.musterland.raeume import FloatArray, IntArray

GEDAECHTNIS: Final = 0.75
"""Correlation of the chance of two years that follow each other: most people stay what they were."""
NEUE_PERSONEN: Final = 0.2
"""The same where other people are counted every year, such as those who leave school."""
_ZAEHLBAR: Final = 12.0
"""Up to this variance the distribution is counted out, above it is the normal one."""


def draw_verlauf(thema: str, form: tuple[int, int], gedaechtnis: float = GEDAECHTNIS) -> FloatArray:
    """Standard normal chance by row and year; two years of a row are the more alike the nearer they are."""
    neu = open_stream(f"verlauf: {thema}").standard_normal(form)
    verlauf = neu.copy()
    for j in range(1, form[1]):
        verlauf[:, j] = gedaechtnis * verlauf[:, j - 1] + sqrt(1 - gedaechtnis**2) * neu[:, j]
    return np.asarray(np.clip(verlauf, -2.6, 2.6))


def _count_out(ganzes: int, anteil: float, rang: float) -> int:
    """Number of hits at a rank of the binomial distribution."""
    if anteil <= 0.0:
        return 0
    dichte = exp(ganzes * log1p(-anteil))
    summe, treffer = dichte, 0
    while summe < rang and treffer < ganzes:
        dichte *= (ganzes - treffer) / (treffer + 1) * anteil / (1 - anteil)
        treffer += 1
        summe += dichte
    return treffer


def _draw_one(ganzes: int, anteil: float, zufall: float) -> int:
    """Hits among `ganzes` with a chance each, at a standard normal chance."""
    if anteil > 0.5:  # noqa: PLR2004 - the rarer side is counted
        return ganzes - _draw_one(ganzes, 1 - anteil, -zufall)
    streuung = ganzes * anteil * (1 - anteil)
    if streuung < _ZAEHLBAR:
        return _count_out(ganzes, anteil, 0.5 * (1 + erf(zufall / sqrt(2))))
    return min(max(round(ganzes * anteil + sqrt(streuung) * zufall), 0), ganzes)


def draw_teil(thema: str, ganzes: IntArray, anteil: FloatArray | float, gedaechtnis: float = GEDAECHTNIS) -> IntArray:
    """Part of whole numbers (rows x years): each one belongs to it with the chance `anteil`.

    All parts of the demo are drawn here, so that the shares of small places scatter as those of real ones do.
    """
    chance = np.clip(np.broadcast_to(anteil, ganzes.shape), 0.0, 1.0)
    verlauf = draw_verlauf(thema, (ganzes.shape[0], ganzes.shape[1]), gedaechtnis)
    werte = [
        _draw_one(int(g), float(a), float(z)) for g, a, z in zip(ganzes.flat, chance.flat, verlauf.flat, strict=True)
    ]
    return np.array(werte, dtype=np.int64).reshape(ganzes.shape)


def draw_eigenart(thema: str, gruppen: IntArray, jahre: int, fest: float, jaehrlich: float) -> FloatArray:
    """Deviations around zero (rows x years): lasting ones of the group and, smaller, of the row, and yearly ones.

    `gruppen` names the group of each row, such as the Gemeinde of a Sozialraum; a group of one row has one part only.
    """
    strom = open_stream(f"eigenart: {thema}")
    gruppe = np.clip(strom.standard_normal(int(gruppen.max()) + 1), -2.2, 2.2)[gruppen]
    geteilt = (np.bincount(gruppen) > 1)[gruppen]
    eigen = 0.8 * np.clip(strom.standard_normal(len(gruppen)), -2.2, 2.2) * geteilt
    jaehrliche = np.clip(strom.standard_normal((len(gruppen), jahre)), -2.2, 2.2)
    return np.asarray(fest * (gruppe + eigen)[:, None] + jaehrlich * jaehrliche)


def disturb_ziele(thema: str, ziele: FloatArray, streuung: float = 0.012) -> FloatArray:
    """Shares of the whole Kreis by year with the unrest of a real series; those below one stay below."""
    unruhe = streuung * np.clip(open_stream(f"unruhe: {thema}").standard_normal(len(ziele)), -2, 2)
    return np.array([1 / (1 + exp(-(log(z / (1 - z)) + u))) for z, u in zip(ziele, unruhe, strict=True)])
