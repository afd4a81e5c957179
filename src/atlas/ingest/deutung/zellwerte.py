"""From the text of a cell to wert, status, qualitaet: a number by pattern, a declared symbol, or a reported mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from atlas.core.umstiegswege import UEBERLAGERT
from atlas.ingest.auflistung import MAX_PROBLEME
from atlas.ingest.deutung.muster import match_ganz
from atlas.ingest.deutung.zahlen import parse_einfache, parse_zahlen
from atlas.zeichen import mask, name_kopf

if TYPE_CHECKING:
    from atlas.config.models.zahlen import Zahl
    from atlas.ingest.deutung.gueltigkeit import Gueltigkeitsliste
    from atlas.ingest.deutung.lesung import Lesung

NULLSTATUS = ("null_genau", "null_gerundet")
_RECHENFEHLER = 1e-14
"""Relative error of a product of two floats that stand for decimal numbers, with room to spare."""


def parse_zellen(lesung: Lesung, zellen: pl.DataFrame) -> pl.DataFrame:
    """Turn text into wert, status, qualitaet and vorbehandelt; note every cell that is neither number nor symbol."""
    df = _add_zahl(zellen, lesung.quelle.zahl)
    _melde_unlesbare(df, lesung)
    _melde_gemischte_prozente(df, lesung)
    produkt = _multipliziere(pl.col("zahl"), pl.col("faktor"))
    df = df.with_columns(
        wert=pl.when(pl.col("symbol").is_in(NULLSTATUS))
        .then(pl.lit(0.0))
        .when(pl.col("symbol").is_null())
        .then(produkt),
        status=pl.col("symbol").fill_null(pl.lit("beobachtet")),
    )
    _melde_unendliche(df, lesung)
    df = _add_qualitaet(df, lesung)
    if lesung.umfeld.gueltigkeit is not None:
        df = _check_gueltigkeit(df, lesung.umfeld.gueltigkeit)
    df = _add_vorbehandelt(df, lesung)
    return df.drop("zeile", "kopf", "text", "symbol", "zahl", "faktor", "vermerk")


def _multipliziere(zahl: pl.Expr, faktor: pl.Expr) -> pl.Expr:
    """Multiply as on paper where that gives a whole number: 261,9 times 1000 is 261900, not a hair less."""
    produkt = zahl * faktor
    ganz = produkt.round()
    return pl.when((produkt - ganz).abs() <= ganz.abs() * _RECHENFEHLER).then(ganz).otherwise(produkt)


def _add_zahl(zellen: pl.DataFrame, zahl: Zahl) -> pl.DataFrame:
    """Add the number of each text and the quality that stands at it; the full way of reading where it is needed."""
    df = zellen.with_columns(zahl=parse_einfache(pl.col("text"), zahl), qualitaet=pl.lit(None, dtype=pl.String))
    offene = df.select(offen=pl.col("zahl").is_null() & pl.col("symbol").is_null())["offen"].arg_true()
    if offene.is_empty():
        return df
    voll, qualitaet = parse_zahlen(pl.col("text"), zahl)
    nachgelesen = df.select("text")[offene].select(zahl=voll, qualitaet=qualitaet)
    return df.with_columns(
        zahl=df["zahl"].scatter(offene, nachgelesen["zahl"]),
        qualitaet=df["qualitaet"].scatter(offene, nachgelesen["qualitaet"]),
    )


def _melde_unlesbare(df: pl.DataFrame, lesung: Lesung) -> None:
    schlechte = df.filter(pl.col("symbol").is_null() & pl.col("zahl").is_null()).sort("zeile", maintain_order=True)
    erste = schlechte.head(MAX_PROBLEME).iter_rows(named=True)
    funde = [(zelle["zeile"], _text_zelle(zelle, lesung.quelle.zahl)) for zelle in erste]
    funde += [(zeile, "") for zeile in schlechte["zeile"].slice(MAX_PROBLEME)]
    lesung.melde_zeilen(funde, "nicht lesbare Zellen")


def _melde_unendliche(df: pl.DataFrame, lesung: Lesung) -> None:
    """Note the cells whose number grows beyond what a computer holds by its factor."""
    zu_gross = df.filter(~pl.col("wert").is_finite()).sort("zeile", maintain_order=True)
    rat = "ist mit ihrem Faktor keine endliche Zahl mehr. faktor und faktoren prüfen."
    zellen = zu_gross.select("zeile", "zelle", "kopf").iter_rows()
    funde = [(zeile, f"Zelle {zelle}, Spalte »{kopf}«: die Zahl {rat}") for zeile, zelle, kopf in zellen]
    lesung.melde_zeilen(funde, "nicht lesbare Zellen")


def _melde_gemischte_prozente(df: pl.DataFrame, lesung: Lesung) -> None:
    """Note columns where some figures carry a percent sign and some do not: 0,355 may be 35,5 % in a workbook."""
    if "%" not in lesung.quelle.zahl.anhaenge:
        return
    zahlen = df.filter(pl.col("zahl").is_not_null()).with_columns(mit=pl.col("text").str.contains(r"%\s*\)?$"))
    gemischte = zahlen.filter(pl.col("mit").any().over("kopf") & ~pl.col("mit"))
    rat = (
        "eine Zahl ohne »%« zwischen Zahlen mit »%«. In Excel kann sie ein Hundertstel davon sein (0,5 wird als 50 % "
        "gezeigt). Vereinheitlichen lassen."
    )
    stellen = gemischte.select("zeile", "zelle", "kopf").rows()
    funde = [(zeile, f"Zelle {zelle}, Spalte »{name_kopf(kopf)}«: {rat}") for zeile, zelle, kopf in stellen]
    lesung.melde_zeilen(funde, "Zahlen ohne Prozentzeichen")


def _text_zelle(zelle: dict[str, str], zahl: Zahl) -> str:
    """Describe an unreadable cell by its shape only: the digits of a small cell are nobody's business."""
    form = mask(zelle["text"])
    tausender = f", Tausenderzeichen »{zahl.tausender}«" if zahl.tausender else ", kein Tausenderzeichen"
    return (
        f"Zelle {zelle['zelle']}, Spalte »{zelle['kopf']}«: »{form}« ist weder eine Zahl (Dezimalzeichen "
        f"»{zahl.dezimal}«{tausender}) noch ein deklariertes Symbol. Unter symbole oder zahl eintragen, was es heißt."
    )


def _add_qualitaet(df: pl.DataFrame, lesung: Lesung) -> pl.DataFrame:
    """Give each cell its quality: what stands at the number, else in the column beside it, else of the delivery.

    A number that its publisher calls estimated has the status `geschaetzt`, and so its sign on the page.
    """
    teile = [pl.col("qualitaet")]
    spalte = lesung.quelle.qualitaet
    if spalte:
        bedeutung = {"": ""} | dict(spalte.zeichen)
        fremde = (
            df.filter(~pl.col("vermerk").is_in(list(bedeutung)))
            .select("zeile", "vermerk")
            .unique(maintain_order=True)
            .rows()
        )
        wo, rat = f"Spalte »{spalte.spalte}«", "kein deklariertes Qualitätszeichen. Unter qualitaet eintragen."
        funde = [(zeile, f"{wo}: »{name_kopf(vermerk)}« ist {rat}") for zeile, vermerk in fremde]
        lesung.melde_zeilen(funde, "Qualitätszeichen")
        namen = {zeichen: name or None for zeichen, name in bedeutung.items()}
        teile.append(pl.col("vermerk").replace_strict(namen, default=None, return_dtype=pl.String))
    teile += [pl.lit("vorlaeufig")] if lesung.quelle.vorlaeufig else []
    df = df.with_columns(qualitaet=pl.coalesce(*teile))
    geschaetzt = (pl.col("status") == "beobachtet") & (pl.col("qualitaet") == "geschaetzt").fill_null(value=False)
    return df.with_columns(status=pl.when(geschaetzt).then(pl.lit("geschaetzt")).otherwise("status"))


def _check_gueltigkeit(df: pl.DataFrame, gueltigkeit: Gueltigkeitsliste) -> pl.DataFrame:
    """Take a declared zero sign for a zero only where the Raum exists on that day."""
    jahresende = pl.concat_str(pl.col("jahr").cast(pl.String), pl.lit("-12-31"))
    tag = df.select(tag=pl.col("stichtag").fill_null(jahresende))["tag"]
    nach_liste = gueltigkeit.status_null(df["raum_id"], tag)
    ist_zeichen = pl.col("symbol").is_in(NULLSTATUS).fill_null(value=False)  # a number has no symbol, and stays
    strittig = ist_zeichen & (nach_liste != "null_genau")
    return df.with_columns(
        status=pl.when(strittig).then(nach_liste).otherwise("status"),
        wert=pl.when(~strittig).then("wert"),
    )


def _add_vorbehandelt(df: pl.DataFrame, lesung: Lesung) -> pl.DataFrame:
    """Say which figures the publisher has changed, by the stronger way; there a zero may be a small number."""
    verfahren = pl.lit(None, dtype=pl.String)
    for angabe in sorted(lesung.quelle.vorbehandelt, key=lambda angabe: angabe.verfahren == UEBERLAGERT):
        betroffen = match_ganz(df["raum_id"], angabe.raeume) if angabe.raeume else pl.lit(value=True)
        verfahren = pl.when(betroffen).then(pl.lit(angabe.verfahren)).otherwise(verfahren)
    df = df.with_columns(vorbehandelt=verfahren)
    null = pl.col("vorbehandelt").is_not_null() & (pl.col("wert") == 0)
    return df.with_columns(status=pl.when(null).then(pl.lit("null_gerundet")).otherwise("status"))
