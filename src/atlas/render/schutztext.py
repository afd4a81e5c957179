"""How an Ausgabe protects small numbers, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.config.schutz import list_ausnahmen
from atlas.render.modelle import Abschnitt
from atlas.render.zahlen import format_liste, spell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.config.models.ausgaben import Geheimhaltung
    from atlas.render.werk import Werk

_ARTNAMEN = {
    "indikator": "Werte der Indikatoren",
    "zaehler": "Zähler",
    "nenner": "Nenner",
    "index": "Indexwerte",
    "rang": "Ränge",
    "abstand": "Abstände zu Klassengrenzen",
    "bevoelkerung": "Einwohnerzahlen",
}

INVERTIERBAR_BIS = 2
"""An Index over so few Indikatoren gives away its parts; core/geheimhaltung withholds its class with them."""
_ALLE = ("öffentlichkeit", "die öffentlichkeit")


def build_geheimhaltung(werk: Werk) -> Abschnitt:
    """Say how this Ausgabe protects small numbers, and what it does not do."""
    absaetze = _describe_regel(werk)
    if werk.ausgabe.nicht_gezeigt:
        namen = format_liste([_ARTNAMEN[art] for art in werk.ausgabe.nicht_gezeigt])
        absaetze.append(f"Diese Ausgabe zeigt nicht: {namen}.")
    absaetze += tell_klassenschutz(werk, list(werk.indizes))
    return Abschnitt("Schutz kleiner Zahlen", tuple(absaetze))


def tell_klassenschutz(werk: Werk, indizes: Sequence[str]) -> tuple[str, ...]:
    """Say when a class is withheld: where an Index of few Indikatoren would give a withheld value away."""
    if werk.ausgabe.geheimhaltung == "keine":
        return ()
    kurze = [f"»{werk.name_index(i)}«" for i in indizes if len(werk.indizes[i].indikatoren) <= INVERTIERBAR_BIS]
    if not kurze:
        return ("Klassen werden auch dort gezeigt, wo einzelne Werte gesperrt sind.",)
    welche = f"Hier betrifft das {format_liste(kurze)}. " if len(kurze) < len(indizes) else ""
    gesamt = " Ihre Klasse fehlt dann auch im Gesamtindex." if _im_gesamtindex(werk) else ""
    return (
        (
            f"Besteht ein Index aus höchstens {spell(INVERTIERBAR_BIS)} Indikatoren und ist einer ihrer Werte "
            "gesperrt, ist für diesen Raum auch die Klasse gesperrt (Zeichen: Punkt); sonst ließe sich der Wert aus "
            f"ihr eingrenzen. {welche}Andere Klassen werden auch dort gezeigt, wo einzelne Werte gesperrt sind.{gesamt}"
        ),
    )


def _im_gesamtindex(werk: Werk) -> bool:
    """Tell whether an Index that so few Indikatoren make up is part of the Gesamtindex."""
    teile = [werk.gesamt.status, werk.gesamt.dynamik] if werk.gesamt else []
    return any(len(werk.indizes[teil].indikatoren) <= INVERTIERBAR_BIS for teil in teile)


def _describe_regel(werk: Werk) -> list[str]:
    regel = werk.ausgabe.geheimhaltung
    if regel == "keine":
        return [_describe_offene(werk), *_warne_vor_weitergabe(werk.ausgabe.empfaenger)]
    faelle = []
    if regel.mindestfallzahl > 1:
        klein = f"größer als null und kleiner als {regel.mindestfallzahl} ist"
        faelle += [
            f"eine der Zahlen, aus denen er entsteht, {klein}",
            f"bei einem Anteil oder einer Rate der Rest (Bezugsgröße minus Zähler) {klein}",
        ]
    if regel.mindestnenner > 0:
        faelle.append(f"seine Bezugsgröße kleiner als {regel.mindestnenner} ist")
    gesperrt = f"Ein Wert wird nicht gezeigt, wenn {'; wenn '.join(faelle)}." if faelle else "Es gibt keine Schwellen."
    wo = "Unter jeder Tabelle steht, was gesperrt ist und was schon die Quelle nicht mitgeteilt hat."
    abgeleitet = "Was sich unmittelbar aus gesperrten Werten ergibt (Indexwert, Rang, Abstand), ist mit gesperrt."
    folge = f"Geschützt sind einzelne kleine Werte. {_describe_luecke(werk.ausgabe.empfaenger)}"
    return [f"{gesperrt} {abgeleitet} {wo}", *_describe_ausnahmen(werk, regel), folge]


def _describe_luecke(empfaenger: str) -> str:
    """Say what is not protected yet, and who has to look at it before anybody gets the Ausgabe."""
    offen = "Summen und Differenzen sind in dieser Fassung nicht zusätzlich gesperrt"
    if _ist_oeffentlich(empfaenger):
        return (
            f"{offen}: Ein gesperrter Wert, der sich aus einer Summe und ihren übrigen Teilen errechnen lässt, ist "
            "noch nicht geschützt. Das prüft der Herausgeber, bevor er diese Ausgabe veröffentlicht."
        )
    return f"{offen}; vor einer Weitergabe über den genannten Empfängerkreis hinaus ist das zu prüfen."


def _describe_ausnahmen(werk: Werk, regel: Geheimhaltung) -> list[str]:
    """Name what the minimum count does not hold for, and why; each once, wherever it was delivered."""
    alle = list_ausnahmen(werk.konfiguration.quellen, werk.konfiguration.angebote)
    saetze = dict.fromkeys(f"{ausnahme.was} ({ausnahme.grund.rstrip('.')})" for *_, ausnahme in alle)
    if not saetze or regel.mindestfallzahl <= 1:
        return []
    nenner = (
        f" Ist die Bezugsgröße kleiner als {regel.mindestnenner}, fehlt der Wert auch dort."
        if regel.mindestnenner > 0
        else ""
    )
    geschuetzte = f"Steht in einem Wert daneben eine geschützte Zahl, gilt für sie die Regel.{nenner}"
    return [f"Auch als kleine Zahlen gezeigt werden: {'; '.join(saetze)}. {geschuetzte}"]


def _describe_offene(werk: Werk) -> str:
    """Say of an Ausgabe that withholds nothing what its figures rest on, and what is missing from them."""
    korrigiert = ", bis auf begründete Korrekturen" if werk.konfiguration.korrekturen.korrekturen else ""
    return (
        "In dieser Ausgabe sind keine Werte wegen kleiner Fallzahlen gesperrt: Gerechnet ist mit den Zahlen, wie die "
        f"Herausgeber sie geliefert haben{korrigiert}. Was die Quelle selbst nicht mitgeteilt hat, fehlt auch hier und "
        "ist unter der jeweiligen Tabelle genannt."
    )


def _warne_vor_weitergabe(empfaenger: str) -> list[str]:
    """Ask for a check before anybody else than the recipients gets the Ausgabe; beyond the public there is nobody."""
    if _ist_oeffentlich(empfaenger):
        return []
    return [f"Sie ist nur bestimmt für: {empfaenger}. Vor einer Weitergabe ist die Geheimhaltung zu prüfen."]


def _ist_oeffentlich(empfaenger: str) -> bool:
    return empfaenger.strip().casefold() in _ALLE
