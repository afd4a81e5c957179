"""The region of a table inside its file: header by its anchor, end by its footer, everything else is named."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from atlas.errors import EingabeError, Problem
from atlas.ingest.formate.bereichspruefung import (
    find_daten_nach_ende,
    find_doppelte_koepfe,
    find_falsche_laengen,
    find_titel_ohne_zeile,
    find_verschluckte,
)
from atlas.ingest.formate.raster import Raster, Rohtabelle, spaltenname
from atlas.ingest.formate.verbunden import fill_nach_rechts, fill_nach_unten, find_verbundene
from atlas.ingest.formate.zwischentitel import Gliederung, add_zwischentitel, split_zwischentitel

if TYPE_CHECKING:
    from atlas.config.models.datei import Aufbau, Kopf

_BLOCK = 256
"""The header is looked for in blocks of so many rows: it stands near the top."""


@dataclass(frozen=True)
class Kopfzeilen:
    """Place of the first header row and of the first data row in the Raster, heads of its columns, what is declared."""

    anfang: int
    daten_ab: int
    koepfe: list[str]
    angabe: Kopf | None = None


def find_bereich(raster: Raster, aufbau: Aufbau, trenner: str = "") -> Rohtabelle:
    """Cut the declared region out of a Raster.

    `trenner` is the separator of a text file: a field over several lines that holds it may have swallowed rows. Raises
    `EingabeError` with every problem of the shape: no header, no end, data after the end, heads that repeat, rows that
    are too short or too long, subheadings that are declared and not there.
    """
    kopf = find_kopf(raster, aufbau)
    roh = raster.zellen.slice(kopf.daten_ab).select(pl.all().str.strip_chars())
    rumpf = fill_nach_unten(roh, raster, kopf.daten_ab) if raster.verbunden else roh
    zeilen = raster.zeilen.slice(kopf.daten_ab)
    ende = _find_ende(rumpf, zeilen, raster, aufbau)
    belegte = _drop_leere(rumpf.slice(0, ende), zeilen.slice(0, ende), roh.slice(0, ende))
    uebrige, uebersprungene, treffer = _split_uebersprungene(belegte, aufbau)
    gegliedert = split_zwischentitel(uebrige, aufbau.zwischentitel)
    kopfzeile = raster.zeilen[kopf.anfang] if aufbau.spalten_fest is None else 0
    if probleme := [
        *find_daten_nach_ende(rumpf.slice(ende), zeilen.slice(ende), len(kopf.koepfe), raster.datei),
        *_find_probleme(raster, gegliedert, kopf, kopfzeile, trenner),
    ]:
        raise EingabeError(probleme)
    ausgelassene = pl.concat([uebersprungene, gegliedert.zeilen])
    tabelle = _rohtabelle(raster, kopf, gegliedert.daten, kopfzeile, ausgelassene)
    tabelle = replace(
        tabelle,
        randtexte=_randtexte(raster, kopf, roh.slice(ende)),
        uebersprungen=uebersprungene.height,
        zwischentitel=gegliedert.zeilen.height,
        versteckt=_count_versteckte(raster, kopf.daten_ab, ende),
        nach_ende=int(_sind_gefuellt(roh.slice(ende)).sum()) if ende < roh.height else 0,
        treffer=treffer,
    )
    return add_zwischentitel(tabelle, gegliedert.titel)


def _find_probleme(
    raster: Raster, gegliedert: Gliederung, kopf: Kopfzeilen, kopfzeile: int, trenner: str
) -> list[Problem]:
    daten, breite = gegliedert.daten, len(kopf.koepfe)
    hat_feste_breite = raster.blatt and breite <= raster.zellen.width
    probleme = [
        *find_doppelte_koepfe([*kopf.koepfe, *gegliedert.titel.columns], raster.datei, kopfzeile, kopf.angabe),
        *([] if hat_feste_breite else find_falsche_laengen(daten, breite, raster.datei, kopfzeile)),
        *(find_verschluckte(raster, daten["zeile"], breite, trenner) if raster.mehrzeilig else []),
        *find_titel_ohne_zeile(gegliedert.fehlende, raster.datei, kopfzeile),
    ]
    if daten.is_empty():
        text = "nach der Kopfzeile folgt keine Zeile mit Daten. Die Datei neu anfordern."
        probleme.append(Problem(raster.datei, kopfzeile, "", text))
    return probleme


def _drop_leere(rumpf: pl.DataFrame, zeilen: pl.Series, roh: pl.DataFrame) -> pl.DataFrame:
    """Give the rows with some text of their own (`roh`), and the line of each."""
    gefuellt = _sind_gefuellt(roh)
    df = rumpf.with_columns(zeile=zeilen)
    return df if gefuellt.all() else df.filter(gefuellt)


def _sind_gefuellt(roh: pl.DataFrame) -> pl.Series:
    return roh.select(voll=pl.any_horizontal((pl.all() != "").fill_null(value=False)))["voll"]


def _count_versteckte(raster: Raster, daten_ab: int, ende: int) -> int:
    """Count the rows of a sheet between header and end that were left out because they are hidden."""
    if not raster.blatt or not ende:
        return 0
    erste = raster.zeilen[daten_ab - 1] + 1 if daten_ab else 1
    danach = daten_ab + ende
    bis = raster.zeilen[danach] if danach < raster.zeilen.len() else raster.zeilen[-1] + 1
    return int(bis - erste - ende)


def _erste_gefuellte(df: pl.DataFrame) -> pl.Series:
    """Give the stripped text of the first cell of each row that holds one; empty where none does."""
    texte = [pl.col(name) for name in df.columns if name != "zeile"]
    return df.select(pl.coalesce(*(pl.when(t != "").then(t) for t in texte), pl.lit("")).alias("erste"))["erste"]


def find_kopf(raster: Raster, aufbau: Aufbau) -> Kopfzeilen:
    """Find the header of a Raster by its anchor.

    Raises `EingabeError` when no cell fits the anchor, and for a file without any text.
    """
    if not any(any(zelle and zelle.strip() for zelle in satz) for satz in raster.zellen.iter_rows()):
        raise EingabeError([Problem(raster.datei, 0, "", "die Datei enthält keine Zeile mit Text. Neu anfordern.")])
    if aufbau.spalten_fest is not None:
        return Kopfzeilen(0, 0, list(aufbau.spalten_fest))
    anfang = _find_anker(raster, aufbau.kopf)
    tiefe = aufbau.kopf.tiefe if aufbau.kopf else 1
    zeilen = [[(zelle or "") for zelle in satz] for satz in raster.zellen.slice(anfang, tiefe).iter_rows()]
    breite = max(sum(zelle is not None for zelle in satz) for satz in raster.zellen.slice(anfang, tiefe).iter_rows())
    geglaettet = [[" ".join(zelle.split()) for zelle in satz[:breite]] for satz in zeilen]
    if len(geglaettet) < tiefe:
        text = "nach der Kopfzeile folgt keine Zeile mit Daten. Die Datei neu anfordern."
        raise EingabeError([Problem(raster.datei, raster.zeilen[anfang], "", text)])
    _spread_verbundene(geglaettet, raster, anfang)
    if aufbau.kopf:
        for nummer in aufbau.kopf.fuellen:
            _fill_nach_rechts(geglaettet[nummer - 1])
    verbinder = aufbau.kopf.verbinder if aufbau.kopf else ""
    koepfe = [verbinder.join(filter(None, (satz[n] for satz in geglaettet))) for n in range(breite)]
    return Kopfzeilen(anfang, anfang + tiefe, koepfe, aufbau.kopf)


def _find_anker(raster: Raster, kopf: Kopf | None) -> int:
    for block in range(0, raster.zellen.height, _BLOCK):
        for stelle, satz in enumerate(raster.zellen.slice(block, _BLOCK).iter_rows()):
            texte = [" ".join(zelle.split()) for zelle in satz if zelle]
            if (kopf is None and any(texte)) or (kopf is not None and any(re.search(kopf.anker, t) for t in texte)):
                return block + stelle
    anker = kopf.anker if kopf else ""
    text = f"keine Zelle passt zum deklarierten Kopf »{anker}«. datei.kopf prüfen, bei Textdateien auch datei.trenner."
    raise EingabeError([Problem(raster.datei, 0, f"Blatt »{raster.blatt}«" if raster.blatt else "", text)])


def _spread_verbundene(kopf: list[list[str]], raster: Raster, anfang: int) -> None:
    """Write the text of a merged header cell over its columns; the rows below it stay empty."""
    for oben, links, _, rechts in raster.verbunden:
        if anfang <= oben < anfang + len(kopf):
            satz = kopf[oben - anfang]
            for n in range(links + 1, min(rechts + 1, len(satz))):
                satz[n] = satz[n] or satz[links]


def _fill_nach_rechts(satz: list[str]) -> None:
    for n in range(1, len(satz)):
        satz[n] = satz[n] or satz[n - 1]


def _find_ende(rumpf: pl.DataFrame, zeilen: pl.Series, raster: Raster, aufbau: Aufbau) -> int:
    if aufbau.ende is None:
        return rumpf.height
    for stelle, text in enumerate(_erste_gefuellte(rumpf)):
        if text and re.search(aufbau.ende, text):
            return stelle
    text = f"das deklarierte Ende »{aufbau.ende}« kommt nicht vor. Die Datei ist womöglich abgeschnitten."
    letzte = zeilen[-1] if zeilen.len() else 0
    raise EingabeError([Problem(raster.datei, letzte, "", text)])


def _split_uebersprungene(daten: pl.DataFrame, aufbau: Aufbau) -> tuple[pl.DataFrame, pl.DataFrame, frozenset[str]]:
    """Give the rows that are read, those that are skipped, and the patterns that hit one."""
    if not aufbau.ueberspringen:
        return daten, daten.clear(), frozenset()
    texte = _erste_gefuellte(daten)
    verschiedene = texte.unique()
    passende = {m: {text for text in verschiedene if re.search(m, text)} for m in aufbau.ueberspringen}
    entfallen = texte.is_in(pl.Series(sorted(set().union(*passende.values())), dtype=pl.String).implode())
    treffer = frozenset(muster for muster, getroffene in passende.items() if getroffene)
    return daten.filter(~entfallen), daten.filter(entfallen), treffer


def _randtexte(raster: Raster, kopf: Kopfzeilen, rest: pl.DataFrame) -> tuple[str, ...]:
    ueber = raster.zellen.slice(0, kopf.anfang)
    zellen = [zelle for teil in (ueber, rest) for satz in teil.iter_rows() for zelle in satz if zelle and zelle.strip()]
    return tuple(" ".join(zelle.split()) for zelle in [*zellen, raster.blatt] if zelle)


def _rohtabelle(
    raster: Raster, kopf: Kopfzeilen, daten: pl.DataFrame, kopfzeile: int, ausgelassene: pl.DataFrame
) -> Rohtabelle:
    """Give the region; a column without head and text is none, one without head is named by its letter."""
    namen = [name for name in daten.columns if name != "zeile"]
    if raster.blatt and len(namen) > len(kopf.koepfe):
        kopf.koepfe.extend("" for _ in namen[len(kopf.koepfe) :])
    texte = daten.select("zeile", *(pl.col(name).fill_null("") for name in namen[: len(kopf.koepfe)]))
    leere = {n for n, k in enumerate(kopf.koepfe) if not k and (texte[namen[n]] == "").all()}
    behalten = [n for n in range(len(kopf.koepfe)) if n not in leere]
    if raster.verbunden:
        texte = fill_nach_rechts(texte, raster, kopf.daten_ab)
    spalten = ["zeile", *(pl.col(namen[n]).alias(f"s{stelle}") for stelle, n in enumerate(behalten))]
    return Rohtabelle(
        raster.datei,
        raster.blatt,
        kopfzeile,
        [kopf.koepfe[n] or f"({spaltenname(n)})" for n in behalten],
        [spaltenname(n) for n in behalten],
        texte.select(spalten),
        verbunden=find_verbundene(raster, kopf.daten_ab, behalten, daten["zeile"]),
        ausgelassene=ausgelassene.select(spalten).fill_null(""),
    )
