"""Workbooks: the declared sheet as text with its addresses, and what is refused before it is opened or misread."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.errors import EingabeError
from atlas.ingest.formate import zip_paket
from atlas.ingest.formate.arbeitsmappe import list_blaetter
from atlas.ingest.formate.blatt_xml import scan_blatt
from atlas.ingest.formate.blattblick import scan_auffaelliges
from atlas.ingest.formate.zip_paket import open_paket
from geteilte_daten import require_daten
from ingest.arbeitsmappen import NAMENSRAUM, build_blatt, build_roh, build_xls, build_xlsx, build_zip, read, read_texte

EINE = build_xlsx({"A": [[1]]})
GROSS = build_blatt('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')

FERN = '<c r="A1"><v>1</v></c></row><row r="99999"><c r="XFD99999"><v>1</v></c>'


def meldung(inhalt: bytes, **angaben: Any) -> str:  # noqa: ANN401  # parts of a declaration
    """Give the problems of a workbook, one line each."""
    with pytest.raises(EingabeError) as gefangen:
        read(inhalt, **angaben)
    return "\n".join(str(problem) for problem in gefangen.value.probleme)


def build_zelle(zelle: str, davor: str = "") -> bytes:
    return build_roh(build_blatt(f'<row r="1">{zelle}</row>', davor))


@pytest.mark.parametrize(
    ("wert", "text"),
    [
        (2015.0, "2015"),
        (0.1, "0,1"),
        (-12.5, "-12,5"),
        (1e21, "1000000000000000000000"),
        (1e-7, "0,0000001"),
        (True, "WAHR"),
        (False, "FALSCH"),
        ("00123", "00123"),
        (" a\u00a0b ", " a\u00a0b "),
        ("a_x000D_b", "a\rb"),
        (dt.date(2024, 12, 31), "2024-12-31"),
        (dt.datetime(2024, 12, 31, 13, 5, 7), "2024-12-31T13:05:07"),  # noqa: DTZ001  # Excel knows no zones
        (dt.time(12, 30), "12:30:00"),
        (dt.timedelta(hours=30), "30:00:00"),
        ("#N/A", "#N/A"),
        ("#DIV/0!", "#DIV/0!"),
        ("=1+1", "#FORMEL"),
    ],
)
def test_a_cell_is_the_text_of_what_it_holds(wert: object, text: str) -> None:
    assert read_texte(build_xlsx({"A": [[wert]]})) == [(text,)]


def test_the_decimal_sign_is_the_declared_one() -> None:
    assert read_texte(build_xlsx({"A": [[1234.5, "1,5"]]}), ".") == [("1234.5", "1,5")]


@pytest.mark.parametrize(
    ("zelle", "text"),
    [
        ('<c r="A1"><v>12.299999999999999</v></c>', "12,299999999999999"),
        ('<c r="A1"><v>1e23</v></c>', "100000000000000000000000"),
        ('<c r="A1"><f>B1</f><v>7</v></c>', "7"),
        ('<c r="A1"><f>B1</f></c>', "#FORMEL"),
        ('<c r="A1" t="e"><f>1/0</f><v>#REF!</v></c>', "#REF!"),
        ("<c t='e'><v>#REF!</v></c>", "#REF!"),
        ('<c t="b"><v>1</v></c>', "WAHR"),
    ],
)
def test_a_cell_is_read_as_the_file_writes_it(zelle: str, text: str) -> None:
    assert read_texte(build_zelle(zelle)) == [(text,)]


def test_a_formula_may_give_empty_text() -> None:
    zellen = '<c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>1</v></c>'
    assert read_texte(build_zelle(zellen)) == [("", "1")]


ZELLEN = [
    '<c r="{}"><v>1</v></c>',
    '<c r="{}" s="1" t="n"><v> </v></c>',
    '<c r="{}" t="str"><f>A1</f><v></v></c>',
    '<c r="{}"><f>A1</f><v>7</v></c>',
    '<c r="{}"><f>A1</f></c>',
    '<c r="{}"><f t="shared" si="0"/><v/></c>',
    '<c r="{}" t="e"><v>#REF!</v></c>',
    '<c r="{}" t="str"><f>A1</f><v>&amp;</v></c>',
    '<c r="{}" t="inlineStr"><is><t>a</t></is></c>',
    '<c r="{}"/>',
    "<c r='{}'><v>1</v></c>",
    "<c><v>1</v></c>",
    '<c t="e"><v>#NAME?</v></c>',
]


@given(st.lists(st.lists(st.sampled_from(ZELLEN), max_size=5), max_size=5))
def test_leaving_out_ordinary_cells_hides_no_error_and_no_formula(zeilen: list[list[str]]) -> None:
    reihen = (
        f'<row r="{n}">{"".join(zelle.format(f"{chr(65 + m)}{n}") for m, zelle in enumerate(zeile))}</row>'
        for n, zeile in enumerate(zeilen, 1)
    )
    paket = open_paket(build_roh(build_blatt("".join(reihen), '<cols><col min="2" max="2" width="0"/></cols>')))
    gesehen = scan_auffaelliges(paket, "xl/worksheets/sheet1.xml")
    assert gesehen is not None  # the column without width sees to it
    assert gesehen[1:] == scan_blatt(paket, "xl/worksheets/sheet1.xml")[1:]


def test_prefixes_and_missing_addresses_change_nothing() -> None:
    blatt = build_blatt("<row><c><v>1</v></c><c><f>A1</f></c></row><row><c><f>A1</f></c></row>")
    mit_vorsatz = (
        blatt.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:").replace("xmlns=", "xmlns:x=")
    )
    assert NAMENSRAUM in mit_vorsatz
    assert read_texte(build_roh(blatt)) == read_texte(build_roh(mit_vorsatz)) == [("1", "#FORMEL"), ("#FORMEL", "")]


def test_rows_and_columns_keep_their_places() -> None:
    raster = read(build_xlsx({"A": [[], [], [None, 5], [], [None, None, 6]]}))
    leer = ("", "", "")
    assert raster.zellen.rows() == [leer, leer, ("", "5", ""), leer, ("", "", "6")]
    assert raster.zeilen.to_list() == [1, 2, 3, 4, 5]
    assert raster.blatt == "A"


def test_merged_cells_are_given_as_places_and_cut_where_the_text_ends() -> None:
    raster = read(build_xlsx({"A": [["Kopf"], [1, 2, 3]]}, verbunden=["A1:Z1", "E5:F6"]))
    assert raster.verbunden == ((0, 0, 0, 2),)


def test_merged_cells_that_overlap_are_refused() -> None:
    zellen = '<c r="A1"><v>1</v></c><c r="C1"><v>1</v></c>'
    blatt = build_blatt(f'<row r="1">{zellen}</row>').replace(
        "</worksheet>", '<mergeCells><mergeCell ref="A1:B3"/><mergeCell ref="B1:C2"/></mergeCells></worksheet>'
    )
    assert meldung(build_roh(blatt)) == (
        "Zeile 1    Blatt »A«, Zelle B1: die verbundenen Zellen A1:B3 und B1:C2 überlappen sich, was Excel nicht "
        "zulässt. Verbindung der Zellen aufheben und neu speichern."
    )


def test_a_bomb_of_merged_cells_is_refused_before_anything_is_filled() -> None:
    zeilen = "".join(f'<row r="{n}"><c r="CV{n}"><v>1</v></c></row>' for n in range(1, 2001))
    bombe = '<mergeCell ref="A1:CV2000"/>' * 20_000
    blatt = build_blatt(zeilen).replace("</worksheet>", f"<mergeCells>{bombe}</mergeCells></worksheet>")
    assert "4000000000 Zellen gehören zu verbundenen Zellen, mehr als 200000." in meldung(build_roh(blatt))


FREMD = "enthält XML-Bestandteile, die kein Tabellenprogramm schreibt ({}). In Excel öffnen, neu speichern."


@pytest.mark.parametrize("davor", ["", '<c r="B1"><f>A1</f></c>'])
@pytest.mark.parametrize(
    ("wert", "was"),
    [
        ("<v>1&#50;</v>", "Zeichenverweis oder Element in einem Wert"),
        ("<v>1&amp;2</v>", "Zeichenverweis oder Element in einem Wert"),
        ("<v>1<!-- x -->2</v>", "Zeichenverweis oder Element in einem Wert"),
        ("<v>1<?x y?>2</v>", "Zeichenverweis oder Element in einem Wert"),
        ("<v>1<b/>2</v>", "Zeichenverweis oder Element in einem Wert"),
        ("<v><![CDATA[12]]></v>", "Zeichenverweis oder Element in einem Wert"),
        ("<v>5</v><v>6</v>", "zwei Werte in einer Zelle"),
        ("<!-- x --><v>5</v>", "Kommentar"),
        ("<?x y?><v>5</v>", "Verarbeitungsanweisung"),
        ('</c><y:c xmlns:y="u" r="D1"><v>5</v></y:c><c r="E1">', "Zelle in fremdem Namensraum"),
    ],
)
def test_a_value_that_readers_take_in_different_ways_is_refused(davor: str, wert: str, was: str) -> None:
    zellen = f'{davor}<c r="C1">{wert}</c>'
    assert meldung(build_zelle(zellen)).endswith(f"Blatt »A«, Zelle C1: {FREMD.format(was)}")


def test_text_may_have_references() -> None:
    zelle = '<c r="A1" t="str"><v>a&amp;b&#228;</v></c><c r="B1" t="inlineStr"><is><t>&lt;&#228;</t></is></c>'
    assert read_texte(build_zelle(zelle)) == read_texte(build_zelle(f"{zelle}<c/>")) == [("a&bä", "<ä")]


@pytest.mark.parametrize("dazu", ["", "<c/>"])
@pytest.mark.parametrize(
    ("zeilen", "was"),
    [
        ('<row r="1"><c r="C1"><v>1</v></c><c r="C1"><v>2</v></c>{}</row>', "Zelle doppelt oder nicht in ihrer"),
        ('<row r="1"><c r="C1"><v>1</v></c><c r="B1"><v>2</v></c>{}</row>', "Zelle doppelt oder nicht in ihrer"),
        ('<row r="2"><c r="A2"><v>1</v></c>{}</row><row r="2"><c r="B2"><v>2</v></c></row>', "Zeile doppelt oder"),
        ('<row r="2"><c r="A2"><v>1</v></c>{}</row><row r="1"><c r="A1"><v>2</v></c></row>', "Zeile doppelt oder"),
        ('<row r="7"><c r="A17"><v>1</v></c>{}</row>', "Zelle außerhalb ihrer Zeile"),
        ('<row r="1"><c r="A1"><v>1</v></c>{}</row></sheetData><sheetData>', "zweites sheetData"),
        ('<row r="1"><c r="&#65;1"><v>1</v></c>{}</row>', "Zeichenverweis in einem Attribut"),
    ],
)
def test_rows_and_cells_out_of_order_are_refused(zeilen: str, was: str, dazu: str) -> None:
    assert f"enthält XML-Bestandteile, die kein Tabellenprogramm schreibt ({was}" in meldung(
        build_roh(build_blatt(zeilen.format(dazu)))
    )


VERSTECKT = {"A": [[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]]}


def test_hidden_rows_and_columns_with_text_are_refused() -> None:
    mappe = build_xlsx(VERSTECKT, versteckte_zeilen=[2, 3], versteckte_spalten=["C"])
    rat = (
        "Mit verstecktes: lesen gehören sie zur Tabelle, mit verstecktes: auslassen nicht; "
        "oder in Excel einblenden oder löschen."
    )
    assert meldung(mappe) == (
        f"Blatt »A«: ausgeblendet und nicht leer: Spalte C. {rat}\n"
        f"Zeile 2    Blatt »A«: ausgeblendet und nicht leer: Zeilen 2 bis 3. {rat}"
    )


@pytest.mark.parametrize(
    ("davor", "zeile", "text"),
    [
        ("", 'hidden="&#49;"', "Zeichenverweis in einem Attribut"),
        ('<cols><col min="2" max="2" width="9" hidden="&#x31;"/></cols>', "", "Zeichenverweis in einem Attribut"),
        ('<cols><col min="2" max="2" width=".0"/></cols>', "", "nicht leer: Spalte B."),
        ('<cols><col min="2" max="2" width="-0"/></cols>', "", "nicht leer: Spalte B."),
        ("", 'ht=".0"', "nicht leer: Zeile 1."),
        ("", 'hidden=" 1"', "nicht leer: Zeile 1."),
        ('<sheetFormatPr defaultRowHeight="0"/>', "", "nicht leer: Zeile 1."),
        ('<sheetFormatPr defaultColWidth="0"/><cols><col min="1" max="1" width="9"/></cols>', "", "leer: Spalte B."),
    ],
)
def test_what_is_hidden_in_another_way_is_found(davor: str, zeile: str, text: str) -> None:
    blatt = build_blatt(f'<row r="1" {zeile}><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row>', davor)
    assert text in meldung(build_roh(blatt))


def test_rows_that_the_file_lists_are_seen_when_all_others_are_hidden() -> None:
    # So it is written when the rows below a table are hidden; rows with cells are always listed.
    davor = '<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>'
    assert read_texte(build_zelle('<c r="A1"><v>1</v></c>', davor)) == [("1",)]


def test_hidden_rows_and_columns_without_text_do_not_matter() -> None:
    assert read_texte(build_xlsx({"A": [[1], [], [2]]}, versteckte_zeilen=[2, 9], versteckte_spalten=["D"]))


def test_hidden_rows_and_columns_are_left_out_and_the_others_stay_where_they_are() -> None:
    mappe = build_xlsx(VERSTECKT, versteckte_zeilen=[2], versteckte_spalten=["B"], verbunden=["A3:A4"])
    raster = read(mappe, verstecktes="auslassen")
    assert raster.zellen.rows() == [("1", "", "3"), ("7", "", "9"), ("", "", "12")]
    assert raster.zeilen.to_list() == [1, 3, 4]
    assert raster.verbunden == ((1, 0, 2, 0),)


def test_hidden_rows_and_columns_are_read_when_declared() -> None:
    mappe = build_xlsx(VERSTECKT, versteckte_zeilen=[2], versteckte_spalten=["B"])
    assert read_texte(mappe, verstecktes="lesen")[1] == ("4", "5", "6")


AUSGEBLENDET = (
    "kein sichtbares Blatt passt zu datei.blatt »Geheim«. Ausgeblendet ist »Geheim«: in Excel einblenden, wenn es "
    "gemeint ist. Sichtbar: »A«, »B«."
)
UNGELESEN = (
    "Blatt »B«: das sichtbare Blatt enthält Zellen und wird nicht gelesen. Wenn das so sein soll, ein Muster dafür "
    "unter datei.blaetter_ignoriere eintragen."
)


def test_of_very_many_sheets_that_nobody_reads_the_first_are_named() -> None:
    zeilen = meldung(build_xlsx({f"B{n}": [[1]] for n in range(60)}), blatt="^B0$").split("\n")
    assert len(zeilen) == 21
    assert "… und weitere sichtbare Blätter mit Zellen." in zeilen


@pytest.mark.parametrize(
    ("angaben", "text"),
    [
        ({"blatt": "^X"}, "kein sichtbares Blatt passt zu datei.blatt »^X«. Sichtbar: »A«, »B«."),
        ({"blatt": "Geheim"}, AUSGEBLENDET),
        ({"blatt": "."}, "datei.blatt ».« passt zu 2 Blättern (»A«, »B«). Muster enger fassen."),
        ({"blatt": "A"}, UNGELESEN),
    ],
)
def test_exactly_one_visible_sheet_is_the_one_and_the_others_are_accounted_for(
    angaben: dict[str, str], text: str
) -> None:
    mappe = build_xlsx({"A": [[1]], "B": [[2]], "Geheim": [[3]]}, {"Geheim": "veryHidden"})
    assert meldung(mappe, **angaben) == text


def test_a_name_with_brackets_is_no_pattern() -> None:
    assert meldung(build_xlsx({"Tabelle 1 (2024)": [[1]]}), blatt="Tabelle 1 (2024)") == (
        "kein sichtbares Blatt passt zu datei.blatt »Tabelle 1 (2024)«. Das Blatt heißt genau so, aber Klammern und "
        "einige andere Zeichen sind im Muster Sonderzeichen: 'Tabelle 1 \\(2024\\)'. Sichtbar: »Tabelle 1 (2024)«."
    )


def test_empty_hidden_and_ignored_sheets_need_no_reader() -> None:
    mappe = build_xlsx({"A": [[1]], "B": [[2]], "Leer": [], "Geheim": [[3]]}, {"Geheim": "hidden"})
    assert read_texte(mappe, blaetter_ignoriere=("^B$",)) == [("1",)]
    assert list_blaetter(mappe, "w.xlsx") == [
        ("A", True, 1, 1),
        ("B", True, 1, 1),
        ("Leer", True, 0, 0),
        ("Geheim", False, 1, 1),
    ]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("inhalt", "typ", "text"),
    [
        (EINE, "xls", "die Datei ist dem Inhalt nach XLSX, deklariert ist xls. datei.typ: xlsx eintragen."),
        (build_xls([[1]]), "xlsx", "die Datei ist dem Inhalt nach XLS, deklariert ist xlsx. datei.typ: xls eintragen."),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "xlsx", "mit einem Kennwort geschützt. Ohne Kennwort"),
        (OLE, "xls", "ein altes Office-Dokument, keine Arbeitsmappe. Als XLSX anfordern."),
        (b"<html><table></table></html>", "xls", "HTML oder XML: eine Webseite"),
        (b'{"fehler": 1}', "xlsx", "JSON, womöglich eine Fehlermeldung. Neu herunterladen."),
        (b"a;b\n1;2\n", "xlsx", "Text. Wenn es eine Tabelle mit Trennzeichen ist, datei.typ: csv eintragen."),
        (b"\0\1\2", "xlsx", "keine Arbeitsmappe. Neu herunterladen oder als XLSX anfordern."),
        (build_zip({"xl/workbook.bin": b""}), "xlsx", "eine binäre Arbeitsmappe (XLSB). In Excel öffnen"),
        (build_zip({"mimetype": b"", "content.xml": b""}), "xlsx", "ein OpenDocument (ODS)."),
        (build_zip({"a.txt": b"a"}), "xlsx", "eine ZIP-Datei, keine Arbeitsmappe."),
        (EINE[:-100], "xlsx", "die Arbeitsmappe ist beschädigt oder unvollständig."),
        (build_roh("<!DOCTYPE x>" + build_blatt("")), "xlsx", "enthält eine Dokumenttyp-Angabe."),
        (build_roh(build_blatt("").encode("utf-16")), "xlsx", "ist nicht in UTF-8 gespeichert."),
        (build_roh(build_blatt("")), "xlsx", "Blatt »A«: das Blatt ist leer."),
        (build_zelle(FERN), "xlsx", "der benutzte Bereich hat 99999 Zeilen und 16384 Spalten, mehr als 10 Millionen"),
        (build_zelle('<c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" t="e"/>'), "xlsx", "10 Millionen"),
        (build_roh(GROSS), "xlsx", "der benutzte Bereich hat 1048576 Zeilen und 16384 Spalten, mehr als 10 Millionen"),
    ],
)
def test_what_is_no_such_workbook_is_named_with_the_remedy(inhalt: bytes, typ: str, text: str) -> None:
    assert text in meldung(inhalt, typ=typ)


def test_a_far_cell_without_value_takes_no_memory() -> None:
    assert read_texte(build_zelle('<c r="A1"><v>1</v></c><c r="XFD1" s="0"/>')) == [("1",)]


@pytest.mark.parametrize(
    ("grenze", "wert", "text"),
    [
        ("MAX_BYTES", 100, "die Datei hat mehr als 0 MB."),
        ("MAX_TEILE", 3, "aus mehr als 3 Teilen"),
        ("MAX_ENTPACKT", 100, "unverhältnismäßig groß"),
    ],
)
def test_a_package_beyond_the_limits_is_not_opened(
    monkeypatch: pytest.MonkeyPatch, grenze: str, wert: int, text: str
) -> None:
    monkeypatch.setattr(zip_paket, grenze, wert)
    assert text in meldung(EINE)


def test_a_package_that_unpacks_out_of_proportion_is_not_opened() -> None:
    assert "unverhältnismäßig groß (60 MB)" in meldung(build_roh(b" " * 60_000_000))


@pytest.mark.parametrize(("zeichen", "code"), [("\u202e", "U+202E"), ("_x0007_", "U+0007"), ("\u200b", "U+200B")])
def test_characters_that_nobody_sees_are_refused_with_their_cell(zeichen: str, code: str) -> None:
    mappe = build_xlsx({"A": [["a"], [1, f"0{zeichen}1"]]})
    assert meldung(mappe) == (
        f"Zeile 2    Blatt »A«, Zelle B2: enthält ein unsichtbares Steuerzeichen ({code}). Entfernen oder neu "
        "exportieren."
    )


def test_line_breaks_and_tabs_inside_a_cell_are_text() -> None:
    assert read_texte(build_xlsx({"A": [["a\nb\tc_x000D_d"]]})) == [("a\nb\tc\rd",)]


def test_characters_that_nobody_sees_do_not_matter_in_rows_left_out() -> None:
    mappe = build_xlsx({"A": [["a"], ["\u200b"], ["b"]]}, versteckte_zeilen=[2])
    assert read_texte(mappe, verstecktes="auslassen") == [("a",), ("b",)]


def test_overlapping_parts_are_refused() -> None:
    bombe = bytearray(build_zip({"xl/workbook.xml": b"a" * 9, "b.xml": b"b" * 9}))
    zweiter = bombe.rindex(b"PK\x01\x02")
    bombe[zweiter + 42 : zweiter + 46] = bytes(4)  # the second entry claims the place of the first
    assert "überlappen sich" in meldung(bytes(bombe))


@pytest.mark.parametrize(
    ("stderr", "was"),
    [(b"memory allocation of 9 bytes failed", "braucht zu viel Speicher"), (b"panicked", "bricht ab")],
)
def test_the_death_of_the_child_is_an_error_of_the_file(
    monkeypatch: pytest.MonkeyPatch, stderr: bytes, was: str
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *a, **_: subprocess.CompletedProcess(a, -6, b"", stderr))
    assert f"die Arbeitsmappe lässt sich nicht lesen: Das Lesen {was}." in meldung(EINE)


def test_an_address_that_no_program_writes_does_not_reach_the_reader() -> None:
    # Written small it would ask for gigabytes.
    assert "Zelle xfd99999: enthält XML-Bestandteile" in meldung(build_zelle(FERN.replace("XFD", "xfd")))


def test_a_child_that_takes_too_long_is_an_error_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("atlas.ingest.formate.arbeitsmappe.WARTEZEIT", 0.001)
    assert "Das Lesen dauert zu lange." in meldung(EINE)


def test_the_child_loads_no_library_of_tables() -> None:
    skript = "import sys, atlas.ingest.formate.arbeitsmappe_kind; print(*sys.modules)"
    module = subprocess.run([sys.executable, "-c", skript], capture_output=True, text=True, check=True).stdout.split()
    assert not {"polars", "pandera", "pydantic", "typer", "atlas.errors"} & set(module)


def test_an_old_workbook_gives_texts_errors_and_what_is_hidden() -> None:
    zeilen: list[list[Any]] = [[1, 1.5, "a", True], [dt.date(2024, 12, 31), "#DIV/0!"], [7], [8]]
    mappe = build_xls(zeilen, versteckte_zeilen=[3], versteckte_spalten=[2])
    raster = read(mappe, typ="xls", verstecktes="auslassen")
    assert raster.zellen.rows() == [("1", "1,5", "", "WAHR"), ("2024-12-31", "#DIV/0!", "", ""), ("8", "", "", "")]
    assert raster.zeilen.to_list() == [1, 2, 4]
    assert "Spalte C." in meldung(mappe, typ="xls")
    assert "Zeile 3." in meldung(mappe, typ="xls")


STADTTEILE = "rohformate/stadtteilprofile_nord/Daten_fuer_die_Stadtteilprofile_2014.xlsx"


@pytest.mark.parametrize(
    ("pfad", "typ", "blatt", "form", "zelle", "text"),
    [
        ("rohformate/berlin_sgb12_lor/2020.xls", "xls", "^Tab E1$", (464, 8), (0, 0), None),
        (STADTTEILE, "xlsx", ".", (111, 69), (4, 1), "1675"),
        ("phe/testdata_Byars_Wilson.xlsx", "xlsx", ".", (14, 6), (1, 2), "50,163187710459454"),
    ],
)
def test_published_workbooks_are_read(  # noqa: PLR0913, PLR0917  # one row of the table above
    pfad: str, typ: str, blatt: str, form: tuple[int, int], zelle: tuple[int, int], text: str | None
) -> None:
    raster = read((require_daten(pfad) / pfad).read_bytes(), typ=typ, blatt=blatt, blaetter_ignoriere=(".",))
    assert raster.zellen.shape == form
    assert text is None or raster.zellen[zelle] == text
