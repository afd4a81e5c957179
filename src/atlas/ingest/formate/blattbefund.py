"""What a sheet holds beside the values of its cells."""

from __future__ import annotations

from typing import NamedTuple


class Befund(NamedTuple):
    """What a sheet holds beside its values; places are (row, column) from 0, `ende` is the size it takes up."""

    ende: tuple[int, int] = (0, 0)
    texte: dict[tuple[int, int], str] = {}  # noqa: RUF012  # never written to; a NamedTuple has no factories
    versteckte_zeilen: frozenset[int] = frozenset()
    versteckte_spalten: tuple[tuple[int, int], ...] = ()
    null_hoch: bool = False
    """Rows that do not name a height have none."""

    def hides_spalte(self, stelle: int) -> bool:
        """Tell whether a column is hidden."""
        return any(von <= stelle <= bis for von, bis in self.versteckte_spalten)
