"""The rules of `validate`: each gives all its findings; none changes a figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from atlas.befunde import Befund, Code

if TYPE_CHECKING:
    from pandera.typing.polars import DataFrame

    from atlas.core.verfahren import Indexverfahren
    from atlas.tables.katalog import Formelterme, Indikatorkatalog
    from atlas.tables.messung import Lieferungen, Messwerte
    from atlas.tables.raum import Raeume

RAEUME_FUER_KLASSEN = 30
"""Below this number of Räume one Raum is more than 3 % of a class; methodik.md 1.3."""
_EINDEUTIG = ("raum_id", "jahr", "merkmal", "gruppe")


@dataclass(frozen=True)
class Wertebereich:
    """The declared range of a Merkmal of a Quelle; None is open."""

    quelle: str
    merkmal: str
    gruppe: str
    von: float | None
    bis: float | None


@dataclass(frozen=True)
class Pruefling:
    """What the rules look at."""

    raeume: DataFrame[Raeume]
    lieferungen: DataFrame[Lieferungen]
    messwerte: DataFrame[Messwerte]
    katalog: DataFrame[Indikatorkatalog]
    formelterme: DataFrame[Formelterme]
    verfahren: tuple[Indexverfahren, ...]
    wertebereiche: tuple[Wertebereich, ...]
    vollstaendige_quellen: tuple[str, ...]


def find_befunde(pruefling: Pruefling) -> list[Befund]:
    """Apply every rule of a group; a group with a Fehler stops the groups after it.

    So one broken key column does not bring hundreds of follow-on findings.
    """
    befunde: list[Befund] = []
    for gruppe in GRUPPEN:
        neue = [befund for regel in gruppe for befund in regel(pruefling)]
        befunde += neue
        if any(befund.code in FOLGENREICH for befund in neue):
            break
    return befunde


def find_unbekannte_raeume(pruefling: Pruefling) -> Iterator[Befund]:
    """R101: a well-formed key of a Raum that the Raumverzeichnis does not have on that level."""
    fremde = pruefling.messwerte.join(pruefling.raeume, on=["raum_id", "ebene"], how="anti")
    for zeile in fremde.unique(["raum_id", "lieferung_id"], keep="first", maintain_order=True).iter_rows(named=True):
        yield _befund(
            Code.UNBEKANNTER_RAUM,
            f"Der Raum »{zeile['raum_id']}« ({zeile['ebene']}) steht nicht im Raumverzeichnis. Schlüssel und "
            "Gebietsstand prüfen; soll die Zeile entfallen, schluessel.nicht_raum deklarieren.",
            zeile,
        )


def find_fehlende_raeume(pruefling: Pruefling) -> Iterator[Befund]:
    """R102, R107: a delivery leaves out a Raum of a level it covers (R107: one that is excluded anyway)."""
    vollstaendige = pruefling.lieferungen.filter(pl.col("quelle").is_in(pruefling.vollstaendige_quellen))
    gelieferte = pruefling.messwerte.join(vollstaendige, on="lieferung_id", how="semi")
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
        yield _befund(code, text, zeile)


def find_doppelte(pruefling: Pruefling) -> Iterator[Befund]:
    """R103: two cells for the same Raum, year, Merkmal and group."""
    anzahl = pl.len().over(_EINDEUTIG)
    doppelte = pruefling.messwerte.with_columns(anzahl=anzahl).filter(pl.col("anzahl") > 1)
    gruppiert = doppelte.group_by(_EINDEUTIG, maintain_order=True).agg(
        pl.col("lieferung_id").first(),
        pl.format("{} {}", "lieferung_id", "zelle").alias("stellen"),
        pl.col("zelle").first(),
    )
    for zeile in gruppiert.iter_rows(named=True):
        yield _befund(
            Code.DOPPELTER_WERT,
            f"{zeile['merkmal']} {zeile['jahr']} steht für den Raum »{zeile['raum_id']}« mehrfach: "
            f"{', '.join(zeile['stellen'])}. Eine der Zellen muss entfallen.",
            zeile,
        )


def find_ausserhalb(pruefling: Pruefling) -> Iterator[Befund]:
    """R104: a negative count, or a value outside the declared range."""
    gezaehlte = pruefling.formelterme.join(
        pruefling.katalog.filter(pl.col("art") != "wert"), on=["indikator", "gueltig_ab"], how="semi"
    )
    zaehlungen = pruefling.messwerte.join(gezaehlte, on=["merkmal", "gruppe"], how="semi")
    for zeile in zaehlungen.filter(pl.col("wert") < 0).iter_rows(named=True):
        text = f"{zeile['merkmal']} ist negativ, eine Anzahl kann das nicht sein. Zelle und Zahlformat prüfen."
        yield _befund(Code.AUSSERHALB_WERTEBEREICH, text, zeile, erwartet=">= 0")
    mit_quelle = pruefling.messwerte.join(
        pruefling.lieferungen.select("lieferung_id", "quelle"), on="lieferung_id", validate="m:1"
    )
    for bereich in pruefling.wertebereiche:
        von, bis = (
            (bereich.von if bereich.von is not None else -float("inf")),
            (bereich.bis if bereich.bis is not None else float("inf")),
        )
        schlechte = mit_quelle.filter(
            (pl.col("quelle") == bereich.quelle)
            & (pl.col("merkmal") == bereich.merkmal)
            & (pl.col("gruppe") == bereich.gruppe)
            & ~pl.col("wert").is_between(von, bis)
        )
        for zeile in schlechte.iter_rows(named=True):
            text = (
                f"{zeile['merkmal']} liegt außerhalb des deklarierten Bereichs. Zelle, Einheit und Zahlformat prüfen."
            )
            yield _befund(Code.AUSSERHALB_WERTEBEREICH, text, zeile, erwartet=f"{von:g} bis {bis:g}")


def find_zaehler_groesser_nenner(pruefling: Pruefling) -> Iterator[Befund]:
    """R105: the part is larger than the whole, in an Indikator that is a share."""
    anteile = pruefling.katalog.filter(pl.col("art") == "anteil")
    terme = pruefling.formelterme.join(anteile, on=["indikator", "gueltig_ab"], how="semi")
    werte = terme.join(pruefling.messwerte, on=["merkmal", "gruppe"], validate="m:m").with_columns(
        beitrag=pl.col("wert") * pl.col("vorzeichen")
    )
    seiten = (
        werte.group_by("indikator", "raum_id", "jahr", "seite")
        .agg(
            summe=pl.when(pl.col("wert").is_null().any()).then(None).otherwise(pl.col("beitrag").sum()),
            stelle=pl.struct("lieferung_id", "zelle", "merkmal").sort().first(),
        )
        .sort("indikator", "raum_id", "jahr")
    )
    zaehler, nenner = (seiten.filter(pl.col("seite") == seite) for seite in ("zaehler", "nenner"))
    beide = zaehler.join(nenner, on=["indikator", "raum_id", "jahr"], suffix="_nenner", validate="1:1")
    for zeile in beide.filter(pl.col("summe") > pl.col("summe_nenner")).iter_rows(named=True):
        text = (
            f"{zeile['indikator']}: der Zähler ist größer als der Nenner (Raum »{zeile['raum_id']}«, {zeile['jahr']}). "
            "Stichtage, Altersgruppen und Zellen beider Quellen vergleichen."
        )
        yield _befund(Code.ZAEHLER_GROESSER_NENNER, text, zeile | zeile["stelle"])


def find_wenige_raeume(pruefling: Pruefling) -> Iterator[Befund]:
    """R106: an Index over so few Räume that its classes are coarse."""
    for verfahren in pruefling.verfahren:
        anzahl = pruefling.raeume.filter(pl.col("ebene") == verfahren.ebene).height
        if anzahl < RAEUME_FUER_KLASSEN:
            text = (
                f"Der Index »{verfahren.index}« vergleicht nur {anzahl} Räume (Ebene {verfahren.ebene}). Unter "
                f"{RAEUME_FUER_KLASSEN} sind die Klassen grob; ein einzelner Raum verschiebt die Grenzen spürbar."
            )
            yield Befund(Code.WENIGE_RAEUME, text, tabelle=verfahren.index)


def _befund(code: Code, text: str, zeile: dict[str, Any], erwartet: str | None = None) -> Befund:
    """Make a finding that stands where a row of Messwerte stands."""
    return Befund(
        code,
        text,
        tabelle="Messwerte",
        raum_id=zeile.get("raum_id"),
        jahr=zeile.get("jahr"),
        merkmal=zeile.get("merkmal"),
        erwartet=erwartet,
        lieferung_id=zeile.get("lieferung_id"),
        zelle=zeile.get("zelle"),
    )


Regel = Callable[[Pruefling], Iterator[Befund]]
GRUPPEN: tuple[tuple[Regel, ...], ...] = (
    (find_unbekannte_raeume, find_doppelte),
    (find_fehlende_raeume, find_ausserhalb),
    (find_zaehler_groesser_nenner, find_wenige_raeume),
)
FOLGENREICH = frozenset({Code.UNBEKANNTER_RAUM, Code.DOPPELTER_WERT, Code.AUSSERHALB_WERTEBEREICH})
"""Findings after which the later groups would only repeat the same mistake in other words."""
