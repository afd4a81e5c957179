"""The probe shows what a declaration makes of a file, and most when it is wrong."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest

from atlas.anzeige_probe import print_proben
from atlas.ingest.deutung.lesung import Umfeld
from atlas.ingest.probe.probe import Probe, build_probe
from atlas.ingest.probe.vorschlag import pair_koepfe
from ingest.arbeitsmappen import build_xlsx
from ingest.conftest import build_quelle

UNTITLED = "id;a\n01;4711\n02;*\n"
MIT_RAND = "Titel der Tabelle\nid;a\n01;4711\nSumme;9\n02;-\nQuelle: Amt\n"


def probe(inhalt: str | bytes, dateiname: str = "w.csv", **angaben: Any) -> Probe:  # noqa: ANN401  # parts of YAML
    roh = inhalt.encode() if isinstance(inhalt, str) else inhalt
    return build_probe(roh, f"roh/{dateiname}", dateiname, build_quelle(**angaben), Umfeld())


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
    assert WERT not in print_proben("q", "Titel", [gezeigt])
    assert WERT not in json.dumps(asdict(gezeigt))


def test_the_page_is_a_hundred_columns_wide_at_most_and_names_no_missing_value() -> None:
    kopf = "Arbeitslose insgesamt, darunter Personen mit sehr langer Bezeichnung im Kopf der Spalte"
    werte = {"spalten": [{"spalte": kopf, "merkmal": "a" * 40, "gruppe": "alter=15-24|geschlecht=w"}]}
    inhalt = f"Titel\nid;{kopf};Neu\n01;?;1\n02;*;2\nxx;-;3\n"
    seite = print_proben("q", "Titel", [probe(inhalt, datei={"kopf": "^id$"}, werte=werte)])
    assert max(map(len, seite.splitlines())) <= 100
    assert "None" not in seite
    assert "NICHT DEKLARIERT" in seite


def test_of_several_files_the_newest_is_shown_in_full() -> None:
    proben = [probe(UNTITLED, f"w_{jahr}.csv", zeit={"fest": jahr}) for jahr in (2025, 2024)]
    seite = print_proben("q", "Titel", proben)
    assert seite.count("Spalten\n") == 1
    assert "Datei roh/w_2025.csv" in seite
