"""The dense kernel: arrays years x areas x Indikatoren in, z values and sums out. No names, no tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from atlas.core.verfahren import Standardisierung

    Zahlen = NDArray[np.float64]
    Maske = NDArray[np.bool_]

_RELATIVE_NULL = 1e-12
"""A spread below this share of the size of the values is rounding noise of equal values."""


@dataclass(frozen=True)
class Momente:
    """Centre and spread, one per year and column."""

    mittel: Zahlen
    streuung: Zahlen


def compute_momente(
    x: Zahlen, einbezogen: Maske, gewicht: Zahlen, verfahren: Standardisierung, gesamtwert: Zahlen | None
) -> Momente:
    """Give the moments over the included areas.

    `x` has the shape (years, areas, columns), `einbezogen` and `gewicht` (years, areas), `gesamtwert`
    (years, columns). The spread is taken around the mean of the areas, also when the centre is the
    value of the whole area. Years without two included areas give zeros.
    """
    w = np.where(einbezogen, gewicht if verfahren.gewichtung == "bevoelkerung" else 1.0, 0.0)[:, :, None]
    gefuellt = np.where(einbezogen[:, :, None], x, 0.0)
    summe = np.maximum(w.sum(axis=1), np.finfo(float).tiny)
    mittel = (w * gefuellt).sum(axis=1) / summe
    abstand = np.where(einbezogen[:, :, None], gefuellt - mittel[:, None, :], 0.0)
    nenner = np.maximum(summe - verfahren.freiheitsgrade, np.finfo(float).tiny)
    streuung = np.sqrt((w * abstand**2).sum(axis=1) / nenner)
    zentrum = mittel if gesamtwert is None else gesamtwert
    return Momente(zentrum, streuung)


def standardise(x: Zahlen, momente: Momente) -> Zahlen:
    """Give (x - centre) / spread; a column without spread tells the areas not apart and becomes 0."""
    groesse = np.maximum(np.abs(momente.mittel), 1.0)
    ohne_streuung = momente.streuung <= _RELATIVE_NULL * groesse
    teiler = np.where(ohne_streuung, 1.0, momente.streuung)
    z: Zahlen = (x - momente.mittel[:, None, :]) / teiler[:, None, :]
    return np.where(ohne_streuung[:, None, :], 0.0, z)


def combine(z: Zahlen, gewichte: Zahlen, zusammenfassung: str) -> Zahlen:
    """Add the weighted z values, or take their weighted mean; shape (years, areas)."""
    summe: Zahlen = (z * gewichte).sum(axis=2)
    return summe / np.abs(gewichte).sum() if zusammenfassung == "mittelwert" else summe
