"""GENESIS cube files ("Quader", datencsv): records of several kinds, each with a header line of its own.

The last kind holds the figures. Its columns take their names from the kinds before: the axes (DQA), the time (DQZ) and
the value variables (DQI); what stands beside a value is called as the value and the kind, `UMS103_QUALITAET`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from atlas.errors import EingabeError, Problem
from atlas.ingest.auflistung import list_zeilen
from atlas.ingest.formate.bereichspruefung import VERSCHLUCKT
from atlas.ingest.formate.raster import Raster, Rohtabelle, spaltenname

if TYPE_CHECKING:
    from collections.abc import Iterator

_WERT = "WERT"
_DATENSATZ = r"\n[KD](?:;|$)"
"""The beginning of a record inside a field: quotes have swallowed it."""


def read_quader(raster: Raster) -> Rohtabelle:
    """Give the figures of a cube file.

    Raises `EingabeError` when the file has no part with figures (QEI), or its header does not fit its axes, and when
    a field holds whole records.
    """
    if raster.mehrzeilig:
        _refuse_verschluckte(raster)
    namen: dict[str, list[str]] = {"DQA": [], "DQZ": [], "DQI": []}
    art, kopf, anfang = "", [], raster.zellen.height
    for stelle, satz in enumerate(_saetze(raster)):
        if satz[0] == "K" and len(satz) > 1:
            art, kopf = satz[1], satz[2:]
            if art == "QEI":
                anfang = stelle + 1
                break
        elif satz[0] == "D" and art in namen and len(satz) > 1:
            namen[art].append(satz[1])
    if anfang >= raster.zellen.height:
        text = "keine Datensätze der Art QEI: das ist keine Quaderdatei mit Werten. datei.typ prüfen oder neu abrufen."
        raise EingabeError([Problem(raster.datei, 0, "", text)])
    koepfe = _koepfe(kopf, namen, raster, anfang)
    return _tabelle(raster, anfang, koepfe)


def _refuse_verschluckte(raster: Raster) -> None:
    verschluckt = pl.any_horizontal(pl.all().str.contains(_DATENSATZ)).fill_null(value=False)
    stellen = raster.zeilen.filter(raster.zellen.select(verschluckt=verschluckt)["verschluckt"])
    if probleme := list_zeilen([(zeile, VERSCHLUCKT) for zeile in stellen], raster.datei, "solche Zeilen"):
        raise EingabeError(probleme)


def _saetze(raster: Raster) -> Iterator[list[str]]:
    for satz in raster.zellen.iter_rows():
        yield [zelle.strip() for zelle in satz if zelle is not None]


def _koepfe(kopf: list[str], namen: dict[str, list[str]], raster: Raster, anfang: int) -> list[str]:
    achsen, zeiten, werte = iter(namen["DQA"]), iter(namen["DQZ"]), iter(namen["DQI"])
    koepfe, wert = [], ""
    try:
        for teil in kopf:
            if teil == "FACH-SCHL":
                koepfe.append(next(achsen))
            elif teil.startswith("ZI-"):
                koepfe.append(next(zeiten))
            elif teil == _WERT:
                wert = next(werte)
                koepfe.append(wert)
            else:
                koepfe.append(f"{wert}_{teil}")
    except StopIteration as fehler:
        text = "der Kopf der Werte (QEI) nennt mehr Achsen, als die Datei beschreibt (DQA, DQZ, DQI). Neu abrufen."
        raise EingabeError([Problem(raster.datei, raster.zeilen[anfang - 1], "", text)]) from fehler
    return koepfe


def _tabelle(raster: Raster, anfang: int, koepfe: list[str]) -> Rohtabelle:
    kopfzeile = raster.zeilen[anfang - 1]
    daten = raster.zellen.slice(anfang).with_columns(zeile=raster.zeilen.slice(anfang))
    daten = daten.filter(pl.any_horizontal((pl.col(raster.zellen.columns) != "").fill_null(value=False)))
    fremde = daten.filter(pl.col("c0") != "D")["zeile"]
    if fremde.len():
        text = "nach dem Beginn der Werte steht eine Zeile, die kein Datensatz (D) ist. Neu abrufen."
        raise EingabeError([Problem(raster.datei, fremde[0], "", text)])
    breite = len(koepfe) + 1
    felder = pl.sum_horizontal(pl.col(raster.zellen.columns).is_not_null().cast(pl.Int64))
    falsche = daten.filter(felder != breite)["zeile"]
    if falsche.len() or breite > raster.zellen.width:
        text = "die Zeile hat nicht so viele Felder wie der Kopf der Werte (QEI). Abgeschnitten? Neu abrufen."
        raise EingabeError([Problem(raster.datei, falsche[0] if falsche.len() else kopfzeile, "", text)])
    if daten.is_empty():
        raise EingabeError([Problem(raster.datei, kopfzeile, "", "die Datei enthält keine Werte. Neu abrufen.")])
    df = daten.select("zeile", **{f"s{n}": pl.col(f"c{n + 1}").str.strip_chars() for n in range(len(koepfe))})
    buchstaben = [spaltenname(n + 1) for n in range(len(koepfe))]
    return Rohtabelle(raster.datei, "", kopfzeile, koepfe, buchstaben, df)
