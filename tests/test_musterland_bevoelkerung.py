"""Residents, births, deaths and moves of the demo: they add up, and their size could be true."""

from __future__ import annotations

import csv
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from atlas.musterland.bevoelkerung.raten import compute_fertility, compute_mortality
from geteilte_daten import WURZEL

ROHDATEN = WURZEL / "data" / "raw"
JAHRE = range(2014, 2026)
KREIS, ALTMUEHLEN, LOEWENSGRUEN = "99001", "99001034", "99001018"
VOGELSREUTH, KLEINRODE, FOEHRENBRUECK = "99001031", "99001014", "99001008"
FUCHSBERG_NORD, NEUE_AUE, PARKVIERTEL = "9900102111", "9900102117", "9900102109"


@cache
def read_einwohner(jahr: int) -> dict[tuple[str, str], list[int]]:
    """Rows of the register by Raum and sex: all residents, then each year of age."""
    with (ROHDATEN / "einwohner" / f"EWR_{jahr}.csv").open(encoding="utf-8", newline="") as datei:
        zeilen = list(csv.reader(datei, delimiter=";"))[1:]
    assert {zeile[0] for zeile in zeilen} == {f"{jahr}1231"}
    return {(zeile[1], zeile[2]): [int(zahl) for zahl in zeile[3:]] for zeile in zeilen}


@cache
def read_genesis(tabelle: str, jahr: int) -> dict[str, list[int]]:
    """Figures of a table by key; a dash is zero."""
    zeilen = (ROHDATEN / "genesis" / f"{tabelle}_{jahr}.csv").read_bytes().decode("cp1252").split("\r\n")
    felder = [zeile.split(";") for zeile in zeilen if zeile.startswith(KREIS)]
    return {f[0]: [0 if zahl == "-" else int(zahl) for zahl in f[2:]] for f in felder}


def count(jahr: int, raum_id: str = KREIS, von: int = 0, bis: int = 100, geschlecht: str = "insgesamt") -> int:
    return sum(read_einwohner(jahr)[raum_id, geschlecht][von + 1 : bis + 2])


def get_saldo(jahr: int, ags: str) -> int:
    """Births less deaths plus arrivals less departures; births from the columns of boys and girls."""
    geburten, tote = read_genesis("12612-91-01-5", jahr)[ags], read_genesis("12613-91-01-5", jahr)[ags]
    wanderung = read_genesis("12711-01-03-5", jahr)[ags]
    return geburten[1] + geburten[2] - tote[0] + wanderung[6] - wanderung[27]


@pytest.mark.parametrize("jahr", JAHRE)
def test_ages_women_and_raeume_add_up(jahr: int) -> None:
    einwohner = read_einwohner(jahr)
    summe = np.zeros(102, dtype=int)
    staedte: dict[str, np.ndarray] = {}
    for (raum_id, geschlecht), zahlen in einwohner.items():
        assert zahlen[0] == sum(zahlen[1:])
        assert all(w <= i for w, i in zip(einwohner[raum_id, "weiblich"], einwohner[raum_id, "insgesamt"], strict=True))
        if geschlecht == "insgesamt" and len(raum_id) == 8:
            summe += zahlen
        elif geschlecht == "insgesamt" and len(raum_id) == 10:
            staedte[raum_id[:8]] = staedte.get(raum_id[:8], np.zeros(102, dtype=int)) + zahlen
    assert summe.tolist() == einwohner[KREIS, "insgesamt"]
    assert {ags: werte.tolist() for ags, werte in staedte.items()} == {a: einwohner[a, "insgesamt"] for a in staedte}


@pytest.mark.parametrize(("vorher", "jahr"), list(pairwise(JAHRE)))
def test_events_explain_the_change_of_the_residents(vorher: int, jahr: int) -> None:
    for ags in read_genesis("12612-91-01-5", jahr):
        frueher = [ags, ALTMUEHLEN] if ags == LOEWENSGRUEN and jahr == 2019 else [ags]
        assert count(jahr, ags) == sum(count(vorher, a) for a in frueher) + get_saldo(jahr, ags)


@pytest.mark.parametrize("jahr", JAHRE)
def test_altmuehlen_exists_until_2018(jahr: int) -> None:
    for raeume in (
        {raum_id for raum_id, _ in read_einwohner(jahr)},
        *(set(read_genesis(tabelle, jahr)) for tabelle in ("12612-91-01-5", "12613-91-01-5", "12711-01-03-5")),
    ):
        assert (ALTMUEHLEN in raeume) == (jahr <= 2018)


@pytest.mark.parametrize("jahr", JAHRE)
def test_row_of_the_kreis_counts_every_move_over_a_border_of_a_gemeinde(jahr: int) -> None:
    zeilen = read_genesis("12711-01-03-5", jahr)
    gemeinden = [werte for ags, werte in zeilen.items() if ags != KREIS]
    assert zeilen[KREIS] == [sum(werte) for werte in zip(*gemeinden, strict=True)]
    assert all(sum(werte[0:6]) == werte[6] == werte[13] + werte[20] for werte in zeilen.values())


def test_one_figure_of_2021_has_its_digits_swapped_and_no_other() -> None:
    falsch = [
        (jahr, ags, werte)
        for jahr in JAHRE
        for ags, werte in read_genesis("12612-91-01-5", jahr).items()
        if werte[0] != werte[1] + werte[2]
    ]
    assert falsch == [(2021, FOEHRENBRUECK, [82, 12, 16])]


def test_the_kreis_shrinks_slowly_with_arrivals_in_2015_and_2022() -> None:
    einwohner = {jahr: count(jahr) for jahr in JAHRE}
    assert 187_000 < einwohner[2025] < 192_000 < einwohner[2014] < 199_000
    assert [jahr for vorher, jahr in pairwise(JAHRE) if einwohner[jahr] > einwohner[vorher]] == [2015, 2022]


def test_the_kreis_ages() -> None:
    anteile = [100 * count(jahr, von=65) / count(jahr) for jahr in JAHRE]
    assert anteile == sorted(anteile)
    assert 22 < anteile[0] < 24
    assert 28 < anteile[-1] < 31


def test_more_people_die_than_are_born() -> None:
    for jahr in JAHRE:
        geburten, tote = (read_genesis(tabelle, jahr)[KREIS][0] for tabelle in ("12612-91-01-5", "12613-91-01-5"))
        assert 5 < 1000 * geburten / count(jahr) < 9
        assert 11 < 1000 * tote / count(jahr) < 16


def test_rates_have_real_orders_of_magnitude() -> None:
    lebenserwartung = np.cumprod(1 - compute_mortality(), axis=0).sum(axis=0) + 0.5
    assert lebenserwartung.tolist() == pytest.approx([78.2, 82.9], abs=0.1)
    kinder_je_frau = compute_fertility().sum(axis=1)
    assert 1.35 < kinder_je_frau.min() < kinder_je_frau.max() < 1.6


def test_the_age_pyramid_has_its_notches() -> None:
    alter = read_einwohner(2025)[KREIS, "insgesamt"][1:]
    assert sum(alter[78:82]) < 0.65 * sum(alter[72:76])  # born 1944 to 1947, and 1950 to 1953
    assert sum(alter[28:33]) < 0.6 * sum(alter[36:41])  # born 1993 to 1997, and 1985 to 1989


def test_young_people_leave_the_countryside_and_families_come_to_places_near_the_town() -> None:
    saldo = {"jung": 0, "familie": 0}
    for jahr in JAHRE:
        zeilen = read_genesis("12711-01-03-5", jahr)
        saldo["jung"] += zeilen["99001001"][1] - zeilen["99001001"][22]  # Ährenbach
        saldo["familie"] += sum(zeilen["99001020"][i] - zeilen["99001020"][i + 21] for i in (0, 3))  # Mühlenau
    assert saldo["jung"] < -20
    assert saldo["familie"] > 100


def test_quarters_of_a_town_differ_in_age() -> None:
    neue_aue, parkviertel = (count(2025, sr, 0, 17) / count(2025, sr) for sr in (NEUE_AUE, PARKVIERTEL))
    assert neue_aue > 0.18
    assert parkviertel < 0.15


def test_sozialraeume_have_700_to_3500_residents() -> None:
    groessen = [
        zahlen[0] for (raum_id, g), zahlen in read_einwohner(2025).items() if len(raum_id) == 10 and g == "insgesamt"
    ]
    assert len(groessen) == 64
    assert min(groessen) > 700
    assert max(groessen) < 3_500


def test_the_institution_opens_in_2022_for_young_men_mostly() -> None:
    def count_maenner(jahr: int) -> int:
        return count(jahr, VOGELSREUTH, 18, 40) - count(jahr, VOGELSREUTH, 18, 40, "weiblich")

    assert count(2022, VOGELSREUTH) - count(2021, VOGELSREUTH) > 380
    assert count_maenner(2022) - count_maenner(2021) > 230


def test_kleinrode_stays_below_the_smallest_number_of_residents() -> None:
    assert all(250 < count(jahr, KLEINRODE) < 300 for jahr in JAHRE)


def test_foreigners_are_residents_and_have_a_migrationshintergrund() -> None:
    with (ROHDATEN / "einwohner" / "EWR_Herkunft.csv").open(encoding="utf-8", newline="") as datei:
        zeilen = list(csv.DictReader(datei, delimiter=";"))
    assert len(zeilen) == 97 * 12
    for z in zeilen:
        jahr, raum_id, junge = int(z["STICHTAG"][:4]), z["RAUM"], int(z["MH_U18"])
        frueher = [ALTMUEHLEN] if raum_id == LOEWENSGRUEN and jahr <= 2018 else []
        insgesamt = sum(count(jahr, r) for r in (raum_id, *frueher))
        assert int(z["A"]) <= int(z["MH"]) <= insgesamt
        assert junge <= min(int(z["MH"]), sum(count(jahr, r, 0, 17) for r in (raum_id, *frueher)))


def test_households_hold_together() -> None:
    text = (ROHDATEN / "haushalte.csv").read_bytes().decode("cp1252")
    zeilen = [z.split(";") for z in text.split("\r\n") if z.startswith(KREIS)]
    assert len(zeilen) == 97 * 12
    for zeile in zeilen:
        haushalte, personen, allein, allein_65, mit_kindern, ein_elternteil, kinderreich = (
            int(zahl.replace(".", "")) for zahl in zeile[3:]
        )
        assert allein_65 < allein < haushalte < personen
        assert allein + mit_kindern < haushalte
        assert ein_elternteil + kinderreich < mit_kindern
        assert 1.6 < personen / haushalte < 2.5
