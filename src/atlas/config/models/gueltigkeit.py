"""Dated lists of areas: which keys exist on which day, so that a dash of a dissolved area is not read as zero."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from atlas.config.models.basis import Modell, Regex, Text
from atlas.config.models.datei import Datei


class Gueltigkeit(Modell):
    """The keys of a file exist from `von` to `bis`, but for those that were dissolved or founded in between."""

    datei: Datei = Field(description="Datei mit den Schlüsseln, z. B. Gemeindeverzeichnis oder Grenzen")
    schluessel: Text = Field(description="Spalte mit dem Schlüssel")
    stellen: tuple[Annotated[int, Field(ge=1)], ...] = Field(
        default=(), description="Auch die ersten n Zeichen sind Schlüssel, z. B. [2, 5, 8] für Land, Kreis, Gemeinde"
    )
    gilt_fuer: Regex = Field(
        description="Muster der Schlüssel, von denen die Liste alle nennt; andere bleiben unbekannt, z. B. \\d{5}"
    )
    von: date = Field(description="Erster Tag, für den die Liste gilt")
    bis: date = Field(description="Letzter Tag, für den die Liste mit den genannten Änderungen gilt")
    erloschen: dict[Text, date] = Field(
        default={}, description='Schlüssel und letzter Tag, z. B. {"16056": 2021-06-30} für Eisenach'
    )
    neu: dict[Text, date] = Field(default={}, description="Schlüssel und erster Tag, die der Liste noch fehlen")

    @model_validator(mode="after")
    def _check_datei(self) -> Gueltigkeit:
        if getattr(self.datei, "mehrere", False):
            text = "datei: eine Gültigkeitsliste ist eine Datei; mehrere: true gilt hier nicht."
            raise ValueError(text)
        return self

    @model_validator(mode="after")
    def _check_zeitraum(self) -> Gueltigkeit:
        if self.von > self.bis:
            text = "von liegt nach bis."
            raise ValueError(text)
        return self
