"""What the Sozialamt counts: benefits of the SGB XII and IX, for asylum seekers, for rent and for participation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from atlas.musterland.bevoelkerung.personen import count_personen_im_alter, count_rentenalter, count_vor_rente
from atlas.musterland.raeume import IntArray, sum_to_gemeinden, sum_to_planungsraeume
from atlas.musterland.runden import round_counts
from atlas.musterland.wirtschaft.quoten import Neigung, count_personen

# Aims of the Kreis 2014 .. 2025.
# Since 2021 a part of the pension is left to the recipient (Grundrente), 2022 refugees from Ukraine.
_ALTER: Final = (0.0205, 0.0210, 0.0208, 0.0212, 0.0214, 0.0217, 0.0220, 0.0236, 0.0262, 0.0271, 0.0278, 0.0283)
_ALTER_FRAUEN: Final = (0.585, 0.582, 0.578, 0.574, 0.571, 0.568, 0.566, 0.561, 0.567, 0.565, 0.562, 0.560)
# 2020 (BTHG): people in the former institutions changed to Grundsicherung.
_ERWERBSMINDERUNG: Final = (
    0.0076,
    0.0078,
    0.0079,
    0.0081,
    0.0082,
    0.0083,
    0.0092,
    0.0093,
    0.0094,
    0.0095,
    0.0096,
    0.0097,
)
# Outside institutions only, in all years: those inside changed to other benefits in 2020 (BTHG).
_LEBENSUNTERHALT: Final = (
    0.00112,
    0.00117,
    0.00121,
    0.00118,
    0.00113,
    0.00111,
    0.00114,
    0.00112,
    0.00118,
    0.00123,
    0.00125,
    0.00124,
)
# 2017 new definition of the need of care (PSG II and III), 2022 supplements of the care insurance for homes.
_PFLEGE: Final = (0.0136, 0.0139, 0.0143, 0.0119, 0.0117, 0.0121, 0.0126, 0.0134, 0.0109, 0.0115, 0.0124, 0.0130)
_ASYL: Final = (0.0032, 0.0108, 0.0079, 0.0054, 0.0044, 0.0038, 0.0035, 0.0036, 0.0054, 0.0064, 0.0055, 0.0046)
# Reforms of 2016, 2020 and, far the largest, 2023 (Wohngeld-Plus).
_WOHNGELD: Final = (0.0190, 0.0165, 0.0215, 0.0195, 0.0170, 0.0155, 0.0195, 0.0190, 0.0200, 0.0385, 0.0425, 0.0440)
_PERSONEN_JE_HAUSHALT: Final = 2.0
# August 2019 simpler applications (Starke-Familien-Gesetz), 2023 children of the Wohngeld-Plus households.
_TEILHABE: Final = (0.078, 0.080, 0.085, 0.086, 0.086, 0.096, 0.099, 0.101, 0.116, 0.135, 0.143, 0.146)
# 2020 (BTHG) the Eingliederungshilfe moved to the SGB IX; living costs are no part of it any more.
_EINGLIEDERUNG: Final = (0.0104, 0.0106, 0.0108, 0.0110, 0.0112, 0.0114, 0.0101, 0.0105, 0.0108, 0.0111, 0.0115, 0.0118)


@dataclass(frozen=True)
class Sozialhilfe:
    """Recipients at the end of the year by Gemeinde, care by Planungsraum, Grundsicherung in old age by leaf too."""

    alter_je_blatt: IntArray
    alter: IntArray
    alter_frauen: IntArray
    erwerbsminderung: IntArray
    lebensunterhalt: IntArray
    pflege: IntArray
    asyl: IntArray
    wohngeld: IntArray
    teilhabe: IntArray
    eingliederung: IntArray


@lru_cache(maxsize=1)
def generate_sozialhilfe() -> Sozialhilfe:
    """Recipients by Gemeinde and year."""
    alle, vor_rente = count_personen_im_alter(0, 100), count_vor_rente(18)
    alter = count_personen("grundsicherung alter", _ALTER, count_rentenalter(), Neigung(0.24, 0.17, 0.0, 0.16, 0.02))
    frauen = count_personen("alter frauen", _ALTER_FRAUEN, alter, Neigung(-0.03, 0.0, 0.0, 0.16, 0.03))
    haushalte = round_counts(alle / _PERSONEN_JE_HAUSHALT)
    gemindert = count_personen("erwerbsminderung", _ERWERBSMINDERUNG, vor_rente, Neigung(0.14, 0.1, 0.0, 0.16, 0.02))
    neigung = Neigung(0.12, 0.03, -0.05)
    pflege = count_personen("pflege", _PFLEGE, count_personen_im_alter(65, 100), neigung)
    kinder = count_personen_im_alter(0, 17)
    summe = sum_to_gemeinden

    def count(thema: str, ziele: tuple[float, ...], personen: IntArray, neigung: Neigung) -> IntArray:
        return summe(count_personen(thema, ziele, personen, neigung))

    return Sozialhilfe(
        alter_je_blatt=alter,
        alter=summe(alter),
        alter_frauen=summe(frauen),
        erwerbsminderung=summe(gemindert),
        lebensunterhalt=count("hlu", _LEBENSUNTERHALT, alle, Neigung(0.2, 0.15, 0.0, 0.18, 0.04)),
        pflege=sum_to_planungsraeume(summe(pflege)),
        asyl=count("asylblg", _ASYL, alle, Neigung(0.1, 0.12, 0.0, 0.5, 0.12)),
        wohngeld=count("wohngeld", _WOHNGELD, haushalte, Neigung(0.1, -0.04, -0.08, 0.12, 0.03)),
        teilhabe=count("teilhabe", _TEILHABE, kinder, Neigung(0.38, 0.08, -0.05, 0.12, 0.03)),
        eingliederung=count("eingliederung", _EINGLIEDERUNG, alle, Neigung(0.06, 0.05, 0.0, 0.14, 0.02)),
    )
