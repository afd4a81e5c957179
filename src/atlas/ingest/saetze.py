"""Rows of any declared file as dictionaries of text: for lists of areas, whose columns are named by their heads."""

from __future__ import annotations

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


def read_saetze(
    projekt: Projekt, datei: Datei, auswahl: Mapping[str, str], dezimal: str = ","
) -> tuple[str, list[Satz]]:
    """Give the name of the file for messages, and its rows that match the selection.

    Raises `EingabeError` for a file that is missing or does not hold what is declared, and for a selection that hits
    nothing.
    """
    pfad = find_datei(projekt, datei.glob)
    name = projekt.relativ(pfad)
    if isinstance(datei, GeojsonDatei | GeopackageDatei | ShapeDatei):
        from atlas.ingest.geo.geodaten import read_eigenschaften

        saetze = read_eigenschaften(pfad, name, datei)
    else:
        tabelle = read_rohtabelle(read_inhalt(pfad, name, datei.typ), name, datei, dezimal)
        saetze = [dict(zip(tabelle.kopf, satz[1:], strict=True)) for satz in tabelle.df.iter_rows()]
    return name, [saetze[stelle] for stelle in select_auswahl(saetze, auswahl, name)]


def read_gueltigkeitsliste(projekt: Projekt, gueltigkeit: Gueltigkeit) -> Gueltigkeitsliste:
    """Read the dated list of areas that a declaration names.

    Raises what `read_saetze` and `build_gueltigkeitsliste` raise.
    """
    name, saetze = read_saetze(projekt, gueltigkeit.datei, {gueltigkeit.schluessel: ".*"})
    return build_gueltigkeitsliste([satz[gueltigkeit.schluessel] for satz in saetze], gueltigkeit, name)
