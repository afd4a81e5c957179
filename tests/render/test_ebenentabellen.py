"""Each Indikator stands in tables of the levels it has figures for: coarse ones alone, fine ones under their town."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from atlas.render.dimensionskapitel import build_dimensionen, split_gruppen
from atlas.render.freigabe import select_freigabe
from atlas.render.zahlen import Wert

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.render.kontext import Grundlage
    from atlas.render.modelle import Kapitel, Tabelle
    from atlas.render.werk import Werk


def _mit(werk: Werk, **angaben: Mapping[str, object]) -> Werk:
    """Give a Werk in which some Indikatoren have more declarations."""
    katalog = werk.konfiguration.indikatoren
    neu = {name: katalog.indikatoren[name].model_copy(update=eigene) for name, eigene in angaben.items()}
    eigener = katalog.model_copy(update={"indikatoren": katalog.indikatoren | neu})
    return replace(werk, konfiguration=replace(werk.konfiguration, indikatoren=eigener))


def _auf_planungsraeumen(werk: Werk) -> Werk:
    """Give a Werk whose main level is the Planungsraum, so that the Gemeinden lie below it."""
    dimensionen = werk.konfiguration.dimensionen
    indizes = {name: index.model_copy(update={"ebene": "planungsraum"}) for name, index in dimensionen.indizes.items()}
    neu = dimensionen.model_copy(update={"indizes": indizes})
    return replace(werk, konfiguration=replace(werk.konfiguration, dimensionen=neu))


def _find_kapitel(werk: Werk, dimension: str) -> Kapitel:
    return next(k for k in build_dimensionen(werk) if k.anker == f"dimension-{dimension}")


def _list_zeilen(tabelle: Tabelle) -> list[tuple[str, str]]:
    return [(zeile.name, zeile.art) for gruppe in tabelle.gruppen for zeile in gruppe.zeilen]


def test_an_indikator_of_coarse_levels_alone_has_a_table_of_its_own_with_the_reason(werk: Werk) -> None:
    grob = _mit(
        werk, jugendarbeitslosenanteil={"kleinste_ebene": "planungsraum", "ebenen_grund": "darunter zu wenige Fälle"}
    )
    haupt, nur = _find_kapitel(grob, "arbeit").abschnitte

    assert (haupt.titel, nur.titel) == ("Werte 2025", "Nur für Planungsräume und den Landkreis")
    assert [spalte.titel for spalte in haupt.tabellen[0].spalten] == ["Arbeitslosenanteil"]
    (tabelle,) = nur.tabellen
    name = grob.konfiguration.indikatoren.indikatoren["jugendarbeitslosenanteil"].kurzname
    assert nur.absaetze == (f"{name}: darunter zu wenige Fälle.",)
    assert [spalte.titel for spalte in tabelle.spalten] == [name]
    assert _list_zeilen(tabelle) == [
        ("Landkreis Musterland", "gebiet"),
        *((f"Planungsraum {richtung}", "raum") for richtung in ("Nord", "West", "Mitte", "Ost", "Süd")),
    ]


def test_a_chapter_without_indikatoren_of_the_main_level_has_no_table_for_it(werk: Werk) -> None:
    kreis = {"kleinste_ebene": "kreis"}
    (nur,) = _find_kapitel(_mit(werk, arbeitslosenanteil=kreis, jugendarbeitslosenanteil=kreis), "arbeit").abschnitte

    assert nur.titel == "Nur für den Landkreis"
    assert _list_zeilen(nur.tabellen[0]) == [("Landkreis Musterland", "gebiet")]


def test_raeume_below_the_main_level_stand_under_the_raum_they_divide(werk: Werk) -> None:
    haupt, feine = _find_kapitel(_auf_planungsraeumen(werk), "einkommen").abschnitte

    assert (haupt.titel, feine.titel, feine.satz) == ("Werte 2025", "Gemeinden 2025", "untereinander")
    assert len(_list_zeilen(haupt.tabellen[0])) == 1 + 5
    (tabelle,) = feine.tabellen
    assert tabelle.titel.endswith(", 2025: Gemeinden")
    assert [len(gruppe.zeilen) for gruppe in tabelle.gruppen[:1]] == [1]
    assert [gruppe.zeilen[0].art for gruppe in tabelle.gruppen] == ["gebiet", *["gruppe"] * 5]
    assert sum(art == "raum" for _, art in _list_zeilen(tabelle)) == 33


def test_figures_and_signs_are_those_of_the_ausgabe_at_every_level(werk: Werk, grundlage: Grundlage) -> None:
    freigabe = select_freigabe(grundlage.freigabewerte, "oeffentlich", 2025, {})
    offen = replace(_auf_planungsraeumen(werk), freigabe=freigabe)
    feine = _find_kapitel(offen, "familie").abschnitte[1].tabellen[0]
    kleinrode = next(z for gruppe in feine.gruppen for z in gruppe.zeilen if z.name == "Kleinrode")
    spalten = [spalte.titel for spalte in feine.spalten]

    assert kleinrode.zellen[spalten.index("Alleinerziehende")] == "."
    assert "." in [zeichen.zeichen for zeichen in feine.zeichen]


def test_an_indikator_is_not_shown_below_its_smallest_level(werk: Werk) -> None:
    grob = {"kleinste_ebene": "planungsraum"}
    kapitel = _find_kapitel(
        _mit(_auf_planungsraeumen(werk), arbeitslosenanteil=grob, jugendarbeitslosenanteil=grob), "arbeit"
    )

    assert [abschnitt.titel for abschnitt in kapitel.abschnitte] == ["Werte 2025"]


def test_without_raeume_below_the_main_level_there_is_no_such_table(werk: Werk) -> None:
    assert all(len(kapitel.abschnitte) == 1 for kapitel in build_dimensionen(werk))


def test_where_only_some_raeume_are_divided_the_heading_says_which(werk: Werk) -> None:
    fein = _auf_planungsraeumen(werk)
    raeume = fein.register.raeume
    letzter = max(raum.eltern for raum in raeume.values() if raum.ebene == "gemeinde" and raum.eltern)
    weniger = {name: raum for name, raum in raeume.items() if raum.ebene != "gemeinde" or raum.eltern != letzter}
    teil = replace(fein, register=replace(fein.register, raeume=weniger))

    ganz = [a for a in _find_kapitel(fein, "arbeit").abschnitte if a.titel.startswith("Gemeinden ")]
    einige = [a for a in _find_kapitel(teil, "arbeit").abschnitte if a.titel.startswith("Gemeinden ")]
    assert [a.absaetze for a in ganz] == [()]
    (satz,) = einige[0].absaetze
    assert satz.startswith("Gemeinden gibt es in: Planungsraum Nord, ")
    assert satz.endswith(". Die übrigen Planungsräume sind nicht unterteilt.")


def test_a_count_has_groups_of_three_digits_and_a_balance_its_minus(werk: Werk) -> None:
    werte = {
        ("indikator", "wanderungssaldo", raum): Wert(zahl, "beobachtet")
        for raum, zahl in (("99001", 188952.0), ("99001001", -1204.0))
    }
    zahlen = replace(
        _mit(werk, wanderungssaldo={"nachkommastellen": 0, "einheit": "Personen"}),
        freigabe=replace(werk.freigabe, werte=werk.freigabe.werte | werte),
    )
    dimension = werk.konfiguration.indikatoren.indikatoren["wanderungssaldo"].dimension
    tabelle = _find_kapitel(zahlen, dimension).abschnitte[0].tabellen[0]
    kurzname = werk.konfiguration.indikatoren.indikatoren["wanderungssaldo"].kurzname
    spalte = [spalte.titel for spalte in tabelle.spalten].index(f"{kurzname} (2025)")
    zellen = {zeile.name: zeile.zellen[spalte] for gruppe in tabelle.gruppen for zeile in gruppe.zeilen}

    assert zellen["Landkreis Musterland"] == "188\u202f952"
    assert zellen[werk.register.name("99001001")] == "\u22121\u202f204"


@pytest.mark.parametrize(
    ("groessen", "erste"),
    [
        # heads count: 10+6+7+13 = 36 rows beside 9+25 = 34; one group earlier it would be 23 beside 47
        ({"a": 9, "b": 5, "c": 6, "d": 12, "e": 8, "f": 24}, ["a", "b", "c", "d"]),
        # 5+2 = 7 rows beside 6; without the heads it would be 4 beside 4 after the first
        ({"a": 4, "b": 1, "c": 1, "d": 1, "e": 1}, ["a", "b"]),
        ({"a": 24, "b": 3}, ["a"]),
        ({"a": 5}, ["a"]),
    ],
)
def test_groups_are_cut_where_the_longer_part_is_shortest(groessen: dict[str, int], erste: list[str]) -> None:
    gruppen = {name: [f"{name}{n}" for n in range(anzahl)] for name, anzahl in groessen.items()}
    teile = split_gruppen(gruppen)

    assert list(teile[0]) == erste
    assert [name for teil in teile for name in teil] == list(gruppen)


def test_a_narrow_table_too_long_for_a_page_stands_in_two_halves_beside_each_other(werk: Werk) -> None:
    raeume = werk.register.raeume
    viele = {
        f"99001{n:03d}": replace(raeume["99001001"], raum_id=f"99001{n:03d}", name=f"Ort {n}", eltern=f"PR{n % 5 + 1}")
        for n in range(101, 111)
    }
    kurz = _find_kapitel(_auf_planungsraeumen(werk), "arbeit").abschnitte[1]
    assert (kurz.satz, len(kurz.tabellen)) == ("untereinander", 1)  # 1 + 5 + 33 rows are no more than a page holds

    tief = _auf_planungsraeumen(replace(werk, register=replace(werk.register, raeume=raeume | viele)))
    feine = _find_kapitel(tief, "arbeit").abschnitte[1]
    titel = [tabelle.titel for tabelle in feine.tabellen]

    assert feine.satz == "nebeneinander"
    assert [eines.rpartition(": ")[2] for eines in titel] == ["Gemeinden (1 von 2)", "Gemeinden (2 von 2)"]
    assert sum(art == "raum" for tabelle in feine.tabellen for _, art in _list_zeilen(tabelle)) == 33 + 10


def test_a_name_that_stands_twice_is_told_with_the_raum_it_belongs_to(werk: Werk) -> None:
    raeume = werk.register.raeume
    doppelt = raeume | {"99001002": replace(raeume["99001002"], name=raeume["99001001"].name)}
    register = replace(werk.register, raeume=doppelt)
    eltern = raeume[raeume["99001001"].eltern or ""].name

    assert register.name_eindeutig("99001001") == f"{raeume['99001001'].name} ({eltern})"
    assert register.name_eindeutig("99001003") == raeume["99001003"].name
