"""How a delivered text file is laid out; shared by the Raumverzeichnis and the Quellen."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from atlas.config.models.basis import Modell, Regex, Text

Zeichensatz = Literal["utf-8", "cp1252", "iso-8859-15", "iso-8859-1", "utf-16"]


def _check_glob(glob: str) -> str:
    pfad = PurePosixPath(glob)
    if pfad.is_absolute() or ".." in pfad.parts or not pfad.parts:
        text = f"»{glob}« muss ein Pfad unter data/raw (oder --roh) sein, ohne / am Anfang und ohne »..«."
        raise ValueError(text)
    if any("**" in teil and teil != "**" for teil in pfad.parts):
        text = f"»{glob}«: ** steht nur allein zwischen zwei Schrägstrichen."
        raise ValueError(text)
    return glob


Glob = Annotated[Text, AfterValidator(_check_glob)]


class CsvDatei(Modell):
    """Delimited text."""

    typ: Literal["csv"] = Field(description="Dateityp")
    glob: Glob = Field(description="Pfad unter data/raw (oder --roh), mit * und ?")
    mehrere: bool = Field(default=False, description="Ob das Muster mehrere Dateien treffen darf")
    zeichensatz: Zeichensatz = Field(description="Zeichensatz der Datei; ein BOM wird erkannt")
    trenner: Literal[";", ",", "\t", "|"] = Field(description="Trennzeichen zwischen den Spalten")
    kopf: Regex | None = Field(
        default=None, description="Muster der ersten Zelle der Kopfzeile; ohne Angabe ist es die erste Zeile"
    )
    ende: Regex | None = Field(default=None, description="Muster der ersten Zelle, mit der die Fußzeilen beginnen")


class GeojsonDatei(Modell):
    """GeoJSON after RFC 7946 (longitude and latitude, WGS 84); the columns are the properties."""

    typ: Literal["geojson"] = Field(description="Dateityp")
    glob: Glob = Field(description="Pfad unter data/raw (oder --roh)")


Datei = Annotated[CsvDatei | GeojsonDatei, Field(discriminator="typ")]


class Ersetzung(Modell):
    """A wrong key of one feature or row, corrected by declaration; the file itself is never edited.

    The guard `wenn` must hit exactly one row; when the provider has mended the file, the run stops
    and says so.
    """

    schluessel: Text = Field(description="Schlüssel, wie er in der Datei steht")
    wenn: dict[Text, str] = Field(description="Spalten und Werte, an denen die eine Zeile erkannt wird")
    ersetze: Text = Field(description="Richtiger Schlüssel")
    grund: Text = Field(description="Warum, und woher man es weiß")

    @model_validator(mode="after")
    def _check_wenn(self) -> Ersetzung:
        if not self.wenn:
            text = "»wenn« braucht mindestens eine Spalte, an der die Zeile erkannt wird."
            raise ValueError(text)
        return self
