"""The probe shows what a declaration makes of a file, and most when it is wrong."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest
import yaml

from atlas.anzeige_probe import print_proben
from atlas.ingest.deutung.lesung import Umfeld
from atlas.ingest.probe.probe import Probe, build_probe
from atlas.ingest.probe.probelauf import Quellenprobe
from atlas.ingest.probe.vorschlag import pair_koepfe
from ingest.arbeitsmappen import build_xlsx
from ingest.conftest import build_quelle

UNTITLED = "id;a\n01;4711\n02;*\n"
MIT_RAND = "Titel der Tabelle\nid;a\n01;4711\nSumme;9\n02;-\nQuelle: Amt\n"


def probe(inhalt: str | bytes, dateiname: str = "w.csv", **angaben: Any) -> Probe:  # noqa: ANN401  # parts of YAML
    roh = inhalt.encode() if isinstance(inhalt, str) else inhalt
    return build_probe(roh, f"roh/{dateiname}", dateiname, build_quelle(**angaben), Umfeld())


def show(*proben: Probe) -> str:
    return print_proben(Quellenprobe("q", "Titel", proben))


def test_a_file_that_fits_is_shown_with_columns_cells_rows_and_years() -> None:
    gezeigt = probe(UNTITLED)
    assert gezeigt.ist_lesbar
    assert [(s.buchstabe, s.kopf, s.rolle, s.merkmal) for s in gezeigt.spalten] == [
        ("A", "id", "Schlüssel", ""),
        ("B", "a", "Wert", "a"),
    ]
    wert = gezeigt.spalten[1]
    assert (wert.zahlen, wert.unlesbar) == (1, 0)
    assert [(luecke.zeichen, luecke.status, luecke.anzahl) for luecke in wert.luecken] == [("*", "geheim", 1)]
    assert gezeigt.zeilen is not None
    assert (gezeigt.zeilen.gesamt, gezeigt.zeilen.ebenen, gezeigt.jahre) == (2, {"gemeinde": 2}, (2025,))


def test_the_region_is_named_by_its_lines() -> None:
    datei = {"kopf": "^id$", "ende": "^Quelle", "ueberspringen": ["^Summe"]}
    gezeigt = probe(MIT_RAND, datei=datei)
    bereich = gezeigt.bereich
    assert bereich is not None
    assert (bereich.kopfzeile, bereich.erste, bereich.letzte, bereich.ende) == (2, 3, 5, 6)
    assert bereich.uebersprungen == (4,)
    assert gezeigt.randtexte == ("Titel der Tabelle", "Quelle: Amt")


def test_without_the_anchor_the_first_lines_appear_with_their_digits_hidden() -> None:
    gezeigt = probe(UNTITLED, datei={"kopf": "^Nummer$"})
    assert gezeigt.bereich is None
    assert [(z.zeile, z.felder, z.text) for z in gezeigt.anfang][:2] == [(1, 2, "id | a"), (2, 2, "99 | 9999")]
    assert "»^Nummer$«" in gezeigt.probleme[0].text


def test_without_the_end_the_columns_are_shown_all_the_same() -> None:
    gezeigt = probe(UNTITLED, datei={"kopf": "^id$", "ende": "^Quelle"})
    assert gezeigt.bereich is None
    assert [s.rolle for s in gezeigt.spalten] == ["Schlüssel", "Wert"]


def test_a_wrong_encoding_shows_the_text_as_the_right_one_reads_it() -> None:
    gezeigt = probe("id;Männer\n01;5\n".encode("cp1252"))
    assert [zeile.text for zeile in gezeigt.anfang] == ["id;Männer", "99;9"]


def test_a_missing_sheet_lists_those_that_are_there() -> None:
    mappe = build_xlsx({"Kita": [["id", "a"], ["01", 5]], "Alt": [["x"]]}, {"Alt": "hidden"})
    gezeigt = probe(mappe, "w.xlsx", datei={"typ": "xlsx", "glob": "w.xlsx", "blatt": "^Hort$"})
    assert [(b.name, b.sichtbar, b.zeilen, b.spalten) for b in gezeigt.blaetter] == [
        ("Kita", True, 2, 2),
        ("Alt", False, 1, 1),
    ]


@pytest.mark.parametrize(
    ("inhalt", "ort", "zeile"),
    [
        ("id;a;Frauen\n01;1;2\n", "werte.spalten", "- {spalte: Frauen, merkmal: frauen}"),
        ("id;a;Zahl (in %)\n01;1;1.234,5 %\n", "werte.spalten", "- {spalte: 'Zahl (in %)', merkmal: zahl_in}"),
        ("id;a;Ort (alt)\n01;1;Adorf\n", "werte.ignoriere", r"- 'Ort \(alt\)'"),
        ("AGS;a\n01;1\n", "schluessel", "spalte: AGS"),
    ],
)
def test_an_undeclared_column_comes_with_a_line_to_paste(inhalt: str, ort: str, zeile: str) -> None:
    gezeigt = probe(inhalt)
    assert [(vorschlag.ort, vorschlag.zeile) for vorschlag in gezeigt.vorschlaege] == [(ort, zeile)]
    assert not gezeigt.ist_lesbar


def test_a_renamed_column_is_suggested_in_the_place_of_the_missing_one() -> None:
    werte = {"spalten": [{"spalte": "Kinder unter 3", "merkmal": "kita", "gruppe": "alter=00-02"}]}
    gezeigt = probe("id;Kinder unter 3 J.\n01;1\n", werte=werte)
    zeile = "- {spalte: 'Kinder unter 3 J.', merkmal: kita, gruppe: 'alter=00-02'}"
    assert [(vorschlag.zeile, vorschlag.statt) for vorschlag in gezeigt.vorschlaege] == [(zeile, "Kinder unter 3")]
    assert gezeigt.aehnlich == (("Kinder unter 3", "Kinder unter 3 J."),)


def test_heads_with_other_numbers_are_never_paired() -> None:
    assert pair_koepfe(["3 bis unter 6 Jahre"], ["3 bis unter 7 Jahre"]) == ()


def test_every_head_is_paired_at_most_once_and_with_the_nearest() -> None:
    assert pair_koepfe(["Haushalte", "Haushalt"], ["Haushalte."]) == (("Haushalte", "Haushalte."),)


def test_cells_are_counted_although_the_column_of_years_is_missing() -> None:
    gezeigt = probe("id;a\n01;1\n02;?\n", zeit={"spalte": "Jahr"})
    assert (gezeigt.spalten[1].zahlen, gezeigt.spalten[1].unlesbar) == (1, 1)
    assert gezeigt.fehlend == ("Jahr",)
    assert gezeigt.zeilen is None


def test_an_unreadable_cell_is_named_by_its_address_and_shape() -> None:
    assert probe("id;a\n01;*\n02;1.5x\n").unlesbare == (("B3", "9.9x"),)


def test_an_undeclared_column_does_not_hide_what_is_wrong_below() -> None:
    gezeigt = probe("id;a;b\n01;?;1\n001;1;1\n")
    texte = " ".join(problem.text for problem in gezeigt.probleme)
    assert "nirgends deklariert" in texte
    assert "weder eine Zahl" in texte
    assert gezeigt.zeilen is not None
    assert gezeigt.zeilen.unverstanden == 1


WERT = "4711"


@pytest.mark.parametrize(
    ("inhalt", "angaben"),
    [
        (f"id;a\n01;{WERT}.\n", {}),
        (f"id;a\n01;{WERT}\n", {"datei": {"kopf": "^fehlt$"}}),
        (f"id;a\n01;{WERT}\n", {"datei": {"kopf": "^id$", "ende": "^fehlt"}}),
        (f"01;{WERT}\n02;5\n", {}),
        (f"id;a\n01;5\nQuelle\nSumme {WERT};\n{WERT}\n", {"datei": {"kopf": "^id$", "ende": "^Quelle"}}),
        (f"id;a;ü\n01;{WERT};1\n".encode("cp1252"), {}),
        (f"id;a\n01;{WERT};1\n", {}),
    ],
    ids=["unreadable", "no anchor", "no end", "no header", "below the end", "encoding", "short row"],
)
def test_no_figure_of_a_cell_is_ever_shown(inhalt: str | bytes, angaben: dict[str, Any]) -> None:
    gezeigt = probe(inhalt, **angaben)
    assert WERT not in show(gezeigt)
    assert WERT not in json.dumps(asdict(gezeigt))


def test_the_page_is_a_hundred_columns_wide_at_most_and_names_no_missing_value() -> None:
    kopf = "Arbeitslose insgesamt, darunter Personen mit sehr langer Bezeichnung im Kopf der Spalte"
    werte = {"spalten": [{"spalte": kopf, "merkmal": "a" * 40, "gruppe": "alter=15-24|geschlecht=w"}]}
    inhalt = f"Titel\nid;{kopf};Neu\n01;?;1\n02;*;2\nxx;-;3\n"
    seite = show(probe(inhalt, datei={"kopf": "^id$"}, werte=werte))
    assert max(map(len, seite.splitlines())) <= 100
    assert "None" not in seite
    assert "NICHT DEKLARIERT" in seite


def test_of_several_files_the_newest_is_shown_in_full() -> None:
    proben = [probe(UNTITLED, f"w_{jahr}.csv", zeit={"fest": jahr}) for jahr in (2025, 2024)]
    seite = show(*proben)
    assert seite.count("Spalten\n") == 1
    assert "Datei roh/w_2025.csv" in seite


def test_subheadings_are_told_from_rows_that_are_skipped() -> None:
    datei = {"kopf": "^id$", "ueberspringen": ["^Summe"], "zwischentitel": {"Art": "Männer|Frauen"}}
    inhalt = "id;a\nMänner;\n01;1\nSumme;9\nFrauen;\n01;2\n"
    gruppen = [{"spalte": "Art", "gruppen": {"Männer": "geschlecht=m", "Frauen": "geschlecht=w"}}]
    gezeigt = probe(inhalt, datei=datei, dimensionen=gruppen)
    assert gezeigt.bereich is not None
    assert (gezeigt.bereich.uebersprungen, gezeigt.bereich.zwischentitel) == ((4,), (2, 5))
    assert "  Zwischentitel   Zeile 2, 5\n" in show(gezeigt)


def test_a_long_title_keeps_the_year_at_its_end() -> None:
    titel = "Sozialversicherungspflichtig Beschäftigte am Wohnort nach Geschlecht und Altersgruppen in Gemeinden, "
    gezeigt = probe(f"{titel}4711 Orte, 31.12.2024\nid;a\n01;1\n", datei={"kopf": "^id$"})
    assert gezeigt.randtexte == (f"{titel}9999 Orte, 31.12.2024",)
    assert "31.12.2024" in show(gezeigt)


def test_first_lines_are_folded_and_keep_their_years() -> None:
    kopf = [
        "Kreise und kreisfreie Städte, Stand vom 31.12.2024",
        *(f"Empfänger im Jahr {n}" for n in range(2015, 2022)),
    ]
    gezeigt = probe(";".join(kopf) + "\n01;2015" + ";4711" * 7 + "\n", datei={"kopf": "^Nummer$"})
    seite = " ".join(show(gezeigt).split())
    assert "Städte, Stand vom 31.12.2024 | Empfänger im Jahr 2015 |" in seite
    assert "Empfänger im Jahr 2021" in seite
    assert "99 | 9999 (8-mal)" in seite
    assert WERT not in seite
    assert max(map(len, show(gezeigt).splitlines())) <= 100


def test_a_line_too_long_for_the_page_ends_with_a_sign_of_it() -> None:
    gezeigt = probe(";".join(f"Spalte {n} mit Text" for n in range(60)) + "\n1;2\n", datei={"kopf": "^Nummer$"})
    assert any(zeile.endswith(" …") for zeile in show(gezeigt).splitlines())


def test_a_proposed_name_is_the_last_line_of_the_head_and_never_long_or_given_twice() -> None:
    datei = {"kopf": {"anker": "^id$", "tiefe": 2}}
    lang = "Leistungsberechtigte in Einrichtungen der stationären Pflege insgesamt"
    gezeigt = probe(
        f"id;a;Alle Personen;Ausländer;x;Ort-Teil;Ort (Teil)\n;;Anzahl;Anzahl;{lang};Anzahl;Anzahl\n01;1;2;3;4;5;6\n",
        datei=datei,
    )
    namen = [vorschlag.zeile.rpartition("merkmal: ")[2].rstrip("}") for vorschlag in gezeigt.vorschlaege]
    assert namen == ["alle_personen", "auslaender", "leistungsberechtigte_in_einrichtungen", "ort_teil", "ort_teil_2"]


def test_a_figure_in_a_part_of_a_head_is_not_suggested() -> None:
    datei = {"kopf": {"anker": "^id$", "tiefe": 2}}
    gezeigt = probe(f"id;a;Frauen\n;;{WERT}\n01;1;2\n", datei=datei)
    (vorschlag,) = gezeigt.vorschlaege
    assert vorschlag.zeile.startswith("# ohne Vorschlag, weil im Kopf eine Zahl steht: »Frauen | 9999«.")
    assert WERT not in show(gezeigt)


@pytest.mark.parametrize(
    ("kopf", "gruppe"),
    [
        ("unter 15", "0-14"),
        ("unter 3 Jahren", "0-2"),
        ("15 bis unter 18", "15-17"),
        ("15-17", "15-17"),
        ("18 bis 24 Jahre", "18-24"),
        ("65", "65"),
        ("80 und mehr", "80+"),
        ("80 Jahre und älter", "80+"),
        ("ab 80", "80+"),
        ("90+", "90+"),
    ],
)
def test_heads_that_are_ages_are_shown_and_suggested_as_groups(kopf: str, gruppe: str) -> None:
    gezeigt = probe(f"id;a;{kopf};66\n01;1;4;3\n")
    assert [spalte.kopf for spalte in gezeigt.spalten] == ["id", "a", kopf, "66"]
    assert any(f"»{kopf}«" in problem.text for problem in gezeigt.probleme)
    zeile = gezeigt.vorschlaege[0].zeile
    assert yaml.safe_load(zeile) == [{"spalte": kopf, "merkmal": "einwohner", "gruppe": f"alter={gruppe}"}]


def test_a_bare_number_alone_is_no_age_and_one_of_four_digits_never() -> None:
    assert [v.zeile[:6] for v in probe("id;a;66\n01;1;3\n").vorschlaege] == ["# ohne"]
    gezeigt = probe(f"id;a;{WERT};66;unter 6\n01;1;3;4;5\n")
    assert WERT not in show(gezeigt)
    assert [spalte.kopf for spalte in gezeigt.spalten] == ["id", "a", "9999", "66", "unter 6"]


def test_numbers_in_a_row_that_may_be_no_header_stay_hidden() -> None:
    gezeigt = probe("01;47;12\n02;5;3\n")
    assert [spalte.kopf for spalte in gezeigt.spalten] == ["99", "99", "99"]


def test_messages_that_differ_in_their_line_only_are_one() -> None:
    zeilen = "".join(f"{n};1\n" for n in range(101, 106))
    seite = " ".join(show(probe(f"id;a\n{zeilen}01;?\n02;?\n")).split())
    assert "nicht: 7 Probleme" in seite
    assert "Zeilen 7 bis 8 (2): Spalte »a«: »?« ist weder" in seite
    assert seite.count("»?« ist weder") == 1


def test_equal_messages_are_counted_with_the_lines_they_stand_in() -> None:
    zeilen = "".join("999;1\n" for _ in range(5))
    assert "Zeilen 2 bis 6 (5): Spalte »id«" in " ".join(show(probe(f"id;a\n{zeilen}01;2\n")).split())


def test_long_heads_in_a_message_differ_where_the_heads_do() -> None:
    lang = "Sozialversicherungspflichtig Beschäftigte am Arbeitsort im Durchschnitt"
    text = " ".join(problem.text for problem in probe(f"id;a;{lang} Männer;{lang} Frauen\n01;1;2;3\n").probleme)
    assert "schnitt Männer« ist nirgends" in text
    assert "schnitt Frauen« ist nirgends" in text


def test_a_title_that_fits_no_pattern_is_shown_without_figures() -> None:
    gezeigt = probe(f"Stand 2024;\nSumme;{WERT}\nid;a\n01;1\n", datei={"kopf": "^id$"}, zeit={"titel": "(?P<jahr>X)"})
    assert "Vorhanden: »Stand 2024«; »Summe«; »9999«." in gezeigt.probleme[0].text


def test_equal_cells_of_a_header_are_counted() -> None:
    gezeigt = probe("Plätze;Plätze;Plätze;;;Jahr 1;Jahr 2\n1;2;3;4;5;6;7\n", datei={"kopf": "^Nummer$"})
    assert gezeigt.anfang[0].text == "Plätze (3-mal) | (2 leer) | Jahr 9 | Jahr 9"


def test_a_renaming_onto_another_head_is_a_problem_and_no_end_of_the_probe() -> None:
    abweichungen = [{"dateien": "w", "grund": "g", "umbenannt": {"b": "a"}}]
    gezeigt = probe("id;a;b\n01;1;2\n", abweichungen=abweichungen)
    assert "gibt es nach abweichungen.umbenannt zweimal" in gezeigt.probleme[0].text
    assert gezeigt.anfang[0].text == "id | a | b"
