"""Whether words somebody wrote may give a figure away: digits that are no date, and numbers in words."""

from __future__ import annotations

import re
from typing import Final

from atlas.render.zahlen import MONATE

_HARMLOS: Final = re.compile(
    rf"(?<![\d.,])(?:\d{{1,2}}\.\s?(?:\d{{1,2}}\.\s?|(?:{'|'.join(MONATE)})\s))?(?:19|20)\d\d(?:-\d\d-\d\d)?(?!\d|[.,]\d)"
    r"|\bUTF-(?:8|16)\b|\bISO-8859-\d{1,2}\b|§§?\s?\d+[a-z]?\b"
)
"""Days and years, names of encodings, paragraphs of a law."""
_WORT: Final = re.compile(r"[^\W\d_]+")
_STAMM: Final = (
    "ein|zwei|zwo|drei|dritt|vier|fünf|fuenf|sechs|sech|sieben|sieb|acht|neun|zehn|elf|zwölf|zwoelf|zwan|dreiß|dreiss|zig|"
    "ßig|ssig|hundert|tausend|million|milliarde|dutzend|beid|halb|hälft|doppel|verdoppel|halbier|null|und"
)
_ZAHLWORT: Final = re.compile(rf"(?:{_STAMM})+(?:s?t?el|mal|fach)?(?:t?e?[nmrs]?|s?te[nmrs]?)")
_KEINS: Final = frozenset({"ein", "eine", "einen", "einem", "einer", "eines", "und", "eint", "einte", "einten"})
"""The article, and what looks like a number and is none."""
_NUR_EINS: Final = re.compile(r"\b(?:nur|genau|lediglich|bloß|einzig)\s+eine?[nmrs]?\b", re.IGNORECASE)


def may_tell_zahl(text: str) -> bool:
    """Tell whether a text holds a number: digits other than those of days and years, or a number in words.

    It errs towards yes: »acht« may be a verb, but who prints too little harms nobody.
    """
    rest = _HARMLOS.sub(" ", text)
    if any(zeichen.isnumeric() for zeichen in rest) or _NUR_EINS.search(rest):
        return True
    worte = (treffer[0].lower() for treffer in _WORT.finditer(rest))
    return any(_ZAHLWORT.fullmatch(wort) and wort not in _KEINS for wort in worte)
