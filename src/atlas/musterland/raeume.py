"""The leaves of the hierarchy: Sozialräume of the six towns and all other Gemeinden, and sums over them."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from atlas.musterland.sozialraeume import VIERTEL, Viertel
from atlas.musterland.stammdaten import (
    AGS,
    ALTMUEHLEN,
    ALTMUEHLEN_NAME,
    AUFNEHMENDE,
    GEMEINDEN,
    JAHRE,
    LETZTES_JAHR_ALTMUEHLEN,
    PLANUNGSRAEUME,
)

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

ANTEIL_ALTMUEHLEN: Final = 0.213
"""Residents of Altmühlen among those of Löwensgrün in its present borders."""


class Blatt(NamedTuple):
    """A Raum without parts; `gemeinde` is the index of the Gemeinde that it is or belongs to."""

    raum_id: str
    name: str
    gemeinde: int
    typ: str
    """Kind of quarter in a town (see `sozialraeume`), else kind of Gemeinde (`pendler`, `land`, `kleinst`)."""


def _list_blaetter() -> list[Blatt]:
    blaetter = []
    for nummer, (ags, g) in enumerate(zip(AGS, GEMEINDEN, strict=True)):
        viertel: tuple[Viertel, ...] = VIERTEL.get(g.name, ())
        blaetter += [Blatt(f"{ags}{i:02d}", v.name, nummer, v.typ) for i, v in enumerate(viertel, start=1)]
        if not viertel:
            blaetter.append(Blatt(ags, g.name, nummer, g.typ))
    return blaetter


BLAETTER: Final = tuple(_list_blaetter())
"""All 91 leaves in key order."""
SOZIALRAEUME: Final = tuple(blatt for blatt in BLAETTER if blatt.raum_id not in AGS)
"""The 64 leaves that are quarters of a town."""
IST_SOZIALRAUM: Final = np.array([blatt.raum_id not in AGS for blatt in BLAETTER])
"""Which rows of an array over the leaves are quarters."""
GEMEINDE_DES_BLATTS: Final = np.array([blatt.gemeinde for blatt in BLAETTER])
_PLANUNGSRAUM_DER_GEMEINDE: Final = np.array([list(PLANUNGSRAEUME).index(g.planungsraum) for g in GEMEINDEN])


def _sum_rows(werte: IntArray, ziel: IntArray, anzahl: int) -> IntArray:
    summen = np.zeros((anzahl, *werte.shape[1:]), dtype=np.int64)
    np.add.at(summen, ziel, werte)
    return summen


def sum_to_gemeinden(werte: IntArray) -> IntArray:
    """Sums over the leaves (axis 0) as 33 Gemeinden in key order."""
    return _sum_rows(werte, GEMEINDE_DES_BLATTS, len(GEMEINDEN))


def sum_to_planungsraeume(gemeinden: IntArray) -> IntArray:
    """Sums over the 33 Gemeinden (axis 0) as the five Planungsräume."""
    return _sum_rows(gemeinden, _PLANUNGSRAUM_DER_GEMEINDE, len(PLANUNGSRAEUME))


def split_altmuehlen(werte: IntArray) -> IntArray:
    """Figures of 34 Gemeinden from those of the present 33 (years on axis 1, any axes after it).

    Row 33 is Altmühlen: a fixed share of Löwensgrün until 2018, zero since. Parts stay below their wholes.
    """
    frueher = np.array([jahr <= LETZTES_JAHR_ALTMUEHLEN for jahr in JAHRE])
    altmuehlen = np.zeros(werte.shape[1:], dtype=np.int64)
    altmuehlen[frueher] = np.rint(werte[AUFNEHMENDE, frueher] * ANTEIL_ALTMUEHLEN).astype(np.int64)
    geteilt = np.concatenate([werte, altmuehlen[None]])
    geteilt[AUFNEHMENDE] -= altmuehlen
    return geteilt


def list_gemeinden(jahr: int) -> list[tuple[int, str, str]]:
    """Row (of `split_altmuehlen`), key and name of the Gemeinden that existed in a year, in key order."""
    gemeinden = [(nummer, ags, g.name) for nummer, (ags, g) in enumerate(zip(AGS, GEMEINDEN, strict=True))]
    if jahr <= LETZTES_JAHR_ALTMUEHLEN:
        gemeinden.append((len(GEMEINDEN), ALTMUEHLEN, ALTMUEHLEN_NAME))
    return gemeinden
