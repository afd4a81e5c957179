"""Which files of the raw folder the configuration claims, and which nobody reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.ingest.dateien import ist_sperrdatei

if TYPE_CHECKING:
    from pathlib import Path

    from atlas.config.laden import Konfiguration
    from atlas.config.models.datei import Datei
    from atlas.projekt import Projekt


def list_muster(konfiguration: Konfiguration) -> list[str]:
    """Give every glob pattern under the raw folder that the configuration claims."""
    raeume = konfiguration.raeume
    dateien: list[Datei] = [quelle.datei for quelle in konfiguration.quellen.quellen.values()]
    dateien += [raeume.verzeichnis.datei, *(polygone.datei for polygone in raeume.polygone)]
    dateien += [umstieg.datei for umstieg in raeume.umstiege]
    dateien += [gueltigkeit.datei for gueltigkeit in raeume.gueltigkeiten.values()]
    dateien += [verzeichnis.datei for verzeichnis in konfiguration.angebote.angebote.values()]
    dateien += [sammlung.datei for sammlung in konfiguration.beitraege.beitraege.values()]
    return sorted({glob for datei in dateien for glob in datei.globs})


def list_unbeanspruchte(projekt: Projekt, konfiguration: Konfiguration) -> list[Path]:
    """Give the files of the raw folder that no declaration claims, sorted; not those of editors and hidden ones."""
    beansprucht = {pfad for muster in list_muster(konfiguration) for pfad in projekt.roh.glob(muster)}
    dateien = sorted(p for p in projekt.roh.rglob("*") if p.is_file() and p.name[0] != "." and not ist_sperrdatei(p))
    return [pfad for pfad in dateien if pfad not in beansprucht]
