"""Persons and households with basic income support for job seekers (SGB II) by leaf and year in December."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from atlas.musterland.bevoelkerung.personen import count_personen_im_alter, count_vor_rente
from atlas.musterland.stammdaten import JAHRE
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

# Aims of the Kreis 2014 .. 2025. Since 2016 the revised counting (more children), 2015/16 refugees, since June
# 2022 the refugees from Ukraine belong to the SGB II, 2023 higher standard rates (Bürgergeld).
_UNTER_6: Final = (0.168, 0.163, 0.177, 0.170, 0.152, 0.136, 0.131, 0.121, 0.138, 0.134, 0.128, 0.124)
_VON_6_BIS_14: Final = (0.150, 0.146, 0.159, 0.153, 0.138, 0.125, 0.121, 0.112, 0.132, 0.131, 0.126, 0.123)
_VON_15_BIS_17: Final = (0.126, 0.122, 0.135, 0.131, 0.118, 0.107, 0.104, 0.097, 0.116, 0.115, 0.111, 0.108)
_ELB: Final = (0.096, 0.092, 0.0955, 0.0925, 0.083, 0.074, 0.074, 0.069, 0.078, 0.078, 0.076, 0.074)
_SONSTIGE_ERWACHSENE: Final = 0.006
_ERWERBSTAETIG: Final = (0.288, 0.284, 0.272, 0.268, 0.265, 0.262, 0.246, 0.238, 0.215, 0.212, 0.210, 0.209)
_ALLEINERZIEHEND: Final = (0.52, 0.515, 0.49, 0.485, 0.485, 0.49, 0.49, 0.49, 0.53, 0.525, 0.515, 0.51)
_ARMUT: Final = (0.49, 0.13, -0.05)
"""How SGB II depends on the situation, on how urban a place is, and on the economy."""
_PERSONEN_JE_BG: Final = 1.86
_KINDER_JE_BG: Final = 1.78


@dataclass(frozen=True)
class Grundsicherung:
    """Persons entitled to SGB II, groups of them, and their households (Bedarfsgemeinschaften)."""

    insgesamt: IntArray
    erwerbsfaehig: IntArray
    erwerbstaetig: IntArray
    unter_6: IntArray
    unter_15: IntArray
    von_15_bis_17: IntArray
    gemeinschaften: IntArray
    mit_kindern: IntArray
    alleinerziehend: IntArray

    def list_spalten(self) -> Sequence[IntArray]:
        """The columns in the order of the workbook."""
        return (
            self.insgesamt,
            self.unter_6,
            self.unter_15,
            self.von_15_bis_17,
            self.erwerbsfaehig,
            self.erwerbstaetig,
            self.gemeinschaften,
            self.mit_kindern,
            self.alleinerziehend,
        )


@lru_cache(maxsize=1)
def generate_grundsicherung() -> Grundsicherung:
    """Persons and households with SGB II; each part is drawn from what it is a part of."""
    unter_6, von_6, jugend, aeltere = _generate_altersgruppen()
    unter_15, elb = np.maximum(lift_kleine(unter_6 + von_6), unter_6), jugend + aeltere
    sonstige = count_personen("sgb ii sonstige", [_SONSTIGE_ERWACHSENE] * len(JAHRE), elb, Neigung(0.1))
    insgesamt = unter_15 + elb + sonstige
    erwerbstaetig = count_personen("ergaenzer", _ERWERBSTAETIG, elb, Neigung(-0.08, 0.0, 0.1, 0.1, 0.04))
    je_bg = [1 / _KINDER_JE_BG] * len(JAHRE)
    mit_kindern = lift_kleine(count_personen("bg mit kindern", je_bg, unter_15 + jugend, Neigung(0.0, 0.05, 0.0, 0.07)))
    neigung = Neigung(0.04, 0.06, 0.0, 0.14, 0.04)
    allein = count_personen("alleinerziehende bg", _ALLEINERZIEHEND, mit_kindern, neigung)
    allein = np.minimum(lift_kleine(drop_kleine_in_kleinrode(allein)), mit_kindern)
    je_bg = [1 / _PERSONEN_JE_BG] * len(JAHRE)
    gemeinschaften = count_personen("bg", je_bg, insgesamt, Neigung(0.0, 0.08, 0.0, 0.1))
    gemeinschaften = np.maximum(gemeinschaften, mit_kindern)
    return Grundsicherung(insgesamt, elb, erwerbstaetig, unter_6, unter_15, jugend, gemeinschaften, mit_kindern, allein)


def _generate_altersgruppen() -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Persons under 6, 6 to 14, 15 to 17 and from 18 on: the same families, in each place with their own children."""
    junge, alle = count_personen_im_alter(15, 17), count_vor_rente(15)
    ab_18, erwachsene = derive_rest(_ELB, alle, ((_VON_15_BIS_17, junge),))
    kinder = Neigung(*_ARMUT, 0.09, 0.02, "sgb ii")
    unter_6 = count_personen("sgb ii unter 6", _UNTER_6, count_personen_im_alter(0, 5), kinder)
    von_6 = count_personen("sgb ii von 6 bis 14", _VON_6_BIS_14, count_personen_im_alter(6, 14), kinder)
    jugend = count_personen("sgb ii jugendliche", _VON_15_BIS_17, junge, kinder)
    aeltere = count_personen("sgb ii ab 18", ab_18, erwachsene, Neigung(*_ARMUT, 0.04, 0.02, "sgb ii"))
    return lift_kleine(drop_kleine_in_kleinrode(unter_6)), von_6, jugend, aeltere
