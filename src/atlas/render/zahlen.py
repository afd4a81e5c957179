"""German figures: how a number, a date and a missing value are printed. The only place where anything is rounded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from atlas.tables.listen import SPERRGRUENDE, VORHANDEN

TAUSENDER: Final = "\u202f"
"""Narrow no-break space between groups of three digits, as the statistical offices print it."""
MINUS: Final = "\u2212"
GESCHUETZT: Final = "\u00a0"

MONATE: Final = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip

_WORTE: Final = dict(
    enumerate(("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"), start=2)
)

SPAETER: Final = "…"
SCHAETZUNG: Final = "s"

ZEICHEN: Final = {
    "–": "genau null, nichts vorhanden",
    ".": "Zahlenwert unbekannt oder geheim zu halten",
    "/": "keine Angabe, weil der Zahlenwert nicht sicher genug ist",
    SPAETER: "Angabe fällt später an",
    "x": "Tabellenfach gesperrt, weil die Aussage nicht sinnvoll ist",
    SCHAETZUNG: "geschätzte Zahl",
    "0,0": "errechneter Wert null oder näher an null als die Hälfte der kleinsten gezeigten Stelle",
}
"""The signs of official statistics in the order in which a legend lists them."""

_ZEICHEN_JE_STATUS: Final = {
    "geheim": ".",
    "unbekannt": ".",
    "gesperrt": ".",
    "nicht_geliefert": ".",
    "unsicher": "/",
    "unter_mindestfallzahl": "/",
    "spaeter": SPAETER,
    "nicht_existent": "x",
    "nenner_null": "x",
    "nicht_vergleichbar": "x",
    "nicht_aggregierbar": ".",
}


@dataclass(frozen=True)
class Angabe:
    """What stands in a cell, and the signs in it that a legend must explain."""

    text: str
    zeichen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wert:
    """A released figure with the reason for its absence; `wert` is unrounded."""

    wert: float | None
    wertstatus: str
    sperrgrund: str | None = None


def round_kaufmaennisch(wert: float, stellen: int) -> Decimal:
    """Round half away from zero, once, from the shortest decimal that names the unrounded value.

    The shortest decimal and not the binary expansion: a delivered 2.675 is meant as 2,675 and becomes 2,68.
    """
    return Decimal(repr(float(wert))).quantize(Decimal(1).scaleb(-stellen), rounding=ROUND_HALF_UP)


def format_zahl(wert: float, stellen: int) -> str:
    """Give a number with decimal comma, grouped thousands, true minus sign and no negative zero."""
    gerundet = round_kaufmaennisch(wert, stellen)
    ganz, _, bruch = f"{abs(gerundet):f}".partition(".")
    gruppiert = f"{int(ganz):,}".replace(",", TAUSENDER)
    vorzeichen = MINUS if gerundet < 0 else ""
    return f"{vorzeichen}{gruppiert},{bruch}" if bruch else f"{vorzeichen}{gruppiert}"


def format_kurz(wert: float) -> str:
    """Give a number of the configuration as it was written, without trailing zeros: 1, 1,5, 0,25."""
    text = f"{Decimal(repr(float(wert))):f}"
    stellen = len(text.partition(".")[2].rstrip("0"))
    return format_zahl(wert, stellen)


def format_prozent(teil: int, ganzes: int) -> str:
    """Give a share of counts with one decimal and a no-break space before the sign."""
    if ganzes == 0:
        return "x"
    anteil = Decimal(100 * teil) / Decimal(ganzes)
    gerundet = anteil.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{gerundet}".replace(".", ",") + f"{GESCHUETZT}%"


def format_datum(tag: date) -> str:
    """Give a date in words: 30. Juni 2026."""
    return f"{tag.day}.{GESCHUETZT}{MONATE[tag.month - 1]} {tag.year}"


def format_datum_kurz(tag: date) -> str:
    """Give a date in figures: 30.06.2026."""
    return f"{tag.day:02d}.{tag.month:02d}.{tag.year}"


def format_gebietsstand(text: str) -> str:
    """Give a Gebietsstand as a date in figures where it is one."""
    try:
        return format_datum_kurz(date.fromisoformat(text))
    except ValueError:
        return text


def find_zeichen(wertstatus: str, sperrgrund: str | None) -> str:
    """Give the sign that stands for a missing value; a withheld one looks the same for every reason."""
    if sperrgrund is not None:
        if sperrgrund not in SPERRGRUENDE:
            raise KeyError(sperrgrund)
        return "."
    return _ZEICHEN_JE_STATUS[wertstatus]


def format_wert(angabe: Wert | None, stellen: int) -> Angabe:
    """Give the text of a cell: the rounded number, or the sign for its absence.

    No row at all is an unknown value. `null_genau` prints the dash, an estimate is marked with s.
    """
    if angabe is None:
        return Angabe(".", (".",))
    if angabe.wert is None or angabe.sperrgrund is not None:
        zeichen = "." if angabe.wertstatus in VORHANDEN else find_zeichen(angabe.wertstatus, angabe.sperrgrund)
        return Angabe(zeichen, (zeichen,))
    if angabe.wertstatus == "null_genau" and angabe.wert == 0:
        return Angabe("–", ("–",))
    text = format_zahl(angabe.wert, stellen)
    gerundet = ("0,0",) if stellen > 0 and not text.strip("0,") else ()
    if angabe.wertstatus == "geschaetzt":
        return Angabe(f"{text}{GESCHUETZT}{SCHAETZUNG}", (SCHAETZUNG, *gerundet))
    return Angabe(text, gerundet)


def list_zeichen(angaben: list[Angabe]) -> tuple[tuple[str, str], ...]:
    """Give the legend of a table: only the signs that stand in it, in their fixed order."""
    benutzt = {zeichen for angabe in angaben for zeichen in angabe.zeichen}
    return tuple((zeichen, bedeutung) for zeichen, bedeutung in ZEICHEN.items() if zeichen in benutzt)


def spell(anzahl: int) -> str:
    """Give a count as in a sentence: in words from zwei to zwölf, else in figures."""
    return _WORTE.get(anzahl, format_zahl(anzahl, 0))


def format_liste(namen: list[str]) -> str:
    """Join names as in a sentence: A, B und C."""
    if len(namen) <= 1:
        return "".join(namen)
    return f"{', '.join(namen[:-1])} und {namen[-1]}"
