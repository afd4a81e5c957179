"""Residents and events of the Gemeinden as the statistics print them: moves over their borders, Altmühlen apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from atlas.musterland.bevoelkerung.fortschreibung import generate_bevoelkerung
from atlas.musterland.raeume import ANTEIL_ALTMUEHLEN, IntArray, split_altmuehlen, sum_to_gemeinden
from atlas.musterland.runden import allocate, round_randomly
from atlas.musterland.stammdaten import AUFNEHMENDE, GEMEINDEN, JAHRE, LETZTES_JAHR_ALTMUEHLEN
from atlas.musterland.zufall import open_stream

GRUPPEN: Final = ((0, 17), (18, 24), (25, 29), (30, 49), (50, 64), (65, 100))
"""Ages, first and last, in the statistics of moves."""
_BINNENUMZUEGE: Final = 0.55
"""Share of the possible moves between the quarters of a town that stay inside it."""
_ZEILE: Final = len(GEMEINDEN)
_FRUEHER: Final = LETZTES_JAHR_ALTMUEHLEN - JAHRE[0] + 1
"""Number of delivered years in which Altmühlen existed."""


@dataclass(frozen=True)
class Bewegungen:
    """Events of 34 Gemeinden (row 33 is Altmühlen) by year (2014 to 2025)."""

    personen: IntArray
    """Residents by year (31 December 2013 to 2025), age and sex."""
    geburten: IntArray
    """By sex."""
    sterbefaelle: IntArray
    """By age (under 65, 65 and more) and sex."""
    zuzuege: IntArray
    """By age group (GRUPPEN) and sex."""
    fortzuege: IntArray
    """By age group (GRUPPEN) and sex."""


def _group_ages(werte: IntArray) -> IntArray:
    return np.stack([werte[:, :, von : bis + 1].sum(axis=2) for von, bis in GRUPPEN], axis=2)


def _remove_inner_moves(zuzuege: IntArray, fortzuege: IntArray) -> tuple[IntArray, IntArray]:
    """Moves over the border of the Gemeinde: those between the quarters of a town are taken off both sides."""
    staedte = sum_to_gemeinden(np.ones((zuzuege.shape[0], 1), dtype=np.int64))[:, 0] > 1
    zu, fort = sum_to_gemeinden(zuzuege), sum_to_gemeinden(fortzuege)
    innen = np.floor(_BINNENUMZUEGE * np.minimum(zu, fort)).astype(np.int64) * staedte[:, None, None, None]
    return zu - innen, fort - innen


def _split_personen(personen: IntArray) -> IntArray:
    """Give Altmühlen its share of every birth year, the same in all years."""
    jahre, alter, geschlechter = personen.shape[1:]
    eigen = open_stream("altmuehlen").random((jahre + alter, geschlechter))
    jahrgang = np.arange(jahre)[:, None] - np.arange(alter) + alter - 1
    anteile = round_randomly(personen[AUFNEHMENDE] * ANTEIL_ALTMUEHLEN, eigen[jahrgang])
    anteile[_FRUEHER + 1 :] = 0
    geteilt = np.concatenate([personen, anteile[None]])
    geteilt[AUFNEHMENDE] -= anteile
    return geteilt


def _split_moves(zuzuege: IntArray, fortzuege: IntArray, saldo: IntArray) -> tuple[IntArray, IntArray]:
    """Give Altmühlen moves whose balance is `saldo` by year, and both Gemeinden the moves between them."""
    zu, fort = split_altmuehlen(zuzuege), split_altmuehlen(fortzuege)
    strom = open_stream("altmuehlen umzuege")
    for j in range(_FRUEHER):
        rest = int(saldo[j] - zu[_ZEILE, j].sum() + fort[_ZEILE, j].sum())
        ziel = zu if rest > 0 else fort
        flach = ziel[AUFNEHMENDE, j].astype(np.float64).ravel()
        mehr = allocate(np.array([abs(rest)]), flach[None], strom.random(1))[0].reshape(ziel.shape[2:])
        ziel[_ZEILE, j] += mehr
        ziel[AUFNEHMENDE, j] -= mehr
        zwischen = round_randomly(fort[_ZEILE, j] * 0.08, strom.random(fort.shape[2:]))
        for seite in (zu, fort):
            seite[_ZEILE, j] += zwischen
            seite[AUFNEHMENDE, j] += zwischen
    return zu, fort


@lru_cache(maxsize=1)
def generate_bewegungen() -> Bewegungen:
    """Residents and events of the Gemeinden in the borders of their year."""
    bev = generate_bevoelkerung()
    personen = _split_personen(sum_to_gemeinden(bev.personen))
    geburten = split_altmuehlen(sum_to_gemeinden(bev.geburten))
    tote = sum_to_gemeinden(bev.sterbefaelle)
    sterbefaelle = split_altmuehlen(np.stack([tote[:, :, :65].sum(axis=2), tote[:, :, 65:].sum(axis=2)], axis=2))
    zu, fort = _remove_inner_moves(_group_ages(bev.zuzuege), _group_ages(bev.fortzuege))
    bestand = personen[_ZEILE].sum(axis=(1, 2))
    saldo = np.diff(bestand) - geburten[_ZEILE].sum(axis=1) + sterbefaelle[_ZEILE].sum(axis=(1, 2))
    zu, fort = _split_moves(zu, fort, saldo)
    return Bewegungen(personen, geburten, sterbefaelle, zu, fort)
