"""Lines of a text file that are split in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl


class Zeilengruppe(NamedTuple):
    """Numbers of the lines in the file, how many fields each has, and what splits them into so many columns."""

    nummern: pl.Series
    felder: pl.Series
    split: Callable[[int], pl.DataFrame]

    @property
    def breite(self) -> int:
        """Fields of the widest line."""
        return int(self.felder[self._stelle])

    @property
    def breiteste(self) -> int:
        """Number of the first line that is as wide as any."""
        return int(self.nummern[self._stelle])

    @property
    def _stelle(self) -> int:
        return int(self.felder.arg_max() or 0)

    def split_in(self, breite: int) -> pl.DataFrame:
        """Give the cells as columns `c0`, `c1`, ...; null is a cell that a short line does not have."""
        zellen = self.split(breite)
        zellen.columns = [f"c{n}" for n in range(breite)]
        return zellen
