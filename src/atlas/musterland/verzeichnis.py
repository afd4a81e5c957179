"""The directory of all Räume, their polygons, and the way from the old borders to the present ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from atlas.musterland.gebiete import compute_flaeche_ha, generate_gebiete
from atlas.musterland.raeume import BLAETTER, SOZIALRAEUME
from atlas.musterland.stammdaten import (
    AGS,
    ALTMUEHLEN,
    ALTMUEHLEN_NAME,
    AUFNEHMENDE,
    GEMEINDEN,
    KREIS_ID,
    KREIS_NAME,
    PLANUNGSRAEUME,
)
from atlas.musterland.tabellen import format_decimal, write_csv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from shapely.geometry import Polygon


def _measure_blaetter() -> dict[str, float]:
    """Areas of all Räume in hectares by key; upper areas are the sums of the rounded areas of their leaves."""
    flaechen = dict.fromkeys([KREIS_ID, *PLANUNGSRAEUME, *AGS], 0.0)
    for blatt, polygon in zip(BLAETTER, generate_gebiete().blaetter, strict=True):
        flaeche = compute_flaeche_ha(polygon)
        oben = {blatt.raum_id, AGS[blatt.gemeinde], GEMEINDEN[blatt.gemeinde].planungsraum, KREIS_ID}
        for raum_id in sorted(oben):
            flaechen[raum_id] = flaechen.get(raum_id, 0.0) + flaeche
    return flaechen


def write_raumverzeichnis(ziel: Path) -> Path:
    """Write the directory of all Räume of all levels."""
    flaechen = _measure_blaetter()
    raeume = [(KREIS_ID, KREIS_NAME, "kreis", "")]
    raeume += [(raum_id, name, "planungsraum", KREIS_ID) for raum_id, name in PLANUNGSRAEUME.items()]
    raeume += [(ags, g.name, "gemeinde", g.planungsraum) for ags, g in zip(AGS, GEMEINDEN, strict=True)]
    raeume += [(blatt.raum_id, blatt.name, "sozialraum", AGS[blatt.gemeinde]) for blatt in SOZIALRAEUME]
    rows: list[Sequence[object]] = [["Schlüssel", "Name", "Ebene", "Übergeordnet", "Fläche (ha)"]]
    rows += [[*raum, format_decimal(flaechen[raum[0]], 1)] for raum in raeume]
    return write_csv(ziel / "raumverzeichnis.csv", rows)


def _write_geojson(pfad: Path, formen: list[tuple[dict[str, str], Polygon]]) -> Path:
    """Write a FeatureCollection with one feature per line."""
    zeilen = []
    for eigenschaften, polygon in formen:
        ring = [[x, y] for x, y in polygon.exterior.coords]
        geometrie = {"type": "Polygon", "coordinates": [ring]}
        feature = {"type": "Feature", "properties": eigenschaften, "geometry": geometrie}
        zeilen.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(zeilen) + "\n]}\n"
    pfad.parent.mkdir(parents=True, exist_ok=True)
    pfad.write_bytes(text.encode())
    return pfad


def write_karten(ziel: Path) -> list[Path]:
    """Write the polygons of the Gemeinden and of the Sozialräume."""
    gebiete = generate_gebiete()
    gemeinden = [
        ({"ags": ags, "name": g.name}, polygon)
        for ags, g, polygon in zip(AGS, GEMEINDEN, gebiete.gemeinden, strict=True)
    ]
    sozialraeume = [
        ({"sr": blatt.raum_id, "name": blatt.name, "gemeinde": AGS[blatt.gemeinde]}, polygon)
        for blatt, polygon in zip(BLAETTER, gebiete.blaetter, strict=True)
        if blatt in SOZIALRAEUME
    ]
    return [
        _write_geojson(ziel / "gemeinden.geojson", gemeinden),
        _write_geojson(ziel / "sozialraeume.geojson", sozialraeume),
    ]


def write_umstieg(ziel: Path) -> Path:
    """Write where every Gemeinde of 2018 lies today."""
    rows: list[Sequence[object]] = [["Gemeinde 31.12.2018", "Name", "Gemeinde 31.12.2025", "Name heute"]]
    rows += [[ags, g.name, ags, g.name] for ags, g in zip(AGS, GEMEINDEN, strict=True)]
    rows.append([ALTMUEHLEN, ALTMUEHLEN_NAME, AGS[AUFNEHMENDE], GEMEINDEN[AUFNEHMENDE].name])
    return write_csv(ziel / "umstieg_2018-12-31_2025-12-31.csv", rows)
