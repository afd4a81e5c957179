"""The files of the declared Umstiege, and what is worth knowing about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.befunde import Befund, Code
from atlas.errors import EingabeError
from atlas.ingest.dateien import find_datei, read_inhalt
from atlas.ingest.formate.lesen import read_rohtabelle
from atlas.ingest.raeume.umstiege import GelesenerUmstieg, build_umstiege
from atlas.ingest.raeume.umstiegskette import combine_umstiege
from atlas.tables.raum import Umstiege

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pandera.typing.polars import DataFrame

    from atlas.config.laden import Konfiguration
    from atlas.errors import Problem
    from atlas.projekt import Projekt
    from atlas.tables.raum import Raeume

_MERKLICH = 1e-6
"""A sum of shares that is nearer to 1 is rounding of the publisher."""


def read_umstiege(
    projekt: Projekt, konfiguration: Konfiguration, raeume: DataFrame[Raeume] | None, probleme: list[Problem]
) -> tuple[DataFrame[Umstiege], list[GelesenerUmstieg]]:
    """Read all Umstiege of a project; add to `probleme` what is wrong with their files."""
    gelesene = []
    for umstieg in konfiguration.raeume.umstiege:
        try:
            pfad = find_datei(projekt, umstieg.datei.glob)
            name = projekt.relativ(pfad)
            inhalt = read_inhalt(pfad, name, umstieg.datei.typ)
            gelesene.append(build_umstiege(read_rohtabelle(inhalt, name, umstieg.datei, umstieg.dezimal), umstieg))
        except EingabeError as fehler:
            probleme.extend(fehler.probleme)
    if raeume is None or len(gelesene) < len(konfiguration.raeume.umstiege):
        return Umstiege.empty(), gelesene
    try:
        muster = [ebene.muster for ebene in konfiguration.raeume.ebenen]
        return combine_umstiege(gelesene, raeume, konfiguration.raeume.gebietsstand, muster), gelesene
    except EingabeError as fehler:
        probleme.extend(fehler.probleme)
        return Umstiege.empty(), gelesene


def find_ungenaue(gelesene: Sequence[GelesenerUmstieg]) -> Iterator[Befund]:
    """E102: an Umstieg whose shares had to be scaled, or of which slivers were left out."""
    for gelesen in gelesene:
        if gelesen.abweichung <= _MERKLICH and not gelesen.splitter:
            continue
        abweichung = f"{100 * gelesen.abweichung:.2f}".replace(".", ",")
        verlust = f"{100 * gelesen.groesster_verlust:.2f}".replace(".", ",")
        text = (
            f"{gelesen.datei}: Die Anteile eines alten Raums weichen in der Summe um bis zu {abweichung} Prozent von 1 "
            f"ab; entfallene Splitter: {gelesen.splitter} (höchstens {verlust} Prozent eines Raums). Die Anteile sind "
            "auf 1 gebracht, die Summen bleiben erhalten."
        )
        yield Befund(Code.UMSTIEG_UNGENAU, text, tabelle="Umstiege", gegenstand=gelesen.datei)
