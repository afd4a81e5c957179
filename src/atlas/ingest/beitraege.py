"""Contributions in words: every row has a key, a Raum, a declared Art, a sender, a day and a plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from atlas.befunde import Befund, Code
from atlas.errors import EingabeError
from atlas.ingest.angebote.liste import LAENGSTER_SCHLUESSEL, open_liste
from atlas.ingest.angebote.texte import LAENGSTER_BEITRAG, LAENGSTER_NAME, check_texte
from atlas.ingest.auflistung import join_zeilen
from atlas.ingest.dateien import find_datei, find_dateien
from atlas.tables.angebot import Beitraege
from atlas.zeichen import show_schluessel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pandera.typing.polars import DataFrame

    from atlas.config.models.beitraege import Sammlung
    from atlas.errors import Problem
    from atlas.ingest.angebote.liste import Liste
    from atlas.ingest.lieferungen import Lieferung
    from atlas.projekt import Projekt
    from atlas.tables.raum import Raeume

_DATUM = {"TT.MM.JJJJ": (r"^\d{2}\.\d{2}\.\d{4}$", "%d.%m.%Y"), "JJJJ-MM-TT": (r"^\d{4}-\d{2}-\d{2}$", "%Y-%m-%d")}


@dataclass(frozen=True)
class Gelesenes:
    """The delivery and the rows of Beitraege that came with it."""

    lieferung: Lieferung
    beitraege: pl.DataFrame


def read_sammlungen(projekt: Projekt, sammlungen: Mapping[str, Sammlung], probleme: list[Problem]) -> list[Gelesenes]:
    """Read every file of every collection; add to `probleme` what is wrong with each."""
    gelesene: list[Gelesenes] = []
    for name, sammlung in sammlungen.items():
        try:
            glob, wessen = sammlung.datei.glob, f"der Sammlung »{name}«"
            pfade = (
                find_dateien(projekt, glob, wessen) if sammlung.datei.mehrere else [find_datei(projekt, glob, wessen)]
            )
        except EingabeError as fehler:
            probleme.extend(fehler.probleme)
            continue
        for pfad in pfade:
            try:
                gelesene.append(_read(projekt, pfad, name, sammlung))
            except EingabeError as fehler:
                probleme.extend(fehler.probleme)
    return gelesene


def drop_ausserhalb(gelesen: Gelesenes, raeume: DataFrame[Raeume]) -> Gelesenes:
    """Leave out, and count in the Lieferung, the contributions on Räume beyond the project."""
    eigene = gelesen.beitraege.join(raeume, on="raum_id", how="semi", maintain_order="left")
    return Gelesenes(gelesen.lieferung | {"ausserhalb": gelesen.beitraege.height - eigene.height}, eigene)


def _read(projekt: Projekt, pfad: Path, name: str, sammlung: Sammlung) -> Gelesenes:
    datei = pfad.relative_to(projekt.roh).as_posix()
    lieferung_id = f"{name}:{datei}"
    ganze = open_liste(projekt, pfad, sammlung)
    liste = ganze.drop_ignorierte(sammlung.arten, sammlung.arten_ignoriere)
    liste.check_schluessel()
    check_texte(liste, "raum", LAENGSTER_SCHLUESSEL, noetig=True)
    check_texte(liste, "absender", LAENGSTER_NAME, noetig=True)
    check_texte(liste, "text", LAENGSTER_BEITRAG, noetig=True)
    beitraege = _parse_datum(liste.read_arten(sammlung.arten), liste, sammlung)
    if liste.probleme:
        raise EingabeError(liste.probleme)
    lieferung = liste.build_lieferung(lieferung_id, name, datei) | {
        "stand": sammlung.stand.isoformat(),
        "ignoriert": ganze.df.height - liste.df.height,
    }
    fertig = beitraege.rename({"schluessel": "beitrag_id", "raum": "raum_id"})
    return Gelesenes(lieferung, fertig.with_columns(lieferung_id=pl.lit(lieferung_id)).select(Beitraege.spalten()))


def _parse_datum(df: pl.DataFrame, liste: Liste, sammlung: Sammlung) -> pl.DataFrame:
    muster, form = _DATUM[sammlung.datumsform]
    andere = next(name for name in _DATUM if name != sammlung.datumsform)
    tag = pl.when(pl.col("datum").str.contains(muster)).then(pl.col("datum")).str.to_date(form, strict=False)
    df = df.with_columns(datum=tag, hat_andere_form=pl.col("datum").str.contains(_DATUM[andere][0]))
    ohne = df.filter(pl.col("datum").is_null())
    text = f"kein Tag der Form {sammlung.datumsform}, sondern der Form {andere}. datumsform: {andere} eintragen."
    funde = [(zeile, text) for zeile in ohne.filter("hat_andere_form")["zeile"]]
    liste.melde_einzeln("datum", join_zeilen(funde) if len(funde) == df.height else funde)
    text = f"kein Tag der Form {sammlung.datumsform}. Berichtigen lassen oder datumsform ändern."
    liste.melde("datum", ohne.filter(~pl.col("hat_andere_form"))["zeile"], text)
    df = df.drop("hat_andere_form")
    spaetere = df.filter(pl.col("datum") > sammlung.stand)["zeile"]
    liste.melde(
        "datum", spaetere, f"der Tag liegt nach stand ({sammlung.stand:%d.%m.%Y}). Eins von beiden berichtigen."
    )
    return df


def _show_kennung(kennung: str) -> str:
    """Give the key of a contribution for a message; one with blanks is text from another column."""
    return show_schluessel(kennung) if " " in kennung else kennung


def find_ohne_raum(beitraege: DataFrame[Beitraege], raeume: DataFrame[Raeume]) -> Iterator[Befund]:
    """E105: a contribution on a Raum that the Raumverzeichnis does not have on any level."""
    for zeile in beitraege.join(raeume, on="raum_id", how="anti").iter_rows(named=True):
        beitrag, raum = _show_kennung(zeile["beitrag_id"]), show_schluessel(zeile["raum_id"])
        text = (
            f"Der Beitrag »{beitrag}« nennt den Raum »{raum}«, der auf "
            "keiner Ebene des Raumverzeichnisses steht. Schlüssel und Gebietsstand prüfen."
        )
        yield Befund(
            Code.BEITRAG_OHNE_RAUM,
            text,
            tabelle="Beitraege",
            gegenstand=beitrag,
            raum_id=raum,
            lieferung_id=zeile["lieferung_id"],
            zelle=zeile["zelle"],
        )
