"""A declared source becomes Messwerte: every cell a number by pattern or a gap by symbol, with its address."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from atlas.config.models.datei import Aufbau
from atlas.errors import EingabeError
from atlas.ingest.deutung.abweichungen import apply_abweichungen, find_abweichungen, rename_koepfe
from atlas.ingest.deutung.lesung import Lesung, Umfeld
from atlas.ingest.deutung.schluesselzeilen import find_uebersprungene_raeume
from atlas.ingest.deutung.spalten import find_wertspalten
from atlas.ingest.deutung.zeilen import build_zeilen
from atlas.ingest.deutung.zellen import build_zellen
from atlas.ingest.deutung.zellwerte import parse_zellen
from atlas.ingest.formate.lesen import read_rohtabelle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.config.models.quellen import Quelle


@dataclass(frozen=True)
class Gelesen:
    """The Messwerte of one file (columns of the table, not yet checked), and what was counted but not kept.

    `zeilen` are the rows of the region, `ausserhalb` those of areas beyond the project, `ohne_raum` those that name no
    area, `ignoriert` those that a dimension leaves out. Outside the region, `uebersprungen` are the rows left out
    between header and end, for whatever reason, `fusszeilen` those from the declared end on. `uebersprungene_raeume`
    are the lines skipped although their key is that of a Raum; `treffer` says of each declared pattern of rows to be
    skipped whether it hit one.
    """

    messwerte: pl.DataFrame
    zeilen: int
    ausserhalb: int = 0
    ohne_raum: int = 0
    ignoriert: int = 0
    uebersprungen: int = 0
    fusszeilen: int = 0
    uebersprungene_raeume: tuple[int, ...] = ()
    treffer: Mapping[str, bool] = field(default_factory=dict)


def open_lesung(inhalt: bytes, name: str, dateiname: str, quelle: Quelle, umfeld: Umfeld | None = None) -> Lesung:
    """Read the declared region of a file as text, with the heads that are declared.

    Raises `EingabeError` for an unreadable file and one without the declared region.
    """
    eigene = apply_abweichungen(quelle, dateiname)
    tabelle = read_rohtabelle(inhalt, name, eigene.datei, eigene.zahl.dezimal)
    tabelle = rename_koepfe(tabelle, find_abweichungen(quelle, dateiname))
    return Lesung(tabelle, eigene, dateiname, umfeld or Umfeld())


def read_quelle(lesung: Lesung, lieferung_id: str) -> Gelesen:
    """Turn the cells of one delivered file into Messwerte.

    Raises `EingabeError` with every unclaimed column, unreadable key, year and cell of the file.
    """
    if not lesung.quelle.werte.spalten:
        lesung.melde_kopf("abweichungen.fehlt nennt alle Wertspalten, gelesen würde nichts. Die Datei entfernen?")
        raise EingabeError(lesung.probleme)
    wahlen = find_wertspalten(lesung.tabelle, lesung.quelle)
    zeilen = build_zeilen(lesung)
    messwerte = parse_zellen(lesung, build_zellen(lesung, wahlen, zeilen))
    if lesung.probleme:
        raise EingabeError(lesung.probleme)
    fertig = messwerte.with_columns(
        gebietsstand=_gebietsstand(lesung.quelle.gebietsstand or lesung.umfeld.gebietsstand),
        lieferung_id=pl.lit(lieferung_id),
        korrektur_id=pl.lit(None, dtype=pl.String),
    )
    tabelle, datei = lesung.tabelle, lesung.quelle.datei
    muster = datei.ueberspringen if isinstance(datei, Aufbau) else ()
    return Gelesen(
        fertig,
        tabelle.df.height,
        zeilen.ausserhalb,
        zeilen.ohne_raum,
        zeilen.ignoriert,
        uebersprungen=tabelle.uebersprungen + tabelle.zwischentitel + tabelle.versteckt,
        fusszeilen=tabelle.nach_ende,
        uebersprungene_raeume=tuple(find_uebersprungene_raeume(lesung)),
        treffer={einzelnes: einzelnes in tabelle.treffer for einzelnes in muster},
    )


def _gebietsstand(text: str) -> pl.Expr:
    """Give the Gebietsstand of each row; `{jahr}` in the declaration is its year."""
    if "{jahr}" not in text:
        return pl.lit(text)
    vor, _, nach = text.partition("{jahr}")
    return pl.concat_str(pl.lit(vor), pl.col("jahr").cast(pl.String), pl.lit(nach))
