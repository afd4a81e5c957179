"""Turn the checked configuration into what the core joins: catalogue tables and methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from atlas.alter.band import DIMENSION
from atlas.config.merkmale import join_gruppe
from atlas.config.models.berechnung import Anzahl, Dichte, Quotient, Term, Veraenderung
from atlas.core.verfahren import (
    Einbezug,
    Freigaberegel,
    Umrechnung,
)
from atlas.tables.katalog import Formelterme, Indikatorkatalog
from atlas.tables.listen import FLAECHE_HA
from atlas.tables.raum import GANZ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pandera.typing.polars import DataFrame

    from atlas.config.models.ausgaben import Ausgaben
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
            "kleinste_ebene": indikator.kleinste_ebene,
        }
        for name, indikator in indikatoren.indikatoren.items()
    ]
    return Indikatorkatalog.make(
        pl.DataFrame(zeilen, schema_overrides={"gueltig_ab": pl.Int64, "kleinste_ebene": pl.String})
    )


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
            "gruppe": name_gruppe(term),
            "vorzeichen": 1 if term.vorzeichen == "plus" else -1,
            "jahresversatz": versatz,
        }
        for name, indikator in indikatoren.indikatoren.items()
        for seite, position, term, versatz in _terme(indikator)
    ]
    ganzzahlig = dict.fromkeys(("gueltig_ab", "position", "vorzeichen", "jahresversatz"), pl.Int64)
    return Formelterme.make(pl.DataFrame(zeilen, schema_overrides=ganzzahlig))


def name_gruppe(term: Term) -> str:
    """Give the canonical name of the group of a term, with its band of ages if it asks for one."""
    return term.gruppe if term.band is None else join_gruppe([term.gruppe, f"{DIMENSION}{term.band}"])


def _terme(indikator: Indikator) -> Iterator[tuple[str, int, Term, int]]:
    """Yield (side, position, term, years back) of an Indikator."""
    berechnung = indikator.berechnung
    if isinstance(berechnung, Quotient):
        yield from (("zaehler", n, term, term.jahresversatz) for n, term in enumerate(berechnung.zaehler))
        yield from (("nenner", n, term, term.jahresversatz) for n, term in enumerate(berechnung.nenner))
    elif isinstance(berechnung, Anzahl):
        yield from (("zaehler", n, term, term.jahresversatz) for n, term in enumerate(berechnung.zaehler))
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


def build_freigaberegeln(ausgaben: Ausgaben, ohne_schutz: frozenset[str]) -> tuple[Freigaberegel, ...]:
    """Give the release rule of every Ausgabe; `keine` becomes thresholds of zero."""
    return tuple(
        Freigaberegel(
            ausgabe=name,
            mindestfallzahl=0 if ausgabe.geheimhaltung == "keine" else ausgabe.geheimhaltung.mindestfallzahl,
            mindestnenner=0 if ausgabe.geheimhaltung == "keine" else ausgabe.geheimhaltung.mindestnenner,
            nicht_gezeigt=tuple(sorted(ausgabe.nicht_gezeigt)),
            ohne_schutz=ohne_schutz,
        )
        for name, ausgabe in ausgaben.ausgaben.items()
    )
