"""The shape of a table: header, footer, columns, rows; nothing is dropped and every place is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from atlas.ingest.deutung.quelle import Gelesen
from atlas.ingest.formate.raster import spaltenname

Lies = Callable[..., Gelesen]
Meldung = Callable[..., str]
Werte = Callable[..., list[tuple[Any, ...]]]

ERSTE = ("01", 2025, "a", 5.0, "beobachtet")


def test_title_lines_and_footer_are_declared_not_guessed(werte: Werte) -> None:
    text = 'Bevölkerung;\n"Stand:\n31.12.";\n\nid;a\n01;5\n\n02;7\nQuelle: Amt\n© 2026;x;y;z\n'
    assert werte(text, datei={"kopf": "^id$", "ende": "^Quelle"}) == [
        ("01", 2025, "a", 5.0, "beobachtet", "B6"),
        ("02", 2025, "a", 7.0, "beobachtet", "B8"),
    ]


def test_the_address_counts_lines_of_the_file_across_quoted_line_breaks(werte: Werte) -> None:
    text = 'id;"Name\nkurz";a\n01;"Ort\nTeil";5\n02;x;7\n'
    angaben = {"werte": {"spalten": [{"spalte": "a", "merkmal": "a"}], "ignoriere": [r"Name\skurz"]}}
    assert [zeile[-1] for zeile in werte(text, **angaben)] == ["C3", "C5"]


@pytest.mark.parametrize(("stelle", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
def test_columns_are_named_as_in_a_spreadsheet(stelle: int, name: str) -> None:
    assert spaltenname(stelle) == name


def test_the_28th_column_is_ab(werte: Werte) -> None:
    kopf = ";".join(["id", *(f"x{n}" for n in range(26)), "a"])
    angaben = {"werte": {"spalten": [{"spalte": "a", "merkmal": "a"}], "ignoriere": [r"x\d+"]}}
    assert werte(f"{kopf}\n01{';' * 27}5\n", **angaben) == [(*ERSTE, "AB2")]


FEHLER: list[tuple[str, dict[str, Any], str]] = [
    (
        "Titel\nid;a\n01;5\n02;6\n",
        {},
        (
            "Zeile 1    der Kopf hat 1 Feld, keine Zeile darunter hat ebenso viele (die erste 2). Stehen Titelzeilen "
            "über dem Kopf, datei.kopf eintragen; sonst datei.trenner prüfen."
        ),
    ),
    (
        "Titel\nid;a\n01;5\n",
        {"datei": {"kopf": "^Schlüssel$"}},
        "keine Zelle passt zum deklarierten Kopf »^Schlüssel$«. datei.kopf prüfen, bei Textdateien auch datei.trenner.",
    ),
    (
        "id;a\n01;5\n02;6\n",
        {"datei": {"ende": "^Quelle"}},
        "Zeile 3    das deklarierte Ende »^Quelle« kommt nicht vor. Die Datei ist womöglich abgeschnitten.",
    ),
    ("id;a\n\n", {}, "Zeile 1    nach der Kopfzeile folgt keine Zeile mit Daten. Die Datei neu anfordern."),
    (
        "id;a\nQuelle\n",
        {"datei": {"ende": "^Quelle"}},
        "Zeile 1    nach der Kopfzeile folgt keine Zeile mit Daten. Die Datei neu anfordern.",
    ),
    (
        "\nid;a;a;b;b\n01;5;6;7;8\n",
        {},
        (
            "Zeile 2    die Spalte »a« kommt 2-mal vor. Spalten umbenennen; geht der Kopf über mehrere Zeilen, unter "
            "datei eintragen: kopf: {anker: '^id$', tiefe: 2}.\n"
            "Zeile 2    die Spalte »b« kommt 2-mal vor. Spalten umbenennen; geht der Kopf über mehrere Zeilen, unter "
            "datei eintragen: kopf: {anker: '^id$', tiefe: 2}."
        ),
    ),
    (
        "id;a;b\n01;5;6\n",
        {},
        (
            "Zeile 1    die Spalte »b« ist nirgends deklariert. Unter werte.spalten aufnehmen oder unter "
            "werte.ignoriere nennen."
        ),
    ),
    (
        "id;a;\n01;5;6\n",
        {},
        (
            "Zeile 1    die Spalte »(C)« ist nirgends deklariert. Unter werte.spalten aufnehmen oder unter "
            "werte.ignoriere nennen."
        ),
    ),
    (
        "Titel\n\n\nid;A;B\n\n\n01;5;6\n",
        {"datei": {"kopf": "^id$"}},
        "Zeile 4    die Spalte »a« fehlt. In der Datei übrig: »A«, »B«.",
    ),
    (
        "id,a\n01,5\n",
        {},
        (
            "Zeile 1    die Spalte »a« fehlt. In der Datei übrig: »id,a«.\nZeile 1    die Spalte »id« fehlt. "
            "In der Datei übrig: »id,a«."
        ),
    ),
    ("id\n01\n", {}, "Zeile 1    die Spalte »a« fehlt. Neu anfordern."),
    (
        "id;a\n01;5\n",
        {"zeit": {"spalte": "Jahr"}},
        "Zeile 1    die Spalte »Jahr« fehlt. Neu anfordern.",
    ),
    (
        "id;a\n01;5\n02\n03;6;7\n04;8\n",
        {},
        (
            "Zeile 3    die Zeile hat 1 statt 2 Felder. Ist sie abgeschnitten? Steht ein Trennzeichen im Text? "
            "Berichtigen lassen.\n"
            "Zeile 4    die Zeile hat 3 statt 2 Felder. Ist sie abgeschnitten? Steht ein Trennzeichen im Text? "
            "Berichtigen lassen."
        ),
    ),
    (
        'id;a\n01;5\n02;"6\n03;7\n',
        {},
        (
            "Zeile 3    hier beginnt eine Zeile, in der ein Anführungszeichen nicht geschlossen ist oder mitten in "
            "einem Feld steht. Neu exportieren; in Texten wird ein Anführungszeichen verdoppelt."
        ),
    ),
    (
        'id;a\n01;5\n02;"6" x\n',
        {},
        (
            "Zeile 3    hier beginnt eine Zeile, in der ein Anführungszeichen nicht geschlossen ist oder mitten in "
            "einem Feld steht. Neu exportieren; in Texten wird ein Anführungszeichen verdoppelt."
        ),
    ),
    (
        'id;n;a\n01;"Ort;5\n02;Ort";6\n03;x;7\n',
        {"werte": {"spalten": [{"spalte": "a", "merkmal": "a"}], "ignoriere": ["n"]}},
        (
            "Zeile 2    ein Feld in Anführungszeichen reicht über mehrere Zeilen mit Trennzeichen und verschluckt "
            "sie. Das einzelne Anführungszeichen in der Datei suchen und neu exportieren."
        ),
    ),
]


@pytest.mark.parametrize(("text", "angaben", "erwartet"), FEHLER, ids=range(len(FEHLER)))
def test_a_wrong_shape_is_named_with_its_line(
    meldung: Meldung, text: str, angaben: dict[str, Any], erwartet: str
) -> None:
    assert meldung(text, **angaben) == erwartet


def test_many_short_rows_are_listed_up_to_20_and_counted(meldung: Meldung) -> None:
    zeilen = meldung("id;a\n" + "01\n" * 23 + "02;5\n").split("\n")
    assert len(zeilen) == 21
    assert zeilen[0].startswith("Zeile 2    die Zeile hat 1 statt 2 Felder.")
    assert zeilen[20] == "Zeile 22   … und 3 weitere Zeilen mit falscher Anzahl von Feldern von hier an."


def test_ignored_columns_are_named_by_pattern(lies: Lies) -> None:
    angaben = {"werte": {"spalten": [{"spalte": "a", "merkmal": "a"}], "ignoriere": ["Name.*"]}}
    assert lies("id;Name (lang);a\n01;x;5\n", **angaben).zeilen == 1


def test_a_column_without_head_and_without_any_text_is_no_column(werte: Werte) -> None:
    assert werte("id;;a;;\n01;;5;;\n") == [(*ERSTE, "C2")]


def test_a_column_without_head_is_named_by_its_letter_and_can_be_read_or_ignored_by_it(werte: Werte) -> None:
    spalten = {"spalten": [{"spalte": "(C)", "merkmal": "a"}], "ignoriere": [r"\(B\)"]}
    assert werte("id;;\n01;x;5\n", werte=spalten) == [(*ERSTE, "C2")]


def test_the_header_is_known_by_any_of_its_cells(werte: Werte) -> None:
    assert werte("Tabelle;\n;\nid;a\n01;5\n", datei={"kopf": "^a$"}) == [(*ERSTE, "B4")]


def test_an_end_that_cuts_off_data_is_refused(meldung: Meldung) -> None:
    text = "id;a\n01;5\nSumme;5\n02;6\nSumme;6\n"
    assert "stehen noch Zeilen mit Daten. datei.ende enger fassen" in meldung(text, datei={"ende": "^Summe"})


def test_a_footer_of_several_lines_may_follow_the_end(werte: Werte) -> None:
    text = "id;a\n01;5\nQuelle: Amt;\n1) vorläufig;\n"
    assert len(werte(text, datei={"ende": "^Quelle"})) == 1


def test_title_lines_before_the_head_are_named_with_what_to_declare(meldung: Meldung) -> None:
    assert meldung("Tabelle 1;\n;\nid;a\n01;5\n") == (
        "Zeile 1    das ist nicht die Kopfzeile, »id« steht in Zeile 3. kopf: '^id$' unter datei eintragen."
    )
