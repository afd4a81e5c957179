"""Classes in words: their ends, their counts, and the text alternative of a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.render.freigabe import UNBEWERTET
from atlas.render.lesehilfe import explain_enden
from atlas.render.modelle import Spalte, Tabelle, Zeile, Zeilengruppe
from atlas.render.werk import explain
from atlas.render.zahlen import Angabe, format_kurz, format_prozent
from atlas.tables.listen import GESAMT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.config.models.indizes import Gesamtindex
    from atlas.config.models.klassen import Klasse
    from atlas.render.modelle import Zeichenerklaerung
    from atlas.render.werk import Werk

GEHEIM = "geheim gehalten"


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
                grenzen.get(fach or "", "x"),
                str(len(raeume)),
                format_prozent(len(raeume), bewertet) if fach is not None else "x",
            ),
        )
        for fach, raeume in faecher.items()
        if fach in grenzen or raeume
    )
    mehrzahl = werk.register.find_ebene(gestuft.ebene).mehrzahl
    spalten = (Spalte("Indexwert", "text"), Spalte(mehrzahl, "zahl"), Spalte("Anteil (bewertete)", "zahl"))
    return Tabelle(
        f"{gestuft.name} {werk.jahr}: Klassen", "Klasse", spalten, (Zeilengruppe(zeilen),), _explain_x(zeilen)
    )


def _explain_x(zeilen: Sequence[Zeile]) -> tuple[Zeichenerklaerung, ...]:
    return explain([Angabe(zelle, (zelle,)) for zeile in zeilen for zelle in zeile.zellen if zelle == "x"])


def build_anzahltabelle(werk: Werk, index: str) -> Tabelle:
    """Give the classes of an Index with counts and shares only, and say what the first and the last mean."""
    voll = build_klassentabelle(werk, index)
    zeilen = tuple(Zeile(zeile.name, zeile.zellen[1:]) for zeile in voll.gruppen[0].zeilen)
    return Tabelle(
        f"{werk.indizes[index].name} {werk.jahr}",
        voll.kopf,
        voll.spalten[1:],
        (Zeilengruppe(zeilen),),
        voll.zeichen,
        anmerkungen=(f"{explain_enden(werk, index)}.",),
    )


def build_kreuztabelle(werk: Werk, gesamt: Gesamtindex) -> Tabelle:
    """Give the counts of the Gesamtindex: classes of status by classes of dynamics."""
    status, dynamik = werk.indizes[gesamt.status], werk.indizes[gesamt.dynamik]
    zellen = count_zellen(werk)
    zeilen = []
    for oben in status.klassen:
        anzahlen = [zellen.get((oben.klasse, seite.klasse), 0) for seite in dynamik.klassen]
        texte = tuple(str(anzahl) for anzahl in (*anzahlen, sum(anzahlen)))
        zeilen.append(Zeile(f"{status.name}: {werk.klassenname(oben.klasse)}", texte))
    zeilen += _sonstige_zeilen(werk, zeilen)
    spalten = [Spalte(f"{dynamik.name}: {werk.klassenname(seite.klasse)}", "zahl") for seite in dynamik.klassen]
    titel = f"{gesamt.name} {werk.jahr}: {werk.register.find_ebene(status.ebene).mehrzahl} nach Status und Dynamik"
    return Tabelle(
        titel, "Status", (*spalten, Spalte("zusammen", "zahl")), (Zeilengruppe(tuple(zeilen)),), _explain_x(zeilen)
    )


def _sonstige_zeilen(werk: Werk, zeilen: Sequence[Zeile]) -> list[Zeile]:
    """Give the rows of the unrated, the withheld and of all Räume together."""
    ohne = find_ohne_klasse(werk, GESAMT)
    spalten = len(zeilen[0].zellen) - 1
    weitere = [
        Zeile(name_fach(werk, fach), (*["x"] * spalten, str(len(raeume)))) for fach, raeume in ohne.items() if raeume
    ]
    summen = [sum(int(zeile.zellen[n]) for zeile in zeilen) for n in range(spalten)]
    alle = len(werk.register.list_ebene(werk.hauptebene))
    return [*weitere, Zeile("zusammen", tuple(str(summe) for summe in (*summen, alle)), "gebiet")]


def count_zellen(werk: Werk) -> dict[tuple[str, str], int]:
    """Count the Räume of each pair of classes of the Gesamtindex."""
    zellen: dict[tuple[str, str], int] = {}
    for raum_id in werk.register.list_ebene(werk.hauptebene):
        einstufung = werk.freigabe.find_einstufung(GESAMT, raum_id)
        if einstufung.klasse is not None:
            zellen[einstufung.teile] = zellen.get(einstufung.teile, 0) + 1
    return zellen


def find_ohne_klasse(werk: Werk, index: str) -> dict[str | None, list[str]]:
    """Give the unrated Räume under None and those with a withheld class under the empty string."""
    ohne: dict[str | None, list[str]] = {None: [], "": []}
    for raum_id in werk.register.list_ebene(werk.hauptebene if index == GESAMT else werk.indizes[index].ebene):
        einstufung = werk.freigabe.find_einstufung(index, raum_id)
        if einstufung.klasse is None:
            ohne["" if einstufung.ist_geheim else None].append(raum_id)
    return ohne
