"""Turn the checked configuration into what the core joins: catalogue tables and methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from atlas.config.models.indikatoren import Dichte, Quotient, Term, Veraenderung
from atlas.core.verfahren import (
    Einbezug,
    Freigaberegel,
    Gesamtverfahren,
    Indexverfahren,
    Klasse,
    Standardisierung,
    Umrechnung,
)
from atlas.tables.katalog import Formelterme, Indikatorkatalog
from atlas.tables.listen import FLAECHE_HA
from atlas.tables.raum import GANZ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pandera.typing.polars import DataFrame

    from atlas.config.models.ausgaben import Ausgaben
    from atlas.config.models.dimensionen import Dimensionen, GestufterIndex
    from atlas.config.models.dimensionen import Klasse as KlasseModell
    from atlas.config.models.dimensionen import Standardisierung as StandardisierungModell
    from atlas.config.models.indikatoren import Indikator, Indikatoren
    from atlas.config.models.raeume import Raumverzeichnis

HEKTAR_JE_QUADRATKILOMETER = 100.0
PROZENT = 100.0


def build_katalog(indikatoren: Indikatoren) -> DataFrame[Indikatorkatalog]:
    """Give one row per Indikator with what the core needs of it."""
    zeilen = [
        {
            "indikator": name,
            "gueltig_ab": indikator.gueltig_ab,
            "dimension": indikator.dimension,
            "richtung": indikator.richtung,
            "art": indikator.berechnung.art,
            "zeitbezug": indikator.zeitbezug,
            "faktor": _faktor(indikator),
        }
        for name, indikator in indikatoren.indikatoren.items()
    ]
    return Indikatorkatalog.make(pl.DataFrame(zeilen, schema_overrides={"gueltig_ab": pl.Int64}))


def _faktor(indikator: Indikator) -> float:
    berechnung = indikator.berechnung
    if isinstance(berechnung, Quotient):
        return berechnung.faktor
    if isinstance(berechnung, Dichte):
        return HEKTAR_JE_QUADRATKILOMETER
    return PROZENT if isinstance(berechnung, Veraenderung) else 1.0


def build_formelterme(indikatoren: Indikatoren) -> DataFrame[Formelterme]:
    """Give Zaehler and Nenner of every Indikator as rows."""
    zeilen = [
        {
            "indikator": name,
            "gueltig_ab": indikator.gueltig_ab,
            "seite": seite,
            "position": position,
            "merkmal": term.merkmal,
            "gruppe": term.gruppe,
            "vorzeichen": 1 if term.vorzeichen == "plus" else -1,
            "jahresversatz": versatz,
        }
        for name, indikator in indikatoren.indikatoren.items()
        for seite, position, term, versatz in _terme(indikator)
    ]
    ganzzahlig = dict.fromkeys(("gueltig_ab", "position", "vorzeichen", "jahresversatz"), pl.Int64)
    return Formelterme.make(pl.DataFrame(zeilen, schema_overrides=ganzzahlig))


def _terme(indikator: Indikator) -> Iterator[tuple[str, int, Term, int]]:
    """Yield (side, position, term, years back) of an Indikator."""
    berechnung = indikator.berechnung
    if isinstance(berechnung, Quotient):
        yield from (("zaehler", n, term, term.jahresversatz) for n, term in enumerate(berechnung.zaehler))
        yield from (("nenner", n, term, term.jahresversatz) for n, term in enumerate(berechnung.nenner))
    elif isinstance(berechnung, Dichte):
        yield from (("zaehler", n, term, term.jahresversatz) for n, term in enumerate(berechnung.zaehler))
        yield "nenner", 0, Term(merkmal=FLAECHE_HA), 0
    elif isinstance(berechnung, Veraenderung):
        jetzt = Term(merkmal=berechnung.merkmal, gruppe=berechnung.gruppe)
        frueher = jetzt.model_copy(update={"vorzeichen": "minus"})
        yield "zaehler", 0, jetzt, 0
        yield "zaehler", 1, frueher, berechnung.jahre
        yield "nenner", 0, jetzt, berechnung.jahre
    else:
        yield "zaehler", 0, Term(merkmal=berechnung.merkmal, gruppe=berechnung.gruppe), 0


def build_indexverfahren(dimensionen: Dimensionen) -> tuple[Indexverfahren, ...]:
    """Give the method of every Index in the order of the configuration."""
    return tuple(_verfahren(name, index) for name, index in dimensionen.indizes.items())


def _verfahren(name: str, index: GestufterIndex) -> Indexverfahren:
    zweiter = index.restandardisierung
    return Indexverfahren(
        index=name,
        ebene=index.ebene,
        ausgangswert=index.ausgangswert,
        differenz_relativ=index.differenz is not None and index.differenz.form == "relativ",
        differenz_jahre=index.differenz.jahre if index.differenz else 0,
        beobachtungsjahre=index.beobachtungsjahre,
        gewichte=tuple((eintrag.indikator, eintrag.gewicht) for eintrag in index.indikatoren),
        standardisierung=_standardisierung(index.standardisierung),
        zusammenfassung=index.zusammenfassung,
        restandardisierung=None if zweiter == "keine" else _standardisierung(zweiter),
        klassen=tuple(_klasse(klasse) for klasse in index.klassen),
    )


def _standardisierung(modell: StandardisierungModell) -> Standardisierung:
    return Standardisierung(modell.zentrum, modell.gewichtung, modell.freiheitsgrade)


def _klasse(modell: KlasseModell) -> Klasse:
    return Klasse(
        name=modell.klasse,
        untergrenze=modell.von if modell.von is not None else modell.ueber,
        unten_eingeschlossen=modell.von is not None,
        obergrenze=modell.bis if modell.bis is not None else modell.unter,
        oben_eingeschlossen=modell.bis is not None,
    )


def build_gesamtverfahren(dimensionen: Dimensionen) -> Gesamtverfahren | None:
    """Give the pair of Indizes that the Gesamtindex crosses, if one is declared."""
    gesamt = dimensionen.gesamt
    return Gesamtverfahren(gesamt.status, gesamt.dynamik) if gesamt else None


def build_umrechnung(
    raeume: Raumverzeichnis, katalog: DataFrame[Indikatorkatalog], formelterme: DataFrame[Formelterme]
) -> Umrechnung:
    """Give how figures of other Gebietsstände come to that of the project; what is delivered as a rate never does."""
    gewichtung = raeume.gewichtung
    fertige = formelterme.join(katalog.filter(pl.col("art") == "wert"), on=["indikator", "gueltig_ab"], how="semi")
    return Umrechnung(
        ziel=raeume.gebietsstand,
        standard=gewichtung.standard if gewichtung else GANZ,
        merkmale=dict(gewichtung.merkmale) if gewichtung else {},
        gruppen={(e.merkmal, e.gruppe): e.gewichtung for e in gewichtung.gruppen} if gewichtung else {},
        raten=frozenset(fertige.select("merkmal", "gruppe").iter_rows()),
    )


def build_einbezug(raeume: Raumverzeichnis) -> Einbezug | None:
    """Give the minimum population rule, if one is declared."""
    mindest = raeume.mindesteinwohner
    return Einbezug(mindest.merkmal, mindest.anzahl) if mindest else None


def build_freigaberegeln(ausgaben: Ausgaben) -> tuple[Freigaberegel, ...]:
    """Give the release rule of every Ausgabe; `keine` becomes thresholds of zero."""
    return tuple(
        Freigaberegel(
            ausgabe=name,
            mindestfallzahl=0 if ausgabe.geheimhaltung == "keine" else ausgabe.geheimhaltung.mindestfallzahl,
            mindestnenner=0 if ausgabe.geheimhaltung == "keine" else ausgabe.geheimhaltung.mindestnenner,
            nicht_gezeigt=tuple(sorted(ausgabe.nicht_gezeigt)),
        )
        for name, ausgabe in ausgaben.ausgaben.items()
    )
