"""Cohorts year by year: births, deaths and moves add up exactly to the change of the residents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from atlas.musterland.bevoelkerung.anfang import generate_anfang
from atlas.musterland.bevoelkerung.bahn import generate_bahn
from atlas.musterland.bevoelkerung.einrichtung import generate_bewohner, generate_durchlauf
from atlas.musterland.bevoelkerung.raten import (
    ALTER,
    MAEDCHEN,
    SAEUGLINGSSTERBLICHKEIT,
    UEBERSTERBLICHKEIT,
    compute_arrivals,
    compute_departures,
    compute_fertility,
    compute_mortality,
    compute_moving,
    get_mobility,
)
from atlas.musterland.lage import generate_lage
from atlas.musterland.raeume import BLAETTER, GEMEINDE_DES_BLATTS, FloatArray, IntArray
from atlas.musterland.runden import allocate, round_randomly
from atlas.musterland.stammdaten import EINRICHTUNG, JAHRE
from atlas.musterland.ziehen import draw_eigenart
from atlas.musterland.zufall import open_stream

if TYPE_CHECKING:
    from numpy.random import Generator

_FAMILIEN: Final = ((0, 16), (28, 48))
"""Ages of children and of their parents."""
_FAMILIEN_STREUUNG: Final = (0.36, 0.2)
"""How much places differ in what draws families, lastingly and from year to year."""
_FAMILIEN_WENIGER: Final = 0.012
"""How much weaker the draw gets every year: houses became dearer."""
GEZAEHLTE_GEBURTEN: Final = ("Föhrenbrück", 2021, 12, 16)
"""Boys and girls of a place and year that the tests and the Handbuch tell of; see `genesis.ZAHLENDREHER`."""
_FLUCHT: Final = {2015: ((0, 45, 1.18, 1.02),), 2022: ((0, 16, 1.35, 1.35), (25, 50, 0.95, 1.35))}
"""Ages, and how many more men and women than usual are among those who arrive in years of flight."""


@dataclass(frozen=True)
class Bevoelkerung:
    """Residents and events; first axis the 91 leaves."""

    personen: IntArray
    """By year (31 December 2013 to 2025), age (100 = 100 and more) and sex (0 men, 1 women)."""
    geburten: IntArray
    """By year (2014 to 2025) and sex."""
    sterbefaelle: IntArray
    """By year, age and sex."""
    zuzuege: IntArray
    """Over the border of the leaf, by year, age and sex."""
    fortzuege: IntArray
    """Over the border of the leaf, by year, age and sex."""

    def _count(self, jahre: slice, von: int, bis: int, geschlecht: int | None) -> IntArray:
        ausschnitt = self.personen[:, jahre, von : bis + 1]
        gewaehlt = ausschnitt if geschlecht is None else ausschnitt[..., geschlecht : geschlecht + 1]
        return np.asarray(gewaehlt.sum(axis=(2, 3)), dtype=np.int64)

    def count(self, von: int, bis: int, geschlecht: int | None = None) -> IntArray:
        """Residents aged `von` up to and including `bis` at the end of 2014 to 2025."""
        return self._count(slice(1, None), von, bis, geschlecht)

    def count_vorjahr(self, von: int, bis: int, geschlecht: int | None = None) -> IntArray:
        """The same at the end of the year before: 2013 to 2024."""
        return self._count(slice(0, -1), von, bis, geschlecht)


@dataclass(frozen=True)
class _Raten:
    """Rates by leaf; `zuzug` are weights."""

    sterblichkeit: FloatArray
    geburten: FloatArray
    fortzug: FloatArray
    zuzug: FloatArray
    familien: FloatArray
    """Factor on `zuzug` by year and age: how far a place draws families."""


def _compute_raten() -> _Raten:
    lage = generate_lage().mean(axis=1)
    umzug = compute_moving()
    fortzug = np.stack([get_mobility(b.typ) * umzug * compute_departures(b.typ) for b in BLAETTER])
    zuzug = np.stack([umzug * compute_arrivals(b.typ) for b in BLAETTER])
    return _Raten(
        sterblichkeit=compute_mortality() * np.clip(1 + 0.05 * lage, 0.88, 1.2)[:, None, None],
        geburten=compute_fertility()[:, None, :] * np.clip(1 + 0.04 * lage, 0.9, 1.12)[None, :, None],
        fortzug=np.minimum(fortzug, 0.4),
        zuzug=zuzug,
        familien=_draw_familien(),
    )


def _draw_familien() -> FloatArray:
    """Factors by leaf, year and age; only ages of families have one of their own."""
    anziehung = np.exp(draw_eigenart("familien", GEMEINDE_DES_BLATTS, len(JAHRE), *_FAMILIEN_STREUUNG))
    alter = np.zeros(len(ALTER), dtype=bool)
    for von, bis in _FAMILIEN:
        alter[von : bis + 1] = True
    verlauf = 1 - _FAMILIEN_WENIGER * (np.arange(len(JAHRE)) - len(JAHRE) / 2)
    return np.where(alter, (anziehung / anziehung.mean() * verlauf)[:, :, None], 1.0)


def _set_gezaehlte(geburten: IntArray, jahr: int) -> None:
    """Put the one figure that is told of in its place."""
    name, im_jahr, *zahlen = GEZAEHLTE_GEBURTEN
    if jahr == im_jahr:
        geburten[next(i for i, blatt in enumerate(BLAETTER) if blatt.name == name)] = zahlen


def _weigh_arrivals(zuzug: FloatArray, alle: IntArray, jahr: int) -> FloatArray:
    """Weights of those who arrive by leaf, age and sex: who moves, from a region with these residents."""
    region = alle.sum(axis=0) / alle.sum()
    geglaettet = np.stack(
        [np.convolve(np.pad(region[:, s], 3, mode="edge"), np.ones(7) / 7, "valid") for s in (0, 1)], 1
    )
    gewichte = zuzug[:, :, None] * geglaettet
    for von, bis, maenner, frauen in _FLUCHT.get(jahr, ()):
        gewichte[:, von : bis + 1] *= np.array([maenner, frauen])
    return np.asarray(gewichte)


@dataclass(frozen=True)
class _Jahr:
    bestand: IntArray
    geburten: IntArray
    sterbefaelle: IntArray
    zuzuege: IntArray
    fortzuege: IntArray


def _step(bestand: IntArray, ziel: IntArray, j: int, raten: _Raten, strom: Generator) -> _Jahr:
    """Carry the residents through one year so that `ziel` residents are left in every leaf."""
    zellen = bestand.shape
    jahreswert = strom.uniform(0.93, 1.07, size=(zellen[0], 1, 1))
    sterblichkeit: FloatArray = np.minimum(raten.sterblichkeit * UEBERSTERBLICHKEIT[j] * jahreswert, 1.0)
    gestorben = round_randomly(bestand * sterblichkeit, strom.random(zellen))
    jahreswert = strom.uniform(0.88, 1.12, size=(zellen[0], 1))
    je_alter = round_randomly(bestand[:, :, 1] * raten.geburten[j] * jahreswert, strom.random(zellen[:2]))
    maedchen = round_randomly(je_alter * np.float64(MAEDCHEN), strom.random(zellen[:2]))
    geburten = np.stack([(je_alter - maedchen).sum(axis=1), maedchen.sum(axis=1)], axis=1)
    _set_gezaehlte(geburten, JAHRE[j])
    fruehe = round_randomly(geburten * np.float64(SAEUGLINGSSTERBLICHKEIT), strom.random(geburten.shape))
    ueberlebende = bestand - gestorben
    aelter = np.concatenate([(geburten - fruehe)[:, None], ueberlebende[:, :-1]], axis=1)
    aelter[:, -1] += ueberlebende[:, -1]
    fort = round_randomly(aelter * raten.fortzug[:, :, None], strom.random(zellen))
    fehlend = ziel - (aelter - fort).sum(axis=(1, 2))
    if (fehlend < 0).any():
        message = "Mehr Menschen sind geblieben, als die Einwohnerbahn vorsieht; bitte bahn.py prüfen."
        raise ValueError(message)
    gewichte = _weigh_arrivals(raten.zuzug * raten.familien[:, j], bestand, JAHRE[j]).reshape(zellen[0], -1)
    gestoert = gewichte * strom.uniform(0.5, 1.5, size=gewichte.shape)
    zu = allocate(fehlend, gestoert, strom.random(len(fehlend))).reshape(zellen)
    gestorben[:, 0] += fruehe
    return _Jahr(aelter - fort + zu, geburten, gestorben, zu, fort)


def _add_einrichtung(personen: IntArray, zuzuege: IntArray, fortzuege: IntArray) -> None:
    """Add the residents of the institution and their moves to its Gemeinde."""
    zeile = next(i for i, blatt in enumerate(BLAETTER) if blatt.gemeinde == EINRICHTUNG)
    bewohner, durchlauf = generate_bewohner(), generate_durchlauf()
    vorher = np.concatenate([np.zeros_like(bewohner[:1]), bewohner[:-1]])
    personen[zeile, 1:] += bewohner
    zuzuege[zeile] += bewohner + durchlauf
    fortzuege[zeile] += vorher + durchlauf


@lru_cache(maxsize=1)
def generate_bevoelkerung() -> Bevoelkerung:
    """Residents and events of all leaves and years."""
    bahn, raten, strom = generate_bahn(), _compute_raten(), open_stream("fortschreibung")
    bestaende = [generate_anfang(bahn[:, 0])]
    jahre: list[_Jahr] = []
    for j in range(len(JAHRE)):
        jahre.append(_step(bestaende[-1], bahn[:, j + 1], j, raten, strom))
        bestaende.append(jahre[-1].bestand)
    personen = np.stack(bestaende, axis=1)
    zuzuege, fortzuege = (
        np.stack(list(f), axis=1) for f in zip(*[(y.zuzuege, y.fortzuege) for y in jahre], strict=True)
    )
    _add_einrichtung(personen, zuzuege, fortzuege)
    geburten = np.stack([y.geburten for y in jahre], axis=1)
    return Bevoelkerung(personen, geburten, np.stack([y.sterbefaelle for y in jahre], axis=1), zuzuege, fortzuege)
