"""Rules about areas and their parts: other Gebietsstände, and parents that are not the sum of their children."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from atlas.befunde import Befund, Code
from atlas.core import gebietsstand
from atlas.core.pruefregeln.pruefling import build_befund, name_merkmal
from atlas.core.raumhierarchie import tiefen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pandera.typing.polars import DataFrame

    from atlas.core.pruefregeln.pruefling import Pruefling
    from atlas.tables.raum import Raeume

_BEISPIELE = 5
_GROESSE = ("jahr", "merkmal", "gruppe")


def find_ohne_umstieg(pruefling: Pruefling) -> Iterator[Befund]:
    """R112: delivered Räume of another Gebietsstand that no Umstieg carries; one finding per Gebietsstand and level."""
    ohne = gebietsstand.find_ohne_umstieg(pruefling.messwerte, pruefling.umstiege, pruefling.umrechnung)
    je_ebene = ohne.group_by("gebietsstand", "gewichtung", "ebene", "ganze_ebene", maintain_order=True).agg(
        "raum_id", anzahl=pl.len()
    )
    for zeile in je_ebene.iter_rows(named=True):
        genannt = ", ".join(zeile["raum_id"][:_BEISPIELE]) + (" …" if zeile["anzahl"] > _BEISPIELE else "")
        rat = (
            f"Gibt es die Ebene {zeile['ebene']} unverändert, unter unveraenderte_ebenen nennen; sonst einen Umstieg "
            "deklarieren. Bis dahin sind ihre Werte nicht vergleichbar."
            if zeile["ganze_ebene"]
            else "Der Umstiegsschlüssel ist unvollständig, oder die Schlüssel der Lieferung sind falsch; gab es einen "
            "Raum schon vor der Eingemeindung, braucht er eine eigene Zeile (A;A). Ihre Zeilen fehlen in den Summen."
        )
        text = (
            f"Gebietsstand {zeile['gebietsstand']}: Räume der Ebene {zeile['ebene']} ohne Umstieg nach "
            f"{pruefling.umrechnung.ziel} (Gewichtung {zeile['gewichtung']}): {zeile['anzahl']} ({genannt}). {rat}"
        )
        yield Befund(
            Code.RAUM_OHNE_UMSTIEG,
            text,
            tabelle="Messwerte",
            gegenstand=f"{zeile['gebietsstand']} {zeile['gewichtung']} {zeile['ebene']} {zeile['ganze_ebene']}",
        )


def find_nicht_erhaltene(pruefling: Pruefling) -> Iterator[Befund]:
    """R113: the total over all Räume of a level is another one after conversion."""
    verletzte = gebietsstand.check_erhaltung(
        pruefling.messwerte, pruefling.raeume, pruefling.umstiege, pruefling.umrechnung
    )
    for zeile in verletzte.iter_rows(named=True):
        name = f"{zeile['merkmal']} ({zeile['gruppe']})" if zeile["gruppe"] else zeile["merkmal"]
        yield Befund(
            Code.SUMME_NICHT_ERHALTEN,
            f"{name} {zeile['jahr']}: Die Summe der Ebene {zeile['ebene']} ist nach der Umrechnung von "
            f"{zeile['von_stand']} eine andere. Umstiegsschlüssel und Lieferung prüfen.",
            tabelle="Messwerte",
            gegenstand=f"{zeile['von_stand']} {zeile['ebene']}",
            jahr=zeile["jahr"],
            merkmal=zeile["merkmal"],
            gruppe=zeile["gruppe"],
        )


def find_zwei_staende(pruefling: Pruefling) -> Iterator[Befund]:
    """R114: one year of a Merkmal on two Gebietsstände, which would be mixed Raum by Raum."""
    groesse = ("ebene", "jahr", "merkmal", "gruppe")
    gemischte = (
        pruefling.messwerte.group_by(groesse)
        .agg(pl.col("gebietsstand").unique().sort(), pl.col("lieferung_id").first(), pl.col("zelle").first())
        .filter(pl.col("gebietsstand").list.len() > 1)
        .sort(groesse)
    )
    for zeile in gemischte.iter_rows(named=True):
        text = (
            f"{name_merkmal(zeile)} {zeile['jahr']} ist auf der Ebene {zeile['ebene']} an mehreren Gebietsständen "
            f"geliefert ({', '.join(zeile['gebietsstand'])}). Für ein Jahr darf nur einer gelten: eine Lieferung "
            "entfernen, oder ihre Jahre mit zeit und dimensionen abgrenzen."
        )
        yield build_befund(Code.ZWEI_GEBIETSSTAENDE, text, zeile, gegenstand=zeile["ebene"])


def find_falsche_summen(pruefling: Pruefling) -> Iterator[Befund]:
    """R115: a delivered Raum is not the sum of its delivered parts; one finding per Raum, Merkmal and group.

    Its parts are the nearest Räume below it that were delivered and together make it up, on whatever levels. Rates and
    pre-treated figures are not compared, nor sums with a gap.
    """
    je_groesse = (
        _compare_summen(pruefling)
        .group_by("raum_id", "merkmal", "gruppe", maintain_order=True)
        .agg(pl.col("jahr").unique().sort(), pl.col("anteil").max())
    )
    for zeile in je_groesse.iter_rows(named=True):
        prozent = f"{100 * zeile['anteil']:.1f}".replace(".", ",")
        text = (
            f"{name_merkmal(zeile)}: Die Angabe für »{zeile['raum_id']}« ist nicht die Summe ihrer Teile "
            f"({format_jahre(zeile['jahr'])}, bis zu {prozent} Prozent). Ist eine der Zahlen falsch, fehlen Räume, die "
            "es damals gab (Zusammenschlüsse: gebietsstand und umstiege), oder gehört die Zeile zu einer anderen "
            "Abgrenzung?"
        )
        yield build_befund(Code.SUMME_DER_TEILE, text, zeile | {"jahr": zeile["jahr"][0]})


def _compare_summen(pruefling: Pruefling) -> pl.DataFrame:
    """Give the delivered Räume that differ from the sum of their parts, with `anteil`, the relative difference."""
    raten = pl.DataFrame(sorted(pruefling.umrechnung.raten), {"merkmal": pl.String, "gruppe": pl.String}, orient="row")
    zahlen = (
        gebietsstand.convert_messwerte(pruefling.messwerte, pruefling.raeume, pruefling.umstiege, pruefling.umrechnung)
        .join(raten, on=["merkmal", "gruppe"], how="anti")
        .with_columns(wert=pl.when(pl.col("vorbehandelt").is_null()).then(pl.col("wert")))
        .select("raum_id", *_GROESSE, "wert", "status")
    )
    abstand = (pl.col("wert") - pl.col("summe")).abs()
    je_merkmal = [
        eigene.filter(pl.col("wert").is_not_null())
        .join(_sum_teile(eigene, pruefling.raeume), on=["raum_id", *_GROESSE], validate="1:1")
        .join(_list_einheiten(eigene, pruefling.einheiten), on=["merkmal", "gruppe"], validate="m:1")
        .filter(abstand > _rundung(pl.col("teile")) * pl.col("einheit"))
        .with_columns(anteil=abstand / pl.max_horizontal(pl.col("wert").abs(), pl.col("summe").abs()))
        for eigene in _split_merkmale(zahlen)
    ]
    leer = pl.DataFrame(schema={"raum_id": pl.String, "jahr": pl.Int64, "merkmal": pl.String, "gruppe": pl.String})
    return pl.concat(je_merkmal or [leer.with_columns(anteil=pl.lit(None, pl.Float64))]).sort("raum_id", *_GROESSE)


def _split_merkmale(zahlen: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Give the figures Merkmal by Merkmal: the sums of one at a time take little memory."""
    for merkmal in zahlen["merkmal"].unique().sort():
        yield zahlen.filter(merkmal=merkmal)


def _list_einheiten(zahlen: pl.DataFrame, einheiten: Mapping[tuple[str, str | None], float]) -> pl.DataFrame:
    """Give the unit in which each figure was rounded: merkmal, gruppe, einheit (1, or 1000 for thousands)."""
    zeilen = [
        (merkmal, gruppe, max(einheiten.get((merkmal, wo), 1.0) for wo in (gruppe, None)))
        for merkmal, gruppe in zahlen.select("merkmal", "gruppe").unique().sort("merkmal", "gruppe").iter_rows()
    ]
    schema = {"merkmal": pl.String, "gruppe": pl.String, "einheit": pl.Float64}
    return pl.DataFrame(zeilen, schema, orient="row")


def _sum_teile(zahlen: pl.DataFrame, raeume: DataFrame[Raeume]) -> pl.DataFrame:
    """Sum the nearest delivered Räume that tile a Raum: raum_id, jahr, merkmal, gruppe, summe, teile (how many).

    From the leaves upwards: what was delivered stands for itself, even a gap, and only what was not is made of its
    parts. A Raum with a gap or a missing part has no row; one that did not exist adds nothing.
    """
    bekannt = pl.col("wert").is_not_null() | (pl.col("status") == "nicht_existent")
    werte = zahlen.filter(bekannt).select(
        "raum_id", *_GROESSE, summe=pl.col("wert").fill_null(0.0), teile=pl.col("wert").is_not_null().cast(pl.Int64)
    )
    je_tiefe = tiefen(raeume)
    eltern = raeume.select("raum_id", oben="uebergeordnet_id").with_columns(
        tiefe=pl.col("raum_id").replace_strict(je_tiefe, return_dtype=pl.Int64), geschwister=pl.len().over("oben")
    )
    alle = []
    for tiefe in range(max(je_tiefe.values()), 0, -1):
        summen = (
            werte.join(eltern.filter(tiefe=tiefe), on="raum_id", validate="m:1")
            .sort("oben", *_GROESSE, "raum_id")
            .group_by("oben", *_GROESSE, maintain_order=True)
            .agg(pl.col("summe", "teile").sum(), vollstaendig=pl.len() == pl.col("geschwister").first())
            .filter("vollstaendig")
            .select(werte.columns[1:], raum_id="oben")
            .select(werte.columns)
        )
        alle.append(summen)
        werte = pl.concat([werte, summen.join(zahlen, on=["raum_id", *_GROESSE], how="anti")])
    return pl.concat([werte.clear(), *alle])


def _rundung(teile: pl.Expr) -> pl.Expr:
    """Say how many units a sum may be off if its parts and itself were rounded to whole ones, each on its own.

    At most half a unit for each of them; four standard deviations of that many roundings are less from five parts on
    (33 parts: 6.7 instead of 17) and are exceeded less than once in 15,000 comparisons.
    """
    gerundete = teile + 1
    return pl.min_horizontal(gerundete / 2, 4 * (gerundete / 12).sqrt())


def format_jahre(jahre: list[int]) -> str:
    """Name a few years, or the first and last of many."""
    return ", ".join(map(str, jahre)) if len(jahre) <= _BEISPIELE else f"{jahre[0]} bis {jahre[-1]}"
