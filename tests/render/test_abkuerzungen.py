"""Every abbreviation that the book of the demo's catalogue prints is written out in it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from atlas.config.laden import load_konfiguration
from atlas.projekt import Projekt
from atlas.render.abkuerzungen import ABKUERZUNGEN, build_abkuerzungen
from atlas.render.indikatorblatt import build_definitionen
from atlas.render.inhalt import list_texte
from atlas.render.methoden import build_methoden
from atlas.render.quellenangaben import build_impressum, build_quellen
from geteilte_daten import WURZEL

if TYPE_CHECKING:
    from atlas.render.kontext import Grundlage
    from atlas.render.werk import Werk

KUERZEL: Final = re.compile(r"[A-Za-zÄÖÜäöü]*[A-ZÄÖÜ][a-zäöüß]{0,4}[A-ZÄÖÜ][A-Za-zÄÖÜäöüß]*")
KEINE: Final = {"MediawikiOB", "ColorBrewer", "HafenCity", "GovData", "SIL", "OFL"}
"""Proper names; what SIL and OFL are, the imprint says where it names them."""
ROEMISCH: Final = re.compile(r"[IVX]+")
VERWEIS: Final = re.compile(r'href="[^"]*"|https?://\S+')


def test_no_abbreviation_of_the_demo_stays_unexplained(werk: Werk, grundlage: Grundlage) -> None:
    konfiguration = load_konfiguration(Projekt(WURZEL, WURZEL / "data" / "raw"))
    register = replace(werk.register, ebenen=konfiguration.raeume.ebenen)
    demo = replace(werk, konfiguration=konfiguration, register=register)
    quellen = build_quellen(demo, grundlage.lieferungen, grundlage.umstiege)
    teile = (build_definitionen(demo), quellen, build_impressum(demo))
    methoden = build_methoden(demo, teile)
    erklaert = {wort for kurz in ABKUERZUNGEN for wort in re.findall(r"\w+", kurz)}
    worte = {wort for text in list_texte((teile, methoden)) for wort in KUERZEL.findall(VERWEIS.sub("", text))}

    assert {"SGB", "ELB", "BIAJ", "MigraPro"} <= worte
    assert {wort for wort in worte if not ROEMISCH.fullmatch(wort)} - erklaert - KEINE == set()


def test_an_abbreviation_joined_by_hyphens_is_found_and_one_inside_a_word_is_not(werk: Werk) -> None:
    (abschnitt,) = build_abkuerzungen(werk, ["Die ELB-Quote (UTF-8), dl-de/by-2-0", "LORBEER"])

    assert [zeile.name for zeile in abschnitt.tabellen[0].gruppen[0].zeilen] == ["dl-de", "ELB", "UTF-8"]
    assert build_abkuerzungen(werk, ["nichts"]) == ()
