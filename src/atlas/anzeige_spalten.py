"""The table of columns that `atlas ingest --probe` prints."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from atlas.anzeige_zeilen import BREITE
from atlas.zahlwort import count
from atlas.zeichen import shorten_mitte

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.ingest.probe.probe_spalten import Spaltenprobe

_KOPF_HOECHSTENS: Final = 34
_ROLLE_HOECHSTENS: Final = 28
_FEST: Final = "\N{NO-BREAK SPACE}"


def print_spalten(spalten: tuple[Spaltenprobe, ...], *, gezaehlt: bool) -> Iterator[str]:
    """Give a line for each column, and further ones where its role or its cells need them."""
    rollen = [_rolle(spalte) for spalte in spalten]
    kopfbreite = min(max(len(spalte.kopf) for spalte in spalten), _KOPF_HOECHSTENS)
    rollenbreite = min(max(map(len, rollen)), _ROLLE_HOECHSTENS)
    for spalte, rolle in zip(spalten, rollen, strict=True):
        vorn = f"  {spalte.buchstabe:<3} {shorten_mitte(spalte.kopf, kopfbreite):<{kopfbreite}}  "
        zellen = ", ".join(_zellen(spalte)) if gezaehlt and spalte.rolle == "Wert" else ""
        gefaltet = zip_longest(
            textwrap.wrap(rolle, rollenbreite),
            textwrap.wrap(zellen, BREITE - len(vorn) - rollenbreite - 2),
            fillvalue="",
        )
        for nummer, (links, rechts) in enumerate(gefaltet):
            zeile = f"{' ' * len(vorn) if nummer else vorn}{links:<{rollenbreite}}  {rechts}"
            yield zeile.replace(_FEST, " ").rstrip()


def _rolle(spalte: Spaltenprobe) -> str:
    if spalte.rolle == "nicht deklariert":
        return "NICHT DEKLARIERT"
    return f"{spalte.merkmal} {spalte.gruppe}".strip() or spalte.rolle


def _zellen(spalte: Spaltenprobe) -> list[str]:
    teile = [count(spalte.zahlen, "Zahl", "Zahlen")]
    for luecke in spalte.luecken:
        zeichen = f"»{luecke.zeichen}«" if luecke.zeichen else "(leer)"
        teile.append(f"{luecke.anzahl} {luecke.status} {zeichen}".replace(" ", _FEST))
    return [*teile, *([f"{spalte.unlesbar} UNLESBAR"] if spalte.unlesbar else [])]
