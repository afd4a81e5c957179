"""A Kreis drawn by hand: two Planungsräume with two Gemeinden each, and tables made from a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from atlas.core.verfahren import Indexverfahren, Klasse, Standardisierung
from atlas.tables.ergebnis import Gebietswerte
from atlas.tables.katalog import Formelterme, Indikatorkatalog
from atlas.tables.messung import Messwerte
from atlas.tables.raum import Raeume

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pandera.typing.polars import DataFrame

EBENEN = ("kreis", "planungsraum", "gemeinde", "sozialraum")
ELTERN = {"K": None, "A": "K", "B": "K", "a1": "A", "a2": "A", "b1": "B", "b2": "B"}
EINFACH = Standardisierung("raummittel", "ungewichtet", 0)
STATUSKLASSEN = (
    Klasse("hoch", None, unten_eingeschlossen=False, obergrenze=-1, oben_eingeschlossen=False),
    Klasse("mittel", -1, unten_eingeschlossen=True, obergrenze=1, oben_eingeschlossen=True),
    Klasse("niedrig", 1, unten_eingeschlossen=False, obergrenze=1.5, oben_eingeschlossen=True),
    Klasse("sehr_niedrig", 1.5, unten_eingeschlossen=False, obergrenze=None, oben_eingeschlossen=False),
)


def raeume(
    eltern: dict[str, str | None] = ELTERN, flaeche: float | None = 100.0, ausschluss: dict[str, str] | None = None
) -> DataFrame[Raeume]:
    """Give Räume by their parents; the level follows from the depth."""

    def tiefe(raum_id: str) -> int:
        oben = eltern[raum_id]
        return 0 if oben is None else 1 + tiefe(oben)

    df = pl.DataFrame(
        {
            "raum_id": list(eltern),
            "gebietsstand": ["2025"] * len(eltern),
            "ebene": [EBENEN[tiefe(raum_id)] for raum_id in eltern],
            "name": list(eltern),
            "uebergeordnet_id": list(eltern.values()),
            "gemeinde_id": [None] * len(eltern),
            "flaeche_ha": [flaeche] * len(eltern),
            "gueltig_von": [None] * len(eltern),
            "gueltig_bis": [None] * len(eltern),
            "ausschlussgrund": [(ausschluss or {}).get(raum_id) for raum_id in eltern],
        },
        schema=Raeume.empty().schema,
    )
    return Raeume.make(df)


def messwerte(zeilen: Iterable[tuple[str, int, str, float | str | None]]) -> DataFrame[Messwerte]:
    """Give Messwerte from (raum_id, jahr, merkmal, number or status); `merkmal/gruppe` names a group."""
    daten = []
    for nummer, (raum_id, jahr, merkmal, wert) in enumerate(zeilen):
        name, _, gruppe = merkmal.partition("/")
        daten.append(
            {
                "raum_id": raum_id,
                "ebene": "gemeinde",
                "jahr": jahr,
                "merkmal": name,
                "gruppe": gruppe,
                "gebietsstand": "2025",
                "stichtag": None,
                "wert": None if isinstance(wert, str) else wert,
                "status": wert if isinstance(wert, str) else "beobachtet",
                "qualitaet": None,
                "vorbehandelt": None,
                "lieferung_id": "hand",
                "zelle": f"A{nummer}",
                "korrektur_id": None,
            }
        )
    return Messwerte.make(pl.DataFrame(daten, schema=Messwerte.empty().schema))


def gebietswerte(zeilen: Iterable[tuple[str, int, str, float | str | None]]) -> DataFrame[Gebietswerte]:
    """Give the same as `messwerte`, as figures on the Gebietsstand of the project."""
    return Gebietswerte.make(messwerte(zeilen).with_columns(von_stand=pl.lit(None, dtype=pl.String)))


def katalog(**indikatoren: str) -> DataFrame[Indikatorkatalog]:
    """Give a catalogue from `name="art faktor"`, followed by a richtung and a smallest level."""
    zeilen = []
    for name, angaben in indikatoren.items():
        art, faktor, richtung, ebene = (*angaben.split(), None, None)[:4]
        richtung = richtung or "hoch_ist_belastet"
        zeilen.append((name, 1900, "dim", richtung, art, "stand", float(faktor or 1), ebene))
    return Indikatorkatalog.make(pl.DataFrame(zeilen, schema=Indikatorkatalog.empty().schema, orient="row"))


def formelterme(*terme: str) -> DataFrame[Formelterme]:
    """Give terms from `indikator seite merkmal [minus] [-n]`; -n is n years back."""
    zeilen = []
    for position, text in enumerate(terme):
        indikator, seite, merkmal, *rest = text.split()
        name, _, gruppe = merkmal.partition("/")
        versatz = next((int(teil[1:]) for teil in rest if teil != "minus"), 0)
        zeilen.append((indikator, 1900, seite, position, name, gruppe, -1 if "minus" in rest else 1, versatz))
    return Formelterme.make(pl.DataFrame(zeilen, schema=Formelterme.empty().schema, orient="row"))


def verfahren(*indikatoren: str, **anderes: object) -> Indexverfahren:
    """Give the plain method over Gemeinden with equal weights; keywords replace single choices."""
    grund: dict[str, object] = {
        "index": "status",
        "ebene": "gemeinde",
        "ausgangswert": "wert",
        "differenz_relativ": False,
        "differenz_jahre": 0,
        "beobachtungsjahre": 0,
        "gewichte": tuple((name, 1.0) for name in indikatoren),
        "standardisierung": EINFACH,
        "zusammenfassung": "summe",
        "restandardisierung": EINFACH,
        "klassen": STATUSKLASSEN,
    }
    return Indexverfahren(**(grund | anderes))  # type: ignore[arg-type]  # the keys are the fields
