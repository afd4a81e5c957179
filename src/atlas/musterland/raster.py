"""Hexagonal grid with a rough, ridged landscape that says where growing areas get stuck."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from atlas.musterland.zufall import open_stream

FloatArray = NDArray[np.float64]
Zelle = tuple[int, int]

ABSTAND_KM: Final = 0.3
"""Distance between the centres of neighbouring cells."""
ZEILE_KM: Final = ABSTAND_KM * 0.866_025_4
RAND_KM: Final = 10.0
"""Width of the surroundings, in which the neighbouring Kreise grow."""
BREITE_KM: Final = 56.0
HOEHE_KM: Final = 46.0
ZEILEN: Final = int((HOEHE_KM + 2 * RAND_KM) / ZEILE_KM)
SPALTEN: Final = int((BREITE_KM + 2 * RAND_KM) / ABSTAND_KM)

_FLUSS_X_KM: Final = (-8.0, 2.0, 9.0, 16.0, 22.0, 29.0, 34.0, 37.0, 37.5, 38.5, 44.0, 50.0, 64.0)
_FLUSS_Y_KM: Final = (12.0, 13.5, 13.0, 15.5, 14.5, 14.0, 16.0, 17.5, 23.0, 27.0, 28.0, 31.0, 33.0)
_UFER_KM: Final = 0.35


def list_neighbours(zelle: Zelle) -> list[Zelle]:
    """Return the six neighbours counter-clockwise, starting in the east."""
    zeile, spalte = zelle
    rechts = spalte + zeile % 2
    return [
        (zeile, spalte + 1),
        (zeile + 1, rechts),
        (zeile + 1, rechts - 1),
        (zeile, spalte - 1),
        (zeile - 1, rechts - 1),
        (zeile - 1, rechts),
    ]


def _compute_noise(thema: str, weite_km: float, x: FloatArray, y: FloatArray) -> FloatArray:
    """Return smooth value noise in -1..1 with hills about `weite_km` apart."""
    knoten = open_stream(thema).random((int(110 / weite_km) + 3, int(110 / weite_km) + 3)) * 2 - 1
    u, v = (x + 0.35 * y + 15) / weite_km, (y - 0.35 * x + 35) / weite_km  # turned against the grid
    i, j = np.floor(u).astype(int), np.floor(v).astype(int)
    fu, fv = u - i, v - j
    fu, fv = fu * fu * (3 - 2 * fu), fv * fv * (3 - 2 * fv)
    unten = knoten[j, i] * (1 - fu) + knoten[j, i + 1] * fu
    oben = knoten[j + 1, i] * (1 - fu) + knoten[j + 1, i + 1] * fu
    return np.asarray(unten * (1 - fv) + oben * fv, dtype=np.float64)


def _compute_river_distance(x: FloatArray, y: FloatArray) -> FloatArray:
    """Return the squared distance (km²) to the river, which holds back the growth."""
    beste = np.full(x.shape, np.inf)
    for (x0, y0), (x1, y1) in pairwise(zip(_FLUSS_X_KM, _FLUSS_Y_KM, strict=True)):
        dx, dy = x1 - x0, y1 - y0
        t = np.clip(((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy), 0, 1)
        beste = np.minimum(beste, (x - x0 - t * dx) ** 2 + (y - y0 - t * dy) ** 2)
    return beste


def compute_cost() -> NDArray[np.int64]:
    """Return the integer cost of entering each cell: high on ridges and along the river."""
    zeile, spalte = np.meshgrid(np.arange(ZEILEN), np.arange(SPALTEN), indexing="ij")
    x = np.asarray((spalte + 0.5 * (zeile % 2)) * ABSTAND_KM - RAND_KM, dtype=np.float64)
    y = np.asarray(zeile * ZEILE_KM - RAND_KM, dtype=np.float64)
    kosten = np.full(x.shape, 0.15)
    for weite, gewicht in ((7.0, 1.6), (3.1, 2.2), (1.4, 2.0)):
        grat = 1 - np.abs(_compute_noise(f"gelaende {weite}", weite, x, y))
        hoehe = grat * grat
        kosten += gewicht * hoehe * hoehe * grat
    kosten += 1.1 * open_stream("gelaende fein").random(x.shape)
    x_fluss = x + 1.3 * _compute_noise("fluss x", 4.0, x, y)
    x_fluss += 0.5 * _compute_noise("fluss x fein", 1.3, x, y)
    y_fluss = y + 1.6 * _compute_noise("fluss y", 4.0, x, y)
    y_fluss += 0.5 * _compute_noise("fluss y fein", 1.3, x, y)
    kosten += np.where(_compute_river_distance(x_fluss, y_fluss) < _UFER_KM**2, 9.0, 0.0)
    return np.asarray(np.rint(kosten * 1000), dtype=np.int64)
