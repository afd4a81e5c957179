"""Which Räume are too small for an Indikator: those of levels below the smallest one it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from pandera.typing.polars import DataFrame

    from atlas.tables.katalog import Indikatorkatalog
    from atlas.tables.raum import Raeume


def drop_zu_kleine(df: pl.DataFrame, raeume: DataFrame[Raeume], katalog: DataFrame[Indikatorkatalog]) -> pl.DataFrame:
    """Leave out the rows (raum_id, indikator) of levels below `kleinste_ebene` of the Indikator."""
    zu_klein = (
        katalog.filter(pl.col("kleinste_ebene").is_not_null())
        .join(_list_darunter(raeume), left_on="kleinste_ebene", right_on="oben", validate="m:m")
        .join(raeume.select("raum_id", "ebene"), on="ebene", validate="m:m")
        .select("raum_id", "indikator")
        .unique()
    )
    return df.join(zu_klein, on=["raum_id", "indikator"], how="anti", maintain_order="left")


def _list_darunter(raeume: DataFrame[Raeume]) -> pl.DataFrame:
    """Give every level with those that lie in it somewhere: oben, ebene."""
    alle = raeume.select("raum_id", "ebene", "uebergeordnet_id")
    eltern = {raum_id: (ebene, oben) for raum_id, ebene, oben in alle.iter_rows()}
    paare = set()
    for ebene, naechster in eltern.values():
        oben = naechster
        while oben is not None:
            paare.add((eltern[oben][0], ebene))
            oben = eltern[oben][1]
    eigene = [(oben, unten) for oben, unten in sorted(paare) if oben != unten]
    return pl.DataFrame(eigene, {"oben": pl.String, "ebene": pl.String}, orient="row")
