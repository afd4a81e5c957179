"""config/ausgaben.yaml: editions, and what each may show."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from atlas.config.models.basis import Modell, Schluessel, Text

SperrbareArt = Literal["indikator", "zaehler", "nenner", "index", "rang", "abstand", "bevoelkerung"]


class Geheimhaltung(Modell):
    """The plain minimum-count rule of an Ausgabe."""

    mindestfallzahl: Annotated[int, Field(ge=0, le=1_000)] = Field(
        description="Zähler (und bei Anteilen und Raten der Rest zum Nenner) von 1 bis darunter werden nicht gezeigt"
    )
    mindestnenner: Annotated[int, Field(ge=0, le=1_000_000)] = Field(
        description="Werte mit einem kleineren Nenner werden nicht gezeigt"
    )


class Ausgabe(Modell):
    """One edition."""

    titel: Text = Field(description="Bezeichnung auf dem Umschlag")
    empfaenger: Text = Field(description="Wer sie bekommen darf")
    geheimhaltung: Geheimhaltung | Literal["keine"] = Field(description="Regel, oder keine für den internen Gebrauch")
    nicht_gezeigt: tuple[SperrbareArt, ...] = Field(
        default=(), description="Zahlen, die diese Ausgabe nicht zeigt; Klassen bleiben sichtbar"
    )

    @property
    def ist_geschuetzt(self) -> bool:
        """Tell whether any small number is withheld."""
        regel = self.geheimhaltung
        return regel != "keine" and max(regel.mindestfallzahl, regel.mindestnenner) > 1


class Ausgaben(Modell):
    """Editions by name."""

    ausgaben: Annotated[dict[Schluessel, Ausgabe], Field(min_length=1)] = Field(description="Ausgaben nach Name")
