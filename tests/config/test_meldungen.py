"""pydantic's findings as the person at the keyboard reads them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Meldung = Callable[..., str]

MELDUNGEN = [
    ("atlas", "titel: Atlas\n", "", "Zeile 1    titel: fehlt."),
    (
        "atlas",
        "titel: Atlas",
        "titl: Atlas",
        "Zeile 1    titel: fehlt.\n  Zeile 1    titl: unbekannter Schlüssel. Gemeint: titel?",
    ),
    ("atlas", "titel: Atlas", "titel: Atlas\ntitl: x", "Zeile 2    titl: unbekannter Schlüssel. Gemeint: titel?"),
    (
        "atlas",
        "titel: Atlas",
        "titel: Atlas\nxyzzy: x",
        (
            "Zeile 2    xyzzy: unbekannter Schlüssel. Erlaubt: berichtsjahr, gebiet, herausgeber, hinweis, kontakt, "
            "stand, titel, untertitel."
        ),
    ),
    ("atlas", "titel: Atlas", "titel: 7", "Zeile 1    titel: muss ein Text sein (in Anführungszeichen)."),
    ("atlas", "titel: Atlas", "titel:", "Zeile 1    titel: muss ein Text sein (in Anführungszeichen)."),
    ("atlas", "titel: Atlas", 'titel: ""', "Zeile 1    titel: darf nicht leer sein."),
    ("atlas", "2025", "2025.5", "Zeile 6    berichtsjahr: muss eine ganze Zahl sein."),
    ("atlas", "2025", '"2025"', "Zeile 6    berichtsjahr: muss eine ganze Zahl sein."),
    (
        "atlas",
        "2025",
        "25",
        "Zeile 6    berichtsjahr: 25 ist nicht erlaubt, der Wert muss mindestens 1900 sein.",
    ),
    (
        "atlas",
        "2025",
        "20255",
        "Zeile 6    berichtsjahr: 20255 ist nicht erlaubt, der Wert darf höchstens 2200 sein.",
    ),
    ("atlas", "2026-06-30", "30.06.2026", "Zeile 5    stand: muss ein Datum der Form 2025-12-31 sein."),
    ("atlas", "2026-06-30", "2026-06-31", "Zeile 5    stand: den Tag »2026-06-31« gibt es nicht."),
    ("atlas", "2026-06-30", "2026", "Zeile 5    stand: muss ein Datum der Form 2025-12-31 sein."),
    (
        "quellen",
        "trenner",
        "trener",
        (
            "Zeile 7    quellen.meldewesen.datei.trener: unbekannter Schlüssel. Gemeint: trenner?\n"
            "  Zeile 7    quellen.meldewesen.datei.trenner: fehlt."
        ),
    ),
    (
        "quellen",
        "typ: csv, ",
        "",
        "Zeile 7    quellen.meldewesen.datei: braucht den Schlüssel typ.",
    ),
    (
        "quellen",
        'trenner: ";"',
        "trenner: x",
        "Zeile 7    quellen.meldewesen.datei.trenner: »x« ist nicht erlaubt (»;«, »,«, »\\t«, »|«).",
    ),
    (
        "quellen",
        "utf-8",
        "utf8",
        (
            "Zeile 7    quellen.meldewesen.datei.zeichensatz: »utf8« ist nicht erlaubt (utf-8, cp1252, iso-8859-15, "
            "iso-8859-1, utf-16)."
        ),
    ),
    (
        "quellen",
        "werte.csv",
        "../geheim.csv",
        (
            "Zeile 7    quellen.meldewesen.datei.glob: »../geheim.csv« muss ein Pfad unter data/raw (oder --roh) sein, "
            "ohne / am Anfang und ohne »..«."
        ),
    ),
    (
        "quellen",
        "werte.csv",
        "/etc/werte.csv",
        (
            "Zeile 7    quellen.meldewesen.datei.glob: »/etc/werte.csv« muss ein Pfad unter data/raw (oder --roh) "
            "sein, ohne / am Anfang und ohne »..«."
        ),
    ),
    (
        "quellen",
        "werte.csv, ",
        "werte.csv, mehrere: ja, ",
        "Zeile 7    quellen.meldewesen.datei.mehrere: muss true oder false sein.",
    ),
    (
        "quellen",
        "'\\d{2}'",
        "'(\\d{2}'",
        (
            "Zeile 8    quellen.meldewesen.schluessel.ebenen.gemeinde: »(\\d{2}« ist kein gültiger regulärer Ausdruck "
            "(Stelle 0)."
        ),
    ),
    (
        "quellen",
        "{fest: 2025}",
        "{stichtag: '12-31'}",
        ("Zeile 9    quellen.meldewesen.zeit: eine der Angaben spalte, dateiname, titel, kopf oder fest ist nötig."),
    ),
    (
        "quellen",
        "{fest: 2025}",
        "{dateiname: '_(\\d{4})'}",
        "Zeile 9    quellen.meldewesen.zeit: »_(\\d{4})« braucht die Gruppe (?P<jahr>...).",
    ),
    (
        "quellen",
        "{fest: 2025}",
        '{fest: 2025, stichtag: "13-31"}',
        "Zeile 9    quellen.meldewesen.zeit.stichtag: »13-31« ist kein Tag der Form Monat-Tag, z. B. 12-31.",
    ),
    (
        "quellen",
        '{dezimal: ","}',
        '{dezimal: ",", tausender: ","}',
        "Zeile 10   quellen.meldewesen.zahl: dezimal und tausender dürfen nicht dasselbe Zeichen sein.",
    ),
    (
        "quellen",
        '{dezimal: ","}',
        '{dezimal: ",", tausender: x}',
        "Zeile 10   quellen.meldewesen.zahl.tausender: »x« ist nicht erlaubt (».«, »,«, » «, »'«).",
    ),
    (
        "quellen",
        "merkmal: arme",
        "merkmal: Arme",
        (
            "Zeile 15   quellen.meldewesen.werte.spalten.2.merkmal: »Arme« ist kein Name: "
            "nur Kleinbuchstaben a bis z, Ziffern und _, vorn ein Buchstabe."
        ),
    ),
    (
        "quellen",
        "merkmal: arme",
        "merkmal: einwohner",
        (
            "Zeile 12   quellen.meldewesen.werte.spalten: einwohner steht für zwei Spalten. merkmal, gruppe oder jahr "
            "unterscheiden."
        ),
    ),
    (
        "quellen",
        "meldewesen",
        "Melde-Wesen",
        (
            "Zeile 2    quellen.Melde-Wesen: »Melde-Wesen« ist kein Name: "
            "nur Kleinbuchstaben a bis z, Ziffern und _, vorn ein Buchstabe."
        ),
    ),
    (
        "raeume",
        "form: lang",
        "form: long",
        "Zeile 7    verzeichnis.spalten: »long« ist nicht erlaubt für form (breit, lang).",
    ),
    ("raeume", "form: lang, ", "", "Zeile 7    verzeichnis.spalten: braucht den Schlüssel form."),
    (
        "raeume",
        "{form: lang, schluessel: id, name: name, ebene: ebene, uebergeordnet: eltern}",
        "lang",
        "Zeile 7    verzeichnis.spalten: muss ein Block aus Schlüsseln und Werten sein.",
    ),
    ("raeume", ", name: name", "", "Zeile 7    verzeichnis.spalten.name: fehlt."),
    (
        "raeume",
        "{form: lang, schluessel: id, name: name, ebene: ebene, uebergeordnet: eltern}",
        "{form: breit}",
        "Zeile 2    ebenen: bei form: breit brauchen kreis, gemeinde schluessel und name.",
    ),
    ("raeume", "ebene: gemeinde", "ebene: kreis", "Zeile 2    ebenen: jede Ebene darf nur einmal vorkommen."),
    (
        "raeume",
        "anzahl: 300",
        "anzahl: -1",
        "Zeile 8    mindesteinwohner.anzahl: -1 ist nicht erlaubt, der Wert muss mindestens 0 sein.",
    ),
    (
        "indikatoren",
        "kurzname: Kinderarmut",
        "kurzname: " + "x" * 41,
        "Zeile 4    indikatoren.kinderarmut.kurzname: ist zu lang (höchstens 40 Zeichen).",
    ),
    (
        "indikatoren",
        "hoch_ist_belastet",
        "hoch",
        (
            "Zeile 6    indikatoren.kinderarmut.richtung: »hoch« ist nicht erlaubt (hoch_ist_belastet, "
            "hoch_ist_entlastet, neutral)."
        ),
    ),
    (
        "indikatoren",
        "hoch_ist_belastet",
        "{hoch: belastet}",
        (
            "Zeile 6    indikatoren.kinderarmut.richtung: ein Block ist nicht erlaubt (hoch_ist_belastet, "
            "hoch_ist_entlastet, neutral)."
        ),
    ),
    (
        "indikatoren",
        "nenner:",
        "nener:",
        (
            "Zeile 9    indikatoren.kinderarmut.berechnung.nenner: fehlt.\n"
            "  Zeile 12   indikatoren.kinderarmut.berechnung.nener: unbekannter Schlüssel. Gemeint: nenner?"
        ),
    ),
    (
        "indikatoren",
        "art: anteil",
        "art: quote",
        (
            "Zeile 9    indikatoren.kinderarmut.berechnung: »quote« ist nicht erlaubt für art (anteil, rate, "
            "mittelwert, dichte, anzahl, veraenderung, wert)."
        ),
    ),
    (
        "indikatoren",
        "faktor: 100",
        "faktor: 0",
        "Zeile 13   indikatoren.kinderarmut.berechnung.faktor: 0 ist nicht erlaubt, der Wert muss größer als 0 sein.",
    ),
    (
        "indikatoren",
        "faktor: 100",
        'faktor: "100"',
        (
            "Zeile 13   indikatoren.kinderarmut.berechnung.faktor: muss eine Zahl sein (Dezimalpunkt, ohne "
            "Anführungszeichen)."
        ),
    ),
    (
        "indikatoren",
        "zaehler: [{merkmal: arme}]",
        "zaehler: {merkmal: arme}",
        "Zeile 11   indikatoren.kinderarmut.berechnung.zaehler: muss eine Liste sein.",
    ),
    (
        "indikatoren",
        "zaehler: [{merkmal: arme}]",
        "zaehler: []",
        "Zeile 11   indikatoren.kinderarmut.berechnung.zaehler: braucht mehr Einträge.",
    ),
    (
        "indikatoren",
        "einheit:",
        "zeitbezug: veraenderung\n    einheit:",
        (
            "Zeile 7    indikatoren.kinderarmut.zeitbezug: veraenderung gibt es nur für gelieferte Veränderungen "
            "(berechnung.art: wert)."
        ),
    ),
    (
        "dimensionen",
        "restandardisierung: keine",
        "restandardisierung: kein",
        "Zeile 14   indizes.status.restandardisierung: »kein« ist nicht erlaubt (keine oder ein Block).",
    ),
    (
        "dimensionen",
        "restandardisierung: keine",
        "restandardisierung:",
        "Zeile 14   indizes.status.restandardisierung: kein Wert ist nicht erlaubt (keine oder ein Block).",
    ),
    (
        "dimensionen",
        "restandardisierung: keine",
        "restandardisierung: [1]",
        "Zeile 14   indizes.status.restandardisierung: eine Liste ist nicht erlaubt (keine oder ein Block).",
    ),
    (
        "dimensionen",
        "restandardisierung: keine",
        "restandardisierung: {zentrum: raummittel, gewichtung: ungewichtet}",
        "Zeile 14   indizes.status.restandardisierung.freiheitsgrade: fehlt.",
    ),
    (
        "dimensionen",
        "restandardisierung: keine",
        "restandardisierung: {zentrum: gesamtwert, gewichtung: ungewichtet, freiheitsgrade: 0}",
        (
            "Zeile 14   indizes.status.restandardisierung: zentrum: gesamtwert geht nur, wenn auch standardisierung "
            "zentrum: gesamtwert hat; sonst hat die Summe keinen Gesamtwert."
        ),
    ),
    (
        "dimensionen",
        "freiheitsgrade: 0",
        "freiheitsgrade: 2",
        "Zeile 12   indizes.status.standardisierung.freiheitsgrade: »2« ist nicht erlaubt (0, 1).",
    ),
    (
        "dimensionen",
        "gewichtung: ungewichtet, freiheitsgrade: 0",
        "gewichtung: bevoelkerung, freiheitsgrade: 1",
        (
            "Zeile 12   indizes.status.standardisierung.freiheitsgrade: 1 ist bei Gewichtung nach Bevölkerung nicht "
            "definiert."
        ),
    ),
    (
        "dimensionen",
        "ausgangswert: wert",
        "ausgangswert: differenz",
        "Zeile 4    indizes.status: der Block differenz gehört genau zu ausgangswert: differenz.",
    ),
    (
        "dimensionen",
        "gewicht: 1}",
        "gewicht: 1}\n      - {indikator: kinderarmut, gewicht: 2}",
        (
            "Zeile 10   indizes.status.indikatoren: mehrfach in der Liste: kinderarmut. Jeder Indikator darf nur "
            "einmal eingehen."
        ),
    ),
    (
        "ausgaben",
        "geheimhaltung: keine",
        "geheimhaltung: {mindestfallzahl: 3}",
        "Zeile 2    ausgaben.intern.geheimhaltung.mindestnenner: fehlt.",
    ),
    (
        "ausgaben",
        "geheimhaltung: keine",
        "geheimhaltung: {mindestfallzal: 3, mindestnenner: 1}",
        (
            "Zeile 2    ausgaben.intern.geheimhaltung.mindestfallzahl: fehlt.\n"
            "  Zeile 2    ausgaben.intern.geheimhaltung.mindestfallzal: unbekannter Schlüssel. Gemeint: "
            "mindestfallzahl?"
        ),
    ),
]


@pytest.mark.parametrize(("datei", "alt", "neu", "zeilen"), MELDUNGEN, ids=range(len(MELDUNGEN)))
def test_a_mistake_is_named_with_line_key_and_remedy(
    meldung: Meldung, datei: str, alt: str, neu: str, zeilen: str
) -> None:
    anzahl = "2 Probleme" if "\n" in zeilen else "1 Problem"
    assert meldung((datei, alt, neu)) == f"{anzahl} in config/{datei}.yaml\n  {zeilen}"


def test_a_wrong_word_inside_the_block_of_a_union_is_the_only_finding(meldung: Meldung) -> None:
    block = "restandardisierung: {zentrum: mitte, gewichtung: ungewichtet, freiheitsgrade: 0}"
    assert meldung(("dimensionen", "restandardisierung: keine", block)) == (
        "1 Problem in config/dimensionen.yaml\n"
        "  Zeile 14   indizes.status.restandardisierung.zentrum: »mitte« ist nicht erlaubt (raummittel, gesamtwert)."
    )


def test_an_empty_block_of_a_union_misses_its_keys(meldung: Meldung) -> None:
    assert meldung(("dimensionen", "restandardisierung: keine", "restandardisierung: {}")) == (
        "3 Probleme in config/dimensionen.yaml\n"
        "  Zeile 14   indizes.status.restandardisierung.freiheitsgrade: fehlt.\n"
        "  Zeile 14   indizes.status.restandardisierung.gewichtung: fehlt.\n"
        "  Zeile 14   indizes.status.restandardisierung.zentrum: fehlt."
    )


KLASSEN = [
    (
        "{klasse: hoch, unter: -1}",
        "{klasse: hoch, von: -2, unter: -1}",
        "die erste ist nach unten, die letzte nach oben offen.",
    ),
    (
        "{klasse: niedrig, ueber: 1}",
        "{klasse: niedrig, ueber: 1, bis: 2}",
        "die erste ist nach unten, die letzte nach oben offen.",
    ),
    (
        "von: -1",
        "von: -0.5",
        "zwischen hoch und mittel passt die Grenze nicht (unter/von oder bis/ueber mit demselben Wert).",
    ),
    (
        "von: -1",
        "ueber: -1",
        "zwischen hoch und mittel passt die Grenze nicht (unter/von oder bis/ueber mit demselben Wert).",
    ),
    (
        "ueber: 1",
        "von: 1",
        "zwischen mittel und niedrig passt die Grenze nicht (unter/von oder bis/ueber mit demselben Wert).",
    ),
    (
        "ueber: 1",
        "ueber: 1, von: 1",
        "zwischen mittel und niedrig passt die Grenze nicht (unter/von oder bis/ueber mit demselben Wert).",
    ),
    (
        ", bis: 1}",
        "}",
        "zwischen mittel und niedrig passt die Grenze nicht (unter/von oder bis/ueber mit demselben Wert).",
    ),
    (
        "unter: -1}\n      - {klasse: mittel, von: -1",
        "unter: 2}\n      - {klasse: mittel, von: 2",
        "die Grenzen müssen von Klasse zu Klasse steigen.",
    ),
    (
        "unter: -1}\n      - {klasse: mittel, von: -1",
        "bis: 1}\n      - {klasse: mittel, ueber: 1",
        "die Grenzen müssen von Klasse zu Klasse steigen.",
    ),
    ("klasse: niedrig", "klasse: hoch", "jeder Name darf nur einmal vorkommen."),
    (
        "\n      - {klasse: mittel, von: -1, bis: 1}\n      - {klasse: niedrig, ueber: 1}",
        "",
        "braucht mehr Einträge.",
    ),
]


@pytest.mark.parametrize(("alt", "neu", "text"), KLASSEN, ids=range(len(KLASSEN)))
def test_classes_have_no_gap_no_overlap_and_rise(meldung: Meldung, alt: str, neu: str, text: str) -> None:
    erwartet = f"1 Problem in config/dimensionen.yaml\n  Zeile 15   indizes.status.klassen: {text}"
    assert meldung(("dimensionen", alt, neu)) == erwartet
