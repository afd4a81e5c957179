"""A tiny sound configuration, and the message that one change to it brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from atlas.config.laden import Konfiguration, load_konfiguration
from atlas.config.yaml_strikt import Dokument, read_yaml
from atlas.errors import KonfigurationError
from atlas.projekt import Projekt

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DATEIEN = {
    "atlas": """\
titel: Atlas
untertitel: Kreis
gebiet: Kreis
herausgeber: Amt
stand: 2026-06-30
berichtsjahr: 2025
""",
    "raeume": """\
gebietsstand: "2025"
ebenen:
  - {ebene: kreis, titel: Kreis, mehrzahl: Kreise, muster: '0'}
  - {ebene: gemeinde, titel: Gemeinde, mehrzahl: Gemeinden, muster: '\\d{2}'}
verzeichnis:
  datei: {typ: csv, glob: raeume.csv, zeichensatz: utf-8, trenner: ";"}
  spalten: {form: lang, schluessel: id, name: name, ebene: ebene, uebergeordnet: eltern}
mindesteinwohner: {merkmal: einwohner, anzahl: 300}
""",
    "quellen": """\
quellen:
  meldewesen:
    titel: Bevölkerung
    herausgeber: Amt
    lizenz: dl-de/by-2-0
    stand: 2026-01-31
    datei: {typ: csv, glob: werte.csv, zeichensatz: utf-8, trenner: ";"}
    schluessel: {spalte: id, ebenen: {gemeinde: '\\d{2}'}}
    zeit: {fest: 2025}
    zahl: {dezimal: ","}
    werte:
      spalten:
        - {spalte: Einwohner, merkmal: einwohner}
        - {spalte: Kinder, merkmal: einwohner, gruppe: alter=u15}
        - {spalte: arm, merkmal: arme}
""",
    "indikatoren": """\
indikatoren:
  kinderarmut:
    name: Kinderarmut
    kurzname: Kinderarmut
    dimension: soziales
    richtung: hoch_ist_belastet
    einheit: "%"
    nachkommastellen: 1
    berechnung:
      art: anteil
      zaehler: [{merkmal: arme}]
      nenner: [{merkmal: einwohner, gruppe: alter=u15}]
      faktor: 100
    definition: Arme Kinder je 100 Kinder.
""",
    "dimensionen": """\
dimensionen:
  soziales: {name: Soziales}
indizes:
  status:
    name: Statusindex
    art: status
    ebene: gemeinde
    ausgangswert: wert
    beobachtungsjahre: 0
    indikatoren:
      - {indikator: kinderarmut, gewicht: 1}
    standardisierung: {zentrum: raummittel, gewichtung: ungewichtet, freiheitsgrade: 0}
    zusammenfassung: summe
    restandardisierung: keine
    klassen:
      - {klasse: hoch, unter: -1}
      - {klasse: mittel, von: -1, bis: 1}
      - {klasse: niedrig, ueber: 1}
    quelle: Auftraggeber
klassennamen: {hoch: hoch, mittel: mittel, niedrig: niedrig}
""",
    "ausgaben": """\
ausgaben:
  intern: {titel: Intern, empfaenger: Amt, geheimhaltung: keine}
""",
    "korrekturen": """\
korrekturen:
  zahlendreher:
    {quelle: meldewesen, raum_id: "01", jahr: 2025, merkmal: einwohner, erwartet: 321, wert: 312, grund: Zahlendreher,
     stelle: Amt, am: 2026-02-01}
""",
    "angebote": """\
angebote:
  verzeichnis:
    titel: Angebote
    herausgeber: Amt
    lizenz: dl-de/by-2-0
    stand: 2025-12-31
    vollstaendig: true
    datei: {typ: csv, glob: angebote.csv, zeichensatz: utf-8, trenner: ";"}
    spalten: {schluessel: Nr, name: Name, art: Art, raum: Raum}
    zahl: {dezimal: ","}
    arten: {Beratung: beratung}
    zaehlen: {merkmal: angebote, jahre: [2025]}
""",
    "beitraege": """\
beitraege:
  sammlung:
    titel: Beiträge
    herausgeber: Amt
    lizenz: dl-de/by-2-0
    stand: 2025-12-31
    datei: {typ: csv, glob: beitraege.csv, zeichensatz: utf-8, trenner: ";"}
    spalten: {schluessel: Nr, raum: Raum, art: Art, absender: Wer, datum: Am, text: Text}
    datumsform: TT.MM.JJJJ
    arten: {Chance: chance}
""",
}

Aenderung = tuple[str, str, str]
"""File, text in it, what stands there instead."""


@pytest.fixture
def projekt(tmp_path: Path) -> Projekt:
    (tmp_path / "config").mkdir()
    for name, text in DATEIEN.items():
        (tmp_path / "config" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Projekt(tmp_path, tmp_path / "data" / "raw")


@pytest.fixture
def lade(projekt: Projekt) -> Callable[..., Konfiguration]:
    """Load the configuration after some changes; each must hit exactly one place."""

    def lade_mit(*aenderungen: Aenderung) -> Konfiguration:
        for name, alt, neu in aenderungen:
            pfad = projekt.config / f"{name}.yaml"
            text = pfad.read_text(encoding="utf-8")
            assert text.count(alt) == 1, (name, alt)
            pfad.write_text(text.replace(alt, neu), encoding="utf-8")
        return load_konfiguration(projekt)

    return lade_mit


@pytest.fixture
def meldung(lade: Callable[..., Konfiguration]) -> Callable[..., str]:
    """Give the message as printed that some changes bring."""

    def meldung_bei(*aenderungen: Aenderung) -> str:
        with pytest.raises(KonfigurationError) as gefangen:
            lade(*aenderungen)
        assert gefangen.value.exit_code == 3
        return str(gefangen.value)

    return meldung_bei


@pytest.fixture
def lies() -> Callable[[str], Dokument]:
    return lambda text: read_yaml(text, "a.yaml")


@pytest.fixture
def yaml_meldung() -> Callable[[str], str]:
    """Give the message as printed that a YAML text brings."""

    def meldung_zu(text: str) -> str:
        with pytest.raises(KonfigurationError) as gefangen:
            read_yaml(text, "a.yaml")
        return str(gefangen.value)

    return meldung_zu
