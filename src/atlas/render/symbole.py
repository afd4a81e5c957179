"""Triangles that stand for a favourable or an unfavourable development."""

from __future__ import annotations

from typing import Final, Literal

Richtung = Literal[-1, 0, 1]
"""-1 points up, 1 points down, 0 is no symbol (y runs downwards in SVG)."""

GROESSE: Final = 15.0
KLEINSTE: Final = 9.0


def fit_groesse(radius: float) -> float:
    """Give the size of a symbol in an area whose widest circle has a radius: small in small areas."""
    return min(GROESSE, max(KLEINSTE, 1.5 * radius))


def write_dreieck(x: float, y: float, richtung: Richtung, groesse: float = GROESSE) -> str:
    """Give the path of a triangle around a point."""
    halb = groesse / 2
    fuss, spitze = y - richtung * halb, y + richtung * halb
    return f"M{x - halb:.1f} {fuss:.1f}L{x + halb:.1f} {fuss:.1f}L{x:.1f} {spitze:.1f}z"


def fill_dreiecke(d: str, richtung: Richtung) -> str:
    """Draw triangles: upwards white with a dark line, downwards dark with a white line."""
    innen, linie = ("#ffffff", "#000000") if richtung < 0 else ("#000000", "#ffffff")
    return f'<path fill="{innen}" stroke="{linie}" stroke-width="1.5" stroke-linejoin="round" d="{d}"/>'
