"""The abbreviations that the names and definitions of a book use, written out once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atlas.render.modelle import Abschnitt, Spalte, Tabelle, Zeile, Zeilengruppe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.render.werk import Werk

ABKUERZUNGEN: Final = {
    "ASD": "Allgemeiner Sozialer Dienst des Jugendamts",
    "AsylbLG": "Asylbewerberleistungsgesetz",
    "BIAJ": "Bremer Institut für Arbeitsmarktforschung und Jugendberufshilfe",
    "BKGG": "Bundeskindergeldgesetz",
    "BTHG": "Bundesteilhabegesetz",
    "CC BY": "Creative Commons, Lizenz mit Namensnennung",
    "dl-de": "Datenlizenz Deutschland: by mit, zero ohne Namensnennung",
    "ELB": "erwerbsfähige Leistungsberechtigte nach dem SGB II",
    "EStG": "Einkommensteuergesetz",
    "EVAS": "Einheitliches Verzeichnis aller Statistiken des Bundes und der Länder",
    "HHGen": "Haushaltegenerierung, ein Verfahren, das aus dem Melderegister Haushalte bildet",
    "HHSTAT": "Gemeinschaft im KOSIS-Verbund für Statistik aus dem Melderegister",
    "KGSt": "Kommunale Gemeinschaftsstelle für Verwaltungsmanagement",
    "KOSIS": "Kommunales Statistisches Informationssystem, Verbund der Städtestatistik",
    "LOR": "Lebensweltlich orientierte Räume, die Gliederung Berlins für Planung und Statistik",
    "MigraPro": "Verfahren, das aus dem Melderegister den Migrationshintergrund ableitet",
    "MSS": "Monitoring Soziale Stadtentwicklung des Landes Berlin",
    "SDG": "Sustainable Development Goals, die Ziele der Vereinten Nationen für nachhaltige Entwicklung",
    "SGB II": "Zweites Buch Sozialgesetzbuch: Grundsicherung für Arbeitsuchende",
    "SGB III": "Drittes Buch Sozialgesetzbuch: Arbeitsförderung, darunter Arbeitslosengeld",
    "SGB VI": "Sechstes Buch Sozialgesetzbuch: Gesetzliche Rentenversicherung, darunter die Regelaltersgrenze",
    "SGB VIII": "Achtes Buch Sozialgesetzbuch: Kinder- und Jugendhilfe",
    "SGB IX": "Neuntes Buch Sozialgesetzbuch: Rehabilitation und Teilhabe von Menschen mit Behinderungen",
    "SGB XI": "Elftes Buch Sozialgesetzbuch: Soziale Pflegeversicherung",
    "SGB XII": "Zwölftes Buch Sozialgesetzbuch: Sozialhilfe, darunter Grundsicherung im Alter",
    "UTF-8": "Kodierung der Zeichen in einer Textdatei",
    "WAZ": "Westdeutsche Allgemeine Zeitung",
}

_BUERGERGELD_AB: Final = 2023
_WORT: Final = re.compile(r"\w+")


def build_abkuerzungen(werk: Werk, texte: Iterable[str]) -> tuple[Abschnitt, ...]:
    """Explain the known abbreviations that occur in the texts of the book."""
    worte = _split(" ".join(texte))
    benutzte = [(kurz, _write_out(kurz, werk.jahr)) for kurz in ABKUERZUNGEN if f" {_split(kurz).strip()} " in worte]
    if not benutzte:
        return ()
    zeilen = tuple(Zeile(kurz, (lang,)) for kurz, lang in benutzte)
    tabelle = Tabelle("Abkürzungen", "Kürzel", (Spalte("Bedeutung", "weit"),), (Zeilengruppe(zeilen),))
    return (Abschnitt("Abkürzungen", tabellen=(tabelle,)),)


def _write_out(kurz: str, jahr: int) -> str:
    """Give the long form of an abbreviation as it was in a year: only from 2023 the SGB II grants the Bürgergeld."""
    zusatz = " (Bürgergeld)" if kurz == "SGB II" and jahr >= _BUERGERGELD_AB else ""
    return f"{ABKUERZUNGEN[kurz]}{zusatz}"


def _split(text: str) -> str:
    """Give the words of a text between single spaces: what hyphens and other signs join stands apart."""
    return f" {' '.join(_WORT.findall(text))} "
