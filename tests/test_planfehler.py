"""A planted mistake in every configuration file of the demo is found by `atlas check` and explained in German."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pytest

from atlas.config.laden import DATEIEN, load_konfiguration
from atlas.config.yaml_strikt import read_yaml
from atlas.errors import KonfigurationError
from atlas.projekt import Projekt
from geteilte_daten import WURZEL
from golden_datei import assert_golden

if TYPE_CHECKING:
    from pathlib import Path

QUELLDATEIEN = sorted(pfad.stem for pfad in (WURZEL / "config" / "quellen").glob("*.yaml"))

LIES_YAML = cache(read_yaml)
ZEILE = r"(?m)^  Zeile (\d+) +"
ANDERE_ZEILE = r"(?<= in Zeile )\d+"


@dataclass(frozen=True)
class Planfehler:
    """A mistake: what stands in a file once and what somebody wrote instead.

    `bei` narrows the place to what follows this text, for a block that has many likes.
    """

    name: str
    datei: str
    alt: str
    neu: str
    bei: str = ""
    gemeldet: str = ""
    """The file where it is told, when that is another one."""


PLANFEHLER = (
    Planfehler("Datum in deutscher Schreibweise", "atlas", "stand: 2026-06-30", "stand: 30.06.2026"),
    Planfehler("Berichtsjahr als Text", "atlas", "berichtsjahr: 2025", 'berichtsjahr: "2025"'),
    Planfehler("Muster mit offener Klammer", "raeume", r"muster: '99001\d{3}'", r"muster: '99001(\d{3}'"),
    Planfehler("Umstieg nennt fremde Ebene", "raeume", "[kreis, planungsraum, sozialraum]", "[kreis, stadtteil]"),
    Planfehler("Ausschluss ohne Grund", "raeume", "    grund: ", "    anlass: ", 'raum_id: "99001031"'),
    Planfehler("Einwohnerzahl, die niemand liefert", "raeume", "merkmal: einwohner,", "merkmal: bewohner,"),
    Planfehler("vertippter Schlüssel", "quellen/bevoelkerung", "lizenz:", "lizens:", "  haushalte:"),
    Planfehler("fehlende Lizenz", "quellen/engagement", "    lizenz: Nutzung mit Quellenangabe\n", "", "  vereine:"),
    Planfehler("unbekanntes Symbol", "quellen/jugend_bildung", '{"...": spaeter}', '{"...": demnächst}'),
    Planfehler("fremde Ebene", "quellen/gesundheit_teilhabe", "{planungsraum: ", "{bezirk: ", "  hausaerzte:"),
    Planfehler("doppelter Schlüssel", "quellen/soziales", "    zeit:", "    schluessel:", "  sgb12:"),
    Planfehler("Name zweier Quellen", "quellen/wirtschaft", "\n  mieten:", "\n  vereine:"),
    Planfehler("Muster ohne Jahr", "quellen/wirtschaft", r"(?P<jahr>\d{4})12", r"(?P<jahre>\d{4})12"),
    Planfehler("vertippte Vorlage", "quellen/bevoelkerung", "regionalstatistik_12711_01_03", "regionalstatistik_12711"),
    Planfehler("Anker in YAML", "quellen/soziales", "{kreis: '99001', gemeinde", "&alle {kreis: '99001', gemeinde"),
    Planfehler("unbekannte Dimension", "indikatoren", "dimension: kinderarmut", "dimension: armut", "  kinderarmut:"),
    Planfehler("Bündel, das die Dimension nicht nennt", "indikatoren", "buendel: betreuung", "buendel: plaetze_u3"),
    Planfehler("unbekannter Monitor", "indikatoren", "monitore: [", "monitore: [sozialmonitor, ", "  kinderarmut:"),
    Planfehler("Merkmal, das niemand liefert", "indikatoren", "merkmal: kita_kinder", "merkmal: kitakinder"),
    Planfehler("Gruppe, die niemand liefert", "indikatoren", "form=stationaer", "form=stationär"),
    Planfehler("Altersband, das keine Zelle trifft", "indikatoren", "zuzuege, alter: 30-49", "zuzuege, alter: 30-44"),
    Planfehler("Altersband mit vertauschten Grenzen", "indikatoren", "alter: 15-64", "alter: 64-15"),
    Planfehler("unbekannte Formel", "indikatoren", "art: anteil", "art: prozent", "  kinderarmut:"),
    Planfehler("unbekannte kleinste Ebene", "indikatoren", "ebene: sozialraum", "ebene: stadtteil", "  sgb2_quote:"),
    Planfehler(
        "Index unter der kleinsten Ebene", "indikatoren", "ebene: gemeinde", "ebene: kreis", "  hze_stationaer:"
    ),
    Planfehler("Stichtag, den es nicht gibt", "indikatoren", 'stichtag: "12-31"', 'stichtag: "31.12."'),
    Planfehler("Ziel gegen die Richtung", "indikatoren", "art: hoechstens", "art: mindestens", "  kinderarmut:"),
    Planfehler("Brüche in falscher Reihe", "indikatoren", "- ab: 2016", "- ab: 2024", "  kinderarmut:"),
    Planfehler("unbekanntes Verfahren", "dimensionen", "verfahren: oberhausen", "verfahren: oberhausn"),
    Planfehler("Verfahren ohne Klassen der Art", "dimensionen", "verfahren: sozialraummonitor", "verfahren: hamburg"),
    Planfehler(
        "Index über unbekannten Indikator", "dimensionen", "indikator: migrationsanteil", "indikator: migranten"
    ),
    Planfehler(
        "Index auf fremder Ebene",
        "dimensionen",
        "ebene: gemeinde",
        "ebene: sozialraum",
        "  altersarmut:",
        "indikatoren",
    ),
    Planfehler("neutraler Indikator im Index", "dimensionen", "indikator: altenquotient", "indikator: jugendquotient"),
    Planfehler("Gesamtindex aus unbekanntem Index", "dimensionen", "dynamik: dynamik", "dynamik: entwicklung"),
    Planfehler("Lücke zwischen zwei Klassen", "dimensionen", "bis: 1.5}", "bis: 1.4}"),
    Planfehler("Klasse ohne Beschriftung", "dimensionen", "  hoeher: höher\n", "", "klassennamen:"),
    Planfehler("negative Mindestfallzahl", "ausgaben", "mindestfallzahl: 3", "mindestfallzahl: -3"),
    Planfehler("Zahl, die keine Ausgabe kennt", "ausgaben", "[zaehler,", "[zähler,"),
    Planfehler("Korrektur einer fremden Quelle", "korrekturen", "quelle: geburten", "quelle: geborene"),
    Planfehler("Korrektur mit Wert und Status", "korrekturen", "    wert: 28", "    wert: 28\n    status: geheim"),
    Planfehler("Koordinaten ohne Bezugssystem", "angebote", "    bezugssystem: EPSG:25832\n", ""),
    Planfehler("Verzeichnis mit dem Namen einer Quelle", "angebote", "  angebotsverzeichnis:", "  vereine:"),
    Planfehler("unbekannte Art von Beitrag", "beitraege", "chance: chance", "chance: möglichkeit"),
    Planfehler("Datumsform, die es nicht gibt", "beitraege", "TT.MM.JJJJ", "TT.MM.JJ"),
)


def plant(ordner: Path, fehler: Planfehler) -> None:
    pfad = ordner / "config" / f"{fehler.datei}.yaml"
    text = pfad.read_text("utf-8")
    anfang = text.index(fehler.bei)
    assert fehler.alt in text[anfang:], fehler.name
    pfad.write_text(text[:anfang] + text[anfang:].replace(fehler.alt, fehler.neu, 1), "utf-8")


def tell(ordner: Path) -> str:
    """Give the message that a person would read."""
    with pytest.raises(KonfigurationError) as gefangen:
        load_konfiguration(Projekt(ordner, ordner / "data" / "raw"))
    assert gefangen.value.exit_code == 3
    return f"Fehler: {gefangen.value}"


def show_zeilen(meldung: str, datei: Path) -> str:
    """Put what stands in a line in place of its number, which every edit of the file would change."""
    zeilen = datei.read_text("utf-8").splitlines()
    meldung = re.sub(ZEILE, lambda treffer: f"  Zeile »{zeilen[int(treffer[1]) - 1].strip()}«  ", meldung)
    return re.sub(ANDERE_ZEILE, lambda treffer: f"»{zeilen[int(treffer[0]) - 1].strip()}«", meldung)


@pytest.fixture
def projekt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the configuration of the demo; a file that did not change is parsed once."""
    monkeypatch.setattr("atlas.config.laden.read_yaml", LIES_YAML)
    shutil.copytree(WURZEL / "config", tmp_path / "config")
    return tmp_path


def test_a_planted_mistake_in_every_file_is_explained(projekt: Path) -> None:
    meldungen = []
    for fehler in PLANFEHLER:
        pfad = projekt / "config" / f"{fehler.datei}.yaml"
        richtig = pfad.read_bytes()
        plant(projekt, fehler)
        meldung = tell(projekt)
        gemeldet = projekt / "config" / f"{fehler.gemeldet or fehler.datei}.yaml"
        assert f"in config/{fehler.gemeldet or fehler.datei}.yaml" in meldung, fehler.name
        assert all(re.match(ZEILE, zeile) for zeile in meldung.splitlines()[1:]), fehler.name
        meldungen.append(f"== {fehler.name} (config/{fehler.datei}.yaml)\n{show_zeilen(meldung, gemeldet)}\n")
        pfad.write_bytes(richtig)
    assert_golden("planfehler.txt", "\n".join(meldungen))


def test_no_file_is_without_a_planted_mistake() -> None:
    erwartet = {name for name in DATEIEN if name != "quellen"} | {f"quellen/{name}" for name in QUELLDATEIEN}
    assert {fehler.datei for fehler in PLANFEHLER} == erwartet


def test_check_ends_with_three_and_tells_the_mistakes_of_all_files_at_once(projekt: Path) -> None:
    einzeln = {fehler.datei: fehler for fehler in PLANFEHLER if fehler.name in ALLEIN}
    for fehler in einzeln.values():
        plant(projekt, fehler)
    programm = [sys.executable, "-c", "from atlas.cli import main; main()", "check"]
    umgebung = {**os.environ, "ATLAS_PROJEKT": str(projekt)}
    lauf = subprocess.run(programm, capture_output=True, text=True, check=False, env=umgebung)
    assert (lauf.returncode, lauf.stdout) == (3, "")
    assert "Traceback" not in lauf.stderr
    assert all(f"in config/{datei}.yaml" in lauf.stderr for datei in einzeln)


ALLEIN = {
    "Berichtsjahr als Text",
    "Muster mit offener Klammer",
    "vertippter Schlüssel",
    "unbekannte Formel",
    "negative Mindestfallzahl",
    "Korrektur mit Wert und Status",
    "Koordinaten ohne Bezugssystem",
    "Datumsform, die es nicht gibt",
}
"""Mistakes that show without a look at other files."""
