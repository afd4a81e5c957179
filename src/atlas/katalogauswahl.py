"""Parts of a configuration file as text, with their comments: what a new project takes over from the demo."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_EBENE = re.compile(r"^    kleinste_ebene: (\w+)", re.MULTILINE)
_BLOCK = re.compile(r"(?:^  #.*\n)*^  (\w+):.*\n(?:^(?:   .*)?\n)*", re.MULTILINE)
"""A block with its name, all its deeper lines, and the comments right above it."""


def select_indikatoren(katalog: str, ohne_ebenen: Collection[str]) -> str:
    """Give the catalogue without the Indikatoren whose `kleinste_ebene` is one of some levels."""

    def reicht_tief_genug(_: str, block: str) -> bool:
        ebene = _EBENE.search(block)
        return ebene is None or ebene[1] not in ohne_ebenen

    return _keep(katalog, reicht_tief_genug)


def drop_quellen(datei: str, namen: Collection[str]) -> str:
    """Give a file of Quellen without some of them; empty when none is left."""
    return _keep(datei, lambda name, _: name not in namen)


def cut_abschnitt(datei: str, name: str) -> str:
    """Give one top-level section of a configuration file with the comment above it; empty when there is none."""
    zeilen = datei.splitlines()
    if f"{name}:" not in zeilen:
        return ""
    anfang = zeilen.index(f"{name}:")
    ende = next((n for n, zeile in enumerate(zeilen) if n > anfang and zeile and zeile[0] != " "), len(zeilen))
    while anfang and zeilen[anfang - 1].startswith("#"):
        anfang -= 1
    return "\n".join(zeilen[anfang:ende]).rstrip() + "\n"


def _keep(datei: str, behalten: Callable[[str, str], bool]) -> str:
    """Give the head of a file and those of its blocks that pass."""
    bloecke = list(_BLOCK.finditer(datei))
    kopf = datei[: bloecke[0].start()] if bloecke else datei
    uebrige = [block[0] for block in bloecke if behalten(block[1], block[0])]
    return kopf + "".join(uebrige) if uebrige else ""
