"""The stage: an HTML and a PDF per Ausgabe, and a summary that counts right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import pypdf
import pytest

from atlas.config.laden import load_konfiguration
from atlas.errors import KonfigurationError
from atlas.stages.render import run
from atlas.store import Bau

if TYPE_CHECKING:
    from pathlib import Path

    from atlas.projekt import Projekt


def test_every_ausgabe_becomes_a_book_and_the_summary_counts_the_pages(kreis: Projekt, tmp_path: Path) -> None:
    meldung = run(kreis, load_konfiguration(kreis), bau := Bau(tmp_path))
    assert sorted(bau.dateien) == [
        "intern/sozialstrukturatlas.html",
        "intern/sozialstrukturatlas.pdf",
        "oeffentlich/sozialstrukturatlas.html",
        "oeffentlich/sozialstrukturatlas.pdf",
    ]
    buecher = [pypdf.PdfReader(pfad) for pfad in sorted(tmp_path.rglob("*.pdf"))]
    assert meldung == f"2 Bücher, {sum(len(buch.pages) for buch in buecher)} Seiten"
    for buch in buecher:
        assert all(seite.extract_text().strip() for seite in buch.pages), "an empty page"
        karten = [text for seite in buch.pages if "Grenzen: " in (text := seite.extract_text())]
        assert [bool(re.search("2025: (Klassen|Gemeinden nach Status)", text)) for text in karten] == [True] * 3
        links = [link.get_object() for link in cast("list[pypdf.generic.PdfObject]", buch.pages[1]["/Annots"])]
        eintraege = len(re.findall(r"\.{4,}", buch.pages[1].extract_text()))
        assert len(links) == eintraege
        assert str(cast("pypdf.generic.DictionaryObject", links[0])["/Contents"]) == "Das Wichtigste in Kürze, Seite 3"
        assert "\u2010" not in "".join(seite.extract_text() for seite in buch.pages)
        assert not any(seite.extract_text().strip().startswith("Zeichen:") for seite in buch.pages)
        assert str(buch.outline).startswith("[{'/Title': 'Inhalt'")


def test_a_berichtsjahr_without_indizes_ends_the_run_before_anything_is_written(kreis: Projekt, tmp_path: Path) -> None:
    datei = kreis.config / "atlas.yaml"
    vorher = datei.read_text("utf-8")
    datei.write_text(vorher.replace("berichtsjahr: 2025", "berichtsjahr: 2021"), "utf-8")
    try:
        konfiguration = load_konfiguration(kreis)
    finally:
        datei.write_text(vorher, "utf-8")
    bau = Bau(tmp_path)
    with pytest.raises(KonfigurationError, match="Zeile 8"):
        run(kreis, konfiguration, bau)
    assert not bau.dateien
