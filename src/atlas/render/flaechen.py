"""The ground of the maps: polygons of one level, simplified once with shared borders kept, as integer SVG paths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from atlas.render.projektion import Projektion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Formen = NDArray[np.object_]
    Zahlen = NDArray[np.float64]

_TOLERANZ = 1.2
"""Size of the detail that is dropped, in units of the viewBox (about a tenth of a millimetre)."""
_EINRASTEN = 0.05
_LUECKE = 2.0
_MIN_PUNKTE = 4
_RASTER = 24


@dataclass(frozen=True)
class Punkt:
    """The middle of the widest circle in an area, its radius, and more points of the area, the nearest first."""

    x: float
    y: float
    radius: float
    weitere: tuple[Punkt, ...] = ()


@dataclass(frozen=True)
class Kartengrund:
    """Areas in the coordinates of a viewBox: paths and label points by raum_id, borders above, the outline."""

    breite: int
    hoehe: int
    meter_je_einheit: float
    pfade: dict[str, str]
    punkte: dict[str, Punkt]
    gruppenpunkte: dict[str, Punkt]
    gruppengrenzen: str
    umriss: shapely.Geometry


def build_kartengrund(wkb: dict[str, bytes], gruppe_je_raum: dict[str, str], breite: int) -> Kartengrund:
    """Project, scale, simplify and round the polygons (WGS 84) of one level.

    `gruppe_je_raum` names the Raum of a coarser level that each area belongs to; its borders are drawn
    thicker. A viewBox is `breite` units wide.
    """
    namen = sorted(wkb)
    grad = shapely.from_wkb(np.array([wkb[name] for name in namen], dtype=object))
    formen, masse = _scale(grad, breite)
    einfach = simplify_gemeinsam(formen)
    gruppen = _unite(einfach, [gruppe_je_raum[name] for name in namen])
    return Kartengrund(
        breite=breite,
        hoehe=masse.hoehe,
        meter_je_einheit=masse.meter_je_einheit,
        pfade={name: write_pfad(form) or _kleinstes(form) for name, form in zip(namen, einfach, strict=True)},
        punkte=_punkte(namen, einfach),
        gruppenpunkte=_punkte(list(gruppen), np.array(list(gruppen.values()), dtype=object)),
        gruppengrenzen="".join(write_pfad(form) for form in gruppen.values()),
        umriss=shapely.union_all(list(gruppen.values())),
    )


@dataclass(frozen=True)
class _Masse:
    hoehe: int
    meter_je_einheit: float


def _scale(grad: Formen, breite: int) -> tuple[Formen, _Masse]:
    """Bring degrees into units of the viewBox, y pointing down."""
    projektion = Projektion.around(shapely.total_bounds(grad))
    meter = shapely.transform(grad, projektion.project)
    west, sued, ost, nord = (float(wert) for wert in shapely.total_bounds(meter))
    je_einheit = (ost - west) / breite

    def to_einheiten(xy: Zahlen) -> Zahlen:
        return np.column_stack([(xy[:, 0] - west) / je_einheit, (nord - xy[:, 1]) / je_einheit])

    hoehe = int(np.ceil((nord - sued) / je_einheit))
    return shapely.transform(meter, to_einheiten), _Masse(hoehe, je_einheit)


def simplify_gemeinsam(formen: Formen) -> Formen:
    """Simplify areas so that neighbours keep one common border.

    Overlaps and slivers are mended first. When that does not give a sound coverage, the points only snap to
    the integer grid: common points stay common.
    """
    abdeckung = formen
    if not shapely.coverage_is_valid(abdeckung):
        abdeckung = shapely.coverage_clean(  # type: ignore[attr-defined]  # newer than the stubs
            formen, snapping_distance=_EINRASTEN, gap_width=_LUECKE
        )
    verloren = shapely.is_empty(abdeckung) & ~shapely.is_empty(formen)
    if verloren.any() or not shapely.coverage_is_valid(abdeckung):
        return np.asarray(shapely.transform(formen, np.round), dtype=object)
    return np.asarray(shapely.coverage_simplify(abdeckung, _TOLERANZ), dtype=object)


def _unite(formen: Formen, gruppen: Sequence[str]) -> dict[str, shapely.Geometry]:
    """Give the union of the areas of each group, in the order of the group names."""
    zugehoerig = np.array(gruppen, dtype=object)
    ergebnis: dict[str, shapely.Geometry] = {}
    for name in sorted(set(gruppen)):
        teile = formen[zugehoerig == name]
        if not shapely.coverage_is_valid(teile):
            teile = shapely.make_valid(teile)
        ergebnis[name] = shapely.union_all(teile)
    return ergebnis


def _punkte(namen: list[str], formen: Formen) -> dict[str, Punkt]:
    punkte: dict[str, Punkt] = {}
    for name, form in zip(namen, formen, strict=True):
        if shapely.is_empty(form):
            continue
        teile = shapely.get_parts(form)
        groesster = teile[int(np.argmax(shapely.area(teile)))]
        strahl = shapely.get_coordinates(shapely.maximum_inscribed_circle(groesster, tolerance=2.0))
        (x, y), (rand_x, rand_y) = strahl[0], strahl[-1]
        radius = float(np.hypot(rand_x - x, rand_y - y))
        punkte[name] = Punkt(float(x), float(y), radius, _spread(groesster, float(x), float(y)))
    return punkte


def _spread(form: shapely.Geometry, x: float, y: float) -> tuple[Punkt, ...]:
    """Give points of a grid that lie inside an area, the nearest to a point first."""
    west, nord, ost, sued = (float(wert) for wert in shapely.bounds(form))
    raster = [
        (px, py)
        for px in np.linspace(west, ost, _RASTER + 1)[1:-1].tolist()
        for py in np.linspace(nord, sued, _RASTER + 1)[1:-1].tolist()
    ]
    innen = [paar for paar in raster if shapely.contains_xy(form, *paar)]
    return tuple(Punkt(px, py, 0.0) for px, py in sorted(innen, key=lambda p: (np.hypot(p[0] - x, p[1] - y), p)))


def _kleinstes(form: shapely.Geometry) -> str:
    """Give an area that rounding made vanish a square of two units: no Raum is lost from the map."""
    if shapely.is_empty(form):
        return ""
    x, y = (int(np.rint(wert)) for wert in shapely.get_coordinates(shapely.point_on_surface(form))[0])
    return f"M{x - 1} {y - 1}l2 0 0 2 -2 0z"


def write_pfad(form: shapely.Geometry) -> str:
    """Write a polygon as an SVG path of integers: absolute start, relative steps, every ring closed."""
    teile: list[str] = []
    for polygon in shapely.get_parts(form):
        if shapely.get_type_id(polygon) != shapely.GeometryType.POLYGON:
            continue
        for ring in shapely.get_rings(polygon):
            ganz = np.round(shapely.get_coordinates(ring)).astype(np.int64)
            schritte = np.diff(ganz, axis=0)
            bewegt = np.any(schritte != 0, axis=1)
            if bewegt.sum() + 1 < _MIN_PUNKTE:
                continue
            folge = " ".join(f"{x} {y}" for x, y in schritte[bewegt][:-1].tolist())
            teile.append(f"M{ganz[0, 0]} {ganz[0, 1]}l{folge}z")
    return "".join(teile)
