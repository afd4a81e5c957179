"""Tables with the figures of Indikatoren: Räume as rows under the Raum they belong to, Indikatoren as columns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from atlas.render.eigenjahr import list_zeitraeume, name_spalten, strip_jahr
from atlas.render.fehlstellen import explain_fehlstellen
from atlas.render.herkunft import is_vorlaeufig
from atlas.render.modelle import Spalte, Tabelle, Zeile, Zeilengruppe
from atlas.render.werk import explain
from atlas.render.zahlen import Angabe, format_liste

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atlas.config.models.indikatoren import Indikator
    from atlas.render.modelle import Zeilenart
    from atlas.render.werk import Werk

    Auswahl = Mapping[str, Indikator]
    Herkunft = Mapping[str, tuple[str, ...]]

_JE_TABELLE = 6
EINE_SEITE = 44
"""So many rows stand on one page; such a table is not broken."""


@dataclass(frozen=True)
class Raumfolge:
    """The Räume of one level as a table lists them: under the key of the Raum that heads each group."""

    ebene: str
    gruppen: Mapping[str, Sequence[str]]
    titelzusatz: str = ""
    """What the title says of the Räume where they are not those of the main level."""

    @property
    def raeume(self) -> list[str]:
        """All Räume of the level."""
        return [raum for eigene in self.gruppen.values() for raum in eigene]

    @property
    def zeilen(self) -> int:
        """How many rows a table has: the whole area, the Raum that heads each group, and the Räume."""
        return 1 + len(self.gruppen) + len(self.raeume)


def build_werte(werk: Werk, indikatoren: Auswahl, herkunft: Herkunft, folge: Raumfolge) -> tuple[Tabelle, ...]:
    """Give as few tables as hold the Indikatoren, each over the same Räume."""
    teile = [{name: indikatoren[name] for name in teil} for teil in split_spalten(list(indikatoren))]
    return tuple(_build_teil(werk, teil, herkunft, folge) for teil in teile)


def sort_nach_dimension(werk: Werk) -> dict[str, dict[str, Indikator]]:
    """Give the Indikatoren under their Dimension, both in the order of the configuration; none is left empty."""
    faecher: dict[str, dict[str, Indikator]] = {name: {} for name in werk.konfiguration.dimensionen.dimensionen}
    for schluessel, indikator in werk.konfiguration.indikatoren.indikatoren.items():
        faecher[indikator.dimension][schluessel] = indikator
    return {name: eigene for name, eigene in faecher.items() if eigene}


def name_voll(indikator: Indikator) -> str:
    """Give the short name that the tables use, and the full name where it says more; a year of its own once."""
    if indikator.kurzname == indikator.name:
        return indikator.name
    return f"{strip_jahr(indikator)} – {indikator.name}"


def split_spalten(namen: list[str]) -> list[list[str]]:
    """Spread columns evenly over as few tables as hold them: seven become four and three, not six and one."""
    tabellen = -(-len(namen) // _JE_TABELLE)
    enden = [-(-len(namen) * n // tabellen) for n in range(tabellen + 1)]
    return [namen[von:bis] for von, bis in pairwise(enden)]


def has_werte(werk: Werk, indikatoren: Auswahl, raeume: Sequence[str]) -> bool:
    """Tell whether the sources say anything of these Indikatoren for some Räume, if only that it is secret."""
    angaben = (werk.freigabe.find("indikator", name, raum) for name in indikatoren for raum in raeume)
    return any(wert is not None and (wert.wertstatus != "nicht_geliefert" or wert.sperrgrund) for wert in angaben)


def _build_teil(werk: Werk, indikatoren: Auswahl, herkunft: Herkunft, folge: Raumfolge) -> Tabelle:
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
    gezeigt = folge.gruppen if has_werte(werk, indikatoren, folge.raeume) else {}
    gruppen = [Zeilengruppe((zeile(wurzel, "gebiet"),))]
    for gruppe, raeume in gezeigt.items() if folge.ebene != register.wurzel.ebene else ():
        kopf = [zeile(gruppe, "gruppe")] if gruppe != wurzel else []
        gruppen.append(Zeilengruppe((*kopf, *(zeile(raum, "raum") for raum in raeume))))
    alle = dict.fromkeys([wurzel, *(raum for paar in gezeigt.items() for raum in (paar[0], *paar[1]))])
    fehlend = explain_fehlstellen(werk, benannte, list(alle))
    if not gezeigt and folge.ebene != register.wurzel.ebene:
        mehrzahl = register.find_ebene(folge.ebene).mehrzahl
        fehlend = (f"Für die {mehrzahl} nicht geliefert, nur für {register.wurzel.name}.", *fehlend)
    namen = format_liste([strip_jahr(i) for i in indikatoren.values()])
    titel = f"{namen}, {list_zeitraeume(werk, indikatoren)}{folge.titelzusatz}"
    kopf_ebene = register.find_ebene(folge.ebene).titel
    spalten = _build_spalten(werk, benannte, herkunft)
    return Tabelle(titel, kopf_ebene, spalten, tuple(gruppen), explain(angaben), _art(gruppen), fehlend)


def _build_spalten(werk: Werk, indikatoren: Auswahl, herkunft: Herkunft) -> tuple[Spalte, ...]:
    vorlaeufig = {name: " (vorläufig)" if is_vorlaeufig(werk, herkunft[name]) else "" for name in indikatoren}
    return tuple(
        Spalte(indikator.kurzname, "zahl", f"{indikator.einheit}{vorlaeufig[name]}")
        for name, indikator in indikatoren.items()
    )


def _art(gruppen: list[Zeilengruppe]) -> Literal["lang", "ganz"]:
    return "ganz" if sum(len(gruppe.zeilen) for gruppe in gruppen) <= EINE_SEITE else "lang"
