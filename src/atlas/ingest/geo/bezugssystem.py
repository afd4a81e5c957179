"""Coordinate systems: in which one a file is, and the way from there to longitude and latitude in WGS 84.

Nothing is loaded from the network and no grid file is used, so that a file gives the same coordinates on every
computer. From ETRS89 (UTM) nothing is lost; from DHDN (Gauß-Krüger) the seven parameters of the EPSG register hold
to 2 or 3 m, the grid BETA2007 would hold to 1 m: less than the width of a line on any map that is drawn here.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.aoi import AreaOfInterest
from pyproj.enums import TransformDirection
from pyproj.exceptions import CRSError, ProjError
from pyproj.network import set_network_enabled  # type: ignore[attr-defined]  # public, but not in __all__
from pyproj.transformer import TransformerGroup

from atlas.errors import EingabeError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

WGS84 = 4326
Rechteck = tuple[float, float, float, float]
"""West, south, east, north."""

SELBER_ORT = 1e-5
"""Degrees, about 1 m: two coordinate systems that differ by less mean the same place."""

SELBE_PROJEKTION = 0.01
"""Degrees, about 1 km: more than any change of datum in Europe, less than any other projection."""

UMGEBUNG = 10.0
"""Degrees around the area of use: all of Germany in one zone of Gauß-Krüger or UTM lies within."""

LAENGSTE_ANGABE = 1 << 16
"""Characters; no description of a coordinate system is longer, whether in a .prj or in a GeoPackage."""

_OHNE = "nennt kein Koordinatensystem"


@dataclass(frozen=True)
class Umrechnung:
    """One operation to WGS 84, the same for all coordinates of a file; `genauigkeit_m` is what EPSG says of it."""

    bezugssystem: CRS
    genauigkeit_m: float
    transformer: Transformer

    def apply(self, geometrien: Sequence[BaseGeometry]) -> list[BaseGeometry]:
        """Give the geometries in longitude and latitude; coordinates without a place on earth become infinite."""

        def convert(punkte: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.column_stack(self.transformer.transform(punkte[:, 0], punkte[:, 1]))

        return list(shapely.transform(np.array(geometrien, dtype=object), convert))


def resolve_bezugssystem(genannt: str, deklariert: str | None, name: str) -> CRS:
    """Give the coordinate system of a file from what it says itself (EPSG or WKT, or nothing) and what is declared.

    Raises `EingabeError` where neither tells, where EPSG does not know it, and where both put the file elsewhere.
    """
    gelesen = _parse(genannt)
    epsg = gelesen.to_epsg() if gelesen is not None else None
    erkannt = CRS.from_epsg(epsg) if epsg is not None else None
    if deklariert is None:
        if erkannt is not None:
            return erkannt
        was = f"nennt ein unbekanntes Koordinatensystem ({_kurz(gelesen, genannt)})" if genannt else _OHNE
        _raise(name, f"die Datei {was}. datei.bezugssystem angeben, z. B. EPSG:25832.")
    verlangt = _parse(deklariert)
    if verlangt is None:
        _raise(name, f"{deklariert} ist kein Koordinatensystem des EPSG-Registers. datei.bezugssystem prüfen.")
    bekannt, toleranz = (erkannt, SELBER_ORT) if erkannt is not None else (gelesen, SELBE_PROJEKTION)
    if bekannt is not None and not _gleich(verlangt, bekannt, toleranz):
        text = f"die Datei nennt {_kurz(bekannt, genannt)}, deklariert ist {_kurz(verlangt, deklariert)}."
        _raise(name, f"{text} datei.bezugssystem prüfen oder die Datei berichtigen lassen.")
    return verlangt


def find_umrechnung(bezugssystem: CRS, ausdehnung: Rechteck, name: str) -> Umrechnung:
    """Give the operation that suits the place best, for bounds in the coordinates of the file.

    One for all coordinates: a border between two operations would tear an area. Raises `EingabeError` where there is
    none without a grid file.
    """
    operationen = _find_operationen(bezugssystem, None)
    if not operationen:
        _raise(name, f"aus {_kurz(bezugssystem, '')} führt kein Weg nach WGS 84. In EPSG:25832 liefern lassen.")
    if len(operationen) > 1:
        ort = _find_ort(operationen[0], ausdehnung)
        operationen = (_find_operationen(bezugssystem, ort) if ort else []) or operationen
    return Umrechnung(bezugssystem, operationen[0].accuracy, operationen[0])


def find_abseits(umrechnung: Umrechnung, ausdehnung: Rechteck) -> str:
    """Say what is wrong with bounds in degrees that lie far from where the coordinate system is used, else nothing.

    So degrees that are declared as metres are found, and northings that stand before eastings.
    """
    west, sued, ost, nord = ausdehnung
    gebiet = umrechnung.bezugssystem.area_of_use
    rand = (gebiet.west, gebiet.south, gebiet.east, gebiet.north) if gebiet is not None else (-180, -90, 180, 90)
    if (
        rand[0] - UMGEBUNG <= west <= ost <= rand[2] + UMGEBUNG
        and rand[1] - UMGEBUNG <= sued <= nord <= rand[3] + UMGEBUNG
    ):
        return ""
    ort = f"bei {west:.0f}° Länge, {sued:.0f}° Breite" if math.isfinite(west + sued) else "außerhalb der Erde"
    bezug = _kurz(umrechnung.bezugssystem, "")
    return f"die Koordinaten passen nicht zu {bezug}, sie lägen {ort}. datei.bezugssystem prüfen."


def _find_operationen(bezugssystem: CRS, ort: AreaOfInterest | None) -> list[Transformer]:
    """Give the operations to WGS 84, best first, without those by a grid, which not every computer has."""
    set_network_enabled(active=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that a grid would be better is known and said above
        try:
            gruppe = TransformerGroup(
                bezugssystem,
                WGS84,
                always_xy=True,
                allow_ballpark=False,
                area_of_interest=ort,  # type: ignore[arg-type]  # its stub names a second class
            ).transformers
        except ProjError:
            return []
    return [operation for operation in gruppe if "grids=" not in operation.definition]


def _find_ort(operation: Transformer, ausdehnung: Rechteck) -> AreaOfInterest | None:
    try:
        west, sued, ost, nord = operation.transform_bounds(*ausdehnung)
    except ProjError:
        return None
    liegt = -180 <= west <= ost <= 180 and -90 <= sued <= nord <= 90  # noqa: PLR2004  # degrees
    return AreaOfInterest(west, sued, ost, nord) if liegt else None


def _parse(text: str) -> CRS | None:
    """Give the coordinate system of a surface that EPSG or WKT describes, without a change of datum of its own.

    What pyproj warns of (`+init=`, whose axes nobody knows for sure) is not recognised.
    """
    if not text or len(text) > LAENGSTE_ANGABE:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", DeprecationWarning)  # of pyproj itself, not of the text
        try:
            gelesen = CRS.from_user_input(text)
        except (CRSError, Warning, RecursionError):  # the last for JSON that is nested without end
            return None
    # TOWGS84 in a .prj is what some program thought of; EPSG knows better.
    ohne = gelesen.source_crs if gelesen.is_bound else gelesen
    return ohne if ohne is not None and (ohne.is_projected or ohne.is_geographic) else None


def _gleich(eines: CRS, anderes: CRS, toleranz: float) -> bool:
    """Tell whether the same numbers mean the same place in both, tried inside the area of use of the first."""
    wege = _find_operationen(eines, None), _find_operationen(anderes, None)
    gebiet = eines.area_of_use
    if not wege[0] or gebiet is None:
        return True
    try:
        weg = wege[1][0] if wege[1] else Transformer.from_crs(anderes, WGS84, always_xy=True)
    except ProjError:
        return True
    # One degree beside the middle, where the zones of a family of projections are symmetric.
    ort = (gebiet.west + gebiet.east) / 2 + 1, (gebiet.south + gebiet.north) / 2
    dort = weg.transform(*wege[0][0].transform(*ort, direction=TransformDirection.INVERSE))
    return math.dist(ort, dort) <= toleranz


def _kurz(bezugssystem: CRS | None, sonst: str) -> str:
    """Name a coordinate system so that a person can look it up."""
    if bezugssystem is None:
        return sonst[:60]
    epsg = bezugssystem.to_epsg()
    return f"EPSG:{epsg} ({bezugssystem.name})" if epsg else f"»{bezugssystem.name}«"


def _raise(name: str, text: str) -> NoReturn:
    raise EingabeError([Problem(name, 0, "", text)])
