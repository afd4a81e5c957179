"""Secret cells as the employment agency makes them: 1 and 2, and a partner where a sum would give them away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from atlas.musterland.stammdaten import AUFNEHMENDE, GEMEINDEN, PLANUNGSRAEUME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from atlas.musterland.arbeitsmappe import Zelle
    from atlas.musterland.raeume import IntArray

GEHEIM: Final = "*"
_KLEINSTE_ZAHL: Final = 3
PLANUNGSRAUM_DER_ZEILE: Final = np.array(
    [list(PLANUNGSRAEUME).index(g.planungsraum) for g in (*GEMEINDEN, GEMEINDEN[AUFNEHMENDE])]
)
"""Planungsraum of the rows of `split_altmuehlen`; the last one is Altmühlen."""


def _is_offen(werte: IntArray) -> bool:
    """Tell whether the sum of these secret cells gives each of them away: one alone, all 1 or all 2."""
    return len(werte) == 1 or int(werte.sum()) in {len(werte), 2 * len(werte)}


def find_geheime(werte: IntArray, gruppen: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say which cells of a column are secret; every group of rows has a sum that is printed.

    Where the secret cells of a group follow from its sum, its smallest other cell that is not zero is secret too.
    """
    geheim = (werte > 0) & (werte < _KLEINSTE_ZAHL)
    for gruppe in np.unique(gruppen):
        zeilen = np.flatnonzero(gruppen == gruppe)
        while geheim[zeilen].any() and _is_offen(werte[zeilen][geheim[zeilen]]):
            offen = [i for i in zeilen if not geheim[i] and werte[i] > 0]
            if not offen:
                break
            geheim[min(offen, key=lambda i: int(werte[i]))] = True
    return geheim


def format_spalte(werte: IntArray, gruppen: NDArray[np.int64]) -> Sequence[Zelle]:
    """Cells of a column: a dash is zero, an asterisk secret."""
    geheim = find_geheime(werte, gruppen)
    return [GEHEIM if secret else (int(wert) or "-") for wert, secret in zip(werte, geheim, strict=True)]
