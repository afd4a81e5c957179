"""Areas out of any declared file: GeoJSON, shapefile or GeoPackage, in longitude and latitude (WGS 84)."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from atlas.ingest.auswahl import select_auswahl
from atlas.ingest.dateien import read_bytes
from atlas.ingest.geo.flaechen import Merkmalsammlung, Rohflaechen, Satz, make_sammlung
from atlas.ingest.geo.geojson import parse_geojson
from atlas.ingest.geo.geopackage import open_geopackage
from atlas.ingest.geo.shapedatei import read_shapedatei

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from atlas.config.models.datei import Geodatei


def read_flaechen(pfad: Path, name: str, datei: Geodatei, auswahl: Mapping[str, str] | None = None) -> Merkmalsammlung:
    """Read the areas of a file whose properties match the selection; without one, all.

    Only selected geometries are read, converted and checked, so that a file of the whole country is no burden.
    Raises `EingabeError` for a file that does not hold what is declared, and for a selection that hits nothing.
    """
    with _open_roh(pfad, name, datei) as roh:
        return make_sammlung(roh, select_auswahl(roh.saetze, auswahl or {}, name), name)


def read_eigenschaften(pfad: Path, name: str, datei: Geodatei) -> list[Satz]:
    """Read the properties of all areas of a file as text, and no geometry.

    Raises `EingabeError` for a file that does not hold what is declared.
    """
    with _open_roh(pfad, name, datei) as roh:
        return roh.saetze


def _open_roh(pfad: Path, name: str, datei: Geodatei) -> AbstractContextManager[Rohflaechen]:
    if datei.typ == "geopackage":
        return open_geopackage(pfad, name, datei)
    if datei.typ == "shapefile":
        return nullcontext(read_shapedatei(pfad, name, datei))
    return nullcontext(parse_geojson(read_bytes(pfad, name), name))
