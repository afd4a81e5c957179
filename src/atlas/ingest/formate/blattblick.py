"""A look at the bytes of a sheet that tells whether it needs to be parsed, and which of its cells do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atlas.ingest.formate.blatt_xml import scan_blatt, scan_bloecke
from atlas.ingest.formate.zip_paket import read_bloecke

if TYPE_CHECKING:
    import zipfile

    from atlas.ingest.formate.blattbefund import Befund

_UEBERLAPPUNG: Final = 300
_AUFFAELLIG: Final = tuple(
    re.compile(muster)
    for muster in (
        rb"hidden=\"[1to]",
        rb"<f[\s/>]",
        rb":f[\s/>]",
        rb"t=\"e\"",
        rb" ht=\"0",
        rb"width=\"0",
        rb"r=\"[A-Z]{3}\d",
        rb"r=\"[A-Z]*\d{6}",
        rb"='",
        rb" =",
        rb"=\s",
        rb"<!",
    )
)
"""Hidden, formula, error, no size, an address far out, and ways of writing that these patterns cannot see through.

One pattern each, beginning with a letter or sign: so they are searched at the speed of memory, together ten times
slower than the scan.
"""
_GEWOEHNLICH: Final = re.compile(
    rb'<c r="[A-Z]{1,2}\d{1,5}"(?: s="\d+")?(?:'
    rb'(?: t="(?:n|s|b|str)")?>(?:<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?<v>[^<&\s][^<&]*</v>'
    rb'| t="inlineStr"><is><t>[^<&]*</t></is>)</c>'
)
"""A cell with a value, computed or not, which is no error: dropping it takes a tenth of the time of parsing it."""
_UNDURCHSICHTIG: Final = re.compile(rb"<(?:!|c(?:[/>\t\r\n]| [^r]| r[^=]))")
"""A comment, or a cell whose address follows from its neighbour: then no cell may be left out."""
_INHALT: Final = re.compile(rb"<(?:\w+:)?(?:v(?:\s[^>]*)?>[^<]|is[\s>]|f[\s/>])")


def has_inhalt(paket: zipfile.ZipFile, teil: str) -> bool:
    """Tell whether a sheet has a cell with a value or a formula."""
    return any(_INHALT.search(block) for block in read_bloecke(paket, teil, _UEBERLAPPUNG))


def scan_auffaelliges(paket: zipfile.ZipFile, teil: str) -> Befund | None:
    """Scan a sheet cell by cell, but only if a look at its bytes finds anything to scan for; else give None.

    The look costs a tenth of the scan, and most delivered tables have nothing of the kind. Cells of a plain value are
    left out where that loses no address, so `ende` may be too small, but never by a cell far out.
    """
    bloecke = read_bloecke(paket, teil, _UEBERLAPPUNG)
    if not any(muster.search(block) for block in bloecke for muster in _AUFFAELLIG):
        return None
    if any(_UNDURCHSICHTIG.search(block) for block in read_bloecke(paket, teil, _UEBERLAPPUNG)):
        return scan_blatt(paket, teil)
    return scan_bloecke(_GEWOEHNLICH.sub(b"", block) for block in read_bloecke(paket, teil))
