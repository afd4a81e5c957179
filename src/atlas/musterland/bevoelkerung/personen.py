"""The residents whom the figures of households, work and income are about: those of the institution are left out."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from atlas.musterland.bevoelkerung.einrichtung import generate_bewohner
from atlas.musterland.bevoelkerung.fortschreibung import generate_bevoelkerung
from atlas.musterland.raeume import GEMEINDE_DES_BLATTS, FloatArray, IntArray
from atlas.musterland.stammdaten import EINRICHTUNG

_ALTER_MAX: Final = 100
_GRENZE_DAVOR: Final = 65
_MONATE_UEBER_65: Final = (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14)
"""§ 235 SGB VI: months beyond 65 years of those who reach the limit in 2014 .. 2025."""


def _count_bewohner(von: int, bis: int, geschlecht: int | None) -> IntArray:
    """Residents of the institution by leaf and year; ages inclusive.

    They live there for weeks, get benefits from the Land and are in no figure of the Kreis.
    """
    bewohner = generate_bewohner()[:, von : bis + 1]
    je_jahr = (bewohner if geschlecht is None else bewohner[:, :, geschlecht : geschlecht + 1]).sum(axis=(1, 2))
    return np.where((GEMEINDE_DES_BLATTS == EINRICHTUNG)[:, None], je_jahr, 0)


@lru_cache(maxsize=64)
def count_personen_im_alter(von: int, bis: int, geschlecht: int | None = None) -> IntArray:
    """Residents on 31 December by leaf and year without those of the institution; ages inclusive."""
    return generate_bevoelkerung().count(von, bis, geschlecht) - _count_bewohner(von, bis, geschlecht)


def count_vorjahr(von: int, bis: int, geschlecht: int | None = None) -> IntArray:
    """The same on 31 December of the year before; the institution did not exist in the first one."""
    vorher = np.roll(_count_bewohner(von, bis, geschlecht), 1, axis=1)
    vorher[:, 0] = 0
    return generate_bevoelkerung().count_vorjahr(von, bis, geschlecht) - vorher


def count_vor_rente(von: int, geschlecht: int | None = None) -> FloatArray:
    """Residents of an age below the Regelaltersgrenze, the years at the limit in proportion."""
    ueber_65 = np.array(_MONATE_UEBER_65) / 12
    mit_65 = np.minimum(ueber_65, 1) * count_personen_im_alter(_GRENZE_DAVOR, _GRENZE_DAVOR, geschlecht)
    mit_66 = np.maximum(ueber_65 - 1, 0) * count_personen_im_alter(_GRENZE_DAVOR + 1, _GRENZE_DAVOR + 1, geschlecht)
    return np.asarray(count_personen_im_alter(von, _GRENZE_DAVOR - 1, geschlecht) + mit_65 + mit_66)


def count_rentenalter(geschlecht: int | None = None) -> FloatArray:
    """Residents who have reached the Regelaltersgrenze."""
    return np.asarray(count_personen_im_alter(0, _ALTER_MAX, geschlecht) - count_vor_rente(0, geschlecht))
