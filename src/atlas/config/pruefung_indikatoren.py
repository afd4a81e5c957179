"""What the catalogue of Indikatoren names in other files: Merkmale, groups and bands of ages, levels, Monitore."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.alter.band import split_alter
from atlas.alter.zerlegung import format_altersgruppen, list_altersgruppen
from atlas.config.katalog import name_gruppe
from atlas.config.merkmale import list_merkmale
from atlas.config.models.berechnung import Anzahl, Dichte, Quotient, Term, Wert
from atlas.config.unbekannt import tell_unbekannt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atlas.config.laden import Konfiguration
    from atlas.config.merkmale import Gruppenvorrat
    from atlas.config.models.indikatoren import Indikator
    from atlas.config.pruefung_indizes import Fund
    from atlas.config.yaml_strikt import Pfad
    from atlas.errors import Problem


def find_indikatoren(konfiguration: Konfiguration) -> Iterator[Fund]:
    """Find what an Indikator names and nobody declares or delivers."""
    bekannte = list_merkmale(konfiguration.quellen.quellen.values(), konfiguration.angebote.angebote.values())
    gezaehlte = _list_gezaehlte(konfiguration)
    for name, indikator in konfiguration.indikatoren.indikatoren.items():
        jahr = indikator.jahr or konfiguration.atlas.berichtsjahr
        funde = [*_find_einordnung(konfiguration, indikator), *_find_ebene(konfiguration, name, indikator)]
        for unterpfad, term in list_terme(indikator):
            ist_fertig = isinstance(indikator.berechnung, Wert)
            stellen = (
                find_groesse(term.merkmal, term.gruppe, bekannte)
                if ist_fertig
                else _find_term(term, bekannte, jahr - term.jahresversatz)
            )
            funde += [((*unterpfad, angabe), text) for angabe, text in stellen]
            if ist_fertig and term.merkmal in gezaehlte:
                funde.append(((*unterpfad, "merkmal"), _tell_gezaehlt(term.merkmal, gezaehlte[term.merkmal])))
        yield from (("indikatoren", ("indikatoren", name, *pfad), text) for pfad, text in funde)


def _list_gezaehlte(konfiguration: Konfiguration) -> dict[str, str]:
    """Give the Merkmale that are counts and, for each, the first place that adds them up."""
    gezaehlte: dict[str, str] = {}
    for name, indikator in konfiguration.indikatoren.indikatoren.items():
        for _, term in list_terme(indikator) if not isinstance(indikator.berechnung, Wert) else ():
            gezaehlte.setdefault(term.merkmal, f"der Indikator »{name}«")
    mindest = konfiguration.raeume.mindesteinwohner
    if mindest is not None:
        gezaehlte.setdefault(mindest.merkmal, "raeume.mindesteinwohner")
    return gezaehlte


def _tell_gezaehlt(merkmal: str, wer: str) -> str:
    return (
        f"»{merkmal}« ist eine Anzahl, {wer} rechnet damit. art: wert ist für fertig gelieferte Quoten und Mittel und "
        f"wird nicht wie eine Anzahl geschützt. Gemeint: {{art: anzahl, zaehler: [{{merkmal: {merkmal}}}]}}?"
    )


def list_terme(indikator: Indikator) -> Iterator[tuple[Pfad, Term]]:
    """Give every term an Indikator is computed from, with its path below the Indikator."""
    berechnung = indikator.berechnung
    if not isinstance(berechnung, Quotient | Dichte | Anzahl):
        yield ("berechnung",), Term(merkmal=berechnung.merkmal, gruppe=berechnung.gruppe)
        return
    seiten = {"zaehler": berechnung.zaehler, "nenner": berechnung.nenner if isinstance(berechnung, Quotient) else ()}
    for seite, terme in seiten.items():
        yield from ((("berechnung", seite, nummer), term) for nummer, term in enumerate(terme))


def find_groesse(merkmal: str, gruppe: str, bekannte: Mapping[str, Gruppenvorrat]) -> Iterator[tuple[str, str]]:
    """Say which of Merkmal and group no Quelle delivers as it is."""
    if merkmal not in bekannte:
        yield "merkmal", tell_unbekannt("das Merkmal", merkmal, bekannte)
    elif not bekannte[merkmal].liefert(gruppe):
        yield "gruppe", tell_unbekannt(f"bei {merkmal} die Gruppe", gruppe, bekannte[merkmal].gruppen)


def build_probleme(konfiguration: Konfiguration, unbildbare: Mapping[tuple[str, str], str]) -> list[Problem]:
    """Say of every term whose band of ages the delivered groups do not make where it stands.

    `unbildbare` gives the groups that were delivered instead; bands that a Quelle declares as such are not meant.
    """
    bekannte = list_merkmale(konfiguration.quellen.quellen.values(), konfiguration.angebote.angebote.values())
    probleme = []
    for name, indikator in konfiguration.indikatoren.indikatoren.items():
        for unterpfad, term in list_terme(indikator):
            gruppe = name_gruppe(term)
            gruppen = unbildbare.get((term.merkmal, gruppe))
            if gruppen is not None and term.band is not None and gruppe not in bekannte[term.merkmal].gruppen:
                pfad = ("indikatoren", name, *unterpfad, _angabe(term))
                probleme.append(konfiguration.dokumente["indikatoren"].problem(pfad, _tell_unbildbar(term, gruppen)))
    return probleme


def _find_einordnung(konfiguration: Konfiguration, indikator: Indikator) -> Iterator[tuple[Pfad, str]]:
    """Look for the Dimension, its bundle and the Monitore."""
    dimensionen = konfiguration.dimensionen.dimensionen
    dimension = dimensionen.get(indikator.dimension)
    if dimension is None:
        yield ("dimension",), tell_unbekannt("die Dimension", indikator.dimension, dimensionen)
    elif indikator.buendel is not None and indikator.buendel not in dimension.buendel:
        art = f"in der Dimension {indikator.dimension} das Bündel"
        yield ("buendel",), tell_unbekannt(art, indikator.buendel, dimension.buendel)
    monitore = konfiguration.dimensionen.monitore
    for nummer, monitor in enumerate(indikator.monitore):
        if monitor not in monitore:
            yield ("monitore", nummer), tell_unbekannt("den Monitor", monitor, monitore)


def _find_ebene(konfiguration: Konfiguration, name: str, indikator: Indikator) -> Iterator[tuple[Pfad, str]]:
    """Look for the smallest level, and for Indizes that compare smaller Räume with this Indikator."""
    ebenen = [ebene.ebene for ebene in konfiguration.raeume.ebenen]
    kleinste = indikator.kleinste_ebene
    if kleinste is None:
        return
    if kleinste not in ebenen:
        yield ("kleinste_ebene",), tell_unbekannt("die Ebene", kleinste, ebenen)
        return
    for index, angaben in konfiguration.dimensionen.indizes.items():
        benutzt = name in {eintrag.indikator for eintrag in angaben.indikatoren}
        if benutzt and angaben.ebene in ebenen[ebenen.index(kleinste) + 1 :]:
            text = (
                f"der Index »{index}« vergleicht Räume der Ebene {angaben.ebene}, dort hat der Indikator keinen Wert. "
                f"In dimensionen.yaml ebene: {kleinste} eintragen oder ihn aus dem Index nehmen; "
                "gibt es Zahlen, hier die Ebene ändern."
            )
            yield ("kleinste_ebene",), text


def _find_term(term: Term, bekannte: Mapping[str, Gruppenvorrat], jahr: int) -> Iterator[tuple[str, str]]:
    """Say what of a term no Quelle delivers; a band of ages must be made of delivered groups."""
    vorrat = bekannte.get(term.merkmal)
    if vorrat is None or (term.band is None and not vorrat.kennt(term.gruppe)):
        yield from find_groesse(term.merkmal, term.gruppe, bekannte)
    elif not vorrat.kennt(name_gruppe(term), jahr):
        gruppen = list_altersgruppen(split_alter(term.gruppe)[1], vorrat.gruppen)
        yield _angabe(term), _tell_unbildbar(term, format_altersgruppen(gruppen))


def _angabe(term: Term) -> str:
    return "gewichtung" if term.alter is None else "alter"


def _tell_unbildbar(term: Term, gruppen: str) -> str:
    groesse = f"{term.merkmal} ({term.gruppe})" if term.gruppe else term.merkmal
    grenze = (
        " An der Regelaltersgrenze braucht es einzelne Jahre (65, 66)." if term.band and term.band.an_grenze else ""
    )
    gesamt = "; 0+ ist die Gesamtzahl" if "0+" in gruppen.split(", ") else ""
    jahre = " Ein Durchschnittsalter braucht eine oberste Gruppe ab 85 oder älter." if term.gewichtung else ""
    return (
        f"{term.alter or 'alle Alter'} lässt sich für {groesse} aus den gelieferten Altersgruppen nicht lückenlos "
        f"zusammensetzen (vorhanden: {gruppen or 'keine'}{gesamt}).{grenze}{jahre}"
    )
