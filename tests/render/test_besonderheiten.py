"""What was special about the deliveries is told with its reason, and no figure of a cell with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest

from atlas.config.models.ausgaben import Geheimhaltung
from atlas.config.models.korrekturen import Korrektur, Korrekturen
from atlas.config.models.quellen import Abweichung
from atlas.config.models.raeume import Ausschluss
from atlas.render.besonderheiten import TITEL, _name_jahre, build_besonderheiten
from atlas.render.quellenangaben import build_quellen
from atlas.tables.raum import Umstiege

if TYPE_CHECKING:
    from pandera.typing.polars import DataFrame

    from atlas.render.kontext import Grundlage
    from atlas.render.modelle import Zeile
    from atlas.render.werk import Werk

KORREKTUR = Korrektur(
    quelle="bewegungen", raum_id="99001008", jahr=2021, merkmal="geburten", erwartet=82, wert=28,
    grund="Zahlendreher, vom Amt am 4. Mai 2023 bestätigt", stelle="Stabsstelle Sozialplanung", am=date(2023, 5, 8),
)  # fmt: skip
ABWEICHUNG = Abweichung(dateien=r"_202[0-2]\.csv$", grund="mit Altmühlen", gebietsstand="2018-12-31")


def _mit(werk: Werk, *, korrektur: Korrektur | None = None, ausschluss: str = "", **quelle: object) -> Werk:
    """Give a Werk with a correction, an excluded Raum, and more said of the source `bevoelkerung`."""
    konfiguration = werk.konfiguration
    quellen = {
        name: eine.model_copy(update={"vorlaeufig": False}) for name, eine in konfiguration.quellen.quellen.items()
    }
    neu = quellen | {"bevoelkerung": quellen["bevoelkerung"].model_copy(update=quelle)}
    ausschluesse = (Ausschluss(raum_id="99001003", grund=ausschluss),) if ausschluss else ()
    konfiguration = replace(
        konfiguration,
        quellen=konfiguration.quellen.model_copy(update={"quellen": neu}),
        raeume=konfiguration.raeume.model_copy(update={"ausschluesse": ausschluesse}),
        korrekturen=Korrekturen(korrekturen={"eine": korrektur} if korrektur else {}),
    )
    return replace(werk, konfiguration=konfiguration)


def _list_zeilen(werk: Werk, grundlage: Grundlage, umstiege: DataFrame[Umstiege] | None = None) -> list[Zeile]:
    abschnitte = build_besonderheiten(werk, grundlage.lieferungen, grundlage.umstiege if umstiege is None else umstiege)
    return [z for abschnitt in abschnitte for tabelle in abschnitt.tabellen for g in tabelle.gruppen for z in g.zeilen]


def _build_umstiege(*zeilen: tuple[str, str, str]) -> DataFrame[Umstiege]:
    """Give crosswalks of 2018 to today: old key, new key, Gewichtung; shares do not matter here."""
    daten = [
        {"von_raum_id": von, "nach_raum_id": nach, "von_stand": "2018-12-31", "nach_stand": "2025-12-31",
         "gewichtung": gewichtung, "anteil": 0.5}
        for von, nach, gewichtung in zeilen
    ]  # fmt: skip
    return Umstiege.make(pl.DataFrame(daten))


def test_deliveries_without_anything_special_have_no_such_section(werk: Werk, grundlage: Grundlage) -> None:
    assert build_besonderheiten(_mit(werk), grundlage.lieferungen, grundlage.umstiege) == ()


def test_a_difference_names_the_delivered_files_it_holds_for(werk: Werk, grundlage: Grundlage) -> None:
    (zeile,) = _list_zeilen(_mit(werk, abweichungen=(ABWEICHUNG,)), grundlage)

    assert zeile.name == "Bevölkerung mit Hauptwohnsitz nach Altersgruppen"
    assert zeile.zellen == (
        "anders aufgebaut", "3 Dateien: bevoelkerung_2020.csv bis bevoelkerung_2022.csv", "Mit Altmühlen.",
    )  # fmt: skip


def test_an_ausgabe_for_others_names_years_and_no_files(werk: Werk, grundlage: Grundlage) -> None:
    geschuetzt = werk.ausgabe.model_copy(update={"geheimhaltung": Geheimhaltung(mindestfallzahl=3, mindestnenner=30)})
    (zeile,) = _list_zeilen(replace(_mit(werk, abweichungen=(ABWEICHUNG,)), ausgabe=geschuetzt), grundlage)

    assert zeile.zellen[1] == "Daten 2020 bis 2022"


@pytest.mark.parametrize(
    ("namen", "text"),
    [
        (["wahl_2024.csv"], "Daten 2024"),
        (["pflege_2015.csv", "pflege_2017.csv"], "Daten 2015 und 2017"),
        (["12345-02_2014-2018.csv"], "Daten 2014 bis 2018"),
        (["haushalte.csv"], "eine Datei"),
    ],
)
def test_the_years_of_files_are_read_from_their_names(namen: list[str], text: str) -> None:
    assert _name_jahre(namen) == text


def test_a_reason_that_several_sources_share_is_told_once(werk: Werk, grundlage: Grundlage) -> None:
    mit = _mit(werk, abweichungen=(ABWEICHUNG,))
    alle = ABWEICHUNG.model_copy(update={"dateien": "csv$"})
    quellen = mit.konfiguration.quellen.quellen
    zweite = quellen["bewegungen"].model_copy(update={"abweichungen": (alle,), "titel": "Bewegungen"})
    neu = mit.konfiguration.quellen.model_copy(update={"quellen": quellen | {"bewegungen": zweite}})
    beide = replace(mit, konfiguration=replace(mit.konfiguration, quellen=neu))
    (zeile,) = _list_zeilen(beide, grundlage)

    assert zeile.name == "Bevölkerung mit Hauptwohnsitz nach Altersgruppen; Bewegungen"
    assert zeile.zellen[2] == "Mit Altmühlen."


def test_a_difference_of_files_that_were_not_delivered_is_not_told(werk: Werk, grundlage: Grundlage) -> None:
    andere = ABWEICHUNG.model_copy(update={"dateien": r"_1999\.csv$"})

    assert _list_zeilen(_mit(werk, abweichungen=(andere,)), grundlage) == []


def test_a_provisional_source_is_told_with_its_state(werk: Werk, grundlage: Grundlage) -> None:
    (zeile,) = _list_zeilen(_mit(werk, vorlaeufig=True), grundlage)

    assert zeile.zellen[:2] == ("vorläufig", "Datenstand 15.02.2026")


def test_a_correction_says_place_reason_and_office(werk: Werk, grundlage: Grundlage) -> None:
    (zeile,) = _list_zeilen(_mit(werk, korrektur=KORREKTUR), grundlage)

    assert zeile.zellen[1] == f"{werk.register.name('99001008')}, 2021, Merkmal geburten"
    assert zeile.zellen[2] == (
        "Zahlendreher, vom Amt am 4. Mai 2023 bestätigt. Berichtigt am 08.05.2023: Stabsstelle Sozialplanung."
    )


@pytest.mark.parametrize(
    ("erwartet", "wert", "grund"),
    [(82, 28, "Jungen und Mädchen ergeben 28"), (1250, 1520, "geliefert 1.250"), (12.5, 13.5, "es waren 12,5 %")],
)
def test_a_reason_that_holds_the_figure_is_not_printed(
    werk: Werk, grundlage: Grundlage, erwartet: float, wert: float, grund: str
) -> None:
    korrektur = KORREKTUR.model_copy(update={"erwartet": erwartet, "wert": wert, "grund": grund})
    (zeile,) = _list_zeilen(_mit(werk, korrektur=korrektur), grundlage)

    assert grund not in zeile.zellen[2]
    assert zeile.zellen[2].startswith("Die gelieferte Zahl ist nachweislich falsch")


VERRAETERISCH = [
    "geliefert waren achtundzwanzig", "Zwei Kinder doppelt erfasst", "es sind 2 mehr", "nur eine Person zog zu",
    "um ein Drittel zu hoch", "es war die Hälfte", "siebzehn zu wenig", "beide Fälle", "ein Dutzend fehlte",
    "1.250 statt 520", "½ zu viel", "statt 2. 2023", "statt 12,5", "ein einziger Fall", "zweihundertfünf",
]  # fmt: skip
HARMLOS = [
    "Zahlendreher, vom Amt am 4. Mai 2023 bestätigt", "Am 04.05.2023 berichtigt", "ISO: 2023-05-04", "Seit 2020 anders",
    "Bis zum 31.12.2018 war Altmühlen eine eigene Gemeinde.", "Ausfuhr mit Komma, UTF-8 und anderen Köpfen",
    "Zeilen vertauscht; betrachtet, geachtet, Nachtrag", "Hilfen nach § 35a SGB VIII",
]  # fmt: skip


def _oeffentlich(werk: Werk) -> Werk:
    return replace(werk, ausgabe=werk.konfiguration.ausgaben.ausgaben["oeffentlich"])


@pytest.mark.parametrize("text", VERRAETERISCH)
def test_a_protected_edition_prints_no_words_that_may_hold_a_figure(
    werk: Werk, grundlage: Grundlage, text: str
) -> None:
    korrektur = KORREKTUR.model_copy(update={"grund": text, "stelle": f"Amt ({text})"})
    abweichung = ABWEICHUNG.model_copy(update={"grund": text})
    zeilen = _list_zeilen(_oeffentlich(_mit(werk, korrektur=korrektur, abweichungen=(abweichung,))), grundlage)

    warum = sorted(zeile.zellen[2] for zeile in zeilen)
    assert warum == [
        "Aufbau und Begründung sind der verantwortlichen Stelle bekannt.",
        (
            "Die gelieferte Zahl ist nachweislich falsch; die Begründung liegt bei der verantwortlichen Stelle. "
            "Berichtigt am 08.05.2023."
        ),
    ]


@pytest.mark.parametrize("text", HARMLOS)
def test_a_protected_edition_prints_reasons_with_days_and_years(werk: Werk, grundlage: Grundlage, text: str) -> None:
    korrektur = KORREKTUR.model_copy(update={"grund": text})
    (zeile,) = _list_zeilen(_oeffentlich(_mit(werk, korrektur=korrektur)), grundlage)

    assert text.rstrip(".") in zeile.zellen[2]
    assert zeile.zellen[2].endswith("Berichtigt am 08.05.2023: Stabsstelle Sozialplanung.")


def test_the_internal_edition_prints_reasons_with_other_figures(werk: Werk, grundlage: Grundlage) -> None:
    korrektur = KORREKTUR.model_copy(update={"grund": "Zwei Kinder doppelt erfasst"})
    (zeile,) = _list_zeilen(_mit(werk, korrektur=korrektur), grundlage)

    assert "Zwei Kinder doppelt erfasst" in zeile.zellen[2]


def test_a_raum_that_no_index_rates_is_told_with_the_reason(werk: Werk, grundlage: Grundlage) -> None:
    (zeile,) = _list_zeilen(_mit(werk, ausschluss="Unterkunft prägt die Zahlen"), grundlage)

    assert (zeile.name, zeile.zellen) == (
        "Räume",
        ("in keinem Index bewertet", werk.register.name("99001003"), "Unterkunft prägt die Zahlen."),
    )


def test_a_former_raum_is_told_with_where_it_went(werk: Werk, grundlage: Grundlage) -> None:
    umstiege = _build_umstiege(
        ("99001001", "99001001", "ganz"), ("99001034", "99001018", "ganz"), ("99001035", "99001001", "bevoelkerung"),
        ("99001035", "99001002", "bevoelkerung"), ("14524001", "14524002", "ganz"),
    )  # fmt: skip
    erste, zweite = _list_zeilen(_mit(werk), grundlage, umstiege)
    name = werk.register.name

    assert erste.zellen[:2] == ("Gebietsänderung", "eine frühere Gemeinde (99001034), bis 31.12.2018")
    assert erste.zellen[2].startswith(f"Ging ganz in {name('99001018')} auf; ")
    assert zweite.zellen[2].startswith(f"Kam anteilig zu {name('99001001')} und {name('99001002')}; ")


def test_many_former_raeume_are_counted(werk: Werk, grundlage: Grundlage) -> None:
    viele = _build_umstiege(*((f"990019{n:02d}", "99001001", "ganz") for n in range(13)))

    assert [zeile.zellen[1] for zeile in _list_zeilen(_mit(werk), grundlage, viele)] == ["13 frühere Räume"]


def test_the_section_stands_last_among_the_sources(werk: Werk, grundlage: Grundlage) -> None:
    kapitel = build_quellen(_mit(werk, vorlaeufig=True), grundlage.lieferungen, grundlage.umstiege)

    assert kapitel.abschnitte[-1].titel == TITEL
