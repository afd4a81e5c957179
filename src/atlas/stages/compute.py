"""Stage compute: Merkmale on every level, Indikatoren, Indizes, and what each Ausgabe may show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.config.indexkatalog import build_gesamtverfahren, build_indexverfahren
from atlas.config.katalog import (
    build_einbezug,
    build_formelterme,
    build_freigaberegeln,
    build_katalog,
    build_umrechnung,
)
from atlas.config.schutz import list_ohne_schutz
from atlas.core.altersgruppen import add_altersgruppen
from atlas.core.gebietsstand import convert_messwerte
from atlas.core.geheimhaltung import Ergebnisse, release
from atlas.core.index import Eingaben, compute_indizes
from atlas.core.indikatoren import compute_indikatorwerte
from atlas.core.raumhierarchie import compute_merkmalswerte
from atlas.store import read_tabelle
from atlas.tables.ergebnis import Gebietswerte, Indikatorwerte, Indizes, Merkmalswerte, Normwerte
from atlas.tables.freigabe import Freigabewerte
from atlas.tables.katalog import Formelterme, Indikatorkatalog
from atlas.tables.messung import Messwerte
from atlas.tables.raum import Raeume, Umstiege
from atlas.zahlwort import count

if TYPE_CHECKING:
    from atlas.config.laden import Konfiguration
    from atlas.projekt import Projekt
    from atlas.store import Bau


def run(projekt: Projekt, konfiguration: Konfiguration, bau: Bau) -> str:
    """Compute everything exactly, then cut the Ausgaben from it."""
    raeume, messwerte = read_tabelle(projekt, Raeume), read_tabelle(projekt, Messwerte)
    katalog, formelterme = (
        build_katalog(konfiguration.indikatoren),
        build_formelterme(konfiguration.indikatoren),
    )
    verfahren, einbezug = (
        build_indexverfahren(konfiguration.dimensionen, konfiguration.indikatoren),
        build_einbezug(konfiguration.raeume),
    )
    umrechnung = build_umrechnung(konfiguration.raeume, katalog, formelterme)
    umstiege = read_tabelle(projekt, Umstiege)
    gebietswerte = Gebietswerte.make(convert_messwerte(messwerte, raeume, umstiege, umrechnung))
    mit_baendern = Gebietswerte.make(add_altersgruppen(gebietswerte, katalog, formelterme))
    merkmalswerte = compute_merkmalswerte(mit_baendern, raeume, katalog, formelterme)
    indikatorwerte = compute_indikatorwerte(merkmalswerte, raeume, katalog, formelterme)
    eingaben = Eingaben(indikatorwerte, merkmalswerte, raeume, katalog, einbezug)
    gesamt = build_gesamtverfahren(konfiguration.dimensionen)
    normwerte, indizes = compute_indizes(eingaben, verfahren, gesamt)
    ergebnisse = Ergebnisse(
        raeume, katalog, formelterme, merkmalswerte, indikatorwerte, normwerte, indizes, verfahren, gesamt, einbezug
    )
    ohne_schutz = list_ohne_schutz(konfiguration.quellen, konfiguration.angebote)
    freigabewerte = release(ergebnisse, build_freigaberegeln(konfiguration.ausgaben, ohne_schutz))
    bau.write_tabelle(Indikatorkatalog, katalog)
    bau.write_tabelle(Formelterme, formelterme)
    bau.write_tabelle(Gebietswerte, gebietswerte)
    bau.write_tabelle(Merkmalswerte, merkmalswerte)
    bau.write_tabelle(Indikatorwerte, indikatorwerte)
    bau.write_tabelle(Normwerte, normwerte)
    bau.write_tabelle(Indizes, indizes)
    bau.write_tabelle(Freigabewerte, freigabewerte)
    teile = [
        count(katalog.height, "Indikator", "Indikatoren"),
        count(len(verfahren), "Index", "Indizes"),
        count(freigabewerte["ausgabe"].n_unique(), "Ausgabe", "Ausgaben"),
    ]
    return ", ".join(teile)
