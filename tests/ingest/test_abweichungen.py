"""One declaration for deliveries of several years: what differs in one of them is declared by its file name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from atlas.config.models.quellen import Quelle
from atlas.ingest.deutung.abweichungen import apply_abweichungen
from atlas.ingest.deutung.quelle import Gelesen

Baue = Callable[..., Quelle]
Lies = Callable[..., Gelesen]
Meldung = Callable[..., str]

ZWEI = {"spalten": [{"spalte": "a", "merkmal": "a"}, {"spalte": "b", "merkmal": "b"}]}


def abweichung(**angaben: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Give the one difference that holds for files of 2023."""
    return [{"dateien": r"_2023\.csv$", "grund": "anders geliefert"} | angaben]


def werte_2023(lies: Lies, inhalt: str | bytes, **angaben: Any) -> list[tuple[str, float | None]]:  # noqa: ANN401
    return lies(inhalt, dateiname="w_2023.csv", **angaben).messwerte.select("merkmal", "wert").rows()


def test_a_renamed_head_is_known_under_its_declared_name(lies: Lies, meldung: Meldung) -> None:
    abweichungen = abweichung(umbenannt={"Schlüssel": "id", "Anzahl": "a"})
    assert werte_2023(lies, "Schlüssel;Anzahl\n01;5\n", abweichungen=abweichungen) == [("a", 5.0)]
    text = meldung("Schlüssel;Anzahl\n01;5\n", dateiname="w_2024.csv", abweichungen=abweichungen)
    assert "die Spalte »id« fehlt. In der Datei übrig: »Schlüssel«, »Anzahl«." in text


def test_two_heads_may_change_places(lies: Lies) -> None:
    abweichungen = abweichung(umbenannt={"a": "b", "b": "a"})
    assert werte_2023(lies, "id;a;b\n01;5;6\n", werte=ZWEI, abweichungen=abweichungen) == [("b", 5.0), ("a", 6.0)]


@pytest.mark.parametrize(
    ("text", "umbenannt"),
    [("id;ID alt;a\n01;02;5\n", {"ID alt": "id"}), ("id;a;A\n01;5;6\n", {"A": "a"})],
    ids=["key", "figure"],
)
def test_a_renamed_head_that_meets_its_own_name_is_refused(
    meldung: Meldung, text: str, umbenannt: dict[str, str]
) -> None:
    assert meldung(text, dateiname="w_2023.csv", abweichungen=abweichung(umbenannt=umbenannt))


def test_a_column_absent_in_one_year_is_declared_absent(lies: Lies, meldung: Meldung) -> None:
    text = "id;a\n01;5\n"
    abweichungen = abweichung(fehlt=["b"])
    assert werte_2023(lies, text, werte=ZWEI, abweichungen=abweichungen) == [("a", 5.0)]
    fehler = meldung(text, dateiname="w_2024.csv", werte=ZWEI, abweichungen=abweichungen)
    assert fehler == "Zeile 1    die Spalte »b« fehlt. Neu anfordern."


def test_a_column_declared_absent_that_is_there_is_an_error(meldung: Meldung) -> None:
    text = meldung("id;a;b\n01;5;6\n", dateiname="w_2023.csv", werte=ZWEI, abweichungen=abweichung(fehlt=["b"]))
    assert text.startswith("Zeile 1    die Spalte »b« ist nirgends deklariert.")


def test_a_further_column_of_one_year_is_ignored(lies: Lies, meldung: Meldung) -> None:
    abweichungen = abweichung(ignoriere=["Anteil.*"])
    assert werte_2023(lies, "id;a;Anteil %\n01;5;7\n", abweichungen=abweichungen) == [("a", 5.0)]
    assert "»Anteil %« ist nirgends deklariert" in meldung(
        "id;a;Anteil %\n01;5;7\n", dateiname="w_2024.csv", abweichungen=abweichungen
    )


def test_a_symbol_may_change_its_meaning_for_one_year(lies: Lies) -> None:
    abweichungen = abweichung(symbole={"-": "geheim", "x": "gesperrt"})
    gelesen = lies("id;a\n01;-\n02;x\n03;*\n", dateiname="w_2023.csv", abweichungen=abweichungen)
    assert gelesen.messwerte["status"].to_list() == ["geheim", "gesperrt", "geheim"]
    spaeter = lies("id;a\n01;-\n", dateiname="w_2024.csv", abweichungen=abweichungen)
    assert spaeter.messwerte["status"].to_list() == ["null_genau"]


@pytest.mark.parametrize(
    ("angaben", "inhalt"),
    [
        ({"zeichensatz": "cp1252"}, "id;a\n01;5\n–;\n".encode("cp1252")),
        ({"trenner": ","}, b"id,a\n01,5\n\xe2\x80\x93,\n"),
        ({"kopf": {"anker": "^id$"}}, "Titel;\nid;a\n01;5\n–;\n".encode()),
        ({"ende": "^Quelle"}, "id;a\n01;5\n–;\nQuelle;\n".encode()),
        ({"zahl": {"dezimal": ".", "tausender": ","}}, "id;a\n01;5.0\n–;\n".encode()),
    ],
    ids=["zeichensatz", "trenner", "kopf", "ende", "zahl"],
)
def test_a_file_may_be_laid_out_otherwise(lies: Lies, meldung: Meldung, angaben: dict[str, Any], inhalt: bytes) -> None:
    schluessel = {"spalte": "id", "nicht_raum": "–", "ebenen": {"gemeinde": r"\d{2}"}}
    assert werte_2023(lies, inhalt, schluessel=schluessel, abweichungen=abweichung(**angaben)) == [("a", 5.0)]
    assert meldung(inhalt, dateiname="w_2024.csv", schluessel=schluessel, abweichungen=abweichung(**angaben))


def test_a_workbook_may_have_another_sheet(baue: Baue) -> None:
    quelle = baue(datei={"typ": "xlsx", "blatt": "^Tab$"}, abweichungen=abweichung(blatt="^Tabelle1$"))
    blaetter = [getattr(apply_abweichungen(quelle, name).datei, "blatt", "") for name in ("w_2023.csv", "w_2024.csv")]
    assert blaetter == ["^Tabelle1$", "^Tab$"]


def test_several_differences_of_one_file_come_together(lies: Lies) -> None:
    abweichungen = [
        *abweichung(umbenannt={"A": "a"}, symbole={"x": "gesperrt"}),
        {"dateien": "w_", "grund": "immer", "symbole": {"x": "geheim", "y": "spaeter"}},
    ]
    gelesen = lies("id;A\n01;x\n02;y\n", dateiname="w_2023.csv", abweichungen=abweichungen)
    assert gelesen.messwerte["status"].to_list() == ["geheim", "spaeter"]


def test_the_declaration_itself_stays_as_it_is(baue: Baue) -> None:
    quelle = baue(abweichungen=abweichung(trenner=",", symbole={"x": "geheim"}))
    vorher = quelle.model_dump()
    assert apply_abweichungen(quelle, "w_2023.csv").model_dump() != vorher
    assert apply_abweichungen(quelle, "w_2024.csv") == quelle
    assert quelle.model_dump() == vorher
