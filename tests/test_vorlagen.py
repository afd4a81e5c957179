"""Every Vorlage is a valid Quelle, reads the real deliveries to the last cell, and sums up to what is published."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from atlas.config.merkmale import join_gruppe
from atlas.config.models.quellen import Quelle
from atlas.config.vorlagen import merge_vorlage
from atlas.config.yaml_strikt import read_yaml
from atlas.errors import EingabeError
from atlas.ingest.deutung.lesung import Umfeld
from atlas.ingest.deutung.quelle import Gelesen, open_lesung, read_quelle
from atlas.ressourcen import find_ressource
from geteilte_daten import WURZEL, require_daten

ORDNER = find_ressource("config") / "vorlagen"
NAMEN = sorted(pfad.stem for pfad in ORDNER.glob("*.yaml"))


def _lade(pfad: Path) -> Any:  # noqa: ANN401  # whatever the YAML file holds
    return read_yaml(pfad.read_text("utf-8"), pfad.name).inhalt


FAELLE = _lade(Path(__file__).parent / "faelle" / "lieferungen_genesis.yaml")
LIEFERUNGEN: dict[str, Any] = {fall["datei"]: fall for fall in FAELLE["lieferungen"]}
ZWICKAU: dict[str, Any] = FAELLE["zwickau"]
GEMEINDEN = 33


def read_vorlage(name: str) -> dict[str, Any]:
    inhalt: dict[str, Any] = _lade(ORDNER / f"{name}.yaml")
    assert set(inhalt) == {"vorlage", "hinweise"}
    return inhalt


def build_quelle(name: str, **eigene: Any) -> Quelle:  # noqa: ANN401  # parts of a declaration, as YAML would give them
    """Give a Quelle as a project would declare it: a Vorlage, the stand, and what is laid over it."""
    angaben = merge_vorlage(read_vorlage(name)["vorlage"], {"stand": "2026-01-31", **eigene})
    return Quelle.model_validate_json(json.dumps(angaben))


@cache
def lies(datei: str) -> Gelesen:
    """Read a delivery through its Vorlage, with the areas of all Germany."""
    fall = LIEFERUNGEN[datei]
    pfad = require_daten(datei) / datei
    eigene = merge_vorlage(fall.get("eigene", {}), {"schluessel": {"ausserhalb": "fehler"}})
    return read_quelle(open_lesung(pfad.read_bytes(), datei, pfad.name, build_quelle(fall["vorlage"], **eigene)), "x")


def lies_text(text: str, vorlage: str, **eigene: Any) -> pl.DataFrame:  # noqa: ANN401  # parts of a declaration
    """Read a small delivery with some area of Landkreis Zwickau."""
    umfeld = Umfeld(frozenset({"14524", "14524330"}))
    quelle = build_quelle(vorlage, **eigene)
    return read_quelle(open_lesung(text.encode("cp1252"), "roh/w.csv", "w.csv", quelle, umfeld), "x").messwerte


def test_the_promised_vorlagen_ship_with_atlas() -> None:
    tabellen = ["12411_01_01", "12411_02_03", "12411_06_01", "12711_01_03", "13111_01_03", "13211_01_03", "13211_02_05"]
    tabellen += ["22541_01_01", "22811_01_01", "22811_02_02", "12411_01_01_ffcsv", "73111_01_01_ffcsv"]
    weitere = ["ba_arbeitslose_gemeinden", "ba_sgb2_kreise", "ewr_berlin", "inkar", "mss_2019", "mss_2021"]
    assert sorted([*weitere, *(f"regionalstatistik_{tabelle}" for tabelle in tabellen)]) == NAMEN


@pytest.mark.parametrize("name", NAMEN)
def test_a_vorlage_with_its_stand_is_a_whole_quelle(name: str) -> None:
    assert "stand" not in read_vorlage(name)["vorlage"]
    assert build_quelle(name).stand.isoformat() == "2026-01-31"


@pytest.mark.parametrize("name", NAMEN)
def test_a_vorlage_says_with_which_file_it_was_tested(name: str) -> None:
    assert re.search("Geprüft mit|UNGEPRÜFT AN EINEM ORIGINAL", read_vorlage(name)["hinweise"])


@pytest.mark.parametrize("name", NAMEN)
def test_the_groups_of_a_vorlage_are_canonical(name: str) -> None:
    quelle = build_quelle(name)
    gruppen = [spalte.gruppe for spalte in quelle.werte.spalten]
    gruppen += [gruppe for dimension in quelle.dimensionen for gruppe in dimension.gruppen.values()]
    assert [gruppe for gruppe in gruppen if gruppe != join_gruppe([gruppe])] == []


@pytest.mark.parametrize("name", [name for name in NAMEN if name.startswith(("regionalstatistik", "inkar", "ba_"))])
def test_a_national_table_counts_the_areas_beyond_the_project(name: str) -> None:
    assert build_quelle(name).schluessel.ausserhalb == "zaehlen"


@pytest.mark.parametrize("name", NAMEN)
def test_the_handbuch_lists_every_vorlage(name: str) -> None:
    assert f"`{name}`" in (WURZEL / "docs" / "handbuch" / "vorlagen.md").read_text("utf-8")


@pytest.mark.parametrize("datei", LIEFERUNGEN)
def test_a_delivery_gives_as_many_cells_of_each_status_as_were_counted_by_hand(datei: str) -> None:
    fall, gelesen = LIEFERUNGEN[datei], lies(datei)
    assert (gelesen.zeilen, gelesen.messwerte.height) == (fall["zeilen"], fall["zellen"])
    assert dict(gelesen.messwerte["status"].value_counts().iter_rows()) == fall["status"]


@pytest.mark.parametrize("datei", LIEFERUNGEN)
def test_no_row_of_a_delivery_is_left_out_without_a_reason(datei: str) -> None:
    fall, gelesen = LIEFERUNGEN[datei], lies(datei)
    assert (gelesen.ausserhalb, gelesen.ohne_raum, gelesen.ignoriert) == (0, fall.get("ohne_raum", 0), 0)


@pytest.mark.parametrize("datei", LIEFERUNGEN)
def test_a_delivery_holds_as_many_areas_of_each_level_as_were_counted_by_hand(datei: str) -> None:
    raeume = lies(datei).messwerte.select("ebene", "raum_id").unique()
    assert dict(raeume["ebene"].value_counts().iter_rows()) == LIEFERUNGEN[datei]["ebenen"]


@pytest.mark.parametrize("datei", LIEFERUNGEN)
def test_a_figure_read_by_eye_is_what_stands_at_its_address(datei: str) -> None:
    messwerte = lies(datei).messwerte
    for erwartet in LIEFERUNGEN[datei]["werte"]:
        (zelle,) = messwerte.filter(pl.col("zelle") == erwartet["zelle"]).iter_rows(named=True)
        gelesen = {
            "zelle": zelle["zelle"],
            "raum": zelle["raum_id"],
            "zeit": zelle["stichtag"] or str(zelle["jahr"]),
            "merkmal": zelle["merkmal"],
            "gruppe": zelle["gruppe"],
            "wert": zelle["wert"],
            "status": zelle["status"],
        }
        null = 0 if str(erwartet.get("status", "")).startswith("null_") else None
        assert gelesen == {"wert": null, "status": "beobachtet", **erwartet}


def find_summen(datei: str) -> pl.DataFrame:
    """Give for each year, Merkmal and group the row of Landkreis Zwickau and the sum of its municipalities."""
    zelle = ["jahr", "merkmal", "gruppe"]
    messwerte = lies(datei).messwerte
    gemeinden = messwerte.filter(pl.col("raum_id").str.contains(r"^14524\d{3}$"))
    assert set(gemeinden.group_by(zelle).len()["len"]) == {GEMEINDEN}
    summen = gemeinden.group_by(zelle).agg(summe=pl.col("wert").sum(), fehlen=pl.col("wert").is_null().sum())
    kreis = messwerte.filter(pl.col("raum_id") == "14524").select(*zelle, kreis="wert")
    return kreis.join(summen, on=zelle, validate="1:1").sort(zelle)


@pytest.mark.parametrize("datei", ZWICKAU)
def test_the_municipalities_of_zwickau_sum_up_to_the_kreis_except_where_explained(datei: str) -> None:
    erwartet, summen = ZWICKAU[datei], find_summen(datei)
    ganze = summen.filter(pl.col("fehlen") == 0)
    abweichend = ganze.filter(pl.col("summe") != pl.col("kreis"))
    assert ganze.height - abweichend.height == erwartet["gleich"]
    assert _saetze(abweichend, "gruppe", "summe", "kreis") == _nach_gruppe(erwartet.get("abweichend", []))


@pytest.mark.parametrize("datei", ZWICKAU)
def test_a_sum_with_secret_parts_stays_below_the_kreis(datei: str) -> None:
    luecken = find_summen(datei).filter(pl.col("fehlen") > 0)
    assert luecken.filter(pl.col("summe") >= pl.col("kreis")).is_empty()
    saetze = _saetze(luecken.rename({"fehlen": "geheim"}), "gruppe", "geheim", "summe", "kreis")
    assert saetze == _nach_gruppe(ZWICKAU[datei].get("unvollstaendig", []))


def test_sums_of_annual_means_stay_within_their_rounding() -> None:
    summen = find_summen("genesis/13211-01-03-5_00.csv")
    groesste = summen.select((pl.col("summe") - pl.col("kreis")).abs().max()).item()
    assert groesste == 2  # the bound is half a person for each of 33 municipalities and the Kreis
    assert groesste <= (GEMEINDEN + 1) / 2


def _saetze(df: pl.DataFrame, *spalten: str) -> list[dict[str, Any]]:
    return _nach_gruppe(df.select(spalten).to_dicts())


def _nach_gruppe(saetze: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(saetze, key=lambda satz: str(satz["gruppe"]))


def test_a_dash_in_the_place_of_unemployed_people_is_no_zero() -> None:
    zelle = {"jahr": 2015, "merkmal": "einwohner", "gruppe": "", "ebene": "gemeinde", "status": "beobachtet"}
    einwohner = lies("genesis/12411-01-01-5_00.csv").messwerte.filter(**zelle).select("raum_id", einwohner="wert")
    arbeitslose = lies("genesis/13211-01-03-5_00.csv").messwerte.filter(gruppe="", ebene="gemeinde")
    mit_anderem = arbeitslose.filter(pl.col("status") != "unbekannt")
    nur_strich = arbeitslose.join(mit_anderem, on="raum_id", how="anti").select("raum_id").unique()
    bewohnte = nur_strich.join(einwohner, on="raum_id", validate="1:1")
    # Counted without atlas: 83 municipalities with nothing but a dash in the second table have residents in the first.
    assert (bewohnte.height, bewohnte["einwohner"].sum()) == (83, 190_383)


def werte_des_kreises(datei: str, merkmal: str, jahr: int) -> dict[str, float]:
    messwerte = lies(datei).messwerte.filter(raum_id="14524", merkmal=merkmal, jahr=jahr)
    return dict(messwerte.select("gruppe", "wert").iter_rows())


def test_two_tables_of_one_statistic_give_zwickau_the_same_figures() -> None:
    gemeinden, kreise = "genesis/13211-01-03-5_00.csv", "genesis/13211-02-05-4_00.csv"
    assert werte_des_kreises(gemeinden, "arbeitslose", 2016) == werte_des_kreises(kreise, "arbeitslose", 2016)
    gemeinden, kreise = "genesis/12411-01-01-5_00.csv", "genesis/12411-01-01-4.csv"
    assert werte_des_kreises(gemeinden, "einwohner", 2015) == werte_des_kreises(kreise, "einwohner", 2015)


@pytest.mark.parametrize("jahr", range(2010, 2016))
def test_the_benefits_of_zwickau_sum_up_to_all_recipients(jahr: int) -> None:
    leistungen = werte_des_kreises("genesis/22811-01-01-4_00.csv", "mindestsicherung_empfaenger", jahr)
    insgesamt = leistungen.pop("")
    erwerbsfaehige = leistungen.pop("leistung=sgb2|status=erwerbsfaehig")
    nicht_erwerbsfaehige = leistungen.pop("leistung=sgb2|status=nicht_erwerbsfaehig")
    assert sum(leistungen.values()) == insgesamt
    assert erwerbsfaehige + nicht_erwerbsfaehige == leistungen["leistung=sgb2"]
    sgb2 = werte_des_kreises("genesis/22811-02-02-4_00.csv", "sgb2_regelleistungsberechtigte", jahr)
    assert sgb2[""] == leistungen["leistung=sgb2"]
    assert sgb2["status=erwerbsfaehig"] == erwerbsfaehige


def test_a_project_keeps_its_own_rows_and_counts_the_rest_of_germany() -> None:
    datei = "genesis/13211-01-03-5_00.csv"
    pfad = require_daten(datei) / datei
    eigene = frozenset({"14524", *(f"14524{n:03}" for n in range(0, 400, 10))})
    lesung = open_lesung(
        pfad.read_bytes(), datei, pfad.name, build_quelle("regionalstatistik_13211_01_03"), Umfeld(eigene)
    )
    gelesen = read_quelle(lesung, "x")
    assert (gelesen.messwerte.height, gelesen.ausserhalb) == (34 * 7, 14493 - 34)


KOPF_2411 = "Tabelle: 12411-01-01-5\nStichtag 31.12.\n;;{jahr};{jahr};{jahr}\n;;Insgesamt;männlich;{w}\n"
FUSS = "__________\nStand: 01.01.2026\n"


def test_the_new_title_of_genesis_tables_changes_nothing() -> None:
    text = KOPF_2411.format(jahr="31.12.2024", w="weiblich") + "14524330;Zwickau, Stadt;3;1;2\n" + FUSS
    messwerte = lies_text(text, "regionalstatistik_12411_01_01")
    assert messwerte.select("stichtag", "gruppe", "wert").rows() == [
        ("2024-12-31", "", 3),
        ("2024-12-31", "geschlecht=m", 1),
        ("2024-12-31", "geschlecht=w", 2),
    ]


def test_a_group_that_the_vorlage_does_not_know_is_an_error() -> None:
    text = KOPF_2411.format(jahr="31.12.2024", w="divers") + "14524330;Zwickau, Stadt;3;1;2\n" + FUSS
    with pytest.raises(EingabeError, match="»divers« ist nicht deklariert"):
        lies_text(text, "regionalstatistik_12411_01_01")


PERSONEN_13211 = (
    "Tabelle: 13211-01-03-5\nJahr: 2025\n;;Arbeitslose insgesamt;Arbeitslose\n;;;und zwar\n;;;{personen}\n"
    ";;Anzahl;Anzahl\n14524;Zwickau, Landkreis;9774;2169\n"
)


@pytest.mark.parametrize("personen", ["Ausländer", "ausländisch"])
def test_both_spellings_of_foreigners_are_one_group(personen: str) -> None:
    messwerte = lies_text(PERSONEN_13211.format(personen=personen) + FUSS, "regionalstatistik_13211_01_03")
    assert messwerte["gruppe"].to_list() == ["", "staatsangehoerigkeit=ausland"]


def test_a_new_column_of_persons_is_not_swallowed() -> None:
    with pytest.raises(EingabeError, match="»alleinerziehend« ist nicht deklariert"):
        lies_text(PERSONEN_13211.format(personen="alleinerziehend") + FUSS, "regionalstatistik_13211_01_03")


def test_a_table_with_the_day_in_its_first_column_needs_three_keys_of_the_project() -> None:
    text = (
        "Tabelle: 13111-01-03-4\n;;;Nationalität;Nationalität;Nationalität\n;;;Insgesamt;Insgesamt;ausländisch\n"
        ";;;Geschlecht;Geschlecht;Geschlecht\n;;;Insgesamt;männlich;Insgesamt\n"
        "30.06.2024;14524;Zwickau, Landkreis;9;5;2\n"
    )
    messwerte = lies_text(
        text + FUSS,
        "regionalstatistik_13111_01_03",
        zeit={"titel": None, "spalte": "(A)", "muster": r"(?P<tag>30)\.(?P<monat>06)\.(?P<jahr>\d{4})"},
        schluessel={"spalte": "(B)"},
        werte={"ignoriere": [r"\(C\)"]},
    )
    assert messwerte.select("stichtag", "raum_id", "gruppe", "wert").rows() == [
        ("2024-06-30", "14524", "", 9),
        ("2024-06-30", "14524", "geschlecht=m", 5),
        ("2024-06-30", "14524", "staatsangehoerigkeit=ausland", 2),
    ]


def test_the_key_of_a_member_of_a_verband_becomes_its_gemeinde_by_zuordnung() -> None:
    text = KOPF_2411.format(jahr="31.12.2024", w="weiblich") + "0713101001;Adenau;3;1;2\n" + FUSS
    eigene = {"ausserhalb": "fehler", "zuordnung": {"0713101001": "07131001"}}
    assert set(lies_text(text, "regionalstatistik_12411_01_01", schluessel=eigene)["raum_id"]) == {"07131001"}
