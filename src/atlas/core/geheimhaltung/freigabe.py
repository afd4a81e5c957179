"""Make the Freigabewerte of every Ausgabe from the exact results. Nothing else in atlas may make them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from atlas.core.einbezug import compute_bevoelkerung
from atlas.core.feste_jahre import repeat_feste
from atlas.core.geheimhaltung.fallzahl import find_gesperrte, find_kleine_terme, find_schutzlose
from atlas.core.indikatoren import collect_terme
from atlas.tables.freigabe import Freigabewerte
from atlas.tables.listen import GESAMT, SUMME

if TYPE_CHECKING:
    from pandera.typing.polars import DataFrame

    from atlas.core.verfahren import Einbezug, Freigaberegel, Gesamtverfahren, Indexverfahren
    from atlas.tables.ergebnis import Indikatorwerte, Indizes, Merkmalswerte, Normwerte
    from atlas.tables.katalog import Formelterme, Indikatorkatalog
    from atlas.tables.raum import Raeume

INVERTIERBAR_BIS = 2
"""An Index over so few Indikatoren gives away its parts; its class then shares their fate."""


@dataclass(frozen=True)
class Ergebnisse:
    """The exact results that an Ausgabe is cut from."""

    raeume: DataFrame[Raeume]
    katalog: DataFrame[Indikatorkatalog]
    formelterme: DataFrame[Formelterme]
    merkmalswerte: DataFrame[Merkmalswerte]
    indikatorwerte: DataFrame[Indikatorwerte]
    normwerte: DataFrame[Normwerte]
    indizes: DataFrame[Indizes]
    verfahren: tuple[Indexverfahren, ...]
    gesamt: Gesamtverfahren | None
    einbezug: Einbezug | None


def release(ergebnisse: Ergebnisse, regeln: tuple[Freigaberegel, ...]) -> DataFrame[Freigabewerte]:
    """Give what each Ausgabe may show; figures derived from a withheld one share its fate."""
    return Freigabewerte.make(pl.concat([_release_eine(ergebnisse, regel) for regel in regeln]))


def _release_eine(ergebnisse: Ergebnisse, regel: Freigaberegel) -> pl.DataFrame:
    terme = collect_terme(ergebnisse.merkmalswerte, ergebnisse.katalog, ergebnisse.formelterme)
    kleine = find_kleine_terme(terme, regel)
    bevoelkerung = compute_bevoelkerung(ergebnisse.merkmalswerte, ergebnisse.einbezug, 0).drop("kleinste")
    mit_art = ergebnisse.indikatorwerte.join(
        ergebnisse.katalog.select("indikator", "art"), on="indikator", validate="m:1"
    )
    gesperrt = find_gesperrte(mit_art, kleine, bevoelkerung, regel, find_schutzlose(ergebnisse.formelterme, regel))
    teile = [
        *_release_indikatoren(ergebnisse.indikatorwerte, gesperrt, kleine),
        _release_bevoelkerung(bevoelkerung, ergebnisse.einbezug, regel),
        *_release_indizes(ergebnisse, gesperrt),
        *_release_momente(ergebnisse, gesperrt),
    ]
    alle = pl.concat(teile).with_columns(ausgabe=pl.lit(regel.ausgabe), gruppe=pl.col("gruppe").fill_null(""))
    return _withhold_arten(alle, regel).select(Freigabewerte.spalten())


def _zeilen(df: pl.DataFrame, art: str, groesse: str | pl.Expr, wert: str, sperrgrund: pl.Expr) -> pl.DataFrame:
    """Bring figures into the shape of Freigabewerte: withheld where there is a sperrgrund."""
    sichtbar = sperrgrund.is_null()
    klasse = pl.col("klasse") if "klasse" in df.columns else pl.lit(None, dtype=pl.String)
    return df.select(
        "raum_id",
        "jahr",
        art=pl.lit(art),
        groesse=pl.lit(groesse) if isinstance(groesse, str) else groesse,
        gruppe=pl.col("gruppe") if "gruppe" in df.columns else pl.lit(""),
        wert=pl.when(sichtbar).then(pl.col(wert).cast(pl.Float64)),
        klasse=klasse,
        wertstatus=pl.col("wertstatus"),
        sperrgrund=pl.when(_verdeckt_etwas(df, wert)).then(sperrgrund),
        ausschlussgrund=pl.col("ausschlussgrund") if "ausschlussgrund" in df.columns else pl.lit(None, dtype=pl.String),
    )


def _verdeckt_etwas(df: pl.DataFrame, wert: str) -> pl.Expr:
    """Tell whether there is anything to withhold: a value, or a class."""
    vorhanden = pl.col(wert).is_not_null()
    return vorhanden | pl.col("klasse_zu") if "klasse_zu" in df.columns else vorhanden


def _marke(df: pl.DataFrame, gesperrt: pl.DataFrame, schluessel: tuple[str, ...], name: str) -> pl.DataFrame:
    """Add a column that is true where the key stands among the withheld ones."""
    marken = gesperrt.select(schluessel).unique().with_columns(pl.lit(value=True).alias(name))
    return df.join(marken, on=schluessel, how="left", validate="m:1").with_columns(pl.col(name).fill_null(value=False))


def _grund(bedingung: pl.Expr, grund: str) -> pl.Expr:
    return pl.when(bedingung).then(pl.lit(grund))


def _release_indikatoren(
    indikatorwerte: pl.DataFrame, gesperrt: pl.DataFrame, kleine: pl.DataFrame
) -> list[pl.DataFrame]:
    schluessel = ("raum_id", "jahr", "indikator")
    df = _marke(indikatorwerte, gesperrt, schluessel, "zu")
    df = _marke(df, kleine.filter(pl.col("seite") == "nenner"), schluessel, "nenner_klein")
    fallzahl = _grund(pl.col("zu"), "fallzahl")
    ohne_quotient = df.filter(pl.col("nenner").is_not_null() | pl.col("zaehler").is_not_null())
    return [
        _zeilen(df, "indikator", pl.col("indikator"), "wert", fallzahl),
        _zeilen(ohne_quotient, "zaehler", pl.col("indikator"), "zaehler", fallzahl),
        _zeilen(ohne_quotient, "nenner", pl.col("indikator"), "nenner", _grund(pl.col("nenner_klein"), "fallzahl")),
    ]


def _release_bevoelkerung(bevoelkerung: pl.DataFrame, einbezug: Einbezug | None, regel: Freigaberegel) -> pl.DataFrame:
    klein = (pl.col("bevoelkerung") > 0) & (pl.col("bevoelkerung") < regel.mindestfallzahl)
    status = pl.when(pl.col("bevoelkerung").is_null()).then(pl.lit("nicht_geliefert")).otherwise(pl.lit("beobachtet"))
    df = bevoelkerung.with_columns(wertstatus=status)
    return _zeilen(df, "bevoelkerung", einbezug.merkmal if einbezug else "", "bevoelkerung", _grund(klein, "fallzahl"))


def _index_gesperrt(ergebnisse: Ergebnisse, gesperrt: pl.DataFrame) -> pl.DataFrame:
    """Give (index, raum_id, jahr, indikator) of every withheld value an Index was made from."""
    teile = []
    for verfahren in ergebnisse.verfahren:
        eigene = gesperrt.filter(pl.col("indikator").is_in(verfahren.indikatoren))
        eigene = repeat_feste(eigene, verfahren.feste_jahre, ergebnisse.indikatorwerte["jahr"])
        versaetze = {0, verfahren.differenz_jahre}
        teile += [
            eigene.select("raum_id", "indikator", jahr=pl.col("jahr") + versatz, index=pl.lit(verfahren.index))
            for versatz in sorted(versaetze)
        ]
    leer = pl.DataFrame(schema={"raum_id": pl.String, "indikator": pl.String, "jahr": pl.Int64, "index": pl.String})
    return pl.concat([leer, *teile]).unique()


def _release_indizes(ergebnisse: Ergebnisse, gesperrt: pl.DataFrame) -> list[pl.DataFrame]:
    abgeleitete = _index_gesperrt(ergebnisse, gesperrt)
    kurze = [v.index for v in ergebnisse.verfahren if len(v.indikatoren) <= INVERTIERBAR_BIS]
    schluessel = ("index", "raum_id", "jahr")
    df = _marke(ergebnisse.indizes, abgeleitete, schluessel, "zu")
    # Standardised values add up to zero and ranks have no gaps: one that is missing follows from the others.
    df = df.with_columns(zu=(pl.col("zu") & pl.col("einbezogen")).any().over("index", "jahr"))
    df = _marke(df, abgeleitete.filter(pl.col("index").is_in(kurze)), schluessel, "klasse_zu")
    df = df.with_columns(
        zu=_auch_gesamt("zu", ergebnisse.gesamt), klasse_zu=_auch_gesamt("klasse_zu", ergebnisse.gesamt)
    ).with_columns(
        klasse=pl.when(~pl.col("klasse_zu")).then(pl.col("klasse")),
        klasse_zu=pl.col("klasse_zu") & pl.col("klasse").is_not_null(),
        wertstatus=pl.when(pl.col("einbezogen")).then(pl.lit("beobachtet")).otherwise(pl.lit("nicht_vergleichbar")),
    )
    abgeleitet = _grund(pl.col("zu"), "abgeleitet")
    zahlen = df.drop("klasse", "klasse_zu")
    raenge = zahlen.filter(pl.col("index") != GESAMT)
    return [
        _zeilen(df, "index", pl.col("index"), "wert", abgeleitet),
        _zeilen(raenge, "rang", pl.col("index"), "rang", abgeleitet),
        _zeilen(zahlen, "abstand", pl.col("index"), "abstand_klassengrenze", abgeleitet),
    ]


def _auch_gesamt(marke: str, gesamt: Gesamtverfahren | None) -> pl.Expr:
    """Carry the mark of the two crossed Indizes over to the Gesamtindex of the same Raum and year."""
    if gesamt is None:
        return pl.col(marke)
    gekreuzt = pl.col("index").is_in([gesamt.status, gesamt.dynamik])
    return pl.col(marke) | ((pl.col("index") == GESAMT) & (pl.col(marke) & gekreuzt).any().over("raum_id", "jahr"))


def _release_momente(ergebnisse: Ergebnisse, gesperrt: pl.DataFrame) -> list[pl.DataFrame]:
    """Give the moments as rows of the root Raum; one withheld value among them would follow from the mean.

    With the centre `gesamtwert` the mean is the value of the root itself and shares its fate.
    """
    wurzel = ergebnisse.raeume.filter(pl.col("uebergeordnet_id").is_null())["raum_id"].item()
    abgeleitete = _index_gesperrt(ergebnisse, gesperrt)
    einbezogene = ergebnisse.normwerte.select("index", "raum_id", "jahr", "indikator")
    betroffen = pl.concat(
        [
            abgeleitete.join(einbezogene, on=["index", "raum_id", "jahr", "indikator"], how="semi"),
            abgeleitete.filter(pl.col("raum_id") == wurzel),
        ]
    )
    je_summe = betroffen.with_columns(indikator=pl.lit(SUMME))
    momente = ergebnisse.normwerte.select("index", "jahr", "indikator", "bezug_mittel", "bezug_streuung").unique()
    schluessel = ("index", "jahr", "indikator")
    df = _marke(momente, pl.concat([betroffen, je_summe]), schluessel, "zu").with_columns(
        raum_id=pl.lit(wurzel), wertstatus=pl.lit("beobachtet"), gruppe=pl.format("index={}", "index")
    )
    grund = _grund(pl.col("zu"), "abgeleitet")
    return [_zeilen(df, art, pl.col("indikator"), art, grund) for art in ("bezug_mittel", "bezug_streuung")]


def _withhold_arten(df: pl.DataFrame, regel: Freigaberegel) -> pl.DataFrame:
    """Blank the kinds of figures that this Ausgabe never shows; classes stay."""
    verdeckt = pl.col("art").is_in(regel.nicht_gezeigt)
    grund = _grund(
        verdeckt & (pl.col("wert").is_not_null() | pl.col("sperrgrund").is_not_null()),
        "nicht_fuer_diese_ausgabe",
    )
    return df.with_columns(
        sperrgrund=pl.coalesce(grund, pl.col("sperrgrund")),
        wert=pl.when(~verdeckt).then(pl.col("wert")),
    )
