from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from atlas.core.geheimhaltung import Ergebnisse, release
from atlas.core.geheimhaltung.fallzahl import find_kleine_terme
from atlas.core.index import Eingaben, compute_indizes
from atlas.core.indikatoren import collect_terme, compute_indikatorwerte
from atlas.core.raumhierarchie import compute_merkmalswerte
from atlas.core.verfahren import Einbezug, Freigaberegel, Gesamtverfahren, Indexverfahren, Standardisierung
from kleines_gebiet import formelterme, gebietswerte, katalog, raeume, verfahren

if TYPE_CHECKING:
    from pandera.typing.polars import DataFrame

    from atlas.tables.katalog import Formelterme

Zeile = tuple[str, int, str, float | str | None]
GEBIET = raeume({"K": None, "A": "K", "a1": "A", "a2": "A", "a3": "A"})
KATALOG = katalog(quote="anteil 100", saldo="rate 1000", miete="wert 1", dichte="dichte 100", volk="anzahl 1")
TERME = formelterme(
    "quote zaehler arme",
    "quote nenner alle",
    "saldo zaehler zu",
    "saldo zaehler fort minus",
    "saldo nenner alle",
    "miete zaehler miete",
    "dichte zaehler alle",
    "dichte nenner flaeche_ha",
    "volk zaehler alle",
    "volk zaehler fort minus",
)
STRENG = Freigaberegel("oeffentlich", mindestfallzahl=3, mindestnenner=20, nicht_gezeigt=())


def _ergebnisse(zeilen: list[Zeile], *methoden: Indexverfahren, gesamt: Gesamtverfahren | None = None) -> Ergebnisse:
    einbezug = Einbezug("alle", 0)
    merkmalswerte = compute_merkmalswerte(gebietswerte(zeilen), GEBIET, KATALOG, TERME)
    werte = compute_indikatorwerte(merkmalswerte, GEBIET, KATALOG, TERME)
    norm, indizes = compute_indizes(Eingaben(werte, merkmalswerte, GEBIET, KATALOG, einbezug), methoden, gesamt)
    return Ergebnisse(GEBIET, KATALOG, TERME, merkmalswerte, werte, norm, indizes, methoden, gesamt, einbezug)


def _zeile(df: pl.DataFrame, **wo: str | int) -> dict[str, Any]:
    return df.filter(**wo).row(0, named=True)


def _gemeinden(arme: tuple[float, float, float], alle: tuple[float, float, float] = (100, 100, 100)) -> list[Zeile]:
    namen = ("a1", "a2", "a3")
    zeilen: list[Zeile] = [(raum, 2025, "arme", wert) for raum, wert in zip(namen, arme, strict=True)]
    zeilen += [(raum, 2025, "alle", wert) for raum, wert in zip(namen, alle, strict=True)]
    return zeilen


@pytest.mark.parametrize(
    ("arme", "alle", "sichtbar"),
    [
        (2, 100, False),
        (3, 100, True),
        (0, 100, True),
        (98, 100, False),
        (97, 100, True),
        (100, 100, True),
        (5, 19, False),
        (5, 20, True),
    ],
)
def test_a_share_is_withheld_when_count_complement_or_base_is_too_small(
    arme: float, alle: float, sichtbar: bool
) -> None:  # the expected answer
    frei = release(_ergebnisse(_gemeinden((arme, 50, 50), (alle, 100, 100))), (STRENG,))
    for art in ("indikator", "zaehler"):
        zeile = _zeile(frei, raum_id="a1", groesse="quote", art=art)
        assert (zeile["wert"] is not None) is sichtbar
        assert zeile["sperrgrund"] == (None if sichtbar else "fallzahl")


def test_a_small_balance_of_two_large_flows_is_shown_and_a_small_flow_is_not() -> None:
    grund: list[Zeile] = [*_gemeinden((5, 5, 5)), ("a1", 2025, "zu", 51), ("a1", 2025, "fort", 50)]
    klein: list[Zeile] = [("a2", 2025, "zu", 40), ("a2", 2025, "fort", 2)]
    frei = release(_ergebnisse(grund + klein), (STRENG,))
    assert _zeile(frei, raum_id="a1", groesse="saldo", art="indikator")["wert"] == 10.0
    assert _zeile(frei, raum_id="a2", groesse="saldo", art="indikator")["sperrgrund"] == "fallzahl"


@pytest.mark.parametrize(
    ("alle", "fort", "sichtbar"),
    [(2, 100, False), (3, 100, True), (100, 2, False), (0, 100, True), (101, 100, True), (19, 0, True)],
)
def test_a_count_is_withheld_when_one_of_its_terms_is_small_and_has_no_base(
    alle: float, fort: float, sichtbar: bool
) -> None:  # the expected answer
    zeilen: list[Zeile] = [("a1", 2025, "alle", alle), ("a1", 2025, "fort", fort)]
    frei = release(_ergebnisse(zeilen), (STRENG,))
    for art in ("indikator", "zaehler"):
        zeile = _zeile(frei, raum_id="a1", groesse="volk", art=art)
        assert (zeile["wert"], zeile["sperrgrund"]) == ((alle - fort, None) if sichtbar else (None, "fallzahl"))


@pytest.mark.parametrize(
    ("ab_drei", "sichtbar"), [(98, False), (97, True), (100, True), (102, False)], ids=["2", "3", "0", "-2"]
)
def test_what_a_part_leaves_of_its_whole_is_a_count_like_any_other(ab_drei: float, sichtbar: bool) -> None:  # expected
    """All 100 minus those of 3 and more: the 2 below 3 years are as small as if they had been delivered."""
    terme = formelterme("kleine zaehler alle", "kleine zaehler alle/alter=3+ minus")
    zeilen: list[Zeile] = [("a1", 2025, "alle", 100), ("a1", 2025, "alle/alter=3+", ab_drei)]
    kleine = _find_kleine(zeilen, terme)
    assert kleine == ([] if sichtbar else ["a1"])


def test_other_years_other_characteristics_and_gaps_leave_no_rest() -> None:
    """100 minus 98 of the year before, of another Merkmal, or of what nobody knows: no part of these 100."""
    zeilen: list[Zeile] = [("a1", 2025, "alle", 100), ("a1", 2024, "alle", 98), ("a1", 2025, "fort", 98)]
    assert _find_kleine(zeilen, formelterme("kleine zaehler alle", "kleine zaehler alle minus -1")) == []
    assert _find_kleine(zeilen, formelterme("kleine zaehler alle", "kleine zaehler fort minus")) == []
    zeilen += [("a1", 2025, "alle/alter=3+", 98), ("a1", 2025, "alle/alter=99", "geheim")]
    terme = formelterme("kleine zaehler alle", "kleine zaehler alle/alter=3+ minus", "kleine zaehler alle/alter=99")
    assert _find_kleine(zeilen, terme) == []


def _find_kleine(zeilen: list[Zeile], terme: DataFrame[Formelterme]) -> list[str]:
    """Give the Räume with something too small in 2025."""
    definition = katalog(kleine="anzahl 1"), terme
    merkmalswerte = compute_merkmalswerte(gebietswerte(zeilen), GEBIET, *definition)
    kleine = find_kleine_terme(collect_terme(merkmalswerte, *definition), STRENG)
    return kleine.filter(jahr=2025)["raum_id"].to_list()


def test_a_delivered_rate_is_withheld_where_few_people_live() -> None:
    zeilen: list[Zeile] = [
        *_gemeinden((5, 5, 5), (19, 100, 100)),
        ("a1", 2025, "miete", 6.5),
        ("a2", 2025, "miete", 7.5),
    ]
    frei = release(_ergebnisse(zeilen), (STRENG,))
    assert _zeile(frei, raum_id="a1", groesse="miete", art="indikator")["sperrgrund"] == "fallzahl"
    assert _zeile(frei, raum_id="a2", groesse="miete", art="indikator")["wert"] == 7.5


def test_a_delivered_rate_is_withheld_where_nobody_knows_how_many_people_live() -> None:
    zeilen: list[Zeile] = [("a1", 2025, "alle", "geheim"), ("a1", 2025, "miete", 6.5)]
    frei = release(_ergebnisse(zeilen), (STRENG,))
    assert _zeile(frei, raum_id="a1", groesse="miete", art="indikator")["sperrgrund"] == "fallzahl"


@pytest.mark.parametrize(
    ("werte", "sichtbar"),
    [((2, 13, 91), False), ((2, 13, 91.5), True), ((3, 13, 91), True), ((0, 13, 91), True), ((2, None, 5), False)],
)
def test_delivered_figures_that_are_all_whole_are_taken_for_counts(
    werte: tuple[float | None, ...], sichtbar: bool
) -> None:  # the expected answer
    zeilen: list[Zeile] = _gemeinden((5, 5, 5))
    for raum, wert in zip(("a1", "a2", "a3"), werte, strict=True):
        zeilen.append((raum, 2025, "miete", "geheim" if wert is None else wert))
    frei = release(_ergebnisse(zeilen), (STRENG,))
    zeile = _zeile(frei, raum_id="a1", groesse="miete", art="indikator")
    assert (zeile["wert"], zeile["sperrgrund"]) == ((werte[0], None) if sichtbar else (None, "fallzahl"))


def test_one_broken_figure_of_another_year_makes_whole_ones_rates_and_an_exemption_does_too() -> None:
    zeilen: list[Zeile] = [*_gemeinden((5, 5, 5)), ("a1", 2025, "miete", 2.0)]
    ausgenommen = replace(STRENG, ohne_schutz=frozenset({"miete"}))
    frueher: list[Zeile] = [("a1", 2024, "miete", 2.5), ("a1", 2024, "alle", 100)]
    for mehr, regel in (([], ausgenommen), (frueher, STRENG)):
        frei = release(_ergebnisse(zeilen + mehr), (regel,))
        assert _zeile(frei, raum_id="a1", groesse="miete", art="indikator", jahr=2025)["wert"] == 2.0


@pytest.mark.parametrize("art", ["rate 100", "rate 1000", "anteil 1"])
@pytest.mark.parametrize(("plaetze", "sichtbar"), [(98, False), (99, False), (97, True), (100, True), (105, True)])
def test_the_rest_of_a_rate_is_as_good_as_that_of_a_share(
    monkeypatch: pytest.MonkeyPatch, art: str, plaetze: float, sichtbar: bool
) -> None:  # the expected answer
    # 98 of 100 children have a place: the other two are told apart by subtraction
    monkeypatch.setattr(f"{__name__}.KATALOG", katalog(kita=art))
    monkeypatch.setattr(f"{__name__}.TERME", formelterme("kita zaehler arme", "kita nenner alle"))
    frei = release(_ergebnisse(_gemeinden((plaetze, 50, 50))), (STRENG,))
    for groesse in ("indikator", "zaehler"):
        zeile = _zeile(frei, raum_id="a1", groesse="kita", art=groesse)
        assert (zeile["wert"] is not None) is sichtbar


def test_a_missing_value_keeps_its_own_reason_and_is_no_suppression() -> None:
    zeilen: list[Zeile] = [("a1", 2025, "arme", "geheim"), ("a1", 2025, "alle", 100)]
    zeile = _zeile(release(_ergebnisse(zeilen), (STRENG,)), raum_id="a1", groesse="quote", art="indikator")
    assert (zeile["wert"], zeile["wertstatus"], zeile["sperrgrund"]) == (None, "geheim", None)


def test_an_index_over_one_withheld_indicator_hides_value_rank_distance_and_class() -> None:
    frei = release(_ergebnisse(_gemeinden((2, 30, 40)), verfahren("quote")), (STRENG,))
    index = _zeile(frei, raum_id="a1", art="index", groesse="status")
    assert (index["wert"], index["klasse"], index["sperrgrund"]) == (None, None, "abgeleitet")
    for art in ("rang", "abstand"):
        assert _zeile(frei, raum_id="a1", art=art, groesse="status")["sperrgrund"] == "abgeleitet"


def test_one_withheld_index_value_withholds_them_all_because_they_add_up_to_zero() -> None:
    frei = release(_ergebnisse(_gemeinden((2, 30, 40)), verfahren("quote")), (STRENG,))
    zahlen = frei.filter(pl.col("art").is_in(["index", "rang", "abstand"]))
    assert zahlen["wert"].null_count() == zahlen.height
    assert _zeile(frei, raum_id="a2", art="index", groesse="status")["klasse"] is not None


def test_the_value_of_the_whole_area_is_no_centre_to_be_shown_where_it_is_withheld_itself() -> None:
    gesamtwert = verfahren("quote", standardisierung=Standardisierung("gesamtwert", "ungewichtet", 0))
    zeilen: list[Zeile] = [*_gemeinden((20, 30, 40)), ("K", 2025, "arme", 2), ("K", 2025, "alle", 300)]
    frei = release(_ergebnisse(zeilen, gesamtwert), (STRENG,))
    assert _zeile(frei, raum_id="K", art="bezug_mittel", groesse="quote")["sperrgrund"] == "abgeleitet"


def test_an_unrated_area_is_unrated_and_not_withheld() -> None:
    zeilen: list[Zeile] = [*_gemeinden((2, 2, 40)), ("a1", 2025, "miete", "unsicher")]
    zeilen += [("a2", 2025, "miete", 6.0), ("a3", 2025, "miete", 7.0)]
    frei = release(_ergebnisse(zeilen, verfahren("quote", "miete")), (STRENG,))
    zeile = _zeile(frei, raum_id="a1", art="index", groesse="status")
    assert (zeile["klasse"], zeile["sperrgrund"], zeile["ausschlussgrund"]) == (None, None, "Angaben unvollständig")


def test_an_index_over_three_indicators_keeps_its_class_but_not_its_value() -> None:
    zeilen: list[Zeile] = _gemeinden((2, 30, 40))
    for raum, zu in (("a1", 10), ("a2", 20), ("a3", 40)):
        zeilen += [(raum, 2025, "zu", zu), (raum, 2025, "fort", 30), (raum, 2025, "miete", zu / 3)]
    frei = release(_ergebnisse(zeilen, verfahren("quote", "saldo", "miete")), (STRENG,))
    index = _zeile(frei, raum_id="a1", art="index", groesse="status")
    assert index["wert"] is None
    assert index["klasse"] in ("hoch", "mittel", "niedrig", "sehr_niedrig")


def test_moments_that_would_give_away_a_withheld_value_are_withheld() -> None:
    frei = release(_ergebnisse(_gemeinden((2, 30, 40)), verfahren("quote")), (STRENG,))
    mittel = _zeile(frei, raum_id="K", art="bezug_mittel", groesse="quote", gruppe="index=status")
    assert (mittel["wert"], mittel["sperrgrund"]) == (None, "abgeleitet")
    offen = release(_ergebnisse(_gemeinden((20, 30, 40)), verfahren("quote")), (STRENG,))
    assert _zeile(offen, raum_id="K", art="bezug_mittel", groesse="quote")["wert"] == 30.0


def test_the_moments_of_the_sum_are_withheld_with_those_of_a_withheld_value() -> None:
    # a1 has 2 of 100; with the sum's mean 0 and spread 1 published, its z value would follow from the other two.
    frei = release(_ergebnisse(_gemeinden((2, 30, 40)), verfahren("quote")), (STRENG,))
    offen = release(_ergebnisse(_gemeinden((20, 30, 40)), verfahren("quote")), (STRENG,))
    for art, wert in (("bezug_mittel", 0.0), ("bezug_streuung", 1.0)):
        zeile = _zeile(frei, raum_id="K", art=art, groesse="summe", gruppe="index=status")
        assert (zeile["wert"], zeile["sperrgrund"]) == (None, "abgeleitet")
        zeile = _zeile(offen, raum_id="K", art=art, groesse="summe", gruppe="index=status")
        assert (zeile["wert"], zeile["sperrgrund"]) == (pytest.approx(wert, abs=1e-12), None)


@pytest.mark.parametrize(("einwohner", "sichtbar"), [(0, True), (1, False), (2, False), (3, True)])
def test_a_small_population_is_withheld_and_an_empty_area_is_not(einwohner: float, sichtbar: bool) -> None:
    frei = release(_ergebnisse(_gemeinden((0, 5, 5), (einwohner, 100, 100))), (STRENG,))
    zeile = _zeile(frei, raum_id="a1", art="bevoelkerung")
    assert (zeile["wert"], zeile["sperrgrund"]) == ((einwohner, None) if sichtbar else (None, "fallzahl"))


def test_a_withheld_class_says_so_where_there_is_no_value_to_withhold() -> None:
    # The total index is a class alone: without value, rank or number of its own.
    zu = [verfahren("quote", index="eins"), verfahren("quote", index="zwei")]
    frei = release(_ergebnisse(_gemeinden((2, 30, 40)), *zu, gesamt=Gesamtverfahren("eins", "zwei")), (STRENG,))
    zeile = _zeile(frei, raum_id="a1", art="index", groesse="gesamt")
    assert (zeile["klasse"], zeile["sperrgrund"]) == (None, "abgeleitet")


def test_a_dynamics_index_is_withheld_when_the_earlier_year_was_too_small() -> None:
    zeilen: list[Zeile] = [
        (raum, jahr, "arme", wert)
        for jahr, werte in ((2023, (2, 30, 40)), (2025, (20, 31, 45)))
        for raum, wert in zip(("a1", "a2", "a3"), werte, strict=True)
    ]
    zeilen += [(raum, jahr, "alle", 100) for raum in ("a1", "a2", "a3") for jahr in (2023, 2025)]
    dynamik = verfahren("quote", index="dynamik", ausgangswert="differenz", differenz_jahre=2)
    frei = release(_ergebnisse(zeilen, dynamik), (STRENG,))
    assert _zeile(frei, raum_id="a1", art="index", groesse="dynamik", jahr=2025)["sperrgrund"] == "abgeleitet"


def test_the_total_index_shares_the_fate_of_the_two_it_crosses_and_of_no_third_one() -> None:
    zeilen: list[Zeile] = _gemeinden((2, 30, 40))
    zeilen += [(raum, 2025, "miete", miete) for raum, miete in (("a1", 5), ("a2", 6), ("a3", 7))]
    gesamt = Gesamtverfahren("eins", "zwei")
    offen = [verfahren("miete", index="eins"), verfahren("miete", index="zwei")]
    frei = release(_ergebnisse(zeilen, *offen, verfahren("quote", index="drei"), gesamt=gesamt), (STRENG,))
    assert _zeile(frei, raum_id="a1", art="index", groesse="gesamt")["klasse"] == "hoch/hoch"
    zu = [verfahren("miete", index="eins"), verfahren("quote", index="zwei")]
    frei = release(_ergebnisse(zeilen, *zu, gesamt=gesamt), (STRENG,))
    assert _zeile(frei, raum_id="a1", art="index", groesse="gesamt")["klasse"] is None
    assert _zeile(frei, raum_id="a1", art="abstand", groesse="gesamt")["sperrgrund"] == "abgeleitet"


def test_an_edition_without_index_values_still_shows_classes() -> None:
    regel = Freigaberegel("oeffentlich", 0, 0, nicht_gezeigt=("index", "rang"))
    frei = release(_ergebnisse(_gemeinden((20, 30, 40)), verfahren("quote")), (regel,))
    zeile = _zeile(frei, raum_id="a1", art="index", groesse="status")
    assert (zeile["wert"], zeile["sperrgrund"]) == (None, "nicht_fuer_diese_ausgabe")
    assert zeile["klasse"] == "hoch"
    assert _zeile(frei, raum_id="a1", art="rang", groesse="status")["wert"] is None
    assert _zeile(frei, raum_id="a1", art="abstand", groesse="status")["wert"] is not None


def test_a_higher_threshold_never_shows_more() -> None:
    ergebnisse = _ergebnisse(_gemeinden((2, 6, 11)), verfahren("quote"))
    sichtbare = [
        set(
            release(ergebnisse, (Freigaberegel("o", schwelle, 0, ()),))
            .filter(pl.col("wert").is_not_null())
            .select("raum_id", "art", "groesse")
            .iter_rows()
        )
        for schwelle in (0, 3, 7, 12)
    ]
    assert all(spaeter <= frueher for frueher, spaeter in pairwise(sichtbare))
    assert len(sichtbare[0]) > len(sichtbare[-1])


def test_each_edition_has_its_own_rows() -> None:
    intern = Freigaberegel("intern", 0, 0, ())
    frei = release(_ergebnisse(_gemeinden((2, 30, 40))), (intern, STRENG))
    assert _zeile(frei, ausgabe="intern", raum_id="a1", groesse="quote", art="indikator")["wert"] == 2.0
    assert _zeile(frei, ausgabe="oeffentlich", raum_id="a1", groesse="quote", art="indikator")["wert"] is None


FREI = replace(STRENG, ohne_schutz=frozenset({"zu"}))
"""The same rule with one exempt Merkmal, such as Vereine."""


@pytest.fixture
def je_kopf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the catalogue be »zu« alone, per head, and as a share of and beside protected persons."""
    indikatoren = {"je_kopf": "rate 1000", "anteil": "anteil 100", "beide": "rate 1000", "zahl": "anzahl 1"}
    terme = (
        "je_kopf zaehler zu", "je_kopf nenner alle", "anteil zaehler zu", "anteil nenner alle",
        "beide zaehler zu", "beide zaehler arme", "beide nenner alle", "zahl zaehler zu",
    )  # fmt: skip
    monkeypatch.setattr(f"{__name__}.KATALOG", katalog(**indikatoren))
    monkeypatch.setattr(f"{__name__}.TERME", formelterme(*terme))


def _gesperrte(zeilen: list[Zeile], regel: Freigaberegel) -> set[tuple[str, str]]:
    """Name what is withheld of a1, as (art, groesse)."""
    frei = release(_ergebnisse(zeilen), (regel,)).filter(pl.col("sperrgrund").is_not_null(), raum_id="a1")
    return set(frei.select("art", "groesse").iter_rows())


def _a1(zu: float, arme: float, alle: float) -> list[Zeile]:
    return [("a1", 2025, "zu", zu), ("a1", 2025, "arme", arme), ("a1", 2025, "alle", alle)]


@pytest.mark.usefixtures("je_kopf")
def test_a_small_count_is_shown_only_where_it_was_declared_exempt() -> None:
    # two Vereine among 100 people: all four figures rest on a small term, unless it is exempt
    alles = {(art, name) for art in ("indikator", "zaehler") for name in ("je_kopf", "anteil", "beide", "zahl")}
    assert _gesperrte(_a1(2, 50, 100), STRENG) == alles
    assert _gesperrte(_a1(2, 50, 100), FREI) == set()


@pytest.mark.usefixtures("je_kopf")
def test_an_exempt_numerator_gives_no_way_to_few_people() -> None:
    # whoever knows the 2 Vereine could divide by the rate: 2 * 1000 / 105.3 = 19 people
    erwartet = {(art, name) for art in ("indikator", "zaehler") for name in ("je_kopf", "anteil", "beide")}
    assert _gesperrte(_a1(2, 5, 19), FREI) == erwartet
    # and where only two live, their number is a small term of its own
    klein = _gesperrte(_a1(2, 0, 2), FREI)
    assert klein >= {("nenner", "je_kopf"), ("indikator", "je_kopf"), ("bevoelkerung", "alle")}


@pytest.mark.usefixtures("je_kopf")
def test_a_protected_summand_stays_protected_beside_an_exempt_one() -> None:
    # 40 Vereine and 2 poor people: from the sum 42 and the public 40 the 2 would follow
    assert _gesperrte(_a1(40, 2, 100), FREI) == {("indikator", "beide"), ("zaehler", "beide")}


@pytest.mark.usefixtures("je_kopf")
def test_the_complement_of_an_exempt_part_among_protected_people_stays_protected() -> None:
    # 98 of 100: the other 2 are people nobody exempted; a rate may well be a share under another name
    erwartet = {(art, name) for art in ("indikator", "zaehler") for name in ("je_kopf", "anteil")}
    assert _gesperrte(_a1(98, 50, 100), FREI) == erwartet


@pytest.mark.usefixtures("je_kopf")
def test_the_complement_is_shown_where_both_sides_are_exempt_but_a_small_base_never() -> None:
    wahl = replace(STRENG, ohne_schutz=frozenset({"zu", "alle"}))
    assert _gesperrte(_a1(98, 50, 100), wahl) == set()
    assert ("indikator", "anteil") in _gesperrte(_a1(17, 17, 19), wahl)


def test_an_exempt_part_takes_no_index_down_and_a_protected_one_still_does() -> None:
    zeilen: list[Zeile] = _gemeinden((50, 30, 40))
    for raum, zu in (("a1", 2), ("a2", 20), ("a3", 40)):
        zeilen += [(raum, 2025, "zu", zu), (raum, 2025, "fort", 0)]
    ergebnisse = _ergebnisse(zeilen, verfahren("quote", "saldo"))
    for regel, sichtbar in ((STRENG, False), (FREI, True)):
        index = _zeile(release(ergebnisse, (regel,)), raum_id="a1", art="index", groesse="status")
        assert (index["wert"] is not None, index["klasse"] is not None) == (sichtbar, sichtbar)


def test_exempting_one_merkmal_only_ever_shows_more_and_never_of_others() -> None:
    zeilen = [*_gemeinden((2, 30, 40)), ("a1", 2025, "zu", 2), ("a1", 2025, "fort", 50), ("a1", 2025, "miete", 5.0)]
    schluessel = ("raum_id", "jahr", "art", "groesse", "gruppe")
    streng, frei = (
        set(release(_ergebnisse(zeilen), (regel,)).filter(pl.col("wert").is_not_null()).select(schluessel).iter_rows())
        for regel in (STRENG, FREI)
    )
    assert streng < frei
    assert {zeile[3] for zeile in frei - streng} == {"saldo"}
