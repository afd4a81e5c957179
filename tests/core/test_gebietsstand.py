from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from atlas.core.gebietsstand import check_erhaltung, convert_messwerte, find_ohne_umstieg
from atlas.core.verfahren import Umrechnung
from atlas.tables.messung import Messwerte
from atlas.tables.raum import GANZ, Raeume, Umstiege
from kleines_gebiet import raeume

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pandera.typing.polars import DataFrame

Zeile = tuple[str, float | str | None]
LEER = (None, "nicht_vergleichbar")
NEU = raeume({"K": None, "P": "K", "n1": "P", "n2": "P", "n3": "P"})
UMRECHNUNG = Umrechnung("2025", "bevoelkerung")
ZUSAMMENLEGUNG = ("x n1 ganz 1", "y n1 ganz 1", "z n2 ganz 1")
TEILUNG = ("x n1 bevoelkerung 0.8", "x n2 bevoelkerung 0.2", "x n1 flaeche 0.3", "x n2 flaeche 0.7")


def umstiege(*zeilen: str, von: str = "2019", nach: str = "2025") -> DataFrame[Umstiege]:
    """Give Umstiege from `alt neu gewichtung anteil`."""
    teile = [zeile.split() for zeile in zeilen]
    df = pl.DataFrame(
        [(alt, neu, von, nach, gewichtung, float(anteil)) for alt, neu, gewichtung, anteil in teile],
        schema=Umstiege.empty().schema,
        orient="row",
    )
    return Umstiege.make(df)


def verbinde(*tabellen: DataFrame[Umstiege]) -> DataFrame[Umstiege]:
    return Umstiege.make(pl.concat(tabellen))


def geliefert(zeilen: Iterable[Zeile], stand: str = "2019", **anderes: object) -> DataFrame[Messwerte]:
    """Give Messwerte of 2019 from (raum_id, number or status); keywords replace single columns."""
    grund = dict.fromkeys(Messwerte.spalten()) | {
        "ebene": "gemeinde",
        "jahr": 2019,
        "merkmal": "arme",
        "gruppe": "",
        "gebietsstand": stand,
        "lieferung_id": "hand",
    }
    daten = [
        grund
        | {
            "raum_id": raum_id,
            "wert": None if isinstance(wert, str) else wert,
            "status": wert if isinstance(wert, str) else "beobachtet",
            "zelle": f"A{nummer}",
        }
        | anderes
        for nummer, (raum_id, wert) in enumerate(zeilen)
    ]
    return Messwerte.make(pl.DataFrame(daten, schema=Messwerte.empty().schema))


def beide(*tabellen: DataFrame[Messwerte]) -> DataFrame[Messwerte]:
    return Messwerte.make(pl.concat([t.with_columns(zelle=t["zelle"] + str(n)) for n, t in enumerate(tabellen)]))


def ergebnis(
    messwerte: DataFrame[Messwerte], schluessel: DataFrame[Umstiege], umrechnung: Umrechnung = UMRECHNUNG
) -> dict[str, tuple[float | None, str]]:
    df = convert_messwerte(messwerte, NEU, schluessel, umrechnung)
    assert df.select(pl.struct("raum_id", "jahr", "merkmal", "gruppe").is_unique().all()).item()
    return {zeile["raum_id"]: (zeile["wert"], zeile["status"]) for zeile in df.iter_rows(named=True)}


def test_a_merger_of_two_is_their_sum_and_exact() -> None:
    werte = ergebnis(geliefert([("x", 10), ("y", 5), ("z", 4)]), umstiege(*ZUSAMMENLEGUNG))
    assert werte == {"n1": (15.0, "beobachtet"), "n2": (4.0, "beobachtet")}


def test_a_split_gives_other_counts_by_population_than_by_area_and_is_estimated() -> None:
    nach_flaeche = Umrechnung("2025", "bevoelkerung", merkmale={"arme": "flaeche"})
    assert ergebnis(geliefert([("x", 10)]), umstiege(*TEILUNG)) == {
        "n1": (8.0, "geschaetzt"),
        "n2": (2.0, "geschaetzt"),
    }
    assert ergebnis(geliefert([("x", 10)]), umstiege(*TEILUNG), nach_flaeche) == {
        "n1": (3.0, "geschaetzt"),
        "n2": (7.0, "geschaetzt"),
    }


def test_children_are_carried_by_the_weight_of_children_and_all_residents_by_that_of_all() -> None:
    schluessel = umstiege("x n1 bevoelkerung 0.8", "x n2 bevoelkerung 0.2", "x n1 u15 0.5", "x n2 u15 0.5")
    kinder = Umrechnung("2025", "bevoelkerung", gruppen={("einwohner", "alter=u15"): "u15"})
    alle = geliefert([("x", 1000)], merkmal="einwohner")
    u15 = geliefert([("x", 100)], merkmal="einwohner", gruppe="alter=u15")
    df = convert_messwerte(beide(alle, u15), NEU, schluessel, kinder)
    assert df.filter(gruppe="")["wert"].to_list() == [800.0, 200.0]
    assert df.filter(gruppe="alter=u15")["wert"].to_list() == [50.0, 50.0]


def test_half_of_nobody_counted_exactly_is_nobody_counted_exactly() -> None:
    werte = ergebnis(geliefert([("x", 0)], status="null_genau"), umstiege(*TEILUNG))
    assert werte == {"n1": (0.0, "null_genau"), "n2": (0.0, "null_genau")}


def test_figures_with_noise_are_not_merged_because_their_noise_would_add_up() -> None:
    alte = geliefert([("x", 10), ("y", 5), ("z", 4)], vorbehandelt="zufallsueberlagert")
    werte = ergebnis(alte, umstiege(*ZUSAMMENLEGUNG))
    assert werte == {"n1": (None, "nicht_aggregierbar"), "n2": (4.0, "beobachtet")}


def test_a_figure_with_noise_that_only_moves_or_splits_keeps_what_it_is() -> None:
    alte = geliefert([("x", 10)], vorbehandelt="zufallsueberlagert")
    df = convert_messwerte(alte, NEU, umstiege(*TEILUNG), UMRECHNUNG)
    assert df.select("wert", "status", "vorbehandelt").rows() == [
        (8.0, "geschaetzt", "zufallsueberlagert"),
        (2.0, "geschaetzt", "zufallsueberlagert"),
    ]


def test_a_merger_keeps_the_day_its_parts_share_and_the_stronger_treatment() -> None:
    x = geliefert([("x", 10), ("z", 4)], stichtag="2019-12-31", vorbehandelt="gerundet")
    y = geliefert([("y", 5)], stichtag="2019-06-30", vorbehandelt="zufallsueberlagert")
    df = convert_messwerte(beide(x, y), NEU, umstiege(*ZUSAMMENLEGUNG), UMRECHNUNG)
    assert df.select("raum_id", "stichtag", "vorbehandelt").rows() == [
        ("n1", None, "zufallsueberlagert"),
        ("n2", "2019-12-31", "gerundet"),
    ]


def test_what_was_estimated_stays_estimated_in_a_merger() -> None:
    alte = beide(geliefert([("x", 10)], status="geschaetzt"), geliefert([("y", 5)]))
    assert ergebnis(alte, umstiege(*ZUSAMMENLEGUNG)) == {"n1": (15.0, "geschaetzt")}


@pytest.mark.parametrize(
    ("zeilen", "grund"),
    [
        ([("x", 10), ("y", "unsicher"), ("z", 4)], "unsicher"),
        ([("x", "unsicher"), ("y", "geheim"), ("z", 4)], "geheim"),
        ([("x", 10), ("z", 4)], "nicht_geliefert"),
    ],
    ids=["one missing", "the first reason by name", "no row"],
)
def test_a_merger_with_a_gap_is_unknown_for_its_reason(zeilen: list[Zeile], grund: str) -> None:
    werte = ergebnis(geliefert(zeilen), umstiege(*ZUSAMMENLEGUNG))
    assert werte == {"n1": (None, grund), "n2": (4.0, "beobachtet")}


def test_an_old_raum_that_did_not_exist_contributes_nothing_and_is_no_gap() -> None:
    werte = ergebnis(geliefert([("x", 10), ("y", "nicht_existent")]), umstiege(*ZUSAMMENLEGUNG))
    assert werte == {"n1": (10.0, "beobachtet")}


def test_a_raum_whose_parts_all_did_not_exist_did_not_exist() -> None:
    alte = geliefert([("x", "nicht_existent"), ("y", "nicht_existent")])
    assert ergebnis(alte, umstiege(*ZUSAMMENLEGUNG)) == {"n1": (None, "nicht_existent")}


def test_a_rate_stays_where_one_became_one_and_is_nowhere_else_comparable() -> None:
    mit_rate = Umrechnung("2025", "bevoelkerung", raten=frozenset({("arme", "")}))
    werte = ergebnis(geliefert([("x", 10.5), ("y", 5.5), ("z", 4.5)]), umstiege(*ZUSAMMENLEGUNG), mit_rate)
    assert werte == {"n1": (None, "nicht_vergleichbar"), "n2": (4.5, "beobachtet")}
    geteilt = ergebnis(geliefert([("x", 10.5)]), umstiege(*TEILUNG), mit_rate)
    assert geteilt == {"n1": (None, "nicht_vergleichbar"), "n2": (None, "nicht_vergleichbar")}


def test_a_chain_of_two_umstiege_is_one_after_the_other() -> None:
    kette = verbinde(
        umstiege("u x bevoelkerung 0.5", "u y bevoelkerung 0.5", von="2006", nach="2019"),
        umstiege("x n1 bevoelkerung 0.8", "x n2 bevoelkerung 0.2", "y n2 bevoelkerung 1"),
    )
    werte = ergebnis(geliefert([("u", 100)], stand="2006"), kette)
    assert werte == {"n1": (40.0, "geschaetzt"), "n2": (60.0, "geschaetzt")}


def test_what_one_umstieg_splits_and_the_next_joins_again_is_exact() -> None:
    kette = verbinde(
        umstiege("u x bevoelkerung 0.08", "u y bevoelkerung 0.57", "u z bevoelkerung 0.35", von="2006", nach="2019"),
        umstiege("x n1 ganz 1", "y n1 ganz 1", "z n1 ganz 1"),
    )
    assert ergebnis(geliefert([("u", 100)], stand="2006"), kette) == {"n1": (100.0, "beobachtet")}


def test_the_direct_umstieg_is_taken_before_a_chain() -> None:
    wege = verbinde(
        umstiege("u n1 ganz 1", von="2006"),
        umstiege("u x ganz 1", von="2006", nach="2019"),
        umstiege("x n2 ganz 1"),
    )
    assert ergebnis(geliefert([("u", 100)], stand="2006"), wege) == {"n1": (100.0, "beobachtet")}


def test_an_umstieg_without_the_weight_that_fits_is_no_way() -> None:
    werte = ergebnis(geliefert([("x", 10)]), umstiege("x n1 flaeche 1"))
    assert set(werte.values()) == {(None, "nicht_vergleichbar")}


def test_raeume_that_go_whole_do_not_make_other_weights_fit() -> None:
    werte = ergebnis(geliefert([("x", 10), ("y", 5)]), umstiege("x n1 flaeche 1", "y n2 ganz 1"))
    assert set(werte.values()) == {(None, "nicht_vergleichbar")}


def test_of_two_old_gebietsstaende_the_nearer_one_counts_then_the_later() -> None:
    wege = verbinde(
        umstiege("u n1 ganz 1", von="2010"),
        umstiege("v n1 ganz 1", von="2019"),
        umstiege("w u ganz 1", von="2022", nach="2010"),
    )
    staende = (("u", 1, "2010"), ("v", 2, "2019"), ("w", 3, "2022"))
    alte = [geliefert([(raum, wert)], stand=stand) for raum, wert, stand in staende]
    assert ergebnis(beide(*alte), wege) == {"n1": (2.0, "beobachtet")}


def test_a_gap_without_umstieg_never_covers_what_arrived_at_the_target() -> None:
    werte = ergebnis(beide(geliefert([("x", 10)]), geliefert([("n1", 7)], stand="2025")), Umstiege.empty())
    assert werte == {"n1": (7.0, "beobachtet"), "n2": LEER, "n3": LEER}


def test_only_raeume_of_the_target_receive_anything() -> None:
    frueher = NEU.with_columns(pl.lit("2019").alias("gebietsstand"), raum_id="alt_" + pl.col("raum_id"))
    beide_staende = Raeume.make(
        pl.concat([NEU, frueher.with_columns(uebergeordnet_id="alt_" + pl.col("uebergeordnet_id"))])
    )
    df = convert_messwerte(geliefert([("alt_n1", 10)]), beide_staende, Umstiege.empty(), UMRECHNUNG)
    assert df["raum_id"].to_list() == ["n1", "n2", "n3"]


def test_without_any_umstieg_every_raum_of_the_level_is_not_comparable() -> None:
    werte = ergebnis(geliefert([("x", 10)]), Umstiege.empty())
    assert werte == dict.fromkeys(("n1", "n2", "n3"), LEER)


def test_what_arrives_at_the_target_passes_as_it_is_and_wins() -> None:
    neue = geliefert([("n1", 7), ("n3", "geheim")], stand="2025", vorbehandelt="gerundet")
    alte = geliefert([("x", 10), ("y", 5), ("z", 4)])
    df = convert_messwerte(beide(alte, neue), NEU, umstiege(*ZUSAMMENLEGUNG), UMRECHNUNG)
    spalten = ("raum_id", "wert", "status", "vorbehandelt", "von_stand")
    assert df.select(spalten).rows() == [
        ("n1", 7.0, "beobachtet", "gerundet", None),
        ("n2", 4.0, "beobachtet", None, "2019"),
        ("n3", None, "geheim", "gerundet", None),
    ]


def test_a_total_of_a_coarser_level_without_umstieg_is_left_to_the_sum_of_the_finer_one() -> None:
    alte = beide(geliefert([("x", 10), ("y", 5), ("z", 4)]), geliefert([("P", 19)], ebene="planungsraum"))
    assert "P" not in ergebnis(alte, umstiege(*ZUSAMMENLEGUNG))
    ohne = find_ohne_umstieg(alte, umstiege(*ZUSAMMENLEGUNG), UMRECHNUNG)
    assert ohne.select("ebene", "raum_id", "ganze_ebene").rows() == [("planungsraum", "P", True)]


def test_a_rate_of_a_coarser_level_without_umstieg_is_not_comparable() -> None:
    mit_rate = Umrechnung("2025", "bevoelkerung", raten=frozenset({("arme", "")}))
    alte = beide(geliefert([("z", 4)]), geliefert([("P", 19)], ebene="planungsraum"))
    werte = ergebnis(alte, umstiege(*ZUSAMMENLEGUNG), mit_rate)
    assert werte == {"n2": (4.0, "beobachtet"), "P": (None, "nicht_vergleichbar")}


def test_a_key_that_no_umstieg_names_is_found_and_breaks_the_total() -> None:
    alte = geliefert([("x", 10), ("y", 5), ("z", 4), ("tippfehler", 1)])
    ohne = find_ohne_umstieg(alte, umstiege(*ZUSAMMENLEGUNG), UMRECHNUNG)
    assert ohne.select("raum_id", "ganze_ebene").rows() == [("tippfehler", False)]
    verlust = check_erhaltung(alte, NEU, umstiege(*ZUSAMMENLEGUNG), UMRECHNUNG)
    assert verlust.select("merkmal", "vorher", "nachher").rows() == [("arme", 20.0, 19.0)]


def test_an_unnamed_key_that_did_not_exist_is_no_finding() -> None:
    alte = geliefert([("x", 10), ("y", 5), ("frueher", "nicht_existent")])
    assert find_ohne_umstieg(alte, umstiege(*ZUSAMMENLEGUNG), UMRECHNUNG).is_empty()


def test_a_raum_that_did_not_exist_hides_no_loss() -> None:
    alte = geliefert([("x", 10), ("y", 5), ("z", "nicht_existent"), ("tippfehler", 1)])
    assert check_erhaltung(alte, NEU, umstiege(*ZUSAMMENLEGUNG), UMRECHNUNG)["vorher"].to_list() == [16.0]


def test_rates_have_no_total_to_keep() -> None:
    mit_rate = Umrechnung("2025", "bevoelkerung", raten=frozenset({("arme", "")}))
    alte = geliefert([("z", 4.5), ("tippfehler", 1.5)])
    assert check_erhaltung(alte, NEU, umstiege(*ZUSAMMENLEGUNG), mit_rate).is_empty()


def test_shares_that_do_not_sum_to_one_break_the_total() -> None:
    falsch = umstiege("x n1 bevoelkerung 0.8", "x n2 bevoelkerung 0.1999")
    assert check_erhaltung(geliefert([("x", 1000)]), NEU, falsch, UMRECHNUNG)["nachher"].to_list() == [999.9]


def test_what_lies_beyond_the_border_of_the_project_is_told_apart_from_a_loss() -> None:
    grenze = umstiege("x n1 bevoelkerung 0.8", "x fremd bevoelkerung 0.2")
    assert ergebnis(geliefert([("x", 10)]), grenze) == {"n1": (8.0, "geschaetzt")}
    assert check_erhaltung(geliefert([("x", 10)]), NEU, grenze, UMRECHNUNG).is_empty()


def test_a_part_that_leaves_the_project_midway_is_beyond_the_border_too() -> None:
    kette = verbinde(
        umstiege("u x bevoelkerung 0.5", "u fremd bevoelkerung 0.5", von="2006", nach="2019"),
        umstiege("x n1 ganz 1"),
    )
    alte = geliefert([("u", 100)], stand="2006")
    assert ergebnis(alte, kette) == {"n1": (50.0, "geschaetzt")}
    assert check_erhaltung(alte, NEU, kette, UMRECHNUNG).is_empty()


def test_a_group_with_a_gap_is_not_compared() -> None:
    alte = geliefert([("x", 10), ("y", "geheim"), ("z", 4)])
    assert check_erhaltung(alte, NEU, umstiege(*ZUSAMMENLEGUNG), UMRECHNUNG).is_empty()


ZAHLEN = st.floats(-1e9, 1e9, allow_subnormal=False).map(lambda zahl: round(zahl, 3))
ALTE = ("x", "y", "z")
KURZ = settings(max_examples=40)


@st.composite
def schluessel(draw: st.DrawFn) -> DataFrame[Umstiege]:
    """Draw shares of three old Räume in three new ones, each old one summing to 1."""
    zeilen = []
    for alt in ALTE:
        teile = draw(st.lists(st.integers(0, 50), min_size=3, max_size=3).filter(any))
        zeilen += [f"{alt} n{n} bevoelkerung {teil / sum(teile)!r}" for n, teil in enumerate(teile, 1) if teil]
    return umstiege(*zeilen)


@KURZ
@given(schluessel=schluessel(), zahlen=st.lists(ZAHLEN, min_size=3, max_size=3))
def test_totals_are_kept_whatever_is_split_and_merged(schluessel: DataFrame[Umstiege], zahlen: list[float]) -> None:
    alte = geliefert(zip(ALTE, zahlen, strict=True))
    df = convert_messwerte(alte, NEU, schluessel, UMRECHNUNG)
    assert df["wert"].sum() == pytest.approx(sum(zahlen), abs=1e-9 * sum(map(abs, zahlen)))
    assert check_erhaltung(alte, NEU, schluessel, UMRECHNUNG).is_empty()


STATUS = st.sampled_from(["geheim", "unbekannt", "nicht_existent", "nicht_geliefert"])


@KURZ
@given(werte=st.lists(ZAHLEN | STATUS, min_size=3, max_size=3), status=st.sampled_from(["beobachtet", "null_gerundet"]))
def test_an_umstieg_in_which_nothing_changes_changes_nothing(werte: list[float | str], status: str) -> None:
    zeilen = list(zip(("n1", "n2", "n3"), werte, strict=True))
    alte = geliefert(zeilen).with_columns(status=pl.when(pl.col("wert") == 0).then(pl.lit(status)).otherwise("status"))
    gleich = umstiege(*(f"n{n} n{n} {GANZ} 1" for n in (1, 2, 3)))
    df = convert_messwerte(Messwerte.make(alte), NEU, gleich, UMRECHNUNG)
    assert_frame_equal(df.select("raum_id", "wert", "status"), alte.select("raum_id", "wert", "status"))


@KURZ
@given(daten=st.data(), schluessel=schluessel(), werte=st.lists(ZAHLEN | STATUS, min_size=3, max_size=3))
def test_the_order_of_rows_never_matters(
    daten: st.DataObject, schluessel: DataFrame[Umstiege], werte: list[float | str]
) -> None:
    alte = geliefert(zip(ALTE, werte, strict=True))
    zeilen, anteile = (daten.draw(st.permutations(range(df.height))) for df in (alte, schluessel))
    gemischt = convert_messwerte(Messwerte.check(alte[zeilen]), NEU, Umstiege.check(schluessel[anteile]), UMRECHNUNG)
    assert gemischt.equals(convert_messwerte(alte, NEU, schluessel, UMRECHNUNG))
