"""One routine sets all texts: numbers in one form, no line end where it would mislead, words broken where they may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from markupsafe import Markup

from atlas.render.schriftsatz import bind_text
from atlas.render.sprachform import form_dativ, tell_frueher
from atlas.render.vorlagen import build_umgebung

if TYPE_CHECKING:
    from pathlib import Path

ENG, FEST, WEICH = "\u202f", "\u00a0", "\u00ad"


@pytest.mark.parametrize(
    ("text", "gesetzt"),
    [
        ("Verwaltungsgebiete 1:5 000 000 (VG5000)", f"Verwaltungsgebiete 1:5{ENG}000{ENG}000 (VG5000)"),
        ("Zensus 2022 123 Gemeinden", "Zensus 2022 123 Gemeinden"),
        ("je 1.000 oder je 1 000", f"je{FEST}1{ENG}000 oder je{FEST}1{ENG}000"),
        ("am 31.12.2018", "am 31.12.2018"),
        ("am 31. Dezember 2015 100 Personen", f"am 31.{FEST}Dezember 2015 100 Personen"),
        ("Anteil ab 65", f"Anteil ab{FEST}65"),
        ("Betreuungsquote unter 3", f"Betreuungsquote unter{FEST}3"),
        ("Schwerbehinderte 18 bis 64", f"Schwerbehinderte 18{FEST}bis{FEST}64"),
        ("Eingliederungshilfe § 35a", f"Eingliederungshilfe §{FEST}35a"),
        ("Alleinerziehende im SGB II", f"Alleinerziehende im SGB{FEST}II"),
        ("im Umlauf 3 Haushalte", "im Umlauf 3 Haushalte"),
        ("Bevölkerungsfortschreibung", f"Bevölkerungsfort{WEICH}schreibung"),
    ],
)
def test_what_belongs_together_stays_on_one_line(text: str, gesetzt: str) -> None:
    assert bind_text(text) == gesetzt
    assert bind_text(gesetzt) == gesetzt


def test_every_text_of_a_template_is_set_and_markup_is_not(tmp_path: Path) -> None:
    (tmp_path / "probe.j2").write_text("{{ text }}|{{ fertig }}|{{ 5 }}", encoding="utf-8")
    vorlage = build_umgebung([tmp_path]).get_template("probe.j2")

    assert vorlage.render(text="<ab 65>", fertig=Markup("<b>ab 65</b>")) == f"&lt;ab{FEST}65&gt;|<b>ab 65</b>|5"


@pytest.mark.parametrize(
    ("mehrzahl", "dativ"),
    [("Sozialräume", "Sozialräumen"), ("Gemeinden", "Gemeinden"), ("Bezirke", "Bezirken"), ("Kitas", "Kitas")],
)
def test_the_dative_of_a_plural(mehrzahl: str, dativ: str) -> None:
    assert form_dativ(mehrzahl) == dativ


@pytest.mark.parametrize(
    ("einzahl", "frueher"),
    [
        ("Gemeinde", "eine frühere Gemeinde"),
        ("Landkreis", "ein früherer Landkreis"),
        ("Planungsraum", "ein früherer Planungsraum"),
        ("Veedel", "ein früherer Raum"),
    ],
)
def test_what_something_was_has_the_gender_of_its_word(einzahl: str, frueher: str) -> None:
    assert tell_frueher(einzahl) == frueher
