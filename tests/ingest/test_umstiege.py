"""Umstiegsschlüssel: hand-made lists, the workbook of the BBSR and a crosswalk of Berlin."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from pydantic import ValidationError

from atlas.config.models.gebietsstand import VERGEBEN, Gewichtung, Umstieg, find_widersprueche
from atlas.core.gebietsstand import check_erhaltung, convert_messwerte
from atlas.core.verfahren import Umrechnung
from atlas.errors import EingabeError
from atlas.ingest.formate.lesen import read_rohtabelle
from atlas.ingest.formate.raster import Rohtabelle, spaltenname
from atlas.ingest.raeume.umstiege import GelesenerUmstieg, build_umstiege
from atlas.ingest.raeume.umstiegskette import combine_umstiege, find_hinfuehrende
from atlas.tables.messung import Messwerte
from atlas.tables.raum import GANZ, Raeume
from geteilte_daten import require_daten
from kleines_gebiet import raeume

if TYPE_CHECKING:
    from collections.abc import Callable

    from pandera.typing.polars import DataFrame

ANTEILE = {"anteile": {"bevoelkerung": "Bev", "flaeche": "Fl"}}
GETEILT = "alt;neu;Bev;Fl\nx;n1;0,8;0,3\nx;n2;0,2;0,7\ny;n2;1;1\n"
NEU = raeume({"K": None, "P": "K", "n1": "P", "n2": "P", "n3": "P"})


def deklariere(**angaben: Any) -> Umstieg:  # noqa: ANN401  # parts of a declaration, as YAML would give them
    spalten = {"von": "alt", "nach": "neu"} | angaben.pop("spalten", {})
    csv = {"typ": "csv", "glob": "u.csv", "zeichensatz": "utf-8", "trenner": ";"}
    grund = {"von": "2019", "nach": "2025", "datei": csv, "spalten": spalten}
    return Umstieg.model_validate_json(json.dumps(grund | angaben))


def rohtabelle(kopf: list[str], zeilen: list[list[str]], blatt: str = "") -> Rohtabelle:
    df = pl.DataFrame(
        {"zeile": range(2, len(zeilen) + 2)} | {f"s{n}": [zeile[n] for zeile in zeilen] for n in range(len(kopf))},
        schema_overrides={"zeile": pl.Int64},
    )
    buchstaben = [spaltenname(n) for n in range(len(kopf))]
    return Rohtabelle(datei="u.csv", blatt=blatt, kopfzeile=1, kopf=kopf, buchstaben=buchstaben, df=df)


def lies(text: str, **angaben: Any) -> GelesenerUmstieg:  # noqa: ANN401
    kopf, *zeilen = [zeile.split(";") for zeile in text.strip().split("\n")]
    return build_umstiege(rohtabelle(kopf, zeilen), deklariere(**angaben))


def paare(gelesen: GelesenerUmstieg) -> dict[str, dict[tuple[str, str], float]]:
    """Give the shares as {gewichtung: {(old, new): share}}."""
    spalten = ("gewichtung", "von_raum_id", "nach_raum_id", "anteil")
    ergebnis: dict[str, dict[tuple[str, str], float]] = {}
    for gewichtung, von, nach, anteil in gelesen.df.select(spalten).iter_rows():
        ergebnis.setdefault(gewichtung, {})[von, nach] = anteil
    return ergebnis


def meldung(aufruf: Callable[[], object]) -> str:
    with pytest.raises(EingabeError) as gefangen:
        aufruf()
    return str(gefangen.value)


def test_a_list_of_two_columns_sends_every_old_raum_whole_to_a_new_one() -> None:
    assert paare(lies("alt;neu\nx;n1\ny;n1\n")) == {GANZ: {("x", "n1"): 1.0, ("y", "n1"): 1.0}}


def test_a_file_with_shares_gives_them_for_every_weight() -> None:
    assert paare(lies(GETEILT, spalten=ANTEILE)) == {
        "bevoelkerung": {("x", "n1"): 0.8, ("x", "n2"): 0.2, ("y", "n2"): 1.0},
        "flaeche": {("x", "n1"): 0.3, ("x", "n2"): 0.7, ("y", "n2"): 1.0},
    }


def test_shares_a_little_off_are_scaled_to_one_and_the_deviation_is_told() -> None:
    gelesen = lies(GETEILT.replace("0,2", "0,1995"), spalten=ANTEILE)
    anteile = paare(gelesen)["bevoelkerung"]
    assert anteile["x", "n1"] == pytest.approx(0.8 / 0.9995)
    assert anteile["x", "n1"] + anteile["x", "n2"] == 1.0
    assert gelesen.abweichung == pytest.approx(0.0005)


def test_slivers_are_dropped_counted_and_given_to_the_others() -> None:
    text = "alt;neu;Bev\nx;n1;0,9996\nx;n2;4e-04\ny;n2;1\n"
    gelesen = lies(text, spalten={"anteile": {"bevoelkerung": "Bev"}}, schwelle=0.001)
    assert paare(gelesen) == {"bevoelkerung": {("x", "n1"): 1.0, ("y", "n2"): 1.0}}
    assert (gelesen.splitter, gelesen.groesster_verlust) == (1, 0.0004)


def test_a_share_of_zero_is_no_share() -> None:
    gelesen = lies(GETEILT.replace("x;n1;0,8", "x;n1;0").replace("0,2", "1"), spalten=ANTEILE)
    assert paare(gelesen)["bevoelkerung"] == {("x", "n2"): 1.0, ("y", "n2"): 1.0}


def test_keys_are_padded_and_cut_as_declared() -> None:
    gelesen = lies("alt;neu\n1001000;1002000\n", auffuellen=8, stellen=5)
    assert paare(gelesen) == {GANZ: {("01001", "01002"): 1.0}}


def test_rows_of_other_years_are_left_out_by_auswahl() -> None:
    gelesen = lies("alt;neu;Jahr\nx;n1;2019\nx;n2;2020\n", auswahl={"Jahr": "2019"})
    assert (paare(gelesen), gelesen.zeilen) == ({GANZ: {("x", "n1"): 1.0}}, 1)


FEHLER = {
    "column missing": (
        "alt;nach\nx;n1\n",
        {},
        "Zeile 1    die Spalte »neu« fehlt. Vorhanden: »alt«, »nach«.",
    ),
    "key missing": (
        "alt;neu\nx;n1\n;n2\n",
        {},
        "Zeile 3    der alte Schlüssel fehlt. Ergänzen lassen oder die Zeile mit auswahl weglassen.",
    ),
    "padded key missing": (
        "alt;neu\nx;n1\ny;\n",
        {"auffuellen": 2},
        "Zeile 3    der neue Schlüssel fehlt. Ergänzen lassen oder die Zeile mit auswahl weglassen.",
    ),
    "nothing selected": (
        "alt;neu\nx;n1\n",
        {"auswahl": {"alt": "y"}},
        "Zeile 1    keine Zeile entspricht der auswahl. Muster prüfen.",
    ),
    "no number": (
        GETEILT.replace("0,2", "0.2"),
        {"spalten": ANTEILE},
        (
            "Zeile 3    Spalte »Bev«: »9.9« ist kein Anteil von 0 bis 1 (Dezimalzeichen »,«). dezimal und "
            "spalten.anteile prüfen."
        ),
    ),
    "percent": (
        "alt;neu;Bev\nx;n1;80\n",
        {"spalten": {"anteile": {"bevoelkerung": "Bev"}}},
        (
            "Zeile 2    Spalte »Bev«: »99« ist kein Anteil von 0 bis 1 (Dezimalzeichen »,«). dezimal und "
            "spalten.anteile prüfen."
        ),
    ),
    "same pair twice": (
        GETEILT + "y;n2;0;0\n",
        {"spalten": ANTEILE},
        (
            "Zeile 5    »y« nach »n2« steht schon weiter oben. Zusammenfassen lassen oder mit auswahl eine der Zeilen "
            "weglassen."
        ),
    ),
    "sum beside one": (
        GETEILT.replace("0,7", "0,65"),
        {"spalten": ANTEILE},
        (
            "Zeile 2    »x«: die Anteile flaeche ergeben 0,9500 statt 1. Fehlende Zeilen liefern lassen; "
            "Rundungen deckt toleranz."
        ),
    ),
    "nothing of one weight": (
        GETEILT.replace("y;n2;1;1", "y;n2;0;1"),
        {"spalten": ANTEILE},
        (
            "Zeile 1    »y«: die Anteile bevoelkerung ergeben 0,0000 statt 1. Fehlende Zeilen liefern lassen; "
            "Rundungen deckt toleranz."
        ),
    ),
    "split without shares": (
        "alt;neu\nx;n1\nx;n2\n",
        {},
        "Zeile 2    »x« geht in 2 neue Räume. Ohne spalten.anteile muss es einer sein: Anteile liefern lassen.",
    ),
    "no slivers": (
        "alt;neu;Bev\nx;n1;0,92\nx;n2;0,04\nx;n3;0,04\n",
        {"spalten": {"anteile": {"bevoelkerung": "Bev"}}, "schwelle": 0.05},
        (
            "Zeile 1    »x« besteht zu mehr als 5 % aus Anteilen unter schwelle: 0,05 (bevoelkerung). Das sind keine "
            "Splitter: schwelle senken."
        ),
    ),
}


@pytest.mark.parametrize(("text", "angaben", "erwartet"), FEHLER.values(), ids=FEHLER)
def test_what_is_wrong_in_a_file_is_told_with_line_and_remedy(
    text: str, angaben: dict[str, Any], erwartet: str
) -> None:
    kopf, *zeilen = meldung(lambda: lies(text, **angaben)).split("\n")
    assert (kopf, [zeile.strip() for zeile in zeilen]) == ("1 Problem in u.csv", [erwartet])


def bleibende(*gelesene: GelesenerUmstieg) -> set[tuple[str, str, str]]:
    """Give the rows that the file does not hold: (von_stand, von, nach)."""
    alle = combine_umstiege(gelesene, NEU, "2025").select("von_stand", "von_raum_id", "nach_raum_id")
    eigene = pl.concat([gelesen.df.select(alle.columns) for gelesen in gelesene])
    return set(alle.join(eigene, on=alle.columns, how="anti").iter_rows())


def test_a_complete_file_brings_no_raum_that_it_does_not_name() -> None:
    assert bleibende(lies("alt;neu\nx;n1\ny;n2\nz;n3\n")) == set()


def test_in_a_list_of_changes_the_others_of_the_level_stay() -> None:
    gelesen = lies("alt;neu\nx;n1\ny;n1\n", umfang="nur_aenderungen")
    assert bleibende(gelesen) == {("2019", "n2", "n2"), ("2019", "n3", "n3")}


def test_raeume_of_an_unchanged_level_stay() -> None:
    gelesen = lies("alt;neu\nx;n1\ny;n2\nz;n3\n", unveraenderte_ebenen=["kreis"])
    assert bleibende(gelesen) == {("2019", "K", "K")}


def test_what_stays_in_an_earlier_umstieg_is_known_from_the_later_one() -> None:
    spaeter = lies("alt;neu\nx;n1\ny;n2\nz;n3\n")
    frueher = lies("alt;neu\nu;x\n", von="2006", nach="2019", umfang="nur_aenderungen")
    assert bleibende(frueher, spaeter) == {("2006", "y", "y"), ("2006", "z", "z")}


def test_of_an_umstieg_for_more_than_the_project_only_what_leads_into_it_is_known() -> None:
    """Of u both parts lead into the project, v leads beyond it by weg."""
    spaeter = lies("alt;neu\nx;n1\ny;n2\nz;n3\nweg;fern\n")
    halbe = {"spalten": {"anteile": {"bevoelkerung": "Bev"}}, "von": "2006", "nach": "2019"}
    frueher = lies("alt;neu;Bev\nu;x;0,5\nu;y;0,5\nv;weg;1\n", **halbe)
    umstiege = combine_umstiege([frueher, spaeter], NEU, "2025")
    assert find_hinfuehrende(umstiege, NEU) == {"K", "P", "n1", "n2", "n3", "x", "y", "z", "u"}


def test_files_that_do_not_fit_the_raeume_are_refused() -> None:
    fremd = lies("alt;neu\n1;2\n")
    assert "In der Datei steht »2«, bekannt ist »K«. auffuellen und stellen" in meldung(lambda: bleibende(fremd))
    luecke = lies("alt;neu\nx;n1\ny;n2\n")
    assert "»n3«: kommt als neuer Schlüssel nicht vor." in meldung(lambda: bleibende(luecke))
    kreis = lies("alt;neu\nx;n1\ny;n2\nz;n3\nK;K\n", unveraenderte_ebenen=["kreis"])
    assert "»K«: die Ebene steht unter unveraenderte_ebenen" in meldung(lambda: bleibende(kreis))


def test_a_chain_that_breaks_off_inside_the_project_is_refused() -> None:
    spaeter = lies("alt;neu\nx;n1\ny;n2\nz;n3\n")
    halbe = {"spalten": {"anteile": {"bevoelkerung": "Bev"}}, "von": "2006", "nach": "2019"}
    frueher = lies("alt;neu;Bev\nu;x;0,5\nu;weg;0,5\n", **halbe)
    assert "»weg«: kein Umstieg führt von 2019 weiter." in meldung(lambda: bleibende(frueher, spaeter))


def test_the_reserved_weight_is_the_one_of_the_table() -> None:
    assert VERGEBEN == GANZ


FALSCHE = {
    "same Gebietsstand": ({"nach": "2019"}, "denselben Gebietsstand 2019"),
    "same column": ({"spalten": {"nach": "alt"}}, "verschiedene Spalten"),
    "reserved weight": ({"spalten": {"anteile": {"ganz": "Bev"}}}, "der Name ganz ist vergeben"),
    "several files": ({"datei": {"typ": "ffcsv", "glob": "*.csv", "mehrere": True}}, "ein Umstieg ist eine Datei"),
    "threshold without shares": ({"schwelle": 0.001}, "nur zusammen mit spalten.anteile"),
}


@pytest.mark.parametrize(("angaben", "erwartet"), FALSCHE.values(), ids=FALSCHE)
def test_a_declaration_that_cannot_be_meant_is_refused(angaben: dict[str, Any], erwartet: str) -> None:
    with pytest.raises(ValidationError, match=erwartet):
        deklariere(**angaben)


def test_umstiege_that_do_not_work_together_are_told() -> None:
    gewichtung = Gewichtung(standard="bevoelkerung", merkmale={"kinder": "u15"})
    umstiege = [
        deklariere(spalten=ANTEILE),
        deklariere(),
        deklariere(von="2006", nach="2010"),
        deklariere(von="2025", nach="2030"),
    ]
    assert [text.split(". ")[0] for text in find_widersprueche(umstiege, gewichtung, "2025")] == [
        "umstiege: 2019 → 2025 steht zweimal",
        "umstiege: 2006 → 2010 führt nicht zum Gebietsstand 2025",
        "umstiege: 2025 → 2030 führt vom Gebietsstand des Projekts weg",
        "umstiege: 2025 → 2030 führt nicht zum Gebietsstand 2025",
        "gewichtung: 2019 → 2025 hat keine Anteile u15 (vorhanden: bevoelkerung, flaeche)",
    ]
    assert next(find_widersprueche([deklariere(spalten=ANTEILE)], None, "2025")).startswith("gewichtung fehlt")
    assert not list(find_widersprueche([deklariere()], None, "2025"))


# Real data -------------------------------------------------------------------------------------------------------


BBSR_KOPF = {
    "bevoelkerung": "bevölkerungs- proportionaler Umsteige- schlüssel",
    "flaeche": "flächen- proportionaler Umsteige-schlüssel",
}


def lies_bbsr(jahr: int) -> GelesenerUmstieg:
    """Read a sheet of the workbook of the BBSR with the declaration that a project writes."""
    name = "umsteigeschluessel/ref-kreise-umrech-2020-1990-2019.xlsx"
    umstieg = deklariere(
        von=f"{jahr}-12-31",
        nach="2020-12-31",
        datei={"typ": "xlsx", "glob": name, "blatt": f"{jahr}-2020", "blaetter_ignoriere": [r"\d{4}-2020"]},
        spalten={"von": f"Kreise 31.12.{jahr}", "nach": "Kreise 31.12.2020", "anteile": BBSR_KOPF},
        auffuellen=8,
        stellen=5,
    )
    inhalt = (require_daten(name) / name).read_bytes()
    return build_umstiege(read_rohtabelle(inhalt, name, umstieg.datei, umstieg.dezimal), umstieg)


def kreise(nach: GelesenerUmstieg) -> DataFrame[Raeume]:
    """Give the new Kreise of an Umstieg as Räume below Germany."""
    ids = sorted(set(nach.df["nach_raum_id"]))
    df = raeume({"DG": None} | dict.fromkeys(ids, "DG")).with_columns(gebietsstand=pl.lit("2020-12-31"))
    return Raeume.make(
        df.with_columns(ebene=pl.when(pl.col("raum_id") == "DG").then(pl.lit("bund")).otherwise(pl.lit("kreis")))
    )


def zaehle(zahlen: dict[str, float], ebene: str, stand: str) -> DataFrame[Messwerte]:
    grund = {"ebene": ebene, "jahr": 2010, "merkmal": "arbeitslose", "gruppe": "", "gebietsstand": stand}
    grund |= {"status": "beobachtet", "lieferung_id": "hand"}
    daten = [
        dict.fromkeys(Messwerte.spalten()) | grund | {"raum_id": raum_id, "wert": wert, "zelle": raum_id}
        for raum_id, wert in zahlen.items()
    ]
    return Messwerte.make(pl.DataFrame(daten, schema=Messwerte.empty().schema))


@pytest.mark.parametrize(("jahr", "alte", "geteilte"), [(1990, 543, 76), (2010, 412, 6), (2019, 401, 0)])
def test_the_shares_of_the_bbsr_sum_to_one_for_every_old_kreis(jahr: int, alte: int, geteilte: int) -> None:
    gelesen = lies_bbsr(jahr)
    je_kreis = gelesen.df.group_by("gewichtung", "von_raum_id").agg(pl.col("anteil").sum(), neue=pl.len())
    assert je_kreis.filter(gewichtung="bevoelkerung").height == alte
    assert (je_kreis["anteil"] - 1).abs().max() == pytest.approx(0, abs=1e-12)
    assert je_kreis.filter(pl.col("neue") > 1, gewichtung="flaeche").height == geteilte
    assert gelesen.abweichung < 1e-12
    assert gelesen.df["von_raum_id"].str.len_chars().unique().to_list() == [5]


def test_land_without_people_is_a_share_by_area_only() -> None:
    je_kreis = lies_bbsr(1990).df.group_by("gewichtung", "von_raum_id").len().filter(pl.col("len") > 1)
    assert dict(je_kreis.group_by("gewichtung").len().iter_rows()) == {"bevoelkerung": 75, "flaeche": 76}


def test_the_dissolved_kreis_demmin_goes_to_its_two_successors_as_worked_by_hand() -> None:
    """Sheet 2010-2020, rows 355 and 356: Demmin (13052) goes to 13071 and 13075.

    13071 receives 0.8244532252787355 of the people and 0.8219995525796902 of the area, 13075 the rest
    (0.17554677472126445 of the people). Of 2,000 unemployed in Demmin and 1,000 each in
    Neubrandenburg (13002), Mecklenburg-Strelitz (13055) and Müritz (13056), 13071 receives
    3 x 1000 + 0.8244532252787355 x 2000 = 4648.906450557471 by people, and 4643.99910515938 by area.
    """
    gelesen = lies_bbsr(2010)
    neue = kreise(gelesen)
    umstiege = combine_umstiege([gelesen], neue, "2020-12-31")
    alte = zaehle({"13052": 2000, "13002": 1000, "13055": 1000, "13056": 1000}, "kreis", "2010-12-31")
    for gewichtung, erwartet in (("bevoelkerung", 4648.906450557471), ("flaeche", 4643.99910515938)):
        df = convert_messwerte(alte, neue, umstiege, Umrechnung("2020-12-31", gewichtung)).filter(raum_id="13071")
        assert df["wert"].item() == pytest.approx(erwartet, abs=1e-9)
        assert df["status"].item() == "geschaetzt"


def test_the_crosswalk_of_berlin_keeps_the_total_with_and_without_its_slivers() -> None:
    name = "berlin-lor/seed_lor_crosswalk_2006_to_2021.csv"
    inhalt = (require_daten(name) / name).read_bytes()
    angaben: dict[str, Any] = {
        "datei": {"typ": "csv", "glob": name, "zeichensatz": "utf-8", "trenner": ","},
        "spalten": {"von": "plr_id_pre2021", "nach": "plr_id_2021", "anteile": {"flaeche": "weight"}},
        "dezimal": ".",
    }
    alles, ohne = (
        build_umstiege(read_rohtabelle(inhalt, name, umstieg.datei, umstieg.dezimal), umstieg)
        for umstieg in (deklariere(**angaben), deklariere(**angaben, schwelle=0.001))
    )
    assert (alles.df["von_raum_id"].n_unique(), alles.df["nach_raum_id"].n_unique()) == (448, 542)
    assert (alles.zeilen, alles.splitter, ohne.splitter) == (3055, 0, 2385)
    neue = raeume({"K": None, "P": "K"} | dict.fromkeys(sorted(set(alles.df["nach_raum_id"])), "P"))
    zahlen = {raum_id: 100.0 + n for n, raum_id in enumerate(sorted(set(alles.df["von_raum_id"])))}
    alte = zaehle(zahlen, "gemeinde", "2019")
    for gelesen in (alles, ohne):
        umstiege = combine_umstiege([gelesen], neue, "2025")
        df = convert_messwerte(alte, neue, umstiege, Umrechnung("2025", "flaeche"))
        assert df.height == 542
        assert df["wert"].sum() == pytest.approx(sum(zahlen.values()), rel=1e-12)
        assert check_erhaltung(alte, neue, umstiege, Umrechnung("2025", "flaeche")).is_empty()
