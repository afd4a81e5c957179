"""The page of the Gesamtindex: status as colour, dynamics as triangles, both in a matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.render.farben import GEHEIM, UNBEWERTET, Fuellung, status_fuellungen
from atlas.render.karte import Flaechenklasse, Kartenbild
from atlas.render.kartenseiten import draw_mit_anmerkungen, name_kartenraeume
from atlas.render.kartentext import describe_gesamt, tell_gesamt
from atlas.render.klassen import build_kreuztabelle, count_zellen, name_fach
from atlas.render.legende import Matrixlegende
from atlas.render.lesehilfe import explain_dreiecke, explain_gesamt
from atlas.render.modelle import Kartenseite
from atlas.tables.listen import GESAMT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.config.models.indizes import Gesamtindex
    from atlas.render.flaechen import Kartengrund
    from atlas.render.symbole import Richtung
    from atlas.render.werk import Werk


def build_gesamtseite(werk: Werk, gesamt: Gesamtindex, grund: Kartengrund | None) -> Kartenseite:
    """Give the page of the Gesamtindex."""
    status, dynamik = werk.indizes[gesamt.status], werk.indizes[gesamt.dynamik]
    farben = status_fuellungen(len(status.klassen))
    fuellungen = dict(zip((klasse.klasse for klasse in status.klassen), farben, strict=True))
    klassen = _gesamtklassen(werk, fuellungen)
    bild = Kartenbild(
        schluessel=f"karte-{GESAMT}",
        alternative=describe_gesamt(werk, gesamt),
        klassen=klassen,
        namen=name_kartenraeume(werk, status.ebene),
        hoechstens=845,
        aufwaerts=_mit_dynamik(werk, dynamik.klassen[0].klasse),
        abwaerts=_mit_dynamik(werk, dynamik.klassen[-1].klasse),
    )
    svg, anmerkungen = draw_mit_anmerkungen(werk, grund, bild, _matrix(werk, gesamt, fuellungen, klassen), status.ebene)
    return Kartenseite(
        anker=f"karte-{GESAMT}",
        titel=f"{gesamt.name} {werk.jahr}",
        einleitung=tell_gesamt(werk, gesamt),
        svg=svg,
        anmerkungen=anmerkungen,
        lesehilfe=(*(explain_dreiecke(werk, gesamt) if svg else ()), *explain_gesamt(werk, gesamt)),
        klassen=build_kreuztabelle(werk, gesamt),
    )


def _gesamtklassen(werk: Werk, fuellungen: Mapping[str, Fuellung]) -> tuple[Flaechenklasse, ...]:
    """Give the areas by the status in the pair of classes; who has no pair is unrated or withheld."""
    faecher: dict[str, list[str]] = {klasse: [] for klasse in fuellungen}
    faecher |= {"unbewertet": [], "geheim": []}
    for raum_id in werk.register.list_ebene(werk.hauptebene):
        einstufung = werk.freigabe.find_einstufung(GESAMT, raum_id)
        ohne = "geheim" if einstufung.ist_geheim else "unbewertet"
        faecher[einstufung.teile[0] or ohne].append(raum_id)
    sonst = {"unbewertet": (name_fach(werk, None), UNBEWERTET), "geheim": (name_fach(werk, ""), GEHEIM)}
    return tuple(
        Flaechenklasse(
            klasse=fach,
            name=sonst[fach][0] if fach in sonst else werk.klassenname(fach),
            fuellung=sonst[fach][1] if fach in sonst else fuellungen[fach],
            raeume=tuple(raeume),
        )
        for fach, raeume in faecher.items()
        if fach in fuellungen or raeume
    )


def _matrix(
    werk: Werk, gesamt: Gesamtindex, fuellungen: Mapping[str, Fuellung], klassen: tuple[Flaechenklasse, ...]
) -> Matrixlegende:
    status, dynamik = werk.indizes[gesamt.status], werk.indizes[gesamt.dynamik]
    mitte: list[Richtung] = [0] * (len(dynamik.klassen) - 2)
    richtungen: tuple[Richtung, ...] = (-1, *mitte, 1)
    zeilen = [klasse.klasse for klasse in status.klassen]
    spalten = [klasse.klasse for klasse in dynamik.klassen]
    zellen = {
        (zeilen.index(oben), spalten.index(seite)): anzahl for (oben, seite), anzahl in count_zellen(werk).items()
    }
    return Matrixlegende(
        zeilen=tuple((werk.klassenname(klasse), fuellungen[klasse]) for klasse in zeilen),
        spalten=tuple(werk.klassenname(klasse) for klasse in spalten),
        symbole=richtungen,
        zellen=zellen,
        weitere=tuple(klasse for klasse in klassen if klasse.klasse not in fuellungen),
        zeilentitel=status.name,
        spaltentitel=dynamik.name,
    )


def _mit_dynamik(werk: Werk, klasse: str) -> tuple[str, ...]:
    raeume = werk.register.list_ebene(werk.hauptebene)
    return tuple(raum for raum in raeume if werk.freigabe.find_einstufung(GESAMT, raum).teile[1] == klasse)
