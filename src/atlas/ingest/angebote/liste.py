"""A list with one thing per row: its declared columns as text, and what is wrong with single rows of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import polars as pl

from atlas.errors import EingabeError, Problem
from atlas.ingest.auflistung import MAX_PROBLEME, list_zeilen
from atlas.ingest.dateien import read_inhalt
from atlas.ingest.deutung.muster import passt_zu_einem
from atlas.ingest.formate.lesen import read_rohtabelle
from atlas.zeichen import name_kopf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from atlas.config.models.angebote import Angebotsverzeichnis
    from atlas.config.models.beitraege import Sammlung
    from atlas.ingest.formate.raster import Rohtabelle
    from atlas.projekt import Projekt

LAENGSTER_SCHLUESSEL: Final = 60
"""Characters; a longer key is text from another column."""


@dataclass(frozen=True)
class Liste:
    """The rows of one delivered list; each step adds to `probleme` what it does not understand, and goes on.

    `df` has `zeile`, `zelle` (the address of the key) and the declared columns as text, under the names that the
    configuration gives them; `koepfe` says how the file calls these.
    """

    tabelle: Rohtabelle
    koepfe: Mapping[str, str]
    df: pl.DataFrame
    sha256: str
    probleme: list[Problem] = field(default_factory=list)

    def melde(self, spalte: str, zeilen: Iterable[int], text: str) -> None:
        """Note the same mistake of one column in some lines."""
        self.melde_einzeln(spalte, [(zeile, text) for zeile in zeilen])

    def melde_einzeln(self, spalte: str, funde: Sequence[tuple[int, str]]) -> None:
        """Note mistakes of one column, given as (line, text)."""
        kopf = name_kopf(self.koepfe[spalte])
        ort = f"{self.tabelle.find_ort(1)}, " if self.tabelle.blatt else ""
        zeilen = [(zeile, f"{ort}Spalte »{kopf}«: {text}") for zeile, text in sorted(funde)]
        self.probleme.extend(list_zeilen(zeilen, self.tabelle.datei, f"Zeilen mit Fehlern in Spalte »{kopf}«"))

    def drop_ignorierte(self, arten: Mapping[str, str], ignoriere: Sequence[str]) -> Liste:
        """Give the list without the rows of Arten that are left out on purpose: what stands in them is no mistake."""
        texte = self.df["art"].unique()
        gemeinte = [text for text in texte if text not in arten and passt_zu_einem(text, ignoriere)]
        return replace(self, df=self.df.filter(~pl.col("art").is_in(gemeinte)))

    def check_schluessel(self) -> None:
        """Note keys that are empty, too long or there twice."""
        texte = self.df["schluessel"]
        leere, lange = texte == "", texte.str.len_chars() > LAENGSTER_SCHLUESSEL
        self.melde("schluessel", self.df.filter(leere)["zeile"], "der Schlüssel fehlt. Ergänzen lassen.")
        rat = f"ist länger als {LAENGSTER_SCHLUESSEL} Zeichen. Die richtige Spalte unter spalten.schluessel eintragen."
        self.melde("schluessel", self.df.filter(lange)["zeile"], f"der Schlüssel {rat}")
        doppelt = ~texte.is_first_distinct() & ~leere
        rat = "steht schon in einer Zeile darüber. Eine der beiden streichen lassen."
        self.melde("schluessel", self.df.filter(doppelt)["zeile"], f"der Schlüssel {rat}")

    def read_arten(self, arten: Mapping[str, str]) -> pl.DataFrame:
        """Give the rows whose Art is declared, with its key in `art`; note the others."""
        fremde = self.df.filter(~pl.col("art").is_in(list(arten)))
        rat = "Unter arten eintragen oder unter arten_ignoriere nennen."
        funde = [
            (zeile, f"»{name_kopf(text)}« ist keine deklarierte Art. {rat}" if text else f"die Art fehlt. {rat}")
            for zeile, text in fremde.unique("art", keep="first", maintain_order=True).select("zeile", "art").rows()
        ]
        self.melde_einzeln("art", funde)
        gelesen = self.df.filter(pl.col("art").is_in(list(arten)))
        return gelesen.with_columns(pl.col("art").replace_strict(dict(arten), return_dtype=pl.String))

    def build_lieferung(self, lieferung_id: str, quelle: str, datei: str) -> dict[str, str | int]:
        """Give the row of Lieferungen but for what only the reader of its rows knows (stand and the counts)."""
        tabelle = self.tabelle
        return {
            "lieferung_id": lieferung_id,
            "quelle": quelle,
            "datei": datei,
            "sha256": self.sha256,
            "zeilen": tabelle.df.height,
            "ausserhalb": 0,
            "ohne_raum": 0,
            "uebersprungen": tabelle.uebersprungen + tabelle.zwischentitel + tabelle.versteckt,
            "fusszeilen": tabelle.nach_ende,
            "messwerte": 0,
        }


def open_liste(projekt: Projekt, pfad: Path, erklaerung: Angebotsverzeichnis | Sammlung, dezimal: str = ",") -> Liste:
    """Read the declared columns of a list.

    Raises `EingabeError` for an unreadable file, a declared column that is missing, and one that nobody declared.
    """
    name = projekt.relativ(pfad)
    inhalt = read_inhalt(pfad, name, erklaerung.datei.typ)
    tabelle = read_rohtabelle(inhalt, name, erklaerung.datei, dezimal)
    koepfe = {spalte: kopf for spalte, kopf in erklaerung.spalten.model_dump().items() if kopf is not None}
    _check_spalten(tabelle, koepfe, erklaerung.spalten_ignoriere)
    stellen = {spalte: tabelle.kopf.index(kopf) for spalte, kopf in koepfe.items()}
    buchstabe = tabelle.buchstaben[stellen["schluessel"]]
    vorn = f"{tabelle.blatt}!{buchstabe}" if tabelle.blatt else buchstabe
    df = tabelle.df.select(
        "zeile",
        pl.concat_str(pl.lit(vorn), pl.col("zeile").cast(pl.String)).alias("zelle"),
        *(_glatt(stelle).alias(spalte) for spalte, stelle in stellen.items()),
    )
    return Liste(tabelle, koepfe, df, hashlib.sha256(inhalt).hexdigest())


def _glatt(stelle: int) -> pl.Expr:
    """Give the texts of a column on one line each: line ends and tabs become blanks."""
    return pl.col(f"s{stelle}").str.replace_all(r"\s+", " ").str.strip_chars()


def _check_spalten(tabelle: Rohtabelle, koepfe: Mapping[str, str], ignoriere: Sequence[str]) -> None:
    erklaert = set(koepfe.values())
    uebrig = [kopf for kopf in tabelle.kopf if kopf not in erklaert and not passt_zu_einem(kopf, ignoriere)]
    genannt = ", ".join(f"»{name_kopf(kopf)}«" for kopf in uebrig[:MAX_PROBLEME])
    rest = f"In der Datei übrig: {genannt}." if genannt else "Neu anfordern."
    fehlend = [f"die Spalte »{kopf}« fehlt. {rest}" for kopf in koepfe.values() if kopf not in tabelle.kopf]
    rat = "ist nirgends deklariert. Unter spalten eintragen oder unter spalten_ignoriere nennen."
    texte = fehlend or [f"die Spalte »{name_kopf(kopf)}« {rat}" for kopf in uebrig[:MAX_PROBLEME]]
    if texte:
        ort = tabelle.find_ort(tabelle.kopfzeile)
        raise EingabeError([Problem(tabelle.datei, tabelle.kopfzeile, ort, text) for text in texte])
