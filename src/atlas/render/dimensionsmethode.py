"""How the Indizes of the Dimensionen are computed: the steps once, and what each is made of in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.render.modelle import Abschnitt, Spalte, Tabelle, Zeile, Zeilengruppe
from atlas.render.verfahrensherkunft import describe_herkunft
from atlas.render.verfahrenstext import describe_dimensionsschritte
from atlas.render.werk import explain
from atlas.render.zahlen import Angabe, format_kurz, format_liste, format_wert
from atlas.tables.listen import SUMME, WENIGE_RAEUME

if TYPE_CHECKING:
    from atlas.config.models.indizes import GestufterIndex, IndexIndikator
    from atlas.render.werk import Werk

_WIRKUNG = {"hoch_ist_belastet": "erhöht", "hoch_ist_entlastet": "senkt"}
_MOMENTE = ("bezug_mittel", "bezug_streuung")


def build_dimensionsmethoden(werk: Werk) -> tuple[Abschnitt, ...]:
    """Give one section per method that Dimensionen use."""
    gruppen: dict[tuple[str | None, str, int], list[str]] = {}
    for name, index in werk.dimensionsindizes.items():
        gruppen.setdefault((index.verfahren, index.ebene, index.beobachtungsjahre), []).append(name)
    return tuple(_build_abschnitt(werk, indizes, len(gruppen)) for indizes in gruppen.values())


def _build_abschnitt(werk: Werk, indizes: list[str], anzahl: int) -> Abschnitt:
    gestuft = werk.indizes[indizes[0]]
    titel = "Dimensionsindizes des Sozialraummonitors"
    if anzahl > 1 and gestuft.verfahren is not None:
        titel += f": {werk.konfiguration.dimensionen.verfahren[gestuft.verfahren].name}"
    absaetze = ["Wer in welcher Dimension nicht eingestuft ist, steht im Sozialraummonitor."]
    dabei = [_count_einbezogene(werk, index) for index in indizes]
    wenige = [f"{werk.name_index(i)} ({n})" for i, n in zip(indizes, dabei, strict=True) if n < WENIGE_RAEUME]
    if wenige:
        wo = "in allen Dimensionen" if len(wenige) == len(indizes) > 1 else f"in {format_liste(wenige)}"
        absaetze.append(
            f"Hinweis: Weniger als {WENIGE_RAEUME} Räume sind einbezogen {wo}; ein einziger Raum mehr oder weniger "
            "kann dort Klassen verschieben."
        )
    absaetze += describe_herkunft(werk, gestuft)
    schritte = describe_dimensionsschritte(werk, indizes[0])
    return Abschnitt(titel, tuple(absaetze), schritte, (_build_tabelle(werk, indizes),))


def _count_einbezogene(werk: Werk, index: str) -> int:
    return sum(len(raeume) for fach, raeume in werk.sort_nach_klasse(index).items() if fach is not None)


def _build_tabelle(werk: Werk, indizes: list[str]) -> Tabelle:
    """Give weight, effect and moments of every Indikator under its Dimension."""
    angaben: list[Angabe] = []
    gruppen = []
    for index in indizes:
        gestuft = werk.indizes[index]
        zeilen = [_zeile(werk, index, eintrag, angaben) for eintrag in gestuft.indikatoren]
        if gestuft.restandardisierung != "keine":
            was = "Summe" if gestuft.zusammenfassung == "summe" else "Mittelwert"
            momente = _format_momente(werk, index, SUMME, 2, angaben)
            zeilen.append(Zeile(f"{was} der standardisierten Werte", ("ohne Einheit", "x", "x", *momente)))
            angaben.append(Angabe("x", ("x",)))
        gruppen.append(Zeilengruppe(tuple(zeilen), gestuft.name))
    zentrum = "Mittelwert" if werk.indizes[indizes[0]].standardisierung.zentrum == "raummittel" else "Bezugswert"
    spalten = (
        Spalte("Einheit", "text"),
        Spalte("Gewicht", "menge"),
        Spalte("hoher Wert", "klasse"),
        Spalte(zentrum, "zahl"),
        Spalte("Standardabweichung", "zahl"),
    )
    titel = f"Dimensionsindizes {werk.jahr}: Indikatoren, Gewichte und Bezugsgrößen der Standardisierung"
    return Tabelle(titel, "Größe", spalten, tuple(gruppen), explain(angaben), "lang")


def _zeile(werk: Werk, index: str, eintrag: IndexIndikator, angaben: list[Angabe]) -> Zeile:
    indikator = werk.konfiguration.indikatoren.indikatoren[eintrag.indikator]
    stellen = max(2, indikator.nachkommastellen + 1)
    einheit = name_einheit(werk, werk.indizes[index], eintrag.indikator)
    momente = _format_momente(werk, index, eintrag.indikator, stellen, angaben)
    return Zeile(indikator.kurzname, (einheit, format_kurz(eintrag.gewicht), _WIRKUNG[indikator.richtung], *momente))


def _format_momente(werk: Werk, index: str, groesse: str, stellen: int, angaben: list[Angabe]) -> tuple[str, ...]:
    zellen = [format_wert(werk.freigabe.momente.get((index, groesse, art)), stellen) for art in _MOMENTE]
    angaben += zellen
    return tuple(zelle.text for zelle in zellen)


def name_einheit(werk: Werk, gestuft: GestufterIndex, indikator: str) -> str:
    """Give the unit of what is standardised: that of the Indikator, or of its change."""
    einheit = werk.konfiguration.indikatoren.indikatoren[indikator].einheit
    if gestuft.differenz is None:
        return einheit
    if gestuft.differenz.form == "relativ":
        return "%"
    return "Prozentpunkte" if einheit == "%" else einheit
