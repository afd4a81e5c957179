"""What an Ausgabe may show of one year, ready to be looked up by key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from atlas.errors import KonfigurationError, Problem
from atlas.render.zahlen import Angabe, Wert, format_wert
from atlas.tables.listen import GESAMT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pandera.typing.polars import DataFrame

    from atlas.config.laden import Konfiguration
    from atlas.tables.freigabe import Freigabewerte

_INDEX: Final = "index="
UNBEWERTET: Final = "unbewertet"
UNVOLLSTAENDIG: Final = "Angaben unvollständig"
"""The reason that core/einbezug gives where a value of an Index is missing; a test holds both equal."""


@dataclass(frozen=True)
class Einstufung:
    """The class of a Raum, or why there is none: a reason for exclusion, or withheld."""

    klasse: str | None
    ausschlussgrund: str | None

    @property
    def ist_geheim(self) -> bool:
        """Whether the Raum took part and its class is withheld."""
        return self.klasse is None and self.ausschlussgrund is None

    @property
    def teile(self) -> tuple[str, str]:
        """The pair of classes of the Gesamtindex."""
        status, _, dynamik = (self.klasse or "").partition("/")
        return status, dynamik


@dataclass(frozen=True)
class Freigabe:
    """The released figures of one Ausgabe and year."""

    werte: dict[tuple[str, str, str], Wert]
    einstufungen: dict[tuple[str, str], Einstufung]
    momente: dict[tuple[str, str, str], Wert]

    def find(self, art: str, groesse: str, raum_id: str) -> Wert | None:
        """Give a figure by kind, name and Raum."""
        return self.werte.get((art, groesse, raum_id))

    def format(self, art: str, groesse: str, raum_id: str, stellen: int) -> Angabe:
        """Give the text of a figure."""
        return format_wert(self.find(art, groesse, raum_id), stellen)

    def find_einstufung(self, index: str, raum_id: str) -> Einstufung:
        """Give the class of a Raum in an Index."""
        return self.einstufungen.get((index, raum_id), Einstufung(None, "keine Angaben"))


def select_freigabe(
    freigabewerte: DataFrame[Freigabewerte], ausgabe: str, jahr: int, eigene_jahre: Mapping[str, int]
) -> Freigabe:
    """Pick the figures of an Ausgabe and a year; `eigene_jahre` are those of Indikatoren that show another one."""
    gezeigt = pl.col("groesse").replace_strict(eigene_jahre, default=jahr, return_dtype=pl.Int64)
    eigene = freigabewerte.filter((pl.col("ausgabe") == ausgabe) & (pl.col("jahr") == gezeigt))
    werte: dict[tuple[str, str, str], Wert] = {}
    einstufungen: dict[tuple[str, str], Einstufung] = {}
    momente: dict[tuple[str, str, str], Wert] = {}
    for zeile in eigene.iter_rows(named=True):
        wert = Wert(zeile["wert"], zeile["wertstatus"], zeile["sperrgrund"])
        art, groesse, raum_id, gruppe = zeile["art"], zeile["groesse"], zeile["raum_id"], zeile["gruppe"]
        if gruppe.startswith(_INDEX):
            momente[gruppe.removeprefix(_INDEX), groesse, art] = wert
        elif not gruppe:
            werte[art, groesse, raum_id] = wert
        if art == "index":
            einstufungen[groesse, raum_id] = Einstufung(zeile["klasse"], zeile["ausschlussgrund"])
    return Freigabe(werte, einstufungen, momente)


def check_berichtsjahr(freigabewerte: DataFrame[Freigabewerte], konfiguration: Konfiguration) -> None:
    """Demand rows of every Index in the Berichtsjahr.

    Raises `KonfigurationError` with the years for which all Indizes exist.
    """
    verlangt = [*konfiguration.dimensionen.indizes, *([GESAMT] if konfiguration.dimensionen.gesamt else [])]
    jahre = {index: _jahre(freigabewerte, index) for index in verlangt}
    berichtsjahr = konfiguration.atlas.berichtsjahr
    fehlend = [index for index in verlangt if berichtsjahr not in jahre[index]]
    if not fehlend:
        return
    gemeinsame = sorted(set.intersection(*jahre.values()))
    raise KonfigurationError([_problem(konfiguration, fehlend, gemeinsame)])


def _jahre(freigabewerte: DataFrame[Freigabewerte], index: str) -> set[int]:
    zeilen = freigabewerte.filter((pl.col("art") == "index") & (pl.col("groesse") == index))
    return set(zeilen["jahr"].to_list())


def _problem(konfiguration: Konfiguration, fehlend: Sequence[str], jahre: Sequence[int]) -> Problem:
    dokument = konfiguration.dokumente["atlas"]
    jahr = konfiguration.atlas.berichtsjahr
    vorhanden = ", ".join(str(eines) for eines in jahre)
    rat = f"Alle Indizes gibt es für {vorhanden}." if jahre else "Für kein Jahr gibt es alle Indizes."
    text = f"für {jahr} gibt es keine Werte von {', '.join(fehlend)}. {rat}"
    return Problem(dokument.datei, dokument.zeile(("berichtsjahr",)), "berichtsjahr", text)
