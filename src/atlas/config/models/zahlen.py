"""How a number is written, and what stands in its place."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from atlas.config.models.basis import Modell, Text

StatusName = Literal[
    "null_genau", "null_gerundet", "geheim", "unbekannt", "unsicher", "spaeter", "gesperrt",
    "nicht_existent", "nicht_geliefert",
]  # fmt: skip
Qualitaetsname = Literal["", "endgueltig", "vorlaeufig", "berichtigt", "geschaetzt", "eingeschraenkt"]


class Zahl(Modell):
    """How a number is written."""

    dezimal: Literal[",", "."] = Field(description="Dezimalzeichen")
    tausender: Literal[".", ",", " ", "'"] | None = Field(default=None, description="Tausenderzeichen")
    klammern: Literal["eingeschraenkt", "negativ"] | None = Field(
        default=None, description="Was eine Zahl in Klammern ist: von eingeschränkter Aussage, oder negativ"
    )
    anhaenge: dict[Text, Qualitaetsname] = Field(
        default={}, description='Was hinter der Zahl stehen darf, und was es heißt, z. B. {"%": "", r: berichtigt}'
    )

    @model_validator(mode="after")
    def _check_verschieden(self) -> Zahl:
        if self.dezimal == self.tausender:
            text = "dezimal und tausender dürfen nicht dasselbe Zeichen sein."
            raise ValueError(text)
        return self
