"""Health: the examination before school, people in need of care, family doctors, disability, workshops."""

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
from atlas.musterland.stammdaten import PLANUNGSRAEUME
from atlas.musterland.ziehen import NEUE_PERSONEN, draw_teil

if TYPE_CHECKING:
    from atlas.musterland.raeume import FloatArray, IntArray

_UNTERSUCHT: Final = {2014: 0.985, 2019: 0.985, 2020: 0.91, 2021: 0.57, 2022: 0.94, 2023: 0.98, 2025: 0.985}
"""The Gesundheitsamt was busy with the pandemic in 2020 and 2021."""
_SPRACHE: Final = {2014: 0.176, 2019: 0.205, 2022: 0.238, 2025: 0.247}
_UEBERGEWICHT: Final = {2014: 0.101, 2019: 0.103, 2021: 0.122, 2022: 0.124, 2025: 0.109}

_SCHWERBEHINDERT: Final = ((0, 17, 0.0185), (18, 64, 0.0655), (65, 100, 0.217))
_VERLAUF_SCHWERBEHINDERT: Final = {2014: 0.965, 2020: 1.0, 2025: 1.015}
_WERKSTATT: Final = {2014: 0.0079, 2019: 0.0084, 2025: 0.0083}
_STANDORT_WERKSTATT: Final = {"PR1": 0.75, "PR2": 0.9, "PR3": 1.05, "PR4": 1.2, "PR5": 0.95}

_HAUSAERZTE: Final = {2014: 0.000_672, 2018: 0.000_664, 2025: 0.000_626}
_STANDORT_ARZT: Final = {"PR1": 0.89, "PR2": 0.84, "PR3": 1.08, "PR4": 0.96, "PR5": 1.07}


@dataclass(frozen=True)
class Untersuchung:
    """Examined children by Gemeinde and year of entry into school."""

    kinder: IntArray
    sprache: IntArray
    uebergewicht: IntArray


@dataclass(frozen=True)
class Schwerbehinderte:
    """People with a Grad der Behinderung of at least 50 by Gemeinde and year."""

    unter_18: IntArray
    bis_64: IntArray
    ab_65: IntArray

    @property
    def insgesamt(self) -> IntArray:
        """Return people of all ages."""
        return self.unter_18 + self.bis_64 + self.ab_65


def generate_untersuchung() -> Untersuchung:
    """Return the examination before school."""
    lage, siedlung, jahrgang = compute_lage(), compute_siedlung(), count_bevoelkerung(6, 6)
    kinder = draw_teil("untersuchung", jahrgang, spread_verlauf(_UNTERSUCHT) * draw_wobble("untersucht", 0.01, 0.01))
    quote = (spread_verlauf(_SPRACHE) + 0.026 * lage + 0.012 * siedlung) * draw_wobble("sprachbefund", 0.1, 0.04)
    sprache = draw_teil("untersuchung sprache", kinder, np.maximum(quote, 0.07), NEUE_PERSONEN)
    quote = np.maximum(spread_verlauf(_UEBERGEWICHT) + 0.009 * lage - 0.007 * siedlung, 0.045)
    quote = quote * draw_wobble("gewichtsbefund", 0.09, 0.04)
    return Untersuchung(kinder, sprache, draw_teil("untersuchung gewicht", kinder, quote, NEUE_PERSONEN))


def generate_schwerbehinderte() -> Schwerbehinderte:
    """Return severely disabled people by age."""
    faktor = spread_verlauf(_VERLAUF_SCHWERBEHINDERT) * (1 + 0.02 * compute_lage())
    gruppen = []
    for von, bis, quote in _SCHWERBEHINDERT:
        anteil = np.clip(quote * faktor * draw_wobble(f"schwerbehinderte {von}", 0.07, 0.012), 0, 0.4)
        gruppen.append(draw_teil(f"schwerbehinderte anzahl {von}", count_bevoelkerung(von, bis), anteil, 0.9))
    return Schwerbehinderte(*gruppen)


def _scale_standorte(faktoren: dict[str, float]) -> FloatArray:
    return np.array([[faktoren[kennung]] for kennung in PLANUNGSRAEUME])


def generate_werkstatt() -> IntArray:
    """Return the people who work in a Werkstatt by Planungsraum of residence."""
    rate = spread_verlauf(_WERKSTATT) * _scale_standorte(_STANDORT_WERKSTATT)
    rate = rate * draw_wobble("werkstatt", 0.03, 0.01, 5) * (1 + 0.03 * compute_lage_planungsraum())
    return draw_counts("werkstattbeschäftigte", rate * sum_planungsraeume(count_bevoelkerung(18, 64)), 0.25)


def generate_hausaerzte() -> IntArray:
    """Return the family doctors by Planungsraum of their practice."""
    rate = spread_verlauf(_HAUSAERZTE) * _scale_standorte(_STANDORT_ARZT)
    erwartet = rate * sum_planungsraeume(count_bevoelkerung(0, 100)) * draw_wobble("hausärzte", 0.02, 0.008, 5)
    return np.asarray(np.rint(erwartet), dtype=np.int64)
