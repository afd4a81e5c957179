"""Coordinate systems: file and declaration name one, and one way leads from it to WGS 84."""

from __future__ import annotations

import math
from collections.abc import Callable
from types import SimpleNamespace

import pytest
import shapely
from pyproj import CRS
from pyproj.network import is_network_enabled, set_network_enabled  # type: ignore[attr-defined]  # not in __all__

from atlas.errors import EingabeError
from atlas.ingest.geo import bezugssystem
from atlas.ingest.geo.bezugssystem import find_umrechnung, resolve_bezugssystem

Fehlertext = Callable[[Callable[[], object]], str]


def helmert(laenge: float, breite: float) -> tuple[float, float]:
    """Convert DHDN to WGS 84 as EPSG says for eastern Germany: 612.4 77 440.2 -0.054 0.057 -2.797 2.55."""
    a, e2 = 6377397.155, 1 / 299.1528128 * (2 - 1 / 299.1528128)
    lam, phi = math.radians(laenge), math.radians(breite)
    n = a / math.sqrt(1 - e2 * math.sin(phi) ** 2)
    x, y, z = (
        n * math.cos(phi) * math.cos(lam),
        n * math.cos(phi) * math.sin(lam),
        n * (1 - e2) * math.sin(phi),
    )
    rx, ry, rz = (math.radians(sekunden / 3600) for sekunden in (-0.054, 0.057, -2.797))
    m = 1 + 2.55e-6
    x, y, z = (
        612.4 + m * (x - rz * y + ry * z),
        77.0 + m * (rz * x + y - rx * z),
        440.2 + m * (-ry * x + rx * y + z),
    )
    a, e2 = 6378137.0, 1 / 298.257223563 * (2 - 1 / 298.257223563)
    phi = math.atan2(z, math.hypot(x, y))
    for _ in range(20):
        n = a / math.sqrt(1 - e2 * math.sin(phi) ** 2)
        phi = math.atan2(z + e2 * n * math.sin(phi), math.hypot(x, y))
    return math.degrees(math.atan2(y, x)), math.degrees(phi)


def test_gauss_krueger_is_moved_to_the_datum_of_wgs_84() -> None:
    umrechnung = find_umrechnung(CRS.from_epsg(4314), (12.5, 50.6, 12.6, 50.7), "g")
    ecke = shapely.get_coordinates(umrechnung.apply([shapely.Point(12.5, 50.7)]))[0]
    assert ecke == pytest.approx(helmert(12.5, 50.7), abs=1e-8)
    assert 50.7 - ecke[1] == pytest.approx(0.0012, abs=1e-4)  # 133 m to the south


@pytest.mark.parametrize(("ost", "genauigkeit"), [(4_550_000.0, 2.0), (4_200_000.0, 3.0)], ids=["Sachsen", "Hessen"])
def test_the_way_suits_the_place_and_needs_neither_grid_nor_network(ost: float, genauigkeit: float) -> None:
    set_network_enabled(active=True)
    umrechnung = find_umrechnung(CRS.from_epsg(31468), (ost, 5_600_000.0, ost + 9, 5_600_009.0), "g")
    assert (umrechnung.genauigkeit_m, is_network_enabled()) == (genauigkeit, False)


def test_a_grid_that_only_this_computer_has_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    ohne = find_umrechnung(CRS.from_epsg(31468), (4_550_000.0, 5_600_000.0, 4_550_009.0, 5_600_009.0), "g").transformer
    mit = SimpleNamespace(definition="proj=hgridshift grids=de_adv_BETA2007.tif", accuracy=1.0)
    gruppe = SimpleNamespace(transformers=[mit, ohne])
    monkeypatch.setattr(bezugssystem, "TransformerGroup", lambda *_, **__: gruppe)
    assert find_umrechnung(CRS.from_epsg(31468), (0, 0, 1, 1), "g").transformer is ohne
    gruppe.transformers = [mit]
    with pytest.raises(EingabeError, match=r"führt kein Weg nach WGS 84\. In EPSG:25832 liefern lassen\."):
        find_umrechnung(CRS.from_epsg(31468), (0, 0, 1, 1), "g")


UNBEKANNT = CRS.from_epsg(25832).to_wkt("WKT1_ESRI").replace("D_ETRS_1989", "D_Lokal").replace("ETRS_1989", "Lokal")
DHDN = CRS.from_epsg(31467).to_wkt("WKT1_ESRI")


@pytest.mark.parametrize(
    ("genannt", "deklariert", "epsg"),
    [
        (DHDN, None, 31467),
        (DHDN, "EPSG:5677", 5677),
        (UNBEKANNT, "EPSG:25832", 25832),
        ("Unsinn", "EPSG:25832", 25832),
        (DHDN.replace("D_Deutsches_Hauptdreiecksnetz", "D_Lokal"), "EPSG:31467", 31467),
        ("EPSG:25832", "EPSG:32632", 32632),
    ],
    ids=["prj", "Achsen", "unbekannt", "Unsinn", "Datum unbekannt", "derselbe Ort"],
)
def test_file_and_declaration_together_name_one_system(genannt: str, deklariert: str | None, epsg: int) -> None:
    assert resolve_bezugssystem(genannt, deklariert, "g").to_epsg() == epsg


@pytest.mark.parametrize(
    ("genannt", "deklariert", "text"),
    [
        ("", None, "die Datei nennt kein Koordinatensystem. datei.bezugssystem angeben, z. B. EPSG:25832."),
        (UNBEKANNT, None, "die Datei nennt ein unbekanntes Koordinatensystem (»Lokal_UTM_Zone_32N«)."),
        ("", "EPSG:99999", "EPSG:99999 ist kein Koordinatensystem des EPSG-Registers. datei.bezugssystem prüfen."),
        ("EPSG:25832", "EPSG:25833", "die Datei nennt EPSG:25832 (ETRS89 / UTM zone 32N), deklariert ist EPSG:25833"),
        (UNBEKANNT, "EPSG:25833", "die Datei nennt »Lokal_UTM_Zone_32N«, deklariert ist EPSG:25833"),
        ("EPSG:4314", "EPSG:4326", "die Datei nennt EPSG:4314 (DHDN), deklariert ist EPSG:4326 (WGS 84)."),
    ],
    ids=["nichts", "unbekannt", "erfunden", "Zone", "Zone ohne EPSG", "Datum"],
)
def test_no_system_or_two_are_refused(fehlertext: Fehlertext, genannt: str, deklariert: str | None, text: str) -> None:
    meldung = fehlertext(lambda: resolve_bezugssystem(genannt, deklariert, "g"))
    assert meldung.startswith(f"1 Problem in g\n  {text}")
