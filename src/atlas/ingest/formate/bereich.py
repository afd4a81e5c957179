"""The region of a table inside its file: header by its anchor, end by its footer, everything else is named."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from atlas.errors import EingabeError, Problem
from atlas.ingest.auflistung import MAX_PROBLEME, list_zeilen
from atlas.ingest.formate.raster import Raster, Rohtabelle, spaltenname
from atlas.ingest.formate.zwischentitel import add_zwischentitel, split_zwischentitel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.config.models.datei import Aufbau, Kopf

_BLOCK = 256
"""The header is looked for in blocks of so many rows: it stands near the top."""


@dataclass(frozen=True)
class Kopfzeilen:
    """Place of the first header row and of the first data row in the Raster, and the heads of its columns."""

    anfang: int
    daten_ab: int
    koepfe: list[str]


def find_bereich(raster: Raster, aufbau: Aufbau, trenner: str = "") -> Rohtabelle:
    """Cut the declared region out of a Raster.

    `trenner` is the separator of a text file: a field over several lines that holds it has swallowed rows. Raises
    `EingabeError` with every problem of the shape: no header, no end, data after the end, heads that repeat, rows that
    are too short or too long.
    """
    kopf = find_kopf(raster, aufbau)
    rumpf = raster.zellen.slice(kopf.daten_ab).select(pl.all().str.strip_chars())
    zeilen = raster.zeilen.slice(kopf.daten_ab)
    ende = _find_ende(rumpf, zeilen, raster, aufbau)
    uebrige = _drop_uebersprungene(_drop_leere(rumpf.slice(0, ende), zeilen.slice(0, ende)), aufbau)
    daten, titel = split_zwischentitel(uebrige, aufbau.zwischentitel)
    kopfzeile = raster.zeilen[kopf.anfang] if aufbau.spalten_fest is None else 0
    breite = len(kopf.koepfe)
    probleme = [
        *_find_daten_nach_ende(rumpf.slice(ende), zeilen.slice(ende), breite, raster.datei),
        *_find_doppelte_koepfe([*kopf.koepfe, *aufbau.zwischentitel], raster.datei, kopfzeile),
        *([] if raster.blatt else _find_falsche_laengen(daten, breite, raster.datei, kopfzeile)),
        *(_find_verschluckte(daten, raster.datei, trenner) if raster.mehrzeilig else []),
    ]
    if daten.is_empty():
        text = "nach der Kopfzeile folgt keine Zeile mit Daten. Die Datei neu anfordern."
        probleme.append(Problem(raster.datei, kopfzeile, "", text))
    if probleme:
        raise EingabeError(probleme)
    rand = _randtexte(raster, kopf, rumpf.slice(ende))
    return add_zwischentitel(_rohtabelle(raster, kopf, daten, kopfzeile, rand), titel)


def _drop_leere(rumpf: pl.DataFrame, zeilen: pl.Series) -> pl.DataFrame:
    """Give the rows with some text, and the line of each."""
    gefuellt = rumpf.select(voll=pl.any_horizontal((pl.all() != "").fill_null(value=False)))["voll"]
    df = rumpf.with_columns(zeile=zeilen)
    return df if gefuellt.all() else df.filter(gefuellt)


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
    return Kopfzeilen(anfang, anfang + tiefe, koepfe)


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


def _drop_uebersprungene(daten: pl.DataFrame, aufbau: Aufbau) -> pl.DataFrame:
    if not aufbau.ueberspringen:
        return daten
    muster = [re.compile(einzelnes) for einzelnes in aufbau.ueberspringen]
    behalten = [not any(m.search(text) for m in muster) for text in _erste_gefuellte(daten)]
    return daten.filter(pl.Series(behalten, dtype=pl.Boolean))


def _find_daten_nach_ende(rest: pl.DataFrame, zeilen: pl.Series, breite: int, name: str) -> Iterator[Problem]:
    """Refuse an end that cuts off data: a footer fills one field of a row, data fill most of them."""
    if rest.is_empty() or breite <= 1:
        return
    gefuellte = pl.sum_horizontal((pl.col(c).fill_null("") != "").cast(pl.Int64) for c in rest.columns)
    vorhanden = pl.sum_horizontal(pl.all().is_not_null().cast(pl.Int64)) == breite
    treffer = rest.select((vorhanden & (2 * gefuellte > breite)).alias("daten"))["daten"].arg_true()
    if treffer.len():
        text = (
            f"nach dem deklarierten Ende in Zeile {zeilen[0]} stehen noch Zeilen mit Daten. datei.ende enger fassen; "
            "Zwischensummen gehören unter schluessel.nicht_raum."
        )
        yield Problem(name, zeilen[treffer[0]], "", text)


def _find_doppelte_koepfe(koepfe: list[str], name: str, zeile: int) -> Iterator[Problem]:
    mehrfach = sorted((kopf, anzahl) for kopf, anzahl in Counter(koepfe).items() if kopf and anzahl > 1)
    for kopf, anzahl in mehrfach[:MAX_PROBLEME]:
        text = f"die Spalte »{kopf[:60]}« kommt {anzahl}-mal vor. Spalten umbenennen oder datei.kopf.tiefe erhöhen."
        yield Problem(name, zeile, "", text)


def _find_falsche_laengen(daten: pl.DataFrame, breite: int, name: str, kopfzeile: int) -> list[Problem]:
    felder = pl.sum_horizontal(pl.exclude("zeile").is_not_null().cast(pl.Int64))
    laengen = daten.select("zeile", felder=felder)
    falsche = laengen.filter(pl.col("felder") != breite)
    if falsche.height == daten.height > 1:
        text = (
            f"der Kopf hat {_felder(breite)}, keine Zeile darunter hat ebenso viele (die erste "
            f"{falsche['felder'][0]}). Stehen Titelzeilen über dem Kopf, datei.kopf eintragen; sonst datei.trenner "
            "prüfen."
        )
        return [Problem(name, kopfzeile, "", text)]
    text = "die Zeile hat {} statt {}. Ist sie abgeschnitten? Steht ein Trennzeichen im Text? Berichtigen lassen."
    zeilen = falsche.to_dicts()
    return list_zeilen(
        [(satz["zeile"], text.format(satz["felder"], _felder(breite))) for satz in zeilen],
        name,
        "Zeilen mit falscher Anzahl von Feldern",
    )


def _felder(anzahl: int) -> str:
    return "1 Feld" if anzahl == 1 else f"{anzahl} Felder"


def _find_verschluckte(daten: pl.DataFrame, name: str, trenner: str) -> list[Problem]:
    """Find fields that hold whole rows because two stray quotes enclose them."""
    umbruch = pl.exclude("zeile").str.contains("\n", literal=True)
    trennt = pl.exclude("zeile").str.contains(trenner, literal=True)
    stellen = daten.filter(pl.any_horizontal(umbruch & trennt))["zeile"]
    text = (
        "ein Feld in Anführungszeichen reicht über mehrere Zeilen mit Trennzeichen und verschluckt sie. Das einzelne "
        "Anführungszeichen in der Datei suchen und neu exportieren."
    )
    return list_zeilen([(zeile, text) for zeile in stellen], name, "solche Zeilen")


def _randtexte(raster: Raster, kopf: Kopfzeilen, rest: pl.DataFrame) -> tuple[str, ...]:
    ueber = raster.zellen.slice(0, kopf.anfang)
    zellen = [zelle for teil in (ueber, rest) for satz in teil.iter_rows() for zelle in satz if zelle and zelle.strip()]
    return tuple(" ".join(zelle.split()) for zelle in [*zellen, raster.blatt] if zelle)


def _rohtabelle(
    raster: Raster, kopf: Kopfzeilen, daten: pl.DataFrame, kopfzeile: int, rand: tuple[str, ...]
) -> Rohtabelle:
    """Give the region; a column without head and text is none, one without head is named by its letter."""
    namen = [name for name in daten.columns if name != "zeile"]
    if raster.blatt and len(namen) > len(kopf.koepfe):
        kopf.koepfe.extend("" for _ in namen[len(kopf.koepfe) :])
    texte = daten.select("zeile", *(pl.col(name).fill_null("") for name in namen[: len(kopf.koepfe)]))
    leere = {n for n, k in enumerate(kopf.koepfe) if not k and (texte[namen[n]] == "").all()}
    behalten = [n for n in range(len(kopf.koepfe)) if n not in leere]
    df = texte.select("zeile", *(pl.col(namen[n]).alias(f"s{stelle}") for stelle, n in enumerate(behalten)))
    return Rohtabelle(
        raster.datei,
        raster.blatt,
        kopfzeile,
        [kopf.koepfe[n] or f"({spaltenname(n)})" for n in behalten],
        [spaltenname(n) for n in behalten],
        df,
        rand,
        _find_verbundene(raster, kopf.daten_ab, behalten, set(daten["zeile"])),
    )


def _find_verbundene(raster: Raster, ab: int, behalten: list[int], zeilen: set[int]) -> frozenset[tuple[int, int]]:
    """Give (line, place) of cells that belong to a merged cell of the data and are not its first.

    `zeilen` are the lines of the region: footnotes below it are merged over many columns, and no data.
    """
    stelle_von = {n: stelle for stelle, n in enumerate(behalten)}
    return frozenset(
        (raster.zeilen[reihe], stelle_von[n])
        for oben, links, unten, rechts in raster.verbunden
        if oben >= ab
        for reihe in range(oben, min(unten + 1, raster.zeilen.len()))
        for n in range(links, rechts + 1)
        if n in stelle_von and (reihe, n) != (oben, links) and raster.zeilen[reihe] in zeilen
    )
