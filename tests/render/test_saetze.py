"""What the book says in sentences is true of this Ausgabe, these Indizes and these years."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import pytest

from atlas.config.models.ausgaben import Geheimhaltung
from atlas.config.models.berechnung import Quotient, Term, Veraenderung
from atlas.config.models.korrekturen import Korrekturen
from atlas.config.models.raeume import Ausschluss
from atlas.config.models.schutz import Merkmalsausnahme
from atlas.core.geheimhaltung import freigabe
from atlas.render import schutztext
from atlas.render.abkuerzungen import build_abkuerzungen
from atlas.render.eigenjahr import find_zeitraum, list_zeitraeume, name_eigene_jahre, name_spalten
from atlas.render.fehlstellen import explain_fehlstellen, name_raeume_dativ
from atlas.render.freigabe import Einstufung
from atlas.render.indikatortabellen import name_voll, split_spalten
from atlas.render.kartentext import tell_index
from atlas.render.kontext import build_buch
from atlas.render.kuerze import build_kuerze
from atlas.render.raumtabelle import build_raumkapitel
from atlas.render.schutztext import build_geheimhaltung, tell_klassenschutz
from atlas.render.zahlen import Wert

if TYPE_CHECKING:
    from atlas.config.laden import Konfiguration
    from atlas.render.kontext import Grundlage
    from atlas.render.modelle import Buch, Tabelle
    from atlas.render.werk import Werk


def _mit_jahren(konfiguration: Konfiguration, **jahre: int) -> Konfiguration:
    """Give a configuration in which some Indikatoren show years of their own."""
    katalog = konfiguration.indikatoren
    eigene = {name: katalog.indikatoren[name].model_copy(update={"jahr": jahr}) for name, jahr in jahre.items()}
    neu = katalog.model_copy(update={"indikatoren": katalog.indikatoren | eigene})
    return replace(konfiguration, indikatoren=neu)


def _find_tabelle(buch: Buch, dimension: str) -> Tabelle:
    (kapitel,) = (k for k in buch.dimensionen if k.anker == f"dimension-{dimension}")
    return kapitel.abschnitte[0].tabellen[0]


def test_columns_of_different_years_each_carry_theirs(grundlage: Grundlage) -> None:
    konfiguration = _mit_jahren(grundlage.konfiguration, haushaltsgroesse=2024)
    tabelle = _find_tabelle(build_buch(replace(grundlage, konfiguration=konfiguration), "intern"), "familie")

    assert [spalte.titel for spalte in tabelle.spalten[:2]] == ["Haushaltsgröße (2024)", "Alleinerziehende (2025)"]
    assert tabelle.titel.startswith("Haushaltsgröße, Alleinerziehende, Kinderreiche Haushalte und ")
    assert tabelle.titel.endswith(", 2024 und 2025")


def test_a_year_that_all_columns_share_stands_in_the_title_only(grundlage: Grundlage) -> None:
    konfiguration = _mit_jahren(grundlage.konfiguration, angebotsmiete=2024)
    buch = build_buch(replace(grundlage, konfiguration=konfiguration), "intern")
    wohnen = _find_tabelle(buch, "wohnen")

    assert (wohnen.titel, [spalte.titel for spalte in wohnen.spalten]) == ("Angebotsmiete, 2024", ["Angebotsmiete"])
    assert _find_tabelle(buch, "arbeit").titel.endswith(", 2025")
    assert not any("2025" in spalte.titel for spalte in _find_tabelle(buch, "arbeit").spalten)


@pytest.mark.parametrize(
    ("kurzname", "name", "voll"),
    [
        ("Wanderung", "Saldo der Wanderung", "Wanderung – Saldo der Wanderung (2024)"),
        ("Ab 2008", "Entwicklung 2008 bis 2024", "Ab 2008 – Entwicklung 2008 bis 2024"),
        ("Wanderung", "Wanderung", "Wanderung (2024)"),
    ],
)
def test_a_definition_names_a_year_of_its_own_once(werk: Werk, kurzname: str, name: str, voll: str) -> None:
    konfiguration = _mit_jahren(werk.konfiguration, angebotsmiete=2024)
    katalog = konfiguration.indikatoren.indikatoren
    katalog["angebotsmiete"] = katalog["angebotsmiete"].model_copy(update={"kurzname": kurzname, "name": name})

    assert name_voll(name_eigene_jahre(konfiguration).indikatoren.indikatoren["angebotsmiete"]) == voll


@pytest.mark.parametrize(("anzahl", "breiten"), [(1, [1]), (6, [6]), (7, [4, 3]), (10, [5, 5]), (13, [5, 4, 4])])
def test_columns_are_spread_evenly_over_the_tables(anzahl: int, breiten: list[int]) -> None:
    namen = [f"i{n}" for n in range(anzahl)]
    teile = split_spalten(namen)

    assert [len(teil) for teil in teile] == breiten
    assert [name for teil in teile for name in teil] == namen


def test_a_coarser_raum_without_a_delivered_rate_is_explained_and_has_the_sign_for_unknown(
    buecher: dict[str, Buch],
) -> None:
    tabelle = _find_tabelle(buecher["intern"], "wohnen")

    assert tabelle.gruppen[0].zeilen[0].zellen == (".",)
    assert tabelle.anmerkungen[-1] == (
        "Für Landkreis Musterland, Planungsraum Nord, Planungsraum West, Planungsraum Mitte, Planungsraum Ost und "
        "Planungsraum Süd nicht geliefert: Angebotsmiete; aus Anteilen oder Durchschnitten der Gemeinden lässt sich "
        "kein Wert bilden."
    )


def test_counts_that_the_publisher_changed_are_explained_as_a_missing_sum(werk: Werk) -> None:
    katalog = werk.konfiguration.indikatoren.indikatoren
    werte = werk.freigabe.werte | {("indikator", "sgb2_quote", "99001"): Wert(None, "nicht_aggregierbar")}
    ohne = replace(werk, freigabe=replace(werk.freigabe, werte=werte))
    saetze = explain_fehlstellen(ohne, {"sgb2_quote": katalog["sgb2_quote"]}, ["99001"])

    grund = "aus vorab veränderten Zahlen der Gemeinden lässt sich keine Summe bilden"
    assert saetze == (f"Für Landkreis Musterland nicht geliefert: SGB-II-Quote; {grund}.",)


def test_the_first_sentence_names_the_indizes_and_what_the_status_is_made_of(buecher: dict[str, Buch]) -> None:
    assert buecher["oeffentlich"].kuerze.saetze[0] == (
        "Der Atlas ordnet die Gemeinden im Vergleich ein: nach dem Statusindex 2025 (Ausländeranteil, SGB-II-Quote, "
        "Kinderarmut, Junge Arbeitslose, Altersarmut, Alleinerziehende und Kinderreiche Haushalte) und dem "
        "Dynamikindex 2025. Der Status beschreibt den Stand, die Dynamik die Entwicklung der letzten Jahre."
    )


def test_under_each_count_of_classes_stands_what_its_ends_mean(buecher: dict[str, Buch]) -> None:
    assert [tabelle.anmerkungen for tabelle in buecher["oeffentlich"].kuerze.klassen] == [
        ("hoch: im Vergleich gering belastet; sehr niedrig: hoch belastet.",),
        ("positiv: deutlich günstiger als im Mittel; negativ: deutlich ungünstiger.",),
    ]


def test_the_overview_says_where_class_value_and_rank_point_as_far_as_they_are_shown(
    buecher: dict[str, Buch], werk: Werk
) -> None:
    klassen = (
        "Für eine hohe Belastung oder eine ungünstige Entwicklung stehen: die Klassen »sehr niedrig« und »negativ«"
    )
    dimensionen = werk.konfiguration.dimensionen
    nur_status = dimensionen.model_copy(update={"indizes": {"status": werk.indizes["status"]}, "gesamt": None})
    einfach = replace(werk, konfiguration=replace(werk.konfiguration, dimensionen=nur_status))

    assert f" {klassen}; ein hoher Wert; ein Rang nahe 1." in buecher["intern"].raeume.einleitung[0]
    assert buecher["oeffentlich"].raeume.einleitung[0].endswith(f" {klassen}.")
    assert "eine hohe Belastung stehen: Klasse »sehr niedrig«; " in build_raumkapitel(einfach).einleitung[0]


def test_when_all_raeume_are_compared_the_short_facts_say_so(werk: Werk) -> None:
    alle = {("status", raum): Einstufung("mittel", None) for raum in werk.register.list_ebene("gemeinde")}
    mit_allen = replace(werk.freigabe, einstufungen=werk.freigabe.einstufungen | alle)

    assert dict(build_kuerze(replace(werk, freigabe=mit_allen)).eckdaten)["Verglichen"] == "alle 33 Gemeinden"
    assert dict(build_kuerze(werk).eckdaten)["Verglichen"] == "32 der 33 Gemeinden"


def test_the_short_facts_count_all_levels_indikatoren_and_years(buecher: dict[str, Buch]) -> None:
    eckdaten = dict(buecher["oeffentlich"].kuerze.eckdaten)

    assert eckdaten["Räume"] == "1 Landkreis, 5 Planungsräume, 33 Gemeinden"
    assert re.fullmatch(r"\d+ in \d+ Dimensionen", eckdaten["Indikatoren"])
    assert re.fullmatch(r"20\d\d bis 2025", eckdaten["Zeitraum der Daten"])


def _mit_ausnahme(werk: Werk) -> Werk:
    """Exempt one Merkmal of two Quellen for the same reason, and one for another."""
    quellen = werk.konfiguration.quellen
    erste, zweite, *_ = quellen.quellen
    vereine = Merkmalsausnahme(merkmale=("vereine",), was="Vereine", grund="Das Register ist öffentlich.")
    wahl = Merkmalsausnahme(merkmale=("waehlende",), was="Wählende", grund="Öffentlich festgestellt")
    neue = {
        name: quelle.model_copy(update={"ohne_schutz": {erste: vereine, zweite: wahl}.get(name, vereine)})
        for name, quelle in quellen.quellen.items()
    }
    neu = quellen.model_copy(update={"quellen": neue})
    return replace(werk, konfiguration=replace(werk.konfiguration, quellen=neu))


def test_what_is_exempt_from_protection_is_named_once_with_its_reason(werk: Werk) -> None:
    regel = Geheimhaltung(mindestfallzahl=3, mindestnenner=100)
    ausgabe = werk.ausgabe.model_copy(update={"geheimhaltung": regel})
    text = " ".join(build_geheimhaltung(replace(_mit_ausnahme(werk), ausgabe=ausgabe)).absaetze)

    assert (
        "Auch als kleine Zahlen gezeigt werden: Vereine (Das Register ist öffentlich); Wählende (Öffentlich "
        "festgestellt). Steht in einem Wert daneben eine geschützte Zahl, gilt für sie die Regel. Ist die Bezugsgröße "
        "kleiner als 100, fehlt der Wert auch dort."
    ) in text


@pytest.mark.parametrize("regel", ["keine", Geheimhaltung(mindestfallzahl=0, mindestnenner=100)])
def test_where_no_small_number_is_withheld_there_is_nothing_to_exempt(
    werk: Werk, regel: Geheimhaltung | Literal["keine"]
) -> None:
    ausgabe = werk.ausgabe.model_copy(update={"geheimhaltung": regel})
    text = " ".join(build_geheimhaltung(replace(_mit_ausnahme(werk), ausgabe=ausgabe)).absaetze)

    assert "Vereine" not in text


def _describe_schutz(werk: Werk, empfaenger: str) -> str:
    ausgabe = werk.ausgabe.model_copy(update={"empfaenger": empfaenger, "geheimhaltung": "keine"})
    return " ".join(build_geheimhaltung(replace(werk, ausgabe=ausgabe)).absaetze)


def test_an_ausgabe_for_the_public_that_withholds_nothing_does_not_warn_of_passing_it_on(werk: Werk) -> None:
    text = _describe_schutz(werk, "Öffentlichkeit")

    assert "Gerechnet ist mit den Zahlen, wie die Herausgeber sie geliefert haben. Was die Quelle" in text
    assert "nur bestimmt" not in text
    assert "Weitergabe" not in text


def test_an_ausgabe_for_anybody_else_that_withholds_nothing_warns_of_passing_it_on(werk: Werk) -> None:
    text = _describe_schutz(werk, "Verwaltung")

    assert "Sie ist nur bestimmt für: Verwaltung. Vor einer Weitergabe ist die Geheimhaltung zu prüfen." in text


@pytest.mark.parametrize(
    ("empfaenger", "satz"),
    [
        ("Öffentlichkeit", "Das prüft der Herausgeber, bevor er diese Ausgabe veröffentlicht."),
        ("Verwaltung", "vor einer Weitergabe über den genannten Empfängerkreis hinaus ist das zu prüfen."),
    ],
)
def test_who_has_to_check_sums_depends_on_the_recipient(werk: Werk, empfaenger: str, satz: str) -> None:
    regel = Geheimhaltung(mindestfallzahl=3, mindestnenner=100)
    ausgabe = werk.ausgabe.model_copy(update={"empfaenger": empfaenger, "geheimhaltung": regel})
    text = " ".join(build_geheimhaltung(replace(werk, ausgabe=ausgabe)).absaetze)

    assert satz in text
    assert ("Weitergabe" in text) == (empfaenger != "Öffentlichkeit")
    assert "Klassen zeigt jede Ausgabe" not in text


def test_the_rule_for_withheld_classes_is_that_of_the_core(werk: Werk) -> None:
    regel = Geheimhaltung(mindestfallzahl=3, mindestnenner=100)
    geschuetzt = replace(werk, ausgabe=werk.ausgabe.model_copy(update={"geheimhaltung": regel}))
    status = werk.indizes["status"]
    kurzer = status.model_copy(update={"indikatoren": status.indikatoren[:2]})
    dimensionen = werk.konfiguration.dimensionen
    neu = dimensionen.model_copy(update={"indizes": dimensionen.indizes | {"status": kurzer}})
    (satz,) = tell_klassenschutz(
        replace(geschuetzt, konfiguration=replace(werk.konfiguration, dimensionen=neu)), ["status", "dynamik"]
    )

    assert schutztext.INVERTIERBAR_BIS == freigabe.INVERTIERBAR_BIS
    assert "auch die Klasse gesperrt" in satz
    assert "betrifft das »Statusindex«" in satz
    assert tell_klassenschutz(geschuetzt, ["status"])[0].startswith("Klassen werden auch dort gezeigt")
    assert tell_klassenschutz(werk, ["status"]) == ()


@pytest.mark.parametrize(
    ("hoch", "satz"),
    [
        (["99001012"], "{name} mit Status »sehr niedrig«; Status »niedrig« und Dynamik »negativ« kommt nicht vor. "),
        (["99001011", "99001012"], "zwei der 33 Gemeinden mit Status »sehr niedrig«; Status »niedrig« und "),
    ],
)
def test_special_attention_names_one_raum_and_counts_several_once(werk: Werk, hoch: list[str], satz: str) -> None:
    gemeinden = werk.register.list_ebene("gemeinde")
    alle = {("status", raum): Einstufung("sehr_niedrig" if raum in hoch else "mittel", None) for raum in gemeinden}
    einstufungen = werk.freigabe.einstufungen | alle
    kuerze = build_kuerze(replace(werk, freigabe=replace(werk.freigabe, einstufungen=einstufungen)))

    anfang = satz.format(name=werk.register.name(hoch[0]))
    assert kuerze.konvention[0].startswith(f"Besondere Aufmerksamkeit gilt {anfang}")


def test_a_map_names_the_raeume_of_small_classes_beside_a_large_one(werk: Werk) -> None:
    gemeinden = werk.register.list_ebene("gemeinde")
    klassen = dict.fromkeys(gemeinden, "hoch") | {gemeinden[0]: "niedrig", gemeinden[1]: "sehr_niedrig"}
    alle = {("status", raum): Einstufung(klasse, None) for raum, klasse in klassen.items()}
    alle |= {("status", gemeinden[2]): Einstufung(None, "klein"), ("status", gemeinden[3]): Einstufung(None, "leer")}
    name = werk.register.name

    assert tell_index(replace(werk, freigabe=replace(werk.freigabe, einstufungen=alle)), "status") == (
        "Eingestuft sind 31 der 33 Gemeinden. In der Klasse »hoch« liegen 29 Gemeinden. "
        f"In der Klasse »niedrig« liegt {name(gemeinden[0])}. In der Klasse »sehr niedrig« liegt {name(gemeinden[1])}. "
        f"Unbewertet sind {name(gemeinden[2])} (klein) und {name(gemeinden[3])} (leer)."
    )


def test_many_raeume_without_a_figure_are_counted_in_the_dative(werk: Werk) -> None:
    anders = {"titel": "Stadtteil", "mehrzahl": "Stadtteile"}
    ebenen = tuple(e.model_copy(update=anders) if e.ebene == "gemeinde" else e for e in werk.register.ebenen)
    register = replace(werk.register, ebenen=ebenen)
    gemeinden = register.list_ebene("gemeinde")[:12]

    assert name_raeume_dativ(register, gemeinden) == "12 Stadtteilen"
    assert name_raeume_dativ(register, gemeinden[:1]) == register.name(gemeinden[0])


def test_under_a_table_stands_which_raum_no_index_rates_and_why(werk: Werk) -> None:
    eine = (Ausschluss(raum_id="99001003", grund="Unterkunft prägt die Zahlen."),)
    raeume = werk.konfiguration.raeume.model_copy(update={"ausschluesse": eine})
    mit = replace(werk, konfiguration=replace(werk.konfiguration, raeume=raeume))

    satz = f"In keinem Index bewertet: {werk.register.name('99001003')} (Unterkunft prägt die Zahlen)."
    assert explain_fehlstellen(mit, {}, ["99001003"]) == (satz,)
    assert explain_fehlstellen(mit, {}, ["99001001"]) == ()


@pytest.mark.parametrize(("versaetze", "zeitraum"), [((0, 1, 2), "2023–2025"), ((0,), "2025"), ((1,), "2025")])
def test_a_column_of_several_years_names_them(werk: Werk, versaetze: tuple[int, ...], zeitraum: str) -> None:
    katalog = werk.konfiguration.indikatoren.indikatoren
    terme = tuple(Term(merkmal="kinder", jahresversatz=versatz) for versatz in versaetze)
    berechnung = Quotient(art="anteil", faktor=100, zaehler=terme, nenner=(Term(merkmal="kinder", jahresversatz=5),))
    gepoolt = katalog["sgb2_quote"].model_copy(update={"berechnung": berechnung})
    spalten = name_spalten(werk, {"a": gepoolt, "b": katalog["altenquotient"]})

    assert find_zeitraum(werk, gepoolt) == list_zeitraeume(werk, {"a": gepoolt}) == zeitraum
    assert spalten["a"].kurzname == ("SGB-II-Quote" if zeitraum == "2025" else f"SGB-II-Quote ({zeitraum})")


def test_a_change_over_five_years_names_both_ends(werk: Werk) -> None:
    katalog = werk.konfiguration.indikatoren.indikatoren
    berechnung = Veraenderung(art="veraenderung", merkmal="einwohner", jahre=5)

    assert find_zeitraum(werk, katalog["altenquotient"].model_copy(update={"berechnung": berechnung})) == "2020–2025"


def test_figures_with_corrections_are_not_called_those_of_the_publisher(werk: Werk) -> None:
    korrekturen = Korrekturen.model_construct(korrekturen={"eine": None})  # type: ignore[dict-item]  # counts only
    text = _describe_schutz(replace(werk, konfiguration=replace(werk.konfiguration, korrekturen=korrekturen)), "Alle")

    assert "geliefert haben, bis auf begründete Korrekturen." in text


@pytest.mark.parametrize(
    ("jahr", "zusatz"), [(2016, "Arbeitsuchende"), (2022, "Arbeitsuchende"), (2023, "Arbeitsuchende (Bürgergeld)")]
)
def test_the_sgb_ii_is_called_buergergeld_only_from_2023(werk: Werk, jahr: int, zusatz: str) -> None:
    atlas = werk.konfiguration.atlas.model_copy(update={"berichtsjahr": jahr})
    neu = replace(werk, konfiguration=replace(werk.konfiguration, atlas=atlas))
    (abschnitt,) = build_abkuerzungen(neu, ["Kinder im SGB II"])
    zeilen = {zeile.name: zeile.zellen[0] for zeile in abschnitt.tabellen[0].gruppen[0].zeilen}

    assert zeilen["SGB II"].endswith(f"Grundsicherung für {zusatz}")


def test_the_legend_claims_no_single_sign_for_what_is_missing(buecher: dict[str, Buch]) -> None:
    (abschnitt,) = (a for a in buecher["oeffentlich"].methoden.abschnitte if a.titel == "Zeichenerklärung")
    (satz,) = abschnitt.tabellen[0].anmerkungen

    assert satz.startswith("Der Punkt steht für Werte, die unbekannt, nicht geliefert, nicht zu bilden oder gesperrt")
    assert len({zeile.name for zeile in abschnitt.tabellen[0].gruppen[0].zeilen}) > 1
