"""Stage ingest: raw files become Räume, Geometrien, Messwerte, Angebote and Beiträge. It judges nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from atlas.befunde import Befund, Code, build_befunde
from atlas.errors import EingabeError, Problem
from atlas.ingest.beanspruchte import list_unbeanspruchte
from atlas.ingest.beitraege import find_ohne_raum
from atlas.ingest.doppelte import drop_doppelte
from atlas.ingest.genehmigung import check_genehmigungen, find_ablauf
from atlas.ingest.geo.polygone import read_geometrien
from atlas.ingest.korrekturen import apply_korrekturen
from atlas.ingest.lieferungen import read_lieferungen
from atlas.ingest.listen import read_listen
from atlas.ingest.raeume.raumverzeichnis import read_raeume
from atlas.ingest.raeume.umstiegsdateien import find_ungenaue, read_umstiege
from atlas.ingest.raeume.umstiegskette import find_hinfuehrende
from atlas.tables.angebot import Angebote, Beitraege
from atlas.tables.ergebnis import Eingangsbefunde
from atlas.tables.messung import Lieferungen, Messwerte
from atlas.tables.raum import Geometrien, Raeume, Umstiege
from atlas.uhr import read_heute
from atlas.zahlwort import count
from atlas.zeichen import tame

if TYPE_CHECKING:
    from atlas.config.laden import Konfiguration
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
    bekannte = frozenset() if raeume is None else find_hinfuehrende(umstiege, raeume)
    lieferungen, messwerte, auffaelliges = read_lieferungen(projekt, konfiguration, bekannte, probleme)
    listen = read_listen(projekt, konfiguration, raeume, geometrien, probleme)
    if probleme or raeume is None or geometrien is None:
        raise EingabeError(probleme)
    lieferungen += listen.lieferungen
    bau.write_tabelle(Raeume, raeume)
    bau.write_tabelle(Geometrien, geometrien)
    bau.write_tabelle(Lieferungen, Lieferungen.make(pl.DataFrame(lieferungen, schema=Lieferungen.empty().schema)))
    bau.write_tabelle(Umstiege, umstiege)
    korrekturen = konfiguration.korrekturen.korrekturen
    geliefert = pl.concat([*messwerte, *listen.messwerte])
    berichtigt = apply_korrekturen(geliefert, korrekturen, konfiguration.dokumente.get("korrekturen"))
    werte = Messwerte.make(drop_doppelte(berichtigt, konfiguration.quellen.quellen))
    bau.write_tabelle(Messwerte, werte)
    bau.write_tabelle(Angebote, listen.angebote)
    bau.write_tabelle(Beitraege, listen.beitraege)
    befunde = [*_find_unbeanspruchte(projekt, konfiguration), *find_ungenaue(gelesene), *auffaelliges]
    befunde += find_ohne_raum(listen.beitraege, raeume)
    bau.write_tabelle(Eingangsbefunde, build_befunde(befunde, Eingangsbefunde))
    teile = [
        count(len(lieferungen), "Datei", "Dateien"),
        count(raeume.height, "Raum", "Räume"),
        count(werte.height, "Messwert", "Messwerte"),
        *([count(listen.angebote.height, "Angebot", "Angebote")] if konfiguration.angebote.angebote else []),
        *([count(listen.beitraege.height, "Beitrag", "Beiträge")] if konfiguration.beitraege.beitraege else []),
    ]
    return ", ".join(teile)


def _find_unbeanspruchte(projekt: Projekt, konfiguration: Konfiguration) -> list[Befund]:
    """Name the files in the project's own data/raw that no declaration claims; silent under `--roh`."""
    if not projekt.roh_ist_eigen:
        return []
    return [
        Befund(
            Code.DATEI_OHNE_QUELLE,
            f"{tame(projekt.relativ(pfad))} gehört zu keiner Quelle und wird nicht gelesen. "
            "In config/quellen/ (oder config/quellen.yaml) deklarieren oder die Datei entfernen.",
            gegenstand=tame(pfad.relative_to(projekt.roh).as_posix()),
        )
        for pfad in list_unbeanspruchte(projekt, konfiguration)
    ]
