"""Classes of an Index: cuts with open and closed ends, without gaps."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, Field

from atlas.config.models.basis import Modell, Schluessel


class Klasse(Modell):
    """One class with its ends; von and bis belong to it, ueber and unter do not."""

    klasse: Schluessel = Field(description="Name der Klasse")
    von: float | None = Field(default=None, description="Untergrenze, die dazugehört (>=)")
    ueber: float | None = Field(default=None, description="Untergrenze, die nicht dazugehört (>)")
    bis: float | None = Field(default=None, description="Obergrenze, die dazugehört (<=)")
    unter: float | None = Field(default=None, description="Obergrenze, die nicht dazugehört (<)")


def _check_lueckenlos(klassen: tuple[Klasse, ...]) -> tuple[Klasse, ...]:
    """Demand classes in rising order whose ends meet: every value belongs to exactly one class."""
    erste, letzte = klassen[0], klassen[-1]
    if (erste.von, erste.ueber) != (None, None) or (letzte.bis, letzte.unter) != (None, None):
        text = "die erste ist nach unten, die letzte nach oben offen."
        raise ValueError(text)
    for links, rechts in pairwise(klassen):
        beruehrt = (links.bis is not None and links.bis == rechts.ueber and links.unter is None) or (
            links.unter is not None and links.unter == rechts.von and links.bis is None
        )
        if not beruehrt or (rechts.von is not None and rechts.ueber is not None):
            text = (
                f"zwischen {links.klasse} und {rechts.klasse} passt die Grenze nicht "
                "(unter/von oder bis/ueber mit demselben Wert)."
            )
            raise ValueError(text)
    grenzen = [k.bis if k.bis is not None else k.unter for k in klassen[:-1]]
    if any(a is None or b is None or a >= b for a, b in pairwise(grenzen)):
        text = "die Grenzen müssen von Klasse zu Klasse steigen."
        raise ValueError(text)
    namen = [k.klasse for k in klassen]
    if len(set(namen)) != len(namen):
        text = "jeder Name darf nur einmal vorkommen."
        raise ValueError(text)
    return klassen


Klassen = Annotated[tuple[Klasse, ...], Field(min_length=2), AfterValidator(_check_lueckenlos)]
"""At least two classes from the least to the most burdened, one for every value."""
