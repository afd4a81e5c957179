"""Finding codes with their severity, and the one way to make rows of the table Befunde."""

from __future__ import annotations

import hashlib
import json
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
    MERKMAL_FEHLT_IM_BERICHTSJAHR = "R108"
    JAHR_NACH_DATENSTAND = "R109"
    LUECKENJAHR = "R110"
    ANZAHL_NICHT_GANZ = "R111"
    RAUM_OHNE_UMSTIEG = "R112"
    SUMME_NICHT_ERHALTEN = "R113"
    ZWEI_GEBIETSSTAENDE = "R114"
    SUMME_DER_TEILE = "R115"
    DATEI_OHNE_QUELLE = "E101"
    UMSTIEG_UNGENAU = "E102"
    UEBERSPRUNGENER_RAUM = "E103"
    DEKLARATION_OHNE_TREFFER = "E104"
    BEITRAG_OHNE_RAUM = "E105"


SCHWERE: dict[Code, Schwere] = {
    Code.UNBEKANNTER_RAUM: "fehler",
    Code.FEHLENDER_RAUM: "fehler",
    Code.DOPPELTER_WERT: "fehler",
    Code.AUSSERHALB_WERTEBEREICH: "fehler",
    Code.ZAEHLER_GROESSER_NENNER: "fehler",
    Code.WENIGE_RAEUME: "hinweis",
    Code.AUSGESCHLOSSENER_RAUM_OHNE_WERT: "hinweis",
    Code.MERKMAL_FEHLT_IM_BERICHTSJAHR: "warnung",
    Code.JAHR_NACH_DATENSTAND: "fehler",
    Code.LUECKENJAHR: "warnung",
    Code.ANZAHL_NICHT_GANZ: "warnung",
    Code.RAUM_OHNE_UMSTIEG: "warnung",
    Code.SUMME_NICHT_ERHALTEN: "fehler",
    Code.ZWEI_GEBIETSSTAENDE: "fehler",
    Code.SUMME_DER_TEILE: "warnung",
    Code.DATEI_OHNE_QUELLE: "hinweis",
    Code.UMSTIEG_UNGENAU: "hinweis",
    Code.UEBERSPRUNGENER_RAUM: "warnung",
    Code.DEKLARATION_OHNE_TREFFER: "hinweis",
    Code.BEITRAG_OHNE_RAUM: "fehler",
}


@dataclass(frozen=True)
class Befund:
    """One finding; `text` is German, says what is odd and what to do, and never shows the value of a cell.

    `tabelle` names the table it was found in; `gegenstand` is what it is about beyond a cell: an
    Indikator, an Index, a Quelle, the rule that was broken.
    """

    code: Code
    text: str
    tabelle: str = ""
    gegenstand: str = ""
    raum_id: str | None = None
    jahr: int | None = None
    merkmal: str | None = None
    gruppe: str | None = None
    erwartet: str | None = None
    lieferung_id: str | None = None
    zelle: str | None = None

    @property
    def befund_id(self) -> str:
        """Name the finding so that the same oddity has the same name in the next run."""
        teile = (
            self.code.value,
            self.tabelle,
            self.gegenstand,
            self.raum_id,
            self.jahr,
            self.merkmal,
            self.gruppe,
            self.erwartet,
            self.lieferung_id,
            self.zelle,
        )
        return f"{self.code.value}-{hashlib.sha256(json.dumps(teile).encode()).hexdigest()[:10]}"


def build_befunde(befunde: Iterable[Befund], tabelle: type[B]) -> DataFrame[B]:
    """Turn findings into their table.

    Raises `GrainError` when two findings have one name: then a rule does not say what it found.
    """
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
    return tabelle.make(pl.DataFrame(zeilen, schema=tabelle.empty().schema))
