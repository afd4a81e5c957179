from __future__ import annotations

import polars as pl
import pytest

from atlas.befunde import SCHWERE, Befund, Code, build_befunde
from atlas.core.pruefregeln import Pruefling, Wertebereich, find_befunde
from atlas.tables.ergebnis import Befunde
from atlas.tables.messung import Lieferungen
from kleines_gebiet import formelterme, katalog, messwerte, raeume, verfahren

Zeile = tuple[str, int, str, float | str | None]
GEMEINDEN = ("a1", "a2", "b1", "b2")
GUT: list[Zeile] = [(r, 2025, m, w) for r in GEMEINDEN for m, w in (("arme", 5.0), ("alle", 50.0))]


def _find(zeilen: list[Zeile], ausschluss: dict[str, str] | None = None, **anderes: object) -> list[Befund]:
    lieferung = {"lieferung_id": "hand", "quelle": "hand", "datei": "x.csv", "sha256": "", "stand": "", "zeilen": 1}
    grund: dict[str, object] = {
        "raeume": raeume(ausschluss=ausschluss),
        "lieferungen": Lieferungen.make(pl.DataFrame([lieferung], schema=Lieferungen.empty().schema)),
        "messwerte": messwerte(zeilen),
        "katalog": katalog(quote="anteil 100"),
        "formelterme": formelterme("quote zaehler arme", "quote nenner alle"),
        "verfahren": (),
        "wertebereiche": (),
        "vollstaendige_quellen": ("hand",),
    }
    return find_befunde(Pruefling(**(grund | anderes)))  # type: ignore[arg-type]  # the keys are the fields


def test_sound_data_have_no_findings() -> None:
    assert _find(GUT) == []


def test_an_unknown_area_is_named() -> None:
    befunde = _find([*GUT, ("c9", 2025, "arme", 1)])
    assert [(b.code, b.raum_id) for b in befunde] == [(Code.UNBEKANNTER_RAUM, "c9")]


def test_an_area_that_the_delivery_leaves_out_is_named() -> None:
    befunde = _find([z for z in GUT if z[0] != "b2"])
    assert [(b.code, b.raum_id, b.jahr) for b in befunde] == [(Code.FEHLENDER_RAUM, "b2", 2025)]


def test_an_excluded_area_may_be_left_out() -> None:
    befunde = _find([z for z in GUT if z[0] != "b2"], ausschluss={"b2": "Gewerbegebiet"})
    assert [SCHWERE[b.code] for b in befunde] == ["hinweis"]


def test_a_source_declared_incomplete_may_leave_areas_out() -> None:
    assert _find([z for z in GUT if z[0] != "b2"], vollstaendige_quellen=()) == []


def test_two_cells_for_one_value_are_named_with_both_addresses() -> None:
    befund = _find([*GUT, ("a1", 2025, "arme", 7)])[0]
    assert befund.code == Code.DOPPELTER_WERT
    assert "A0" in befund.text
    assert "A8" in befund.text


def test_a_negative_count_is_out_of_range() -> None:
    befunde = _find([(*z[:3], -1.0) if z[:3] == ("a1", 2025, "arme") else z for z in GUT])
    assert [(b.code, b.raum_id) for b in befunde] == [(Code.AUSSERHALB_WERTEBEREICH, "a1")]


@pytest.mark.parametrize(("von", "bis", "anzahl"), [(None, 5, 0), (None, 4.9, 4), (5, None, 0), (5.1, None, 4)])
def test_a_declared_range_holds_with_both_ends(von: float | None, bis: float | None, anzahl: int) -> None:
    bereich = Wertebereich("hand", "arme", "", von, bis)
    befunde = [b for b in _find(GUT, wertebereiche=(bereich,)) if b.code == Code.AUSSERHALB_WERTEBEREICH]
    assert len(befunde) == anzahl


def test_a_part_larger_than_the_whole_is_found() -> None:
    befunde = _find([(*z[:3], 51.0) if z[:3] == ("a1", 2025, "arme") else z for z in GUT])
    assert [(b.code, b.raum_id, b.zelle) for b in befunde] == [(Code.ZAEHLER_GROESSER_NENNER, "a1", "A0")]


def test_an_unknown_part_is_not_larger_than_the_whole() -> None:
    assert _find([(*z[:3], "geheim") if z[:3] == ("a1", 2025, "alle") else z for z in GUT]) == []


def test_an_index_over_few_areas_gets_a_hint() -> None:
    befunde = _find(GUT, verfahren=(verfahren("quote"),))
    assert [(SCHWERE[b.code], b.code) for b in befunde] == [("hinweis", Code.WENIGE_RAEUME)]


def test_a_broken_key_column_does_not_bring_follow_on_findings() -> None:
    befunde = _find([(f"x{z[0]}", *z[1:]) for z in GUT])
    assert {b.code for b in befunde} == {Code.UNBEKANNTER_RAUM}
    assert len(befunde) == 4, "one per area, not one per cell"


def test_the_same_oddity_has_the_same_name_in_the_next_run() -> None:
    erster, zweiter = (build_befunde(_find([*GUT, ("c9", 2025, "arme", 1)]), Befunde) for _ in range(2))
    assert erster["befund_id"].to_list() == zweiter["befund_id"].to_list()
    assert erster["befund_id"][0].startswith("R101-")


def test_no_finding_shows_a_value() -> None:
    befunde = _find([(*z[:3], 731.0) if z[:3] == ("a1", 2025, "arme") else z for z in GUT])
    assert all("731" not in b.text for b in befunde)
