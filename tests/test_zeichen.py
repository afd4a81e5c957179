"""What of a delivered text may be shown, and how it is cut."""

from __future__ import annotations

import pytest

from atlas.zeichen import (
    HOECHSTENS,
    UNSICHTBAR,
    hide_zahlen,
    hide_zahlen_der_zeile,
    is_text,
    mask,
    shorten_mitte,
    show_schluessel,
    show_text,
    tame,
)


@pytest.mark.parametrize("text", ["Männer", "unter 3", "2024", "31.12.2024", "2024-12-31", "Insgesamt | 2024"])
def test_words_years_and_days_are_shown_as_they_are(text: str) -> None:
    assert is_text(text)
    assert show_text(text) == text


@pytest.mark.parametrize(
    ("text", "gezeigt"),
    [("4711", "9999"), ("12.2024,5", "99.9999,9"), ("Männer | 4711", "Männer | 9999"), ("1.2011", "1.2011")],
)
def test_a_part_without_a_letter_may_be_a_figure(text: str, gezeigt: str) -> None:
    assert show_text(text) == gezeigt


def test_of_a_title_only_years_and_days_keep_their_digits() -> None:
    assert hide_zahlen("Summe 4711 am 31. Dezember 2024") == "Summe 9999 am 31. Dezember 2024"
    assert hide_zahlen("Stand 2024-12-31, 2.019 Personen") == "Stand 2024-12-31, 9.999 Personen"


def test_a_year_among_figures_may_be_one_of_them() -> None:
    assert hide_zahlen_der_zeile(["Ort", "2019", "", "2020"]) == ["Ort", "2019", "", "2020"]
    assert hide_zahlen_der_zeile(["Adorf", "2019", "45"]) == ["Adorf", "9999", "99"]


@pytest.mark.parametrize("text", ["99001999", "A9", "SR-12", "123456SUM", "Zwickau", "14524 Zwickau", "Summe 2024"])
def test_what_looks_like_a_key_is_shown(text: str) -> None:
    assert show_schluessel(text) == text


@pytest.mark.parametrize(
    ("text", "gezeigt"),
    [
        ("4711", "9999"),
        ("4711 Personen geheim 2", "9999 Personen geheim 9"),
        ("2 Kinder", "9 Kinder"),
        ("1.234.567", "9.999.999"),
        ("Kinder: 12", "Kinder: 99"),
        ("12345,6", "99999,9"),
    ],
)
def test_digits_beside_a_key_are_hidden(text: str, gezeigt: str) -> None:
    assert show_schluessel(text) == gezeigt


@pytest.mark.parametrize(
    "zeichen", ["\u061c", "\u180e", "\u2028", "\u2029", "\ufff9", "\ufffb", "\U000e0000", "\U000e0041", "\U000e007f"]
)
def test_what_nobody_sees_is_found_and_reaches_no_terminal(zeichen: str) -> None:
    assert UNSICHTBAR.search(f"a{zeichen}b")
    assert tame(f"a{zeichen}b") == "a\ufffdb"


def test_what_is_cut_is_cut_visibly() -> None:
    assert mask("x" * 31) == "x" * (HOECHSTENS - 1) + "…"
    assert shorten_mitte("Insgesamt, davon weiblich 2024", 12) == "Insg…ch 2024"
