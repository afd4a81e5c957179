"""What is wrong with the shape of a region: data after its end, heads that repeat, rows too short or too long."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import polars as pl

from atlas.errors import Problem
from atlas.ingest.auflistung import MAX_PROBLEME, list_zeilen
from atlas.zeichen import is_text, name_kopf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from atlas.config.models.datei import Kopf
    from atlas.ingest.formate.raster import Raster

_FIGUR = re.compile(r"[+-]?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:[., \u00a0\u202f]\d{3})+)(?:[.,]\d+)?")
"""A number and nothing else: no day (31.12.2024), no telephone number (0351 33)."""
_JAHR = re.compile(r"(?:19|20)\d\d")
VERSCHLUCKT: Final = (
    "ein Feld in Anführungszeichen reicht über mehrere Zeilen mit Trennzeichen und verschluckt sie. Das einzelne "
    "Anführungszeichen in der Datei suchen und neu exportieren."
)


def find_daten_nach_ende(rest: pl.DataFrame, zeilen: pl.Series, breite: int, name: str) -> Iterator[Problem]:
    """Refuse an end that cuts off data: in a footer no figure stands beside a text, and most fields are empty."""
    if rest.is_empty() or breite <= 1:
        return
    for zeile, satz in zip(zeilen, rest.iter_rows(), strict=True):
        texte = [text for text in satz if text]
        voll = sum(text is not None for text in satz) == breite and 2 * len(texte) > breite
        if voll or _ist_datenzeile(texte):
            text = (
                f"nach dem deklarierten Ende in Zeile {zeilen[0]} stehen noch Zeilen mit Daten. datei.ende enger "
                "fassen; Zwischensummen gehören unter schluessel.nicht_raum."
            )
            yield Problem(name, zeile, "", text)
            return


def _ist_datenzeile(texte: list[str]) -> bool:
    """Tell whether behind the first text stands a figure; the year behind a word (Stand 2024) is none."""
    ist_wort = bool(texte) and not _FIGUR.fullmatch(texte[0]) and not texte[0].isdigit()
    return any(_FIGUR.fullmatch(text) and not (ist_wort and _JAHR.fullmatch(text)) for text in texte[1:])


def find_doppelte_koepfe(koepfe: list[str], name: str, zeile: int, kopf: Kopf | None) -> Iterator[Problem]:
    """Refuse a head that stands over several columns; `kopf` is what is declared of the header, if anything is."""
    erster = next((k for k in koepfe if k and is_text(k)), "")
    anker = kopf.anker if kopf else f"^{re.escape(erster).replace(chr(92) + ' ', ' ')}$" if erster else ""
    tiefe = kopf.tiefe + 1 if kopf else 2
    angabe = f"kopf: {{anker: '{anker}', tiefe: {tiefe}}}" if anker else "kopf mit anker und tiefe"
    rat = f"Spalten umbenennen; geht der Kopf über mehrere Zeilen, unter datei eintragen: {angabe}."
    mehrfach = sorted((kopf, anzahl) for kopf, anzahl in Counter(koepfe).items() if kopf and anzahl > 1)
    for doppelter, anzahl in mehrfach[:MAX_PROBLEME]:
        yield Problem(name, zeile, "", f"die Spalte »{name_kopf(doppelter)}« kommt {anzahl}-mal vor. {rat}")


def find_titel_ohne_zeile(namen: Iterable[str], name: str, kopfzeile: int) -> Iterator[Problem]:
    """Refuse a declared kind of subheading of which the file has none."""
    for titel in namen:
        text = f"Zwischentitel »{titel}« trifft keine Zeile mit nur einem Text. Muster in datei.zwischentitel prüfen."
        yield Problem(name, kopfzeile, "", text)


def find_falsche_laengen(daten: pl.DataFrame, breite: int, name: str, kopfzeile: int) -> list[Problem]:
    """Refuse rows that do not have as many fields as the header."""
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


def find_verschluckte(raster: Raster, daten: pl.Series, breite: int, trenner: str) -> list[Problem]:
    """Find fields that hold whole rows because two stray quotes enclose them.

    In the lines of `daten` every field over several lines with a separator is one. Elsewhere it may be a title: there
    one of its lines must have as many separators as a row, or two of the lines over which the whole row reaches.
    """
    weite = (raster.zeilen.shift(-1).fill_null(raster.zeilen[-1] + 2) - raster.zeilen) > 1
    umbruch = pl.all().str.contains("\n", literal=True)
    trennt = pl.all().str.contains(trenner, literal=True)
    zellen = raster.zellen.filter(weite)
    verdacht = zellen.select(verdacht=pl.any_horizontal(umbruch & trennt).fill_null(value=False))["verdacht"]
    zeilen = raster.zeilen.filter(weite).filter(verdacht)
    sind_daten = zeilen.is_in(daten.implode())
    stellen = [
        zeile
        for zeile, ist_daten, satz in zip(zeilen, sind_daten, zellen.filter(verdacht).iter_rows(), strict=True)
        if ist_daten or _verschluckt(satz, max(breite - 1, 1), trenner)
    ]
    return list_zeilen([(zeile, VERSCHLUCKT) for zeile in stellen], raster.datei, "solche Zeilen")


def _verschluckt(satz: tuple[str | None, ...], trenner_je_zeile: int, trenner: str) -> bool:
    """Tell whether a row that reaches over several lines seems to hold another one."""
    felder = [feld for feld in satz if feld is not None]
    innere = (zeile for feld in felder if "\n" in feld for zeile in feld.split("\n"))
    if any(zeile.count(trenner) == trenner_je_zeile for zeile in innere):
        return True
    zeilen = trenner.join(felder).split("\n")
    return sum(zeile.count(trenner) == trenner_je_zeile for zeile in zeilen) > 1
