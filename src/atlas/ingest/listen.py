"""Angebote and Beiträge together, as the stage needs them: rows of Lieferungen, both tables, counted Messwerte."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from atlas.ingest.beitraege import drop_ausserhalb, read_sammlungen
from atlas.tables.angebot import Angebote, Beitraege

if TYPE_CHECKING:
    from pandera.typing.polars import DataFrame

    from atlas.config.laden import Konfiguration
    from atlas.errors import Problem
    from atlas.ingest.lieferungen import Lieferung
    from atlas.projekt import Projekt
    from atlas.tables.raum import Geometrien, Raeume


@dataclass(frozen=True)
class Listen:
    """What the lists of a project hold; without any, empty tables."""

    angebote: DataFrame[Angebote]
    beitraege: DataFrame[Beitraege]
    lieferungen: list[Lieferung] = field(default_factory=list)
    messwerte: list[pl.DataFrame] = field(default_factory=list)


def read_listen(
    projekt: Projekt,
    konfiguration: Konfiguration,
    raeume: DataFrame[Raeume] | None,
    geometrien: DataFrame[Geometrien] | None,
    probleme: list[Problem],
) -> Listen:
    """Read all registers of Angebote and all collections of Beiträge; add to `probleme` what is wrong with each.

    Without Räume and maps, which are noted elsewhere, nobody knows where an Angebot lies: then it is not read.
    """
    verzeichnisse = konfiguration.angebote.angebote
    sammlungen = read_sammlungen(projekt, konfiguration.beitraege.beitraege, probleme)
    if raeume is not None and konfiguration.raeume.ausserhalb == "zaehlen":
        sammlungen = [drop_ausserhalb(teil, raeume) for teil in sammlungen]
    beitraege = Beitraege.make(pl.concat([Beitraege.empty(), *(teil.beitraege for teil in sammlungen)]))
    lieferungen = [teil.lieferung for teil in sammlungen]
    if not verzeichnisse or raeume is None or geometrien is None:
        return Listen(Angebote.empty(), beitraege, lieferungen)
    from atlas.ingest.angebote.lage import build_raumsuche
    from atlas.ingest.angebote.verzeichnis import read_verzeichnisse

    suche = build_raumsuche(raeume, geometrien)
    gelesene = read_verzeichnisse(projekt, verzeichnisse, suche, konfiguration.raeume.gebietsstand, probleme)
    angebote = Angebote.make(pl.concat([Angebote.empty(), *(teil.angebote for teil in gelesene)]))
    return Listen(
        angebote,
        beitraege,
        [*(teil.lieferung for teil in gelesene), *lieferungen],
        [teil.messwerte for teil in gelesene],
    )
