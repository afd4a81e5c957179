"""Shares by leaf and year that follow what drives them and meet the figure of the whole Kreis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from atlas.musterland.lage import generate_lage, generate_siedlung, generate_wirtschaft
from atlas.musterland.raeume import BLAETTER, GEMEINDE_DES_BLATTS, FloatArray, IntArray
from atlas.musterland.runden import round_counts
from atlas.musterland.stammdaten import AGS, JAHRE, KLEINRODE
from atlas.musterland.ziehen import disturb_ziele, draw_eigenart, draw_teil

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_GRENZEN: Final = (-14.0, 8.0)
_SCHRITTE: Final = 60
_KLEINSTE_ZAHL: Final = 3
"""Below it the employment agency gives no figure."""
_ERSTES_INDEXJAHR: Final = 2020


class Neigung(NamedTuple):
    """How the chance of a leaf (its logit) depends on what drives it, and how far leaves deviate for themselves."""

    lage: float
    siedlung: float = 0.0
    wirtschaft: float = 0.0
    fest: float = 0.08
    """Lasting deviation of a Gemeinde and, smaller, of its quarters."""
    jaehrlich: float = 0.02
    gemeinsam: str = ""
    """Topic whose deviations are shared: the same families, the same employers."""
    gemeinsam_fest: float = 0.1


def compute_neigung(thema: str, neigung: Neigung) -> FloatArray:
    """Slope of all leaves and years."""
    werte = neigung.lage * generate_lage() + neigung.siedlung * generate_siedlung()
    werte = werte + neigung.wirtschaft * generate_wirtschaft()
    for name, fest in ((thema, neigung.fest), (neigung.gemeinsam, neigung.gemeinsam_fest)):
        if name:
            jaehrlich = neigung.jaehrlich * (name == thema)
            werte = werte + draw_eigenart(name, GEMEINDE_DES_BLATTS, len(JAHRE), fest, jaehrlich)
    return np.asarray(werte)


def _to_anteil(logit: FloatArray) -> FloatArray:
    return np.asarray(1 / (1 + np.exp(-logit)))


def fit_anteile(
    ziele: Sequence[float] | FloatArray, personen: FloatArray | IntArray, neigung: FloatArray
) -> FloatArray:
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
    thema: str, ziele: Sequence[float] | FloatArray, personen: FloatArray | IntArray, neigung: Neigung
) -> IntArray:
    """Persons of a kind by leaf and year, about as many in the Kreis as the shares of each year ask for."""
    unruhige = disturb_ziele(thema, np.asarray(ziele, dtype=np.float64))
    anteile = fit_anteile(unruhige, personen, compute_neigung(thema, neigung))
    return draw_teil(f"wirtschaft {thema}", round_counts(np.asarray(personen, dtype=np.float64)), anteile)


def derive_rest(
    ziele: Sequence[float], alle: FloatArray | IntArray, teile: Sequence[tuple[Sequence[float], FloatArray | IntArray]]
) -> tuple[FloatArray, FloatArray]:
    """Share by year, and number, of those who are in no part, so that all together meet the aims."""
    personen = np.asarray(alle - sum(p for _, p in teile), dtype=np.float64)
    treffer = np.asarray(ziele) * alle.sum(axis=0) - sum(np.asarray(z) * p.sum(axis=0) for z, p in teile)
    return np.asarray(treffer / personen.sum(axis=0)), personen


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
