"""Which areas existed on a day: a dash of a dissolved area is no zero, and beyond the list nobody knows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from atlas.config.models.gueltigkeit import Gueltigkeit
from atlas.ingest.deutung.gueltigkeit import Gueltigkeitsliste, build_gueltigkeitsliste
from atlas.ingest.deutung.lesung import Umfeld
from atlas.ingest.deutung.quelle import Gelesen

Lies = Callable[..., Gelesen]
Fehlertext = Callable[[Callable[[], object]], str]

EISENACH, WARTBURGKREIS, GOETTINGEN = "16056", "16063", "03159"
KREIS = {"spalte": "id", "ebenen": {"kreis": r"\d{5}"}}


def declare(**angaben: Any) -> Gueltigkeit:  # noqa: ANN401
    """Give a list that speaks of 2016 to 2025: Eisenach went in June 2021, Göttingen came in November 2016."""
    grund = {
        "datei": {"typ": "csv", "glob": "kreise.csv", "zeichensatz": "utf-8", "trenner": ";"},
        "schluessel": "AGS",
        "gilt_fuer": r"\d{5}",
        "von": date(2016, 1, 1),
        "bis": date(2025, 12, 31),
        "erloschen": {EISENACH: date(2021, 6, 30)},
        "neu": {GOETTINGEN: date(2016, 11, 1)},
    }
    return Gueltigkeit.model_validate(grund | angaben)


def build(*texte: str, **angaben: Any) -> Gueltigkeitsliste:  # noqa: ANN401
    return build_gueltigkeitsliste(list(texte or (EISENACH, WARTBURGKREIS)), declare(**angaben), "kreise.csv")


def status(liste: Gueltigkeitsliste, raum_id: str, tag: str | None) -> str:
    return str(liste.status_null(pl.Series([raum_id]), pl.Series([tag], dtype=pl.String))[0])


@pytest.mark.parametrize(
    ("raum_id", "tag", "erwartet"),
    [
        (WARTBURGKREIS, "2016-01-01", "null_genau"),
        (WARTBURGKREIS, "2025-12-31", "null_genau"),
        (WARTBURGKREIS, "2015-12-31", "unbekannt"),
        (WARTBURGKREIS, "2026-01-01", "unbekannt"),
        (WARTBURGKREIS, None, "unbekannt"),
        (EISENACH, "2021-06-30", "null_genau"),
        (EISENACH, "2021-07-01", "nicht_existent"),
        (EISENACH, "2026-01-01", "unbekannt"),
        (GOETTINGEN, "2016-10-31", "nicht_existent"),
        (GOETTINGEN, "2016-11-01", "null_genau"),
        ("99999", "2020-12-31", "nicht_existent"),
        ("99999", "2015-12-31", "unbekannt"),
        ("16056000", "2020-12-31", "unbekannt"),
        ("16", "2020-12-31", "unbekannt"),
    ],
)
def test_a_dash_means_what_the_list_says_of_that_day(raum_id: str, tag: str | None, erwartet: str) -> None:
    assert status(build(), raum_id, tag) == erwartet


def test_shorter_keys_are_the_beginnings_of_longer_ones() -> None:
    liste = build("14521010", EISENACH + "000", stellen=(2, 5), neu={}, gilt_fuer=r"\d{2,8}")
    assert [status(liste, key, "2020-12-31") for key in ("14", "14521", "14521010", "145", "")] == [
        "null_genau",
        "null_genau",
        "null_genau",
        "nicht_existent",
        "unbekannt",
    ]
    assert [status(liste, key, "2022-12-31") for key in ("16", EISENACH)] == ["null_genau", "nicht_existent"]


def test_other_keys_in_the_file_do_not_count() -> None:
    liste = build(EISENACH, "16056000", "Summe", neu={})
    assert liste.schluessel["raum_id"].to_list() == [EISENACH]


def test_a_key_listed_twice_is_one_key() -> None:
    assert status(build(EISENACH, EISENACH, ""), EISENACH, "2020-12-31") == "null_genau"


@pytest.mark.parametrize(
    ("texte", "angaben", "erwartet"),
    [
        (
            (WARTBURGKREIS,),
            {},
            "  Schlüssel »16056«: steht unter erloschen, kommt in der Liste aber nicht vor. Prüfen.",
        ),
        (
            (EISENACH, GOETTINGEN),
            {},
            "  Schlüssel »03159«: steht unter neu, kommt in der Liste aber schon vor. Eintrag löschen.",
        ),
        (("",), {"erloschen": {}}, "  die Liste der gültigen Räume enthält keinen Schlüssel."),
    ],
    ids=["never listed", "listed already", "empty"],
)
def test_a_change_that_does_not_fit_the_list_is_an_error(
    fehlertext: Fehlertext, texte: tuple[str, ...], angaben: dict[str, Any], erwartet: str
) -> None:
    assert fehlertext(lambda: build(*texte, **angaben)) == f"1 Problem in kreise.csv\n{erwartet}"


def test_the_day_is_the_reference_day_or_else_the_end_of_the_year(lies: Lies) -> None:
    text = f"id;a\n{EISENACH};-\n"

    def gelesen(**zeit: object) -> list[tuple[float | None, str]]:
        umfeld = Umfeld(gueltigkeit=build())
        return lies(text, schluessel=KREIS, zeit=zeit, umfeld=umfeld).messwerte.select("wert", "status").rows()

    assert gelesen(fest=2021, stichtag="06-30") == [(0.0, "null_genau")]
    assert gelesen(fest=2021) == [(None, "nicht_existent")]
    assert gelesen(fest=2015) == [(None, "unbekannt")]


def test_only_declared_zero_signs_are_asked_about(lies: Lies) -> None:
    symbole = {"-": "null_genau", "0": "null_gerundet", "*": "geheim"}
    text = f"id;a;b;c\n{EISENACH};0;*;5\n{WARTBURGKREIS};0;;-\n"
    werte = {"spalten": [{"spalte": name, "merkmal": name} for name in "abc"]}
    gelesen = lies(
        text, schluessel=KREIS, symbole=symbole, werte=werte, zeit={"fest": 2022}, umfeld=Umfeld(gueltigkeit=build())
    )
    assert gelesen.messwerte.select("merkmal", "raum_id", "wert", "status").rows() == [
        ("a", EISENACH, None, "nicht_existent"),
        ("a", WARTBURGKREIS, 0.0, "null_gerundet"),
        ("b", EISENACH, None, "geheim"),
        ("b", WARTBURGKREIS, None, "nicht_geliefert"),
        ("c", EISENACH, 5.0, "beobachtet"),
        ("c", WARTBURGKREIS, 0.0, "null_genau"),
    ]


@pytest.mark.parametrize(("jahr", "raum_id"), [(2015, WARTBURGKREIS), (2022, EISENACH), (2022, "99999")])
def test_a_number_stays_a_number_whatever_the_list_says(lies: Lies, jahr: int, raum_id: str) -> None:
    umfeld = Umfeld(gueltigkeit=build())
    gelesen = lies(f"id;a\n{raum_id};5\n", schluessel=KREIS, zeit={"fest": jahr}, umfeld=umfeld)
    assert gelesen.messwerte.select("wert", "status").rows() == [(5.0, "beobachtet")]


def test_without_a_list_a_declared_zero_is_a_zero(lies: Lies) -> None:
    assert lies(f"id;a\n{EISENACH};-\n", schluessel=KREIS).messwerte["status"].to_list() == ["null_genau"]


def test_a_rounded_dash_of_a_dissolved_area_is_no_zero_either(lies: Lies) -> None:
    gerundet = [{"verfahren": "gerundet", "grund": "Fußnote"}]
    umfeld = Umfeld(gueltigkeit=build())
    text = f"id;a\n{EISENACH};-\n{WARTBURGKREIS};-\n"
    gelesen = lies(text, schluessel=KREIS, zeit={"fest": 2022}, vorbehandelt=gerundet, umfeld=umfeld)
    assert gelesen.messwerte.select("wert", "status").rows() == [(None, "nicht_existent"), (0.0, "null_gerundet")]
