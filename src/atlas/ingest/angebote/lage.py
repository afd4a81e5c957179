"""In which Raum a point lies: the smallest Räume with a polygon, and points in longitude and latitude."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from atlas.errors import EingabeError
from atlas.ingest.geo.bezugssystem import find_abseits, find_umrechnung, resolve_bezugssystem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from pandera.typing.polars import DataFrame

    from atlas.errors import Problem
    from atlas.ingest.geo.bezugssystem import Umrechnung
    from atlas.tables.raum import Geometrien, Raeume


@dataclass(frozen=True)
class Raumsuche:
    """The smallest Räume with a polygon (all smallest ones where there are no maps) and what each lies in.

    `kleinste` are sorted by key, with their level; `eltern` has every Raum of the project. `baum` holds the polygons of
    `kleinste` in this order, and none without maps.
    """

    kleinste: Mapping[str, str]
    eltern: Mapping[str, str | None]
    baum: shapely.STRtree

    def locate(self, punkte: NDArray[np.float64]) -> list[tuple[str, ...]]:
        """Give for each point (longitude, latitude) the Räume it lies in, by key: several only on a shared border."""
        raeume = list(self.kleinste)
        nummern, treffer = self.baum.query(shapely.points(punkte), predicate="intersects")
        je_punkt: list[list[str]] = [[] for _ in punkte]
        for nummer, stelle in sorted(zip(nummern.tolist(), treffer.tolist(), strict=True)):
            je_punkt[nummer].append(raeume[stelle])
        return [tuple(eigene) for eigene in je_punkt]

    def lies_in(self, raum_id: str, oben: str) -> bool:
        """Tell whether a Raum is another one or lies in it."""
        stelle: str | None = raum_id
        while stelle is not None and stelle != oben:
            stelle = self.eltern[stelle]
        return stelle is not None

    def find_kleinsten(self, raum_id: str) -> str | None:
        """Give the one of `kleinste` that a Raum is or lies in; None for a Raum that is divided further."""
        stelle: str | None = raum_id
        while stelle is not None and stelle not in self.kleinste:
            stelle = self.eltern[stelle]
        return stelle


def build_raumsuche(raeume: DataFrame[Raeume], geometrien: DataFrame[Geometrien]) -> Raumsuche:
    """Find the Räume that Angebote are counted in: with a polygon, and without a part that has one."""
    eltern = dict(raeume.select("raum_id", "uebergeordnet_id").iter_rows())
    ebenen = dict(raeume.select("raum_id", "ebene").iter_rows())
    flaechen = dict(geometrien.select("raum_id", "wkb").iter_rows())
    gezeichnete = set(flaechen) or set(eltern)
    geteilte = {eltern[raum_id] for raum_id in gezeichnete}
    kleinste = sorted(gezeichnete - geteilte)
    polygone = shapely.from_wkb(np.array([flaechen[raum_id] for raum_id in kleinste if raum_id in flaechen], object))
    return Raumsuche({raum_id: ebenen[raum_id] for raum_id in kleinste}, eltern, shapely.STRtree(polygone))


@dataclass(frozen=True)
class Punkte:
    """Points in longitude and latitude, and for each whether it lies far from where its coordinate system is used."""

    orte: NDArray[np.float64]
    abseits: tuple[str, ...]


def convert_punkte(roh: NDArray[np.float64], bezugssystem: str, name: str) -> Punkte:
    """Give points (east, north) of a declared coordinate system in longitude and latitude.

    Raises `EingabeError` for a coordinate system that EPSG does not know or that leads nowhere.
    """
    try:
        crs = resolve_bezugssystem("", bezugssystem, name)
        west, sued = roh.min(axis=0)
        ost, nord = roh.max(axis=0)
        umrechnung = find_umrechnung(crs, (west, sued, ost, nord), name)
    except EingabeError as fehler:
        raise EingabeError(_rename(problem) for problem in fehler.probleme) from None
    orte = np.column_stack(umrechnung.transformer.transform(roh[:, 0], roh[:, 1]))
    return Punkte(orte, tuple(_find_abseits(umrechnung, ort) for ort in orte))


def _find_abseits(umrechnung: Umrechnung, ort: NDArray[np.float64]) -> str:
    x, y = float(ort[0]), float(ort[1])
    return find_abseits(umrechnung, (x, y, x, y)).replace("datei.bezugssystem", "bezugssystem")


def _rename(problem: Problem) -> Problem:
    """Name the key as it is called here: the file itself says nothing of its coordinates."""
    return replace(problem, text=problem.text.replace("datei.bezugssystem", "bezugssystem"))
