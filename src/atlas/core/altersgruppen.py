"""Bands of ages made from the groups that were delivered, before anything is summed upwards.

A band is a term like any other: what follows (rules, sums, release) sees it as if it had been delivered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from atlas.alter.band import Altersband, Altersgruppe, parse_altersgruppe, parse_band
from atlas.alter.zerlegung import format_altersgruppen, list_altersgruppen, touches
from atlas.core.altersplan import encode_intervall, find_teile
from atlas.tables.listen import VORBEHANDLUNGEN, WERTSTATUS

if TYPE_CHECKING:
    from pandera.typing.polars import DataFrame

    from atlas.tables.katalog import Formelterme, Indikatorkatalog

_GROESSE: Final = ("merkmal", "gruppe")
_NULLEN: Final = ("null_genau", "null_gerundet")


@dataclass(frozen=True)
class _Gesucht:
    """A band that some term asks for."""

    merkmal: str
    gruppe: str
    band: Altersband
    rest: str


@dataclass(frozen=True)
class _Vorhanden:
    """A group of ages that was delivered somewhere; `rest` are its other parts."""

    merkmal: str
    gruppe: str
    alter: Altersgruppe
    rest: str

    def may_be_part_of(self, gesucht: _Gesucht) -> bool:
        """Tell whether a band may need this group in some year."""
        passt = (self.merkmal, self.rest) == (gesucht.merkmal, gesucht.rest)
        return passt and touches(gesucht.band, self.alter)


def add_altersgruppen(
    werte: pl.DataFrame,
    katalog: DataFrame[Indikatorkatalog],
    formelterme: DataFrame[Formelterme],
    je: tuple[str, ...] = ("raum_id", "jahr"),
) -> pl.DataFrame:
    """Add below delivered figures the bands of ages that terms ask for; a band that was delivered itself stays.

    `werte` has the columns of Gebietswerte or Messwerte, `je` is what a set of groups belongs to. Each band is the sum
    of the fewest groups of the same Merkmal and of the same other parts that make it exactly. Ages that did not exist
    add nothing; of the others all must be known, or the band is null with the status of what is missing. Where they
    cannot make it, there is no row. The other columns are those of its first group; noise of the publisher in one of
    them is noise in the band. What is delivered as a rate makes no band.
    """
    gesuchte = _list_gesuchte(katalog, formelterme)
    vorrat = _list_vorrat(werte, gesuchte)
    gruppen = _select_gruppen(werte, vorrat, je)
    baender = []
    for gesucht in gesuchte:
        eigene = [encode_intervall(teil.alter) for teil in vorrat if teil.may_be_part_of(gesucht)]
        reihe = gruppen.filter(pl.col("intervall").is_in(eigene), merkmal=gesucht.merkmal, rest=gesucht.rest)
        teile = find_teile(reihe, gesucht.band)
        gelieferte = werte.filter(merkmal=gesucht.merkmal, gruppe=gesucht.gruppe)
        baender.append(_sum_band(werte, teile, gesucht).join(gelieferte, on=je, how="anti", maintain_order="left"))
    return pl.concat([werte, pl.concat([werte.clear(), *baender]).sort(*je, *_GROESSE)])


def find_unbildbare(
    werte: pl.DataFrame,
    mit_baendern: pl.DataFrame,
    katalog: DataFrame[Indikatorkatalog],
    formelterme: DataFrame[Formelterme],
) -> dict[tuple[str, str], str]:
    """Find bands that the groups of no Raum and year make, though there are some: (merkmal, gruppe) -> those groups.

    `mit_baendern` is what `add_altersgruppen` made of `werte`. A band of which nothing was delivered is not among
    them; that it is missing is said elsewhere.
    """
    vorhandene = set(mit_baendern.select(_GROESSE).unique().iter_rows())
    namen = werte.select(_GROESSE).unique()
    gruppen = {
        (gesucht.merkmal, gesucht.gruppe): list_altersgruppen(
            gesucht.rest, namen.filter(merkmal=gesucht.merkmal)["gruppe"]
        )
        for gesucht in _list_gesuchte(katalog, formelterme)
        if (gesucht.merkmal, gesucht.gruppe) not in vorhandene
    }
    return {band: format_altersgruppen(eigene) for band, eigene in gruppen.items() if eigene}


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


def _list_vorrat(werte: pl.DataFrame, gesuchte: list[_Gesucht]) -> list[_Vorhanden]:
    """Give the delivered groups that some band may need, by name."""
    alle = [
        _Vorhanden(merkmal, gruppe, *gelesene)
        for merkmal, gruppe in werte.select(_GROESSE).unique().sort(_GROESSE).iter_rows()
        if (gelesene := parse_altersgruppe(gruppe))
    ]
    return [eine for eine in alle if any(eine.may_be_part_of(gesucht) for gesucht in gesuchte)]


def _select_gruppen(werte: pl.DataFrame, vorrat: list[_Vorhanden], je: tuple[str, ...]) -> pl.DataFrame:
    """Give the cells of these groups, in the order of `werte`; numbers and not names, since there may be millions.

    Columns: zeile (the row of `werte`), menge (a number for `je`), jahr, merkmal, rest, intervall (a number for its
    ages), wert, status and vorbehandelt (its place in VORBEHANDLUNGEN). Two names of one interval count once.
    """
    eintraege = [(teil.merkmal, teil.gruppe, teil.rest, encode_intervall(teil.alter)) for teil in vorrat]
    schema = dict.fromkeys((*_GROESSE, "rest"), pl.String) | {"intervall": pl.UInt32}
    namen = pl.DataFrame(eintraege, schema, orient="row")
    zellen = werte.select(
        *dict.fromkeys([*je, "jahr", *_GROESSE, "wert"]),
        pl.col("status").cast(pl.Enum(WERTSTATUS)),
        pl.col("vorbehandelt").cast(pl.Enum(VORBEHANDLUNGEN)).to_physical(),
    )
    aufzaehlungen = [pl.col(name).cast(pl.Enum(namen[name].unique().sort())) for name in ("merkmal", "rest")]
    zellen = (
        zellen.with_row_index("zeile")
        .join(namen, on=_GROESSE, validate="m:1", maintain_order="left")
        .with_columns(aufzaehlungen)
    )
    mengen = zellen.select(je).unique(maintain_order=True).with_row_index("menge")
    gruppen = zellen.join(mengen, on=je, validate="m:1", maintain_order="left")
    gruppen = gruppen.drop("gruppe", *(name for name in je if name != "jahr"))
    eine = ("merkmal", "rest", "intervall")
    if namen.select(eine).is_duplicated().any():
        gruppen = gruppen.unique(["menge", *eine], keep="first", maintain_order=True)
    return gruppen


def _sum_band(werte: pl.DataFrame, teile: pl.DataFrame, gesucht: _Gesucht) -> pl.DataFrame:
    """Sum the groups of one band per Raum and year, with the columns of `werte`."""
    gibt_es = pl.col("status") != "nicht_existent"
    summen = (
        teile.with_columns(
            gibt_es=gibt_es,
            fehlt=gibt_es & pl.col("wert").is_null(),
            keine_null=gibt_es & ~pl.col("status").is_in(_NULLEN),
            gerundet=pl.col("status") == "null_gerundet",
            geschaetzt=pl.col("status") == "geschaetzt",
        )
        .group_by("menge")
        .agg(
            pl.col("zeile").min(),
            (pl.col("wert") * pl.col("faktor")).sum(),
            pl.col("gibt_es", "fehlt", "keine_null", "gerundet", "geschaetzt").any(),
            # The last of the treatments of a publisher is the one that forbids sums.
            pl.col("vorbehandelt").max(),
        )
        .join(_find_gruende(teile.filter(gibt_es & pl.col("wert").is_null())), on="menge", how="left", validate="1:1")
        .sort("zeile")
    )
    bekannt = pl.col("gibt_es") & ~pl.col("fehlt")
    status = (
        pl.when("fehlt")
        .then("grund")
        .when(~pl.col("gibt_es"))
        .then(pl.lit("nicht_existent"))
        .when("geschaetzt")
        .then(pl.lit("geschaetzt"))
        .when("keine_null")
        .then(pl.lit("beobachtet"))
        .when("gerundet")
        .then(pl.lit("null_gerundet"))
        .otherwise(pl.lit("null_genau"))
    )
    return werte[summen["zeile"]].with_columns(
        summen.select(
            merkmal=pl.lit(gesucht.merkmal),
            gruppe=pl.lit(gesucht.gruppe),
            wert=pl.when(bekannt).then("wert"),
            status=status,
            vorbehandelt=pl.col("vorbehandelt").replace_strict(
                range(len(VORBEHANDLUNGEN)), VORBEHANDLUNGEN, default=None, return_dtype=pl.String
            ),
        )
    )


def _find_gruende(fehlende: pl.DataFrame) -> pl.DataFrame:
    """Give the status of what is missing in each set: menge, grund; of several the first by name, as for Räume."""
    return fehlende.group_by("menge").agg(grund=pl.col("status").cast(pl.String).min())
