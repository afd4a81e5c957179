"""The chapter of a Dimension: figures of the main level, of coarser levels alone, and of the levels below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.render.eigenjahr import list_jahre
from atlas.render.herkunft import find_herkunft
from atlas.render.indikatortabellen import EINE_SEITE, Raumfolge, build_werte, has_werte, sort_nach_dimension
from atlas.render.modelle import Abschnitt, Kapitel
from atlas.render.nachweistext import join_saetze
from atlas.render.zahlen import format_liste

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from atlas.config.models.indikatoren import Indikator
    from atlas.render.indikatortabellen import Auswahl, Herkunft
    from atlas.render.register import Register
    from atlas.render.werk import Werk

_HOECHSTENS_NAMEN: Final = 12
_SCHMAL: Final = 2
"""Tables of so few columns stand in two halves side by side."""
_ARTIKEL: Final = {"kreis": "den", "bezirk": "den", "stadt": "die", "region": "die", "land": "das", "gebiet": "das"}
"""The article that goes with a word after »für«, by its ending."""


def build_dimensionen(werk: Werk) -> tuple[Kapitel, ...]:
    """Give a chapter with the figures per Dimension, where the Ausgabe shows figures of Indikatoren."""
    if not werk.shows("indikator"):
        return ()
    herkunft = find_herkunft(werk)
    kapitel = []
    for name, eigene in sort_nach_dimension(werk).items():
        dimension = werk.konfiguration.dimensionen.dimensionen[name]
        einleitung = (dimension.beschreibung,) if dimension.beschreibung else ()
        abschnitte = tuple(_build_abschnitte(werk, eigene, herkunft))
        kapitel.append(Kapitel(f"dimension-{name}", dimension.name, einleitung, abschnitte))
    return tuple(kapitel)


def _build_abschnitte(werk: Werk, indikatoren: Auswahl, herkunft: Herkunft) -> Iterator[Abschnitt]:
    """Give what the main level has, then what only coarser levels have, then what goes further down."""
    ebenen = [ebene.ebene for ebene in werk.konfiguration.raeume.ebenen]
    mitte = ebenen.index(werk.hauptebene)
    je_ebene: dict[str, dict[str, Indikator]] = {}
    for name, indikator in indikatoren.items():
        kleinste = indikator.kleinste_ebene or ebenen[-1]
        je_ebene.setdefault(ebenen[min(ebenen.index(kleinste), mitte)], {})[name] = indikator
    haupt = je_ebene.get(werk.hauptebene, {})
    if haupt:
        folge = Raumfolge(werk.hauptebene, werk.register.group(werk.hauptebene))
        titel = f"Werte {list_jahre(werk, haupt)}"
        yield Abschnitt(titel, tabellen=build_werte(werk, haupt, herkunft, folge))
    for ebene in reversed(ebenen[:mitte]):
        if ebene in je_ebene:
            yield _build_grobe(werk, je_ebene[ebene], herkunft, ebene)
    for tiefe, ebene in enumerate(ebenen[mitte + 1 :], mitte + 1):
        feine = {n: i for n, i in haupt.items() if i.kleinste_ebene is None or ebenen.index(i.kleinste_ebene) >= tiefe}
        yield from _build_feine(werk, feine, herkunft, ebene)


def _build_grobe(werk: Werk, indikatoren: Auswahl, herkunft: Herkunft, ebene: str) -> Abschnitt:
    """Give the Indikatoren that no level below a coarse one has, and the reasons."""
    folge = Raumfolge(ebene, werk.register.group(ebene))
    gruende: dict[str, list[str]] = {}
    for indikator in indikatoren.values():
        if indikator.ebenen_grund:
            gruende.setdefault(indikator.ebenen_grund, []).append(indikator.kurzname)
    saetze = tuple(join_saetze([f"{format_liste(namen)}: {grund}"]) for grund, namen in gruende.items())
    titel = f"Nur für {_name_ebenen(werk.register, ebene)}"
    return Abschnitt(titel, saetze, tabellen=build_werte(werk, indikatoren, herkunft, folge))


def _name_ebenen(register: Register, ebene: str) -> str:
    """Name a coarse level and the whole area as after »für«: Planungsräume und den Landkreis."""
    wurzel = register.find_ebene(register.wurzel.ebene).titel
    artikel = next((a for ende, a in _ARTIKEL.items() if wurzel.lower().endswith(ende)), None)
    ganzes = f"{artikel} {wurzel}" if artikel else register.wurzel.name
    return ganzes if ebene == register.wurzel.ebene else f"{register.find_ebene(ebene).mehrzahl} und {ganzes}"


def _build_feine(werk: Werk, indikatoren: Auswahl, herkunft: Herkunft, ebene: str) -> Iterator[Abschnitt]:
    """Give the Indikatoren that have figures on a level below the main one, under the Räume it divides."""
    ganze = Raumfolge(ebene, werk.register.group_nach_eltern(ebene))
    eigene = {name: eines for name, eines in indikatoren.items() if has_werte(werk, {name: eines}, ganze.raeume)}
    if not eigene:
        return
    teile = split_gruppen(ganze.gruppen)
    folgen = [Raumfolge(ebene, teil) for teil in teile]
    passt = all(folge.zeilen <= EINE_SEITE and has_werte(werk, eigene, folge.raeume) for folge in folgen)
    mehrzahl = werk.register.find_ebene(ebene).mehrzahl
    titel = f"{mehrzahl} {list_jahre(werk, eigene)}"
    wo = _tell_unterteilte(werk.register, ebene)
    if len(eigene) > _SCHMAL or ganze.zeilen <= EINE_SEITE or not passt:
        folge = Raumfolge(ebene, ganze.gruppen, f": {mehrzahl}")
        yield Abschnitt(titel, wo, tabellen=build_werte(werk, eigene, herkunft, folge))
        return
    folgen = [Raumfolge(ebene, teil, f": {mehrzahl} ({n} von {len(teile)})") for n, teil in enumerate(teile, 1)]
    tabellen = tuple(tabelle for folge in folgen for tabelle in build_werte(werk, eigene, herkunft, folge))
    yield Abschnitt(titel, wo, tabellen=tabellen, satz="nebeneinander")


def _tell_unterteilte(register: Register, ebene: str) -> tuple[str, ...]:
    """Say which Räume are divided into those of a level, where some are not."""
    unterteilte = list(register.group_nach_eltern(ebene))
    daneben = register.list_ebene(register.raeume[unterteilte[0]].ebene) if unterteilte else []
    if len(unterteilte) >= len(daneben):
        return ()
    mehrzahl = register.find_ebene(ebene).mehrzahl
    uebrige = register.find_ebene(register.raeume[unterteilte[0]].ebene).mehrzahl
    if len(unterteilte) > _HOECHSTENS_NAMEN:
        wie_viele = f"{len(unterteilte)} der {len(daneben)} {uebrige}"
        return (f"{mehrzahl} gibt es in {wie_viele}; die übrigen sind nicht unterteilt.",)
    namen = format_liste([register.name(raum) for raum in unterteilte])
    return (f"{mehrzahl} gibt es in: {namen}. Die übrigen {uebrige} sind nicht unterteilt.",)


def split_gruppen(gruppen: Mapping[str, Sequence[str]]) -> tuple[dict[str, Sequence[str]], ...]:
    """Cut groups in two so that the longer part is as short as possible; one group stays whole."""
    paare = list(gruppen.items())

    def zaehle(teil: Sequence[tuple[str, Sequence[str]]]) -> int:
        return sum(1 + len(raeume) for _, raeume in teil)

    if len(paare) <= 1:
        return (dict(paare),)
    schnitt = min(range(1, len(paare)), key=lambda n: max(zaehle(paare[:n]), zaehle(paare[n:])))
    return dict(paare[:schnitt]), dict(paare[schnitt:])
