"""Stage ingest as a whole: all problems of all files in one pass, nothing written before all is read."""

from __future__ import annotations

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
        "  der Inhalt ist eine Excel- oder ZIP-Datei. Als CSV speichern.\n"
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
