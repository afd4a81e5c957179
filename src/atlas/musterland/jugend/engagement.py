"""Elections to the Kreistag, Ehrenamtskarten, associations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from atlas.musterland.bevoelkerung.herkunft import generate_herkunft
from atlas.musterland.jugend.grundlage import (
    compute_lage,
    compute_siedlung,
    count_bevoelkerung,
    count_im_vorjahr,
    draw_counts,
    draw_wobble,
    spread_verlauf,
)
from atlas.musterland.raeume import sum_to_gemeinden
from atlas.musterland.stammdaten import GEMEINDEN, Typ
from atlas.musterland.ziehen import draw_teil

if TYPE_CHECKING:
    from atlas.musterland.raeume import IntArray

WAHLTAGE: Final = {2014: "25.05.2014", 2019: "26.05.2019", 2024: "09.06.2024"}
_BETEILIGUNG: Final = {2014: 0.484, 2019: 0.574, 2024: 0.631}
_OHNE_WAHLRECHT: Final = 0.6
"""Adults without the right to vote (neither German nor of the EU), relative to all foreigners."""
_ORT: Final[dict[Typ, float]] = {
    "stadt": -0.015, "industrie": -0.01, "kleinstadt": 0.0, "pendler": 0.02, "land": 0.025, "kleinst": 0.06,
}  # fmt: skip
ERSTES_JAHR_KARTE: Final = 2016
_KARTEN: Final = {2014: 0.0, 2016: 0.0014, 2019: 0.0036, 2021: 0.0034, 2025: 0.0056}
_VEREINE: Final[dict[Typ, float]] = {
    "stadt": 0.0079, "industrie": 0.0064, "kleinstadt": 0.0076, "pendler": 0.0063, "land": 0.0082, "kleinst": 0.0115,
}  # fmt: skip
_VERLAUF_VEREINE: Final = {2014: 1.0, 2019: 1.02, 2021: 0.995, 2025: 0.985}


@dataclass(frozen=True)
class Wahl:
    """Elections to the Kreistag by Gemeinde and year; only the years of an election are used."""

    berechtigte: IntArray
    waehlende: IntArray
    ungueltige: IntArray


def generate_wahl() -> Wahl:
    """Return eligible people and voters."""
    lage = compute_lage()
    ohne = _OHNE_WAHLRECHT * sum_to_gemeinden(generate_herkunft().auslaender)
    berechtigte = count_im_vorjahr(18, 100) - np.asarray(np.rint(ohne), dtype=np.int64)
    ort = np.array([[_ORT[g.typ]] for g in GEMEINDEN])
    quote = (spread_verlauf(_BETEILIGUNG) - 0.02 * lage - 0.008 * compute_siedlung() + ort) * draw_wobble(
        "wahlbeteiligung", 0.025, 0.012
    )
    waehlende = draw_teil("wählende", berechtigte, np.clip(quote, 0.3, 0.85))
    return Wahl(
        berechtigte, waehlende, draw_teil("ungültige", waehlende, 0.026 * draw_wobble("ungültige quote", 0.1, 0.03))
    )


def generate_ehrenamtskarten() -> IntArray:
    """Return the valid cards on 31 December."""
    rate = spread_verlauf(_KARTEN) * np.maximum(1 - 0.1 * compute_lage(), 0.4) * draw_wobble("karten", 0.16, 0.04)
    return draw_counts("ehrenamtskarten", rate * count_bevoelkerung(16, 100), 0.4)


def generate_vereine() -> IntArray:
    """Return the registered associations by seat."""
    rate = np.array([[_VEREINE[g.typ]] for g in GEMEINDEN]) * spread_verlauf(_VERLAUF_VEREINE)
    fest = draw_wobble("vereine", 0.1, 0.0) * rate * np.mean(count_bevoelkerung(0, 100), axis=1, keepdims=True)
    return np.maximum(draw_counts("vereine jahr", fest, 0.12), 1)
