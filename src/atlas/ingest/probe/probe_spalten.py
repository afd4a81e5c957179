"""The columns of a file by what the declaration says they are, with the cells of the value columns counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

from atlas.ingest.deutung.spalten import find_zeilenspalten, is_kopfzeile
from atlas.ingest.deutung.zahlen import parse_zahlen
from atlas.zeichen import show_kopf, show_text

if TYPE_CHECKING:
    from atlas.config.models.quellen import Quelle
    from atlas.ingest.deutung.spalten import Spaltenwahl, Wertwahl
    from atlas.ingest.formate.raster import Rohtabelle

Rolle = Literal["Schlüssel", "Zeit", "Dimension", "Wert", "Qualität", "ignoriert", "nicht deklariert"]

_SCHEMA = {
    "zeile": pl.Int64, "jahr": pl.Int64, "merkmal": pl.String, "gruppe": pl.String, "kopf": pl.String,
    "zelle": pl.String, "text": pl.String, "symbol": pl.String, "wert": pl.Float64, "status": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class Luecke:
    """How many cells of a column hold a sign instead of a number."""

    zeichen: str
    status: str
    anzahl: int


@dataclass(frozen=True)
class Spaltenprobe:
    """One column; `zahlen`, `luecken` and `unlesbar` count the cells of a value column.

    `merkmal` and `gruppe` hold what all cells share; where rows tell them apart, how many there are.
    """

    buchstabe: str
    kopf: str
    rolle: Rolle
    merkmal: str = ""
    gruppe: str = ""
    zahlen: int = 0
    luecken: tuple[Luecke, ...] = ()
    unlesbar: int = 0


def describe_spalten(
    tabelle: Rohtabelle, quelle: Quelle, wahl: Spaltenwahl, zellen: pl.DataFrame | None
) -> tuple[Spaltenprobe, ...]:
    """Say of each column what it is, from left to right; without `zellen` nothing is counted."""
    gelesene = {w.kopf: w for w in wahl.gelesen}
    zeige = show_kopf if is_kopfzeile(wahl.fehlend, quelle) else show_text
    zeilen = [
        Spaltenprobe(buchstabe, kopf if kopf not in wahl.uebrig else zeige(kopf), _rolle(kopf, quelle, wahl))
        if kopf not in gelesene
        else _describe_wertspalte(buchstabe, gelesene[kopf], zellen)
        for buchstabe, kopf in zip(tabelle.buchstaben, tabelle.kopf, strict=True)
    ]
    return tuple(zeilen)


def read_ohne_zeilen(tabelle: Rohtabelle, quelle: Quelle, wahl: Spaltenwahl) -> pl.DataFrame:
    """Give the cells of the value columns of all rows while nobody knows yet what the rows are about."""
    teile = [pl.DataFrame(schema=_SCHEMA)]
    for w in wahl.gelesen:
        text = pl.col(f"s{w.stelle}")
        symbole = {"": "nicht_geliefert"} | dict(quelle.symbole) | dict(w.spalte.symbole)
        symbol = text.replace_strict(symbole, default=None, return_dtype=pl.String)
        spalten = {
            "merkmal": pl.lit(w.spalte.merkmal, dtype=pl.String),
            "gruppe": pl.lit(w.spalte.gruppe),
            "kopf": pl.lit(w.kopf),
            "zelle": pl.concat_str(pl.lit(tabelle.buchstaben[w.stelle]), pl.col("zeile").cast(pl.String)),
            "text": text,
            "symbol": symbol,
            "wert": pl.when(symbol.is_null()).then(parse_zahlen(text, quelle.zahl)[0]),
            "status": symbol.fill_null("beobachtet"),
        }
        teile.append(tabelle.df.select("zeile", jahr=pl.lit(None, dtype=pl.Int64), **spalten))
    return pl.concat(teile)


def _rolle(kopf: str, quelle: Quelle, wahl: Spaltenwahl) -> Rolle:
    schluessel = quelle.schluessel
    if kopf in {schluessel.spalte, *(schluessel.spalten or ())}:
        return "Schlüssel"
    if kopf == quelle.zeit.spalte:
        return "Zeit"
    if kopf in find_zeilenspalten(quelle):
        return "Dimension"
    if quelle.qualitaet and kopf == quelle.qualitaet.spalte:
        return "Qualität"
    return "nicht deklariert" if kopf in wahl.uebrig else "ignoriert"


def _describe_wertspalte(buchstabe: str, wahl: Wertwahl, zellen: pl.DataFrame | None) -> Spaltenprobe:
    if zellen is None:
        return Spaltenprobe(buchstabe, wahl.kopf, "Wert", wahl.spalte.merkmal or "", wahl.spalte.gruppe)
    eigene = zellen.filter(pl.col("kopf") == wahl.kopf)
    ohne_symbol = eigene.filter(pl.col("symbol").is_null())
    luecken = eigene.filter(pl.col("symbol").is_not_null()).group_by("text", "status").len()
    return Spaltenprobe(
        buchstabe,
        wahl.kopf,
        "Wert",
        _gemeinsam(eigene["merkmal"], wahl.spalte.merkmal or "", "Merkmale"),
        _gemeinsam(eigene["gruppe"], wahl.spalte.gruppe, "Gruppen"),
        zahlen=ohne_symbol["wert"].count(),
        luecken=tuple(
            Luecke(zeichen, status, anzahl)
            for zeichen, status, anzahl in luecken.sort("len", "text", descending=[True, False]).rows()
        ),
        unlesbar=ohne_symbol["wert"].null_count(),
    )


def _gemeinsam(texte: pl.Series, sonst: str, mehrzahl: str) -> str:
    verschiedene = texte.drop_nulls().unique()
    if verschiedene.len() > 1:
        return f"{verschiedene.len()} {mehrzahl}"
    return str(verschiedene[0]) if verschiedene.len() else sonst
