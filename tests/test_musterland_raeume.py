"""The Räume of the demo fit together: five Planungsräume, 33 Gemeinden, and Sozialräume in six towns only."""

from __future__ import annotations

import csv
import json
from collections import Counter

import pytest
import shapely
from shapely.geometry import Polygon, shape

from geteilte_daten import WURZEL

ROHDATEN = WURZEL / "data" / "raw"
SOZIALRAEUME = {
    "Musterstadt": 24, "Hammerwerda": 12, "Bad Lindenbrunn": 9, "Königsfurth": 8, "Grünfelde": 6, "Burgwalda": 5,
}  # fmt: skip

Verzeichnis = list[dict[str, str]]
Karte = dict[str, Polygon]


def read_karte(name: str, schluessel: str) -> Karte:
    sammlung = json.loads((ROHDATEN / name).read_bytes())
    polygone = {f["properties"][schluessel]: shape(f["geometry"]) for f in sammlung["features"]}
    assert all(isinstance(polygon, Polygon) for polygon in polygone.values())
    return {raum_id: polygon for raum_id, polygon in polygone.items() if isinstance(polygon, Polygon)}


@pytest.fixture(scope="module")
def gemeinden() -> Karte:
    return read_karte("gemeinden.geojson", "ags")


@pytest.fixture(scope="module")
def sozialraeume() -> Karte:
    return read_karte("sozialraeume.geojson", "sr")


@pytest.fixture(scope="module")
def verzeichnis() -> Verzeichnis:
    with (ROHDATEN / "raumverzeichnis.csv").open(encoding="utf-8", newline="") as datei:
        return list(csv.DictReader(datei, delimiter=";"))


def get_teile(verzeichnis: Verzeichnis, oben: str) -> list[str]:
    return [z["Schlüssel"] for z in verzeichnis if z["Übergeordnet"] == oben]


def parse_zehntel(text: str) -> int:
    return int(text.replace(",", ""))


def test_levels_have_the_announced_numbers_of_raeume(verzeichnis: Verzeichnis) -> None:
    assert Counter(z["Ebene"] for z in verzeichnis) == {
        "kreis": 1, "planungsraum": 5, "gemeinde": 33, "sozialraum": 64,
    }  # fmt: skip


def test_only_six_towns_have_sozialraeume(verzeichnis: Verzeichnis) -> None:
    zahlen = {z["Name"]: len(get_teile(verzeichnis, z["Schlüssel"])) for z in verzeichnis if z["Ebene"] == "gemeinde"}
    assert {name: anzahl for name, anzahl in zahlen.items() if anzahl} == SOZIALRAEUME


def test_key_and_name_of_a_sozialraum_tell_its_town(verzeichnis: Verzeichnis) -> None:
    sozialraeume = [z for z in verzeichnis if z["Ebene"] == "sozialraum"]
    assert all(z["Schlüssel"][:8] == z["Übergeordnet"] for z in sozialraeume)
    assert len({(z["Übergeordnet"], z["Name"]) for z in sozialraeume}) == len(sozialraeume)


def test_gemeinden_are_a_coverage_without_gaps_and_overlaps(gemeinden: Karte) -> None:
    polygone = list(gemeinden.values())
    kreis = shapely.union_all(polygone)
    assert len(polygone) == 33
    assert all(polygon.is_valid for polygon in polygone)
    assert shapely.coverage_is_valid(polygone)
    assert isinstance(kreis, Polygon)
    assert not kreis.interiors
    assert kreis.area == pytest.approx(sum(polygon.area for polygon in polygone), rel=1e-12)


def test_sozialraeume_tile_their_gemeinde_exactly(
    gemeinden: Karte, sozialraeume: Karte, verzeichnis: Verzeichnis
) -> None:
    staedte = {ags: get_teile(verzeichnis, ags) for ags in gemeinden}
    assert sum(len(teile) for teile in staedte.values()) == len(sozialraeume)
    for ags, teile in staedte.items():
        polygone = [sozialraeume[sr] for sr in teile]
        if polygone:
            assert all(polygon.is_valid for polygon in polygone)
            assert shapely.coverage_is_valid(polygone)
            assert shapely.coverage_union_all(polygone).normalize() == gemeinden[ags].normalize()


def test_quarters_and_villages_together_are_a_coverage(gemeinden: Karte, sozialraeume: Karte) -> None:
    geteilt = {sr[:8] for sr in sozialraeume}
    assert shapely.coverage_is_valid(
        [p for ags, p in gemeinden.items() if ags not in geteilt] + [*sozialraeume.values()]
    )


def test_planungsraeume_are_connected(gemeinden: Karte, verzeichnis: Verzeichnis) -> None:
    for planungsraum in get_teile(verzeichnis, "99001"):
        teile = get_teile(verzeichnis, planungsraum)
        vereinigung = shapely.union_all([gemeinden[ags] for ags in teile])
        assert isinstance(vereinigung, Polygon)
        assert not vereinigung.interiors
        assert 5 <= len(teile) <= 9


def test_areas_add_up_to_the_printed_tenth(verzeichnis: Verzeichnis) -> None:
    flaechen = {z["Schlüssel"]: parse_zehntel(z["Fläche (ha)"]) for z in verzeichnis}
    for oben, flaeche in flaechen.items():
        teile = get_teile(verzeichnis, oben)
        assert not teile or sum(flaechen[teil] for teil in teile) == flaeche


def test_dense_quarters_are_small_and_villages_at_the_edge_wide(verzeichnis: Verzeichnis) -> None:
    flaechen = {z["Name"]: parse_zehntel(z["Fläche (ha)"]) for z in verzeichnis if z["Übergeordnet"] == "99001021"}
    assert flaechen["Altstadt"] < 2_000 < flaechen["Oberhain"]


def test_umstieg_leads_every_gemeinde_of_2018_to_one_of_today(gemeinden: Karte) -> None:
    with (ROHDATEN / "umstieg_2018-12-31_2025-12-31.csv").open(encoding="utf-8", newline="") as datei:
        wege = {z["Gemeinde 31.12.2018"]: z["Gemeinde 31.12.2025"] for z in csv.DictReader(datei, delimiter=";")}
    assert len(wege) == 34
    assert set(wege.values()) == set(gemeinden)
    assert {alt: neu for alt, neu in wege.items() if alt != neu} == {"99001034": "99001018"}
