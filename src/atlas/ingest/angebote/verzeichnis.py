"""One register of Angebote: every row has a key, a name, a declared Art and the Raum it lies in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from atlas.errors import EingabeError
from atlas.ingest.angebote.liste import open_liste
from atlas.ingest.angebote.texte import LAENGSTER_NAME, check_texte
from atlas.ingest.angebote.verortung import add_raum
from atlas.ingest.angebote.zaehlung import count_angebote
from atlas.ingest.dateien import find_datei
from atlas.ingest.deutung.zahlen import parse_zahlen
from atlas.tables.angebot import Angebote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.config.models.angebote import Angebotsverzeichnis
    from atlas.errors import Problem
    from atlas.ingest.angebote.lage import Raumsuche
    from atlas.ingest.angebote.liste import Liste
    from atlas.ingest.lieferungen import Lieferung
    from atlas.projekt import Projekt

MEISTE_PLAETZE = 1_000_000
"""No place has more; a larger number is a telephone number or a postcode."""


@dataclass(frozen=True)
class Gelesenes:
    """The delivery, the rows of Angebote and the Messwerte counted from them, each with the columns of its table."""

    lieferung: Lieferung
    angebote: pl.DataFrame
    messwerte: pl.DataFrame


def read_verzeichnisse(
    projekt: Projekt,
    verzeichnisse: Mapping[str, Angebotsverzeichnis],
    suche: Raumsuche,
    gebietsstand: str,
    probleme: list[Problem],
) -> list[Gelesenes]:
    """Read every register; add to `probleme` what is wrong with each."""
    gelesene: list[Gelesenes] = []
    for name, verzeichnis in verzeichnisse.items():
        try:
            lieferung, angebote = _read(projekt, name, verzeichnis, suche)
        except EingabeError as fehler:
            probleme.extend(fehler.probleme)
            continue
        lieferung_id = str(lieferung["lieferung_id"])
        messwerte = count_angebote(angebote, verzeichnis, suche.kleinste, gebietsstand, lieferung_id)
        gelesene.append(Gelesenes(lieferung | {"messwerte": messwerte.height}, angebote, messwerte))
    return gelesene


def _read(
    projekt: Projekt, name: str, verzeichnis: Angebotsverzeichnis, suche: Raumsuche
) -> tuple[Lieferung, pl.DataFrame]:
    """Give the delivery and the rows of Angebote of one register, or raise `EingabeError` with all its mistakes."""
    pfad = find_datei(projekt, verzeichnis.datei.glob, f"des Verzeichnisses »{name}«")
    datei = pfad.relative_to(projekt.roh).as_posix()
    lieferung_id = f"{name}:{datei}"
    ganze = open_liste(projekt, pfad, verzeichnis, verzeichnis.zahl.dezimal)
    liste = ganze.drop_ignorierte(verzeichnis.arten, verzeichnis.arten_ignoriere)
    liste.check_schluessel()
    check_texte(liste, "name", LAENGSTER_NAME, noetig=True)
    if "traeger" in liste.df.columns:
        check_texte(liste, "traeger", LAENGSTER_NAME, noetig=False)
    angebote = _add_plaetze(liste.read_arten(verzeichnis.arten), liste, verzeichnis)
    verortet = add_raum(angebote, liste, verzeichnis, suche)
    if liste.probleme:
        raise EingabeError(liste.probleme)
    fertig = verortet.rename({"schluessel": "angebot_id"}).with_columns(
        stand=pl.lit(verzeichnis.stand), lieferung_id=pl.lit(lieferung_id)
    )
    lieferung = liste.build_lieferung(lieferung_id, name, datei) | {
        "stand": verzeichnis.stand.isoformat(),
        "ausserhalb": angebote.height - fertig.height,
        "ignoriert": ganze.df.height - liste.df.height,
    }
    return lieferung, fertig.select(Angebote.spalten())


def _add_plaetze(df: pl.DataFrame, liste: Liste, verzeichnis: Angebotsverzeichnis) -> pl.DataFrame:
    """Make `plaetze` a whole number; it and `traeger` are null where nothing is said."""
    traeger = pl.col("traeger").replace({"": None}) if "traeger" in df.columns else pl.lit(None, pl.String)
    df = df.with_columns(traeger=traeger)
    if "plaetze" not in df.columns:
        return df.with_columns(plaetze=pl.lit(None, pl.Int64))
    zahl, _ = parse_zahlen(pl.col("plaetze"), verzeichnis.zahl)
    df = df.with_columns(zahl=zahl)
    ist_anzahl = (pl.col("zahl") >= 0) & (pl.col("zahl") == pl.col("zahl").round()) & (pl.col("zahl") < MEISTE_PLAETZE)
    schlechte = df.filter((pl.col("plaetze") != "") & ~ist_anzahl.fill_null(value=False))
    text = "keine ganze Zahl ab 0. Berichtigen lassen; ist die Zahl unbekannt, die Zelle leeren."
    liste.melde("plaetze", schlechte["zeile"], text)
    ganze = pl.when(ist_anzahl).then(pl.col("zahl")).cast(pl.Int64)
    return df.with_columns(plaetze=ganze).drop("zahl")
