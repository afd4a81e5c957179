"""Counts of an older Gebietsstand carried to the one of the project; rates are never converted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from atlas.core.raumhierarchie import tiefen
from atlas.core.umstiegswege import GROESSE, WEG, collect_wege, sum_teile
from atlas.tables.raum import Raeume

if TYPE_CHECKING:
    from pandera.typing.polars import DataFrame

    from atlas.core.verfahren import Umrechnung
    from atlas.tables.messung import Messwerte
    from atlas.tables.raum import Umstiege

_SCHLUESSEL = ("raum_id", *GROESSE)
_GEWOGENE_EBENE = ("gebietsstand", "gewichtung", "ebene")
_SPALTEN = (
    "raum_id", "ebene", *GROESSE, "stichtag", "wert", "status", "vorbehandelt", "von_stand", "schritte",
)  # fmt: skip
ERHALTEN = 1e-9
"""How far a total may move relative to the sum of absolute counts; only rounding of sums may move it."""


def convert_messwerte(
    messwerte: DataFrame[Messwerte],
    raeume: DataFrame[Raeume],
    umstiege: DataFrame[Umstiege],
    umrechnung: Umrechnung,
) -> pl.DataFrame:
    """Give all Messwerte at the target Gebietsstand, unrounded.

    Columns: raum_id, ebene, jahr, merkmal, gruppe, stichtag, wert, status, vorbehandelt, von_stand (the Gebietsstand
    a row was converted from; null where it is as delivered). `status` is one of WERTSTATUS.

    What was delivered at the target passes unchanged and wins over what is converted; of two old Gebietsstände the
    one with fewer Umstiege wins, then the later name. A count is the sum of the parts of its old Räume, and null with
    the status of what is missing unless all are known; a Raum that did not exist contributes nothing, and figures with
    noise of the publisher are not merged. A rate stays
    where an old Raum became exactly one new one, and is `nicht_vergleichbar` elsewhere. Without Umstiege for a level,
    all its Räume are `nicht_vergleichbar`, but for counts that a finer level brings and that sum up from there.
    """
    neue = Raeume.check(raeume.filter(gebietsstand=umrechnung.ziel))
    gleich = messwerte.filter(gebietsstand=umrechnung.ziel).with_columns(
        von_stand=pl.lit(None, dtype=pl.String), schritte=pl.lit(0, dtype=pl.Int64)
    )
    alte, wege = _prepare(messwerte, umstiege, umrechnung)
    umgerechnet = (
        sum_teile(alte, wege, neue)
        .join(gleich, on=_SCHLUESSEL, how="anti")
        .sort(*_SCHLUESSEL, "schritte", "von_stand", descending=[False] * 5 + [True])
        .unique(_SCHLUESSEL, keep="first", maintain_order=True)
    )
    fertig = pl.concat([gleich.select(_SPALTEN), umgerechnet.select(_SPALTEN)])
    ohne = _mark_ohne_umstieg(alte, wege, neue, fertig)
    return pl.concat([fertig, ohne.select(_SPALTEN)]).drop("schritte").sort(_SCHLUESSEL, maintain_order=True)


def find_ohne_umstieg(
    messwerte: DataFrame[Messwerte], umstiege: DataFrame[Umstiege], umrechnung: Umrechnung
) -> pl.DataFrame:
    """Find delivered Räume that no Umstieg carries to the target: their rows are left out, so each is a finding.

    Columns: gebietsstand, gewichtung, ebene, raum_id, ganze_ebene (whether no delivered Raum of the level is carried:
    a missing Umstieg or `unveraenderte_ebenen` rather than a missing key).
    """
    alte, wege = _prepare(messwerte, umstiege, umrechnung)
    ohne = alte.filter(pl.col("status") != "nicht_existent").join(wege, on=WEG, how="anti")
    gedeckt = _gedeckte_ebenen(alte, wege).with_columns(ganze_ebene=pl.lit(False))
    return (
        ohne.select(*_GEWOGENE_EBENE, "raum_id")
        .unique()
        .join(gedeckt, on=_GEWOGENE_EBENE, how="left", validate="m:1")
        .with_columns(pl.col("ganze_ebene").fill_null(value=True))
        .sort(*_GEWOGENE_EBENE, "raum_id")
    )


def check_erhaltung(
    messwerte: DataFrame[Messwerte],
    raeume: DataFrame[Raeume],
    umstiege: DataFrame[Umstiege],
    umrechnung: Umrechnung,
) -> pl.DataFrame:
    """Find counts whose total over all Räume of a level is another one after conversion; none when all is well.

    Columns: von_stand, ebene, jahr, merkmal, gruppe, vorher, nachher, ausserhalb (the part of old Räume that reach over
    the border of the project). Compared is where no gap remains after conversion, on levels that Umstiege carry.
    """
    neue = Raeume.check(raeume.filter(gebietsstand=umrechnung.ziel))
    alte, wege = _prepare(messwerte, umstiege, umrechnung)
    zahlen = alte.filter(~pl.col("rate")).join(_gedeckte_ebenen(alte, wege), on=_GEWOGENE_EBENE, how="semi")
    draussen = (
        wege.join(neue.select(nach_raum_id="raum_id"), on="nach_raum_id", how="anti")
        .group_by(WEG, maintain_order=True)
        .agg(aussen=pl.col("anteil").sum())
    )
    vorher = zahlen.join(draussen, on=WEG, how="left", validate="m:1").with_columns(
        ausserhalb=pl.col("wert") * pl.col("aussen").fill_null(0.0), von_stand="gebietsstand"
    )
    return _compare(vorher, sum_teile(zahlen, wege, neue).with_columns(ebene="von_ebene", ausserhalb=0.0))


def _compare(vorher: pl.DataFrame, nachher: pl.DataFrame) -> pl.DataFrame:
    """Give the groups whose totals differ, of those without a gap after conversion."""
    gruppe = ("von_stand", "ebene", *GROESSE)
    ist_luecke = pl.col("wert").is_null() & (pl.col("status") != "nicht_existent")
    alt, neu = (
        df.sort(*gruppe, "raum_id")
        .group_by(gruppe, maintain_order=True)
        .agg(pl.col("wert", "ausserhalb").sum(), betrag=pl.col("wert").abs().sum(), luecke=ist_luecke.any())
        for df in (vorher, nachher)
    )
    # A gap before makes one after, or lies outside: it is enough to look after.
    beide = alt.join(neu, on=gruppe, how="left", suffix="_neu", validate="1:1").filter(
        ~pl.col("luecke_neu").fill_null(value=False)
    )
    nachher_summe = pl.col("wert_neu").fill_null(0.0)
    abstand = (pl.col("wert") - nachher_summe - pl.col("ausserhalb")).abs()
    return beide.filter(abstand > ERHALTEN * pl.col("betrag")).select(
        *gruppe, vorher="wert", nachher=nachher_summe, ausserhalb="ausserhalb"
    )


def _prepare(
    messwerte: DataFrame[Messwerte], umstiege: DataFrame[Umstiege], umrechnung: Umrechnung
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give the Messwerte of other Gebietsstände with gewichtung and rate, and the ways they need."""
    alte = messwerte.filter(pl.col("gebietsstand") != umrechnung.ziel)
    groessen = [
        (merkmal, gruppe, umrechnung.gewichtung(merkmal, gruppe), (merkmal, gruppe) in umrechnung.raten)
        for merkmal, gruppe in alte.select("merkmal", "gruppe").unique().sort("merkmal", "gruppe").iter_rows()
    ]
    schema = {"merkmal": pl.String, "gruppe": pl.String, "gewichtung": pl.String, "rate": pl.Boolean}
    angaben = pl.DataFrame(groessen, schema, orient="row")
    alte = alte.join(angaben, on=["merkmal", "gruppe"], validate="m:1")
    gesucht = alte.select("gebietsstand", "gewichtung").unique().iter_rows()
    return alte, collect_wege(umstiege, gesucht, umrechnung.ziel)


def _mark_ohne_umstieg(
    alte: pl.DataFrame, wege: pl.DataFrame, neue: DataFrame[Raeume], fertig: pl.DataFrame
) -> pl.DataFrame:
    """Give a row without number for every Raum of a level that was delivered and that no Umstieg carries.

    Left out are Räume that have a row already, and counts that a finer level brings: their parents are summed.
    """
    ohne = (
        alte.select(*_GEWOGENE_EBENE, *GROESSE, "rate")
        .unique()
        .join(_gedeckte_ebenen(alte, wege), on=_GEWOGENE_EBENE, how="anti")
    )
    tiefe = tiefen(neue)
    je_ebene = neue.select("ebene", tiefe=pl.col("raum_id").replace_strict(tiefe, return_dtype=pl.Int64))
    je_ebene = je_ebene.group_by("ebene").agg(pl.col("tiefe").min())
    feinste = fertig.join(je_ebene, on="ebene", validate="m:1").group_by(GROESSE).agg(feinste=pl.col("tiefe").max())
    return (
        ohne.join(je_ebene, on="ebene", validate="m:1")
        .join(feinste, on=GROESSE, how="left", validate="m:1")
        .filter(pl.col("rate") | (pl.col("feinste").fill_null(0) <= pl.col("tiefe")))
        .join(neue.select("raum_id", "ebene"), on="ebene", validate="m:m")
        .join(fertig, on=_SCHLUESSEL, how="anti")
        .sort(*_SCHLUESSEL, "gebietsstand")
        .unique(_SCHLUESSEL, keep="first", maintain_order=True)
        .with_columns(
            von_stand="gebietsstand",
            status=pl.lit("nicht_vergleichbar"),
            wert=pl.lit(None, dtype=pl.Float64),
            stichtag=pl.lit(None, dtype=pl.String),
            vorbehandelt=pl.lit(None, dtype=pl.String),
            schritte=pl.lit(0, dtype=pl.Int64),
        )
    )


def _gedeckte_ebenen(alte: pl.DataFrame, wege: pl.DataFrame) -> pl.DataFrame:
    """Give the levels of which the Umstiege carry at least one delivered Raum: gebietsstand, gewichtung, ebene."""
    return alte.join(wege, on=WEG, how="semi").select(_GEWOGENE_EBENE).unique()
