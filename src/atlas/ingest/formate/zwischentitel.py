"""Subheadings inside a table: a row with one text and no figure says something about all rows below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.ingest.formate.raster import Rohtabelle


@dataclass(frozen=True)
class Gliederung:
    """The rows of a region without its subheadings, and what those say.

    `titel` has a row for each of `daten` and a column of text per kind of subheading: the one that holds there, empty
    before the first. `zeilen` are the rows of the subheadings, `fehlende` the kinds without any.
    """

    daten: pl.DataFrame
    titel: pl.DataFrame
    zeilen: pl.DataFrame
    fehlende: tuple[str, ...] = ()


def split_zwischentitel(daten: pl.DataFrame, muster: Mapping[str, str]) -> Gliederung:
    """Take the subheadings out of the rows of a region (columns `zeile` and cells).

    A subheading ends those of the names after its own.
    """
    if not muster:
        return Gliederung(daten, pl.DataFrame(), daten.clear())
    zellen = [pl.col(name).fill_null("") for name in daten.columns if name != "zeile"]
    gefuellte = pl.sum_horizontal((zelle != "").cast(pl.Int64) for zelle in zellen)
    einzige = daten.select(pl.when(gefuellte == 1).then(pl.concat_str(*zellen)).fill_null("").alias("text"))["text"]
    gelten = dict.fromkeys(muster, "")
    namen: list[str | None] = []
    spalten: dict[str, list[str]] = {name: [] for name in muster}
    for text in einzige:
        name = next((name for name in muster if text and re.fullmatch(muster[name], " ".join(text.split()))), None)
        namen.append(name)
        if name is not None:
            unter = list(muster)[list(muster).index(name) :]
            gelten |= dict.fromkeys(unter, "") | {name: " ".join(text.split())}
            continue
        for spalte, titel in gelten.items():
            spalten[spalte].append(titel)
    ist_titel = pl.Series(namen, dtype=pl.String).is_not_null()
    return Gliederung(
        daten.filter(~ist_titel),
        pl.DataFrame(spalten, dict.fromkeys(muster, pl.String)),
        daten.filter(ist_titel),
        tuple(name for name in muster if name not in namen),
    )


def add_zwischentitel(tabelle: Rohtabelle, titel: pl.DataFrame) -> Rohtabelle:
    """Give the table with a column for every kind of subheading, which has no letter in the file."""
    koepfe = [*tabelle.kopf, *titel.columns]
    buchstaben = [*tabelle.buchstaben, *("" for _ in titel.columns)]
    neue = titel.rename({name: f"s{len(tabelle.kopf) + n}" for n, name in enumerate(titel.columns)})
    return replace(
        tabelle, kopf=koepfe, buchstaben=buchstaben, df=tabelle.df.hstack(neue) if neue.width else tabelle.df
    )
