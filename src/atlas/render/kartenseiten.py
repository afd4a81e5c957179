"""The pages with maps, one per Index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from atlas.render.farben import GEHEIM, UNBEWERTET, Fuellung, dynamik_fuellungen, status_fuellungen
from atlas.render.karte import Flaechenklasse, Kartenbild, draw_karte
from atlas.render.kartentext import describe_index, tell_index
from atlas.render.klassen import build_klassentabelle, name_fach
from atlas.render.legende import Reihenlegende
from atlas.render.lesehilfe import explain_index
from atlas.render.modelle import Kartenseite
from atlas.render.verweise import link_lizenz
from atlas.render.zahlen import format_liste

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.render.flaechen import Kartengrund
    from atlas.render.legende import Legende
    from atlas.render.werk import Werk

EINZELN_BIS = 60
"""Up to so many areas carry their own names; above that the map names the level above."""


def build_indexseiten(werk: Werk, gruende: Mapping[str, Kartengrund]) -> tuple[Kartenseite, ...]:
    """Give a page per Index of status or dynamics."""
    return tuple(_build_index(werk, index, gruende.get(gestuft.ebene)) for index, gestuft in werk.hauptindizes.items())


def _build_index(werk: Werk, index: str, grund: Kartengrund | None) -> Kartenseite:
    gestuft = werk.indizes[index]
    anzahl = len(gestuft.klassen)
    farben = status_fuellungen(anzahl) if gestuft.art == "status" else dynamik_fuellungen(anzahl)
    fuellungen = dict(zip((klasse.klasse for klasse in gestuft.klassen), farben, strict=True))
    klassen = _flaechenklassen(werk, index, fuellungen)
    bild = Kartenbild(f"karte-{index}", describe_index(werk, index), klassen, name_kartenraeume(werk, gestuft.ebene))
    svg, anmerkungen = draw_mit_anmerkungen(werk, grund, bild, Reihenlegende(klassen), gestuft.ebene)
    return Kartenseite(
        anker=f"karte-{index}",
        titel=f"{gestuft.name} {werk.jahr}",
        einleitung=tell_index(werk, index),
        svg=svg,
        anmerkungen=anmerkungen,
        lesehilfe=explain_index(werk, index),
        klassen=build_klassentabelle(werk, index),
    )


def _flaechenklassen(werk: Werk, index: str, fuellungen: Mapping[str, Fuellung]) -> tuple[Flaechenklasse, ...]:
    """Give the areas of each class; every Raum is in exactly one."""
    return tuple(
        Flaechenklasse(
            klasse=fach or ("geheim" if fach == "" else "unbewertet"),
            name=name_fach(werk, fach),
            fuellung=fuellungen.get(fach or "", UNBEWERTET if fach is None else GEHEIM),
            raeume=tuple(raeume),
        )
        for fach, raeume in werk.sort_nach_klasse(index).items()
        if fach in fuellungen or raeume
    )


def name_kartenraeume(werk: Werk, ebene: str) -> dict[str, str]:
    """Give the names on the map: those of the areas while they are few, else those of the level above."""
    raeume = werk.register.list_ebene(ebene)
    gezeigt = raeume if len(raeume) <= EINZELN_BIS else list(werk.register.group(ebene))
    return {raum: werk.register.name(raum) for raum in gezeigt}


def draw_mit_anmerkungen(
    werk: Werk, grund: Kartengrund | None, bild: Kartenbild, legende: Legende, ebene: str
) -> tuple[Markup | None, tuple[str, ...]]:
    """Draw a map and say what it cannot show; without polygons the page has its table only."""
    mehrzahl = werk.register.find_ebene(ebene).mehrzahl
    if grund is None:
        return None, (f"Für die Ebene {mehrzahl} liegen keine Flächen vor; die Karte entfällt.",)
    karte = draw_karte(grund, bild, legende)
    anmerkungen: list[str] = list(_nenne_grenzen(werk, ebene))
    if karte.ohne_platz:
        anmerkungen.append(f"Ohne Platz für den Namen auf der Karte: {format_liste(list(karte.ohne_platz))}.")
    ohne_flaeche = [raum for raum in werk.register.list_ebene(ebene) if raum not in grund.pfade]
    if ohne_flaeche:
        namen = format_liste([werk.register.name(raum) for raum in ohne_flaeche])
        anmerkungen.append(f"Ohne Fläche in den Geodaten und darum nicht auf der Karte: {namen}.")
    return karte.svg, tuple(anmerkungen)


def _nenne_grenzen(werk: Werk, ebene: str) -> tuple[str, ...]:
    """Name whose borders the map shows: those of its level, or those that its areas were joined from."""
    polygone = werk.konfiguration.raeume.polygone
    eigene = [p.herkunft for p in polygone if p.ebene == ebene] or [p.herkunft for p in polygone]
    texte = dict.fromkeys(
        Markup("{}, {}").format(h.herausgeber, link_lizenz(h.lizenz)) for h in eigene if h is not None
    )
    return (Markup("Grenzen: {}").format(Markup("; ").join(texte)),) if texte else ()
