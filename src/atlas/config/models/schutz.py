"""What needs no minimum count: figures with no single person behind them, or that are public anyway."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from atlas.config.models.basis import Modell, Schluessel, Text


class Schutzausnahme(Modell):
    """Why a count is exempt from `mindestfallzahl`, in words for the book. Without one, every figure is protected."""

    was: Text = Field(description="Was gezählt wird, in Worten für das Buch, z. B. Eingetragene Vereine")
    grund: Text = Field(description="Warum auch kleine Zahlen gezeigt werden dürfen; steht im Buch")


class Merkmalsausnahme(Schutzausnahme):
    """The same for Merkmale of a Quelle; what is not named stays protected."""

    merkmale: Annotated[tuple[Schluessel, ...], Field(min_length=1)] = Field(
        description="Merkmale dieser Quelle, für die mindestfallzahl nicht gilt"
    )

    @model_validator(mode="after")
    def _check_einmal(self) -> Merkmalsausnahme:
        if len(set(self.merkmale)) < len(self.merkmale):
            text = "merkmale: jedes Merkmal nur einmal."
            raise ValueError(text)
        return self
