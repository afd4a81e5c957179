"""What Indizes and Dimensionen name in other files, and what of it an Index cannot use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.config.models.dimensionen import DIMENSIONSINDEX
from atlas.config.unbekannt import tell_unbekannt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.config.laden import Konfiguration
    from atlas.config.models.indikatoren import Indikator
    from atlas.config.models.indizes import GestufterIndex
    from atlas.config.yaml_strikt import Pfad

Fund = tuple[str, tuple["str | int", ...], str]
"""Name of the document, path in it, German text."""


def find_indizes(konfiguration: Konfiguration) -> Iterator[Fund]:
    """Find what an Index names and nobody declares, and what it needs and does not have."""
    ebenen = [ebene.ebene for ebene in konfiguration.raeume.ebenen]
    yield from _find_klassen(konfiguration)
    for name, index in konfiguration.dimensionen.indizes.items():
        pfad = _pfad(name)
        if index.ebene not in ebenen:
            yield "dimensionen", (*pfad, "ebene"), tell_unbekannt("die Ebene", index.ebene, ebenen)
        if _braucht_bevoelkerung(index) and konfiguration.raeume.mindesteinwohner is None:
            text = "gewichtung: bevoelkerung braucht raeume.mindesteinwohner (dort steht das Merkmal Einwohner)."
            yield "dimensionen", ("indizes", name, "standardisierung"), text
        yield from _find_index_indikatoren(konfiguration, pfad, index)


def _pfad(name: str) -> Pfad:
    """Give where an Index is declared: among the Indizes, or below its Dimension."""
    if name.startswith(DIMENSIONSINDEX):
        return ("dimensionen", name.removeprefix(DIMENSIONSINDEX), "index")
    return ("indizes", name)


def _braucht_bevoelkerung(index: GestufterIndex) -> bool:
    schritte = [index.standardisierung, index.restandardisierung]
    return any(schritt != "keine" and schritt.gewichtung == "bevoelkerung" for schritt in schritte)


def _find_klassen(konfiguration: Konfiguration) -> Iterator[Fund]:
    """Find classes without a name; one of a method is told once, however many Indizes stand on it."""
    namen, dokument = konfiguration.dimensionen.klassennamen, konfiguration.dokumente["dimensionen"]
    erste: dict[tuple[int, str], Pfad] = {}
    for name, index in konfiguration.dimensionen.indizes.items():
        for nummer, klasse in enumerate(index.klassen):
            pfad: Pfad = ("indizes", name, "klassen", nummer, "klasse")
            if klasse.klasse not in namen:
                erste.setdefault((dokument.problem(pfad, "").zeile, klasse.klasse), pfad)
    for (_, klassenname), pfad in erste.items():
        yield "dimensionen", pfad, tell_unbekannt("die Beschriftung der Klasse", klassenname, namen)


def _find_index_indikatoren(konfiguration: Konfiguration, oben: Pfad, index: GestufterIndex) -> Iterator[Fund]:
    katalog = konfiguration.indikatoren.indikatoren
    for nummer, eintrag in enumerate(index.indikatoren):
        pfad = (*oben, "indikatoren", nummer, "indikator")
        indikator = katalog.get(eintrag.indikator)
        if indikator is None:
            yield "dimensionen", pfad, tell_unbekannt("den Indikator", eintrag.indikator, katalog)
        elif grund := _grund_dagegen(konfiguration, indikator, index):
            yield "dimensionen", pfad, f"»{eintrag.indikator}« {grund}"


def _grund_dagegen(konfiguration: Konfiguration, indikator: Indikator, index: GestufterIndex) -> str:
    """Say why an Indikator cannot be part of an Index; nothing where it can."""
    verlangt = "veraenderung" if index.ausgangswert == "gelieferte_veraenderung" else "stand"
    berichtsjahr = konfiguration.atlas.berichtsjahr
    if indikator.richtung == "neutral":
        return "hat die Richtung neutral und kann in keinen Index eingehen."
    if indikator.berechnung.art == "anzahl":
        return "ist eine Anzahl und hängt von der Größe des Raums ab; in einen Index gehört eine Quote (rate, anteil)."
    if indikator.jahr is not None and index.ausgangswert != "wert":
        return f"zeigt ein eigenes Jahr ({indikator.jahr}) und kann in keinen Index über Veränderungen eingehen."
    if indikator.jahr is not None and indikator.jahr > berichtsjahr:
        return f"zeigt ein Jahr ({indikator.jahr}) nach dem Berichtsjahr {berichtsjahr}."
    if indikator.zeitbezug != verlangt:
        return f"hat zeitbezug: {indikator.zeitbezug}, dieser Index braucht {verlangt}."
    return ""


def find_gesamt(konfiguration: Konfiguration) -> Iterator[Fund]:
    """Find what the Gesamtindex crosses that does not fit."""
    gesamt, indizes = konfiguration.dimensionen.gesamt, konfiguration.dimensionen.indizes
    if "gesamt" in indizes:
        yield "dimensionen", ("indizes", "gesamt"), "der Name gesamt gehört dem Gesamtindex."
    if gesamt is None:
        return
    moegliche = [name for name, index in indizes.items() if index.art != "dimension"]
    for art, name in (("status", gesamt.status), ("dynamik", gesamt.dynamik)):
        if name not in indizes:
            yield "dimensionen", ("gesamt", art), tell_unbekannt("den Index", name, moegliche)
        elif indizes[name].art != art:
            text = f"»{name}« hat die Art {indizes[name].art}, gebraucht wird {art}."
            yield "dimensionen", ("gesamt", art), text
    if {gesamt.status, gesamt.dynamik} <= set(indizes) and len(
        {indizes[gesamt.status].ebene, indizes[gesamt.dynamik].ebene}
    ) > 1:
        text = "Status und Dynamik müssen auf derselben Ebene liegen."
        yield "dimensionen", ("gesamt",), text
