"""Stage ingest: raw files become Raeume, Geometrien, Lieferungen and Messwerte. It judges nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from atlas.befunde import Befund, Code, build_befunde
from atlas.errors import EingabeError, Problem
from atlas.ingest.dateien import ist_sperrdatei
from atlas.ingest.doppelte import drop_doppelte
from atlas.ingest.genehmigung import check_genehmigungen, find_ablauf
from atlas.ingest.geo.polygone import read_geometrien
from atlas.ingest.korrekturen import apply_korrekturen
from atlas.ingest.lieferungen import read_lieferungen
from atlas.ingest.raeume.raumverzeichnis import read_raeume
from atlas.ingest.raeume.umstiegsdateien import find_ungenaue, read_umstiege
from atlas.tables.ergebnis import Eingangsbefunde
from atlas.tables.messung import Lieferungen, Messwerte
from atlas.tables.raum import Geometrien, Raeume, Umstiege
from atlas.uhr import read_heute
from atlas.zahlwort import count

if TYPE_CHECKING:
    from atlas.config.laden import Konfiguration
    from atlas.config.models.datei import Datei
    from atlas.projekt import Projekt
    from atlas.store import Bau


def run(projekt: Projekt, konfiguration: Konfiguration, bau: Bau) -> str:
    """Read everything that is declared; report all problems of all files at once."""
    check_genehmigungen(konfiguration, read_heute())
    bau.gilt_bis = find_ablauf(konfiguration)
    probleme: list[Problem] = []
    raeume = geometrien = None
    try:
        raeume = read_raeume(projekt, konfiguration.raeume, konfiguration.dokumente["raeume"])
        geometrien = read_geometrien(projekt, konfiguration.raeume, raeume)
    except EingabeError as fehler:
        probleme.extend(fehler.probleme)
    umstiege, gelesene = read_umstiege(projekt, konfiguration, raeume, probleme)
    bekannte = frozenset(umstiege["von_raum_id"]) | (frozenset(raeume["raum_id"]) if raeume is not None else set())
    lieferungen, messwerte, auffaelliges = read_lieferungen(projekt, konfiguration, bekannte, probleme)
    if probleme or raeume is None or geometrien is None:
        raise EingabeError(probleme)
    bau.write_tabelle(Raeume, raeume)
    bau.write_tabelle(Geometrien, geometrien)
    bau.write_tabelle(Lieferungen, Lieferungen.make(pl.DataFrame(lieferungen, schema=Lieferungen.empty().schema)))
    bau.write_tabelle(Umstiege, umstiege)
    korrekturen = konfiguration.korrekturen.korrekturen
    geliefert = pl.concat(messwerte)
    berichtigt = apply_korrekturen(geliefert, korrekturen, konfiguration.dokumente.get("korrekturen"))
    werte = Messwerte.make(drop_doppelte(berichtigt, konfiguration.quellen.quellen))
    bau.write_tabelle(Messwerte, werte)
    befunde = [*_find_unbeanspruchte(projekt, konfiguration), *find_ungenaue(gelesene), *auffaelliges]
    bau.write_tabelle(Eingangsbefunde, build_befunde(befunde, Eingangsbefunde))
    teile = [
        count(len(lieferungen), "Datei", "Dateien"),
        count(raeume.height, "Raum", "Räume"),
        count(werte.height, "Messwert", "Messwerte"),
    ]
    return ", ".join(teile)


def muster(konfiguration: Konfiguration) -> list[str]:
    """Give every glob pattern under the raw folder that the configuration claims."""
    raeume = konfiguration.raeume
    dateien: list[Datei] = [quelle.datei for quelle in konfiguration.quellen.quellen.values()]
    dateien += [raeume.verzeichnis.datei, *(polygone.datei for polygone in raeume.polygone)]
    dateien += [umstieg.datei for umstieg in raeume.umstiege]
    dateien += [gueltigkeit.datei for gueltigkeit in raeume.gueltigkeiten.values()]
    return sorted({glob for datei in dateien for glob in datei.globs})


def _find_unbeanspruchte(projekt: Projekt, konfiguration: Konfiguration) -> list[Befund]:
    """Name the files in the project's own data/raw that no declaration claims; silent under `--roh`."""
    if not projekt.roh_ist_eigen:
        return []
    beansprucht = {pfad for einzeln in muster(konfiguration) for pfad in projekt.roh.glob(einzeln)}
    dateien = sorted(p for p in projekt.roh.rglob("*") if p.is_file() and p.name[0] != "." and not ist_sperrdatei(p))
    uebrige = [pfad for pfad in dateien if pfad not in beansprucht]
    return [
        Befund(
            Code.DATEI_OHNE_QUELLE,
            f"{projekt.relativ(pfad)} gehört zu keiner Quelle und wird nicht gelesen. "
            "In config/quellen.yaml deklarieren oder die Datei entfernen.",
            gegenstand=pfad.relative_to(projekt.roh).as_posix(),
        )
        for pfad in uebrige
    ]
