"""Colours and patterns of the classes: told apart in colour, by colour-blind readers and in grey print.

Anchors from ColorBrewer 2.0 (Cynthia A. Brewer, Pennsylvania State University): YlGnBu and BrBG. A status
runs from light to dark; a development has a light and a dark side, and the dark one carries dots as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Muster = Literal["keines", "punkte", "schraffur", "gitter"]

STATUS: Final = ("#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494")
DYNAMIK: Final = ("#80cdc1", "#f5f5f5", "#b0651f")
STUFEN_HELL: Final = ("#ffffd9", "#c7e9b4", "#7fcdbb", "#41b6c4")
STUFE_DUNKEL: Final = "#253494"
"""Grounds of cells that carry a digit: its contrast is at least 7 to 1 on every one of them."""
TEXT: Final = "#1a1a1a"
WEISS: Final = "#ffffff"
GRENZE: Final = "#4a4a4a"
GRENZE_OBEN: Final = "#222222"


@dataclass(frozen=True)
class Fuellung:
    """How an area of a class is filled."""

    farbe: str
    muster: Muster = "keines"


UNBEWERTET: Final = Fuellung(WEISS, "schraffur")
GEHEIM: Final = Fuellung(WEISS, "gitter")


def status_fuellungen(anzahl: int) -> tuple[Fuellung, ...]:
    """Give the fillings of a status Index from the least to the most burdened class."""
    return tuple(Fuellung(farbe) for farbe in _mix(STATUS, anzahl))


def dynamik_fuellungen(anzahl: int) -> tuple[Fuellung, ...]:
    """Give the fillings of a dynamics Index; the last class carries a pattern, for print in grey."""
    farben = _mix(DYNAMIK, anzahl)
    return (*(Fuellung(farbe) for farbe in farben[:-1]), Fuellung(farben[-1], "punkte"))


def stufen_farben(anzahl: int) -> tuple[tuple[str, str], ...]:
    """Give ground and type of the cells of each class, from light to dark; only the last has white type."""
    helle = _mix(STUFEN_HELL, anzahl - 1) if anzahl > 1 else ()
    return (*((farbe, TEXT) for farbe in helle), (STUFE_DUNKEL, WEISS))


def _mix(anker: tuple[str, ...], anzahl: int) -> tuple[str, ...]:
    """Give so many colours at equal steps along the anchors, both ends included."""
    stellen = [n * (len(anker) - 1) / max(anzahl - 1, 1) for n in range(anzahl)]
    return tuple(_mix_zwei(anker, stelle) for stelle in stellen)


def _mix_zwei(anker: tuple[str, ...], stelle: float) -> str:
    links = min(int(stelle), len(anker) - 2)
    anteil = stelle - links
    kanaele = zip(_kanaele(anker[links]), _kanaele(anker[links + 1]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * anteil):02x}" for a, b in kanaele)


def _kanaele(farbe: str) -> tuple[int, ...]:
    return tuple(int(farbe[n : n + 2], 16) for n in (1, 3, 5))
