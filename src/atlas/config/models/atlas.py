"""config/atlas.yaml: who publishes what, and as of when."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from atlas.config.models.basis import Modell, Text


class Atlas(Modell):
    """The book as a whole."""

    titel: Text = Field(description="Titel auf dem Umschlag")
    untertitel: Text = Field(description="Zweite Zeile auf dem Umschlag")
    gebiet: Text = Field(description="Name des Gebiets, wie er im Satz steht, z. B. »Landkreis Musterland«")
    herausgeber: Text = Field(description="Herausgebende Stelle, so wie sie im Impressum steht")
    kontakt: Text | None = Field(default=None, description="Anschrift oder E-Mail im Impressum")
    stand: date = Field(description="Datum der Ausgabe; es steht auf dem Umschlag und in den PDF-Angaben")
    berichtsjahr: Annotated[int, Field(ge=1900, le=2200)] = Field(description="Jahr, das der Atlas zeigt")
    hinweis: Text | None = Field(
        default=None, description="Ein Satz auf dem Umschlag, z. B. dass die Angaben erfunden sind"
    )
