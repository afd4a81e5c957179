"""Words that go into a book as they are: not too long, nothing that nobody sees, and no markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atlas.zeichen import UNSICHTBAR

if TYPE_CHECKING:
    from atlas.ingest.angebote.liste import Liste

LAENGSTER_NAME: Final = 200
LAENGSTER_BEITRAG: Final = 1500
"""Characters: more is a report, which belongs into a file of its own."""
_AUSZEICHNUNG: Final = re.compile(r"</?[A-Za-z][^<>]*>|<!|<\?|&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
"""Tags, comments and character references; a lone `<` or `&` is text."""


def check_texte(liste: Liste, spalte: str, hoechstens: int, *, noetig: bool) -> None:
    """Note the texts of a column that no book can take; an empty one only where it is `noetig`."""
    funde = [
        (zeile, grund)
        for zeile, text in liste.df.select("zeile", spalte).iter_rows()
        if (grund := _find_grund(text, hoechstens, noetig=noetig))
    ]
    liste.melde_einzeln(spalte, funde)


def _find_grund(text: str, hoechstens: int, *, noetig: bool) -> str:
    if not text:
        return "der Text fehlt. Ergänzen lassen." if noetig else ""
    if len(text) > hoechstens:
        return f"der Text hat {len(text)} Zeichen, erlaubt sind {hoechstens}. Kürzen lassen."
    if UNSICHTBAR.search(text):
        return "der Text enthält ein unsichtbares Steuerzeichen. Entfernen lassen."
    if _AUSZEICHNUNG.search(text):
        return "der Text enthält HTML. Als reinen Text liefern lassen."
    return ""
