"""What to say of a name that leads nowhere: the nearest known one, or all of them."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


def tell_unbekannt(art: str, name: str, bekannte: Collection[str]) -> str:
    """Say in German that there is no such name; `art` begins the sentence with its article."""
    naechster = difflib.get_close_matches(name, sorted(bekannte), n=1, cutoff=0.5)
    namen = ", ".join(bekannt or "(leer)" for bekannt in sorted(bekannte))
    rat = f"Gemeint: {naechster[0]}?" if naechster and naechster[0] else f"Bekannt: {namen or 'keine'}."
    return f"{art} »{name}« gibt es nicht. {rat}"
