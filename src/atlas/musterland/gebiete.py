"""Polygons of Gemeinden and Sozialräume in geographical coordinates, and their areas."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import atanh, cos, radians, sin, sqrt
from typing import Final

import shapely
from shapely.geometry import Polygon
from shapely.geometry.polygon import orient

from atlas.musterland.grenzen import Grenzlinie, Punkt, trace_grenzlinien
from atlas.musterland.raeume import BLAETTER
from atlas.musterland.stammdaten import GEMEINDEN, PLANUNGSRAEUME
from atlas.musterland.viertel import divide_staedte
from atlas.musterland.wachstum import grow_gemeinden

_LAENGE_WEST: Final = 12.0
_BREITE_SUED: Final = 50.6
_GRAD_JE_KM_NORD: Final = 1 / 111.25
_GRAD_JE_KM_OST: Final = 1 / (111.32 * cos(radians(50.8)))
_HALBACHSE_KLEIN_M: Final = 6_356_752.314_2
_EXZENTRIZITAET: Final = sqrt(0.006_694_379_990_14)


def _project(punkt: Punkt) -> Punkt:
    return (
        round(_LAENGE_WEST + punkt[0] * _GRAD_JE_KM_OST, 6),
        round(_BREITE_SUED + punkt[1] * _GRAD_JE_KM_NORD, 6),
    )


def _join_ring(linien: list[Grenzlinie]) -> list[Punkt]:
    """Chain the border lines of one area to a closed ring."""
    offen = list(linien)
    erste = offen.pop(0)
    ring, ende = list(erste.punkte), erste.ende
    while offen:
        stelle = next((i for i, linie in enumerate(offen) if ende in (linie.anfang, linie.ende)), None)
        if stelle is None:
            message = "Ein Gebiet umschließt ein anderes; bitte die Lage in stammdaten.py oder sozialraeume.py ändern."
            raise ValueError(message)
        linie = offen.pop(stelle)
        vorwaerts = linie.anfang == ende
        ring += (linie.punkte if vorwaerts else linie.punkte[::-1])[1:]
        ende = linie.ende if vorwaerts else linie.anfang
    return ring


def _build_polygon(linien: list[Grenzlinie]) -> Polygon:
    """Return a counter-clockwise polygon whose ring starts at its smallest vertex."""
    offen = [_project(punkt) for punkt in _join_ring(linien)][:-1]
    start = offen.index(min(offen))
    return orient(Polygon(offen[start:] + offen[:start]))


def _check_coverage(polygone: list[Polygon]) -> None:
    """Stop if the areas overlap, leave gaps or are torn apart."""
    gruppen = [
        [polygon for polygon, g in zip(polygone, GEMEINDEN, strict=True) if g.planungsraum == kennung]
        for kennung in PLANUNGSRAEUME
    ]
    vereinigungen = [shapely.coverage_union_all(gruppe) for gruppe in [*gruppen, polygone]]
    zusammen = all(isinstance(v, Polygon) and not v.interiors for v in vereinigungen)
    if not (zusammen and shapely.is_valid(polygone).all() and shapely.coverage_is_valid(polygone)):
        message = "Die erzeugten Gebiete sind keine lückenlose Einteilung; bitte stammdaten.py prüfen."
        raise ValueError(message)


def _build_area(linien: list[Grenzlinie], blaetter: frozenset[int]) -> Polygon:
    """Return the polygon of some leaves: bounded by the lines that have one of them on one side only."""
    return _build_polygon([linie for linie in linien if len(linie.seiten & blaetter) == 1])


@dataclass(frozen=True)
class Gebiete:
    """Polygons in key order (WGS 84, six decimals); a Gemeinde has every vertex of its Sozialräume on its border."""

    gemeinden: list[Polygon]
    blaetter: list[Polygon]


@lru_cache(maxsize=1)
def generate_gebiete() -> Gebiete:
    """Return the polygons of all Gemeinden and all leaves."""
    linien = trace_grenzlinien(divide_staedte(grow_gemeinden()))
    teile = [frozenset(i for i, b in enumerate(BLAETTER) if b.gemeinde == g) for g in range(len(GEMEINDEN))]
    gemeinden = [_build_area(linien, teil) for teil in teile]
    blaetter = [_build_area(linien, frozenset((i,))) for i in range(len(BLAETTER))]
    _check_coverage(gemeinden)
    if not shapely.coverage_is_valid(blaetter):
        message = "Die Sozialräume sind keine lückenlose Einteilung; bitte sozialraeume.py prüfen."
        raise ValueError(message)
    return Gebiete(gemeinden, blaetter)


def _compute_authalic(breite: float) -> float:
    """Return the area (m² per radian of longitude) between the equator and a latitude on WGS 84."""
    s = sin(radians(breite))
    es = _EXZENTRIZITAET * s
    return _HALBACHSE_KLEIN_M**2 / 2 * (s / (1 - es * es) + atanh(es) / _EXZENTRIZITAET)


def compute_flaeche_ha(polygon: Polygon) -> float:
    """Return the area on the ellipsoid in hectares, rounded to one decimal."""
    ecken = [(radians(x), _compute_authalic(y)) for x, y in polygon.exterior.coords]
    summe = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ecken))
    return round(summe / 2 / 10_000, 1)
