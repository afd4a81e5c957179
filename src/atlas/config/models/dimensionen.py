"""config/dimensionen.yaml: Monitore, Dimensionen, named methods and Indizes."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field, model_validator

from atlas.config.models.basis import Modell, Schluessel, Text
from atlas.config.models.indizes import Gesamtindex, GestufterIndex, IndexIndikator, check_einmalig
from atlas.config.models.verfahren import Verfahren, Verfahrensname

DIMENSIONSINDEX: Final = "dim_"
"""The name of the Index of a Dimension begins with this."""


class Monitor(Modell):
    """A series of reports that takes its figures from the same catalogue."""

    name: Text = Field(description="Name des Monitors")
    beschreibung: Text = Field(description="Ein Satz: wofür er da ist")


class Dimensionsindex(Modell):
    """The Index that rates the Räume in one Dimension; how it is computed is what its method says."""

    verfahren: Verfahrensname = Field(description="Verfahren mit Klassen für die Art dimension")
    ebene: Schluessel = Field(description="Ebene, deren Räume miteinander verglichen werden")
    indikatoren: Annotated[tuple[IndexIndikator, ...], Field(min_length=1)] = Field(description="Indikatoren")
    beobachtungsjahre: Annotated[int, Field(ge=0, le=100)] = Field(
        default=0, description="So viele Jahre vor dem Berichtsjahr gilt die Mindesteinwohnerzahl auch"
    )

    @model_validator(mode="after")
    def _check(self) -> Dimensionsindex:
        check_einmalig(self.indikatoren)
        return self


class Dimension(Modell):
    """A field of life that groups Indikatoren."""

    name: Text = Field(description="Name der Dimension")
    beschreibung: Text | None = Field(default=None, description="Ein Satz")
    buendel: dict[Schluessel, Text] = Field(default={}, description="Indikatorenbündel der Dimension und ihre Namen")
    index: Dimensionsindex | None = Field(
        default=None, description="Einstufung der Räume in dieser Dimension; ergibt den Index dim_ und Name"
    )


class Dimensionen(Modell):
    """Monitore, Dimensionen, methods, Indizes, Gesamtindex."""

    monitore: dict[Schluessel, Monitor] = Field(default={}, description="Monitore nach Name")
    dimensionen: Annotated[dict[Schluessel, Dimension], Field(min_length=1)] = Field(
        description="Dimensionen nach Name"
    )
    verfahren: dict[Verfahrensname, Verfahren] = Field(default={}, description="Benannte Verfahren")
    indizes: Annotated[dict[Schluessel, GestufterIndex], Field(min_length=1)] = Field(description="Indizes nach Name")
    gesamt: Gesamtindex | None = Field(default=None, description="Gesamtindex aus Status und Dynamik")
    klassennamen: dict[Schluessel, Text] = Field(description="Beschriftung jeder Klasse")
    hinweis: Text | None = Field(
        default=None, description="Ein Satz zum Verfahren, der unter »Das Wichtigste in Kürze« und »Methoden« steht"
    )

    @model_validator(mode="after")
    def _check_hauptindex(self) -> Dimensionen:
        if all(index.art == "dimension" for index in self.indizes.values()):
            text = "indizes: wenigstens ein Index der Art status oder dynamik ist nötig."
            raise ValueError(text)
        return self
