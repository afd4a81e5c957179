"""Writing of the raw deliveries in the varying formats of their senders."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from atlas.musterland.bevoelkerung import ALTERSGRUPPEN, Bevoelkerung, generate_bevoelkerung, generate_lage
from atlas.musterland.gebiete import compute_flaeche_ha, generate_gebiete
from atlas.musterland.soziales import (
    generate_arbeitsmarkt,
    generate_bewegungen,
    generate_haushalte,
    generate_hilfen,
    generate_mieten,
)
from atlas.musterland.stammdaten import AGS, GEMEINDEN, JAHRE, KREIS_ID, KREIS_NAME, PLANUNGSRAEUME

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from shapely.geometry import Polygon

    from atlas.musterland.bevoelkerung import FloatArray, IntArray

_FAELLE = [(j, jahr, i) for j, jahr in enumerate(JAHRE) for i in range(len(AGS))]
"""Year index, year and Gemeinde of every row of a delivery that covers all years."""


def _join_rows(rows: Iterable[Sequence[object]], trenner: str = ";", zeilenende: str = "\n") -> str:
    return "".join(trenner.join(str(wert) for wert in row) + zeilenende for row in rows)


def _format_decimal(wert: float, stellen: int) -> str:
    return f"{wert:.{stellen}f}".replace(".", ",")


def _format_thousands(wert: int) -> str:
    return f"{wert:,}".replace(",", ".")


def _format_agency(wert: int) -> str:
    """Print a count as the employment agency does: one and two are secret, zero is a dash."""
    return {0: "-", 1: "*", 2: "*"}.get(wert, str(wert))


def build_raumverzeichnis(gebiete: list[Polygon]) -> bytes:
    """Return the directory of all areas; upper areas are the sums of the rounded areas."""
    flaechen = [compute_flaeche_ha(polygon) for polygon in gebiete]
    rows = [["Schlüssel", "Name", "Ebene", "Übergeordnet", "Fläche (ha)"]]
    rows.append([KREIS_ID, KREIS_NAME, "kreis", "", _format_decimal(sum(flaechen), 1)])
    for raum_id, name in PLANUNGSRAEUME.items():
        summe = sum(f for f, g in zip(flaechen, GEMEINDEN, strict=True) if g.planungsraum == raum_id)
        rows.append([raum_id, name, "planungsraum", KREIS_ID, _format_decimal(summe, 1)])
    for ags, g, flaeche in zip(AGS, GEMEINDEN, flaechen, strict=True):
        rows.append([ags, g.name, "gemeinde", g.planungsraum, _format_decimal(flaeche, 1)])
    return _join_rows(rows).encode()


def build_geojson(gebiete: list[Polygon]) -> bytes:
    """Return the polygons as a FeatureCollection with one feature per line."""
    zeilen = []
    for ags, g, polygon in zip(AGS, GEMEINDEN, gebiete, strict=True):
        ring = [[x, y] for x, y in polygon.exterior.coords]
        feature = {
            "type": "Feature",
            "properties": {"ags": ags, "name": g.name},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        zeilen.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(zeilen) + "\n]}\n").encode()


def build_bevoelkerung(bev: Bevoelkerung, j: int) -> bytes:
    """Return one yearly table of the residents' register with title lines and footer."""
    rows: list[Sequence[object]] = [["Bevölkerung nach Altersgruppen"], [f"Stichtag: 31.12.{JAHRE[j]}"], [""]]
    rows.append(["Schlüssel", "Gebiet", "insgesamt", *ALTERSGRUPPEN, "Ausländer insgesamt"])
    for i, (ags, g) in enumerate(zip(AGS, GEMEINDEN, strict=True)):
        zahlen = [bev.insgesamt[i, j], *bev.gruppen[i, j], bev.auslaender[i, j]]
        rows.append([ags, g.name, *(_format_thousands(int(zahl)) for zahl in zahlen)])
    rows.append(["Quelle: Einwohnermelderegister Landkreis Musterland, Hauptwohnsitze"])
    return _join_rows(rows, zeilenende="\r\n").encode("cp1252")


def build_arbeitsmarkt(bev: Bevoelkerung, lage: FloatArray) -> bytes:
    """Return the delivery of the employment agency; its Kreis row counts the secret cases too."""
    daten = generate_arbeitsmarkt(bev, lage)
    spalten = (daten.arbeitslose, daten.arbeitslose_u25, daten.sgb2, daten.sgb2_u15, daten.grundsicherung)
    kopf = (
        "Berichtsjahr;Gemeindeschlüssel;Gemeinde;Arbeitslose;darunter unter 25 Jahre;"
        "Leistungsberechtigte SGB II;darunter unter 15 Jahre;Grundsicherung im Alter (SGB XII)\n"
    )
    rows: list[Sequence[object]] = []
    for j, jahr in enumerate(JAHRE):
        rows.append([jahr, KREIS_ID, KREIS_NAME, *(int(spalte[:, j].sum()) for spalte in spalten)])
        rows += [
            [jahr, ags, g.name, *(_format_agency(int(spalte[i, j])) for spalte in spalten)]
            for i, (ags, g) in enumerate(zip(AGS, GEMEINDEN, strict=True))
        ]
    return (kopf + _join_rows(rows)).encode("utf-8-sig")


def build_haushalte(bev: Bevoelkerung, lage: FloatArray) -> bytes:
    """Return the household statistics."""
    daten = generate_haushalte(bev, lage)
    spalten = (daten.haushalte, daten.personen, daten.mit_kindern, daten.alleinerziehende, daten.kinderreiche)
    kopf = (
        "AGS;Jahr;Haushalte;Personen in Haushalten;Haushalte mit Kindern;"
        "darunter Alleinerziehende;darunter mit drei und mehr Kindern\n"
    )
    rows = ([AGS[i], jahr, *(_format_thousands(int(spalte[i, j])) for spalte in spalten)] for j, jahr, i in _FAELLE)
    return (kopf + _join_rows(rows)).encode("cp1252")


def build_bewegungen(bev: Bevoelkerung) -> bytes:
    """Return births, deaths and migration."""
    daten = generate_bewegungen(bev)
    spalten = (daten.geburten, daten.sterbefaelle, daten.zuzuege, daten.fortzuege)
    rows = ([jahr, f'"{AGS[i]}"', *(int(spalte[i, j]) for spalte in spalten)] for j, jahr, i in _FAELLE)
    return ("jahr,ags,geburten,sterbefaelle,zuzuege,fortzuege\n" + _join_rows(rows, ",")).encode()


def build_jugendhilfe(hilfen: IntArray) -> bytes:
    """Return the cases of the youth welfare office."""
    kopf = "Gemeinde-Nr.;Jahr;Hilfen zur Erziehung (Bestand am 31.12. und beendete)\n"
    return (kopf + _join_rows([AGS[i], jahr, hilfen[i, j]] for j, jahr, i in _FAELLE)).encode()


def build_mieten(mieten: list[list[float | None]]) -> bytes:
    """Return the median rents; a slash marks too few offers."""
    rows: list[Sequence[object]] = [["Schlüssel", "Jahr", "Angebotsmiete Median (EUR/m²)"]]
    for j, jahr, i in _FAELLE:
        wert = mieten[i][j]
        rows.append([AGS[i], jahr, "/" if wert is None else _format_decimal(wert, 2)])
    return _join_rows(rows).encode()


def build_files() -> dict[str, bytes]:
    """Return the content of all deliveries by file name."""
    gebiete, lage = generate_gebiete(), generate_lage()
    bev = generate_bevoelkerung(lage)
    dateien = {f"bevoelkerung_{jahr}.csv": build_bevoelkerung(bev, j) for j, jahr in enumerate(JAHRE)}
    return dateien | {
        "raumverzeichnis.csv": build_raumverzeichnis(gebiete),
        "gemeinden.geojson": build_geojson(gebiete),
        "arbeitsmarkt_und_grundsicherung.csv": build_arbeitsmarkt(bev, lage),
        "haushalte.csv": build_haushalte(bev, lage),
        "bewegungen.csv": build_bewegungen(bev),
        "jugendhilfe.csv": build_jugendhilfe(generate_hilfen(bev, lage)),
        "mieten.csv": build_mieten(generate_mieten(lage)),
    }


def write_files(ziel: Path) -> list[Path]:
    """Write all deliveries into a folder and return their paths."""
    ziel.mkdir(parents=True, exist_ok=True)
    pfade = []
    for name, inhalt in sorted(build_files().items()):
        pfade.append(ziel / name)
        pfade[-1].write_bytes(inhalt)
    return pfade
