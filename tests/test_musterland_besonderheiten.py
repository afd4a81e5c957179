"""Each oddity that was planted in the deliveries of the demo, followed from the raw file to what may be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from atlas.render.zahlen import Wert, format_wert
from atlas.tables.ergebnis import Indikatorwerte, Indizes, Merkmalswerte
from atlas.tables.freigabe import Freigabewerte
from atlas.tables.messung import Messwerte
from atlas.tables.raum import Raeume
from musterland_rohdaten import read_alter, read_blatt, read_heft, read_sterne, read_zeilen, to_zahl
from musterland_tabellen import lies, lies_konfiguration

if TYPE_CHECKING:
    from atlas.projekt import Projekt

AEHRENBACH, LOEWENSGRUEN, ALTMUEHLEN, VOGELSREUTH = "99001001", "99001018", "99001034", "99001031"
BEZIRK_OST = {"99001005", "99001007", "99001011", "99001012", "99001028", "99001029", "99001031"}


def list_messwerte(musterland: Projekt, **filter_: str | int) -> pl.DataFrame:
    return lies(musterland, Messwerte).filter(**filter_)


def find_zeile(musterland: Projekt, indikator: str, raum: str, jahr: int) -> dict[str, object]:
    werte = lies(musterland, Indikatorwerte)
    return werte.filter(indikator=indikator, raum_id=raum, jahr=jahr).row(0, named=True)


def list_gedruckte(musterland: Projekt, indikator: str, raum: str, jahr: int) -> list[str]:
    """Give what stands in the cell of an Indikator, in each Ausgabe."""
    frei = lies(musterland, Freigabewerte).filter(art="indikator", groesse=indikator, raum_id=raum, jahr=jahr)
    zeilen = frei.sort("ausgabe").select("wert", "wertstatus", "sperrgrund").iter_rows()
    return [format_wert(Wert(*zeile), 1).text for zeile in zeilen]


@pytest.mark.parametrize("heft", ["alo", "sgb2"])
def test_every_star_of_the_agency_is_a_secret_and_nothing_else_is(musterland: Projekt, heft: str) -> None:
    sterne = {jahr: read_sterne(musterland.roh, heft, jahr) for jahr in (2017, 2025)}
    quelle = {"alo": "arbeitslose", "sgb2": "sgb2"}[heft]
    for jahr, zellen in sterne.items():
        gelesene = list_messwerte(musterland, status="geheim", jahr=jahr)
        gelesene = gelesene.filter(pl.col("lieferung_id").str.starts_with(f"{quelle}:"))
        assert set(gelesene.select("raum_id", "zelle").iter_rows()) == zellen
        assert zellen


def test_a_starred_cell_leaves_its_indicator_without_a_value_and_prints_a_dot(musterland: Projekt) -> None:
    assert read_heft(musterland.roh, "sgb2", 2025)[AEHRENBACH][4] == "*"
    (zelle,) = list_messwerte(
        musterland, raum_id=AEHRENBACH, jahr=2025, merkmal="sgb2_leistungsberechtigte", gruppe="alter=15-17"
    ).iter_rows(named=True)
    assert (zelle["wert"], zelle["status"], zelle["zelle"]) == (None, "geheim", "Personen_BG!E11")
    zeile = find_zeile(musterland, "jugendarmut", AEHRENBACH, 2025)
    assert (zeile["zaehler"], zeile["wert"], zeile["wertstatus"]) == (None, None, "geheim")
    assert list_gedruckte(musterland, "jugendarmut", AEHRENBACH, 2025) == [".", "."]


def test_a_planungsraum_with_starred_cells_keeps_the_figure_the_agency_gave_for_it(musterland: Projekt) -> None:
    geliefert = read_heft(musterland.roh, "sgb2", 2025)["PR5"][4]
    assert find_zeile(musterland, "jugendarmut", "PR5", 2025)["zaehler"] == geliefert


def test_the_public_edition_withholds_what_the_internal_one_shows_of_small_counts(musterland: Projekt) -> None:
    frei = lies(musterland, Freigabewerte).filter(art="indikator")
    gesperrt = frei.filter(sperrgrund="fallzahl")
    assert set(gesperrt["ausgabe"]) == {"oeffentlich"}
    assert gesperrt["wert"].null_count() == gesperrt.height
    intern = frei.filter(ausgabe="intern").join(gesperrt, on=["groesse", "raum_id", "jahr"], how="semi")
    assert intern["wert"].null_count() == 0


def test_altmuehlen_is_a_row_until_2018_and_a_part_of_loewensgruen_in_all_years(musterland: Projekt) -> None:
    einwohner = lies(musterland, Merkmalswerte).filter(raum_id=LOEWENSGRUEN, merkmal="einwohner", gruppe="")
    werte = dict(einwohner.select("jahr", "wert").iter_rows())
    for jahr in range(2014, 2019):
        teile = [sum(read_alter(musterland.roh, jahr, raum)) for raum in (LOEWENSGRUEN, ALTMUEHLEN)]
        assert min(teile) > 1000
        assert werte[jahr] == sum(teile)
    assert werte[2019] == sum(read_alter(musterland.roh, 2019, LOEWENSGRUEN))
    assert ALTMUEHLEN not in set(lies(musterland, Raeume)["raum_id"])
    assert list_messwerte(musterland, raum_id=ALTMUEHLEN)["jahr"].max() == 2018


def test_vogelsreuth_is_in_no_index_and_the_reason_is_printed(musterland: Projekt) -> None:
    vorher, nachher = (sum(read_alter(musterland.roh, jahr, VOGELSREUTH)) for jahr in (2021, 2022))
    assert nachher - vorher > 300, "the Erstaufnahmeeinrichtung opened"
    (ausschluss,) = lies_konfiguration(musterland).raeume.ausschluesse
    assert ausschluss.raum_id == VOGELSREUTH
    indizes = lies(musterland, Indizes).filter(raum_id=VOGELSREUTH, jahr=2025)
    assert indizes.height == 18, "17 Indizes and the Gesamtindex"
    assert set(indizes["ausschlussgrund"]) == {ausschluss.grund}
    assert indizes["klasse"].null_count() == 18
    frei = lies(musterland, Freigabewerte).filter(raum_id=VOGELSREUTH, jahr=2025, art="index")
    assert set(frei["ausschlussgrund"]) == {ausschluss.grund}
    assert find_zeile(musterland, "sgb2_quote", VOGELSREUTH, 2025)["wert"] is not None


def test_three_dots_of_the_youth_office_are_a_figure_that_comes_later_and_not_a_zero(musterland: Projekt) -> None:
    zeilen = read_zeilen(musterland.roh, "jugendamt/hze.csv", "cp1252")
    assert {zeile[1] for zeile in zeilen if zeile[4:5] == ["..."]} == BEZIRK_OST
    hilfen = list_messwerte(musterland, merkmal="hilfen_zur_erziehung", status="spaeter")
    assert set(hilfen.select("raum_id", "jahr").iter_rows()) == {(raum, 2025) for raum in BEZIRK_OST}
    for raum in (*BEZIRK_OST, "PR4", "99001"):
        assert find_zeile(musterland, "hze_quote", raum, 2025)["wertstatus"] == "spaeter"
        assert list_gedruckte(musterland, "hze_quote", raum, 2025) == ["…", "…"]
    indizes = lies(musterland, Indizes).filter(pl.col("raum_id").is_in(BEZIRK_OST), jahr=2025, index="dim_hze")
    assert indizes["klasse"].null_count() == len(BEZIRK_OST)
    assert find_zeile(musterland, "hze_quote", "PR4", 2024)["wert"] is not None


def test_the_swapped_digits_of_2021_are_mended_and_the_births_add_up_again(musterland: Projekt) -> None:
    zeilen = {z[0]: z for z in read_zeilen(musterland.roh, "genesis/12612-91-01-5_2021.csv", "cp1252")}
    name, korrektur = next(iter(lies_konfiguration(musterland).korrekturen.korrekturen.items()))
    assert zeilen[korrektur.raum_id][2:] == ["82", "12", "16"], "12 boys and 16 girls are 28"
    geburten = list_messwerte(musterland, merkmal="geburten", gruppe="", jahr=2021)
    (zelle,) = geburten.filter(raum_id=korrektur.raum_id).iter_rows(named=True)
    assert (zelle["wert"], zelle["qualitaet"], zelle["korrektur_id"]) == (28.0, "berichtigt", name)
    assert geburten.filter(ebene="gemeinde")["wert"].sum() == int(zeilen["99001"][2])
    assert find_zeile(musterland, "geburtenziffer", korrektur.raum_id, 2021)["zaehler"] == 28.0


@pytest.mark.parametrize(("jahr", "kopf"), [(2021, "Kinder unter 3"), (2022, "Kinder U3")])
def test_a_renamed_column_of_the_day_care_centres_is_the_same_figure(musterland: Projekt, jahr: int, kopf: str) -> None:
    zeilen = read_blatt(musterland.roh, f"kita/kita_{jahr}.xlsx", "Tabelle")
    spalte = next(zeile for zeile in zeilen if kopf in zeile).index(kopf)
    geliefert = {str(z[0]): to_zahl(z[spalte]) for z in zeilen if str(z[0]).startswith("99001")}
    gelesen = list_messwerte(musterland, merkmal="kita_kinder", gruppe="alter=0-2", jahr=jahr)
    assert len(geliefert) == 33
    assert dict(gelesen.select("raum_id", "wert").iter_rows()) == geliefert


def test_numbers_of_sozialraeume_that_lost_their_zero_find_their_raum(musterland: Projekt) -> None:
    kopf, *zeilen = read_blatt(musterland.roh, "sozialamt/grundsicherung_alter_musterstadt.xlsx", "Sozialräume")[4:-1]
    spalte = kopf.index(2025)
    assert all(isinstance(zeile[0], int) and zeile[0] < 10_000 for zeile in zeilen), "numbers of four digits"
    geliefert = {f"990010{zeile[0]}": to_zahl(zeile[spalte]) for zeile in zeilen}
    gelesen = list_messwerte(musterland, merkmal="grundsicherung_alter", gruppe="", jahr=2025, ebene="sozialraum")
    gelesen = gelesen.filter(pl.col("raum_id").str.starts_with("99001021"))
    assert len(geliefert) == 24
    assert dict(gelesen.select("raum_id", "wert").iter_rows()) == geliefert
