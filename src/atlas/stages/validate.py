"""Stage validate: apply the rules to what was ingested and keep every finding."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import polars as pl

from atlas.befunde import build_befunde
from atlas.config.indexkatalog import build_indexverfahren
from atlas.config.katalog import (
    build_einbezug,
    build_formelterme,
    build_katalog,
    build_umrechnung,
)
from atlas.config.merkmale import list_groessen
from atlas.config.pruefung_indikatoren import build_probleme
from atlas.core.altersgruppen import find_unbildbare
from atlas.core.pruefregeln import Pruefling, Wertebereich, find_befunde
from atlas.errors import KonfigurationError
from atlas.store import read_tabelle
from atlas.tables.ergebnis import Befunde, Eingangsbefunde
from atlas.tables.messung import Lieferungen, Messwerte
from atlas.tables.raum import Raeume, Umstiege
from atlas.zahlwort import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from atlas.config.laden import Konfiguration
    from atlas.config.models.quellen import Quelle
    from atlas.projekt import Projekt
    from atlas.store import Bau


def run(projekt: Projekt, konfiguration: Konfiguration, bau: Bau) -> str:
    """Write all findings; open Fehler are counted in the manifest and stop `build` afterwards."""
    quellen = konfiguration.quellen.quellen
    katalog = build_katalog(konfiguration.indikatoren)
    formelterme = build_formelterme(konfiguration.indikatoren)
    messwerte = read_tabelle(projekt, Messwerte)
    pruefling = Pruefling(
        raeume=read_tabelle(projekt, Raeume),
        lieferungen=read_tabelle(projekt, Lieferungen),
        messwerte=messwerte,
        umstiege=read_tabelle(projekt, Umstiege),
        umrechnung=build_umrechnung(konfiguration.raeume, katalog, formelterme),
        katalog=katalog,
        formelterme=formelterme,
        verfahren=build_indexverfahren(konfiguration.dimensionen, konfiguration.indikatoren),
        einbezug=build_einbezug(konfiguration.raeume),
        berichtsjahr=konfiguration.atlas.berichtsjahr,
        eigene_jahre={name: i.jahr for name, i in konfiguration.indikatoren.indikatoren.items() if i.jahr is not None},
        wertebereiche=tuple(b for name, quelle in quellen.items() for b in _build_wertebereiche(name, quelle)),
        vollstaendige_quellen=tuple(name for name, quelle in quellen.items() if quelle.vollstaendig),
        einheiten=_build_einheiten(quellen.values()),
    )
    unbildbare = find_unbildbare(messwerte, pruefling.mit_altersgruppen, katalog, formelterme)
    if probleme := build_probleme(konfiguration, unbildbare):
        raise KonfigurationError(probleme)
    eigene = build_befunde(find_befunde(pruefling), Befunde)
    eingang: pl.DataFrame = read_tabelle(projekt, Eingangsbefunde)
    befunde = Befunde.make(pl.concat([eigene, eingang]))
    bau.write_tabelle(Befunde, befunde)
    anzahl = {
        schwere: befunde.filter(pl.col("schwere") == schwere).height for schwere in ("fehler", "warnung", "hinweis")
    }
    bau.offene_fehler = anzahl["fehler"]
    warnungen = count(anzahl["warnung"], "Warnung", "Warnungen")
    hinweise = count(anzahl["hinweis"], "Hinweis", "Hinweise")
    return f"{anzahl['fehler']} Fehler, {warnungen}, {hinweise}"


def _build_wertebereiche(name: str, quelle: Quelle) -> Iterator[Wertebereich]:
    """Give the declared ranges of all columns of a Quelle."""
    je_spalte = [list_groessen(quelle, spalte) for spalte in quelle.werte.spalten]
    for spalte, groessen in zip(quelle.werte.spalten, je_spalte, strict=True):
        for merkmal, gruppe in groessen if spalte.von is not None or spalte.bis is not None else ():
            genannte = {g for andere in je_spalte for m, g in andere if m == merkmal and g is not None}
            offene = frozenset(genannte if gruppe is None else ())
            yield Wertebereich(name, merkmal, gruppe, spalte.von, spalte.bis, offene)


def _build_einheiten(quellen: Iterable[Quelle]) -> dict[tuple[str, str | None], float]:
    """Give the largest unit above 1 that some Quelle delivers a Merkmal and group in: 1000 for thousands."""
    einheiten: dict[tuple[str, str | None], float] = {}
    for quelle in quellen:
        in_zeilen = math.prod(max(d.faktoren.values()) for d in quelle.dimensionen if d.faktoren)
        for spalte in quelle.werte.spalten:
            einheit = spalte.faktor * in_zeilen
            for groesse in list_groessen(quelle, spalte) if einheit > 1 else ():
                einheiten[groesse] = max(einheit, einheiten.get(groesse, 1.0))
    return einheiten
