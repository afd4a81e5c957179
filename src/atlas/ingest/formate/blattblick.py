"""A look at the bytes of a sheet that tells whether it needs to be parsed, and which of its cells do."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from atlas.ingest.formate.blatt_xml import scan_blatt, scan_bloecke
from atlas.ingest.formate.unlesbar import FREMD, UnlesbarError
from atlas.ingest.formate.zip_paket import read_bloecke

if TYPE_CHECKING:
    import zipfile

    from atlas.ingest.formate.blattbefund import Befund

_UEBERLAPPUNG: Final = 300
_WEIT: Final = 20_000
"""Bytes to look back from the value of a cell to its beginning; between them is a formula of 8,192 signs at most."""
_VERSTECKT: Final = re.compile(rb" (?:hidden=\"[^0f]|ht=\"(?:[^1-9]|[^\"]*[eE]))")
"""A row that may be hidden or have no height."""
_FERN: Final = 99_999
"""Row from which on a sheet is scanned for how far it reaches; so it is from column AAA on."""
_GEWOEHNLICH: Final = re.compile(
    rb'<c r="[A-Z]{1,2}\d{1,5}"(?: s="\d+")?(?:'
    rb'(?: t="(?:n|s|b|str)")?>(?:<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?<v>[^<&\s][^<&]*</v>'
    rb'| t="inlineStr"><is><t>[^<&]*</t></is>)</c>'
)
"""A cell with a value, computed or not, which is no error: dropping it takes a tenth of the time of parsing it."""
_SCHLICHT: Final = re.compile(
    rb'<c r="([A-Z]{1,3}[1-9]\d*+)"(?: s="\d++")?+(?:(?: t="[nsb]")?+><v>[^<&]*+</v></c>|/>'
    rb'| t="(?:inlineStr"><is><t(?: xml:space="preserve")?>[^<]*+</t></is>|str"><v>[^<]*+</v>)</c>)'
)
"""A cell with a value and nothing else, or with none."""
_ZELLE: Final = re.compile(
    rb'<c r="([A-Z]{1,3}[1-9]\d*)"(?: s="\d+")?(?:'
    rb'(?: t="[nsbe]")?(?:/>|>(?:<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?(?:<v>[^<&]*</v>|<v/>)?</c>)'
    rb'| t="str">(?:<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?(?:<v>[^<]*</v>|<v/>)?</c>'
    rb'| t="inlineStr"><is><t(?: xml:space="preserve")?>[^<]*</t></is></c>)\s*'
)
"""A cell as spreadsheet programs write it, of which there is only one way to read it."""
_ZEILE: Final = re.compile(rb'r="([1-9]\d{0,6})"(?: [\w:]+="[^"<&]*")* ?(/?)>\s*')
_DATEN: Final = re.compile(rb"<sheetData ?>\s*(?=<row )")
_ZEICHEN: Final = re.compile(rb"<[^<>]*&#")
"""A character reference in an attribute; calamine does not resolve it in addresses."""
_WERT: Final = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>[^<]*(?:&|<[^/])")
"""A value that calamine may read up to the reference or element only."""
_ANFANG: Final = re.compile(rb"<(?:\w+:)?c(?:\s[^<>]*)?>")
_TEXTWERT: Final = re.compile(rb"\st\s*=\s*[\"']str[\"']")
_NAHE: Final = 2
"""Letters of a column that is not far out."""
_FOLGEN_HOECHSTENS: Final = 10_000
_ZEILE_HOECHSTENS: Final = 32 << 20
"""Bytes of a row; with 16,384 numbers it has one million."""
_INHALT: Final = re.compile(rb"<(?:\w+:)?(?:v(?:\s[^>]*)?>[^<]|is[\s>]|f[\s/>])")


def has_inhalt(paket: zipfile.ZipFile, teil: str) -> bool:
    """Tell whether a sheet has a cell with a value or a formula."""
    return any(_INHALT.search(block) for block in read_bloecke(paket, teil, _UEBERLAPPUNG))


def scan_auffaelliges(paket: zipfile.ZipFile, teil: str) -> Befund | None:
    """Scan a sheet cell by cell, but only if a look at its bytes finds anything to scan for; else give None.

    The look costs a fifth of the scan, and most delivered tables have nothing of the kind. Cells of a plain value are
    left out where rows and cells are all in their order, so `ende` may be too small, but never by a cell far out.

    Raises `UnlesbarError` for what readers take in different ways.
    """
    reihenfolge = _Reihenfolge()
    kopf = reihenfolge.check(paket, teil)
    if kopf is None:
        _check_werte(paket, teil)
        return scan_blatt(paket, teil)
    befund = scan_bloecke([kopf], ganz=False)
    if befund.versteckte_spalten or befund.null_hoch or reihenfolge.auffaellig:
        return scan_bloecke(_GEWOEHNLICH.sub(b"", block) for block in read_bloecke(paket, teil))
    return None


def _check_werte(paket: zipfile.ZipFile, teil: str) -> None:
    """Refuse values and attributes with references or elements inside; text may have them."""
    for block in read_bloecke(paket, teil, _WEIT):
        if b"&#" in block and _ZEICHEN.search(block):
            raise UnlesbarError(FREMD.format("Zeichenverweis in einem Attribut"))
        for wert in _WERT.finditer(block):
            zelle = block[max(0, wert.start() - _WEIT) : wert.start()].rpartition(b"<row")[2]
            anfang = next(iter(_ANFANG.findall(zelle)[-1:]), b"")
            if wert[0].endswith(b"&") and _TEXTWERT.search(anfang):
                continue
            adresse = re.search(rb"\sr\s*=\s*[\"']([A-Z]{1,3}\d+)[\"']", anfang)
            ort = f"Zelle {adresse[1].decode()}" if adresse else ""
            raise UnlesbarError(FREMD.format("Zeichenverweis oder Element in einem Wert"), ort=ort)


class _Reihenfolge:
    """A look at all rows that tells whether their cells are ordinary and in their order.

    `auffaellig`: one of them is hidden, has a formula or error, or lies far out.
    """

    def __init__(self) -> None:
        self.auffaellig = False
        self._zeile = 0
        self._folgen: set[bytes] = set()

    def check(self, paket: zipfile.ZipFile, teil: str) -> bytes | None:
        """Give what stands before the first row, if all rows are in order."""
        kopf = ende = rest = b""
        for block in read_bloecke(paket, teil):
            rest += block
            if not kopf:
                anfang = _DATEN.search(rest)
                if not anfang or b"&" in rest[: anfang.start()]:
                    return None
                kopf, rest = rest[: anfang.end()], rest[anfang.end() :].removeprefix(b"<row ")
            if not ende:
                daten, ende, schwanz = rest.partition(b"</sheetData>")
                *zeilen, rest = daten.split(b"<row ")
                if ende:
                    zeilen, rest = [*zeilen, rest], schwanz
                if len(rest) > _ZEILE_HOECHSTENS or not all(map(self._has_ordnung, zeilen)):
                    return None
            if ende:
                if b"sheetData" in rest:
                    return None
                rest = rest[-_UEBERLAPPUNG:]
        return kopf if ende else None

    def _has_ordnung(self, zeile: bytes) -> bool:
        """Tell whether a row comes after the one before, and its cells are ordinary and one after the other."""
        kopf = _ZEILE.match(zeile)
        if not kopf or int(kopf[1]) <= self._zeile:
            return False
        self._zeile = int(kopf[1])
        rumpf = zeile[kopf.end() :]
        *zellen, ende = _SCHLICHT.split(rumpf)
        if any(zellen[::2]) or b"<c" in ende:
            *zellen, ende = _ZELLE.split(rumpf)
            self.auffaellig = True
        elif self._zeile >= _FERN or _VERSTECKT.search(kopf[0]):
            self.auffaellig = True
        if any(zellen[::2]) or ende.rstrip() != (b"" if kopf[2] else b"</row>") or (kopf[2] and zellen):
            return False
        folge = b",".join([*zellen[1::2], b""]).replace(kopf[1] + b",", b",")
        if folge not in self._folgen:
            spalten = [(len(name), name) for name in folge.split(b",")[:-1]]
            if not all(name.isalpha() for _, name in spalten) or any(a >= b for a, b in itertools.pairwise(spalten)):
                return False
            self.auffaellig |= bool(spalten) and spalten[-1][0] > _NAHE
            if len(self._folgen) < _FOLGEN_HOECHSTENS:
                self._folgen.add(folge)
        return True
