"""Which groups make a band of ages in each Raum and year: planned once for many sets of groups, not set by set.

The best plan of all groups of a year is the best for every set that has them. Only for sets that lack one is another
plan sought, without the first group they lack, and so on: a few plans for many sets, however many cells were left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import polars as pl

from atlas.alter.band import Altersgruppe
from atlas.alter.zerlegung import find_bausteine

if TYPE_CHECKING:
    from atlas.alter.band import Altersband

_PLAN: Final = {"zweig": pl.UInt32, "intervall": pl.UInt32, "stelle": pl.UInt32, "faktor": pl.Float64}
_FAKTOR: Final = 1000


def encode_intervall(eine: Altersgruppe) -> int:
    """Give an interval as one number."""
    return eine.von * _FAKTOR + (_FAKTOR - 1 if eine.bis is None else eine.bis)


def _decode(intervall: int) -> Altersgruppe:
    von, bis = divmod(intervall, _FAKTOR)
    return Altersgruppe(von, None if bis == _FAKTOR - 1 else bis)


def find_teile(gruppen: pl.DataFrame, band: Altersband) -> pl.DataFrame:
    """Give the rows of `gruppen` that make a band, with their `faktor`; of a set that cannot make it, none.

    `gruppen` has menge (a number for what belongs together), jahr and intervall (a number for its ages); other columns
    stay. A set is made of the fewest groups it can be made of.
    """
    planung = _Planung(band, dict(gruppen.group_by("jahr").agg(pl.col("intervall").unique().sort()).iter_rows()))
    offene = gruppen.group_by("menge").agg(pl.col("jahr").first())
    offene = offene.select("menge", zweig=pl.col("jahr").replace_strict(planung.anfang, return_dtype=pl.UInt32))
    teile = [gruppen.clear().with_columns(faktor=pl.lit(None, pl.Float64))]
    while offene.height:
        plan = planung.build(offene["zweig"].unique())
        offene = offene.join(plan.group_by("zweig").agg(verlangt=pl.len()), on="zweig", validate="m:1")
        zellen = gruppen.join(offene, on="menge", validate="m:1").join(plan, on=["zweig", "intervall"], validate="m:1")
        vorhanden = zellen.group_by("menge").agg(pl.col("verlangt").first(), anzahl=pl.col("stelle").n_unique())
        fertige = vorhanden.filter(pl.col("anzahl") == pl.col("verlangt")).select("menge")
        teile.append(zellen.join(fertige, on="menge", how="semi").select(*gruppen.columns, "faktor"))
        offene = planung.branch(
            offene.join(fertige, on="menge", how="anti").select("menge", "zweig"),
            zellen.join(fertige, on="menge", how="anti").select("menge", "stelle"),
        )
    return pl.concat(teile)


@dataclass
class _Planung:
    """The plans of one band: what there is in each year, and the branches, a year and what is planned without."""

    band: Altersband
    vorrat: dict[int, list[int]]
    zweige: dict[tuple[int, frozenset[int]], int] = field(default_factory=dict)
    bekannte: dict[tuple[int, tuple[int, ...]], list[tuple[int, float]]] = field(default_factory=dict)

    @property
    def anfang(self) -> dict[int, int]:
        """The branch of each year that leaves nothing out."""
        return {jahr: self._number(jahr, frozenset()) for jahr in self.vorrat}

    def build(self, nummern: pl.Series) -> pl.DataFrame:
        """Give the plan of each branch that has one: zweig, intervall, stelle (its place in the plan), faktor."""
        zweige = list(self.zweige)
        zeilen = [
            (nummer, intervall, stelle, faktor)
            for nummer in nummern.sort()
            for stelle, (intervall, faktor) in enumerate(self._plan(*zweige[nummer]))
        ]
        return pl.DataFrame(zeilen, _PLAN, orient="row")

    def branch(self, offene: pl.DataFrame, vorhandene: pl.DataFrame) -> pl.DataFrame:
        """Move sets (menge, zweig) that lack some place of their plan to the branch without the first they lack."""
        stellen = pl.col("stelle").unique().sort()
        # Of places in order, those that equal their rank come before the first gap.
        erste = vorhandene.group_by("menge").agg(fehlt=(stellen == pl.int_range(stellen.len())).sum())
        offene = offene.join(erste, on="menge", how="left", validate="1:1").with_columns(
            pl.col("fehlt").fill_null(0).cast(pl.Int64)
        )
        zweige = list(self.zweige)
        ziele = []
        for nummer, fehlt in offene.select("zweig", "fehlt").unique().sort("zweig", "fehlt").iter_rows():
            jahr, ohne = zweige[nummer]
            ziele.append((nummer, fehlt, self._number(jahr, ohne | {self._plan(jahr, ohne)[fehlt][0]})))
        schema = {"zweig": pl.UInt32, "fehlt": pl.Int64, "neuer": pl.UInt32}
        neue = pl.DataFrame(ziele, schema, orient="row")
        return offene.join(neue, on=["zweig", "fehlt"], validate="m:1").select("menge", zweig="neuer")

    def _number(self, jahr: int, ohne: frozenset[int]) -> int:
        return self.zweige.setdefault((jahr, ohne), len(self.zweige))

    def _plan(self, jahr: int, ohne: frozenset[int]) -> list[tuple[int, float]]:
        """Give the intervals that make the band with their factors; empty if they cannot."""
        vorrat = tuple(intervall for intervall in self.vorrat[jahr] if intervall not in ohne)
        schluessel = (jahr if self.band.an_grenze else 0, vorrat)
        if schluessel not in self.bekannte:
            bausteine = find_bausteine(self.band, jahr, [_decode(intervall) for intervall in vorrat]) or {}
            self.bekannte[schluessel] = [(encode_intervall(eine), float(f)) for eine, f in bausteine.items()]
        return self.bekannte[schluessel]
