"""The table of all Räume of a level with their classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.render.lesehilfe import explain_richtung
from atlas.render.modelle import Abschnitt, Kapitel, Spalte, Tabelle, Zeile, Zeilengruppe
from atlas.render.werk import explain
from atlas.render.zahlen import Angabe, format_wert
from atlas.tables.listen import GESAMT

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.render.modelle import Spaltenart
    from atlas.render.werk import Werk

INDEXSTELLEN = 2
_JE_TABELLE = 2
_KURZER_SCHLUESSEL = 9


@dataclass(frozen=True)
class _Angebot:
    """A column and how its cell is made for a Raum."""

    spalte: Spalte
    zelle: Callable[[str], Angabe]


def build_raumkapitel(werk: Werk) -> Kapitel:
    """Give one table per level that has an Index; more than two Indizes go into further tables."""
    abschnitte = []
    for ebene in dict.fromkeys(index.ebene for index in werk.hauptindizes.values()):
        eigene = [name for name, index in werk.hauptindizes.items() if index.ebene == ebene]
        mehrzahl = werk.register.find_ebene(ebene).mehrzahl
        tabellen = tuple(_build_tabelle(werk, ebene, teil) for teil in _chunks(werk, eigene))
        abschnitte.append(Abschnitt(mehrzahl, tabellen=tabellen))
    ordnung = "Die Räume stehen nach ihrem Schlüssel geordnet unter dem Raum, zu dem sie gehören."
    einleitung = f"{ordnung} {explain_richtung(werk)}"
    return Kapitel("raeume", "Alle Räume im Überblick", (einleitung,), tuple(abschnitte))


def _chunks(werk: Werk, indizes: list[str]) -> list[list[str]]:
    """Put the two parts of the Gesamtindex together first, then two Indizes to a table."""
    paar = [werk.gesamt.status, werk.gesamt.dynamik] if werk.gesamt else []
    vorn = [index for index in paar if index in indizes]
    uebrige = [index for index in indizes if index not in vorn]
    teile = [vorn] if vorn else []
    return teile + [uebrige[n : n + _JE_TABELLE] for n in range(0, len(uebrige), _JE_TABELLE)]


def _build_tabelle(werk: Werk, ebene: str, indizes: list[str]) -> Tabelle:
    angebote = _angebote(werk, indizes)
    angaben: list[Angabe] = []
    gruppen = []
    for gruppe, raeume in werk.register.group(ebene).items():
        zeilen = []
        for raum in raeume:
            zellen = [angebot.zelle(raum) for angebot in angebote]
            angaben += zellen
            zeilen.append(Zeile(werk.register.name(raum), tuple(zelle.text for zelle in zellen)))
        gruppen.append(Zeilengruppe(tuple(zeilen), werk.register.name(gruppe)))
    stufe = werk.register.find_ebene(ebene)
    titel = f"{stufe.mehrzahl} {werk.jahr}: Einstufung"
    spalten = tuple(angebot.spalte for angebot in angebote)
    return Tabelle(titel, stufe.titel, spalten, tuple(gruppen), explain(angaben), art="lang")


def _angebote(werk: Werk, indizes: list[str]) -> list[_Angebot]:
    angebote = [_Angebot(Spalte("Schlüssel", _schluesselart(werk, indizes)), Angabe)]
    mindest = werk.konfiguration.raeume.mindesteinwohner
    if mindest is not None and werk.shows("bevoelkerung"):
        angebote.append(_zahlspalte(werk, Spalte("Einwohner", "menge"), "bevoelkerung", mindest.merkmal, 0))
    mit_gesamt = werk.gesamt is not None and {werk.gesamt.status, werk.gesamt.dynamik} <= set(indizes)
    mit_zahlen = werk.shows("index") or werk.shows("rang")
    for nummer, index in enumerate(indizes):
        name = werk.name_index(index)
        titel, block = ("Klasse", name) if mit_zahlen else (name, "")
        if nummer == 0 and not mit_gesamt:
            angebote.append(_Angebot(Spalte(titel, "paar", block=block), _begruendet(werk, index)))
        else:
            angebote.append(_Angebot(Spalte(titel, "klasse", block=block), _klasse(werk, index)))
        if werk.shows("index"):
            angebote.append(_zahlspalte(werk, Spalte("Wert", "wert", block=block), "index", index, INDEXSTELLEN))
        if werk.shows("rang"):
            angebote.append(_zahlspalte(werk, Spalte("Rang", "rang", block=block), "rang", index, 0))
    if mit_gesamt:
        angebote.append(_Angebot(Spalte(werk.name_index(GESAMT), "paar"), _begruendet(werk, GESAMT)))
    return angebote


def _schluesselart(werk: Werk, indizes: list[str]) -> Spaltenart:
    ebene = werk.indizes[indizes[0]].ebene
    laengster = max((len(raum_id) for raum_id in werk.register.list_ebene(ebene)), default=0)
    return "schluessel" if laengster <= _KURZER_SCHLUESSEL else "schluessel-lang"


def _zahlspalte(werk: Werk, spalte: Spalte, art: str, groesse: str, stellen: int) -> _Angebot:
    """Give a column of figures; who is unrated has no figure and no sign, the reason stands in its class."""

    def zelle(raum_id: str) -> Angabe:
        wert = werk.freigabe.find(art, groesse, raum_id)
        if art != "bevoelkerung" and werk.freigabe.find_einstufung(groesse, raum_id).ausschlussgrund is not None:
            return Angabe("x", ("x",))
        return format_wert(wert, stellen)

    return _Angebot(spalte, zelle)


def _klasse(werk: Werk, index: str) -> Callable[[str], Angabe]:
    return lambda raum_id: werk.format_klasse(index, raum_id)


def _begruendet(werk: Werk, index: str) -> Callable[[str], Angabe]:
    """Give the class, and for an unrated Raum the reason beside it."""

    def zelle(raum_id: str) -> Angabe:
        grund = werk.freigabe.find_einstufung(index, raum_id).ausschlussgrund
        klasse = werk.format_klasse(index, raum_id)
        return Angabe(f"{klasse.text}: {grund}") if grund else klasse

    return zelle
