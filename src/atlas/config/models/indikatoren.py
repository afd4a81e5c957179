"""config/indikatoren.yaml: the catalogue of Indikatoren."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from atlas.config.models.basis import Modell, Schluessel, Text
from atlas.config.models.berechnung import Anzahl, Berechnung, Wert
from atlas.config.models.nachweis import Bruch, Entsprechung, Nachweis, Ziel, check_brueche

ZIELRICHTUNG = {"hoch_ist_belastet": "hoechstens", "hoch_ist_entlastet": "mindestens"}
"""Which kind of goal fits a Richtung: nobody sets out for more need."""


class Indikator(Modell):
    """What is computed, what a high value means, and how it is printed."""

    name: Text = Field(description="Voller Name")
    kurzname: Annotated[str, Field(min_length=1, max_length=40)] = Field(description="Name für Tabellen und Karten")
    dimension: Schluessel = Field(description="Dimension aus dimensionen.yaml")
    buendel: Schluessel | None = Field(default=None, description="Bündel, das die Dimension in dimensionen.yaml nennt")
    monitore: tuple[Schluessel, ...] = Field(
        default=(), description="Monitore aus dimensionen.yaml, in denen der Indikator steht"
    )
    richtung: Literal["hoch_ist_belastet", "hoch_ist_entlastet", "neutral"] = Field(
        description="Was ein hoher Wert bedeutet"
    )
    richtung_grund: Text | None = Field(default=None, description="Warum ein hoher Wert das bedeutet")
    einheit: Text = Field(description="Einheit, z. B. % oder je 1.000")
    nachkommastellen: Annotated[int, Field(ge=0, le=6)] = Field(description="Stellen nach dem Komma im Druck")
    berechnung: Berechnung = Field(description="Rechenweg")
    kleinste_ebene: Schluessel | None = Field(
        default=None, description="Kleinste Ebene, auf der gerechnet und gezeigt wird; ohne Angabe jede"
    )
    ebenen_grund: Text | None = Field(default=None, description="Warum es auf kleineren Ebenen keinen Wert gibt")
    nachweis: Nachweis | None = Field(default=None, description="Amtliche Statistik von Zähler und Nenner")
    zeitbezug: Literal["stand", "veraenderung"] = Field(
        default="stand",
        description="Ob der Indikator einen Stand oder eine gelieferte Veränderung beschreibt",
    )
    jahr: Annotated[int, Field(ge=1900, le=2200)] | None = Field(
        default=None, description="Gezeigtes Jahr, falls nicht das Berichtsjahr, z. B. 2022 für den Zensus"
    )
    gueltig_ab: int = Field(default=1900, description="Erstes Jahr, für das diese Definition gilt")
    definition: Text = Field(description="Zähler und Nenner in Worten, so wie sie im Atlas stehen")
    festlegung: Text | None = Field(
        default=None, description="Wo die Definition eine Wahl ist: welche, und was sonst möglich wäre"
    )
    qualitaet: Text | None = Field(default=None, description="Was über die Güte der Zahlen bekannt ist")
    brueche: Annotated[tuple[Bruch, ...], AfterValidator(check_brueche)] = Field(
        default=(), description="Brüche in der Reihe, aufsteigend nach Jahr"
    )
    aussage: Text | None = Field(default=None, description="Was der Indikator sagt")
    grenzen: Text | None = Field(default=None, description="Was er nicht sagt")
    ziel: Ziel | None = Field(default=None, description="Beschlossenes Ziel")
    entspricht: tuple[Entsprechung, ...] = Field(default=(), description="Derselbe Indikator in anderen Systemen")
    hinweis: Text | None = Field(default=None, description="Was der Indikator sagt und was nicht")

    @model_validator(mode="after")
    def _check_zeitbezug(self) -> Indikator:
        if self.zeitbezug == "veraenderung" and not isinstance(self.berechnung, Wert):
            text = "zeitbezug: veraenderung gibt es nur für gelieferte Veränderungen (berechnung.art: wert)."
            raise ValueError(text)
        return self

    @model_validator(mode="after")
    def _check_katalog(self) -> Indikator:
        if self.ebenen_grund is not None and self.kleinste_ebene is None:
            text = "ebenen_grund: gehört zu kleinste_ebene, die fehlt."
            raise ValueError(text)
        if self.nachweis is not None and self.nachweis.nenner and isinstance(self.berechnung, Anzahl | Wert):
            text = f"nachweis: berechnung.art: {self.berechnung.art} hat keinen Nenner, nachweis.nenner streichen."
            raise ValueError(text)
        if self.ziel is not None and self.ziel.art != ZIELRICHTUNG.get(self.richtung, self.ziel.art):
            gemeint = ZIELRICHTUNG[self.richtung]
            text = f"ziel: art: {self.ziel.art} passt nicht zu richtung: {self.richtung}. Gemeint: {gemeint}?"
            raise ValueError(text)
        if len(set(self.monitore)) != len(self.monitore):
            text = "monitore: ein Monitor steht mehrfach in der Liste."
            raise ValueError(text)
        systeme = [(e.system, e.kennung) for e in self.entspricht]
        if len(set(systeme)) != len(systeme):
            text = "entspricht: eine Kennung steht mehrfach in der Liste."
            raise ValueError(text)
        return self


class Indikatoren(Modell):
    """All Indikatoren by name."""

    indikatoren: Annotated[dict[Schluessel, Indikator], Field(min_length=1)] = Field(
        description="Indikatoren nach Name"
    )
