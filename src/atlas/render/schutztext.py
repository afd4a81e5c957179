"""How an Ausgabe protects small numbers, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.config.schutz import list_ausnahmen
from atlas.render.modelle import Abschnitt
from atlas.render.zahlen import format_liste

if TYPE_CHECKING:
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

_ALLE = ("öffentlichkeit", "die öffentlichkeit")


def build_geheimhaltung(werk: Werk) -> Abschnitt:
    """Say how this Ausgabe protects small numbers, and what it does not do."""
    absaetze = _describe_regel(werk)
    if werk.ausgabe.nicht_gezeigt:
        namen = format_liste([_ARTNAMEN[art] for art in werk.ausgabe.nicht_gezeigt])
        absaetze.append(f"Diese Ausgabe zeigt nicht: {namen}. Klassen zeigt jede Ausgabe.")
    return Abschnitt("Schutz kleiner Zahlen", tuple(absaetze))


def _describe_regel(werk: Werk) -> list[str]:
    regel = werk.ausgabe.geheimhaltung
    if regel == "keine":
        return [_describe_offene(werk), *_warne_vor_weitergabe(werk.ausgabe.empfaenger)]
    faelle = []
    if regel.mindestfallzahl > 1:
        klein = f"größer als null und kleiner als {regel.mindestfallzahl} ist"
        faelle += [
            f"eine der Zahlen, aus denen er entsteht, {klein}",
            f"bei einem Anteil der Rest bis zum Ganzen {klein}",
        ]
    if regel.mindestnenner > 0:
        faelle.append(f"seine Bezugsgröße kleiner als {regel.mindestnenner} ist")
    gesperrt = f"Ein Wert wird nicht gezeigt, wenn {'; wenn '.join(faelle)}." if faelle else "Es gibt keine Schwellen."
    wo = "Unter jeder Tabelle steht, was gesperrt ist und was schon die Quelle nicht mitgeteilt hat."
    abgeleitet = "Was sich unmittelbar aus gesperrten Werten ergibt (Indexwert, Rang, Abstand), ist mit gesperrt."
    folge = (
        "Geschützt sind einzelne kleine Werte. Summen und Differenzen sind in dieser Fassung nicht zusätzlich "
        "gesperrt; vor einer Weitergabe über den genannten Empfängerkreis hinaus ist das zu prüfen."
    )
    return [f"{gesperrt} {abgeleitet} {wo}", *_describe_ausnahmen(werk, regel), folge]


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
    if empfaenger.strip().casefold() in _ALLE:
        return []
    return [f"Sie ist nur bestimmt für: {empfaenger}. Vor einer Weitergabe ist die Geheimhaltung zu prüfen."]
