"""The abbreviations that the names and definitions of a book use, written out once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.render.modelle import Abschnitt, Spalte, Tabelle, Zeile, Zeilengruppe
from atlas.render.nachweistext import describe_entsprechungen, describe_nachweis

if TYPE_CHECKING:
    from atlas.render.werk import Werk

ABKUERZUNGEN: Final = {
    "ASD": "Allgemeiner Sozialer Dienst des Jugendamts",
    "AsylbLG": "Asylbewerberleistungsgesetz",
    "EVAS": "Einheitliches Verzeichnis aller Statistiken des Bundes und der Länder",
    "KOSIS": "Kommunales Statistisches Informationssystem, Verbund der Städtestatistik",
    "LOR": "Lebensweltlich orientierte Räume, die Gliederung Berlins für Planung und Statistik",
    "MSS": "Monitoring Soziale Stadtentwicklung des Landes Berlin",
    "SGB II": "Zweites Buch Sozialgesetzbuch: Grundsicherung für Arbeitsuchende",
    "SGB III": "Drittes Buch Sozialgesetzbuch: Arbeitsförderung, darunter Arbeitslosengeld",
    "SGB VI": "Sechstes Buch Sozialgesetzbuch: Gesetzliche Rentenversicherung, darunter die Regelaltersgrenze",
    "SGB VIII": "Achtes Buch Sozialgesetzbuch: Kinder- und Jugendhilfe",
    "SGB IX": "Neuntes Buch Sozialgesetzbuch: Rehabilitation und Teilhabe von Menschen mit Behinderungen",
    "SGB XII": "Zwölftes Buch Sozialgesetzbuch: Sozialhilfe, darunter Grundsicherung im Alter",
}

_BUERGERGELD_AB: Final = 2023
_ERKLAERENDE: Final = (
    "definition", "festlegung", "aussage", "grenzen", "richtung_grund", "ebenen_grund", "qualitaet", "hinweis",
)  # fmt: skip
"""The texts of an Indikator that its Blatt prints."""


def build_abkuerzungen(werk: Werk) -> tuple[Abschnitt, ...]:
    """Explain the known abbreviations that occur in names, definitions, sources and methods."""
    worte = f" {_collect(werk)} ".replace("-", " ")
    for trenner in "()[],.;:/»«":
        worte = worte.replace(trenner, " ")
    benutzte = [(kurz, _write_out(kurz, werk.jahr)) for kurz in ABKUERZUNGEN if f" {kurz} " in worte]
    if not benutzte:
        return ()
    zeilen = tuple(Zeile(kurz, (lang,)) for kurz, lang in benutzte)
    tabelle = Tabelle("Abkürzungen", "Kürzel", (Spalte("Bedeutung", "weit"),), (Zeilengruppe(zeilen),))
    return (Abschnitt("Abkürzungen", tabellen=(tabelle,)),)


def _write_out(kurz: str, jahr: int) -> str:
    """Give the long form of an abbreviation as it was in a year: only from 2023 the SGB II grants the Bürgergeld."""
    zusatz = " (Bürgergeld)" if kurz == "SGB II" and jahr >= _BUERGERGELD_AB else ""
    return f"{ABKUERZUNGEN[kurz]}{zusatz}"


def _collect(werk: Werk) -> str:
    konfiguration = werk.konfiguration
    texte = [konfiguration.atlas.hinweis or "", konfiguration.atlas.untertitel]
    for indikator in konfiguration.indikatoren.indikatoren.values():
        erklaert = (getattr(indikator, feld) or "" for feld in _ERKLAERENDE)
        texte += [indikator.name, indikator.kurzname, *erklaert]
        texte += [describe_nachweis(indikator), describe_entsprechungen(indikator)]
        texte += [bruch.grund for bruch in indikator.brueche]
    texte += [quelle.titel for quelle in konfiguration.quellen.quellen.values()]
    texte += [index.quelle for index in werk.indizes.values()]
    texte += [ausschluss.grund for ausschluss in konfiguration.raeume.ausschluesse]
    return " ".join(texte)
