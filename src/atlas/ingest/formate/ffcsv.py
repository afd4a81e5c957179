"""GENESIS flat files (ffcsv): two generations and two languages become one table with the same names.

The columns of the result are `Statistik`, `Zeit`, one for each variable named by its code (`KREISE`, `GES`), `Wert`,
`Einheit`, `Wertmerkmal` and, where the file has it, `Qualitaet`. Labels are left out: they repeat the codes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from atlas.config.models.datei import Aufbau
from atlas.errors import EingabeError, Problem
from atlas.ingest.auflistung import MAX_PROBLEME
from atlas.ingest.formate.bereich import find_bereich
from atlas.ingest.formate.raster import Rohtabelle
from atlas.zeichen import name_kopf

if TYPE_CHECKING:
    from atlas.ingest.formate.raster import Raster

_VARIABLE = re.compile(r"([1-9][0-9]*)_(?:variable_code|Merkmal_Code)")
_ALTER_WERT = re.compile(r"(?P<code>[^_]+)__(?P<label>.*)__(?P<einheit>.*)")
_KOEPFE = {
    "Statistik": ("statistics_code", "Statistik_Code"),
    "Zeit": ("time", "Zeit"),
    "Wert": ("value",),
    "Einheit": ("value_unit",),
    "Wertmerkmal": ("value_variable_code",),
    "Qualitaet": ("value_q",),
}
_FESTE = {*_KOEPFE, "zeile", "zelle"}
_BEKANNTE = {
    "neu": re.compile(
        "(?:statistics|time)_(?:code|label)|time|value|value_unit|value_q|value_variable_(?:code|label)|"
        "(?P<nummer>[1-9][0-9]*)_variable_(?:attribute_)?(?:code|label)"
    ),
    "alt": re.compile(
        "(?:Statistik|Zeit)_(?:Code|Label)|Zeit|(?P<nummer>[1-9][0-9]*)_(?:Merkmal|Auspraegung)_(?:Code|Label)"
    ),
}
"""All heads of a flat file but the values of the old format; every other head would be left out unseen."""


def read_ffcsv(raster: Raster, dezimal: str) -> Rohtabelle:
    """Give the table of a flat file.

    Raises `EingabeError` when the header is not one of ffcsv or has further columns, and when the name of the file says
    English numbers (`_en_`) while the declaration says a decimal comma, or the other way round: the file itself does
    not tell.
    """
    tabelle = find_bereich(raster, Aufbau(), ";")
    _check_sprache(tabelle, dezimal)
    stelle = {kopf: n for n, kopf in enumerate(tabelle.kopf)}
    variablen = {int(t[1]): n for kopf, n in stelle.items() if (t := _VARIABLE.fullmatch(kopf))}
    werte = [n for kopf, n in stelle.items() if _ALTER_WERT.fullmatch(kopf)]
    noetig = {"Statistik_Code", "Zeit"} if werte else {"statistics_code", "time", "value"}
    endungen = ("variable_attribute_code", "Auspraegung_Code")
    paarig = all(any(f"{nummer}_{endung}" in stelle for endung in endungen) for nummer in variablen)
    if not (noetig <= stelle.keys() and paarig):
        text = "der Kopf ist nicht der einer ffcsv (statistics_code oder Statistik_Code). datei.typ prüfen."
        raise EingabeError([Problem(tabelle.datei, tabelle.kopfzeile, "", text)])
    _refuse_unbekannte(tabelle, variablen, {tabelle.kopf[n] for n in werte}, "alt" if werte else "neu")
    spalten = _variable_spalten(tabelle, variablen, stelle)
    if werte:
        return _aus_alter(tabelle, spalten, werte, stelle)
    spalten |= {
        name: pl.col(f"s{stelle[kopf]}") for name, koepfe in _KOEPFE.items() for kopf in koepfe if kopf in stelle
    }
    return _umbenannt(tabelle, _select(tabelle, spalten), tabelle.buchstaben[stelle["value"]])


def _variable_spalten(tabelle: Rohtabelle, variablen: dict[int, int], stelle: dict[str, int]) -> dict[str, pl.Expr]:
    """Give a column per code of a variable: its attribute where the row has the variable, else empty."""
    spalten: dict[str, list[pl.Expr]] = {}
    _refuse_feste(tabelle, variablen)
    _refuse_doppelte(tabelle, variablen)
    for nummer, n in sorted(variablen.items()):
        wert = next(
            stelle[kopf]
            for kopf in (f"{nummer}_variable_attribute_code", f"{nummer}_Auspraegung_Code")
            if kopf in stelle
        )
        for code in tabelle.df[f"s{n}"].unique().sort():
            if code:
                spalten.setdefault(code, []).append(pl.when(pl.col(f"s{n}") == code).then(pl.col(f"s{wert}")))
    return {code: pl.coalesce(*teile, pl.lit("")) for code, teile in spalten.items()}


def _refuse_unbekannte(tabelle: Rohtabelle, variablen: dict[int, int], werte: set[str], art: str) -> None:
    """Refuse heads that no flat file of this generation has, and those of a variable without its code."""
    treffer = {kopf: _BEKANNTE[art].fullmatch(kopf) for kopf in tabelle.kopf if kopf not in werte}
    unbekannte = [k for k, t in treffer.items() if not t or (t["nummer"] and int(t["nummer"]) not in variablen)]
    if unbekannte:
        genannt = ", ".join(f"»{name_kopf(kopf)}«" for kopf in unbekannte[:MAX_PROBLEME])
        weitere = len(unbekannte) - MAX_PROBLEME
        genannt += f" und {weitere} weitere" if weitere > 0 else ""
        text = f"eine ffcsv hat solche Spalten nicht: {genannt}. Neu abrufen oder datei.typ: csv eintragen."
        raise EingabeError([Problem(tabelle.datei, tabelle.kopfzeile, "", text)])


def _refuse_feste(tabelle: Rohtabelle, variablen: dict[int, int]) -> None:
    """Refuse the code of a variable that is the name of another column of the result."""
    for n in variablen.values():
        df = tabelle.df.filter(pl.col(f"s{n}").is_in(sorted(_FESTE)))
        if df.height:
            text = (
                f"eine Variable heißt »{df[f's{n}'][0]}« wie eine Spalte, die jede ffcsv hat. Berichtigen lassen oder "
                "datei.typ: csv eintragen."
            )
            raise EingabeError([Problem(tabelle.datei, df["zeile"][0], "", text)])


def _refuse_doppelte(tabelle: Rohtabelle, variablen: dict[int, int]) -> None:
    """Refuse a row that names one variable twice: which of its attributes holds nobody could say."""
    if not variablen:
        return
    codes = pl.concat_list(pl.col(f"s{n}") for n in variablen.values()).list.eval(
        pl.element().filter(pl.element() != "")
    )
    doppelte = tabelle.df.filter(codes.list.n_unique() < codes.list.len())["zeile"]
    if doppelte.len():
        text = "die Zeile nennt dieselbe Variable zweimal. Neu abrufen."
        raise EingabeError([Problem(tabelle.datei, doppelte[0], "", text)])


def _aus_alter(
    tabelle: Rohtabelle, spalten: dict[str, pl.Expr], werte: list[int], stelle: dict[str, int]
) -> Rohtabelle:
    """Turn the value columns of the old format (`FLC006__Gebietsflaeche__qkm`) into rows, each with its address."""
    teile = []
    for n in werte:
        treffer = _ALTER_WERT.fullmatch(tabelle.kopf[n])
        if treffer is None:
            continue
        eigene = {
            "Statistik": pl.col(f"s{stelle['Statistik_Code']}"),
            "Zeit": pl.col(f"s{stelle['Zeit']}"),
            "Wert": pl.col(f"s{n}"),
            "Einheit": pl.lit(treffer["einheit"]),
            "Wertmerkmal": pl.lit(treffer["code"].strip()),
            "zelle": pl.format("{}{}", pl.lit(tabelle.buchstaben[n]), "zeile"),
        }
        teile.append(_select(tabelle, spalten | eigene))
    return _umbenannt(tabelle, pl.concat(teile), "")


def _select(tabelle: Rohtabelle, spalten: dict[str, pl.Expr]) -> pl.DataFrame:
    return tabelle.df.select("zeile", *(spalte.alias(name) for name, spalte in spalten.items()))


def _umbenannt(tabelle: Rohtabelle, df: pl.DataFrame, buchstabe: str) -> Rohtabelle:
    koepfe = [name for name in df.columns if name not in ("zeile", "zelle")]
    buchstaben = [buchstabe if kopf == "Wert" else "" for kopf in koepfe]
    neu = df.rename({kopf: f"s{n}" for n, kopf in enumerate(koepfe)})
    return Rohtabelle(tabelle.datei, "", tabelle.kopfzeile, koepfe, buchstaben, neu, tabelle.randtexte)


def _check_sprache(tabelle: Rohtabelle, dezimal: str) -> None:
    sprache = re.search(r"_(de|en)(?=[_.])", tabelle.datei.rsplit("/", 1)[-1])
    erwartet = {"de": ",", "en": "."}.get(sprache[1]) if sprache else None
    if erwartet is not None and erwartet != dezimal:
        text = (
            f"nach dem Dateinamen ist das Dezimalzeichen »{erwartet}«, deklariert ist »{dezimal}«. zahl.dezimal "
            "anpassen oder die Datei nach ihrer Sprache benennen."
        )
        raise EingabeError([Problem(tabelle.datei, 0, "", text)])
