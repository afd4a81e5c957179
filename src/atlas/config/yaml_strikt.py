"""A YAML reader without surprises: every value is what it looks like, every mistake has a line.

PyYAML follows YAML 1.1: it reads `01011101` as 266817 and `no` as false, keeps the last of two equal
keys and unfolds alias bombs. Here only true/false, null and canonical numbers are typed; repeated keys,
anchors, aliases, merge keys, tags and numbers with a leading zero are mistakes.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import yaml

from atlas.errors import KonfigurationError, Problem
from atlas.zeichen import UNSICHTBAR

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_KNOTEN: Final = 200_000
MAX_TIEFE: Final = 40
MAX_ZEICHEN: Final = 20_000
"""Characters of one text or key; the models allow less."""
MAX_ZIFFERN: Final = 15
"""More digits than a number of a computer holds exactly."""
_GANZZAHL: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DEZIMALZAHL: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]+)?")
_FUEHRENDE_NULL: Final = re.compile(r"[-+]?0[0-9_]+")
_WORTE: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None, "~": None, "": None}

Pfad = tuple[str | int, ...]
Wert = str | int | float | bool | None | list["Wert"] | dict[str, "Wert"]


def format_pfad(pfad: Pfad) -> str:
    """Join the keys of a path by dots; a key that has a dot itself stands in quotes."""
    return ".".join(f"»{teil}«" if "." in str(teil) else str(teil) for teil in pfad)


@dataclass(frozen=True)
class Dokument:
    """The content of one YAML file with the line of every key and item.

    `fremde` are the places (file, line) of what was laid in from other files, for paths that this file does not have.
    """

    datei: str
    inhalt: Wert
    zeilen: dict[Pfad, int]
    fremde: dict[Pfad, tuple[str, int]] = field(default_factory=dict)

    def kennt(self, pfad: Pfad) -> bool:
        """Tell whether a path stands in the file, or was laid in from another."""
        return pfad in self.zeilen or pfad in self.fremde

    def zeile(self, pfad: Pfad) -> int:
        """Give the line of a path, or of the nearest enclosing one that has a line in this file."""
        while pfad and pfad not in self.zeilen:
            pfad = pfad[:-1]
        return self.zeilen.get(pfad, 1)

    def problem(self, pfad: Pfad, text: str) -> Problem:
        """Say that something is wrong at a path, in the file where it stands or nearly stands."""
        naechster = pfad
        while naechster and not self.kennt(naechster):
            naechster = naechster[:-1]
        datei, zeile = self.fremde.get(naechster, (self.datei, self.zeile(naechster)))
        return Problem(datei, zeile, format_pfad(pfad), text)


@dataclass
class _Leser:
    datei: str
    zeilen: dict[Pfad, int] = field(default_factory=dict)
    probleme: list[Problem] = field(default_factory=list)

    def melde(self, knoten: yaml.Node, pfad: Pfad, text: str) -> None:
        self.probleme.append(Problem(self.datei, knoten.start_mark.line + 1, format_pfad(pfad), text))

    def lies(self, knoten: yaml.Node, pfad: Pfad) -> Wert:
        self.zeilen.setdefault(pfad, knoten.start_mark.line + 1)
        if isinstance(knoten, yaml.MappingNode):
            return dict(self._lies_paare(knoten, pfad))
        if isinstance(knoten, yaml.SequenceNode):
            return [self.lies(kind, (*pfad, nummer)) for nummer, kind in enumerate(knoten.value)]
        return self._lies_skalar(knoten, pfad)

    def _lies_paare(self, knoten: yaml.MappingNode, pfad: Pfad) -> Iterator[tuple[str, Wert]]:
        gesehen: dict[str, int] = {}
        for schluesselknoten, wertknoten in knoten.value:
            zeile = schluesselknoten.start_mark.line + 1
            if not isinstance(schluesselknoten, yaml.ScalarNode):
                self.melde(schluesselknoten, pfad, "ein Schlüssel muss ein einfacher Text sein.")
                continue
            name = str(schluesselknoten.value)
            if schluesselknoten.style is None and _FUEHRENDE_NULL.fullmatch(name):
                self.melde(schluesselknoten, (*pfad, name), _text_fuehrende_null(name))
            if name in gesehen:
                text = f"der Schlüssel steht schon in Zeile {gesehen[name]}. Einen der beiden löschen."
                self.melde(schluesselknoten, (*pfad, name), text)
                continue
            gesehen[name] = zeile
            self.zeilen[(*pfad, name)] = zeile
            yield name, self.lies(wertknoten, (*pfad, name))

    def _lies_skalar(self, knoten: yaml.Node, pfad: Pfad) -> Wert:
        text = str(knoten.value)
        if not isinstance(knoten, yaml.ScalarNode) or knoten.style is not None:
            return text
        if text in _WORTE:
            return _WORTE[text]
        if _GANZZAHL.fullmatch(text) and len(text.lstrip("+-")) <= MAX_ZIFFERN:
            return int(text)
        if _DEZIMALZAHL.fullmatch(text) and math.isfinite(float(text)):
            return float(text)
        if _FUEHRENDE_NULL.fullmatch(text):
            self.melde(knoten, pfad, _text_fuehrende_null(text))
        elif _GANZZAHL.fullmatch(text) or _DEZIMALZAHL.fullmatch(text):
            self.melde(knoten, pfad, "die Zahl ist zu groß. Ist es ein Schlüssel, in Anführungszeichen setzen.")
        return text


def _text_fuehrende_null(text: str) -> str:
    return (
        f"{text} beginnt mit einer Null und wird von manchen Programmen als Zahl gelesen. "
        f'In Anführungszeichen setzen: "{text}"'
    )


def read_yaml(text: str, datei: str) -> Dokument:
    """Read a YAML text; `datei` is the name printed in messages.

    Raises `KonfigurationError` with all mistakes of the file, each with its line.
    """
    _check_ereignisse(text, datei)
    knoten = yaml.compose(text, Loader=yaml.SafeLoader)
    if knoten is None:
        grund = "die Datei ist leer. `atlas new` legt ein Projekt mit ausgefüllten Dateien an."
        raise KonfigurationError([Problem(datei, 0, "", grund)])
    leser = _Leser(datei)
    inhalt = leser.lies(knoten, ())
    if not isinstance(inhalt, dict):
        leser.melde(knoten, (), "die Datei muss aus Schlüsseln und Werten bestehen (schluessel: wert).")
    if leser.probleme:
        raise KonfigurationError(leser.probleme)
    return Dokument(datei, inhalt, leser.zeilen)


def _check_ereignisse(text: str, datei: str) -> None:
    """Refuse what must not even be composed: anchors, aliases, tags, second documents, deep or huge files."""
    probleme: list[Problem] = []
    tiefe = anzahl = dokumente = 0
    try:
        for ereignis in yaml.parse(text, Loader=yaml.SafeLoader):
            zeile = ereignis.start_mark.line + 1 if ereignis.start_mark else 1
            anzahl += isinstance(ereignis, yaml.NodeEvent)
            dokumente += isinstance(ereignis, yaml.DocumentStartEvent)
            tiefe += isinstance(ereignis, yaml.CollectionStartEvent) - isinstance(ereignis, yaml.CollectionEndEvent)
            grund = _grund_ablehnung(ereignis)
            if grund:
                probleme.append(Problem(datei, zeile, "", grund))
            grund = _grund_abbruch(tiefe, anzahl, dokumente)
            if grund:
                raise KonfigurationError([*probleme, Problem(datei, zeile, "", grund)])
    except yaml.MarkedYAMLError as fehler:
        marke = fehler.problem_mark or fehler.context_mark
        zeile = marke.line + 1 if marke else 1
        text_fehler = f"kein gültiges YAML ({_erklaere(fehler.problem or '')}). Einrückung und Zeichen prüfen."
        raise KonfigurationError([*probleme, Problem(datei, zeile, "", text_fehler)]) from fehler
    except yaml.reader.ReaderError as fehler:
        zeile = text.count("\n", 0, fehler.position) + 1
        text_fehler = "ein Steuerzeichen ist in YAML nicht erlaubt. Löschen und als UTF-8-Text speichern."
        raise KonfigurationError([*probleme, Problem(datei, zeile, "", text_fehler)]) from fehler
    if probleme:
        raise KonfigurationError(probleme)


def _grund_abbruch(tiefe: int, anzahl: int, dokumente: int) -> str:
    if tiefe > MAX_TIEFE:
        return f"tiefer als {MAX_TIEFE} Ebenen geschachtelt. Klammern und Einrückung prüfen."
    if anzahl > MAX_KNOTEN:
        return f"mehr als {MAX_KNOTEN} Einträge. Auf mehrere Dateien verteilen; Daten gehören nach data/raw."
    if dokumente > 1:
        return "hier beginnt ein zweites Dokument (---). Eine Datei enthält nur eines."
    return ""


def _grund_ablehnung(ereignis: yaml.Event) -> str:
    if isinstance(ereignis, yaml.AliasEvent):
        return "Verweise (*) sind nicht erlaubt. Den Wert ausschreiben; ein Zeichen * in Anführungszeichen setzen."
    if isinstance(ereignis, yaml.NodeEvent) and ereignis.anchor:
        return "Anker (&) sind nicht erlaubt. Den Wert ausschreiben."
    if isinstance(ereignis, yaml.ScalarEvent | yaml.CollectionStartEvent) and ereignis.tag:
        return "Typangaben (!) sind nicht erlaubt. Löschen; einen Text in Anführungszeichen setzen."
    if isinstance(ereignis, yaml.ScalarEvent) and ereignis.value == "<<" and ereignis.style is None:
        return "Zusammenführungen (<<) sind nicht erlaubt. Die Schlüssel ausschreiben."
    return _grund_text(ereignis.value) if isinstance(ereignis, yaml.ScalarEvent) else ""


def _grund_text(text: str) -> str:
    if len(text) > MAX_ZEICHEN:
        return f"ein Text ist länger als {MAX_ZEICHEN} Zeichen. Kürzen; Daten gehören nach data/raw."
    return "ein Text enthält ein unsichtbares Steuerzeichen. Löschen." if UNSICHTBAR.search(text) else ""


_ERKLAERUNGEN: Final = {
    "mapping values are not allowed": "ein Doppelpunkt steht unerwartet; Text mit »: « in Anführungszeichen setzen",
    "could not find expected ':'": "nach einem Schlüssel fehlt der Doppelpunkt",
    "expected <block end>": "die Einrückung passt nicht zur Zeile darüber",
    "cannot start any token": "ein Zeichen wie Tabulator, @ oder ` steht am Anfang eines Werts",
    "expected ',' or": "in einer Aufzählung fehlt ein Komma oder eine Klammer",
    "found unexpected end of stream": "ein Anführungszeichen oder eine Klammer ist nicht geschlossen",
    "unknown escape character": "ein Rückstrich in doppelten Anführungszeichen; Muster in einfache setzen: '\\d{2}'",
    "expected alphabetic or numeric": "das Zeichen * oder & steht allein; in Anführungszeichen setzen",
    "undefined alias": "ein Verweis (*) ist nicht erlaubt; das Zeichen * in Anführungszeichen setzen",
}


def _erklaere(problem: str) -> str:
    for anfang, erklaerung in _ERKLAERUNGEN.items():
        if anfang in problem:
            return erklaerung
    return "Aufbau nicht lesbar"
