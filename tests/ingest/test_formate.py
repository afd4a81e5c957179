"""Every shape in which tables are delivered, each as a tiny file whose figures a person can find with a finger."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from atlas.ingest.deutung.lesung import Umfeld
from atlas.ingest.deutung.quelle import Gelesen
from ingest.conftest import build_quelle

Lies = Callable[..., Gelesen]
Meldung = Callable[..., str]

JAHRE = {"kopf": r"^(?P<jahr>\d{4})$"}
JAHRSPALTEN = {"spalten": [{"muster": r"\d{4}", "merkmal": "a"}]}
ZWEISTELLIG = {"gemeinde": r"\d{2}"}


def lies_als(lies: Lies, spalten: str, inhalt: str, **angaben: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401
    """Give the named columns of what is read."""
    return lies(inhalt, **angaben).messwerte.select(spalten.split()).rows()


# Years as columns


def test_years_stand_in_the_heads(lies: Lies) -> None:
    gelesen = lies_als(lies, "raum_id jahr wert zelle", "id;2023;2024\n01;5;6\n02;7;-\n", zeit=JAHRE, werte=JAHRSPALTEN)
    assert gelesen == [
        ("01", 2023, 5.0, "B2"),
        ("02", 2023, 7.0, "B3"),
        ("01", 2024, 6.0, "C2"),
        ("02", 2024, 0.0, "C3"),
    ]


def test_a_head_without_a_year_is_named(meldung: Meldung) -> None:
    werte = {"spalten": [{"muster": r"\d{4}|Summe", "merkmal": "a"}]}
    assert meldung("id;2023;Summe\n01;5;5\n", zeit=JAHRE, werte=werte) == (
        "Zeile 1    Kopf »Summe«: kein Jahr erkennbar. zeit.kopf prüfen oder die Spalte unter werte.ignoriere nennen."
    )


def test_the_year_of_a_head_must_be_that_of_the_file(meldung: Meldung) -> None:
    zeit = JAHRE | {"dateiname": r"_(?P<jahr>\d{4})"}
    assert meldung("id;2023;2024\n01;5;6\n", dateiname="w_2023.csv", zeit=zeit, werte=JAHRSPALTEN) == (
        "Zeile 1    Kopf »2024«: das Jahr 2024 ist nicht das der Zeilen oder der Datei. Lieferung prüfen."
    )


def test_the_recipe_for_half_years_in_the_handbook_reads_its_own_example(lies: Lies) -> None:
    seite = (Path(__file__).parents[2] / "docs/handbuch/quellen.md").read_text("utf-8")
    rezept = seite.partition("### Halbjahre und Vierteljahre\n")[2].partition("\n### ")[0]
    inhalt, deklaration = re.findall(r"```(?:text|yaml)\n(.*?)```", rezept, re.DOTALL)[:2]
    gelesen = lies_als(lies, "raum_id jahr gruppe wert", inhalt, **yaml.safe_load(deklaration))
    assert gelesen == [
        ("99001001", 2025, "halbjahr=1", 14.0),
        ("99001001", 2025, "halbjahr=2", 9.0),
        ("99001002", 2025, "halbjahr=1", 30.0),
        ("99001002", 2025, "halbjahr=2", 0.0),
    ]


# Indikatoren as columns


def test_each_column_is_a_merkmal_of_its_own(lies: Lies) -> None:
    spalten = [
        {"spalte": "Arbeitslose", "merkmal": "arbeitslose"},
        {"spalte": "davon Frauen", "merkmal": "arbeitslose", "gruppe": "geschlecht=w"},
        {"spalte": "Bevölkerung in 1000", "merkmal": "bevoelkerung", "faktor": 1000},
    ]
    text = "id;Arbeitslose;davon Frauen;Bevölkerung in 1000\n01;5;2;1,5\n"
    assert lies_als(lies, "merkmal gruppe wert zelle", text, werte={"spalten": spalten}) == [
        ("arbeitslose", "", 5.0, "B2"),
        ("arbeitslose", "geschlecht=w", 2.0, "C2"),
        ("bevoelkerung", "", 1500.0, "D2"),
    ]


def test_merkmal_year_and_group_stand_in_one_head(lies: Lies) -> None:
    gelesen = lies_als(
        lies,
        "merkmal gruppe jahr wert",
        "id;SV m 2023;SV w 2023;AL m 2024;AL x 2024\n01;5;6;7;8\n",
        zeit={"kopf": r"(?P<jahr>\d{4})"},
        werte={"spalten": [{"muster": r"(?P<was>SV|AL) (?P<sex>.) \d{4}"}]},
        dimensionen=[
            {"kopf": "was", "merkmale": {"SV": "beschaeftigte", "AL": "arbeitslose"}},
            {"kopf": "sex", "gruppen": {"m": "geschlecht=m", "w": "geschlecht=w"}, "ignoriere": ["x"]},
        ],
    )
    assert gelesen == [
        ("beschaeftigte", "geschlecht=m", 2023, 5.0),
        ("beschaeftigte", "geschlecht=w", 2023, 6.0),
        ("arbeitslose", "geschlecht=m", 2024, 7.0),
    ]


def test_an_undeclared_text_in_a_head_is_named(meldung: Meldung) -> None:
    werte = {"spalten": [{"muster": "Personen (?P<sex>.+)", "merkmal": "a"}]}
    dimensionen = [{"kopf": "sex", "gruppen": {"m": "geschlecht=m"}}]
    assert meldung("id;Personen m;Personen divers\n01;5;1\n", werte=werte, dimensionen=dimensionen) == (
        "Zeile 1    Kopf »Personen divers«: Kopfgruppe »sex«: »divers« ist nicht deklariert. In dimensionen unter "
        "gruppen oder ignoriere aufnehmen."
    )


def test_a_column_whose_merkmal_nobody_names_is_an_error_of_the_declaration() -> None:
    werte = {"spalten": [{"muster": "(?P<was>SV)"}, {"spalte": "x"}]}
    dimensionen = [{"kopf": "was", "merkmale": {"SV": "beschaeftigte"}}]
    with pytest.raises(ValidationError, match="»x« braucht merkmal, oder eine Dimension nennt merkmale"):
        build_quelle(werte=werte, dimensionen=dimensionen)


def test_a_column_may_name_its_merkmal_beside_columns_whose_head_does(lies: Lies) -> None:
    werte = {"spalten": [{"muster": "(?P<was>SV)"}, {"spalte": "x", "merkmal": "arbeitslose"}]}
    dimensionen = [{"kopf": "was", "merkmale": {"SV": "beschaeftigte"}}]
    zeilen = lies_als(lies, "merkmal wert", "id;SV;x\n01;5;6\n", werte=werte, dimensionen=dimensionen)
    assert zeilen == [("beschaeftigte", 5.0), ("arbeitslose", 6.0)]


# Areas as columns, in the title, in the name of the file


RAEUME_ALS_SPALTEN: dict[str, Any] = {
    "schluessel": {"kopf": r"^(?P<schluessel>\d+) ", "ebenen": ZWEISTELLIG},
    "dimensionen": [{"spalte": "Merkmal", "merkmale": {"Arbeitslose": "arbeitslose", "Einwohner": "einwohner"}}],
    "werte": {"spalten": [{"muster": r"\d+ .+|Summe"}]},
}


def test_areas_are_columns(lies: Lies) -> None:
    text = "Merkmal;01 Nord;02 Süd\nArbeitslose;5;6\nEinwohner;70;80\n"
    assert lies_als(lies, "raum_id ebene merkmal wert zelle", text, **RAEUME_ALS_SPALTEN) == [
        ("01", "gemeinde", "arbeitslose", 5.0, "B2"),
        ("01", "gemeinde", "einwohner", 70.0, "B3"),
        ("02", "gemeinde", "arbeitslose", 6.0, "C2"),
        ("02", "gemeinde", "einwohner", 80.0, "C3"),
    ]


def test_a_column_of_an_unknown_area_is_named(meldung: Meldung) -> None:
    text = meldung("Merkmal;01 Nord;123 Süd\nArbeitslose;5;6\n", **RAEUME_ALS_SPALTEN)
    assert text.startswith("Zeile 1    Kopf »123 Süd«: der Schlüssel »999« passt zu keiner Ebene (gemeinde: \\d{2}).")


def test_the_column_of_the_total_is_no_area(lies: Lies) -> None:
    schluessel = {"kopf": r"^(?P<schluessel>\d+|Summe)", "nicht_raum": "Summe", "ebenen": ZWEISTELLIG}
    angaben = RAEUME_ALS_SPALTEN | {"schluessel": schluessel}
    text = "Merkmal;01 Nord;Summe\nArbeitslose;5;11\n"
    assert lies_als(lies, "raum_id wert", text, **angaben) == [("01", 5.0)]


def test_columns_of_areas_beyond_the_project_are_left_out(lies: Lies) -> None:
    schluessel = RAEUME_ALS_SPALTEN["schluessel"] | {"ausserhalb": "zaehlen"}
    angaben = RAEUME_ALS_SPALTEN | {"schluessel": schluessel, "umfeld": Umfeld(frozenset({"02"}))}
    text = "Merkmal;01 Nord;02 Süd\nArbeitslose;5;6\n"
    assert lies_als(lies, "raum_id wert", text, **angaben) == [("02", 6.0)]


def test_the_area_stands_in_the_title(lies: Lies) -> None:
    text = "Gemeinde 07, Musterstadt;\nStand 2024;\nJahr;a\n2023;5\n2024;6\n"
    gelesen = lies_als(
        lies,
        "raum_id ebene jahr wert",
        text,
        datei={"kopf": "^Jahr$"},
        schluessel={"titel": r"Gemeinde (?P<schluessel>\d\d)", "ebenen": ZWEISTELLIG},
        zeit={"spalte": "Jahr"},
    )
    assert gelesen == [("07", "gemeinde", 2023, 5.0), ("07", "gemeinde", 2024, 6.0)]


def test_the_area_stands_in_the_footer(lies: Lies) -> None:
    gelesen = lies_als(
        lies,
        "raum_id wert",
        "a\n5\nGebiet: 07\n",
        datei={"ende": "^Gebiet"},
        schluessel={"titel": r"^Gebiet: (?P<schluessel>\d\d)$", "ebenen": ZWEISTELLIG},
    )
    assert gelesen == [("07", 5.0)]


def test_a_title_that_names_no_area_is_shown(meldung: Meldung) -> None:
    schluessel = {"titel": r"Gemeinde (?P<schluessel>\d\d)", "ebenen": ZWEISTELLIG}
    assert meldung(
        "Musterstadt;\nJahr;a\n2023;5\n", datei={"kopf": "^Jahr$"}, schluessel=schluessel, zeit={"spalte": "Jahr"}
    ) == (
        r"keine Titel- oder Fußzeile passt zum Muster Gemeinde (?P<schluessel>\d\d). Vorhanden: »Musterstadt«. "
        "Muster anpassen."
    )


def test_a_title_that_names_two_areas_is_refused(meldung: Meldung) -> None:
    schluessel = {"titel": r"Gemeinde (?P<schluessel>\d\d)", "ebenen": ZWEISTELLIG}
    text = meldung("Gemeinde 01;Gemeinde 02\na;\n5;\n", datei={"kopf": "^a$"}, schluessel=schluessel)
    assert text.startswith("mehrere Titel- oder Fußzeilen passen zum Muster")


def test_the_area_stands_in_the_name_of_the_file(lies: Lies, meldung: Meldung) -> None:
    schluessel = {"dateiname": r"_(?P<schluessel>[^_]+)\.csv$", "ebenen": ZWEISTELLIG}
    assert lies_als(lies, "raum_id wert", "a\n5\n", dateiname="w_07.csv", schluessel=schluessel) == [("07", 5.0)]
    text = meldung("a\n5\n", dateiname="w_neu.csv", schluessel=schluessel)
    assert text.startswith("Dateiname: der Schlüssel »neu« passt zu keiner Ebene")


def test_the_whole_file_is_about_one_declared_area(lies: Lies) -> None:
    schluessel = {"fest": "07", "ebenen": ZWEISTELLIG}
    assert lies_als(lies, "raum_id ebene wert", "a\n5\n", schluessel=schluessel) == [("07", "gemeinde", 5.0)]


# Long form


def test_merkmal_and_groups_stand_in_columns(lies: Lies) -> None:
    text = "id;Was;Sex;Alter;Wert\n01;AL;m;unter 25;5\n01;AL;w;25 bis 54;6\n01;SV;;Insgesamt;7\n01;SV;x;Insgesamt;8\n"
    gelesen = lies(
        text,
        werte={"spalten": [{"spalte": "Wert"}]},
        dimensionen=[
            {"spalte": "Was", "merkmale": {"AL": "arbeitslose", "SV": "beschaeftigte"}},
            {"spalte": "Sex", "gruppen": {"": "", "m": "geschlecht=m", "w": "geschlecht=w"}, "ignoriere": ["x"]},
            {
                "spalte": "Alter",
                "gruppen": {"Insgesamt": "", "unter 25": "alter=u25"},
                "muster": r"(?P<von>\d+) bis (?P<bis>\d+)",
                "gruppe": "alter={von}b{bis}",
            },
        ],
    )
    assert gelesen.messwerte.select("merkmal", "gruppe", "wert", "zelle").rows() == [
        ("arbeitslose", "alter=u25|geschlecht=m", 5.0, "E2"),
        ("arbeitslose", "alter=25b54|geschlecht=w", 6.0, "E3"),
        ("beschaeftigte", "", 7.0, "E4"),
    ]
    assert (gelesen.zeilen, gelesen.ignoriert) == (4, 1)


def test_groups_of_rows_heads_and_columns_become_one_sorted_name(lies: Lies) -> None:
    gelesen = lies_als(
        lies,
        "gruppe wert",
        "id;Sex;Alter u25\n01;m;5\n",
        werte={"spalten": [{"muster": "Alter (?P<alter>.+)", "merkmal": "a", "gruppe": "herkunft=d"}]},
        dimensionen=[
            {"spalte": "Sex", "gruppen": {"m": "geschlecht=m"}},
            {"kopf": "alter", "gruppen": {"u25": "alter=u25"}},
        ],
    )
    assert gelesen == [("alter=u25|geschlecht=m|herkunft=d", 5.0)]


def test_an_undeclared_text_in_a_column_is_named_once_with_its_first_line(meldung: Meldung) -> None:
    dimensionen = [{"spalte": "Sex", "gruppen": {"m": "geschlecht=m"}}]
    assert meldung("id;Sex;a\n01;m;5\n01;divers;1\n02;divers;1\n01;;6\n", dimensionen=dimensionen) == (
        "Zeile 3    Spalte »Sex«: »divers« ist nicht deklariert. In dimensionen unter gruppen oder ignoriere "
        "aufnehmen.\n"
        "Zeile 5    Spalte »Sex«: »« ist nicht deklariert. In dimensionen unter gruppen oder ignoriere aufnehmen."
    )


def test_an_undeclared_merkmal_is_named(meldung: Meldung) -> None:
    dimensionen = [{"spalte": "Was", "merkmale": {"AL": "arbeitslose"}}]
    werte = {"spalten": [{"spalte": "Wert"}]}
    assert meldung("id;Was;Wert\n01;AL;5\n01;SV;6\n", dimensionen=dimensionen, werte=werte).endswith(
        "»SV« ist nicht deklariert. In dimensionen unter merkmale oder ignoriere aufnehmen."
    )


EINHEITEN = [{"spalte": "Einheit", "faktoren": {"Anzahl": 1, "1000": 1000}, "ignoriere": ["%"]}]


def test_the_unit_of_each_row_multiplies_its_figure(lies: Lies, meldung: Meldung) -> None:
    text = "id;Einheit;a\n01;Anzahl;5\n02;1000;1,5\n03;%;7\n"
    assert lies_als(lies, "raum_id gruppe wert", text, dimensionen=EINHEITEN) == [("01", "", 5.0), ("02", "", 1500.0)]
    assert "»Euro« ist nicht deklariert. In dimensionen unter faktoren oder ignoriere aufnehmen." in meldung(
        "id;Einheit;a\n01;Euro;5\n", dimensionen=EINHEITEN
    )


def test_units_of_row_head_and_column_are_multiplied(lies: Lies) -> None:
    dimensionen = [*EINHEITEN, {"kopf": "e", "faktoren": {"Mio": 1_000_000}}]
    werte = {"spalten": [{"muster": "a in (?P<e>.+)", "merkmal": "a", "faktor": 0.5}]}
    gelesen = lies_als(lies, "wert", "id;Einheit;a in Mio\n01;1000;3\n", dimensionen=dimensionen, werte=werte)
    assert gelesen == [(1_500_000_000.0,)]


def test_a_bad_key_beside_a_unit_is_told_and_not_a_crash(meldung: Meldung) -> None:
    assert meldung("id;Einheit;a\n1;1000;5\n", dimensionen=EINHEITEN).startswith("Zeile 2    Spalte »id«")


ZWISCHENTITEL: dict[str, Any] = {
    "datei": {"zwischentitel": {"Was": "Arbeitslose|Einwohner", "Sex": "Männer|Frauen"}},
    "dimensionen": [
        {"spalte": "Was", "merkmale": {"Arbeitslose": "arbeitslose", "Einwohner": "einwohner"}},
        {"spalte": "Sex", "gruppen": {"": "", "Männer": "geschlecht=m", "Frauen": "geschlecht=w"}},
    ],
    "werte": {"spalten": [{"spalte": "Wert"}]},
}


def test_a_subheading_holds_for_the_rows_below_it(lies: Lies) -> None:
    text = "id;Wert\nArbeitslose;\n01;5\nMänner;\n01;3\n ;Frauen\n01;2\nEinwohner;\n01;70\n"
    assert lies_als(lies, "merkmal gruppe wert zelle", text, **ZWISCHENTITEL) == [
        ("arbeitslose", "", 5.0, "B3"),
        ("arbeitslose", "geschlecht=m", 3.0, "B5"),
        ("arbeitslose", "geschlecht=w", 2.0, "B7"),
        ("einwohner", "", 70.0, "B9"),
    ]


def test_a_row_before_the_first_subheading_has_none(meldung: Meldung) -> None:
    text = meldung("id;Wert\n01;5\nArbeitslose;\nMänner;\n01;5\n", **ZWISCHENTITEL)
    assert text.startswith("Zeile 2    Spalte »Was«: »« ist nicht deklariert.")


def test_an_undeclared_subheading_is_a_row_without_key(meldung: Meldung) -> None:
    text = meldung("id;Wert\nArbeitslose;\nMänner;\n01;5\nBetriebe;\n01;5\n", **ZWISCHENTITEL)
    assert text.startswith("Zeile 5    Spalte »id«: der Schlüssel »Betriebe« passt zu keiner Ebene")


def test_a_subheading_cannot_bear_the_name_of_a_column(meldung: Meldung) -> None:
    text = meldung("id;Was;Wert\nArbeitslose;;\nMänner;;\n01;Einwohner;5\n", **ZWISCHENTITEL)
    assert text.startswith("Zeile 1    die Spalte »Was« kommt 2-mal vor.")


def test_what_a_dimension_ignores_must_be_ignored_whole(meldung: Meldung) -> None:
    dimensionen = [{"spalte": "Sex", "gruppen": {"m": "geschlecht=m"}, "ignoriere": ["div"]}]
    assert "»divers« ist nicht deklariert" in meldung("id;Sex;a\n01;divers;1\n", dimensionen=dimensionen)


def test_the_optional_part_of_a_pattern_is_empty_and_not_none(lies: Lies) -> None:
    dimensionen = [{"spalte": "Alter", "muster": r"ab (?P<von>\d+)(?P<plus>\+)?", "gruppe": "alter={von}{plus}"}]
    assert lies_als(lies, "gruppe", "id;Alter;a\n01;ab 65;5\n", dimensionen=dimensionen) == [("alter=65",)]


@pytest.mark.parametrize("zeile", ["1;2024;m;5", "01;2024;x;5"], ids=["key", "dimension"])
def test_no_row_left_is_told_and_not_a_crash(lies: Lies, meldung: Meldung, zeile: str) -> None:
    angaben: dict[str, Any] = {
        "zeit": {"spalte": "Jahr"},
        "dimensionen": [{"spalte": "Sex", "gruppen": {"m": "geschlecht=m"}}],
    }
    assert lies("id;Jahr;Sex;a\n01;2024;m;5\n", **angaben).messwerte.height == 1
    assert meldung(f"id;Jahr;Sex;a\n{zeile}\n", **angaben).startswith("Zeile 2    Spalte »")


# Which column is what


def test_columns_that_nobody_declares_are_named(meldung: Meldung) -> None:
    assert meldung("id;Name;a;b\n01;Ort;5;6\n") == "\n".join(
        f"Zeile 1    die Spalte »{kopf}« ist nirgends deklariert. Unter werte.spalten aufnehmen oder unter "
        "werte.ignoriere nennen."
        for kopf in ("Name", "b")
    )


def test_more_than_20_undeclared_columns_are_counted(meldung: Meldung) -> None:
    kopf = ";".join(["id", "a", *(f"x{n:02}" for n in range(23))])
    zeilen = meldung(f"{kopf}\n01;5{';' * 22}1;\n").split("\n")
    assert len(zeilen) == 21
    assert "Zeile 1    … und 3 weitere Spalten, die nirgends deklariert sind." in zeilen


@pytest.mark.parametrize(
    "spalten",
    [
        [{"muster": "a.*", "merkmal": "a"}, {"muster": ".*a", "merkmal": "b"}],
        [{"spalte": "a", "merkmal": "a"}, {"muster": "[ab]", "merkmal": "b"}],
        [{"muster": "a|id", "merkmal": "a"}],
    ],
    ids=["two patterns", "name and pattern", "value and key"],
)
def test_a_column_that_two_declarations_claim_is_named(meldung: Meldung, spalten: list[dict[str, str]]) -> None:
    kopf = "id" if spalten[0].get("muster") == "a|id" else "a"
    assert meldung("id;a\n01;5\n", werte={"spalten": spalten}) == (
        f"Zeile 1    die Spalte »{kopf}« ist zweimal deklariert. Muster unter werte.spalten enger fassen."
    )


def test_a_pattern_that_no_head_fits_is_named_with_what_is_left(meldung: Meldung) -> None:
    werte = {"spalten": [{"muster": "Arbeitslose .+", "merkmal": "a"}]}
    assert meldung("id;Erwerbslose m\n01;5\n", werte=werte) == (
        "Zeile 1    keine Spalte passt zum Muster »Arbeitslose .+« unter werte.spalten. In der Datei übrig: "
        "»Erwerbslose m«."
    )


def test_a_head_with_braces_is_text(meldung: Meldung) -> None:
    werte = {"spalten": [{"muster": "Arbeitslose .+", "merkmal": "a"}]}
    assert "In der Datei übrig: »a{geheim}«, »b{«." in meldung("id;a{geheim};b{\n01;5;6\n", werte=werte)


def test_a_pattern_must_fit_the_whole_head(meldung: Meldung) -> None:
    werte = {"spalten": [{"muster": "Arbeitslose", "merkmal": "a"}]}
    assert "keine Spalte passt" in meldung("id;Arbeitslose m\n01;5\n", werte=werte)


# GENESIS flat files


VARIABLEN = {
    "neu": "statistics_code;time_code;time;1_variable_code;1_variable_attribute_code;"
    "2_variable_code;2_variable_attribute_code;value;value_unit;value_variable_code;value_q",
    "alt": "Statistik_Code;Zeit_Code;Zeit;1_Merkmal_Code;1_Auspraegung_Code;2_Merkmal_Code;2_Auspraegung_Code;",
}
GESCHLECHT = {"spalte": "GES", "gruppen": {"": "", "GESM": "geschlecht=m", "GESW": "geschlecht=w"}}
FFCSV: dict[str, Any] = {
    "datei": {"typ": "ffcsv"},
    "schluessel": {"spalte": "KREISE", "ebenen": {"kreis": r"\d{5}"}},
    "zeit": {"spalte": "Zeit", "muster": r"(?P<jahr>\d{4})-(?P<monat>\d\d)-(?P<tag>\d\d)"},
    "dimensionen": [GESCHLECHT, {"spalte": "Wertmerkmal", "merkmale": {"BEVSTD": "einwohner"}, "ignoriere": ["X"]}],
    "werte": {"spalten": [{"spalte": "Wert"}], "ignoriere": ["Statistik", "Einheit"]},
    "qualitaet": {"spalte": "Qualitaet", "zeichen": {"e": "geschaetzt"}},
}


def test_the_new_flat_file_has_a_column_per_code_wherever_the_code_stands(lies: Lies) -> None:
    text = (
        f"\ufeff{VARIABLEN['neu']}\n"
        "12411;STAG;2024-12-31;KREISE;08222;GES;GESM;158,5;Anzahl;BEVSTD;\n"
        "12411;STAG;2024-12-31;GES;GESW;KREISE;08222;160;Anzahl;BEVSTD;e\n"
        "12411;STAG;2024-12-31;KREISE;08222;;;-;Anzahl;BEVSTD;\n"
        "12411;STAG;2024-12-31;KREISE;08222;;;9;Anzahl;X;\n"
    )
    gelesen = lies(text, **FFCSV)
    assert gelesen.messwerte.select(
        "raum_id", "jahr", "stichtag", "merkmal", "gruppe", "wert", "qualitaet", "zelle"
    ).rows() == [
        ("08222", 2024, "2024-12-31", "einwohner", "geschlecht=m", 158.5, None, "H2"),
        ("08222", 2024, "2024-12-31", "einwohner", "geschlecht=w", 160.0, "geschaetzt", "H3"),
        ("08222", 2024, "2024-12-31", "einwohner", "", 0.0, None, "H4"),
    ]
    assert (gelesen.zeilen, gelesen.ignoriert) == (4, 1)


def test_the_old_flat_file_has_a_column_per_value_and_becomes_the_same(lies: Lies) -> None:
    text = (
        f"{VARIABLEN['alt']}     BEVSTD__Bevoelkerungsstand__Anzahl;X__Flaeche__qkm\n"
        "12411;STAG;31.12.2024;KREISE;08222;GES;GESM;158,5;7\n"
        "12411;STAG;31.12.2024;KREISE;08222;;;160;8\n"
    ).encode("cp1252")
    zeit = {"spalte": "Zeit", "muster": r"(?P<tag>\d\d)\.(?P<monat>\d\d)\.(?P<jahr>\d{4})"}
    angaben = FFCSV | {"datei": {"typ": "ffcsv", "zeichensatz": "cp1252"}, "zeit": zeit, "qualitaet": None}
    gelesen = lies(text, **angaben)
    assert gelesen.messwerte.select("raum_id", "stichtag", "merkmal", "gruppe", "wert", "zelle").rows() == [
        ("08222", "2024-12-31", "einwohner", "geschlecht=m", 158.5, "H2"),
        ("08222", "2024-12-31", "einwohner", "", 160.0, "H3"),
    ]


def test_an_english_flat_file_has_points_and_its_name_says_so(lies: Lies, meldung: Meldung) -> None:
    text = f"{VARIABLEN['neu']}\n12411;STAG;2024-12-31;KREISE;08222;GES;GESM;158.5;number;BEVSTD;\n"
    englisch = FFCSV | {"zahl": {"dezimal": "."}}
    gelesen = lies_als(lies, "wert", text, dateiname="12411_1773_en_flat.csv", **englisch)
    assert gelesen == [(158.5,)]
    assert meldung(text, dateiname="12411_1773_en_flat.csv", **FFCSV) == (
        "nach dem Dateinamen ist das Dezimalzeichen ».«, deklariert ist »,«. zahl.dezimal anpassen oder die Datei nach "
        "ihrer Sprache benennen."
    )
    assert "ist das Dezimalzeichen »,«" in meldung(text, dateiname="12411_de.csv", **englisch)


def test_a_flat_file_that_is_none_is_refused(meldung: Meldung) -> None:
    assert meldung("id;a\n01;5\n", **FFCSV) == (
        "Zeile 1    der Kopf ist nicht der einer ffcsv (statistics_code oder Statistik_Code). datei.typ prüfen."
    )


def test_a_row_that_names_one_variable_twice_is_refused(meldung: Meldung) -> None:
    text = f"{VARIABLEN['neu']}\n12411;STAG;2024-12-31;KREISE;08222;KREISE;08111;158;Anzahl;BEVSTD;\n"
    assert meldung(text, **FFCSV) == "Zeile 2    die Zeile nennt dieselbe Variable zweimal. Neu abrufen."


@pytest.mark.parametrize(
    "kopf",
    [
        "statistics_code;time;value",
        "statistics_code;time;1_variable_code;value",
        "statistics_code;Zeit;1_Merkmal_Code;1_Auspraegung_Code;X__y__z",
    ],
    ids=["no variable", "no attribute", "two generations"],
)
def test_a_flat_file_with_half_its_heads_is_refused_in_german(meldung: Meldung, kopf: str) -> None:
    zeile = ";".join("5" for _ in kopf.split(";"))
    assert meldung(f"{kopf}\n{zeile}\n", **FFCSV)


def test_a_missing_variable_of_a_flat_file_is_named(meldung: Meldung) -> None:
    text = f"{VARIABLEN['neu']}\n12411;STAG;2024-12-31;KREISE;08222;;;158;Anzahl;BEVSTD;\n"
    assert "die Spalte »GES« fehlt." in meldung(text, **FFCSV)


@pytest.mark.parametrize(("label", "ist_richtig"), [("Kreise und\nStädte", True), ("Kreise;\nStädte", False)])
def test_a_label_of_a_flat_file_may_have_a_line_break_but_hold_no_rows(
    lies: Lies, meldung: Meldung, label: str, ist_richtig: bool
) -> None:
    kopf = VARIABLEN["neu"].replace("2_variable_code;2_variable_attribute_code", "1_variable_label")
    text = f'{kopf}\n12411;STAG;2024-12-31;KREISE;08222;"{label}";158;Anzahl;BEVSTD;\n'
    angaben = FFCSV | {"dimensionen": FFCSV["dimensionen"][1:]}
    if ist_richtig:
        assert lies_als(lies, "wert", text, **angaben) == [(158.0,)]
    else:
        assert meldung(text, **angaben).startswith("Zeile 2    ein Feld in Anführungszeichen reicht über mehrere")


@pytest.mark.parametrize(
    ("art", "kopf"),
    [
        ("neu", "value_korrigiert"),
        ("neu", "statistics_neu"),
        ("neu", "3_variable_attribute_code"),
        ("neu", "01_variable_code"),
        ("neu", "1_Auspraegung_Code"),
        ("alt", "value"),
        ("alt", "3_Auspraegung_Label"),
        ("alt", "Wert"),
    ],
)
def test_a_column_that_no_flat_file_has_is_not_left_out_unseen(meldung: Meldung, art: str, kopf: str) -> None:
    ende = "BEVSTD__Bev__Anzahl;" if art == "alt" else ";"
    koepfe = f"{VARIABLEN[art]}{ende}{kopf}"
    zeile = ";".join(["12411", "STAG", "2024", "KREISE", "08222", *("5" for _ in koepfe.split(";")[5:])])
    assert meldung(f"{koepfe}\n{zeile}\n", **FFCSV) == (
        f"Zeile 1    eine ffcsv hat solche Spalten nicht: »{kopf}«. Neu abrufen oder datei.typ: csv eintragen."
    )


def test_labels_of_flat_files_are_known_and_left_out(lies: Lies) -> None:
    text = (
        "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
        "1_variable_attribute_code;1_variable_attribute_label;value;value_unit;value_variable_code;"
        "value_variable_label;value_q\n"
        "12411;Bev;STAG;Stichtag;2024-12-31;KREISE;Kreise;08222;Mannheim;158;Anzahl;BEVSTD;Bev;\n"
    )
    ohne = FFCSV | {"dimensionen": FFCSV["dimensionen"][1:]}
    assert lies_als(lies, "wert", text, **ohne) == [(158.0,)]
    alt = (
        "Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;1_Merkmal_Code;1_Merkmal_Label;1_Auspraegung_Code;"
        "1_Auspraegung_Label;BEVSTD__Bev__Anzahl\n12411;Bev;STAG;Stichtag;2024-12-31;KREISE;Kreise;08222;Mannheim;158\n"
    )
    assert lies_als(lies, "wert", alt, **ohne | {"qualitaet": None}) == [(158.0,)]


@pytest.mark.parametrize("code", ["Wert", "Zeit", "Einheit", "Wertmerkmal", "Qualitaet", "Statistik", "zeile", "zelle"])
@pytest.mark.parametrize("art", ["neu", "alt"])
def test_a_variable_cannot_take_the_name_of_another_column(meldung: Meldung, art: str, code: str) -> None:
    anfang = "12411;STAG;2024-12-31;KREISE;08222;"
    ende, rest = ("BEVSTD__Bev__Anzahl", "7") if art == "alt" else ("", "7;Anzahl;BEVSTD;")
    text = f"{VARIABLEN[art]}{ende}\n{anfang};;{rest}\n{anfang}{code};999;{rest}\n"
    assert meldung(text, **FFCSV) == (
        f"Zeile 3    eine Variable heißt »{code}« wie eine Spalte, die jede ffcsv hat. Berichtigen lassen oder "
        "datei.typ: csv eintragen."
    )


def test_a_variable_may_have_any_other_name(meldung: Meldung) -> None:
    text = f"{VARIABLEN['neu']}\n12411;STAG;2024-12-31;KREISE;08222;self;x;158;Anzahl;BEVSTD;\n"
    assert "die Spalte »GES« fehlt. In der Datei übrig: »self«." in meldung(text, **FFCSV)


# GENESIS cubes


QUADER_KOPF = (
    "* Der Benutzer X hat am 18.02.2026 diesen Export angestossen.\n"
    "K;DQ;FACH-SCHL;GHH-ART\nD;47414BJ002;;N\n"
    'K;DQA;NAME;RHF-BSR;"mit Werten"\nD;KREISE;1;1\nD;GES;2;2\n'
    "K;DQZ;NAME\nD;JAHR\n"
    "K;DQI;NAME;ME-NAME\nD;BEV;Anzahl\nD;FLC;qkm\n"
    "K;QEI;FACH-SCHL;FACH-SCHL;ZI-WERT;WERT;QUALITAET;WERT;QUALITAET\n"
)
QUADER: dict[str, Any] = {
    "datei": {"typ": "quader"},
    "schluessel": {"spalte": "KREISE", "ebenen": {"kreis": r"\d{5}"}},
    "zeit": {"spalte": "JAHR"},
    "zahl": {"dezimal": "."},
    "dimensionen": [GESCHLECHT],
    "werte": {"spalten": [{"spalte": "BEV", "merkmal": "einwohner"}], "ignoriere": ["FLC.*"]},
    "qualitaet": {"spalte": "BEV_QUALITAET", "zeichen": {"e": "", "p": "vorlaeufig"}},
}


def test_a_cube_names_its_axes_in_its_own_header(lies: Lies) -> None:
    text = f"{QUADER_KOPF}D;08222;GESM;2024;158.5;e;7.25;e\nD;08222;GESW;2023;160;p;7.25;e\n"
    assert lies_als(lies, "raum_id jahr merkmal gruppe wert qualitaet zelle", text, **QUADER) == [
        ("08222", 2024, "einwohner", "geschlecht=m", 158.5, None, "E13"),
        ("08222", 2023, "einwohner", "geschlecht=w", 160.0, "vorlaeufig", "E14"),
    ]


@pytest.mark.parametrize(
    ("text", "erwartet"),
    [
        ("id;a\n01;5\n", "keine Datensätze der Art QEI: das ist keine Quaderdatei mit Werten."),
        (QUADER_KOPF, "keine Datensätze der Art QEI"),
        (f"{QUADER_KOPF}D;08222;GESM;2024;158.5\n", "Zeile 13   die Zeile hat nicht so viele Felder wie der Kopf"),
        (f"{QUADER_KOPF}D;08222;GESM;2024;5;e;7;e\nK;QEI\n", "Zeile 14   nach dem Beginn der Werte steht eine Zeile"),
        (QUADER_KOPF.replace("D;GES;2;2\n", "") + "D;1;2;3;4;5;6;7\n", "nennt mehr Achsen, als die Datei beschreibt"),
        ("K;DQA;NAME\nD\n", "QEI"),
    ],
    ids=["no cube", "no figures", "short record", "other record", "too few axes", "cut off"],
)
def test_a_broken_cube_is_refused(meldung: Meldung, text: str, erwartet: str) -> None:
    assert erwartet in meldung(text, **QUADER)


# No header, or one with holes


def test_records_of_a_cube_inside_quotes_are_found(meldung: Meldung) -> None:
    text = f'{QUADER_KOPF}D;08222;GESM;"2024";1;e;2;e\nD;08223;"x;2024;1;e;2;e\nD;08224;x";2024;1;e;2;e\n'
    assert meldung(text, **QUADER).startswith("Zeile 14   ein Feld in Anführungszeichen reicht über mehrere Zeilen")
    kopf = QUADER_KOPF.replace("D;BEV;Anzahl\nD;FLC;qkm\n", 'D;BEV;"Anzahl\nD;FLC;qkm"\n')
    assert meldung(f"{kopf}D;08222;;2024;1;e;2;e\n", **QUADER).startswith("Zeile 10   ein Feld in Anführungszeichen")


def test_a_file_without_header_has_declared_columns(lies: Lies, meldung: Meldung) -> None:
    datei = {"spalten_fest": ["id", "a"]}
    assert lies_als(lies, "raum_id wert zelle", "01;5\n02;6\n", datei=datei) == [("01", 5.0, "B1"), ("02", 6.0, "B2")]
    assert "der Kopf hat 2 Felder, keine Zeile darunter hat ebenso viele (die erste 3)." in meldung(
        "01;5;1\n02;6;1\n", datei=datei
    )


def test_empty_head_cells_are_filled_from_the_left_where_declared(lies: Lies) -> None:
    text = "id;2023;;2024;\n;m;w;m;w\n01;1;2;3;4\n"
    gelesen = lies_als(
        lies,
        "jahr gruppe wert zelle",
        text,
        datei={"kopf": {"anker": "^id$", "tiefe": 2, "fuellen": [1], "verbinder": " / "}},
        schluessel={"spalte": "id", "ebenen": ZWEISTELLIG},
        zeit={"kopf": r"^(?P<jahr>\d{4})"},
        werte={"spalten": [{"muster": r"\d{4} / (?P<sex>.)", "merkmal": "a"}]},
        dimensionen=[{"kopf": "sex", "gruppen": {"m": "geschlecht=m", "w": "geschlecht=w"}}],
    )
    assert gelesen == [
        (2023, "geschlecht=m", 1.0, "B3"),
        (2023, "geschlecht=w", 2.0, "C3"),
        (2024, "geschlecht=m", 3.0, "D3"),
        (2024, "geschlecht=w", 4.0, "E3"),
    ]


def test_a_header_deeper_than_the_file_is_refused(meldung: Meldung) -> None:
    kopf = {"anker": "^id$", "tiefe": 3, "fuellen": [3]}
    abweichung = {"dateien": "w", "grund": "Kopf", "kopf": kopf}
    assert "nach der Kopfzeile folgt keine Zeile mit Daten." in meldung("Titel\nid;a\n", abweichungen=[abweichung])
