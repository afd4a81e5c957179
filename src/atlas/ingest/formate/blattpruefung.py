"""What the XML of a sheet says and calamine does not: hidden rows and columns, error cells, formulas without value.

Imported by the child process that reads workbooks, so it must stay light: the standard library only.
"""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.parsers import expat

from atlas.ingest.formate.packpruefung import FALSCH, UnlesbarError, read_bloecke, read_ole_strom
from atlas.ingest.formate.raster import spaltenname

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

FORMEL: Final = "#FORMEL"
"""Text of a cell that has a formula and no computed value: it was never opened in a spreadsheet program."""

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
_INHALT: Final = re.compile(rb"<(?:\w+:)?(?:v(?:\s[^>]*)?>[^<]|is[\s>]|f[\s/>])")
_JA: Final = {"1", "true", "on"}


class Befund(NamedTuple):
    """What a sheet holds beside its values; places are (row, column) from 0, `ende` is the size it takes up."""

    ende: tuple[int, int] = (0, 0)
    texte: dict[tuple[int, int], str] = {}  # noqa: RUF012  # never written to; a NamedTuple has no factories
    versteckte_zeilen: frozenset[int] = frozenset()
    versteckte_spalten: tuple[tuple[int, int], ...] = ()

    def hides_spalte(self, stelle: int) -> bool:
        """Tell whether a column is hidden."""
        return any(von <= stelle <= bis for von, bis in self.versteckte_spalten)


def has_inhalt(paket: zipfile.ZipFile, teil: str) -> bool:
    """Tell whether a sheet has a cell with a value or a formula."""
    return any(_INHALT.search(block) for block in read_bloecke(paket, teil, _UEBERLAPPUNG))


def scan_auffaelliges(paket: zipfile.ZipFile, teil: str) -> Befund | None:
    """Scan a sheet cell by cell, but only if a look at its bytes finds anything to scan for; else give None.

    The look costs a tenth of the scan, and most delivered tables have nothing of the kind.
    """
    for block in read_bloecke(paket, teil, _UEBERLAPPUNG):
        if any(muster.search(block) for muster in _AUFFAELLIG):
            return scan_blatt(paket, teil)
    return None


def scan_blatt(paket: zipfile.ZipFile, teil: str) -> Befund:
    """Read the XML of a sheet as a stream, up to the end of its cells.

    Raises `UnlesbarError` when it is no sound XML.
    """
    leser = _Blattleser()
    try:
        for block in read_bloecke(paket, teil):
            leser.parser.Parse(block, False)  # noqa: FBT003  # expat takes no keywords
        leser.parser.Parse(b"", True)  # noqa: FBT003
        return leser.close()
    except (expat.ExpatError, ValueError) as fehler:
        raise UnlesbarError(FALSCH) from fehler


class _Blattleser:
    """Handlers of expat that keep the place of the cell they are in; called once per tag, so they do little."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.ordered_attributes = True
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start_wurzel
        self._c = self._f = self._row = self._col = ""
        self._inhalt = frozenset[str]()
        self._zeile, self._hoehe, self._spalten = -1, 0, {""}
        self._zeile_belegt = self._offen = self._formel = self._wert = False
        self._adresse = ""
        self._merkmale: list[str] = []
        self._text: list[str] = []
        self._texte: dict[tuple[int, int], str] = {}
        self._versteckte_zeilen: set[int] = set()
        self._versteckte_spalten: list[tuple[int, int]] = []

    def _start_wurzel(self, name: str, _: list[str]) -> None:
        """Take the namespace from the root: there are two, and prefixes are free."""
        raum, leer, _marke = name.rpartition(" ")
        self._c, self._f, self._row, self._col, *andere = (
            f"{raum}{leer}{marke}" for marke in ("c", "f", "row", "col", "v", "is")
        )
        self._inhalt = frozenset({self._f, *andere})
        self.parser.StartElementHandler = self._start

    def _start(self, name: str, merkmale: list[str]) -> None:
        if name == self._c:
            if self._offen:
                self._close_zelle()
            self._merkmale = merkmale
            self._adresse = merkmale[1] if merkmale and merkmale[0] == "r" else self._find_adresse(merkmale)
            self._offen = "e" in merkmale
        elif name in self._inhalt:
            self._zeile_belegt = True
            self._spalten.add(self._adresse.rstrip(_ZIFFERN))
            if name == self._f:
                self._offen = self._formel = True
            elif self._offen:
                self._wert = True
                self.parser.CharacterDataHandler = self._text.append
        elif name == self._row:
            self._start_zeile(_as_dict(merkmale))
        elif name == self._col:
            angaben = _as_dict(merkmale)
            if _is_versteckt(angaben, "width"):
                self._versteckte_spalten.append((int(angaben["min"]) - 1, int(angaben["max"]) - 1))

    def _find_adresse(self, merkmale: list[str]) -> str:
        """Give the address of a cell that has none in front: it may follow its neighbour, or name it elsewhere."""
        folgende = f"{spaltenname(_stelle(self._adresse) + 1)}{self._zeile + 1}"
        return _as_dict(merkmale).get("r", folgende)

    def _start_zeile(self, angaben: dict[str, str]) -> None:
        self._close_zeile()
        self._zeile = int(angaben["r"]) - 1 if "r" in angaben else self._zeile + 1
        if _is_versteckt(angaben, "ht"):
            self._versteckte_zeilen.add(self._zeile)

    def _close_zeile(self) -> None:
        if self._offen:
            self._close_zelle()
        if self._zeile_belegt:
            self._hoehe = max(self._hoehe, self._zeile + 1)
        self._adresse, self._zeile_belegt = "", False

    def _close_zelle(self) -> None:
        """Keep the text of an error, or that a formula has no value; an empty text is a value when it says so."""
        self.parser.CharacterDataHandler = None
        art, text = _as_dict(self._merkmale).get("t"), "".join(self._text).strip()
        stelle = (self._zeile, _stelle(self._adresse))
        if art == "e":
            self._texte[stelle] = text or "#FEHLER"
        elif self._formel and not text and not (self._wert and art == "str"):
            self._texte[stelle] = FORMEL
        self._text.clear()
        self._offen = self._formel = self._wert = False

    def close(self) -> Befund:
        """Give what was found, after the last block."""
        self._close_zeile()
        breite = max(map(_stelle, self._spalten)) + 1
        versteckte = frozenset(self._versteckte_zeilen), tuple(self._versteckte_spalten)
        return Befund((self._hoehe, breite), self._texte, *versteckte)


_ZIFFERN: Final = "0123456789"


def _as_dict(merkmale: list[str]) -> dict[str, str]:
    return dict(zip(merkmale[::2], merkmale[1::2], strict=True))


def _is_versteckt(angaben: dict[str, str], mass: str) -> bool:
    return angaben.get("hidden") in _JA or float(angaben.get(mass, 1)) == 0


def _stelle(adresse: str) -> int:
    """Give the place of the column of an address, from 0; that of no column is -1."""
    stelle = 0
    for buchstabe in adresse.rstrip(_ZIFFERN):
        stelle = stelle * 26 + ord(buchstabe) - ord("A") + 1
    return stelle - 1


_BOF, _EOF, _BOUNDSHEET, _ROW, _COLINFO, _BOOLERR, _FORMULA = 0x809, 0x0A, 0x85, 0x208, 0x7D, 0x205, 0x06
_FEHLER: Final = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_FEHLERWERT: Final = (2, 0xFFFF)
"""What marks the result of a formula as no number, but an error."""


def scan_xls(inhalt: bytes, stelle: int) -> Befund:
    """Read from the records of an old workbook, after Microsoft's [MS-XLS], what is hidden and what is an error.

    A formula that was never computed cannot be told from one that gives empty text. Raises `UnlesbarError` when the
    records do not add up.
    """
    strom = read_ole_strom(inhalt)
    texte: dict[tuple[int, int], str] = {}
    zeilen: set[int] = set()
    spalten: list[tuple[int, int]] = []
    try:
        anfaenge = [_unpack("<I", daten)[0] for art, daten in _iter_saetze(strom, 0) if art == _BOUNDSHEET]
        for art, daten in _iter_saetze(strom, anfaenge[stelle]):
            if art == _ROW:
                zeile, hoehe, merkmale = _unpack("<H4xH4xH", daten)
                if merkmale & 0x20 or not hoehe & 0x7FFF:
                    zeilen.add(zeile)
            elif art == _COLINFO:
                von, bis, breite, merkmale = _unpack("<3H2xH", daten)
                if merkmale & 1 or not breite:
                    spalten.append((von, bis))
            elif fehler := _find_fehler(art, daten):
                zeile, spalte, code = fehler
                texte[zeile, spalte] = _FEHLER.get(code, "#FEHLER")
    except (struct.error, IndexError) as grund:
        raise UnlesbarError(FALSCH) from grund
    return Befund((0, 0), texte, frozenset(zeilen), tuple(spalten))


def _find_fehler(art: int, daten: bytes) -> tuple[int, int, int] | None:
    """Give row, column and code of an error, typed in or computed."""
    if art == _BOOLERR:
        zeile, spalte, code, ist_fehler = _unpack("<2H2x2B", daten)
        return (zeile, spalte, code) if ist_fehler else None
    if art == _FORMULA:
        zeile, spalte, was, code, marke = _unpack("<2H2xBxB3xH", daten)
        return (zeile, spalte, code) if (was, marke) == _FEHLERWERT else None
    return None


def _unpack(form: str, daten: bytes) -> tuple[int, ...]:
    return struct.unpack_from(form, daten)


def _iter_saetze(strom: bytes, stelle: int) -> Iterator[tuple[int, bytes]]:
    """Give the records of one part of the stream; charts inside it are parts of their own and left out."""
    tiefe = 0
    while True:
        art, laenge = struct.unpack_from("<2H", strom, stelle)
        if tiefe == 1:
            yield art, strom[stelle + 4 : stelle + 4 + laenge]
        tiefe += (art == _BOF) - (art == _EOF)
        if tiefe < 1:
            return
        stelle += 4 + laenge
