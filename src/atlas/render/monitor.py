"""The chapter »Sozialraummonitor«: where every Raum stands in every Dimension, as a class and nothing finer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.render.farben import stufen_farben
from atlas.render.klassen import format_grenzen, name_fach
from atlas.render.modelle import (
    Monitorgruppe,
    Monitorseite,
    Monitortafel,
    Monitorzeile,
    Monitorzelle,
    Spalte,
    Stufe,
    Tabelle,
    Zeile,
    Zeilengruppe,
)
from atlas.render.schutztext import tell_klassenschutz
from atlas.render.werk import explain
from atlas.render.zahlen import SPAETER, Angabe, format_liste

if TYPE_CHECKING:
    from atlas.config.models.indizes import GestufterIndex
    from atlas.render.werk import Werk

TITEL: Final = "Sozialraummonitor"
_JE_TAFEL: Final = 15
"""So many Dimensionen fit beside each other on a page in landscape."""
_SPAETER: Final = "eine Quelle liefert später"
_ALLE: Final = "alle Dimensionen"


def build_monitor(werk: Werk) -> Monitorseite | None:
    """Give the chapter, or nothing where no Dimension has an Index."""
    indizes = list(werk.dimensionsindizes)
    if not indizes:
        return None
    tafeln = [_build_tafel(werk, teil) for gleiche in group_gleiche(werk, indizes) for teil in _chunks(gleiche)]
    anzahl = "einer Dimension" if len(indizes) == 1 else f"{len(indizes)} Dimensionen"
    return Monitorseite(
        anker="monitor",
        titel=f"{TITEL} {werk.jahr}",
        einleitung=(
            f"Der {TITEL} vergleicht {_nenne_verglichene(werk, indizes)} in {anzahl}. Er nennt Klassen und keine "
            "Werte; wie sie entstehen, steht im Kapitel »Methoden«."
        ),
        lesehilfe=(*_explain(werk, indizes[0]), *tell_klassenschutz(werk, indizes)),
        tafeln=tuple(tafeln),
        anzahlen=tuple(_build_anzahlen(werk, gleiche) for gleiche in group_gleiche(werk, indizes)),
    )


def _nenne_verglichene(werk: Werk, indizes: list[str]) -> str:
    """Name the levels that are compared, and those below them that are not."""
    alle = [ebene.ebene for ebene in werk.konfiguration.raeume.ebenen]
    ebenen = sorted({alle.index(werk.indizes[index].ebene) for index in indizes})
    verglichene = format_liste([f"die {werk.register.find_ebene(alle[n]).mehrzahl}" for n in ebenen])
    feinere = [werk.register.find_ebene(ebene).mehrzahl for ebene in alle[ebenen[-1] + 1 :]]
    return f"{verglichene}, nicht die {format_liste(feinere)}," if feinere else verglichene


def group_gleiche(werk: Werk, indizes: list[str]) -> list[list[str]]:
    """Put Indizes together that compare the same Räume with the same classes."""
    gruppen: list[list[str]] = []
    for index in indizes:
        gestuft = werk.indizes[index]
        for gruppe in gruppen:
            erster = werk.indizes[gruppe[0]]
            if (erster.ebene, erster.klassen) == (gestuft.ebene, gestuft.klassen):
                gruppe.append(index)
                break
        else:
            gruppen.append([index])
    return gruppen


def _chunks(indizes: list[str]) -> list[list[str]]:
    return [indizes[n : n + _JE_TAFEL] for n in range(0, len(indizes), _JE_TAFEL)]


def _explain(werk: Werk, index: str) -> tuple[str, ...]:
    """Say what a class means and what it does not, for the level of the first Dimension."""
    gestuft = werk.indizes[index]
    mehrzahl = werk.register.find_ebene(gestuft.ebene).mehrzahl
    erste, letzte = (werk.klassenname(gestuft.klassen[n].klasse) for n in (0, -1))
    return (
        (
            f"Die Ziffer zeigt die relative Stellung im Vergleich der {mehrzahl}: von 1 (»{erste}«) bis "
            f"{len(gestuft.klassen)} (»{letzte}«). Höher belastet heißt: Die Indikatoren dieser Dimension sprechen im "
            "Vergleich für einen höheren Bedarf an Planung, an Angeboten oder an genauerem Hinsehen."
        ),
        (
            "Die Einstufung gilt dem Raum und nicht den Menschen, die dort leben. Sie nennt keine Ursachen, sagt "
            "nichts darüber, ob ein Wert für sich genommen hoch oder niedrig ist, und lässt sich nicht über "
            "Dimensionen zusammenzählen."
        ),
    )


def _build_tafel(werk: Werk, indizes: list[str]) -> Monitortafel:
    """Give Räume by Dimensionen, group by group."""
    gestuft, register = werk.indizes[indizes[0]], werk.register
    stufen = build_stufen(werk, gestuft)
    angaben: list[Angabe] = []
    gruppen = []
    for gruppe, raeume in register.group(gestuft.ebene).items():
        zeilen = []
        for raum in raeume:
            zellen = [_zelle(werk, index, raum, stufen) for index in indizes]
            angaben += [Angabe(zelle.text, (zelle.text,)) for zelle in zellen if not zelle.farbe]
            zeilen.append(Monitorzeile(register.name(raum), tuple(zellen)))
        titel = register.name(gruppe) if gruppe not in raeume else None
        gruppen.append(Monitorgruppe(titel, tuple(zeilen)))
    return Monitortafel(
        titel=f"{TITEL} {werk.jahr}: {register.find_ebene(gestuft.ebene).mehrzahl} nach Dimensionen",
        kopf=register.find_ebene(gestuft.ebene).titel,
        spalten=tuple(werk.name_index(index) for index in indizes),
        gruppen=tuple(gruppen),
        stufen=tuple(stufen.values()),
        zeichen=explain(angaben),
        unbewertet=_tell_unbewertete(werk, indizes),
    )


def build_stufen(werk: Werk, gestuft: GestufterIndex) -> dict[str, Stufe]:
    """Give digit, name and colours of every class; the digits rise with the burden."""
    farben = stufen_farben(len(gestuft.klassen))
    return {
        klasse.klasse: Stufe(str(n), werk.klassenname(klasse.klasse), format_grenzen(klasse), *paar)
        for n, (klasse, paar) in enumerate(zip(gestuft.klassen, farben, strict=True), start=1)
    }


def _zelle(werk: Werk, index: str, raum: str, stufen: dict[str, Stufe]) -> Monitorzelle:
    einstufung = werk.freigabe.find_einstufung(index, raum)
    if einstufung.klasse is None:
        ohne = SPAETER if werk.is_spaeter(index, raum) else "x"
        return Monitorzelle("." if einstufung.ist_geheim else ohne)
    stufe = stufen[einstufung.klasse]
    return Monitorzelle(stufe.ziffer, stufe.farbe, stufe.schrift)


def _tell_unbewertete(werk: Werk, indizes: list[str]) -> tuple[str, ...]:
    """Name who is unrated in which Dimensionen, under each reason."""
    wo: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for raum in werk.register.list_ebene(werk.indizes[indizes[0]].ebene):
        je_grund: dict[str, list[str]] = {}
        for index in indizes:
            einstufung = werk.freigabe.find_einstufung(index, raum)
            if einstufung.ausschlussgrund is not None:
                grund = _SPAETER if werk.is_spaeter(index, raum) else einstufung.ausschlussgrund
                je_grund.setdefault(grund, []).append(index)
        for grund, eigene in je_grund.items():
            wo.setdefault((grund, tuple(eigene)), []).append(werk.register.name(raum))
    saetze = []
    for (grund, betroffene), raeume in wo.items():
        alle = len(betroffene) == len(indizes)
        namen = _ALLE if alle else format_liste([werk.name_index(index) for index in betroffene])
        saetze.append(f"Unbewertet ({grund}), {namen}: {format_liste(raeume)}.")
    return tuple(saetze)


def _build_anzahlen(werk: Werk, indizes: list[str]) -> Tabelle:
    """Give how many Räume each Dimension has in each class, and what it is made of."""
    gestuft = werk.indizes[indizes[0]]
    katalog = werk.konfiguration.indikatoren.indikatoren
    je_index = {index: werk.sort_nach_klasse(index) for index in indizes}
    ohne = [fach for fach in (None, "") if any(faecher[fach] for faecher in je_index.values())]
    faecher = [*(klasse.klasse for klasse in gestuft.klassen), *ohne]
    zeilen = tuple(
        Zeile(
            werk.name_index(index),
            (
                *(str(len(je_index[index][fach])) for fach in faecher),
                format_liste([katalog[eintrag.indikator].kurzname for eintrag in werk.indizes[index].indikatoren]),
            ),
        )
        for index in indizes
    )
    ziffern = {klasse.klasse: str(n) for n, klasse in enumerate(gestuft.klassen, start=1)}
    spalten = (
        *(Spalte(ziffern.get(fach or "", name_fach(werk, fach)), "menge") for fach in faecher),
        Spalte("Indikatoren", "weit"),
    )
    mehrzahl = werk.register.find_ebene(gestuft.ebene).mehrzahl
    titel = f"{TITEL} {werk.jahr}: {mehrzahl} je Klasse, und woraus sich die Dimension zusammensetzt"
    return Tabelle(titel, "Dimension", spalten, (Zeilengruppe(zeilen),), art="lang")
