"""Named methods: how figures become an Index, with where that comes from and what of it nobody has confirmed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from atlas.config.models.basis import Modell, Text
from atlas.config.models.klassen import Klassen

Verfahrensname = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
"""Lower case, ASCII, digits and hyphens, as in mss-berlin."""
Indexart = Literal["status", "dynamik", "dimension"]


class Standardisierung(Modell):
    """How a column becomes z: (x - Zentrum) / Streuung."""

    zentrum: Literal["raummittel", "gesamtwert"] = Field(
        description="raummittel: Mittel der einbezogenen Räume; gesamtwert: Wert des ganzen Gebiets"
    )
    gewichtung: Literal["ungewichtet", "bevoelkerung"] = Field(description="Gewichtung von Mittel und Streuung")
    freiheitsgrade: Literal[0, 1] = Field(
        description="0: Streuung der Gesamtheit (Nenner n); 1: der Stichprobe (Nenner n - 1)"
    )

    @model_validator(mode="after")
    def _check_gewichtung(self) -> Standardisierung:
        if self.gewichtung == "bevoelkerung" and self.freiheitsgrade == 1:
            text = "freiheitsgrade: 1 ist bei Gewichtung nach Bevölkerung nicht definiert."
            raise ValueError(text)
        return self


Zusammenfassung = Literal["summe", "mittelwert"]
Restandardisierung = Standardisierung | Literal["keine"]


class Differenz(Modell):
    """The change of each Indikator over a window."""

    form: Literal["prozentpunkte", "relativ"] = Field(
        description="prozentpunkte: x(t) - x(t-n); relativ: die Differenz in Prozent von x(t-n)"
    )
    jahre: Annotated[int, Field(ge=1, le=100)] = Field(description="Abstand in Jahren")


class Klassensaetze(Modell):
    """The classes of a method for each kind of Index it can make."""

    status: Klassen | None = Field(default=None, description="Klassen eines Index der Art status")
    dynamik: Klassen | None = Field(default=None, description="Klassen eines Index der Art dynamik")
    dimension: Klassen | None = Field(default=None, description="Klassen eines Dimensionsindex")

    def find(self, art: Indexart) -> Klassen | None:
        """Give the classes for a kind of Index, if the method has any."""
        return {"status": self.status, "dynamik": self.dynamik, "dimension": self.dimension}[art]


class Verfahren(Modell):
    """A method under a name that Indizes refer to; what they declare themselves goes before it."""

    name: Text = Field(description="Name, wie er im Buch steht")
    quelle: Text = Field(description="Woher das Verfahren stammt; »Auftraggeber«, wenn es niemand veröffentlicht hat")
    standardisierung: Standardisierung = Field(description="Erster Schritt, je Indikator")
    zusammenfassung: Zusammenfassung = Field(description="Wie die z-Werte zusammengefasst werden")
    restandardisierung: Restandardisierung = Field(description="Zweiter Schritt")
    differenz: Differenz | None = Field(default=None, description="Ausgangswert eines Index der Art dynamik")
    klassen: Klassensaetze = Field(description="Klassen je Art von Index, von der geringsten zur höchsten Belastung")
    belegt: tuple[Text, ...] = Field(default=(), description="Was nachgerechnet ist oder so in der Quelle steht")
    unbestaetigt: tuple[Text, ...] = Field(
        default=(), description="Was die Quelle nicht sagt und der Auftraggeber festlegt; steht im Buch"
    )

    @model_validator(mode="after")
    def _check(self) -> Verfahren:
        check_restandardisierung(self.standardisierung, self.restandardisierung)
        if self.klassen == Klassensaetze():
            text = "klassen: mindestens eine der Arten status, dynamik und dimension braucht Klassen."
            raise ValueError(text)
        return self


def check_restandardisierung(erster: Standardisierung, zweiter: Restandardisierung) -> None:
    """Demand the centre of the whole area only twice: its sum is known, and zero, when every z value has it as zero."""
    if zweiter != "keine" and zweiter.zentrum == "gesamtwert" and erster.zentrum != "gesamtwert":
        text = (
            "restandardisierung: zentrum: gesamtwert geht nur, wenn auch standardisierung zentrum: gesamtwert hat; "
            "sonst hat die Summe keinen Gesamtwert."
        )
        raise ValueError(text)
