"""The Regelaltersgrenze of § 235 Abs. 2 SGB VI and who is below it on 31.12., worked out by hand (methodik.md 2)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from atlas.alter.regelaltersgrenze import compute_anteil_darunter, compute_grenze, find_grenzalter


@pytest.mark.parametrize(
    ("geburtsjahr", "jahre", "monate"),
    [
        (1930, 65, 0), (1946, 65, 0), (1947, 65, 1), (1948, 65, 2), (1949, 65, 3), (1950, 65, 4), (1951, 65, 5),
        (1952, 65, 6), (1953, 65, 7), (1954, 65, 8), (1955, 65, 9), (1956, 65, 10), (1957, 65, 11), (1958, 66, 0),
        (1959, 66, 2), (1960, 66, 4), (1961, 66, 6), (1962, 66, 8), (1963, 66, 10), (1964, 67, 0), (2000, 67, 0),
    ],
)  # fmt: skip
def test_the_limit_of_a_year_of_birth_is_that_of_the_law(geburtsjahr: int, jahre: int, monate: int) -> None:
    assert compute_grenze(geburtsjahr) == 12 * jahre + monate


@pytest.mark.parametrize(
    ("jahr", "alter", "zwoelftel", "warum"),
    [
        (2011, 65, 0, "born 1946, limit 65: everybody of 65 has reached it"),
        (2012, 65, 1, "born 1947, limit 65+1: only those born in December lack a month"),
        (2014, 65, 3, "born 1949, limit 65+3: October, November, December"),
        (2020, 65, 9, "born 1955, limit 65+9: April to December"),
        (2022, 65, 11, "born 1957, limit 65+11: February to December"),
        (2023, 66, 0, "65 is born 1958, limit 66, wholly below; 66 is born 1957, limit 65+11, wholly above"),
        (2024, 66, 0, "65 is born 1959, limit 66+2, wholly below; 66 is born 1958, limit 66, wholly above"),
        (2025, 66, 2, "born 1959, limit 66+2: November and December"),
        (2029, 66, 10, "born 1963, limit 66+10: March to December"),
        (2030, 67, 0, "66 is born 1964, limit 67, wholly below"),
        (2031, 67, 0, "as ever after"),
        (2060, 67, 0, "as ever after"),
    ],
)
def test_the_age_that_the_limit_cuts_is_split_by_month_of_birth(
    jahr: int, alter: int, zwoelftel: int, warum: str
) -> None:
    assert find_grenzalter(jahr) == (alter, Fraction(zwoelftel, 12)), warum


@pytest.mark.parametrize("jahr", range(1990, 2070))
def test_ages_below_the_cut_are_wholly_below_and_those_above_it_wholly_above(jahr: int) -> None:
    alter, _ = find_grenzalter(jahr)
    assert {compute_anteil_darunter(a, jahr) for a in range(alter)} == {1}
    assert {compute_anteil_darunter(a, jahr) for a in range(alter + 1, 101)} == {0}
