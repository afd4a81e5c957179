"""All Umstiege of a project together: what stays the same is said, what leads nowhere is refused."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

import polars as pl

from atlas.errors import EingabeError, Problem
from atlas.ingest.raeume.umstiege import GENANNTE
from atlas.tables.raum import GANZ, Umstiege

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pandera.typing.polars import DataFrame

    from atlas.ingest.raeume.umstiege import GelesenerUmstieg
    from atlas.tables.raum import Raeume


def combine_umstiege(
    gelesene: Sequence[GelesenerUmstieg], raeume: DataFrame[Raeume], ziel: str, muster: Sequence[str] = ()
) -> DataFrame[Umstiege]:
    """Give the Umstiege of a project, with a row for every Raum that is declared to stay as it is.

    Goes from the target Gebietsstand backwards: who stays is known from the Räume that come after. Raises
    `EingabeError` for files whose keys do not fit the Räume or one another.
    """
    bekannte: dict[str, dict[str, str]] = {ziel: dict(raeume.select("raum_id", "ebene").iter_rows())}
    weitergefuehrte: dict[str, set[str]] = {}
    probleme: list[Problem] = []
    teile: list[pl.DataFrame] = [Umstiege.empty()]
    for gelesen in _vom_ziel_her(gelesene, ziel):
        umstieg, spaeter = gelesen.umstieg, bekannte[gelesen.umstieg.nach]
        df = pl.concat([gelesen.df, _bleibende(gelesen, spaeter)])
        probleme += _find_fremdes(gelesen, df, spaeter)
        probleme += _find_vertippte(gelesen, spaeter, muster)
        if umstieg.nach == ziel:
            probleme += _find_leer_ausgehende(gelesen, df, spaeter)
        else:
            probleme += _find_abgebrochene(gelesen, df, set(spaeter), weitergefuehrte[umstieg.nach])
        weitergefuehrte.setdefault(umstieg.von, set()).update(df["von_raum_id"])
        paare = df.select("von_raum_id", "nach_raum_id").unique(maintain_order=True).iter_rows()
        frueher = {von: spaeter[nach] for von, nach in paare if nach in spaeter}
        bekannte[umstieg.von] = bekannte.get(umstieg.von, {}) | frueher
        teile.append(df)
    if probleme:
        raise EingabeError(probleme)
    return Umstiege.make(pl.concat(teile))


def find_hinfuehrende(umstiege: DataFrame[Umstiege], raeume: DataFrame[Raeume]) -> frozenset[str]:
    """Give the keys of the Räume, and those of earlier ones of which some part ends in one of them.

    An Umstieg may cover more than the project, a whole Kreis for one of its towns.
    """
    wege = set(umstiege.select("von_stand", "von_raum_id", "nach_stand", "nach_raum_id").iter_rows())
    eigene = set(raeume.select("gebietsstand", "raum_id").iter_rows())
    while neue := {(stand, von) for stand, von, *nach in wege if tuple(nach) in eigene} - eigene:
        eigene |= neue
    return frozenset(raum_id for _, raum_id in eigene)


def _vom_ziel_her(gelesene: Sequence[GelesenerUmstieg], ziel: str) -> list[GelesenerUmstieg]:
    """Order Umstiege so that each comes after those its new Gebietsstand goes on with."""
    staende = [ziel]
    for stand in staende:
        staende += sorted({g.umstieg.von for g in gelesene if g.umstieg.nach == stand} - set(staende))
    fuehrende = [g for g in gelesene if g.umstieg.nach in staende]
    return sorted(fuehrende, key=lambda g: (staende.index(g.umstieg.nach), g.umstieg.von))


def _bleibende(gelesen: GelesenerUmstieg, spaeter: dict[str, str]) -> pl.DataFrame:
    """Give a row for every Raum that stays: of `unveraenderte_ebenen`, or not named in a list of changes."""
    genannte = {*gelesen.df["von_raum_id"], *gelesen.df["nach_raum_id"]}
    ebenen = set(gelesen.umstieg.unveraenderte_ebenen)
    if gelesen.umstieg.umfang == "nur_aenderungen":
        ebenen |= {spaeter[raum_id] for raum_id in genannte if raum_id in spaeter}
    raeume = pl.Series(
        [r for r, ebene in sorted(spaeter.items()) if ebene in ebenen and r not in genannte], dtype=pl.String
    )
    return pl.DataFrame({"von_raum_id": raeume, "nach_raum_id": raeume}).select(
        "von_raum_id",
        "nach_raum_id",
        von_stand=pl.lit(gelesen.umstieg.von),
        nach_stand=pl.lit(gelesen.umstieg.nach),
        gewichtung=pl.lit(GANZ),
        anteil=pl.lit(1.0),
    )


def _find_fremdes(gelesen: GelesenerUmstieg, df: pl.DataFrame, spaeter: dict[str, str]) -> Iterator[Problem]:
    """Find a file without any known new key, and changed Räume that are declared to stay."""
    umstieg, genannte = gelesen.umstieg, {*gelesen.df["nach_raum_id"]}
    if not {*df["nach_raum_id"]} & spaeter.keys():
        text = (
            f"kein neuer Schlüssel ist zum Gebietsstand {umstieg.nach} bekannt. In der Datei steht »{min(genannte)}«, "
            f"bekannt ist »{min(spaeter, default='')}«. auffuellen und stellen prüfen."
        )
        yield Problem(gelesen.datei, 0, "", text)
    fest = sorted(raum_id for raum_id in genannte if spaeter.get(raum_id) in umstieg.unveraenderte_ebenen)
    if fest:
        text = f"{_nenne(fest)}: die Ebene steht unter unveraenderte_ebenen und zugleich in der Datei. Dort streichen."
        yield Problem(gelesen.datei, 0, "", text)


def _find_vertippte(gelesen: GelesenerUmstieg, spaeter: dict[str, str], muster: Sequence[str]) -> Iterator[Problem]:
    """Find new keys of a list of changes that look like those of the project and are none: people would disappear."""
    if gelesen.umstieg.umfang != "nur_aenderungen":
        return
    for nach in sorted({*gelesen.df["nach_raum_id"]} - spaeter.keys()):
        if any(re.fullmatch(einzelnes, nach) for einzelnes in muster):
            nahe = difflib.get_close_matches(nach, sorted(spaeter), n=1, cutoff=0.7)
            gemeint = f" Gemeint: {nahe[0]}?" if nahe else ""
            text = f"den neuen Schlüssel »{nach}« gibt es zum Gebietsstand {gelesen.umstieg.nach} nicht.{gemeint}"
            yield Problem(gelesen.datei, 0, "", text)


def _find_leer_ausgehende(gelesen: GelesenerUmstieg, df: pl.DataFrame, neue: dict[str, str]) -> Iterator[Problem]:
    """Find Räume of the project that receive nothing while others of their level do."""
    ebenen = {neue[raum_id] for raum_id in gelesen.df["nach_raum_id"] if raum_id in neue}
    fehlende = sorted({raum_id for raum_id, ebene in neue.items() if ebene in ebenen} - {*df["nach_raum_id"]})
    if fehlende:
        text = (
            f"{_nenne(fehlende)}: kommt als neuer Schlüssel nicht vor. Ergänzen oder umfang: nur_aenderungen eintragen."
        )
        yield Problem(gelesen.datei, 0, "", text)


def _find_abgebrochene(
    gelesen: GelesenerUmstieg, df: pl.DataFrame, spaeter: set[str], weitergefuehrte: set[str]
) -> Iterator[Problem]:
    """Find parts of old Räume of the project that no further Umstieg carries on."""
    projekt = df.filter(pl.col("nach_raum_id").is_in(list(spaeter)).any().over("von_raum_id"))
    abgebrochene = sorted({*projekt["nach_raum_id"]} - weitergefuehrte)
    if abgebrochene:
        text = f"{_nenne(abgebrochene)}: kein Umstieg führt von {gelesen.umstieg.nach} weiter. Dort Zeilen ergänzen."
        yield Problem(gelesen.datei, 0, "", text)


def _nenne(raeume: Sequence[str]) -> str:
    """Name the first few keys, count the others."""
    genannt, weitere = raeume[:GENANNTE], raeume[GENANNTE:]
    return ", ".join(f"»{raum_id}«" for raum_id in genannt) + (f" und {len(weitere)} weitere" if weitere else "")
