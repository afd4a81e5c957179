"""What `atlas ingest --probe` prints of a file in which the declared table was not found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.anzeige_zeilen import fold_spalte
from atlas.zahlwort import count
from atlas.zeichen import TEIL, is_text, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.ingest.probe.probe_anfang import Anfangszeile, Blatt

_ANFANGSZEILEN_HOECHSTENS: Final = 4


def print_blaetter(blaetter: tuple[Blatt, ...]) -> Iterator[str]:
    """Give the sheets of a workbook with their size."""
    yield from ["", "Blätter der Mappe"]
    for blatt in blaetter:
        groesse = f"{count(blatt.zeilen, 'Zeile', 'Zeilen')}, {count(blatt.spalten, 'Spalte', 'Spalten')}"
        yield f"  {shorten(blatt.name, 40):<40}  {groesse}{'' if blatt.sichtbar else ', ausgeblendet'}"


def print_anfang(anfang: tuple[Anfangszeile, ...]) -> Iterator[str]:
    """Give the first lines of a file; a header is folded, so that an anchor can be copied from it."""
    if not anfang:
        return
    yield from ["", "So steht es in der Datei (Ziffern als 9, außer in Jahren)"]
    for zeile in anfang:
        felder = count(zeile.felder, "Feld", "Felder") if zeile.felder else ""
        yield from fold_spalte(f"  Zeile {zeile.zeile:<5} {felder:>9}  ", zeile.text, _count_zeilen(zeile.text))


def _count_zeilen(text: str) -> int:
    """Give a row of figures one line, for it shows only their shape, and others as many as a header may need."""
    zellen = text.split(TEIL)
    return _ANFANGSZEILEN_HOECHSTENS if 2 * sum(map(is_text, zellen)) >= len(zellen) else 1
