"""Legends of the maps: swatches with counts in rows, or the matrix of status and dynamics; and the scale bar."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from markupsafe import escape

from atlas.render.beschriftung import text_breite
from atlas.render.farben import GRENZE_OBEN, Fuellung
from atlas.render.muster import fill_flaeche
from atlas.render.symbole import Richtung, fill_dreiecke, write_dreieck
from atlas.render.zahlen import format_kurz

if TYPE_CHECKING:
    from atlas.render.karte import Flaechenklasse

_SCHRIFT: Final = 18.5
_KASTEN: Final = (36, 22)
_ZEILE: Final = 34
_MATRIXZEILE: Final = 28
_PLATZ: Final = 845
_LUECKE: Final = 22
_MASSSTAB_AB: Final = 860
_RECHTS: Final = 1000


@dataclass(frozen=True)
class Kartenfuss:
    """A drawn legend and its height."""

    svg: str
    hoehe: float


class Legende(Protocol):
    """Anything that can draw itself below a map."""

    def draw(self, schluessel: str, oben: float, meter_je_einheit: float) -> Kartenfuss:
        """Draw with the top at `oben`."""
        ...


@dataclass(frozen=True)
class Reihenlegende:
    """Swatch, name and count of each class, wrapped into rows."""

    klassen: tuple[Flaechenklasse, ...]

    def draw(self, schluessel: str, oben: float, meter_je_einheit: float) -> Kartenfuss:
        """Draw the classes side by side; the last line never reaches the scale bar."""
        teile: list[str] = []
        x, y = 0.0, oben
        for klasse in self.klassen:
            text = f"{klasse.name} ({len(klasse.raeume)})"
            breite = _KASTEN[0] + 8 + text_breite(text, _SCHRIFT)
            if x and x + breite > _PLATZ:
                x, y = 0.0, y + _ZEILE
            teile.append(_kasten(x, y, klasse.fuellung, schluessel) + _text(x + _KASTEN[0] + 8, y + 17, text))
            x += breite + _LUECKE
        return Kartenfuss("".join(teile) + _massstab(oben, meter_je_einheit), y + _ZEILE + 14 - oben)


@dataclass(frozen=True)
class Matrixlegende:
    """Status by dynamics with the count of each cell; below it what stands outside the matrix.

    `zellen` counts by (row, column); `symbole` are the directions drawn in the columns, 0 for none.
    """

    zeilen: tuple[tuple[str, Fuellung], ...]
    spalten: tuple[str, ...]
    symbole: tuple[Richtung, ...]
    zellen: dict[tuple[int, int], int]
    weitere: tuple[Flaechenklasse, ...]
    zeilentitel: str
    spaltentitel: str

    def draw(self, schluessel: str, oben: float, meter_je_einheit: float) -> Kartenfuss:
        """Draw the matrix with its heads; what stands outside it beside it, or below where it is wide."""
        kopf = max(text_breite(name, _SCHRIFT) for name in (*(z for z, _ in self.zeilen), self.zeilentitel)) + 18
        schritt = max(118.0, max(text_breite(name, _SCHRIFT) for name in self.spalten) + 20)
        teile = self._draw_matrix(schluessel, oben, kopf, schritt)
        unten = oben + (2 + len(self.zeilen)) * _MATRIXZEILE
        texte = [f"{klasse.name} ({len(klasse.raeume)})" for klasse in self.weitere]
        breite = max((text_breite(text, _SCHRIFT) for text in texte), default=0.0) + _KASTEN[0] + 8
        daneben = kopf + len(self.spalten) * schritt
        passt = daneben + breite <= _RECHTS and len(texte) <= len(self.zeilen)
        x, y = (daneben, unten - len(texte) * _MATRIXZEILE) if passt else (0.0, unten)
        for klasse, text in zip(self.weitere, texte, strict=True):
            teile.append(_kasten(x, y, klasse.fuellung, schluessel) + _text(x + _KASTEN[0] + 8, y + 17, text))
            y += _MATRIXZEILE
        return Kartenfuss("".join(teile) + _massstab(oben, meter_je_einheit), max(unten, y) - oben)

    def _draw_matrix(self, schluessel: str, oben: float, kopf: float, schritt: float) -> list[str]:
        teile = [
            _text(0, oben + 17 + _MATRIXZEILE, self.zeilentitel, 600),
            _text(kopf, oben + 17, self.spaltentitel, 600),
        ]
        teile += [_text(kopf + n * schritt, oben + 17 + _MATRIXZEILE, name) for n, name in enumerate(self.spalten)]
        for nummer, (name, fuellung) in enumerate(self.zeilen):
            y = oben + (2 + nummer) * _MATRIXZEILE
            teile.append(_text(0, y + 17, name))
            for spalte, symbol in enumerate(self.symbole):
                x = kopf + spalte * schritt
                teile.append(_kasten(x, y, fuellung, schluessel) + _symbol(x, y, symbol))
                teile.append(_text(x + _KASTEN[0] + 8, y + 17, str(self.zellen.get((nummer, spalte), 0))))
        return teile


def _kasten(x: float, y: float, fuellung: Fuellung, schluessel: str) -> str:
    d = f"M{x:.0f} {y:.0f}h{_KASTEN[0]}v{_KASTEN[1]}h-{_KASTEN[0]}z"
    rand = f'<path fill="none" stroke="#555555" stroke-width="1" d="{d}"/>'
    return fill_flaeche(d, fuellung, schluessel) + rand


def _symbol(x: float, y: float, richtung: Richtung) -> str:
    if richtung == 0:
        return ""
    return fill_dreiecke(write_dreieck(x + _KASTEN[0] / 2, y + _KASTEN[1] / 2, richtung), richtung)


def _text(x: float, y: float, text: str, gewicht: int = 400) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{_SCHRIFT}" font-weight="{gewicht}">{escape(text)}</text>'


def choose_strecke(hoechstens_m: float) -> float:
    """Give the longest round distance (1, 2 or 5 times a power of ten) that is not longer, in metres."""
    zehner = 10.0 ** math.floor(math.log10(hoechstens_m))
    return max(faktor * zehner for faktor in (1, 2, 5) if faktor * zehner <= hoechstens_m)


def _massstab(oben: float, meter_je_einheit: float) -> str:
    """Draw the scale bar, flush right."""
    strecke = choose_strecke((_RECHTS - _MASSSTAB_AB) * meter_je_einheit)
    laenge = strecke / meter_je_einheit
    text = f"{format_kurz(strecke / 1000)} km"
    links, y = _RECHTS - laenge, oben + 8
    return (
        f'<path fill="none" stroke="{GRENZE_OBEN}" stroke-width="2" '
        f'd="M{links:.1f} {y - 6:.0f}v12M{links:.1f} {y:.0f}H{_RECHTS}M{_RECHTS} {y - 6:.0f}v12"/>'
        f'<text x="{links:.0f}" y="{y + 26:.0f}" font-size="16">0</text>'
        f'<text x="{_RECHTS}" y="{y + 26:.0f}" font-size="16" text-anchor="end">{text}</text>'
    )
