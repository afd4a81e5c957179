"""config/dimensionen.yaml: Dimensionen and Indizes, with every choice of method written out."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from atlas.config.models.basis import Modell, Schluessel, Text


class Dimension(Modell):
    """A field of life that groups Indikatoren."""

    name: Text = Field(description="Name der Dimension")
    beschreibung: Text | None = Field(default=None, description="Ein Satz")


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


class Klasse(Modell):
    """One class with its ends; von and bis belong to it, ueber and unter do not."""

    klasse: Schluessel = Field(description="Name der Klasse")
    von: float | None = Field(default=None, description="Untergrenze, die dazugehört (>=)")
    ueber: float | None = Field(default=None, description="Untergrenze, die nicht dazugehört (>)")
    bis: float | None = Field(default=None, description="Obergrenze, die dazugehört (<=)")
    unter: float | None = Field(default=None, description="Obergrenze, die nicht dazugehört (<)")


class IndexIndikator(Modell):
    """An Indikator of an Index and its weight."""

    indikator: Schluessel = Field(description="Indikator aus indikatoren.yaml")
    gewicht: Annotated[float, Field(gt=0, le=1_000_000)] = Field(description="Gewicht in der Summe")


class Differenz(Modell):
    """The change of each Indikator over a window."""

    form: Literal["prozentpunkte", "relativ"] = Field(
        description="prozentpunkte: x(t) - x(t-n); relativ: die Differenz in Prozent von x(t-n)"
    )
    jahre: Annotated[int, Field(ge=1, le=100)] = Field(description="Abstand in Jahren")


class GestufterIndex(Modell):
    """The gestufte Indexverfahren: standardise, weigh and add, standardise again, classify by cuts."""

    name: Text = Field(description="Name des Index")
    art: Literal["status", "dynamik"] = Field(description="Stand oder Entwicklung")
    ebene: Schluessel = Field(description="Ebene, deren Räume miteinander verglichen werden")
    ausgangswert: Literal["wert", "differenz", "gelieferte_veraenderung"] = Field(description="Was standardisiert wird")
    differenz: Differenz | None = Field(default=None, description="Nur bei ausgangswert: differenz")
    beobachtungsjahre: Annotated[int, Field(ge=0, le=100)] = Field(
        description="So viele Jahre vor dem Berichtsjahr gilt die Mindesteinwohnerzahl auch"
    )
    indikatoren: Annotated[tuple[IndexIndikator, ...], Field(min_length=1)] = Field(description="Indikatoren")
    standardisierung: Standardisierung = Field(description="Erster Schritt, je Indikator")
    zusammenfassung: Literal["summe", "mittelwert"] = Field(description="Wie die z-Werte zusammengefasst werden")
    restandardisierung: Standardisierung | Literal["keine"] = Field(description="Zweiter Schritt")
    klassen: Annotated[tuple[Klasse, ...], Field(min_length=2)] = Field(
        description="Klassen von der geringsten zur höchsten Belastung"
    )
    quelle: Text = Field(description="Woher das Verfahren stammt; »Auftraggeber«, wenn es niemand veröffentlicht hat")

    @model_validator(mode="after")
    def _check(self) -> GestufterIndex:
        if (self.differenz is not None) != (self.ausgangswert == "differenz"):
            text = "der Block differenz gehört genau zu ausgangswert: differenz."
            raise ValueError(text)
        if isinstance(self.restandardisierung, Standardisierung) and self.restandardisierung.zentrum == "gesamtwert":
            text = "restandardisierung: zentrum muss raummittel sein; eine Summe hat keinen Gesamtwert."
            raise ValueError(text)
        if self.standardisierung.zentrum == "gesamtwert" and self.ausgangswert == "gelieferte_veraenderung":
            text = "zentrum: gesamtwert gibt es nicht für gelieferte Veränderungen."
            raise ValueError(text)
        mehrfach = [i.indikator for i in self.indikatoren]
        if len(set(mehrfach)) != len(mehrfach):
            text = "indikatoren: ein Indikator steht mehrfach in der Liste."
            raise ValueError(text)
        _check_lueckenlos(self.klassen)
        return self


def _check_lueckenlos(klassen: tuple[Klasse, ...]) -> None:
    """Demand classes in rising order whose ends meet: every value belongs to exactly one class."""
    erste, letzte = klassen[0], klassen[-1]
    if (erste.von, erste.ueber) != (None, None) or (letzte.bis, letzte.unter) != (None, None):
        text = "klassen: die erste ist nach unten, die letzte nach oben offen."
        raise ValueError(text)
    for links, rechts in pairwise(klassen):
        beruehrt = (links.bis is not None and links.bis == rechts.ueber and links.unter is None) or (
            links.unter is not None and links.unter == rechts.von and links.bis is None
        )
        if not beruehrt or (rechts.von is not None and rechts.ueber is not None):
            text = (
                f"klassen: zwischen {links.klasse} und {rechts.klasse} passt die Grenze nicht "
                "(unter/von oder bis/ueber mit demselben Wert)."
            )
            raise ValueError(text)
    grenzen = [k.bis if k.bis is not None else k.unter for k in klassen[:-1]]
    if any(a is None or b is None or a >= b for a, b in pairwise(grenzen)):
        text = "klassen: die Grenzen müssen von Klasse zu Klasse steigen."
        raise ValueError(text)
    namen = [k.klasse for k in klassen]
    if len(set(namen)) != len(namen):
        text = "klassen: jeder Name darf nur einmal vorkommen."
        raise ValueError(text)


class Gesamtindex(Modell):
    """The pair of the classes of two Indizes; it has no number of its own."""

    name: Text = Field(description="Name des Gesamtindex")
    status: Schluessel = Field(description="Index für den Stand")
    dynamik: Schluessel = Field(description="Index für die Entwicklung")


class Dimensionen(Modell):
    """Dimensionen, Indizes, Gesamtindex."""

    dimensionen: Annotated[dict[Schluessel, Dimension], Field(min_length=1)] = Field(
        description="Dimensionen nach Name"
    )
    indizes: Annotated[dict[Schluessel, GestufterIndex], Field(min_length=1)] = Field(description="Indizes nach Name")
    gesamt: Gesamtindex | None = Field(default=None, description="Gesamtindex aus Status und Dynamik")
    klassennamen: dict[Schluessel, Text] = Field(description="Beschriftung jeder Klasse")
    hinweis: Text | None = Field(
        default=None, description="Ein Satz zum Verfahren, der unter »Das Wichtigste in Kürze« und »Methoden« steht"
    )
