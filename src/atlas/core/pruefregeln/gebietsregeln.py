"""Rules about other Gebietsstände: Räume that no Umstieg carries, totals that conversion does not keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from atlas.befunde import Befund, Code
from atlas.core import gebietsstand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.core.pruefregeln.pruefling import Pruefling

_BEISPIELE = 5


def find_ohne_umstieg(pruefling: Pruefling) -> Iterator[Befund]:
    """R112: delivered Räume of another Gebietsstand that no Umstieg carries; one finding per Gebietsstand and level."""
    ohne = gebietsstand.find_ohne_umstieg(pruefling.messwerte, pruefling.umstiege, pruefling.umrechnung)
    je_ebene = ohne.group_by("gebietsstand", "gewichtung", "ebene", "ganze_ebene", maintain_order=True).agg(
        "raum_id", anzahl=pl.len()
    )
    for zeile in je_ebene.iter_rows(named=True):
        genannt = ", ".join(zeile["raum_id"][:_BEISPIELE]) + (" …" if zeile["anzahl"] > _BEISPIELE else "")
        rat = (
            f"Gibt es die Ebene {zeile['ebene']} unverändert, unter unveraenderte_ebenen nennen; sonst einen Umstieg "
            "deklarieren. Bis dahin sind ihre Werte nicht vergleichbar."
            if zeile["ganze_ebene"]
            else "Der Umstiegsschlüssel ist unvollständig, oder die Schlüssel der Lieferung sind falsch. Ihre Zeilen "
            "fehlen in den Summen."
        )
        text = (
            f"Gebietsstand {zeile['gebietsstand']}: Räume der Ebene {zeile['ebene']} ohne Umstieg nach "
            f"{pruefling.umrechnung.ziel} (Gewichtung {zeile['gewichtung']}): {zeile['anzahl']} ({genannt}). {rat}"
        )
        yield Befund(
            Code.RAUM_OHNE_UMSTIEG,
            text,
            tabelle="Messwerte",
            gegenstand=f"{zeile['gebietsstand']} {zeile['gewichtung']} {zeile['ebene']} {zeile['ganze_ebene']}",
        )


def find_nicht_erhaltene(pruefling: Pruefling) -> Iterator[Befund]:
    """R113: the total over all Räume of a level is another one after conversion."""
    verletzte = gebietsstand.check_erhaltung(
        pruefling.messwerte, pruefling.raeume, pruefling.umstiege, pruefling.umrechnung
    )
    for zeile in verletzte.iter_rows(named=True):
        name = f"{zeile['merkmal']} ({zeile['gruppe']})" if zeile["gruppe"] else zeile["merkmal"]
        yield Befund(
            Code.SUMME_NICHT_ERHALTEN,
            f"{name} {zeile['jahr']}: Die Summe der Ebene {zeile['ebene']} ist nach der Umrechnung von "
            f"{zeile['von_stand']} eine andere. Umstiegsschlüssel und Lieferung prüfen.",
            tabelle="Messwerte",
            gegenstand=f"{zeile['von_stand']} {zeile['ebene']}",
            jahr=zeile["jahr"],
            merkmal=zeile["merkmal"],
            gruppe=zeile["gruppe"],
        )
