"""Where an Indikator comes from and what happened to it: official statistic, breaks, goals, other systems."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Annotated, Final, Literal, get_args

from pydantic import AfterValidator, Field, model_validator

from atlas.config.models.basis import Modell, Text

Zeitraum = Literal["Kalenderjahr", "Schuljahr", "Jahresdurchschnitt", "Wahltag"]
_ZEITRAEUME: Final = get_args(Zeitraum)
Jahreszahl = Annotated[int, Field(ge=1900, le=2200)]


def _check_bezug(bezug: str) -> str:
    if bezug not in _ZEITRAEUME and not _ist_stichtag(bezug):
        text = f"»{bezug}« ist kein Stichtag: ein Tag der Form Monat-Tag (12-31) oder {', '.join(_ZEITRAEUME)}."
        raise ValueError(text)
    return bezug


def _ist_stichtag(bezug: str) -> bool:
    try:
        date.fromisoformat(f"2000-{bezug}")
    except ValueError:
        return False
    return True


class Fundstelle(Modell):
    """The official statistic that a figure comes from."""

    statistik: Text = Field(description="Statistik mit herausgebender Stelle")
    tabelle: Text | None = Field(default=None, description="Nummer oder Name der Tabelle")
    stichtag: Annotated[str, AfterValidator(_check_bezug)] = Field(
        description="Tag als Monat-Tag, z. B. 12-31, oder Kalenderjahr, Schuljahr, Jahresdurchschnitt, Wahltag"
    )


class Nachweis(Modell):
    """Where Zaehler and Nenner come from."""

    zaehler: Fundstelle = Field(description="Fundstelle des Zählers")
    nenner: Fundstelle | None = Field(default=None, description="Fundstelle des Nenners, wenn es einen gibt")


class Bruch(Modell):
    """A break in the series: figures before and after are not the same thing."""

    ab: Jahreszahl = Field(description="Erstes Jahr der neuen Reihe")
    datum: date | None = Field(default=None, description="Tag der Änderung")
    grund: Text = Field(description="Was sich geändert hat")

    @model_validator(mode="after")
    def _check_datum(self) -> Bruch:
        if self.datum is not None and self.datum.year > self.ab:
            text = f"datum: {self.datum} liegt nach {self.ab}, dem ersten Jahr der neuen Reihe."
            raise ValueError(text)
        return self


def check_brueche(brueche: tuple[Bruch, ...]) -> tuple[Bruch, ...]:
    """Demand breaks in rising order of their years, each year once."""
    for frueher, spaeter in pairwise(brueche):
        if spaeter.ab <= frueher.ab:
            text = f"die Jahre stehen aufsteigend und je einmal ({spaeter.ab} nach {frueher.ab})."
            raise ValueError(text)
    return brueche


class Ziel(Modell):
    """A goal that somebody entitled to has set."""

    wert: Annotated[float, Field(allow_inf_nan=False)] = Field(description="Zielwert in der Einheit des Indikators")
    bis: Jahreszahl = Field(description="Jahr, bis zu dem er erreicht sein soll")
    art: Literal["mindestens", "hoechstens"] = Field(description="Ob der Wert mindestens oder höchstens erreicht wird")
    beschluss: Text = Field(description="Wer das Ziel wann beschlossen hat")


class Entsprechung(Modell):
    """The same or a close figure in another monitoring system."""

    system: Literal[
        "mss-berlin", "hamburg", "oberhausen", "kgst", "bildungsmonitoring", "goerlitz", "wegweiser", "sdg"
    ] = Field(description="Anderes Berichtssystem")
    kennung: Text = Field(description="Name oder Nummer dort")
