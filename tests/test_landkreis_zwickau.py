"""A real atlas from official tables: 33 municipalities, read from files of the whole country by configuration alone.

Sources: Statistische Ämter des Bundes und der Länder (Regionalstatistik, Zensus 2022), dl-de/by-2-0; © GeoBasis-DE /
BKG 2021 (VG5000), dl-de/by-2-0. The figures in the tests were read in the files by eye.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import polars as pl
import pytest
from pypdf import PdfReader

from atlas.lauf import run_stufen, select_stufen
from atlas.projekt import Projekt
from atlas.store import read_tabelle
from atlas.tables.ergebnis import Befunde, Indikatorwerte, Indizes
from atlas.tables.messung import Lieferungen, Messwerte
from atlas.tables.raum import Geometrien, Raeume
from geteilte_daten import WURZEL, require_daten

if TYPE_CHECKING:
    from pathlib import Path

KREIS, BERNSDORF, STADT_ZWICKAU = "14524", "14524010", "14524330"


@pytest.fixture(scope="session")
def zwickau(tmp_path_factory: pytest.TempPathFactory) -> Projekt:
    for ordner in ("genesis", "vg5000", "zensus2022"):
        require_daten(ordner)
    wurzel = tmp_path_factory.mktemp("zwickau")
    shutil.copytree(WURZEL / "beispiele" / "landkreis-zwickau" / "config", wurzel / "config")
    projekt = Projekt(wurzel, require_daten())
    run_stufen(projekt, select_stufen(None, None), erzwinge=False, melde=lambda _: None)
    return projekt


@pytest.fixture(scope="session")
def buch(zwickau: Projekt) -> str:
    pfad: Path = zwickau.reports / "aktuell" / "oeffentlich" / "sozialstrukturatlas.pdf"
    return " ".join(" ".join(seite.extract_text().split()) for seite in PdfReader(pfad).pages)


def test_the_33_municipalities_come_out_of_the_map_of_the_whole_country(zwickau: Projekt) -> None:
    ebenen = dict(read_tabelle(zwickau, Raeume)["ebene"].value_counts().iter_rows())
    assert ebenen == {"kreis": 1, "gemeinde": 33}
    assert read_tabelle(zwickau, Geometrien).height == 34


def test_what_belongs_to_other_areas_is_counted_and_not_kept(zwickau: Projekt) -> None:
    lieferungen = read_tabelle(zwickau, Lieferungen)
    (arbeitslose,) = lieferungen.filter(quelle="arbeitslose").iter_rows(named=True)
    assert (arbeitslose["zeilen"], arbeitslose["ausserhalb"], arbeitslose["messwerte"]) == (14_493, 14_459, 34 * 7)
    assert (lieferungen["zeilen"] == lieferungen["ausserhalb"] + lieferungen["ohne_raum"]).sum() == 0


def test_nothing_is_odd_in_the_data(zwickau: Projekt) -> None:
    assert read_tabelle(zwickau, Befunde).is_empty()


def test_a_typed_gap_stays_one(zwickau: Projekt) -> None:
    zelle = read_tabelle(zwickau, Messwerte).filter(
        raum_id=BERNSDORF, merkmal="svb_arbeitsort", gruppe="staatsangehoerigkeit=ausland"
    )
    assert zelle.select("wert", "status").rows() == [(None, "geheim")]


@pytest.mark.parametrize(
    ("raum_id", "jahr", "indikator", "seiten"),
    [
        # 34 unemployed in Bernsdorf; 37 + 20 + 59 + 78 + 116 + 137 + 142 + 182 + 184 + 204 + 212 people of 15 to 64
        (BERNSDORF, 2016, "arbeitslosenanteil", (34, 1408)),
        (KREIS, 2016, "arbeitslosenanteil", (11_177, 196_328)),
        (BERNSDORF, 2015, "entwicklung_2008", (2224 - 2479, 2479)),
        (KREIS, 2015, "entwicklung_2008", (324_534 - 348_834, 348_834)),
        (KREIS, 2015, "frauenanteil", (166_467, 324_534)),
        (BERNSDORF, 2015, "wanderungssaldo", (79 - 84, 2224)),
        (KREIS, 2016, "sgb2_quote", (21_247, 324_534 - 42_153 - 47_750)),
        (KREIS, 2015, "mindestsicherung", (28_156, 324_534)),
    ],
)
def test_an_indicator_is_the_quotient_of_two_figures_read_by_eye(
    zwickau: Projekt, raum_id: str, jahr: int, indikator: str, seiten: tuple[float, float]
) -> None:
    zeile = read_tabelle(zwickau, Indikatorwerte).filter(raum_id=raum_id, jahr=jahr, indikator=indikator)
    assert zeile.select("zaehler", "nenner").rows() == [seiten]


def test_a_figure_of_the_kreis_alone_is_none_of_its_municipalities(zwickau: Projekt) -> None:
    sgb2 = read_tabelle(zwickau, Indikatorwerte).filter(pl.col("wert").is_not_null(), indikator="sgb2_quote", jahr=2016)
    assert sgb2["raum_id"].to_list() == [KREIS]


def test_a_delivered_rate_is_never_averaged_for_the_kreis(zwickau: Projekt) -> None:
    miete = read_tabelle(zwickau, Indikatorwerte).filter(indikator="nettokaltmiete", jahr=2022)
    assert miete.filter(raum_id=KREIS).select("wert", "wertstatus").rows() == [(None, "nicht_aggregierbar")]
    assert miete.filter(raum_id=STADT_ZWICKAU)["wert"].to_list() == [5.2]


def test_the_status_index_classes_all_33(zwickau: Projekt) -> None:
    klassen = read_tabelle(zwickau, Indizes).filter(index="status", jahr=2016)
    je_klasse = {"hoch": 5, "mittel": 22, "niedrig": 2, "sehr_niedrig": 4}
    assert dict(klassen["klasse"].value_counts().iter_rows()) == je_klasse


def test_the_book_says_what_the_sources_do_not_have(buch: str) -> None:
    assert "Einen Dynamikindex gibt es nicht" in buch
    assert "Für die Gemeinden nicht geliefert, nur für Landkreis Zwickau." in buch
    assert "© GeoBasis-DE / BKG 2021 (Daten verändert)" in buch


def test_the_book_shows_at_least_20_indicators_and_no_word_of_the_program(zwickau: Projekt, buch: str) -> None:
    assert read_tabelle(zwickau, Indikatorwerte).filter(pl.col("wert").is_not_null())["indikator"].n_unique() == 33
    assert not {"nan", "None", "inf"} & set(buch.split())


@pytest.mark.parametrize(
    ("jahr", "hier", "dort"),
    [
        (2016, "arbeitslosenanteil", "arbeitslosenanteil"),
        (2016, "aeltere_arbeitslose", "aelterenarbeitslosenanteil"),
        (2016, "jugendarbeitslosenanteil", "jugendarbeitslosenanteil"),
        (2016, "langzeitarbeitslose", "langzeit_unter_arbeitslosen"),
        (2016, "schwerbehinderte_arbeitslose", "schwerbehinderte_unter_arbeitslosen"),
        (2016, "sgb2_quote", "sgb2_quote"),
        (2016, "kinderarmut", "sgb2_kinder"),
        (2015, "mindestsicherung", "mindestsicherung"),
        (2015, "altenquotient", "altenquotient"),
        (2015, "jugendquotient", "jugendquotient"),
        (2015, "anteil_unter_18", "anteil_unter_18"),
        (2015, "billeter_mass", "billeter"),
    ],
)
def test_the_made_up_landkreis_is_of_the_same_order_as_this_real_one(
    zwickau: Projekt, musterland: Projekt, jahr: int, hier: str, dort: str
) -> None:
    echt = read_tabelle(zwickau, Indikatorwerte).filter(raum_id=KREIS, jahr=jahr, indikator=dort)["wert"].item()
    erfunden = (
        read_tabelle(musterland, Indikatorwerte).filter(raum_id="99001", jahr=jahr, indikator=hier)["wert"].item()
    )
    assert 1 / 1.4 < erfunden / echt < 1.4
