"""Dwellings: stock, new ones, the Zensus of 2022, rents and homeless persons with a shelter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from atlas.musterland.bevoelkerung.personen import count_personen_im_alter
from atlas.musterland.raeume import FloatArray, IntArray, sum_to_gemeinden
from atlas.musterland.runden import round_counts
from atlas.musterland.stammdaten import GEMEINDEN, JAHRE, Typ
from atlas.musterland.ziehen import draw_teil
from atlas.musterland.zufall import open_stream

JAHR_DES_ZENSUS: Final = 2022
_PERSONEN_JE_WOHNUNG: Final[dict[Typ, float]] = {
    "stadt": 1.79,
    "industrie": 1.72,
    "kleinstadt": 1.86,
    "pendler": 2.12,
    "land": 2.04,
    "kleinst": 2.02,
}
_NEU_JE_1000_WOHNUNGEN: Final[dict[Typ, float]] = {
    "stadt": 4.4,
    "industrie": 2.0,
    "kleinstadt": 3.2,
    "pendler": 7.2,
    "land": 3.6,
    "kleinst": 2.0,
}
_BAUJAHR: Final = np.array([0.80, 0.86, 0.95, 1.00, 1.06, 1.10, 1.14, 1.12, 1.06, 0.98, 0.78, 0.66])
_ABGANG: Final = 0.0011
"""Dwellings lost in a year as a share of the stock."""
_NEUER_BESTAND: Final[dict[Typ, float]] = {
    "stadt": 0.987,
    "industrie": 0.981,
    "kleinstadt": 0.991,
    "pendler": 1.004,
    "land": 0.996,
    "kleinst": 1.0,
}
"""2022 on the base of the Zensus 2022 as a share of what the update from the Zensus 2011 gave."""
_IN_HAEUSERN: Final[dict[Typ, float]] = {
    "stadt": 0.31,
    "industrie": 0.27,
    "kleinstadt": 0.47,
    "pendler": 0.73,
    "land": 0.80,
    "kleinst": 0.92,
}
_FLAECHE: Final[dict[Typ, float]] = {
    "stadt": 79.0,
    "industrie": 74.0,
    "kleinstadt": 86.0,
    "pendler": 103.0,
    "land": 104.0,
    "kleinst": 106.0,
}
_FLAECHE_WAECHST: Final = 0.0021
_LEER: Final[dict[Typ, float]] = {
    "stadt": 0.066,
    "industrie": 0.112,
    "kleinstadt": 0.082,
    "pendler": 0.045,
    "land": 0.075,
    "kleinst": 0.10,
}


@dataclass(frozen=True)
class Wohnungen:
    """Dwellings by Gemeinde and year."""

    bestand: IntArray
    in_haeusern: IntArray
    """In houses with one or two dwellings."""
    flaeche: IntArray
    """Living space in 100 m²: the statistic gives 1,000 m² with one decimal."""
    neu: IntArray


@dataclass(frozen=True)
class Zensus:
    """Dwellings on 15 May 2022 by Gemeinde."""

    wohnungen: IntArray
    leer: IntArray


def _by_typ(werte: dict[Typ, float], thema: str, streuung: float) -> FloatArray:
    """Value of each Gemeinde as a column: that of its kind, with a lasting deviation."""
    strom = open_stream(f"wirtschaft: {thema}")
    faktor = 1 + strom.uniform(-streuung, streuung, size=len(GEMEINDEN))
    return np.asarray([[werte[g.typ]] for g in GEMEINDEN] * faktor[:, None])


def _grow_bestand(neu: IntArray) -> IntArray:
    """Stock at the end of each year: what is new is added, what is lost taken off, 2022 counted anew."""
    einwohner = sum_to_gemeinden(count_personen_im_alter(0, 100))[:, :1]
    stand = einwohner / _by_typ(_PERSONEN_JE_WOHNUNG, "personen je wohnung", 0.02)
    neubasis = _by_typ(_NEUER_BESTAND, "neuer bestand", 0.003)
    jahre = []
    for j, jahr in enumerate(JAHRE):
        stand = stand * (1 - _ABGANG) + neu[:, j : j + 1]
        if jahr == JAHR_DES_ZENSUS:
            stand = stand * neubasis
        jahre.append(stand)
    return round_counts(np.hstack(jahre))


@lru_cache(maxsize=1)
def generate_wohnungen() -> Wohnungen:
    """Stock and new dwellings by Gemeinde and year."""
    strom = open_stream("wirtschaft: neue wohnungen")
    grund = sum_to_gemeinden(count_personen_im_alter(0, 100))[:, :1] / 2000
    erwartet = grund * _by_typ(_NEU_JE_1000_WOHNUNGEN, "bautaetigkeit", 0.25) * _BAUJAHR
    neu = round_counts(erwartet * strom.uniform(0.6, 1.4, size=erwartet.shape))
    bestand = _grow_bestand(neu)
    in_haeusern = np.clip(_by_typ(_IN_HAEUSERN, "ein- und zweifamilienhaeuser", 0.09), 0.2, 0.96) * bestand
    zuwachs = 1 + _FLAECHE_WAECHST * np.arange(len(JAHRE))
    flaeche = bestand * _by_typ(_FLAECHE, "wohnflaeche", 0.02) * zuwachs / 100
    return Wohnungen(bestand, round_counts(in_haeusern), round_counts(flaeche), neu)


def generate_zensus() -> Zensus:
    """Dwellings and empty ones of the Zensus, as counted, before the publisher's noise."""
    bestand = generate_wohnungen().bestand[:, JAHRE.index(JAHR_DES_ZENSUS)]
    leer = draw_teil("leerstand", bestand[:, None], _by_typ(_LEER, "leerstand", 0.3))[:, 0]
    return Zensus(bestand, leer)
