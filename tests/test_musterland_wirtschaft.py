"""Deliveries on work, benefits, income and housing of the example Landkreis fit together and hide what they should."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
import pytest
from openpyxl import load_workbook

from atlas.musterland.bevoelkerung.personen import count_personen_im_alter, count_rentenalter, count_vor_rente
from atlas.musterland.raeume import (
    IST_SOZIALRAUM,
    FloatArray,
    IntArray,
    list_gemeinden,
    split_altmuehlen,
    sum_to_gemeinden,
    sum_to_planungsraeume,
)
from atlas.musterland.stammdaten import GEMEINDEN, JAHRE, KLEINRODE, PLANUNGSRAEUME, find_gemeinde
from atlas.musterland.wirtschaft import write_wirtschaft
from atlas.musterland.wirtschaft.arbeitslose import generate_arbeitslose
from atlas.musterland.wirtschaft.beschaeftigung import generate_beschaeftigung
from atlas.musterland.wirtschaft.einkuenfte import generate_einkuenfte
from atlas.musterland.wirtschaft.geheim import PLANUNGSRAUM_DER_ZEILE, find_geheime
from atlas.musterland.wirtschaft.sgb2 import generate_grundsicherung
from atlas.musterland.wirtschaft.sozialhilfe import generate_sozialhilfe
from atlas.musterland.wirtschaft.wohnungen import generate_wohnungen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ZEILE_DES_KREISES = 10
SPALTEN_DER_INDIZES = {("alo", 0), ("alo", 1), ("sgb2", 0), ("sgb2", 1), ("sgb2", 2), ("sgb2", 7), ("sgb2", 8)}
"""Workbook and position of the figures that the Indizes take from the employment agency."""


@pytest.fixture(scope="module")
def lieferung(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ziel = tmp_path_factory.mktemp("wirtschaft")
    write_wirtschaft(ziel)
    return ziel


def read_blatt(pfad: Path, blatt: str) -> list[tuple[object, ...]]:
    return list(load_workbook(pfad)[blatt].iter_rows(values_only=True))


def list_hefte() -> list[tuple[str, str, Sequence[IntArray]]]:
    return [
        ("alo", "Bestand_Gemeinden", generate_arbeitslose().list_spalten()),
        ("sgb2", "Personen_BG", generate_grundsicherung().list_spalten()),
    ]


def read_heft(lieferung: Path, heft: str, blatt: str, jahr: int) -> tuple[list[object], list[list[object]]]:
    """Cells of the Kreis and Planungsräume, and those of the Gemeinden by column."""
    zeilen = read_blatt(lieferung / "ba" / f"{heft}_gemeinden_{jahr}.xlsx", blatt)[ZEILE_DES_KREISES - 1 :]
    anzahl = len(list_gemeinden(jahr))
    breite = next(i for i, wert in enumerate([*zeilen[0], None]) if wert is None)
    oben = [zeilen[0][1:breite], *(zeile[1:breite] for zeile in zeilen[anzahl + 1 : anzahl + 1 + len(PLANUNGSRAEUME)])]
    return [list(zeile) for zeile in oben], [list(spalte) for spalte in zip(*zeilen[1 : anzahl + 1], strict=True)][
        1:breite
    ]


@pytest.mark.parametrize(
    ("teil", "ganzes"),
    [
        (generate_arbeitslose().unter_25 + generate_arbeitslose().ab_55, generate_arbeitslose().insgesamt),
        (generate_arbeitslose().langzeit, generate_arbeitslose().insgesamt),
        (generate_arbeitslose().schwerbehindert, generate_arbeitslose().insgesamt),
        (generate_grundsicherung().unter_6, generate_grundsicherung().unter_15),
        (
            generate_grundsicherung().unter_15 + generate_grundsicherung().erwerbsfaehig,
            generate_grundsicherung().insgesamt,
        ),
        (generate_grundsicherung().von_15_bis_17, generate_grundsicherung().erwerbsfaehig),
        (generate_grundsicherung().erwerbstaetig, generate_grundsicherung().erwerbsfaehig),
        (generate_grundsicherung().alleinerziehend, generate_grundsicherung().mit_kindern),
        (generate_grundsicherung().mit_kindern, generate_grundsicherung().gemeinschaften),
        (generate_grundsicherung().unter_15, count_personen_im_alter(0, 14)),
        (generate_beschaeftigung().frauen, generate_beschaeftigung().insgesamt),
        (generate_beschaeftigung().auspendler, generate_beschaeftigung().insgesamt),
        (generate_sozialhilfe().alter_frauen, generate_sozialhilfe().alter),
        (generate_wohnungen().in_haeusern, generate_wohnungen().bestand),
    ],
)
def test_a_group_is_never_larger_than_what_it_is_part_of(teil: IntArray, ganzes: IntArray) -> None:
    assert (teil >= 0).all()
    assert (teil <= ganzes).all()
    if len(teil) == len(GEMEINDEN):
        assert (split_altmuehlen(teil) <= split_altmuehlen(ganzes)).all()


def test_what_the_agency_prints_of_kreis_and_planungsraeume_counts_the_secret_cells_too(lieferung: Path) -> None:
    for heft, blatt, spalten in list_hefte():
        for j, jahr in enumerate(JAHRE):
            (kreis, *raeume), _ = read_heft(lieferung, heft, blatt, jahr)
            wahr = np.array([sum_to_planungsraeume(sum_to_gemeinden(werte))[:, j] for werte in spalten])
            assert np.array_equal(np.array(raeume), wahr.T), (heft, jahr)
            assert np.array_equal(np.array(kreis), wahr.sum(axis=1)), (heft, jahr)


def test_secret_are_one_and_two_and_the_partners_without_which_a_sum_would_give_them_away(lieferung: Path) -> None:
    sterne = 0
    for heft, blatt, spalten in list_hefte():
        for j, jahr in enumerate(JAHRE):
            nummern = [nummer for nummer, _, _ in list_gemeinden(jahr)]
            _, gedruckt = read_heft(lieferung, heft, blatt, jahr)
            for zellen, werte in zip(gedruckt, spalten, strict=True):
                wahr = split_altmuehlen(sum_to_gemeinden(werte))[nummern, j]
                check_spalte(zellen, wahr, PLANUNGSRAUM_DER_ZEILE[nummern])
                sterne += zellen.count("*")
    assert 50 < sterne < 400


def check_spalte(zellen: list[object], wahr: IntArray, gruppen: IntArray) -> None:
    for zelle, wert in zip(zellen, wahr, strict=True):
        assert zelle == ("-" if wert == 0 else wert) if zelle != "*" else wert > 0
        assert zelle == "*" or wert not in {1, 2}
    geheim = np.array([zelle == "*" for zelle in zellen])
    for gruppe in np.unique(gruppen[geheim]):
        verdeckt = wahr[geheim & (gruppen == gruppe)]
        assert len(verdeckt) > 1
        assert verdeckt.min() <= 2
        assert verdeckt.sum() not in {len(verdeckt), 2 * len(verdeckt)}


def test_the_figures_of_the_indizes_have_no_secret_cell_since_2020(lieferung: Path) -> None:
    for heft, blatt, _ in list_hefte():
        for jahr in range(2020, 2026):
            _, gedruckt = read_heft(lieferung, heft, blatt, jahr)
            for nummer, zellen in enumerate(gedruckt):
                assert (heft, nummer) not in SPALTEN_DER_INDIZES or "*" not in zellen, (heft, jahr)


@pytest.mark.parametrize(
    ("werte", "geheim"),
    [
        ([1, 5, 7], [True, True, False]),
        ([1, 2, 9], [True, True, False]),
        ([1, 1, 9], [True, True, True]),
        ([2, 2, 9, 4], [True, True, False, True]),
        ([0, 2, 8], [False, True, True]),
        ([3, 0, 8], [False, False, False]),
        ([0, 2, 0], [False, True, False]),
    ],
)
def test_the_smallest_other_cell_is_the_partner(werte: list[int], geheim: list[bool]) -> None:
    gruppen = np.zeros(len(werte), dtype=np.int64)
    assert find_geheime(np.array(werte), gruppen).tolist() == geheim


def kreis(zaehler: IntArray, nenner: IntArray | FloatArray, jahr: int = 2025) -> float:
    j = JAHRE.index(jahr)
    return float(zaehler[:, j].sum() / nenner[:, j].sum())


def test_the_kreis_is_an_ordinary_one_with_one_poorer_town() -> None:
    arbeitslose, sgb2, soziales = generate_arbeitslose(), generate_grundsicherung(), generate_sozialhilfe()
    kinder = count_personen_im_alter(0, 14)
    assert 0.05 < kreis(arbeitslose.insgesamt, count_vor_rente(15)) < 0.065
    assert 0.07 < kreis(sgb2.insgesamt, count_vor_rente(0)) < 0.09
    assert 0.11 < kreis(sgb2.unter_15, kinder) < 0.135
    assert 0.02 < kreis(soziales.alter_je_blatt, count_rentenalter()) < 0.035
    armut = sum_to_gemeinden(sgb2.unter_15)[:, -1] / sum_to_gemeinden(kinder)[:, -1]
    assert GEMEINDEN[int(np.argmax(armut))].name == "Hammerwerda"
    assert 0.20 < armut.max() < 0.25
    im_viertel = (sgb2.unter_15 / kinder)[IST_SOZIALRAUM, -1]
    assert im_viertel.max() > 0.35
    assert im_viertel.min() < 0.04


def test_income_and_dwellings_have_their_order_of_magnitude() -> None:
    geld, wohnungen, svb = generate_einkuenfte(), generate_wohnungen(), generate_beschaeftigung()
    einwohner = sum_to_gemeinden(count_personen_im_alter(0, 100))
    je_fall = geld.summe_tsd[:, JAHRE.index(2021)] / geld.steuerpflichtige[:, JAHRE.index(2021)]
    assert 36 < je_fall.min() < je_fall.max() < 48
    assert 46 < 100 * kreis(wohnungen.flaeche, einwohner) < 53
    im_alter = sum_to_gemeinden(count_personen_im_alter(15, 64))
    assert 0.62 < kreis(svb.insgesamt, im_alter) < 0.68


def test_the_breaks_that_the_catalogue_names_are_in_the_figures() -> None:
    soziales, sgb2 = generate_sozialhilfe(), generate_grundsicherung()
    jahr = {name: dict(zip(JAHRE, werte.sum(axis=0), strict=True)) for name, werte in vars(soziales).items()}
    assert jahr["wohngeld"][2023] > 1.7 * jahr["wohngeld"][2022]
    spruenge = [jahr["lebensunterhalt"][j] / jahr["lebensunterhalt"][j - 1] for j in JAHRE[1:]]
    assert 0.85 < min(spruenge) < max(spruenge) < 1.15, "outside institutions in all years, no break in 2020"
    assert jahr["erwerbsminderung"][2020] > 1.05 * jahr["erwerbsminderung"][2019]
    assert jahr["eingliederung"][2020] < 0.95 * jahr["eingliederung"][2019]
    assert jahr["pflege"][2017] < 0.9 * jahr["pflege"][2016]
    assert jahr["pflege"][2022] < 0.9 * jahr["pflege"][2021]
    assert jahr["asyl"][2015] > 2.5 * jahr["asyl"][2014]
    berechtigte = dict(zip(JAHRE, sgb2.insgesamt.sum(axis=0), strict=True))
    assert berechtigte[2022] > 1.1 * berechtigte[2021]
    assert berechtigte[2016] > 1.02 * berechtigte[2015]


def test_the_stock_of_dwellings_follows_from_the_new_ones_except_in_the_year_of_the_zensus() -> None:
    wohnungen = generate_wohnungen()
    zuwachs = np.diff(wohnungen.bestand.sum(axis=0))
    abgang = wohnungen.neu.sum(axis=0)[1:] - zuwachs
    im_zensus = JAHRE.index(2022) - 1
    assert abgang[im_zensus] > 3 * np.delete(abgang, im_zensus).max()


def test_the_numbers_of_musterstadt_have_lost_their_leading_zero(lieferung: Path) -> None:
    zeilen = read_blatt(lieferung / "sozialamt" / "grundsicherung_alter_musterstadt.xlsx", "Sozialräume")[5:-1]
    assert [zeile[0] for zeile in zeilen] == list(range(2101, 2125))
    assert "0" + str(zeilen[0][0]) == "02101"


def test_the_sozialraeume_of_a_town_add_up_to_the_town(lieferung: Path) -> None:
    zeilen = read_blatt(lieferung / "sozialamt" / "sgb12_gemeinden.xlsx", "SGB XII")
    stadt = zeilen[5 + find_gemeinde("Musterstadt")]
    summe = read_blatt(lieferung / "sozialamt" / "grundsicherung_alter_musterstadt.xlsx", "Sozialräume")[-1]
    assert stadt[1] == "Musterstadt"
    assert list(stadt[2::4]) == list(summe[2:])


def test_the_figures_of_the_zensus_carry_noise_and_do_not_add_up(lieferung: Path) -> None:
    with (lieferung / "wohnen" / "zensus2022_wohnungen.csv").open(encoding="utf-8-sig", newline="") as datei:
        zeilen = list(csv.reader(datei, delimiter=";"))[2:]
    gemeinden = [zeile for zeile in zeilen if len(zeile[0]) == len("99001001")]
    abstand = sum(int(zeile[2]) for zeile in gemeinden) - int(zeilen[0][2])
    assert 0 < abs(abstand) < 2 * len(gemeinden)


def test_kleinrode_has_no_rent(lieferung: Path) -> None:
    text = (lieferung / "wohnen" / "mieten.csv").read_text(encoding="utf-8")
    assert text.count(f"{GEMEINDEN[KLEINRODE].name};") == text.count(f"{GEMEINDEN[KLEINRODE].name};2") == len(JAHRE)
    assert all(zeile.endswith(";/") for zeile in text.splitlines() if GEMEINDEN[KLEINRODE].name in zeile)


def test_the_deliveries_are_small(lieferung: Path) -> None:
    assert sum(pfad.stat().st_size for pfad in lieferung.rglob("*.*")) < 1_300_000
