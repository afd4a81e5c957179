"""Division of the six towns into quarters: small and dense in the middle, wide at the edge."""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, radians, sin
from typing import TYPE_CHECKING, Final

from atlas.musterland.raeume import BLAETTER
from atlas.musterland.raster import ABSTAND_KM, RAND_KM, ZEILE_KM, Zelle, compute_cost, list_neighbours
from atlas.musterland.sozialraeume import VIERTEL, Viertel
from atlas.musterland.stammdaten import GEMEINDEN, Gemeinde
from atlas.musterland.wachstum import AUSSEN, grow
from atlas.musterland.zufall import open_stream

if TYPE_CHECKING:
    from collections.abc import Iterable

_REICHWEITE_KM: Final = {
    "altstadt": 0.7, "gruenderzeit": 0.9, "grosssiedlung": 0.8, "siedlung": 1.1, "villen": 1.3, "neubau": 1.1,
    "gewerbe": 1.4, "eigenheim": 1.8, "ortsteil": 6.0,
}  # fmt: skip
"""How far a quarter of a kind spreads before it becomes hard: dense ones stay small."""
_AUSGLEICHE: Final = 4
"""How often the quarters begin anew from the middle of the area they had reached."""
_HAUPTSTRASSEN: Final = 3
"""Main roads that cross a town; quarters seldom reach over them."""
_STRASSE_KM: Final = 0.16
_KOSTEN_STRASSE: Final = 2600
_KOSTEN: Final = 700


def locate(zelle: Zelle) -> tuple[float, float]:
    """Centre of a cell in km."""
    zeile, spalte = zelle
    return (spalte + 0.5 * (zeile % 2)) * ABSTAND_KM - RAND_KM, zeile * ZEILE_KM - RAND_KM


def _find_seeds(zellen: set[Zelle], orte: list[tuple[float, float]]) -> list[Zelle]:
    """Cells nearest to some places, each another one inside the town."""
    frei = sorted(zellen)
    keime: list[Zelle] = []
    for x, y in orte:
        naechste = min(frei, key=lambda z: (round(hypot(locate(z)[0] - x, locate(z)[1] - y), 6), z))
        frei.remove(naechste)
        keime.append(naechste)
    return keime


def _measure_roads(stadt: Gemeinde, zellen: set[Zelle]) -> dict[Zelle, int]:
    """Cost of entering each cell of a town: high on the main roads that leave its centre, high on ridges and water."""
    strom = open_stream(f"strassen {stadt.name}")
    richtungen = [360 * i / _HAUPTSTRASSEN + strom.uniform(-25, 25) for i in range(_HAUPTSTRASSEN)]
    biegung = strom.uniform(-12, 12, size=_HAUPTSTRASSEN).tolist()
    gelaende = compute_cost().tolist()
    kosten = {}
    for zelle in sorted(zellen):
        x, y = locate(zelle)
        abstand, winkel = hypot(x - stadt.x, y - stadt.y), degrees(atan2(y - stadt.y, x - stadt.x))
        quer = min(
            abs(sin(radians(winkel - r - b * abstand))) * abstand if cos(radians(winkel - r - b * abstand)) > 0 else 9.0
            for r, b in zip(richtungen, biegung, strict=True)
        )
        kosten[zelle] = round(_KOSTEN + 0.35 * gelaende[zelle[0]][zelle[1]] + _KOSTEN_STRASSE * (quer < _STRASSE_KM))
    return kosten


def _find_middles(besitzer: dict[Zelle, int], anzahl: int) -> list[tuple[float, float]]:
    """Mean position of the cells of each quarter."""
    orte = []
    for nummer in range(anzahl):
        punkte = [locate(zelle) for zelle, v in sorted(besitzer.items()) if v == nummer]
        orte.append((sum(x for x, _ in punkte) / len(punkte), sum(y for _, y in punkte) / len(punkte)))
    return orte


def _spread(keime: list[Zelle], kosten: dict[Zelle, int], reichweiten: list[float]) -> dict[Zelle, int]:
    """Let all quarters grow at once; return the number of the quarter of each cell."""
    mitten = [locate(keim) for keim in keime]

    def list_steps(zelle: Zelle, nummer: int) -> Iterable[tuple[Zelle, int]]:
        for nachbar in list_neighbours(zelle):
            if nachbar in kosten:
                x, y = locate(nachbar)
                weite = hypot(x - mitten[nummer][0], y - mitten[nummer][1]) / reichweiten[nummer]
                yield nachbar, round(kosten[nachbar] * (0.4 + weite))

    gewachsen = grow(zip(keime, range(len(keime)), strict=True), list_steps)
    return {zelle: nummer for zelle, (nummer, _) in gewachsen.items()}


def _divide(stadt: Gemeinde, zellen: set[Zelle]) -> dict[Zelle, int]:
    """Number of the quarter of each cell of a town."""
    viertel: tuple[Viertel, ...] = VIERTEL[stadt.name]
    kosten = _measure_roads(stadt, zellen)
    reichweiten = [_REICHWEITE_KM[v.typ] for v in viertel]
    orte = [
        (stadt.x + v.abstand * cos(radians(v.richtung)), stadt.y + v.abstand * sin(radians(v.richtung)))
        for v in viertel
    ]
    besitzer = _spread(_find_seeds(zellen, orte), kosten, reichweiten)
    for _ in range(_AUSGLEICHE):
        besitzer = _spread(_find_seeds(zellen, _find_middles(besitzer, len(viertel))), kosten, reichweiten)
    return besitzer


def divide_staedte(gemeinden: dict[Zelle, int]) -> dict[Zelle, int]:
    """Index of the leaf of every cell, from the index of its Gemeinde."""
    erstes = {g: min(i for i, blatt in enumerate(BLAETTER) if blatt.gemeinde == g) for g in range(len(GEMEINDEN))}
    blaetter = {zelle: AUSSEN if g == AUSSEN else erstes[g] for zelle, g in gemeinden.items()}
    for nummer, stadt in enumerate(GEMEINDEN):
        if stadt.name in VIERTEL:
            zellen = {zelle for zelle, g in gemeinden.items() if g == nummer}
            blaetter |= {zelle: erstes[nummer] + v for zelle, v in _divide(stadt, zellen).items()}
    return blaetter
