"""One file being read: its table, the declaration as it holds for it, the project around it, what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atlas.errors import Problem
from atlas.ingest.auflistung import list_zeilen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.config.models.quellen import Quelle
    from atlas.ingest.deutung.gueltigkeit import Gueltigkeitsliste
    from atlas.ingest.formate.raster import Rohtabelle


@dataclass(frozen=True)
class Umfeld:
    """What reading a Quelle takes from the project beside its declaration.

    `bekannte` are the keys of the Räume, for tables of a whole Land of which only the own rows are kept;
    `gebietsstand` is that of the Raumverzeichnis.
    """

    bekannte: frozenset[str] = frozenset()
    gebietsstand: str = ""
    gueltigkeit: Gueltigkeitsliste | None = None


@dataclass(frozen=True)
class Lesung:
    """What all steps of reading a file share; each adds to `probleme` what it does not understand, and goes on."""

    tabelle: Rohtabelle
    quelle: Quelle
    dateiname: str
    umfeld: Umfeld
    probleme: list[Problem] = field(default_factory=list)

    def melde_kopf(self, text: str) -> None:
        """Note something wrong with the header or the whole table."""
        ort = f"Blatt »{self.tabelle.blatt}«" if self.tabelle.blatt else ""
        self.probleme.append(Problem(self.tabelle.datei, self.tabelle.kopfzeile, ort, text))

    def melde_zeilen(self, funde: Sequence[tuple[int, str]], was: str) -> None:
        """Note something wrong with rows, given as (line, text); `was` names the kind for the closing count."""
        self.probleme.extend(list_zeilen(funde, self.tabelle.datei, was))

    def finde(self, spalte: str) -> str:
        """Give the name in `tabelle.df` of the column with a head."""
        return f"s{self.tabelle.kopf.index(spalte)}"
