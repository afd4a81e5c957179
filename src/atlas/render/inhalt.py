"""What stands in view models, however deep: all their texts, and the signs that their tables hold."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from atlas.render.modelle import Zeichenerklaerung

if TYPE_CHECKING:
    from collections.abc import Iterator


def list_texte(modell: object) -> Iterator[str]:
    """Give every text of some view models."""
    return (teil for teil in _walk(modell) if isinstance(teil, str))


def list_zeichen_in(modell: object) -> set[str]:
    """Give the signs that stand in the tables of some view models."""
    return {teil.zeichen for teil in _walk(modell) if isinstance(teil, Zeichenerklaerung)}


def _walk(modell: object) -> Iterator[object]:
    yield modell
    if is_dataclass(modell):
        for feld in fields(modell):
            yield from _walk(getattr(modell, feld.name))
    elif isinstance(modell, tuple | list):
        for teil in modell:
            yield from _walk(teil)
