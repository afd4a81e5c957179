"""A number with its noun: »1 Datei«, »2 Dateien«."""

from __future__ import annotations


def count(anzahl: int, einzahl: str, mehrzahl: str) -> str:
    """Give the number and the noun in the form that fits it."""
    return f"{anzahl} {einzahl if anzahl == 1 else mehrzahl}"
