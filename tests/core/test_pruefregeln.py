from __future__ import annotations

import polars as pl
import pytest

from atlas.befunde import SCHWERE, Befund, Code, build_befunde
from atlas.core.pruefregeln import Pruefling, Wertebereich, find_befunde
from atlas.core.verfahren import Einbezug, Umrechnung
from atlas.tables.ergebnis import Befunde
from atlas.tables.messung import Lieferungen, Messwerte
from atlas.tables.raum import Umstiege
from kleines_gebiet import formelterme, katalog, messwerte, raeume, verfahren

Zeile = tuple[str, int, str, float | str | None]
GEMEINDEN = ("a1", "a2", "b1", "b2")
GUT: list[Zeile] = [(r, 2025, m, w) for r in GEMEINDEN for m, w in (("arme", 5.0), ("alle", 50.0))]


KATALOG = katalog(quote="anteil 100")
TERME = formelterme("quote zaehler arme", "quote nenner alle")


def _codes(befunde: list[Befund]) -> set[Code]:
    return {befund.code for befund in befunde}


def _find(zeilen: list[Zeile], **anderes: object) -> list[Befund]:
    lieferung = {
        "lieferung_id": "hand",
        "quelle": "hand",
        "datei": "x.csv",
        "sha256": "",
        "stand": "2026-01-31",
        "zeilen": 1,
        "ausserhalb": 0,
        "ohne_raum": 0,
        "ignoriert": 0,
        "uebersprungen": 0,
        "fusszeilen": 0,
        "messwerte": 1,
    }
    grund: dict[str, object] = {
        "raeume": raeume(),
        "lieferungen": Lieferungen.make(pl.DataFrame([lieferung], schema=Lieferungen.empty().schema)),
        "messwerte": messwerte(zeilen),
        "umstiege": Umstiege.empty(),
        "umrechnung": Umrechnung(ziel="2025", standard="ganz"),
        "katalog": KATALOG,
        "formelterme": TERME,
        "verfahren": (),
        "einbezug": None,
        "berichtsjahr": 2025,
        "eigene_jahre": {},
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
    befunde = _find([z for z in GUT if z[0] != "b2"], raeume=raeume(ausschluss={"b2": "Gewerbegebiet"}))
    assert [SCHWERE[b.code] for b in befunde] == ["hinweis"]


def test_a_source_declared_incomplete_may_leave_areas_out() -> None:
    assert _find([z for z in GUT if z[0] != "b2"], vollstaendige_quellen=()) == []


def test_two_cells_for_one_value_are_named_with_both_addresses() -> None:
    befund = _find([*GUT, ("a1", 2025, "arme", 7)])[0]
    assert befund.code == Code.DOPPELTER_WERT
    assert "A0" in befund.text
    assert "A8" in befund.text
    assert befund.text.endswith("muss entfallen oder durch dimensionen der Quelle unterschieden werden.")


def test_of_very_many_cells_for_one_value_the_first_are_named_and_the_others_counted() -> None:
    befund = _find([*GUT, *[("a1", 2025, "arme", 7.0)] * 20_000])[0]
    assert befund.code == Code.DOPPELTER_WERT
    assert "mehrfach: hand A0, hand A10, hand A100, hand A1000, hand A10000 und 19996 weitere. Eine" in befund.text


def test_a_negative_count_is_out_of_range() -> None:
    befunde = _find([(*z[:3], -1.0) if z[:3] == ("a1", 2025, "arme") else z for z in GUT])
    assert [(b.code, b.raum_id) for b in befunde] == [(Code.AUSSERHALB_WERTEBEREICH, "a1")]


@pytest.mark.parametrize(("von", "bis", "anzahl"), [(None, 5, 0), (None, 4.9, 4), (5, None, 0), (5.1, None, 4)])
def test_a_declared_range_holds_with_both_ends(von: float | None, bis: float | None, anzahl: int) -> None:
    bereich = Wertebereich("hand", "arme", "", von, bis)
    befunde = [b for b in _find(GUT, wertebereiche=(bereich,)) if b.code == Code.AUSSERHALB_WERTEBEREICH]
    assert len(befunde) == anzahl


def test_a_range_without_a_group_holds_for_all_groups_but_those_named_elsewhere() -> None:
    gruppen: list[Zeile] = [("a1", 2025, f"arme/{gruppe}", 7.0) for gruppe in ("alter=u3", "alter=u6", "alter=u15")]
    bereich = Wertebereich("hand", "arme", None, 0, 6, frozenset({"", "alter=u15"}))
    fremd = Wertebereich("fuss", "arme", None, 0, 1)
    befunde = _find([*gruppen, *GUT], wertebereiche=(bereich, fremd), vollstaendige_quellen=())
    assert [(b.code.value, b.merkmal, b.gruppe) for b in befunde] == [
        ("R104", "arme", "alter=u3"),
        ("R104", "arme", "alter=u6"),
    ]


def test_a_part_larger_than_the_whole_is_found() -> None:
    befunde = _find([(*z[:3], 51.0) if z[:3] == ("a1", 2025, "arme") else z for z in GUT])
    assert [(b.code, b.raum_id, b.zelle) for b in befunde] == [(Code.ZAEHLER_GROESSER_NENNER, "a1", "A0")]


def test_an_unknown_part_is_not_larger_than_the_whole() -> None:
    assert _find([(*z[:3], "geheim") if z[:3] == ("a1", 2025, "alle") else z for z in GUT]) == []


def test_a_part_with_a_missing_term_is_not_compared() -> None:
    # 60 - 20 of 50 is sound; where the 20 is missing, 60 alone says nothing.
    saldo = formelterme("quote zaehler arme", "quote zaehler reiche minus", "quote nenner alle")
    zeilen: list[Zeile] = [(*z[:3], 60.0) if z[2] == "arme" else z for z in GUT]
    abzug: list[Zeile] = [(raum, 2025, "reiche", 20) for raum in GEMEINDEN]
    assert _find([*zeilen, *abzug], formelterme=saldo) == []
    assert _codes(_find(zeilen, formelterme=saldo)) == {Code.MERKMAL_FEHLT_IM_BERICHTSJAHR}
    assert _codes(_find([*zeilen, *abzug[1:]], formelterme=saldo, vollstaendige_quellen=())) == set()


def test_a_part_is_compared_with_the_whole_of_the_declared_year() -> None:
    # 55 of the year before against 50 of this year is a change of base, 55 against its own 60 is sound.
    vorjahr = formelterme("quote zaehler arme -1", "quote nenner alle -1")
    frueher: list[Zeile] = [(r, 2024, m, w) for r in GEMEINDEN for m, w in (("arme", 55.0), ("alle", 60.0))]
    assert _find([*GUT, *frueher], formelterme=vorjahr) == []
    frueher[0] = ("a1", 2024, "arme", 61.0)
    befunde = _find([*GUT, *frueher], formelterme=vorjahr)
    assert [(b.code, b.raum_id, b.jahr, b.zelle) for b in befunde] == [(Code.ZAEHLER_GROESSER_NENNER, "a1", 2025, "A8")]


def test_a_share_is_not_compared_before_it_is_defined() -> None:
    zeilen: list[Zeile] = [(*z[:3], 51.0) if z[2] == "arme" else z for z in GUT]
    ab_2026 = [df.with_columns(gueltig_ab=pl.lit(2026, pl.Int64)) for df in (KATALOG, TERME)]
    assert _find(zeilen, katalog=ab_2026[0], formelterme=ab_2026[1]) == []


def test_two_indicators_with_one_part_too_large_are_two_findings() -> None:
    zeilen: list[Zeile] = [(*z[:3], 51.0) if z[:3] == ("a1", 2025, "arme") else z for z in GUT]
    zwei = {
        "katalog": katalog(eins="anteil 100", zwei="anteil 100"),
        "formelterme": formelterme("eins zaehler arme", "eins nenner alle", "zwei zaehler arme", "zwei nenner alle"),
    }
    tabelle = build_befunde(_find(zeilen, **zwei), Befunde)
    assert tabelle["code"].to_list() == ["R105", "R105"]
    assert sorted(text.split(":")[0] for text in tabelle["text"]) == ["eins", "zwei"]


def test_a_negative_count_outside_its_declared_range_is_two_findings() -> None:
    zeilen: list[Zeile] = [(*z[:3], -1.0) if z[:3] == ("a1", 2025, "arme") else z for z in GUT]
    tabelle = build_befunde(_find(zeilen, wertebereiche=(Wertebereich("hand", "arme", "", 0, None),)), Befunde)
    assert tabelle.select("code", "erwartet").rows() == [("R104", "ab 0"), ("R104", "ab 0")]


@pytest.mark.parametrize(
    ("von", "bis", "text"),
    [(0, None, "ab 0"), (None, 5, "höchstens 5"), (0, 100, "0 bis 100"), (0.5, 99.25, "0,5 bis 99,25")],
)
def test_an_expected_range_is_written_in_german(von: float | None, bis: float | None, text: str) -> None:
    assert Wertebereich("hand", "arme", "", von, bis).format() == text


def test_an_index_over_few_areas_gets_a_hint() -> None:
    befunde = _find(GUT, verfahren=(verfahren("quote"),))
    assert [(SCHWERE[b.code], b.code) for b in befunde] == [("hinweis", Code.WENIGE_RAEUME)]


@pytest.mark.parametrize(("ausgeschlossen", "hinweise"), [(0, 0), (1, 1)])
def test_excluded_areas_are_not_compared_and_do_not_count(ausgeschlossen: int, hinweise: int) -> None:
    orte = [f"g{nummer:02}" for nummer in range(30)]
    ohne = dict.fromkeys(orte[:ausgeschlossen], "Wald")
    gebiet = raeume({"K": None, "A": "K"} | dict.fromkeys(orte, "A"), ausschluss=ohne)
    zeilen: list[Zeile] = [(ort, 2025, m, w) for ort in orte for m, w in (("arme", 5.0), ("alle", 50.0))]
    befunde = _find(zeilen, raeume=gebiet, verfahren=(verfahren("quote"),))
    assert [b.code for b in befunde] == [Code.WENIGE_RAEUME] * hinweise


def test_a_characteristic_without_any_number_in_the_year_of_the_report_is_one_warning() -> None:
    zeilen: list[Zeile] = [(r, 2024, m, w) for r, _, m, w in GUT] + [z for z in GUT if z[2] == "arme"]
    befund = _find(zeilen)[0]
    assert (befund.code, SCHWERE[befund.code]) == (Code.MERKMAL_FEHLT_IM_BERICHTSJAHR, "warnung")
    assert (befund.merkmal, befund.jahr, befund.raum_id) == ("alle", 2025, None)
    assert "»hand«, zuletzt geliefert 2024" in befund.text
    assert "leer: quote" in befund.text
    assert len(_find(zeilen)) == 1, "one per Merkmal, not one per area"


def test_a_characteristic_that_is_there_in_other_groups_is_not_the_fault_of_the_delivery() -> None:
    halbjahre: list[Zeile] = [(r, 2025, f"arme/halbjahr={h}", 5.0) for r in GEMEINDEN for h in (1, 2)]
    befund = _find([*halbjahre, *(z for z in GUT if z[2] == "alle")])[0]
    assert befund.code == Code.MERKMAL_FEHLT_IM_BERICHTSJAHR
    assert befund.text.endswith("Geliefert sind: halbjahr=1, halbjahr=2; gruppe (oder alter) im Indikator prüfen.")
    assert "Lieferung ergänzen" not in befund.text


def test_a_year_before_the_first_delivery_is_told_from_one_after_the_last() -> None:
    versetzt = formelterme("quote zaehler arme", "quote nenner alle -3")
    befund = _find(GUT, formelterme=versetzt)[0]
    assert (befund.code, befund.jahr) == (Code.MERKMAL_FEHLT_IM_BERICHTSJAHR, 2022)
    assert "(Quelle »hand«, erst ab 2025 geliefert)" in befund.text
    assert "gueltig_ab" in befund.text


def test_a_characteristic_that_is_secret_everywhere_is_missing_and_one_known_number_is_enough() -> None:
    geheim: list[Zeile] = [(*z[:3], "geheim") if z[2] == "arme" else z for z in GUT]
    assert [b.merkmal for b in _find(geheim)] == ["arme"]
    assert _find([("a1", 2025, "arme", 5), *(z for z in geheim if z[:3] != ("a1", 2025, "arme"))]) == []


def test_an_earlier_year_that_a_change_needs_is_missing_in_the_year_of_the_report() -> None:
    wandel = {
        "katalog": katalog(wandel="veraenderung 100"),
        "formelterme": formelterme("wandel zaehler alle", "wandel zaehler alle minus -3", "wandel nenner alle -3"),
    }
    assert [(b.merkmal, b.jahr) for b in _find(GUT, **wandel)] == [("alle", 2022)]


def test_an_indicator_that_is_defined_later_needs_nothing_yet() -> None:
    ab_2026 = [df.with_columns(gueltig_ab=pl.lit(2026, pl.Int64)) for df in (KATALOG, TERME)]
    assert _find([z for z in GUT if z[2] == "alle"], katalog=ab_2026[0], formelterme=ab_2026[1]) == []


def test_the_area_of_a_raum_is_delivered_by_no_source_and_never_missing() -> None:
    dichte = {
        "katalog": katalog(dichte="dichte 100"),
        "formelterme": formelterme("dichte zaehler alle", "dichte nenner flaeche_ha"),
    }
    assert _find(GUT, **dichte) == []


def test_numbers_of_a_year_after_the_date_of_the_source_are_one_finding_per_year() -> None:
    zeilen: list[Zeile] = [*GUT, *((r, 2027, m, w) for r, _, m, w in GUT)]
    befunde = [b for b in _find(zeilen) if b.code == Code.JAHR_NACH_DATENSTAND]
    assert [(b.jahr, b.lieferung_id) for b in befunde] == [(2027, "hand")]
    assert "Datenstand 2026" in befunde[0].text
    assert Code.JAHR_NACH_DATENSTAND not in _codes(_find([*GUT, *((r, 2026, m, w) for r, _, m, w in GUT)]))


def test_a_row_that_announces_a_later_year_without_a_number_is_sound() -> None:
    zeilen: list[Zeile] = [*GUT, *((r, 2027, m, "spaeter") for r, _, m, _ in GUT)]
    assert Code.JAHR_NACH_DATENSTAND not in _codes(_find(zeilen))


@pytest.mark.parametrize(
    ("jahre", "fehlend"),
    [
        ((2020, 2021, 2022, 2023, 2025), "fehlt 2024."),
        ((2020, 2021, 2025), "fehlen 2022, 2023, 2024."),
        ((2021, 2023, 2025), None),
        ((2019, 2021, 2025), "fehlt 2023."),
        ((2015, 2025), None),
        ((2025,), None),
    ],
)
def test_a_year_left_out_of_a_series_is_named(jahre: tuple[int, ...], fehlend: str | None) -> None:
    zeilen: list[Zeile] = [(r, jahr, m, w) for jahr in jahre for r, _, m, w in GUT]
    befunde = _find(zeilen)
    assert [b.code for b in befunde] == ([] if fehlend is None else [Code.LUECKENJAHR])
    assert all(fehlend is not None and fehlend in b.text for b in befunde)


def _broken(*werte: float) -> list[Zeile]:
    return [z for z in GUT if z[2] == "alle"] + [
        (raum, 2025, "arme", wert) for raum, wert in zip(GEMEINDEN, werte, strict=True)
    ]


def test_a_count_that_is_no_whole_number_is_one_warning_with_its_first_cell() -> None:
    befunde = _find(_broken(1, 2.5, 3.25, 4))
    assert [(b.code, SCHWERE[b.code], b.zelle, b.merkmal) for b in befunde] == [
        (Code.ANZAHL_NICHT_GANZ, "warnung", "A5", "arme")
    ]
    assert "Zellen: 2," in befunde[0].text
    assert "vermutlich ein Tausenderzeichen" not in befunde[0].text


@pytest.mark.parametrize(("letzter", "vermutet"), [(7.125, True), (7.12, True), (7.1234, False)])
def test_three_decimals_in_every_broken_count_look_like_thousands(letzter: float, vermutet: bool) -> None:
    # 7.120 loses its last zero as a number, so a few with two decimals do not speak against it.
    befund = _find(_broken(1.045, 12.815, 3.002, letzter))[0]
    assert ("vermutlich ein Tausenderzeichen" in befund.text) is vermutet


def test_a_delivered_rate_and_the_sum_behind_a_mean_may_be_broken() -> None:
    zeilen: list[Zeile] = [(*z[:3], 4.25) if z[2] == "arme" else z for z in GUT]
    mittel = {"katalog": katalog(quote="mittelwert 1")}
    assert _find(zeilen, **mittel) == []
    rate = {"katalog": katalog(miete="wert 1"), "formelterme": formelterme("miete zaehler arme")}
    assert _find(zeilen, **rate) == []


def test_the_population_of_the_minimum_rule_is_a_count_even_when_no_indicator_uses_it() -> None:
    zeilen: list[Zeile] = [*GUT, ("a1", 2025, "volk", 1.5)]
    assert _find(zeilen) == []
    assert _codes(_find(zeilen, einbezug=Einbezug("volk", 300))) == {Code.ANZAHL_NICHT_GANZ}


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


def _alt(zeilen: list[Zeile]) -> pl.DataFrame:
    """Give Messwerte of an older Gebietsstand."""
    return messwerte(zeilen).with_columns(gebietsstand=pl.lit("2010"), lieferung_id=pl.lit("alt"))


def _mit_alten(zeilen: list[Zeile], *umstiege: tuple[str, str]) -> list[Befund]:
    werte = Messwerte.make(pl.concat([messwerte(GUT), _alt(zeilen)]))
    tabelle = Umstiege.make(
        pl.DataFrame(
            [(von, nach, "2010", "2025", "ganz", 1.0) for von, nach in umstiege], Umstiege.empty().schema, orient="row"
        )
    )
    return _find(GUT, messwerte=werte, umstiege=tabelle)


def test_an_area_of_an_older_map_is_not_unknown_but_needs_a_way_to_the_new_one() -> None:
    befunde = _mit_alten([("x1", 2009, "arme", 3.0), ("x2", 2009, "arme", 4.0)], ("x1", "a1"))
    assert [(b.code, b.gegenstand) for b in befunde] == [
        (Code.RAUM_OHNE_UMSTIEG, "2010 ganz gemeinde False"),
        (Code.SUMME_NICHT_ERHALTEN, "2010 gemeinde"),
    ]
    assert "1 (x2)" in befunde[0].text
    assert "unvollständig" in befunde[0].text


def test_a_level_that_no_crosswalk_carries_at_all_is_told_apart() -> None:
    befunde = _mit_alten([("x1", 2009, "arme", 3.0)])
    assert [(b.code, b.gegenstand) for b in befunde] == [(Code.RAUM_OHNE_UMSTIEG, "2010 ganz gemeinde True")]
    assert "unveraenderte_ebenen" in befunde[0].text


def test_a_total_that_conversion_keeps_is_no_finding() -> None:
    assert _mit_alten([("x1", 2009, "arme", 3.0), ("x2", 2009, "arme", 4.0)], ("x1", "a1"), ("x2", "a1")) == []


def test_shares_that_do_not_sum_to_one_lose_something_on_the_way() -> None:
    halb = pl.DataFrame([("x1", "a1", "2010", "2025", "ganz", 0.5)], Umstiege.empty().schema, orient="row")
    werte = Messwerte.make(pl.concat([messwerte(GUT), _alt([("x1", 2009, "arme", 8.0)])]))
    befunde = _find(GUT, messwerte=werte, umstiege=Umstiege.make(halb))
    assert [(b.code, b.jahr, b.merkmal) for b in befunde] == [(Code.SUMME_NICHT_ERHALTEN, 2009, "arme")]


BAENDER = formelterme("quote zaehler arme", "quote nenner alle/alter=0-14")


def _kinder(null: float, rest: float, arme: float = 5) -> list[Zeile]:
    """Give each Gemeinde two groups of ages that make 0 to 14 together."""
    angaben = (("arme", arme), ("alle/alter=0", null), ("alle/alter=1-14", rest))
    return [(r, 2025, m, w) for r in GEMEINDEN for m, w in angaben]


def test_a_band_made_of_delivered_groups_is_not_missing() -> None:
    assert _find(_kinder(10, 40), formelterme=BAENDER) == []


def test_a_band_that_lacks_a_group_is_missing_in_the_year_of_the_report() -> None:
    ohne = [zeile for zeile in _kinder(10, 40) if zeile[2] != "alle/alter=0"]
    befunde = _find(ohne, formelterme=BAENDER)
    assert [(b.code, b.merkmal) for b in befunde] == [(Code.MERKMAL_FEHLT_IM_BERICHTSJAHR, "alle")]


def test_a_part_larger_than_the_band_it_belongs_to_is_found() -> None:
    befunde = _find(_kinder(10, 40, arme=51), formelterme=BAENDER)
    assert [(b.code, b.raum_id) for b in befunde] == [(Code.ZAEHLER_GROESSER_NENNER, r) for r in GEMEINDEN]
    band_im_zaehler = formelterme("quote zaehler alle/alter=0-14", "quote nenner arme")
    befunde = _find(_kinder(10, 40), formelterme=band_im_zaehler)
    assert [(b.code, b.zelle is not None) for b in befunde] == [(Code.ZAEHLER_GROESSER_NENNER, True)] * 4


def test_a_negative_group_is_found_although_only_its_band_is_used() -> None:
    befunde = _find(_kinder(-1, 40), formelterme=BAENDER)
    assert _codes(befunde) == {Code.AUSSERHALB_WERTEBEREICH}
    assert {b.gruppe for b in befunde} == {"alter=0"}


def test_a_broken_number_in_a_group_is_found_although_only_its_band_is_used() -> None:
    befunde = _find(_kinder(1.5, 40), formelterme=BAENDER)
    assert [(b.code, b.gruppe) for b in befunde] == [(Code.ANZAHL_NICHT_GANZ, "alter=0")]


def test_below_the_smallest_level_no_rule_asks_for_an_indicator() -> None:
    grob = katalog(quote="anteil 100 hoch_ist_belastet planungsraum")
    zeilen: list[Zeile] = [*GUT[2:], ("a1", 2025, "arme", 60), ("a1", 2025, "alle", 50)]
    assert _codes(_find(zeilen)) == {Code.ZAEHLER_GROESSER_NENNER}
    assert _find(zeilen, katalog=grob) == []
