"""The figures of the demo scatter as those of real places do: by chance, and not all for one reason."""

from __future__ import annotations

from itertools import combinations
from statistics import correlation
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

from atlas.musterland.bevoelkerung.haushalte import generate_haushalte
from atlas.musterland.jugend.gesundheit import generate_untersuchung
from atlas.musterland.jugend.hilfen import generate_schutz
from atlas.musterland.jugend.kita import generate_kita
from atlas.musterland.jugend.schule import generate_einschulungen, generate_uebergaenge
from atlas.musterland.raeume import BLAETTER, IntArray, sum_to_gemeinden
from atlas.musterland.stammdaten import EINRICHTUNG, GEMEINDEN, JAHRE, KLEINRODE
from atlas.musterland.wirtschaft.arbeitslose import generate_arbeitslose
from atlas.musterland.wirtschaft.beschaeftigung import generate_beschaeftigung
from atlas.musterland.wirtschaft.sgb2 import generate_grundsicherung
from atlas.musterland.wirtschaft.sozialhilfe import generate_sozialhilfe
from atlas.musterland.ziehen import draw_teil
from atlas.tables.ergebnis import Indikatorwerte
from musterland_rohdaten import read_alter, read_zeilen
from musterland_tabellen import lies, lies_konfiguration

if TYPE_CHECKING:
    from atlas.projekt import Projekt

VOGELSREUTH, KLEINRODE_ID = "99001031", "99001014"
SGB2 = {"sgb2_quote", "elb_quote", "mindestsicherung", "kinderarmut", "kinderarmut_unter_6", "jugendarmut"}
"""Nearly the same people: they may go together as closely as they like."""
EINZELNE = [i for i in range(len(GEMEINDEN)) if i not in {KLEINRODE, EINRICHTUNG}]
FREIHEITSGRADE = len(EINZELNE) - 1
UNTER_ALLEN_ZUFAELLEN = 11.6
"""χ² that 999 of 1,000 binomial draws exceed at 30 degrees of freedom."""


def list_teile() -> dict[str, tuple[IntArray, IntArray]]:
    """Give parts and wholes by leaf or Gemeinde."""
    alo, sgb2, svb, soz = (
        generate_arbeitslose(), generate_grundsicherung(), generate_beschaeftigung(), generate_sozialhilfe(),
    )  # fmt: skip
    kita, seu, schutz, schule = (
        generate_kita(), generate_untersuchung(), generate_schutz(), generate_uebergaenge(),
    )  # fmt: skip
    einschulung, haushalte = generate_einschulungen(), generate_haushalte()
    return {
        "Arbeitslose unter 25": (alo.unter_25, alo.insgesamt),
        "Arbeitslose ab 55": (alo.ab_55, alo.insgesamt),
        "Langzeitarbeitslose": (alo.langzeit, alo.insgesamt),
        "schwerbehinderte Arbeitslose": (alo.schwerbehindert, alo.insgesamt),
        "Kinder unter 6 mit SGB II": (sgb2.unter_6, sgb2.unter_15),
        "Kinder mit SGB II": (sgb2.unter_15, sgb2.insgesamt),
        "Erwerbsfähige mit SGB II": (sgb2.erwerbsfaehig, sgb2.insgesamt),
        "Erwerbstätige mit SGB II": (sgb2.erwerbstaetig, sgb2.erwerbsfaehig),
        "Bedarfsgemeinschaften": (sgb2.gemeinschaften, sgb2.insgesamt),
        "Bedarfsgemeinschaften mit Kindern": (sgb2.mit_kindern, sgb2.gemeinschaften),
        "Alleinerziehende mit SGB II": (sgb2.alleinerziehend, sgb2.mit_kindern),
        "beschäftigte Frauen": (svb.frauen, svb.insgesamt),
        "Frauen mit Grundsicherung": (soz.alter_frauen, soz.alter),
        "Alleinerziehende": (haushalte.alleinerziehend, haushalte.mit_kindern),
        "Familiensprache": (kita.sprache, kita.kinder),
        "Tagespflege": (kita.tagespflege, kita.unter_3),
        "Sprachbefund": (seu.sprache, seu.kinder),
        "Gefährdungen": (schutz.gefaehrdungen, schutz.einschaetzungen),
        "Gymnasium": (schule.gymnasium, schule.gymnasium + schule.oberschule + schule.sonstige),
        "Zurückstellungen": (
            einschulung.zurueckgestellt,
            einschulung.fristgemaess + einschulung.vorzeitig + einschulung.zurueckgestellt,
        ),
    }


def compute_chi_quadrat(teil: IntArray, ganzes: IntArray, jahr: int) -> float:
    """Give how far the shares of the Gemeinden are from one share for all, in units of pure chance."""
    j = JAHRE.index(jahr)
    k, n = (
        (sum_to_gemeinden(werte) if len(werte) == len(BLAETTER) else werte)[EINZELNE, j].astype(float)
        for werte in (teil, ganzes)
    )
    p = k.sum() / n.sum()
    return float((((k - n * p) ** 2) / (n * p * (1 - p))).sum())


@pytest.mark.parametrize("jahr", [2019, 2022, 2025])
def test_shares_of_the_gemeinden_differ_at_least_as_much_as_chance_makes_them(jahr: int) -> None:
    werte = {name: compute_chi_quadrat(*paar, jahr) for name, paar in list_teile().items()}
    assert FREIHEITSGRADE == 30
    assert {name: wert for name, wert in werte.items() if wert < UNTER_ALLEN_ZUFAELLEN} == {}
    assert float(np.median(list(werte.values()))) > FREIHEITSGRADE


def test_a_drawn_part_has_the_mean_and_the_variance_of_the_binomial_distribution() -> None:
    # 4,000 draws of 40 with a chance of 0.1: mean 4, variance 40 * 0.1 * 0.9 = 3.6.
    wenige = draw_teil("probe wenige", np.full((4000, 1), 40), 0.1)
    assert wenige.mean() == pytest.approx(4, abs=0.1)
    assert wenige.var() == pytest.approx(3.6, abs=0.3)
    # 1,000 with a chance of 0.8: mean 800, variance 160.
    viele = draw_teil("probe viele", np.full((4000, 1), 1000), 0.8)
    assert viele.mean() == pytest.approx(800, abs=1)
    assert viele.var() == pytest.approx(160, abs=12)
    assert draw_teil("probe grenzen", np.array([[5, 5, 0]]), np.array([[0.0, 1.0, 0.5]])).tolist() == [[0, 5, 0]]


def test_a_drawn_part_remembers_the_year_before() -> None:
    gezogen = draw_teil("probe gedächtnis", np.full((4000, 2), 100), 0.3, 0.75)
    assert correlation(*gezogen.T.astype(float).tolist()) == pytest.approx(0.75, abs=0.05)


def list_korrelationen(musterland: Projekt) -> dict[tuple[str, str], float]:
    """Give r of all pairs of directed Indikatoren at Gemeinde level, without the two unrated Gemeinden."""
    katalog = lies_konfiguration(musterland).indikatoren.indikatoren
    werte = lies(musterland, Indikatorwerte).filter(
        ~pl.col("raum_id").is_in([VOGELSREUTH, KLEINRODE_ID]), ebene="gemeinde"
    )
    reihen = {
        name: dict(werte.filter(indikator=name, jahr=i.jahr or 2025).select("raum_id", "wert").iter_rows())
        for name, i in katalog.items()
        if i.richtung != "neutral" and i.kleinste_ebene != "planungsraum"
    }
    korrelationen = {}
    for a, b in combinations(sorted(reihen), 2):
        raeume = [r for r in reihen[a] if reihen[a][r] is not None and reihen[b].get(r) is not None]
        korrelationen[a, b] = correlation([reihen[a][r] for r in raeume], [reihen[b][r] for r in raeume])
    return korrelationen


def test_indicators_of_different_fields_do_not_all_say_the_same(musterland: Projekt) -> None:
    korrelationen = list_korrelationen(musterland)
    dimension = {n: i.dimension for n, i in lies_konfiguration(musterland).indikatoren.indikatoren.items()}
    betraege = [abs(r) for r in korrelationen.values()]
    assert len(betraege) > 1000
    assert 0.15 < float(np.mean(betraege)) < 0.3
    enge = {paar for paar, r in korrelationen.items() if abs(r) > 0.9}
    assert {(a, b) for a, b in enge if dimension[a] != dimension[b] and not {a, b} <= SGB2} == set()


def test_the_figures_of_the_status_index_go_together_without_being_the_same(musterland: Projekt) -> None:
    status = lies_konfiguration(musterland).dimensionen.indizes["status"].indikatoren
    namen = {gewichtet.indikator for gewichtet in status}
    paare = {p: r for p, r in list_korrelationen(musterland).items() if set(p) <= namen and not set(p) <= SGB2}
    assert len(paare) == 20
    assert 0 < min(paare.values()) < max(paare.values()) < 0.9
    assert 0.35 < float(np.mean(list(paare.values()))) < 0.7


def test_the_figures_of_the_status_index_are_complete_except_in_kleinrode(musterland: Projekt) -> None:
    namen = [
        gewichtet.indikator for gewichtet in lies_konfiguration(musterland).dimensionen.indizes["status"].indikatoren
    ]
    werte = lies(musterland, Indikatorwerte).filter(
        pl.col("indikator").is_in(namen), pl.col("jahr") >= 2020, ebene="gemeinde"
    )
    assert werte.height == 7 * 6 * 33
    assert set(werte.filter(pl.col("wert").is_null())["raum_id"]) <= {KLEINRODE_ID}


def test_no_yearly_figure_of_the_kreis_is_a_round_one(musterland: Projekt) -> None:
    werte = lies(musterland, Indikatorwerte).filter(raum_id="99001", indikator="beschaeftigungsquote")
    quoten = werte.filter(pl.col("wert").is_not_null())["wert"].to_list()
    assert len(quoten) == 11
    assert sum(abs(quote * 10 - round(quote * 10)) < 0.05 for quote in quoten) < 4


def test_in_a_normal_year_families_leave_about_a_quarter_of_the_gemeinden(musterland: Projekt) -> None:
    werte = lies(musterland, Indikatorwerte).filter(ebene="gemeinde", indikator="familienwanderung")
    anteile = dict(werte.group_by("jahr").agg((pl.col("wert") < 0).mean()).iter_rows())
    normale = [anteile[jahr] for jahr in JAHRE if jahr not in {2015, 2022}]
    assert 0.2 < float(np.mean(normale)) < 0.4
    assert all(0.05 < anteil < 0.6 for anteil in normale)


def test_residents_of_the_erstaufnahmeeinrichtung_are_in_no_household(musterland: Projekt) -> None:
    zeilen = {(z[0], z[2]): z for z in read_zeilen(musterland.roh, "haushalte.csv", "cp1252") if len(z) > 4}
    for jahr, bewohner in ((2021, 0), (2022, 431), (2025, 402)):
        mitglieder = int(zeilen[VOGELSREUTH, str(jahr)][4].replace(".", ""))
        assert 0.96 < mitglieder / (sum(read_alter(musterland.roh, jahr, VOGELSREUTH)) - bewohner) < 1


def test_deliveries_say_whom_they_count(musterland: Projekt) -> None:
    asyl = read_zeilen(musterland.roh, "sozialamt/asylblg.csv", "cp1252")[0][0]
    assert asyl.startswith("Regelleistungen nach dem AsylbLG (§§ 2 und 3)")
    assert asyl.endswith("ohne die Erstaufnahmeeinrichtung des Landes")
    hilfen = [zeile[0] for zeile in read_zeilen(musterland.roh, "jugendamt/hze.csv", "cp1252")]
    assert any("§§ 27, 29 bis 35, 41 SGB VIII, ohne Erziehungsberatung (§ 28); gezählt" in text for text in hilfen)
    beschaeftigte = read_zeilen(musterland.roh, "ba/sonderauswertung_svb_wohnort_2019-2025.csv", "cp1252")[0][0]
    assert beschaeftigte == "Sonderauswertung der Statistik der Bundesagentur für Arbeit: Beschäftigte am Wohnort"
    geburten = read_zeilen(musterland.roh, "genesis/12612-91-01-5_2025.csv", "cp1252")[0][0]
    assert geburten == "GENESIS-Tabelle: 12612-91-01-5"
