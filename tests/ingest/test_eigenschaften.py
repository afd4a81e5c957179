"""Properties: no delivery crashes the reader, and no row is lost without a word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlas.errors import EingabeError, Problem
from atlas.ingest.deutung.quelle import Gelesen

Lies = Callable[..., Gelesen]

ANGABEN: dict[str, Any] = {
    "zeit": {"spalte": "Jahr"},
    "zahl": {"dezimal": ",", "tausender": "."},
    "werte": {"spalten": [{"spalte": "a", "merkmal": "a"}, {"spalte": "b", "merkmal": "b"}], "ignoriere": ["Name"]},
}
GUELTIG = "id;Name;Jahr;a;b\n01;Ort;2024;5;1.234\n02;Stadt;2024;-;2,5\n03;Flecken;2025;*;\n04;Dorf;2025;7;0\n"
RUHIG = settings(
    deadline=None,
    max_examples=150,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

ZEICHEN = st.sampled_from([*'0159;,.-*"\n\r \t\0ä\u00a0\ufeff{<x'])
AENDERUNGEN = st.lists(
    st.tuples(st.sampled_from(["ein", "aus", "statt"]), st.integers(0, len(GUELTIG)), ZEICHEN), min_size=1, max_size=6
)


def mutiere(text: str, aenderungen: list[tuple[str, int, str]]) -> str:
    for art, stelle, zeichen in aenderungen:
        ende = stelle if art == "ein" else stelle + 1
        text = text[:stelle] + ("" if art == "aus" else zeichen) + text[ende:]
    return text


def versuche(lies: Lies, inhalt: str | bytes, **mehr: Any) -> tuple[Gelesen | None, tuple[Problem, ...]]:  # noqa: ANN401
    try:
        return lies(inhalt, **(ANGABEN | mehr)), ()
    except EingabeError as fehler:
        return None, fehler.probleme


@RUHIG
@given(aenderungen=AENDERUNGEN)
def test_a_mutated_delivery_is_read_whole_or_refused(lies: Lies, aenderungen: list[tuple[str, int, str]]) -> None:
    text = mutiere(GUELTIG, aenderungen)
    gelesen, probleme = versuche(lies, text)
    assert bool(gelesen) is not bool(probleme)
    if gelesen is None:
        return
    zeilen = [zeile for zeile in text.replace("\r", "\n").split("\n") if zeile.strip("; \t\u00a0\ufeff")]
    assert gelesen.messwerte.height == 2 * gelesen.zeilen
    assert sum(";2024;" in zeile or ";2025;" in zeile for zeile in zeilen) <= gelesen.zeilen
    if '"' not in text:
        assert gelesen.zeilen == len(zeilen) - 1


@RUHIG
@given(inhalt=st.binary(max_size=60), vorn=st.sampled_from([b"", GUELTIG.encode(), b"id;Name;Jahr;a;b\n"]))
@pytest.mark.parametrize("zeichensatz", ["utf-8", "cp1252", "iso-8859-1", "utf-16"])
def test_any_bytes_are_read_or_refused(lies: Lies, zeichensatz: str, vorn: bytes, inhalt: bytes) -> None:
    gelesen, probleme = versuche(lies, vorn + inhalt, datei={"zeichensatz": zeichensatz})
    assert probleme or (gelesen is not None and gelesen.messwerte.height == 2 * gelesen.zeilen)


SCHLUESSEL = st.sampled_from([("01", True), ("99", True), ("123", False), ("", False), ("x1", False)])
JAHRE = st.sampled_from([("2024", True), ("24", False), ("", False)])
ZELLEN = st.sampled_from([("5", True), ("1.234", True), ("-", True), ("", True), ("1.23", False), ("5 %", False)])
ZEILEN = st.lists(st.tuples(SCHLUESSEL, JAHRE, ZELLEN, ZELLEN), min_size=1, max_size=12)


@RUHIG
@given(zeilen=ZEILEN)
def test_every_bad_row_is_named_with_its_line(lies: Lies, zeilen: list[tuple[tuple[str, bool], ...]]) -> None:
    texte = [";".join([zeile[0][0], "Ort", *(text for text, _ in zeile[1:])]) for zeile in zeilen]
    schlechte = {nummer for nummer, zeile in enumerate(zeilen, start=2) if not all(gut for _, gut in zeile)}
    gelesen, probleme = versuche(lies, "id;Name;Jahr;a;b\n" + "\n".join(texte))
    assert {problem.zeile for problem in probleme if "von hier an" not in problem.text} == schlechte
    assert (gelesen is None) is bool(schlechte)
    assert gelesen is None or gelesen.zeilen == len(zeilen)


NEU = (
    "statistics_code;time;1_variable_code;1_variable_attribute_code;2_variable_code;2_variable_attribute_code;"
    "value;value_unit;value_variable_code;value_q\n"
    "1;2024;KREISE;01001;GES;GESM;5;Anzahl;BEV;e\n1;2024;KREISE;01002;GES;GESM;-;Anzahl;BEV;e\n"
)
ALT = (
    "Statistik_Code;Zeit;1_Merkmal_Code;1_Auspraegung_Code;2_Merkmal_Code;2_Auspraegung_Code;  BEV__Bev__Anzahl\n"
    "1;2024;KREISE;01001;GES;GESM;5\n1;2024;KREISE;01002;GES;GESM;-\n"
)
QUADER = (
    "* Export\nK;DQA;NAME\nD;KREISE\nD;GES\nK;DQZ;NAME\nD;Zeit\nK;DQI;NAME\nD;Wert\n"
    "K;QEI;FACH-SCHL;FACH-SCHL;ZI-WERT;WERT;QUALITAET\nD;01001;GESM;2024;5;e\nD;01002;GESM;2024;-;e\n"
)


@RUHIG
@given(aenderungen=AENDERUNGEN)
@pytest.mark.parametrize(
    ("text", "typ"), [(NEU, "ffcsv"), (ALT, "ffcsv"), (QUADER, "quader")], ids=["new", "old", "cube"]
)
def test_a_mutated_file_of_genesis_is_read_or_refused(
    lies: Lies, text: str, typ: str, aenderungen: list[tuple[str, int, str]]
) -> None:
    angaben: dict[str, Any] = {
        "datei": {"typ": typ},
        "schluessel": {"spalte": "KREISE", "ebenen": {"kreis": r"\d{5}"}},
        "zeit": {"spalte": "Zeit"},
        "dimensionen": [{"spalte": "GES", "gruppen": {"GESM": "geschlecht=m"}}],
        "werte": {
            "spalten": [{"spalte": "Wert", "merkmal": "a"}],
            "ignoriere": ["Statistik", "Einheit", ".*_?Q.*", "W.*"],
        },
    }
    assert lies(text, **angaben).messwerte["wert"].to_list() == [5.0, 0.0]
    gelesen, probleme = versuche(lies, mutiere(text, aenderungen), **angaben)
    assert bool(gelesen) is not bool(probleme)
    assert gelesen is None or gelesen.messwerte.height == gelesen.zeilen
