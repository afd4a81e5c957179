"""Which Raum each Angebot belongs to: by its coordinates, by the key of a Raum, and by both where there are both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from atlas.config.models.angebote import LAENGE_UND_BREITE
from atlas.errors import EingabeError
from atlas.ingest.angebote.lage import convert_punkte
from atlas.ingest.deutung.zahlen import parse_zahlen
from atlas.zeichen import show_schluessel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from atlas.config.models.angebote import Angebotsverzeichnis
    from atlas.ingest.angebote.lage import Raumsuche
    from atlas.ingest.angebote.liste import Liste


_TAUSCHEN: Final = (
    "Mit vertauschten Koordinaten läge sie im Gebiet: unter spalten die beiden Spalten der Lage tauschen."
)


@dataclass(frozen=True)
class Ort:
    """Where a row lies: longitude, latitude, and the Räume there; none is beyond all of them, several share a border.

    `vertauscht` says that it would lie in one with its coordinates exchanged.
    """

    x: float
    y: float
    raeume: tuple[str, ...]
    vertauscht: bool = False


def add_raum(angebote: pl.DataFrame, liste: Liste, verzeichnis: Angebotsverzeichnis, suche: Raumsuche) -> pl.DataFrame:
    """Give the Angebote with raum_id, x and y; note those without a Raum, and where point and key disagree.

    With `ausserhalb: zaehlen` those beyond all polygons are left out instead.
    """
    orte, unlesbare = _read_orte(angebote, liste, verzeichnis, suche)
    funde: dict[str, list[tuple[int, str]]] = {"lage": [], "raum": []}
    raeume: dict[int, str] = {}
    texte = angebote["raum"] if "raum" in angebote.columns else [None] * angebote.height
    for zeile, raum in zip(angebote["zeile"], texte, strict=True):
        if zeile in unlesbare:
            continue
        spalte, ergebnis = _find_raum(orte.get(zeile), raum, verzeichnis, suche)
        if spalte:
            funde[spalte].append((zeile, ergebnis))
        elif ergebnis:
            raeume[zeile] = ergebnis
    for spalte, eigene in funde.items():
        if eigene:
            name = verzeichnis.spalten.lage[0] if spalte == "lage" and verzeichnis.spalten.lage else "raum"
            liste.melde_einzeln(name, eigene)
    gefunden = [
        (zeile, raum_id, orte[zeile].x if zeile in orte else None, orte[zeile].y if zeile in orte else None)
        for zeile, raum_id in raeume.items()
    ]
    schema = {"zeile": pl.Int64, "raum_id": pl.String, "x": pl.Float64, "y": pl.Float64}
    lagen = pl.DataFrame(gefunden, schema=schema, orient="row")
    eigene_spalten = angebote.select("zeile", "zelle", "schluessel", "name", "art", "traeger", "plaetze")
    return eigene_spalten.join(lagen, on="zeile", validate="1:1", maintain_order="left")


def _find_raum(
    ort: Ort | None, raum: str | None, verzeichnis: Angebotsverzeichnis, suche: Raumsuche
) -> tuple[str, str]:
    """Give the Raum of a row as ("", key), or the column that is wrong with the reason; ("", "") leaves it out."""
    bekannt = bool(raum) and raum in suche.eltern
    if ort is not None and not ort.raeume:
        if verzeichnis.ausserhalb == "zaehlen" and not bekannt:
            return "", ""
        if ort.vertauscht:
            return "lage", f"die Lage liegt in keinem Raum. {_TAUSCHEN}"
        rat = "Lage prüfen lassen; liegt das Angebot wirklich jenseits der Grenze, ausserhalb: zaehlen eintragen."
        return "lage", f"die Lage liegt in keinem Raum. {rat}"
    if raum and not bekannt:
        return "raum", f"den Raum »{show_schluessel(raum)}« gibt es im Raumverzeichnis nicht. Schlüssel prüfen lassen."
    return _compare_raum(ort.raeume, raum, suche) if ort is not None else _find_kleinsten(raum, verzeichnis, suche)


def _compare_raum(punktraeume: tuple[str, ...], raum: str | None, suche: Raumsuche) -> tuple[str, str]:
    """Give the first Raum of the point that the key leaves, unless it names another part of the project."""
    for punktraum in punktraeume:
        if not raum or suche.lies_in(punktraum, raum) or suche.lies_in(raum, punktraum):
            return "", punktraum
    rat = "Eins von beiden berichtigen lassen."
    wo = "« und »".join(punktraeume)
    return "raum", f"der Raum »{raum}« passt nicht zur Lage, sie liegt in »{wo}«. {rat}"


def _find_kleinsten(raum: str | None, verzeichnis: Angebotsverzeichnis, suche: Raumsuche) -> tuple[str, str]:
    """Give the smallest Raum that the key names, where nothing is known but the key."""
    if not raum:
        was = "lage" if verzeichnis.spalten.lage else "raum"
        rat = "Ergänzen lassen; soll sie geheim bleiben, genügt der Schlüssel des kleinsten Raums (spalten.raum)."
        return was, f"die Lage fehlt. {rat}"
    kleinster = suche.find_kleinsten(raum)
    if kleinster is not None:
        return "", kleinster
    rat = "Den Schlüssel des kleinsten Raums nennen oder die Lage ergänzen lassen."
    return "raum", f"der Raum »{raum}« ist weiter geteilt, und die Lage fehlt. {rat}"


def _read_orte(
    angebote: pl.DataFrame, liste: Liste, verzeichnis: Angebotsverzeichnis, suche: Raumsuche
) -> tuple[dict[int, Ort], set[int]]:
    """Give the place of each line with coordinates, and the lines whose coordinates are noted as unreadable."""
    lage = verzeichnis.spalten.lage
    if lage is None:
        return {}, set()
    unlesbare: set[int] = set()
    df = angebote.with_columns(
        ost=parse_zahlen(pl.col(lage[0]), verzeichnis.zahl)[0], nord=parse_zahlen(pl.col(lage[1]), verzeichnis.zahl)[0]
    )
    for zahl, spalte, andere in (("ost", *lage), ("nord", *reversed(lage))):
        schlechte = df.filter((pl.col(spalte) != "") & pl.col(zahl).is_null())["zeile"]
        text = f"keine Koordinate (Dezimalzeichen »{verzeichnis.zahl.dezimal}«). Berichtigen lassen oder zahl prüfen."
        liste.melde(spalte, schlechte, text)
        halbe = df.filter((pl.col(spalte) == "") & (pl.col(andere) != ""))["zeile"]
        liste.melde(spalte, halbe, "die zweite Koordinate fehlt. Ergänzen lassen.")
        unlesbare |= {*schlechte, *halbe}
    mit = df.filter(pl.col("ost").is_not_null() & pl.col("nord").is_not_null())
    if mit.is_empty():
        return {}, unlesbare
    return _locate(mit, unlesbare, liste, verzeichnis, suche), unlesbare


def _locate(
    mit: pl.DataFrame, unlesbare: set[int], liste: Liste, verzeichnis: Angebotsverzeichnis, suche: Raumsuche
) -> dict[int, Ort]:
    """Look up all points; those far from where the coordinate system is used are noted, and join the unreadable."""
    system = verzeichnis.bezugssystem or LAENGE_UND_BREITE
    punkte = convert_punkte(mit.select("ost", "nord").to_numpy(), system, liste.tabelle.datei)
    vertauschte = _find_vertauschte(mit, suche, system, liste.tabelle.datei)
    abseits = [
        (zeile, f"{text} {_TAUSCHEN}" if tausch else text)
        for zeile, text, tausch in zip(mit["zeile"], punkte.abseits, vertauschte, strict=True)
        if text
    ]
    lage = verzeichnis.spalten.lage or ("", "")
    liste.melde_einzeln(lage[0], abseits[:1] if len(abseits) == mit.height else abseits)
    unlesbare |= {zeile for zeile, _ in abseits}
    nah = np.array([not text for text in punkte.abseits])
    zeilen, orte = mit["zeile"].to_numpy()[nah].tolist(), punkte.orte[nah]
    raeume = suche.locate(orte) if len(orte) else []
    return {
        zeile: Ort(float(x), float(y), eigene, vertauscht)
        for zeile, (x, y), eigene, vertauscht in zip(zeilen, orte.tolist(), raeume, vertauschte[nah], strict=True)
    }


def _find_vertauschte(mit: pl.DataFrame, suche: Raumsuche, system: str, name: str) -> NDArray[np.bool_]:
    """Tell of each point whether it lies in a Raum once its two coordinates change places."""
    try:
        orte = convert_punkte(mit.select("nord", "ost").to_numpy(), system, name).orte
    except EingabeError:
        return np.zeros(mit.height, dtype=bool)
    endlich = np.isfinite(orte).all(axis=1)
    liegt = np.zeros(mit.height, dtype=bool)
    liegt[endlich] = [bool(raeume) for raeume in suche.locate(orte[endlich])]
    return liegt
