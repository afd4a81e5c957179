"""Bands of ages among the figures: as if delivered, before sums and rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from atlas.alter.zerlegung import find_bausteine
from atlas.core import altersgruppen, altersplan
from atlas.core.altersgruppen import add_altersgruppen, expand_altersgruppen, find_unbildbare
from atlas.core.geheimhaltung.fallzahl import find_gesperrte, find_kleine_terme
from atlas.core.indikatoren import collect_terme, compute_indikatorwerte
from atlas.core.raumhierarchie import compute_merkmalswerte
from atlas.core.verfahren import Freigaberegel
from atlas.tables.ergebnis import Gebietswerte
from kleines_gebiet import formelterme, gebietswerte, katalog, messwerte, raeume

if TYPE_CHECKING:
    from pandera.typing.polars import DataFrame

    from atlas.tables.katalog import Formelterme, Indikatorkatalog

Angaben = dict[str, float | str]
RATE = katalog(quote="rate 100")


def _leite_ab(band: str, angaben: Angaben, jahr: int = 2025) -> tuple[float | None, str] | None:
    """Give value and status of a band of one Raum, or None where there is no row."""
    terme = formelterme(f"quote zaehler ew/{band}")
    df = gebietswerte([("a1", jahr, f"ew/{gruppe}", wert) for gruppe, wert in angaben.items()])
    zeilen = add_altersgruppen(df, RATE, terme).filter(gruppe=band).select("wert", "status").rows()
    return zeilen[0] if zeilen else None


def test_a_band_is_the_sum_of_its_groups() -> None:
    assert _leite_ab("alter=0-5", {"alter=0-2": 10, "alter=3-5": 7, "alter=6-9": 90}) == (17.0, "beobachtet")


def test_a_band_that_was_delivered_stays_even_where_it_is_secret() -> None:
    angaben: Angaben = {"alter=0-5": "geheim", "alter=0-2": 10, "alter=3-5": 7}
    assert _leite_ab("alter=0-5", angaben) == (None, "geheim")


def test_other_parts_of_a_group_are_kept_apart() -> None:
    angaben: Angaben = {"alter=0|geschlecht=w": 4, "alter=1|geschlecht=w": 5, "alter=0": 9, "alter=1": 11}
    assert _leite_ab("alter=0-1|geschlecht=w", angaben) == (9.0, "beobachtet")
    assert _leite_ab("alter=0-1", angaben) == (20.0, "beobachtet")


def test_a_hundred_people_of_66_count_by_the_months_of_their_birth() -> None:
    angaben: Angaben = {"alter=15-64": 1000, "alter=65": 90, "alter=66": 120, "alter=67+": 500}
    assert _leite_ab("alter=15-rag", angaben) == (1110.0, "beobachtet"), "1000 + 90 + 2/12 of 120"
    assert _leite_ab("alter=rag+", angaben) == (600.0, "beobachtet"), "10/12 of 120 + 500"
    assert _leite_ab("alter=15-rag", angaben, 2020) == (1067.5, "beobachtet"), "1000 + 9/12 of 90"
    assert _leite_ab("alter=rag+", angaben, 2031) == (500.0, "beobachtet"), "from 67 on"


def test_the_sum_of_ages_adds_half_a_year_to_completed_ones() -> None:
    angaben: Angaben = {"alter=0": 2, "alter=1-4": 10, "alter=5-99": 1, "alter=100+": 2, "": 15}
    erwartet = 2 * 0.5 + 10 * 3 + 1 * 52.5 + 2 * 101.5
    assert _leite_ab("alter=0+*jahre", angaben) == (erwartet, "beobachtet")


@pytest.mark.parametrize(
    ("null_bis_zwei", "drei_bis_fuenf", "erwartet"),
    [
        (10, "geheim", (None, "geheim")),
        ("unsicher", "geheim", (None, "geheim")),
        ("nicht_existent", "unsicher", (None, "unsicher")),
        ("nicht_existent", "nicht_existent", (None, "nicht_existent")),
    ],
)
def test_a_missing_group_leaves_the_band_empty_with_its_status(
    null_bis_zwei: float | str, drei_bis_fuenf: float | str, erwartet: tuple[None, str]
) -> None:
    assert _leite_ab("alter=0-5", {"alter=0-2": null_bis_zwei, "alter=3-5": drei_bis_fuenf}) == erwartet


@pytest.mark.parametrize(
    ("status", "erwartet"),
    [
        (("beobachtet", "geschaetzt"), (12.0, "geschaetzt")),
        (("null_genau", "null_genau"), (0.0, "null_genau")),
        (("null_genau", "null_gerundet"), (0.0, "null_gerundet")),
        (("null_genau", "beobachtet"), (6.0, "beobachtet")),
    ],
)
def test_the_status_of_a_band_follows_from_its_groups(status: tuple[str, str], erwartet: tuple[float, str]) -> None:
    zeilen = gebietswerte([("a1", 2025, "ew/alter=0-2", 6), ("a1", 2025, "ew/alter=3-5", 6)])
    df = zeilen.with_columns(status=pl.Series(status)).with_columns(
        wert=pl.when(pl.col("status").str.starts_with("null")).then(0.0).otherwise("wert")
    )
    mit = add_altersgruppen(Gebietswerte.make(df), RATE, formelterme("quote zaehler ew/alter=0-5"))
    assert mit.filter(gruppe="alter=0-5").select("wert", "status").rows() == [erwartet]


def test_each_area_and_year_uses_the_groups_it_has() -> None:
    zeilen: list[tuple[str, int, str, float | str | None]] = [
        ("a1", 2024, "ew/alter=0-2", 1), ("a1", 2024, "ew/alter=3-5", 2),
        ("a1", 2025, "ew/alter=0", 3), ("a1", 2025, "ew/alter=1-5", 4),
        ("a2", 2024, "ew/alter=0-5", 5), ("a2", 2025, "ew/alter=0-2", 6),
    ]  # fmt: skip
    mit = Gebietswerte.make(add_altersgruppen(gebietswerte(zeilen), RATE, formelterme("quote zaehler ew/alter=0-5")))
    assert mit.filter(gruppe="alter=0-5").select("raum_id", "jahr", "wert").rows() == [
        ("a1", 2024, 3.0),
        ("a1", 2025, 7.0),
        ("a2", 2024, 5.0),
    ], "a2 lacks the ages 3 to 5 in 2025 and has no row then"


def test_noise_of_the_publisher_in_one_group_is_noise_in_the_band() -> None:
    df = gebietswerte([(raum, 2025, f"ew/alter={g}", 6) for raum in ("a1", "a2") for g in ("0-2", "3-5")])
    verrauscht = pl.when(pl.col("gruppe") == "alter=3-5").then(pl.lit("zufallsueberlagert"))
    terme = formelterme("quote zaehler ew/alter=0-5")
    mit = Gebietswerte.make(add_altersgruppen(df.with_columns(vorbehandelt=verrauscht), RATE, terme))
    werte = compute_merkmalswerte(mit, raeume(), RATE, terme).filter(raum_id="A", gruppe="alter=0-5")
    assert werte.select("wert", "status").rows() == [(None, "nicht_aggregierbar")]


def test_ages_that_did_not_exist_add_nothing_to_the_band_and_to_the_parent() -> None:
    """A dash of a list of areas in one age: the band is what the others say, and the parent misses nothing."""
    angaben: dict[str, tuple[float | str, float | str]] = {"a1": (10, "nicht_existent"), "a2": (8, 9)}
    zeilen = [(r, f"ew/alter={g}", w) for r, paar in angaben.items() for g, w in zip(("0-2", "3-5"), paar, strict=True)]
    terme = formelterme("quote zaehler ew/alter=0-5")
    mit = Gebietswerte.make(add_altersgruppen(gebietswerte([(r, 2025, g, w) for r, g, w in zeilen]), RATE, terme))
    werte = compute_merkmalswerte(mit, raeume(), RATE, terme).filter(pl.col("raum_id") != "K", gruppe="alter=0-5")
    assert werte.select("raum_id", "wert").rows() == [("A", 27.0), ("a1", 10.0), ("a2", 17.0)]


def test_zeros_beside_ages_that_did_not_exist_are_zeros() -> None:
    zeilen = gebietswerte([("a1", 2025, "ew/alter=0-2", "nicht_existent"), ("a1", 2025, "ew/alter=3-5", 0)])
    df = zeilen.with_columns(status=pl.col("status").replace({"beobachtet": "null_genau"}))
    mit = add_altersgruppen(df, RATE, formelterme("quote zaehler ew/alter=0-5"))
    assert mit.filter(gruppe="alter=0-5").select("wert", "status").rows() == [(0.0, "null_genau")]


def test_two_spellings_of_one_group_count_once() -> None:
    assert _leite_ab("alter=0-5", {"alter=00-02": 10, "alter=0-2": 10, "alter=3-5": 7}) == (17.0, "beobachtet")


def test_a_set_that_lacks_a_group_of_the_best_plan_is_made_another_way() -> None:
    """Five groups in all; a1 has them all, a2 lacks 0-5, a3 lacks 0-5 and 3-5, a4 lacks the age of 4 as well."""
    alle = {"0-5": 60, "0-2": 10, "3-5": 20, "3": 5, "4": 6, "5": 7}
    fehlende = {"a1": (), "a2": ("0-5",), "b1": ("0-5", "3-5"), "b2": ("0-5", "3-5", "4")}
    df = gebietswerte(
        [(r, 2025, f"ew/alter={g}", w) for r, ohne in fehlende.items() for g, w in alle.items() if g not in ohne]
    )
    mit = add_altersgruppen(df, RATE, formelterme("quote zaehler ew/alter=0-5", "quote nenner ew/alter=3-5"))
    je_raum = mit.filter(gruppe="alter=0-5").sort("raum_id").select("raum_id", "wert").rows()
    assert je_raum == [("a1", 60.0), ("a2", 30.0), ("b1", 28.0)], "10 + 20, then 10 + 5 + 6 + 7"


def test_cells_left_out_do_not_make_a_plan_for_every_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty Räume, each with ages of its own: one plan for all of them, one without each age, and no more."""
    geplante = []

    def zaehle(*argumente: object) -> object:
        geplante.append(argumente)
        return find_bausteine(*argumente)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(altersplan, "find_bausteine", zaehle)
    df = gebietswerte([(f"r{n}", 2025, f"ew/alter={a}", 1) for n in range(40) for a in range(6) if n >> a & 1])
    mit = add_altersgruppen(df, RATE, formelterme("quote zaehler ew/alter=0-4"))
    assert mit.filter(gruppe="alter=0-4")["raum_id"].to_list() == ["r31"], "31 is 0b11111: the ages 0 to 4"
    assert len(geplante) <= 1 + 5


def test_the_treatment_of_a_band_is_the_strongest_in_the_order_of_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(altersgruppen, "VORBEHANDLUNGEN", ("summentreu", "zufallsueberlagert", "gerundet"))
    df = gebietswerte([("a1", 2025, "ew/alter=0-2", 6), ("a1", 2025, "ew/alter=3-5", 6)])
    beide = df.with_columns(vorbehandelt=pl.Series(["gerundet", "summentreu"]))
    mit = add_altersgruppen(beide, RATE, formelterme("quote zaehler ew/alter=0-5"))
    assert mit.filter(gruppe="alter=0-5")["vorbehandelt"].to_list() == ["gerundet"]


def test_delivered_rates_are_not_added_to_a_band() -> None:
    df = gebietswerte([("a1", 2025, "quote/alter=15-19", 8.0), ("a1", 2025, "quote/alter=20-24", 6.0)])
    terme = formelterme("jugend zaehler quote/alter=15-24")
    assert add_altersgruppen(df, katalog(jugend="wert 1"), terme).height == df.height


def test_a_term_of_an_earlier_year_uses_the_limit_of_that_year() -> None:
    zeilen: list[tuple[str, int, str, float | str | None]] = [
        (raum, jahr, f"ew/alter={gruppe}", wert)
        for raum in ("a1", "a2")
        for jahr in (2024, 2025)
        for gruppe, wert in (("15-64", 900), ("65", 100), ("66", 120), ("67+", 500))
    ]
    zeilen += [("a1", 2025, "arme", 100), ("a2", 2025, "arme", 100)]
    terme = formelterme("quote zaehler arme", "quote nenner ew/alter=15-rag -1")
    mit = Gebietswerte.make(add_altersgruppen(gebietswerte(zeilen), RATE, terme))
    werte = compute_indikatorwerte(compute_merkmalswerte(mit, raeume(), RATE, terme), raeume(), RATE, terme)
    zeile = werte.filter(raum_id="A", jahr=2025).row(0, named=True)
    assert (zeile["nenner"], zeile["wert"]) == (2000.0, 10.0), "2024: 900 + 100 in both, nobody of 66"


def test_a_band_protects_its_sum_and_not_each_single_year() -> None:
    """Single years of 1 and 2 people make a band of 3: the band is the term that the rule looks at."""
    definition = katalog(quote="rate 100"), formelterme("quote zaehler arme", "quote nenner ew/alter=0-1")
    frei = _sperre({"ew/alter=0": 1, "ew/alter=1": 2, "arme": 50}, definition, mindestfallzahl=3)
    zu = _sperre({"ew/alter=0": 1, "ew/alter=1": 1, "arme": 50}, definition, mindestfallzahl=3)
    assert (frei, zu) == ([], ["a1"])


def test_a_mean_age_of_two_people_is_withheld_though_their_years_are_many() -> None:
    definition = (
        katalog(alter="mittelwert 1"),
        formelterme("alter zaehler ew/alter=0+*jahre", "alter nenner ew"),
    )
    angaben: Angaben = {"ew/alter=0-79": 0, "ew/alter=80": 2, "ew/alter=81-99": 0, "ew/alter=100+": 0, "ew": 2}
    assert _sperre(angaben, definition, mindestfallzahl=3) == ["a1"]
    assert _sperre(angaben, definition, mindestfallzahl=2) == []


def _sperre(
    angaben: Angaben, definition: tuple[DataFrame[Indikatorkatalog], DataFrame[Formelterme]], mindestfallzahl: int
) -> list[str]:
    """Give the Räume whose value is withheld."""
    df = gebietswerte([("a1", 2025, groesse, wert) for groesse, wert in angaben.items()])
    merkmalswerte = compute_merkmalswerte(Gebietswerte.make(add_altersgruppen(df, *definition)), raeume(), *definition)
    werte = compute_indikatorwerte(merkmalswerte, raeume(), *definition).join(
        definition[0].select("indikator", "art"), on="indikator"
    )
    regel = Freigaberegel("alle", mindestfallzahl, 0, ())
    kleine = find_kleine_terme(collect_terme(merkmalswerte, *definition), regel)
    bevoelkerung = pl.DataFrame(schema={"raum_id": pl.String, "jahr": pl.Int64, "bevoelkerung": pl.Float64})
    return find_gesperrte(werte, kleine, bevoelkerung, regel)["raum_id"].to_list()


def test_a_band_that_nothing_can_make_is_named_with_what_there_is() -> None:
    df = messwerte([("a1", 2025, "ew/alter=0-17", 5), ("a1", 2025, "ew/alter=18+", 20), ("a1", 2025, "ew", 25)])
    terme = formelterme("quote zaehler ew/alter=0-14", "quote nenner ew/alter=0-17", "quote nenner fehlt/alter=0-3")
    mit = add_altersgruppen(df, RATE, terme)
    assert find_unbildbare(df, mit, RATE, terme) == {("ew", "alter=0-14"): "0-17, 0+, 18+"}


def test_a_band_that_one_area_can_make_is_not_named() -> None:
    df = messwerte([("a1", 2025, f"ew/alter={g}", 5) for g in ("0-2", "3-5")] + [("a2", 2025, "ew/alter=0-6", 5)])
    terme = formelterme("quote zaehler ew/alter=0-5")
    assert find_unbildbare(df, add_altersgruppen(df, RATE, terme), RATE, terme) == {}
    assert list(find_unbildbare(df, df, RATE, terme)) == [("ew", "alter=0-5")]


def test_parts_of_a_band_have_its_other_parts_and_no_more() -> None:
    df = messwerte([("a1", 2025, f"ew/alter={g}", 5) for g in ("0-2", "3-5|geschlecht=w", "3-9", "3-5|herkunft=d")])
    terme = pl.DataFrame({"merkmal": ["ew"], "gruppe": ["alter=0-5|geschlecht=w"]})
    assert expand_altersgruppen(terme, df)["gruppe"].to_list() == ["alter=0-5|geschlecht=w", "alter=3-5|geschlecht=w"]


def test_the_delivered_parts_of_a_band_are_what_rules_about_counts_look_at() -> None:
    df = messwerte([("a1", 2025, f"ew/alter={g}", 5) for g in ("0-2", "3-5", "6-9", "66", "67+")])
    terme = pl.DataFrame({"merkmal": ["ew", "ew", "arme"], "gruppe": ["alter=0-5", "alter=rag+", ""]})
    assert expand_altersgruppen(terme, df)["gruppe"].to_list() == [
        "alter=0-5", "alter=rag+", "", "alter=0-2", "alter=3-5", "alter=66", "alter=67+",
    ]  # fmt: skip
