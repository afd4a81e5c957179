"""The chapters of the Dimensionen: definitions, and the figures of the Berichtsjahr."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from atlas.render.eigenjahr import list_jahre, name_spalten, strip_jahr
from atlas.render.fehlstellen import explain_fehlstellen
from atlas.render.herkunft import find_herkunft, format_herkunft, is_vorlaeufig
from atlas.render.modelle import Abschnitt, Kapitel, Spalte, Tabelle, Zeile, Zeilengruppe
from atlas.render.werk import explain
from atlas.render.zahlen import Angabe, format_liste, group_tausender

if TYPE_CHECKING:
    from atlas.config.models.indikatoren import Indikator
    from atlas.render.modelle import Zeilenart
    from atlas.render.werk import Werk

_JE_TABELLE = 6
_EINE_SEITE = 44
"""So many rows stand on one page; such a table is not broken."""
RICHTUNG = {
    "hoch_ist_belastet": "ein höherer Wert erhöht den Indexwert",
    "hoch_ist_entlastet": "ein höherer Wert senkt den Indexwert",
    "neutral": "geht in keinen Index ein",
}


def build_dimensionen(werk: Werk) -> tuple[Kapitel, ...]:
    """Give a chapter with the figures per Dimension, where the Ausgabe shows figures of Indikatoren."""
    if not werk.shows("indikator"):
        return ()
    herkunft = find_herkunft(werk)
    kapitel = []
    for name, eigene in _sort_nach_dimension(werk).items():
        dimension = werk.konfiguration.dimensionen.dimensionen[name]
        einleitung = (dimension.beschreibung,) if dimension.beschreibung else ()
        werte = Abschnitt(f"Werte {list_jahre(werk, eigene)}", tabellen=_build_werte(werk, eigene, herkunft))
        kapitel.append(Kapitel(f"dimension-{name}", dimension.name, einleitung, (werte,)))
    return tuple(kapitel)


def build_definitionen(werk: Werk) -> Kapitel:
    """Give the chapter that says of every Indikator what it counts, how to read it and where it comes from."""
    herkunft = find_herkunft(werk)
    abschnitte = []
    for name, eigene in _sort_nach_dimension(werk).items():
        titel = werk.konfiguration.dimensionen.dimensionen[name].name
        abschnitte.append(Abschnitt(titel, tabellen=(_build_tabelle(werk, titel, eigene, herkunft),)))
    return Kapitel("indikatoren", "Die Indikatoren und ihre Bedeutung", abschnitte=tuple(abschnitte))


def _sort_nach_dimension(werk: Werk) -> dict[str, dict[str, Indikator]]:
    """Give the Indikatoren under their Dimension, both in the order of the configuration; none is left empty."""
    faecher: dict[str, dict[str, Indikator]] = {name: {} for name in werk.konfiguration.dimensionen.dimensionen}
    for schluessel, indikator in werk.konfiguration.indikatoren.indikatoren.items():
        faecher[indikator.dimension][schluessel] = indikator
    return {name: eigene for name, eigene in faecher.items() if eigene}


def _build_tabelle(
    werk: Werk, dimension: str, indikatoren: dict[str, Indikator], herkunft: dict[str, tuple[str, ...]]
) -> Tabelle:
    zeilen = tuple(
        Zeile(
            name_voll(indikator),
            (
                group_tausender(indikator.einheit),
                _format_wirkung(werk, schluessel),
                group_tausender(" ".join(teil for teil in (indikator.definition, indikator.hinweis) if teil)),
                format_herkunft(werk, herkunft[schluessel]),
            ),
        )
        for schluessel, indikator in indikatoren.items()
    )
    spalten = (
        Spalte("Einheit", "klasse"),
        Spalte("Wirkung", "klasse"),
        Spalte("Definition und Hinweis", "weit"),
        Spalte("Quelle", "quelle"),
    )
    return Tabelle(f"{dimension}: Definitionen", "Indikator", spalten, (Zeilengruppe(zeilen),))


def name_voll(indikator: Indikator) -> str:
    """Give the short name that the tables use, and the full name where it says more; a year of its own once."""
    if indikator.kurzname == indikator.name:
        return indikator.name
    return f"{strip_jahr(indikator)} – {indikator.name}"


def _format_wirkung(werk: Werk, indikator: str) -> str:
    """Say what a higher value does to an Index, and only of what stands in one."""
    benutzt = {eintrag.indikator for index in werk.indizes.values() for eintrag in index.indikatoren}
    richtung = werk.konfiguration.indikatoren.indikatoren[indikator].richtung
    return RICHTUNG[richtung if indikator in benutzt else "neutral"]


def _build_werte(
    werk: Werk, indikatoren: dict[str, Indikator], herkunft: dict[str, tuple[str, ...]]
) -> tuple[Tabelle, ...]:
    teile = [{name: indikatoren[name] for name in teil} for teil in split_spalten(list(indikatoren))]
    return tuple(_build_teil(werk, teil, herkunft) for teil in teile)


def split_spalten(namen: list[str]) -> list[list[str]]:
    """Spread columns evenly over as few tables as hold them: seven become four and three, not six and one."""
    tabellen = -(-len(namen) // _JE_TABELLE)
    enden = [-(-len(namen) * n // tabellen) for n in range(tabellen + 1)]
    return [namen[von:bis] for von, bis in pairwise(enden)]


def _build_teil(werk: Werk, indikatoren: dict[str, Indikator], herkunft: dict[str, tuple[str, ...]]) -> Tabelle:
    """Give one table: the whole area, then each group with its Räume."""
    register = werk.register
    benannte = name_spalten(werk, indikatoren)
    angaben: list[Angabe] = []

    def zeile(raum_id: str, art: Zeilenart) -> Zeile:
        zellen = [
            werk.freigabe.format("indikator", name, raum_id, indikator.nachkommastellen)
            for name, indikator in indikatoren.items()
        ]
        angaben.extend(zellen)
        return Zeile(register.name(raum_id), tuple(zelle.text for zelle in zellen), art)

    wurzel = register.wurzel.raum_id
    gruppen = [Zeilengruppe((zeile(wurzel, "gebiet"),))]
    ohne_raeume = not _hat_werte_je_raum(werk, indikatoren)
    for gruppe, raeume in register.group(werk.hauptebene).items() if not ohne_raeume else ():
        kopf = [zeile(gruppe, "gruppe")] if gruppe != wurzel else []
        gruppen.append(Zeilengruppe((*kopf, *(zeile(raum, "raum") for raum in raeume))))
    gezeigte = [wurzel, *(raum for paar in register.group(werk.hauptebene).items() for raum in (paar[0], *paar[1]))]
    fehlend = explain_fehlstellen(werk, benannte, [wurzel] if ohne_raeume else list(dict.fromkeys(gezeigte)))
    if ohne_raeume:
        mehrzahl = register.find_ebene(werk.hauptebene).mehrzahl
        fehlend = (f"Für die {mehrzahl} nicht geliefert, nur für {register.wurzel.name}.", *fehlend)
    titel = f"{format_liste([strip_jahr(i) for i in indikatoren.values()])}, {list_jahre(werk, indikatoren)}"
    kopf_ebene = register.find_ebene(werk.hauptebene).titel
    spalten = _build_spalten(werk, benannte, herkunft)
    return Tabelle(titel, kopf_ebene, spalten, tuple(gruppen), explain(angaben), _art(gruppen), fehlend)


def _build_spalten(
    werk: Werk, indikatoren: dict[str, Indikator], herkunft: dict[str, tuple[str, ...]]
) -> tuple[Spalte, ...]:
    vorlaeufig = {name: " (vorläufig)" if is_vorlaeufig(werk, herkunft[name]) else "" for name in indikatoren}
    return tuple(
        Spalte(indikator.kurzname, "zahl", f"{group_tausender(indikator.einheit)}{vorlaeufig[name]}")
        for name, indikator in indikatoren.items()
    )


def _hat_werte_je_raum(werk: Werk, indikatoren: dict[str, Indikator]) -> bool:
    """Tell whether the sources say anything of these Indikatoren below the whole area, if only that it is secret."""
    raeume = werk.register.list_ebene(werk.hauptebene)
    angaben = (werk.freigabe.find("indikator", name, raum) for name in indikatoren for raum in raeume)
    return any(wert is not None and (wert.wertstatus != "nicht_geliefert" or wert.sperrgrund) for wert in angaben)


def _art(gruppen: list[Zeilengruppe]) -> Literal["lang", "ganz"]:
    return "ganz" if sum(len(gruppe.zeilen) for gruppe in gruppen) <= _EINE_SEITE else "lang"
