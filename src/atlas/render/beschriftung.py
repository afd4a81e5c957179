"""Names on a map: each at its area, none over another, none over the edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_ZEILENHOEHE: Final = 1.12
_UMBRUCH_AB: Final = 11
_KLEINER: Final = 0.8
"""So much smaller is a name set that finds no room otherwise."""
_SCHMAL, _BREIT = set("fijlrtI.,-/()' "), set("mwMWÄÖÜGOQDHN")
_GEVIERT_SCHMAL, _GEVIERT, _GEVIERT_BREIT = 0.31, 0.53, 0.76


@dataclass(frozen=True)
class Kasten:
    """A rectangle on the map."""

    links: float
    oben: float
    rechts: float
    unten: float

    def trifft(self, anderer: Kasten) -> bool:
        """Tell whether two rectangles overlap."""
        daneben = self.rechts <= anderer.links or anderer.rechts <= self.links
        return not (daneben or self.unten <= anderer.oben or anderer.unten <= self.oben)

    def liegt_in(self, rahmen: Kasten) -> bool:
        """Tell whether the rectangle lies wholly inside another."""
        waagerecht = self.links >= rahmen.links and self.rechts <= rahmen.rechts
        return waagerecht and self.oben >= rahmen.oben and self.unten <= rahmen.unten


_Kandidat = tuple[tuple[str, ...], Kasten]
"""A name in lines, and the rectangle they would take."""


@dataclass(frozen=True)
class Wunsch:
    """A name, where it would stand best, and how far from there it still lies in its area.

    Narrow areas are placed first: wide ones find room beside others.
    """

    name: str
    x: float
    y: float
    radius: float
    ausweich: tuple[tuple[float, float], ...] = ()
    """Other places in the area, tried in this order when there is no room near the best."""


@dataclass(frozen=True)
class Zeile:
    """One line of text; x is its middle, y its base line."""

    text: str
    x: float
    y: float
    groesse: float


@dataclass(frozen=True)
class Platzierung:
    """The lines that found room, and the names that found none."""

    zeilen: tuple[Zeile, ...]
    ohne_platz: tuple[str, ...]


def text_breite(text: str, groesse: float) -> float:
    """Estimate the width of a text in Source Sans 3 at a size, rather too wide than too narrow."""
    geviert = sum(_GEVIERT_SCHMAL if z in _SCHMAL else _GEVIERT_BREIT if z in _BREIT else _GEVIERT for z in text)
    return geviert * groesse


def allow_jeden(_: Kasten) -> bool:
    """Allow every rectangle."""
    return True


def place_namen(
    wuensche: list[Wunsch],
    groesse: float,
    hindernisse: list[Kasten],
    rahmen: Kasten,
    erlaubt: Callable[[Kasten], bool] = allow_jeden,
) -> Platzierung:
    """Place names greedily: in one line or two, at the wished place or a little beside it, where it is allowed."""
    belegt = list(hindernisse)
    zeilen: list[Zeile] = []

    def setze(kandidaten: list[_Kandidat], groesse: float) -> bool:
        for umbruch, kasten in kandidaten:
            frei = kasten.liegt_in(rahmen) and not any(kasten.trifft(anderer) for anderer in belegt)
            if frei and erlaubt(kasten):
                belegt.append(kasten)
                zeilen.extend(_setze(umbruch, kasten, groesse))
                return True
        return False

    offen = sorted(wuensche, key=lambda w: (w.radius, w.name))
    offen = [wunsch for wunsch in offen if not setze(_kandidaten(wunsch, groesse), groesse)]
    for kleiner in (groesse, _KLEINER * groesse):
        offen = [wunsch for wunsch in offen if not setze(_ausweichkandidaten(wunsch, kleiner), kleiner)]
    return Platzierung(tuple(zeilen), tuple(sorted(wunsch.name for wunsch in offen)))


def _ausweichkandidaten(wunsch: Wunsch, groesse: float) -> list[_Kandidat]:
    return [kandidat for x, y in wunsch.ausweich for kandidat in _um_punkt(wunsch.name, x, y, groesse)]


def _kandidaten(wunsch: Wunsch, groesse: float) -> list[_Kandidat]:
    """Give the ways to set a name, the nearest to the wished place first."""
    weite = max(wunsch.radius * 0.9, 2.1 * groesse)
    stufen = [n * 0.7 * groesse for n in range(int(weite / (0.7 * groesse)) + 1)]
    versatz = sorted(
        {(vx * sx, vy * sy) for vx in stufen for vy in stufen for sx in (1, -1) for sy in (1, -1)},
        key=lambda v: (abs(v[0]) * 0.7 + abs(v[1]), v),
    )
    return [
        kandidat for dx, dy in versatz for kandidat in _um_punkt(wunsch.name, wunsch.x + dx, wunsch.y + dy, groesse)
    ]


def _um_punkt(name: str, x: float, y: float, groesse: float) -> list[_Kandidat]:
    """Give the ways to set a name with its middle at a point."""
    ergebnis: list[_Kandidat] = []
    for umbruch in _umbrueche(name):
        breite = max(text_breite(zeile, groesse) for zeile in umbruch)
        hoehe = len(umbruch) * groesse * _ZEILENHOEHE
        ergebnis.append((umbruch, Kasten(x - breite / 2, y - hoehe / 2, x + breite / 2, y + hoehe / 2)))
    return ergebnis


def _umbrueche(name: str) -> list[tuple[str, ...]]:
    """Give the name in one line, and a long one in two where it has a hyphen or a space near its middle."""
    stellen = [n + 1 for n, zeichen in enumerate(name[:-1]) if zeichen in "- "]
    if not stellen or len(name) < _UMBRUCH_AB:
        return [(name,)]
    beste = min(stellen, key=lambda stelle: abs(stelle - len(name) / 2))
    return [(name,), (name[:beste].rstrip(), name[beste:])]


def _setze(umbruch: tuple[str, ...], kasten: Kasten, groesse: float) -> list[Zeile]:
    x = (kasten.links + kasten.rechts) / 2
    zeilenhoehe = groesse * _ZEILENHOEHE
    return [Zeile(text, x, kasten.oben + (n + 0.78) * zeilenhoehe, groesse) for n, text in enumerate(umbruch)]
