"""Schools: the way after the fourth year at home, leavers and pupils at the place of the school, first-year entries."""

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

_GYMNASIUM: Final = {2014: 0.412, 2018: 0.428, 2025: 0.418}
_OHNE_HAUPT: Final = {2014: 0.074, 2017: 0.076, 2020: 0.069, 2021: 0.071, 2023: 0.084, 2025: 0.083}
_HOCHSCHULREIFE: Final = {2014: 0.325, 2019: 0.338, 2021: 0.352, 2025: 0.331}
_FOERDERUNG: Final = {2014: 0.066, 2019: 0.071, 2025: 0.076}
_WIEDERHOLER: Final = {2014: 0.021, 2019: 0.023, 2020: 0.009, 2021: 0.013, 2022: 0.027, 2025: 0.024}
"""In 2020 everybody moved up whatever the marks, and many repeated later of their own will."""
_ZURUECKGESTELLT: Final = {2014: 0.064, 2019: 0.069, 2021: 0.083, 2023: 0.094, 2025: 0.091}
_SCHULORT: Final = {"PR1": 0.88, "PR2": 0.86, "PR3": 1.14, "PR4": 0.99, "PR5": 0.95}
"""Pupils per resident child: Musterstadt has more schools than its children need."""
_ALLGEMEINBILDEND: Final = 0.865


@dataclass(frozen=True)
class Uebergaenge:
    """Children who left primary school, by Gemeinde of residence and year."""

    gymnasium: IntArray
    oberschule: IntArray
    sonstige: IntArray


@dataclass(frozen=True)
class Abgaenge:
    """School leavers by highest certificate, by Planungsraum of the school and year."""

    ohne_haupt: IntArray
    haupt: IntArray
    real: IntArray
    hochschulreife: IntArray


@dataclass(frozen=True)
class Schueler:
    """Pupils of general schools by Planungsraum of the school and year."""

    insgesamt: IntArray
    wiederholer: IntArray
    foerderung: IntArray


@dataclass(frozen=True)
class Einschulungen:
    """Children registered for school by Gemeinde of residence and year."""

    fristgemaess: IntArray
    vorzeitig: IntArray
    zurueckgestellt: IntArray


def generate_uebergaenge() -> Uebergaenge:
    """Return what follows the fourth year of school; about two in five go to the Gymnasium."""
    kinder = draw_counts("übergänge", np.asarray(0.985 * count_bevoelkerung(10, 10), dtype=np.float64), 0.2)
    anteil = (spread_verlauf(_GYMNASIUM) - 0.032 * compute_lage() + 0.014 * compute_siedlung()) * draw_wobble(
        "gymnasium", 0.06, 0.03
    )
    gymnasium = draw_teil("übergänge gymnasium", kinder, np.clip(anteil, 0.12, 0.72), NEUE_PERSONEN)
    rest = kinder - gymnasium
    anteil = (0.075 + 0.01 * compute_lage()) * draw_wobble("sonstige schulen", 0.1, 0.03)
    sonstige = draw_teil("übergänge sonstige", rest, anteil, NEUE_PERSONEN)
    return Uebergaenge(gymnasium, rest - sonstige, sonstige)


def _place_at_school(kinder: IntArray, anteil: float) -> FloatArray:
    """Move resident children to the Planungsraum in which they go to school."""
    faktor = np.array([[_SCHULORT[kennung]] for kennung in PLANUNGSRAEUME])
    return np.asarray(sum_planungsraeume(kinder) * faktor * anteil, dtype=np.float64)


def generate_abgaenge() -> Abgaenge:
    """Return the leavers; where the situation is hard, more leave without a certificate."""
    lage = compute_lage_planungsraum()
    alle = draw_counts("abgänge", _place_at_school(count_bevoelkerung(16, 16), 0.99), 0.5)
    quote = (spread_verlauf(_OHNE_HAUPT) + 0.011 * lage) * draw_wobble("ohne abschluss", 0.04, 0.02, 5)
    ohne = draw_teil("abgänge ohne hauptschulabschluss", alle, quote, NEUE_PERSONEN)
    quote = (spread_verlauf(_HOCHSCHULREIFE) - 0.035 * lage) * draw_wobble("hochschulreife", 0.03, 0.015, 5)
    hochschulreife = draw_teil("abgänge hochschulreife", alle - ohne, quote / 0.92, NEUE_PERSONEN)
    rest = alle - ohne - hochschulreife
    haupt = draw_teil("abgänge hauptschule", rest, 0.15 + 0.02 * lage, NEUE_PERSONEN)
    return Abgaenge(ohne, haupt, rest - haupt, hochschulreife)


def generate_schueler() -> Schueler:
    """Return pupils, repeaters, and pupils with sonderpädagogischer Förderbedarf."""
    lage = compute_lage_planungsraum()
    alle = draw_counts("schüler", _place_at_school(count_bevoelkerung(6, 17), _ALLGEMEINBILDEND), 0.3)
    quote = (spread_verlauf(_WIEDERHOLER) + 0.0025 * lage) * draw_wobble("wiederholer", 0.06, 0.04, 5)
    wiederholer = draw_teil("schüler wiederholer", alle, quote, NEUE_PERSONEN)
    quote = (spread_verlauf(_FOERDERUNG) + 0.006 * lage) * draw_wobble("förderung", 0.05, 0.015, 5)
    return Schueler(alle, wiederholer, draw_teil("schüler förderung", alle, quote))


def generate_einschulungen() -> Einschulungen:
    """Return the registered children; about one in twelve is put back by a year."""
    alle = draw_counts("einschulungen", np.asarray(1.02 * count_bevoelkerung(6, 6), dtype=np.float64), 0.25)
    quote = (spread_verlauf(_ZURUECKGESTELLT) + 0.007 * compute_lage() - 0.005 * compute_siedlung()) * draw_wobble(
        "zurückstellung", 0.1, 0.05
    )
    zurueck = draw_teil("einschulung zurückgestellt", alle, quote, NEUE_PERSONEN)
    vorzeitig = draw_teil("einschulung vorzeitig", alle - zurueck, 0.021 - 0.004 * compute_lage(), NEUE_PERSONEN)
    return Einschulungen(alle - zurueck - vorzeitig, vorzeitig, zurueck)
