"""The gestufte Indexverfahren (MSS Berlin 2021, Indikatorenheft, chapters 2 to 4; methodik.md 1.1).

x -> z per Indikator -> weighted sum -> standardised again -> class by cuts. Every choice comes from
`Indexverfahren`; excluded Räume take part in no mean and no spread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from atlas.core.einbezug import compute_einbezug
from atlas.core.feste_jahre import repeat_feste
from atlas.core.kern import Momente, combine, compute_momente, standardise
from atlas.core.klassierung import classify, distance_to_cut, rank_belastung
from atlas.tables.ergebnis import Indizes, Normwerte
from atlas.tables.listen import GESAMT, SUMME

if TYPE_CHECKING:
    from pandera.typing.polars import DataFrame

    from atlas.core.kern import Maske, Zahlen
    from atlas.core.verfahren import Einbezug, Gesamtverfahren, Indexverfahren
    from atlas.tables.ergebnis import Indikatorwerte, Merkmalswerte
    from atlas.tables.katalog import Indikatorkatalog
    from atlas.tables.raum import Raeume

DIFFERENZ_STELLEN = 9
"""Decimals of a difference that are more than the noise of subtracting: equal changes stay equal."""
RECHENGENAUIGKEIT = 12
"""Decimals of an Index that are more than the noise of the arithmetic; equal areas stay equal, on every machine."""
ZU_WENIGE = "weniger als zwei Räume mit vollständigen Angaben"


@dataclass(frozen=True)
class Eingaben:
    """What every Index is computed from."""

    indikatorwerte: DataFrame[Indikatorwerte]
    merkmalswerte: DataFrame[Merkmalswerte]
    raeume: DataFrame[Raeume]
    katalog: DataFrame[Indikatorkatalog]
    einbezug: Einbezug | None


@dataclass(frozen=True)
class _Wuerfel:
    """The arrays of one Index with the names of their axes."""

    jahre: list[int]
    raeume: list[str]
    x: Zahlen
    einbezogen: Maske
    bevoelkerung: Zahlen
    gesamtwert: Zahlen | None


@dataclass(frozen=True)
class _Schritt:
    """One standardisation: its columns, what went in, what came out, and with which moments."""

    spalten: tuple[str, ...]
    x: Zahlen
    z: Zahlen
    momente: Momente


def compute_indizes(
    eingaben: Eingaben, verfahren: tuple[Indexverfahren, ...], gesamt: Gesamtverfahren | None
) -> tuple[DataFrame[Normwerte], DataFrame[Indizes]]:
    """Give z values with their moments, and every Index of every Raum and year.

    A year is computed when every Indikator of the Index has a value in it for some Raum.
    """
    teile = [_compute_einen(eingaben, einer) for einer in verfahren]
    indizes = pl.concat([pl.DataFrame(schema=Indizes.empty().schema), *(index for _, index in teile)])
    if gesamt is not None:
        indizes = pl.concat([indizes, _cross_klassen(indizes, gesamt)])
    normwerte = pl.concat([pl.DataFrame(schema=Normwerte.empty().schema), *(norm for norm, _ in teile)])
    return Normwerte.make(normwerte), Indizes.make(indizes)


def _compute_einen(eingaben: Eingaben, verfahren: Indexverfahren) -> tuple[pl.DataFrame, pl.DataFrame]:
    x = compute_ausgangswerte(eingaben.indikatorwerte, verfahren)
    if verfahren.standardisierung.zentrum == "gesamtwert":
        x = _only_jahre_mit_gesamtwert(x, eingaben.raeume, verfahren)
    raster = compute_einbezug(eingaben.merkmalswerte, eingaben.raeume, x, verfahren, eingaben.einbezug)
    if raster.is_empty():
        return Normwerte.empty(), Indizes.empty()
    raster = _require_zwei(raster)
    wuerfel = _build_wuerfel(x, raster, eingaben.raeume, verfahren)
    momente = compute_momente(
        wuerfel.x, wuerfel.einbezogen, wuerfel.bevoelkerung, verfahren.standardisierung, wuerfel.gesamtwert
    )
    z = standardise(wuerfel.x, momente)
    summe = combine(z, _gewichte(verfahren, eingaben.katalog), verfahren.zusammenfassung)
    wert, momente_summe = summe, None
    if verfahren.restandardisierung is not None:
        zentrum = np.zeros((len(wuerfel.jahre), 1)) if verfahren.restandardisierung.zentrum == "gesamtwert" else None
        momente_summe = compute_momente(
            summe[:, :, None], wuerfel.einbezogen, wuerfel.bevoelkerung, verfahren.restandardisierung, zentrum
        )
        wert = standardise(summe[:, :, None], momente_summe)[:, :, 0]
    wert = np.round(wert, RECHENGENAUIGKEIT) + 0.0
    norm = [_norm(wuerfel, verfahren.index, _Schritt(verfahren.indikatoren, wuerfel.x, z, momente))]
    if momente_summe is not None:
        zweiter = _Schritt((SUMME,), summe[:, :, None], wert[:, :, None], momente_summe)
        norm.append(_norm(wuerfel, verfahren.index, zweiter))
    return pl.concat(norm), _index(raster, verfahren, summe, wert)


def compute_ausgangswerte(indikatorwerte: DataFrame[Indikatorwerte], verfahren: Indexverfahren) -> pl.DataFrame:
    """Give what is standardised (raum_id, jahr, indikator, x): the value, or its change over the window.

    A difference is in the unit of the Indikator, so percentage points for shares; `relativ` is the
    difference in percent of the earlier value. The years are joined, so a gap year gives no value.
    """
    werte = indikatorwerte.filter(pl.col("indikator").is_in(verfahren.indikatoren)).select(
        "raum_id", "jahr", "indikator", x="wert"
    )
    werte = repeat_feste(werte, verfahren.feste_jahre, indikatorwerte["jahr"])
    if verfahren.ausgangswert != "differenz":
        return werte.filter(pl.col("x").is_not_null())
    frueher = werte.select("raum_id", "indikator", jahr=pl.col("jahr") + verfahren.differenz_jahre, frueher="x")
    paare = werte.join(frueher, on=["raum_id", "jahr", "indikator"], validate="1:1")
    differenz = (pl.col("x") - pl.col("frueher")).round(DIFFERENZ_STELLEN)
    if verfahren.differenz_relativ:
        differenz = pl.when(pl.col("frueher") != 0).then(100 * differenz / pl.col("frueher"))
    return paare.with_columns(x=differenz).drop("frueher").filter(pl.col("x").is_not_null())


def _only_jahre_mit_gesamtwert(x: pl.DataFrame, raeume: DataFrame[Raeume], verfahren: Indexverfahren) -> pl.DataFrame:
    """Keep the years in which the value of the whole area, the centre, is known for every Indikator."""
    anzahl = x.filter(pl.col("raum_id") == _wurzel(raeume)).group_by("jahr").agg(anzahl=pl.len())
    return x.join(anzahl.filter(pl.col("anzahl") == len(verfahren.indikatoren)), on="jahr", how="semi")


def _wurzel(raeume: DataFrame[Raeume]) -> str:
    return str(raeume.filter(pl.col("uebergeordnet_id").is_null())["raum_id"].item())


def _require_zwei(raster: pl.DataFrame) -> pl.DataFrame:
    """Mark the years in which fewer than two Räume take part: nothing can be compared."""
    zu_wenige = pl.col("einbezogen") & (pl.col("einbezogen").sum().over("jahr") < 2)  # noqa: PLR2004  # a pair
    return raster.with_columns(
        ausschlussgrund=pl.when(zu_wenige).then(pl.lit(ZU_WENIGE)).otherwise(pl.col("ausschlussgrund")),
        einbezogen=pl.col("einbezogen") & ~zu_wenige,
    )


def _build_wuerfel(
    x: pl.DataFrame, raster: pl.DataFrame, raeume: DataFrame[Raeume], verfahren: Indexverfahren
) -> _Wuerfel:
    jahre = sorted(raster["jahr"].unique().to_list())
    namen = raster.select("raum_id").unique().sort("raum_id")["raum_id"].to_list()
    form = (len(jahre), len(namen))
    geordnet = raster.sort("jahr", "raum_id")
    breit = geordnet.select("jahr", "raum_id")
    for indikator in verfahren.indikatoren:
        spalte = x.filter(pl.col("indikator") == indikator).select("jahr", "raum_id", pl.col("x").alias(indikator))
        breit = breit.join(spalte, on=["jahr", "raum_id"], how="left", validate="1:1", maintain_order="left")
    zentriert = verfahren.standardisierung.zentrum == "gesamtwert"
    gesamtwert = _gesamtwert(x, _wurzel(raeume), jahre, verfahren) if zentriert else None
    return _Wuerfel(
        jahre=jahre,
        raeume=namen,
        x=breit.select(verfahren.indikatoren).fill_null(0.0).to_numpy().reshape(*form, -1),
        einbezogen=geordnet["einbezogen"].to_numpy().reshape(form),
        bevoelkerung=geordnet["bevoelkerung"].fill_null(0.0).to_numpy().reshape(form),
        gesamtwert=gesamtwert,
    )


def _gesamtwert(x: pl.DataFrame, wurzel: str, jahre: list[int], verfahren: Indexverfahren) -> Zahlen:
    """Give the value of the whole area, shape (years, Indikatoren)."""
    werte = {(z["jahr"], z["indikator"]): z["x"] for z in x.filter(pl.col("raum_id") == wurzel).iter_rows(named=True)}
    return np.array([[werte[jahr, i] for i in verfahren.indikatoren] for jahr in jahre], dtype=np.float64)


def _gewichte(verfahren: Indexverfahren, katalog: DataFrame[Indikatorkatalog]) -> Zahlen:
    """Give the weights with the sign of the direction: a relieving Indikator counts negative."""
    richtung = dict(katalog.select("indikator", "richtung").iter_rows())
    vorzeichen = {"hoch_ist_belastet": 1.0, "hoch_ist_entlastet": -1.0}
    return np.array([gewicht * vorzeichen[richtung[name]] for name, gewicht in verfahren.gewichte], dtype=np.float64)


def _norm(wuerfel: _Wuerfel, index: str, schritt: _Schritt) -> pl.DataFrame:
    """Unfold arrays (years, areas, columns) into rows of Normwerte, included Räume only."""
    form = (len(wuerfel.jahre), len(wuerfel.raeume), len(schritt.spalten))
    dabei = np.broadcast_to(wuerfel.einbezogen[:, :, None], form)
    jahr, raum, spalte = np.nonzero(dabei)
    return pl.DataFrame(
        {
            "index": [index] * len(jahr),
            "raum_id": np.array(wuerfel.raeume, dtype=object)[raum].tolist(),
            "jahr": np.array(wuerfel.jahre, dtype=np.int64)[jahr],
            "indikator": np.array(schritt.spalten, dtype=object)[spalte].tolist(),
            "ausgangswert": schritt.x[jahr, raum, spalte],
            "z_wert": schritt.z[jahr, raum, spalte],
            "bezug_mittel": schritt.momente.mittel[jahr, spalte],
            "bezug_streuung": schritt.momente.streuung[jahr, spalte],
        },
        schema=Normwerte.empty().schema,
    )


def _index(raster: pl.DataFrame, verfahren: Indexverfahren, summe: Zahlen, wert: Zahlen) -> pl.DataFrame:
    """Give the rows of Indizes; a Raum that is not included has no value."""
    df = raster.sort("jahr", "raum_id").with_columns(
        summe=pl.Series(summe.ravel()), wert=pl.Series(wert.ravel()), index=pl.lit(verfahren.index)
    )
    dabei = pl.col("einbezogen")
    df = df.with_columns(summe=pl.when(dabei).then("summe"), wert=pl.when(dabei).then("wert"))
    return df.with_columns(
        klasse=classify(pl.col("wert"), verfahren.klassen),
        rang=rank_belastung(pl.col("wert")).over("jahr"),
        abstand_klassengrenze=distance_to_cut(pl.col("wert"), verfahren.klassen),
    ).select(Indizes.spalten())


def _cross_klassen(indizes: pl.DataFrame, gesamt: Gesamtverfahren) -> pl.DataFrame:
    """Cross the classes of status and dynamics; a Raum needs both, in the same year."""
    status = indizes.filter(pl.col("index") == gesamt.status)
    dynamik = indizes.filter(pl.col("index") == gesamt.dynamik)
    paare = status.join(dynamik, on=["raum_id", "jahr"], suffix="_d", validate="1:1")
    dabei = pl.col("einbezogen") & pl.col("einbezogen_d")
    leer = pl.lit(None, dtype=pl.Float64)
    return paare.with_columns(
        index=pl.lit(GESAMT),
        summe=leer,
        wert=leer,
        klasse=pl.when(dabei).then(pl.format("{}/{}", "klasse", "klasse_d")),
        rang=pl.lit(None, dtype=pl.Int64),
        anteil_vorhanden=pl.min_horizontal("anteil_vorhanden", "anteil_vorhanden_d"),
        einbezogen=dabei,
        ausschlussgrund=pl.coalesce("ausschlussgrund", "ausschlussgrund_d"),
        abstand_klassengrenze=pl.when(dabei).then(
            pl.min_horizontal("abstand_klassengrenze", "abstand_klassengrenze_d")
        ),
    ).select(Indizes.spalten())
