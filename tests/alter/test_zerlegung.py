"""Names of bands of ages, and how a band is put together from what was delivered."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.alter.band import Altersband, Altersgruppe, parse_altersgruppe, parse_angabe, parse_band, split_alter
from atlas.alter.zerlegung import (
    find_bausteine,
    find_zerlegung,
    format_altersgruppen,
    is_bildbar,
    list_altersgruppen,
    touches,
)

EINZELN = [f"alter={n}" for n in range(100)] + ["alter=100+"]


def _gruppen(text: str) -> list[Altersgruppe]:
    return list_altersgruppen("", [f"alter={teil}" for teil in text.split()])


def _zerlege(band: str, text: str, jahr: int = 2025) -> dict[str, Fraction] | None:
    bausteine = find_bausteine(parse_angabe(band), jahr, _gruppen(text))
    return None if bausteine is None else {str(gruppe): faktor for gruppe, faktor in bausteine.items()}


@pytest.mark.parametrize(
    ("angabe", "name"),
    [
        ("0-14", "0-14"),
        ("65+", "65+"),
        ("7-7", "7-7"),
        ("15-regelaltersgrenze", "15-rag"),
        ("regelaltersgrenze+", "rag+"),
    ],
)
def test_the_name_of_a_band_leads_back_to_it(angabe: str, name: str) -> None:
    assert str(parse_angabe(angabe)) == name
    assert parse_band(f"alter={name}|geschlecht=w") == (parse_angabe(angabe), "geschlecht=w")
    mit_jahren = parse_band(f"alter={name}*jahre")
    assert mit_jahren is not None
    assert mit_jahren[0].jahre


@pytest.mark.parametrize(
    "angabe",
    ["", "u3", "14", "14-", "-14", "14-0", "00-14", "0-1000", "65-regelaltersgrenze", "regelaltersgrenze",
     "regelaltersgrenze-80", "regelaltersgrenze-regelaltersgrenze", "15 - 20", "15-rag", "65++"],
)  # fmt: skip
def test_what_is_no_band_is_refused_with_the_forms_that_are(angabe: str) -> None:
    with pytest.raises(ValueError, match="»"):
        parse_angabe(angabe)


def test_a_group_without_an_age_or_with_another_word_for_it_is_no_band() -> None:
    assert [parse_band(gruppe) for gruppe in ("", "geschlecht=w", "alter=u15", "alter=5-3")] == [None] * 4


@pytest.mark.parametrize(
    ("band", "geliefert", "bausteine"),
    [
        ("0-5", "0-2 3-5 6-9", "0-2 3-5"),
        ("0-5", "00-05 0-2 3-5", "0-5"),
        ("0-5", "0 1 2 0-2 3 4 5", "0-2 3 4 5"),
        ("0-5", "0-2 0-3 3-5 4-5", "0-3 4-5"),
        ("65+", "60-64 65-79 80+ 65-74", "65-79 80+"),
        ("65+", "65-69 70-74 75-79 80-84 85+ 65+", "65+"),
        ("0-5", "0-2 4-5", None),
        ("0-5", "0-6", None),
        ("0-5", "0-2 2-5", None),
        ("65+", "65-79", None),
        ("65+", "60+ 65-79", None),
    ],
)
def test_a_band_is_the_fewest_groups_that_cover_it_exactly(band: str, geliefert: str, bausteine: str | None) -> None:
    erwartet = None if bausteine is None else dict.fromkeys(bausteine.split(), Fraction(1))
    assert _zerlege(band, geliefert) == erwartet


@pytest.mark.parametrize(
    ("band", "jahr", "bausteine"),
    [
        ("60-regelaltersgrenze", 2025, {"60-64": Fraction(1), "65": Fraction(1), "66": Fraction(2, 12)}),
        ("regelaltersgrenze+", 2025, {"67+": Fraction(1), "66": Fraction(10, 12)}),
        ("60-regelaltersgrenze", 2014, {"60-64": Fraction(1), "65": Fraction(3, 12)}),
        ("regelaltersgrenze+", 2014, {"65": Fraction(9, 12), "66": Fraction(1), "67+": Fraction(1)}),
        ("60-regelaltersgrenze", 2024, {"60-64": Fraction(1), "65": Fraction(1)}),
        ("regelaltersgrenze+", 2024, {"66": Fraction(1), "67+": Fraction(1)}),
        ("60-regelaltersgrenze", 2031, {"60-64": Fraction(1), "65": Fraction(1), "66": Fraction(1)}),
        ("regelaltersgrenze+", 2031, {"67+": Fraction(1)}),
    ],
)
def test_the_single_year_that_the_limit_cuts_counts_in_part(
    band: str, jahr: int, bausteine: dict[str, Fraction]
) -> None:
    assert _zerlege(band, "60-64 65 66 67+", jahr) == bausteine


@pytest.mark.parametrize("geliefert", ["15-64 65+", "15-65 66+", "15-64 65-66 67+", "15-64 65 66-67 68+"])
def test_without_the_single_years_around_the_limit_its_bands_cannot_be_made(geliefert: str) -> None:
    assert _zerlege("15-regelaltersgrenze", geliefert) is None or _zerlege("regelaltersgrenze+", geliefert) is None
    assert _zerlege("regelaltersgrenze+", geliefert) is None


def test_the_sum_of_ages_takes_the_middle_of_each_group() -> None:
    band = Altersband(0, None, jahre=True)
    bausteine = find_bausteine(band, 2025, _gruppen("0 1-4 5-89 90+"))
    assert bausteine == {
        Altersgruppe(0, 0): Fraction(1, 2),
        Altersgruppe(1, 4): Fraction(3),
        Altersgruppe(5, 89): Fraction(95, 2),
        Altersgruppe(90, None): Fraction(183, 2),
    }


def test_an_open_group_that_begins_early_has_no_mean_age() -> None:
    alle = Altersband(0, None, jahre=True)
    assert find_bausteine(alle, 2025, _gruppen("0-64 65+")) is None
    assert find_bausteine(alle, 2025, _gruppen("0+")) is None, "the total tells of no age"
    assert find_bausteine(alle, 2025, _gruppen("0-84 85+")) is not None


def test_single_years_make_every_band_in_every_year_and_two_halves_do_not() -> None:
    for band in ("0-14", "65+", "15-rag", "rag+", "0+*jahre"):
        assert is_bildbar(f"alter={band}", EINZELN, 2025)
        assert is_bildbar(f"alter={band}", EINZELN, None)
    assert not is_bildbar("alter=15-rag", ["alter=15-64", "alter=65+"], 2025)
    assert not is_bildbar("alter=0-14|geschlecht=w", EINZELN, 2025)


@given(st.sets(st.integers(1, 30), max_size=12), st.integers(0, 31), st.integers(0, 31))
def test_a_tiling_has_neither_gap_nor_overlap(schnitte: set[int], a: int, b: int) -> None:
    grenzen = [0, *sorted(schnitte), 31]
    gruppen = [Altersgruppe(von, bis - 1) for von, bis in pairwise(grenzen)]
    gruppen += [Altersgruppe(g.von, h.bis) for g, h in pairwise(gruppen)]
    ziel = Altersgruppe(min(a, b), max(a, b))
    kacheln = find_zerlegung(ziel, gruppen)
    ist_moeglich = ziel.von in grenzen[:-1] and (ziel.bis or 0) + 1 in grenzen
    assert (kacheln is not None) == ist_moeglich
    gedeckt = [alter for kachel in kacheln or () for alter in range(kachel.von, (kachel.bis or 0) + 1)]
    assert gedeckt == (list(range(ziel.von, (ziel.bis or 0) + 1)) if ist_moeglich else [])


def test_long_rows_of_single_years_are_named_by_their_ends() -> None:
    assert format_altersgruppen(_gruppen("0 1 2 3 4 5-9 10 11 12+")) == "0, 1 … 4, 5-9, 10, 11, 12+"
    assert format_altersgruppen([]) == ""


def test_a_group_with_two_ages_has_none() -> None:
    assert split_alter("alter=1|alter=2|geschlecht=w") == (None, "geschlecht=w")
    assert parse_altersgruppe("alter=1|alter=2") is None
    assert parse_altersgruppe("geschlecht=w") == (Altersgruppe(0, None), "geschlecht=w")


@pytest.mark.parametrize("geliefert", ["15-64 65+", "15-65 66+", "15-66 67+"], ids=["at 65", "at 66", "at 67"])
def test_a_band_to_the_limit_can_be_made_if_it_can_in_some_year(geliefert: str) -> None:
    namen = [f"alter={teil}" for teil in geliefert.split()]
    assert is_bildbar("alter=15-rag", namen, None)
    assert is_bildbar("alter=rag+", namen, None)
    assert not is_bildbar("alter=15-rag", [name.replace("15-", "16-") for name in namen], None)


@pytest.mark.parametrize(
    ("band", "gruppe", "kann"),
    [
        ("regelaltersgrenze+", "65", True), ("regelaltersgrenze+", "64-70", False), ("regelaltersgrenze+", "80+", True),
        ("15-regelaltersgrenze", "66", True), ("15-regelaltersgrenze", "60-67", False), ("0-5", "3+", False),
    ],
)  # fmt: skip
def test_a_group_may_be_part_of_a_band_if_it_lies_in_it_in_some_year(band: str, gruppe: str, kann: bool) -> None:
    (eine,) = _gruppen(gruppe)  # the expected answer
    assert touches(parse_angabe(band), eine) is kann
