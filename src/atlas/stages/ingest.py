"""Stage ingest: raw files become Raeume, Geometrien, Lieferungen and Messwerte. It judges nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from atlas.befunde import Befund, Code, build_befunde
from atlas.errors import EingabeError, Problem
from atlas.ingest.dateien import find_datei, find_dateien, ist_sperrdatei, read_bytes
from atlas.ingest.polygone import read_geometrien
from atlas.ingest.quelle import read_quelle
from atlas.ingest.raumverzeichnis import read_raeume
from atlas.manifest import hash_bytes
from atlas.tables.ergebnis import Eingangsbefunde
from atlas.tables.messung import Lieferungen, Messwerte
from atlas.tables.raum import Geometrien, Raeume
from atlas.zahlwort import count

if TYPE_CHECKING:
    from pandera.typing.polars import DataFrame

    from atlas.config.laden import Konfiguration
    from atlas.projekt import Projekt
    from atlas.store import Bau


def run(projekt: Projekt, konfiguration: Konfiguration, bau: Bau) -> str:
    """Read everything that is declared; report all problems of all files at once."""
    probleme: list[Problem] = []
    raeume = geometrien = None
    try:
        raeume = read_raeume(projekt, konfiguration.raeume, konfiguration.dokumente["raeume"])
        geometrien = read_geometrien(projekt, konfiguration.raeume, raeume)
    except EingabeError as fehler:
        probleme.extend(fehler.probleme)
    lieferungen, messwerte = _read_quellen(projekt, konfiguration, probleme)
    if probleme or raeume is None or geometrien is None:
        raise EingabeError(probleme)
    bau.write_tabelle(Raeume, raeume)
    bau.write_tabelle(Geometrien, geometrien)
    bau.write_tabelle(Lieferungen, Lieferungen.make(pl.DataFrame(lieferungen, schema=Lieferungen.empty().schema)))
    werte = Messwerte.make(pl.concat(messwerte))
    bau.write_tabelle(Messwerte, werte)
    bau.write_tabelle(Eingangsbefunde, _find_unbeanspruchte(projekt, konfiguration))
    teile = [
        count(len(lieferungen), "Datei", "Dateien"),
        count(raeume.height, "Raum", "Räume"),
        count(werte.height, "Messwert", "Messwerte"),
    ]
    return ", ".join(teile)


def muster(konfiguration: Konfiguration) -> list[str]:
    """Give every glob pattern under the raw folder that the configuration claims."""
    verzeichnis = konfiguration.raeume
    alle = {quelle.datei.glob for quelle in konfiguration.quellen.quellen.values()}
    alle |= {verzeichnis.verzeichnis.datei.glob} | {polygone.datei.glob for polygone in verzeichnis.polygone}
    return sorted(alle)


def _read_quellen(
    projekt: Projekt, konfiguration: Konfiguration, probleme: list[Problem]
) -> tuple[list[dict[str, str | int]], list[pl.DataFrame]]:
    lieferungen: list[dict[str, str | int]] = []
    messwerte: list[pl.DataFrame] = []
    for quellname, quelle in konfiguration.quellen.quellen.items():
        try:
            glob = quelle.datei.glob
            pfade = find_dateien(projekt, glob) if quelle.datei.mehrere else [find_datei(projekt, glob)]
        except EingabeError as fehler:
            probleme.extend(fehler.probleme)
            continue
        for pfad in pfade:
            name = projekt.relativ(pfad)
            datei = pfad.relative_to(projekt.roh).as_posix()
            lieferung_id = f"{quellname}:{datei}"
            try:
                inhalt = read_bytes(pfad, name)
                gelesen = read_quelle(inhalt, name, pfad.name, quelle, lieferung_id)
            except EingabeError as fehler:
                probleme.extend(fehler.probleme)
                continue
            messwerte.append(gelesen.messwerte.select(Messwerte.spalten()))
            lieferungen.append(
                {
                    "lieferung_id": lieferung_id,
                    "quelle": quellname,
                    "datei": datei,
                    "sha256": hash_bytes(inhalt),
                    "stand": quelle.stand.isoformat(),
                    "zeilen": gelesen.zeilen,
                }
            )
    return lieferungen, messwerte


def _find_unbeanspruchte(projekt: Projekt, konfiguration: Konfiguration) -> DataFrame[Eingangsbefunde]:
    """Name the files in the project's own data/raw that no declaration claims; silent under `--roh`."""
    if not projekt.roh_ist_eigen:
        return Eingangsbefunde.empty()
    beansprucht = {pfad for einzeln in muster(konfiguration) for pfad in projekt.roh.glob(einzeln)}
    dateien = sorted(p for p in projekt.roh.rglob("*") if p.is_file() and p.name[0] != "." and not ist_sperrdatei(p))
    uebrige = [pfad for pfad in dateien if pfad not in beansprucht]
    befunde = [
        Befund(
            Code.DATEI_OHNE_QUELLE,
            f"{projekt.relativ(pfad)} gehört zu keiner Quelle und wird nicht gelesen. "
            "In config/quellen.yaml deklarieren oder die Datei entfernen.",
            gegenstand=pfad.relative_to(projekt.roh).as_posix(),
        )
        for pfad in uebrige
    ]
    return build_befunde(befunde, Eingangsbefunde)
