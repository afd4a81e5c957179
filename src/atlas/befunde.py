"""Finding codes with their severity, and the one way to make rows of the table Befunde."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Literal, TypeVar

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pandera.typing.polars import DataFrame

    from atlas.tables.ergebnis import Befunde

    B = TypeVar("B", bound=Befunde)

Schwere = Literal["fehler", "warnung", "hinweis"]


class Code(Enum):
    """Every kind of finding; each has a page in docs/handbuch/befunde/."""

    UNBEKANNTER_RAUM = "R101"
    FEHLENDER_RAUM = "R102"
    DOPPELTER_WERT = "R103"
    AUSSERHALB_WERTEBEREICH = "R104"
    ZAEHLER_GROESSER_NENNER = "R105"
    WENIGE_RAEUME = "R106"
    AUSGESCHLOSSENER_RAUM_OHNE_WERT = "R107"
    DATEI_OHNE_QUELLE = "E101"


SCHWERE: dict[Code, Schwere] = {
    Code.UNBEKANNTER_RAUM: "fehler",
    Code.FEHLENDER_RAUM: "fehler",
    Code.DOPPELTER_WERT: "fehler",
    Code.AUSSERHALB_WERTEBEREICH: "fehler",
    Code.ZAEHLER_GROESSER_NENNER: "fehler",
    Code.WENIGE_RAEUME: "hinweis",
    Code.AUSGESCHLOSSENER_RAUM_OHNE_WERT: "hinweis",
    Code.DATEI_OHNE_QUELLE: "hinweis",
}


@dataclass(frozen=True)
class Befund:
    """One finding; `text` is German, says what is odd and what to do, and shows no value of a small cell."""

    code: Code
    text: str
    tabelle: str = ""
    raum_id: str | None = None
    jahr: int | None = None
    merkmal: str | None = None
    erwartet: str | None = None
    lieferung_id: str | None = None
    zelle: str | None = None

    @property
    def befund_id(self) -> str:
        """Name the finding so that the same oddity has the same name in the next run."""
        teile = (
            self.code.value,
            self.raum_id,
            self.jahr,
            self.merkmal,
            self.lieferung_id,
            self.zelle,
            self.tabelle,
        )
        return f"{self.code.value}-{hashlib.sha256('|'.join(map(str, teile)).encode()).hexdigest()[:10]}"


def build_befunde(befunde: Iterable[Befund], tabelle: type[B]) -> DataFrame[B]:
    """Turn findings into their table."""
    zeilen = [
        {
            "befund_id": befund.befund_id,
            "code": befund.code.value,
            "schwere": SCHWERE[befund.code],
            "tabelle": befund.tabelle,
            "raum_id": befund.raum_id,
            "jahr": befund.jahr,
            "merkmal": befund.merkmal,
            "wert": None,
            "erwartet": befund.erwartet,
            "lieferung_id": befund.lieferung_id,
            "zelle": befund.zelle,
            "text": befund.text,
        }
        for befund in befunde
    ]
    df = pl.DataFrame(zeilen, schema=tabelle.empty().schema)
    return tabelle.make(df.unique("befund_id", maintain_order=True))
