"""Files that are not what they say: bytes, encodings, line ends, answers of web servers."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from atlas.ingest.dateien import find_datei, find_dateien, read_bytes

if TYPE_CHECKING:
    from atlas.projekt import Projekt

Meldung = Callable[..., str]
Werte = Callable[..., list[tuple[Any, ...]]]
Fehlertext = Callable[[Callable[[], object]], str]

TEXT = "id;a\n01;5\n02;7\n"
GELESEN = [("01", 2025, "a", 5.0, "beobachtet", "B2"), ("02", 2025, "a", 7.0, "beobachtet", "B3")]


@pytest.mark.parametrize(
    "inhalt",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF8 * 2 + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.removesuffix("\n").encode(),
        b'"id";"a"\n"01";"5"\n"02";"7"\n',
        b" id ; a \n 01 ; 5 \n 02 ;\xc2\xa07\n",
    ],
    ids=["plain", "bom", "double bom", "crlf", "cr", "no last line end", "quoted", "blanks"],
)
def test_the_same_table_is_read_whatever_its_transport(werte: Werte, inhalt: bytes) -> None:
    assert werte(inhalt) == GELESEN


@pytest.mark.parametrize("zeichensatz", ["cp1252", "iso-8859-1", "iso-8859-15", "utf-16"])
def test_every_declared_encoding_reads_umlauts(werte: Werte, zeichensatz: str) -> None:
    inhalt = "id;Übrige\n01;5\n".encode(zeichensatz)
    spalten = {"spalten": [{"spalte": "Übrige", "merkmal": "a"}]}
    assert werte(inhalt, datei={"zeichensatz": zeichensatz}, werte=spalten) == GELESEN[:1]


@pytest.mark.parametrize("ende", ["\n", "\r\n", "\r"])
def test_a_wrong_encoding_is_named_with_line_and_place(meldung: Meldung, ende: str) -> None:
    inhalt = TEXT.replace("\n", ende).encode() + "03;»5«".encode("cp1252")
    assert meldung(inhalt) == (
        "Zeile 4    das Zeichen an Stelle 4 ist kein UTF-8 (Byte 0xBB). Vermutlich zeichensatz: cp1252 eintragen, oder "
        "die Datei in UTF-8 speichern."
    )


def test_utf_8_declared_as_cp1252_is_refused(meldung: Meldung) -> None:
    assert meldung("id;ä\n01;5\n", datei={"zeichensatz": "cp1252"}) == (
        "die Datei ist in UTF-8 gespeichert, deklariert ist cp1252. zeichensatz: utf-8 eintragen."
    )


def test_a_byte_that_cp1252_does_not_know_is_named(meldung: Meldung) -> None:
    assert meldung(b"id;a\n01;\x81\n", datei={"zeichensatz": "cp1252"}) == (
        "Zeile 2    das Zeichen an Stelle 4 ist kein CP1252 (Byte 0x81). Einen anderen zeichensatz eintragen, oder die "
        "Datei in UTF-8 speichern."
    )


def test_cp1252_declared_as_latin_1_is_found_by_its_dash(meldung: Meldung) -> None:
    assert meldung("id;a\n01;–\n".encode("cp1252"), datei={"zeichensatz": "iso-8859-1"}) == (
        "Zeile 2    ein Zeichen ist kein ISO-8859-1 (Byte 0x96). Vermutlich zeichensatz: cp1252 eintragen."
    )


@pytest.mark.parametrize("inhalt", [TEXT.encode("utf-16"), TEXT.encode("utf-16-be")])
def test_utf_16_is_recognised_by_its_null_bytes(meldung: Meldung, inhalt: bytes) -> None:
    assert meldung(inhalt) == (
        "Zeile 1    enthält Nullbytes. Die Datei ist beschädigt oder in UTF-16; zeichensatz prüfen."
    )


def test_null_bytes_are_named_with_their_line(meldung: Meldung) -> None:
    assert meldung(b"id;a\n01;5\n\0\0\0\n") == (
        "Zeile 3    enthält Nullbytes. Die Datei ist beschädigt oder in UTF-16; zeichensatz prüfen."
    )


@pytest.mark.parametrize(
    "inhalt", ["<!DOCTYPE html>\n<html></html>", '{"Status": {"Code": 98}}', "\ufeff\n <html>", '  {"a": 1}']
)
def test_an_answer_of_a_web_server_is_no_table(meldung: Meldung, inhalt: str) -> None:
    assert meldung(inhalt) == (
        "Zeile 1    der Inhalt ist eine Fehlermeldung oder Webseite (JSON oder HTML), keine Tabelle. Neu herunterladen."
    )


@pytest.mark.parametrize(
    ("anfang", "was"),
    [
        (b"PK\x03\x04...", "eine Excel- oder ZIP-Datei. Bei Excel datei.typ: xlsx eintragen, sonst zuerst entpacken."),
        (b"\xd0\xcf\x11\xe0\xa1", "eine alte Excel-Datei. datei.typ: xls eintragen."),
        (b"%PDF-1.7", "ein PDF. Die Tabelle als CSV anfordern."),
        (b"\x1f\x8b\x08", "eine gepackte Datei. Zuerst entpacken."),
    ],
)
def test_a_name_that_lies_is_found_by_the_first_bytes(
    projekt: Projekt, fehlertext: Fehlertext, anfang: bytes, was: str
) -> None:
    pfad = projekt.roh / "w.csv"
    pfad.write_bytes(anfang)
    assert fehlertext(lambda: read_bytes(pfad, "data/raw/w.csv")) == (
        f"1 Problem in data/raw/w.csv\n  der Inhalt ist {was}"
    )


@pytest.mark.parametrize("inhalt", [b"", b"\n\n \r\n"])
def test_an_empty_file_is_refused(projekt: Projekt, fehlertext: Fehlertext, inhalt: bytes) -> None:
    pfad = projekt.roh / "w.csv"
    pfad.write_bytes(inhalt)
    assert fehlertext(lambda: read_bytes(pfad, "data/raw/w.csv")) == (
        "1 Problem in data/raw/w.csv\n  die Datei ist leer. Neu anfordern oder neu exportieren."
    )


@pytest.mark.parametrize("inhalt", [codecs.BOM_UTF8, b";;;\n;;;\n", b"\n"])
def test_a_file_without_any_text_is_refused(meldung: Meldung, inhalt: bytes) -> None:
    assert meldung(inhalt) == "die Datei enthält keine Zeile mit Text. Neu anfordern."


def test_a_file_that_vanishes_is_named_in_german(projekt: Projekt, fehlertext: Fehlertext) -> None:
    assert fehlertext(lambda: read_bytes(projekt.roh, "data/raw")) == (
        "1 Problem in data/raw\n  die Datei ist nicht lesbar. Leserechte prüfen."
    )


def test_a_missing_file_is_named_with_its_place(projekt: Projekt, fehlertext: Fehlertext) -> None:
    (projekt.roh / "werte.csv").mkdir()
    assert fehlertext(lambda: find_datei(projekt, "werte*.csv")) == (
        "1 Problem in data/raw/werte*.csv\n"
        "  die Datei fehlt. Dorthin legen, oder datei.glob in der Konfiguration anpassen."
    )


def test_a_pattern_that_hits_several_files_names_them(projekt: Projekt, fehlertext: Fehlertext) -> None:
    for name in ("w_2024.csv", "w_2025.csv", "~$w_2025.csv", "x.csv"):
        (projekt.roh / name).write_text(TEXT, encoding="utf-8")
    assert fehlertext(lambda: find_datei(projekt, "*w_*.csv")) == (
        "1 Problem in data/raw/*w_*.csv\n"
        "  das Muster trifft 2 Dateien (w_2024.csv, w_2025.csv). Muster enger fassen oder mehrere: true setzen."
    )
    assert [p.name for p in find_dateien(projekt, "*w_*.csv")] == ["w_2024.csv", "w_2025.csv"]


def test_a_file_with_nearly_the_name_is_offered(projekt: Projekt, fehlertext: Fehlertext) -> None:
    (projekt.roh / "Mieten.CSV").write_text(TEXT, encoding="utf-8")
    assert "die Datei fehlt. Gemeint: Mieten.CSV?" in fehlertext(lambda: find_datei(projekt, "mieten.csv"))


@pytest.mark.parametrize("zeichen", ["\u202e", "\u200b", "\x07", "\x1b"])
def test_characters_that_nobody_sees_are_refused_with_their_line(meldung: Meldung, zeichen: str) -> None:
    assert meldung(f"id;a\n0{zeichen}1;5\n") == (
        f"Zeile 2    enthält ein unsichtbares Steuerzeichen (U+{ord(zeichen):04X}). Entfernen oder neu exportieren."
    )


def test_a_line_of_a_megabyte_is_no_row_of_a_table(meldung: Meldung) -> None:
    assert meldung("id;a\n01;" + "5" * 1_000_001).startswith("Zeile 2    eine Zeile ist länger als 1000000 Zeichen")


def test_a_field_that_is_too_long_is_not_taken_for_an_open_quote(meldung: Meldung) -> None:
    assert "ein Feld ist länger als 131.072 Zeichen" in meldung("id;a\n01;" + "5" * 200_000)
