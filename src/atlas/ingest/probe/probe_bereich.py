"""Where the table lies in its file: header, data, end and what is skipped, by line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from atlas.config.models.datei import Aufbau
from atlas.ingest.formate.lesen import read_raster
from atlas.zeichen import mask

if TYPE_CHECKING:
    from atlas.ingest.deutung.lesung import Lesung
    from atlas.ingest.formate.raster import Raster

_RANDTEXT_HOECHSTENS = 70
_ZEIT = re.compile(r"(?<!\d)(?:\d{1,2}\.\s?(?:\d{1,2}\.|[A-Z][a-zä]+)\s?)?(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Bereichsprobe:
    """The region by lines of the file, counted from 1; 0 where there is none (no header, no declared end)."""

    blatt: str
    kopfzeile: int
    kopftiefe: int
    erste: int
    letzte: int
    ende: int
    uebersprungen: tuple[int, ...]


def describe_bereich(inhalt: bytes, lesung: Lesung) -> Bereichsprobe:
    """Say where the region of a file that was read lies in it."""
    tabelle, datei = lesung.tabelle, lesung.quelle.datei
    zeilen = tabelle.df["zeile"]
    tiefe = datei.kopf.tiefe if isinstance(datei, Aufbau) and datei.kopf else 1 if tabelle.kopfzeile else 0
    erste, letzte = min(zeilen), max(zeilen)
    if not isinstance(datei, Aufbau) or not (datei.ende or datei.ueberspringen):
        return Bereichsprobe(tabelle.blatt, tabelle.kopfzeile, tiefe, erste, letzte, 0, ())
    raster = read_raster(inhalt, tabelle.datei, datei, lesung.quelle.zahl.dezimal)
    texte = list_erste_texte(raster)
    anfang = raster.zeilen.index_of(tabelle.kopfzeile) if tabelle.kopfzeile else 0
    rumpf = [(zeile, text) for zeile, text in texte[(anfang or 0) + tiefe :] if text]
    ende = next((zeile for zeile, text in rumpf if datei.ende and re.search(datei.ende, text)), 0)
    gelesen = set(zeilen)
    uebersprungen = tuple(zeile for zeile, _ in rumpf if zeile not in gelesen and (not ende or zeile < ende))
    return Bereichsprobe(tabelle.blatt, tabelle.kopfzeile, tiefe, erste, letzte, ende, uebersprungen)


def list_erste_texte(raster: Raster) -> list[tuple[int, str]]:
    """Give for each row of a Raster its line and the text of its first filled cell; empty where none is filled."""
    texte = [pl.col(name).str.strip_chars() for name in raster.zellen.columns]
    erste = raster.zellen.select(pl.coalesce(*(pl.when(t != "").then(t) for t in texte), pl.lit("")).alias("erste"))
    return list(zip(raster.zeilen, erste["erste"], strict=True))


def shorten_randtexte(texte: tuple[str, ...]) -> tuple[str, ...]:
    """Give the cells around a table, shortened; only days and years keep their digits, for the rest may be data."""
    return tuple(_hide_zahlen(text)[:_RANDTEXT_HOECHSTENS] for text in texte)


def _hide_zahlen(text: str) -> str:
    teile, ab = [], 0
    for treffer in _ZEIT.finditer(text) if re.search(r"[^\W\d_]", text) else ():
        teile += [_maskiert(text[ab : treffer.start()]), treffer[0]]
        ab = treffer.end()
    return "".join([*teile, _maskiert(text[ab:])])


def _maskiert(text: str) -> str:
    return "".join(mask(text[n : n + 1]) for n in range(len(text)))
