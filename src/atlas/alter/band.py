"""Bands of ages in completed years, and the names of groups that hold them.

A group is named `alter=0-14`, `alter=65+`, `alter=7`; bands that end at the Regelaltersgrenze are `alter=15-rag` and
`alter=rag+`. The suffix `*jahre` makes of the persons of a band the sum of their ages: `alter=0+*jahre`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

DIMENSION: Final = "alter="
"""How the part of a group begins that names an age."""
REGELALTERSGRENZE: Final = "regelaltersgrenze"
_GRENZE: Final = "rag"
_JAHRE: Final = "*jahre"
_ZAHL: Final = r"(?:0|[1-9]\d{0,2})"
_ANGABE: Final = re.compile(rf"(?P<von>{_ZAHL}|{REGELALTERSGRENZE})(?:\+|-(?P<bis>{_ZAHL}|{REGELALTERSGRENZE}))")
_GELIEFERT: Final = re.compile(r"(?P<von>\d{1,3})(?:(?P<offen>\+)|-(?P<bis>\d{1,3}))?")
_FRUEHESTE_GRENZE: Final = 65
_FORM: Final = (
    "»{angabe}« ist keine Altersangabe. Erlaubt: 0-14, 65+, 15-regelaltersgrenze, regelaltersgrenze+ "
    "(vollendete Jahre, beide Enden gehören dazu)."
)


@dataclass(frozen=True)
class Altersgruppe:
    """What was delivered: an interval of completed years, both ends included; `bis` None is open."""

    von: int
    bis: int | None

    def __str__(self) -> str:
        """Give the interval as in a group: 7, 0-14, 65+."""
        if self.bis is None:
            return f"{self.von}+"
        return str(self.von) if self.von == self.bis else f"{self.von}-{self.bis}"


@dataclass(frozen=True)
class Altersband:
    """A wanted band: `von` None begins at the Regelaltersgrenze, `bis_grenze` ends there, `bis` None is open.

    `jahre` asks for the sum of ages instead of persons.
    """

    von: int | None
    bis: int | None
    bis_grenze: bool = False
    jahre: bool = False

    @property
    def an_grenze(self) -> bool:
        """Tell whether an end of the band moves with the Regelaltersgrenze."""
        return self.von is None or self.bis_grenze

    def __str__(self) -> str:
        """Give the band as in the canonical name of its group."""
        ende = f"-{_GRENZE}" if self.bis_grenze else "+" if self.bis is None else f"-{self.bis}"
        return f"{_GRENZE if self.von is None else self.von}{ende}{_JAHRE if self.jahre else ''}"


def parse_angabe(angabe: str) -> Altersband:
    """Read what the catalogue says (`0-14`, `65+`, `15-regelaltersgrenze`); a German ValueError if it cannot be."""
    treffer = _ANGABE.fullmatch(angabe)
    if treffer is None or (treffer["von"] == REGELALTERSGRENZE and treffer["bis"] is not None):
        raise ValueError(_FORM.format(angabe=angabe))
    von = None if treffer["von"] == REGELALTERSGRENZE else int(treffer["von"])
    if treffer["bis"] == REGELALTERSGRENZE:
        if von is not None and von >= _FRUEHESTE_GRENZE:
            text = f"»{angabe}«: die Regelaltersgrenze beginnt bei {_FRUEHESTE_GRENZE}, das Band ist leer."
            raise ValueError(text)
        return Altersband(von, None, bis_grenze=True)
    bis = None if treffer["bis"] is None else int(treffer["bis"])
    if von is not None and bis is not None and bis < von:
        text = f"»{angabe}« endet vor dem Anfang. Die kleinere Zahl steht vorn."
        raise ValueError(text)
    return Altersband(von, bis)


def split_alter(gruppe: str) -> tuple[str | None, str]:
    """Split a group into what it says of the age (None if nothing) and the rest of its parts."""
    teile = gruppe.split("|") if gruppe else []
    alter = [teil.removeprefix(DIMENSION) for teil in teile if teil.startswith(DIMENSION)]
    rest = "|".join(teil for teil in teile if not teil.startswith(DIMENSION))
    return (alter[0] if len(alter) == 1 else None), rest


def parse_band(gruppe: str) -> tuple[Altersband, str] | None:
    """Read the band and the rest of a group; None where it names no band of ages (no age, or an age such as u15)."""
    alter, rest = split_alter(gruppe)
    if alter is None:
        return None
    jahre = alter.endswith(_JAHRE)
    text = alter.removesuffix(_JAHRE).replace(_GRENZE, REGELALTERSGRENZE)
    try:
        band = parse_angabe(text)
    except ValueError:
        einzelne = parse_altersgruppe(gruppe)
        return None if einzelne is None else (Altersband(einzelne[0].von, einzelne[0].bis), rest)
    return Altersband(band.von, band.bis, band.bis_grenze, jahre), rest


def parse_altersgruppe(gruppe: str) -> tuple[Altersgruppe, str] | None:
    """Read the interval and the rest of a delivered group; one without age is everybody, `0+`."""
    alter, rest = split_alter(gruppe)
    if alter is None:
        return None if DIMENSION in gruppe else (Altersgruppe(0, None), rest)
    treffer = _GELIEFERT.fullmatch(alter)
    if treffer is None:
        return None
    von = int(treffer["von"])
    bis = None if treffer["offen"] else int(treffer["bis"] or von)
    return None if bis is not None and bis < von else (Altersgruppe(von, bis), rest)
