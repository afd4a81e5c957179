"""The ground of the maps: metres, shared borders, integer paths."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest
import shapely

from atlas.render.flaechen import Kartengrund, build_kartengrund, simplify_gemeinsam, write_pfad
from atlas.render.projektion import Projektion

Kante = frozenset[tuple[int, int]]


def _kanten(pfad: str) -> list[Kante]:
    """Give the edges of an integer path as unordered pairs of points."""
    kanten: list[Kante] = []
    for ring in re.findall(r"M(-?\d+) (-?\d+)l([-\d ]+)z", pfad):
        punkt = (int(ring[0]), int(ring[1]))
        punkte = [punkt]
        zahlen = [int(zahl) for zahl in ring[2].split()]
        for dx, dy in zip(zahlen[::2], zahlen[1::2], strict=True):
            punkt = (punkt[0] + dx, punkt[1] + dy)
            punkte.append(punkt)
        kanten += [frozenset(paar) for paar in zip(punkte, [*punkte[1:], punkte[0]], strict=True)]
    return kanten


def _gebiete() -> dict[str, bytes]:
    """Give two by two areas near Berlin whose inner borders wiggle."""
    mitte = [(0.1 * n, 0.004 * (-1) ** n) for n in range(11)]
    quer = [(0.0, 0.0), *mitte[1:-1], (1.0, 0.0)]
    oben = shapely.Polygon([*quer, (1.0, 1.0), (0.0, 1.0)])
    unten = shapely.Polygon([*quer, (1.0, -1.0), (0.0, -1.0)])
    links, rechts = shapely.box(-1, -2, 0.5, 2), shapely.box(0.5, -2, 2, 2)
    teile = [shapely.intersection(form, seite) for form in (oben, unten) for seite in (links, rechts)]
    verschoben = shapely.transform(np.array(teile, dtype=object), lambda xy: xy * 0.1 + [13.4, 52.5])
    return {f"r{n}": shapely.to_wkb(form) for n, form in enumerate(verschoben)}


@pytest.fixture(scope="module")
def grund() -> Kartengrund:
    return build_kartengrund(_gebiete(), {"r0": "A", "r1": "A", "r2": "B", "r3": "B"}, 1000)


def test_a_degree_of_latitude_is_about_111_kilometres() -> None:
    meter = Projektion(13.4, 52.5).project(np.array([[13.4, 52.0], [13.4, 53.0], [13.4, 52.5]]))
    assert meter[1, 1] - meter[0, 1] == pytest.approx(111_195, rel=1e-3)
    assert meter[2].tolist() == pytest.approx([0, 0])


def test_equal_areas_stay_equal_wherever_they_lie() -> None:
    projektion = Projektion(13.4, 52.5)

    def hektar(laenge: float, breite: float) -> float:
        hoehe = 0.01 / np.cos(np.radians(breite))
        form = shapely.segmentize(shapely.box(laenge, breite - hoehe / 2, laenge + 0.01, breite + hoehe / 2), 0.001)
        return float(shapely.area(shapely.transform(form, projektion.project)))

    assert hektar(12.0, 51.5) == pytest.approx(hektar(14.5, 53.4), rel=1e-3)


def test_a_map_has_the_demanded_width_and_knows_its_scale(grund: Kartengrund) -> None:
    zahlen = [x for pfad in grund.pfade.values() for kante in _kanten(pfad) for x, _ in kante]
    assert (min(zahlen), max(zahlen)) == (0, 1000)
    assert grund.meter_je_einheit * 1000 == pytest.approx(0.1 * 111_195 * np.cos(np.radians(52.5)), rel=5e-3)


def test_shared_borders_stay_shared_after_simplification(grund: Kartengrund) -> None:
    anzahl = Counter(kante for pfad in grund.pfade.values() for kante in _kanten(pfad))
    assert set(anzahl.values()) == {1, 2}
    ueber_mitte = [kante for kante, n in anzahl.items() if n == 2]
    assert len(ueber_mitte) > 4


def test_the_borders_of_the_level_above_lie_on_borders_of_the_areas(grund: Kartengrund) -> None:
    feine = {kante for pfad in grund.pfade.values() for kante in _kanten(pfad)}
    assert set(_kanten(grund.gruppengrenzen)) <= feine


def test_a_coverage_with_overlaps_is_mended_or_snapped_and_loses_no_area() -> None:
    schief = np.array([shapely.box(0, 0, 500.3, 500), shapely.box(500, 0, 1000, 500)], dtype=object)
    einfach = simplify_gemeinsam(schief)
    assert len(einfach) == 2
    assert shapely.area(einfach).sum() == pytest.approx(500_000, rel=1e-3)


def test_an_area_inside_another_does_not_vanish() -> None:
    aussen = shapely.Polygon(
        [(0, 0), (900, 0), (900, 900), (0, 900)], [[(300, 300), (600, 300), (600, 600), (300, 600)]]
    )
    pfade = [write_pfad(form) for form in simplify_gemeinsam(np.array([aussen, shapely.box(300, 300, 600, 600)]))]
    assert pfade[0].count("z") == 2
    assert pfade[1].count("z") == 1


def test_an_area_too_small_for_the_grid_is_still_on_the_map() -> None:
    winzig = {
        "gross": shapely.to_wkb(shapely.box(13, 52, 14, 53)),
        "klein": shapely.to_wkb(shapely.box(14, 52, 14.0001, 52.0001)),
    }
    grund = build_kartengrund(winzig, dict.fromkeys(winzig, "A"), 1000)
    assert all(grund.pfade.values())
