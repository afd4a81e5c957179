"""config/beitraege.yaml: what freie Träger and Sozialraumkonferenzen contribute in words, per Raum."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from atlas.config.models.angebote import Listendatei
from atlas.config.models.basis import Adresse, Modell, Regex, Schluessel, Text

Beitragsart = Literal["staerke", "schwaeche", "chance", "risiko", "hinweis"]
"""The four fields of a SWOT analysis, and what fits none of them."""


class Beitragsspalten(Modell):
    """Which column says what."""

    schluessel: Text = Field(description="Spalte mit dem Schlüssel des Beitrags, jeder nur einmal")
    raum: Text = Field(description="Spalte mit dem Schlüssel des Raums, gleich welcher Ebene")
    art: Text = Field(description="Spalte mit der Art, deren Texte unter arten stehen")
    absender: Text = Field(description="Spalte mit der Stelle, die den Beitrag gibt (keine Person)")
    datum: Text = Field(description="Spalte mit dem Tag des Beitrags")
    text: Text = Field(description="Spalte mit dem Beitrag, höchstens 1.500 Zeichen")


class Sammlung(Modell):
    """One collection of contributions: every row is one, every column and Art in it is declared or ignored."""

    titel: Text = Field(description="Titel der Sammlung")
    herausgeber: Text = Field(description="Wer die Beiträge gesammelt hat")
    lizenz: Text = Field(description="Lizenz oder Nutzungsbedingung, z. B. dl-de/by-2-0")
    namensnennung: Text | None = Field(default=None, description="Geforderter Quellenvermerk")
    url: Adresse | None = Field(default=None, description="Fundstelle")
    stand: date = Field(description="Tag, bis zu dem gesammelt wurde")
    datei: Listendatei = Field(description="Datei und Aufbau")
    spalten: Beitragsspalten = Field(description="Was in welcher Spalte steht")
    spalten_ignoriere: tuple[Regex, ...] = Field(
        default=(), description="Muster der Spaltenköpfe, die bewusst nicht gelesen werden"
    )
    datumsform: Literal["TT.MM.JJJJ", "JJJJ-MM-TT"] = Field(
        description="Schreibweise der Tage; ein Datum in einer Arbeitsmappe ist JJJJ-MM-TT"
    )
    arten: Annotated[dict[str, Beitragsart], Field(min_length=1)] = Field(description="Text der Datei und Art")
    arten_ignoriere: tuple[Regex, ...] = Field(
        default=(), description="Muster der Arten, deren Zeilen bewusst nicht gelesen werden"
    )


class Beitragssammlungen(Modell):
    """All collections by name."""

    beitraege: dict[Schluessel, Sammlung] = Field(default={}, description="Sammlungen nach Name")
