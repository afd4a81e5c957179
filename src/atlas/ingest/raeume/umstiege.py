"""Umstiegsschlüssel: the shares with which old Räume go to new ones, read from a workbook or a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from atlas.errors import EingabeError, Problem
from atlas.ingest.auflistung import list_zeilen
from atlas.ingest.deutung.muster import match_ganz
from atlas.tables.raum import GANZ
from atlas.zeichen import mask, name_kopf

if TYPE_CHECKING:
    from atlas.config.models.gebietsstand import Umstieg
    from atlas.ingest.formate.raster import Rohtabelle

PAAR: Final = ("von_raum_id", "nach_raum_id", "gewichtung")
_JE_RAUM: Final = ("von_raum_id", "gewichtung")
MAX_VERLUST: Final = 0.05
"""What an old Raum may lose as slivers; more is no inaccuracy of borders."""
GENANNTE: Final = 5
"""So many keys one sentence names; the others are counted."""


@dataclass(frozen=True)
class GelesenerUmstieg:
    """One Umstieg as its file gives it: columns and order of the table Umstiege, shares of an old Raum sum to 1.

    `zeilen` are the rows that count, `splitter` the shares below `schwelle` that were left out, `groesster_verlust`
    the most that one old Raum lost by them, and `abweichung` how far the shares of an old Raum were from 1 at most
    before they were scaled.
    """

    umstieg: Umstieg
    datei: str
    df: pl.DataFrame
    zeilen: int
    splitter: int
    groesster_verlust: float
    abweichung: float


def build_umstiege(tabelle: Rohtabelle, umstieg: Umstieg) -> GelesenerUmstieg:
    """Read the Umstieg that a file holds.

    The sum of the shares is checked as the file gives it, then slivers are dropped and the rest is scaled to exactly 1.
    Raises `EingabeError` with every missing column; or every empty key and unreadable share; or every repeated pair of
    keys and old Raum whose shares do not sum to 1.
    """
    zeilen = _select_zeilen(tabelle, umstieg)
    probleme = _find_leere(zeilen, tabelle)
    anteile = _read_anteile(zeilen, umstieg)
    probleme += _find_unlesbare(anteile, tabelle, umstieg)
    if probleme:
        raise EingabeError(probleme)
    doppelte = _find_doppelte(anteile, tabelle)
    anteile = anteile.filter(pl.col("anteil") > 0)
    summen = (
        anteile.sort("zeile")
        .group_by(_JE_RAUM, maintain_order=True)
        .agg(pl.col("zeile").first(), summe=pl.col("anteil").sum(), neue=pl.col("nach_raum_id").n_unique())
    )
    klein = pl.col("anteil") < umstieg.schwelle
    verluste = anteile.filter(klein).group_by(_JE_RAUM, maintain_order=True).agg(verlust=pl.col("anteil").sum())
    probleme = [
        *doppelte,
        *_find_falsche_summen(zeilen, anteile, summen, tabelle, umstieg),
        *_find_zersplitterte(verluste, tabelle, umstieg),
    ]
    if probleme:
        raise EingabeError(probleme)
    return GelesenerUmstieg(
        umstieg,
        tabelle.datei,
        _scale(anteile.filter(~klein), umstieg),
        zeilen.height,
        anteile.filter(klein).height,
        verluste.select(pl.col("verlust").max().fill_null(0.0)).item(),
        summen.select((pl.col("summe") - 1).abs().max()).item() if umstieg.spalten.anteile else 0.0,
    )


def _select_zeilen(tabelle: Rohtabelle, umstieg: Umstieg) -> pl.DataFrame:
    """Give the rows that `auswahl` leaves, with keys as declared: zeile, von_raum_id, nach_raum_id, s0, s1, ..."""
    spalten = umstieg.spalten
    verlangt = [spalten.von, spalten.nach, *spalten.anteile.values(), *umstieg.auswahl]
    fehlend = [spalte for spalte in dict.fromkeys(verlangt) if spalte not in tabelle.kopf]
    if fehlend:
        rest = f"fehlt. Vorhanden: {', '.join(f'»{name_kopf(kopf)}«' for kopf in tabelle.kopf)}."
        ort = tabelle.find_ort(tabelle.kopfzeile)
        raise EingabeError(
            [Problem(tabelle.datei, tabelle.kopfzeile, ort, f"die Spalte »{spalte}« {rest}") for spalte in fehlend]
        )
    df = tabelle.df
    for spalte, muster in umstieg.auswahl.items():
        df = df.filter(match_ganz(df[_stelle(tabelle, spalte)], muster))
    if df.is_empty():
        text = "keine Zeile entspricht der auswahl. Muster prüfen."
        raise EingabeError([Problem(tabelle.datei, tabelle.kopfzeile, tabelle.find_ort(tabelle.kopfzeile), text)])
    von, nach = (_schluessel(pl.col(_stelle(tabelle, spalte)), umstieg) for spalte in (spalten.von, spalten.nach))
    gewogen = {f"anteil_{name}": pl.col(_stelle(tabelle, spalte)) for name, spalte in spalten.anteile.items()}
    return df.select("zeile", von_raum_id=von, nach_raum_id=nach, **gewogen)


def _stelle(tabelle: Rohtabelle, spalte: str) -> str:
    return f"s{tabelle.kopf.index(spalte)}"


def _schluessel(text: pl.Expr, umstieg: Umstieg) -> pl.Expr:
    """Give the key of a Raum: padded, then cut, as declared; an empty one stays empty."""
    if umstieg.auffuellen:
        text = pl.when(text != "").then(text.str.zfill(umstieg.auffuellen)).otherwise(text)
    return text.str.head(umstieg.stellen) if umstieg.stellen else text


def _find_leere(zeilen: pl.DataFrame, tabelle: Rohtabelle) -> list[Problem]:
    funde = [
        (zeile, f"der {welcher} Schlüssel fehlt. Ergänzen lassen oder die Zeile mit auswahl weglassen.")
        for spalte, welcher in (("von_raum_id", "alte"), ("nach_raum_id", "neue"))
        for zeile in zeilen.filter(pl.col(spalte) == "")["zeile"]
    ]
    return list_zeilen(sorted(funde), tabelle.datei, "Zeilen ohne Schlüssel")


def _read_anteile(zeilen: pl.DataFrame, umstieg: Umstieg) -> pl.DataFrame:
    """Give the shares: zeile, von_raum_id, nach_raum_id, gewichtung, text, anteil (null where the text is none)."""
    zahl = pl.col("text").str.replace(umstieg.dezimal, ".", literal=True)
    # Exponents are no way of writing in official tables, but what programs write for small shares.
    passt = zahl.str.contains(r"^\d+(\.\d+)?([eE][-+]?\d+)?$") & (
        ~pl.col("text").str.contains(".", literal=True) | pl.lit(umstieg.dezimal == ".")
    )
    schluessel = ("zeile", "von_raum_id", "nach_raum_id")
    if not umstieg.spalten.anteile:
        ganz = {"gewichtung": pl.lit(GANZ), "text": pl.lit(""), "anteil": pl.lit(1.0)}
        return zeilen.select(*schluessel, **ganz)
    je_gewichtung = [
        zeilen.select(*schluessel, gewichtung=pl.lit(name), text=f"anteil_{name}") for name in umstieg.spalten.anteile
    ]
    return pl.concat(je_gewichtung).with_columns(anteil=pl.when(passt).then(zahl.cast(pl.Float64, strict=False)))


def _find_unlesbare(anteile: pl.DataFrame, tabelle: Rohtabelle, umstieg: Umstieg) -> list[Problem]:
    falsch = anteile.filter(pl.col("anteil").is_null() | (pl.col("anteil") > 1 + umstieg.toleranz)).sort("zeile")
    text = "Spalte »{}«: »{}« ist kein Anteil von 0 bis 1 (Dezimalzeichen »{}«). dezimal und spalten.anteile prüfen."
    funde = [
        (zeile, text.format(umstieg.spalten.anteile[gewichtung], mask(zelle), umstieg.dezimal))
        for zeile, gewichtung, zelle in falsch.select("zeile", "gewichtung", "text").iter_rows()
    ]
    return list_zeilen(funde, tabelle.datei, "unlesbare Anteile")


def _find_doppelte(anteile: pl.DataFrame, tabelle: Rohtabelle) -> list[Problem]:
    doppelt = (
        anteile.filter(~pl.struct(PAAR).is_first_distinct())
        .select("zeile", "von_raum_id", "nach_raum_id")
        .unique()
        .sort("zeile")
    )
    text = "»{}« nach »{}« steht schon weiter oben. Zusammenfassen lassen oder mit auswahl eine der Zeilen weglassen."
    funde = [(zeile, text.format(von, nach)) for zeile, von, nach in doppelt.iter_rows()]
    return list_zeilen(funde, tabelle.datei, "wiederholte Paare")


def _find_falsche_summen(
    zeilen: pl.DataFrame, anteile: pl.DataFrame, summen: pl.DataFrame, tabelle: Rohtabelle, umstieg: Umstieg
) -> list[Problem]:
    """Find old Räume whose shares do not sum to 1; in a list without shares those with several new ones."""
    if not umstieg.spalten.anteile:
        text = "»{}« geht in {} neue Räume. Ohne spalten.anteile muss es einer sein: Anteile liefern lassen."
        geteilt = summen.filter(pl.col("neue") > 1).select("zeile", "von_raum_id", "neue")
        funde = [(zeile, text.format(von, neue)) for zeile, von, neue in geteilt.iter_rows()]
        return list_zeilen(funde, tabelle.datei, "geteilte Räume")
    alle = zeilen.select("von_raum_id").unique().join(anteile.select("gewichtung").unique(), how="cross")
    falsch = (
        alle.join(summen, on=_JE_RAUM, how="left", validate="1:1")
        .with_columns(pl.col("summe").fill_null(0.0), pl.col("zeile").fill_null(tabelle.kopfzeile))
        .filter((pl.col("summe") - 1).abs() > umstieg.toleranz)
        .sort("zeile", *_JE_RAUM)
    )
    text = "»{}«: die Anteile {} ergeben {} statt 1. Fehlende Zeilen liefern lassen; Rundungen deckt toleranz."
    funde = [
        (zeile, text.format(von, gewichtung, f"{summe:.4f}".replace(".", ",")))
        for zeile, von, gewichtung, summe in falsch.select("zeile", *_JE_RAUM, "summe").iter_rows()
    ]
    return list_zeilen(funde, tabelle.datei, "alte Räume mit falscher Summe")


def _find_zersplitterte(verluste: pl.DataFrame, tabelle: Rohtabelle, umstieg: Umstieg) -> list[Problem]:
    """Find old Räume that would lose more than slivers."""
    text = (
        "»{}« besteht zu mehr als 5 % aus Anteilen unter schwelle: {} ({}). Das sind keine Splitter: schwelle senken."
    )
    schwelle = f"{umstieg.schwelle:g}".replace(".", ",")
    zu_viel = verluste.filter(pl.col("verlust") > MAX_VERLUST).select(_JE_RAUM)
    funde = [(tabelle.kopfzeile, text.format(von, schwelle, gewichtung)) for von, gewichtung in zu_viel.iter_rows()]
    return list_zeilen(funde, tabelle.datei, "zersplitterte Räume")


def _scale(anteile: pl.DataFrame, umstieg: Umstieg) -> pl.DataFrame:
    """Scale the shares of each old Raum to sum to exactly 1, and give the columns of the table Umstiege."""
    gesamt = pl.col("anteil").sum().over(_JE_RAUM)
    return (
        anteile.sort(PAAR)
        .with_columns(anteil=pl.col("anteil") / gesamt, von_stand=pl.lit(umstieg.von), nach_stand=pl.lit(umstieg.nach))
        .select("von_raum_id", "nach_raum_id", "von_stand", "nach_stand", "gewichtung", "anteil")
    )
