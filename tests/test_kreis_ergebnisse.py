"""What the small Kreis says: held as expected files, and a few figures worked out by hand."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import polars as pl
import pytest

from atlas.config.laden import load_konfiguration
from atlas.errors import KonfigurationError
from atlas.projekt import Projekt
from atlas.store import read_tabelle
from atlas.tables.ergebnis import Indikatorwerte, Indizes
from atlas.tables.freigabe import Freigabewerte
from geteilte_daten import KREIS
from golden_datei import assert_golden

if TYPE_CHECKING:
    from pathlib import Path


def test_the_indices_of_the_small_kreis_are_as_expected(kreis: Projekt) -> None:
    indizes = read_tabelle(kreis, Indizes).with_columns(pl.selectors.float().round(9))
    assert_golden("kreis_indizes.csv", indizes.write_csv())


def test_the_indicators_of_the_small_kreis_are_as_expected(kreis: Projekt) -> None:
    werte = read_tabelle(kreis, Indikatorwerte).filter(jahr=2025).drop("ki_unten", "ki_oben")
    assert_golden("kreis_indikatorwerte_2025.csv", werte.with_columns(pl.selectors.float().round(9)).write_csv())


def test_the_child_poverty_of_the_district_is_the_delivered_count_over_all_children(kreis: Projekt) -> None:
    # arbeitsmarkt_und_grundsicherung.csv, row 2025;99001: 2640. bevoelkerung_2025.csv, the three columns below 15
    # summed over 33 Gemeinden: 24549. 2640 / 24549 = 10.754002 %.
    zeile = (
        read_tabelle(kreis, Indikatorwerte)
        .filter(jahr=2025, raum_id="99001", indikator="kinderarmut")
        .row(0, named=True)
    )
    assert (zeile["zaehler"], zeile["nenner"]) == (2640.0, 24549.0)
    assert zeile["wert"] == pytest.approx(100 * 2640 / 24549, abs=1e-12)


def test_a_planungsraum_with_a_secret_gemeinde_has_no_sum(kreis: Projekt) -> None:
    werte = read_tabelle(kreis, Indikatorwerte).filter(jahr=2025, indikator="kinderarmut", ebene="planungsraum")
    geheime = werte.filter(wertstatus="geheim")["raum_id"].to_list()
    assert len(geheime) == 1, "the one that Kleinrode lies in"
    assert werte.filter(wertstatus="beobachtet").height == 4


def test_nobody_takes_a_count_of_the_small_kreis_past_the_minimum_by_calling_it_a_rate(tmp_path: Path) -> None:
    shutil.copytree(KREIS / "config", tmp_path / "config")
    katalog = tmp_path / "config/indikatoren.yaml"
    block = (
        "  hilfen_zahl:\n    {name: Hilfen, kurzname: Hilfen, dimension: familie, richtung: neutral, einheit: Fälle, "
        "nachkommastellen: 0, definition: Hilfen., berechnung: {art: wert, merkmal: hilfen_zur_erziehung}}\n"
    )
    katalog.write_text(katalog.read_text("utf-8") + block, encoding="utf-8")
    with pytest.raises(KonfigurationError, match="»hilfen_zur_erziehung« ist eine Anzahl"):
        load_konfiguration(Projekt(tmp_path, tmp_path / "data/raw"))


def test_the_public_edition_shows_no_count_of_one_or_two(kreis: Projekt) -> None:
    frei = read_tabelle(kreis, Freigabewerte).filter(ausgabe="oeffentlich")
    assert frei.filter(pl.col("art").is_in(["zaehler", "nenner"]) & pl.col("wert").is_between(0.5, 2.5)).is_empty()
    assert frei.filter((pl.col("art") == "index") & pl.col("wert").is_not_null()).is_empty()
    assert frei.filter((pl.col("art") == "index") & pl.col("klasse").is_not_null()).height > 0
