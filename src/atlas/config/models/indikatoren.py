"""config/indikatoren.yaml: the catalogue of Indikatoren."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from atlas.config.models.basis import Modell, Schluessel, Text


class Term(Modell):
    """One summand of a Zaehler or Nenner."""

    merkmal: Schluessel = Field(description="Merkmal aus einer Quelle")
    gruppe: str = Field(default="", description="Teilgruppe; leer heißt insgesamt")
    vorzeichen: Literal["plus", "minus"] = Field(default="plus", description="Ob der Term addiert oder abgezogen wird")
    jahresversatz: Annotated[int, Field(ge=0, le=100)] = Field(
        default=0, description="Wie viele Jahre vor dem Indikator, z. B. 1 für die Bevölkerung am Ende des Vorjahres"
    )


class Quotient(Modell):
    """Zaehler over Nenner times Faktor: the terms are summed first, then divided once."""

    art: Literal["anteil", "rate", "mittelwert"] = Field(
        description="anteil: Teil eines Ganzen; rate: je Bezugsgröße; mittelwert: Summe je Fall"
    )
    zaehler: Annotated[tuple[Term, ...], Field(min_length=1)] = Field(description="Summanden des Zählers")
    nenner: Annotated[tuple[Term, ...], Field(min_length=1)] = Field(description="Summanden des Nenners")
    faktor: Annotated[float, Field(gt=0, le=1_000_000)] = Field(
        description="100 für Prozent, 1000 für je 1.000, 1 für Mittelwerte"
    )


class Dichte(Modell):
    """Persons (or anything counted) per square kilometre."""

    art: Literal["dichte"] = Field(description="dichte: je Quadratkilometer")
    zaehler: Annotated[tuple[Term, ...], Field(min_length=1)] = Field(description="Summanden des Zählers")


class Veraenderung(Modell):
    """Relative change of a Merkmal over some years, in percent of the earlier value."""

    art: Literal["veraenderung"] = Field(description="veraenderung: in Prozent des früheren Werts")
    merkmal: Schluessel = Field(description="Merkmal")
    gruppe: str = Field(default="", description="Teilgruppe; leer heißt insgesamt")
    jahre: Annotated[int, Field(ge=1, le=100)] = Field(description="Abstand in Jahren")


class Wert(Modell):
    """A figure that arrives as a rate; it cannot be summed upwards."""

    art: Literal["wert"] = Field(description="wert: fertig geliefert, wird nicht zusammengefasst")
    merkmal: Schluessel = Field(description="Merkmal mit dem gelieferten Wert")
    gruppe: str = Field(default="", description="Teilgruppe; leer heißt insgesamt")


Berechnung = Annotated[Quotient | Dichte | Veraenderung | Wert, Field(discriminator="art")]


class Indikator(Modell):
    """What is computed, what a high value means, and how it is printed."""

    name: Text = Field(description="Voller Name")
    kurzname: Annotated[str, Field(min_length=1, max_length=40)] = Field(description="Name für Tabellen und Karten")
    dimension: Schluessel = Field(description="Dimension aus dimensionen.yaml")
    richtung: Literal["hoch_ist_belastet", "hoch_ist_entlastet", "neutral"] = Field(
        description="Was ein hoher Wert bedeutet"
    )
    einheit: Text = Field(description="Einheit, z. B. % oder je 1.000")
    nachkommastellen: Annotated[int, Field(ge=0, le=6)] = Field(description="Stellen nach dem Komma im Druck")
    berechnung: Berechnung = Field(description="Rechenweg")
    zeitbezug: Literal["stand", "veraenderung"] = Field(
        default="stand",
        description="Ob der Indikator einen Stand oder eine gelieferte Veränderung beschreibt",
    )
    jahr: Annotated[int, Field(ge=1900, le=2200)] | None = Field(
        default=None, description="Gezeigtes Jahr, falls nicht das Berichtsjahr, z. B. 2022 für den Zensus"
    )
    gueltig_ab: int = Field(default=1900, description="Erstes Jahr, für das diese Definition gilt")
    definition: Text = Field(description="Zähler und Nenner in Worten, so wie sie im Atlas stehen")
    hinweis: Text | None = Field(default=None, description="Was der Indikator sagt und was nicht")

    @model_validator(mode="after")
    def _check_zeitbezug(self) -> Indikator:
        if self.zeitbezug == "veraenderung" and not isinstance(self.berechnung, Wert):
            text = "zeitbezug: veraenderung gibt es nur für gelieferte Veränderungen (berechnung.art: wert)."
            raise ValueError(text)
        return self


class Indikatoren(Modell):
    """All Indikatoren by name."""

    indikatoren: Annotated[dict[Schluessel, Indikator], Field(min_length=1)] = Field(
        description="Indikatoren nach Name"
    )
