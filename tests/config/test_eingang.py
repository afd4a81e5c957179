"""The language in which deliveries are declared: every contradiction in it is told before a file is opened."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from atlas.config.laden import Konfiguration

Lade = Callable[..., Konfiguration]
Meldung = Callable[..., str]

DATEI = '{typ: csv, glob: werte.csv, zeichensatz: utf-8, trenner: ";"}'
SCHLUESSEL = "{spalte: id, ebenen: {gemeinde: '\\d{2}'}}"
ARME = "        - {spalte: arm, merkmal: arme}\n"
EINE_STELLE = "genau eine der Angaben spalte, spalten, kopf, titel, dateiname oder fest ist nötig."
STATUS = "(null_genau, null_gerundet, geheim, unbekannt, unsicher, spaeter, gesperrt, nicht_existent, nicht_geliefert)."
LISTE = """\
gueltigkeiten:
  liste:
    datei: {typ: csv, glob: l.csv, zeichensatz: utf-8, trenner: ";"}
    schluessel: id
    gilt_fuer: \\d+
    von: 2024-01-01
    bis: 2025-12-31
"""


def pruefe(meldung: Meldung, alt: str, neu: str, erwartet: str, datei: str = "quellen") -> None:
    """Check that a change brings one message; `Q` in it stands for the path of the only source."""
    zeile = erwartet.replace("Q.", "quellen.meldewesen.")
    assert meldung((datei, alt, neu)) == f"1 Problem in config/{datei}.yaml\n  {zeile}"


@pytest.mark.parametrize(
    ("datei", "erwartet"),
    [
        ("typ: xlsx, glob: w.xlsx", "Zeile 7    Q.datei.blatt: fehlt."),
        (
            "typ: geojson, glob: w.geojson",
            "Zeile 7    Q.datei: »geojson« ist nicht erlaubt für typ (csv, xlsx, xls, ffcsv, quader).",
        ),
        (
            'typ: csv, glob: "a**/w.csv", zeichensatz: utf-8, trenner: ";"',
            "Zeile 7    Q.datei.glob: »a**/w.csv«: ** steht nur allein zwischen zwei Schrägstrichen.",
        ),
        (
            f"typ: quader, glob: w.csv, mehrere: true, sha256: {'a' * 64}",
            "Zeile 7    Q.datei: sha256 gilt für eine Datei und nicht zusammen mit mehrere: true.",
        ),
        (
            "typ: quader, glob: w.csv, sha256: ABC",
            "Zeile 7    Q.datei.sha256: »ABC« passt nicht zum Muster ^[0-9a-f]{64}$.",
        ),
    ],
)
def test_each_kind_of_file_has_its_own_keys(meldung: Meldung, datei: str, erwartet: str) -> None:
    pruefe(meldung, DATEI, f"{{{datei}}}", erwartet)


@pytest.mark.parametrize("schluessel", ["trenner", "blatt", "blat"])
def test_a_key_that_only_another_kind_of_file_has_is_not_offered(meldung: Meldung, schluessel: str) -> None:
    text = meldung(("quellen", DATEI, f'{{typ: ffcsv, glob: w.csv, {schluessel}: ";"}}'))
    assert f"Zeile 7    quellen.meldewesen.datei.{schluessel}: unbekannter Schlüssel." in text
    assert "Gemeint: trenner" not in text
    assert "Gemeint: blatt" not in text


@pytest.mark.parametrize(
    ("aufbau", "erwartet"),
    [
        ("kopf: id, spalten_fest: [id]", "Zeile 7    Q.datei: kopf und spalten_fest schließen einander aus."),
        ('kopf: "("', "Zeile 7    Q.datei.kopf: »(« ist kein gültiger regulärer Ausdruck (Stelle 0)."),
        ("kopf: {tiefe: 2}", "Zeile 7    Q.datei.kopf.anker: fehlt."),
        (
            "kopf: {anker: id, tiefe: 21}",
            "Zeile 7    Q.datei.kopf.tiefe: 21 ist nicht erlaubt, der Wert darf höchstens 20 sein.",
        ),
        (
            "kopf: {anker: id, tiefe: 2, fuellen: [3]}",
            "Zeile 7    Q.datei.kopf: fuellen nennt eine Kopfzeile, die es bei tiefe: 2 nicht gibt.",
        ),
        ("ende: '['", "Zeile 7    Q.datei.ende: »[« ist kein gültiger regulärer Ausdruck (Stelle 0)."),
        (
            "ueberspringen: x",
            "Zeile 7    Q.datei.ueberspringen: muss eine Liste sein.",
        ),
    ],
)
def test_a_header_that_contradicts_itself_is_told(meldung: Meldung, aufbau: str, erwartet: str) -> None:
    pruefe(meldung, 'trenner: ";"}', f'trenner: ";", {aufbau}}}', erwartet)


@pytest.mark.parametrize("kopf", ["'^id$'", "{anker: '^id$'}", "{anker: '^id$', tiefe: 2, fuellen: [1, 2]}"])
def test_a_header_is_declared_in_short_or_in_full(lade: Lade, kopf: str) -> None:
    datei = lade(("quellen", 'trenner: ";"}', f'trenner: ";", kopf: {kopf}}}')).quellen.quellen["meldewesen"].datei
    angaben = datei.model_dump()["kopf"]
    assert angaben["anker"] == "^id$"
    assert tuple(angaben["fuellen"]) == ((1, 2) if "fuellen" in kopf else ())


@pytest.mark.parametrize(
    ("schluessel", "erwartet"),
    [
        ("", f"Zeile 8    Q.schluessel: {EINE_STELLE}"),
        ("spalte: id, fest: x", f"Zeile 8    Q.schluessel: {EINE_STELLE}"),
        ("spalten: [id]", "Zeile 8    Q.schluessel.spalten: braucht mehr Einträge."),
        ("fest: x, muster: '(?P<schluessel>x)'", "Zeile 8    Q.schluessel: muster gilt nur zusammen mit spalte."),
        ("spalte: id, muster: '(x)'", "Zeile 8    Q.schluessel: »(x)« braucht die Gruppe (?P<schluessel>...)."),
        (
            "fest: x, ersetzen: [{schluessel: a, wenn: {b: c}, ersetze: d, grund: e}]",
            "Zeile 8    Q.schluessel: ersetzen gilt nur zusammen mit spalte oder spalten.",
        ),
        ("kopf: '(x)'", "Zeile 8    Q.schluessel: »(x)« braucht die Gruppe (?P<schluessel>...)."),
        ("titel: '(x)'", "Zeile 8    Q.schluessel: »(x)« braucht die Gruppe (?P<schluessel>...)."),
        ("dateiname: '(x)'", "Zeile 8    Q.schluessel: »(x)« braucht die Gruppe (?P<schluessel>...)."),
        (
            "spalte: id, ausserhalb: egal",
            "Zeile 8    Q.schluessel.ausserhalb: »egal« ist nicht erlaubt (fehler, zaehlen).",
        ),
    ],
)
def test_the_key_stands_in_exactly_one_place(meldung: Meldung, schluessel: str, erwartet: str) -> None:
    stelle = f"{schluessel}, " if schluessel else ""
    pruefe(meldung, SCHLUESSEL, f"{{{stelle}ebenen: {{gemeinde: '\\d{{2}}'}}}}", erwartet)


def test_a_key_needs_a_level(meldung: Meldung) -> None:
    pruefe(meldung, SCHLUESSEL, "{spalte: id, ebenen: {}}", "Zeile 8    Q.schluessel.ebenen: braucht mehr Einträge.")


@pytest.mark.parametrize(
    "form",
    [
        "{land}{schluessel}", "{schluessel", "{}", "{schluessel:05d}", "{schluessel!z}", "{schluessel[0]}",
        "{schluessel:{schluessel}}", "{schluessel:,}",
    ],
)  # fmt: skip
def test_the_form_of_a_key_can_only_use_what_its_pattern_names(meldung: Meldung, form: str) -> None:
    text = meldung(("quellen", "{spalte: id,", f"{{spalte: id, muster: '(?P<schluessel>.*)', form: '{form}',"))
    assert "Zeile 8    quellen.meldewesen.schluessel" in text
    assert "form" in text


def test_a_key_of_several_columns_cannot_be_padded_as_a_whole(meldung: Meldung) -> None:
    """Land 14 and Kreis 021 without its zero are 1421; 01421 would be an area of another Land."""
    text = meldung(("quellen", "{spalte: id,", "{spalten: [land, kreis], auffuellen: 5,"))
    assert "Zeile 8    quellen.meldewesen.schluessel" in text
    assert "auffuellen" in text


def test_a_national_table_may_hold_levels_that_the_project_does_not_have(lade: Lade) -> None:
    weit = "{spalte: id, ausserhalb: zaehlen, ebenen: {gemeinde: '\\d{2}', bund: DG}}"
    assert list(lade(("quellen", SCHLUESSEL, weit)).quellen.quellen["meldewesen"].schluessel.ebenen) == [
        "gemeinde",
        "bund",
    ]


@pytest.mark.parametrize(
    ("zeit", "erwartet"),
    [
        ("{}", "eine der Angaben spalte, dateiname, titel, kopf oder fest ist nötig."),
        (
            "{fest: 2025, muster: '(?P<jahr>x)'}",
            "muster gilt nur zusammen mit spalte; für Dateinamen steht das Muster unter dateiname.",
        ),
        ("{titel: x}", "»x« braucht die Gruppe (?P<jahr>...)."),
        ("{kopf: x}", "»x« braucht die Gruppe (?P<jahr>...)."),
        ("{spalte: J, muster: x}", "»x« braucht die Gruppe (?P<jahr>...)."),
        ("{titel: '(?P<jahr>x)(?P<tag>x)'}", "»(?P<jahr>x)(?P<tag>x)«: die Gruppen tag und monat gehören zusammen."),
        ("{kopf: '(?P<monat>x)(?P<jahr>x)'}", "»(?P<monat>x)(?P<jahr>x)«: die Gruppen tag und monat gehören zusammen."),
    ],
)
def test_the_year_stands_in_at_least_one_place(meldung: Meldung, zeit: str, erwartet: str) -> None:
    pruefe(meldung, "{fest: 2025}", zeit, f"Zeile 9    Q.zeit: {erwartet}")


@pytest.mark.parametrize(("fest", "grenze"), [("25", "mindestens 1000"), ("20255", "höchstens 2999")])
def test_a_year_has_four_digits(meldung: Meldung, fest: str, grenze: str) -> None:
    assert f"zeit.fest: {fest} ist nicht erlaubt, der Wert" in meldung(("quellen", "fest: 2025", f"fest: {fest}"))
    assert grenze in meldung(("quellen", f"fest: {fest}", f"fest:  {fest}"))


def test_several_places_of_the_year_may_be_declared(lade: Lade) -> None:
    zeit = "{spalte: Jahr, dateiname: '(?P<jahr>x)', titel: '(?P<jahr>x)', fest: 2025}"
    assert lade(("quellen", "{fest: 2025}", zeit)).quellen.quellen["meldewesen"].zeit.spalte == "Jahr"


@pytest.mark.parametrize(
    ("zahl", "erwartet"),
    [
        ("klammern: minus", "Zeile 10   Q.zahl.klammern: »minus« ist nicht erlaubt (eingeschraenkt, negativ)."),
        ('anhaenge: {"": ""}', "Zeile 10   Q.zahl.anhaenge.: darf nicht leer sein."),
    ],
)
def test_a_way_of_writing_numbers_comes_from_closed_lists(meldung: Meldung, zahl: str, erwartet: str) -> None:
    pruefe(meldung, '{dezimal: ","}', f'{{dezimal: ",", {zahl}}}', erwartet)


@pytest.mark.parametrize(
    ("alt", "neu"),
    [
        (ARME, f"{ARME}    qualitaet: {{spalte: q, zeichen: {{e: e}}}}\n"),
        ('{dezimal: ","}', '{dezimal: ",", anhaenge: {"%": e}}'),
    ],
    ids=["qualitaet", "anhaenge"],
)
def test_a_choice_that_is_empty_text_is_named_as_such(meldung: Meldung, alt: str, neu: str) -> None:
    text = meldung(("quellen", alt, neu))
    assert "»e« ist nicht erlaubt" in text
    assert "endgueltig, vorlaeufig, berichtigt, geschaetzt, eingeschraenkt)." in text
    assert "(, " not in text


DIMENSION = [
    ("{spalte: g, kopf: h, gruppen: {m: x}}", "genau eine der Angaben spalte oder kopf ist nötig."),
    ("{gruppen: {m: x}}", "genau eine der Angaben spalte oder kopf ist nötig."),
    ("{spalte: g, gruppen: {m: x}, muster: m}", "muster und gruppe gehören zusammen."),
    ("{spalte: g, gruppe: m}", "muster und gruppe gehören zusammen."),
    ("{spalte: g}", "entweder gruppen (auch muster mit gruppe), merkmale oder faktoren angeben."),
    (
        "{spalte: g, gruppen: {m: x}, merkmale: {m: x}}",
        "entweder gruppen (auch muster mit gruppe), merkmale oder faktoren angeben.",
    ),
]


@pytest.mark.parametrize(("dimension", "erwartet"), DIMENSION, ids=range(len(DIMENSION)))
def test_a_dimension_says_where_it_stands_and_what_it_means(meldung: Meldung, dimension: str, erwartet: str) -> None:
    pruefe(meldung, ARME, f"{ARME}    dimensionen: [{dimension}]\n", f"Zeile 16   Q.dimensionen.0: {erwartet}")


@pytest.mark.parametrize("form", ["{schluessel}", "{schluessel:0>8}", "05{schluessel!s}"])
def test_the_form_of_a_key_may_place_text(lade: Lade, form: str) -> None:
    muster = f"{{spalte: id, muster: '(?P<schluessel>.*)', form: '{form}',"
    assert lade(("quellen", "{spalte: id,", muster)).quellen.quellen["meldewesen"].schluessel.form == form


@pytest.mark.parametrize("gruppe", ["alter={b}", "alter={a", "alter={}", "alter={a.x}", "alter={a[0]}", "alter={a:d}"])
def test_the_group_of_a_pattern_can_only_use_what_the_pattern_names(meldung: Meldung, gruppe: str) -> None:
    dimension = f"{{spalte: g, muster: '(?P<a>x)', gruppe: '{gruppe}'}}"
    text = meldung(("quellen", ARME, f"{ARME}    dimensionen: [{dimension}]\n"))
    assert "Zeile 16   quellen.meldewesen.dimensionen.0" in text
    assert "gruppe" in text


def test_a_dimension_of_heads_must_be_named_by_a_pattern_of_the_columns(meldung: Meldung) -> None:
    """Otherwise all columns would be one group, and the difference between them lost."""
    dimension = "{kopf: geschlecht, gruppen: {m: geschlecht=m}}"
    assert "geschlecht" in meldung(("quellen", ARME, f"{ARME}    dimensionen: [{dimension}]\n"))


def test_only_one_dimension_can_name_the_merkmal(meldung: Meldung) -> None:
    dimensionen = "[{spalte: g, merkmale: {x: einwohner}}, {spalte: h, merkmale: {y: arme}}]"
    ohne = [(f"{kopf}, merkmal: {merkmal}", kopf) for kopf, merkmal in (("Einwohner", "einwohner"), ("arm", "arme"))]
    meldung_bei = [("quellen", alt, neu) for alt, neu in ohne]
    kinder = ("quellen", "        - {spalte: Kinder, merkmal: einwohner, gruppe: alter=u15}\n", "")
    zahl = ("quellen", '    zahl: {dezimal: ","}\n', f'    zahl: {{dezimal: ","}}\n    dimensionen: {dimensionen}\n')
    indikator = ("indikatoren", ", gruppe: alter=u15", "")
    assert "merkmale" in meldung(*meldung_bei, kinder, zahl, indikator)


@pytest.mark.parametrize(
    ("neu", "erwartet"),
    [
        (
            "{spalte: arm, muster: arm, merkmal: arme}",
            "Zeile 15   Q.werte.spalten.2: genau eine der Angaben spalte oder muster ist nötig.",
        ),
        ("{merkmal: arme}", "Zeile 15   Q.werte.spalten.2: genau eine der Angaben spalte oder muster ist nötig."),
        (
            "{muster: '(', merkmal: arme}",
            "Zeile 15   Q.werte.spalten.2.muster: »(« ist kein gültiger regulärer Ausdruck (Stelle 0).",
        ),
        (
            "{spalte: arm, merkmal: arme, stichtag: '12-31'}",
            (
                "Zeile 15   Q.werte.spalten.2: stichtag gilt nur zusammen mit jahr; für alle Spalten steht er unter "
                "zeit."
            ),
        ),
        (
            "{spalte: arm, merkmal: arme, faktor: 0}",
            "Zeile 15   Q.werte.spalten.2.faktor: 0 ist nicht erlaubt, der Wert muss größer als 0 sein.",
        ),
        (
            "{spalte: arm}",
            "Zeile 2    quellen.meldewesen: werte.spalten: »arm« braucht merkmal, oder eine Dimension nennt merkmale.",
        ),
    ],
)
def test_a_column_of_figures_says_what_it_counts(meldung: Meldung, neu: str, erwartet: str) -> None:
    pruefe(meldung, "{spalte: arm, merkmal: arme}", neu, erwartet)


def test_column_and_dimension_cannot_both_name_the_merkmal(meldung: Meldung) -> None:
    dimension = "    dimensionen: [{spalte: g, merkmale: {m: arme}}]\n"
    erwartet = "werte.spalten: »Einwohner« nennt merkmal, eine Dimension aber auch. Eins von beiden streichen."
    pruefe(meldung, ARME, ARME + dimension, f"Zeile 2    quellen.meldewesen: {erwartet}")


ABWEICHUNG = [
    ("fehlt: [Arme]", "Zeile 16   Q.abweichungen: fehlt nennt »Arme«, das keine Spalte unter werte.spalten ist."),
    (
        "kopf: {anker: a, fuellen: [2]}",
        "Zeile 17   Q.abweichungen.0.kopf: fuellen nennt eine Kopfzeile, die es bei tiefe: 1 nicht gibt.",
    ),
    ("zahl: {dezimal: x}", "Zeile 17   Q.abweichungen.0.zahl.dezimal: »x« ist nicht erlaubt (»,«, ».«)."),
    ("symbole: {x: keine}", f"Zeile 17   Q.abweichungen.0.symbole.x: »keine« ist nicht erlaubt {STATUS}"),
    (
        "kopf: {anker: a}, spalten_fest: [id]",
        "Zeile 17   Q.abweichungen.0: kopf und spalten_fest schließen einander aus.",
    ),
    (
        "ueberspringen: ['(']",
        "Zeile 17   Q.abweichungen.0.ueberspringen.0: »(« ist kein gültiger regulärer Ausdruck (Stelle 0).",
    ),
    (
        "schluessel: {spalte: id, ebenen: {gemeide: x}}",
        "Zeile 17   Q.abweichungen.0.schluessel.ebenen.gemeide: die Ebene »gemeide« gibt es nicht. Gemeint: gemeinde?",
    ),
]


@pytest.mark.parametrize(("angabe", "erwartet"), ABWEICHUNG, ids=range(len(ABWEICHUNG)))
def test_a_difference_of_one_delivery_is_checked_as_the_declaration_is(
    meldung: Meldung, angabe: str, erwartet: str
) -> None:
    neu = f"{ARME}    abweichungen:\n      - {{dateien: x, grund: g, {angabe}}}\n"
    pruefe(meldung, ARME, neu, erwartet)


@pytest.mark.parametrize(
    ("datei", "angabe"),
    [
        ("{typ: ffcsv, glob: w.csv}", "ende: a"),
        ("{typ: quader, glob: w.csv}", "kopf: {anker: a}"),
        (DATEI, "blatt: Tabelle1"),
        ("{typ: xlsx, glob: w.xlsx, blatt: x}", "trenner: ','"),
        ("{typ: xlsx, glob: w.xlsx, blatt: x}", "zeichensatz: cp1252"),
        ("{typ: ffcsv, glob: w.csv}", "trenner: ','"),
        ("{typ: ffcsv, glob: w.csv}", "ueberspringen: [a]"),
        ("{typ: quader, glob: w.csv}", "zwischentitel: {a: b}"),
        ("{typ: quader, glob: w.csv}", "spalten_fest: [a]"),
        (DATEI, "blaetter_ignoriere: [a]"),
        ("{typ: ffcsv, glob: w.csv}", "blaetter_ignoriere: [a]"),
    ],
)
def test_a_difference_that_the_kind_of_file_does_not_have_is_told(meldung: Meldung, datei: str, angabe: str) -> None:
    neu = f"{ARME}    abweichungen:\n      - {{dateien: x, grund: g, {angabe}}}\n"
    text = meldung(("quellen", DATEI, datei), ("quellen", ARME, neu))
    assert text.startswith("1 Problem in config/quellen.yaml\n  Zeile 1")
    assert angabe.partition(":")[0] in text


REST = [
    (
        "vorbehandelt: [{verfahren: gerundet, basis: 3, grund: g}]",
        "vorbehandelt.0.basis: unbekannter Schlüssel. Erlaubt: grund, raeume, verfahren.",
    ),
    (
        "vorbehandelt: [{verfahren: gerundet, grund: g}, {verfahren: zufallsueberlagert, grund: h}]",
        "vorbehandelt: zwei Einträge gelten für alle Räume. Einen streichen, oder raeume angeben.",
    ),
    (
        "vorbehandelt: [{verfahren: geraten, grund: g}]",
        "vorbehandelt.0.verfahren: »geraten« ist nicht erlaubt (gerundet, summentreu, zufallsueberlagert).",
    ),
    ("vorbehandelt: [{verfahren: gerundet}]", "vorbehandelt.0.grund: fehlt."),
    ("symbole: {x: keine}", f"symbole.x: »keine« ist nicht erlaubt {STATUS}"),
    ("genehmigung: {aktenzeichen: x, bis: morgen}", "genehmigung.bis: muss ein Datum der Form 2025-12-31 sein."),
    ("gueltigkeit: liste", "gueltigkeit: die Gültigkeitsliste »liste« gibt es nicht. Bekannt: keine."),
]


@pytest.mark.parametrize(("angabe", "erwartet"), REST, ids=range(len(REST)))
def test_what_is_said_of_a_whole_source_is_checked(meldung: Meldung, angabe: str, erwartet: str) -> None:
    pruefe(meldung, ARME, f"{ARME}    {angabe}\n", f"Zeile 16   Q.{erwartet}")


def test_a_dated_list_nearly_named_is_offered(meldung: Meldung) -> None:
    text = meldung(("raeume", "mindest", f"{LISTE}mindest"), ("quellen", ARME, f"{ARME}    gueltigkeit: lste\n"))
    assert text.endswith("gueltigkeit: die Gültigkeitsliste »lste« gibt es nicht. Gemeint: liste?")


def test_a_source_may_ask_a_dated_list(lade: Lade) -> None:
    geladen = lade(("raeume", "mindest", f"{LISTE}mindest"), ("quellen", ARME, f"{ARME}    gueltigkeit: liste\n"))
    assert geladen.quellen.quellen["meldewesen"].gueltigkeit in geladen.raeume.gueltigkeiten


RAEUME = [
    (LISTE.replace("2025-12-31", "2023-12-31"), "Zeile 9    gueltigkeiten.liste: von liegt nach bis."),
    (
        f"{LISTE}    stellen: [0]\n",
        "Zeile 15   gueltigkeiten.liste.stellen.0: 0 ist nicht erlaubt, der Wert muss mindestens 1 sein.",
    ),
    (
        f"{LISTE}    erloschen: {{'1': 2024}}\n",
        "Zeile 15   gueltigkeiten.liste.erloschen.1: muss ein Datum der Form 2025-12-31 sein.",
    ),
    (
        LISTE.replace("trenner:", "mehrere: true, trenner:"),
        "Zeile 10   gueltigkeiten.liste.datei: eine Gültigkeitsliste ist eine Datei; mehrere: true gilt hier nicht.",
    ),
    (
        "polygone: [{ebene: ort, datei: {typ: geojson, glob: a}, schluessel: id}]\n",
        "Zeile 8    polygone: unbekannte Ebene ort (bekannt: kreis, gemeinde).",
    ),
    (
        "polygone: [{ebene: kreis, datei: {typ: csv, glob: a}, schluessel: id}]\n",
        "Zeile 8    polygone.0.datei: »csv« ist nicht erlaubt für typ (geojson, geopackage, shapefile).",
    ),
    (
        "polygone: [{ebene: kreis, datei: {typ: shapefile, glob: a.zip}, schluessel: id}]\n",
        "Zeile 8    polygone.0.datei.glob: »a.zip« passt nicht zum Muster \\.shp$.",
    ),
    (
        "polygone: [{ebene: kreis, datei: {typ: geopackage, glob: a, bezugssystem: UTM32}, schluessel: id}]\n",
        "Zeile 8    polygone.0.datei.bezugssystem: »UTM32« passt nicht zum Muster ^EPSG:\\d{4,6}$.",
    ),
    (
        (
            "polygone:\n  - {ebene: kreis, datei: {typ: geojson, glob: a}, schluessel: id, ersetzungen: "
            "[{schluessel: a, wenn: {}, ersetze: b, grund: g}]}\n"
        ),
        "Zeile 9    polygone.0.ersetzungen.0: »wenn« braucht mindestens eine Spalte, an der die Zeile erkannt wird.",
    ),
]


@pytest.mark.parametrize(("neu", "erwartet"), RAEUME, ids=range(len(RAEUME)))
def test_lists_of_areas_and_their_files_are_checked(meldung: Meldung, neu: str, erwartet: str) -> None:
    pruefe(meldung, "mindesteinwohner:", f"{neu}mindesteinwohner:", erwartet, "raeume")


@pytest.mark.parametrize("name", ["{spalte: name, fest: Kreis}", "{}", "{stellen: 2}"])
def test_a_value_of_an_area_has_one_origin(meldung: Meldung, name: str) -> None:
    neu = f"muster: '0', name: {name}}}"
    erwartet = "Zeile 3    ebenen.0.name: genau eine der Angaben spalte, fest oder zuordnung ist nötig."
    pruefe(meldung, "muster: '0'}", neu, erwartet, "raeume")


TITEL = "titel: Bevölkerung"


def test_an_address_that_cannot_be_taken_apart_is_refused_and_other_words_are_not(meldung: Meldung, lade: Lade) -> None:
    text = meldung(("quellen", TITEL, f'{TITEL}\n    url: "http://[x"'))
    assert "quellen.meldewesen.url: »http://[x« ist keine gültige Adresse: eckige Klammern" in text
    wahre = 'url: "http://[x"', "url: Auf Anfrage beim Amt [Zimmer 3]"
    assert lade(("quellen", *wahre)).quellen.quellen["meldewesen"].url == "Auf Anfrage beim Amt [Zimmer 3]"


@pytest.mark.parametrize("glob", ["a" * 5000, "a" * 256, "ä" * 128, "a/" * 600, f"*/{'x' * 300}.csv"])
def test_a_path_that_no_disk_can_hold_is_refused(meldung: Meldung, glob: str) -> None:
    text = meldung(("quellen", "glob: werte.csv", f'glob: "{glob}"'))
    assert "datei.glob: ist " in text
    assert "zu lang (höchstens" in text
    assert len(text) < 500


@pytest.mark.parametrize(
    ("alt", "neu"),
    [
        ("titel: Bevölkerung", f"titel: {'x' * 4001}"),
        ("{spalte: arm, ", f"{{spalte: {'x' * 4001}, "),
        ("merkmal: arme}", f"merkmal: {'x' * 101}}}"),
    ],
)
def test_a_text_of_the_configuration_has_an_end(meldung: Meldung, alt: str, neu: str) -> None:
    text = meldung(("quellen", alt, neu))
    assert "ist zu lang (höchstens" in text
    assert len(text) < 500
