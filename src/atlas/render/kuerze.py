"""The page »Das Wichtigste in Kürze«."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.render.indikatortabellen import sort_nach_dimension
from atlas.render.klassen import build_anzahltabelle
from atlas.render.modelle import Kuerze, Spalte, Tabelle, Zeile, Zeilengruppe
from atlas.render.monitortext import tell_monitor
from atlas.render.umschlag import find_stichtag
from atlas.render.zahlen import format_liste, format_prozent, format_zahl, spell

if TYPE_CHECKING:
    from atlas.render.werk import Werk

_MIN_STATUSKLASSEN = 3
KONVENTION = (
    "Die Zusammenstellung ist eine Übereinkunft (Konvention) und kein eigenes Messergebnis. Sie soll helfen, "
    "begrenzte Mittel zu ordnen; auch in anderen Räumen kann Bedarf bestehen. Räume nahe an einer Klassengrenze "
    "können bei kleinen Änderungen der Daten in eine andere Klasse fallen."
)


@dataclass(frozen=True)
class Aufmerksamkeit:
    """The Räume with special attention: the most burdened, and those of the next class that fell behind."""

    hoch: tuple[str, ...]
    auch: tuple[str, ...]
    titel_hoch: str
    titel_auch: str


def _tell_zweck(werk: Werk) -> str:
    """Say what the book rates by which Indizes, what these are made of, and what status and dynamics are."""
    saetze = []
    for ebene in dict.fromkeys(index.ebene for index in werk.hauptindizes.values()):
        wonach = [_nenne_index(werk, name) for name, index in werk.hauptindizes.items() if index.ebene == ebene]
        mehrzahl = werk.register.find_ebene(ebene).mehrzahl
        saetze.append(f"Der Atlas ordnet die {mehrzahl} im Vergleich ein: nach {format_liste(wonach)}.")
    if any(index.art == "dynamik" for index in werk.hauptindizes.values()):
        saetze.append("Der Status beschreibt den Stand, die Dynamik die Entwicklung der letzten Jahre.")
    return " ".join(saetze)


def _nenne_index(werk: Werk, index: str) -> str:
    """Name an Index with its year, as it follows »ordnet ein nach«, and a Statusindex with what it is made of."""
    gestuft = werk.indizes[index]
    name = f"dem {gestuft.name}" if "index" in gestuft.name.casefold() else f"»{gestuft.name}«"
    if gestuft.art == "dynamik":
        return f"{name} {werk.jahr}"
    katalog = werk.konfiguration.indikatoren.indikatoren
    teile = format_liste([katalog[eintrag.indikator].kurzname for eintrag in gestuft.indikatoren])
    return f"{name} {werk.jahr} ({teile})"


def _tell_hinweis(werk: Werk) -> tuple[str, ...]:
    hinweis = werk.konfiguration.dimensionen.hinweis
    return (hinweis,) if hinweis else ()


def build_kuerze(werk: Werk, zeitraum: str = "") -> Kuerze:
    """Give counts per class and the Räume with special attention, in cautious words.

    `zeitraum` are the years there are figures for; what stands where is added once all chapters are known.
    """
    auswahl = _select(werk)
    return Kuerze(
        eckdaten=_eckdaten(werk, zeitraum),
        saetze=(_tell_zweck(werk), *_tell_hinweis(werk)),
        wegweiser=(),
        monitor=tell_monitor(werk),
        klassen=tuple(build_anzahltabelle(werk, index) for index in werk.hauptindizes),
        aufmerksamkeit=_build_aufmerksamkeit(werk, auswahl) if auswahl else None,
        konvention=(_summe(werk, auswahl), KONVENTION) if auswahl else (),
        vorsicht=(
            (
                "Die Einstufung ist ein Hinweis, wo genaueres Hinsehen lohnt. Sie bewertet nicht die Menschen, die in "
                "einem Raum leben, nennt keine Ursachen und sagt nichts über die Wirkung von Maßnahmen."
            ),
        ),
    )


def _eckdaten(werk: Werk, zeitraum: str) -> tuple[tuple[str, str], ...]:
    register, atlas = werk.register, werk.konfiguration.atlas
    stichtag = find_stichtag(werk)
    zeit = f"{werk.jahr}, Daten vom {stichtag}" if stichtag else str(werk.jahr)
    paare = [("Gebiet", atlas.gebiet), ("Berichtsjahr", zeit)]
    paare += [("Zeitraum der Daten", zeitraum)] if zeitraum else []
    mindest = werk.konfiguration.raeume.mindesteinwohner
    if mindest is not None and werk.shows("bevoelkerung"):
        wert = werk.freigabe.format("bevoelkerung", mindest.merkmal, register.wurzel.raum_id, 0)
        if not wert.zeichen:
            paare.append(("Einwohnerinnen und Einwohner", wert.text))
    raeume = register.list_ebene(werk.hauptebene)
    index = werk.gesamt.status if werk.gesamt else next(iter(werk.hauptindizes))
    unbewertet = len(werk.sort_nach_klasse(index)[None])
    mehrzahl = register.find_ebene(werk.hauptebene).mehrzahl
    dabei = f"{len(raeume) - unbewertet} der" if unbewertet else "alle"
    ebenen = [ebene.ebene for ebene in register.ebenen if register.list_ebene(ebene.ebene)]
    paare.append(("Räume", ", ".join(register.count(len(register.list_ebene(ebene)), ebene) for ebene in ebenen)))
    paare.append(("Verglichen", f"{dabei} {len(raeume)} {mehrzahl}"))
    return (*paare, ("Indikatoren", _count_indikatoren(werk)))


def _count_indikatoren(werk: Werk) -> str:
    """Count Indikatoren and the Dimensionen that have any."""
    dimensionen = sort_nach_dimension(werk)
    anzahl = sum(len(eigene) for eigene in dimensionen.values())
    return f"{anzahl} in {'einer Dimension' if len(dimensionen) == 1 else f'{len(dimensionen)} Dimensionen'}"


def _build_aufmerksamkeit(werk: Werk, auswahl: Aufmerksamkeit) -> Tabelle | None:
    """Give the Räume with special attention, group by group."""
    zeilen = []
    for gruppe, raeume in werk.register.group(werk.hauptebene).items():
        hoch = [raum for raum in raeume if raum in auswahl.hoch]
        auch = [raum for raum in raeume if raum in auswahl.auch]
        if hoch or auch:
            zeilen.append(Zeile(werk.register.name(gruppe), (_namen(werk, hoch), _namen(werk, auch))))
    if not zeilen:
        return None
    spalten = (Spalte(auswahl.titel_hoch, "weit"), Spalte(auswahl.titel_auch, "quelle"))
    kopf = werk.register.find_ebene(werk.register.find_gruppenebene(werk.hauptebene)).titel
    titel = f"{werk.register.find_ebene(werk.hauptebene).mehrzahl} mit besonderer Aufmerksamkeit {werk.jahr}"
    return Tabelle(titel, kopf, spalten, (Zeilengruppe(tuple(zeilen)),))


def _select(werk: Werk) -> Aufmerksamkeit | None:
    """Pick the most burdened Räume, and those of the next class with an unfavourable development."""
    gesamt = werk.gesamt
    if gesamt is None or len(werk.indizes[gesamt.status].klassen) < _MIN_STATUSKLASSEN:
        return None
    vorletzte, letzte = (klasse.klasse for klasse in werk.indizes[gesamt.status].klassen[-2:])
    negativ = werk.indizes[gesamt.dynamik].klassen[-1].klasse
    raeume = werk.register.list_ebene(werk.hauptebene)
    hoch = [raum for raum in raeume if _klasse(werk, gesamt.status, raum) == letzte]
    auch = [
        raum
        for raum in raeume
        if _klasse(werk, gesamt.status, raum) == vorletzte and _klasse(werk, gesamt.dynamik, raum) == negativ
    ]
    name = werk.klassenname
    titel_auch = f"Status »{name(vorletzte)}« und Dynamik »{name(negativ)}«"
    return Aufmerksamkeit(tuple(hoch), tuple(auch), f"Status »{name(letzte)}«", titel_auch)


def _summe(werk: Werk, auswahl: Aufmerksamkeit) -> str:
    """Say how many Räume these are and, where every figure is released, how many people live there."""
    alle = (*auswahl.hoch, *auswahl.auch)
    raeume = werk.register.list_ebene(werk.hauptebene)
    mehrzahl = werk.register.find_ebene(werk.hauptebene).mehrzahl
    if not alle:
        return f"Kein Raum hat {auswahl.titel_hoch} oder {auswahl.titel_auch}."
    text = f"Besondere Aufmerksamkeit gilt {_tell(werk, auswahl, f'der {len(raeume)} {mehrzahl}')}."
    mindest = werk.konfiguration.raeume.mindesteinwohner
    if mindest is None or not werk.shows("bevoelkerung"):
        return text
    gefunden = [
        werk.freigabe.find("bevoelkerung", mindest.merkmal, raum) for raum in (werk.register.wurzel.raum_id, *alle)
    ]
    zahlen = [wert.wert for wert in gefunden if wert is not None and wert.wert is not None]
    if len(zahlen) < len(gefunden):
        return text
    gesamt, menschen = round(zahlen[0]), round(sum(zahlen[1:]))
    return f"{text} Dort leben {format_zahl(menschen, 0)} Menschen, {format_prozent(menschen, gesamt)} der Bevölkerung."


def _tell(werk: Werk, auswahl: Aufmerksamkeit, von_allen: str) -> str:
    """Say how many Räume come from each of the two rules, one by its name; a rule that hits none is not counted."""
    teile = [
        f"{_nenne(werk, raeume, werk.register.find_ebene(werk.hauptebene).mehrzahl)} mit {titel}"
        for raeume, titel in ((auswahl.hoch, auswahl.titel_hoch), (auswahl.auch, auswahl.titel_auch))
        if raeume
    ]
    if len(teile) > 1:
        return f"{spell(len(auswahl.hoch) + len(auswahl.auch))} {von_allen}: {format_liste(teile)}"
    titel, fehlt = auswahl.titel_hoch, auswahl.titel_auch
    if not auswahl.hoch:
        titel, fehlt = fehlt, titel
    return f"{_nenne(werk, auswahl.hoch or auswahl.auch, von_allen)} mit {titel}; {fehlt} kommt nicht vor"


def _nenne(werk: Werk, raeume: tuple[str, ...], nomen: str) -> str:
    """Name one Raum, or count several."""
    return werk.register.name(raeume[0]) if len(raeume) == 1 else f"{spell(len(raeume))} {nomen}"


def _klasse(werk: Werk, index: str, raum_id: str) -> str | None:
    return werk.freigabe.find_einstufung(index, raum_id).klasse


def _namen(werk: Werk, raeume: list[str]) -> str:
    if not raeume:
        return "keine"
    namen = ", ".join(werk.register.name(raum) for raum in raeume)
    return f"{namen} ({len(raeume)})" if len(raeume) > 1 else namen
