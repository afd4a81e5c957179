"""What all configuration models share."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from collections.abc import Iterable

_PROBETEXTE: Final = ("", "0", "x")
"""What a named group may hold: nothing, digits, letters. A form has to take them all."""


class Modell(BaseModel):
    """Strict, frozen, no unknown keys."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def _check_regex(muster: str) -> str:
    try:
        re.compile(muster)
    except re.error as fehler:
        text = f"»{muster}« ist kein gültiger regulärer Ausdruck (Stelle {fehler.pos})."
        raise ValueError(text) from fehler
    return muster


_FUELLUNG = re.compile(r"(?:[0 ]?[<>^])?\d{0,2}")


def ist_formatierbar(form: str, gruppen: Iterable[str]) -> bool:
    """Tell whether a form with named groups in braces can be filled with whatever text they hold.

    In the braces stand names and at most a filling to some places, `{nummer:0>3}`: a free width could make gigabytes,
    an attribute would tell of the program.
    """
    namen = tuple(gruppen)
    try:
        teile = [teil for teil in Formatter().parse(form) if teil[1] is not None]
        for _, name, angabe, umwandlung in teile:
            if name not in namen or not _FUELLUNG.fullmatch(angabe or "") or umwandlung not in {None, "s"}:
                return False
        for text in _PROBETEXTE:
            form.format_map(dict.fromkeys(namen, text))
    except (KeyError, IndexError, ValueError, AttributeError, TypeError):
        return False
    return True


def _check_adresse(adresse: str) -> str:
    """Refuse what begins like an address and cannot be taken apart, as `http://[x`; any other text is a text."""
    try:
        _ = urlsplit(adresse).hostname
    except ValueError as fehler:
        text = f"»{adresse}« ist keine gültige Adresse: eckige Klammern und Doppelpunkte prüfen."
        raise ValueError(text) from fehler
    return adresse


LAENGSTER_TEXT: Final = 4000
"""Characters, about one printed page: more is a document, which belongs elsewhere."""
Text = Annotated[str, Field(min_length=1, max_length=LAENGSTER_TEXT)]
Adresse = Annotated[Text, AfterValidator(_check_adresse)]
Regex = Annotated[str, Field(min_length=1, max_length=LAENGSTER_TEXT), AfterValidator(_check_regex)]
SCHLUESSELMUSTER = r"^[a-z][a-z0-9_]*$"
Schluessel = Annotated[str, Field(pattern=SCHLUESSELMUSTER, max_length=100)]
"""Lower case, ASCII, digits and underscores: names that become columns, file names and anchors."""
