"""A band of ages put together from the groups that were delivered: exactly, without gap or overlap."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from atlas.alter.band import Altersgruppe, parse_altersgruppe, parse_band
from atlas.alter.regelaltersgrenze import find_grenzalter

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from atlas.alter.band import Altersband

OFFEN_AB: Final = 85
"""An open group that begins earlier has no mean age that anybody could guess."""
_GRENZALTER: Final = (65, 66)
_REIHE: Final = 3
GRENZJAHRE: Final = (2011, 2012, 2024, 2025, 2030)
"""One year of each kind: the Regelaltersgrenze at 65, within 65, at 66, within 66, at 67."""


def find_bausteine(
    band: Altersband, jahr: int, gruppen: Collection[Altersgruppe]
) -> dict[Altersgruppe, Fraction] | None:
    """Give the groups that make a band on 31.12. of a year, each with its factor; None if they cannot.

    The factor is the part of the group that belongs to the band (1 but for the age the Regelaltersgrenze cuts), times
    its mean age where the sum of ages is asked for.
    """
    if band.jahre:
        gruppen = [gruppe for gruppe in gruppen if gruppe.bis is not None or gruppe.von >= OFFEN_AB]
    anteile = _find_anteile(band, jahr, gruppen)
    if anteile is None or not band.jahre:
        return anteile
    return {gruppe: anteil * compute_mitte(gruppe) for gruppe, anteil in anteile.items()}


def _find_anteile(
    band: Altersband, jahr: int, gruppen: Collection[Altersgruppe]
) -> dict[Altersgruppe, Fraction] | None:
    von, bis, geteilt = band.von, band.bis, {}
    if band.an_grenze:
        alter, darunter = find_grenzalter(jahr)
        von = alter if von is None else von
        bis = alter - 1 if band.bis_grenze else None
        if darunter:
            geteilt = {Altersgruppe(alter, alter): darunter if band.bis_grenze else 1 - darunter}
            von = von if band.bis_grenze else alter + 1
    ganze = find_zerlegung(Altersgruppe(von or 0, bis), gruppen)
    if ganze is None or not geteilt.keys() <= set(gruppen):
        return None
    return dict.fromkeys(ganze, Fraction(1)) | geteilt


def find_zerlegung(ziel: Altersgruppe, gruppen: Iterable[Altersgruppe]) -> tuple[Altersgruppe, ...] | None:
    """Give the fewest groups that cover an interval exactly, in rising order; of equally many the wider first."""
    wege: dict[int | None, tuple[Altersgruppe, ...]] = {None if ziel.bis is None else ziel.bis + 1: ()}
    for gruppe in sorted(set(gruppen), key=lambda g: g.von, reverse=True):
        danach = wege.get(None if gruppe.bis is None else gruppe.bis + 1)
        if danach is None:
            continue
        weg = (gruppe, *danach)
        if gruppe.von not in wege or _umstand(weg) < _umstand(wege[gruppe.von]):
            wege[gruppe.von] = weg
    return wege.get(ziel.von)


def _umstand(weg: tuple[Altersgruppe, ...]) -> tuple[int, float]:
    """Rank a way: fewer groups, then the wider first one."""
    return len(weg), -(math.inf if weg[0].bis is None else weg[0].bis)


def compute_mitte(gruppe: Altersgruppe) -> Fraction:
    """Give the mean age of a group: its middle, half a year for every single one; of an open group 1.5 years on."""
    if gruppe.bis is None:
        return gruppe.von + Fraction(3, 2)
    return Fraction(gruppe.von + gruppe.bis + 1, 2)


def is_bildbar(gruppe: str, vorhandene: Iterable[str], jahr: int | None) -> bool:
    """Tell whether groups of a Merkmal make a band in a year, or without one in some year."""
    gesucht = parse_band(gruppe)
    if gesucht is None:
        return False
    gruppen = list_altersgruppen(gesucht[1], vorhandene)
    return any(find_bausteine(gesucht[0], j, gruppen) is not None for j in (GRENZJAHRE if jahr is None else (jahr,)))


def list_altersgruppen(rest: str, gruppen: Iterable[str]) -> list[Altersgruppe]:
    """Give the intervals of age among groups with the same other parts, sorted."""
    gelesene = (parse_altersgruppe(gruppe) for gruppe in gruppen)
    return sorted({g[0] for g in gelesene if g and g[1] == rest}, key=lambda g: (g.von, g.bis is None, g.bis or 0))


def touches(band: Altersband, gruppe: Altersgruppe) -> bool:
    """Tell whether a group may be part of a band in some year."""
    von = _GRENZALTER[0] if band.von is None else band.von
    bis = _GRENZALTER[1] if band.bis_grenze else band.bis
    return gruppe.von >= von and (bis is None or (gruppe.bis is not None and gruppe.bis <= bis))


def format_altersgruppen(gruppen: Iterable[Altersgruppe]) -> str:
    """Name intervals for a message, long rows of single years by their ends: »0, 1 … 64, 65+«."""
    texte: list[str] = []
    reihe: list[Altersgruppe] = []
    for gruppe in [*gruppen, None]:
        if gruppe is not None and gruppe.von == gruppe.bis and (not reihe or gruppe.von == reihe[-1].von + 1):
            reihe.append(gruppe)
            continue
        if len(reihe) > _REIHE:
            texte.append(f"{reihe[0]}, {reihe[1]} … {reihe[-1]}")
        else:
            texte += map(str, reihe)
        einzeln = gruppe is not None and gruppe.von == gruppe.bis
        reihe = [gruppe] if gruppe is not None and einzeln else []
        texte += [str(gruppe)] if gruppe is not None and not einzeln else []
    return ", ".join(texte)
