"""What the rules look at, and the finding that stands where a Messwert stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from atlas.befunde import Befund, Code
from atlas.core.altersgruppen import add_altersgruppen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pandera.typing.polars import DataFrame

    from atlas.core.verfahren import Einbezug, Indexverfahren, Umrechnung
    from atlas.tables.katalog import Formelterme, Indikatorkatalog
    from atlas.tables.messung import Lieferungen, Messwerte
    from atlas.tables.raum import Raeume, Umstiege


@dataclass(frozen=True)
class Wertebereich:
    """The declared range of a Merkmal of a Quelle; None as an end is open.

    None as group is every group that a pattern makes: all that the Quelle delivers of the Merkmal but `genannte`.
    """

    quelle: str
    merkmal: str
    gruppe: str | None
    von: float | None
    bis: float | None
    genannte: frozenset[str] = frozenset()

    def format(self) -> str:
        """Say in German what is allowed: »ab 0«, »höchstens 5«, »0 bis 100«."""
        von, bis = (None if grenze is None else f"{grenze:.12g}".replace(".", ",") for grenze in (self.von, self.bis))
        if von is None or bis is None:
            return f"höchstens {bis}" if von is None else f"ab {von}"
        return f"{von} bis {bis}"


@dataclass(frozen=True)
class Pruefling:
    """What the rules look at."""

    raeume: DataFrame[Raeume]
    lieferungen: DataFrame[Lieferungen]
    messwerte: DataFrame[Messwerte]
    umstiege: DataFrame[Umstiege]
    umrechnung: Umrechnung
    katalog: DataFrame[Indikatorkatalog]
    formelterme: DataFrame[Formelterme]
    verfahren: tuple[Indexverfahren, ...]
    einbezug: Einbezug | None
    berichtsjahr: int
    eigene_jahre: Mapping[str, int]
    wertebereiche: tuple[Wertebereich, ...]
    vollstaendige_quellen: tuple[str, ...]
    einheiten: Mapping[tuple[str, str | None], float] = field(default_factory=dict)
    """What one unit of a delivered figure counts where it is more than 1; None is every group a pattern makes."""

    @property
    def eigene(self) -> pl.DataFrame:
        """The Messwerte on the Gebietsstand of the project."""
        return self.messwerte.filter(pl.col("gebietsstand") == self.umrechnung.ziel)

    @cached_property
    def mit_altersgruppen(self) -> pl.DataFrame:
        """The Messwerte and the bands of ages made of them; a band stands where its first group stands."""
        return add_altersgruppen(self.messwerte, self.katalog, self.formelterme, ("raum_id", "jahr", "gebietsstand"))

    def join_quelle(self, messwerte: pl.DataFrame | None = None) -> pl.DataFrame:
        """Give Messwerte (all, if none are named) with the Quelle each came from and the year of its Datenstand."""
        lieferungen = self.lieferungen.select("lieferung_id", "quelle", standjahr=pl.col("stand").str.head(4).cast(int))
        return (self.messwerte if messwerte is None else messwerte).join(lieferungen, on="lieferung_id", validate="m:1")


def build_befund(code: Code, text: str, zeile: dict[str, Any], gegenstand: str = "", erwartet: str = "") -> Befund:
    """Make a finding that stands where a row of Messwerte stands."""
    return Befund(
        code,
        text,
        tabelle="Messwerte",
        gegenstand=gegenstand,
        raum_id=zeile.get("raum_id"),
        jahr=zeile.get("jahr"),
        merkmal=zeile.get("merkmal"),
        gruppe=zeile.get("gruppe"),
        erwartet=erwartet or None,
        lieferung_id=zeile.get("lieferung_id"),
        zelle=zeile.get("zelle"),
    )


def name_merkmal(zeile: dict[str, Any]) -> str:
    """Name a Merkmal with its group, as the configuration does."""
    return f"{zeile['merkmal']} ({zeile['gruppe']})" if zeile["gruppe"] else str(zeile["merkmal"])
