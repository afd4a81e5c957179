"""Heads of columns that are ages, as statistics write them, and the group of ages each means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atlas.alter.band import Altersgruppe
from atlas.zeichen import TEIL

if TYPE_CHECKING:
    from collections.abc import Sequence

_HOECHSTES: Final = 120
_J: Final = r"(?: ?(?:Jahren?|J\.))?"
_FORMEN: Final = (
    (rf"(?:unter|u|<) ?(?P<unter>\d{{1,3}}){_J}", "unter"),
    (rf"(?P<von>\d{{1,3}}) ?{_J} ?(?:bis unter|b\. u\.|bis u\.) ?(?P<unter>\d{{1,3}}){_J}", "bis_unter"),
    (rf"(?P<von>\d{{1,3}}) ?{_J} ?(?:bis|-|–) ?(?P<bis>\d{{1,3}}){_J}", "bis"),
    (rf"(?P<von>\d{{1,3}}) ?(?:\+|{_J} ?(?:und|u\.) (?:mehr|älter|mehr Jahre)){_J}", "offen"),
    (rf"ab (?P<von>\d{{1,3}}){_J}", "offen"),
    (rf"(?P<von>\d{{1,3}}){_J}", "einzeln"),
)


def parse_alterskopf(kopf: str) -> Altersgruppe | None:
    """Give the group that the last line of a head means; None where it is no age."""
    text = kopf.rpartition(TEIL)[2].strip()
    for muster, art in _FORMEN:
        treffer = re.fullmatch(muster, text, re.IGNORECASE)
        if not treffer:
            continue
        zahlen = {name: int(zahl) for name, zahl in treffer.groupdict().items() if zahl}
        von = zahlen.get("von", 0)
        letztes = zahlen.get("bis", zahlen.get("unter", 0) - 1 if "unter" in zahlen else von)
        if not von <= letztes <= _HOECHSTES:
            return None
        return Altersgruppe(von, None if art == "offen" else letztes)
    return None


def find_altersgruppen(koepfe: Sequence[str]) -> dict[str, str]:
    """Give the group (`alter=0-14`) of each head that is an age: a bare number is one only beside other ages."""
    gruppen = {kopf: gruppe for kopf in koepfe if (gruppe := parse_alterskopf(kopf))}
    if len(gruppen) == 1 and next(iter(gruppen)).strip().isdigit():
        return {}
    return {kopf: f"alter={gruppe}" for kopf, gruppe in gruppen.items()}
