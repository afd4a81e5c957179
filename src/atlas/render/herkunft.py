"""Which Quellen and registers an Indikator rests on: those that can deliver one of its terms, Merkmal and group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.config.katalog import build_formelterme
from atlas.config.merkmale import list_merkmale
from atlas.render.zahlen import format_datum_kurz
from atlas.tables.listen import FLAECHE_HA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atlas.config.merkmale import Gruppenvorrat
    from atlas.config.models.angebote import Angebotsverzeichnis
    from atlas.config.models.quellen import Quelle
    from atlas.render.werk import Werk


def find_herkunft(werk: Werk) -> dict[str, tuple[str, ...]]:
    """Give the sources each Indikator rests on, in the order of the configuration.

    The area of a Raum comes from the Raumverzeichnis and from no source.
    """
    quellen = werk.konfiguration.quellen.quellen
    verzeichnisse = werk.konfiguration.angebote.angebote
    vorrat = {name: list_merkmale([quelle]) for name, quelle in quellen.items()}
    vorrat |= {name: list_merkmale([], [verzeichnis]) for name, verzeichnis in verzeichnisse.items()}
    benutzte: dict[str, set[str]] = {name: set() for name in werk.konfiguration.indikatoren.indikatoren}
    katalog = werk.konfiguration.indikatoren
    terme = build_formelterme(katalog)
    for indikator, merkmal, gruppe in terme.select("indikator", "merkmal", "gruppe").iter_rows():
        if merkmal != FLAECHE_HA:
            koennen = _find_lieferanten(quellen, vorrat, merkmal, gruppe)
            benutzte[indikator] |= koennen - _find_zu_feine(
                werk, koennen, katalog.indikatoren[indikator].kleinste_ebene
            )
    return {indikator: tuple(name for name in vorrat if name in eigene) for indikator, eigene in benutzte.items()}


def _find_lieferanten(
    quellen: Mapping[str, Quelle], vorrat: Mapping[str, Mapping[str, Gruppenvorrat]], merkmal: str, gruppe: str
) -> set[str]:
    """Name who can deliver a figure; whose equal figures give way to another Quelle only if there is no other."""
    koennen = {name for name, eigener in vorrat.items() if merkmal in eigener and eigener[merkmal].kennt(gruppe)}
    weichende = {name for name in koennen if name in quellen and "gleiche" in quellen[name].doppelte}
    return koennen - weichende or koennen


def _find_zu_feine(werk: Werk, namen: set[str], kleinste: str | None) -> set[str]:
    """Name the Quellen of only smaller Räume than an Indikator has, where another Quelle delivers those it has."""
    quellen = werk.konfiguration.quellen.quellen
    geliefert = {name: set(quellen[name].schluessel.ebenen) for name in namen if name in quellen}
    if kleinste is None or not any(kleinste in ebenen for ebenen in geliefert.values()):
        return set()
    alle = [ebene.ebene for ebene in werk.konfiguration.raeume.ebenen]
    darunter = set(alle[alle.index(kleinste) + 1 :])
    return {name for name, ebenen in geliefert.items() if ebenen <= darunter}


def is_vorlaeufig(werk: Werk, quellen: Sequence[str]) -> bool:
    """Tell whether one of some sources is provisional."""
    alle = werk.konfiguration.quellen.quellen
    return any(name in alle and alle[name].vorlaeufig for name in quellen)


def format_herkunft(werk: Werk, quellen: Sequence[str]) -> str:
    """Name some sources with the state of their data."""
    alle: dict[str, Quelle | Angebotsverzeichnis] = {
        **werk.konfiguration.angebote.angebote,
        **werk.konfiguration.quellen.quellen,
    }
    texte = []
    for name in quellen:
        stand = f"Stand {format_datum_kurz(alle[name].stand)}"
        zusatz = ", vorläufig" if is_vorlaeufig(werk, [name]) else ""
        texte.append(f"{alle[name].titel} ({stand}{zusatz})")
    return "; ".join(texte)
