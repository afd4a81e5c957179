"""Rules about single values: doubled, out of range, not whole, a part larger than its whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from atlas.befunde import Befund, Code
from atlas.core.altersgruppen import expand_altersgruppen
from atlas.core.indikatoren import collect_terme, sum_seiten
from atlas.core.kleinste_ebene import drop_zu_kleine
from atlas.core.pruefregeln.pruefling import build_befund, name_merkmal
from atlas.tables.ergebnis import Merkmalswerte
from atlas.tables.katalog import Formelterme, Indikatorkatalog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pandera.typing.polars import DataFrame

    from atlas.core.pruefregeln.pruefling import Pruefling

_EINDEUTIG = ("raum_id", "jahr", "merkmal", "gruppe")
_DEFINITION = ("indikator", "gueltig_ab")
_ANZAHL = "Anzahl"
_BEREICH = "Wertebereich"
_TAUSEND = 1000
_STELLEN = 5
"""So many cells of a repeated figure are named; the rest is counted."""


def find_doppelte(pruefling: Pruefling) -> Iterator[Befund]:
    """R103: two cells for the same Raum, year, Merkmal and group."""
    schluessel = (*_EINDEUTIG, "gebietsstand")
    anzahl = pl.len().over(schluessel)
    doppelte = pruefling.messwerte.with_columns(anzahl=anzahl).filter(pl.col("anzahl") > 1)
    gruppiert = doppelte.group_by(schluessel, maintain_order=True).agg(
        pl.col("lieferung_id").first(),
        pl.col("lieferung_id").n_unique().alias("dateien"),
        pl.format("{} {}", pl.col("lieferung_id").head(_STELLEN), pl.col("zelle").head(_STELLEN)).alias("stellen"),
        pl.len().alias("alle"),
        pl.col("zelle").first(),
    )
    for zeile in gruppiert.iter_rows(named=True):
        uebrige = zeile["alle"] - len(zeile["stellen"])
        weitere = f" und {uebrige} weitere" if uebrige else ""
        rat = " oder durch dimensionen der Quelle unterschieden werden" if zeile["dateien"] == 1 else ""
        yield build_befund(
            Code.DOPPELTER_WERT,
            f"{name_merkmal(zeile)} {zeile['jahr']} steht für den Raum »{zeile['raum_id']}« mehrfach: "
            f"{', '.join(zeile['stellen'])}{weitere}. Eine der Zellen muss entfallen{rat}.",
            zeile,
        )


def find_negative(pruefling: Pruefling) -> Iterator[Befund]:
    """R104: a count is negative."""
    gezaehlte = _gezaehlte(pruefling, pl.col("art") != "wert")
    for zeile in _join_stelle(pruefling.messwerte, gezaehlte).filter(pl.col("wert") < 0).iter_rows(named=True):
        text = f"{name_merkmal(zeile)} ist negativ, eine Anzahl kann das nicht sein. Zelle und Zahlformat prüfen."
        yield build_befund(Code.AUSSERHALB_WERTEBEREICH, text, zeile, _ANZAHL, erwartet="ab 0")


def find_ausserhalb(pruefling: Pruefling) -> Iterator[Befund]:
    """R104: a value outside the declared range, whose ends belong to it."""
    mit_quelle = pruefling.join_quelle()
    for bereich in pruefling.wertebereiche:
        zu_klein = pl.lit(value=False) if bereich.von is None else pl.col("wert") < bereich.von
        zu_gross = pl.lit(value=False) if bereich.bis is None else pl.col("wert") > bereich.bis
        gruppe = pl.col("gruppe")
        gemeint = ~gruppe.is_in(bereich.genannte) if bereich.gruppe is None else gruppe == bereich.gruppe
        spalte = mit_quelle.filter(gemeint, quelle=bereich.quelle, merkmal=bereich.merkmal)
        for zeile in spalte.filter(zu_klein | zu_gross).iter_rows(named=True):
            text = (
                f"{name_merkmal(zeile)} liegt außerhalb des deklarierten Bereichs ({bereich.format()}). Zelle, Einheit "
                "und Zahlformat prüfen."
            )
            yield build_befund(Code.AUSSERHALB_WERTEBEREICH, text, zeile, _BEREICH, bereich.format())


def find_gebrochene(pruefling: Pruefling) -> Iterator[Befund]:
    """R111: what is used as a count has values that are no whole numbers; one finding per Quelle and Merkmal.

    The Zaehler of a `mittelwert` is a sum of anything, such as Euro, and may be broken.
    """
    keine_summe = (pl.col("art") != "wert") & ((pl.col("art") != "mittelwert") | (pl.col("seite") == "nenner"))
    zaehlungen = _join_stelle(pruefling.join_quelle(), _gezaehlte(pruefling, keine_summe))
    tausendstel = pl.col("wert") * _TAUSEND
    ganze_tausendstel = (tausendstel - tausendstel.round()).abs() < 1e-6  # noqa: PLR2004  # noise of 1000 x a decimal
    hundertstel = tausendstel / 10
    ganze_hundertstel = (hundertstel - hundertstel.round()).abs() < 1e-6  # noqa: PLR2004  # as above
    je_spalte = (
        zaehlungen.filter(pl.col("wert") != pl.col("wert").round())
        .group_by("quelle", "merkmal", "gruppe", maintain_order=True)
        .agg(
            pl.col("lieferung_id", "zelle", "jahr", "raum_id").first(),
            anzahl=pl.len(),
            tausenderzeichen=ganze_tausendstel.all() & ((~ganze_hundertstel).mean() > 1 / 2),
        )
    )
    for zeile in je_spalte.iter_rows(named=True):
        rat = (
            "Alle haben drei Nachkommastellen: Das Dezimalzeichen ist vermutlich ein Tausenderzeichen, "
            "zahl.dezimal und zahl.tausender prüfen."
            if zeile["tausenderzeichen"]
            else "Dezimal- und Tausenderzeichen unter zahl prüfen, dann Spalte und Einheit."
        )
        text = (
            f"{name_merkmal(zeile)} wird als Anzahl benutzt, ist in der Quelle »{zeile['quelle']}« aber nicht überall "
            f"eine ganze Zahl (Zellen: {zeile['anzahl']}, die erste steht hier). {rat}"
        )
        yield build_befund(Code.ANZAHL_NICHT_GANZ, text, zeile, gegenstand=zeile["quelle"])


def find_zaehler_groesser_nenner(pruefling: Pruefling) -> Iterator[Befund]:
    """R105: the part is larger than the whole, in an Indikator that is a share.

    Sides are summed as for the Indikator itself, over delivered values; a side with a gap is not compared.
    """
    anteile = Indikatorkatalog.make(pruefling.katalog.filter(pl.col("art") == "anteil"))
    formelterme = Formelterme.make(pruefling.formelterme.join(anteile, on=_DEFINITION, how="semi"))
    eigene = pruefling.mit_altersgruppen.filter(gebietsstand=pruefling.umrechnung.ziel)
    terme = collect_terme(Merkmalswerte.make(eigene), anteile, formelterme)
    seiten = sum_seiten(drop_zu_kleine(terme, pruefling.raeume, anteile), formelterme)
    zaehler, nenner = (seiten.filter(seite=seite) for seite in ("zaehler", "nenner"))
    schluessel = ["indikator", "raum_id", "jahr"]
    beide = zaehler.join(nenner, on=schluessel, suffix="_nenner", validate="1:1").sort(schluessel)
    zu_gross = beide.filter(pl.col("summe") > pl.col("summe_nenner")).select(schluessel)
    for zeile in _join_ersten_term(zu_gross, formelterme, eigene).iter_rows(named=True):
        text = (
            f"{zeile['indikator']}: der Zähler ist größer als der Nenner (Raum »{zeile['raum_id']}«, {zeile['jahr']}). "
            "Stichtage, Altersgruppen und Zellen beider Quellen vergleichen."
        )
        yield build_befund(Code.ZAEHLER_GROESSER_NENNER, text, zeile, gegenstand=zeile["indikator"])


def _join_ersten_term(df: pl.DataFrame, formelterme: DataFrame[Formelterme], messwerte: pl.DataFrame) -> pl.DataFrame:
    """Add Merkmal, Lieferung and cell of the first term of the Zaehler."""
    erste = formelterme.filter(seite="zaehler").sort("position").unique("indikator", keep="first", maintain_order=True)
    return (
        df.join(erste.select("indikator", "merkmal", "gruppe", "jahresversatz"), on="indikator", validate="m:1")
        .with_columns(aus_jahr=pl.col("jahr") - pl.col("jahresversatz"))
        .join(
            messwerte.select(*_EINDEUTIG, "lieferung_id", "zelle").rename({"jahr": "aus_jahr"}),
            on=["raum_id", "aus_jahr", "merkmal", "gruppe"],
            validate="m:1",
            maintain_order="left",
        )
    )


def _gezaehlte(pruefling: Pruefling, bedingung: pl.Expr) -> pl.DataFrame:
    """Give (merkmal, gruppe) of the terms that are counts, and of the population that the minimum looks at.

    Of a band of ages these are the delivered groups it may be made of.
    """
    mit_art = pruefling.formelterme.join(
        pruefling.katalog.select(*_DEFINITION, "art"), on=_DEFINITION, validate="m:1"
    ).filter(bedingung)
    terme = mit_art.select("merkmal", "gruppe")
    if pruefling.einbezug is not None:
        einwohner = pl.DataFrame({"merkmal": [pruefling.einbezug.merkmal], "gruppe": [""]})
        terme = pl.concat([terme, einwohner])
    return expand_altersgruppen(terme.unique(), pruefling.messwerte)


def _join_stelle(messwerte: pl.DataFrame, gezaehlte: pl.DataFrame) -> pl.DataFrame:
    """Keep the Messwerte of these Merkmale, in the order of the table."""
    return messwerte.join(gezaehlte, on=["merkmal", "gruppe"], how="semi")
