"""Households, as a procedure derives them from the register: by composition, with their members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from atlas.musterland.bevoelkerung.personen import count_personen_im_alter
from atlas.musterland.lage import generate_lage, generate_siedlung
from atlas.musterland.raeume import BLAETTER, GEMEINDE_DES_BLATTS, FloatArray, IntArray
from atlas.musterland.runden import round_counts
from atlas.musterland.stammdaten import JAHRE
from atlas.musterland.ziehen import draw_eigenart, draw_teil

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
_TRAEGHEIT: Final = 0.93
"""Households change slowly; see `ziehen.GEDAECHTNIS`."""


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


def _vary(thema: str, fest: float, jaehrlich: float) -> FloatArray:
    """Factors around 1 with a lasting part per Gemeinde and quarter and a yearly part."""
    return 1 + draw_eigenart(thema, GEMEINDE_DES_BLATTS, len(JAHRE), fest, jaehrlich)


def _count_mitglieder() -> IntArray:
    """All residents except those in homes and in the institution."""
    heim = _IM_HEIM[0] * count_personen_im_alter(0, 79) + _IM_HEIM[1] * count_personen_im_alter(80, 100)
    return count_personen_im_alter(0, 100) - round_counts(heim * np.clip(_vary("heime", 0.3, 0.02), 0.3, 1.7))


def _count_alleinlebende() -> tuple[IntArray, IntArray]:
    """People aged 20 to 64, and 65 and more, who live alone: more of them the more urban a place is."""
    lage, siedlung = generate_lage(), generate_siedlung()
    typ = np.array([_ALLEINLEBEND[blatt.typ] for blatt in BLAETTER])[:, None]
    quote = typ * np.clip(1 + 0.04 * lage, 0.85, 1.25) * (1 + 0.006 * _JAHR) * _vary("allein unter 65", 0.07, 0.008)
    juengere = draw_teil("allein unter 65", count_personen_im_alter(20, 64), quote, _TRAEGHEIT)
    faktor = np.clip(1 + 0.03 * lage + 0.08 * siedlung, 0.8, 1.3) * _vary("allein ab 65", 0.06, 0.008)
    siebziger, hochbetagte = (
        draw_teil(f"allein ab {von}", count_personen_im_alter(von, bis), quote * faktor, _TRAEGHEIT)
        for quote, von, bis in zip(_ALLEINLEBEND_65, (65, 80), (79, 100), strict=True)
    )
    return juengere, siebziger + hochbetagte


def generate_haushalte() -> Haushalte:
    """Households of all leaves; their members are all residents except those in homes and in the institution."""
    lage, siedlung, kinder = generate_lage(), generate_siedlung(), count_personen_im_alter(0, 17)
    mitglieder = _count_mitglieder()
    juengere, ab65 = _count_alleinlebende()
    einperson = juengere + ab65
    quote = 1 / (_KINDER_JE_FAMILIE * _vary("kinder je familie", 0.025, 0.004))
    mit_kindern = draw_teil("familien", kinder, quote, _TRAEGHEIT)
    quote = np.clip(0.215 + 0.02 * lage + 0.034 * siedlung, 0.09, 0.4) * _vary("alleinerziehende", 0.09, 0.015)
    alleinerziehend = draw_teil("alleinerziehende", mit_kindern, quote, _TRAEGHEIT)
    quote = np.clip(0.095 + 0.013 * lage + 0.009 * lage * np.maximum(lage, 0) - 0.004 * siedlung, 0.06, 0.24)
    quote = quote * (1 + 0.012 * _JAHR) * _vary("kinderreiche", 0.1, 0.02)
    kinderreich = draw_teil("kinderreiche", mit_kindern, quote, _TRAEGHEIT)
    in_familien = kinder + 2 * mit_kindern - alleinerziehend
    sonstige = round_counts(np.maximum(mitglieder - einperson - in_familien, 0) / _MITGLIEDER_SONST)
    haushalte = einperson + mit_kindern + sonstige
    return Haushalte(haushalte, mitglieder, einperson, mit_kindern, alleinerziehend, kinderreich, ab65)
