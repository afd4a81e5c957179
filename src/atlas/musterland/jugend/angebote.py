"""The services of the Landkreis: where each stands, what it is called and since when it exists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from shapely import Point

from atlas.musterland.bevoelkerung import generate_bevoelkerung
from atlas.musterland.gebiete import generate_gebiete
from atlas.musterland.jugend.angebotsarten import ARTEN, OHNE_PLAETZE
from atlas.musterland.jugend.grundlage import count_bevoelkerung
from atlas.musterland.raeume import BLAETTER, IST_SOZIALRAUM
from atlas.musterland.stammdaten import GEMEINDEN, KLEINRODE, find_gemeinde
from atlas.musterland.zufall import open_stream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.random import Generator
    from shapely import Polygon

    from atlas.musterland.jugend.angebotsarten import Angebotsart

_ABSTAND_GRAD: Final = 0.000_4
"""How far from the border of its Raum a point stays, about 40 m."""
_KREISSTADT: Final = 1.5
_LAGE_IM_ORT: Final = {
    "altstadt": 3.0, "gruenderzeit": 2.2, "grosssiedlung": 2.2, "siedlung": 1.0, "neubau": 0.6, "gewerbe": 0.6,
}  # fmt: skip
_LAGE_SONST: Final = 0.3
_NAECHSTES: Final = 0.4
"""The next service of a kind rather stands in another quarter."""
_ANTEIL_ALT: Final = 0.7


@dataclass(frozen=True)
class Angebot:
    """One service: where it is (leaf, longitude and latitude) and since when."""

    art: str
    name: str
    traeger: str
    plaetze: int | None
    blatt: int
    punkt: tuple[float, float]
    seit: int


def choose(strom: Generator, gewichte: Sequence[float]) -> int:
    """Draw an index by weight."""
    summen = np.cumsum(np.asarray(gewichte, dtype=np.float64))
    return int(np.searchsorted(summen, strom.random() * summen[-1], side="right"))


def _allocate_gemeinden(art: Angebotsart) -> list[int]:
    """Return the Gemeinden of the services of a kind: by residents, towns first, the seat of the Landkreis most."""
    staedte = {blatt.gemeinde for blatt, ist in zip(BLAETTER, IST_SOZIALRAUM, strict=True) if ist}
    faktor = np.array([art.stadt if nummer in staedte else 1.0 for nummer in range(len(GEMEINDEN))])
    faktor[find_gemeinde("Musterstadt")] *= _KREISSTADT
    faktor[KLEINRODE] = 0.0
    gewicht = count_bevoelkerung(0, 100)[:, -1] * faktor
    genau = art.anzahl * gewicht / gewicht.sum()
    # In kinds with few services, the small Gemeinden take turns.
    genau = genau + open_stream(f"reihenfolge {art.art}").random(len(genau)) * np.minimum(genau, 0.5)
    anzahl = np.floor(genau * art.anzahl / genau.sum())
    for nummer in np.argsort(anzahl - genau, kind="stable")[: art.anzahl - int(anzahl.sum())]:
        anzahl[nummer] += 1
    return [nummer for nummer, zahl in enumerate(anzahl) for _ in range(int(zahl))]


def _weigh_blaetter() -> list[float]:
    """Return how likely a service stands in each quarter of its Gemeinde."""
    personen = generate_bevoelkerung().count(0, 100)[:, -1]
    return [
        float(zahl) * _LAGE_IM_ORT.get(blatt.typ, _LAGE_SONST) for zahl, blatt in zip(personen, BLAETTER, strict=True)
    ]


def _place(strom: Generator, polygon: Polygon) -> tuple[float, float]:
    """Return a point inside, away from the border."""
    west, sued, ost, nord = polygon.bounds
    while True:
        x, y = west + strom.random() * (ost - west), sued + strom.random() * (nord - sued)
        punkt = Point(x, y)
        if polygon.contains(punkt) and polygon.boundary.distance(punkt) > _ABSTAND_GRAD:
            return x, y


def _name_ort(blatt: int) -> str:
    gemeinde = GEMEINDEN[BLAETTER[blatt].gemeinde].name
    return f"{gemeinde}, {BLAETTER[blatt].name}" if IST_SOZIALRAUM[blatt] else gemeinde


def _draw_plaetze(strom: Generator, art: Angebotsart, bezeichnung: str) -> int | None:
    if art.plaetze is None or bezeichnung in OHNE_PLAETZE:
        return None
    von, bis = art.plaetze
    return int(von + strom.random() * (bis + 1 - von))


def _draw_beginn(strom: Generator) -> int:
    """Return the year a service began: many soon after 1991, some in the last years."""
    if strom.random() < _ANTEIL_ALT:
        return 1991 + int(strom.random() * strom.random() * 35)
    return 2010 + int(strom.random() * 16)


def _generate_art(art: Angebotsart) -> list[Angebot]:
    """Return the services of one kind; in a Gemeinde, each is called otherwise as long as there are names."""
    strom, gewichte, polygone = open_stream(f"angebote {art.art}"), _weigh_blaetter(), generate_gebiete().blaetter
    beinamen, angebote = list(art.beinamen), []
    frei: dict[int, list[str]] = {}
    for gemeinde in _allocate_gemeinden(art):
        namen = frei.get(gemeinde) or list(art.bezeichnungen)
        bezeichnung = namen.pop(choose(strom, range(len(namen), 0, -1)))
        frei[gemeinde] = namen
        blatt = choose(strom, [g * (b.gemeinde == gemeinde) for g, b in zip(gewichte, BLAETTER, strict=True)])
        gewichte[blatt] *= _NAECHSTES
        mit_beiname = beinamen and bezeichnung not in OHNE_PLAETZE
        beiname = f" »{beinamen.pop(int(strom.random() * len(beinamen)))}«" if mit_beiname else ""
        traeger = art.traeger[choose(strom, range(len(art.traeger), 0, -1))]
        name = f"{bezeichnung}{beiname} {_name_ort(blatt)}"
        plaetze = _draw_plaetze(strom, art, bezeichnung)
        punkt = _place(strom, polygone[blatt])
        angebote.append(Angebot(art.art, name, traeger, plaetze, blatt, punkt, _draw_beginn(strom)))
    return angebote


@lru_cache
def generate_angebote() -> tuple[Angebot, ...]:
    """Return the register, sorted by kind and Gemeinde."""
    return tuple(angebot for art in ARTEN for angebot in _generate_art(art))
