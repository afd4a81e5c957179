"""What a map shows in words: the sentences above it, and the text alternative in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.render.klassen import count_zellen, find_ohne_klasse, name_fach
from atlas.render.zahlen import format_liste
from atlas.tables.listen import GESAMT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.config.models.indizes import Gesamtindex
    from atlas.render.werk import Werk

_HOECHSTENS_NAMEN: Final = 12
_HOECHSTENS_UNBEWERTETE: Final = 3
_HOECHSTENS_MITTLERE: Final = 3
_VERWEIS: Final = "Alle Zahlen stehen in der Tabelle unter der Karte, alle Räume im Kapitel »Alle Räume im Überblick«."


def tell_index(werk: Werk, index: str) -> str:
    """Say how many Räume are rated, who stands at both ends, and who is unrated."""
    gestuft = werk.indizes[index]
    faecher = werk.sort_nach_klasse(index)
    alle = len(werk.register.list_ebene(gestuft.ebene))
    dabei = sum(len(raeume) for fach, raeume in faecher.items() if fach is not None)
    satz = f"Eingestuft sind {_von(werk, dabei, alle, gestuft.ebene)}."
    klassen = [klasse.klasse for klasse in gestuft.klassen]
    if min(len(faecher[klassen[n]]) for n in (0, -1)) > _HOECHSTENS_NAMEN:
        oben, unten = (f"»{werk.klassenname(klassen[n])}«" for n in (0, -1))
        oben_zahl, unten_zahl = (len(faecher[klassen[n]]) for n in (0, -1))
        saetze = [f"In der Klasse {oben} liegen {oben_zahl}, in der Klasse {unten} {unten_zahl}."]
    else:
        saetze = [_tell_klasse(werk, index, klasse, faecher[klasse]) for klasse in klassen]
    return " ".join([satz, *(satz for satz in saetze if satz), *_count_unbewertete(werk, index)])


def _tell_klasse(werk: Werk, index: str, klasse: str, raeume: Sequence[str]) -> str:
    """Name the Räume of a class while they are few, or count those at an end; a large class between has no sentence."""
    gestuft = werk.indizes[index]
    if klasse not in (gestuft.klassen[0].klasse, gestuft.klassen[-1].klasse):
        return _tell_ende(werk, klasse, raeume) if 0 < len(raeume) <= _HOECHSTENS_MITTLERE else ""
    if len(raeume) > _HOECHSTENS_NAMEN:
        wie_viele = werk.register.count(len(raeume), gestuft.ebene)
        return f"In der Klasse »{werk.klassenname(klasse)}« liegen {wie_viele}."
    return _tell_ende(werk, klasse, raeume)


def tell_gesamt(werk: Werk, gesamt: Gesamtindex) -> str:
    """Say how many Räume have a pair of classes, which pair is the most frequent, and who is unrated."""
    zellen = count_zellen(werk)
    namen = format_liste([werk.name_index(gesamt.status), werk.name_index(gesamt.dynamik)])
    alle = len(werk.register.list_ebene(werk.hauptebene))
    satz = f"{namen} stehen für {_von(werk, sum(zellen.values()), alle, werk.hauptebene)} nebeneinander."
    saetze = [satz]
    if zellen:
        oben, seite = max(zellen, key=lambda paar: zellen[paar])
        paar = f"Status »{werk.klassenname(oben)}« mit Dynamik »{werk.klassenname(seite)}«"
        anzahl = werk.register.tell(zellen[oben, seite], werk.hauptebene)
        saetze.append(f"Am häufigsten ist {paar}: {anzahl}.")
    return " ".join([*saetze, *_count_unbewertete(werk, GESAMT)])


def describe_index(werk: Werk, index: str) -> str:
    """Give the text alternative of the map of an Index: counts, both ends by name, the unrated with reasons."""
    gestuft = werk.indizes[index]
    faecher = werk.sort_nach_klasse(index)
    klassen = [klasse.klasse for klasse in gestuft.klassen]
    zahlen = [f"{name_fach(werk, fach)} {len(r)}" for fach, r in faecher.items() if fach in klassen or r]
    alle = werk.register.count(len(werk.register.list_ebene(gestuft.ebene)), gestuft.ebene)
    teile = [f"Karte: {gestuft.name} {werk.jahr}, {alle}: {', '.join(zahlen)}."]
    teile += [_tell_ende(werk, klasse, faecher[klasse]) for klasse in (klassen[0], klassen[-1])]
    return " ".join([*teile, *_tell_unbewertete(werk, index), _VERWEIS])


def describe_gesamt(werk: Werk, gesamt: Gesamtindex) -> str:
    """Give the text alternative of the map of the Gesamtindex: the count of each pair, adding up to all Räume."""
    status, dynamik = werk.indizes[gesamt.status], werk.indizes[gesamt.dynamik]
    zellen = count_zellen(werk)
    teile = []
    for oben in status.klassen:
        einzeln = [
            f"{werk.klassenname(seite.klasse)} {zellen[oben.klasse, seite.klasse]}"
            for seite in dynamik.klassen
            if (oben.klasse, seite.klasse) in zellen
        ]
        if einzeln:
            teile.append(f"Status {werk.klassenname(oben.klasse)} mit Dynamik {', '.join(einzeln)}")
    ohne = find_ohne_klasse(werk, GESAMT)
    teile += [f"{name_fach(werk, fach)} {len(raeume)}" for fach, raeume in ohne.items() if raeume]
    alle = werk.register.count(len(werk.register.list_ebene(status.ebene)), status.ebene)
    satz = f"Karte: {gesamt.name} {werk.jahr}, {alle}: {'; '.join(teile)}."
    return " ".join([satz, *_tell_unbewertete(werk, GESAMT), _VERWEIS])


def _von(werk: Werk, dabei: int, alle: int, ebene: str) -> str:
    mehrzahl = werk.register.find_ebene(ebene).mehrzahl
    return f"alle {alle} {mehrzahl}" if dabei == alle else f"{dabei} der {alle} {mehrzahl}"


def _tell_ende(werk: Werk, klasse: str, raeume: Sequence[str]) -> str:
    """Name the Räume of a class, or, when they are many, count them per group."""
    name = werk.klassenname(klasse)
    if not raeume:
        return f"In der Klasse »{name}« liegt kein Raum."
    verb = "liegt" if len(raeume) == 1 else "liegen"
    if len(raeume) <= _HOECHSTENS_NAMEN:
        return f"In der Klasse »{name}« {verb} {format_liste([werk.register.name(raum) for raum in raeume])}."
    je_gruppe: dict[str, int] = {}
    for raum in raeume:
        gruppe = werk.register.find_gruppe(raum, werk.register.find_gruppenebene(werk.register.raeume[raum].ebene))
        je_gruppe[gruppe] = je_gruppe.get(gruppe, 0) + 1
    liste = ", ".join(f"{werk.register.name(gruppe)} {anzahl}" for gruppe, anzahl in sorted(je_gruppe.items()))
    return f"In der Klasse »{name}« {verb} {len(raeume)}: {liste}."


def _count_unbewertete(werk: Werk, index: str) -> list[str]:
    """Name a few unrated Räume with their reasons, or count many: the table of all Räume has the reasons."""
    raeume = find_ohne_klasse(werk, index)[None]
    if len(raeume) <= _HOECHSTENS_UNBEWERTETE:
        return _tell_unbewertete(werk, index)
    return [f"Unbewertet sind {werk.register.tell(len(raeume), werk.register.raeume[raeume[0]].ebene)}."]


def _tell_unbewertete(werk: Werk, index: str) -> list[str]:
    """Name the unrated Räume with their reasons; nothing when there are none."""
    raeume = find_ohne_klasse(werk, index)[None]
    if not raeume:
        return []
    gruende: dict[str, list[str]] = {}
    for raum in raeume:
        grund = werk.freigabe.find_einstufung(index, raum).ausschlussgrund or "ohne Angabe"
        gruende.setdefault(grund, []).append(werk.register.name(raum))
    verb = "Unbewertet ist" if len(raeume) == 1 else "Unbewertet sind"
    teile = [f"{format_liste(namen)} ({grund})" for grund, namen in sorted(gruende.items())]
    einzeln = all(len(namen) == 1 for namen in gruende.values())
    return [f"{verb} {format_liste(teile) if einzeln else _join_gruppen(teile)}."]


def _join_gruppen(teile: list[str]) -> str:
    """Join groups that hold »und« themselves: A und B (klein) sowie C (leer)."""
    return teile[0] if len(teile) == 1 else f"{'; '.join(teile[:-1])} sowie {teile[-1]}"
