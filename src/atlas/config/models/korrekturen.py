"""config/korrekturen.yaml: cells that are known to be wrong, corrected by declaration with a guard."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from atlas.config.models.basis import Modell, Schluessel, Text
from atlas.config.models.zahlen import StatusName


class Korrektur(Modell):
    """One corrected cell. The guard `erwartet` must still be what was delivered, else the run stops and says so."""

    quelle: Schluessel = Field(description="Quelle, deren Lieferung falsch ist")
    raum_id: Text = Field(description="Schlüssel des Raums")
    jahr: int = Field(description="Berichtsjahr")
    merkmal: Schluessel = Field(description="Merkmal")
    gruppe: str = Field(default="", description="Teilgruppe; leer heißt insgesamt")
    erwartet: float | StatusName = Field(
        description="Zahl oder Status, wie geliefert; ist die Lieferung berichtigt, hält der Lauf an und sagt es"
    )
    wert: float | None = Field(default=None, description="Richtiger Wert")
    status: Literal["geheim", "unbekannt", "unsicher", "gesperrt", "nicht_existent", "nicht_geliefert"] | None = Field(
        default=None, description="Grund, warum es keinen richtigen Wert gibt, statt wert"
    )
    grund: Text = Field(description="Warum der gelieferte Wert falsch ist, und woher man den richtigen weiß")
    stelle: Text = Field(description="Wer die Korrektur verantwortet (Stelle, keine Person)")
    am: date = Field(description="Tag der Korrektur")

    @model_validator(mode="after")
    def _check_ergebnis(self) -> Korrektur:
        if (self.wert is None) == (self.status is None):
            text = "genau eine der Angaben wert oder status ist nötig."
            raise ValueError(text)
        return self


class Korrekturen(Modell):
    """All corrections by name."""

    korrekturen: dict[Schluessel, Korrektur] = Field(default={}, description="Korrekturen nach Name")
