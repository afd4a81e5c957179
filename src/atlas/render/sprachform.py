"""German forms of declared nouns: the dative plural, and »ein früherer« with the gender that the ending tells."""

from __future__ import annotations

from typing import Final

_WEIBLICH: Final = ("e", "stadt", "region", "ung", "schaft", "heit", "keit", "kommune")
_MAENNLICH: Final = ("raum", "kreis", "bezirk", "block", "verband", "ort", "teil", "bereich", "platz", "sprengel")
_OHNE_N: Final = ("n", "s")


def form_dativ(mehrzahl: str) -> str:
    """Give the dative of a plural: Sozialräumen, Gemeinden, Kitas."""
    return mehrzahl if mehrzahl.endswith(_OHNE_N) else f"{mehrzahl}n"


def tell_frueher(einzahl: str) -> str:
    """Give a noun as something of the past: eine frühere Gemeinde, ein früherer Bezirk; else ein früherer Raum."""
    wort = einzahl.casefold()
    if wort.endswith(_MAENNLICH):
        return f"ein früherer {einzahl}"
    return f"eine frühere {einzahl}" if wort.endswith(_WEIBLICH) else "ein früherer Raum"
