"""The geometry of a GeoPackage: bounds of any kind are skipped, anything odd is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
import shapely
from shapely.geometry import Polygon

from atlas.config.models.datei import GeopackageDatei
from atlas.ingest.geo.geodaten import read_flaechen
from flaechendateien import blob, ring, write_geopackage

if TYPE_CHECKING:
    from pathlib import Path

Fehlertext = Callable[[Callable[[], object]], str]
GPKG = GeopackageDatei(typ="geopackage", glob="g.gpkg")
QUADRAT = Polygon(ring())


@pytest.mark.parametrize("huelle", range(5))
@pytest.mark.parametrize("ende", ["<", ">"])
def test_geometries_are_read_behind_every_kind_of_bounds(tmp_path: Path, huelle: int, ende: str) -> None:
    pfad = write_geopackage(tmp_path / "g.gpkg", [("01", blob(QUADRAT, huelle=huelle, ende=ende))])
    assert read_flaechen(pfad, "g", GPKG).geometrien[0].bounds[0] == pytest.approx(9.0, abs=1e-12)


UNLESBAR = "Eigenschaften oder Geometrie sind nicht lesbar. Neu exportieren."
FEHLT = "die Geometrie fehlt. Fläche ergänzen oder das Objekt löschen."


@pytest.mark.parametrize(
    ("geometrie", "text"),
    [
        (None, FEHLT),
        (blob(None, flaggen=0b1_0000), FEHLT),
        (b"", UNLESBAR),
        (b"GP\0\1", UNLESBAR),
        (b"XX" + blob(QUADRAT)[2:], UNLESBAR),
        (blob(QUADRAT)[:60], UNLESBAR),
        (shapely.to_wkb(QUADRAT), UNLESBAR),
        (blob(QUADRAT, huelle=5), UNLESBAR),
        (blob(QUADRAT, flaggen=0b10_0000), UNLESBAR),
        (blob(QUADRAT, srs_id=25833), UNLESBAR),
        (blob(shapely.Point(500_000, 5_700_000)), "keine Fläche, sondern Point. Nur Polygone liefern."),
    ],
    ids=range(11),
)
def test_what_is_no_area_is_named_by_its_number(
    tmp_path: Path, fehlertext: Fehlertext, geometrie: bytes | None, text: str
) -> None:
    pfad = write_geopackage(tmp_path / "g.gpkg", [("01", blob(QUADRAT)), ("02", geometrie)])
    assert fehlertext(lambda: read_flaechen(pfad, "g", GPKG)) == f"1 Problem in g\n  Objekt 2: {text}"
