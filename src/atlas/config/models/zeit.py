"""Which Berichtsjahr a cell belongs to, and the reference day beside it."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from atlas.config.models.basis import Modell, Regex, Text


def _check_stichtag(stichtag: str) -> str:
    text = f"»{stichtag}« ist kein Tag der Form Monat-Tag, z. B. 12-31."
    if not re.fullmatch(r"\d{2}-\d{2}", stichtag):
        raise ValueError(text)
    try:
        date.fromisoformat(f"2001-{stichtag}")
    except ValueError as fehler:
        raise ValueError(text) from fehler
    return stichtag


Stichtag = Annotated[str, AfterValidator(_check_stichtag)]
Jahr = Annotated[int, Field(ge=1000, le=2999)]


class Zeit(Modell):
    """Where the year stands; when several places are declared, they must agree in every cell.

    A pattern may also name the groups `monat` and `tag`: then they give the Stichtag.
    """

    spalte: Text | None = Field(default=None, description="Spalte mit dem Jahr")
    dateiname: Regex | None = Field(default=None, description="Muster über dem Dateinamen mit der Gruppe jahr")
    titel: Regex | None = Field(
        default=None, description="Muster über Titel-, Fußzeilen und Blattnamen mit der Gruppe jahr"
    )
    kopf: Regex | None = Field(
        default=None, description="Muster über den Köpfen der Wertspalten mit der Gruppe jahr (Jahre als Spalten)"
    )
    fest: Jahr | None = Field(default=None, description="Dasselbe Jahr für alle Zeilen")
    muster: Regex | None = Field(
        default=None, description="Muster über der Spalte mit der Gruppe jahr, z. B. (?P<jahr>\\d{4})12"
    )
    stichtag: Stichtag | None = Field(default=None, description="Stichtag im Berichtsjahr als Monat-Tag, z. B. 12-31")

    @model_validator(mode="after")
    def _check_stellen(self) -> Zeit:
        if all(angabe is None for angabe in (self.spalte, self.dateiname, self.titel, self.kopf, self.fest)):
            text = "eine der Angaben spalte, dateiname, titel, kopf oder fest ist nötig."
            raise ValueError(text)
        if self.muster is not None and self.spalte is None:
            text = "muster gilt nur zusammen mit spalte; für Dateinamen steht das Muster unter dateiname."
            raise ValueError(text)
        for muster in (self.dateiname, self.titel, self.kopf, self.muster):
            if muster is not None and "(?P<jahr>" not in muster:
                text = f"»{muster}« braucht die Gruppe (?P<jahr>...)."
                raise ValueError(text)
            if muster is not None and ("(?P<tag>" in muster) != ("(?P<monat>" in muster):
                text = f"»{muster}«: die Gruppen tag und monat gehören zusammen."
                raise ValueError(text)
        return self
