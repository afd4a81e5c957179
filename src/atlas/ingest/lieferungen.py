"""All files of all Quellen: each is read by itself, and what is wrong with one does not hide the others."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from atlas.errors import EingabeError, Problem
from atlas.ingest.dateien import find_datei, find_dateien, read_inhalt
from atlas.ingest.deutung.lesung import Umfeld
from atlas.ingest.deutung.quelle import Gelesen, open_lesung, read_quelle
from atlas.ingest.eingangspruefung import find_uebersprungene, find_wirkungslose
from atlas.ingest.saetze import read_gueltigkeitsliste
from atlas.tables.messung import Messwerte

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

    from atlas.befunde import Befund
    from atlas.config.laden import Konfiguration
    from atlas.config.models.quellen import Quelle
    from atlas.ingest.deutung.gueltigkeit import Gueltigkeitsliste
    from atlas.projekt import Projekt

Lieferung = dict[str, str | int]


def read_lieferungen(
    projekt: Projekt, konfiguration: Konfiguration, bekannte: frozenset[str], probleme: list[Problem]
) -> tuple[list[Lieferung], list[pl.DataFrame], list[Befund]]:
    """Read every file of every Quelle; add to `probleme` what is wrong with each.

    Gives the rows of Lieferungen, for each a frame with the columns of Messwerte, and what is odd about them.
    """
    lieferungen: list[Lieferung] = []
    messwerte: list[pl.DataFrame] = []
    befunde: list[Befund] = []
    listen = _read_gueltigkeiten(projekt, konfiguration, probleme)
    for quellname, quelle in konfiguration.quellen.quellen.items():
        umfeld = Umfeld(bekannte, konfiguration.raeume.gebietsstand, listen.get(quelle.gueltigkeit or ""))
        treffer: list[Mapping[str, bool]] = []
        pfade = find_lieferdateien(projekt, quellname, quelle, probleme)
        for pfad in pfade:
            datei = pfad.relative_to(projekt.roh).as_posix()
            lieferung_id = f"{quellname}:{datei}"
            name = projekt.relativ(pfad)
            try:
                inhalt = read_inhalt(pfad, name, quelle.datei.typ)
                gelesen = read_quelle(open_lesung(inhalt, name, pfad.name, quelle, umfeld), lieferung_id)
            except EingabeError as fehler:
                probleme.extend(fehler.probleme)
                continue
            messwerte.append(gelesen.messwerte.select(Messwerte.spalten()))
            angaben: Lieferung = {"lieferung_id": lieferung_id, "quelle": quellname, "datei": datei}
            lieferungen.append(angaben | _zaehle(inhalt, quelle, gelesen))
            befunde.extend(find_uebersprungene(gelesen, lieferung_id, name))
            treffer.append(gelesen.treffer)
        befunde.extend(find_wirkungslose(quellname, quelle, [pfad.name for pfad in pfade], treffer))
        eigene = [lieferung for lieferung in lieferungen if lieferung["quelle"] == quellname]
        if bekannte and eigene and not any(lieferung["messwerte"] for lieferung in eigene):
            text = f"keine Zelle der Quelle {quellname} gehört zu Raum und Merkmal des Projekts. Deklaration prüfen."
            probleme.append(Problem(projekt.relativ(projekt.roh / str(eigene[0]["datei"])), 0, "", text))
    return lieferungen, messwerte, befunde


def find_lieferdateien(projekt: Projekt, name: str, quelle: Quelle, probleme: list[Problem]) -> list[Path]:
    """Give the files of a Quelle; add to `probleme` when there is none, or too many."""
    try:
        glob, wessen = quelle.datei.glob, f"der Quelle »{name}«"
        return find_dateien(projekt, glob, wessen) if quelle.datei.mehrere else [find_datei(projekt, glob, wessen)]
    except EingabeError as fehler:
        probleme.extend(fehler.probleme)
        return []


def _read_gueltigkeiten(
    projekt: Projekt, konfiguration: Konfiguration, probleme: list[Problem]
) -> dict[str, Gueltigkeitsliste]:
    """Read the dated lists that some Quelle refers to."""
    listen = {}
    gebraucht = {quelle.gueltigkeit for quelle in konfiguration.quellen.quellen.values()}
    for liste, gueltigkeit in konfiguration.raeume.gueltigkeiten.items():
        if liste not in gebraucht:
            continue
        try:
            listen[liste] = read_gueltigkeitsliste(projekt, gueltigkeit)
        except EingabeError as fehler:
            probleme.extend(fehler.probleme)
    return listen


def _zaehle(inhalt: bytes, quelle: Quelle, gelesen: Gelesen) -> Lieferung:
    return {
        "sha256": hashlib.sha256(inhalt).hexdigest(),
        "stand": quelle.stand.isoformat(),
        "zeilen": gelesen.zeilen,
        "ausserhalb": gelesen.ausserhalb,
        "ohne_raum": gelesen.ohne_raum,
        "ignoriert": gelesen.ignoriert,
        "uebersprungen": gelesen.uebersprungen,
        "fusszeilen": gelesen.fusszeilen,
        "messwerte": gelesen.messwerte.height,
    }
