"""Stage validate as a whole: what the configuration says about a source reaches the rules."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import polars as pl
import pytest

from atlas.errors import BefundeError, KonfigurationError
from atlas.lauf import run_stufen, select_stufen
from atlas.projekt import Projekt
from atlas.store import read_tabelle
from atlas.tables.ergebnis import Befunde, Indikatorwerte
from betrieb.kleinprojekt import MENSCHEN_2025, create_kleinprojekt, replace_in

if TYPE_CHECKING:
    from pathlib import Path

QUELLEN = "config/quellen.yaml"
BEREICH = ", von: 0, bis: 100000}"
"""The range of einwohner; every Gemeinde has 1000 of them in both years."""


@pytest.fixture
def wurzel(tmp_path: Path) -> Path:
    return create_kleinprojekt(tmp_path)


def _validate(wurzel: Path) -> list[tuple[object, ...]]:
    """Build up to validate and give (code, raum_id, jahr, erwartet) of what was found, but for the few Räume."""
    projekt = Projekt(wurzel, wurzel / "data" / "raw")
    with suppress(BefundeError):
        run_stufen(projekt, select_stufen(None, "validate"), erzwinge=False, melde=lambda _: None)
    befunde = read_tabelle(projekt, Befunde).filter(pl.col("code") != "R106")
    return befunde.select("code", "raum_id", "jahr", "erwartet").sort(pl.all()).rows()


def test_the_tiny_project_is_sound(wurzel: Path) -> None:
    assert _validate(wurzel) == []


@pytest.mark.parametrize(("angabe", "befunde"), [("true", [("R102", "G4", 2025, None)]), ("false", [])])
def test_only_a_source_declared_complete_must_have_every_area(
    wurzel: Path, angabe: str, befunde: list[tuple[object, ...]]
) -> None:
    replace_in(wurzel / QUELLEN, "    titel: Menschen\n", f"    titel: Menschen\n    vollstaendig: {angabe}\n")
    replace_in(wurzel / MENSCHEN_2025, "G4;1000;440\n", "")
    assert _validate(wurzel) == befunde


@pytest.mark.parametrize(
    ("bereich", "erwartet"),
    [(", von: 1001}", "ab 1001"), (", bis: 999.5}", "höchstens 999,5"), (", von: 1, bis: 999}", "1 bis 999")],
)
def test_a_range_open_at_one_end_is_a_range(wurzel: Path, bereich: str, erwartet: str) -> None:
    replace_in(wurzel / QUELLEN, BEREICH, bereich)
    assert _validate(wurzel) == [("R104", f"G{n}", jahr, erwartet) for n in range(1, 5) for jahr in (2024, 2025)]


@pytest.mark.parametrize("bereich", [", von: 1000}", ", bis: 1000}", "}"])
def test_a_value_at_the_end_of_its_range_is_in_it(wurzel: Path, bereich: str) -> None:
    replace_in(wurzel / QUELLEN, BEREICH, bereich)
    assert _validate(wurzel) == []


@pytest.mark.parametrize(
    ("gruppen", "bis", "befunde"),
    [
        ("", 120, ["D2", "D2"]),
        ("gruppen: {'3': alter=drei}, ", 120, ["D2", "D2"]),
        ("", 130, []),
        ("", 90, ["D2", "D2", "E2", "E2"]),
    ],
)
def test_a_range_holds_for_groups_that_a_pattern_makes(
    wurzel: Path, gruppen: str, bis: int, befunde: list[str]
) -> None:
    """G1 has 130 people under 3 and 100 under 6 in both years; its 1000 people are of another column."""
    dimension = f"    dimensionen: [{{kopf: n, {gruppen}muster: '(?P<n>\\d)', gruppe: 'alter={{n}}'}}]\n"
    replace_in(wurzel / QUELLEN, "    werte:\n", f"{dimension}    vollstaendig: false\n    werte:\n")
    replace_in(
        wurzel / QUELLEN, BEREICH, f"{BEREICH}\n        - {{muster: 'u(?P<n>.)', merkmal: einwohner, bis: {bis}}}"
    )
    for jahr in (2024, 2025):
        pfad = wurzel / f"data/raw/menschen_{jahr}.csv"
        pfad.write_text("id;alle;arm;u3;u6\nG1;1000;100;130;100\nG2;1000;100;0;0\n", encoding="utf-8")
    _validate(wurzel)
    gefunden = read_tabelle(Projekt(wurzel, wurzel / "data" / "raw"), Befunde).filter(code="R104")
    assert gefunden["zelle"].sort().to_list() == befunde


def test_the_year_of_the_report_is_that_of_the_configuration(wurzel: Path) -> None:
    replace_in(wurzel / "config/atlas.yaml", "berichtsjahr: 2025", "berichtsjahr: 2026")
    assert _validate(wurzel) == [("R108", None, 2026, None), ("R108", None, 2026, None)]


def test_the_date_of_a_source_is_that_of_the_configuration(wurzel: Path) -> None:
    replace_in(wurzel / QUELLEN, "stand: 2026-01-31", "stand: 2024-12-31")
    assert _validate(wurzel) == [("R109", None, 2025, None)]


def test_the_population_of_the_minimum_rule_is_that_of_the_configuration(wurzel: Path) -> None:
    neu = ", von: 0, bis: 100000}\n        - {spalte: volk, merkmal: volk}"
    replace_in(wurzel / QUELLEN, BEREICH, neu)
    replace_in(wurzel / "config/raeume.yaml", "ebenen:", "mindesteinwohner: {merkmal: volk, anzahl: 1}\nebenen:")
    for jahr in (2024, 2025):
        zeilen = "".join(f"G{nummer};1000;100;999,5\n" for nummer in range(1, 5))
        (wurzel / f"data/raw/menschen_{jahr}.csv").write_text(f"id;alle;arm;volk\n{zeilen}", encoding="utf-8")
    assert _validate(wurzel) == [("R111", "G1", 2024, None)]


@pytest.mark.parametrize(("kreis", "befunde"), [(6, []), (7, [("R115", "K", 2024, None)])])
@pytest.mark.parametrize("wo", ["spalte", "zeile"])
def test_figures_in_thousands_are_compared_in_thousands(
    wurzel: Path, wo: str, kreis: int, befunde: list[tuple[object, ...]]
) -> None:
    """Four times 1 thousand are 4; with the 7 of the Kreis that is 3 too many, and 2.5 is what rounding explains."""
    replace_in(wurzel / QUELLEN, "{gemeinde: ", "{kreis: K, gemeinde: ")
    if wo == "spalte":
        replace_in(wurzel / QUELLEN, BEREICH, ", faktor: 1000}")
    else:
        einheit = "    dimensionen: [{spalte: in, faktoren: {T: 1000, E: 1}}]\n"
        replace_in(wurzel / QUELLEN, "    werte:\n", f"{einheit}    werte:\n")
    for jahr in (2024, 2025):
        zeilen = "".join(f"G{nummer};1;0;T\n" for nummer in range(1, 5)) + f"K;{kreis};0;T\n"
        text = f"id;alle;arm;in\n{zeilen}" if wo == "zeile" else f"id;alle;arm\n{zeilen}".replace(";T", "")
        (wurzel / f"data/raw/menschen_{jahr}.csv").write_text(text, "utf-8")
    assert _validate(wurzel) == befunde


ALTER = ("einwohner}]", "einwohner, alter: 0-5}]")


def _deliver_alter(wurzel: Path, koepfe: str) -> None:
    """Deliver people of G1 to G4 by columns whose heads name the group of ages; a pattern reads them."""
    muster = "{kopf: n, muster: '(?P<n>.+)', gruppe: 'alter={n}'}"
    replace_in(wurzel / QUELLEN, "    werte:\n", f"    dimensionen: [{muster}]\n    werte:\n")
    replace_in(wurzel / QUELLEN, "{spalte: alle, merkmal: einwohner", "{muster: 'u(?P<n>.+)', merkmal: einwohner")
    for jahr in (2024, 2025):
        zeilen = "".join(f"G{nummer};600;{100 * nummer};400\n" for nummer in range(1, 5))
        (wurzel / f"data/raw/menschen_{jahr}.csv").write_text(f"id;{koepfe}\n{zeilen}", encoding="utf-8")


def test_groups_of_a_pattern_make_a_band_from_raw_file_to_indicator(wurzel: Path) -> None:
    _deliver_alter(wurzel, "u0-2;arm;u3-5")
    replace_in(wurzel / "config/indikatoren.yaml", *ALTER)
    assert _validate(wurzel) == []
    projekt = Projekt(wurzel, wurzel / "data" / "raw")
    run_stufen(projekt, select_stufen(None, "compute"), erzwinge=False, melde=lambda _: None)
    werte = read_tabelle(projekt, Indikatorwerte).filter(jahr=2025)
    assert werte.select("raum_id", "nenner", "wert").rows()[:2] == [("G1", 1000.0, 10.0), ("G2", 1000.0, 20.0)]


def test_a_band_that_the_groups_of_a_pattern_do_not_make_ends_the_run(wurzel: Path) -> None:
    _deliver_alter(wurzel, "u0-2;arm;u3-6")
    replace_in(wurzel / "config/indikatoren.yaml", *ALTER)
    with pytest.raises(KonfigurationError) as gefangen:
        _validate(wurzel)
    assert str(gefangen.value) == (
        "1 Problem in config/indikatoren.yaml\n"
        "  Zeile 9    indikatoren.armut.berechnung.nenner.0.alter: 0-5 lässt sich für einwohner aus den gelieferten "
        "Altersgruppen nicht lückenlos zusammensetzen (vorhanden: 0-2, 3-6)."
    )
