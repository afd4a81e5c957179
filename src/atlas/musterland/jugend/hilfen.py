"""What the Jugendamt does: Hilfen zur Erziehung, Gefährdungseinschätzungen, Inobhutnahmen, Eingliederungshilfe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from atlas.musterland.jugend.grundlage import (
    compute_lage,
    compute_lage_planungsraum,
    compute_siedlung,
    count_bevoelkerung,
    draw_counts,
    draw_wobble,
    spread_verlauf,
    sum_planungsraeume,
)
from atlas.musterland.ziehen import NEUE_PERSONEN, draw_teil

if TYPE_CHECKING:
    from atlas.musterland.raeume import IntArray

_JE: Final = 10_000
_AMBULANT: Final = {2014: 330.0, 2019: 372.0, 2020: 358.0, 2025: 395.0}
_TEILSTATIONAER: Final = {2014: 58.0, 2025: 49.0}
_STATIONAER: Final = {2014: 106.0, 2015: 112.0, 2016: 134.0, 2019: 118.0, 2022: 115.0, 2023: 125.0, 2025: 122.0}
_EINSCHAETZUNGEN: Final = {2014: 96.0, 2019: 128.0, 2020: 139.0, 2021: 140.0, 2025: 172.0}
_INOBHUTNAHMEN: Final = {
    2014: 38.0, 2015: 55.0, 2016: 61.0, 2017: 46.0, 2018: 41.0, 2021: 40.0, 2022: 53.0, 2023: 59.0, 2024: 54.0,
    2025: 48.0,
}  # fmt: skip
_UNBEGLEITET: Final = {
    2014: 0.12, 2015: 0.42, 2016: 0.46, 2017: 0.27, 2018: 0.15, 2021: 0.14, 2022: 0.38, 2023: 0.43, 2024: 0.36,
    2025: 0.27,
}  # fmt: skip
_EINGLIEDERUNG: Final = {2014: 44.0, 2018: 55.0, 2025: 86.0}


@dataclass(frozen=True)
class Hilfen:
    """Hilfen zur Erziehung of a year (running on 31 December and ended) by Gemeinde."""

    ambulant: IntArray
    teilstationaer: IntArray
    stationaer: IntArray

    @property
    def insgesamt(self) -> IntArray:
        """Return all Hilfen."""
        return self.ambulant + self.teilstationaer + self.stationaer


@dataclass(frozen=True)
class Schutz:
    """Gefährdungseinschätzungen by Gemeinde; Inobhutnahmen and Hilfen after § 35a by Planungsraum."""

    einschaetzungen: IntArray
    gefaehrdungen: IntArray
    inobhutnahmen: IntArray
    unbegleitete: IntArray
    eingliederung: IntArray


def generate_hilfen() -> Hilfen:
    """Return the Hilfen zur Erziehung without Erziehungsberatung."""
    junge, lage, siedlung = count_bevoelkerung(0, 20) / _JE, compute_lage(), compute_siedlung()
    eigenart = draw_wobble("hilfen zur erziehung", 0.11, 0.02)
    ambulant = np.maximum(spread_verlauf(_AMBULANT) + 58 * lage + 22 * siedlung, 120) * eigenart
    teil = np.maximum(spread_verlauf(_TEILSTATIONAER) + 8 * lage + 6 * siedlung, 14) * eigenart
    stationaer = np.maximum(spread_verlauf(_STATIONAER) + 26 * lage + 4 * siedlung, 35) * draw_wobble(
        "stationäre hilfen", 0.1, 0.03
    )
    return Hilfen(
        draw_counts("hilfen ambulant", ambulant * junge),
        draw_counts("hilfen teilstationär", teil * junge),
        draw_counts("hilfen stationär", stationaer * junge),
    )


def generate_schutz() -> Schutz:
    """Return what was done to protect children; 2015/16 and 2022/23 many came without their parents."""
    lage, lage_bezirk = compute_lage(), compute_lage_planungsraum()
    minderjaehrige = count_bevoelkerung(0, 17)
    rate = np.maximum(spread_verlauf(_EINSCHAETZUNGEN) + 20 * lage, 30) * draw_wobble("einschätzungen", 0.1, 0.02)
    einschaetzungen = draw_counts("gefährdungseinschätzungen", rate * minderjaehrige / _JE)
    rate = np.maximum(spread_verlauf(_INOBHUTNAHMEN) + 11 * lage_bezirk, 12) * draw_wobble("obhut", 0.06, 0.05, 5)
    obhut = draw_counts("inobhutnahmen", rate * sum_planungsraeume(minderjaehrige) / _JE)
    unbegleitet = np.repeat(spread_verlauf(_UNBEGLEITET)[None, :], len(obhut), axis=0)
    rate = (spread_verlauf(_EINGLIEDERUNG) + 6 * lage_bezirk) * draw_wobble("eingliederung", 0.08, 0.04, 5)
    gefaehrdet = (0.33 + 0.01 * lage) * draw_wobble("gefährdungen quote", 0.08, 0.04)
    return Schutz(
        einschaetzungen,
        draw_teil("gefährdungen", einschaetzungen, gefaehrdet, NEUE_PERSONEN),
        obhut,
        draw_teil("unbegleitete", obhut, unbegleitet, NEUE_PERSONEN),
        draw_counts("eingliederungshilfe", rate * sum_planungsraeume(count_bevoelkerung(0, 20)) / _JE),
    )
