"""Turn the declared Indizes into what the core computes: methods without YAML or pydantic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.core.verfahren import Gesamtverfahren, Indexverfahren, Klasse, Standardisierung

if TYPE_CHECKING:
    from atlas.config.models.dimensionen import Dimensionen
    from atlas.config.models.indikatoren import Indikatoren
    from atlas.config.models.indizes import GestufterIndex
    from atlas.config.models.klassen import Klasse as KlasseModell
    from atlas.config.models.verfahren import Standardisierung as StandardisierungModell


def build_indexverfahren(dimensionen: Dimensionen, indikatoren: Indikatoren) -> tuple[Indexverfahren, ...]:
    """Give the method of every Index in the order of the configuration, those of the Dimensionen last."""
    return tuple(_build_einen(name, index, indikatoren) for name, index in dimensionen.indizes.items())


def _build_einen(name: str, index: GestufterIndex, indikatoren: Indikatoren) -> Indexverfahren:
    zweiter = index.restandardisierung
    jahre = {eintrag.indikator: indikatoren.indikatoren[eintrag.indikator].jahr for eintrag in index.indikatoren}
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
        feste_jahre={indikator: jahr for indikator, jahr in jahre.items() if jahr is not None},
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
