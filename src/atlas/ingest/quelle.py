"""A declared CSV source becomes Messwerte: every cell a number by pattern or a gap by symbol."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from atlas.errors import EingabeError, Problem
from atlas.ingest.textdatei import MAX_PROBLEME, Rohtabelle, read_rohtabelle

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.config.models.quellen import Quelle, Wertspalte, Zahl

_NULLSTATUS = ("null_genau", "null_gerundet")


@dataclass(frozen=True)
class Gelesen:
    """The Messwerte of one file (columns of the table, not yet checked) and its number of data rows."""

    messwerte: pl.DataFrame
    zeilen: int


def read_quelle(inhalt: bytes, name: str, dateiname: str, quelle: Quelle, lieferung_id: str) -> Gelesen:
    """Read one delivered file of a Quelle.

    Raises `EingabeError` with every unclaimed column, unreadable key, year and cell of the file.
    """
    tabelle = read_rohtabelle(inhalt, name, quelle.datei)
    _check_spalten(tabelle, quelle)
    roh = pl.DataFrame(
        {"zeile": tabelle.nummern}
        | {f"s{n}": [z[n].strip() for z in tabelle.zeilen] for n in range(len(tabelle.kopf))},
        schema_overrides={"zeile": pl.Int64},
    )
    probleme: list[Problem] = []
    geordnet = _add_jahr(_add_raum(roh, tabelle, quelle, probleme), tabelle, quelle, dateiname, probleme)
    zellen = pl.concat([_zellen(geordnet, tabelle, spalte, quelle) for spalte in quelle.werte.spalten])
    messwerte = _parse_zellen(zellen, tabelle, quelle, probleme)
    if probleme:
        raise EingabeError(probleme)
    return Gelesen(
        messwerte.with_columns(lieferung_id=pl.lit(lieferung_id), korrektur_id=pl.lit(None, dtype=pl.String)),
        len(tabelle.zeilen),
    )


def _check_spalten(tabelle: Rohtabelle, quelle: Quelle) -> None:
    """Demand that every declared column is there and every column of the file is claimed or ignored."""
    verlangt = [quelle.schluessel.spalte, *(spalte.spalte for spalte in quelle.werte.spalten)]
    verlangt += [quelle.zeit.spalte] if quelle.zeit.spalte else []
    kopfzeile = min(tabelle.nummern) - 1
    fehlend = [spalte for spalte in dict.fromkeys(verlangt) if spalte not in tabelle.kopf]
    uebrig = [
        spalte
        for spalte in tabelle.kopf
        if spalte not in verlangt and not any(re.fullmatch(muster, spalte) for muster in quelle.werte.ignoriere)
    ]
    probleme = []
    for spalte in fehlend:
        vorhanden = f" In der Datei übrig: {', '.join(f'»{s}«' for s in uebrig)}." if uebrig else ""
        probleme.append(Problem(tabelle.datei, kopfzeile, "", f"die Spalte »{spalte}« fehlt.{vorhanden}"))
    if not fehlend:
        text = (
            "die Spalte »{}« ist nirgends deklariert. Unter werte.spalten aufnehmen oder unter werte.ignoriere nennen."
        )
        probleme = [Problem(tabelle.datei, kopfzeile, "", text.format(spalte)) for spalte in uebrig]
    if probleme:
        raise EingabeError(probleme)


def _melde(
    schlechte: pl.DataFrame, tabelle: Rohtabelle, was: str, text: Callable[[dict[str, str]], str]
) -> list[Problem]:
    """Name the first bad rows with their line, count the others."""
    zeilen = schlechte.sort("zeile").head(MAX_PROBLEME).to_dicts()
    probleme = [Problem(tabelle.datei, int(zeile["zeile"]), "", text(zeile)) for zeile in zeilen]
    weitere = schlechte.height - MAX_PROBLEME
    if weitere > 0:
        probleme.append(Problem(tabelle.datei, 10**9, "", f"… und {weitere} weitere {was}."))
    return probleme


def _add_raum(roh: pl.DataFrame, tabelle: Rohtabelle, quelle: Quelle, probleme: list[Problem]) -> pl.DataFrame:
    """Add raum_id and ebene; report keys that fit no level, or more than one."""
    regel = quelle.schluessel
    schluessel = pl.col(f"s{tabelle.kopf.index(regel.spalte)}")
    if regel.auffuellen:
        schluessel = schluessel.str.zfill(regel.auffuellen)
    df = roh.with_columns(raum_id=schluessel)
    if regel.nicht_raum:
        df = df.filter(~pl.col("raum_id").str.contains(f"^(?:{regel.nicht_raum})$"))
    passt = {ebene: pl.col("raum_id").str.contains(f"^(?:{muster})$") for ebene, muster in regel.ebenen.items()}
    df = df.with_columns(
        ebene=pl.coalesce(pl.when(treffer).then(pl.lit(ebene)) for ebene, treffer in passt.items()),
        anzahl=pl.sum_horizontal(passt.values()),
    )
    muster = ", ".join(f"{ebene}: {m}" for ebene, m in regel.ebenen.items())
    schlechte = df.filter(pl.col("anzahl") != 1)
    probleme += _melde(
        schlechte,
        tabelle,
        "Schlüssel",
        lambda zeile: _text_schluessel(zeile["raum_id"], regel.spalte, muster),
    )
    return df.filter(pl.col("anzahl") == 1).drop("anzahl")


def _text_schluessel(schluessel: str, spalte: str, muster: str) -> str:
    text = f"Spalte »{spalte}«: der Schlüssel »{schluessel}« passt zu keiner Ebene oder zu mehreren ({muster})."
    if schluessel.isdigit() and re.search(rf"\\d\{{{len(schluessel) + 1}\}}", muster):
        stellen = len(schluessel) + 1
        text += f" Wohl eine verlorene führende Null: neu exportieren oder schluessel.auffuellen: {stellen} eintragen."
    return text


def _add_jahr(
    df: pl.DataFrame, tabelle: Rohtabelle, quelle: Quelle, dateiname: str, probleme: list[Problem]
) -> pl.DataFrame:
    """Add jahr and stichtag; report rows without a readable year."""
    zeit = quelle.zeit
    jahr: pl.Expr
    if zeit.fest is not None:
        jahr = pl.lit(zeit.fest)
    elif zeit.dateiname is not None:
        treffer = re.search(zeit.dateiname, dateiname)
        if treffer is None:
            text = f"der Dateiname passt nicht zum Muster {zeit.dateiname}, das Jahr ist unbekannt. Datei umbenennen."
            raise EingabeError([Problem(tabelle.datei, 0, "", text)])
        jahr = pl.lit(int(treffer["jahr"]))
    else:
        muster = zeit.muster or r"(?P<jahr>\d{4})"
        spalte = pl.col(f"s{tabelle.kopf.index(zeit.spalte or '')}")
        jahr = spalte.str.extract_groups(f"^(?:{muster})$").struct.field("jahr").cast(pl.Int64, strict=False)
    df = df.with_columns(jahr=jahr.cast(pl.Int64))
    probleme += _melde(
        df.filter(pl.col("jahr").is_null()),
        tabelle,
        "Zeilen ohne Jahr",
        lambda _: f"Spalte »{zeit.spalte}«: kein Jahr erkennbar. zeit.muster prüfen.",
    )
    stichtag = pl.format("{}-{}", "jahr", pl.lit(zeit.stichtag)) if zeit.stichtag else pl.lit(None, dtype=pl.String)
    return df.filter(pl.col("jahr").is_not_null()).with_columns(stichtag=stichtag)


def _zellen(df: pl.DataFrame, tabelle: Rohtabelle, spalte: Wertspalte, quelle: Quelle) -> pl.DataFrame:
    """Give the cells of one column: text, address, and the status its symbol declares."""
    stelle = tabelle.kopf.index(spalte.spalte)
    symbole = {"": "nicht_geliefert"} | dict(quelle.symbole) | dict(spalte.symbole)
    return df.select(
        "raum_id",
        "ebene",
        "jahr",
        "stichtag",
        "zeile",
        merkmal=pl.lit(spalte.merkmal),
        gruppe=pl.lit(spalte.gruppe),
        spalte=pl.lit(spalte.spalte),
        zelle=pl.format("{}{}", pl.lit(spaltenname(stelle)), "zeile"),
        text=pl.col(f"s{stelle}"),
        symbol=pl.col(f"s{stelle}").replace_strict(symbole, default=None, return_dtype=pl.String),
    )


def spaltenname(stelle: int) -> str:
    """Give the letters of a column as spreadsheets do: 0 is A, 26 is AA."""
    name = ""
    stelle += 1
    while stelle:
        stelle, ziffer = divmod(stelle - 1, 26)
        name = chr(ord("A") + ziffer) + name
    return name


def _parse_zellen(zellen: pl.DataFrame, tabelle: Rohtabelle, quelle: Quelle, probleme: list[Problem]) -> pl.DataFrame:
    """Turn text into wert and status; report every cell that is neither number nor declared symbol."""
    df = zellen.with_columns(zahl=_zahl(pl.col("text"), quelle.zahl)).with_columns(
        wert=pl.when(pl.col("symbol").is_in(_NULLSTATUS))
        .then(pl.lit(0.0))
        .when(pl.col("symbol").is_null())
        .then(pl.col("zahl")),
        status=pl.col("symbol").fill_null(pl.lit("beobachtet")),
    )
    schlechte = df.filter(pl.col("symbol").is_null() & pl.col("zahl").is_null())
    probleme += _melde(schlechte, tabelle, "nicht lesbare Zellen", lambda zelle: _text_zelle(zelle, quelle.zahl))
    qualitaet = pl.lit("p" if quelle.vorlaeufig else None, dtype=pl.String)
    return df.with_columns(qualitaet=qualitaet).drop("zeile", "spalte", "text", "symbol", "zahl")


def _zahl(text: pl.Expr, zahl: Zahl) -> pl.Expr:
    """Give the number of a text that matches the declared way of writing, else null."""
    dezimal = re.escape(zahl.dezimal)
    ganz = r"\d+"
    if zahl.tausender:
        ganz = rf"(?:\d{{1,3}}(?:{re.escape(zahl.tausender)}\d{{3}})+|\d+)"
        text = text.str.replace_all("[\u00a0\u202f]", " ") if zahl.tausender == " " else text
    muster = rf"^-?{ganz}(?:{dezimal}\d+)?$"
    ziffern = text.str.replace_all(zahl.tausender, "", literal=True) if zahl.tausender else text
    als_zahl = ziffern.str.replace(zahl.dezimal, ".", literal=True).cast(pl.Float64, strict=False)
    return pl.when(text.str.contains(muster)).then(als_zahl)


def _text_zelle(zelle: dict[str, str], zahl: Zahl) -> str:
    """Describe an unreadable cell by its shape only: the digits of a small cell are nobody's business."""
    form = re.sub(r"\d", "9", zelle["text"])[:30]
    tausender = f", Tausenderzeichen »{zahl.tausender}«" if zahl.tausender else ", kein Tausenderzeichen"
    return (
        f"Zelle {zelle['zelle']}, Spalte »{zelle['spalte']}«: »{form}« ist weder eine Zahl (Dezimalzeichen "
        f"»{zahl.dezimal}«{tausender}) noch ein deklariertes Symbol. Unter symbole oder zahl eintragen, was es heißt."
    )
