"""A map as inline SVG: one path per class, borders, names, symbols, scale bar and legend with counts.

Everything outside the areas is drawn in a system of 1000 units for the width of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import shapely
from markupsafe import Markup, escape

from atlas.render.beschriftung import Kasten, Wunsch, Zeile, place_namen
from atlas.render.farben import GRENZE, GRENZE_OBEN
from atlas.render.muster import define_muster, fill_flaeche
from atlas.render.symbole import Richtung, fill_dreiecke, fit_groesse, write_dreieck
from atlas.render.zahlen import format_liste

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atlas.render.farben import Fuellung
    from atlas.render.flaechen import Kartengrund, Punkt
    from atlas.render.legende import Legende

BREITE: Final = 1000
_RAND: Final = 6
_ABSTAND: Final = 26


@dataclass(frozen=True)
class Flaechenklasse:
    """A class of areas: its name, filling and members, also those without a polygon."""

    klasse: str
    name: str
    fuellung: Fuellung
    raeume: tuple[str, ...]


@dataclass(frozen=True)
class Kartenbild:
    """What a map shows: `schluessel` makes its ids unique, `alternative` says in words what is to be seen.

    With its legend it is at most `hoechstens` units high, so that text and table find room on the page.
    """

    schluessel: str
    alternative: str
    klassen: tuple[Flaechenklasse, ...]
    namen: dict[str, str]
    hoechstens: int = 835
    aufwaerts: tuple[str, ...] = ()
    abwaerts: tuple[str, ...] = ()


@dataclass(frozen=True)
class FertigeKarte:
    """The SVG, and the names that found no room on it."""

    svg: Markup
    ohne_platz: tuple[str, ...]


@dataclass(frozen=True)
class _Lage:
    """Where the areas lie in the picture: scale and offset."""

    massstab: float
    links: float
    hoehe: float

    def x(self, punkt: Punkt) -> float:
        return punkt.x * self.massstab + self.links

    def y(self, punkt: Punkt) -> float:
        return punkt.y * self.massstab

    def symbolgroesse(self, punkt: Punkt) -> float:
        return fit_groesse(punkt.radius * self.massstab)

    def to_grund(self, kasten: Kasten) -> shapely.Polygon:
        """Give a rectangle of the picture in the coordinates of the areas."""
        m = self.massstab
        links, rechts = (kasten.links - self.links) / m, (kasten.rechts - self.links) / m
        return shapely.box(links, kasten.oben / m, rechts, kasten.unten / m)


def draw_karte(grund: Kartengrund, bild: Kartenbild, legende: Legende) -> FertigeKarte:
    """Draw a map with its legend below; the text alternative is the first child."""
    hoehe_fuss = legende.draw(bild.schluessel, 0, grund.meter_je_einheit).hoehe
    lage = _place(grund, bild.hoechstens - _ABSTAND - hoehe_fuss)
    mit_symbol = sorted({*bild.aufwaerts, *bild.abwaerts} & grund.punkte.keys())
    hindernisse = [_symbolkasten(grund.punkte[raum], lage) for raum in mit_symbol]
    punkte = grund.punkte if _einzeln(grund, bild) else grund.gruppenpunkte
    groesse = 15.5 if _einzeln(grund, bild) or mit_symbol else 18.0
    rahmen = Kasten(-_RAND, 0, BREITE + _RAND, lage.hoehe)
    platz = place_namen(_wuensche(bild.namen, punkte, lage), groesse, hindernisse, rahmen, _meide_rand(grund, lage))
    fuss = legende.draw(bild.schluessel, lage.hoehe + _ABSTAND, grund.meter_je_einheit / lage.massstab)
    hoehe = lage.hoehe + _ABSTAND + fuss.hoehe
    ohne = f" Ohne Platz für den Namen: {format_liste(list(platz.ohne_platz))}." if platz.ohne_platz else ""
    muster = define_muster(f"{bild.schluessel}-flaeche", lage.massstab) + define_muster(bild.schluessel, 1.0)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" class="karte" font-family="Source Sans 3" '
        f'viewBox="{-_RAND} {-_RAND} {BREITE + 2 * _RAND} {hoehe + 2 * _RAND:.0f}">'
        f"<title>{escape(bild.alternative)}{escape(ohne)}</title>"
        f"<defs>{muster}</defs>"
        f'<g transform="translate({lage.links:.1f} 0) scale({lage.massstab:.5f})">{_flaechen(grund, bild, lage)}</g>'
        f"{_symbole(grund, bild, lage)}{_namen(platz.zeilen, groesse)}{fuss.svg}</svg>"
    )
    return FertigeKarte(Markup(svg), platz.ohne_platz)  # noqa: S704  # every text in it went through escape


def _meide_rand(grund: Kartengrund, lage: _Lage) -> Callable[[Kasten], bool]:
    """Tell of a rectangle whether it keeps clear of the outer border, inside or outside."""
    rand = shapely.boundary(grund.umriss)
    shapely.prepare(rand)
    return lambda kasten: not shapely.intersects(rand, lage.to_grund(kasten))


def _place(grund: Kartengrund, hoechstens: float) -> _Lage:
    """Fit the areas into the width of the page and the height that the legend leaves."""
    massstab = min(BREITE / grund.breite, hoechstens / grund.hoehe)
    return _Lage(massstab, (BREITE - grund.breite * massstab) / 2, grund.hoehe * massstab)


def _einzeln(grund: Kartengrund, bild: Kartenbild) -> bool:
    """Tell whether the names on the map are those of the areas themselves, not of the level above."""
    return any(raum in grund.punkte for raum in bild.namen)


def _flaechen(grund: Kartengrund, bild: Kartenbild, lage: _Lage) -> str:
    """Give the areas of each class as one compound path, then the borders."""
    teile = [
        fill_flaeche(d, klasse.fuellung, f"{bild.schluessel}-flaeche")
        for klasse in bild.klassen
        if (d := "".join(grund.pfade[raum] for raum in klasse.raeume if raum in grund.pfade))
    ]
    fein = (1.0 if _einzeln(grund, bild) else 0.6) / lage.massstab
    hof, stark = 2.4 * fein, 2.6 / lage.massstab
    alle = "".join(grund.pfade[raum] for raum in sorted(grund.pfade))
    rahmen = (
        f'<path fill="none" stroke="#ffffff" stroke-width="{hof:.2f}" stroke-linejoin="round" d="{alle}"/>'
        f'<path fill="none" stroke="{GRENZE}" stroke-width="{fein:.2f}" stroke-linejoin="round" d="{alle}"/>'
        f'<path fill="none" stroke="{GRENZE_OBEN}" stroke-width="{stark:.2f}" stroke-linejoin="round" '
        f'd="{grund.gruppengrenzen}"/>'
    )
    return "".join(teile) + rahmen


def _symbolkasten(punkt: Punkt, lage: _Lage) -> Kasten:
    x, y, halb = lage.x(punkt), lage.y(punkt), lage.symbolgroesse(punkt) / 2 + 1
    return Kasten(x - halb, y - halb, x + halb, y + halb)


def _symbole(grund: Kartengrund, bild: Kartenbild, lage: _Lage) -> str:
    teile = []
    paare: tuple[tuple[tuple[str, ...], Richtung], ...] = ((bild.aufwaerts, -1), (bild.abwaerts, 1))
    for raeume, richtung in paare:
        punkte = [grund.punkte[raum] for raum in sorted(raeume) if raum in grund.punkte]
        d = "".join(
            write_dreieck(lage.x(punkt), lage.y(punkt), richtung, lage.symbolgroesse(punkt)) for punkt in punkte
        )
        if d:
            teile.append(fill_dreiecke(d, richtung))
    return "".join(teile)


def _wuensche(namen: dict[str, str], punkte: dict[str, Punkt], lage: _Lage) -> list[Wunsch]:
    return [
        Wunsch(
            name,
            lage.x(punkte[raum]),
            lage.y(punkte[raum]),
            punkte[raum].radius * lage.massstab,
            tuple((lage.x(p), lage.y(p)) for p in punkte[raum].weitere),
        )
        for raum, name in sorted(namen.items())
        if raum in punkte
    ]


def _namen(zeilen: Sequence[Zeile], groesse: float) -> str:
    """Draw the names twice: a white line around them first, then the letters."""
    if not zeilen:
        return ""
    hof = f'fill="#ffffff" stroke="#ffffff" stroke-width="{groesse / 3:.1f}" stroke-linejoin="round"'
    texte = "".join(
        f'<text x="{zeile.x:.0f}" y="{zeile.y:.0f}" font-size="{zeile.groesse:.1f}">{escape(zeile.text)}</text>'
        for zeile in zeilen
    )
    return f'<g font-weight="600" text-anchor="middle"><g {hof}>{texte}</g><g fill="#111111">{texte}</g></g>'
