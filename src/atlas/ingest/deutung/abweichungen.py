"""What differs in one delivery: the declaration of a Quelle as it holds for one file."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.config.models.quellen import DATEIANGABEN
from atlas.errors import EingabeError, Problem

if TYPE_CHECKING:
    from atlas.config.models.quellen import Abweichung, Quelle
    from atlas.ingest.formate.raster import Rohtabelle


def find_abweichungen(quelle: Quelle, dateiname: str) -> list[Abweichung]:
    """Give the declared differences of one file, in their order."""
    return [abweichung for abweichung in quelle.abweichungen if re.search(abweichung.dateien, dateiname)]


def apply_abweichungen(quelle: Quelle, dateiname: str) -> Quelle:
    """Give the declaration as it holds for one file."""
    for abweichung in find_abweichungen(quelle, dateiname):
        datei = {name: wert for name in DATEIANGABEN if (wert := getattr(abweichung, name)) is not None}
        if datei.keys() & {"kopf", "spalten_fest"}:  # a file has one of them, so the other gives way
            datei = {"kopf": None, "spalten_fest": None} | datei
        spalten = tuple(s for s in quelle.werte.spalten if s.spalte not in abweichung.fehlt)
        werte = quelle.werte.model_copy(
            update={"spalten": spalten, "ignoriere": (*quelle.werte.ignoriere, *abweichung.ignoriere)}
        )
        neu = {
            "datei": quelle.datei.model_copy(update=datei),
            "werte": werte,
            "symbole": {**quelle.symbole, **abweichung.symbole},
            "zahl": abweichung.zahl or quelle.zahl,
            "zeit": abweichung.zeit or quelle.zeit,
            "schluessel": abweichung.schluessel or quelle.schluessel,
            "gebietsstand": abweichung.gebietsstand or quelle.gebietsstand,
        }
        quelle = quelle.model_copy(update=neu)
    return quelle


def rename_koepfe(tabelle: Rohtabelle, abweichungen: list[Abweichung]) -> Rohtabelle:
    """Give the table with the heads that are declared instead of those that one delivery has."""
    for abweichung in abweichungen:
        koepfe = [abweichung.umbenannt.get(kopf, kopf) for kopf in tabelle.kopf]
        doppelte = sorted({kopf for kopf in koepfe if koepfe.count(kopf) > 1})
        if doppelte:
            text = f"die Spalte »{doppelte[0]}« gibt es nach abweichungen.umbenannt zweimal. Eintrag prüfen."
            raise EingabeError([Problem(tabelle.datei, tabelle.kopfzeile, "", text)])
        tabelle = replace(tabelle, kopf=koepfe)
    return tabelle
