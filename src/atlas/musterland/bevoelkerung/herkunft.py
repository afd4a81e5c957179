"""Foreigners, residents with Migrationshintergrund and naturalisations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from atlas.musterland.bevoelkerung.einrichtung import generate_bewohner
from atlas.musterland.bevoelkerung.fortschreibung import generate_bevoelkerung
from atlas.musterland.lage import generate_lage, generate_wirtschaft
from atlas.musterland.raeume import BLAETTER, GEMEINDE_DES_BLATTS, FloatArray, IntArray, sum_to_gemeinden
from atlas.musterland.stammdaten import EINRICHTUNG, JAHRE
from atlas.musterland.ziehen import draw_eigenart, draw_teil
from atlas.musterland.zufall import open_stream

_AUSLAENDER: Final = {
    "altstadt": 0.085, "gruenderzeit": 0.13, "grosssiedlung": 0.13, "siedlung": 0.05, "villen": 0.045,
    "eigenheim": 0.022, "neubau": 0.04, "gewerbe": 0.13, "ortsteil": 0.022,
    "pendler": 0.032, "land": 0.031, "kleinst": 0.015,
}  # fmt: skip
"""Share of foreigners at the end of 2025 in a place of average situation."""
_VERLAUF: Final = (0.36, 0.5, 0.56, 0.58, 0.6, 0.62, 0.63, 0.66, 0.9, 0.94, 0.98, 1.0)
_DEUTSCHE_ANTEIL: Final = 0.022
_DEUTSCHE_JE_AUSLAENDER: Final = 0.32
"""Germans with Migrationshintergrund: resettlers everywhere, and children and naturalised where foreigners live."""
_KINDER: Final = 1.75
"""How much more frequent Migrationshintergrund is among children."""
_HOECHSTENS: Final = 0.78
_TRAEGHEIT: Final = 0.93
"""Origins change slowly; see `ziehen.GEDAECHTNIS`."""
_EINBUERGERUNGEN: Final = (9.0, 10.0, 10.5, 11.0, 11.5, 13.0, 11.0, 14.0, 15.0, 17.0, 24.0, 27.0)
"""Naturalisations per 1,000 foreigners; easier since June 2024."""


@dataclass(frozen=True)
class Herkunft:
    """Counts by leaf and year."""

    auslaender: IntArray
    migrationshintergrund: IntArray
    migrationshintergrund_unter_18: IntArray


def _compute_share(lage: FloatArray) -> FloatArray:
    strom = open_stream("auslaender 2")
    mitte = np.array([_AUSLAENDER[blatt.typ] for blatt in BLAETTER])[:, None]
    eigenart = np.exp(draw_eigenart("auslaender", GEMEINDE_DES_BLATTS, len(JAHRE), 0.2, 0.015))
    zeit = np.array(_VERLAUF) * strom.uniform(0.985, 1.015, size=len(JAHRE))
    wirtschaft = np.exp(0.1 * generate_wirtschaft())
    return np.asarray(mitte * np.clip(1 + 0.15 * lage, 0.6, 1.5) * eigenart * zeit * wirtschaft)


@lru_cache(maxsize=1)
def generate_herkunft() -> Herkunft:
    """Foreigners and residents with Migrationshintergrund by leaf and year."""
    bev = generate_bevoelkerung()
    heim = np.zeros((len(BLAETTER), len(JAHRE)), dtype=np.int64)
    zeile = next(i for i, blatt in enumerate(BLAETTER) if blatt.gemeinde == EINRICHTUNG)
    heim[zeile] = generate_bewohner().sum(axis=(1, 2))
    kinder_im_heim = np.zeros_like(heim)
    kinder_im_heim[zeile] = generate_bewohner()[:, :18].sum(axis=(1, 2))
    einwohner, kinder = bev.count(0, 100) - heim, bev.count(0, 17) - kinder_im_heim
    anteil = _compute_share(generate_lage())
    auslaender = draw_teil("auslaender", einwohner, anteil, _TRAEGHEIT)
    deutsche = np.exp(draw_eigenart("deutsche mit hintergrund", GEMEINDE_DES_BLATTS, len(JAHRE), 0.2, 0.01))
    quote = (_DEUTSCHE_ANTEIL + _DEUTSCHE_JE_AUSLAENDER * anteil) * deutsche
    hintergrund = auslaender + draw_teil("deutsche mit hintergrund", einwohner - auslaender, quote, _TRAEGHEIT)
    faktor = np.exp(draw_eigenart("kinder migration", GEMEINDE_DES_BLATTS, len(JAHRE), 0.1, 0.02))
    quote = np.minimum(hintergrund / einwohner * _KINDER * faktor, _HOECHSTENS)
    junge = np.minimum(draw_teil("kinder migration", kinder, quote, _TRAEGHEIT), hintergrund)
    return Herkunft(auslaender + heim, hintergrund + heim, junge + kinder_im_heim)


def generate_einbuergerungen() -> IntArray:
    """Naturalisations by Gemeinde and year; people in the institution are too new to be among them."""
    auslaender = sum_to_gemeinden(generate_herkunft().auslaender)
    auslaender[EINRICHTUNG] -= generate_bewohner().sum(axis=(1, 2))
    vorjahr = np.concatenate([auslaender[:, :1], auslaender[:, :-1]], axis=1)
    strom = open_stream("einbuergerungen")
    rate = np.array(_EINBUERGERUNGEN) / 1000 * strom.uniform(0.7, 1.3, size=vorjahr.shape)
    return draw_teil("einbuergerungen", vorjahr, rate, 0.3)
