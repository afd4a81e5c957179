"""The whole configuration: all files in one pass, sources in several files, names that lead nowhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from atlas.config.laden import DATEIEN, Konfiguration
from atlas.config.schema import build_schemata

if TYPE_CHECKING:
    from atlas.projekt import Projekt

Lade = Callable[..., Konfiguration]
Meldung = Callable[..., str]


def test_a_sound_configuration_loads(lade: Lade) -> None:
    konfiguration = lade()
    assert list(konfiguration.quellen.quellen) == ["meldewesen"]
    assert konfiguration.dimensionen.indizes["status"].restandardisierung == "keine"


def test_all_mistakes_of_all_files_come_in_one_pass(meldung: Meldung) -> None:
    text = meldung(
        ("atlas", "titel: Atlas", "titel: 7"),
        ("quellen", "utf-8", "latin"),
        ("dimensionen", "zusammenfassung: summe", "zusammenfassung: summe\n    zusammenfassung: summe"),
        ("ausgaben", "intern:", "intern"),
    )
    assert text == (
        "1 Problem in config/atlas.yaml\n"
        "  Zeile 1    titel: muss ein Text sein (in Anführungszeichen).\n"
        "1 Problem in config/ausgaben.yaml\n"
        "  Zeile 2    kein gültiges YAML (ein Doppelpunkt steht unerwartet; Text mit »: « in Anführungszeichen "
        "setzen). Einrückung und Zeichen prüfen.\n"
        "1 Problem in config/dimensionen.yaml\n"
        "  Zeile 14   indizes.status.zusammenfassung: der Schlüssel steht schon in Zeile 13. Einen der beiden "
        "löschen.\n"
        "1 Problem in config/quellen.yaml\n"
        "  Zeile 7    quellen.meldewesen.datei.zeichensatz: »latin« ist nicht erlaubt (utf-8, cp1252, iso-8859-15, "
        "iso-8859-1, utf-16)."
    )


def test_a_missing_file_is_named(projekt: Projekt, meldung: Meldung) -> None:
    (projekt.config / "ausgaben.yaml").unlink()
    assert meldung() == (
        "1 Problem in config/ausgaben.yaml\n  die Datei fehlt. `atlas new` legt ein Projekt mit allen Dateien an."
    )


def test_missing_sources_name_the_file_to_make(projekt: Projekt, meldung: Meldung) -> None:
    (projekt.config / "quellen.yaml").unlink()
    assert meldung().startswith("1 Problem in config/quellen.yaml\n  die Datei fehlt.")


def test_a_folder_in_place_of_a_file_is_named_in_german(projekt: Projekt, meldung: Meldung) -> None:
    (projekt.config / "atlas.yaml").unlink()
    (projekt.config / "atlas.yaml").mkdir()
    assert meldung() == (
        "1 Problem in config/atlas.yaml\n"
        "  die Datei ist nicht lesbar. Prüfen, ob es eine Datei ist und ob die Leserechte stimmen."
    )


def test_invalid_utf_8_is_named_with_its_line(projekt: Projekt, meldung: Meldung) -> None:
    (projekt.config / "atlas.yaml").write_bytes("titel: x\nuntertitel: Kreis Düren\n".encode("cp1252"))
    assert meldung() == (
        "1 Problem in config/atlas.yaml\n"
        "  Zeile 2    die Zeile ist nicht in UTF-8 gespeichert. Im Editor mit Zeichensatz UTF-8 speichern."
    )


@pytest.mark.parametrize("bom", [b"\xef\xbb\xbf", b"\xef\xbb\xbf\xef\xbb\xbf"])
def test_a_byte_order_mark_does_no_harm(projekt: Projekt, lade: Lade, bom: bytes) -> None:
    pfad = projekt.config / "atlas.yaml"
    pfad.write_bytes(bom + pfad.read_bytes())
    assert lade().atlas.titel == "Atlas"


def test_sources_may_stand_in_files_of_their_own(projekt: Projekt, lade: Lade) -> None:
    (projekt.config / "quellen").mkdir()
    (projekt.config / "quellen.yaml").rename(projekt.config / "quellen" / "melde.yaml")
    konfiguration = lade()
    assert list(konfiguration.quellen.quellen) == ["meldewesen"]
    assert konfiguration.dokumente["quellen.meldewesen"].datei == "config/quellen/melde.yaml"


def test_a_source_may_stand_in_one_file_only(projekt: Projekt, meldung: Meldung) -> None:
    (projekt.config / "quellen").mkdir()
    (projekt.config / "quellen" / "melde.yaml").write_bytes((projekt.config / "quellen.yaml").read_bytes())
    assert meldung() == (
        "1 Problem in config/quellen/melde.yaml\n"
        "  Zeile 2    quellen.meldewesen: die Quelle steht schon in config/quellen.yaml. Eine der beiden umbenennen."
    )


def test_a_source_file_with_the_other_ending_is_not_overlooked(projekt: Projekt, meldung: Meldung) -> None:
    (projekt.config / "quellen").mkdir()
    (projekt.config / "quellen" / "neu.yml").write_text("quellen: {}\n", encoding="utf-8")
    assert meldung() == (
        "1 Problem in config/quellen/neu.yml\n  Dateien mit der Endung .yml liest atlas nicht. In .yaml umbenennen."
    )


@pytest.mark.parametrize(
    ("name", "rat"),
    [
        ("korrektur.yaml", "Gemeint: korrekturen.yaml?"),
        ("korrekturen.yml", "Gemeint: korrekturen.yaml?"),
        ("Beitraege.yaml", "Gemeint: beitraege.yaml?"),
        ("notiz.yaml", "In config/ gehören nur: atlas.yaml, raeume.yaml, quellen.yaml, indikatoren.yaml, "),
    ],
)
def test_a_file_that_nobody_reads_is_not_overlooked(projekt: Projekt, meldung: Meldung, name: str, rat: str) -> None:
    (projekt.config / "beitraege.yaml").unlink()
    (projekt.config / name).write_text("korrekturen: {}\n", encoding="utf-8")
    assert meldung().startswith(f"1 Problem in config/{name}\n  die Datei wird nicht gelesen. {rat}")


def test_folders_and_hidden_files_of_an_editor_are_left_alone(projekt: Projekt, lade: Lade) -> None:
    (projekt.config / "vorlagen.yaml").mkdir()
    (projekt.config / ".korrektur.yaml").write_text("x", encoding="utf-8")
    lade()


UMSTIEG = (
    'von: "2019", nach: "2025", datei: {typ: csv, glob: u.csv, zeichensatz: utf-8, trenner: ","}, '
    "spalten: {von: alt, nach: neu}"
)
GRUPPE = "{merkmal: arme, gruppe: alter=u15, gewichtung: flaeche}"

VERWEISE = [
    (
        "indikatoren",
        "dimension: soziales",
        "dimension: sociales",
        "Zeile 5    indikatoren.kinderarmut.dimension: die Dimension »sociales« gibt es nicht. Gemeint: soziales?",
    ),
    (
        "indikatoren",
        "dimension: soziales",
        "dimension: wohnen",
        "Zeile 5    indikatoren.kinderarmut.dimension: die Dimension »wohnen« gibt es nicht. Bekannt: soziales.",
    ),
    (
        "indikatoren",
        "merkmal: arme",
        "merkmal: armee",
        (
            "Zeile 11   indikatoren.kinderarmut.berechnung.zaehler.0.merkmal: das Merkmal »armee« gibt es nicht. "
            "Gemeint: arme?"
        ),
    ),
    (
        "indikatoren",
        "alter=u15",
        "alter=u16",
        (
            "Zeile 12   indikatoren.kinderarmut.berechnung.nenner.0.gruppe: bei einwohner die Gruppe »alter=u16« gibt "
            "es nicht. Gemeint: alter=u15?"
        ),
    ),
    (
        "indikatoren",
        "merkmal: arme",
        "merkmal: arme, gruppe: x",
        (
            "Zeile 11   indikatoren.kinderarmut.berechnung.zaehler.0.gruppe: bei arme die Gruppe »x« gibt es nicht. "
            "Bekannt: (leer)."
        ),
    ),
    (
        "indikatoren",
        "hoch_ist_belastet",
        "neutral",
        (
            "Zeile 11   indizes.status.indikatoren.0.indikator: »kinderarmut« hat die Richtung neutral und kann in "
            "keinen Index eingehen."
        ),
    ),
    (
        "dimensionen",
        "indikator: kinderarmut",
        "indikator: armut",
        "Zeile 11   indizes.status.indikatoren.0.indikator: den Indikator »armut« gibt es nicht. Gemeint: kinderarmut?",
    ),
    (
        "dimensionen",
        "ausgangswert: wert",
        "ausgangswert: gelieferte_veraenderung",
        (
            "Zeile 11   indizes.status.indikatoren.0.indikator: »kinderarmut« hat zeitbezug: stand, dieser Index "
            "braucht veraenderung."
        ),
    ),
    (
        "dimensionen",
        "ebene: gemeinde",
        "ebene: gemeinden",
        "Zeile 7    indizes.status.ebene: die Ebene »gemeinden« gibt es nicht. Gemeint: gemeinde?",
    ),
    (
        "dimensionen",
        "mittel: mittel, ",
        "",
        (
            "Zeile 17   indizes.status.klassen.1.klasse: die Beschriftung der Klasse »mittel« gibt es nicht. "
            "Bekannt: hoch, niedrig."
        ),
    ),
    (
        "dimensionen",
        "klassennamen:",
        "gesamt: {name: G, status: status, dynamik: dynamik}\nklassennamen:",
        "Zeile 20   gesamt.dynamik: den Index »dynamik« gibt es nicht. Bekannt: status.",
    ),
    (
        "dimensionen",
        "klassennamen:",
        "gesamt: {name: G, status: status, dynamik: status}\nklassennamen:",
        "Zeile 20   gesamt.dynamik: »status« hat die Art status, gebraucht wird dynamik.",
    ),
    ("dimensionen", "  status:\n", "  gesamt:\n", "Zeile 4    indizes.gesamt: der Name gesamt gehört dem Gesamtindex."),
    (
        "raeume",
        "merkmal: einwohner",
        "merkmal: einwohnr",
        "Zeile 8    mindesteinwohner.merkmal: das Merkmal »einwohnr« gibt es nicht. Gemeint: einwohner?",
    ),
    (
        "quellen",
        "ebenen: {gemeinde:",
        "ebenen: {ort:",
        "Zeile 8    quellen.meldewesen.schluessel.ebenen.ort: die Ebene »ort« gibt es nicht. Bekannt: gemeinde, kreis.",
    ),
    (
        "raeume",
        "mindesteinwohner:",
        f"umstiege:\n  - {{{UMSTIEG}, unveraenderte_ebenen: [kreis, gemeinden]}}\nmindesteinwohner:",
        "Zeile 9    umstiege.0.unveraenderte_ebenen.1: die Ebene »gemeinden« gibt es nicht. Gemeint: gemeinde?",
    ),
    (
        "raeume",
        "mindesteinwohner:",
        "gewichtung:\n  standard: flaeche\n  merkmale:\n    einwohnr: flaeche\nmindesteinwohner:",
        "Zeile 11   gewichtung.merkmale.einwohnr: das Merkmal »einwohnr« gibt es nicht. Gemeint: einwohner?",
    ),
    (
        "raeume",
        "mindesteinwohner:",
        f"gewichtung:\n  standard: flaeche\n  gruppen:\n    - {GRUPPE.replace('arme', 'armee')}\nmindesteinwohner:",
        "Zeile 11   gewichtung.gruppen.0.merkmal: das Merkmal »armee« gibt es nicht. Gemeint: arme?",
    ),
    (
        "raeume",
        "mindesteinwohner:",
        f"gewichtung:\n  standard: flaeche\n  gruppen:\n    - {GRUPPE}\nmindesteinwohner:",
        "Zeile 11   gewichtung.gruppen.0.gruppe: bei arme die Gruppe »alter=u15« gibt es nicht. Bekannt: (leer).",
    ),
    (
        "raeume",
        'trenner: ";"',
        'trenner: ";", mehrere: true',
        "Zeile 6    verzeichnis.datei: ein Raumverzeichnis ist eine Datei; mehrere: true gilt hier nicht.",
    ),
]


@pytest.mark.parametrize(("datei", "alt", "neu", "zeile"), VERWEISE, ids=range(len(VERWEISE)))
def test_a_name_that_leads_nowhere_is_reported_once(
    meldung: Meldung, datei: str, alt: str, neu: str, zeile: str
) -> None:
    gemeldet = "dimensionen" if neu == "neutral" else datei
    assert meldung((datei, alt, neu)) == f"1 Problem in config/{gemeldet}.yaml\n  {zeile}"


def test_the_area_cannot_be_delivered(meldung: Meldung) -> None:
    spalte = "        - {spalte: arm, merkmal: arme}\n"
    assert meldung(("quellen", spalte, spalte + "        - {spalte: ha, merkmal: flaeche_ha}\n")) == (
        "1 Problem in config/quellen.yaml\n"
        "  Zeile 16   quellen.meldewesen.werte.spalten.3.merkmal: flaeche_ha kommt aus dem Raumverzeichnis und kann "
        "nicht geliefert werden."
    )


def test_a_dimension_cannot_deliver_the_area_either(meldung: Meldung) -> None:
    spalte = "        - {spalte: arm, merkmal: arme}\n"
    muster = "        - {muster: 'x (?P<was>.*)'}\n    dimensionen:\n      - {kopf: was, merkmale: {f: flaeche_ha}}\n"
    assert meldung(("quellen", spalte, spalte + muster)) == (
        "1 Problem in config/quellen.yaml\n"
        "  Zeile 18   quellen.meldewesen.dimensionen.0.merkmale.f: flaeche_ha kommt aus dem Raumverzeichnis und kann "
        "nicht geliefert werden."
    )


def test_a_difference_may_name_other_levels_where_the_rest_is_only_counted(lade: Lade) -> None:
    spalte = "        - {spalte: arm, merkmal: arme}\n"
    schluessel = "{spalte: id, ausserhalb: zaehlen, ebenen: {bund: DG}}"
    neu = f"{spalte}    abweichungen: [{{dateien: x, grund: g, schluessel: {schluessel}}}]\n"
    assert lade(("quellen", spalte, neu)).quellen.quellen["meldewesen"].abweichungen[0].schluessel is not None


def test_one_merkmal_in_two_columns_of_two_years_is_two_figures(lade: Lade, meldung: Meldung) -> None:
    spalte = "        - {spalte: arm, merkmal: arme}\n"
    frueher = "        - {spalte: arm 2010, merkmal: arme, jahr: 2010}\n"
    assert len(lade(("quellen", spalte, spalte + frueher)).quellen.quellen["meldewesen"].werte.spalten) == 4
    assert "arme 2010 steht für zwei Spalten" in meldung(("quellen", frueher, frueher + frueher.replace("arm ", "a ")))


VORLAGE = """\
vorlage:
  titel: Bevölkerung
  herausgeber: Amt
  lizenz: dl-de/by-2-0
  datei: {typ: csv, glob: werte.csv, zeichensatz: utf-8, trenner: ";"}
  schluessel:
    spalte: id
    ebenen: {gemeinde: '\\d{2}'}
  zeit: {fest: 2025}
  zahl: {dezimal: ","}
  werte:
    spalten:
      - {spalte: Einwohner, merkmal: einwohner}
      - {spalte: Kinder, merkmal: einwohner, gruppe: alter=u15}
      - {spalte: arm, merkmal: arme}
"""
EIGENE = "quellen:\n  meldewesen:\n    vorlage: amt\n    stand: 2026-01-31\n"


FALSCHE_VORLAGEN = [
    ("fest: 2025", "fest: 25", "", "vorlagen/amt.yaml\n  Zeile 9    Q.zeit.fest: 25 ist nicht erlaubt"),
    ("  lizenz", "  tit: x\n  lizenz", "", "vorlagen/amt.yaml\n  Zeile 4    Q.tit: unbekannter Schlüssel."),
    ("  titel: Bevölkerung\n", "", "", "quellen.yaml\n  Zeile 2    Q.titel: fehlt."),
    ("trenner", "trener", "    datei: {trenner: x}\n", "quellen.yaml\n  Zeile 5    Q.datei.trenner: »x« ist"),
    ("{gemeinde:", "{ort:", "", "vorlagen/amt.yaml\n  Zeile 8    Q.schluessel.ebenen.ort: die Ebene »ort« gibt"),
    ("fest: 2025", "fest: 25", "    zeit: {fest: 26}\n", "quellen.yaml\n  Zeile 5    Q.zeit.fest: 26 ist nicht"),
    ("fest: 2025", "fest: 2025", "    zeit: {fix: 1}\n", "quellen.yaml\n  Zeile 5    Q.zeit.fix: unbekannter"),
    ("arm,", "arm, x: y,", "    werte: {spalten: [{spalte: a}]}\n", "quellen.yaml\n  Zeile 2    quellen.meldewesen:"),
    (
        "  lizenz",
        "  vorbehandelt: [{verfahren: gerundet, grund: g}]\n  lizenz",
        "    vorbehandelt:\n      - {verfahren: gerundet}\n",
        "quellen.yaml\n  Zeile 6    Q.vorbehandelt.0.grund: fehlt.",
    ),
    ("fest: 2025", "fest: 2025", "    titel: null\n", "quellen.yaml\n  Zeile 5    Q.titel: fehlt."),
]


@pytest.mark.parametrize("fall", FALSCHE_VORLAGEN, ids=range(len(FALSCHE_VORLAGEN)))
def test_a_mistake_inside_a_vorlage_is_told_with_its_line_there(
    projekt: Projekt, meldung: Meldung, fall: tuple[str, str, str, str]
) -> None:
    alt, neu, eigene, erwartet = fall
    assert VORLAGE.count(alt) == 1
    (projekt.config / "vorlagen").mkdir()
    (projekt.config / "vorlagen" / "amt.yaml").write_text(VORLAGE.replace(alt, neu), encoding="utf-8")
    (projekt.config / "quellen.yaml").write_text(EIGENE + eigene, encoding="utf-8")
    assert f"Problem in config/{erwartet.replace('Q.', 'quellen.meldewesen.')}" in meldung()


def test_a_vorlage_of_atlas_that_does_not_fit_the_project_is_named_with_its_line(
    projekt: Projekt, meldung: Meldung
) -> None:
    vorlage = "regionalstatistik_12411_01_01"
    eigene = f"{EIGENE.replace('amt', vorlage)}    schluessel: {{ausserhalb: fehler}}\n"
    (projekt.config / "quellen.yaml").write_text(eigene, encoding="utf-8")
    text = "quellen.meldewesen.schluessel.ebenen.bund: die Ebene »bund« gibt es nicht."
    assert re.search(rf"Probleme in Vorlage {vorlage} von atlas\n  Zeile \d+ +{re.escape(text)}", meldung())


def test_weighting_by_population_needs_to_know_the_population(meldung: Meldung) -> None:
    text = meldung(
        ("raeume", "mindesteinwohner: {merkmal: einwohner, anzahl: 300}\n", ""),
        ("dimensionen", "gewichtung: ungewichtet", "gewichtung: bevoelkerung"),
    )
    assert text == (
        "1 Problem in config/dimensionen.yaml\n"
        "  Zeile 12   indizes.status.standardisierung: gewichtung: bevoelkerung braucht raeume.mindesteinwohner "
        "(dort steht das Merkmal Einwohner)."
    )


def test_contradictions_of_several_files_come_together(meldung: Meldung) -> None:
    text = meldung(
        ("raeume", "merkmal: einwohner", "merkmal: leute"), ("dimensionen", "ebene: gemeinde", "ebene: block")
    )
    assert text == (
        "1 Problem in config/dimensionen.yaml\n"
        "  Zeile 7    indizes.status.ebene: die Ebene »block« gibt es nicht. Bekannt: gemeinde, kreis.\n"
        "1 Problem in config/raeume.yaml\n"
        "  Zeile 8    mindesteinwohner.merkmal: das Merkmal »leute« gibt es nicht. Bekannt: angebote, arme, "
        "einwohner, flaeche_ha."
    )


def test_every_configuration_file_has_a_json_schema() -> None:
    schemata = build_schemata()
    assert list(schemata) == [f"{name}.schema.json" for name in DATEIEN]
    for text in schemata.values():
        schema = json.loads(text)
        assert schema["additionalProperties"] is False
        assert all("description" in feld for feld in schema["properties"].values())
