"""config/raeume.yaml, umstiege and gewichtung: how counts of an older Gebietsstand come to the one of the project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import Field, model_validator

from atlas.config.models.basis import Modell, Regex, Schluessel, Text
from atlas.config.models.datei import Tabellendatei
from atlas.config.models.herkunft import Herkunftsangabe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VERGEBEN: Final = "ganz"
"""`atlas.tables.raum.GANZ`, not imported from there: reading a configuration needs no tables."""


class Umstiegsspalten(Modell):
    """The columns of an Umstiegsschlüssel: old key, new key, and a share for every Gewichtung."""

    von: Text = Field(description="Spalte mit dem alten Schlüssel")
    nach: Text = Field(description="Spalte mit dem neuen Schlüssel")
    anteile: dict[Schluessel, Text] = Field(
        default={},
        description="Gewichtung und Spalte mit ihrem Anteil (0 bis 1); ohne Angabe geht jeder alte Raum ganz in einen",
    )

    @model_validator(mode="after")
    def _check_spalten(self) -> Umstiegsspalten:
        if self.von == self.nach or {self.von, self.nach} & set(self.anteile.values()):
            text = "von, nach und anteile brauchen verschiedene Spalten."
            raise ValueError(text)
        if VERGEBEN in self.anteile:
            text = f"anteile: der Name {VERGEBEN} ist vergeben (für Räume, die ganz in einen neuen gehen). Umbenennen."
            raise ValueError(text)
        return self


class Umstieg(Modell):
    """A file that carries the Räume of one Gebietsstand to those of another."""

    von: Text = Field(description="Alter Gebietsstand, wie ihn die Quellen nennen, z. B. 2010-12-31")
    nach: Text = Field(description="Neuer Gebietsstand; der des Projekts oder der alte eines weiteren Umstiegs")
    herkunft: Herkunftsangabe | None = Field(
        default=None, description="Titel, Herausgeber, Lizenz und Stand, wie sie unter »Datenquellen« stehen"
    )
    datei: Tabellendatei = Field(description="Datei des Umstiegsschlüssels")
    spalten: Umstiegsspalten = Field(description="Spalten der Datei")
    dezimal: Literal[".", ","] = Field(default=",", description="Dezimalzeichen der Anteile")
    auffuellen: Annotated[int, Field(ge=1, le=20)] | None = Field(
        default=None, description="Schlüssel mit Nullen von links auf so viele Stellen auffüllen"
    )
    stellen: Annotated[int, Field(ge=1, le=20)] | None = Field(
        default=None, description="Nur die ersten n Zeichen der (aufgefüllten) Schlüssel"
    )
    auswahl: dict[Text, Regex] = Field(
        default={}, description="Spalte und Muster, dem ihr Text ganz entspricht; andere Zeilen entfallen"
    )
    toleranz: Annotated[float, Field(ge=0, le=0.1)] = Field(
        default=0.001, description="Wie weit die Summe der Anteile eines alten Raums von 1 abweichen darf"
    )
    schwelle: Annotated[float, Field(ge=0, le=0.05)] = Field(
        default=0.0, description="Kleinere Anteile entfallen (Splitter aus ungenauen Grenzen)"
    )
    umfang: Literal["vollstaendig", "nur_aenderungen"] = Field(
        default="vollstaendig",
        description="vollstaendig: die Datei nennt jeden Raum ihrer Ebenen; nur_aenderungen: die anderen bleiben",
    )
    unveraenderte_ebenen: tuple[Schluessel, ...] = Field(
        default=(), description="Ebenen, deren Räume an beiden Gebietsständen dieselben sind, z. B. kreis"
    )

    @model_validator(mode="after")
    def _check_umstieg(self) -> Umstieg:
        if self.von == self.nach:
            text = f"von und nach nennen denselben Gebietsstand {self.von}."
            raise ValueError(text)
        if self.datei.mehrere:
            text = "datei: ein Umstieg ist eine Datei; mehrere: true gilt hier nicht."
            raise ValueError(text)
        if not self.spalten.anteile and self.schwelle:
            text = "schwelle gilt nur zusammen mit spalten.anteile."
            raise ValueError(text)
        return self


class Gruppengewichtung(Modell):
    """The Gewichtung of one group of a Merkmal, such as the children for the children."""

    merkmal: Schluessel = Field(description="Merkmal")
    gruppe: Text = Field(description="Teilgruppe, z. B. alter=u15")
    gewichtung: Schluessel = Field(description="Gewichtung, wie sie unter umstiege.spalten.anteile heißt")


class Gewichtung(Modell):
    """Which Gewichtung fits what is counted: the people who could be counted, not all people."""

    standard: Schluessel = Field(description="Gewichtung für alles, was keine eigene hat, z. B. bevoelkerung")
    merkmale: dict[Schluessel, Schluessel] = Field(
        default={}, description="Merkmal und Gewichtung aller seiner Gruppen, z. B. {betriebe: flaeche}"
    )
    gruppen: tuple[Gruppengewichtung, ...] = Field(default=(), description="Gewichtung einzelner Teilgruppen")

    @model_validator(mode="after")
    def _check_gruppen(self) -> Gewichtung:
        namen = [(eintrag.merkmal, eintrag.gruppe) for eintrag in self.gruppen]
        doppelt = sorted({f"{merkmal} {gruppe}" for merkmal, gruppe in namen if namen.count((merkmal, gruppe)) > 1})
        if doppelt:
            text = f"gruppen: {', '.join(doppelt)} hat zwei Gewichtungen."
            raise ValueError(text)
        return self

    @property
    def namen(self) -> frozenset[str]:
        """Name every Gewichtung that something is converted with."""
        return frozenset({self.standard, *self.merkmale.values(), *(e.gewichtung for e in self.gruppen)})


def find_widersprueche(umstiege: Sequence[Umstieg], gewichtung: Gewichtung | None, gebietsstand: str) -> Iterator[str]:
    """Say in German what keeps the Umstiege of a project from working together; nothing when they do."""
    paare = [(umstieg.von, umstieg.nach) for umstieg in umstiege]
    for von, nach in sorted({paar for paar in paare if paare.count(paar) > 1}):
        yield f"umstiege: {von} → {nach} steht zweimal. Zu einem Umstieg zusammenfassen."
    erreichbar = {gebietsstand}
    for _ in paare:
        erreichbar |= {von for von, nach in paare if nach in erreichbar}
    for von, nach in paare:
        if von == gebietsstand:
            yield f"umstiege: {von} → {nach} führt vom Gebietsstand des Projekts weg. Streichen."
        if nach not in erreichbar:
            yield f"umstiege: {von} → {nach} führt nicht zum Gebietsstand {gebietsstand}. Umstieg von {nach} ergänzen."
    for umstieg in umstiege:
        anteile = umstieg.spalten.anteile
        if anteile and gewichtung is None:
            yield f"gewichtung fehlt: {umstieg.von} → {umstieg.nach} hat Anteile ({', '.join(anteile)}). Ergänzen."
        fehlend = gewichtung.namen - set(anteile) if anteile and gewichtung else frozenset[str]()
        for name in sorted(fehlend):
            vorhanden = ", ".join(anteile)
            yield (
                f"gewichtung: {umstieg.von} → {umstieg.nach} hat keine Anteile {name} (vorhanden: {vorhanden}). "
                f"Unter spalten.anteile die Spalte nennen, die am besten passt."
            )
