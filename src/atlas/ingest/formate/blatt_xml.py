"""What the XML of a sheet says and calamine does not: hidden rows and columns, error cells, formulas without value.

Imported by the child process that reads workbooks, so it must stay light: the standard library only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from atlas.ingest.formate.blattbefund import Befund
from atlas.ingest.formate.raster import spaltenname
from atlas.ingest.formate.unlesbar import FALSCH, FREMD, UnlesbarError
from atlas.ingest.formate.zip_paket import read_bloecke

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable

FORMEL: Final = "#FORMEL"
"""Text of a cell that has a formula and no computed value: it was never opened in a spreadsheet program."""

_JA: Final = {"1", "true", "on"}


def scan_blatt(paket: zipfile.ZipFile, teil: str, *, streng: bool = True) -> Befund:
    """Read the XML of a sheet as a stream.

    Raises `UnlesbarError` when it is no sound XML, and, if `streng`, when it holds what readers take in different ways.
    """
    return scan_bloecke(read_bloecke(paket, teil), streng=streng)


def scan_bloecke(bloecke: Iterable[bytes], *, streng: bool = True, ganz: bool = True) -> Befund:
    """Read the XML of a sheet from its blocks; see `scan_blatt`. The beginning of it, when they are not all of it."""
    leser = _Blattleser(streng=streng)
    try:
        for block in bloecke:
            leser.parser.Parse(block, False)  # noqa: FBT003  # expat takes no keywords
        if ganz:
            leser.parser.Parse(b"", True)  # noqa: FBT003
        return leser.close()
    except (expat.ExpatError, ValueError) as fehler:
        raise UnlesbarError(FALSCH) from fehler


class _Blattleser:
    """Handlers of expat that keep the place of the cell they are in; called once per tag, so they do little."""

    def __init__(self, *, streng: bool) -> None:
        self._streng = streng
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.ordered_attributes = True
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start_wurzel
        self._c = self._f = self._v = self._row = self._col = self._daten = self._grund = ""
        self._belegt = self._begonnen = self._null_hoch = self._null_breit = False
        self._eigene_spalten: list[tuple[int, int]] = []
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
        self._c, self._f, self._v, self._row, self._col, self._daten, self._grund, text = (
            f"{raum}{leer}{marke}" for marke in ("c", "f", "v", "row", "col", "sheetData", "sheetFormatPr", "is")
        )
        self._inhalt = frozenset({self._f, self._v, text})
        self.parser.StartElementHandler = self._start
        if self._streng:
            self.parser.CommentHandler = lambda _: self._refuse("Kommentar")
            self.parser.StartCdataSectionHandler = lambda: self._refuse("CDATA")
            self.parser.ProcessingInstructionHandler = lambda *_: self._refuse("Verarbeitungsanweisung")

    def _refuse(self, was: str) -> None:
        """Refuse what readers take in different ways, at the cell or row that is being read."""
        if self._streng:
            ort = f"Zelle {self._adresse}" if self._adresse else ""
            raise UnlesbarError(FREMD.format(was), zeile=self._zeile + 1, ort=ort)

    def _start(self, name: str, merkmale: list[str]) -> None:
        if name == self._c:
            if self._offen:
                self._close_zelle()
            vorige, self._belegt = self._adresse, False
            self._merkmale = merkmale
            self._adresse = merkmale[1] if merkmale and merkmale[0] == "r" else self._find_adresse(merkmale)
            if self._streng:
                self._check_adresse(vorige)
            self._offen = "e" in merkmale
        elif name in self._inhalt:
            self._zeile_belegt = True
            self._spalten.add(self._adresse.rstrip(_ZIFFERN))
            if name == self._f:
                self._offen = self._formel = True
                return
            if self._belegt:
                self._refuse("zwei Werte in einer Zelle")
            self._belegt = True
            if self._offen:
                self._wert = True
                self.parser.CharacterDataHandler = self._text.append
        else:
            self._start_rahmen(name, merkmale)

    def _start_rahmen(self, name: str, merkmale: list[str]) -> None:
        """Take what is around the cells."""
        if name == self._row:
            self._start_zeile(_as_dict(merkmale))
        elif name == self._col:
            self._add_spalten(_as_dict(merkmale))
        elif name == self._grund:
            angaben = _as_dict(merkmale)
            self._null_hoch, self._null_breit = (
                _is_null(angaben, mass) for mass in ("defaultRowHeight", "defaultColWidth")
            )
        elif name == self._daten:
            if self._begonnen:
                self._refuse("zweites sheetData")
            self._begonnen = True
        elif name.endswith(_FREMDE):
            self._refuse("Zelle in fremdem Namensraum")

    def _check_adresse(self, vorige: str) -> None:
        """Refuse a cell that is not in its row or not to the right of the one before: readers keep either of two."""
        adresse = _ADRESSE.fullmatch(self._adresse)
        if not adresse or int(adresse[2]) != self._zeile + 1:
            self._refuse("Zelle außerhalb ihrer Zeile")
        if _stelle(self._adresse) <= _stelle(vorige):
            self._refuse("Zelle doppelt oder nicht in ihrer Reihenfolge")

    def _add_spalten(self, angaben: dict[str, str]) -> None:
        bereich = int(angaben["min"]) - 1, int(angaben["max"]) - 1
        if "width" in angaben:
            self._eigene_spalten.append(bereich)
        if _is_versteckt(angaben, "width"):
            self._versteckte_spalten.append(bereich)

    def _find_adresse(self, merkmale: list[str]) -> str:
        """Give the address of a cell that has none in front: it may follow its neighbour, or name it elsewhere."""
        folgende = f"{spaltenname(_stelle(self._adresse) + 1)}{self._zeile + 1}"
        return _as_dict(merkmale).get("r", folgende)

    def _start_zeile(self, angaben: dict[str, str]) -> None:
        self._close_zeile()
        vorige = self._zeile
        self._zeile = int(angaben["r"]) - 1 if "r" in angaben else self._zeile + 1
        if self._zeile <= vorige:
            self._refuse("Zeile doppelt oder nicht in ihrer Reihenfolge")
        if _is_versteckt(angaben, "ht") or (self._null_hoch and "ht" not in angaben):
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
        if self._null_breit:
            self._versteckte_spalten += _gaps(self._eigene_spalten)
        versteckte = frozenset(self._versteckte_zeilen), tuple(self._versteckte_spalten)
        return Befund((self._hoehe, breite), self._texte, *versteckte, null_hoch=self._null_hoch)


_ZIFFERN: Final = "0123456789"
_ADRESSE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_FREMDE: Final = (" c", " v", " row", " sheetData")
"""Names of another namespace: calamine takes them for those of the sheet."""


def _as_dict(merkmale: list[str]) -> dict[str, str]:
    return dict(zip(merkmale[::2], merkmale[1::2], strict=True))


def _is_versteckt(angaben: dict[str, str], mass: str) -> bool:
    return angaben.get("hidden", "").strip() in _JA or _is_null(angaben, mass)


def _is_null(angaben: dict[str, str], mass: str) -> bool:
    return float(angaben.get(mass, 1)) == 0


def _gaps(bereiche: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the columns that are in none of some ranges."""
    luecken, ab = [], 0
    for von, bis in sorted(bereiche):
        if ab < von:
            luecken.append((ab, von - 1))
        ab = max(ab, bis + 1)
    return [*luecken, (ab, 1 << 14)]


def _stelle(adresse: str) -> int:
    """Give the place of the column of an address, from 0; that of no column is -1."""
    stelle = 0
    for buchstabe in adresse.rstrip(_ZIFFERN):
        stelle = stelle * 26 + ord(buchstabe) - ord("A") + 1
    return stelle - 1
