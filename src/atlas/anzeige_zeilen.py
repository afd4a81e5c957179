"""Lines for the eye: folded and cut to a page a hundred columns wide, ranges and sizes in German."""

from __future__ import annotations

import re
import textwrap
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from atlas.zeichen import shorten

if TYPE_CHECKING:
    from atlas.errors import Problem

BREITE: Final = 100
MARKE: Final = 18


def fold(text: str, einzug: int = 2) -> list[str]:
    """Fold a text to the width of the page; long words such as patterns stay whole."""
    return textwrap.wrap(
        text,
        BREITE,
        initial_indent=" " * einzug,
        subsequent_indent=" " * (einzug + 4),
        break_long_words=False,
        break_on_hyphens=False,
    )


def mark(marke: str, text: str) -> str:
    """Give a line with a label at the left."""
    return shorten(f"  {marke:<{MARKE - 2}}{text}", BREITE)


def fold_spalte(vorn: str, text: str, hoechstens: int) -> list[str]:
    """Fold a text beside what stands before it; after so many lines it is cut, visibly."""
    zeilen = textwrap.wrap(text, BREITE - len(vorn), max_lines=hoechstens, placeholder=" …") or [""]
    return [f"{' ' * len(vorn) if nummer else vorn}{zeile}".rstrip() for nummer, zeile in enumerate(zeilen)]


def write_von_bis(von: int, bis: int) -> str:
    """Name one line, or the first and the last of several."""
    return f"Zeile {von} bis {bis}" if bis > von else f"Zeile {von}"


def join_bereiche(zeilen: tuple[int, ...]) -> list[str]:
    """Join neighbouring lines: 3 bis 5, 9."""
    grenzen = [0, *(n for n, (a, b) in enumerate(pairwise(zeilen), 1) if b != a + 1), len(zeilen)]
    stuecke = [zeilen[a:b] for a, b in pairwise(grenzen)]
    namen = [f"{s[0]} bis {s[-1]}" if len(s) > 1 else str(s[0]) for s in stuecke]
    return [*namen[:8], *(["…"] if len(namen) > 8 else [])]  # noqa: PLR2004  # as many as fit a line


def join_gleiche(probleme: tuple[Problem, ...]) -> list[str]:
    """Give each problem as text; those that differ only in their line and the address of a cell in it once."""
    gruppen: dict[tuple[str, str], list[Problem]] = {}
    for problem in probleme:
        ohne_adresse = re.sub(rf"^Zelle (?:.*!)?[A-Z]+{problem.zeile}, ", "", problem.text)
        gruppen.setdefault((problem.ort, ohne_adresse), []).append(problem)
    texte = []
    for (ort, text), gleiche in gruppen.items():
        zeilen = ", ".join(join_bereiche(tuple(problem.zeile for problem in gleiche)))
        wo = f"Zeilen {zeilen} ({len(gleiche)}){f' {ort}' if ort else ''}"
        texte.append(f"{wo}: {text}" if len(gleiche) > 1 else str(gleiche[0]))
    return texte


def join_jahre(jahre: tuple[int, ...]) -> str:
    """Name years, a whole run of them by its ends."""
    if len(jahre) > 1 and jahre[-1] - jahre[0] == len(jahre) - 1:
        return f"{jahre[0]} bis {jahre[-1]}"
    return ", ".join(map(str, jahre))


def write_groesse(anzahl: int) -> str:
    """Give a number of bytes in the unit that suits it."""
    if anzahl < 1000:  # noqa: PLR2004  # bytes in a kilobyte
        return f"{anzahl} Byte"
    for einheit, teiler in (("KB", 1e3), ("MB", 1e6)):
        if anzahl < teiler * 1000:
            return f"{anzahl / teiler:.1f} {einheit}".replace(".", ",")
    return f"{anzahl / 1e9:.1f} GB".replace(".", ",")
