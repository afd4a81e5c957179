"""config/quellen.yaml: how each delivery is read. Nothing is inferred, nothing is dropped."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from atlas.config.models.basis import Modell, Regex, Schluessel, Text
from atlas.config.models.datei import CsvDatei

StatusName = Literal[
    "null_genau", "null_gerundet", "geheim", "unbekannt", "unsicher", "spaeter", "gesperrt",
    "nicht_existent", "nicht_geliefert",
]  # fmt: skip


class QuellSchluessel(Modell):
    """Which column holds the key of the Raum, and what keys of each level look like."""

    spalte: Text = Field(description="Spalte mit dem Raumschlüssel")
    ebenen: Annotated[dict[Schluessel, Regex], Field(min_length=1)] = Field(
        description="Ebene und Muster ihrer Schlüssel; jeder Schlüssel muss genau einem Muster entsprechen"
    )
    auffuellen: Annotated[int, Field(ge=1, le=20)] | None = Field(
        default=None, description="Mit Nullen von links auf so viele Stellen auffüllen"
    )
    zuordnung: dict[Text, Text] = Field(
        default={}, description='Schlüssel für Angaben, die keiner sind, z. B. {Landkreis: "99001"} für die Summenzeile'
    )
    nicht_raum: Regex | None = Field(default=None, description="Schlüssel, die keinen Raum bezeichnen (Zeile entfällt)")


def _check_stichtag(stichtag: str) -> str:
    text = f"»{stichtag}« ist kein Tag der Form Monat-Tag, z. B. 12-31."
    if not re.fullmatch(r"\d{2}-\d{2}", stichtag):
        raise ValueError(text)
    try:
        date.fromisoformat(f"2001-{stichtag}")
    except ValueError as fehler:
        raise ValueError(text) from fehler
    return stichtag


class Zeit(Modell):
    """Which Berichtsjahr a row belongs to, and the reference day beside it."""

    spalte: Text | None = Field(default=None, description="Spalte mit dem Jahr")
    dateiname: Regex | None = Field(default=None, description="Muster über dem Dateinamen mit der Gruppe jahr")
    fest: Annotated[int, Field(ge=1000, le=2999)] | None = Field(
        default=None, description="Dasselbe Jahr für alle Zeilen"
    )
    muster: Regex | None = Field(
        default=None, description="Muster über der Spalte mit der Gruppe jahr, z. B. (?P<jahr>\\d{4})12"
    )
    stichtag: Annotated[str, AfterValidator(_check_stichtag)] | None = Field(
        default=None, description="Stichtag im Berichtsjahr als Monat-Tag, z. B. 12-31"
    )

    @model_validator(mode="after")
    def _check_eine(self) -> Zeit:
        if sum(angabe is not None for angabe in (self.spalte, self.dateiname, self.fest)) != 1:
            text = "genau eine der Angaben spalte, dateiname oder fest ist nötig."
            raise ValueError(text)
        if self.muster is not None and self.spalte is None:
            text = "muster gilt nur zusammen mit spalte; für Dateinamen steht das Muster unter dateiname."
            raise ValueError(text)
        for muster in (self.dateiname, self.muster):
            if muster is not None and "(?P<jahr>" not in muster:
                text = f"»{muster}« braucht die Gruppe (?P<jahr>...)."
                raise ValueError(text)
        return self


class Wertspalte(Modell):
    """One column of figures."""

    spalte: Text = Field(description="Spaltenkopf, genau wie in der Datei")
    merkmal: Schluessel = Field(description="Merkmal, das die Spalte zählt")
    gruppe: str = Field(default="", description="Teilgruppe, z. B. alter=u15; leer heißt insgesamt")
    symbole: dict[str, StatusName] = Field(
        default={}, description="Zeichen, die nur in dieser Spalte eine Bedeutung haben"
    )
    von: float | None = Field(default=None, description="Kleinster zulässiger Wert")
    bis: float | None = Field(default=None, description="Größter zulässiger Wert")


class Werte(Modell):
    """Which columns are figures and which are left out on purpose."""

    spalten: Annotated[tuple[Wertspalte, ...], Field(min_length=1)] = Field(description="Wertspalten")
    ignoriere: tuple[Regex, ...] = Field(
        default=(), description="Muster der Spaltenköpfe, die bewusst nicht gelesen werden"
    )

    @model_validator(mode="after")
    def _check_einmal(self) -> Werte:
        gesehen: set[tuple[str, str]] = set()
        for spalte in self.spalten:
            if (spalte.merkmal, spalte.gruppe) in gesehen:
                name = f"{spalte.merkmal} {spalte.gruppe}".rstrip()
                text = f"spalten: {name} steht für zwei Spalten. merkmal oder gruppe unterscheiden."
                raise ValueError(text)
            gesehen.add((spalte.merkmal, spalte.gruppe))
        return self


class Zahl(Modell):
    """How a number is written."""

    dezimal: Literal[",", "."] = Field(description="Dezimalzeichen")
    tausender: Literal[".", ",", " ", "'"] | None = Field(default=None, description="Tausenderzeichen")

    @model_validator(mode="after")
    def _check_verschieden(self) -> Zahl:
        if self.dezimal == self.tausender:
            text = "dezimal und tausender dürfen nicht dasselbe Zeichen sein."
            raise ValueError(text)
        return self


class Quelle(Modell):
    """One statistical source."""

    titel: Text = Field(description="Titel der Statistik oder Tabelle")
    herausgeber: Text = Field(description="Wer sie veröffentlicht")
    lizenz: Text = Field(description="Lizenz oder Nutzungsbedingung, z. B. dl-de/by-2-0")
    namensnennung: Text | None = Field(default=None, description="Geforderter Quellenvermerk")
    url: Text | None = Field(default=None, description="Fundstelle")
    stand: date = Field(description="Datenstand der Lieferung")
    vorlaeufig: bool = Field(default=False, description="Ob die Lieferung vorläufig ist")
    datei: CsvDatei = Field(description="Datei und Aufbau")
    schluessel: QuellSchluessel = Field(description="Raumschlüssel")
    zeit: Zeit = Field(description="Berichtsjahr und Stichtag")
    werte: Werte = Field(description="Wertspalten")
    zahl: Zahl = Field(description="Schreibweise der Zahlen")
    symbole: dict[str, StatusName] = Field(default={}, description="Zeichen statt Zahlen und ihre Bedeutung")
    vollstaendig: bool = Field(
        default=True, description="Ob für jeden Raum der gelieferten Ebenen eine Zeile erwartet wird"
    )


class Quellen(Modell):
    """All sources by name."""

    quellen: Annotated[dict[Schluessel, Quelle], Field(min_length=1)] = Field(description="Quellen nach Name")
