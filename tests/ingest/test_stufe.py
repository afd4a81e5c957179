"""Stage ingest as a whole: all problems of all files in one pass, nothing written before all is read."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import polars as pl
import pytest

from atlas.config.laden import Konfiguration, load_konfiguration
from atlas.stages import ingest
from atlas.store import Bau

if TYPE_CHECKING:
    from pathlib import Path

    from atlas.projekt import Projekt

Fehlertext = Callable[[Callable[[], object]], str]

DATEIEN = {
    "config/atlas.yaml": "titel: A\nuntertitel: B\ngebiet: C\nherausgeber: D\nstand: 2026-01-01\nberichtsjahr: 2025\n",
    "config/ausgaben.yaml": "ausgaben:\n  intern: {titel: I, empfaenger: E, geheimhaltung: keine}\n",
    "config/raeume.yaml": """\
gebietsstand: "2025"
ebenen:
  - {ebene: kreis, titel: K, mehrzahl: K, muster: K}
  - {ebene: raum, titel: R, mehrzahl: R, muster: '\\d'}
verzeichnis:
  datei: {typ: csv, glob: raeume.csv, zeichensatz: utf-8, trenner: ";"}
  spalten: {form: lang, schluessel: id, name: name, ebene: ebene, uebergeordnet: in}
""",
    "config/quellen.yaml": """\
quellen:
  personen:
    titel: T
    herausgeber: H
    lizenz: L
    stand: 2026-01-01
    datei: {typ: csv, glob: "*/werte.csv", mehrere: true, zeichensatz: utf-8, trenner: ";"}
    schluessel: {spalte: id, ebenen: {raum: '\\d'}}
    zeit: {spalte: jahr}
    zahl: {dezimal: ","}
    werte: {spalten: [{spalte: a, merkmal: a}]}
""",
    "config/indikatoren.yaml": """\
indikatoren:
  i:
    {name: I, kurzname: I, dimension: d, richtung: hoch_ist_belastet, einheit: x, nachkommastellen: 0,
     berechnung: {art: wert, merkmal: a}, definition: D}
""",
    "config/dimensionen.yaml": """\
dimensionen: {d: {name: D}}
indizes:
  status:
    name: S
    art: status
    ebene: raum
    ausgangswert: wert
    beobachtungsjahre: 0
    indikatoren: [{indikator: i, gewicht: 1}]
    standardisierung: {zentrum: raummittel, gewichtung: ungewichtet, freiheitsgrade: 0}
    zusammenfassung: summe
    restandardisierung: keine
    klassen: [{klasse: hoch, unter: 0}, {klasse: niedrig, von: 0}]
    quelle: Q
klassennamen: {hoch: hoch, niedrig: niedrig}
""",
    "data/raw/raeume.csv": "id;name;ebene;in\nK;Kreis;kreis;\n1;Eins;raum;K\n2;Zwei;raum;K\n",
    "data/raw/2024/werte.csv": "id;jahr;a\n1;2024;5\n2;2024;6\n",
    "data/raw/2025/werte.csv": "id;jahr;a\n1;2025;7\n2;2025;8\n",
}


@pytest.fixture
def konfiguration(projekt: Projekt) -> Konfiguration:
    for name, text in DATEIEN.items():
        pfad = projekt.wurzel / name
        pfad.parent.mkdir(parents=True, exist_ok=True)
        pfad.write_text(text, encoding="utf-8")
    return load_konfiguration(projekt)


@pytest.fixture
def bau(tmp_path: Path) -> Bau:
    (tmp_path / "bau").mkdir()
    return Bau(tmp_path / "bau")


def test_two_files_of_one_name_in_two_folders_are_two_deliveries(
    projekt: Projekt, konfiguration: Konfiguration, bau: Bau
) -> None:
    assert ingest.run(projekt, konfiguration, bau) == "2 Dateien, 3 Räume, 4 Messwerte"
    lieferungen = pl.read_parquet(bau.ordner / "Lieferungen.parquet")
    assert lieferungen.select("lieferung_id", "datei", "zeilen").rows() == [
        ("personen:2024/werte.csv", "2024/werte.csv", 2),
        ("personen:2025/werte.csv", "2025/werte.csv", 2),
    ]
    messwerte = pl.read_parquet(bau.ordner / "Messwerte.parquet")
    assert messwerte.select("raum_id", "jahr", "wert", "lieferung_id", "zelle").rows() == [
        ("1", 2024, 5.0, "personen:2024/werte.csv", "C2"),
        ("1", 2025, 7.0, "personen:2025/werte.csv", "C2"),
        ("2", 2024, 6.0, "personen:2024/werte.csv", "C3"),
        ("2", 2025, 8.0, "personen:2025/werte.csv", "C3"),
    ]


def test_all_problems_of_all_files_come_in_one_pass_and_nothing_is_written(
    projekt: Projekt, konfiguration: Konfiguration, bau: Bau, fehlertext: Fehlertext
) -> None:
    (projekt.roh / "raeume.csv").write_text("id;name;ebene\n1;Eins;raum\n", encoding="utf-8")
    (projekt.roh / "2024" / "werte.csv").write_bytes(b"PK\x03\x04")
    (projekt.roh / "2025" / "werte.csv").write_text("id;jahr;a\n1;2025;?\n", encoding="utf-8")
    text = fehlertext(lambda: ingest.run(projekt, konfiguration, bau))
    assert text == (
        "1 Problem in data/raw/2024/werte.csv\n"
        "  der Inhalt ist eine Excel- oder ZIP-Datei. Bei Excel datei.typ: xlsx eintragen, sonst zuerst entpacken.\n"
        "1 Problem in data/raw/2025/werte.csv\n"
        "  Zeile 2    Zelle C2, Spalte »a«: »?« ist weder eine Zahl (Dezimalzeichen »,«, kein Tausenderzeichen) noch "
        "ein deklariertes Symbol. Unter symbole oder zahl eintragen, was es heißt.\n"
        "1 Problem in data/raw/raeume.csv\n"
        "  die Spalte »in« fehlt. Vorhanden: »id«, »name«, »ebene«."
    )
    assert not list(bau.ordner.iterdir())


def test_a_file_that_no_source_claims_is_a_finding(projekt: Projekt, konfiguration: Konfiguration, bau: Bau) -> None:
    (projekt.roh / "alt.csv").write_text("x", encoding="utf-8")
    (projekt.roh / ".versteckt").write_text("x", encoding="utf-8")
    ingest.run(projekt, konfiguration, bau)
    befunde = pl.read_parquet(bau.ordner / "Eingangsbefunde.parquet")
    assert befunde.select("code", "tabelle").rows() == [("E101", "")]
    assert befunde["text"][0].startswith("data/raw/alt.csv gehört zu keiner Quelle")
    assert "In config/quellen/ (oder config/quellen.yaml) deklarieren" in befunde["text"][0]


@pytest.mark.parametrize("name", [b"2024\xff/werte.csv", b"20\n25/werte.csv"])
def test_a_file_whose_name_no_table_can_hold_is_refused(
    projekt: Projekt, konfiguration: Konfiguration, bau: Bau, fehlertext: Fehlertext, name: bytes
) -> None:
    pfad = projekt.roh / os.fsdecode(name)
    pfad.parent.mkdir()
    pfad.write_text("id;jahr;a\n1;2025;3\n", encoding="utf-8")
    text = fehlertext(lambda: ingest.run(projekt, konfiguration, bau))
    assert "der Name der Datei oder ihres Ordners enthält Zeichen, die kein UTF-8 sind" in text
    text.encode()


def test_a_name_that_is_no_text_is_shown_where_nobody_claims_the_file(
    projekt: Projekt, konfiguration: Konfiguration, bau: Bau
) -> None:
    (projekt.roh / os.fsdecode(b"alt\xff.csv")).write_text("x", encoding="utf-8")
    ingest.run(projekt, konfiguration, bau)
    befunde = pl.read_parquet(bau.ordner / "Eingangsbefunde.parquet")
    assert befunde["text"][0].startswith("data/raw/alt\ufffd.csv gehört zu keiner Quelle")


GUELTIGKEIT = """\
gueltigkeiten:
  liste:
    datei: {typ: csv, glob: liste.csv, zeichensatz: utf-8, trenner: ";"}
    schluessel: id
    gilt_fuer: \\d
    von: 2024-01-01
    bis: 2025-12-31
    erloschen: {"2": 2024-12-31}
"""


def declare_gueltigkeit(projekt: Projekt, liste: str) -> Konfiguration:
    """Let the source ask a dated list whether an area exists."""
    for name, mehr in (
        ("raeume", GUELTIGKEIT),
        ("quellen", "    symbole: {'-': null_genau}\n    gueltigkeit: liste\n"),
    ):
        pfad = projekt.config / f"{name}.yaml"
        pfad.write_text(pfad.read_text(encoding="utf-8") + mehr, encoding="utf-8")
    (projekt.roh / "liste.csv").write_text(liste, encoding="utf-8")
    return load_konfiguration(projekt)


@pytest.mark.usefixtures("konfiguration")
def test_a_dated_list_decides_what_a_dash_means(projekt: Projekt, bau: Bau) -> None:
    konfiguration = declare_gueltigkeit(projekt, "id\n1\n2\n")
    for jahr in (2024, 2025):
        (projekt.roh / str(jahr) / "werte.csv").write_text(f"id;jahr;a\n1;{jahr};-\n2;{jahr};-\n", encoding="utf-8")
    ingest.run(projekt, konfiguration, bau)
    messwerte = pl.read_parquet(bau.ordner / "Messwerte.parquet")
    assert messwerte.select("raum_id", "jahr", "wert", "status").rows() == [
        ("1", 2024, 0.0, "null_genau"),
        ("1", 2025, 0.0, "null_genau"),
        ("2", 2024, 0.0, "null_genau"),
        ("2", 2025, None, "nicht_existent"),
    ]
    assert pl.read_parquet(bau.ordner / "Eingangsbefunde.parquet").is_empty()


@pytest.mark.usefixtures("konfiguration")
@pytest.mark.parametrize(
    ("liste", "erwartet"),
    [
        ("id\n1\n", "Schlüssel »2«: steht unter erloschen, kommt in der Liste aber nicht vor. Prüfen."),
        ("nr\n1\n", "»id« gibt es nicht. Vorhanden: »nr«."),
    ],
    ids=["key", "column"],
)
def test_a_wrong_dated_list_is_told_with_the_mistakes_of_the_deliveries(
    projekt: Projekt, bau: Bau, fehlertext: Fehlertext, liste: str, erwartet: str
) -> None:
    konfiguration = declare_gueltigkeit(projekt, liste)
    (projekt.roh / "2025" / "werte.csv").write_text("id;jahr;a\n1;2025;?\n", encoding="utf-8")
    text = fehlertext(lambda: ingest.run(projekt, konfiguration, bau))
    assert "1 Problem in data/raw/2025/werte.csv\n" in text
    assert "1 Problem in data/raw/liste.csv\n" in text
    assert erwartet in text


def declare_landesweit(projekt: Projekt) -> Konfiguration:
    """Let the source count areas beyond the project instead of refusing them."""
    pfad = projekt.config / "quellen.yaml"
    text = pfad.read_text(encoding="utf-8")
    pfad.write_text(text.replace("{spalte: id, ", "{spalte: id, ausserhalb: zaehlen, "), encoding="utf-8")
    return load_konfiguration(projekt)


@pytest.mark.usefixtures("konfiguration")
def test_one_of_several_files_may_hold_no_area_of_the_project(projekt: Projekt, bau: Bau) -> None:
    konfiguration = declare_landesweit(projekt)
    (projekt.roh / "2024" / "werte.csv").write_text("id;jahr;a\n8;2024;5\n9;2024;6\n", encoding="utf-8")
    ingest.run(projekt, konfiguration, bau)
    lieferungen = pl.read_parquet(bau.ordner / "Lieferungen.parquet")
    assert lieferungen.select("datei", "zeilen", "ausserhalb", "messwerte").rows() == [
        ("2024/werte.csv", 2, 2, 0),
        ("2025/werte.csv", 2, 0, 2),
    ]


@pytest.mark.usefixtures("konfiguration")
def test_a_source_of_which_nothing_is_kept_is_an_error(projekt: Projekt, bau: Bau, fehlertext: Fehlertext) -> None:
    konfiguration = declare_landesweit(projekt)
    for jahr in (2024, 2025):
        (projekt.roh / str(jahr) / "werte.csv").write_text(f"id;jahr;a\n9;{jahr};5\n", encoding="utf-8")
    text = fehlertext(lambda: ingest.run(projekt, konfiguration, bau))
    assert text.startswith("1 Problem in ")
    assert "personen" in text
