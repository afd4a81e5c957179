"""The committed deliveries come from the generator, and the areas of the Landkreis fit together."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import shapely
from shapely.geometry import Polygon, shape

from atlas.musterland.__main__ import main
from atlas.musterland.dateien import write_files

WURZEL = Path(__file__).resolve().parents[1]
ROHDATEN = WURZEL / "data" / "raw"
BEFEHL = "python -m atlas.musterland data/raw"

DATEIEN = (
    "arbeitsmarkt_und_grundsicherung.csv",
    *(f"bevoelkerung_{jahr}.csv" for jahr in range(2020, 2026)),
    "bewegungen.csv",
    "gemeinden.geojson",
    "haushalte.csv",
    "jugendhilfe.csv",
    "mieten.csv",
    "raumverzeichnis.csv",
)


@pytest.fixture(scope="module")
def neue_dateien(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ziel = tmp_path_factory.mktemp("musterland")
    write_files(ziel)
    return ziel


@pytest.fixture(scope="module")
def gemeinden() -> dict[str, Polygon]:
    sammlung = json.loads((ROHDATEN / "gemeinden.geojson").read_bytes())
    polygone = {f["properties"]["ags"]: shape(f["geometry"]) for f in sammlung["features"]}
    assert all(isinstance(polygon, Polygon) for polygon in polygone.values())
    return {ags: polygon for ags, polygon in polygone.items() if isinstance(polygon, Polygon)}


@pytest.fixture(scope="module")
def verzeichnis() -> list[dict[str, str]]:
    with (ROHDATEN / "raumverzeichnis.csv").open(encoding="utf-8", newline="") as datei:
        return list(csv.DictReader(datei, delimiter=";"))


def parse_zehntel(text: str) -> int:
    return int(text.replace(",", ""))


@pytest.mark.parametrize("name", DATEIEN)
def test_committed_file_equals_generated_file(neue_dateien: Path, name: str) -> None:
    gespeichert = ROHDATEN / name
    gleich = gespeichert.is_file() and gespeichert.read_bytes() == (neue_dateien / name).read_bytes()
    assert gleich, f"data/raw/{name} ist nicht der Stand des Generators. Neu schreiben: {BEFEHL}"


def test_generator_writes_exactly_the_listed_files(neue_dateien: Path) -> None:
    assert sorted(pfad.name for pfad in neue_dateien.iterdir()) == sorted(DATEIEN)


def test_command_without_folder_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "ZIELORDNER" in capsys.readouterr().err


def test_gemeinden_are_a_coverage_without_gaps_and_overlaps(gemeinden: dict[str, Polygon]) -> None:
    polygone = list(gemeinden.values())
    kreis = shapely.union_all(polygone)
    assert len(polygone) == 33
    assert all(polygon.is_valid for polygon in polygone)
    assert shapely.coverage_is_valid(polygone)
    assert isinstance(kreis, Polygon)
    assert not kreis.interiors
    assert kreis.area == pytest.approx(sum(polygon.area for polygon in polygone), rel=1e-12)


def test_planungsraeume_are_connected(gemeinden: dict[str, Polygon], verzeichnis: list[dict[str, str]]) -> None:
    gruppen: dict[str, list[Polygon]] = {}
    for zeile in verzeichnis:
        if zeile["Ebene"] == "gemeinde":
            gruppen.setdefault(zeile["Übergeordnet"], []).append(gemeinden[zeile["Schlüssel"]])
    assert sorted(gruppen) == ["PR1", "PR2", "PR3", "PR4", "PR5"]
    for polygone in gruppen.values():
        vereinigung = shapely.union_all(polygone)
        assert isinstance(vereinigung, Polygon)
        assert not vereinigung.interiors
        assert 5 <= len(polygone) <= 9


def test_areas_add_up_to_the_printed_tenth(verzeichnis: list[dict[str, str]]) -> None:
    for oben in verzeichnis:
        teile = [z for z in verzeichnis if z["Übergeordnet"] == oben["Schlüssel"]]
        summe = sum(parse_zehntel(z["Fläche (ha)"]) for z in teile)
        assert not teile or summe == parse_zehntel(oben["Fläche (ha)"])


def test_bewegungen_explain_the_change_of_the_residents() -> None:
    einwohner: dict[tuple[int, str], int] = {}
    for jahr in range(2020, 2026):
        zeilen = (ROHDATEN / f"bevoelkerung_{jahr}.csv").read_bytes().decode("cp1252").split("\r\n")
        for zeile in zeilen[4:37]:
            ags, _, *zahlen = zeile.split(";")
            gesamt, *gruppen, auslaender = (int(zahl.replace(".", "")) for zahl in zahlen)
            assert gesamt == sum(gruppen)
            assert auslaender <= gesamt
            einwohner[jahr, ags] = gesamt
    with (ROHDATEN / "bewegungen.csv").open(encoding="utf-8", newline="") as datei:
        for z in csv.DictReader(datei):
            jahr, ags = int(z["jahr"]), z["ags"]
            saldo = int(z["geburten"]) - int(z["sterbefaelle"]) + int(z["zuzuege"]) - int(z["fortzuege"])
            assert jahr == 2020 or einwohner[jahr, ags] == einwohner[jahr - 1, ags] + saldo


def test_only_small_counts_are_secret() -> None:
    with (ROHDATEN / "arbeitsmarkt_und_grundsicherung.csv").open(encoding="utf-8-sig", newline="") as datei:
        zeilen = list(csv.reader(datei, delimiter=";"))[1:]
    geheim = {(z[2], z[0]) for z in zeilen if "*" in z}
    assert geheim == {("Tannwalde", "2020")} | {("Kleinrode", str(jahr)) for jahr in range(2020, 2026)}
