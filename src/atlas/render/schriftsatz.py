"""How any text is set, whoever wrote it: thousands, words that stay on one line, breaks the dictionary gets wrong."""

from __future__ import annotations

import re
from typing import Final

from atlas.render.zahlen import GESCHUETZT, MONATE, TAUSENDER

_TAUSENDERPUNKT: Final = re.compile(r"(?<=\d)\.(?=\d{3}(?![\d.]))")
_TAUSENDERLUECKE: Final = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)")
_ZUSAMMEN: Final = re.compile(
    r"(?<=§) (?=\d)"
    r"|(?<=\bSGB) (?=[IVX]+\b)"
    r"|(?<=\bab) (?=\d)|(?<=\bunter) (?=\d)|(?<=\büber) (?=\d)|(?<=\bbis) (?=\d)|(?<=\bvon) (?=\d)|(?<=\bje) (?=\d)"
    r"|(?<=\d) (?=(?:bis|von \d)|[%€])"
    rf"|(?<=\d\.) (?=(?:{'|'.join(MONATE)})\b)",
    re.IGNORECASE,
)
"""Spaces at which no line ends: § 35a, SGB II, ab 65, 18 bis 64, 31. Dezember."""
_TRENNSTELLE: Final = re.compile(r"(?<=fort)(?=schreib)", re.IGNORECASE)
"""Where a word breaks that the dictionary would break elsewhere (Forts-chreibung)."""
_WEICH: Final = "\u00ad"


def bind_text(text: str) -> str:
    """Give a text as it is printed: one space between groups of digits, and no line end where it would mislead.

    »1.000« and »1 000« both become one number with a narrow space.
    """
    gruppiert = _TAUSENDERLUECKE.sub(lambda zahl: zahl[0].replace(" ", TAUSENDER), _TAUSENDERPUNKT.sub(TAUSENDER, text))
    return _TRENNSTELLE.sub(_WEICH, _ZUSAMMEN.sub(GESCHUETZT, gruppiert))
