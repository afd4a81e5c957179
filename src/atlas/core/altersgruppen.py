"""Bands of ages made from the groups that were delivered, before anything is summed upwards.

A band is a term like any other: what follows (rules, sums, release) sees it as if it had been delivered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from atlas.alter.band import Altersband, Altersgruppe, parse_altersgruppe, parse_band
from atlas.alter.zerlegung import find_bausteine, format_altersgruppen, touches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pandera.typing.polars import DataFrame

    from atlas.tables.katalog import Formelterme, Indikatorkatalog

_GROESSE: Final = ("merkmal", "gruppe")
_PLAN: Final = {"signatur": pl.UInt32, "jahr": pl.Int64, "intervall": pl.Int64, "faktor": pl.Float64}
_NULLEN: Final = ("null_genau", "null_gerundet")
_FAKTOR: Final = 1000


@dataclass(frozen=True)
class _Gesucht:
    """A band that some term asks for."""

    merkmal: str
    gruppe: str
    band: Altersband
    rest: str


def add_altersgruppen(
    werte: pl.DataFrame,
    katalog: DataFrame[Indikatorkatalog],
    formelterme: DataFrame[Formelterme],
    je: tuple[str, ...] = ("raum_id", "jahr"),
) -> pl.DataFrame:
    """Add the bands of ages that terms ask for to delivered figures; a band that was delivered itself stays.

    `werte` has the columns of Gebietswerte or Messwerte, `je` is what a set of groups belongs to. Each band is the sum
    of the fewest groups of the same Merkmal and of the same other parts that make it exactly, and null with the
    status of what is missing unless all are known. Where they cannot make it, there is no row. The other columns are
    those of its first group; noise of the publisher in one of them is noise in the band. What is delivered as a rate
    makes no band.
    """
    gesuchte = _list_gesuchte(katalog, formelterme)
    gruppen = _select_altersgruppen(werte, gesuchte, je)
    baender = []
    for gesucht, teil in _pair(gruppen, gesuchte):
        gelieferte = werte.filter(merkmal=gesucht.merkmal, gruppe=gesucht.gruppe)
        band = _sum_band(werte, teil, gesucht).join(gelieferte, on=je, how="anti", maintain_order="left")
        baender.append(band.select(werte.columns))
    return pl.concat([werte, *baender]).sort(*je, *_GROESSE, maintain_order=True) if baender else werte


def find_unbildbare(
    werte: pl.DataFrame, katalog: DataFrame[Indikatorkatalog], formelterme: DataFrame[Formelterme]
) -> dict[tuple[str, str], str]:
    """Find bands that the groups of no Raum and year make, though there are some: (merkmal, gruppe) -> those groups.

    A band of which nothing was delivered is not among them; that it is missing is said elsewhere.
    """
    je = ("raum_id", "jahr", "gebietsstand")
    gesuchte = _list_gesuchte(katalog, formelterme)
    vorhandene = set(werte.select(_GROESSE).unique().iter_rows())
    gruppen = _select_altersgruppen(werte, gesuchte, je)
    return {
        (gesucht.merkmal, gesucht.gruppe): format_altersgruppen(map(_decode, teil["intervall"].unique().sort()))
        for gesucht, teil in _pair(gruppen, gesuchte)
        if (gesucht.merkmal, gesucht.gruppe) not in vorhandene and _plan(teil, gesucht).is_empty()
    }


def expand_altersgruppen(terme: pl.DataFrame, werte: pl.DataFrame) -> pl.DataFrame:
    """Add to (merkmal, gruppe) of terms the delivered groups that may be part of their bands."""
    vorhandene = werte.select(_GROESSE).unique().sort(_GROESSE)
    teile = []
    for merkmal, gruppe in terme.select(_GROESSE).iter_rows():
        gesucht = parse_band(gruppe)
        for eigene in vorhandene.filter(merkmal=merkmal)["gruppe"] if gesucht else ():
            eine = parse_altersgruppe(eigene)
            if gesucht and eine and eine[1] == gesucht[1] and touches(gesucht[0], eine[0]):
                teile.append((merkmal, eigene))
    weitere = pl.DataFrame(teile, dict.fromkeys(_GROESSE, pl.String), orient="row")
    return pl.concat([terme.select(_GROESSE), weitere]).unique(maintain_order=True)


def _list_gesuchte(katalog: DataFrame[Indikatorkatalog], formelterme: DataFrame[Formelterme]) -> list[_Gesucht]:
    gezaehlte = katalog.filter(pl.col("art") != "wert")
    terme = formelterme.join(gezaehlte, on=["indikator", "gueltig_ab"], how="semi")
    groessen = terme.select(_GROESSE).unique().sort(_GROESSE).iter_rows()
    gelesene = ((merkmal, gruppe, parse_band(gruppe)) for merkmal, gruppe in groessen)
    return [_Gesucht(merkmal, gruppe, *band) for merkmal, gruppe, band in gelesene if band]


def _select_altersgruppen(werte: pl.DataFrame, gesuchte: list[_Gesucht], je: tuple[str, ...]) -> pl.DataFrame:
    """Give the delivered groups of ages that bands may be made of, in the order of `werte`.

    Columns: zeile (the row of `werte`), menge (a number for its Raum and year, Merkmal and other parts of the group),
    merkmal, rest, jahr, intervall (of its ages), signatur (a number for all intervals of a menge), wert, status and
    vorbehandelt. Numbers and not names, since there may be millions. Two names of one interval count once.
    """
    gefragt = {(gesucht.merkmal, gesucht.rest) for gesucht in gesuchte}
    zeilen = [
        (merkmal, gruppe, eine[1], _encode(eine[0]))
        for merkmal, gruppe in werte.select(_GROESSE).unique().sort(_GROESSE).iter_rows()
        if (eine := parse_altersgruppe(gruppe)) and (merkmal, eine[1]) in gefragt
    ]
    lesart = pl.DataFrame(zeilen, dict.fromkeys((*_GROESSE, "rest"), pl.String) | {"intervall": pl.Int64}, orient="row")
    menge = [*je, "merkmal", "rest"]
    angaben = ["zeile", "intervall", "wert", "status", "vorbehandelt"]
    gruppen = werte.with_row_index("zeile").join(lesart, on=_GROESSE, validate="m:1", maintain_order="left")
    if lesart.select("merkmal", "rest", "intervall").is_duplicated().any():
        gruppen = gruppen.unique([*menge, "intervall"], keep="first", maintain_order=True)
    mengen = gruppen.group_by(menge, maintain_order=True).agg(angaben).with_row_index("menge")
    return mengen.with_columns(signatur=pl.col("intervall").list.sort().rank("dense")).explode(angaben)


def _encode(eine: Altersgruppe) -> int:
    """Give an interval as one number."""
    return eine.von * _FAKTOR + (_FAKTOR - 1 if eine.bis is None else eine.bis)


def _decode(intervall: int) -> Altersgruppe:
    von, bis = divmod(intervall, _FAKTOR)
    return Altersgruppe(von, None if bis == _FAKTOR - 1 else bis)


def _pair(gruppen: pl.DataFrame, gesuchte: list[_Gesucht]) -> Iterator[tuple[_Gesucht, pl.DataFrame]]:
    """Give every band with the groups it may be made of, if there are any."""
    je_menge = gruppen.partition_by("merkmal", "rest", as_dict=True, maintain_order=True)
    for gesucht in gesuchte:
        teil = je_menge.get((gesucht.merkmal, gesucht.rest))
        if teil is not None:
            yield gesucht, teil


def _plan(gruppen: pl.DataFrame, gesucht: _Gesucht) -> pl.DataFrame:
    """Say for every set of groups and every year which of them make the band, and with what factor."""
    zeilen = []
    mengen = gruppen.group_by("signatur").agg(pl.col("intervall", "jahr").unique().sort())
    for signatur, intervalle, jahre in mengen.sort("signatur").iter_rows():
        vorhandene = [_decode(intervall) for intervall in intervalle]
        for jahr in jahre:
            bausteine = find_bausteine(gesucht.band, jahr, vorhandene) or {}
            zeilen += [(signatur, jahr, _encode(eine), float(faktor)) for eine, faktor in bausteine.items()]
    return pl.DataFrame(zeilen, _PLAN, orient="row")


def _sum_band(werte: pl.DataFrame, gruppen: pl.DataFrame, gesucht: _Gesucht) -> pl.DataFrame:
    """Sum the groups of one band per Raum and year."""
    summen = (
        gruppen.join(
            _plan(gruppen, gesucht), on=["signatur", "jahr", "intervall"], validate="m:1", maintain_order="left"
        )
        .group_by("menge", maintain_order=True)
        .agg(
            pl.col("zeile").first(),
            summe=(pl.col("wert") * pl.col("faktor")).sum(),
            grund=pl.col("status").filter(pl.col("wert").is_null()).min(),
            geschaetzt=(pl.col("status") == "geschaetzt").any(),
            lauter_nullen=pl.col("status").is_in(_NULLEN).all(),
            gerundete=(pl.col("status") == "null_gerundet").any(),
            # Of the treatments of a publisher the last by name is the one that forbids sums.
            vorbehandelt=pl.col("vorbehandelt").max(),
        )
    )
    status = pl.coalesce(
        "grund",
        pl.when("geschaetzt").then(pl.lit("geschaetzt")),
        pl.when(pl.col("lauter_nullen") & pl.col("gerundete")).then(pl.lit("null_gerundet")),
        pl.when("lauter_nullen").then(pl.lit("null_genau")),
        pl.lit("beobachtet"),
    )
    erste = werte[summen["zeile"]].drop(*_GROESSE, "wert", "status", "vorbehandelt")
    return erste.hstack(
        summen.select(
            merkmal=pl.lit(gesucht.merkmal),
            gruppe=pl.lit(gesucht.gruppe),
            wert=pl.when(pl.col("grund").is_null()).then("summe"),
            status=status,
            vorbehandelt="vorbehandelt",
        )
    )
