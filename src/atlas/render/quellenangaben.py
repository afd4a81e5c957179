"""The chapters at the end: data sources and imprint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl
from markupsafe import Markup, escape

from atlas import __version__
from atlas.render.besonderheiten import build_besonderheiten
from atlas.render.modelle import Abschnitt, Kapitel, Spalte, Tabelle, Zeile, Zeilengruppe
from atlas.render.verweise import link_adresse, link_lizenz
from atlas.render.zahlen import SCHAETZUNG, format_datum_kurz, format_gebietsstand

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pandera.typing.polars import DataFrame

    from atlas.config.models.angebote import Angebotsverzeichnis
    from atlas.config.models.beitraege import Sammlung
    from atlas.config.models.quellen import Quelle
    from atlas.config.models.raeume import Polygone
    from atlas.render.werk import Werk
    from atlas.tables.messung import Lieferungen
    from atlas.tables.raum import Umstiege

    _Angabe = Quelle | Angebotsverzeichnis | Sammlung

_BERECHNET: Final = (
    "Alle Zahlen dieses Bandes sind aus den genannten Daten berechnet, soweit nichts anderes dabeisteht."
)


def build_quellen(
    werk: Werk, lieferungen: DataFrame[Lieferungen], umstiege: DataFrame[Umstiege], zeichen: Collection[str] = ()
) -> Kapitel:
    """List the sources with publisher, licence, state and number of files, and what was special about them.

    Registers of Angebote and collections of Beiträge, which no book prints, stand in a table of their own. `zeichen`
    are the signs that stand in the tables of the book.
    """
    dateien = dict(lieferungen.group_by("quelle").agg(pl.len()).sort("quelle").iter_rows())
    sammlungen = {
        name: sammlung.model_copy(update={"titel": f"{sammlung.titel} (nicht abgedruckt)"})
        for name, sammlung in werk.konfiguration.beitraege.beitraege.items()
    }
    listen: dict[str, _Angabe] = {**werk.konfiguration.angebote.angebote, **sammlungen}
    statistiken = _build_liste("Datenquellen", "Statistik", werk.konfiguration.quellen.quellen, dateien)
    verzeichnisse = _build_liste("Angebote und Beiträge", "Verzeichnis oder Sammlung", listen, dateien)
    verzeichnis = werk.konfiguration.raeume
    ebenen = ", ".join(werk.register.count(len(werk.register.list_ebene(e.ebene)), e.ebene) for e in verzeichnis.ebenen)
    raeume = f"Gebietsstand {format_gebietsstand(verzeichnis.gebietsstand)}: {ebenen}."
    abschnitte = (
        Abschnitt("Statistiken", tabellen=(statistiken,)),
        *([Abschnitt(verzeichnisse.titel, tabellen=(verzeichnisse,))] if listen else []),
        *_build_karten(werk),
        *build_besonderheiten(werk, lieferungen, umstiege),
    )
    quellen = list(werk.konfiguration.quellen.quellen.values())
    absaetze = [_BERECHNET, raeume, *_vorbehandelte(quellen), *_umgerechnete(werk, zeichen)]
    return Kapitel("quellen", "Datenquellen", tuple(absaetze), abschnitte)


def _build_liste(titel: str, kopf: str, angaben: Mapping[str, _Angabe], dateien: Mapping[str, int]) -> Tabelle:
    """Give a row per Quelle, register or collection."""
    zeilen = tuple(
        Zeile(
            angabe.titel,
            (
                angabe.herausgeber,
                _format_lizenz(angabe),
                format_datum_kurz(angabe.stand) + (", vorläufig" if getattr(angabe, "vorlaeufig", False) else ""),
                str(dateien.get(name, 0)),
            ),
        )
        for name, angabe in angaben.items()
    )
    spalten = (
        Spalte("Herausgeber", "text"),
        Spalte("Lizenz und Fundstelle", "weit"),
        Spalte("Datenstand", "menge"),
        Spalte("Dateien", "menge"),
    )
    return Tabelle(titel, kopf, spalten, (Zeilengruppe(zeilen),), art="lang")


def _format_lizenz(quelle: _Angabe) -> Markup:
    """Give licence, attribution and address; what the other column or the attribution holds is not repeated."""
    lizenz, nennung = link_lizenz(quelle.lizenz), quelle.namensnennung
    if nennung and quelle.lizenz in nennung:
        vor, _, nach = nennung.partition(quelle.lizenz)
        teile = [Markup("{}{}{}").format(vor, lizenz, nach)]
    else:
        teile = [lizenz, *([escape(nennung)] if nennung and nennung != quelle.herausgeber else [])]
    return Markup(" · ").join([*teile, *([link_adresse(quelle.url)] if quelle.url else [])])


def _list_gedruckte(werk: Werk) -> list[Polygone]:
    """Give the polygons that maps show: those of the level of an Index, else all that its areas are joined from."""
    alle = werk.konfiguration.raeume.polygone
    ebenen = {index.ebene for index in werk.hauptindizes.values()}
    return [p for p in alle if p.ebene in ebenen or ebenen - {eines.ebene for eines in alle}]


def _build_karten(werk: Werk) -> tuple[Abschnitt, ...]:
    """Name origin and licence of the Raumverzeichnis, of every set of polygons and of every Umstieg."""
    verzeichnis = werk.konfiguration.raeume
    angaben = [("Raumverzeichnis", verzeichnis.verzeichnis.herkunft)]
    angaben += [(f"Karte der {werk.register.find_ebene(p.ebene).mehrzahl}", p.herkunft) for p in _list_gedruckte(werk)]
    angaben += [(f"Umrechnung von {format_gebietsstand(u.von)}", u.herkunft) for u in verzeichnis.umstiege]
    zeilen = tuple(
        Zeile(wofuer, (h.titel, h.herausgeber, link_lizenz(h.lizenz), h.stand))
        for wofuer, h in angaben
        if h is not None
    )
    if not zeilen:
        return ()
    spalten = tuple(Spalte(titel, "text") for titel in ("Titel", "Herausgeber", "Lizenz", "Datenstand"))
    titel = "Karten und Raumverzeichnis"
    return (Abschnitt(titel, tabellen=(Tabelle(titel, "Verwendung", spalten, (Zeilengruppe(zeilen),)),)),)


def _vorbehandelte(quellen: list[Quelle]) -> list[str]:
    """Say which publishers changed their figures before delivery."""
    saetze = {
        "gerundet": "Vom Herausgeber gerundet",
        "summentreu": "Vom Herausgeber bei kleinen Zahlen verändert (Summen gehen auf)",
        "zufallsueberlagert": "Vom Herausgeber mit Zufallszahlen überlagert (Summen gehen nicht auf)",
    }
    absaetze = []
    for verfahren, satz in saetze.items():
        titel = [q.titel for q in quellen if any(angabe.verfahren == verfahren for angabe in q.vorbehandelt)]
        absaetze += [f"{satz}: {'; '.join(titel)}."] if titel else []
    return absaetze


def _umgerechnete(werk: Werk, zeichen: Collection[str]) -> list[str]:
    """Say that figures of earlier areas were converted, and how estimates are marked if the book shows any."""
    if not werk.konfiguration.raeume.umstiege:
        return []
    ziel = format_gebietsstand(werk.konfiguration.raeume.gebietsstand)
    geschaetzt = f"; was dabei anteilig geschätzt ist, trägt das Zeichen {SCHAETZUNG}" if SCHAETZUNG in zeichen else ""
    satz = (
        f"Anzahlen früherer Gebietsstände sind auf den vom {ziel} umgerechnet{geschaetzt}. Quoten werden nicht "
        "umgerechnet, sondern aus den Anzahlen neu gebildet."
    )
    return [satz]


def build_impressum(werk: Werk) -> Kapitel:
    """Name the publisher, the fonts with their licence, and the program."""
    atlas = werk.konfiguration.atlas
    herausgeber = [atlas.herausgeber]
    if atlas.kontakt:
        herausgeber.append(f"Kontakt: {atlas.kontakt}")
    farben = "Kartenfarben nach ColorBrewer 2.0, Cynthia A. Brewer, Pennsylvania State University."
    saetze = (
        f"Erstellt mit atlas {__version__}.",
        "Schrift: Source Sans 3, Adobe, lizenziert unter der SIL Open Font License 1.1 (OFL-1.1).",
        *([farben] if werk.konfiguration.raeume.polygone else []),
    )
    return Kapitel(
        "impressum",
        "Impressum",
        abschnitte=(Abschnitt("Herausgeber", tuple(herausgeber)), Abschnitt("Herstellung", saetze)),
    )
