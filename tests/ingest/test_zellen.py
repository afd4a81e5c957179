"""Cells: a number by the declared way of writing, or a gap by a declared symbol; keys and years."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from atlas.ingest.deutung.quelle import Gelesen

Lies = Callable[..., Gelesen]
Meldung = Callable[..., str]
Werte = Callable[..., list[tuple[Any, ...]]]

DEUTSCH = {"dezimal": ",", "tausender": "."}
ENGLISCH = {"dezimal": ".", "tausender": ","}
LEER = {"dezimal": ",", "tausender": " "}


@pytest.mark.parametrize(
    ("text", "zahl", "wert"),
    [
        ("5", DEUTSCH, 5),
        ("0", DEUTSCH, 0),
        ("1.234", DEUTSCH, 1234),
        ("1.234.567,25", DEUTSCH, 1234567.25),
        ("1234,5", DEUTSCH, 1234.5),
        ("-12,5", DEUTSCH, -12.5),
        ("1,234.5", ENGLISCH, 1234.5),
        ("1.234", {"dezimal": "."}, 1.234),
        ("12,5", {"dezimal": ","}, 12.5),
        ("1 234", LEER, 1234),
        ("1\u00a0234\u00a0567,5", LEER, 1234567.5),
        ("1\u202f234", LEER, 1234),
        ("1'234.5", {"dezimal": ".", "tausender": "'"}, 1234.5),
        ("007", DEUTSCH, 7),
        ("-  23", DEUTSCH, -23),
        ("−5", DEUTSCH, -5),
        ("− 1.234,5", DEUTSCH, -1234.5),
    ],
)
def test_a_number_is_read_as_declared(werte: Werte, text: str, zahl: dict[str, str], wert: float) -> None:
    assert werte(f"id;a\n01;{text}\n", zahl=zahl) == [("01", 2025, "a", wert, "beobachtet", "B2")]


@pytest.mark.parametrize(
    ("text", "faktor", "wert"),
    [("261,9", 1000, 261900), ("1,1", 10, 11), ("0,29", 100, 29), ("0,355", 100, 35.5), ("-261,9", 1000, -261900)],
)
def test_a_factor_gives_the_number_that_multiplying_on_paper_gives(
    werte: Werte, text: str, faktor: float, wert: float
) -> None:
    spalten = {"spalten": [{"spalte": "a", "merkmal": "a", "faktor": faktor}]}
    gelesen = werte(f"id;a\n01;{text}\n", werte=spalten, zahl=DEUTSCH)
    assert gelesen == [("01", 2025, "a", wert, "beobachtet", "B2")]


@pytest.mark.parametrize(
    ("text", "zahl", "form"),
    [
        ("1.234", {"dezimal": ","}, "9.999"),
        ("1.23", DEUTSCH, "9.99"),
        ("1.2345", DEUTSCH, "9.9999"),
        ("12.34.567", DEUTSCH, "99.99.999"),
        ("1,234", {"dezimal": ".", "tausender": " "}, "9,999"),
        ("1 234", {"dezimal": ","}, "9 999"),
        ("12,3 %", DEUTSCH, "99,9 %"),
        ("–5", DEUTSCH, "–9"),
        ("--5", DEUTSCH, "--9"),
        ("5-", DEUTSCH, "9-"),
        ("+5", DEUTSCH, "+9"),
        ("5,", DEUTSCH, "9,"),
        (",5", DEUTSCH, ",9"),
        ("1e5", DEUTSCH, "9e9"),
        ("(12)", DEUTSCH, "(99)"),
        ("12 r", DEUTSCH, "99 r"),
        ("#REF!", DEUTSCH, "#REF!"),
        ("NaN", DEUTSCH, "NaN"),
        ("inf", DEUTSCH, "inf"),
        ("٣", DEUTSCH, "9"),
        ("x" * 50, DEUTSCH, "x" * 29 + "…"),
        ('"5\n6"', DEUTSCH, "9 9"),
    ],
)
def test_what_is_no_number_is_shown_by_its_shape_only(
    meldung: Meldung, text: str, zahl: dict[str, str], form: str
) -> None:
    tausender = f", Tausenderzeichen »{zahl['tausender']}«" if "tausender" in zahl else ", kein Tausenderzeichen"
    assert meldung(f"id;a\n01;{text}\n", zahl=zahl) == (
        f"Zeile 2    Zelle B2, Spalte »a«: »{form}« ist weder eine Zahl (Dezimalzeichen »{zahl['dezimal']}«"
        f"{tausender}) noch ein deklariertes Symbol. Unter symbole oder zahl eintragen, was es heißt."
    )


def test_a_symbol_says_why_there_is_no_number(werte: Werte) -> None:
    symbole = {"-": "null_genau", "*": "geheim", "/": "unsicher", "-9999": "unbekannt", "0": "null_gerundet"}
    text = "id;a\n01;-\n02;*\n03;/\n04;\n05;-9999\n06;0\n07;\u00a0\n"
    assert [zeile[3:5] for zeile in werte(text, symbole=symbole)] == [
        (0.0, "null_genau"),
        (None, "geheim"),
        (None, "unsicher"),
        (None, "nicht_geliefert"),
        (None, "unbekannt"),
        (0.0, "null_gerundet"),
        (None, "nicht_geliefert"),
    ]


def test_a_symbol_of_one_column_is_unknown_in_the_others(werte: Werte, meldung: Meldung) -> None:
    spalten = [{"spalte": "a", "merkmal": "a", "symbole": {"x": "gesperrt", "-": "geheim"}}]
    spalten += [{"spalte": "b", "merkmal": "b"}]
    gelesen = werte("id;a;b\n01;x;1\n02;-;-\n", werte={"spalten": spalten})
    assert [zeile[2:5] for zeile in gelesen] == [
        ("a", None, "gesperrt"),
        ("a", None, "geheim"),
        ("b", 1.0, "beobachtet"),
        ("b", 0.0, "null_genau"),
    ]
    assert meldung("id;a;b\n01;1;x\n", werte={"spalten": spalten}).startswith(
        "Zeile 2    Zelle C2, Spalte »b«: »x« ist"
    )


def test_many_bad_cells_are_listed_up_to_20_and_counted(meldung: Meldung) -> None:
    spalten = {"spalten": [{"spalte": name, "merkmal": name} for name in "ab"]}
    zeilen = meldung("id;a;b\n" + "".join(f"{n:02};?;!\n" for n in range(15)), werte=spalten).split("\n")
    assert len(zeilen) == 21
    assert zeilen[1].startswith("Zeile 2    Zelle C2,")
    assert zeilen[18].startswith("Zeile 11   Zelle B11,")
    assert zeilen[20] == "Zeile 12   … und 10 weitere nicht lesbare Zellen von hier an."


def test_bad_keys_years_and_cells_come_in_one_pass(meldung: Meldung) -> None:
    text = "id;Jahr;a\n1;2025;5\n02;25;5\n03;2025;?\n"
    zeilen = meldung(text, zeit={"spalte": "Jahr"}).split("\n")
    assert [zeile[:26] for zeile in zeilen] == [
        "Zeile 2    Spalte »id«: de",
        "Zeile 3    Spalte »Jahr«: ",
        "Zeile 4    Zelle C4, Spalt",
    ]


def test_a_lost_leading_zero_is_suspected(meldung: Meldung) -> None:
    assert meldung("id;a\n1;5\n") == (
        "Zeile 2    Spalte »id«: der Schlüssel »9« passt zu keiner Ebene (gemeinde: \\d{2}). Wohl eine verlorene "
        "führende Null: neu exportieren oder schluessel.auffuellen: 2 eintragen."
    )


def test_keys_are_filled_up_only_when_declared_and_only_digits(werte: Werte, meldung: Meldung) -> None:
    schluessel = {"spalte": "id", "auffuellen": 2, "ebenen": {"gemeinde": r"\d{2}"}}
    assert [zeile[0] for zeile in werte("id;a\n1;5\n12;6\n", schluessel=schluessel)] == ["01", "12"]
    assert "der Schlüssel fehlt" in meldung("id;a\n;5\n", schluessel=schluessel)
    assert "der Schlüssel »x« passt zu keiner Ebene" in meldung("id;a\nx;5\n", schluessel=schluessel)


def test_a_key_that_fits_no_level_is_named(meldung: Meldung) -> None:
    assert meldung("id;a\n123456SUM;5\n") == (
        "Zeile 2    Spalte »id«: der Schlüssel »123456SUM« passt zu keiner Ebene (gemeinde: \\d{2}). Schlüssel "
        "berichtigen lassen, das Muster ergänzen oder unter schluessel.nicht_raum nennen."
    )


def test_a_key_that_fits_two_levels_is_named(meldung: Meldung) -> None:
    schluessel = {"spalte": "id", "ebenen": {"gemeinde": r"\d{2}", "stadt": "0.", "kreis": "9"}}
    assert meldung("id;a\n01;5\n", schluessel=schluessel) == (
        "Zeile 2    Spalte »id«: der Schlüssel »01« passt zu mehreren Ebenen (gemeinde und stadt). Muster unter "
        "schluessel.ebenen enger fassen."
    )


def test_rows_that_name_no_raum_are_left_out_by_declaration(lies: Lies, meldung: Meldung) -> None:
    schluessel = {"spalte": "id", "nicht_raum": "99|Summe|^$", "ebenen": {"gemeinde": r"\d{2}"}}
    gelesen = lies("id;a\n01;5\n99;6\nSumme;11\n;12\n", schluessel=schluessel)
    assert (gelesen.zeilen, gelesen.messwerte.height) == (4, 1)
    assert meldung("id;a\n99;6\n", schluessel=schluessel) == (
        "Zeile 1    keine Zeile bezeichnet einen Raum. schluessel.nicht_raum prüfen."
    )


def test_one_file_may_hold_several_levels(lies: Lies) -> None:
    schluessel = {"spalte": "id", "ebenen": {"land": "DG", "kreis": r"\d", "gemeinde": r"\d{2}"}}
    gelesen = lies("id;a\nDG;9\n1;8\n01;7\n", schluessel=schluessel)
    assert gelesen.messwerte.select("raum_id", "ebene").rows() == [("DG", "land"), ("1", "kreis"), ("01", "gemeinde")]


def test_patterns_are_those_of_python(lies: Lies) -> None:
    schluessel = {"spalte": "id", "ebenen": {"kreis": "00", "gemeinde": r"(?!00)\d{2}"}}
    gelesen = lies("id;a\n00;9\n01;7\n", schluessel=schluessel)
    assert gelesen.messwerte["ebene"].to_list() == ["kreis", "gemeinde"]


@pytest.mark.parametrize(
    ("zeit", "zelle", "jahr"),
    [
        ({"spalte": "Jahr"}, "2024", 2024),
        ({"spalte": "Jahr", "muster": r"(?P<jahr>\d{4})12"}, "202312", 2023),
        ({"spalte": "Jahr", "muster": r"31\.12\.(?P<jahr>\d{4})"}, "31.12.2022", 2022),
        ({"fest": 2021}, "egal", 2021),
        ({"dateiname": r"_(?P<jahr>\d{4})\."}, "egal", 2020),
    ],
)
def test_the_year_comes_from_where_it_is_declared(lies: Lies, zeit: dict[str, Any], zelle: str, jahr: int) -> None:
    werte = {"spalten": [{"spalte": "a", "merkmal": "a"}], "ignoriere": ["Jahr"]}
    gelesen = lies(f"id;Jahr;a\n01;{zelle};5\n", dateiname="w_2020.csv", zeit=zeit | {"stichtag": "12-31"}, werte=werte)
    assert gelesen.messwerte.select("jahr", "stichtag").rows() == [(jahr, f"{jahr}-12-31")]


@pytest.mark.parametrize("zelle", ["24", "20245", "0000", "Summe", "99999999999999999999"])
def test_a_cell_without_a_year_is_named_with_its_shape(meldung: Meldung, zelle: str) -> None:
    form = re.sub(r"\d", "9", zelle)
    assert meldung(f"id;Jahr;a\n01;{zelle};5\n", zeit={"spalte": "Jahr"}) == (
        f"Zeile 2    Spalte »Jahr«: kein Jahr erkennbar in »{form}«. zeit.muster prüfen."
    )


def test_keys_that_lost_their_zero_are_told_once_with_their_number(meldung: Meldung) -> None:
    text = meldung("id;a\n1;5\n2;5\n03;5\n4;5\n")
    assert text.startswith("Zeile 2    Spalte »id«: der Schlüssel »9« passt zu keiner Ebene (gemeinde: \\d{2}). ")
    assert text.endswith("schluessel.auffuellen: 2 eintragen. So in 3 Zeilen.")
    assert text.count("Zeile ") == 1


def test_an_empty_cell_has_no_year_and_no_shape(meldung: Meldung) -> None:
    assert meldung("id;Jahr;a\n01;;5\n", zeit={"spalte": "Jahr"}) == (
        "Zeile 2    Spalte »Jahr«: kein Jahr erkennbar, die Zelle ist leer. Ergänzen lassen."
    )


@pytest.mark.parametrize(
    "zelle",
    ["2024-12-31", "2024-12-31 00:00:00", "31.12.2024", "1.7.2024", "2024/25", "2024/2025", "202412", "Schuljahr 2024"],
)
def test_a_time_of_a_known_form_brings_the_pattern_that_reads_it(meldung: Meldung, werte: Werte, zelle: str) -> None:
    inhalt = f"id;Jahr;a\n01;{zelle};5\n"
    text = meldung(inhalt, zeit={"spalte": "Jahr"})
    treffer = re.search(r"zeit\.muster: '(.+)' liest diese Form\.$", text)
    assert treffer, text
    gelesen = werte(inhalt, zeit={"spalte": "Jahr", "muster": treffer[1]})
    assert [zeile[1] for zeile in gelesen] == [2024]


def test_a_file_name_that_the_pattern_misses_is_refused(meldung: Meldung) -> None:
    assert meldung("id;a\n01;5\n", zeit={"dateiname": r"_(?P<jahr>\d{4})\."}) == (
        r"der Dateiname passt nicht zum Muster _(?P<jahr>\d{4})\.. Datei umbenennen oder das Muster anpassen."
    )


@pytest.mark.parametrize("muster", ["(?P<jahr>[a-z]+)", "(?P<jahr>x)?w"])
def test_a_file_name_without_a_year_is_refused(meldung: Meldung, muster: str) -> None:
    assert meldung("id;a\n01;5\n", zeit={"dateiname": muster}) == (
        "das Muster unter zeit.dateiname trifft »w«, das ist kein Jahr. Muster anpassen."
    )


def test_a_provisional_delivery_marks_every_cell(lies: Lies) -> None:
    assert lies("id;a\n01;5\n02;*\n", vorlaeufig=True).messwerte["qualitaet"].to_list() == ["vorlaeufig", "vorlaeufig"]


def test_a_text_that_is_no_key_can_be_mapped_to_one(werte: Werte) -> None:
    schluessel = {"spalte": "id", "ebenen": {"gemeinde": r"\d{2}"}, "zuordnung": {"Landkreis": "99"}}
    assert [zeile[0] for zeile in werte("id;a\n01;5\nLandkreis;9\n", schluessel=schluessel)] == ["01", "99"]


def test_figures_in_the_place_of_heads_or_keys_are_shown_by_their_shape(meldung: Meldung) -> None:
    ohne_kopf = meldung("01;4711\n02;815\n")
    assert "4711" not in ohne_kopf
    assert "»9999«" in ohne_kopf
    falsche_spalte = meldung("a;id\n01;471\n")
    assert "471" not in falsche_spalte


def test_a_number_too_large_to_hold_is_no_number(meldung: Meldung) -> None:
    assert "weder eine Zahl" in meldung("id;a\n01;" + "9" * 400 + "\n")
