"""From longitude and latitude to metres: the azimuthal equal-area projection of Lambert on the sphere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Zahlen = NDArray[np.float64]

ERDRADIUS_M = 6_371_007.2
"""Radius of the sphere with the surface of the earth (authalic, GRS 80)."""


@dataclass(frozen=True)
class Projektion:
    """Lambert's projection around a centre in degrees; equal areas stay equal, the error of the sphere is below 1 %."""

    laenge: float
    breite: float

    @classmethod
    def around(cls, grenzen: Zahlen) -> Projektion:
        """Take the middle of a bounding box (west, south, east, north) as the centre."""
        west, sued, ost, nord = (float(wert) for wert in grenzen)
        return cls((west + ost) / 2, (sued + nord) / 2)

    def project(self, grad: Zahlen) -> Zahlen:
        """Turn an array (n, 2) of longitude and latitude into metres east and north of the centre."""
        lam = np.radians(grad[:, 0] - self.laenge)
        phi, phi0 = np.radians(grad[:, 1]), np.radians(self.breite)
        k = np.sqrt(2 / (1 + np.sin(phi0) * np.sin(phi) + np.cos(phi0) * np.cos(phi) * np.cos(lam)))
        ost = k * np.cos(phi) * np.sin(lam)
        nord = k * (np.cos(phi0) * np.sin(phi) - np.sin(phi0) * np.cos(phi) * np.cos(lam))
        return ERDRADIUS_M * np.column_stack([ost, nord])
