"""Rules about years: what the Berichtsjahr lacks, years that cannot be known yet, years left out."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import polars as pl

from atlas.befunde import Befund, Code
from atlas.core.pruefregeln.pruefling import build_befund
from atlas.tables.listen import FLAECHE_HA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.core.pruefregeln.pruefling import Pruefling


_GENANNTE: Final = 6
"""So many groups a sentence names; the others are counted."""


def find_fehlende_merkmale(pruefling: Pruefling) -> Iterator[Befund]:
    """R108: no Raum has a number of a Merkmal that an Indikator needs for the Berichtsjahr; one finding per Merkmal."""
    gueltige = pruefling.katalog.filter(pl.col("gueltig_ab") <= pruefling.berichtsjahr)
    verlangt = (
        pruefling.formelterme.join(gueltige, on=["indikator", "gueltig_ab"], how="semi")
        .filter(pl.col("merkmal") != FLAECHE_HA)
        .with_columns(gezeigt=_gezeigtes_jahr(pruefling))
        .with_columns(jahr=pl.col("gezeigt") - pl.col("jahresversatz"))
    )
    zahlen = pruefling.join_quelle(pruefling.mit_altersgruppen).filter(pl.col("wert").is_not_null())
    fehlend = verlangt.join(zahlen, on=["merkmal", "gruppe", "jahr"], how="anti")
    je_merkmal = fehlend.group_by("merkmal", "jahr").agg(
        pl.col("gruppe").unique().sort(), pl.col("indikator").unique().sort()
    )
    for zeile in je_merkmal.sort("merkmal", "jahr").iter_rows(named=True):
        des_merkmals = zahlen.filter(merkmal=zeile["merkmal"])
        geliefert = des_merkmals.filter(pl.col("gruppe").is_in(zeile["gruppe"]))
        andere = geliefert.is_empty() and not des_merkmals.is_empty()
        gruppen = f" ({', '.join(zeile['gruppe'])})" if all(zeile["gruppe"]) else " (ohne gruppe)" if andere else ""
        leer = "Der Indikator bleibt" if len(zeile["indikator"]) == 1 else "Diese Indikatoren bleiben"
        text = (
            f"{zeile['merkmal']}{gruppen} fehlt {zeile['jahr']} in allen Räumen"
            f"{_tell_quellen(geliefert, zeile['jahr'])}. "
            f"{leer} im Berichtsjahr {pruefling.berichtsjahr} leer: {', '.join(zeile['indikator'])}. "
            f"{_advise(des_merkmals, geliefert, zeile['jahr'])}"
        )
        yield Befund(
            Code.MERKMAL_FEHLT_IM_BERICHTSJAHR,
            text,
            tabelle="Messwerte",
            jahr=zeile["jahr"],
            merkmal=zeile["merkmal"],
        )


def _gezeigtes_jahr(pruefling: Pruefling) -> pl.Expr:
    """Give the year that is shown of an Indikator: the Berichtsjahr, or one of its own."""
    jahre = pruefling.eigene_jahre
    return pl.col("indikator").replace_strict(jahre, default=pruefling.berichtsjahr, return_dtype=pl.Int64)


def _advise(des_merkmals: pl.DataFrame, geliefert: pl.DataFrame, jahr: int) -> str:
    """Say what to do: where the Merkmal is there in other groups, the delivery is whole and the name may be wrong."""
    if geliefert.is_empty() and not des_merkmals.is_empty():
        gruppen = des_merkmals["gruppe"].unique().sort().to_list()
        namen = [gruppe or "ohne gruppe" for gruppe in gruppen[:_GENANNTE]]
        namen += [f"{len(gruppen) - _GENANNTE} weitere"] if len(gruppen) > _GENANNTE else []
        return f"Geliefert sind: {', '.join(namen)}; gruppe (oder alter) im Indikator prüfen."
    if not geliefert.is_empty() and jahr < min(geliefert["jahr"].to_list()):
        return "Frühere Lieferung ergänzen oder gueltig_ab des Indikators auf sein erstes mögliches Jahr setzen."
    return "Lieferung ergänzen oder berichtsjahr in atlas.yaml ändern."


def _tell_quellen(geliefert: pl.DataFrame, jahr: int) -> str:
    """Name the Quellen of a Merkmal and the last year they delivered, or the first if it is later than this year."""
    if geliefert.is_empty():
        return " und in allen anderen Jahren"
    quellen = ", ".join(f"»{quelle}«" for quelle in geliefert["quelle"].unique().sort())
    wort = "Quelle" if geliefert["quelle"].n_unique() == 1 else "Quellen"
    jahre = geliefert["jahr"].to_list()
    wann = f"erst ab {min(jahre)} geliefert" if jahr < min(jahre) else f"zuletzt geliefert {max(jahre)}"
    return f" ({wort} {quellen}, {wann})"


def find_jahre_nach_stand(pruefling: Pruefling) -> Iterator[Befund]:
    """R109: numbers of a year after the Datenstand of their Quelle; one finding per Lieferung and year."""
    spaetere = pruefling.join_quelle().filter(pl.col("wert").is_not_null() & (pl.col("jahr") > pl.col("standjahr")))
    je_jahr = spaetere.group_by("lieferung_id", "jahr", maintain_order=True).agg(
        pl.col("zelle", "quelle", "standjahr").first(), anzahl=pl.len()
    )
    for zeile in je_jahr.iter_rows(named=True):
        text = (
            f"Die Quelle »{zeile['quelle']}« hat den Datenstand {zeile['standjahr']}, liefert aber Zahlen für "
            f"{zeile['jahr']} (Zellen: {zeile['anzahl']}, die erste steht hier). Ist die Lieferung neuer, stand in "
            "quellen.yaml ändern; sonst stimmt das Jahr in der Datei oder unter zeit nicht."
        )
        yield build_befund(Code.JAHR_NACH_DATENSTAND, text, zeile)


def find_luecken(pruefling: Pruefling) -> Iterator[Befund]:
    """R110: a year is missing inside the series of a Quelle; one finding per Quelle.

    The step of a series is its smallest distance of two years, so that a figure of every fifth year has no gaps.
    """
    je_quelle = pruefling.join_quelle().group_by("quelle").agg(pl.col("jahr").unique().sort())
    for quelle, jahre in je_quelle.sort("quelle").iter_rows():
        schritt = min((spaeter - frueher for frueher, spaeter in pairwise(jahre)), default=1)
        fehlend = [jahr for jahr in range(jahre[0], jahre[-1], schritt) if jahr not in jahre]
        if fehlend:
            text = (
                f"In der Quelle »{quelle}« ({jahre[0]} bis {jahre[-1]}) {'fehlt' if len(fehlend) == 1 else 'fehlen'} "
                f"{', '.join(map(str, fehlend))}. Lieferung nachfordern; Veränderungen über diese Jahre bleiben leer."
            )
            yield Befund(Code.LUECKENJAHR, text, tabelle="Messwerte", gegenstand=quelle, jahr=fehlend[0])
