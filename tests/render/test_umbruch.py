"""Where pages break: what belongs together stays together, and the running head names what the page begins with."""

from __future__ import annotations

import io

import pypdf
import pytest

from atlas.render.pdf import write_pdf
from atlas.ressourcen import find_ressource

VORLAGEN = find_ressource("templates")
STIL = (VORLAGEN / "stil.css").read_text("utf-8")
ZEILEN = 8


def _read(rumpf: str) -> list[str]:
    """Set a body with the style sheet of the book and give the text of its pages."""
    kopf = f'<html lang="de"><head><title>T</title><style>{STIL}</style></head>'
    inhalt = write_pdf(f"{kopf}<body><h1>Atlas</h1><main>{rumpf}</main></body></html>", [VORLAGEN]).inhalt
    return [seite.extract_text() for seite in pypdf.PdfReader(io.BytesIO(inhalt)).pages]


def _build_tabelle(hoehe: int) -> str:
    """A chapter of sources below a block of some height, with rows of about 20 mm."""
    zeilen = "".join(
        f'<tr><th scope="row">Zeile{n}</th><td><div style="height: 20mm">x</div></td></tr>' for n in range(ZEILEN)
    )
    kopf = "<caption>Liste</caption><thead><tr><th>Kopf</th><th>Wert</th></tr></thead>"
    tabelle = f'<table class="lang n1">{kopf}<tbody>{zeilen}</tbody></table>'
    return (
        f'<section class="kapitel"><h2>Methoden</h2><div style="height: {hoehe}mm">Anfang</div></section>'
        f'<section class="folgend"><h2>Datenquellen</h2><p>Einleitung</p><h3>Statistiken</h3>{tabelle}</section>'
    )


@pytest.mark.parametrize("hoehe", range(40, 200, 8))
def test_a_table_breaks_neither_after_its_first_row_nor_before_its_last(hoehe: int) -> None:
    je_seite = [[n for n in range(ZEILEN) if f"Zeile{n}" in text] for text in _read(_build_tabelle(hoehe))]

    assert all(len(zeilen) != 1 for zeilen in je_seite)


@pytest.mark.parametrize("hoehe", range(40, 200, 8))
def test_the_heading_of_the_sources_stays_with_their_table(hoehe: int) -> None:
    (seite,) = (text for text in _read(_build_tabelle(hoehe)) if "Einleitung" in text)

    assert "Zeile1" in seite


def test_the_running_head_names_the_chapter_at_the_top_of_the_page() -> None:
    erstes = (
        '<section class="kapitel"><h2>Methoden</h2><p>Anfang</p><p style="break-before: page">Schluss</p></section>'
    )
    seiten = _read(f'{erstes}<section class="folgend"><h2>Datenquellen</h2><p>Einleitung</p></section>')

    assert seiten[2].count("Methoden") == 1  # the head; the chapter began on the page before
    assert seiten[2].count("Datenquellen") == 1  # the heading


def test_the_imprint_stays_on_one_page() -> None:
    absaetze = "".join(f"<p>Angabe{n}</p>" for n in range(3))
    for hoehe in range(160, 215, 5):
        oben = f'<section class="kapitel"><h2>Quellen</h2><div style="height: {hoehe}mm">Anfang</div></section>'
        unten = f"<h2>Impressum</h2><h3>Herausgeber</h3>{absaetze}<h3>Herstellung</h3>{absaetze}"
        seiten = _read(f'{oben}<section class="folgend zusammen">{unten}</section>')
        assert sum("Angabe" in seite for seite in seiten) == 1


def test_the_imprint_of_a_book_is_set_to_stay_together(seiten: dict[str, str]) -> None:
    assert '<section class="folgend zusammen">\n<h2 id="impressum">' in seiten["oeffentlich"]
