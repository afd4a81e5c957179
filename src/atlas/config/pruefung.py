"""What no single file can know: names that another file must define, choices that contradict each other."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from atlas.config.merkmale import Gruppenvorrat, list_merkmale
from atlas.config.models.indikatoren import Dichte, Quotient
from atlas.tables.listen import FLAECHE_HA

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from atlas.config.laden import Konfiguration
    from atlas.config.models.dimensionen import GestufterIndex
    from atlas.config.models.indikatoren import Indikator
    from atlas.config.models.quellen import Quelle
    from atlas.config.models.schluessel import QuellSchluessel
    from atlas.config.yaml_strikt import Pfad
    from atlas.errors import Problem

Fund = tuple[str, tuple["str | int", ...], str]
"""Name of the document, path in it, German text."""


def find_widersprueche(konfiguration: Konfiguration) -> list[Problem]:
    """Find every reference that leads nowhere and every contradiction between the files."""
    funde = [
        *_find_indikatoren(konfiguration),
        *_find_indizes(konfiguration),
        *_find_gesamt(konfiguration),
        *_find_raeume(konfiguration),
        *_find_quellen(konfiguration),
        *_find_ausgaben(konfiguration),
        *_find_korrekturen(konfiguration),
    ]
    return [_problem(konfiguration, *fund) for fund in funde]


def _problem(konfiguration: Konfiguration, name: str, pfad: Pfad, text: str) -> Problem:
    return konfiguration.dokumente[name].problem(pfad, text)


def _unbekannt(art: str, name: str, bekannte: Collection[str]) -> str:
    naechster = difflib.get_close_matches(name, sorted(bekannte), n=1, cutoff=0.5)
    namen = ", ".join(bekannt or "(leer)" for bekannt in sorted(bekannte))
    rat = f"Gemeint: {naechster[0]}?" if naechster and naechster[0] else f"Bekannt: {namen or 'keine'}."
    return f"{art} »{name}« gibt es nicht. {rat}"


def terme_von(indikator: Indikator) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Give every Merkmal and group an Indikator uses, with its path below the Indikator."""
    berechnung = indikator.berechnung
    if isinstance(berechnung, Quotient | Dichte):
        seiten = {"zaehler": berechnung.zaehler}
        if isinstance(berechnung, Quotient):
            seiten["nenner"] = berechnung.nenner
        for seite, terme in seiten.items():
            for nummer, term in enumerate(terme):
                yield ("berechnung", seite, nummer), term.merkmal, term.gruppe
    else:
        yield ("berechnung",), berechnung.merkmal, berechnung.gruppe


def _find_indikatoren(konfiguration: Konfiguration) -> Iterator[Fund]:
    bekannte = list_merkmale(konfiguration.quellen.quellen.values())
    dimensionen = konfiguration.dimensionen.dimensionen
    for name, indikator in konfiguration.indikatoren.indikatoren.items():
        pfad = ("indikatoren", name)
        if indikator.dimension not in dimensionen:
            text = _unbekannt("die Dimension", indikator.dimension, dimensionen)
            yield "indikatoren", (*pfad, "dimension"), text
        for unterpfad, merkmal, gruppe in terme_von(indikator):
            for angabe, text in _find_groesse(merkmal, gruppe, bekannte):
                yield "indikatoren", (*pfad, *unterpfad, angabe), text


def _find_groesse(merkmal: str, gruppe: str, bekannte: Mapping[str, Gruppenvorrat]) -> Iterator[tuple[str, str]]:
    """Say which of Merkmal and group no Quelle delivers."""
    if merkmal not in bekannte:
        yield "merkmal", _unbekannt("das Merkmal", merkmal, bekannte)
    elif not bekannte[merkmal].kennt(gruppe):
        yield "gruppe", _unbekannt(f"bei {merkmal} die Gruppe", gruppe, bekannte[merkmal].gruppen)


def _find_indizes(konfiguration: Konfiguration) -> Iterator[Fund]:
    ebenen = [ebene.ebene for ebene in konfiguration.raeume.ebenen]
    for name, index in konfiguration.dimensionen.indizes.items():
        pfad = ("indizes", name)
        if index.ebene not in ebenen:
            yield "dimensionen", (*pfad, "ebene"), _unbekannt("die Ebene", index.ebene, ebenen)
        if _braucht_bevoelkerung(index) and konfiguration.raeume.mindesteinwohner is None:
            text = "gewichtung: bevoelkerung braucht raeume.mindesteinwohner (dort steht das Merkmal Einwohner)."
            yield "dimensionen", (*pfad, "standardisierung"), text
        for nummer, klasse in enumerate(index.klassen):
            if klasse.klasse not in konfiguration.dimensionen.klassennamen:
                text = _unbekannt("die Beschriftung der Klasse", klasse.klasse, konfiguration.dimensionen.klassennamen)
                yield "dimensionen", (*pfad, "klassen", nummer, "klasse"), text
        yield from _find_index_indikatoren(konfiguration, name, index)


def _braucht_bevoelkerung(index: GestufterIndex) -> bool:
    schritte = [index.standardisierung, index.restandardisierung]
    return any(schritt != "keine" and schritt.gewichtung == "bevoelkerung" for schritt in schritte)


def _find_index_indikatoren(konfiguration: Konfiguration, name: str, index: GestufterIndex) -> Iterator[Fund]:
    katalog = konfiguration.indikatoren.indikatoren
    verlangt = "veraenderung" if index.ausgangswert == "gelieferte_veraenderung" else "stand"
    for nummer, eintrag in enumerate(index.indikatoren):
        pfad = ("indizes", name, "indikatoren", nummer, "indikator")
        indikator = katalog.get(eintrag.indikator)
        if indikator is None:
            yield "dimensionen", pfad, _unbekannt("den Indikator", eintrag.indikator, katalog)
        elif indikator.richtung == "neutral":
            text = f"»{eintrag.indikator}« hat die Richtung neutral und kann in keinen Index eingehen."
            yield "dimensionen", pfad, text
        elif indikator.jahr is not None:
            text = f"»{eintrag.indikator}« zeigt ein eigenes Jahr ({indikator.jahr}) und kann in keinen Index eingehen."
            yield "dimensionen", pfad, text
        elif indikator.zeitbezug != verlangt:
            text = f"»{eintrag.indikator}« hat zeitbezug: {indikator.zeitbezug}, dieser Index braucht {verlangt}."
            yield "dimensionen", pfad, text


def _find_gesamt(konfiguration: Konfiguration) -> Iterator[Fund]:
    gesamt, indizes = konfiguration.dimensionen.gesamt, konfiguration.dimensionen.indizes
    if "gesamt" in indizes:
        yield "dimensionen", ("indizes", "gesamt"), "der Name gesamt gehört dem Gesamtindex."
    if gesamt is None:
        return
    for art, name in (("status", gesamt.status), ("dynamik", gesamt.dynamik)):
        if name not in indizes:
            yield "dimensionen", ("gesamt", art), _unbekannt("den Index", name, indizes)
        elif indizes[name].art != art:
            text = f"»{name}« hat die Art {indizes[name].art}, gebraucht wird {art}."
            yield "dimensionen", ("gesamt", art), text
    if {gesamt.status, gesamt.dynamik} <= set(indizes) and len(
        {indizes[gesamt.status].ebene, indizes[gesamt.dynamik].ebene}
    ) > 1:
        text = "Status und Dynamik müssen auf derselben Ebene liegen."
        yield "dimensionen", ("gesamt",), text


def _find_raeume(konfiguration: Konfiguration) -> Iterator[Fund]:
    mindest = konfiguration.raeume.mindesteinwohner
    bekannte = list_merkmale(konfiguration.quellen.quellen.values())
    if mindest is not None and mindest.merkmal not in bekannte:
        text = _unbekannt("das Merkmal", mindest.merkmal, bekannte)
        yield "raeume", ("mindesteinwohner", "merkmal"), text
    ebenen = [ebene.ebene for ebene in konfiguration.raeume.ebenen]
    for nummer, umstieg in enumerate(konfiguration.raeume.umstiege):
        for stelle, ebene in enumerate(umstieg.unveraenderte_ebenen):
            if ebene not in ebenen:
                pfad = ("umstiege", nummer, "unveraenderte_ebenen", stelle)
                yield "raeume", pfad, _unbekannt("die Ebene", ebene, ebenen)
    gewichtung = konfiguration.raeume.gewichtung
    for merkmal in gewichtung.merkmale if gewichtung else ():
        if merkmal not in bekannte:
            yield "raeume", ("gewichtung", "merkmale", merkmal), _unbekannt("das Merkmal", merkmal, bekannte)
    for nummer, eintrag in enumerate(gewichtung.gruppen if gewichtung else ()):
        for angabe, text in _find_groesse(eintrag.merkmal, eintrag.gruppe, bekannte):
            yield "raeume", ("gewichtung", "gruppen", nummer, angabe), text


def _find_quellen(konfiguration: Konfiguration) -> Iterator[Fund]:
    ebenen = {ebene.ebene for ebene in konfiguration.raeume.ebenen}
    for name, quelle in konfiguration.quellen.quellen.items():
        for pfad, schluessel in _schluessel_von(quelle):
            for ebene in schluessel.ebenen if schluessel.ausserhalb == "fehler" else ():
                if ebene not in ebenen:
                    text = _unbekannt("die Ebene", ebene, ebenen)
                    yield f"quellen.{name}", ("quellen", name, *pfad, "schluessel", "ebenen", ebene), text
        for pfad, merkmal in _merkmale_von(quelle):
            if merkmal == FLAECHE_HA:
                text = f"{FLAECHE_HA} kommt aus dem Raumverzeichnis und kann nicht geliefert werden."
                yield f"quellen.{name}", ("quellen", name, *pfad), text
        if quelle.gueltigkeit is not None and quelle.gueltigkeit not in konfiguration.raeume.gueltigkeiten:
            text = _unbekannt("die Gültigkeitsliste", quelle.gueltigkeit, konfiguration.raeume.gueltigkeiten)
            yield f"quellen.{name}", ("quellen", name, "gueltigkeit"), text


def _schluessel_von(quelle: Quelle) -> Iterator[tuple[Pfad, QuellSchluessel]]:
    """Give every declaration of keys with the path of what it stands in."""
    yield (), quelle.schluessel
    for nummer, abweichung in enumerate(quelle.abweichungen):
        if abweichung.schluessel is not None:
            yield ("abweichungen", nummer), abweichung.schluessel


def _merkmale_von(quelle: Quelle) -> Iterator[tuple[Pfad, str | None]]:
    """Give every Merkmal that columns or dimensions name, with its path."""
    for nummer, spalte in enumerate(quelle.werte.spalten):
        yield ("werte", "spalten", nummer, "merkmal"), spalte.merkmal
    for nummer, dimension in enumerate(quelle.dimensionen):
        for text, merkmal in dimension.merkmale.items():
            yield ("dimensionen", nummer, "merkmale", text), merkmal


def _find_ausgaben(konfiguration: Konfiguration) -> Iterator[Fund]:
    """A delivered rate has no Nenner of its own: without a population no minimum could protect it."""
    fertige = [name for name, i in konfiguration.indikatoren.indikatoren.items() if i.berechnung.art == "wert"]
    if konfiguration.raeume.mindesteinwohner is not None or not fertige:
        return
    for name, ausgabe in konfiguration.ausgaben.ausgaben.items():
        if ausgabe.geheimhaltung != "keine" and ausgabe.geheimhaltung.mindestnenner > 0:
            text = (
                f"mindestnenner greift für fertig gelieferte Werte ({fertige[0]}) nur mit einer Einwohnerzahl. "
                "In raeume.yaml mindesteinwohner eintragen."
            )
            yield "ausgaben", ("ausgaben", name, "geheimhaltung", "mindestnenner"), text


def _find_korrekturen(konfiguration: Konfiguration) -> Iterator[Fund]:
    bekannte = konfiguration.quellen.quellen
    for name, korrektur in konfiguration.korrekturen.korrekturen.items():
        if korrektur.quelle not in bekannte:
            text = _unbekannt("die Quelle", korrektur.quelle, bekannte)
            yield "korrekturen", ("korrekturen", name, "quelle"), text
