"""Classes in words: their ends, their counts, and the text alternative of a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.render.freigabe import GESAMT, UNBEWERTET
from atlas.render.modelle import Spalte, Tabelle, Zeile, Zeilengruppe
from atlas.render.zahlen import format_kurz, format_liste, format_prozent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atlas.config.models.dimensionen import Gesamtindex, Klasse
    from atlas.render.register import Register
    from atlas.render.werk import Werk

GEHEIM = "geheim gehalten"
_HOECHSTENS_NAMEN = 12


def format_grenzen(klasse: Klasse) -> str:
    """Give the ends of a class: unter −1; von −1 bis 1; über 1 bis 1,5."""
    teile = [
        (wort, grenze)
        for wort, grenze in (
            ("von", klasse.von),
            ("über", klasse.ueber),
            ("bis", klasse.bis),
            ("unter", klasse.unter),
        )
        if grenze is not None
    ]
    if klasse.unter is not None and len(teile) > 1:
        (wort, unten), _ = teile
        return f"{wort} {format_kurz(unten)} bis unter {format_kurz(klasse.unter)}"
    return " ".join(f"{wort} {format_kurz(grenze)}" for wort, grenze in teile)


def name_fach(werk: Werk, fach: str | None) -> str:
    """Give the name under which a class, the unrated or the withheld Räume are counted."""
    if fach is None:
        return UNBEWERTET
    return werk.klassenname(fach) if fach else GEHEIM


def build_klassentabelle(werk: Werk, index: str) -> Tabelle:
    """Give the classes of an Index with their ends, counts and shares of the rated Räume."""
    gestuft = werk.indizes[index]
    faecher = werk.sort_nach_klasse(index)
    grenzen = {klasse.klasse: format_grenzen(klasse) for klasse in gestuft.klassen}
    bewertet = sum(len(raeume) for fach, raeume in faecher.items() if fach is not None)
    zeilen = tuple(
        Zeile(
            name_fach(werk, fach),
            (
                grenzen.get(fach or "", "–"),
                str(len(raeume)),
                format_prozent(len(raeume), bewertet) if fach is not None else "–",
            ),
        )
        for fach, raeume in faecher.items()
        if fach in grenzen or raeume
    )
    mehrzahl = werk.register.find_ebene(gestuft.ebene).mehrzahl
    spalten = (Spalte("Indexwert", "text"), Spalte(mehrzahl, "zahl"), Spalte("Anteil (bewertete)", "zahl"))
    return Tabelle(f"{gestuft.name} {werk.jahr}: Klassen", "Klasse", spalten, (Zeilengruppe(zeilen),))


def build_anzahltabelle(werk: Werk, index: str) -> Tabelle:
    """Give the classes of an Index with counts and shares only."""
    voll = build_klassentabelle(werk, index)
    zeilen = tuple(Zeile(zeile.name, zeile.zellen[1:]) for zeile in voll.gruppen[0].zeilen)
    return Tabelle(f"{werk.indizes[index].name} {werk.jahr}", voll.kopf, voll.spalten[1:], (Zeilengruppe(zeilen),))


def build_kreuztabelle(werk: Werk, gesamt: Gesamtindex) -> Tabelle:
    """Give the counts of the Gesamtindex: classes of status by classes of dynamics."""
    status, dynamik = werk.indizes[gesamt.status], werk.indizes[gesamt.dynamik]
    zellen = count_zellen(werk)
    zeilen = []
    for oben in status.klassen:
        anzahlen = [zellen.get((oben.klasse, seite.klasse), 0) for seite in dynamik.klassen]
        texte = tuple(str(anzahl) for anzahl in (*anzahlen, sum(anzahlen)))
        zeilen.append(Zeile(f"{status.name}: {werk.klassenname(oben.klasse)}", texte))
    spalten = [Spalte(f"{dynamik.name}: {werk.klassenname(seite.klasse)}", "zahl") for seite in dynamik.klassen]
    titel = f"{gesamt.name} {werk.jahr}: {werk.register.find_ebene(status.ebene).mehrzahl} nach Status und Dynamik"
    return Tabelle(titel, "Status", (*spalten, Spalte("zusammen", "zahl")), (Zeilengruppe(tuple(zeilen)),))


def count_zellen(werk: Werk) -> dict[tuple[str, str], int]:
    """Count the Räume of each pair of classes of the Gesamtindex."""
    zellen: dict[tuple[str, str], int] = {}
    for raum_id in werk.register.list_ebene(werk.hauptebene):
        einstufung = werk.freigabe.find_einstufung(GESAMT, raum_id)
        if einstufung.klasse is not None:
            zellen[einstufung.teile] = zellen.get(einstufung.teile, 0) + 1
    return zellen


def describe_klassen(werk: Werk, index: str) -> str:
    """Say what a class map shows: counts per class, and who stands in the most burdened class."""
    gestuft = werk.indizes[index]
    faecher = werk.sort_nach_klasse(index)
    erste = gestuft.klassen[0].klasse
    teile = [
        f"{werk.register.count(len(raeume), gestuft.ebene) if fach == erste else len(raeume)} {name_fach(werk, fach)}"
        for fach, raeume in faecher.items()
        if fach in {klasse.klasse for klasse in gestuft.klassen} or raeume
    ]
    letzte = gestuft.klassen[-1].klasse
    return f"{gestuft.name} {werk.jahr}: {', '.join(teile)}{_name_raeume(werk, letzte, faecher[letzte])}."


def _name_raeume(werk: Werk, klasse: str, raeume: Sequence[str]) -> str:
    """Name the Räume of a class, or, when they are many, count them per group."""
    if not raeume:
        return ""
    name = werk.klassenname(klasse)
    if len(raeume) <= _HOECHSTENS_NAMEN:
        verb = "ist" if len(raeume) == 1 else "sind"
        return f"; {name} {verb} {format_liste([werk.register.name(raum) for raum in raeume])}"
    je_gruppe = count_je_gruppe(werk.register, raeume)
    liste = ", ".join(f"{werk.register.name(gruppe)} {anzahl}" for gruppe, anzahl in je_gruppe.items())
    return f"; {name} sind {len(raeume)}: {liste}"


def count_je_gruppe(register: Register, raeume: Sequence[str]) -> Mapping[str, int]:
    """Count Räume by the group they belong to, sorted by key."""
    anzahl: dict[str, int] = {}
    for raum_id in raeume:
        gruppe = register.find_gruppe(raum_id, register.find_gruppenebene(register.raeume[raum_id].ebene))
        anzahl[gruppe] = anzahl.get(gruppe, 0) + 1
    return dict(sorted(anzahl.items()))
