"""Indizes of config/dimensionen.yaml: written out in full, or on a named method."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator

from atlas.config.models.basis import Modell, Schluessel, Text
from atlas.config.models.klassen import Klassen
from atlas.config.models.verfahren import (
    Differenz,
    Indexart,
    Restandardisierung,
    Standardisierung,
    Verfahrensname,
    Zusammenfassung,
    check_restandardisierung,
)

AUS_VERFAHREN = ("ausgangswert", "standardisierung", "zusammenfassung", "restandardisierung", "klassen", "quelle")
"""What an Index may leave to the method it names."""


class IndexIndikator(Modell):
    """An Indikator of an Index and its weight."""

    indikator: Schluessel = Field(description="Indikator aus indikatoren.yaml")
    gewicht: Annotated[float, Field(gt=0, le=1_000_000)] = Field(description="Gewicht in der Summe")


def _loosen(schema: dict[str, Any]) -> None:
    """Say in the schema for editors what may be missing beside `verfahren`."""
    schema["required"] = [name for name in schema["required"] if name not in AUS_VERFAHREN]
    schema["anyOf"] = [{"required": ["verfahren"]}, {"required": list(AUS_VERFAHREN)}]


class GestufterIndex(Modell):
    """The gestufte Indexverfahren: standardise, weigh and add, standardise again, classify by cuts.

    What a named method says is laid in before (`config/verfahren.py`): here an Index is complete.
    """

    model_config = ConfigDict(json_schema_extra=_loosen)

    name: Text = Field(description="Name des Index")
    art: Indexart = Field(description="Stand oder Entwicklung; dimension entsteht aus dem index einer Dimension")
    ebene: Schluessel = Field(description="Ebene, deren Räume miteinander verglichen werden")
    verfahren: Verfahrensname | None = Field(
        default=None, description="Verfahren, das gilt, soweit der Index nichts anderes sagt"
    )
    ausgangswert: Literal["wert", "differenz", "gelieferte_veraenderung"] = Field(description="Was standardisiert wird")
    differenz: Differenz | None = Field(default=None, description="Nur bei ausgangswert: differenz")
    beobachtungsjahre: Annotated[int, Field(ge=0, le=100)] = Field(
        description="So viele Jahre vor dem Berichtsjahr gilt die Mindesteinwohnerzahl auch"
    )
    indikatoren: Annotated[tuple[IndexIndikator, ...], Field(min_length=1)] = Field(description="Indikatoren")
    standardisierung: Standardisierung = Field(description="Erster Schritt, je Indikator")
    zusammenfassung: Zusammenfassung = Field(description="Wie die z-Werte zusammengefasst werden")
    restandardisierung: Restandardisierung = Field(description="Zweiter Schritt")
    klassen: Klassen = Field(description="Klassen von der geringsten zur höchsten Belastung")
    quelle: Text = Field(description="Woher das Verfahren stammt; »Auftraggeber«, wenn es niemand veröffentlicht hat")

    @model_validator(mode="after")
    def _check(self) -> GestufterIndex:
        if (self.differenz is not None) != (self.ausgangswert == "differenz"):
            text = "der Block differenz gehört genau zu ausgangswert: differenz."
            raise ValueError(text)
        check_restandardisierung(self.standardisierung, self.restandardisierung)
        if self.standardisierung.zentrum == "gesamtwert" and self.ausgangswert == "gelieferte_veraenderung":
            text = "zentrum: gesamtwert gibt es nicht für gelieferte Veränderungen."
            raise ValueError(text)
        check_einmalig(self.indikatoren)
        return self


def check_einmalig(indikatoren: tuple[IndexIndikator, ...]) -> None:
    """Refuse an Indikator that stands in the list of an Index more than once."""
    namen = [eintrag.indikator for eintrag in indikatoren]
    doppelte = sorted({name for name in namen if namen.count(name) > 1})
    if doppelte:
        text = f"indikatoren: mehrfach in der Liste: {', '.join(doppelte)}. Jeder Indikator darf nur einmal eingehen."
        raise ValueError(text)


class Gesamtindex(Modell):
    """The pair of the classes of two Indizes; it has no number of its own."""

    name: Text = Field(description="Name des Gesamtindex")
    status: Schluessel = Field(description="Index für den Stand")
    dynamik: Schluessel = Field(description="Index für die Entwicklung")
