"""Growth of the areas: cells form Gemarkungen, and Gemarkungen join to Gemeinden."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from atlas.musterland.raster import (
    ABSTAND_KM,
    BREITE_KM,
    HOEHE_KM,
    RAND_KM,
    SPALTEN,
    ZEILE_KM,
    ZEILEN,
    Zelle,
    compute_cost,
    list_neighbours,
)
from atlas.musterland.stammdaten import GEMEINDEN
from atlas.musterland.zufall import open_stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

AUSSEN: Final = -1
"""Label of everything outside the Landkreis."""
GEMARKUNG_KM: Final = 2.7
"""Typical distance between the centres of two Gemarkungen."""
_ABSTAND_AUSSEN_KM2: Final = 6.3**2

Knoten = TypeVar("Knoten", int, tuple[int, int])


def grow(
    quellen: Iterable[tuple[Knoten, int]], list_steps: Callable[[Knoten, int], Iterable[tuple[Knoten, int]]]
) -> dict[Knoten, tuple[int, int]]:
    """Let all sources grow at once; return label and path length of every node (Dijkstra)."""
    schlange = [(0, knoten, nummer) for knoten, nummer in quellen]
    heapify(schlange)
    besitzer: dict[Knoten, tuple[int, int]] = {}
    while schlange:
        weg, knoten, nummer = heappop(schlange)
        if knoten in besitzer:
            continue
        besitzer[knoten] = (nummer, weg)
        for nachbar, kosten in list_steps(knoten, nummer):
            if nachbar not in besitzer:
                heappush(schlange, (weg + kosten, nachbar, nummer))
    return besitzer


def _find_cell(x: float, y: float) -> Zelle:
    return round((y + RAND_KM) / ZEILE_KM), round((x + RAND_KM) / ABSTAND_KM)


def _scatter_points(thema: str, weite: float) -> list[tuple[float, float]]:
    """Return irregularly scattered points about `weite` km apart."""
    strom = open_stream(thema)
    return [
        (float(x + strom.uniform(-0.42, 0.42) * weite), float(y + strom.uniform(-0.42, 0.42) * weite))
        for y in np.arange(weite / 2 - RAND_KM, HOEHE_KM + RAND_KM - weite / 2, weite)
        for x in np.arange(weite / 2 - RAND_KM, BREITE_KM + RAND_KM - weite / 2, weite)
    ]


def _grow_gemarkungen() -> dict[Zelle, tuple[int, int]]:
    """Return the Gemarkung of every cell and the effort to reach the cell from its centre."""
    kosten = compute_cost().tolist()

    def list_steps(zelle: Zelle, _: int) -> Iterable[tuple[Zelle, int]]:
        for nachbar in list_neighbours(zelle):
            if 0 <= nachbar[0] < ZEILEN and 0 <= nachbar[1] < SPALTEN:
                yield nachbar, kosten[nachbar[0]][nachbar[1]]

    punkte = _scatter_points("gemarkungen", GEMARKUNG_KM)
    return grow(((_find_cell(x, y), nummer) for nummer, (x, y) in enumerate(punkte)), list_steps)


def _measure_passages(gemarkungen: dict[Zelle, tuple[int, int]]) -> dict[int, dict[int, int]]:
    """Return for each Gemarkung the effort of the easiest way to each of its neighbours."""
    wege: dict[int, dict[int, int]] = {}
    for zelle, (nummer, weg) in gemarkungen.items():
        for nachbar in list_neighbours(zelle):
            andere, zweiter_weg = gemarkungen.get(nachbar, (nummer, 0))
            if andere != nummer:
                ziele = wege.setdefault(nummer, {})
                ziele[andere] = min(weg + zweiter_weg, ziele.get(andere, weg + zweiter_weg))
    return wege


def _list_seats() -> list[tuple[Zelle, int]]:
    """Return the seats of all Gemeinden and of scattered places in the neighbouring Kreise."""
    fremde = [
        (x, y)
        for x, y in _scatter_points("nachbarkreise", 5.5)
        if all((x - g.x) ** 2 + (y - g.y) ** 2 > _ABSTAND_AUSSEN_KM2 for g in GEMEINDEN)
    ]
    sitze = [(_find_cell(g.x, g.y), nummer) for nummer, g in enumerate(GEMEINDEN)]
    return sitze + [(_find_cell(x, y), AUSSEN) for x, y in fremde]


def grow_gemeinden() -> dict[Zelle, int]:
    """Return the label of every cell: the index of its Gemeinde or AUSSEN."""
    gemarkungen = _grow_gemarkungen()
    wege = _measure_passages(gemarkungen)
    eigenheit = open_stream("eingemeindung").uniform(0.55, 1.6, size=len(wege)).tolist()
    widerstand = {AUSSEN: 1.0, **{nummer: g.widerstand for nummer, g in enumerate(GEMEINDEN)}}

    def list_steps(gemarkung: int, nummer: int) -> Iterable[tuple[int, int]]:
        for nachbar, weg in sorted(wege[gemarkung].items()):
            yield nachbar, round(weg * eigenheit[nachbar] * widerstand[nummer])

    gemeinden = grow([(gemarkungen[zelle][0], nummer) for zelle, nummer in _list_seats()], list_steps)
    return {zelle: gemeinden[gemarkung][0] for zelle, (gemarkung, _) in gemarkungen.items()}
