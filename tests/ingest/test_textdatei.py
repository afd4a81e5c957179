"""Text files: quotes mean what they mean to the csv module, however fast the lines without them are split."""

from __future__ import annotations

import codecs
import csv
import io
import os
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.errors import EingabeError
from atlas.ingest.formate import textdatei
from atlas.ingest.formate.textdatei import read_textraster

if TYPE_CHECKING:
    from atlas.ingest.formate.raster import Raster

MAL = int(os.environ.get("ATLAS_FUZZ", "1"))
STUECKE = ["a", "ä", " ", ";", ";", "\n", "\n", '"', '""', '"b"', '"b;b"', '"b\nb"', ';"b";', '"b""b"', ";12\n", "\r\n"]
TEXTE = st.lists(st.sampled_from(STUECKE), max_size=14).map("".join)
Zeilen = list[tuple[int, tuple[str | None, ...]]]


def read(text: str | bytes, **angaben: Any) -> Raster:  # noqa: ANN401  # encoding and separator
    inhalt = text.encode() if isinstance(text, str) else text
    return read_textraster(inhalt, "roh/w.csv", angaben.get("zeichensatz", "utf-8"), angaben.get("trenner", ";"))


def zeilen(text: str | bytes, **angaben: Any) -> Zeilen:  # noqa: ANN401
    """Give the rows with their lines."""
    raster = read(text, **angaben)
    return list(zip(raster.zeilen, raster.zellen.rows(), strict=True))


def meldung(text: str) -> tuple[int, str]:
    """Give the line of the one problem of a text, and the message up to its first comma or full stop."""
    with pytest.raises(EingabeError) as gefangen:
        read(text)
    (problem,) = gefangen.value.probleme
    return problem.zeile, problem.text.split(",")[0].split(".")[0]


OFFEN = "hier beginnt eine Zeile"
ZU_LANG = "ein Feld ist länger als 131"


def read_nur_mit_csv(text: str) -> Zeilen | tuple[int, str]:
    """Give what the csv module alone makes of a text: the rows with their lines, or line and kind of the problem."""
    einheitlich = text.replace("\r\n", "\n").replace("\r", "\n")
    ganz = einheitlich if einheitlich.endswith("\n") else f"{einheitlich}\n"
    leser = csv.reader(io.StringIO(ganz, newline=""), delimiter=";", strict=True)
    saetze: list[list[str]] = []
    nummern = [1]
    try:
        for satz in leser:
            saetze.append(satz or [""])
            nummern.append(leser.line_num + 1)
    except csv.Error as fehler:
        return nummern[-1], ZU_LANG if "field limit" in str(fehler) else OFFEN
    return list(zip(nummern, zip(*zip_longest(*saetze), strict=True), strict=False))


@settings(max_examples=1000 * MAL, deadline=None)
@given(TEXTE.filter(bool))
def test_every_text_is_read_or_refused_as_by_the_csv_module_alone(text: str) -> None:
    erwartet = read_nur_mit_csv(text)
    assert (meldung(text) if isinstance(erwartet, tuple) else zeilen(text)) == erwartet


@settings(max_examples=300 * MAL, deadline=None)
@given(TEXTE.filter(bool))
def test_a_field_too_long_is_found_as_by_the_csv_module_alone(text: str) -> None:
    with pytest.MonkeyPatch.context() as grenze:
        grenze.setattr(textdatei, "LAENGSTES_FELD", 3)
        frueher = csv.field_size_limit(3)
        try:
            erwartet = read_nur_mit_csv(text)
            assert (meldung(text) if isinstance(erwartet, tuple) else zeilen(text)) == erwartet
        finally:
            csv.field_size_limit(frueher)


@pytest.mark.parametrize("trenner", [";", ",", "\t", "|"])
def test_a_quoted_field_may_hold_the_separator_quotes_and_line_ends(trenner: str) -> None:
    text = f'id{trenner}"a{trenner}b"\n"1"{trenner}"sagt ""ja"""\n2{trenner}"x\ny"\n3{trenner}\n'
    assert zeilen(text, trenner=trenner) == [
        (1, ("id", f"a{trenner}b")),
        (2, ("1", 'sagt "ja"')),
        (3, ("2", "x\ny")),
        (5, ("3", "")),
    ]


def test_a_quote_inside_a_field_that_does_not_begin_with_one_is_text() -> None:
    assert zeilen('5" Rohr;"a"\nx; "b"\n') == [(1, ('5" Rohr', "a")), (2, ("x", ' "b"'))]


def test_short_rows_lack_cells_whether_they_have_quotes_or_not() -> None:
    assert zeilen('a;b;c\n"a";"b;b"\n"a"\n\n"x\ny"\n') == [
        (1, ("a", "b", "c")),
        (2, ("a", "b;b", None)),
        (3, ("a", None, None)),
        (4, ("", None, None)),
        (5, ("x\ny", None, None)),
    ]


def test_a_raster_says_whether_a_cell_reaches_over_lines() -> None:
    assert [read(text).mehrzeilig for text in ('"a";"b"\n1;2', 'a;"b\nc"\n1;2')] == [False, True]


@pytest.mark.parametrize(
    ("text", "zeile"),
    [('a;b\n1;"2\n3;4\n', 2), ('a;b\n"x\ny";1\n2;"3"4\n', 4), ('a;b\n1;2\n"3";4"\n"5', 4)],
    ids=["never closed", "goes on after its quote", "the last line"],
)
def test_quotes_that_do_not_match_are_named_with_the_line_of_their_row(text: str, zeile: int) -> None:
    assert meldung(text) == (zeile, OFFEN)


def test_the_first_problem_is_the_one_that_is_named() -> None:
    lang = "x" * 131_073
    assert meldung(f'a;b\n{lang};1\n2;"3\n') == (2, ZU_LANG)
    assert meldung(f'a;b\n2;"3\n{lang};1\n') == (2, ZU_LANG)
    assert meldung(f'a;b\n2;"3"x\n{lang};1\n') == (2, OFFEN)


def test_a_long_line_of_short_fields_is_a_row() -> None:
    raster = read(";".join(["x" * 1000] * 200) + '\n"a"\n')
    assert raster.zellen.shape == (2, 200)
    assert raster.zellen.row(1)[:2] == ("a", None)


@pytest.mark.parametrize("zeile", [";" * 16_384, f'"a;b"{";" * 16_384}', f'"a\nb"{";" * 16_384}'])
def test_a_line_with_more_fields_than_a_spreadsheet_has_columns_is_no_row(zeile: str) -> None:
    assert meldung(f"a;b\n{zeile}\n1;2\n") == (2, "die Zeile hat 16385 Felder")


@pytest.mark.parametrize("zeile", ["a", '"a;b"', '"a\nb"'], ids=["plain", "quoted", "over two lines"])
def test_one_wide_line_does_not_make_all_others_as_wide(zeile: str) -> None:
    with pytest.raises(EingabeError) as gefangen:
        read(f"AGS;Jahr;Wert\n{';' * 16_000}\n" + f"{zeile}\n" * 150_000)
    (problem,) = gefangen.value.probleme
    assert (problem.datei, problem.zeile) == ("roh/w.csv", 2)
    assert problem.text == (
        "die Zeile hat 16001 Felder, keine hat mehr; bei 150002 Zeilen sind das über 60 Millionen Zellen. Die Zeile "
        "berichtigen lassen, datei.trenner prüfen oder die Datei teilen."
    )


def test_a_million_rows_of_50_columns_are_allowed() -> None:
    assert textdatei.MEISTE_ZELLEN >= 1_000_001 * 50


ABC = [(1, ("a", "b")), (2, ("ä", "2"))]


@pytest.mark.parametrize(
    ("inhalt", "zeichensatz"),
    [
        (codecs.BOM_UTF8 + "a;b\nä;2".encode(), "utf-8"),
        (codecs.BOM_UTF8 + '"a";b\nä;2\n'.encode(), "utf-8"),
        ("a;b\r\nä;2\r\n".encode("cp1252"), "cp1252"),
        ('a;"b"\rä;2'.encode("iso-8859-15"), "iso-8859-15"),
        ("a;b\r\nä;2\r\n".encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + "\ufeffa;b\nä;2".encode("utf-16-be"), "utf-16"),
    ],
)
def test_marks_of_byte_order_and_kinds_of_line_ends_leave_no_trace(inhalt: bytes, zeichensatz: str) -> None:
    assert zeilen(inhalt, zeichensatz=zeichensatz) == ABC


@pytest.mark.parametrize("inhalt", [b"", codecs.BOM_UTF8])
def test_an_empty_file_has_no_rows(inhalt: bytes) -> None:
    assert read(inhalt).zellen.shape == (0, 0)


def test_blanks_and_empty_lines_at_the_end_are_kept_as_they_stand() -> None:
    assert zeilen("a \nb;c \n\n \n") == [
        (1, ("a ", None)),
        (2, ("b", "c ")),
        (3, ("", None)),
        (4, (" ", None)),
    ]
