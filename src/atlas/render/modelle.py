"""View models: what the templates print. Every field is text that is ready to be set."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markupsafe import Markup

_KURZE_GRUPPE = 26
Zeilenart = Literal["gebiet", "gruppe", "raum"]
Spaltenart = Literal[
    "schluessel", "schluessel-lang", "menge", "zahl", "wert", "rang", "klasse", "paar", "text", "quelle", "weit"
]


@dataclass(frozen=True)
class Umschlag:
    """The cover, and what the running heads and the PDF's own data repeat of it."""

    titel: str
    untertitel: str
    gebiet: str
    berichtsjahr: str
    ausgabe: str
    empfaenger: str
    stand: str
    stand_iso: str
    herausgeber: str
    kontakt: str | None
    hinweis: str | None
    fuss: str
    """What stands at the foot of every page."""
    stichtag: str | None
    """The common reference day of all sources, if there is one."""


@dataclass(frozen=True)
class Zeichenerklaerung:
    """A sign and what it means."""

    zeichen: str
    bedeutung: str


@dataclass(frozen=True)
class Spalte:
    """A column: its head, the unit below it, and how it is set."""

    titel: str
    art: Spaltenart
    einheit: str = ""
    block: str = ""
    """The heading above this column and its neighbours with the same one."""


@dataclass(frozen=True)
class Block:
    """Neighbouring columns under one heading, or without one."""

    titel: str
    spalten: tuple[Spalte, ...]


@dataclass(frozen=True)
class Zeile:
    """A row: the name at its head and one text per column."""

    name: str
    zellen: tuple[str, ...]
    art: Zeilenart = "raum"


@dataclass(frozen=True)
class Zeilengruppe:
    """Rows under one heading; without a heading they follow the table head directly."""

    zeilen: tuple[Zeile, ...]
    titel: str | None = None

    @property
    def ist_kurz(self) -> bool:
        """Whether the rows can stay on one page without leaving half of another empty."""
        return len(self.zeilen) <= _KURZE_GRUPPE


@dataclass(frozen=True)
class Tabelle:
    """A table with heads, groups of rows and the legend of the signs that stand in it."""

    titel: str
    kopf: str
    spalten: tuple[Spalte, ...]
    gruppen: tuple[Zeilengruppe, ...]
    zeichen: tuple[Zeichenerklaerung, ...] = ()
    art: Literal["lang", "ganz", "kurz"] = "kurz"
    """lang runs over pages, ganz and kurz stay on one."""
    anmerkungen: tuple[str, ...] = ()

    @property
    def bloecke(self) -> tuple[Block, ...]:
        """Columns by common heading; none when no column has one."""
        if not any(spalte.block for spalte in self.spalten):
            return ()
        return tuple(Block(titel, tuple(eigene)) for titel, eigene in groupby(self.spalten, lambda s: s.block))


@dataclass(frozen=True)
class Kartenseite:
    """A page with a map: what it shows, how to read it, and its classes as a table."""

    anker: str
    titel: str
    einleitung: str
    svg: Markup | None
    anmerkungen: tuple[str, ...]
    lesehilfe: tuple[str, ...]
    klassen: Tabelle


@dataclass(frozen=True)
class Stufe:
    """A class of the Sozialraummonitor: the digit in its cells, its name, its ends, colour of ground and type."""

    ziffer: str
    name: str
    grenzen: str
    farbe: str
    schrift: str


@dataclass(frozen=True)
class Monitorzelle:
    """A digit on its ground, or a sign without one."""

    text: str
    farbe: str = ""
    schrift: str = ""


@dataclass(frozen=True)
class Monitorzeile:
    """A Raum and its cells."""

    name: str
    zellen: tuple[Monitorzelle, ...]


@dataclass(frozen=True)
class Monitorgruppe:
    """Räume under the name of the Raum they belong to."""

    titel: str | None
    zeilen: tuple[Monitorzeile, ...]

    @property
    def ist_kurz(self) -> bool:
        """Whether the rows can stay on one page without leaving half of another empty."""
        return len(self.zeilen) <= _KURZE_GRUPPE


@dataclass(frozen=True)
class Monitortafel:
    """Räume by Dimensionen, the key to the digits, the signs in it, and who is unrated."""

    titel: str
    kopf: str
    spalten: tuple[str, ...]
    gruppen: tuple[Monitorgruppe, ...]
    stufen: tuple[Stufe, ...]
    zeichen: tuple[Zeichenerklaerung, ...]
    unbewertet: tuple[str, ...]


@dataclass(frozen=True)
class Monitorseite:
    """The chapter of the Sozialraummonitor."""

    anker: str
    titel: str
    einleitung: str
    lesehilfe: tuple[str, ...]
    tafeln: tuple[Monitortafel, ...]
    anzahlen: tuple[Tabelle, ...]


@dataclass(frozen=True)
class Textteil:
    """A piece of a sentence; with an anchor it leads to a chapter and names its page."""

    text: str
    anker: str = ""


@dataclass(frozen=True)
class Kuerze:
    """The page »Das Wichtigste in Kürze«."""

    eckdaten: tuple[tuple[str, str], ...]
    saetze: tuple[str, ...]
    wegweiser: tuple[tuple[Textteil, ...], ...]
    monitor: tuple[str, ...]
    klassen: tuple[Tabelle, ...]
    aufmerksamkeit: Tabelle | None
    konvention: tuple[str, ...]
    vorsicht: tuple[str, ...]


@dataclass(frozen=True)
class Indikatorblatt:
    """What a reader of its figures must know of an Indikator: a line of facts, then what is declared, by heading."""

    anker: str
    titel: str
    fakten: tuple[tuple[str, str], ...]
    angaben: tuple[tuple[str, str], ...]
    art: Literal["kurz", "lang"]
    """kurz stays on one page, lang may run on to the next."""


@dataclass(frozen=True)
class Abschnitt:
    """A titled part of a chapter with paragraphs, steps, tables and Indikatorblätter."""

    titel: str
    absaetze: tuple[str, ...] = ()
    schritte: tuple[str, ...] = ()
    tabellen: tuple[Tabelle, ...] = ()
    satz: Literal["untereinander", "nebeneinander"] = "untereinander"
    """Whether narrow tables stand side by side; they then share one page."""
    blaetter: tuple[Indikatorblatt, ...] = ()


@dataclass(frozen=True)
class Kapitel:
    """A chapter of sections."""

    anker: str
    titel: str
    einleitung: tuple[str, ...] = ()
    abschnitte: tuple[Abschnitt, ...] = field(default=())


@dataclass(frozen=True)
class Eintrag:
    """A line of the contents."""

    anker: str
    titel: str


@dataclass(frozen=True)
class Buch:
    """The whole book of an Ausgabe."""

    umschlag: Umschlag
    inhalt: tuple[Eintrag, ...]
    kuerze: Kuerze
    karten: tuple[Kartenseite, ...]
    raeume: Kapitel
    monitor: Monitorseite | None
    dimensionen: tuple[Kapitel, ...]
    definitionen: Kapitel
    methoden: Kapitel
    quellen: Kapitel
    impressum: Kapitel
