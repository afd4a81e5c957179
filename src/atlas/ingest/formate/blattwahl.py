"""Which sheet of a workbook is the declared one, and whether every other one is accounted for."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from python_calamine import SheetTypeEnum, SheetVisibleEnum

from atlas.ingest.formate.unlesbar import UnlesbarError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from python_calamine import SheetMetadata

_UNGELESEN: Final = (
    "das sichtbare Blatt enthält Zellen und wird nicht gelesen. Wenn das so sein soll, ein Muster dafür unter "
    "datei.blaetter_ignoriere eintragen."
)
_NAMEN_HOECHSTENS: Final = 20


def find_blatt(
    blaetter: Sequence[SheetMetadata], muster: str, ignoriere: Sequence[str], has_inhalt: Callable[[int], bool]
) -> int:
    """Give the place of the one visible sheet that is declared.

    Raises `UnlesbarError` when it is not exactly one, or when another visible one that is not ignored has content.
    """
    sichtbare = {stelle: blatt.name for stelle, blatt in enumerate(blaetter) if is_sichtbar(blatt)}
    treffer = [stelle for stelle, name in sichtbare.items() if re.search(muster, name)]
    if len(treffer) != 1:
        raise UnlesbarError(_describe_treffer(blaetter, muster, [sichtbare[stelle] for stelle in treffer]))
    uebrige = (
        name
        for stelle, name in sichtbare.items()
        if stelle != treffer[0] and not any(re.search(eines, name) for eines in ignoriere) and has_inhalt(stelle)
    )
    ungelesen = [UnlesbarError(_UNGELESEN, ort=f"Blatt »{name[:60]}«") for name in islice(uebrige, _NAMEN_HOECHSTENS)]
    if next(uebrige, None) is not None:
        ungelesen.append(UnlesbarError("… und weitere sichtbare Blätter mit Zellen."))
    if ungelesen:
        raise UnlesbarError.join(ungelesen)
    return treffer[0]


def is_sichtbar(blatt: SheetMetadata) -> bool:
    """Tell whether a sheet is one of cells (a chart has none) and its tab is seen."""
    return blatt.typ == SheetTypeEnum.WorkSheet and blatt.visible == SheetVisibleEnum.Visible


def _describe_treffer(blaetter: Sequence[SheetMetadata], muster: str, treffer: list[str]) -> str:
    if treffer:
        return f"datei.blatt »{muster}« passt zu {len(treffer)} Blättern ({_join(treffer)}). Muster enger fassen."
    versteckte = [blatt.name for blatt in blaetter if blatt.typ == SheetTypeEnum.WorkSheet]
    versteckte = [name for name in versteckte if re.search(muster, name)]
    rat = f"Ausgeblendet ist {_join(versteckte)}: in Excel einblenden, wenn es gemeint ist. " if versteckte else ""
    sichtbare = [blatt.name for blatt in blaetter if is_sichtbar(blatt)]
    if muster in sichtbare:
        rat += (
            "Das Blatt heißt genau so, aber Klammern und einige andere Zeichen sind im Muster Sonderzeichen: "
            f"'{_escape(muster)}'. "
        )
    text = f"kein sichtbares Blatt passt zu datei.blatt »{muster}«. {rat}"
    return f"{text}Sichtbar: {_join(sichtbare)}." if sichtbare else f"{text}Kein Blatt mit Zellen ist sichtbar."


def _escape(name: str) -> str:
    """Give a pattern for a name, with spaces and hyphens left as they are, as YAML takes it between apostrophes."""
    return re.sub(r"\\([ \-])", r"\1", re.escape(name)).replace("'", "''")


def _join(namen: list[str]) -> str:
    weitere = len(namen) - _NAMEN_HOECHSTENS
    genannt = ", ".join(f"»{name[:60]}«" for name in namen[:_NAMEN_HOECHSTENS])
    return f"{genannt} und {weitere} weitere" if weitere > 0 else genannt
