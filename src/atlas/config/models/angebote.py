"""config/angebote.yaml: registers of Angebote, places with a Lage that are counted in the Raum they lie in."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from atlas.config.models.basis import Adresse, Modell, Regex, Schluessel, Text
from atlas.config.models.datei import Bezugssystem, CsvDatei, ExcelDatei
from atlas.config.models.schutz import Schutzausnahme
from atlas.config.models.zahlen import Zahl
from atlas.config.models.zeit import Jahr

LAENGE_UND_BREITE: Final = "EPSG:4326"
"""What longitude and latitude mean where nothing else is declared: WGS 84."""

Listendatei = Annotated[CsvDatei | ExcelDatei, Field(discriminator="typ")]
"""A list with one thing per row: delimited text or a sheet."""


class Angebotsspalten(Modell):
    """Which column says what; a Lage is a pair of coordinates, a Raum, or both."""

    schluessel: Text = Field(description="Spalte mit dem Schlüssel des Angebots, jeder nur einmal")
    name: Text = Field(description="Spalte mit dem Namen der Einrichtung oder des Angebots")
    art: Text = Field(description="Spalte mit der Art, deren Texte unter arten stehen")
    traeger: Text | None = Field(default=None, description="Spalte mit dem Träger")
    plaetze: Text | None = Field(default=None, description="Spalte mit der Zahl der Plätze; leer heißt unbekannt")
    x: Text | None = Field(default=None, description="Spalte mit dem Ostwert (Rechtswert)")
    y: Text | None = Field(default=None, description="Spalte mit dem Nordwert (Hochwert)")
    laenge: Text | None = Field(default=None, description="Spalte mit der geographischen Länge in Grad")
    breite: Text | None = Field(default=None, description="Spalte mit der geographischen Breite in Grad")
    raum: Text | None = Field(
        default=None, description="Spalte mit dem Schlüssel des Raums; muss zur Lage passen, wo es beide gibt"
    )

    @model_validator(mode="after")
    def _check_lage(self) -> Angebotsspalten:
        if (self.x is None) != (self.y is None) or (self.laenge is None) != (self.breite is None):
            text = "spalten: x und y gehören zusammen, ebenso laenge und breite."
            raise ValueError(text)
        if self.x is not None and self.laenge is not None:
            text = "spalten: entweder x und y oder laenge und breite angeben."
            raise ValueError(text)
        if self.lage is None and self.raum is None:
            text = "spalten: ohne x und y, laenge und breite oder raum weiß niemand, wo ein Angebot liegt."
            raise ValueError(text)
        return self

    @property
    def lage(self) -> tuple[str, str] | None:
        """Name the keys of the two columns with coordinates, east before north."""
        if self.x is not None:
            return "x", "y"
        return ("laenge", "breite") if self.laenge is not None else None


class Zaehlung(Modell):
    """The Merkmal that the Angebote of a Raum become: all of them, and those of each Art as `art=<key>`."""

    merkmal: Schluessel = Field(description="Merkmal, das gezählt wird, z. B. angebote")
    jahre: tuple[Jahr, ...] = Field(default=(), description="Jahre, für die die Zählung gilt; sonst das Jahr von stand")
    ohne_schutz: Schutzausnahme | None = Field(
        default=None, description="Warum mindestfallzahl für die Zählung nicht gilt; sonst ist sie geschützt"
    )

    @model_validator(mode="after")
    def _check_jahre(self) -> Zaehlung:
        if len(set(self.jahre)) < len(self.jahre):
            text = "jahre: jedes Jahr nur einmal."
            raise ValueError(text)
        return self


class Angebotsverzeichnis(Modell):
    """One register: every row is an Angebot, every column and every Art in it is declared or ignored on purpose."""

    titel: Text = Field(description="Titel des Verzeichnisses")
    herausgeber: Text = Field(description="Wer es führt")
    lizenz: Text = Field(description="Lizenz oder Nutzungsbedingung, z. B. dl-de/by-2-0")
    namensnennung: Text | None = Field(default=None, description="Geforderter Quellenvermerk")
    url: Adresse | None = Field(default=None, description="Fundstelle")
    stand: date = Field(description="Tag, dessen Angebote das Verzeichnis nennt")
    vollstaendig: bool = Field(
        description="Ob alle Angebote der genannten Arten darin stehen; nur dann heißt keine Zeile null"
    )
    datei: Listendatei = Field(description="Datei und Aufbau")
    spalten: Angebotsspalten = Field(description="Was in welcher Spalte steht")
    spalten_ignoriere: tuple[Regex, ...] = Field(
        default=(), description="Muster der Spaltenköpfe, die bewusst nicht gelesen werden"
    )
    bezugssystem: Bezugssystem | None = Field(
        default=None, description="Koordinatensystem, z. B. EPSG:25832; nötig bei x und y, sonst EPSG:4326"
    )
    zahl: Zahl = Field(description="Schreibweise von Koordinaten und Plätzen")
    arten: Annotated[dict[str, Schluessel], Field(min_length=1)] = Field(description="Text der Datei und Art")
    arten_ignoriere: tuple[Regex, ...] = Field(
        default=(), description="Muster der Arten, deren Zeilen bewusst nicht gelesen werden"
    )
    ausserhalb: Literal["fehler", "zaehlen"] = Field(
        default="fehler", description="Angebote außerhalb aller Räume: Fehler oder nur gezählt"
    )
    zaehlen: Zaehlung | None = Field(default=None, description="Was daraus für Indikatoren gezählt wird")

    @property
    def artnamen(self) -> tuple[str, ...]:
        """Give the Arten, each once, sorted."""
        return tuple(sorted(set(self.arten.values())))

    @property
    def jahre(self) -> tuple[int, ...]:
        """Give the years that the counts hold for."""
        return (self.zaehlen.jahre if self.zaehlen else ()) or (self.stand.year,)

    @model_validator(mode="after")
    def _check_datei(self) -> Angebotsverzeichnis:
        if self.datei.mehrere:
            text = "datei: ein Verzeichnis ist eine Datei; mehrere: true gilt hier nicht."
            raise ValueError(text)
        return self

    @model_validator(mode="after")
    def _check_bezugssystem(self) -> Angebotsverzeichnis:
        if self.spalten.x is not None and self.bezugssystem is None:
            text = "bezugssystem: bei x und y nötig, z. B. EPSG:25832."
            raise ValueError(text)
        if self.spalten.lage is None and self.bezugssystem is not None:
            text = "bezugssystem: gilt nur zusammen mit x und y oder laenge und breite."
            raise ValueError(text)
        return self

    @model_validator(mode="after")
    def _check_zahl(self) -> Angebotsverzeichnis:
        if self.zahl.klammern is not None or self.zahl.anhaenge:
            text = "zahl: klammern und anhaenge gelten hier nicht."
            raise ValueError(text)
        return self

    @model_validator(mode="after")
    def _check_zaehlen(self) -> Angebotsverzeichnis:
        if self.zaehlen is not None and not self.vollstaendig:
            text = "zaehlen braucht vollstaendig: true; sonst wäre ein Raum ohne Zeile zu Unrecht eine Null."
            raise ValueError(text)
        spaetere = [jahr for jahr in self.jahre if jahr > self.stand.year]
        if spaetere:
            text = f"zaehlen.jahre: {spaetere[0]} liegt nach stand ({self.stand.year})."
            raise ValueError(text)
        return self


class Angebotsverzeichnisse(Modell):
    """All registers by name."""

    angebote: dict[Schluessel, Angebotsverzeichnis] = Field(default={}, description="Verzeichnisse nach Name")
