"""Numbers, dates and signs as German official statistics print them."""

from __future__ import annotations

from datetime import date

import pytest

from atlas.render.zahlen import (
    Angabe,
    Wert,
    find_zeichen,
    format_datum,
    format_datum_kurz,
    format_kurz,
    format_liste,
    format_prozent,
    format_wert,
    format_zahl,
    list_zeichen,
)
from atlas.tables.listen import SPERRGRUENDE, VORHANDEN, WERTSTATUS

SCHMAL = "\u202f"
MINUS = "\u2212"


@pytest.mark.parametrize(
    ("wert", "stellen", "text"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-0.5, 0, f"{MINUS}1"),
        (-2.5, 0, f"{MINUS}3"),
        (2.675, 2, "2,68"),
        (-2.675, 2, f"{MINUS}2,68"),
        (0.125, 2, "0,13"),
        (1.005, 2, "1,01"),
        (2.4449, 1, "2,4"),
        (0.45, 1, "0,5"),
        (9.95, 1, "10,0"),
        (999.95, 1, f"1{SCHMAL}000,0"),
        (12.0, 2, "12,00"),
    ],
)
def test_halves_are_rounded_away_from_zero_once(wert: float, stellen: int, text: str) -> None:
    assert format_zahl(wert, stellen) == text


def test_rounding_starts_from_the_unrounded_value_and_not_from_a_rounded_one() -> None:
    assert format_zahl(0.4449, 0) == "0"
    assert format_zahl(1.4999999, 0) == "1"


@pytest.mark.parametrize("wert", [-0.0, -0.04, -1e-17, 0.0])
def test_there_is_no_negative_zero(wert: float) -> None:
    assert format_zahl(wert, 1) == "0,0"


def test_thousands_are_grouped_with_a_narrow_space_that_does_not_break() -> None:
    assert format_zahl(188990.0, 0) == f"188{SCHMAL}990"
    assert format_zahl(-1234567.891, 2) == f"{MINUS}1{SCHMAL}234{SCHMAL}567,89"
    assert format_zahl(999.0, 0) == "999"


def test_tiny_and_huge_numbers_are_never_printed_in_scientific_notation() -> None:
    assert format_zahl(1e-9, 2) == "0,00"
    assert format_zahl(1e16, 0) == SCHMAL.join(["10", *["000"] * 5])


def test_a_number_of_the_configuration_keeps_its_own_places() -> None:
    assert [format_kurz(wert) for wert in (1.0, 1.5, -1, 0.25, 10)] == ["1", "1,5", f"{MINUS}1", "0,25", "10"]


def test_a_share_has_a_comma_and_a_space_that_does_not_break() -> None:
    assert format_prozent(75, 536) == "14,0\u00a0%"
    assert format_prozent(1, 800) == "0,1\u00a0%"
    assert format_prozent(0, 0) == "x"


def test_dates_are_german() -> None:
    assert format_datum(date(2026, 6, 30)) == "30.\u00a0Juni 2026"
    assert format_datum(date(2026, 3, 1)) == "1.\u00a0März 2026"
    assert format_datum_kurz(date(2026, 2, 5)) == "05.02.2026"


@pytest.mark.parametrize("sperrgrund", SPERRGRUENDE)
@pytest.mark.parametrize("status", WERTSTATUS)
def test_a_withheld_value_has_one_sign_whatever_the_reason_and_the_status(sperrgrund: str, status: str) -> None:
    assert find_zeichen(status, sperrgrund) == "."
    assert format_wert(Wert(None, status, sperrgrund), 1).text == "."


@pytest.mark.parametrize("status", [status for status in WERTSTATUS if status not in VORHANDEN])
def test_every_status_without_a_number_has_a_sign_of_official_statistics(status: str) -> None:
    assert format_wert(Wert(None, status), 1).text in {".", "/", "…", "x"}


@pytest.mark.parametrize(
    ("status", "zeichen"),
    [
        ("geheim", "."),
        ("unbekannt", "."),
        ("gesperrt", "."),
        ("unsicher", "/"),
        ("spaeter", "…"),
        ("nicht_aggregierbar", "."),
        ("nenner_null", "x"),
    ],
)
def test_the_sign_says_why_there_is_no_number(status: str, zeichen: str) -> None:
    assert format_wert(Wert(None, status), 1) == Angabe(zeichen, (zeichen,))


def test_only_an_exact_zero_is_a_dash() -> None:
    assert format_wert(Wert(0.0, "null_genau"), 1).text == "–"
    assert format_wert(Wert(0.0, "null_gerundet"), 1).text == "0,0"
    assert format_wert(Wert(0.0, "beobachtet"), 1).text == "0,0"
    assert format_wert(Wert(0.04, "beobachtet"), 1).text == "0,0"


def test_an_estimate_is_marked() -> None:
    assert format_wert(Wert(12.34, "geschaetzt"), 1) == Angabe("12,3\u00a0s", ("s",))


def test_a_value_that_should_be_withheld_is_not_printed_even_if_it_is_there() -> None:
    assert format_wert(Wert(1.0, "beobachtet", "fallzahl"), 0).text == "."


def test_a_row_that_does_not_exist_is_unknown() -> None:
    assert format_wert(None, 1).text == "."


def test_a_legend_lists_only_the_signs_that_stand_in_the_table_in_a_fixed_order() -> None:
    angaben = [Angabe("x", ("x",)), Angabe("1,0"), Angabe(".", (".",)), Angabe("x", ("x",))]
    assert [zeichen for zeichen, _ in list_zeichen(angaben)] == [".", "x"]
    assert list_zeichen([Angabe("1,0")]) == ()


def test_a_list_ends_with_und() -> None:
    assert [format_liste(namen) for namen in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "",
        "A",
        "A und B",
        "A, B und C",
    ]
