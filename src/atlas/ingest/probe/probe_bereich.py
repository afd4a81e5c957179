"""Where the table lies in its file: header, data, end and what is skipped, by line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from atlas.config.models.datei import Aufbau
from atlas.ingest.formate.lesen import read_raster
from atlas.zeichen import hide_zahlen, shorten_mitte

if TYPE_CHECKING:
    from atlas.ingest.deutung.lesung import Lesung

_RANDTEXT_HOECHSTENS = 140


@dataclass(frozen=True)
class Bereichsprobe:
    """The region by lines of the file, counted from 1; 0 where there is none (no header, no declared end).

    `versteckt` counts hidden rows that were left out.
    """

    blatt: str
    kopfzeile: int
    kopftiefe: int
    erste: int
    letzte: int
    ende: int
    uebersprungen: tuple[int, ...] = ()
    zwischentitel: tuple[int, ...] = ()
    versteckt: int = 0


def describe_bereich(inhalt: bytes, lesung: Lesung) -> Bereichsprobe:
    """Say where the region of a file that was read lies in it."""
    tabelle, datei = lesung.tabelle, lesung.quelle.datei
    zeilen = tabelle.df["zeile"]
    tiefe = datei.kopf.tiefe if isinstance(datei, Aufbau) and datei.kopf else 1 if tabelle.kopfzeile else 0
    erste, letzte = min(zeilen), max(zeilen)
    ausgelassene = tuple(tabelle.ausgelassene["zeile"]) if tabelle.ausgelassene is not None else ()
    uebersprungene = ausgelassene[: tabelle.uebersprungen]
    return Bereichsprobe(
        tabelle.blatt,
        tabelle.kopfzeile,
        tiefe,
        erste,
        letzte,
        _find_ende(inhalt, lesung, datei.ende) if isinstance(datei, Aufbau) and datei.ende else 0,
        uebersprungene,
        ausgelassene[len(uebersprungene) :],
        tabelle.versteckt,
    )


def _find_ende(inhalt: bytes, lesung: Lesung, muster: str) -> int:
    """Give the first line below the region that fits the declared end."""
    raster = read_raster(inhalt, lesung.tabelle.datei, lesung.quelle.datei, lesung.quelle.zahl.dezimal)
    texte = [pl.col(name).str.strip_chars() for name in raster.zellen.columns]
    erste = raster.zellen.select(pl.coalesce(*(pl.when(t != "").then(t) for t in texte), pl.lit("")).alias("erste"))
    letzte = max(lesung.tabelle.df["zeile"])
    rest = zip(raster.zeilen, erste["erste"], strict=True)
    return next((z for z, text in rest if z > letzte and text and re.search(muster, text)), 0)


def shorten_randtexte(texte: tuple[str, ...]) -> tuple[str, ...]:
    """Give the cells around a table, shortened; only days and years keep their digits, for the rest may be data."""
    return tuple(shorten_mitte(hide_zahlen(text), _RANDTEXT_HOECHSTENS) for text in texte)
