"""Characters that nobody sees and that turn text round or break pages; and texts that may hold figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

UNSICHTBAR: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Control characters but tab and line ends, marks of direction, line ends and tags nobody sees, zero-width signs.

A soft hyphen is allowed.
"""

_KENNUNG: Final = re.compile(r"(?<![\w.,])(?:[A-Za-z]{1,4}[-_]?\d+|\d{5,}[A-Za-z]*)(?!\w|[.,]\d)")
HOECHSTENS: Final = 30
TEIL: Final = " | "
"""Stands between the texts of a head of several lines."""
_ZEIT: Final = re.compile(
    r"(?<![\d.,])(?:\d{1,2}\.\s?(?:(?:\d{1,2}\.|[A-Z][a-zä]+)\s?)?)?(?:19|20)\d\d(?:-\d\d-\d\d)?(?!\d|[.,]\d)"
)
"""A year, a month or a day with its year."""
_ALTER: Final = re.compile(r"\s*[<>]?\s*\d{1,3}\s*(?:[-–]\s*\d{1,3}|\+)?\s*")
"""A number that may be an age, or two of them."""


def mask(text: str) -> str:
    """Give the shape of a delivered text for a message: digits as 9, on one line, not longer than `HOECHSTENS`.

    What stands in a wrong place may be the count of a small cell; its digits are nobody's business.
    """
    return shorten(_hide_ziffern(text), HOECHSTENS)


def is_text(text: str) -> bool:
    """Tell whether each part of a text between " | " says something: it holds a letter, or is a year or a day."""
    return all(_holds_buchstaben(teil) or _ZEIT.fullmatch(teil.strip()) for teil in text.split(TEIL))


def show_text(text: str) -> str:
    """Give a delivered text that should be words, with the parts masked that are none and may be figures."""
    return TEIL.join(teil if is_text(teil) else mask(teil) for teil in text.split(TEIL))


def show_kopf(text: str) -> str:
    """Give the head of a column, of a row that is known to be the header: ages such as 65 or 15-17 are no counts."""
    return TEIL.join(teil if _ALTER.fullmatch(teil) else show_text(teil) for teil in text.split(TEIL))


def hide_zahlen(text: str) -> str:
    """Give a delivered text with its digits as 9, except in years and days: the rest may be figures."""
    teile, ab = [], 0
    for treffer in _ZEIT.finditer(text) if is_text(text) else ():
        teile += [_hide_ziffern(text[ab : treffer.start()]), treffer[0]]
        ab = treffer.end()
    return "".join([*teile, _hide_ziffern(text[ab:])])


def hide_zahlen_der_zeile(zellen: Iterable[str]) -> list[str]:
    """Hide the figures in the cells of one row; a cell that is only a year may be one, where another cell is."""
    alle = list(zellen)
    sind_jahre = all(is_text(zelle) for zelle in alle if zelle.strip())
    return [hide_zahlen(z) if sind_jahre or _holds_buchstaben(z) else _hide_ziffern(z) for z in alle]


def show_schluessel(text: str, breite: int = 60) -> str:
    """Give a delivered key of an area for a message, with all digits as 9 that are no part of one.

    Keys have five digits and more, or a few letters before them (`A9`); other digits may be a count that stands in the
    wrong column.
    """
    teile, ab = [], 0
    for treffer in _KENNUNG.finditer(text):
        teile += [hide_zahlen(text[ab : treffer.start()]), treffer[0]]
        ab = treffer.end()
    return shorten_mitte("".join([*teile, hide_zahlen(text[ab:])]), breite)


def shorten(text: str, breite: int) -> str:
    """Cut a text to a width, visibly."""
    return text if len(text) <= breite else text[: breite - 1] + "…"


def shorten_mitte(text: str, breite: int) -> str:
    """Cut out the middle, visibly: heads over several lines differ at their end, and titles end with their year."""
    vorn = breite // 3
    return text if len(text) <= breite else f"{text[:vorn]}…{text[len(text) - (breite - vorn - 1) :]}"


def name_kopf(kopf: str) -> str:
    """Give the head of a column for a message: parts that are figures are hidden, a long one is cut in the middle."""
    return shorten_mitte(show_text(kopf), 60)


def _holds_buchstaben(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]", text))


def _hide_ziffern(text: str) -> str:
    return re.sub(r"\s", " ", re.sub(r"\d", "9", UNSICHTBAR.sub("\ufffd", text)))


def tame(text: str) -> str:
    """Give a text for one line of a terminal: what nobody sees, line ends and lone surrogates become a sign."""
    return UNSICHTBAR.sub("\ufffd", text).replace("\n", " ").replace("\r", " ")[:LAENGSTE_MELDUNG]


LAENGSTE_MELDUNG: Final = 2000
"""Longer lines in a terminal hold something that is no message."""
