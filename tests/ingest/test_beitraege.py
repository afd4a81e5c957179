"""Beiträge: plain words by Raum, from a closed list of kinds; a Raum that does not exist is a finding."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, get_args

import polars as pl
import pytest

from atlas.config.models.beitraege import Beitragsart
from atlas.lauf import run_stufen, select_stufen
from atlas.tables.angebot import BEITRAGSARTEN
from ingest.arbeitsmappen import build_xlsx
from ingest.listenprojekt import refuse_config, refuse_ingest, run_ingest, write_projekt

if TYPE_CHECKING:
    from atlas.projekt import Projekt

ERKLAERUNG = """\
beitraege:
  traeger:
    titel: Beiträge der freien Träger
    herausgeber: Amt
    lizenz: Nutzung mit Zustimmung der Absender
    stand: 2026-03-31
    datei: {typ: csv, glob: "traeger*.csv", mehrere: true, zeichensatz: utf-8, trenner: ";"}
    spalten: {schluessel: nr, raum: raum, art: art, absender: wer, datum: am, text: text}
    datumsform: TT.MM.JJJJ
    arten: {Stärke: staerke, Schwäche: schwaeche, Chance: chance, Risiko: risiko, Sonstiges: hinweis}
    arten_ignoriere: [Lob]
"""
KOPF = "nr;raum;art;wer;am;text\n"
ZEILEN = (
    "1;A1;Stärke;Sozialraumkonferenz;12.03.2026;Viele Ehrenamtliche\n"
    "2;A;Risiko;Wohlfahrtsverband;01.02.2026;Zwei Zeilen, < 5 Plätze & mehr\n"
    '3;K;Sonstiges;Träger;02.02.2026;"Ein Satz.\nUnd  noch einer."\n'
    "4;A;Lob;Träger;02.02.2026;ohne Belang\n"
)


def declare(projekt: Projekt, zeilen: str = ZEILEN, alt: str = "", neu: str = "") -> None:
    assert alt in ERKLAERUNG
    dateien = {"config/beitraege.yaml": ERKLAERUNG.replace(alt, neu), "data/raw/traeger_1.csv": KOPF + zeilen}
    write_projekt(projekt, dateien)


def read(projekt: Projekt, tabelle: str) -> pl.DataFrame:
    return pl.read_parquet(projekt.wurzel / "bau" / f"{tabelle}.parquet")


def test_contributions_on_raeume_of_any_level_are_kept_as_plain_text(projekt: Projekt) -> None:
    declare(projekt)
    assert run_ingest(projekt) == "2 Dateien, 5 Räume, 4 Messwerte, 3 Beiträge"
    spalten = ("beitrag_id", "raum_id", "art", "absender", pl.col("datum").cast(pl.String), "text", "zelle")
    assert read(projekt, "Beitraege").select(spalten).rows() == [
        ("1", "A1", "staerke", "Sozialraumkonferenz", "2026-03-12", "Viele Ehrenamtliche", "A2"),
        ("2", "A", "risiko", "Wohlfahrtsverband", "2026-02-01", "Zwei Zeilen, < 5 Plätze & mehr", "A3"),
        ("3", "K", "hinweis", "Träger", "2026-02-02", "Ein Satz. Und noch einer.", "A4"),
    ]
    lieferung = read(projekt, "Lieferungen").filter(quelle="traeger")
    assert lieferung.select("datei", "zeilen", "ignoriert", "messwerte").rows() == [("traeger_1.csv", 4, 1, 0)]
    assert read(projekt, "Eingangsbefunde").is_empty()


def test_a_raum_that_does_not_exist_is_a_finding_that_stops_behind_validate(projekt: Projekt) -> None:
    declare(projekt, ZEILEN + "5;A9;Chance;Träger;02.02.2026;Text\n")
    run_ingest(projekt)
    assert read(projekt, "Beitraege").height == 4
    befunde = read(projekt, "Eingangsbefunde")
    assert befunde.select("code", "schwere", "tabelle", "raum_id", "lieferung_id", "zelle").rows() == [
        ("E105", "fehler", "Beitraege", "A9", "traeger:traeger_1.csv", "A7")
    ]
    assert befunde["text"][0].startswith("Der Beitrag »5« nennt den Raum »A9«, der auf keiner Ebene")


def test_words_from_a_wrong_column_stand_in_no_finding_with_their_figures(projekt: Projekt) -> None:
    declare(projekt, ZEILEN + "Fall 17;4711 Personen geheim 2;Chance;Träger;02.02.2026;Text\n")
    run_ingest(projekt)
    befunde = read(projekt, "Eingangsbefunde")
    assert befunde["text"][0].startswith("Der Beitrag »Fall 99« nennt den Raum »9999 Personen geheim 9«, der")
    assert befunde["raum_id"].to_list() == ["9999 Personen geheim 9"]


def test_several_files_are_one_collection_and_may_each_number_from_one(projekt: Projekt) -> None:
    declare(projekt)
    zweite = projekt.roh / "traeger_2.csv"
    zweite.write_text(KOPF + "5;B;Chance;Träger;02.02.2026;Text\n", "utf-8")
    assert run_ingest(projekt).endswith("4 Beiträge")
    zweite.write_text(KOPF + "1;A9;Chance;Träger;02.02.2026;Text\n", "utf-8")
    run_ingest(projekt)
    assert read(projekt, "Beitraege").filter(beitrag_id="1")["raum_id"].to_list() == ["A1", "A9"]


def test_the_same_number_and_unknown_raum_in_two_files_are_two_findings(projekt: Projekt) -> None:
    zeile = "1;A9;Chance;Träger;02.02.2026;Text\n"
    declare(projekt, zeile)
    (projekt.roh / "traeger_2.csv").write_text(KOPF + zeile, "utf-8")
    run_ingest(projekt)
    stellen = read(projekt, "Eingangsbefunde").select("code", "lieferung_id", "zelle").rows()
    assert sorted(stellen) == [("E105", "traeger:traeger_1.csv", "A2"), ("E105", "traeger:traeger_2.csv", "A2")]


def test_what_stands_in_rows_that_are_left_out_is_no_mistake(projekt: Projekt) -> None:
    declare(projekt, ZEILEN + "1;;Lob;;kein Tag;\n")
    run_ingest(projekt)
    assert read(projekt, "Lieferungen").filter(quelle="traeger").select("zeilen", "ignoriert").rows() == [(5, 2)]


def test_dates_of_a_workbook_are_read_as_the_days_they_are(projekt: Projekt) -> None:
    declare(
        projekt,
        alt='{typ: csv, glob: "traeger*.csv", mehrere: true, zeichensatz: utf-8, trenner: ";"}',
        neu="{typ: xlsx, glob: beitraege.xlsx, blatt: Liste}",
    )
    beitraege = projekt.config / "beitraege.yaml"
    beitraege.write_text(beitraege.read_text("utf-8").replace("TT.MM.JJJJ", "JJJJ-MM-TT"), "utf-8")
    zeilen: list[list[object]] = [
        ["nr", "raum", "art", "wer", "am", "text"],
        [1, "A1", "Chance", "Träger", date(2026, 2, 2), "Text"],
    ]
    (projekt.roh / "beitraege.xlsx").write_bytes(build_xlsx({"Liste": zeilen}))
    run_ingest(projekt)
    gelesen = read(projekt, "Beitraege").select("beitrag_id", pl.col("datum").cast(pl.String), "zelle")
    assert gelesen.rows() == [("1", "2026-02-02", "Liste!A2")]


@pytest.mark.parametrize(
    ("zeile", "text"),
    [
        (";A;Chance;T;02.02.2026;x", "»nr«: der Schlüssel fehlt."),
        ("1;A;Chance;T;02.02.2026;x", "»nr«: der Schlüssel steht schon in einer Zeile darüber."),
        ("5;;Chance;T;02.02.2026;x", "»raum«: der Text fehlt."),
        ("5;A;Idee;T;02.02.2026;x", "»art«: »Idee« ist keine deklarierte Art."),
        ("5;A;Chance;;02.02.2026;x", "»wer«: der Text fehlt."),
        ("5;A;Chance;T;2.2.2026;x", "»am«: kein Tag der Form TT.MM.JJJJ."),
        ("5;A;Chance;T;30.02.2026;x", "»am«: kein Tag der Form TT.MM.JJJJ."),
        ("5;A;Chance;T;2026-02-02;x", "»am«: kein Tag der Form TT.MM.JJJJ, sondern der Form JJJJ-MM-TT."),
        ("5;A;Chance;T;01.04.2026;x", "»am«: der Tag liegt nach stand (31.03.2026)."),
        ("5;A;Chance;T;02.02.2026;", "»text«: der Text fehlt."),
        (f"5;A;Chance;T;02.02.2026;{'x' * 1501}", "»text«: der Text hat 1501 Zeichen, erlaubt sind 1500."),
        ("5;A;Chance;T;02.02.2026;<script>x</script>", "»text«: der Text enthält HTML."),
        ("5;A;Chance;T;02.02.2026;<img src=x onerror=y>", "»text«: der Text enthält HTML."),
        ("5;A;Chance;T;02.02.2026;<!-- x", "»text«: der Text enthält HTML."),
        ('5;A;Chance;T;02.02.2026;"&#60;b"', "»text«: der Text enthält HTML."),
        ("5;A;Chance;T;02.02.2026;a\x07b", "enthält ein unsichtbares Steuerzeichen"),
    ],
)
def test_a_bad_row_is_named_with_line_column_and_remedy(projekt: Projekt, zeile: str, text: str) -> None:
    declare(projekt, ZEILEN.replace("\nUnd", " Und") + f"{zeile}\n")
    (meldung,) = refuse_ingest(projekt)
    assert meldung.startswith("Zeile 6    ")
    assert text in meldung


def test_a_wrong_form_of_all_days_is_told_once_with_their_number(projekt: Projekt) -> None:
    declare(projekt, "".join(f"{n};A;Chance;T;2026-02-0{n};x\n" for n in range(1, 6)))
    rat = "datumsform: JJJJ-MM-TT eintragen. So in 5 Zeilen."
    assert refuse_ingest(projekt) == [
        f"Zeile 2    Spalte »am«: kein Tag der Form TT.MM.JJJJ, sondern der Form JJJJ-MM-TT. {rat}"
    ]


def test_the_words_of_a_bad_contribution_are_not_repeated(projekt: Projekt) -> None:
    declare(projekt, "1;A;Chance;T;02.02.2026;<b>Frau Beispiel</b>\n")
    assert "Beispiel" not in " ".join(refuse_ingest(projekt))


@pytest.mark.parametrize(
    ("alt", "neu", "text"),
    [
        ("Chance: chance", "Chance: moeglichkeit", "staerke, schwaeche, chance, risiko, hinweis"),
        ("datumsform: TT.MM.JJJJ", "datumsform: MM/TT/JJ", "TT.MM.JJJJ, JJJJ-MM-TT"),
        ("  traeger:", "  register:", "der Name steht schon in quellen.yaml"),
        ("raum: raum, ", "", "raum: fehlt"),
    ],
)
def test_a_declaration_beyond_the_closed_lists_is_refused(projekt: Projekt, alt: str, neu: str, text: str) -> None:
    declare(projekt, alt=alt, neu=neu)
    assert text in refuse_config(projekt)


def test_a_changed_declaration_makes_ingest_due(projekt: Projekt) -> None:
    declare(projekt)
    for gelaufen in (True, False):
        (schritt,) = run_stufen(projekt, select_stufen(None, "ingest"), erzwinge=False, melde=lambda _: None)
        assert schritt.gelaufen is gelaufen
    declare(projekt, alt="Sonstiges: hinweis", neu="Sonstiges: chance")
    (schritt,) = run_stufen(projekt, select_stufen(None, "ingest"), erzwinge=False, melde=lambda _: None)
    assert schritt.gelaufen


def test_configuration_and_table_know_the_same_kinds() -> None:
    assert get_args(Beitragsart) == BEITRAGSARTEN
