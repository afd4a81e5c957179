"""Figures of the other deliveries, all derived from residents and social situation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from atlas.musterland.bevoelkerung import FloatArray, IntArray, get_typ_values, round_counts
from atlas.musterland.stammdaten import GEMEINDEN, JAHRE, KLEINRODE, Typ
from atlas.musterland.zufall import open_stream

if TYPE_CHECKING:
    from atlas.musterland.bevoelkerung import Bevoelkerung

_KONJUNKTUR: Final = np.array([1.06, 1.0, 1.02, 1.03, 1.05, 1.04])
_BESTE_LAGE: Final = -2.2
_ALTERSARMUT: Final = np.array([0.92, 0.95, 0.98, 1.0, 1.03, 1.06])
_UEBERSTERBLICHKEIT: Final = np.array([1.0, 1.07, 1.06, 1.0, 0.98, 0.98])
_WANDERUNG: Final = 0.058 * np.array([0.95, 0.97, 1.15, 1.03, 1.0, 0.99])
_MIETNIVEAU: Final[dict[Typ, float]] = {
    "stadt": 7.5,
    "industrie": 5.6,
    "kleinstadt": 6.4,
    "pendler": 8.1,
    "land": 5.9,
    "kleinst": 5.9,
}
_OHNE_MIETANGEBOTE: Final = (("Lerchenrode", 2021), ("Kaltenborna", 2023), ("Tannwalde", 2024))
_KLEINE_FALLZAHL: Final = ("Tannwalde", 2020)
"""The only Gemeinde besides Kleinrode with fewer than three unemployed under 25, in one year."""


@dataclass(frozen=True)
class Arbeitsmarkt:
    """Counts of the employment agency by Gemeinde and year."""

    arbeitslose: IntArray
    arbeitslose_u25: IntArray
    sgb2: IntArray
    sgb2_u15: IntArray
    grundsicherung: IntArray


@dataclass(frozen=True)
class Haushalte:
    """Households by Gemeinde and year."""

    haushalte: IntArray
    personen: IntArray
    mit_kindern: IntArray
    alleinerziehende: IntArray
    kinderreiche: IntArray


@dataclass(frozen=True)
class Bewegungen:
    """Births, deaths, arrivals and departures; they add up to the change of the residents."""

    geburten: IntArray
    sterbefaelle: IntArray
    zuzuege: IntArray
    fortzuege: IntArray


def find_gemeinde(name: str) -> int:
    """Return the row of a Gemeinde."""
    return next(i for i, g in enumerate(GEMEINDEN) if g.name == name)


def _draw_wobble(thema: str, fest: float, jaehrlich: float) -> FloatArray:
    """Return factors around 1 with a lasting part per Gemeinde and a yearly part."""
    strom = open_stream(thema)
    form = (len(GEMEINDEN), len(JAHRE))
    dauerhaft = fest * strom.standard_normal((form[0], 1))
    return np.asarray(np.clip(1 + dauerhaft + jaehrlich * strom.standard_normal(form), 0.7, 1.3))


def generate_arbeitsmarkt(bev: Bevoelkerung, lage: FloatArray) -> Arbeitsmarkt:
    """Return unemployment and basic income support."""
    stufe = lage - _BESTE_LAGE
    erwerbsfaehige = bev.count("15 bis unter 18", "25 bis unter 65")
    unter_65, unter_15 = bev.count("unter 3", "25 bis unter 65"), bev.count("unter 3", "6 bis unter 15")
    aeltere = bev.count("65 bis unter 80", "80 und mehr")
    quote = (0.02 + 0.0098 * stufe) * _draw_wobble("arbeitslose", 0.06, 0.02) * _KONJUNKTUR
    arbeitslose = round_counts(np.minimum(quote, 0.079) * erwerbsfaehige)
    quote = (0.027 + 0.008 * lage) * _draw_wobble("arbeitslose unter 25", 0.08, 0.06)
    junge = bev.count("15 bis unter 18", "20 bis unter 25")
    jung = np.asarray(np.maximum(round_counts(quote * junge), 3), dtype=np.int64)
    quote = (0.0245 + 0.0053 * stufe * stufe) * _draw_wobble("sgb ii", 0.06, 0.015) * _KONJUNKTUR
    quote = np.minimum(quote, 0.159)
    sgb2 = round_counts(quote * unter_65)
    faktor = 1.42 * _draw_wobble("sgb ii kinder", 0.05, 0.02)
    sgb2_u15 = round_counts(quote * faktor * unter_15)
    quote = (0.0105 + 0.0078 * stufe) * _draw_wobble("grundsicherung", 0.07, 0.02) * _ALTERSARMUT
    grundsicherung = round_counts(quote * aeltere)
    jung[find_gemeinde(_KLEINE_FALLZAHL[0]), JAHRE.index(_KLEINE_FALLZAHL[1])] = 2
    jung[KLEINRODE] = (1, 1, 2, 0, 1, 1)
    sgb2_u15[KLEINRODE] = (2, 2, 2, 1, 2, 2)
    grundsicherung[KLEINRODE] = (1, 1, 2, 2, 2, 1)
    return Arbeitsmarkt(arbeitslose, jung, sgb2, sgb2_u15, grundsicherung)


def generate_haushalte(bev: Bevoelkerung, lage: FloatArray) -> Haushalte:
    """Return households by composition."""
    insgesamt, kinder = bev.insgesamt, bev.count("unter 3", "15 bis unter 18")
    personen = round_counts(insgesamt * (0.985 + 0.006 * (_draw_wobble("heime", 0.3, 0.05) - 1)))
    groesse = (2.14 - 0.085 * lage) * (1 - 0.004 * np.arange(len(JAHRE)))
    haushalte = round_counts(personen / (groesse * _draw_wobble("haushaltsgroesse", 0.012, 0.002)))
    mit_kindern = round_counts(kinder / (1.62 * _draw_wobble("kinder je haushalt", 0.02, 0.006)))
    allein = mit_kindern * (0.215 + 0.034 * lage) * _draw_wobble("alleinerziehende", 0.06, 0.02)
    kinderreich = mit_kindern * (0.105 + 0.012 * lage) * _draw_wobble("kinderreiche", 0.09, 0.03)
    return Haushalte(haushalte, personen, mit_kindern, round_counts(allein), round_counts(kinderreich))


def generate_bewegungen(bev: Bevoelkerung) -> Bewegungen:
    """Return movements that exactly explain the change from one year to the next."""
    insgesamt = bev.insgesamt
    geburten = round_counts(bev.count("unter 3", "unter 3") * 0.325 * _draw_wobble("geburten", 0.02, 0.06))
    tote = 0.0021 * bev.count("25 bis unter 65", "25 bis unter 65")
    tote = tote + 0.019 * bev.count("65 bis unter 80", "65 bis unter 80")
    tote = tote + 0.108 * bev.count("80 und mehr", "80 und mehr")
    sterbefaelle = round_counts(tote * _draw_wobble("sterbefaelle", 0.02, 0.04) * _UEBERSTERBLICHKEIT)
    veraenderung = np.diff(np.hstack([bev.vorjahr[:, None], insgesamt]), axis=1)
    saldo = veraenderung - geburten + sterbefaelle
    umfang = insgesamt * _draw_wobble("wanderung", 0.09, 0.04) * _WANDERUNG
    zuzuege = np.maximum(round_counts(umfang + saldo / 2), np.maximum(saldo, 0) + 1)
    return Bewegungen(geburten, sterbefaelle, zuzuege, zuzuege - saldo)


def generate_hilfen(bev: Bevoelkerung, lage: FloatArray) -> IntArray:
    """Return the cases of Hilfen zur Erziehung, about 25 to 45 per 1,000 residents under 21."""
    unter_21 = bev.count("unter 3", "18 bis unter 20") + bev.count("20 bis unter 25", "20 bis unter 25") / 5
    rate = (0.0325 + 0.0042 * lage) * _draw_wobble("hilfen zur erziehung", 0.05, 0.03)
    return round_counts(np.clip(rate, 0.0252, 0.0448) * unter_21)


def generate_mieten(lage: FloatArray) -> list[list[float | None]]:
    """Return the median rent per m² by Gemeinde and year; None where there are too few offers."""
    niveau = get_typ_values(_MIETNIVEAU) * _draw_wobble("mieten", 0.05, 0.008) - 0.12 * lage
    mieten = np.clip(niveau * np.array([0.93, 0.955, 0.985, 1.02, 1.06, 1.1]), 5.2, 9.8)
    tabelle: list[list[float | None]] = [[float(wert) for wert in zeile] for zeile in mieten]
    tabelle[KLEINRODE] = [None] * len(JAHRE)
    for name, jahr in _OHNE_MIETANGEBOTE:
        tabelle[find_gemeinde(name)][JAHRE.index(jahr)] = None
    return tabelle
