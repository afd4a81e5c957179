"""Which Merkmale are exempt from the minimum count, and what of it contradicts itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.config.merkmale import list_merkmale
from atlas.config.unbekannt import tell_unbekannt
from atlas.tables.listen import FLAECHE_HA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.config.laden import Konfiguration
    from atlas.config.models.angebote import Angebotsverzeichnisse
    from atlas.config.models.quellen import Quellen
    from atlas.config.models.schutz import Schutzausnahme
    from atlas.config.yaml_strikt import Pfad

Ausnahme = tuple[str, "Pfad", "Schutzausnahme"]
"""Merkmal, where it is exempted (begins with the kind and the name of what delivers it), and the words for it."""


def list_ausnahmen(quellen: Quellen, angebote: Angebotsverzeichnisse) -> Iterator[Ausnahme]:
    """Give every exempt Merkmal of every Quelle and register, in the order of the configuration."""
    for name, quelle in quellen.quellen.items():
        if (ausnahme := quelle.ohne_schutz) is not None:
            for nummer, merkmal in enumerate(ausnahme.merkmale):
                yield merkmal, ("quellen", name, "ohne_schutz", "merkmale", nummer), ausnahme
    for name, verzeichnis in angebote.angebote.items():
        zaehlen = verzeichnis.zaehlen
        if zaehlen is not None and zaehlen.ohne_schutz is not None:
            yield zaehlen.merkmal, ("angebote", name, "zaehlen", "ohne_schutz"), zaehlen.ohne_schutz


def list_ohne_schutz(quellen: Quellen, angebote: Angebotsverzeichnisse) -> frozenset[str]:
    """Give the exempt Merkmale."""
    return frozenset(merkmal for merkmal, *_ in list_ausnahmen(quellen, angebote))


def find_ausnahmen(konfiguration: Konfiguration) -> Iterator[tuple[str, Pfad, str]]:
    """Find exemptions of what nobody delivers here, of what others deliver protected, and of persons."""
    quellen, angebote = konfiguration.quellen, konfiguration.angebote
    lieferanten = _list_lieferanten(quellen, angebote)
    befreit = {(merkmal, *pfad[:2]) for merkmal, pfad, _ in list_ausnahmen(quellen, angebote)}
    for merkmal, pfad, _ in list_ausnahmen(quellen, angebote):
        dokument = f"quellen.{pfad[1]}" if pfad[0] == "quellen" else "angebote"
        grund = _grund_dagegen(konfiguration, merkmal, pfad, lieferanten)
        geschuetzte = [wer for wer in lieferanten.get(merkmal, []) if (merkmal, *wer) not in befreit]
        if not grund and geschuetzte:
            grund = (
                f"»{merkmal}« liefert auch »{geschuetzte[0][1]}«, dort ist es geschützt. Ein Merkmal ist überall "
                "ausgenommen oder nirgends: auch dort ohne_schutz eintragen, oder hier streichen."
            )
        if grund:
            yield dokument, pfad, grund


def _list_lieferanten(quellen: Quellen, angebote: Angebotsverzeichnisse) -> dict[str, list[tuple[str, str]]]:
    """Give kind and name of all Quellen and registers that can deliver each Merkmal."""
    vorrat = {("quellen", name): list_merkmale([quelle]) for name, quelle in quellen.quellen.items()}
    vorrat |= {("angebote", name): list_merkmale([], [v]) for name, v in angebote.angebote.items()}
    lieferanten: dict[str, list[tuple[str, str]]] = {}
    for wer, eigener in vorrat.items():
        for merkmal in eigener.keys() - {FLAECHE_HA}:
            lieferanten.setdefault(merkmal, []).append(wer)
    return lieferanten


def _grund_dagegen(
    konfiguration: Konfiguration, merkmal: str, pfad: Pfad, lieferanten: dict[str, list[tuple[str, str]]]
) -> str:
    """Say why a Merkmal cannot be exempt, whoever else delivers it; nothing where it can."""
    mindest = konfiguration.raeume.mindesteinwohner
    quelle = konfiguration.quellen.quellen[str(pfad[1])] if pfad[0] == "quellen" else None
    if pfad[:2] not in lieferanten.get(merkmal, []):
        eigene = [bekanntes for bekanntes, wer in lieferanten.items() if pfad[:2] in wer]
        return tell_unbekannt("in dieser Quelle das Merkmal", merkmal, eigene)
    if mindest is not None and merkmal == mindest.merkmal:
        return f"»{merkmal}« zählt Personen (raeume.mindesteinwohner) und kann nicht ausgenommen werden."
    if quelle is not None and quelle.genehmigung is not None:
        return "Die Quelle hat eine Genehmigung für Sozialdaten; was sie liefert, bleibt geschützt."
    return ""
