"""Households, as a procedure derives them from the register: by composition, with their members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from atlas.musterland.bevoelkerung.fortschreibung import generate_bevoelkerung
from atlas.musterland.lage import generate_lage
from atlas.musterland.raeume import BLAETTER, FloatArray, IntArray
from atlas.musterland.runden import round_counts
from atlas.musterland.stammdaten import JAHRE
from atlas.musterland.zufall import open_stream

_JAHR: Final = np.arange(len(JAHRE)) - 6
_ALLEINLEBEND: Final = {
    "altstadt": 0.27, "gruenderzeit": 0.3, "grosssiedlung": 0.28, "siedlung": 0.21, "villen": 0.15,
    "eigenheim": 0.09, "neubau": 0.11, "gewerbe": 0.28, "ortsteil": 0.11,
    "pendler": 0.12, "land": 0.14, "kleinst": 0.13,
}  # fmt: skip
"""Share of those aged 20 to 64 who live alone."""
_ALLEINLEBEND_65: Final = (0.25, 0.46)
"""Share of those aged 65 to 79 and 80 and more who live alone."""
_KINDER_JE_FAMILIE: Final = 1.62
_MITGLIEDER_SONST: Final = 2.18
"""Members of a household of several adults."""
_IM_HEIM: Final = (0.009, 0.105)
"""Share of those aged under 80, and 80 and more, in homes: they belong to no household."""


@dataclass(frozen=True)
class Haushalte:
    """Counts by leaf and year."""

    haushalte: IntArray
    mitglieder: IntArray
    einperson: IntArray
    mit_kindern: IntArray
    alleinerziehend: IntArray
    kinderreich: IntArray
    alleinlebende_ab65: IntArray


def _draw_wobble(thema: str, fest: float, jaehrlich: float) -> FloatArray:
    """Factors around 1 with a lasting part per leaf and a yearly part."""
    strom = open_stream(thema)
    dauerhaft = strom.uniform(-fest, fest, size=(len(BLAETTER), 1))
    return np.asarray(1 + dauerhaft + strom.uniform(-jaehrlich, jaehrlich, size=(len(BLAETTER), len(JAHRE))))


def generate_haushalte() -> Haushalte:
    """Households of all leaves; their members are all residents except those in homes."""
    bev, lage = generate_bevoelkerung(), generate_lage()
    kinder, aeltere = bev.count(0, 17), (bev.count(65, 79), bev.count(80, 100))
    heim = _IM_HEIM[0] * bev.count(0, 79) + _IM_HEIM[1] * aeltere[1]
    mitglieder = bev.count(0, 100) - round_counts(heim * _draw_wobble("heime", 0.5, 0.05))
    allein = sum(anteil * anzahl for anteil, anzahl in zip(_ALLEINLEBEND_65, aeltere, strict=True))
    faktor = np.clip(1 + 0.07 * lage, 0.85, 1.25) * _draw_wobble("allein ab 65", 0.08, 0.015)
    ab65 = round_counts(allein * faktor)
    typ = np.array([_ALLEINLEBEND[blatt.typ] for blatt in BLAETTER])[:, None]
    juenger = bev.count(20, 64) * typ * np.clip(1 + 0.08 * lage, 0.85, 1.25) * (1 + 0.006 * _JAHR)
    einperson = ab65 + round_counts(juenger * _draw_wobble("allein unter 65", 0.07, 0.012))
    mit_kindern = round_counts(kinder / (_KINDER_JE_FAMILIE * _draw_wobble("kinder je familie", 0.03, 0.006)))
    anteil = np.clip(0.2 + 0.05 * lage, 0.09, 0.4) * _draw_wobble("alleinerziehende", 0.08, 0.025)
    alleinerziehend = round_counts(mit_kindern * anteil)
    anteil = np.clip(0.095 + 0.012 * lage + 0.012 * lage * np.maximum(lage, 0), 0.06, 0.24)
    kinderreich = round_counts(mit_kindern * anteil * (1 + 0.012 * _JAHR) * _draw_wobble("kinderreiche", 0.1, 0.03))
    in_familien = kinder + 2 * mit_kindern - alleinerziehend
    sonstige = round_counts(np.maximum(mitglieder - einperson - in_familien, 0) / _MITGLIEDER_SONST)
    haushalte = einperson + mit_kindern + sonstige
    return Haushalte(haushalte, mitglieder, einperson, mit_kindern, alleinerziehend, kinderreich, ab65)
