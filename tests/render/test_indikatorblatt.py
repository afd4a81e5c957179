"""An Indikatorblatt prints what is declared of an Indikator, in words, and no line for what is not."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pypdf
import pytest

from atlas.config.models.dimensionen import Monitor
from atlas.config.models.nachweis import Bruch, Entsprechung, Fundstelle, Nachweis, Ziel
from atlas.render.indikatorblatt import KURZ_BIS, build_definitionen
from atlas.render.nachweistext import describe_nachweis, format_stichtag, join_saetze
from atlas.render.pdf import write_pdf
from atlas.ressourcen import find_ressource

if TYPE_CHECKING:
    from atlas.config.models.indikatoren import Indikator
    from atlas.render.modelle import Buch, Indikatorblatt
    from atlas.render.werk import Werk

VORLAGEN = find_ressource("templates")
STIL = (VORLAGEN / "stil.css").read_text("utf-8")
REGISTER = Fundstelle(statistik="Melderegister", tabelle="12411-02-03-5", stichtag="12-31")


def _mit(werk: Werk, indikator: str, **angaben: object) -> Werk:
    """Give a Werk in which an Indikator has some more declarations."""
    katalog = werk.konfiguration.indikatoren
    neu = katalog.indikatoren | {indikator: katalog.indikatoren[indikator].model_copy(update=angaben)}
    eigener = katalog.model_copy(update={"indikatoren": neu})
    return replace(werk, konfiguration=replace(werk.konfiguration, indikatoren=eigener))


def _find_blatt(werk: Werk, indikator: str) -> Indikatorblatt:
    blaetter = [blatt for abschnitt in build_definitionen(werk).abschnitte for blatt in abschnitt.blaetter]
    return next(blatt for blatt in blaetter if blatt.anker == f"indikator-{indikator}")


def test_every_indikator_has_one_blatt_under_its_dimension(buecher: dict[str, Buch], werk: Werk) -> None:
    abschnitte = buecher["oeffentlich"].definitionen.abschnitte
    blaetter = [blatt.anker for abschnitt in abschnitte for blatt in abschnitt.blaetter]

    assert sorted(blaetter) == sorted(f"indikator-{name}" for name in werk.konfiguration.indikatoren.indikatoren)
    assert not any(abschnitt.tabellen for abschnitt in abschnitte)


def test_a_blatt_has_no_line_for_what_is_not_declared(werk: Werk) -> None:
    assert _find_blatt(werk, "altenquotient").angaben == (
        ("Definition", "Personen ab 65 Jahren je 100 Personen von 20 bis unter 65 Jahren."),
        ("Lieferung", "Bevölkerung mit Hauptwohnsitz nach Altersgruppen (Stand 15.02.2026)."),
        (
            "Hinweis",
            "Die Altersgrenzen unterscheiden sich zwischen Veröffentlichungen; hier gelten 20 und 65 Jahre.",
        ),
    )


def test_the_facts_are_unit_and_effect_and_what_else_is_declared(werk: Werk) -> None:
    einfach = _find_blatt(werk, "bevoelkerungsdichte")
    tief = _find_blatt(_mit(werk, "bevoelkerungsdichte", kleinste_ebene="planungsraum"), "bevoelkerungsdichte")

    assert einfach.fakten == (("Einheit", "je km²"), ("Wirkung", "geht in keinen Index ein"))
    assert tief.fakten == (*einfach.fakten, ("kleinste Ebene", "Planungsraum"))


def test_a_blatt_prints_all_declarations_in_the_order_of_reading(werk: Werk) -> None:
    voll = _mit(
        werk,
        "kinderarmut",
        festlegung="Kinder statt Haushalte",
        aussage="Wo Kinder arm sind",
        grenzen="Nichts über Eltern.",
        richtung_grund="Armut schließt aus.",
        kleinste_ebene="gemeinde",
        ebenen_grund="darunter zu wenige",
        nachweis=Nachweis(zaehler=Fundstelle(statistik="SGB-II-Statistik", stichtag="12-31"), nenner=REGISTER),
        qualitaet="Vollerhebung",
        brueche=(
            Bruch(ab=2017, grund="neue Zählung"),
            Bruch(ab=2023, datum=date(2023, 1, 1), grund="Bürgergeld."),
        ),
        ziel=Ziel(wert=12.5, bis=2030, art="hoechstens", beschluss="Kreistag 2024"),
        entspricht=(
            Entsprechung(system="mss-berlin", kennung="S4"),
            Entsprechung(system="hamburg", kennung="Kinder in Mindestsicherung"),
        ),
    )
    angaben = dict(_find_blatt(voll, "kinderarmut").angaben)

    assert [name for name in angaben if name not in ("Definition", "Lieferung", "Hinweis")] == [
        "Festlegung", "Was er sagt", "Was er nicht sagt", "Richtung", "Räume", "Nachweis", "Qualität", "Brüche",
        "Ziel", "Vergleichbar mit",
    ]  # fmt: skip
    assert angaben["Richtung"] == "Ein höherer Wert heißt: mehr Bedarf. Armut schließt aus."
    assert angaben["Räume"] == "Darunter zu wenige."
    assert angaben["Nachweis"] == (
        "Zähler: SGB-II-Statistik, Stichtag 31.\u00a0Dezember. "
        "Nenner: Melderegister, Tabelle 12411-02-03-5, Stichtag 31.\u00a0Dezember."
    )
    assert (
        angaben["Brüche"] == "Neue Reihe ab 2017: neue Zählung. Neue Reihe ab 2023 (1.\u00a0Januar 2023): Bürgergeld."
    )
    assert angaben["Ziel"] == "Höchstens 12,5\u00a0% bis 2030. Kreistag 2024."
    assert angaben["Vergleichbar mit"] == "MSS Berlin: S4; Sozialmonitoring Hamburg: Kinder in Mindestsicherung."


def test_bundles_and_monitore_are_explained_before_the_blaetter_and_only_those_in_use(werk: Werk) -> None:
    monitore = {
        "kita": Monitor(name="Kita-Monitoring", beschreibung="Beobachtet Plätze."),
        "leer": Monitor(name="Ohne Indikator", beschreibung="Nichts."),
    }
    mit = _mit(werk, "kinderarmut", monitore=("kita",))
    dimensionen = werk.konfiguration.dimensionen.model_copy(update={"monitore": monitore})
    erster = build_definitionen(
        replace(mit, konfiguration=replace(mit.konfiguration, dimensionen=dimensionen))
    ).abschnitte[0]

    assert (erster.titel, erster.blaetter) == ("Monitore", ())
    assert [(z.name, z.zellen) for z in erster.tabellen[0].gruppen[0].zeilen] == [
        ("Kita-Monitoring", ("Beobachtet Plätze.",))
    ]
    assert build_definitionen(werk).abschnitte[0].blaetter


def test_tables_named_together_are_tables(werk: Werk) -> None:
    beide = REGISTER.model_copy(update={"tabelle": "A und B"})

    assert "Tabellen A und B" in describe_nachweis(_nachgewiesen(werk, Nachweis(zaehler=beide)))


def test_one_statistic_for_both_sides_is_named_once_with_its_tables(werk: Werk) -> None:
    zweite = REGISTER.model_copy(update={"tabelle": "12411-01-01-5"})
    beide = _nachgewiesen(werk, Nachweis(zaehler=REGISTER, nenner=zweite))

    assert describe_nachweis(beide) == (
        "Zähler und Nenner: Melderegister, Tabellen 12411-02-03-5 und 12411-01-01-5, Stichtag 31.\u00a0Dezember"
    )
    assert describe_nachweis(_nachgewiesen(werk, Nachweis(zaehler=REGISTER))) == (
        "Melderegister, Tabelle 12411-02-03-5, Stichtag 31.\u00a0Dezember"
    )


def _nachgewiesen(werk: Werk, nachweis: Nachweis) -> Indikator:
    katalog = werk.konfiguration.indikatoren.indikatoren
    return katalog["altenquotient"].model_copy(update={"nachweis": nachweis})


@pytest.mark.parametrize(
    ("stichtag", "text"),
    [("12-31", "Stichtag 31.\u00a0Dezember"), ("03-01", "Stichtag 1.\u00a0März"), ("Schuljahr",) * 2],
)
def test_a_day_of_the_year_is_told_in_words(stichtag: str, text: str) -> None:
    assert format_stichtag(stichtag) == text


def test_sentences_begin_with_a_capital_and_end_with_one_full_stop() -> None:
    assert join_saetze(["mit Altmühlen", "", "Fertig.", "heißt »U3«"]) == "Mit Altmühlen. Fertig. Heißt »U3«."


def test_a_long_blatt_may_run_on_and_a_short_one_may_not(werk: Werk) -> None:
    lang = _mit(werk, "altenquotient", qualitaet="Wort " * (KURZ_BIS // 4))

    assert _find_blatt(werk, "altenquotient").art == "kurz"
    assert _find_blatt(lang, "altenquotient").art == "lang"


def _read_seiten(hoehe: int, art: str) -> list[str]:
    """Set a Blatt below a block of some height and give the text of the pages."""
    angaben = "".join(f"<div><dt>Name{n}</dt><dd>{'Wort ' * 60}Ende{n}</dd></div>" for n in range(5))
    blatt = f'<div class="blatt {art}"><h4>Titelzeile</h4><p class="fakten">Faktenzeile</p><dl>{angaben}</dl></div>'
    rumpf = f'<h1>Atlas</h1><h2>Kapitel</h2><h3>Dimension</h3><div style="height: {hoehe}mm">Anfang</div>{blatt}'
    html = f'<html lang="de"><head><title>T</title><style>{STIL}</style></head><body>{rumpf}</body></html>'
    return [seite.extract_text() for seite in pypdf.PdfReader(io.BytesIO(write_pdf(html, [VORLAGEN]).inhalt)).pages]


@pytest.mark.parametrize("hoehe", range(150, 215, 3))
def test_the_head_of_a_blatt_stays_with_its_definition_and_a_short_one_is_never_broken(hoehe: int) -> None:
    (seite,) = (text for text in _read_seiten(hoehe, "lang") if "Titelzeile" in text)
    assert {"Faktenzeile", "Name0", "Ende0", "Ende1", "Ende2"} <= set(seite.replace(".", " ").split())
    (ganz,) = (text for text in _read_seiten(hoehe, "kurz") if "Titelzeile" in text)
    assert "Ende4" in ganz
