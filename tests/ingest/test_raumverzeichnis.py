"""The Raumverzeichnis: a sound hierarchy of any depth, or a message that says which Raum breaks it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from atlas.config.models.raeume import Raumverzeichnis
from atlas.config.yaml_strikt import read_yaml
from atlas.errors import KonfigurationError
from atlas.ingest.raeume.raumverzeichnis import read_raeume
from atlas.zeichen import mask

if TYPE_CHECKING:
    from atlas.projekt import Projekt

Fehlertext = Callable[[Callable[[], object]], str]
LANG = {"form": "lang", "schluessel": "id", "name": "name", "ebene": "ebene", "uebergeordnet": "in"}
MUSTER = {"land": "L", "kreis": "K.", "raum": r"R\d"}


def read(projekt: Projekt, text: str, muster: dict[str, str] | None = None, **angaben: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401
    """Give (raum_id, uebergeordnet_id, flaeche_ha, ausschlussgrund) of every Raum."""
    (projekt.roh / "r.csv").write_text(text, encoding="utf-8")
    ebenen = [{"ebene": e, "titel": e, "mehrzahl": e, "muster": m} for e, m in (muster or MUSTER).items()]
    verzeichnis = {"datei": {"typ": "csv", "glob": "r.csv", "zeichensatz": "utf-8", "trenner": ";"}, "spalten": LANG}
    verzeichnis |= angaben.pop("verzeichnis", {})
    grund = {"gebietsstand": "2025", "ebenen": ebenen, "verzeichnis": verzeichnis} | angaben
    modell = Raumverzeichnis.model_validate_json(json.dumps(grund))
    dokument = read_yaml("a: 1\nausschluesse:\n  - raum_id: R1\n  - raum_id: R9\n", "config/raeume.yaml")
    raeume = read_raeume(projekt, modell, dokument)
    return raeume.select("raum_id", "uebergeordnet_id", "flaeche_ha", "ausschlussgrund").rows()


GUT = "id;name;ebene;in\nL;Land;land;\nKA;A;kreis;L\nR1;Eins;raum;KA\nR2;Zwei;raum;KA\n"


@pytest.mark.parametrize("tiefe", [2, 3, 4, 5])
def test_a_hierarchy_may_have_any_depth(projekt: Projekt, tiefe: int) -> None:
    muster = {f"e{n}": str(n) for n in range(tiefe)}
    zeilen = [f"{n};Raum {n};e{n};{n - 1 if n else ''}" for n in range(tiefe)]
    raeume = read(projekt, "\n".join(["id;name;ebene;in", *zeilen]), muster)
    assert [zeile[:2] for zeile in raeume] == [(str(n), str(n - 1) if n else None) for n in range(tiefe)]


def test_a_wide_file_gives_every_level_once(projekt: Projekt) -> None:
    herkunft: dict[str, dict[str, Any]] = {
        "land": {"schluessel": {"fest": "L"}, "name": {"fest": "Land"}},
        "kreis": {"schluessel": {"spalte": "id", "stellen": 2}, "name": {"zuordnung": {"01": "Eins"}}},
        "raum": {"schluessel": {"spalte": "id"}, "name": {"spalte": "name"}},
    }
    muster = {"land": "L", "kreis": r"\d\d", "raum": r"\d{4}"}
    ebenen = [herkunft[e] | {"ebene": e, "titel": e, "mehrzahl": e, "muster": m} for e, m in muster.items()]
    raeume = read(
        projekt,
        "id;name;ha\n0101;a;1,5\n0102;b;2\n0201;c;\n",
        ebenen=ebenen,
        verzeichnis={"spalten": {"form": "breit", "flaeche": "ha"}},
    )
    assert raeume == [
        ("01", "L", 3.5, None),
        ("0101", "01", 1.5, None),
        ("0102", "01", 2.0, None),
        ("02", "L", None, None),
        ("0201", "02", None, None),
        ("L", None, None, None),
    ]


def test_areas_are_summed_upwards_where_none_is_given_and_none_is_missing(projekt: Projekt) -> None:
    text = (
        "id;name;ebene;in;km2\nL;Land;land;;\nKA;A;kreis;L;\nKB;B;kreis;L;9\nR1;1;raum;KA;0,5\nR2;2;raum;KA;1\n"
        "R3;3;raum;KB;1\n"
    )
    verzeichnis = {"spalten": LANG | {"flaeche": "km2"}, "hektar_je_einheit": 100}
    flaechen = {zeile[0]: zeile[2] for zeile in read(projekt, text, verzeichnis=verzeichnis)}
    assert flaechen == {"R1": 50.0, "R2": 100.0, "R3": 100.0, "KA": 150.0, "KB": 900.0, "L": 1050.0}


FEHLER = [
    (
        "R2;Zwei;raum;KA\n",
        "R2;Zwei;raum;KA\nM;M;land;\n",
        (
            "genau ein Raum darf keinen übergeordneten haben, hier sind es 2 "
            "(Land, M). Ergänzen lassen.\n  Zeile 6    Raum »M« (M): der Schlüssel passt nicht zum Muster "
            "der Ebene land (L)."
        ),
    ),
    (
        "L;Land;land;\n",
        "L;Land;land;KA\n",
        (
            "genau ein Raum darf keinen übergeordneten haben, hier sind es 0. Ergänzen "
            "lassen.\n  Zeile 2    Raum »L« (Land): der übergeordnete Raum »KA« liegt nicht auf einer höheren Ebene. "
            "Zuordnung prüfen."
        ),
    ),
    (
        "R2;Zwei;raum;KA",
        "R2;Zwei;raum;X",
        "Zeile 5    Raum »R2« (Zwei): der übergeordnete Raum »X« kommt nicht vor. Ergänzen lassen.",
    ),
    (
        "R2;Zwei;raum;KA",
        "R2;Zwei;raum;ka",
        "Zeile 5    Raum »R2« (Zwei): der übergeordnete Raum »ka« kommt nicht vor. Gemeint: KA?",
    ),
    (
        "R2;Zwei;raum;KA",
        "R2;Zwei;raum;R1",
        (
            "Zeile 5    Raum »R2« (Zwei): der übergeordnete Raum »R1« liegt nicht auf einer höheren Ebene. "
            "Zuordnung prüfen."
        ),
    ),
    (
        "R2;Zwei;raum;KA",
        "R2;Zwei;raum;R2",
        (
            "Zeile 5    Raum »R2« (Zwei): der übergeordnete Raum »R2« liegt nicht auf einer höheren Ebene. "
            "Zuordnung prüfen."
        ),
    ),
    (
        "R2;Zwei;raum;KA",
        "R1;Zwei;raum;KA",
        (
            "der Schlüssel »R1« steht für zwei Räume (Eins, raum in KA; Zwei, raum in KA). "
            "Datei berichtigen lassen oder ersetzungen deklarieren."
        ),
    ),
    (
        "R2;Zwei;raum;KA",
        "R1;Eins;raum;KA",
        (
            "der Schlüssel »R1« steht für zwei Räume (Eins, raum in KA; Eins, raum in KA). "
            "Datei berichtigen lassen oder ersetzungen deklarieren."
        ),
    ),
    ("R2;Zwei", "X2;Zwei", "Zeile 5    Raum »X2« (Zwei): der Schlüssel passt nicht zum Muster der Ebene raum (R\\d)."),
    ("R2;Zwei", "R2;", "Zeile 5    Raum »R2« (): der Name fehlt. Ergänzen lassen."),
    (
        "R2;Zwei;raum",
        "R2;Zwei;ort",
        "Zeile 5    Raum »R2« (Zwei): die Ebene »ort« steht nicht unter ebenen. Bekannt: land, kreis, raum.",
    ),
    (
        "KA\nR2;Zwei;raum",
        "KA\nR2;Zwei;Räume",
        "Zeile 5    Raum »R2« (Zwei): die Ebene »Räume« steht nicht unter ebenen. Gemeint: raum?",
    ),
    (
        "KA;A;kreis;L\nR1;Eins;raum;KA\nR2;Zwei;raum;KA\n",
        "R1;Eins;raum;L\n",
        ("auf der Ebene kreis gibt es keinen Raum. Ergänzen oder Ebene streichen."),
    ),
    ("id;name", "id;Name", "die Spalte »name« fehlt. Vorhanden: »id«, »Name«, »ebene«, »in«."),
]


@pytest.mark.parametrize(("alt", "neu", "erwartet"), FEHLER, ids=range(len(FEHLER)))
def test_a_broken_hierarchy_names_the_raum(
    projekt: Projekt, fehlertext: Fehlertext, alt: str, neu: str, erwartet: str
) -> None:
    assert GUT.count(alt) == 1
    anzahl = "2 Probleme" if "\n" in erwartet else "1 Problem"
    text = fehlertext(lambda: read(projekt, GUT.replace(alt, neu)))
    assert text == f"{anzahl} in data/raw/r.csv\n  {erwartet}"


def test_two_raeume_that_contain_each_other_neither_hang_nor_crash(projekt: Projekt, fehlertext: Fehlertext) -> None:
    text = GUT + "KB;B;kreis;KC\nKC;C;kreis;KB\n"
    assert fehlertext(lambda: read(projekt, text)) == (
        "2 Probleme in data/raw/r.csv\n"
        "  Zeile 6    Raum »KB« (B): der übergeordnete Raum »KC« liegt nicht auf einer höheren Ebene. "
        "Zuordnung prüfen.\n"
        "  Zeile 7    Raum »KC« (C): der übergeordnete Raum »KB« liegt nicht auf einer höheren Ebene. Zuordnung prüfen."
    )


@pytest.mark.parametrize("flaeche", ["1.234", "0", "0,0", "-1", "nan", "inf", "1e5", "12 ha", "1,2,3"])
def test_an_area_is_a_positive_number_as_declared(projekt: Projekt, fehlertext: Fehlertext, flaeche: str) -> None:
    text = f"id;name;ebene;in;ha\nL;Land;land;;\nKA;A;kreis;L;\nR1;Eins;raum;KA;{flaeche}\n"
    verzeichnis = {"spalten": LANG | {"flaeche": "ha"}}
    assert fehlertext(lambda: read(projekt, text, verzeichnis=verzeichnis)) == (
        "1 Problem in data/raw/r.csv\n"
        f"  Raum »R1«: Spalte »ha«: »{mask(flaeche)}« ist keine Fläche größer als 0 (Dezimalzeichen »,«, kein "
        "Tausenderzeichen). verzeichnis.dezimal prüfen."
    )


@pytest.mark.parametrize("flaeche", ["9" * 400, "100000001", f"0,{'0' * 400}1"])
def test_an_area_is_one_of_this_world(projekt: Projekt, fehlertext: Fehlertext, flaeche: str) -> None:
    text = f"id;name;ebene;in;ha\nL;Land;land;;\nKA;A;kreis;L;\nR1;Eins;raum;KA;{flaeche}\n"
    assert fehlertext(lambda: read(projekt, text, verzeichnis={"spalten": LANG | {"flaeche": "ha"}})) == (
        "1 Problem in data/raw/r.csv\n"
        "  Raum »R1«: Spalte »ha«: die Fläche liegt nicht zwischen 0 und 100000000 Hektar. Zahl und "
        "verzeichnis.hektar_je_einheit prüfen."
    )


def test_an_exclusion_keeps_its_reason(projekt: Projekt) -> None:
    raeume = read(projekt, GUT, ausschluesse=[{"raum_id": "R1", "grund": "Heim"}])
    assert {zeile[0]: zeile[3] for zeile in raeume} == {"KA": None, "L": None, "R1": "Heim", "R2": None}


def test_an_exclusion_holds_for_every_raum_inside(projekt: Projekt) -> None:
    raeume = read(projekt, GUT, ausschluesse=[{"raum_id": "KA", "grund": "Umbau"}])
    assert {zeile[0] for zeile in raeume if zeile[3] == "Umbau"} == {"KA", "R1", "R2"}


def test_an_exclusion_of_an_unknown_raum_is_named_with_its_line(projekt: Projekt) -> None:
    ausschluesse = [{"raum_id": "R1", "grund": "Heim"}, {"raum_id": "R9", "grund": "Heim"}]
    with pytest.raises(KonfigurationError) as gefangen:
        read(projekt, GUT, ausschluesse=ausschluesse)
    assert str(gefangen.value) == (
        "1 Problem in config/raeume.yaml\n"
        "  Zeile 4    ausschluesse.1.raum_id: den Raum »R9« gibt es im Raumverzeichnis nicht. Schlüssel prüfen."
    )


def test_a_replacement_mends_one_row_and_says_when_it_no_longer_fits(projekt: Projekt, fehlertext: Fehlertext) -> None:
    def mit(spalte: str, wert: str) -> list[tuple[Any, ...]]:
        ersetzung = {"schluessel": "R1", "wenn": {spalte: wert}, "ersetze": "R3", "grund": "doppelt"}
        return read(projekt, GUT.replace("R2;", "R1;"), verzeichnis={"ersetzungen": [ersetzung]})

    assert [zeile[0] for zeile in mit("name", "Zwei")] == ["KA", "L", "R1", "R3"]
    rat = "Ist die Datei berichtigt, die Ersetzung in config/raeume.yaml löschen; sonst »wenn« anpassen."
    assert fehlertext(lambda: mit("name", "Drei")) == (
        f"1 Problem in data/raw/r.csv\n  die Ersetzung von »R1« trifft 0 statt einer Zeile. {rat}"
    )
    assert fehlertext(lambda: mit("in", "KA")) == (
        f"1 Problem in data/raw/r.csv\n  die Ersetzung von »R1« trifft 2 statt einer Zeile. {rat}"
    )
    assert fehlertext(lambda: mit("ort", "x")) == (
        "1 Problem in data/raw/r.csv\n  die Ersetzung von »R1« nennt die Spalte »ort«, die es nicht gibt. Vorhanden: "
        "»id«, »name«, »ebene«, »in«."
    )


OHNE_NULL = (
    "id;name;ebene;in\n1001;Kreis;kreis;\n1001001;Adorf;gemeinde;1001\n1001002;Bdorf;gemeinde;1001\n"
    "1001003;Cdorf;gemeinde;01001\n"
)
ZIFFERN = {"kreis": r"\d{5}", "gemeinde": r"\d{8}"}


def test_keys_that_lost_their_zero_are_told_once_per_level_with_the_remedy(
    projekt: Projekt, fehlertext: Fehlertext
) -> None:
    zeilen = OHNE_NULL.replace(";01001", ";1001")
    rat = "Wohl eine verlorene führende Null: neu exportieren oder verzeichnis.auffuellen"
    assert fehlertext(lambda: read(projekt, zeilen, ZIFFERN)) == (
        "2 Probleme in data/raw/r.csv\n"
        "  Zeile 2    Raum »1001« (Kreis): der Schlüssel passt nicht zum Muster der Ebene kreis (\\d{5}). "
        f"{rat}: {{kreis: 5}} eintragen.\n"
        "  Zeile 3    Raum »1001001« (Adorf): der Schlüssel passt nicht zum Muster der Ebene gemeinde (\\d{8}). "
        f"{rat}: {{gemeinde: 8}} eintragen. So bei 3 Räumen."
    )


def test_a_parent_without_its_zero_names_the_one_that_is_meant(projekt: Projekt, fehlertext: Fehlertext) -> None:
    zeilen = "id;name;ebene;in\n01001;Kreis;kreis;\n01001001;Adorf;gemeinde;1001\n"
    assert fehlertext(lambda: read(projekt, zeilen, ZIFFERN)).endswith(
        "Zeile 3    Raum »01001001« (Adorf): der übergeordnete Raum »1001« kommt nicht vor. Gemeint: 01001?"
    )


def test_lost_zeros_are_put_back_where_declared_also_in_the_column_of_parents(projekt: Projekt) -> None:
    gelesen = read(projekt, OHNE_NULL, ZIFFERN, verzeichnis={"auffuellen": {"kreis": 5, "gemeinde": 8}})
    gemeinden = [(f"0100100{n}", "01001") for n in (1, 2, 3)]
    assert [zeile[:2] for zeile in gelesen] == [("01001", None), *gemeinden]


def test_lost_zeros_are_put_back_before_a_wide_key_is_cut(projekt: Projekt) -> None:
    ebenen: list[dict[str, Any]] = [
        {"schluessel": {"spalte": "id", "stellen": 2}, "name": {"fest": "Land"}, "ebene": "land", "muster": r"\d\d"},
        {"schluessel": {"spalte": "id"}, "name": {"spalte": "name"}, "ebene": "raum", "muster": r"\d{4}"},
    ]
    ebenen = [ebene | {"titel": "t", "mehrzahl": "t"} for ebene in ebenen]
    verzeichnis = {"spalten": {"form": "breit"}, "auffuellen": {"raum": 4}}
    gelesen = read(projekt, "id;name\n101;a\n102;b\n", ebenen=ebenen, verzeichnis=verzeichnis)
    assert [zeile[:2] for zeile in gelesen] == [("01", None), ("0101", "01"), ("0102", "01")]


def test_places_for_a_level_that_does_not_exist_are_a_mistake(projekt: Projekt) -> None:
    with pytest.raises(ValidationError, match="auffuellen: unbekannte Ebene ort"):
        read(projekt, GUT, verzeichnis={"auffuellen": {"ort": 8}})
