"""The method of an Index step by step in plain German, made from its configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.render.klassen import format_grenzen
from atlas.render.zahlen import format_kurz, format_liste

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.config.models.indizes import GestufterIndex
    from atlas.config.models.verfahren import Differenz, Standardisierung
    from atlas.render.werk import Werk


def describe_schritte(werk: Werk, index: str) -> tuple[str, ...]:
    """Give the steps from the Räume that take part to the classes."""
    gestuft = werk.indizes[index]
    return (
        _auswahl(werk, gestuft),
        _ausgangswert(werk, gestuft),
        "Standardisieren: " + _standardisierung(gestuft.standardisierung, "Von jedem Wert", "je Indikator"),
        _zusammenfassung(werk, gestuft),
        _restandardisierung(gestuft),
        _klassen(werk, gestuft),
    )


def refer_gleiche(schritte: Sequence[str], fruehere: Sequence[str], index: str) -> tuple[str, ...]:
    """Give steps of which those that an earlier Index has word for word only refer to it."""
    return tuple(
        f"{schritt.partition(':')[0]}: wie {_beim(index)}." if ":" in schritt and schritt in fruehere else schritt
        for schritt in schritte
    )


def refer_gleiche_saetze(saetze: Sequence[str], fruehere: Sequence[str], index: str) -> tuple[str, ...]:
    """Give paragraphs without those that an earlier Index has word for word, and one that refers to them."""
    neue = tuple(satz for satz in saetze if satz not in fruehere)
    koepfe = [satz.partition(":")[0] for satz in saetze if satz in fruehere]
    was = format_liste(koepfe) if neue else "Verfahren und Belege"
    return (*neue, f"{was}: wie {_beim(index)}.") if koepfe else neue


def _beim(index: str) -> str:
    return f"beim {index}" if index.casefold().endswith("index") else f"bei »{index}«"


def describe_dimensionsschritte(werk: Werk, index: str) -> tuple[str, ...]:
    """Give the steps that Indizes of Dimensionen share; what each is made of stands in a table beside them."""
    gestuft = werk.indizes[index]
    wie = "addiert" if gestuft.zusammenfassung == "summe" else "zum gewichteten Mittelwert zusammengefasst"
    return (
        _auswahl(werk, gestuft),
        (
            "Ausgangswerte: je Dimension die Indikatoren der folgenden Tabelle; verwendet wird der Wert des "
            f"Berichtsjahrs {werk.jahr}, ungerundet, bei Indikatoren mit einem eigenen Jahr der dieses Jahres."
        ),
        "Standardisieren: " + _standardisierung(gestuft.standardisierung, "Von jedem Wert", "je Indikator"),
        (
            f"Zusammenfassen: Die standardisierten Werte werden je Dimension mit ihrem Gewicht {wie}; wo ein hoher "
            "Wert Entlastung heißt, dreht sich das Vorzeichen. Ein höheres Ergebnis heißt: höherer Bedarf."
        ),
        _restandardisierung(gestuft),
        _klassen(werk, gestuft),
    )


def _auswahl(werk: Werk, gestuft: GestufterIndex) -> str:
    mehrzahl = werk.register.find_ebene(gestuft.ebene).mehrzahl
    mindest = werk.konfiguration.raeume.mindesteinwohner
    text = f"Auswählen: Verglichen werden die {mehrzahl}"
    if mindest is not None and mindest.anzahl > 0:
        text += f" mit mindestens {mindest.anzahl} Einwohnerinnen und Einwohnern {_fenster(werk, gestuft)}"
    text += ". Alle Indikatoren des Index müssen vorliegen."
    return f"{text} Einzelne Räume sind mit Begründung ausgenommen." if werk.konfiguration.raeume.ausschluesse else text


def _fenster(werk: Werk, gestuft: GestufterIndex) -> str:
    jahre = gestuft.beobachtungsjahre
    if jahre == 0:
        return f"im Berichtsjahr {werk.jahr}"
    return f"in jedem Jahr von {werk.jahr - jahre} bis {werk.jahr} (Jahre ohne Einwohnerzahl zählen nicht)"


def _ausgangswert(werk: Werk, gestuft: GestufterIndex) -> str:
    katalog = werk.konfiguration.indikatoren.indikatoren
    namen = format_liste([katalog[eintrag.indikator].kurzname for eintrag in gestuft.indikatoren])
    if gestuft.differenz is None and gestuft.ausgangswert == "wert":
        was = f"der Wert des Berichtsjahrs {werk.jahr}"
        if any(katalog[eintrag.indikator].jahr is not None for eintrag in gestuft.indikatoren):
            was += " (bei Indikatoren mit einem eigenen Jahr der dieses Jahres)"
    elif gestuft.differenz is None:
        was = "die Veränderung, wie sie geliefert wurde"
    else:
        was = _differenz(werk, gestuft.differenz)
    return f"Ausgangswerte: {namen}; verwendet wird {was}, ungerundet."


def _differenz(werk: Werk, differenz: Differenz) -> str:
    zeitraum = f"von {werk.jahr - differenz.jahre} bis {werk.jahr}"
    if differenz.form == "relativ":
        return f"die Veränderung {zeitraum} in Prozent des früheren Werts"
    return f"die Veränderung {zeitraum} in der Einheit des Indikators, bei Anteilen also in Prozentpunkten"


def _standardisierung(wahl: Standardisierung, von_was: str, wo: str) -> str:
    zentrum = "der Mittelwert der einbezogenen Räume" if wahl.zentrum == "raummittel" else "der Wert des ganzen Gebiets"
    return (
        f"{von_was} wird {wo} {zentrum} abgezogen und das Ergebnis durch die Standardabweichung der einbezogenen "
        f"Räume geteilt ({_zaehlweise(wahl)})."
    )


def _zaehlweise(wahl: Standardisierung) -> str:
    gewicht = "jeder Raum zählt gleich"
    if wahl.gewichtung == "bevoelkerung":
        gewicht = "jeder Raum zählt nach seiner Einwohnerzahl"
    nenner = "Nenner n, die Räume sind die Gesamtheit" if wahl.freiheitsgrade == 0 else "Nenner n − 1"
    return f"{gewicht}; {nenner}"


def _zusammenfassung(werk: Werk, gestuft: GestufterIndex) -> str:
    katalog = werk.konfiguration.indikatoren.indikatoren
    wie = "Die standardisierten Werte werden addiert"
    if gestuft.zusammenfassung == "mittelwert":
        wie = "Aus den standardisierten Werten wird der gewichtete Mittelwert gebildet"
    gewichte = {eintrag.gewicht for eintrag in gestuft.indikatoren}
    text = "alle Indikatoren zählen gleich"
    if len(gewichte) > 1:
        einzeln = [f"{katalog[e.indikator].kurzname} {format_kurz(e.gewicht)}" for e in gestuft.indikatoren]
        text = f"Gewichte: {format_liste(einzeln)}"
    entlastend = [
        katalog[eintrag.indikator].kurzname
        for eintrag in gestuft.indikatoren
        if katalog[eintrag.indikator].richtung == "hoch_ist_entlastet"
    ]
    dreh = f" Das Vorzeichen dreht sich bei {format_liste(entlastend)}." if entlastend else ""
    return f"Zusammenfassen: {wie}; {text}.{dreh} Ein höheres Ergebnis heißt: stärker belastet."


def _restandardisierung(gestuft: GestufterIndex) -> str:
    wahl = gestuft.restandardisierung
    if wahl == "keine":
        return "Ein zweites Standardisieren entfällt; das Ergebnis ist der Indexwert."
    if wahl.zentrum == "gesamtwert":
        return (
            "Erneut standardisieren: Das Ergebnis wird durch die Standardabweichung der einbezogenen Räume geteilt "
            f"({_zaehlweise(wahl)}). Das ist der Indexwert: 0 ist der Wert des ganzen Gebiets, 1 eine "
            "Standardabweichung."
        )
    text = _standardisierung(wahl, "Von dem Ergebnis", "noch einmal")
    return f"Erneut standardisieren: {text} Das ist der Indexwert: 0 ist der Durchschnitt, 1 eine Standardabweichung."


def _klassen(werk: Werk, gestuft: GestufterIndex) -> str:
    teile = [f"{werk.klassenname(klasse.klasse)} {format_grenzen(klasse)}" for klasse in gestuft.klassen]
    return (
        f"Einteilen nach dem ungerundeten Indexwert: {'; '.join(teile)}. »von« und »bis« schließen die Grenze ein, "
        "»über« und »unter« nicht."
    )
