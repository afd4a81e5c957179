"""Rows of any declared file as dictionaries of text: for lists of areas, whose columns are named by their heads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.config.models.datei import GeojsonDatei, GeopackageDatei, ShapeDatei
from atlas.ingest.auswahl import select_auswahl
from atlas.ingest.dateien import find_datei, read_inhalt
from atlas.ingest.deutung.gueltigkeit import Gueltigkeitsliste, build_gueltigkeitsliste
from atlas.ingest.formate.lesen import read_rohtabelle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.config.models.datei import Datei
    from atlas.config.models.gueltigkeit import Gueltigkeit
    from atlas.projekt import Projekt

Satz = dict[str, str]


@dataclass(frozen=True)
class Saetze:
    """The name of a file for messages, its rows that match a selection, and the line of each (0 in maps)."""

    name: str
    saetze: list[Satz]
    zeilen: list[int]


def read_saetze(projekt: Projekt, datei: Datei, auswahl: Mapping[str, str], dezimal: str = ",") -> Saetze:
    """Give the rows of a file that match the selection.

    Raises `EingabeError` for a file that is missing or does not hold what is declared, and for a selection that hits
    nothing.
    """
    pfad = find_datei(projekt, datei.glob)
    name = projekt.relativ(pfad)
    if isinstance(datei, GeojsonDatei | GeopackageDatei | ShapeDatei):
        from atlas.ingest.geo.geodaten import read_eigenschaften

        saetze = read_eigenschaften(pfad, name, datei)
        zeilen = [0] * len(saetze)
    else:
        tabelle = read_rohtabelle(read_inhalt(pfad, name, datei.typ), name, datei, dezimal)
        saetze = [dict(zip(tabelle.kopf, satz[1:], strict=True)) for satz in tabelle.df.iter_rows()]
        zeilen = tabelle.df["zeile"].to_list()
    stellen = select_auswahl(saetze, auswahl, name)
    return Saetze(name, [saetze[stelle] for stelle in stellen], [zeilen[stelle] for stelle in stellen])


def read_gueltigkeitsliste(projekt: Projekt, gueltigkeit: Gueltigkeit) -> Gueltigkeitsliste:
    """Read the dated list of areas that a declaration names.

    Raises what `read_saetze` and `build_gueltigkeitsliste` raise.
    """
    gelesen = read_saetze(projekt, gueltigkeit.datei, {gueltigkeit.schluessel: ".*"})
    texte = [satz[gueltigkeit.schluessel] for satz in gelesen.saetze]
    return build_gueltigkeitsliste(texte, gueltigkeit, gelesen.name)
