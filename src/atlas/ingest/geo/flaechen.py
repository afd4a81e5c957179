"""Features of any file of areas: their properties as text, their polygons checked and in longitude and latitude."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from atlas.errors import EingabeError, Problem
from atlas.ingest.auflistung import MAX_PROBLEME
from atlas.ingest.geo.bezugssystem import find_abseits, find_umrechnung

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from atlas.ingest.geo.bezugssystem import Rechteck, Umrechnung

Satz = dict[str, str]

MAX_BREITE = 85
"""Nobody lives nearer to a pole, and no map of a Kreis can be drawn there."""

UNLESBAR = "Eigenschaften oder Geometrie sind nicht lesbar. Neu exportieren."


@dataclass(frozen=True)
class Rohflaechen:
    """The features of an open file: all properties, and a geometry only where somebody asks for it.

    `read_geometrie` gives the geometry of a row of `saetze` in the coordinates of the file and raises `ValueError`
    where the file is broken; `bezugssystem` is None where they are longitude and latitude in WGS 84 by definition.
    """

    saetze: list[Satz]
    read_geometrie: Callable[[int], BaseGeometry]
    bezugssystem: CRS | None = None


@dataclass(frozen=True)
class Merkmalsammlung:
    """The features of a file: their properties as text and, beside each, its polygon and its number in the file."""

    datei: str
    saetze: list[Satz]
    geometrien: list[BaseGeometry]
    nummern: list[int]


@np.errstate(all="ignore")  # endless coordinates are found by the checks; a warning would not name the feature
def make_sammlung(roh: Rohflaechen, indizes: Sequence[int], name: str) -> Merkmalsammlung:
    """Give the features of these rows with valid polygons in WGS 84, without heights.

    Raises `EingabeError` naming every feature that has none.
    """
    geometrien: dict[int, BaseGeometry] = {}
    gruende: dict[int, str] = {}
    for index in indizes:
        try:
            geometrien[index] = shapely.force_2d(roh.read_geometrie(index))
        except ValueError:
            gruende[index] = UNLESBAR
    if roh.bezugssystem is not None and geometrien:
        umrechnung = find_umrechnung(roh.bezugssystem, _find_ausdehnung(geometrien.values()), name)
        umgerechnet = umrechnung.apply(list(geometrien.values()))
        geometrien = dict(zip(geometrien, umgerechnet, strict=True))
    else:
        umrechnung = None
    for index, geometrie in geometrien.items():
        gruende[index] = _find_grund(geometrie, umrechnung)
    raise_objekte(gruende, name)
    saetze = [roh.saetze[index] for index in indizes]
    return Merkmalsammlung(name, saetze, [geometrien[i] for i in indizes], [i + 1 for i in indizes])


def raise_objekte(gruende: Mapping[int, str], name: str) -> None:
    """Raise an `EingabeError` that lists the first features with a reason (by index) and counts the others."""
    probleme = [Problem(name, 0, f"Objekt {index + 1}", gruende[index]) for index in sorted(gruende) if gruende[index]]
    weitere = len(probleme) - MAX_PROBLEME
    if weitere > 0:
        probleme[MAX_PROBLEME:] = [Problem(name, 0, "Weitere", f"ebenso {weitere} weitere Objekte.")]
    if probleme:
        raise EingabeError(probleme)


def _find_ausdehnung(geometrien: Iterable[BaseGeometry]) -> Rechteck:
    west, sued, ost, nord = shapely.total_bounds(list(geometrien))
    return float(west), float(sued), float(ost), float(nord)


def _find_grund(geometrie: BaseGeometry, umrechnung: Umrechnung | None) -> str:
    """Say why a geometry is no area that can be drawn, else nothing."""
    if geometrie.is_empty:
        return "die Geometrie fehlt. Fläche ergänzen oder das Objekt löschen."
    if geometrie.geom_type not in ("Polygon", "MultiPolygon"):
        return f"keine Fläche, sondern {geometrie.geom_type}. Nur Polygone liefern."
    abseits = find_abseits(umrechnung, geometrie.bounds) if umrechnung is not None else ""
    return abseits or _find_formfehler(geometrie)


def _find_formfehler(geometrie: BaseGeometry) -> str:
    west, sued, ost, nord = geometrie.bounds
    if not (-180 <= west <= ost <= 180 and -MAX_BREITE <= sued <= nord <= MAX_BREITE):  # noqa: PLR2004  # degrees
        return "die Koordinaten sind keine Grade. In WGS 84 (Länge, Breite) umprojizieren."
    if not np.isfinite(shapely.get_coordinates(geometrie)).all():
        return UNLESBAR  # GEOS leaves what is no number out of the bounds, and stumbles over it later
    if not shapely.is_valid(geometrie):
        return f"die Fläche ist ungültig ({shapely.is_valid_reason(geometrie)}). Im GIS reparieren."
    return ""
