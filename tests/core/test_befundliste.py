from __future__ import annotations

import pytest

from atlas.befunde import Befund, Code, build_befunde
from atlas.befundliste import format_gekuerzt
from atlas.tables.basis import GrainError
from atlas.tables.ergebnis import Befunde


def _format(*befunde: Befund) -> list[str]:
    return format_gekuerzt(build_befunde(befunde, Befunde))


def test_findings_are_sorted_by_code_year_area_and_cell_as_a_person_counts() -> None:
    zeilen = _format(
        Befund(Code.ZAEHLER_GROESSER_NENNER, "sechs", jahr=2024),
        Befund(Code.DOPPELTER_WERT, "fünf", jahr=2025, raum_id="b"),
        Befund(Code.DOPPELTER_WERT, "vier", jahr=2025, raum_id="a", zelle="C10"),
        Befund(Code.DOPPELTER_WERT, "drei", jahr=2025, raum_id="a", zelle="C9"),
        Befund(Code.DOPPELTER_WERT, "zwei", jahr=2024, raum_id="z"),
        Befund(Code.UNBEKANNTER_RAUM, "eins", jahr=2025),
    )
    assert [zeile.split()[-1] for zeile in zeilen] == ["eins", "zwei", "drei", "vier", "fünf", "sechs"]


def test_warnings_come_before_hints_whatever_their_codes() -> None:
    zeilen = _format(Befund(Code.WENIGE_RAEUME, "Hinweis"), Befund(Code.LUECKENJAHR, "Warnung"))
    assert zeilen == ["R110 Warnung", "R106 Hinweis"]


def test_of_one_code_the_first_five_are_printed_and_the_others_counted() -> None:
    fehlende = [Befund(Code.FEHLENDER_RAUM, f"Nr. {n}", jahr=2000 + n) for n in range(1, 24)]
    zeilen = _format(*fehlende, Befund(Code.ZAEHLER_GROESSER_NENNER, "zu groß"))
    assert zeilen == [*(f"R102 Nr. {n}" for n in range(1, 6)), "… und 18 weitere R102", "R105 zu groß"]


def test_five_of_a_code_need_no_further_line() -> None:
    assert len(_format(*(Befund(Code.FEHLENDER_RAUM, "x", jahr=n) for n in range(5)))) == 5


def test_never_more_than_fifteen_lines_and_every_finding_is_counted() -> None:
    codes = (Code.UNBEKANNTER_RAUM, Code.FEHLENDER_RAUM, Code.DOPPELTER_WERT)
    zeilen = _format(*(Befund(code, "x", jahr=n) for code in codes for n in range(10)))
    # 5 and the line for 5 more, twice; of the third code two fit: 10 + 10 + 2 of 30 findings are told.
    assert len(zeilen) == 15
    assert zeilen[5] == "… und 5 weitere R101"
    assert zeilen[-1] == "… und 8 weitere Befunde"


def test_two_findings_of_one_name_are_refused_and_none_is_dropped() -> None:
    with pytest.raises(GrainError):
        build_befunde([Befund(Code.WENIGE_RAEUME, "eins"), Befund(Code.WENIGE_RAEUME, "zwei")], Befunde)


def test_the_name_tells_apart_what_a_finding_is_about() -> None:
    verschiedene = [
        Befund(Code.WENIGE_RAEUME, "x"),
        Befund(Code.WENIGE_RAEUME, "x", gegenstand="status"),
        Befund(Code.WENIGE_RAEUME, "x", gruppe="status"),
        Befund(Code.WENIGE_RAEUME, "x", erwartet="status"),
        Befund(Code.WENIGE_RAEUME, "x", merkmal="status"),
    ]
    assert len({befund.befund_id for befund in verschiedene}) == len(verschiedene)
