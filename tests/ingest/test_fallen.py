"""Every trap that real deliveries have set, each as the smallest file that sets it."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from atlas.config.models.gueltigkeit import Gueltigkeit
from atlas.ingest.deutung.gueltigkeit import build_gueltigkeitsliste
from atlas.ingest.deutung.lesung import Umfeld
from atlas.ingest.deutung.quelle import Gelesen

Lies = Callable[..., Gelesen]
Meldung = Callable[..., str]

A = [{"spalte": "a", "merkmal": "a"}]
FUENF = {"spalte": "id", "ebenen": {"kreis": r"\d{5}"}}
TAG_MONAT_JAHR = r"(?P<tag>\d\d)\.(?P<monat>\d\d)\.(?P<jahr>\d{4})"


def zahlen(gelesen: Gelesen) -> list[tuple[str, float | None]]:
    return gelesen.messwerte.select("raum_id", "wert").rows()


# Transport


def test_genesis_answers_a_mistake_with_http_200_and_json(meldung: Meldung) -> None:
    antwort = '{"Ident":{"Service":"data"},"Status":{"Code":98,"Content":"Die Tabelle ist zu groß;"}}'
    assert "Fehlermeldung oder Webseite (JSON oder HTML)" in meldung(antwort, datei={"typ": "ffcsv"})


def test_a_download_page_in_place_of_the_file_is_refused(meldung: Meldung) -> None:
    seite = "\r\n\r\n<!doctype html>\r\n<title>id;a</title>\r\n"
    assert "Fehlermeldung oder Webseite (JSON oder HTML)" in meldung(seite)


def test_the_account_that_exported_a_cube_is_neither_read_nor_told(lies: Lies, meldung: Meldung) -> None:
    text = (
        "* Der Benutzer AB123456 der Benutzergruppe XY hat am 18.02.2026 um 20:52:23 diesen Export angestossen.\n"
        "K;DQA;NAME\nD;KREISE\nK;DQZ;NAME\nD;JAHR\nK;DQI;NAME\nD;BEV\n"
        "K;QEI;FACH-SCHL;ZI-WERT;WERT\nD;01001;2024;{}\n"
    )
    schluessel = {"spalte": "KREISE", "ebenen": {"kreis": r"\d{5}"}}
    werte = {"spalten": [{"spalte": "BEV", "merkmal": "a"}]}
    angaben: dict[str, Any] = {"schluessel": schluessel, "werte": werte, "zeit": {"spalte": "JAHR"}}
    gelesen = lies(text.format("5"), datei={"typ": "quader"}, **angaben)
    assert gelesen.messwerte.select("raum_id", "jahr", "wert", "zelle").rows() == [("01001", 2024, 5.0, "D9")]
    assert "AB123456" not in meldung(text.format("?"), datei={"typ": "quader"}, **angaben)


# Encoding


@pytest.mark.parametrize("bom", [codecs.BOM_UTF8, codecs.BOM_UTF8 * 2], ids=["one", "two"])
def test_no_byte_order_mark_stays_in_the_first_head(lies: Lies, bom: bytes) -> None:
    assert zahlen(lies(bom + b"id;a\n01;5\n")) == [("01", 5.0)]


def test_a_file_with_carriage_returns_only_has_rows_and_not_one_line(lies: Lies) -> None:
    gelesen = lies(b"id;a\r01;5\r02;7\r")
    assert gelesen.messwerte.select("raum_id", "wert", "zelle").rows() == [("01", 5.0, "B2"), ("02", 7.0, "B3")]


def test_null_bytes_between_the_letters_are_no_table(meldung: Meldung) -> None:
    assert meldung("id;a\n01;5\n".encode("utf-16-le")).startswith("Zeile 1    enthält Nullbytes.")


def test_the_dash_of_cp1252_is_a_symbol_and_not_the_hyphen(lies: Lies, meldung: Meldung) -> None:
    inhalt = "id;a\n01;–\n02;-\n".encode("cp1252")
    datei = {"zeichensatz": "cp1252"}
    gelesen = lies(inhalt, datei=datei, symbole={"–": "null_genau", "-": "nicht_existent"})
    assert gelesen.messwerte["status"].to_list() == ["null_genau", "nicht_existent"]
    assert "»–« ist weder eine Zahl" in meldung(inhalt, datei=datei, symbole={"-": "null_genau"})


def test_latin_1_and_cp1252_are_not_the_same(meldung: Meldung) -> None:
    inhalt = "id;a\n01;–\n".encode("cp1252")
    assert meldung(inhalt, datei={"zeichensatz": "iso-8859-1"}).endswith("Vermutlich zeichensatz: cp1252 eintragen.")


def test_a_byte_that_is_no_utf_8_is_told_with_line_and_place(meldung: Meldung) -> None:
    assert meldung(b"id;a\n01;5\n02;\xfc\n").startswith("Zeile 3    das Zeichen an Stelle 4 ist kein UTF-8 (Byte 0xFC)")


# Shape


@pytest.mark.parametrize("titelzeilen", [4, 7, 10])
def test_the_header_is_found_however_many_lines_the_title_wraps_to(lies: Lies, titelzeilen: int) -> None:
    titel = "".join(f"Bevölkerung nach Kreisen, Teil {n};\n" for n in range(titelzeilen))
    gelesen = lies(f"{titel}id;a\n01;5\n", datei={"kopf": "^id$"})
    assert gelesen.messwerte["zelle"].to_list() == [f"B{titelzeilen + 2}"]


def test_labels_repeated_over_four_header_rows_are_told_apart_by_all_of_them(lies: Lies) -> None:
    text = (
        ";;Arbeitslose;Arbeitslose;Arbeitslose;Arbeitslose\n"
        ";;insgesamt;und zwar;und zwar;und zwar\n"
        ";;;Ausländer;Ausländer;15 bis unter 20\n"
        "AGS;Name;Anzahl;Anzahl;%;Anzahl\n"
        "01;Ort;100;20;20,0;7\n"
    )
    werte = {
        "spalten": [
            {"spalte": "Arbeitslose | insgesamt | Anzahl", "merkmal": "arbeitslose"},
            {"muster": r"Arbeitslose \| und zwar \| (?P<wer>[^|]+) \| Anzahl", "merkmal": "arbeitslose"},
        ],
        "ignoriere": ["Name", r".*%"],
    }
    gruppen = {"Ausländer": "herkunft=ausland", "15 bis unter 20": "alter=15u20"}
    gelesen = lies(
        text,
        datei={"kopf": {"anker": "^Arbeitslose$", "tiefe": 4}},
        schluessel={"spalte": "AGS", "ebenen": {"gemeinde": r"\d\d"}},
        werte=werte,
        dimensionen=[{"kopf": "wer", "gruppen": gruppen}],
    )
    assert gelesen.messwerte.select("gruppe", "wert", "zelle").rows() == [
        ("", 100.0, "C5"),
        ("herkunft=ausland", 20.0, "D5"),
        ("alter=15u20", 7.0, "F5"),
    ]


def test_an_empty_header_cell_means_the_total(lies: Lies) -> None:
    text = "id;Personen;Personen\n;;männlich\n01;9;4\n"
    gelesen = lies(
        text,
        datei={"kopf": {"anker": "^id$", "tiefe": 2}},
        werte={"spalten": [{"muster": r"Personen(?: \| (?P<sex>.+))?", "merkmal": "a"}]},
        dimensionen=[{"kopf": "sex", "gruppen": {"": "", "männlich": "geschlecht=m"}}],
    )
    assert gelesen.messwerte.select("gruppe", "wert").rows() == [("", 9.0), ("geschlecht=m", 4.0)]


def test_too_shallow_a_header_shows_itself_by_heads_that_repeat(meldung: Meldung) -> None:
    text = "id;Personen;Personen\n;;männlich\n01;9;4\n"
    assert "die Spalte »Personen« kommt 2-mal vor." in meldung(text, datei={"kopf": "^id$"})


def test_line_breaks_and_hyphens_in_heads_are_blanks_that_a_pattern_can_bridge(lies: Lies) -> None:
    text = '"Kreis-\nschlüssel";"Sozialver-\r\nsicherungs-\r\npflichtig   Beschäftigte"\n01;5\n'
    gelesen = lies(
        text,
        schluessel={"spalte": "Kreis- schlüssel", "ebenen": {"gemeinde": r"\d\d"}},
        werte={"spalten": [{"muster": r"Sozialver-\s?sicherungs-\s?pflichtig Beschäftigte", "merkmal": "a"}]},
    )
    assert zahlen(gelesen) == [("01", 5.0)]


@pytest.mark.parametrize("marke", ["", "1)", "¹", " 2)"])
def test_a_footnote_mark_in_a_head_is_bridged_by_a_pattern(lies: Lies, marke: str) -> None:
    werte = {"spalten": [{"muster": r"Bevölkerung\s?(?:\d\)|[¹²³])?", "merkmal": "a"}]}
    assert zahlen(lies(f"id;Bevölkerung{marke}\n01;5\n", werte=werte)) == [("01", 5.0)]


def test_a_row_of_column_numbers_is_skipped_by_declaration_and_refused_without(lies: Lies, meldung: Meldung) -> None:
    text = "id;a\n1;2\n01;5\n"
    assert zahlen(lies(text, datei={"ueberspringen": ["^1$"]})) == [("01", 5.0)]
    assert meldung(text).startswith("Zeile 2    Spalte »id«: der Schlüssel »9« passt zu keiner Ebene")


def test_units_mixed_in_one_table_are_separated_by_their_row_of_the_header(lies: Lies) -> None:
    text = "id;Fläche;Bevölkerung\n;qkm;1000\n01;12,5;7,25\n"
    spalten = [
        {"spalte": "Fläche | qkm", "merkmal": "flaeche"},
        {"spalte": "Bevölkerung | 1000", "merkmal": "bevoelkerung", "faktor": 1000},
    ]
    gelesen = lies(text, datei={"kopf": {"anker": "^id$", "tiefe": 2}}, werte={"spalten": spalten})
    assert gelesen.messwerte.select("merkmal", "wert").rows() == [("flaeche", 12.5), ("bevoelkerung", 7250.0)]


def test_a_footer_that_looks_like_a_row_of_data_is_told_and_can_be_declared(lies: Lies, meldung: Meldung) -> None:
    text = "id;a\n01;5\n01.01.2011;\n(C) Statistische Ämter;\n"
    assert meldung(text) == (
        "Zeile 3    unter dem letzten Schlüssel steht nur noch ein Text, wohl eine Fußnote. "
        r"datei.ende: '^\d\d\.\d\d\.\d\d\d\d' eintragen. So in 2 Zeilen."
    )
    assert zahlen(lies(text, datei={"ende": r"^\d\d\.\d\d\.\d{4}$"})) == [("01", 5.0)]


def test_a_short_row_is_not_filled_up(meldung: Meldung) -> None:
    assert meldung("id;a\n01;5\n02\n").startswith("Zeile 3    die Zeile hat 1 statt 2 Felder.")


# Keys


def test_one_column_holds_keys_of_four_levels(lies: Lies) -> None:
    ebenen = {"land": r"\d{2}", "regbez": r"\d{3}", "kreis": r"\d{5}", "teil": r"\d{8}"}
    gelesen = lies("id;a\n05;9\n053;8\n05334;7\n05334002;6\n", schluessel={"spalte": "id", "ebenen": ebenen})
    assert gelesen.messwerte.select("raum_id", "ebene").rows() == [
        ("05", "land"),
        ("053", "regbez"),
        ("05334", "kreis"),
        ("05334002", "teil"),
    ]


def test_a_key_that_fits_two_levels_is_nobodys(meldung: Meldung) -> None:
    schluessel = {"spalte": "id", "ebenen": {"land": r"\d{2}", "gemeinde": r"\d+"}}
    assert "passt zu mehreren Ebenen (land und gemeinde)" in meldung("id;a\n01;5\n", schluessel=schluessel)


def test_a_lost_leading_zero_comes_back_only_by_declaration(lies: Lies, meldung: Meldung) -> None:
    text = "id;a\n1001;5\n14521;7\n"
    assert meldung(text, schluessel=FUENF).endswith("neu exportieren oder schluessel.auffuellen: 5 eintragen.")
    assert zahlen(lies(text, schluessel=FUENF | {"auffuellen": 5})) == [("01001", 5.0), ("14521", 7.0)]


def test_a_total_inside_the_keys_is_no_area(lies: Lies, meldung: Meldung) -> None:
    text = "id;a\n123456;5\n123456SUM;12\n"
    schluessel = {"spalte": "id", "ebenen": {"teil": r"\d{6}"}}
    assert "»123456SUM« passt zu keiner Ebene" in meldung(text, schluessel=schluessel)
    gelesen = lies(text, schluessel=schluessel | {"nicht_raum": r"\d{6}SUM"})
    assert (zahlen(gelesen), gelesen.ohne_raum) == ([("123456", 5.0)], 1)


def test_a_total_is_known_by_its_whole_text_or_by_the_key_cut_out_of_it(lies: Lies) -> None:
    schluessel = FUENF | {"muster": r"(?P<schluessel>\d{5}) .+", "nicht_raum": "99999|Summe"}
    gelesen = lies("id;a\n14521 Ort;5\n99999 Summe;6\nSumme;7\n", schluessel=schluessel)
    assert (zahlen(gelesen), gelesen.ohne_raum) == ([("14521", 5.0)], 2)


def test_an_empty_key_can_stand_for_the_whole_area(lies: Lies, meldung: Meldung) -> None:
    text = "id;a\n14521;5\n;9\n"
    assert zahlen(lies(text, schluessel=FUENF | {"zuordnung": {"": "14000"}})) == [("14521", 5.0), ("14000", 9.0)]
    assert "der Schlüssel fehlt" in meldung(text, schluessel=FUENF)


def test_a_key_inside_its_label_is_cut_out_by_pattern(lies: Lies, meldung: Meldung) -> None:
    schluessel = FUENF | {"muster": r"(?P<schluessel>\d{5}) .+"}
    assert zahlen(lies("id;a\n14521 Erzgebirgskreis;5\n", schluessel=schluessel)) == [("14521", 5.0)]
    assert "»Erzgebirgskreis« passt zu keiner Ebene" in meldung("id;a\nErzgebirgskreis;5\n", schluessel=schluessel)


def test_a_key_pattern_whose_key_is_optional_names_the_row_without_one(meldung: Meldung) -> None:
    schluessel = FUENF | {"muster": r"(?:(?P<schluessel>\d{5}) )?.+"}
    assert meldung("id;a\n14521 Erzgebirgskreis;5\nSumme;5\n", schluessel=schluessel).startswith(
        "Zeile 3    Spalte »id«: der Schlüssel fehlt."
    )


def test_a_key_is_put_together_from_the_parts_of_its_text(lies: Lies) -> None:
    schluessel = FUENF | {"muster": r"(?P<schluessel>\d{3})/(?P<land>\d\d)", "form": "{land}{schluessel}"}
    assert zahlen(lies("id;a\n521/14;5\n", schluessel=schluessel)) == [("14521", 5.0)]


def test_a_key_in_several_columns_is_put_together(lies: Lies) -> None:
    schluessel = {"spalten": ["Bezirk", "Raum"], "ebenen": {"planungsraum": r"\d{8}"}}
    gelesen = lies("Bezirk;Raum;a\n01;200308;5\n12;500824;7\n", schluessel=schluessel)
    assert zahlen(gelesen) == [("01200308", 5.0), ("12500824", 7.0)]


def test_two_areas_of_one_name_stay_two(lies: Lies, meldung: Meldung) -> None:
    text = "id;Name;a\n07;Harburg;170\n702;Harburg;28\n"
    werte = {"spalten": A, "ignoriere": ["Name"]}
    ebenen = {"bezirk": r"\d{2}", "stadtteil": r"\d{3}"}
    gelesen = lies(text, schluessel={"spalte": "id", "ebenen": ebenen}, werte=werte)
    assert gelesen.messwerte.select("raum_id", "ebene", "wert").rows() == [
        ("07", "bezirk", 170.0),
        ("702", "stadtteil", 28.0),
    ]
    nach_name = {"spalte": "Name", "ebenen": ebenen}
    werte = {"spalten": A, "ignoriere": ["id"]}
    assert "der Schlüssel »Harburg« passt zu keiner Ebene" in meldung(text, schluessel=nach_name, werte=werte)


HARBURG = [
    {"schluessel": "Harburg", "wenn": {"Art": "Bezirk"}, "ersetze": "07", "grund": "Amtliches Verzeichnis"},
    {"schluessel": "Harburg", "wenn": {"Art": "Stadtteil"}, "ersetze": "702", "grund": "Amtliches Verzeichnis"},
]
NACH_NAMEN: dict[str, Any] = {
    "schluessel": {"spalte": "Name", "ebenen": {"bezirk": r"\d{2}", "stadtteil": r"\d{3}"}, "ersetzen": HARBURG},
    "werte": {"spalten": A, "ignoriere": ["Art"]},
}


def test_a_name_that_two_areas_bear_is_told_apart_by_another_column(lies: Lies) -> None:
    gelesen = lies("Name;Art;a\nHarburg;Bezirk;170\nHarburg;Stadtteil;28\n", **NACH_NAMEN)
    assert zahlen(gelesen) == [("07", 170.0), ("702", 28.0)]


@pytest.mark.parametrize(
    ("zeilen", "anzahl"),
    [("07;Bezirk;170\nHarburg;Stadtteil;28\n", 0), ("Harburg;Bezirk;170\nHarburg;Bezirk;1\nHarburg;Stadtteil;28\n", 2)],
    ids=["mended", "ambiguous"],
)
def test_a_key_put_in_by_declaration_must_hit_one_row(meldung: Meldung, zeilen: str, anzahl: int) -> None:
    assert f"schluessel.ersetzen: »Harburg« trifft {anzahl} statt einer Zeile." in meldung(
        f"Name;Art;a\n{zeilen}", **NACH_NAMEN
    )


def test_a_key_put_in_by_declaration_names_columns_that_exist(meldung: Meldung) -> None:
    assert "nennt unter wenn die Spalte »Art«, die es nicht gibt." in meldung("Name;a\nHarburg;170\n", **NACH_NAMEN)


def test_the_dash_of_a_dissolved_area_is_no_zero(lies: Lies) -> None:
    gueltigkeit = Gueltigkeit.model_validate(
        {
            "datei": {"typ": "csv", "glob": "k.csv", "zeichensatz": "utf-8", "trenner": ";"},
            "schluessel": "AGS",
            "gilt_fuer": r"\d{5}",
            "von": date(2020, 1, 1),
            "bis": date(2025, 12, 31),
            "erloschen": {"16056": date(2021, 6, 30)},
        }
    )
    umfeld = Umfeld(gueltigkeit=build_gueltigkeitsliste(["16056", "16063"], gueltigkeit, "k.csv"))
    gelesen = lies("id;a\n16056;-\n16063;-\n", schluessel=FUENF, umfeld=umfeld)
    assert gelesen.messwerte.select("raum_id", "wert", "status").rows() == [
        ("16056", None, "nicht_existent"),
        ("16063", 0.0, "null_genau"),
    ]


# Numbers


@pytest.mark.parametrize(
    ("zahl", "wert"),
    [({"dezimal": ",", "tausender": "."}, 1234.0), ({"dezimal": "."}, 1.234)],
    ids=["German", "English"],
)
def test_1_234_is_a_thousand_or_one_as_declared(lies: Lies, zahl: dict[str, str], wert: float) -> None:
    assert zahlen(lies("id;a\n01;1.234\n", zahl=zahl)) == [("01", wert)]


def test_1_234_is_neither_where_no_thousands_sign_is_declared(meldung: Meldung) -> None:
    assert "»9.999« ist weder eine Zahl" in meldung("id;a\n01;1.234\n", zahl={"dezimal": ","})


@pytest.mark.parametrize("leer", [" ", "\u00a0", "\u202f", "\u2009"], ids=["blank", "nbsp", "narrow", "thin"])
def test_thousands_may_be_parted_by_any_blank(lies: Lies, leer: str) -> None:
    zahl = {"dezimal": ",", "tausender": " "}
    assert zahlen(lies(f"id;a\n01;1{leer}234{leer}567,5\n", zahl=zahl)) == [("01", 1234567.5)]


@pytest.mark.parametrize("text", ["-  23", "−23", "- 23", "-23"])
def test_a_minus_may_stand_apart_and_is_not_the_dash(lies: Lies, text: str) -> None:
    gelesen = lies(f"id;a\n01;{text}\n02;-\n")
    assert gelesen.messwerte.select("wert", "status").rows() == [(-23.0, "beobachtet"), (0.0, "null_genau")]


@pytest.mark.parametrize("text", ["12,3 %", "12,3%", "12,3\u00a0%", "12,3"])
def test_a_per_cent_sign_behind_the_number_is_declared(lies: Lies, meldung: Meldung, text: str) -> None:
    zahl = {"dezimal": ",", "anhaenge": {"%": ""}}
    assert lies(f"id;a\n01;{text}\n", zahl=zahl).messwerte.select("wert", "qualitaet").rows() == [(12.3, None)]
    if "%" in text:
        assert "ist weder eine Zahl" in meldung(f"id;a\n01;{text}\n")


@pytest.mark.parametrize(
    ("klammern", "wert", "qualitaet"), [("eingeschraenkt", 12.0, "eingeschraenkt"), ("negativ", -12.0, None)]
)
@pytest.mark.parametrize("text", ["(12)", "( 12 )"])
def test_brackets_say_negative_or_uncertain_as_declared(
    lies: Lies, text: str, klammern: str, wert: float, qualitaet: str | None
) -> None:
    gelesen = lies(f"id;a\n01;{text}\n02;7\n", zahl={"dezimal": ",", "klammern": klammern})
    assert gelesen.messwerte.select("wert", "qualitaet").rows() == [(wert, qualitaet), (7.0, None)]


@pytest.mark.parametrize("text", ["(12", "12)", "(-12)", "((12))", "()"])
def test_half_a_bracket_is_no_bracket(meldung: Meldung, text: str) -> None:
    assert "ist weder eine Zahl" in meldung(f"id;a\n01;{text}\n", zahl={"dezimal": ",", "klammern": "negativ"})


def test_a_letter_behind_the_number_says_its_quality(lies: Lies, meldung: Meldung) -> None:
    zahl = {"dezimal": ",", "anhaenge": {"r": "berichtigt", "p": "vorlaeufig"}}
    gelesen = lies("id;a\n01;12r\n02;12 p\n03;12\n", zahl=zahl)
    assert gelesen.messwerte.select("wert", "qualitaet").rows() == [
        (12.0, "berichtigt"),
        (12.0, "vorlaeufig"),
        (12.0, None),
    ]
    assert "»99 e« ist weder eine Zahl" in meldung("id;a\n01;12 e\n", zahl=zahl)
    assert "»r« ist weder eine Zahl" in meldung("id;a\n01;r\n", zahl=zahl)


def test_an_extrapolated_count_keeps_its_decimals(lies: Lies) -> None:
    assert zahlen(lies("id;a\n01;1.234,56\n", zahl={"dezimal": ",", "tausender": "."})) == [("01", 1234.56)]


# Quality


QUALITAET = {
    "spalte": "q",
    "zeichen": {"()": "eingeschraenkt", "e": "geschaetzt", "p": "vorlaeufig", "r": "berichtigt"},
}


def test_the_number_beside_a_quality_sign_is_a_plain_number(lies: Lies) -> None:
    text = "id;a;q\n01;5;()\n02;6;e\n03;7;\n04;*;p\n"
    gelesen = lies(text, qualitaet=QUALITAET)
    assert gelesen.messwerte.select("wert", "status", "qualitaet").rows() == [
        (5.0, "beobachtet", "eingeschraenkt"),
        (6.0, "geschaetzt", "geschaetzt"),
        (7.0, "beobachtet", None),
        (None, "geheim", "vorlaeufig"),
    ]


def test_an_undeclared_quality_sign_is_an_error(meldung: Meldung) -> None:
    assert meldung("id;a;q\n01;5;s\n", qualitaet=QUALITAET) == (
        "Zeile 2    Spalte »q«: »s« ist kein deklariertes Qualitätszeichen. Unter qualitaet eintragen."
    )


def test_a_provisional_delivery_gives_way_to_what_a_cell_says_itself(lies: Lies) -> None:
    gelesen = lies("id;a;q\n01;5;r\n02;6;\n", qualitaet=QUALITAET, vorlaeufig=True)
    assert gelesen.messwerte["qualitaet"].to_list() == ["berichtigt", "vorlaeufig"]


# Pre-treated data


def test_a_zero_of_rounded_figures_is_a_small_number(lies: Lies) -> None:
    gerundet = [{"verfahren": "gerundet", "grund": "Fußnote 2"}]
    gelesen = lies("id;a\n01;0\n02;-\n03;5\n04;*\n", vorbehandelt=gerundet)
    assert gelesen.messwerte.select("wert", "status", "vorbehandelt").rows() == [
        (0.0, "null_gerundet", "gerundet"),
        (0.0, "null_gerundet", "gerundet"),
        (5.0, "beobachtet", "gerundet"),
        (None, "geheim", "gerundet"),
    ]


def test_one_table_is_rounded_in_two_laender_only(lies: Lies) -> None:
    gerundet = [{"verfahren": "gerundet", "raeume": "(05|09).*", "grund": "Fußnote 4"}]
    text = "id;a\n05111;0\n06411;0\n09162;0\n10905;0\n"
    gelesen = lies(text, schluessel=FUENF, vorbehandelt=gerundet)
    assert gelesen.messwerte.select("raum_id", "status", "vorbehandelt").rows() == [
        ("05111", "null_gerundet", "gerundet"),
        ("06411", "beobachtet", None),
        ("09162", "null_gerundet", "gerundet"),
        ("10905", "beobachtet", None),
    ]


# Time


def test_the_year_of_the_title_must_be_that_of_the_file_name(lies: Lies, meldung: Meldung) -> None:
    zeit = {"dateiname": r"_(?P<jahr>\d{4})", "titel": r"^Stand: .*(?P<jahr>\d{4})$"}
    text = "Stand: 31.12.2024;\nid;a\n01;5\n"
    gelesen = lies(text, dateiname="w_2024.csv", datei={"kopf": "^id$"}, zeit=zeit)
    assert gelesen.messwerte["jahr"].to_list() == [2024]
    assert meldung(text, dateiname="w_2023.csv", datei={"kopf": "^id$"}, zeit=zeit) == (
        "die Angaben zum Jahr widersprechen sich (zeit.dateiname 2023, zeit.titel 2024). Lieferung prüfen; ist die "
        "Datei falsch benannt?"
    )


def test_the_month_of_the_title_must_be_that_of_the_file_name(meldung: Meldung) -> None:
    zeit = {"dateiname": r"_(?P<jahr>\d{4})(?P<monat>\d\d)(?P<tag>\d\d)", "titel": f"^Stand: {TAG_MONAT_JAHR}$"}
    text = "Stand: 31.12.2024;\nid;a\n01;5\n"
    assert "widersprechen sich" in meldung(text, dateiname="w_20240630.csv", datei={"kopf": "^id$"}, zeit=zeit)


def test_the_year_of_every_row_must_be_that_of_the_file_name(meldung: Meldung) -> None:
    zeit = {"spalte": "Jahr", "dateiname": r"_(?P<jahr>\d{4})"}
    text = "id;Jahr;a\n01;2024;5\n02;2023;6\n"
    assert meldung(text, dateiname="w_2024.csv", zeit=zeit) == (
        "Zeile 3    Spalte »Jahr«: das Jahr ist nicht 2024 wie in Titel oder Dateiname. Lieferung prüfen."
    )


def test_a_school_year_counts_from_its_autumn(lies: Lies) -> None:
    zeit = {"spalte": "Schuljahr", "muster": r"(?P<jahr>\d{4})/\d\d", "stichtag": "10-15"}
    gelesen = lies("id;Schuljahr;a\n01;2024/25;5\n", zeit=zeit)
    assert gelesen.messwerte.select("jahr", "stichtag").rows() == [(2024, "2024-10-15")]


def test_the_reference_day_comes_from_the_head(lies: Lies) -> None:
    text = "id;Kinder am 01.03.2024;Bevölkerung am 31.12.2023\n01;5;70\n"
    spalten = [{"muster": "Kinder .*", "merkmal": "kinder"}, {"muster": "Bevölkerung .*", "merkmal": "einwohner"}]
    gelesen = lies(text, zeit={"kopf": TAG_MONAT_JAHR}, werte={"spalten": spalten})
    assert gelesen.messwerte.select("merkmal", "jahr", "stichtag", "wert").rows() == [
        ("kinder", 2024, "2024-03-01", 5.0),
        ("einwohner", 2023, "2023-12-31", 70.0),
    ]


def test_the_reference_day_comes_from_the_title(lies: Lies) -> None:
    text = "Stand: 30.06.2024;\nid;a\n01;5\n"
    gelesen = lies(text, datei={"kopf": "^id$"}, zeit={"titel": TAG_MONAT_JAHR, "stichtag": "12-31"})
    assert gelesen.messwerte.select("jahr", "stichtag").rows() == [(2024, "2024-06-30")]


@pytest.mark.parametrize(
    ("zeit", "kopf", "zeile", "werte"),
    [
        ({"spalte": "Jahr"}, "id;Jahr;a", "01;2024;5", A),
        ({"kopf": r"(?P<jahr>\d{4})"}, "id;x;2024", "01;;5", [{"muster": r"\d{4}", "merkmal": "a"}]),
    ],
    ids=["rows", "heads"],
)
def test_the_reference_day_of_the_title_holds_where_rows_or_heads_say_only_the_year(
    lies: Lies, zeit: dict[str, str], kopf: str, zeile: str, werte: list[dict[str, str]]
) -> None:
    gelesen = lies(
        f"Stand: 30.06.2024;;\n{kopf}\n{zeile}\n",
        datei={"kopf": "^id$"},
        zeit=zeit | {"titel": TAG_MONAT_JAHR},
        werte={"spalten": werte, "ignoriere": ["x"]},
    )
    assert gelesen.messwerte.select("jahr", "stichtag").rows() == [(2024, "2024-06-30")]


def test_one_column_may_be_of_another_year_than_the_rest(lies: Lies) -> None:
    spalten = [
        {"spalte": "Einwohner", "merkmal": "einwohner"},
        {"spalte": "Einwohner 2010", "merkmal": "einwohner", "gruppe": "stand=alt", "jahr": 2010, "stichtag": "12-31"},
    ]
    zeit = {"fest": 2014, "stichtag": "06-30"}
    gelesen = lies("id;Einwohner;Einwohner 2010\n01;5;4\n", zeit=zeit, werte={"spalten": spalten})
    assert gelesen.messwerte.select("jahr", "stichtag", "wert").rows() == [
        (2014, "2014-06-30", 5.0),
        (2010, "2010-12-31", 4.0),
    ]


def test_a_day_that_does_not_exist_is_no_time(meldung: Meldung) -> None:
    zeit = {"spalte": "Tag", "muster": TAG_MONAT_JAHR}
    assert "kein Jahr erkennbar" in meldung("id;Tag;a\n01;31.06.2024;5\n", zeit=zeit)


# National tables

LANDESWEIT = FUENF | {"ausserhalb": "zaehlen"}


def test_areas_beyond_the_project_are_counted_and_not_kept(lies: Lies) -> None:
    text = "id;a\n14521;5\n14522;6\n01001;7\nDG;18\n"
    gelesen = lies(text, schluessel=LANDESWEIT | {"nicht_raum": "DG"}, umfeld=Umfeld(frozenset({"14521"})))
    assert zahlen(gelesen) == [("14521", 5.0)]
    assert (gelesen.zeilen, gelesen.ausserhalb, gelesen.ohne_raum, gelesen.ignoriert) == (4, 2, 1, 0)


def test_an_unreadable_cell_of_an_area_beyond_the_project_does_no_harm(lies: Lies) -> None:
    umfeld = Umfeld(frozenset({"14521"}))
    assert zahlen(lies("id;a\n14521;5\n01001;?\n", schluessel=LANDESWEIT, umfeld=umfeld)) == [("14521", 5.0)]


def test_a_key_of_no_level_is_an_error_in_a_national_table_too(meldung: Meldung) -> None:
    text = meldung("id;a\n14521;5\n1001;7\n", schluessel=LANDESWEIT, umfeld=Umfeld(frozenset({"14521"})))
    assert text.startswith("Zeile 3    Spalte »id«: der Schlüssel »9999« passt zu keiner Ebene")
