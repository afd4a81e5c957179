"""What no single file can know: names that another file must define, choices that contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.config.merkmale import list_merkmale
from atlas.config.pruefung_indikatoren import find_groesse, find_indikatoren
from atlas.config.pruefung_indizes import Fund, find_gesamt, find_indizes
from atlas.config.pruefung_listen import find_listen
from atlas.config.schutz import find_ausnahmen
from atlas.config.unbekannt import tell_unbekannt
from atlas.tables.listen import FLAECHE_HA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.config.laden import Konfiguration
    from atlas.config.models.quellen import Quelle
    from atlas.config.models.schluessel import QuellSchluessel
    from atlas.config.yaml_strikt import Pfad
    from atlas.errors import Problem


def find_widersprueche(konfiguration: Konfiguration) -> list[Problem]:
    """Find every reference that leads nowhere and every contradiction between the files."""
    funde = [
        *find_indikatoren(konfiguration),
        *find_indizes(konfiguration),
        *find_gesamt(konfiguration),
        *_find_raeume(konfiguration),
        *_find_quellen(konfiguration),
        *_find_ausgaben(konfiguration),
        *_find_korrekturen(konfiguration),
        *find_listen(konfiguration),
        *find_ausnahmen(konfiguration),
    ]
    return [_problem(konfiguration, *fund) for fund in funde]


def _problem(konfiguration: Konfiguration, name: str, pfad: Pfad, text: str) -> Problem:
    return konfiguration.dokumente[name].problem(pfad, text)


def _find_raeume(konfiguration: Konfiguration) -> Iterator[Fund]:
    mindest = konfiguration.raeume.mindesteinwohner
    bekannte = list_merkmale(konfiguration.quellen.quellen.values(), konfiguration.angebote.angebote.values())
    if mindest is not None and mindest.merkmal not in bekannte:
        text = tell_unbekannt("das Merkmal", mindest.merkmal, bekannte)
        yield "raeume", ("mindesteinwohner", "merkmal"), text
    ebenen = [ebene.ebene for ebene in konfiguration.raeume.ebenen]
    for nummer, umstieg in enumerate(konfiguration.raeume.umstiege):
        for stelle, ebene in enumerate(umstieg.unveraenderte_ebenen):
            if ebene not in ebenen:
                pfad = ("umstiege", nummer, "unveraenderte_ebenen", stelle)
                yield "raeume", pfad, tell_unbekannt("die Ebene", ebene, ebenen)
    gewichtung = konfiguration.raeume.gewichtung
    for merkmal in gewichtung.merkmale if gewichtung else ():
        if merkmal not in bekannte:
            yield "raeume", ("gewichtung", "merkmale", merkmal), tell_unbekannt("das Merkmal", merkmal, bekannte)
    for nummer, eintrag in enumerate(gewichtung.gruppen if gewichtung else ()):
        for angabe, text in find_groesse(eintrag.merkmal, eintrag.gruppe, bekannte):
            yield "raeume", ("gewichtung", "gruppen", nummer, angabe), text


def _find_quellen(konfiguration: Konfiguration) -> Iterator[Fund]:
    ebenen = {ebene.ebene for ebene in konfiguration.raeume.ebenen}
    for name, quelle in konfiguration.quellen.quellen.items():
        for pfad, schluessel in _schluessel_von(quelle):
            for ebene in schluessel.ebenen if schluessel.ausserhalb == "fehler" else ():
                if ebene not in ebenen:
                    text = tell_unbekannt("die Ebene", ebene, ebenen)
                    yield f"quellen.{name}", ("quellen", name, *pfad, "schluessel", "ebenen", ebene), text
        for pfad, merkmal in _merkmale_von(quelle):
            if merkmal == FLAECHE_HA:
                text = f"{FLAECHE_HA} kommt aus dem Raumverzeichnis und kann nicht geliefert werden."
                yield f"quellen.{name}", ("quellen", name, *pfad), text
        if quelle.gueltigkeit is not None and quelle.gueltigkeit not in konfiguration.raeume.gueltigkeiten:
            text = tell_unbekannt("die Gültigkeitsliste", quelle.gueltigkeit, konfiguration.raeume.gueltigkeiten)
            yield f"quellen.{name}", ("quellen", name, "gueltigkeit"), text


def _schluessel_von(quelle: Quelle) -> Iterator[tuple[Pfad, QuellSchluessel]]:
    """Give every declaration of keys with the path of what it stands in."""
    yield (), quelle.schluessel
    for nummer, abweichung in enumerate(quelle.abweichungen):
        if abweichung.schluessel is not None:
            yield ("abweichungen", nummer), abweichung.schluessel


def _merkmale_von(quelle: Quelle) -> Iterator[tuple[Pfad, str | None]]:
    """Give every Merkmal that columns or dimensions name, with its path."""
    for nummer, spalte in enumerate(quelle.werte.spalten):
        yield ("werte", "spalten", nummer, "merkmal"), spalte.merkmal
    for nummer, dimension in enumerate(quelle.dimensionen):
        for text, merkmal in dimension.merkmale.items():
            yield ("dimensionen", nummer, "merkmale", text), merkmal


def _find_ausgaben(konfiguration: Konfiguration) -> Iterator[Fund]:
    """A delivered rate has no Nenner of its own: without a population no minimum could protect it."""
    fertige = [name for name, i in konfiguration.indikatoren.indikatoren.items() if i.berechnung.art == "wert"]
    if konfiguration.raeume.mindesteinwohner is not None or not fertige:
        return
    for name, ausgabe in konfiguration.ausgaben.ausgaben.items():
        if ausgabe.geheimhaltung != "keine" and ausgabe.geheimhaltung.mindestnenner > 0:
            text = (
                f"mindestnenner greift für fertig gelieferte Werte ({fertige[0]}) nur mit einer Einwohnerzahl. "
                "In raeume.yaml mindesteinwohner eintragen."
            )
            yield "ausgaben", ("ausgaben", name, "geheimhaltung", "mindestnenner"), text


def _find_korrekturen(konfiguration: Konfiguration) -> Iterator[Fund]:
    bekannte = konfiguration.quellen.quellen
    for name, korrektur in konfiguration.korrekturen.korrekturen.items():
        if korrektur.quelle not in bekannte:
            text = tell_unbekannt("die Quelle", korrektur.quelle, bekannte)
            yield "korrekturen", ("korrekturen", name, "quelle"), text
