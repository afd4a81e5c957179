"""What a catalogue declares of an Indikator, in sentences: official statistic, breaks, goal, other systems."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from atlas.render.zahlen import GESCHUETZT, MONATE, format_datum, format_kurz, format_liste

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.config.models.indikatoren import Indikator
    from atlas.config.models.nachweis import Bruch, Fundstelle

SYSTEME: Final = {
    "mss-berlin": "MSS Berlin",
    "hamburg": "Sozialmonitoring Hamburg",
    "oberhausen": "Sozialindex Oberhausen",
    "kgst": "KGSt-Sozialmonitoring",
    "bildungsmonitoring": "Kommunales Bildungsmonitoring",
    "goerlitz": "Sozialstrukturatlas Landkreis Görlitz",
    "wegweiser": "Wegweiser Kommune",
    "sdg": "SDG-Indikatoren für Kommunen",
}
"""The names of other monitoring systems as a reader knows them."""
_ZIEL: Final = {"mindestens": "Mindestens", "hoechstens": "Höchstens"}
_AUFZAEHLUNG: Final = re.compile(r" (?:und|bis|sowie) |, ")
_SATZENDE: Final = (".", "!", "?", "…", ".«", ".)")


def describe_nachweis(indikator: Indikator) -> str:
    """Name the official statistic of Zähler and Nenner, together where it is the same."""
    nachweis = indikator.nachweis
    if nachweis is None:
        return ""
    if nachweis.nenner is None:
        return _format_fundstelle(nachweis.zaehler)
    zaehler, nenner = nachweis.zaehler, nachweis.nenner
    if (zaehler.statistik, zaehler.stichtag) == (nenner.statistik, nenner.stichtag):
        return f"Zähler und Nenner: {_format_fundstelle(zaehler, nenner)}"
    return join_saetze(
        [f"Zähler: {_format_fundstelle(nachweis.zaehler)}", f"Nenner: {_format_fundstelle(nachweis.nenner)}"]
    )


def _format_fundstelle(*fundstellen: Fundstelle) -> str:
    """Give one statistic with its tables and its day; several differ in the table only."""
    erste = fundstellen[0]
    tabellen = list(dict.fromkeys(f.tabelle for f in fundstellen if f.tabelle))
    mehrere = len(tabellen) > 1 or any(_AUFZAEHLUNG.search(tabelle) for tabelle in tabellen)
    teile = [f"{'Tabellen' if mehrere else 'Tabelle'} {format_liste(tabellen)}"] if tabellen else []
    return ", ".join([erste.statistik, *teile, format_stichtag(erste.stichtag)])


def format_stichtag(stichtag: str) -> str:
    """Give a day of the year in words, 12-31 as »Stichtag 31. Dezember«; a period stays as it is."""
    if not stichtag[0].isdigit():
        return stichtag
    tag = date.fromisoformat(f"2000-{stichtag}")
    return f"Stichtag {tag.day}.{GESCHUETZT}{MONATE[tag.month - 1]}"


def describe_brueche(indikator: Indikator) -> str:
    """Say from which year on the figures are another series, on which day it changed, and why."""
    return join_saetze(_format_bruch(bruch) for bruch in indikator.brueche)


def _format_bruch(bruch: Bruch) -> str:
    tag = f" ({format_datum(bruch.datum)})" if bruch.datum else ""
    return f"Neue Reihe ab {bruch.ab}{tag}: {bruch.grund}"


def describe_ziel(indikator: Indikator) -> str:
    """Give a goal with its unit, its year and who has set it."""
    ziel = indikator.ziel
    if ziel is None:
        return ""
    wert = f"{format_kurz(ziel.wert)}{GESCHUETZT}{indikator.einheit}"
    return join_saetze([f"{_ZIEL[ziel.art]} {wert} bis {ziel.bis}", ziel.beschluss])


def describe_entsprechungen(indikator: Indikator) -> str:
    """Name the other systems with the same or a close figure, each once with all its entries."""
    je_system: dict[str, list[str]] = {}
    for entsprechung in indikator.entspricht:
        je_system.setdefault(SYSTEME[entsprechung.system], []).append(entsprechung.kennung)
    return "; ".join(f"{system}: {', '.join(kennungen)}" for system, kennungen in je_system.items())


def join_saetze(saetze: Iterable[str]) -> str:
    """Join sentences of the configuration, each beginning with a capital and ending with a full stop."""
    return " ".join(f"{satz[0].upper()}{satz[1:]}{'' if satz.endswith(_SATZENDE) else '.'}" for satz in saetze if satz)
