"""One Indikatorblatt per Indikator: what it counts, what it says and does not say, and where its figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.render.eigenjahr import find_jahr, find_zeitraum
from atlas.render.herkunft import find_herkunft, format_herkunft
from atlas.render.indikatortabellen import name_voll, sort_nach_dimension
from atlas.render.modelle import Abschnitt, Indikatorblatt, Kapitel, Spalte, Tabelle, Zeile, Zeilengruppe
from atlas.render.nachweistext import (
    describe_brueche,
    describe_entsprechungen,
    describe_nachweis,
    describe_ziel,
    join_saetze,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.config.models.indikatoren import Indikator
    from atlas.render.werk import Werk

KURZ_BIS = 900
"""So many characters of a Blatt stay on one page; a longer one may run on to the next."""
WIRKUNG = {
    "hoch_ist_belastet": "ein höherer Wert erhöht den Indexwert",
    "hoch_ist_entlastet": "ein höherer Wert senkt den Indexwert",
    "neutral": "geht in keinen Index ein",
}
_RICHTUNG = {
    "hoch_ist_belastet": "Ein höherer Wert heißt: mehr Bedarf.",
    "hoch_ist_entlastet": "Ein höherer Wert heißt: weniger Bedarf.",
    "neutral": "Ein höherer Wert heißt weder mehr noch weniger Bedarf.",
}


_ZUM_BUENDEL: Final = "Ein Bündel fasst Indikatoren einer Dimension zusammen, die dasselbe Thema beschreiben."
_ZUM_MONITOR: Final = (
    "Ein Monitor ist eine laufende Beobachtung für eine Fachplanung; ein Indikator kann in mehreren Monitoren stehen."
)


def build_definitionen(werk: Werk) -> Kapitel:
    """Give the chapter of the Indikatorblätter, a section per Dimension."""
    herkunft = find_herkunft(werk)
    dimensionen = werk.konfiguration.dimensionen.dimensionen
    abschnitte = tuple(
        Abschnitt(
            dimensionen[name].name,
            blaetter=tuple(_build_blatt(werk, schluessel, herkunft[schluessel]) for schluessel in eigene),
        )
        for name, eigene in sort_nach_dimension(werk).items()
    )
    titel = "Die Indikatoren und ihre Bedeutung"
    return Kapitel("indikatoren", titel, abschnitte=(*_explain_fakten(werk), *abschnitte))


def _explain_fakten(werk: Werk) -> tuple[Abschnitt, ...]:
    """Say what a bundle and a Monitor is, and which Monitore there are, as far as Indikatoren name any."""
    indikatoren = werk.konfiguration.indikatoren.indikatoren.values()
    genannte = {monitor for indikator in indikatoren for monitor in indikator.monitore}
    saetze = [_ZUM_BUENDEL] if any(indikator.buendel for indikator in indikatoren) else []
    if not genannte:
        return (Abschnitt("Bündel", tuple(saetze)),) if saetze else ()
    monitore = {n: m for n, m in werk.konfiguration.dimensionen.monitore.items() if n in genannte}
    zeilen = tuple(Zeile(monitor.name, (monitor.beschreibung or "",)) for monitor in monitore.values())
    tabelle = Tabelle("Monitore", "Monitor", (Spalte("Aufgabe", "weit"),), (Zeilengruppe(zeilen),))
    titel = "Bündel und Monitore" if saetze else "Monitore"
    return (Abschnitt(titel, (" ".join([*saetze, _ZUM_MONITOR]),), tabellen=(tabelle,)),)


def _build_blatt(werk: Werk, schluessel: str, quellen: Sequence[str]) -> Indikatorblatt:
    """Give the Blatt of an Indikator; what is not declared has no line."""
    indikator = werk.konfiguration.indikatoren.indikatoren[schluessel]
    angaben = {
        "Definition": indikator.definition,
        "Festlegung": indikator.festlegung,
        "Was er sagt": indikator.aussage,
        "Was er nicht sagt": indikator.grenzen,
        "Richtung": indikator.richtung_grund and f"{_RICHTUNG[indikator.richtung]} {indikator.richtung_grund}",
        "Räume": indikator.ebenen_grund,
        "Nachweis": describe_nachweis(indikator),
        "Lieferung": format_herkunft(werk, quellen),
        "Qualität": indikator.qualitaet,
        "Brüche": describe_brueche(indikator),
        "Ziel": describe_ziel(indikator),
        "Hinweis": indikator.hinweis,
        "Vergleichbar mit": describe_entsprechungen(indikator),
    }
    erklaert = tuple((name, join_saetze([text])) for name, text in angaben.items() if text)
    laenge = sum(len(text) for _, text in erklaert)
    return Indikatorblatt(
        anker=f"indikator-{schluessel}",
        titel=name_voll(indikator),
        fakten=_list_fakten(werk, schluessel, indikator),
        angaben=erklaert,
        art="kurz" if laenge <= KURZ_BIS else "lang",
    )


def _list_fakten(werk: Werk, schluessel: str, indikator: Indikator) -> tuple[tuple[str, str], ...]:
    """Give what fits one line: unit, effect in an Index, smallest level, bundle, Monitore."""
    dimensionen = werk.konfiguration.dimensionen
    buendel = dimensionen.dimensionen[indikator.dimension].buendel
    ebene, zeitraum = indikator.kleinste_ebene, find_zeitraum(werk, indikator)
    fakten = (
        ("Einheit", indikator.einheit),
        ("Zeitraum", zeitraum if zeitraum != str(find_jahr(werk, indikator)) else ""),
        ("Wirkung", _tell_wirkung(werk, schluessel)),
        ("kleinste Ebene", werk.register.find_ebene(ebene).titel if ebene else ""),
        ("Bündel", buendel[indikator.buendel] if indikator.buendel else ""),
        ("Monitore", ", ".join(dimensionen.monitore[monitor].name for monitor in indikator.monitore)),
    )
    return tuple((name, wert) for name, wert in fakten if wert)


def _tell_wirkung(werk: Werk, indikator: str) -> str:
    """Say what a higher value does to an Index, and only of what stands in one."""
    benutzt = {eintrag.indikator for index in werk.indizes.values() for eintrag in index.indikatoren}
    richtung = werk.konfiguration.indikatoren.indikatoren[indikator].richtung
    return WIRKUNG[richtung if indikator in benutzt else "neutral"]
