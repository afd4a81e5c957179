"""The cells of the value columns, one row each: address, text, and what column and row say about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from atlas.ingest.deutung.dimensionen import describe_unbekannt, deute, join_gruppenspalten
from atlas.ingest.deutung.schluessel import AUSSERHALB, KEIN_RAUM, Schluesselpruefung, describe_fehler
from atlas.ingest.deutung.zeit import parse_zeitpunkt
from atlas.zeichen import name_kopf

if TYPE_CHECKING:
    from atlas.ingest.deutung.lesung import Lesung
    from atlas.ingest.deutung.spalten import Wertwahl
    from atlas.ingest.deutung.zeilen import Zeilen

_SCHEMA = {
    "zeile": pl.Int64, "raum_id": pl.String, "ebene": pl.String, "jahr": pl.Int64, "stichtag": pl.String,
    "merkmal": pl.String, "gruppe": pl.String, "kopf": pl.String, "zelle": pl.String, "text": pl.String,
    "symbol": pl.String, "faktor": pl.Float64, "vermerk": pl.String,
}  # fmt: skip


def build_zellen(lesung: Lesung, wahlen: list[Wertwahl], zeilen: Zeilen) -> pl.DataFrame:
    """Give all cells of all value columns (columns of `_SCHEMA`); note what the heads say and nothing declares."""
    teile = [pl.DataFrame(schema=_SCHEMA)]
    for wahl in wahlen:
        _melde_verbundene(lesung, wahl)
        df = _add_zeit(_add_raum(zeilen.df, lesung, wahl), lesung, wahl)
        if {"raum_id", "jahr"} <= set(df.columns):
            teile.append(_zellen_der_spalte(df, lesung, wahl, zeilen.gruppen))
    return pl.concat(teile)


def _melde_verbundene(lesung: Lesung, wahl: Wertwahl) -> None:
    zeilen = sorted(zeile for zeile, stelle in lesung.tabelle.verbunden if stelle == wahl.stelle)
    rat = "verbundene Zellen zwischen Zahlen sind mehrdeutig. Verbindung aufheben lassen."
    text = f"Spalte »{name_kopf(wahl.kopf)}«: {rat}"
    lesung.melde_zeilen([(zeile, text) for zeile in zeilen], "verbundene Zellen")


def _add_raum(df: pl.DataFrame, lesung: Lesung, wahl: Wertwahl) -> pl.DataFrame:
    """Add the Raum that the head of a column names; the rows stay without when it is none of the project."""
    regel = lesung.quelle.schluessel
    if not regel.kopf:
        return df
    treffer = re.search(regel.kopf, wahl.kopf)
    text = (treffer["schluessel"] or "") if treffer else ""
    raum_id, ebene = (
        Schluesselpruefung(regel, lesung.umfeld.bekannte).resolve(pl.Series([text])).select("raum_id", "ebene").row(0)
    )
    if ebene in regel.ebenen:
        return df.with_columns(raum_id=pl.lit(raum_id), ebene=pl.lit(ebene))
    if ebene not in {KEIN_RAUM, AUSSERHALB}:
        lesung.melde_kopf(describe_fehler(f"Kopf »{name_kopf(wahl.kopf)}«", raum_id, ebene, regel))
    return df


def _add_zeit(df: pl.DataFrame, lesung: Lesung, wahl: Wertwahl) -> pl.DataFrame:
    """Add the year and the Stichtag that a column has by declaration, or that its head names.

    The latter must be those of rows and file, where they say one.
    """
    if wahl.spalte.jahr is not None:
        tag = f"{wahl.spalte.jahr}-{wahl.spalte.stichtag}" if wahl.spalte.stichtag else None
        return df.with_columns(jahr=pl.lit(wahl.spalte.jahr, pl.Int64), stichtag=pl.lit(tag, pl.String))
    muster = lesung.quelle.zeit.kopf
    if not muster:
        return df
    zeit = parse_zeitpunkt(re.search(muster, wahl.kopf))
    wo = f"Kopf »{name_kopf(wahl.kopf)}«"
    if zeit is None:
        text = f"{wo}: kein Jahr erkennbar. zeit.kopf prüfen oder die Spalte unter werte.ignoriere nennen."
        lesung.melde_kopf(text)
        return df.drop("jahr", strict=False)
    if "jahr" in df.columns and (df["jahr"] != zeit.jahr).any():
        lesung.melde_kopf(f"{wo}: das Jahr {zeit.jahr} ist nicht das der Zeilen oder der Datei. Lieferung prüfen.")
    elif zeit.stichtag and "stichtag" in df.columns and (df["stichtag"] != zeit.stichtag).any():
        text = f"der Stichtag {zeit.stichtag} ist nicht der der Zeilen oder der Datei. Lieferung prüfen."
        lesung.melde_kopf(f"{wo}: {text}")
    frueher = pl.col("stichtag") if "stichtag" in df.columns else pl.lit(None, pl.String)
    stichtag = pl.coalesce(pl.lit(zeit.stichtag, pl.String), frueher)
    return df.with_columns(jahr=pl.lit(zeit.jahr, pl.Int64), stichtag=stichtag)


def _zellen_der_spalte(df: pl.DataFrame, lesung: Lesung, wahl: Wertwahl, gruppen: list[str]) -> pl.DataFrame:
    quelle, tabelle = lesung.quelle, lesung.tabelle
    merkmal, gruppe, faktor = _deute_kopf(wahl, lesung, vorhanden="merkmal" in df.columns)
    text = pl.col(f"s{wahl.stelle}")
    symbole = {"": "nicht_geliefert"} | dict(quelle.symbole) | dict(wahl.spalte.symbole)
    spalte = (f"{tabelle.blatt}!" if tabelle.blatt else "") + tabelle.buchstaben[wahl.stelle]
    stichtag = pl.col("stichtag")
    if quelle.zeit.stichtag and wahl.spalte.jahr is None:
        stichtag = stichtag.fill_null(pl.concat_str(pl.col("jahr").cast(pl.String), pl.lit(f"-{quelle.zeit.stichtag}")))
    return df.select(
        "zeile",
        "raum_id",
        "ebene",
        "jahr",
        stichtag=stichtag,
        merkmal=pl.col("merkmal") if merkmal is None else pl.lit(merkmal),
        gruppe=join_gruppenspalten(df, gruppen, gruppe),
        kopf=pl.lit(wahl.kopf),
        zelle=pl.col("zelle" if "zelle" in df.columns else "zeile").cast(pl.String),
        text=text,
        symbol=text.replace_strict(symbole, default=None, return_dtype=pl.String),
        faktor=pl.lit(faktor) * (pl.col("faktor") if "faktor" in df.columns else 1.0),
        vermerk=pl.col(lesung.finde(quelle.qualitaet.spalte)) if quelle.qualitaet else pl.lit(None, dtype=pl.String),
    ).with_columns(zelle=pl.col("zelle") if "zelle" in df.columns else pl.concat_str(pl.lit(spalte), "zelle"))


def _deute_kopf(wahl: Wertwahl, lesung: Lesung, *, vorhanden: bool) -> tuple[str | None, str, float]:
    """Give the Merkmal, the part of the group and the factor that the head of a column says.

    None for the Merkmal means that the rows say it (`vorhanden`).
    """
    merkmal, teile, faktor = wahl.spalte.merkmal, [wahl.spalte.gruppe], wahl.spalte.faktor
    wo = f"Kopf »{name_kopf(wahl.kopf)}«"
    for dimension in lesung.quelle.dimensionen:
        if dimension.kopf not in wahl.teile:
            continue
        text = wahl.teile[dimension.kopf]
        deutung = deute(text, dimension)
        if deutung is None:
            lesung.melde_kopf(f"{wo}: {describe_unbekannt(text, dimension)}")
            continue
        merkmal = deutung.merkmal or merkmal
        teile.append(deutung.gruppe)
        faktor *= deutung.faktor
    if merkmal is None and not vorhanden:
        merkmal = ""  # its text is not declared, which is noted above
    return merkmal, "|".join(filter(None, teile)), faktor
