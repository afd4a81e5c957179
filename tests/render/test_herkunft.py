"""The sources named beside an Indikator are those its figures can come from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from atlas.config.laden import load_konfiguration
from atlas.config.models.angebote import Angebotsverzeichnis, Angebotsverzeichnisse, Zaehlung
from atlas.config.models.beitraege import Beitragssammlungen, Sammlung
from atlas.config.models.berechnung import Quotient, Term
from atlas.projekt import Projekt
from atlas.render.herkunft import find_herkunft, format_herkunft
from atlas.render.quellenangaben import build_quellen
from atlas.tables.messung import Lieferungen
from geteilte_daten import WURZEL

if TYPE_CHECKING:
    from atlas.config.models.quellen import Quelle
    from atlas.render.kontext import Grundlage
    from atlas.render.werk import Werk

ZWICKAU = WURZEL / "beispiele" / "landkreis-zwickau"


@pytest.fixture(scope="module")
def zwickau(werk: Werk) -> dict[str, tuple[str, ...]]:
    return find_herkunft(replace(werk, konfiguration=load_konfiguration(Projekt(ZWICKAU, ZWICKAU))))


@pytest.mark.parametrize(
    ("indikator", "quellen"),
    [
        # table 12411-02-03 has the total as well, declared »gleiche«: the total comes from 12411-01-01
        ("mindestsicherung", ("bevoelkerung", "mindestsicherung")),
        ("entwicklung_2008", ("bevoelkerung",)),
        ("anteil_unter_18", ("bevoelkerung", "altersgruppen")),
        # ages are in 12411-02-03 alone; what is unemployed, and what a benefit, stands in a column of the file
        ("arbeitslosenanteil", ("altersgruppen", "arbeitslose")),
        ("sgb2_quote", ("altersgruppen", "sgb2")),
        ("nettokaltmiete", ("zensus2022",)),
    ],
)
def test_a_source_is_named_only_if_it_can_deliver_merkmal_and_group(
    zwickau: dict[str, tuple[str, ...]], indikator: str, quellen: tuple[str, ...]
) -> None:
    assert zwickau[indikator] == quellen


def _mit(werk: Werk, **quellen: Quelle) -> Werk:
    """Give a Werk with some sources put in the place of those of the same name."""
    alle = werk.konfiguration.quellen.quellen | quellen
    neu = werk.konfiguration.quellen.model_copy(update={"quellen": alle})
    return replace(werk, konfiguration=replace(werk.konfiguration, quellen=neu))


def test_a_source_whose_equal_figures_give_way_is_named_where_there_is_no_other(werk: Werk) -> None:
    quelle = werk.konfiguration.quellen.quellen["bevoelkerung"]
    weicht = quelle.model_copy(update={"doppelte": ("gleiche",)})

    assert find_herkunft(_mit(werk, zweite=quelle))["altenquotient"] == ("bevoelkerung", "zweite")
    assert find_herkunft(_mit(werk, zweite=weicht))["altenquotient"] == ("bevoelkerung",)
    assert find_herkunft(_mit(werk, bevoelkerung=weicht))["altenquotient"] == ("bevoelkerung",)


def test_the_area_of_a_raum_comes_from_no_source(werk: Werk) -> None:
    assert find_herkunft(werk)["bevoelkerungsdichte"] == ("bevoelkerung",)


def _mit_listen(werk: Werk) -> Werk:
    """Give a Werk with a register that counts Angebote, a collection of Beiträge, and an Indikator of the counts."""
    gemeinsam: dict[str, Any] = {
        "herausgeber": "Sozialamt",
        "lizenz": "dl-de/zero-2-0",
        "namensnennung": None,
        "url": None,
    }
    zaehlen = Zaehlung(merkmal="angebote", jahre=(2025,))
    verzeichnis = Angebotsverzeichnis.model_construct(
        titel="Verzeichnis der Angebote",
        stand=date(2025, 12, 31),
        zaehlen=zaehlen,
        arten={"B": "beratung"},
        **gemeinsam,
    )
    sammlung = Sammlung.model_construct(titel="Beiträge der Träger", stand=date(2025, 11, 30), **gemeinsam)
    alle = werk.konfiguration.indikatoren
    einer = next(iter(alle.indikatoren.values()))
    terme: dict[str, Any] = {
        "zaehler": (Term(merkmal="angebote", gruppe="art=beratung"),),
        "nenner": (Term(merkmal="einwohner"),),
    }
    beratung = einer.model_copy(update={"berechnung": Quotient.model_construct(art="rate", faktor=1000.0, **terme)})
    neu = replace(
        werk.konfiguration,
        angebote=Angebotsverzeichnisse.model_construct(angebote={"verzeichnis": verzeichnis}),
        beitraege=Beitragssammlungen.model_construct(beitraege={"sammlung": sammlung}),
        indikatoren=alle.model_copy(update={"indikatoren": {**alle.indikatoren, "beratung": beratung}}),
    )
    return replace(werk, konfiguration=neu)


def test_an_indicator_counted_from_a_register_names_it_beside_the_source_of_its_denominator(werk: Werk) -> None:
    mit = _mit_listen(werk)
    assert find_herkunft(mit)["beratung"] == ("bevoelkerung", "verzeichnis")
    assert format_herkunft(mit, ("verzeichnis",)) == "Verzeichnis der Angebote (Stand 31.12.2025)"


def test_a_source_of_smaller_areas_alone_is_not_named_where_no_figure_is_made_of_them(werk: Werk) -> None:
    erste = werk.konfiguration.quellen.quellen["bevoelkerung"]
    schluessel = erste.schluessel.model_copy(update={"ebenen": {"gemeinde": r"\d+"}})
    beide = erste.schluessel.model_copy(update={"ebenen": {"gemeinde": r"\d+", "planungsraum": "P.*"}})
    fein = erste.model_copy(update={"schluessel": schluessel, "titel": "Fein"})
    mit = _mit(werk, fein=fein, bevoelkerung=erste.model_copy(update={"schluessel": beide}))
    katalog = mit.konfiguration.indikatoren
    grob = katalog.indikatoren["altenquotient"].model_copy(update={"kleinste_ebene": "planungsraum"})
    neu = katalog.model_copy(update={"indikatoren": katalog.indikatoren | {"altenquotient": grob}})
    nur_grob = replace(mit, konfiguration=replace(mit.konfiguration, indikatoren=neu))

    assert "fein" in find_herkunft(mit)["altenquotient"]
    assert find_herkunft(nur_grob)["altenquotient"] == ("bevoelkerung",)


def test_maps_of_levels_that_no_map_shows_are_no_source(werk: Werk, grundlage: Grundlage) -> None:
    raeume = werk.konfiguration.raeume
    weitere = raeume.polygone[0].model_copy(update={"ebene": "planungsraum"})
    neu = raeume.model_copy(update={"polygone": (*raeume.polygone, weitere)})
    mit = replace(werk, konfiguration=replace(werk.konfiguration, raeume=neu))
    (tabelle,) = build_quellen(mit, grundlage.lieferungen, grundlage.umstiege).abschnitte[1].tabellen

    assert [zeile.name for zeile in tabelle.gruppen[0].zeilen] == ["Raumverzeichnis", "Karte der Gemeinden"]


def test_registers_and_collections_stand_among_the_data_sources_with_publisher_licence_and_state(
    werk: Werk, grundlage: Grundlage
) -> None:
    eine = grundlage.lieferungen.head(1).with_columns(
        quelle=pl.lit("verzeichnis"), lieferung_id=pl.lit("verzeichnis:a")
    )
    lieferungen = Lieferungen.make(pl.concat([grundlage.lieferungen, eine]))
    kapitel = build_quellen(_mit_listen(werk), lieferungen, grundlage.umstiege)
    assert [abschnitt.titel for abschnitt in kapitel.abschnitte][:2] == ["Statistiken", "Angebote und Beiträge"]
    (tabelle,) = kapitel.abschnitte[1].tabellen
    assert [(zeile.name, zeile.zellen[0], *zeile.zellen[2:]) for zeile in tabelle.gruppen[0].zeilen] == [
        ("Verzeichnis der Angebote", "Sozialamt", "31.12.2025", "1"),
        ("Beiträge der Träger (nicht abgedruckt)", "Sozialamt", "30.11.2025", "0"),
    ]
    assert "dl-de/zero-2-0" in tabelle.gruppen[0].zeilen[0].zellen[1]


def test_a_project_without_registers_has_no_such_table(werk: Werk, grundlage: Grundlage) -> None:
    kapitel = build_quellen(werk, grundlage.lieferungen, grundlage.umstiege)
    assert "Angebote und Beiträge" not in [abschnitt.titel for abschnitt in kapitel.abschnitte]
