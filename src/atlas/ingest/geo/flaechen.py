"""Features of any file of areas: their properties as text, their polygons checked and in longitude and latitude."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from atlas.errors import EingabeError, Problem
from atlas.ingest.auflistung import MAX_PROBLEME
from atlas.ingest.dateien import GROESSTE_DATEI
from atlas.ingest.formate.kodierung import describe_unsichtbares
from atlas.ingest.geo.bezugssystem import find_abseits, find_umrechnung
from atlas.zeichen import UNSICHTBAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from atlas.ingest.geo.bezugssystem import Rechteck, Umrechnung

Satz = dict[str, str]

MAX_BREITE = 85
"""Nobody lives nearer to a pole, and no map of a Kreis can be drawn there."""

MAX_OBJEKTE: Final = 2_000_000
MAX_ZELLEN: Final = 20_000_000
"""Far more areas, and areas times fields, than any country has; more would fill the memory."""

UNLESBAR = "Eigenschaften oder Geometrie sind nicht lesbar. Neu exportieren."


class KeineFlaecheError(ValueError):
    """A sound geometry of a kind that is no area; the message names the kind."""


class Satzsammler:
    """Takes the properties of one feature after the other, and no more of them than an honest file holds."""

    def __init__(self, felder: Sequence[str], name: str) -> None:
        """Begin without rows; raises `EingabeError` for a name of a field with invisible characters."""
        self.saetze: list[Satz] = []
        self._felder, self._name, self._zeichen = felder, name, 0
        for feld in felder:
            check_sichtbar(feld, "der Name eines Feldes", (name, ""))

    def add(self, satz: Satz, nummer: int) -> None:
        """Take one feature.

        Raises `EingabeError` for invisible characters in a value, and for more than fits into the memory.
        """
        werte = "\n".join(satz.values())
        if UNSICHTBAR.search(werte):
            for feld, wert in satz.items():
                check_sichtbar(wert, f"das Feld »{feld}«", (self._name, f"Objekt {nummer}"))
        self._zeichen += len(werte)
        self.saetze.append(satz)
        check_menge(len(self.saetze), len(self._felder), self._name)
        if self._zeichen > GROESSTE_DATEI:
            raise EingabeError([Problem(self._name, 0, "", f"die Eigenschaften füllen mehr als 1 GB. {_WENIGER}")])


_WENIGER = "Nur das nötige Gebiet und die nötigen Felder exportieren."


def check_menge(objekte: int, felder: int, name: str) -> None:
    """Raise an `EingabeError` for more features, or more values, than the memory holds."""
    if objekte > MAX_OBJEKTE or objekte * felder > MAX_ZELLEN:
        text = f"die Datei enthält zu viele Objekte (ab {objekte} mit {felder} Feldern). {_WENIGER}"
        raise EingabeError([Problem(name, 0, "", text)])


def check_sichtbar(text: str, was: str, stelle: tuple[str, str]) -> None:
    """Raise an `EingabeError` for a text with characters that nobody sees; `stelle` is the file and the place in it."""
    if UNSICHTBAR.search(text):
        name, ort = stelle
        raise EingabeError([Problem(name, 0, ort, f"{was} {describe_unsichtbares(text)}")])


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
        except KeineFlaecheError as fehler:
            gruende[index] = _describe_art(str(fehler))
        except ValueError:
            gruende[index] = UNLESBAR
    if roh.bezugssystem is not None and geometrien:
        umrechnung = find_umrechnung(roh.bezugssystem, _find_ausdehnung(geometrien.values()), name)
        umgerechnet = umrechnung.apply(list(geometrien.values()))
        geometrien = dict(zip(geometrien, umgerechnet, strict=True))
    else:
        umrechnung = None
    gruende |= {index: _find_grund(geometrie, umrechnung) for index, geometrie in geometrien.items()}
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
        return _describe_art(geometrie.geom_type)
    abseits = find_abseits(umrechnung, geometrie.bounds) if umrechnung is not None else ""
    return abseits or _find_formfehler(geometrie)


def _describe_art(art: str) -> str:
    return f"keine Fläche, sondern {art}. Nur Polygone liefern."


def _find_formfehler(geometrie: BaseGeometry) -> str:
    west, sued, ost, nord = geometrie.bounds
    if not (-180 <= west <= ost <= 180 and -MAX_BREITE <= sued <= nord <= MAX_BREITE):  # noqa: PLR2004  # degrees
        return "die Koordinaten sind keine Grade. In WGS 84 (Länge, Breite) umprojizieren."
    if not np.isfinite(shapely.get_coordinates(geometrie)).all():
        return UNLESBAR  # GEOS leaves what is no number out of the bounds, and stumbles over it later
    if not shapely.is_valid(geometrie):
        return f"die Fläche ist ungültig ({shapely.is_valid_reason(geometrie)}). Im GIS reparieren."
    return ""
