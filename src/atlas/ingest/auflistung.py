"""Many mistakes of one kind: the first are listed with their line, the others counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_PROBLEME = 20
"""So many lines of one kind of mistake are printed for a file; the rest is counted."""


def join_zeilen(funde: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Give the first of many (line, text) that have one cause, with their number; none for none."""
    weitere = f" So in {len(funde)} Zeilen." if len(funde) > 1 else ""
    return [(zeile, f"{text}{weitere}") for zeile, text in funde[:1]]


def list_zeilen(funde: Sequence[tuple[int, str]], name: str, was: str) -> list[Problem]:
    """Give a Problem for each (line, text) up to `MAX_PROBLEME`, and one closing line that counts the rest."""
    probleme = [Problem(name, zeile, "", text) for zeile, text in funde[:MAX_PROBLEME]]
    weitere = funde[MAX_PROBLEME:]
    if weitere:
        probleme.append(Problem(name, weitere[0][0], "", f"… und {len(weitere)} weitere {was} von hier an."))
    return probleme
