"""Polygons of the Räume: read where declared, united from the children where not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import shapely

from atlas.errors import EingabeError, Problem
from atlas.ingest.dateien import find_datei
from atlas.ingest.geo.bezugssystem import WGS84
from atlas.ingest.geo.geodaten import read_flaechen
from atlas.ingest.raeume.ersetzungen import replace_schluessel
from atlas.tables.raum import Geometrien

if TYPE_CHECKING:
    from pandera.typing.polars import DataFrame
    from shapely.geometry.base import BaseGeometry

    from atlas.config.models.raeume import Polygone, Raumverzeichnis
    from atlas.ingest.geo.flaechen import Merkmalsammlung
    from atlas.projekt import Projekt
    from atlas.tables.raum import Raeume


def read_geometrien(projekt: Projekt, verzeichnis: Raumverzeichnis, raeume: DataFrame[Raeume]) -> DataFrame[Geometrien]:
    """Read the declared polygons and unite them upwards, one per Raum.

    Several features of one key (the blocks of an area) are united. Raises `EingabeError` for a feature
    without a Raum and for a Raum of the level without a polygon.
    """
    flaechen: dict[str, BaseGeometry] = {}
    for polygone in verzeichnis.polygone:
        flaechen |= _read_ebene(projekt, polygone, raeume)
    _unite_aufwaerts(flaechen, verzeichnis, raeume)
    df = pl.DataFrame(
        {
            "raum_id": list(flaechen),
            "gebietsstand": [verzeichnis.gebietsstand] * len(flaechen),
            "wkb": [shapely.to_wkb(shapely.normalize(flaeche)) for flaeche in flaechen.values()],
            "srid": [WGS84] * len(flaechen),
        },
        schema={"raum_id": pl.String, "gebietsstand": pl.String, "wkb": pl.Binary, "srid": pl.Int64},
    )
    return Geometrien.make(df)


def _read_ebene(projekt: Projekt, polygone: Polygone, raeume: DataFrame[Raeume]) -> dict[str, BaseGeometry]:
    pfad = find_datei(projekt, polygone.datei.glob)
    name = projekt.relativ(pfad)
    sammlung = read_flaechen(pfad, name, polygone.datei, polygone.auswahl)
    _check_schluessel(sammlung, polygone.schluessel)
    saetze = replace_schluessel(sammlung.saetze, polygone.schluessel, polygone.ersetzungen, name)
    teile: dict[str, list[BaseGeometry]] = {}
    for satz, geometrie in zip(saetze, sammlung.geometrien, strict=True):
        teile.setdefault(satz[polygone.schluessel], []).append(geometrie)
    erwartet = set(raeume.filter(pl.col("ebene") == polygone.ebene)["raum_id"])
    probleme = [
        Problem(
            name,
            0,
            f"Fläche »{raum_id}«",
            f"dazu gibt es keinen Raum der Ebene {polygone.ebene}. Schlüssel und Gebietsstand prüfen.",
        )
        for raum_id in sorted(set(teile) - erwartet)
    ]
    probleme += [
        Problem(name, 0, f"Raum »{raum_id}«", "für diesen Raum fehlt die Fläche. Datei ergänzen oder auswahl prüfen.")
        for raum_id in sorted(erwartet - set(teile))
    ]
    if probleme:
        raise EingabeError(probleme)
    return {raum_id: g[0] if len(g) == 1 else shapely.union_all(g) for raum_id, g in teile.items()}


def _check_schluessel(sammlung: Merkmalsammlung, schluessel: str) -> None:
    """Demand that every feature has the property with the key."""
    for nummer, satz in zip(sammlung.nummern, sammlung.saetze, strict=True):
        if schluessel not in satz:
            vorhanden = ", ".join(satz) or "keine"
            text = f"die Eigenschaft »{schluessel}« fehlt (zuerst bei Objekt {nummer}). Vorhanden: {vorhanden}."
            raise EingabeError([Problem(sammlung.datei, 0, "", text)])


def _unite_aufwaerts(
    flaechen: dict[str, BaseGeometry], verzeichnis: Raumverzeichnis, raeume: DataFrame[Raeume]
) -> None:
    """Give every Raum without a polygon the union of its children, from the smallest level on."""
    kinder: dict[str, list[str]] = {}
    for raum_id, eltern in raeume.select("raum_id", "uebergeordnet_id").iter_rows():
        kinder.setdefault(eltern, []).append(raum_id)
    for ebene in reversed(verzeichnis.ebenen):
        for raum_id in raeume.filter(pl.col("ebene") == ebene.ebene)["raum_id"]:
            teile = [flaechen[kind] for kind in kinder.get(raum_id, []) if kind in flaechen]
            if raum_id not in flaechen and teile:
                flaechen[raum_id] = shapely.union_all(teile)
