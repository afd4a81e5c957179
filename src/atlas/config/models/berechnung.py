"""How an Indikator is computed: the terms of Zaehler and Nenner, and the closed list of formulas."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from atlas.alter.band import DIMENSION, Altersband, parse_angabe
from atlas.config.models.basis import Modell, Schluessel


def _check_alter(angabe: str) -> str:
    parse_angabe(angabe)
    return angabe


Altersangabe = Annotated[str, AfterValidator(_check_alter)]


class Term(Modell):
    """One summand of a Zaehler or Nenner."""

    merkmal: Schluessel = Field(description="Merkmal aus einer Quelle")
    gruppe: str = Field(default="", description="Teilgruppe; leer heißt insgesamt")
    alter: Altersangabe | None = Field(
        default=None,
        description="Altersband in vollendeten Jahren, z. B. 0-14, 65+, 15-regelaltersgrenze, regelaltersgrenze+; "
        "es wird aus den gelieferten Altersgruppen gebildet",
    )
    gewichtung: Literal["alter"] | None = Field(
        default=None, description="alter: Summe der Lebensjahre statt der Personen, für das Durchschnittsalter"
    )
    vorzeichen: Literal["plus", "minus"] = Field(default="plus", description="Ob der Term addiert oder abgezogen wird")
    jahresversatz: Annotated[int, Field(ge=0, le=100)] = Field(
        default=0, description="Wie viele Jahre vor dem Indikator, z. B. 1 für die Bevölkerung am Ende des Vorjahres"
    )

    @property
    def band(self) -> Altersband | None:
        """The band of ages the term asks for; None for a group as it is delivered."""
        if self.alter is None and self.gewichtung is None:
            return None
        band = parse_angabe(self.alter or "0+")
        return Altersband(band.von, band.bis, band.bis_grenze, jahre=self.gewichtung is not None)

    @model_validator(mode="after")
    def _check_alter(self) -> Term:
        nennt_alter = any(teil.startswith(DIMENSION) for teil in self.gruppe.split("|"))
        if nennt_alter and self.alter is not None:
            text = "alter: auch die gruppe nennt ein Alter. Eine der beiden Angaben streichen."
            raise ValueError(text)
        if nennt_alter and self.gewichtung is not None:
            text = "gewichtung: das Alter gehört unter alter, nicht in die gruppe."
            raise ValueError(text)
        return self


Terme = Annotated[tuple[Term, ...], Field(min_length=1)]


class Quotient(Modell):
    """Zaehler over Nenner times Faktor: the terms are summed first, then divided once."""

    art: Literal["anteil", "rate", "mittelwert"] = Field(
        description="anteil: Teil eines Ganzen; rate: je Bezugsgröße; mittelwert: Summe je Fall"
    )
    zaehler: Terme = Field(description="Summanden des Zählers")
    nenner: Terme = Field(description="Summanden des Nenners")
    faktor: Annotated[float, Field(gt=0, le=1_000_000)] = Field(
        description="100 für Prozent, 1000 für je 1.000, 1 für Mittelwerte"
    )

    @model_validator(mode="after")
    def _check_gewichtung(self) -> Quotient:
        """A sum of ages is no count: its persons must be a term too, or no minimum count would protect them."""
        personen = {(t.merkmal, t.gruppe, t.alter, t.jahresversatz) for t in self.nenner if t.gewichtung is None}
        gewichtete = [t for t in self.zaehler if t.gewichtung is not None]
        if any(t.gewichtung is not None for t in self.nenner):
            text = "nenner: gewichtung: alter gibt es nur im Zähler."
            raise ValueError(text)
        if gewichtete and self.art != "mittelwert":
            text = "art: gewichtung: alter gibt es nur bei mittelwert."
            raise ValueError(text)
        if any((t.merkmal, t.gruppe, t.alter, t.jahresversatz) not in personen for t in gewichtete):
            text = "nenner: zu einem Term mit gewichtung: alter gehört derselbe Term ohne gewichtung im Nenner."
            raise ValueError(text)
        return self


class Dichte(Modell):
    """Persons (or anything counted) per square kilometre."""

    art: Literal["dichte"] = Field(description="dichte: je Quadratkilometer")
    zaehler: Terme = Field(description="Summanden des Zählers")

    @model_validator(mode="after")
    def _check_gewichtung(self) -> Dichte:
        _refuse_gewichtung(self.zaehler)
        return self


class Anzahl(Modell):
    """A count or a balance of counts; it has no Nenner and is summed upwards."""

    art: Literal["anzahl"] = Field(description="anzahl: eine Zahl von Fällen oder ein Saldo, ohne Nenner")
    zaehler: Terme = Field(description="Summanden")

    @model_validator(mode="after")
    def _check_gewichtung(self) -> Anzahl:
        _refuse_gewichtung(self.zaehler)
        return self


def _refuse_gewichtung(terme: tuple[Term, ...]) -> None:
    if any(term.gewichtung is not None for term in terme):
        text = "zaehler: gewichtung: alter gibt es nur bei mittelwert."
        raise ValueError(text)


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


Berechnung = Annotated[Quotient | Dichte | Anzahl | Veraenderung | Wert, Field(discriminator="art")]
