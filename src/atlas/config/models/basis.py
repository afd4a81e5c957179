"""What all configuration models share."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


class Modell(BaseModel):
    """Strict, frozen, no unknown keys."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def _check_regex(muster: str) -> str:
    try:
        re.compile(muster)
    except re.error as fehler:
        text = f"»{muster}« ist kein gültiger regulärer Ausdruck (Stelle {fehler.pos})."
        raise ValueError(text) from fehler
    return muster


Text = Annotated[str, Field(min_length=1)]
Regex = Annotated[str, Field(min_length=1), AfterValidator(_check_regex)]
SCHLUESSELMUSTER = r"^[a-z][a-z0-9_]*$"
Schluessel = Annotated[str, Field(pattern=SCHLUESSELMUSTER)]
"""Lower case, ASCII, digits and underscores: names that become columns, file names and anchors."""
