"""Angebote: read by declaration, found in the smallest Raum, counted with exact zeros; each refusal says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from atlas.config.laden import load_konfiguration
from atlas.lauf import run_stufen, select_stufen
from ingest.listenprojekt import DATEIEN, refuse_config, refuse_ingest, run_ingest, write_projekt

if TYPE_CHECKING:
    from atlas.projekt import Projekt

ERKLAERUNG = """\
angebote:
  verzeichnis:
    titel: Angebote im Kreis
    herausgeber: Amt
    lizenz: dl-de/zero-2-0
    stand: 2025-12-31
    vollstaendig: true
    datei: {typ: csv, glob: angebote.csv, zeichensatz: utf-8, trenner: ";"}
    spalten: {schluessel: nr, name: name, art: art, traeger: von, plaetze: plaetze, laenge: l, breite: b}
    zahl: {dezimal: "."}
    arten: {Beratung: beratung, Beratungsstelle: beratung, Jugendtreff: jugend}
    arten_ignoriere: [Briefkasten]
    zaehlen: {merkmal: angebote}
"""
KOPF = "nr;name;art;von;plaetze;l;b\n"
ZEILEN = (
    "7;Beratung am Markt;Beratung;frei;;11.02;51.05\n"
    "8;Treff Süd;Jugendtreff;öffentlich;40;11.02;51.01\n"
    "9;Stelle Ost;Beratungsstelle;;0;11.15;51.05\n"
    "10;Kasten;Briefkasten;;;11.15;51.05\n"
)


def declare(projekt: Projekt, zeilen: str = ZEILEN, kopf: str = KOPF, **ersetzt: str) -> None:
    """Write the project with a register; keywords replace parts of its declaration, `alt__neu` by their values."""
    erklaerung = ERKLAERUNG
    for angabe, wert in ersetzt.items():
        alt = next(zeile for zeile in erklaerung.splitlines() if zeile.strip().startswith(f"{angabe}:"))
        erklaerung = erklaerung.replace(f"{alt}\n", f"    {angabe}: {wert}\n" if wert else "")
    write_projekt(projekt, {"config/angebote.yaml": erklaerung, "data/raw/angebote.csv": kopf + zeilen})


def read(projekt: Projekt, tabelle: str) -> pl.DataFrame:
    return pl.read_parquet(projekt.wurzel / "bau" / f"{tabelle}.parquet")


def raeume_von(projekt: Projekt) -> list[tuple[str, str]]:
    return read(projekt, "Angebote").select("angebot_id", "raum_id").sort("angebot_id").rows()


def test_each_angebot_stands_in_the_smallest_raum_it_lies_in(projekt: Projekt) -> None:
    declare(projekt)
    assert run_ingest(projekt) == "2 Dateien, 5 Räume, 13 Messwerte, 3 Angebote"
    spalten = ("angebot_id", "raum_id", "art", "name", "traeger", "plaetze", "x", "y", "zelle")
    assert read(projekt, "Angebote").select(spalten).rows() == [
        ("7", "A1", "beratung", "Beratung am Markt", "frei", None, 11.02, 51.05, "A2"),
        ("8", "A1", "jugend", "Treff Süd", "öffentlich", 40, 11.02, 51.01, "A3"),
        ("9", "B", "beratung", "Stelle Ost", None, 0, 11.15, 51.05, "A4"),
    ]


def test_counts_are_total_and_by_art_and_nothing_is_an_exact_zero(projekt: Projekt) -> None:
    declare(projekt)
    run_ingest(projekt)
    gezaehlt = read(projekt, "Messwerte").filter(merkmal="angebote", gebietsstand="2025-12-31", jahr=2025)
    assert gezaehlt.select("raum_id", "ebene", "gruppe", "wert", "status").rows() == [
        ("A1", "sozialraum", "", 2.0, "beobachtet"),
        ("A1", "sozialraum", "art=beratung", 1.0, "beobachtet"),
        ("A1", "sozialraum", "art=jugend", 1.0, "beobachtet"),
        ("A2", "sozialraum", "", 0.0, "null_genau"),
        ("A2", "sozialraum", "art=beratung", 0.0, "null_genau"),
        ("A2", "sozialraum", "art=jugend", 0.0, "null_genau"),
        ("B", "gemeinde", "", 1.0, "beobachtet"),
        ("B", "gemeinde", "art=beratung", 1.0, "beobachtet"),
        ("B", "gemeinde", "art=jugend", 0.0, "null_genau"),
    ]
    assert set(gezaehlt["stichtag"]) == {"2025-12-31"}


def test_the_total_counts_angebote_and_not_their_kinds(projekt: Projekt) -> None:
    declare(projekt, ZEILEN + "11;Noch eine;Beratung;;;11.02;51.05\n12;Dritte;Beratungsstelle;;;11.02;51.05\n")
    run_ingest(projekt)
    a1 = read(projekt, "Messwerte").filter(merkmal="angebote", raum_id="A1", jahr=2025)
    assert a1.select("gruppe", "wert").rows() == [("", 4.0), ("art=beratung", 3.0), ("art=jugend", 1.0)]


def test_the_delivery_counts_its_rows_and_the_file_is_claimed(projekt: Projekt) -> None:
    declare(projekt)
    run_ingest(projekt)
    lieferung = read(projekt, "Lieferungen").filter(quelle="verzeichnis")
    assert lieferung.select("lieferung_id", "stand", "zeilen", "ignoriert", "ausserhalb", "messwerte").rows() == [
        ("verzeichnis:angebote.csv", "2025-12-31", 4, 1, 0, 9)
    ]
    assert read(projekt, "Eingangsbefunde").is_empty()


def test_two_declared_years_get_the_same_counts(projekt: Projekt) -> None:
    declare(projekt, zaehlen="{merkmal: angebote, jahre: [2024, 2025]}")
    run_ingest(projekt)
    je_jahr = (
        read(projekt, "Messwerte").filter(merkmal="angebote", gruppe="").group_by("jahr").agg(pl.col("wert").sum())
    )
    assert sorted(je_jahr.rows()) == [(2024, 3.0), (2025, 3.0)]


@pytest.mark.parametrize(
    ("system", "spalten", "zeilen"),
    [
        ("EPSG:4326", "laenge: l, breite: b", "1;a;Beratung;;;11.02;51.05\n2;b;Beratung;;;11.15;51.05\n"),
        ("EPSG:25832", "x: l, y: b", "1;a;Beratung;;;641584.07;5657326.45\n2;b;Beratung;;;650695.05;5657584.41\n"),
        ("EPSG:31468", "x: l, y: b", "1;a;Beratung;;;4431386.12;5657662.35\n2;b;Beratung;;;4440501.81;5657549.22\n"),
    ],
)
def test_the_same_places_in_three_coordinate_systems_lie_in_the_same_raum(
    projekt: Projekt, system: str, spalten: str, zeilen: str
) -> None:
    declare(
        projekt,
        zeilen,
        spalten=f"{{schluessel: nr, name: name, art: art, traeger: von, plaetze: plaetze, {spalten}}}\n"
        f"    bezugssystem: {system}",
    )
    run_ingest(projekt)
    angebote = read(projekt, "Angebote").sort("angebot_id")
    assert angebote["raum_id"].to_list() == ["A1", "B"]
    assert angebote["x"].to_list() == pytest.approx([11.02, 11.15], abs=1e-4)
    assert angebote["y"].to_list() == pytest.approx([51.05, 51.05], abs=1e-4)


def test_a_point_on_a_shared_border_goes_to_the_first_raum_by_key(projekt: Projekt) -> None:
    declare(projekt, "1;Grenze A1 A2;Beratung;;;11.05;51.05\n2;Grenze A2 B;Beratung;;;11.1;51.05\n")
    run_ingest(projekt)
    assert raeume_von(projekt) == [("1", "A1"), ("2", "A2")]


def test_the_order_of_rows_changes_nothing_but_the_address(projekt: Projekt) -> None:
    ergebnisse = []
    for zeilen in (ZEILEN, "".join(reversed(ZEILEN.splitlines(keepends=True)))):
        declare(projekt, zeilen)
        run_ingest(projekt)
        messwerte = read(projekt, "Messwerte").filter(merkmal="angebote")
        ergebnisse.append((read(projekt, "Angebote").drop("zelle").rows(), messwerte.rows()))
    assert ergebnisse[0] == ergebnisse[1]


def test_a_point_outside_every_raum_is_named_with_file_and_row(projekt: Projekt) -> None:
    declare(projekt, ZEILEN + "11;Fern;Beratung;;;11.9;51.05\n")
    (meldung,) = refuse_ingest(projekt)
    assert meldung == (
        "Zeile 6    Spalte »l«: die Lage liegt in keinem Raum. Lage prüfen lassen; liegt das Angebot wirklich jenseits "
        "der Grenze, ausserhalb: zaehlen eintragen."
    )


def test_a_point_outside_is_only_counted_where_that_is_declared(projekt: Projekt) -> None:
    declare(
        projekt, ZEILEN + "11;Fern;Beratung;;;11.9;51.05\n", arten_ignoriere="[Briefkasten]\n    ausserhalb: zaehlen"
    )
    run_ingest(projekt)
    assert read(projekt, "Lieferungen").filter(quelle="verzeichnis")["ausserhalb"].to_list() == [1]
    assert [raum for _, raum in raeume_von(projekt)] == ["A1", "A1", "B"]


MIT_RAUM = "{schluessel: nr, name: name, art: art, traeger: von, plaetze: plaetze, laenge: l, breite: b, raum: raum}"
KOPF_MIT_RAUM = "nr;name;art;von;plaetze;l;b;raum\n"


def test_a_point_beyond_with_a_raum_of_the_project_is_a_mistake_even_where_others_are_counted(projekt: Projekt) -> None:
    grenzfall = "[Briefkasten]\n    ausserhalb: zaehlen"
    zeilen = "1;a;Beratung;;;11.9;51.05;Z\n2;b;Beratung;;;11.9;51.05;B\n"
    declare(projekt, zeilen, KOPF_MIT_RAUM, spalten=MIT_RAUM, arten_ignoriere=grenzfall)
    (meldung,) = refuse_ingest(projekt)
    assert meldung.startswith("Zeile 3    Spalte »l«: die Lage liegt in keinem Raum.")


def test_the_key_may_be_of_a_part_of_the_smallest_raum_that_has_a_map(projekt: Projekt) -> None:
    declare(projekt, "1;a;Beratung;;;11.15;51.05;B1\n", KOPF_MIT_RAUM, spalten=MIT_RAUM)
    verzeichnis = projekt.roh / "raeume.csv"
    verzeichnis.write_text(verzeichnis.read_text("utf-8") + "B1;Dorfkern;sozialraum;B\n", "utf-8")
    raeume = projekt.config / "raeume.yaml"
    karte = "  - {ebene: sozialraum, datei: {typ: geojson, glob: sozialraeume.geojson}, schluessel: id}\n"
    raeume.write_text(raeume.read_text("utf-8").replace(karte, ""), "utf-8")
    run_ingest(projekt)
    assert raeume_von(projekt) == [("1", "B")]


def test_keys_of_sixty_characters_are_read_and_two_missing_ones_are_not_twice_the_same(projekt: Projekt) -> None:
    declare(projekt, f"{60 * 'x'};a;Beratung;;;11.02;51.05\n")
    run_ingest(projekt)
    declare(projekt, 2 * ";a;Beratung;;;11.02;51.05\n" + f"{61 * 'x'};a;Beratung;;;11.02;51.05\n")
    assert [zeile.split(": ")[1].split(". ")[0].split(" Zeichen")[0] for zeile in refuse_ingest(projekt)] == [
        "der Schlüssel fehlt",
        "der Schlüssel fehlt",
        "der Schlüssel ist länger als 60",
    ]


def test_a_declared_raum_may_be_the_one_of_the_point_or_one_above_it(projekt: Projekt) -> None:
    zeilen = "1;a;Beratung;;;11.02;51.05;A1\n2;b;Beratung;;;11.02;51.05;A\n3;c;Beratung;;;11.02;51.05;\n"
    declare(projekt, zeilen, KOPF_MIT_RAUM, spalten=MIT_RAUM)
    run_ingest(projekt)
    assert raeume_von(projekt) == [("1", "A1"), ("2", "A1"), ("3", "A1")]


def test_on_a_shared_border_the_declared_raum_says_which(projekt: Projekt) -> None:
    zeilen = "1;a;Beratung;;;11.05;51.05;A2\n2;b;Beratung;;;11.1;51.05;B\n3;c;Beratung;;;11.1;51.05;A\n"
    declare(projekt, zeilen, KOPF_MIT_RAUM, spalten=MIT_RAUM)
    run_ingest(projekt)
    assert raeume_von(projekt) == [("1", "A2"), ("2", "B"), ("3", "A2")]


def test_what_stands_in_rows_that_are_left_out_is_no_mistake(projekt: Projekt) -> None:
    """A letter box has the key of another row, no name, half a place and no coordinates: nobody reads it."""
    declare(projekt, ZEILEN + "7;;Briefkasten;;0.5;;\n")
    run_ingest(projekt)
    lieferung = read(projekt, "Lieferungen").filter(quelle="verzeichnis")
    assert lieferung.select("zeilen", "ignoriert").rows() == [(5, 2)]


def test_a_secret_place_needs_only_its_smallest_raum(projekt: Projekt) -> None:
    declare(projekt, "1;Schutzhaus;Beratung;;;;;A2\n", KOPF_MIT_RAUM, spalten=MIT_RAUM)
    run_ingest(projekt)
    assert read(projekt, "Angebote").select("raum_id", "x", "y").rows() == [("A2", None, None)]


def test_a_register_without_coordinates_needs_no_map(projekt: Projekt) -> None:
    spalten = "{schluessel: nr, name: name, art: art, traeger: von, plaetze: plaetze, raum: raum}"
    declare(projekt, "1;a;Beratung;;;B\n", "nr;name;art;von;plaetze;raum\n", spalten=spalten)
    raeume = projekt.config / "raeume.yaml"
    raeume.write_text(raeume.read_text("utf-8").split("polygone:")[0], "utf-8")
    run_ingest(projekt)
    assert raeume_von(projekt) == [("1", "B")]
    assert read(projekt, "Messwerte").filter(merkmal="angebote", gruppe="")["raum_id"].to_list() == ["A1", "A2", "B"]


@pytest.mark.parametrize(
    ("zeile", "text"),
    [
        ("1;a;Beratung;;;11.02;51.05;B", "»raum«: der Raum »B« passt nicht zur Lage, sie liegt in »A1«."),
        ("1;a;Beratung;;;11.05;51.05;B", "»raum«: der Raum »B« passt nicht zur Lage, sie liegt in »A1« und »A2«."),
        ("1;a;Beratung;;;11.02;51.05;Z", "»raum«: den Raum »Z« gibt es im Raumverzeichnis nicht."),
        ("1;a;Beratung;;;;;A", "»raum«: der Raum »A« ist weiter geteilt, und die Lage fehlt."),
        ("1;a;Beratung;;;;;", "»l«: die Lage fehlt."),
        ("1;a;Beratung;;;11.9;51.05;B", "»l«: die Lage liegt in keinem Raum."),
    ],
)
def test_what_point_and_raum_cannot_both_say_is_refused(projekt: Projekt, zeile: str, text: str) -> None:
    declare(projekt, f"{zeile}\n", KOPF_MIT_RAUM, spalten=MIT_RAUM)
    (meldung,) = refuse_ingest(projekt)
    assert meldung.startswith(f"Zeile 2    Spalte {text}")


@pytest.mark.parametrize(
    ("zeile", "text"),
    [
        (";a;Beratung;;;11.02;51.05", "»nr«: der Schlüssel fehlt."),
        ("7;a;Beratung;;;11.02;51.05", "»nr«: der Schlüssel steht schon in einer Zeile darüber."),
        (f"{'9' * 61};a;Beratung;;;11.02;51.05", "»nr«: der Schlüssel ist länger als 60 Zeichen."),
        ("1;;Beratung;;;11.02;51.05", "»name«: der Text fehlt."),
        (f"1;{'x' * 201};Beratung;;;11.02;51.05", "»name«: der Text hat 201 Zeichen, erlaubt sind 200."),
        ("1;<b>a</b>;Beratung;;;11.02;51.05", "»name«: der Text enthält HTML."),
        ('1;a;Beratung;"Haus &amp; Hof";;11.02;51.05', "»von«: der Text enthält HTML."),
        ("1;a;Suppenküche;;;11.02;51.05", "»art«: »Suppenküche« ist keine deklarierte Art. Unter arten eintragen"),
        ("1;a;;;;11.02;51.05", "»art«: die Art fehlt."),
        ("1;a;Beratung;;zwölf;11.02;51.05", "»plaetze«: keine ganze Zahl ab 0."),
        ("1;a;Beratung;;2.5;11.02;51.05", "»plaetze«: keine ganze Zahl ab 0."),
        ("1;a;Beratung;;-3;11.02;51.05", "»plaetze«: keine ganze Zahl ab 0."),
        ("1;a;Beratung;;;11,02;51.05", "»l«: keine Koordinate (Dezimalzeichen ».«)."),
        ("1;a;Beratung;;;11.02;", "»b«: die zweite Koordinate fehlt."),
        ("1;a;Beratung;;;;51.05", "»l«: die zweite Koordinate fehlt."),
        ("1;a;Beratung;;;;", "»l«: die Lage fehlt."),
        ("1;a;Beratung;;;641584;5657326", "»l«: die Koordinaten passen nicht zu EPSG:4326"),
    ],
)
def test_a_bad_row_is_named_with_line_column_and_remedy(projekt: Projekt, zeile: str, text: str) -> None:
    declare(projekt, ZEILEN + f"{zeile}\n")
    (meldung,) = refuse_ingest(projekt)
    assert meldung.startswith(f"Zeile 6    Spalte {text}")


def test_all_bad_rows_come_in_one_pass(projekt: Projekt) -> None:
    declare(projekt, "1;;Beratung;;x;11.02;51.05\n1;a;Tafel;;;11.9;51.05\n2;a;Beratung;;;11.9;51.05\n")
    assert len(refuse_ingest(projekt)) == 5


def test_degrees_that_are_declared_as_metres_are_told_once(projekt: Projekt) -> None:
    declare(projekt, ZEILEN, zahl='{dezimal: "."}\n    bezugssystem: EPSG:25832')
    (meldung,) = refuse_ingest(projekt)
    assert "die Koordinaten passen nicht zu EPSG:25832" in meldung
    assert meldung.endswith("bezugssystem prüfen.")
    assert "datei.bezugssystem" not in meldung


def test_an_unknown_coordinate_system_is_refused(projekt: Projekt) -> None:
    declare(projekt, ZEILEN, zahl='{dezimal: "."}\n    bezugssystem: EPSG:999999')
    assert refuse_ingest(projekt) == ["EPSG:999999 ist kein Koordinatensystem des EPSG-Registers. bezugssystem prüfen."]


def test_a_missing_column_and_one_that_nobody_declared_are_refused(projekt: Projekt) -> None:
    declare(projekt, "", "nr;name;art;von;platz;l;b\n1;a;Beratung;;;11.02;51.05\n")
    assert refuse_ingest(projekt) == ["Zeile 1    die Spalte »plaetze« fehlt. In der Datei übrig: »platz«."]
    declare(projekt, "", "nr;name;art;von;plaetze;l;b;tel\n1;a;Beratung;;;11.02;51.05;\n")
    (meldung,) = refuse_ingest(projekt)
    assert meldung.startswith("Zeile 1    die Spalte »tel« ist nirgends deklariert. Unter spalten eintragen oder unter")
    declare(
        projekt,
        "",
        "nr;name;art;von;plaetze;l;b;tel\n1;a;Beratung;;;11.02;51.05;\n",
        titel="T\n    spalten_ignoriere: [tel]",
    )
    assert run_ingest(projekt).endswith("1 Angebot")


def test_a_missing_file_is_named(projekt: Projekt) -> None:
    declare(projekt)
    (projekt.roh / "angebote.csv").unlink()
    rat = "Dorthin legen, oder datei.glob in der Konfiguration anpassen."
    assert refuse_ingest(projekt) == [f"die Datei des Verzeichnisses »verzeichnis« fehlt. {rat}"]


@pytest.mark.parametrize(
    ("system", "spalten", "zeile"),
    [
        ("EPSG:4326", "laenge: l, breite: b", "1;a;Beratung;;;51.05;11.02\n"),
        ("EPSG:25832", "x: l, y: b", "1;a;Beratung;;;5657326.45;641584.07\n"),
    ],
)
def test_coordinates_that_changed_places_are_told_so(projekt: Projekt, system: str, spalten: str, zeile: str) -> None:
    declare(
        projekt,
        zeile,
        spalten=f"{{schluessel: nr, name: name, art: art, traeger: von, plaetze: plaetze, {spalten}}}\n"
        f"    bezugssystem: {system}",
    )
    (meldung,) = refuse_ingest(projekt)
    assert meldung.startswith("Zeile 2    Spalte »l«: ")
    assert meldung.endswith(
        "Mit vertauschten Koordinaten läge sie im Gebiet: unter spalten die beiden Spalten der Lage tauschen."
    )


def test_two_registers_may_both_number_theirs_from_one(projekt: Projekt) -> None:
    declare(projekt)
    zweites = ERKLAERUNG.replace("angebote:\n  verzeichnis", "  zweites").replace("angebote.csv", "zweites.csv")
    erklaerung = ERKLAERUNG + zweites.replace("merkmal: angebote", "merkmal: andere")
    write_projekt(
        projekt,
        {"config/angebote.yaml": erklaerung, "data/raw/zweites.csv": KOPF + "7;a;Beratung;;;11.02;51.05\n"},
    )
    run_ingest(projekt)
    beide = read(projekt, "Angebote").filter(angebot_id="7").select("lieferung_id", "name").rows()
    assert beide == [("verzeichnis:angebote.csv", "Beratung am Markt"), ("zweites:zweites.csv", "a")]


@pytest.mark.parametrize(
    ("angaben", "text"),
    [
        ({"vollstaendig": "false"}, "zaehlen braucht vollstaendig: true"),
        ({"zaehlen": "{merkmal: angebote, jahre: [2026]}"}, "zaehlen.jahre: 2026 liegt nach stand (2025)"),
        ({"zaehlen": "{merkmal: angebote, jahre: [2025, 2025]}"}, "jahre: jedes Jahr nur einmal"),
        ({"zaehlen": "{merkmal: flaeche_ha}"}, "das Merkmal flaeche_ha kommt aus dem Raumverzeichnis"),
        ({"spalten": "{schluessel: nr, name: name, art: art}"}, "weiß niemand, wo ein Angebot liegt"),
        ({"spalten": "{schluessel: nr, name: name, art: art, x: l}"}, "x und y gehören zusammen"),
        ({"spalten": "{schluessel: nr, name: name, art: art, x: l, y: b}"}, "bezugssystem: bei x und y nötig"),
        (
            {"spalten": "{schluessel: nr, name: name, art: art, x: l, y: b, laenge: l, breite: b}"},
            "entweder x und y oder laenge und breite",
        ),
        ({"zahl": '{dezimal: ".", klammern: negativ}'}, "klammern und anhaenge gelten hier nicht"),
        (
            {"datei": '{typ: csv, glob: "*.csv", mehrere: true, zeichensatz: utf-8, trenner: ";"}'},
            "mehrere: true gilt hier nicht",
        ),
        ({"arten": "{}"}, "angebote.verzeichnis.arten"),
        ({"arten": "{Beratung: Beratung Eins}"}, "angebote.verzeichnis.arten.Beratung"),
    ],
)
def test_a_declaration_that_contradicts_itself_is_refused(projekt: Projekt, angaben: dict[str, str], text: str) -> None:
    declare(projekt, **angaben)
    assert text in refuse_config(projekt)


def test_two_registers_may_not_count_the_same_figure(projekt: Projekt) -> None:
    declare(projekt)
    zweites = ERKLAERUNG.replace("angebote:\n  verzeichnis", "  zweites")
    (projekt.config / "angebote.yaml").write_text(ERKLAERUNG + zweites, "utf-8")
    assert "das Merkmal angebote zählt schon das Verzeichnis verzeichnis. Anders benennen." in refuse_config(projekt)
    frueher = zweites.replace("merkmal: angebote", "merkmal: angebote, jahre: [2024]")
    (projekt.config / "angebote.yaml").write_text(ERKLAERUNG + frueher, "utf-8")
    assert len(load_konfiguration(projekt).angebote.angebote) == 2


def test_a_quelle_may_deliver_the_years_before_the_register(projekt: Projekt) -> None:
    declare(projekt, zaehlen="{merkmal: einwohner, jahre: [2024]}")
    run_ingest(projekt)
    summen = read(projekt, "Messwerte").filter(merkmal="einwohner", gruppe="", ebene="sozialraum")
    assert sorted(summen.group_by("jahr").agg(pl.col("wert").sum()).rows()) == [(2024, 2.0), (2025, 3000.0)]


def test_points_need_a_map(projekt: Projekt) -> None:
    declare(projekt)
    raeume = projekt.config / "raeume.yaml"
    raeume.write_text(raeume.read_text("utf-8").split("polygone:")[0], "utf-8")
    assert "ohne polygone in raeume.yaml liegt kein Angebot in einem Raum" in refuse_config(projekt)


def test_a_register_may_not_take_the_name_of_a_quelle(projekt: Projekt) -> None:
    declare(projekt)
    angebote = projekt.config / "angebote.yaml"
    angebote.write_text(ERKLAERUNG.replace("  verzeichnis:", "  register:"), "utf-8")
    assert "der Name steht schon in quellen.yaml. Einen der beiden umbenennen." in refuse_config(projekt)


INDIKATOR = """\
  beratung:
    {name: B, kurzname: B, dimension: d, richtung: neutral, einheit: je 10.000, nachkommastellen: 1, definition: D,
     berechnung: {art: rate, zaehler: [{merkmal: angebote, gruppe: GRUPPE}], nenner: [{merkmal: einwohner}],
                  faktor: 10000}}
"""


def declare_indikator(projekt: Projekt, gruppe: str) -> None:
    katalog = DATEIEN["config/indikatoren.yaml"] + INDIKATOR.replace("GRUPPE", gruppe)
    (projekt.config / "indikatoren.yaml").write_text(katalog, "utf-8")


def test_an_indikator_of_counted_angebote_is_configuration_only(projekt: Projekt) -> None:
    declare(projekt)
    declare_indikator(projekt, "art=beratung")
    run_stufen(projekt, select_stufen(None, "compute"), erzwinge=False, melde=lambda _: None)
    werte = pl.read_parquet(projekt.processed / "compute" / "Indikatorwerte.parquet").filter(
        jahr=2025, indikator="beratung"
    )
    assert dict(werte.select("raum_id", "wert").iter_rows()) == {
        "A1": 10.0,  # 1 of 1,000
        "A2": 0.0,
        "A": pytest.approx(10 / 3),  # 1 of 3,000
        "B": 20.0,  # 1 of 500
        "K": pytest.approx(2 / 3500 * 10000),
    }


def test_an_indikator_of_an_art_that_nobody_declared_is_refused(projekt: Projekt) -> None:
    declare(projekt)
    declare_indikator(projekt, "art=pflege")
    assert "bei angebote die Gruppe »art=pflege« gibt es nicht" in refuse_config(projekt)


def test_a_changed_declaration_makes_ingest_due_and_the_same_one_does_not(projekt: Projekt) -> None:
    declare(projekt)

    def laeuft() -> bool:
        schritte = run_stufen(projekt, select_stufen(None, "ingest"), erzwinge=False, melde=lambda _: None)
        return schritte[0].gelaufen

    assert laeuft()
    assert not laeuft()
    angebote = projekt.config / "angebote.yaml"
    angebote.write_text(
        ERKLAERUNG.replace("art=jugend", "").replace("Jugendtreff: jugend", "Jugendtreff: kinder"), "utf-8"
    )
    assert laeuft()
    (projekt.roh / "angebote.csv").write_text(KOPF + ZEILEN.replace(";40;", ";41;"), "utf-8")
    assert laeuft()
    assert not laeuft()


def test_a_project_without_the_file_has_an_empty_table(projekt: Projekt) -> None:
    write_projekt(projekt, {})
    assert run_ingest(projekt) == "1 Datei, 5 Räume, 4 Messwerte"
    assert read(projekt, "Angebote").is_empty()


def test_a_wrong_key_of_a_raum_is_shown_without_what_may_be_a_count(projekt: Projekt) -> None:
    declare(
        projekt,
        "1;a;Beratung;4711 Personen geheim 2\n2;b;Beratung;A7\n",
        "nr;name;art;raum\n",
        spalten="{schluessel: nr, name: name, art: art, raum: raum}",
    )
    erste, zweite = refuse_ingest(projekt)
    assert "den Raum »9999 Personen geheim 9« gibt es" in erste
    assert "den Raum »A7« gibt es" in zweite
