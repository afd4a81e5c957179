"""The text of the key of each row: put together from its columns, replaced as declared, carried down where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from atlas.ingest.deutung.schluessel import Schluesselpruefung

if TYPE_CHECKING:
    from atlas.ingest.deutung.lesung import Lesung


def find_schluesselspalten(lesung: Lesung) -> tuple[str, ...]:
    """Name the columns that hold the key; none where it stands elsewhere."""
    regel = lesung.quelle.schluessel
    return regel.spalten or ((regel.spalte,) if regel.spalte else ())


def read_schluesseltexte(lesung: Lesung) -> pl.Series:
    """Give the text of the key of each row of the table; note a guard of a replacement that hits not one row."""
    df = lesung.tabelle.df.select("zeile", *_namen(lesung))
    eigene = _join(df)
    ersetzt = _ersetze(eigene, lesung)
    if not lesung.quelle.schluessel.wiederholen:
        return ersetzt
    df = df.with_columns(text=pl.when(ersetzt != eigene).then(ersetzt), gelesen=True)
    return _carry_down(df, lesung)


def find_uebersprungene_raeume(lesung: Lesung) -> list[int]:
    """Give the lines of rows that `ueberspringen` left out although their key is that of a Raum."""
    tabelle = lesung.tabelle
    if not tabelle.uebersprungen or not find_schluesselspalten(lesung):
        return []
    df = _select_ausgelassene(lesung).head(tabelle.uebersprungen)
    ebenen = Schluesselpruefung(lesung.quelle.schluessel, lesung.umfeld.bekannte).resolve(_join(df))["ebene"]
    return df["zeile"].filter(ebenen.is_in(list(lesung.quelle.schluessel.ebenen))).to_list()


def _namen(lesung: Lesung) -> list[str]:
    return [lesung.finde(spalte) for spalte in find_schluesselspalten(lesung)]


def _join(df: pl.DataFrame) -> pl.Series:
    return df.select(pl.concat_str(pl.exclude("zeile", "text", "gelesen")).alias("text"))["text"]


def _select_ausgelassene(lesung: Lesung) -> pl.DataFrame:
    """Give line and key columns of the rows left out between header and end; those have no column of subheadings."""
    df = lesung.tabelle.ausgelassene
    if df is None:
        return lesung.tabelle.df.clear().select("zeile", *_namen(lesung))
    spalten = [pl.col(name) if name in df.columns else pl.lit("").alias(name) for name in _namen(lesung)]
    return df.select("zeile", *spalten)


def _carry_down(df: pl.DataFrame, lesung: Lesung) -> pl.Series:
    """Give each empty key the one above it; `text` is a key that a replacement put in.

    A column is empty for the one above only where those left of it are. The rows left out take part: below a total
    that is skipped nobody means the Raum above it.
    """
    namen = _namen(lesung)
    ausgelassene = _select_ausgelassene(lesung)
    if ausgelassene.height:
        ohne = ausgelassene.with_columns(text=pl.lit(None, pl.String), gelesen=False)
        df = pl.concat([df, ohne]).sort("zeile", maintain_order=True)
    leer = [pl.all_horizontal(pl.col(name) == "" for name in namen[: n + 1]) for n in range(len(namen))]
    getragen = [
        pl.when(~leer[n]).then(pl.col(name)).forward_fill().fill_null("").alias(name) for n, name in enumerate(namen)
    ]
    zusammen = _join(df.with_columns(getragen).select(namen))
    text = pl.coalesce("text", pl.when(~leer[-1]).then(zusammen)).forward_fill().fill_null("")
    return df.select("gelesen", text=text).filter("gelesen")["text"]


def _ersetze(texte: pl.Series, lesung: Lesung) -> pl.Series:
    """Put in the declared keys of single rows; note a guard that does not hit exactly one row."""
    ersetzt, df = texte, lesung.tabelle.df
    for ersetzung in lesung.quelle.schluessel.ersetzen:
        wo = f"schluessel.ersetzen: »{ersetzung.schluessel}«"
        fremde = sorted(ersetzung.wenn.keys() - set(lesung.tabelle.kopf))
        if fremde:
            lesung.melde_kopf(f"{wo} nennt unter wenn die Spalte »{fremde[0]}«, die es nicht gibt. wenn anpassen.")
            continue
        trifft = texte == ersetzung.schluessel
        for spalte, text in ersetzung.wenn.items():
            trifft &= df[lesung.finde(spalte)] == text
        if trifft.sum() != 1:
            rat = "Hat der Herausgeber sie berichtigt, den Eintrag löschen; sonst wenn anpassen."
            lesung.melde_kopf(f"{wo} trifft {trifft.sum()} statt einer Zeile. {rat}")
            continue
        ersetzt = ersetzt.set(trifft, ersetzung.ersetze)
    return ersetzt
