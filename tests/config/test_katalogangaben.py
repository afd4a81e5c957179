"""The catalogue of Indikatoren: bands of ages, counts, levels, places in the book; what contradicts is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from atlas.config.katalog import build_formelterme, build_katalog
from atlas.config.pruefung_indikatoren import build_probleme

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.config.laden import Konfiguration

    Lade = Callable[..., Konfiguration]
    Meldung = Callable[..., str]

NENNER = "nenner: [{merkmal: einwohner, gruppe: alter=u15}]"
KINDER = "- {spalte: Kinder, merkmal: einwohner, gruppe: alter=u15}"
DEFINITION = "definition: Arme Kinder je 100 Kinder."
GANZE = "dimension: soziales"
EINZELN = "\n        ".join(
    f"- {{spalte: A{n}, merkmal: einwohner, gruppe: alter={n}}}" for n in ("0-14", "15-64", "65", "66", "67-89", "90+")
)


def _mit_alter(*aenderungen: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Deliver groups of ages, and change the catalogue."""
    return [("quellen", KINDER, EINZELN), *(("indikatoren", alt, neu) for alt, neu in aenderungen)]


def _term(angaben: str) -> tuple[str, str]:
    return NENNER, f"nenner: [{{merkmal: einwohner, {angaben}}}]"


@pytest.mark.parametrize(
    ("angaben", "gruppe"),
    [
        ("alter: 0-14", "alter=0-14"),
        ("alter: 65+", "alter=65+"),
        ("alter: 15-regelaltersgrenze", "alter=15-rag"),
        ("alter: regelaltersgrenze+", "alter=rag+"),
        ("alter: 0-64", "alter=0-64"),
    ],
)
def test_a_band_of_ages_becomes_the_canonical_name_of_its_group(lade: Lade, angaben: str, gruppe: str) -> None:
    konfiguration = lade(*_mit_alter(_term(angaben)))
    assert build_formelterme(konfiguration.indikatoren).filter(seite="nenner")["gruppe"].to_list() == [gruppe]


def test_a_band_stands_among_the_other_parts_of_a_group_in_their_order(lade: Lade) -> None:
    weiblich = "- {spalte: F, merkmal: einwohner, gruppe: alter=0-14|geschlecht=w}"
    konfiguration = lade(("quellen", KINDER, weiblich), ("indikatoren", *_term("gruppe: geschlecht=w, alter: 0-14")))
    assert build_formelterme(konfiguration.indikatoren)["gruppe"].to_list() == ["alter=0-14|geschlecht=w", ""]


def test_a_mean_age_is_the_sum_of_ages_over_the_persons(lade: Lade) -> None:
    konfiguration = lade(
        *_mit_alter(
            ("art: anteil", "art: mittelwert"),
            ("zaehler: [{merkmal: arme}]", "zaehler: [{merkmal: einwohner, gewichtung: alter}]"),
            (NENNER, "nenner: [{merkmal: einwohner}]"),
        )
    )
    terme = build_formelterme(konfiguration.indikatoren)
    assert terme.select("seite", "gruppe").rows() == [("nenner", ""), ("zaehler", "alter=0+*jahre")]


ZAHL = f"""{DEFINITION}
  zahl:
    {{name: Zahl, kurzname: Zahl, dimension: soziales, richtung: RICHTUNG, einheit: Personen, nachkommastellen: 0,
     berechnung: {{art: anzahl, zaehler: [{{merkmal: arme}}, {{merkmal: einwohner, vorzeichen: minus}}]}},
     definition: Zahl.}}"""


def test_a_count_has_terms_and_neither_denominator_nor_factor(lade: Lade) -> None:
    konfiguration = lade(("indikatoren", DEFINITION, ZAHL.replace("RICHTUNG", "neutral")))
    terme = build_formelterme(konfiguration.indikatoren).filter(indikator="zahl")
    assert terme.select("seite", "merkmal", "vorzeichen").rows() == [
        ("zaehler", "arme", 1),
        ("zaehler", "einwohner", -1),
    ]
    katalog = build_katalog(konfiguration.indikatoren).filter(indikator="zahl")
    assert katalog.select("art", "faktor", "kleinste_ebene").rows() == [("anzahl", 1.0, None)]


def test_a_count_with_a_direction_cannot_be_part_of_an_index(meldung: Meldung) -> None:
    eintrag = "- {indikator: kinderarmut, gewicht: 1}"
    text = meldung(
        ("indikatoren", DEFINITION, ZAHL.replace("RICHTUNG", "hoch_ist_belastet")),
        ("dimensionen", eintrag, f"{eintrag}\n      - {{indikator: zahl, gewicht: 1}}"),
    )
    assert (
        "indizes.status.indikatoren.1.indikator: »zahl« ist eine Anzahl und hängt von der Größe des Raums ab; in einen "
        "Index gehört eine Quote (rate, anteil)."
    ) in text


def test_the_smallest_level_reaches_the_catalogue(lade: Lade) -> None:
    konfiguration = lade(("indikatoren", GANZE, f"{GANZE}\n    kleinste_ebene: gemeinde"))
    assert build_katalog(konfiguration.indikatoren)["kleinste_ebene"].to_list() == ["gemeinde"]


WERT = f"""{DEFINITION}
  zahl:
    {{name: Zahl, kurzname: Zahl, dimension: soziales, richtung: neutral, einheit: Personen, nachkommastellen: 0,
     berechnung: {{art: wert, merkmal: MERKMAL}}, definition: Zahl.}}"""


@pytest.mark.parametrize(
    ("merkmal", "wer"),
    [
        ("arme", "der Indikator »kinderarmut«"),
        ("einwohner, gruppe: alter=u15", "der Indikator »kinderarmut«"),
    ],
)
def test_a_count_cannot_be_called_a_delivered_rate(meldung: Meldung, merkmal: str, wer: str) -> None:
    text = meldung(("indikatoren", DEFINITION, WERT.replace("MERKMAL", merkmal)))
    erster = merkmal.split(",", maxsplit=1)[0]
    assert f"indikatoren.zahl.berechnung.merkmal: »{erster}« ist eine Anzahl, {wer} rechnet damit." in text
    assert f"Gemeint: {{art: anzahl, zaehler: [{{merkmal: {erster}}}]}}?" in text


def test_the_population_of_the_minimum_cannot_be_called_a_delivered_rate(meldung: Meldung) -> None:
    ohne = ("indikatoren", NENNER, "nenner: [{merkmal: arme}]")
    text = meldung(ohne, ("indikatoren", DEFINITION, WERT.replace("MERKMAL", "einwohner")))
    assert "»einwohner« ist eine Anzahl, raeume.mindesteinwohner rechnet damit." in text


QUOTEN = f"{KINDER}\n" + "\n".join(
    f"        - {{spalte: Q{n}, merkmal: quote, gruppe: alter={n}}}" for n in ("0-2", "3-5", "6-14")
)


@pytest.mark.parametrize(
    ("berechnung", "geht"),
    [
        ("art: wert, merkmal: quote, gruppe: alter=0-2", True),
        ("art: wert, merkmal: quote, gruppe: alter=0-5", False),
        ("art: anzahl, zaehler: [{merkmal: quote, gruppe: alter=0-5}]", True),
    ],
)
def test_a_band_is_made_of_counts_and_not_of_delivered_rates(
    lade: Lade, meldung: Meldung, berechnung: str, geht: bool
) -> None:  # the expected answer
    """Rates of 0-2 and of 3-5 make none of 0-5; as persons the same groups do."""
    zahl = ("indikatoren", DEFINITION, WERT.replace("art: wert, merkmal: MERKMAL", berechnung))
    if geht:
        lade(("quellen", KINDER, QUOTEN), zahl)
    else:
        text = meldung(("quellen", KINDER, QUOTEN), zahl)
        assert "indikatoren.zahl.berechnung.gruppe: bei quote die Gruppe »alter=0-5« gibt es nicht." in text


def test_a_weight_for_a_band_that_nobody_delivers_would_weigh_nothing(meldung: Meldung) -> None:
    gewichtung = (
        "gewichtung:\n  standard: flaeche\n  gruppen:\n"
        "    - {merkmal: quote, gruppe: alter=0-5, gewichtung: flaeche}\n"
        "    - {merkmal: quote, gruppe: alter=0-2, gewichtung: flaeche}\nmindesteinwohner:"
    )
    text = meldung(("quellen", KINDER, QUOTEN), ("raeume", "mindesteinwohner:", gewichtung))
    assert "gewichtung.gruppen.0.gruppe: bei quote die Gruppe »alter=0-5« gibt es nicht." in text
    assert "gewichtung.gruppen.1" not in text


VOLLSTAENDIG = """\
dimension: soziales
    buendel: kinder
    monitore: [sozial]
    richtung_grund: Wer wenig Geld hat, braucht Hilfe.
    kleinste_ebene: gemeinde
    ebenen_grund: Darunter sind es zu wenige.
    nachweis:
      zaehler: {statistik: Grundsicherungsstatistik, tabelle: Eckwerte, stichtag: 12-31}
      nenner: {statistik: Fortschreibung, tabelle: 12411-02-03-5, stichtag: Jahresdurchschnitt}
    festlegung: unter 15 und nicht unter 18 Jahren
    qualitaet: vollständig
    brueche: [{ab: 2017, datum: 2016-08-01, grund: neue Zählung}, {ab: 2023, grund: Bürgergeld}]
    aussage: Was ist
    grenzen: Was nicht
    ziel: {wert: 5, bis: 2030, art: hoechstens, beschluss: Kreistag 2024}
    entspricht: [{system: mss-berlin, kennung: S3}, {system: wegweiser, kennung: Kinderarmut}]"""
EINORDNUNG = (
    "dimensionen",
    "soziales: {name: Soziales}",
    "soziales: {name: Soziales, buendel: {kinder: Kinder}}\nmonitore: {sozial: {name: Sozialmonitor, beschreibung: x}}",
)


def test_every_key_of_the_catalogue_can_be_filled(lade: Lade) -> None:
    indikator = lade(("indikatoren", GANZE, VOLLSTAENDIG), EINORDNUNG).indikatoren.indikatoren["kinderarmut"]
    assert (indikator.buendel, indikator.monitore, indikator.kleinste_ebene) == ("kinder", ("sozial",), "gemeinde")
    assert [bruch.ab for bruch in indikator.brueche] == [2017, 2023]


FALSCH = [
    ("bis: 2030, art: hoechstens", "bis: 2030, art: mindestens", "ziel: art: mindestens passt nicht zu richtung"),
    ("ab: 2017", "ab: 2023", "brueche: die Jahre stehen aufsteigend und je einmal (2023 nach 2023)."),
    ("ab: 2017", "ab: 2024", "brueche: die Jahre stehen aufsteigend und je einmal (2023 nach 2024)."),
    ("datum: 2016-08-01", "datum: 2018-01-01", "brueche.0.datum: 2018-01-01 liegt nach 2017"),
    ("stichtag: 12-31", "stichtag: 31.12.", "nachweis.zaehler.stichtag: »31.12.« ist kein Stichtag"),
    ("stichtag: 12-31", "stichtag: 12-32", "nachweis.zaehler.stichtag: »12-32« ist kein Stichtag"),
    ("stichtag: Jahresdurchschnitt", "stichtag: Mittel", "nachweis.nenner.stichtag: »Mittel« ist kein Stichtag"),
    ("monitore: [sozial]", "monitore: [sozial, sozial]", "monitore: ein Monitor steht mehrfach in der Liste."),
    ("monitore: [sozial]", "monitore: [schule]", "monitore.0: den Monitor »schule« gibt es nicht. Bekannt: sozial."),
    ("buendel: kinder", "buendel: kind", "in der Dimension soziales das Bündel »kind« gibt es nicht. Gemeint: kinder?"),
    (
        "kleinste_ebene: gemeinde",
        "kleinste_ebene: gemeinden",
        "die Ebene »gemeinden« gibt es nicht. Gemeint: gemeinde?",
    ),
    ("kleinste_ebene: gemeinde", "kleinste_ebene: kreis", "der Index »status« vergleicht Räume der Ebene gemeinde"),
    ("kleinste_ebene: gemeinde\n    ", "", "ebenen_grund: gehört zu kleinste_ebene, die fehlt."),
    ("system: wegweiser", "system: wegweisser", "»wegweisser« ist nicht erlaubt"),
    ("{system: wegweiser, kennung: Kinderarmut}", "{system: mss-berlin, kennung: S3}", "eine Kennung steht mehrfach"),
]


@pytest.mark.parametrize(("alt", "neu", "text"), FALSCH, ids=range(len(FALSCH)))
def test_what_the_catalogue_gets_wrong_is_said_where_it_stands(meldung: Meldung, alt: str, neu: str, text: str) -> None:
    assert VOLLSTAENDIG.count(alt) == 1
    antwort = meldung(("indikatoren", GANZE, VOLLSTAENDIG.replace(alt, neu)), EINORDNUNG)
    assert text in antwort
    assert antwort.startswith("1 Problem in config/indikatoren.yaml")


def test_a_count_has_no_source_of_a_denominator(meldung: Meldung) -> None:
    antwort = meldung(
        ("indikatoren", GANZE, VOLLSTAENDIG.replace("ziel:", "hinweis: x\n    ziel:")),
        (
            "indikatoren",
            "art: anteil\n      zaehler: [{merkmal: arme}]",
            "art: anzahl\n      zaehler: [{merkmal: arme}]",
        ),
        ("indikatoren", f"      {NENNER}\n      faktor: 100\n", ""),
        EINORDNUNG,
    )
    assert "nachweis: berechnung.art: anzahl hat keinen Nenner" in antwort


TERME = [
    ("alter: u15", "alter: »u15« ist keine Altersangabe. Erlaubt: 0-14, 65+, 15-regelaltersgrenze"),
    ("alter: 14-0", "alter: »14-0« endet vor dem Anfang."),
    ("alter: 7", "alter: muss ein Text sein"),
    ("alter: 65-regelaltersgrenze", "die Regelaltersgrenze beginnt bei 65, das Band ist leer."),
    ("alter: 0-14, gruppe: alter=u15", "alter: auch die gruppe nennt ein Alter."),
    ("gruppe: alter=u15, gewichtung: alter", "gewichtung: das Alter gehört unter alter, nicht in die gruppe."),
    ("gewichtung: alter", "gewichtung: alter gibt es nur im Zähler."),
    ("alter: 0-14, gewichtung: jahre", "»jahre« ist nicht erlaubt"),
]


@pytest.mark.parametrize(("angaben", "text"), TERME, ids=range(len(TERME)))
def test_a_band_that_contradicts_itself_is_refused(meldung: Meldung, angaben: str, text: str) -> None:
    assert text in meldung(*_mit_alter(_term(angaben)))


@pytest.mark.parametrize(
    ("art", "nenner", "text"),
    [
        ("anteil", "merkmal: einwohner", "gewichtung: alter gibt es nur bei mittelwert."),
        ("mittelwert", "merkmal: arme", "derselbe Term ohne gewichtung im Nenner"),
        ("mittelwert", "merkmal: einwohner, alter: 0-14", "derselbe Term ohne gewichtung im Nenner"),
        ("mittelwert", "merkmal: einwohner, jahresversatz: 1", "derselbe Term ohne gewichtung im Nenner"),
    ],
)
def test_a_sum_of_ages_stands_over_its_own_persons(meldung: Meldung, art: str, nenner: str, text: str) -> None:
    zaehler = ("zaehler: [{merkmal: arme}]", "zaehler: [{merkmal: einwohner, gewichtung: alter}]")
    antwort = meldung(*_mit_alter(("art: anteil", f"art: {art}"), zaehler, (NENNER, f"nenner: [{{{nenner}}}]")))
    assert text in antwort


@pytest.mark.parametrize(
    ("angaben", "anfang"),
    [
        (
            "alter: 0-17",
            (
                "0-17 lässt sich für einwohner aus den gelieferten Altersgruppen nicht lückenlos zusammensetzen "
                "(vorhanden: 0-14, 0+, 15-64, 65, 66, 67-89, 90+; 0+ ist die Gesamtzahl)."
            ),
        ),
        ("alter: 0-14, gruppe: geschlecht=w", "0-14 lässt sich für einwohner (geschlecht=w) aus"),
        ("alter: 15-24", "15-24 lässt sich"),
    ],
)
def test_a_band_that_the_declared_groups_do_not_make_is_refused(meldung: Meldung, angaben: str, anfang: str) -> None:
    assert f"kinderarmut.berechnung.nenner.0.alter: {anfang}" in meldung(*_mit_alter(_term(angaben)))


@pytest.mark.parametrize(("jahr", "geht"), [(2024, True), (2025, False), (2031, False)])
def test_the_limit_asks_for_single_years_where_it_cuts_one(
    lade: Lade, meldung: Meldung, jahr: int, geht: bool
) -> None:  # the expected answer
    ohne_einzelne = EINZELN.replace("alter=66", "alter=66-67").replace("alter=67-89", "alter=68-89")
    aenderungen = [
        ("quellen", KINDER, ohne_einzelne),
        ("indikatoren", *_term("alter: 15-regelaltersgrenze")),
        ("atlas", "berichtsjahr: 2025", f"berichtsjahr: {jahr}"),
    ]
    if geht:
        lade(*aenderungen)
    else:
        assert "An der Regelaltersgrenze braucht es einzelne Jahre (65, 66)." in meldung(*aenderungen)


def test_groups_that_nobody_can_list_are_checked_when_they_are_there(lade: Lade) -> None:
    """A pattern makes the groups, so that the bands can be judged only by what was delivered."""
    offen = "dimensionen: [{kopf: n, muster: '(?P<n>\\d+)', gruppe: 'alter={n}'}]\n    werte:"
    konfiguration = lade(
        ("quellen", "werte:", offen),
        ("quellen", KINDER, "- {muster: 'A(?P<n>\\d+)', merkmal: einwohner}"),
        ("indikatoren", *_term("alter: 0-17")),
    )
    assert build_probleme(konfiguration, {}) == []
    (problem,) = build_probleme(konfiguration, {("einwohner", "alter=0-17"): "0, 1 … 9"})
    assert str(problem).startswith("Zeile 12   indikatoren.kinderarmut.berechnung.nenner.0.alter: 0-17 lässt sich")
    assert "(vorhanden: 0, 1 … 9)." in str(problem)


def test_a_band_that_a_source_declares_is_no_mistake_when_it_has_not_come_yet(lade: Lade) -> None:
    konfiguration = lade(*_mit_alter(_term("alter: 0-14")))
    assert build_probleme(konfiguration, {("einwohner", "alter=0-14"): "15-64"}) == []


def test_a_term_of_an_earlier_year_is_checked_with_the_limit_of_that_year(lade: Lade) -> None:
    """On 31.12.2025 the limit cuts the age of 66, on 31.12.2024 it lies between 65 and 66."""
    ohne_einzelne = EINZELN.replace("alter=66", "alter=66-67").replace("alter=67-89", "alter=68-89")
    term = _term("alter: 15-regelaltersgrenze, jahresversatz: 1")
    assert lade(("quellen", KINDER, ohne_einzelne), ("indikatoren", *term)).atlas.berichtsjahr == 2025


def test_an_index_over_other_indicators_may_compare_smaller_areas(lade: Lade) -> None:
    zweiter = "    definition: Arme Kinder je 100 Kinder.\n  arme:\n"
    zweiter += "".join(f"    {zeile}\n" for zeile in ZWEITER.splitlines())
    lade(("indikatoren", f"    {DEFINITION}\n", zweiter))


ZWEITER = """\
name: Arme
kurzname: Arme
dimension: soziales
kleinste_ebene: kreis
richtung: neutral
einheit: Personen
nachkommastellen: 0
berechnung: {art: anzahl, zaehler: [{merkmal: arme}]}
definition: Arme."""
