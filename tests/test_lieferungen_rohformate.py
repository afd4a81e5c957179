"""Every published file of the shared folder is read by declaration: how many cells, of which kind, and what they say.

The declarations and what they must give, counted and looked up without atlas, stand in
faelle/lieferungen_rohformate.yaml.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from atlas.config.models.datei import ShapeDatei
from atlas.config.models.gueltigkeit import Gueltigkeit
from atlas.config.models.quellen import Quelle
from atlas.config.yaml_strikt import read_yaml
from atlas.errors import EingabeError
from atlas.ingest.deutung.gueltigkeit import Gueltigkeitsliste, build_gueltigkeitsliste
from atlas.ingest.deutung.lesung import Umfeld
from atlas.ingest.deutung.quelle import Gelesen, open_lesung, read_quelle
from atlas.ingest.geo.geodaten import read_eigenschaften
from geteilte_daten import require_daten

Fall = dict[str, Any]

_DATEI = Path(__file__).parent / "faelle" / "lieferungen_rohformate.yaml"
FAELLE: Fall = read_yaml(_DATEI.read_text("utf-8"), _DATEI.name).inhalt  # type: ignore[assignment]  # checked on use
ORDNER = ("rohformate", "ffcsv", "berlin-ewr")
KEINE_TABELLE = {"rohformate/genesis_ffcsv/12531-0043_ERROR_status98_http200.json"}


def build_quelle(fall: Fall, **anders: object) -> Quelle:
    return Quelle.model_validate_json(json.dumps(fall["deklaration"] | anders))


def build_liste(angaben: Fall, **anders: object) -> Gueltigkeitsliste:
    """Give the list of areas that a case declares, some of its answers replaced."""
    gueltigkeit = Gueltigkeit.model_validate_json(json.dumps(angaben | anders))
    assert isinstance(gueltigkeit.datei, ShapeDatei)
    pfad = require_daten("vg5000") / gueltigkeit.datei.glob
    saetze = read_eigenschaften(pfad, pfad.name, gueltigkeit.datei)
    return build_gueltigkeitsliste([satz[gueltigkeit.schluessel] for satz in saetze], gueltigkeit, pfad.name)


def lies(quelle: Quelle, umfeld: Umfeld | None = None) -> Gelesen:
    pfad = require_daten(quelle.datei.glob) / quelle.datei.glob
    return read_quelle(open_lesung(pfad.read_bytes(), quelle.datei.glob, pfad.name, quelle, umfeld), "fall")


def lies_fall(fall: Fall) -> Gelesen:
    liste = build_liste(fall["gueltigkeit"]) if "gueltigkeit" in fall else None
    return lies(build_quelle(fall), Umfeld(gueltigkeit=liste))


def zaehle(messwerte: pl.DataFrame, spalte: str) -> dict[str, int]:
    return dict(messwerte.drop_nulls(spalte).group_by(spalte).len().rows())


@pytest.mark.parametrize("name", FAELLE)
def test_every_cell_of_the_file_is_read_with_its_status_and_address(name: str) -> None:
    fall = FAELLE[name]
    erwartet = fall["erwartet"]
    gelesen = lies_fall(fall)
    messwerte = gelesen.messwerte

    assert messwerte.height == erwartet["zellen"]
    assert zaehle(messwerte, "status") == erwartet["status"]
    assert zaehle(messwerte, "ebene") == erwartet["ebenen"]
    assert zaehle(messwerte, "qualitaet") == erwartet.get("qualitaet", {})
    mit_wert = pl.col("status").is_in(["beobachtet", "null_genau", "null_gerundet"])
    assert messwerte.filter(mit_wert != pl.col("wert").is_not_null()).is_empty()
    ausgelassen = {"ausserhalb": gelesen.ausserhalb, "ohne_raum": gelesen.ohne_raum, "ignoriert": gelesen.ignoriert}
    assert ausgelassen == {art: erwartet.get(art, 0) for art in ausgelassen}
    for merkmal, summe in erwartet.get("summen", {}).items():
        insgesamt = messwerte.filter((pl.col("merkmal") == merkmal) & (pl.col("gruppe") == ""))
        assert insgesamt["wert"].sum() == summe


@pytest.mark.parametrize("name", FAELLE)
def test_cells_say_what_was_looked_up_in_the_file_by_hand(name: str) -> None:
    messwerte = lies_fall(FAELLE[name]).messwerte
    nachgesehen = FAELLE[name]["erwartet"]["werte"]
    assert len(nachgesehen) >= 3
    for angaben in nachgesehen:
        sonst = {"gruppe": "", "wert": None, "status": "beobachtet"}
        soll = sonst | {("raum_id" if feld == "raum" else feld): wert for feld, wert in angaben.items()}
        ist = messwerte.filter(pl.col("zelle") == soll["zelle"]).select(*soll).to_dicts()
        assert ist == [soll]


@pytest.mark.parametrize("name", FAELLE)
def test_a_cell_has_one_address_and_a_figure_one_cell(name: str) -> None:
    messwerte = lies_fall(FAELLE[name]).messwerte
    assert messwerte["zelle"].is_unique().all()
    assert messwerte.select("raum_id", "jahr", "merkmal", "gruppe").is_unique().all()


def test_no_file_of_the_folders_is_left_out() -> None:
    wurzel = require_daten(ORDNER[0])
    dateien = {str(p.relative_to(wurzel)) for ordner in ORDNER for p in (wurzel / ordner).rglob("*") if p.is_file()}
    deklariert = {fall["deklaration"]["datei"]["glob"] for fall in FAELLE.values()}
    assert {datei for datei in dateien if not datei.endswith("SOURCE.md")} == deklariert | KEINE_TABELLE


@pytest.mark.parametrize("typ", ["ffcsv", "csv"])
def test_an_error_that_genesis_answers_as_if_it_were_a_table_is_refused(typ: str) -> None:
    name = next(iter(KEINE_TABELLE))
    weitere = {"zeichensatz": "utf-8", "trenner": ";"} if typ == "csv" else {}
    quelle = build_quelle(FAELLE["bevoelkerung_12411_ffcsv"], datei={"typ": typ, "glob": name} | weitere)
    with pytest.raises(EingabeError, match=r"Fehlermeldung oder Webseite \(JSON oder HTML\).*Neu herunterladen"):
        lies(quelle)


def test_no_dash_of_a_dissolved_kreis_is_read_as_zero() -> None:
    fall = FAELLE["bevoelkerung_12411_ffcsv"]
    messwerte = lies_fall(fall).messwerte
    assert messwerte.filter(pl.col("wert") == 0).is_empty()
    erloschen = messwerte.filter(pl.col("status") == "nicht_existent")
    assert erloschen.height == 222
    assert erloschen["raum_id"].n_unique() == 74
    assert "16056" in erloschen["raum_id"].to_list()  # Eisenach is in the list of 2021-01-01, gone six months later


def test_without_a_list_that_covers_the_day_no_dash_is_taken_for_anything() -> None:
    fall = FAELLE["bevoelkerung_12411_ffcsv"]
    liste = build_liste(fall["gueltigkeit"], bis="2021-12-31")
    messwerte = lies(build_quelle(fall), Umfeld(gueltigkeit=liste)).messwerte
    assert zaehle(messwerte, "status") == {"beobachtet": 1245, "unbekannt": 222}
    assert messwerte.filter(pl.col("wert") == 0).is_empty()


def test_eisenach_would_be_a_zero_if_nobody_said_that_it_is_gone() -> None:
    fall = FAELLE["bevoelkerung_12411_ffcsv"]
    liste = build_liste(fall["gueltigkeit"], erloschen={})
    nullen = lies(build_quelle(fall), Umfeld(gueltigkeit=liste)).messwerte.filter(pl.col("status") == "null_genau")
    assert set(nullen["raum_id"]) == {"16056"}
    assert nullen.height == 3


def test_a_table_of_the_whole_country_keeps_the_own_areas_and_counts_the_others() -> None:
    fall = FAELLE["arbeitslose_13211_klassisch"]
    schluessel = fall["deklaration"]["schluessel"] | {"ausserhalb": "zaehlen"}
    gelesen = lies(build_quelle(fall, schluessel=schluessel), Umfeld(bekannte=frozenset({"14524", "14"})))
    assert set(gelesen.messwerte["raum_id"]) == {"14", "14524"}
    assert gelesen.messwerte.height == 2 * 13
    assert gelesen.ausserhalb == 538 - 2


def test_a_name_of_two_areas_is_refused_until_each_row_is_told_apart() -> None:
    fall = FAELLE["hamburg_stadtteilprofile_csv"]
    schluessel = fall["deklaration"]["schluessel"] | {"ersetzen": []}
    with pytest.raises(EingabeError, match="»Harburg« passt zu keiner Ebene"):
        lies(build_quelle(fall, schluessel=schluessel))


def test_a_row_that_is_told_apart_by_a_changed_figure_is_refused() -> None:
    fall = FAELLE["hamburg_stadtteilprofile_csv"]
    ersetzen = [
        eintrag | {"wenn": {"Bevölkerung": "4711"}} for eintrag in fall["deklaration"]["schluessel"]["ersetzen"]
    ]
    schluessel = fall["deklaration"]["schluessel"] | {"ersetzen": ersetzen}
    with pytest.raises(EingabeError, match="»Harburg« trifft 0 statt einer Zeile"):
        lies(build_quelle(fall, schluessel=schluessel))


def test_a_hidden_row_with_text_is_refused_unless_declared() -> None:
    fall = FAELLE["sgb12_berlin_2020_prognoseraeume"]
    datei = fall["deklaration"]["datei"] | {"verstecktes": "fehler"}
    with pytest.raises(EingabeError, match=r"ausgeblendet und nicht leer: Zeile 66"):
        lies(build_quelle(fall, datei=datei))


def test_a_sheet_nobody_accounts_for_is_refused() -> None:
    fall = FAELLE["ba_heft_erfunden"]
    datei = fall["deklaration"]["datei"] | {"blaetter_ignoriere": ["Deckblatt", "Impressum"]}
    with pytest.raises(EingabeError, match=r"Blatt »Inhaltsverzeichnis«.*blaetter_ignoriere"):
        lies(build_quelle(fall, datei=datei))


def test_numbers_of_a_german_file_read_as_english_are_refused() -> None:
    fall = FAELLE["bevoelkerung_12411_ffcsv"]
    with pytest.raises(EingabeError, match="nach dem Dateinamen ist das Dezimalzeichen »,«"):
        lies(build_quelle(fall, zahl={"dezimal": "."}))


def test_lost_leading_zeros_are_refused_unless_filling_them_is_declared() -> None:
    fall = FAELLE["inkar_zeitreihe"]
    schluessel = {k: v for k, v in fall["deklaration"]["schluessel"].items() if k != "auffuellen"}
    with pytest.raises(EingabeError, match="verlorene führende Null"):
        lies(build_quelle(fall, schluessel=schluessel))


def test_the_list_of_areas_knows_the_day_eisenach_ended() -> None:
    liste = build_liste(FAELLE["bevoelkerung_12411_ffcsv"]["gueltigkeit"])
    tage = [date(2021, 6, 30), date(2021, 7, 1)]
    status = liste.status_null(pl.Series(["16056", "16056"]), pl.Series([tag.isoformat() for tag in tage]))
    assert status.to_list() == ["null_genau", "nicht_existent"]
