"""Addresses and licences: links into the web only, escaped, broken where an address may break, named once."""

from __future__ import annotations

import html
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import page
import pypdf
import pytest

from atlas.render.kontext import build_buch
from atlas.render.pdf import write_pdf
from atlas.render.quellenangaben import build_quellen
from atlas.render.verweise import LIZENZTEXTE, link_adresse, link_lizenz
from atlas.ressourcen import find_ressource

if TYPE_CHECKING:
    from atlas.render.kontext import Grundlage
    from atlas.render.modelle import Buch
    from atlas.render.werk import Werk

VORLAGEN = find_ressource("templates")
STIL = (VORLAGEN / "stil.css").read_text("utf-8")
ADRESSE = "https://www.regionalstatistik.de/genesis/online?operation=table&code=soziale-lage-stadt-amt"
LIZENZ = '<a href="https://www.govdata.de/dl-de/by-2-0">dl-de/by-2-0</a>'


def _read(teile: str) -> tuple[bytes, pypdf.PdfReader]:
    """Set a piece of HTML with the style sheet of the book."""
    kopf = f'<html lang="de"><head><title>T</title><style>{STIL}</style></head>'
    inhalt = write_pdf(f"{kopf}<body><main><h1>Titel</h1>{teile}</main></body></html>", [VORLAGEN]).inhalt
    return inhalt, pypdf.PdfReader(io.BytesIO(inhalt))


@pytest.mark.parametrize("breite", range(105, 165, 10))
def test_an_address_leads_where_it_says_and_breaks_only_after_its_separators(breite: int) -> None:
    tabelle = f'<table class="lang"><tr><td>{link_adresse(ADRESSE)}</td><td>1</td><td>2</td></tr></table>'
    inhalt, leser = _read(f'<div style="width: {breite}mm">{tabelle}</div>')
    links: Any = [link.get_object() for link in leser.pages[0]["/Annots"]]  # type: ignore[attr-defined]  # an array
    text = leser.pages[0].extract_text().replace("\u200b", "").replace("\u2060", "")
    (stueck,) = re.findall(r"https:.*-amt", text, re.DOTALL)
    zeilen = [zeile.strip() for zeile in stueck.splitlines()]

    assert page.is_pdf_compliant_bytes(inhalt, profile="ua1")
    assert {link["/A"]["/URI"] for link in links} == {link["/Contents"] for link in links} == {ADRESSE}
    assert len(zeilen) > 1
    assert all(zeile[-1] in "/?&=" for zeile in zeilen[:-1])
    assert "".join(zeilen) == ADRESSE


@pytest.mark.parametrize(
    "adresse",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org/a",
        "https://",
        "https://:80/",
        "https://example.org/a b",
        "https://example.org/\x07",
        "http://[x",
        "http://[::1",
        "Auf Anfrage beim Amt",
    ],
)
def test_what_is_no_address_of_the_web_stays_text(adresse: str) -> None:
    assert link_adresse(adresse) == html.escape(adresse)


def test_addresses_and_licences_are_escaped() -> None:
    link = link_adresse('https://example.org/?a="><script>&b=1')

    assert 'href="https://example.org/?a=&#34;&gt;&lt;script&gt;&amp;b=1"' in link
    assert "<script>" not in link
    assert link_lizenz("<b>eigene</b>") == "&lt;b&gt;eigene&lt;/b&gt;"


@pytest.mark.parametrize("lizenz", LIZENZTEXTE)
def test_a_known_licence_leads_to_its_text(lizenz: str) -> None:
    assert link_lizenz(lizenz) == f'<a href="{LIZENZTEXTE[lizenz]}">{lizenz}</a>'


@pytest.mark.parametrize(
    ("nennung", "zelle"),
    [
        ("© Ämter, Deutschland (dl-de/by-2-0)", f"© Ämter, Deutschland ({LIZENZ})"),
        ("Datenbasis: Ämter & Co", f"{LIZENZ} · Datenbasis: Ämter &amp; Co"),
        ("Einwohneramt", LIZENZ),
        (None, LIZENZ),
    ],
)
def test_the_licence_stands_once_and_is_a_link(
    werk: Werk, grundlage: Grundlage, nennung: str | None, zelle: str
) -> None:
    angaben = {"lizenz": "dl-de/by-2-0", "namensnennung": nennung, "herausgeber": "Einwohneramt", "url": None}
    quelle = werk.konfiguration.quellen.quellen["bevoelkerung"].model_copy(update=angaben)
    quellen = werk.konfiguration.quellen.model_copy(update={"quellen": {"bevoelkerung": quelle}})
    kapitel = build_quellen(
        replace(werk, konfiguration=replace(werk.konfiguration, quellen=quellen)),
        grundlage.lieferungen,
        grundlage.umstiege,
    )

    assert kapitel.abschnitte[0].tabellen[0].gruppen[0].zeilen[0].zellen[1] == zelle


def test_the_list_of_sources_says_that_the_figures_were_computed_from_them(buecher: dict[str, Buch]) -> None:
    satz = "Alle Zahlen dieses Bandes sind aus den genannten Daten berechnet, soweit nichts anderes dabeisteht."

    assert buecher["oeffentlich"].quellen.einleitung[0] == satz


def test_whose_borders_a_map_shows_stands_under_every_map(buecher: dict[str, Buch]) -> None:
    lizenz = '<a href="https://www.govdata.de/dl-de/zero-2-0">dl-de/zero-2-0</a>'
    grenzen = f"Grenzen: Landkreis Musterland (erfunden, eigene Arbeit), {lizenz}"

    assert [karte.anmerkungen[0] for karte in buecher["oeffentlich"].karten] == [grenzen] * 3


def test_a_book_without_maps_names_no_borders(grundlage: Grundlage) -> None:
    anmerkungen = [karte.anmerkungen for karte in build_buch(replace(grundlage, gruende={}), "intern").karten]

    assert not any("Grenzen:" in satz for saetze in anmerkungen for satz in saetze)
