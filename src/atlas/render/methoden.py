"""The chapter on methods: what was done, who takes part, with which moments, and how figures are protected."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from atlas.render.abkuerzungen import build_abkuerzungen
from atlas.render.dimensionsmethode import build_dimensionsmethoden, name_einheit
from atlas.render.inhalt import list_texte, list_zeichen_in
from atlas.render.klassen import name_fach
from atlas.render.modelle import Abschnitt, Kapitel, Spalte, Tabelle, Zeile, Zeilengruppe
from atlas.render.raumtabelle import INDEXSTELLEN
from atlas.render.schutztext import build_geheimhaltung
from atlas.render.verfahrensherkunft import describe_herkunft
from atlas.render.verfahrenstext import describe_schritte, refer_gleiche, refer_gleiche_saetze
from atlas.render.werk import explain
from atlas.render.zahlen import ZEICHEN, Angabe, format_kurz, format_liste, format_wert, format_zahl, spell
from atlas.tables.listen import SUMME, WENIGE_RAEUME

if TYPE_CHECKING:
    from atlas.render.werk import Werk

_NAECHSTE = 10
GRENZFALL_BIS = 0.1
_ZUM_PUNKT = (
    "Der Punkt steht für Werte, die unbekannt, nicht geliefert, nicht zu bilden oder gesperrt sind; welcher Grund "
    "gilt, nennt bei Indikatoren eine Zeile unter der Tabelle."
)
_ZUM_ABSTAND = "Abstand in Einheiten des Indexwerts; 0,00 heißt: weniger als 0,005."


def build_methoden(werk: Werk, uebrige: object) -> Kapitel:
    """Give a section per Index, then confidentiality, abbreviations and the signs that occur in the book.

    `uebrige` are the view models of the other chapters.
    """
    einleitung = (
        (
            "Dieses Kapitel beschreibt, wie gerechnet wurde. Klassen und Ränge entstehen aus ungerundeten Werten; "
            "gerundet wird nur im Druck, und zwar kaufmännisch."
        ),
        *([hinweis] if (hinweis := werk.konfiguration.dimensionen.hinweis) else []),
    )
    abschnitte = [*(_build_index(werk, index) for index in werk.hauptindizes), *build_dimensionsmethoden(werk)]
    abschnitte.append(build_geheimhaltung(werk))
    alles = (uebrige, abschnitte)
    schluss = (*build_abkuerzungen(werk, list_texte(alles)), *_build_zeichen(list_zeichen_in(alles)))
    return Kapitel("methoden", "Methoden", einleitung, (*abschnitte, *schluss))


def _build_index(werk: Werk, index: str) -> Abschnitt:
    gestuft = werk.indizes[index]
    tabellen = [_build_momente(werk, index)]
    naechste = _build_naechste(werk, index)
    if naechste is not None:
        tabellen.append(naechste)
    schritte, herkunft = describe_schritte(werk, index), describe_herkunft(werk, gestuft)
    for frueherer in itertools.takewhile(lambda name: name != index, werk.hauptindizes):
        name = werk.indizes[frueherer].name
        schritte = refer_gleiche(schritte, describe_schritte(werk, frueherer), name)
        herkunft = refer_gleiche_saetze(herkunft, describe_herkunft(werk, werk.indizes[frueherer]), name)
    return Abschnitt(gestuft.name, (*_teilnahme(werk, index), *herkunft), schritte, tuple(tabellen))


def _teilnahme(werk: Werk, index: str) -> tuple[str, ...]:
    """Say how many Räume take part, who does not and why, and warn when they are few."""
    gestuft = werk.indizes[index]
    faecher = werk.sort_nach_klasse(index)
    dabei = sum(len(raeume) for fach, raeume in faecher.items() if fach is not None)
    zahlen = ", ".join(
        f"{name_fach(werk, fach)} {len(raeume)}" for fach, raeume in faecher.items() if fach or (fach == "" and raeume)
    )
    verb = "ist" if dabei == 1 else "sind"
    absaetze = [f"Einbezogen {verb} {werk.register.count(dabei, gestuft.ebene)}: {zahlen}."]
    gruende: dict[str, list[str]] = {}
    for raum_id in faecher[None]:
        grund = werk.freigabe.find_einstufung(index, raum_id).ausschlussgrund or "ohne Angabe"
        gruende.setdefault(grund, []).append(werk.register.name(raum_id))
    teile = [f"{grund} ({len(namen)}): {format_liste(namen)}" for grund, namen in sorted(gruende.items())]
    absaetze.append(f"Nicht einbezogen: {'; '.join(teile)}." if teile else "Kein Raum ist ausgenommen.")
    if dabei < WENIGE_RAEUME:
        absaetze.append(
            f"Hinweis: Es sind weniger als {WENIGE_RAEUME} Räume einbezogen. Mittelwert und Standardabweichung hängen "
            "dann stark von einzelnen Räumen ab, und ein einziger Raum mehr oder weniger kann Klassen verschieben."
        )
    return tuple(absaetze)


def _build_momente(werk: Werk, index: str) -> Tabelle:
    gestuft = werk.indizes[index]
    katalog = werk.konfiguration.indikatoren.indikatoren
    groessen = [
        (e.indikator, katalog[e.indikator].kurzname, name_einheit(werk, gestuft, e.indikator))
        for e in gestuft.indikatoren
    ]
    if gestuft.restandardisierung != "keine":
        was = "Summe" if gestuft.zusammenfassung == "summe" else "Mittelwert"
        groessen.append((SUMME, f"{was} der standardisierten Werte", "ohne Einheit"))
    angaben: list[Angabe] = []
    zeilen = []
    for groesse, name, einheit in groessen:
        stellen = max(2, katalog[groesse].nachkommastellen + 1) if groesse in katalog else 2
        zellen = [
            format_wert(werk.freigabe.momente.get((index, groesse, art)), stellen)
            for art in ("bezug_mittel", "bezug_streuung")
        ]
        angaben += zellen
        zeilen.append(Zeile(name, (einheit, *(zelle.text for zelle in zellen))))
    zentrum = "Mittelwert" if gestuft.standardisierung.zentrum == "raummittel" else "Bezugswert"
    spalten = (Spalte("Einheit", "text"), Spalte(zentrum, "zahl"), Spalte("Standardabweichung", "zahl"))
    titel = f"{gestuft.name} {werk.jahr}: Bezugsgrößen der Standardisierung"
    return Tabelle(titel, "Größe", spalten, (Zeilengruppe(tuple(zeilen)),), explain(angaben))


def _build_naechste(werk: Werk, index: str) -> Tabelle | None:
    """Give the Räume nearest to a cut, where the Ausgabe shows distances."""
    if not werk.shows("abstand"):
        return None
    gestuft = werk.indizes[index]
    abstaende = []
    for raum_id in werk.register.list_ebene(gestuft.ebene):
        abstand = werk.freigabe.find("abstand", index, raum_id)
        if abstand is not None and abstand.wert is not None:
            abstaende.append((abstand.wert, raum_id))
    if not abstaende:
        return None
    zeilen = tuple(_zeile_naechste(werk, index, wert, raum_id) for wert, raum_id in sorted(abstaende)[:_NAECHSTE])
    werte = (Spalte("Indexwert", "zahl"), Spalte("nächste Grenze", "zahl")) if werk.shows("index") else ()
    spalten = (Spalte("gehört zu", "text"), Spalte("Klasse", "text"), *werte, Spalte("Abstand", "zahl"))
    titel = (
        f"{gestuft.name} {werk.jahr}: Die {spell(len(zeilen))} Räume mit dem geringsten Abstand zu einer Klassengrenze"
    )
    grenzfaelle = _tell_grenzfaelle(werk, gestuft.ebene, [wert for wert, _ in abstaende])
    kopf = werk.register.find_ebene(gestuft.ebene).titel
    return Tabelle(titel, kopf, spalten, (Zeilengruppe(zeilen),), anmerkungen=(grenzfaelle, _ZUM_ABSTAND))


def _tell_grenzfaelle(werk: Werk, ebene: str, abstaende: list[float]) -> str:
    """Say how many Räume lie so near to a cut that the Atlas calls them Grenzfälle."""
    anzahl = sum(abstand <= GRENZFALL_BIS for abstand in abstaende)
    wie_viele = werk.register.count(anzahl, ebene)
    verb = "liegt" if anzahl == 1 else "liegen"
    grenze = format_zahl(GRENZFALL_BIS, INDEXSTELLEN)
    return f"Höchstens {grenze} von einer Grenze entfernt {verb} {wie_viele} (Grenzfälle nach Übereinkunft)."


def _zeile_naechste(werk: Werk, index: str, abstand: float, raum_id: str) -> Zeile:
    gestuft, register = werk.indizes[index], werk.register
    gruppe = register.find_gruppe(raum_id, register.find_gruppenebene(gestuft.ebene))
    zellen = [register.name(gruppe), werk.format_klasse(index, raum_id).text]
    if werk.shows("index"):
        wert = werk.freigabe.find("index", index, raum_id)
        grenzen = [grenze for k in gestuft.klassen for grenze in (k.bis, k.unter) if grenze is not None]
        naechste = "."
        if wert is not None and wert.wert is not None:
            hier = wert.wert
            naechste = format_kurz(min(grenzen, key=lambda grenze: abs(hier - grenze)))
        zellen += [format_wert(wert, INDEXSTELLEN).text, naechste]
    return Zeile(register.name(raum_id), (*zellen, format_zahl(abstand, INDEXSTELLEN)))


def _build_zeichen(benutzt: set[str]) -> tuple[Abschnitt, ...]:
    """Explain the signs that stand in any table, in their fixed order."""
    zeilen = tuple(Zeile(zeichen, (bedeutung,)) for zeichen, bedeutung in ZEICHEN.items() if zeichen in benutzt)
    if not zeilen:
        return ()
    saetze = (_ZUM_PUNKT,) if "." in benutzt else ()
    spalten = (Spalte("Bedeutung", "weit"),)
    tabelle = Tabelle("Zeichen in den Tabellen", "Zeichen", spalten, (Zeilengruppe(zeilen),), anmerkungen=saetze)
    return (Abschnitt("Zeichenerklärung", tabellen=(tabelle,)),)
