"""Indikatoren that show another year than the book, such as those of a census, say so wherever they are named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.config.models.berechnung import Anzahl, Dichte, Quotient, Veraenderung
from atlas.render.zahlen import format_liste

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.config.laden import Konfiguration
    from atlas.config.models.indikatoren import Indikator
    from atlas.render.werk import Werk


def name_eigene_jahre(konfiguration: Konfiguration) -> Konfiguration:
    """Give the configuration with the year in the names of Indikatoren that have one of their own."""
    katalog = konfiguration.indikatoren
    benannt = {name: _benannt(indikator) for name, indikator in katalog.indikatoren.items()}
    return replace(konfiguration, indikatoren=katalog.model_copy(update={"indikatoren": benannt}))


def find_jahr(werk: Werk, indikator: Indikator) -> int:
    """Give the year an Indikator shows: its own, else the Berichtsjahr."""
    return werk.jahr if indikator.jahr is None else indikator.jahr


def list_jahre(werk: Werk, indikatoren: Mapping[str, Indikator]) -> str:
    """Give the years that some Indikatoren show, as a title names them: 2015 und 2022."""
    return format_liste([str(jahr) for jahr in sorted({find_jahr(werk, eines) for eines in indikatoren.values()})])


def find_zeitraum(werk: Werk, indikator: Indikator) -> str:
    """Give what time an Indikator is about: its year, or from where to where it counts several or compares two."""
    jahr = find_jahr(werk, indikator)
    berechnung = indikator.berechnung
    if isinstance(berechnung, Veraenderung):
        frueheste, spaeteste = jahr - berechnung.jahre, jahr
    elif isinstance(berechnung, Quotient | Anzahl | Dichte):
        versaetze = [term.jahresversatz for term in berechnung.zaehler]
        frueheste, spaeteste = jahr - max(versaetze), jahr - min(versaetze)
    else:
        frueheste = spaeteste = jahr
    return str(jahr) if frueheste == spaeteste else f"{frueheste}–{spaeteste}"


def list_zeitraeume(werk: Werk, indikatoren: Mapping[str, Indikator]) -> str:
    """Give the years and periods that some Indikatoren show: 2020–2025 und 2025."""
    return format_liste(sorted({find_zeitraum(werk, eines) for eines in indikatoren.values()}))


def name_spalten(werk: Werk, indikatoren: Mapping[str, Indikator]) -> dict[str, Indikator]:
    """Give Indikatoren as the columns of one table: each with its time where these differ, else the title has it."""
    verschieden = len({find_zeitraum(werk, eines) for eines in indikatoren.values()}) > 1
    zusatz = {name: f" ({find_zeitraum(werk, i)})" if verschieden else "" for name, i in indikatoren.items()}
    return {
        name: indikator.model_copy(update={"kurzname": f"{strip_jahr(indikator)}{zusatz[name]}"})
        for name, indikator in indikatoren.items()
    }


def strip_jahr(indikator: Indikator) -> str:
    """Give the short name without the year that `name_eigene_jahre` put behind it."""
    return indikator.kurzname.removesuffix(f" ({indikator.jahr})")


def _benannt(indikator: Indikator) -> Indikator:
    if indikator.jahr is None:
        return indikator
    namen = {feld: _mit_jahr(getattr(indikator, feld), indikator.jahr) for feld in ("name", "kurzname")}
    return indikator.model_copy(update=namen)


def _mit_jahr(name: str, jahr: int) -> str:
    """Put the year behind a name that does not hold it yet."""
    return name if str(jahr) in name.split() else f"{name} ({jahr})"
