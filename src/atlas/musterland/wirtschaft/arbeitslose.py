"""Unemployed by leaf and year in December."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from atlas.musterland.bevoelkerung.personen import count_personen_im_alter, count_vor_rente
from atlas.musterland.wirtschaft.quoten import (
    Neigung,
    count_personen,
    derive_rest,
    drop_kleine_in_kleinrode,
    lift_kleine,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.musterland.raeume import IntArray

# Aims of the Kreis 2014 .. 2025: falling until 2019, Corona 2020, refugees from Ukraine since June 2022, weak economy.
# Since 2023 the older long-term unemployed of § 53a SGB II count again.
_INSGESAMT: Final = (0.066, 0.061, 0.057, 0.053, 0.049, 0.047, 0.055, 0.050, 0.053, 0.055, 0.057, 0.058)
_JUNGE: Final = (0.047, 0.044, 0.043, 0.040, 0.036, 0.035, 0.044, 0.035, 0.039, 0.040, 0.043, 0.045)
_AELTERE: Final = (0.072, 0.068, 0.064, 0.060, 0.056, 0.053, 0.058, 0.056, 0.054, 0.059, 0.061, 0.062)
_LANGZEIT: Final = (0.43, 0.42, 0.41, 0.39, 0.37, 0.35, 0.36, 0.42, 0.37, 0.39, 0.385, 0.39)
_SCHWERBEHINDERT: Final = (0.062, 0.063, 0.064, 0.065, 0.067, 0.069, 0.066, 0.069, 0.068, 0.067, 0.066, 0.066)


@dataclass(frozen=True)
class Arbeitslose:
    """Unemployed and groups of them; the groups overlap."""

    insgesamt: IntArray
    unter_25: IntArray
    ab_55: IntArray
    langzeit: IntArray
    schwerbehindert: IntArray

    def list_spalten(self) -> Sequence[IntArray]:
        """The columns in the order of the workbook."""
        return (self.insgesamt, self.unter_25, self.ab_55, self.langzeit, self.schwerbehindert)


@lru_cache(maxsize=1)
def generate_arbeitslose() -> Arbeitslose:
    """Unemployed by leaf and year: three age groups make up all of them."""
    jung, alt, alle = count_personen_im_alter(15, 24), count_vor_rente(55), count_vor_rente(15)
    mitte, im_mittleren_alter = derive_rest(_INSGESAMT, alle, ((_JUNGE, jung), (_AELTERE, alt)))
    junge = count_personen("junge", _JUNGE, jung, Neigung(0.34, 0.04, -0.13, 0.11, 0.04, "arbeitsmarkt"))
    junge = lift_kleine(drop_kleine_in_kleinrode(junge))
    mittlere = count_personen(
        "arbeitslose", mitte, im_mittleren_alter, Neigung(0.36, 0.05, -0.12, 0.06, 0.02, "arbeitsmarkt")
    )
    aeltere = count_personen("aeltere", _AELTERE, alt, Neigung(0.27, -0.02, -0.13, 0.07, 0.03, "arbeitsmarkt"))
    mittlere = lift_kleine(mittlere)
    insgesamt = junge + mittlere + aeltere
    langzeit = count_personen("langzeit", _LANGZEIT, insgesamt, Neigung(0.07, 0.04, -0.06, 0.11, 0.04))
    schwer = count_personen("schwerbehindert", _SCHWERBEHINDERT, insgesamt, Neigung(-0.04, -0.03, 0.0, 0.12, 0.05))
    return Arbeitslose(insgesamt, junge, aeltere, langzeit, schwer)
