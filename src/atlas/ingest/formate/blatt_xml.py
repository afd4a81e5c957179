"""What the XML of a sheet says and calamine does not: hidden rows and columns, error cells, formulas without value.

Imported by the child process that reads workbooks, so it must stay light: the standard library only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from atlas.ingest.formate.blattbefund import Befund
from atlas.ingest.formate.raster import spaltenname
from atlas.ingest.formate.unlesbar import FALSCH, UnlesbarError
from atlas.ingest.formate.zip_paket import read_bloecke

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable

FORMEL: Final = "#FORMEL"
"""Text of a cell that has a formula and no computed value: it was never opened in a spreadsheet program."""

_JA: Final = {"1", "true", "on"}


def scan_blatt(paket: zipfile.ZipFile, teil: str) -> Befund:
    """Read the XML of a sheet as a stream, up to the end of its cells.

    Raises `UnlesbarError` when it is no sound XML.
    """
    return scan_bloecke(read_bloecke(paket, teil))


def scan_bloecke(bloecke: Iterable[bytes]) -> Befund:
    """Read the XML of a sheet from its blocks; see `scan_blatt`."""
    leser = _Blattleser()
    try:
        for block in bloecke:
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
