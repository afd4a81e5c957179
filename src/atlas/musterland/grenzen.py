"""Shared border lines between cells of different Gemeinden, smoothed and thinned line by line."""

from __future__ import annotations

from typing import Final, NamedTuple

from atlas.musterland.raster import ABSTAND_KM, RAND_KM, ZEILE_KM, Zelle, list_neighbours
from atlas.musterland.wachstum import AUSSEN

Ecke = tuple[int, int]
"""Corner of a hexagon in half cell widths and thirds of a row height: an exact integer key."""
Punkt = tuple[float, float]

GLAETTUNGEN: Final = 3
MIN_DREIECK_KM2: Final = 0.0105
"""Vertices whose triangle with both neighbours is smaller are dropped."""
_MIN_PUNKTE: Final = 3
_WEITER: Final = 2
"""Borders that meet in an ordinary corner of a line; in a node three meet."""
_ECKEN_ZUM_NACHBARN: Final = (((1, -1), (1, 1)), ((1, 1), (0, 2)), ((0, 2), (-1, 1)))


class Grenzlinie(NamedTuple):
    """A border line between two nodes with the labels of the areas on both sides."""

    seiten: frozenset[int]
    anfang: Ecke
    ende: Ecke
    punkte: tuple[Punkt, ...]


def _find_edges(besitzer: dict[Zelle, int]) -> dict[Ecke, dict[Ecke, frozenset[int]]]:
    """Return the graph of all hexagon edges between cells with different labels."""
    graph: dict[Ecke, dict[Ecke, frozenset[int]]] = {}
    for zelle, nummer in sorted(besitzer.items()):
        mitte = (2 * zelle[1] + zelle[0] % 2, 3 * zelle[0])
        for nachbar, ecken in zip(list_neighbours(zelle)[:3], _ECKEN_ZUM_NACHBARN, strict=True):
            andere = besitzer.get(nachbar, AUSSEN)
            if andere != nummer:
                a, b = ((mitte[0] + dx, mitte[1] + dy) for dx, dy in ecken)
                graph.setdefault(a, {})[b] = graph.setdefault(b, {})[a] = frozenset((nummer, andere))
    return graph


def _trace_line(graph: dict[Ecke, dict[Ecke, frozenset[int]]], anfang: Ecke, naechste: Ecke) -> list[Ecke]:
    """Follow a border from one node to the next."""
    linie = [anfang, naechste]
    while len(graph[linie[-1]]) == _WEITER:
        linie.append(next(ecke for ecke in graph[linie[-1]] if ecke != linie[-2]))
    return linie


def _smooth(punkte: list[Punkt]) -> list[Punkt]:
    """Average every inner point with its neighbours; the nodes at both ends stay."""
    innen = [
        ((a[0] + 2 * b[0] + c[0]) / 4, (a[1] + 2 * b[1] + c[1]) / 4)
        for a, b, c in zip(punkte, punkte[1:], punkte[2:], strict=False)
    ]
    return [punkte[0], *innen, punkte[-1]]


def _compute_triangle(a: Punkt, b: Punkt, c: Punkt) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def _simplify(punkte: list[Punkt]) -> list[Punkt]:
    """Drop the least important inner vertices after Visvalingam and Whyatt."""
    rest = list(punkte)
    while len(rest) > _MIN_PUNKTE:
        flaechen = [_compute_triangle(*dreieck) for dreieck in zip(rest, rest[1:], rest[2:], strict=False)]
        kleinste = min(flaechen)
        if kleinste >= MIN_DREIECK_KM2:
            break
        del rest[flaechen.index(kleinste) + 1]
    return rest


def trace_grenzlinien(besitzer: dict[Zelle, int]) -> list[Grenzlinie]:
    """Return all border lines that touch a Gemeinde, in km and in a fixed order."""
    graph = _find_edges(besitzer)
    linien = []
    for anfang in sorted(ecke for ecke, nachbarn in graph.items() if len(nachbarn) > _WEITER):
        for naechste in sorted(graph[anfang]):
            ecken = _trace_line(graph, anfang, naechste)
            if (ecken[0], ecken[1]) > (ecken[-1], ecken[-2]):
                continue  # the same line seen from its other end
            punkte = [(x * ABSTAND_KM / 2 - RAND_KM, y * ZEILE_KM / 3 - RAND_KM) for x, y in ecken]
            for _ in range(GLAETTUNGEN):
                punkte = _smooth(punkte)
            seiten = graph[anfang][naechste]
            linien.append(Grenzlinie(seiten, ecken[0], ecken[-1], tuple(_simplify(punkte))))
    return linien
