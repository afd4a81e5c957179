"""The Räume of a book by key: names, levels, who belongs to whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from atlas.render.zahlen import spell

if TYPE_CHECKING:
    from pandera.typing.polars import DataFrame

    from atlas.config.models.raeume import Ebene, Raumverzeichnis
    from atlas.tables.raum import Raeume

MEHRERE = 2


@dataclass(frozen=True)
class Raum:
    """An area with its name and the area it belongs to."""

    raum_id: str
    name: str
    ebene: str
    eltern: str | None


@dataclass(frozen=True)
class Register:
    """All Räume of the Gebietsstand that the book shows."""

    raeume: dict[str, Raum]
    ebenen: tuple[Ebene, ...]

    @property
    def wurzel(self) -> Raum:
        """The whole area."""
        return next(raum for raum in self.raeume.values() if raum.eltern is None)

    def name(self, raum_id: str) -> str:
        """Give the name of a Raum."""
        return self.raeume[raum_id].name

    def list_ebene(self, ebene: str) -> list[str]:
        """Give the keys of a level in their order."""
        return sorted(raum.raum_id for raum in self.raeume.values() if raum.ebene == ebene)

    def find_ebene(self, ebene: str) -> Ebene:
        """Give the declared level of a name."""
        return next(eine for eine in self.ebenen if eine.ebene == ebene)

    def count(self, anzahl: int, ebene: str) -> str:
        """Give a number of areas in words: 1 Gemeinde, 33 Gemeinden."""
        stufe = self.find_ebene(ebene)
        return f"{anzahl} {stufe.titel if anzahl == 1 else stufe.mehrzahl}"

    def tell(self, anzahl: int, ebene: str) -> str:
        """Give a number of areas as in a sentence: 1 Gemeinde, drei Gemeinden, 33 Gemeinden."""
        return self.count(anzahl, ebene) if anzahl == 1 else f"{spell(anzahl)} {self.find_ebene(ebene).mehrzahl}"

    def find_gruppenebene(self, ebene: str) -> str:
        """Give the coarsest level above another that has several Räume; if there is none, the root's."""
        for stufe in self.ebenen:
            if stufe.ebene == ebene:
                break
            if len(self.list_ebene(stufe.ebene)) >= MEHRERE:
                return stufe.ebene
        return self.wurzel.ebene

    def find_gruppe(self, raum_id: str, gruppenebene: str) -> str:
        """Give the ancestor of a Raum on a level; the Raum itself where it has none."""
        raum = self.raeume[raum_id]
        while raum.ebene != gruppenebene and raum.eltern is not None:
            raum = self.raeume[raum.eltern]
        return raum.raum_id

    def find_vorfahren(self, raum_id: str) -> list[str]:
        """Give the Räume that a Raum lies in, the nearest first."""
        kette: list[str] = []
        eltern = self.raeume[raum_id].eltern
        while eltern is not None:
            kette.append(eltern)
            eltern = self.raeume[eltern].eltern
        return kette

    def group(self, ebene: str) -> dict[str, list[str]]:
        """Give the Räume of a level under the keys of the groups they belong to, both sorted."""
        gruppenebene = self.find_gruppenebene(ebene)
        gruppen: dict[str, list[str]] = {}
        for raum_id in self.list_ebene(ebene):
            gruppen.setdefault(self.find_gruppe(raum_id, gruppenebene), []).append(raum_id)
        return dict(sorted(gruppen.items()))

    def group_nach_eltern(self, ebene: str) -> dict[str, list[str]]:
        """Give the Räume of a level under the keys of the Räume that they divide, both sorted."""
        gruppen: dict[str, list[str]] = {}
        for raum_id in self.list_ebene(ebene):
            gruppen.setdefault(self.raeume[raum_id].eltern or raum_id, []).append(raum_id)
        return dict(sorted(gruppen.items()))

    def name_eindeutig(self, raum_id: str) -> str:
        """Give the name of a Raum, and where its level has it twice the Raum it belongs to: Altstadt (Musterstadt)."""
        raum = self.raeume[raum_id]
        doppelt = self._namen[raum.ebene, raum.name] >= MEHRERE
        return f"{raum.name} ({self.name(raum.eltern)})" if doppelt and raum.eltern else raum.name

    @cached_property
    def _namen(self) -> Counter[tuple[str, str]]:
        return Counter((raum.ebene, raum.name) for raum in self.raeume.values())


def build_register(raeume: DataFrame[Raeume], verzeichnis: Raumverzeichnis) -> Register:
    """Take the Räume of the declared Gebietsstand."""
    aktuelle = raeume.filter(pl.col("gebietsstand") == verzeichnis.gebietsstand).sort("raum_id")
    eintraege = {
        raum_id: Raum(raum_id, name, ebene, eltern)
        for raum_id, name, ebene, eltern in aktuelle.select("raum_id", "name", "ebene", "uebergeordnet_id").iter_rows()
    }
    return Register(eintraege, verzeichnis.ebenen)
