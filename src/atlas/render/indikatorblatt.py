"""One Indikatorblatt per Indikator: what it counts, what it says and does not say, and where its figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.render.herkunft import find_herkunft, format_herkunft
from atlas.render.indikatortabellen import name_voll, sort_nach_dimension
from atlas.render.modelle import Abschnitt, Indikatorblatt, Kapitel
from atlas.render.nachweistext import (
    describe_brueche,
    describe_entsprechungen,
    describe_nachweis,
    describe_ziel,
    join_saetze,
)
from atlas.render.zahlen import group_tausender

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
    return Kapitel("indikatoren", "Die Indikatoren und ihre Bedeutung", abschnitte=abschnitte)


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
        "Entspricht": describe_entsprechungen(indikator),
    }
    erklaert = tuple((name, group_tausender(join_saetze([text]))) for name, text in angaben.items() if text)
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
    ebene = indikator.kleinste_ebene
    fakten = (
        ("Einheit", group_tausender(indikator.einheit)),
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
