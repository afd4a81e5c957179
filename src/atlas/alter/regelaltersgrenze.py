"""The Regelaltersgrenze of the statutory pension by year of birth (§ 35, § 235 Abs. 2 SGB VI).

Who was born before 1947 reached it with 65 years. From 1947 to 1958 it rises by one month a year of birth, then by
two, to 67 years for those born in 1964 and later.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

MONATE: Final = 12
_LETZTER_MIT_65: Final = 1946
_LETZTER_MIT_EINEM_MONAT: Final = 1958
_ERSTER_MIT_67: Final = 1964


def compute_grenze(geburtsjahr: int) -> int:
    """Give the Regelaltersgrenze of a year of birth in months of age."""
    if geburtsjahr <= _LETZTER_MIT_65:
        return 65 * MONATE
    if geburtsjahr <= _LETZTER_MIT_EINEM_MONAT:
        return 65 * MONATE + geburtsjahr - _LETZTER_MIT_65
    if geburtsjahr < _ERSTER_MIT_67:
        return 66 * MONATE + 2 * (geburtsjahr - _LETZTER_MIT_EINEM_MONAT)
    return 67 * MONATE


def compute_anteil_darunter(alter: int, jahr: int) -> Fraction:
    """Give the part of an age in completed years that has not reached the Regelaltersgrenze on 31.12. of a year.

    Everybody of that age was born in the year `jahr - alter`, evenly over its months. Born in month m, they have
    completed alter x 12 + 12 - m months on that day.
    """
    fehlende = compute_grenze(jahr - alter) - alter * MONATE
    return Fraction(min(max(fehlende, 0), MONATE), MONATE)


def find_grenzalter(jahr: int) -> tuple[int, Fraction]:
    """Give the youngest age that is not wholly below the Regelaltersgrenze on 31.12., and its part below."""
    alter = 65
    while (anteil := compute_anteil_darunter(alter, jahr)) == 1:
        alter += 1
    return alter, anteil
