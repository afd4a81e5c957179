"""A Kreis drawn by hand for Angebote and Beiträge: Gemeinde A with the Sozialräume A1 and A2, Gemeinde B undivided.

51.1  +----+----+---------+
      | A1 | A2 |    B    |
51.0  +----+----+---------+
    11.00 11.05 11.10   11.20
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from atlas.config.laden import load_konfiguration
from atlas.errors import EingabeError, KonfigurationError
from atlas.stages import ingest
from atlas.store import Bau

if TYPE_CHECKING:
    from atlas.projekt import Projekt

BREITEN = {"A": (11.0, 11.1), "B": (11.1, 11.2), "A1": (11.0, 11.05), "A2": (11.05, 11.1)}

DATEIEN = {
    "config/atlas.yaml": "titel: A\nuntertitel: B\ngebiet: C\nherausgeber: D\nstand: 2026-06-30\nberichtsjahr: 2025\n",
    "config/ausgaben.yaml": "ausgaben:\n  intern: {titel: I, empfaenger: E, geheimhaltung: keine}\n",
    "config/raeume.yaml": """\
gebietsstand: "2025-12-31"
ebenen:
  - {ebene: kreis, titel: K, mehrzahl: K, muster: K}
  - {ebene: gemeinde, titel: G, mehrzahl: G, muster: '[A-Z]'}
  - {ebene: sozialraum, titel: S, mehrzahl: S, muster: '[A-Z]\\d'}
verzeichnis:
  datei: {typ: csv, glob: raeume.csv, zeichensatz: utf-8, trenner: ";"}
  spalten: {form: lang, schluessel: id, name: name, ebene: ebene, uebergeordnet: in}
polygone:
  - {ebene: gemeinde, datei: {typ: geojson, glob: gemeinden.geojson}, schluessel: id}
  - {ebene: sozialraum, datei: {typ: geojson, glob: sozialraeume.geojson}, schluessel: id}
""",
    "config/quellen.yaml": """\
quellen:
  register:
    titel: T
    herausgeber: H
    lizenz: L
    stand: 2026-01-01
    datei: {typ: csv, glob: einwohner.csv, zeichensatz: utf-8, trenner: ";"}
    schluessel: {spalte: id, ebenen: {gemeinde: '[A-Z]', sozialraum: '[A-Z]\\d'}}
    zeit: {fest: 2025}
    zahl: {dezimal: ","}
    werte: {spalten: [{spalte: personen, merkmal: einwohner}]}
""",
    "config/indikatoren.yaml": """\
indikatoren:
  i:
    {name: I, kurzname: I, dimension: d, richtung: hoch_ist_belastet, einheit: x, nachkommastellen: 1, definition: D,
     berechnung: {art: rate, zaehler: [{merkmal: einwohner}], nenner: [{merkmal: einwohner}], faktor: 10000}}
""",
    "config/dimensionen.yaml": """\
dimensionen: {d: {name: D}}
indizes:
  status:
    name: S
    art: status
    ebene: gemeinde
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
    "data/raw/raeume.csv": (
        "id;name;ebene;in\nK;Kreis;kreis;\nA;Stadt A;gemeinde;K\nB;Dorf B;gemeinde;K\n"
        "A1;Altstadt;sozialraum;A\nA2;Neustadt;sozialraum;A\n"
    ),
    "data/raw/einwohner.csv": "id;personen\nA;3000\nB;500\nA1;1000\nA2;2000\n",
}


def _karte(*raeume: str) -> str:
    flaechen = [
        {
            "type": "Feature",
            "properties": {"id": raum},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[w, 51.0], [o, 51.0], [o, 51.1], [w, 51.1], [w, 51.0]]],
            },
        }
        for raum, (w, o) in BREITEN.items()
        if raum in raeume
    ]
    return json.dumps({"type": "FeatureCollection", "features": flaechen})


def write_projekt(projekt: Projekt, dateien: dict[str, str]) -> None:
    """Write the small Kreis and the files of a test into the folder of a project."""
    karten = {"data/raw/gemeinden.geojson": _karte("A", "B"), "data/raw/sozialraeume.geojson": _karte("A1", "A2")}
    for name, text in (DATEIEN | karten | dateien).items():
        pfad = projekt.wurzel / name
        pfad.parent.mkdir(parents=True, exist_ok=True)
        pfad.write_text(text, encoding="utf-8")


def run_ingest(projekt: Projekt) -> str:
    """Run the stage into the folder `bau` and give its summary."""
    ordner = projekt.wurzel / "bau"
    ordner.mkdir(exist_ok=True)
    return ingest.run(projekt, load_konfiguration(projekt), Bau(ordner))


def refuse_ingest(projekt: Projekt) -> list[str]:
    """Give the lines of the message that the stage ends with, without the one that names the file."""
    with pytest.raises(EingabeError) as gefangen:
        run_ingest(projekt)
    return [zeile.strip() for zeile in str(gefangen.value).split("\n") if zeile.startswith("  ")]


def refuse_config(projekt: Projekt) -> str:
    """Give the message of a configuration that is refused."""
    with pytest.raises(KonfigurationError) as gefangen:
        load_konfiguration(projekt)
    return str(gefangen.value)
