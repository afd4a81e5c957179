"""From released tables and metadata to the view model of a book: names, units and sources join by key here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from atlas.render.dimensionskapitel import build_dimensionen
from atlas.render.eigenjahr import name_eigene_jahre
from atlas.render.flaechen import build_kartengrund
from atlas.render.freigabe import select_freigabe
from atlas.render.gesamtkarte import build_gesamtseite
from atlas.render.indikatorblatt import build_definitionen
from atlas.render.inhalt import list_zeichen_in
from atlas.render.kartenseiten import EINZELN_BIS, build_indexseiten
from atlas.render.kuerze import build_kuerze
from atlas.render.methoden import build_methoden
from atlas.render.modelle import Buch, Eintrag
from atlas.render.monitor import build_monitor
from atlas.render.quellenangaben import build_impressum, build_quellen
from atlas.render.raumtabelle import build_raumkapitel
from atlas.render.umschlag import build_umschlag
from atlas.render.wegweiser import build_wegweiser
from atlas.render.werk import Werk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pandera.typing.polars import DataFrame

    from atlas.config.laden import Konfiguration
    from atlas.render.flaechen import Kartengrund
    from atlas.render.register import Register
    from atlas.tables.freigabe import Freigabewerte
    from atlas.tables.messung import Lieferungen
    from atlas.tables.raum import Geometrien, Umstiege

KUERZE = "kuerze"
_BREITE_WENIGE, _BREITE_VIELE = 1000, 2000


def build_kartengruende(
    konfiguration: Konfiguration, register: Register, geometrien: DataFrame[Geometrien]
) -> dict[str, Kartengrund]:
    """Give the ground of the maps once per level that an Index is computed on; a level without polygons has none."""
    gruende: dict[str, Kartengrund] = {}
    eigene = geometrien.filter(pl.col("gebietsstand") == konfiguration.raeume.gebietsstand)
    alle: dict[str, bytes] = dict(eigene.select("raum_id", "wkb").sort("raum_id").iter_rows())
    for ebene in sorted({i.ebene for i in konfiguration.dimensionen.indizes.values() if i.art != "dimension"}):
        wkb = {raum: alle[raum] for raum in register.list_ebene(ebene) if raum in alle}
        if not wkb:
            continue
        gruppen = {raum: gruppe for gruppe, raeume in register.group(ebene).items() for raum in raeume}
        breite = _BREITE_WENIGE if len(wkb) <= EINZELN_BIS else _BREITE_VIELE
        gruende[ebene] = build_kartengrund(wkb, gruppen, breite)
    return gruende


@dataclass(frozen=True)
class Grundlage:
    """What all Ausgaben of a run share: configuration, Räume, sources, the ground of the maps, released figures."""

    konfiguration: Konfiguration
    freigabewerte: DataFrame[Freigabewerte]
    register: Register
    lieferungen: DataFrame[Lieferungen]
    umstiege: DataFrame[Umstiege]
    gruende: Mapping[str, Kartengrund]


def build_buch(grundlage: Grundlage, ausgabe: str) -> Buch:
    """Give the view model of an Ausgabe."""
    konfiguration = name_eigene_jahre(grundlage.konfiguration)
    katalog = konfiguration.indikatoren.indikatoren
    eigene_jahre = {name: indikator.jahr for name, indikator in katalog.items() if indikator.jahr is not None}
    freigabe = select_freigabe(grundlage.freigabewerte, ausgabe, konfiguration.atlas.berichtsjahr, eigene_jahre)
    werk = Werk(konfiguration, konfiguration.ausgaben.ausgaben[ausgabe], freigabe, grundlage.register)
    karten = build_indexseiten(werk, grundlage.gruende)
    if werk.gesamt is not None:
        karten = (*karten, build_gesamtseite(werk, werk.gesamt, grundlage.gruende.get(werk.hauptebene)))
    raeume = build_raumkapitel(werk)
    monitor = build_monitor(werk)
    dimensionen = build_dimensionen(werk)
    kuerze = build_kuerze(werk, _find_zeitraum(grundlage.freigabewerte, ausgabe))
    definitionen = build_definitionen(werk)
    vorn = (kuerze, karten, raeume, monitor, dimensionen, definitionen)
    quellen = build_quellen(werk, grundlage.lieferungen, grundlage.umstiege, list_zeichen_in(vorn))
    impressum = build_impressum(werk)
    methoden = build_methoden(werk, (*vorn, quellen, impressum))
    schluss = (definitionen, methoden, quellen, impressum)
    kuerze = replace(kuerze, wegweiser=build_wegweiser(karten, raeume, monitor, dimensionen, schluss[:3]))
    inhalt = [Eintrag(KUERZE, "Das Wichtigste in Kürze"), *(Eintrag(karte.anker, karte.titel) for karte in karten)]
    inhalt.append(Eintrag(raeume.anker, raeume.titel))
    inhalt += [Eintrag(monitor.anker, monitor.titel)] if monitor else []
    inhalt += [Eintrag(kapitel.anker, kapitel.titel) for kapitel in (*dimensionen, *schluss)]
    return Buch(
        umschlag=build_umschlag(werk),
        inhalt=tuple(inhalt),
        kuerze=kuerze,
        karten=karten,
        raeume=raeume,
        monitor=monitor,
        dimensionen=dimensionen,
        definitionen=schluss[0],
        methoden=schluss[1],
        quellen=schluss[2],
        impressum=schluss[3],
    )


def _find_zeitraum(freigabewerte: DataFrame[Freigabewerte], ausgabe: str) -> str:
    """Give the years that an Ausgabe has figures of Indikatoren for: 2014 bis 2025."""
    gezeigt = freigabewerte.filter(
        (pl.col("ausgabe") == ausgabe) & (pl.col("art") == "indikator") & pl.col("wert").is_not_null()
    )
    jahre = sorted(gezeigt["jahr"].unique())
    if not jahre:
        return ""
    return f"{jahre[0]} bis {jahre[-1]}" if len(jahre) > 1 else str(jahre[0])
