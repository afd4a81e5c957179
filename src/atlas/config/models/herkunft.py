"""Where areas, maps and Umstiege come from, as the book prints it."""

from __future__ import annotations

from pydantic import Field

from atlas.config.models.basis import Modell, Text


class Herkunftsangabe(Modell):
    """Where a Raumverzeichnis or polygons come from, as the book prints it."""

    titel: Text = Field(description="Bezeichnung der Daten")
    herausgeber: Text = Field(description="Herausgebende Stelle")
    lizenz: Text = Field(description="Lizenz mit Namensnennung, z. B. CC BY 3.0 DE")
    stand: Text = Field(description="Datenstand, wie er gedruckt wird")
