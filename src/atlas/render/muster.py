"""Patterns of the areas: dots, hatching and a lattice, as explicit SVG patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.render.farben import Fuellung

_LINIE = 'stroke="#707070" stroke-width="1"'


def define_muster(schluessel: str, massstab: float) -> str:
    """Give the definitions of all patterns; `schluessel` makes their ids unique in the document.

    They are filled into shapes that are themselves drawn at `massstab`, and undo it: a hatch is equally wide all over.
    """
    drehung = f"rotate(45) scale({1 / massstab:.4f})"
    gedreht = f'width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="{drehung}"'
    return (
        f'<pattern id="{schluessel}-schraffur" {gedreht}><path d="M4.5 0V9" {_LINIE}/></pattern>'
        f'<pattern id="{schluessel}-gitter" {gedreht}><path d="M4.5 0V9M0 4.5H9" {_LINIE}/></pattern>'
        f'<pattern id="{schluessel}-punkte" {gedreht}>'
        '<path d="M2.2 4.5a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0 -4.6 0z" fill="#ffffff"/></pattern>'
    )


def fill_flaeche(d: str, fuellung: Fuellung, schluessel: str) -> str:
    """Give a path with its colour, and once more with its pattern where it has one."""
    farbe = f'<path fill="{fuellung.farbe}" d="{d}"/>'
    if fuellung.muster == "keines":
        return farbe
    return f'{farbe}<path fill="url(#{schluessel}-{fuellung.muster})" d="{d}"/>'
