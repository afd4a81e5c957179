"""Rules about Räume: unknown ones, missing ones, too few of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from atlas.befunde import Befund, Code
from atlas.core.pruefregeln.pruefling import build_befund
from atlas.tables.listen import WENIGE_RAEUME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.core.pruefregeln.pruefling import Pruefling


def find_unbekannte_raeume(pruefling: Pruefling) -> Iterator[Befund]:
    """R101: a well-formed key of a Raum that the Raumverzeichnis does not have on that level.

    Keys of another Gebietsstand are not looked for there but in the Umstiege (R112).
    """
    fremde = pruefling.eigene.join(pruefling.raeume, on=["raum_id", "ebene"], how="anti")
    je_lieferung = fremde.unique(["raum_id", "ebene", "lieferung_id"], keep="first", maintain_order=True)
    for zeile in je_lieferung.iter_rows(named=True):
        yield build_befund(
            Code.UNBEKANNTER_RAUM,
            f"Der Raum »{zeile['raum_id']}« ({zeile['ebene']}) steht nicht im Raumverzeichnis. Schlüssel und "
            "Gebietsstand prüfen; soll die Zeile entfallen, schluessel.nicht_raum deklarieren.",
            zeile,
            gegenstand=zeile["ebene"],
        )


def find_fehlende_raeume(pruefling: Pruefling) -> Iterator[Befund]:
    """R102, R107: a delivery leaves out a Raum of a level it covers (R107: one that is excluded anyway)."""
    vollstaendige = pruefling.lieferungen.filter(pl.col("quelle").is_in(pruefling.vollstaendige_quellen))
    gelieferte = pruefling.eigene.join(vollstaendige, on="lieferung_id", how="semi")
    erwartet = (
        gelieferte.select("lieferung_id", "ebene", "jahr")
        .unique()
        .join(pruefling.raeume.select("ebene", "raum_id", "name", "ausschlussgrund"), on="ebene", validate="m:m")
    )
    fehlende = erwartet.join(gelieferte, on=["lieferung_id", "jahr", "raum_id"], how="anti")
    for zeile in fehlende.sort("lieferung_id", "jahr", "raum_id").iter_rows(named=True):
        raum = f"»{zeile['raum_id']}« ({zeile['name']})"
        if zeile["ausschlussgrund"] is not None:
            code, text = (
                Code.AUSGESCHLOSSENER_RAUM_OHNE_WERT,
                f"Für den ausgeschlossenen Raum {raum} fehlt {zeile['jahr']} die Zeile.",
            )
        else:
            code = Code.FEHLENDER_RAUM
            text = (
                f"Für den Raum {raum} fehlt {zeile['jahr']} die Zeile. Nachfordern; ist die Lieferung absichtlich "
                "unvollständig, vollstaendig: false deklarieren."
            )
        yield build_befund(code, text, zeile)


def find_wenige_raeume(pruefling: Pruefling) -> Iterator[Befund]:
    """R106: an Index over so few Räume that its classes are coarse; excluded Räume do not count."""
    for verfahren in pruefling.verfahren:
        verglichene = (pl.col("ebene") == verfahren.ebene) & pl.col("ausschlussgrund").is_null()
        anzahl = pruefling.raeume.filter(verglichene).height
        if anzahl < WENIGE_RAEUME:
            text = (
                f"Der Index »{verfahren.index}« vergleicht nur {anzahl} Räume (Ebene {verfahren.ebene}). Unter "
                f"{WENIGE_RAEUME} sind die Klassen grob; ein einzelner Raum verschiebt die Grenzen spürbar."
            )
            yield Befund(Code.WENIGE_RAEUME, text, tabelle="Raeume", gegenstand=verfahren.index)
