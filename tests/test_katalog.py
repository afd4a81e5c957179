"""The catalogue of the demo is whole, agrees with what is delivered, and speaks plain German of people."""

from __future__ import annotations

import re
from itertools import chain, permutations
from typing import TYPE_CHECKING

import polars as pl
import pytest
from pydantic import BaseModel

from atlas.config.laden import load_konfiguration
from atlas.config.models.berechnung import Anzahl, Dichte, Quotient, Wert
from atlas.config.pruefung_indikatoren import list_terme
from atlas.projekt import Projekt
from atlas.tables.messung import Messwerte
from geteilte_daten import WURZEL
from musterland_tabellen import lies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atlas.config.models.berechnung import Term
    from atlas.config.models.indikatoren import Indikator
    from atlas.config.models.nachweis import Fundstelle

KONFIGURATION = load_konfiguration(Projekt(WURZEL, WURZEL / "data" / "raw"))
KATALOG = KONFIGURATION.indikatoren.indikatoren
DIMENSIONEN = KONFIGURATION.dimensionen.dimensionen
KLEINSTE_EBENE = "sozialraum"
ERSTES_JAHR, LETZTES_JAHR = 2014, 2025
LAENGSTER_KURZNAME = 32
"""In the head of a column a name breaks between words; longer ones would need a fourth line."""

REGELALTER, OHNE_ENDE = 66, 999
TEILGRUPPEN = {("herkunft=ausland", "herkunft=migrationshintergrund")}
TEILMERKMALE = {("sgb2_elb", "sgb2_leistungsberechtigte")}
"""What is a part of the other by its meaning; of groups and bands their names say it."""

SAETZE = ("richtung_grund", "ebenen_grund", "definition", "festlegung", "qualitaet", "aussage", "grenzen", "hinweis")
PFLICHT = (
    *("name", "kurzname", "dimension", "buendel", "monitore", "richtung_grund", "kleinste_ebene", "nachweis"),
    *("definition", "festlegung", "qualitaet", "aussage", "grenzen"),
)
NAME = r"[a-z][a-z0-9_=|+-]*"
"""Names inside the configuration, groups and words of closed lists are no German."""
NICHT_DER_SPRACHE = re.compile(r"  | [,.;:!?)]|[\"'`“]|\( | - |\.\.|,,|\n")
"""Two blanks, a blank before a sign, straight or foreign quotes, a hyphen for a dash."""
OHNE_UMLAUT = re.compile(
    r"\b(?:[Ff](?:ue|UE)r|[Uu]eber\w*|\w*[Ww]aehr\w*|\w*[Gg]roess\w*|\w*[Mm]assnahme\w*|[Ss]trasse\w*|[Gg]emaess|"
    r"muß\w*|daß|läßt|Schluß\w*|\w*abschluß\w*|\w*paß\w*|ausser\w*|heisst|gross\w*|weiss)\b"
)
ENGLISCH = re.compile(
    r"\b(?:the|and|of|with|share|ratio|poverty|level|data|index of|score|hotspot|monitoring tool|"
    r"benchmark|outcome|gap|case|default|backlog|feature)\b",
    re.IGNORECASE,
)
URTEILE = re.compile(
    r"sozial schwach|Problemviertel|Problemgebiet|Problemkind|asozial|bildungsfern|Brennpunkt|Unterschicht|"
    r"\bHartz|\bProblemfamil|Ausländerproblem|überfremd|Asylant|Flüchtlingswelle|Flüchtlingsstrom|Sozialschmarotzer|"
    r"\bbehinderte[rn]? Kind|an den Rollstuhl|Alterslast|Überalterung|vergreis|\bArme[nr]?\b|Scheinasyl|"
    r"Parallelgesellschaft|Last (?:des Jugendamts|der Kommunen)|zu schwer\b|Scham|fehlende[nr]? Wille|Vorwürfe",
    re.IGNORECASE,
)


def list_texte(modell: BaseModel, pfad: str = "") -> Iterator[tuple[str, str]]:
    """Give every text of a model with its path."""
    for feld in type(modell).model_fields:
        yield from list_inhalt(getattr(modell, feld), f"{pfad}.{feld}")


def list_inhalt(wert: object, pfad: str) -> Iterator[tuple[str, str]]:
    if isinstance(wert, BaseModel):
        yield from list_texte(wert, pfad)
    elif isinstance(wert, dict):
        yield from chain.from_iterable(list_inhalt(kind, f"{pfad}.{name}") for name, kind in wert.items())
    elif isinstance(wert, tuple):
        yield from chain.from_iterable(list_inhalt(kind, f"{pfad}.{nummer}") for nummer, kind in enumerate(wert))
    elif isinstance(wert, str) and not re.fullmatch(NAME, wert):
        yield pfad, wert


TEXTE = {
    **dict(chain.from_iterable(list_texte(indikator, name) for name, indikator in KATALOG.items())),
    **dict(list_texte(KONFIGURATION.dimensionen, "dimensionen")),
    **dict(list_texte(KONFIGURATION.atlas, "atlas")),
    **dict(list_texte(KONFIGURATION.ausgaben, "ausgaben")),
}


def list_treffer(muster: re.Pattern[str]) -> dict[str, str]:
    return {pfad: treffer[0] for pfad, text in TEXTE.items() if (treffer := muster.search(text))}


def is_teilgruppe(teil: str, ganzes: str) -> bool:
    """Say whether a group is the other one or narrower: it names all that the other names, or what lies within it."""
    return all(any(is_teilangabe(enger, weiter) for enger in teil.split("|")) for weiter in ganzes.split("|") if weiter)


def is_teilangabe(enger: str, weiter: str) -> bool:
    if enger == weiter or (enger, weiter) in TEILGRUPPEN:
        return True
    if not (enger.startswith("alter=") and weiter.startswith("alter=")):
        return False
    (ab, bis), (ab_weiter, bis_weiter) = (find_grenzen(angabe.removeprefix("alter=")) for angabe in (enger, weiter))
    return ab_weiter <= ab and bis <= bis_weiter


def find_grenzen(angabe: str) -> tuple[int, int]:
    """Give the first and the last year of a band; the Regelaltersgrenze counts as 66."""
    von, _, bis = angabe.replace("regelaltersgrenze", str(REGELALTER)).partition("-")
    return int(von.rstrip("+")), int(bis) if bis else OHNE_ENDE


def is_teil_von(teil: tuple[Term, ...], ganzes: tuple[Term, ...]) -> bool:
    """Say whether each term lies within one of the others, regardless of its sign and its year."""
    return all(
        any(
            (t.merkmal == g.merkmal or (t.merkmal, g.merkmal) in TEILMERKMALE)
            and is_teilgruppe(join_gruppe(t), join_gruppe(g))
            for g in ganzes
        )
        for t in teil
    )


def join_gruppe(term: Term) -> str:
    return "|".join(filter(None, (term.gruppe, term.alter and f"alter={term.alter}")))


def list_fundstellen(indikator: Indikator) -> Iterator[tuple[str, Fundstelle]]:
    assert indikator.nachweis is not None, f"»{indikator.name}«: nachweis fehlt, in config/indikatoren.yaml ergänzen"
    yield "zaehler", indikator.nachweis.zaehler
    if indikator.nachweis.nenner is not None:
        yield "nenner", indikator.nachweis.nenner


@pytest.fixture(scope="module")
def stichtage(musterland: Projekt) -> Mapping[str, set[str]]:
    """Give the days of the year on which a Merkmal was counted; none where a whole year was."""
    werte = lies(musterland, Messwerte).filter(pl.col("stichtag").is_not_null())
    tage = werte.select("merkmal", pl.col("stichtag").str.slice(5)).unique().group_by("merkmal").all()
    return {merkmal: set(tage) for merkmal, tage in tage.iter_rows()}


@pytest.mark.parametrize("schluessel", PFLICHT)
def test_every_indicator_says_all_that_the_catalogue_asks_for(schluessel: str) -> None:
    assert [name for name, indikator in KATALOG.items() if not getattr(indikator, schluessel)] == []


def test_every_indicator_with_a_denominator_says_where_it_comes_from() -> None:
    ohne = [name for name, indikator in KATALOG.items() if not indikator.nachweis or not indikator.nachweis.nenner]
    assert all(isinstance(KATALOG[name].berechnung, Anzahl | Wert) for name in ohne), ohne


def test_who_ends_above_the_smallest_level_says_why() -> None:
    hoehere = {name for name, indikator in KATALOG.items() if indikator.kleinste_ebene != KLEINSTE_EBENE}
    assert hoehere == {name for name, indikator in KATALOG.items() if indikator.ebenen_grund}


def test_names_are_unique_and_fit_a_column() -> None:
    for feld in ("name", "kurzname"):
        namen = [getattr(indikator, feld).casefold() for indikator in KATALOG.values()]
        assert sorted(namen) == sorted(set(namen))
    assert {i.kurzname for i in KATALOG.values() if len(i.kurzname) > LAENGSTER_KURZNAME} == set()


def test_no_two_indicators_share_their_definition_or_their_formula() -> None:
    assert len({indikator.definition for indikator in KATALOG.values()}) == len(KATALOG)
    assert len({indikator.berechnung.model_dump_json() for indikator in KATALOG.values()}) == len(KATALOG)


def test_breaks_lie_within_the_years_of_the_atlas_and_goals_after_them() -> None:
    brueche = {(name, bruch.ab) for name, indikator in KATALOG.items() for bruch in indikator.brueche}
    assert {(name, jahr) for name, jahr in brueche if not ERSTES_JAHR < jahr <= LETZTES_JAHR} == set()
    assert [name for name, i in KATALOG.items() if i.ziel and i.ziel.bis <= LETZTES_JAHR] == []


def test_a_goal_belongs_to_a_directed_indicator() -> None:
    assert [name for name, i in KATALOG.items() if i.ziel and i.richtung == "neutral"] == []


def test_a_rate_names_its_base() -> None:
    einheiten = {name: i.einheit for name, i in KATALOG.items() if re.match(r"je [\d.]+", i.einheit)}
    assert {name for name, einheit in einheiten.items() if re.fullmatch(r"je [\d.]+", einheit)} == set()
    assert {einheit for einheit in einheiten.values() if len(einheit) > LAENGSTER_KURZNAME} == set()


def test_every_dimension_has_four_indicators_and_an_index_of_at_least_two() -> None:
    je_dimension = [indikator.dimension for indikator in KATALOG.values()]
    assert [name for name in DIMENSIONEN if je_dimension.count(name) < 4] == []
    for name, dimension in DIMENSIONEN.items():
        assert dimension.index is not None, name
        eigene = [KATALOG[eintrag.indikator] for eintrag in dimension.index.indikatoren]
        assert len(eigene) >= 2, name
        assert {indikator.dimension for indikator in eigene} == {name}


@pytest.mark.parametrize("name", DIMENSIONEN)
def test_no_index_of_a_dimension_counts_a_whole_and_its_part(name: str) -> None:
    """A part: who is counted lies within who the other counts, and of a base that lies within the other's."""
    index = DIMENSIONEN[name].index
    assert index is not None
    eigene = {e.indikator: KATALOG[e.indikator].berechnung for e in index.indikatoren}
    quotienten = {indikator: b for indikator, b in eigene.items() if isinstance(b, Quotient)}
    teile = [
        (klein, gross)
        for (klein, teil), (gross, ganzes) in permutations(quotienten.items(), 2)
        if is_teil_von(teil.zaehler, ganzes.zaehler) and is_teil_von(teil.nenner, ganzes.nenner)
    ]
    assert teile == []


@pytest.mark.parametrize(
    ("klein", "gross"),
    [
        ("kinderarmut_unter_6", "kinderarmut"),
        ("auslaenderanteil", "migrationsanteil"),
        ("kinder_migration", "migrationsanteil"),
        ("altersarmut_frauen", "altersarmut"),
        ("hze_stationaer", "hze_quote"),
        ("elb_quote", "sgb2_quote"),
        ("jugendarbeitslosenanteil", "arbeitslosenanteil"),
        ("beschaeftigungsquote_frauen", "beschaeftigungsquote"),
        ("pflegequote_ab_80", "pflegequote"),
        ("schwerbehinderte_18_64", "schwerbehindertenquote"),
    ],
)
def test_a_part_is_recognised_and_a_whole_is_none(klein: str, gross: str) -> None:
    teil, ganzes = KATALOG[klein].berechnung, KATALOG[gross].berechnung
    assert isinstance(teil, Quotient)
    assert isinstance(ganzes, Quotient)
    assert is_teil_von(teil.zaehler, ganzes.zaehler)
    assert is_teil_von(teil.nenner, ganzes.nenner)
    assert not is_teil_von(ganzes.zaehler, teil.zaehler)


def test_every_declared_bundle_and_monitor_is_used() -> None:
    benutzt = {(indikator.dimension, indikator.buendel) for indikator in KATALOG.values()}
    assert {(name, b) for name, dimension in DIMENSIONEN.items() for b in dimension.buendel} == benutzt
    assert set(KONFIGURATION.dimensionen.monitore) == {m for i in KATALOG.values() for m in i.monitore}


def test_the_stated_day_is_the_day_of_the_delivery(stichtage: Mapping[str, set[str]]) -> None:
    widersprueche = set()
    for name, indikator in KATALOG.items():
        genannte = dict(list_fundstellen(indikator))
        for pfad, term in list_terme(indikator):
            fundstelle = genannte["nenner" if "nenner" in pfad else "zaehler"]
            gelieferte = stichtage.get(term.merkmal, set())
            ist_tag = fundstelle.stichtag[0].isdigit()
            if gelieferte != ({fundstelle.stichtag} if ist_tag else set()) and fundstelle.stichtag != "Wahltag":
                widersprueche.add((name, term.merkmal, fundstelle.stichtag, *sorted(gelieferte)))
    assert widersprueche == set()


def test_what_is_counted_before_july_stands_over_the_residents_of_the_year_before() -> None:
    for name, indikator in KATALOG.items():
        berechnung, stellen = indikator.berechnung, dict(list_fundstellen(indikator))
        if not isinstance(berechnung, Quotient) or not "01-01" <= stellen["zaehler"].stichtag < "07-01":
            continue
        einwohner = [term for term in berechnung.nenner if term.merkmal == "einwohner"]
        assert all(term.jahresversatz == 1 for term in einwohner), name


def test_unit_and_factor_agree() -> None:
    for name, indikator in KATALOG.items():
        berechnung, einheit = indikator.berechnung, indikator.einheit
        if isinstance(berechnung, Quotient):
            je = re.match(r"je ([\d.]+)", einheit)
            erwartet = 100 if einheit == "%" else int(je[1].replace(".", "")) if je else None
            assert erwartet in {None, berechnung.faktor}, name
        assert einheit != "%" or not isinstance(berechnung, Anzahl | Dichte), name


def test_texts_hold_no_slips_of_typing() -> None:
    assert list_treffer(NICHT_DER_SPRACHE) == {}
    assert list_treffer(OHNE_UMLAUT) == {}


def test_texts_are_german() -> None:
    assert list_treffer(ENGLISCH) == {}


def test_no_text_judges_people() -> None:
    assert list_treffer(URTEILE) == {}


def test_sentences_begin_with_a_capital_and_end_with_a_full_stop() -> None:
    saetze = {(name, feld, getattr(i, feld)) for name, i in KATALOG.items() for feld in SAETZE}
    saetze |= {(name, "bruch", bruch.grund) for name, i in KATALOG.items() for bruch in i.brueche}
    saetze |= {(name, "dimension", dimension.beschreibung) for name, dimension in DIMENSIONEN.items()}
    falsche = {s for s in saetze if s[2] is not None and not re.fullmatch(r"[A-ZÄÖÜ»§0-9](?s:.*)\.", s[2])}
    assert falsche == set()
