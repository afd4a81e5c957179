"""The choices of method as the core needs them: small frozen objects without YAML or pydantic."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Standardisierung:
    """How a column becomes z: (x - centre) / spread, with the moments of the included Räume."""

    zentrum: Literal["raummittel", "gesamtwert"]
    gewichtung: Literal["ungewichtet", "bevoelkerung"]
    freiheitsgrade: int


@dataclass(frozen=True)
class Klasse:
    """A class between two cuts; None is an open end; the flags say whether the cut belongs to the class."""

    name: str
    untergrenze: float | None
    unten_eingeschlossen: bool
    obergrenze: float | None
    oben_eingeschlossen: bool


@dataclass(frozen=True)
class Indexverfahren:
    """One Index with the gestufte Indexverfahren (methodik.md 1.1)."""

    index: str
    ebene: str
    ausgangswert: Literal["wert", "differenz", "gelieferte_veraenderung"]
    differenz_relativ: bool
    differenz_jahre: int
    beobachtungsjahre: int
    gewichte: tuple[tuple[str, float], ...]
    standardisierung: Standardisierung
    zusammenfassung: Literal["summe", "mittelwert"]
    restandardisierung: Standardisierung | None
    klassen: tuple[Klasse, ...]
    feste_jahre: Mapping[str, int] = field(default_factory=dict)
    """Indikatoren that show a year of their own: it stands for every later one."""

    @property
    def indikatoren(self) -> tuple[str, ...]:
        """Name the Indikatoren in their order."""
        return tuple(name for name, _ in self.gewichte)


@dataclass(frozen=True)
class Gesamtverfahren:
    """The Gesamtindex: the pair of the classes of a status and a dynamics Index."""

    status: str
    dynamik: str


@dataclass(frozen=True)
class Einbezug:
    """Who takes part in an Index: at least so many inhabitants in every year of the window."""

    merkmal: str
    mindesteinwohner: int


@dataclass(frozen=True)
class Freigaberegel:
    """What an Ausgabe may show: the plain minimum-count rule, and kinds of figures it never shows.

    `ohne_schutz` names Merkmale that `mindestfallzahl` does not hold for: no persons, or public anyway.
    """

    ausgabe: str
    mindestfallzahl: int
    mindestnenner: int
    nicht_gezeigt: tuple[str, ...]
    ohne_schutz: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Umrechnung:
    """The target Gebietsstand, which Gewichtung fits which count, and what is a rate: (merkmal, gruppe)."""

    ziel: str
    standard: str
    merkmale: Mapping[str, str] = field(default_factory=dict)
    gruppen: Mapping[tuple[str, str], str] = field(default_factory=dict)
    raten: frozenset[tuple[str, str]] = frozenset()

    def gewichtung(self, merkmal: str, gruppe: str) -> str:
        """Give the Gewichtung of a group, else of its Merkmal, else the usual one."""
        return self.gruppen.get((merkmal, gruppe), self.merkmale.get(merkmal, self.standard))
