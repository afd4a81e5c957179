"""Templates: misspelt names are errors, everything is escaped, a project overlays by file name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jinja2 import TemplateNotFound, UndefinedError
from jinja2.exceptions import SecurityError

from atlas.errors import NutzungError
from atlas.projekt import Projekt
from atlas.render.vorlagen import BUCH, build_umgebung, find_ordner, render_buch
from atlas.ressourcen import find_ressource

if TYPE_CHECKING:
    from pathlib import Path


def test_a_misspelt_name_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "v.html.j2").write_text("{{ buch.titel }}", encoding="utf-8")
    with pytest.raises(UndefinedError):
        build_umgebung([tmp_path]).get_template("v.html.j2").render(buch={"titl": "Atlas"})


def test_everything_is_escaped_also_in_templates_ending_in_j2(tmp_path: Path) -> None:
    (tmp_path / "v.svg.j2").write_text("<p>{{ name }}</p>", encoding="utf-8")
    html = build_umgebung([tmp_path]).get_template("v.svg.j2").render(name="<b>A & B</b>")
    assert html == "<p>&lt;b&gt;A &amp; B&lt;/b&gt;</p>"


def test_a_template_of_the_project_wins_and_the_others_stay(tmp_path: Path) -> None:
    eigene, fremde = tmp_path / "templates", tmp_path / "atlas"
    for ordner, text in ((eigene, "eigen"), (fremde, "atlas")):
        ordner.mkdir()
        (ordner / "umschlag.j2").write_text(text, encoding="utf-8")
    (fremde / "inhalt.j2").write_text("Inhalt", encoding="utf-8")
    umgebung = build_umgebung([eigene, fremde])
    assert umgebung.get_template("umschlag.j2").render() == "eigen"
    assert umgebung.get_template("inhalt.j2").render() == "Inhalt"


def test_the_folder_of_the_project_comes_before_that_of_atlas(tmp_path: Path) -> None:
    atlas = find_ressource("templates").resolve()
    assert find_ordner(Projekt(tmp_path, tmp_path)) == (atlas,)
    (tmp_path / "templates").mkdir()
    assert find_ordner(Projekt(tmp_path, tmp_path)) == ((tmp_path / "templates").resolve(), atlas)


def test_the_repository_itself_has_one_folder_only() -> None:
    wurzel = find_ressource("templates").parent
    assert len(find_ordner(Projekt(wurzel, wurzel))) == 1


@pytest.mark.parametrize(
    "vorlage",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ buch.__init__.__globals__ }}",
        "{% for n in range(10000000) %}x{% endfor %}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    ],
)
def test_a_template_reaches_nothing_but_the_book(tmp_path: Path, vorlage: str) -> None:
    (tmp_path / "v.j2").write_text(vorlage, encoding="utf-8")
    with pytest.raises((SecurityError, UndefinedError, OverflowError)):
        build_umgebung([tmp_path]).get_template("v.j2").render(buch=NutzungError())


def test_a_link_out_of_the_template_folder_is_no_template(tmp_path: Path) -> None:
    (tmp_path / "geheim.txt").write_text("geheim", encoding="utf-8")
    ordner = tmp_path / "templates"
    ordner.mkdir()
    (ordner / "v.j2").symlink_to(tmp_path / "geheim.txt")
    with pytest.raises(TemplateNotFound):
        build_umgebung([ordner]).get_template("v.j2")


@pytest.mark.parametrize(
    ("vorlage", "meldung"),
    [
        ("<p>\n{{ fehlt }}", f"In der Vorlage {BUCH}, Zeile 2 steckt ein Fehler"),
        ("{% if %}", f"In der Vorlage {BUCH}, Zeile 1 steckt ein Fehler"),
        ('{% include "weg.j2" %}', "Die Vorlage weg.j2 fehlt oder liegt außerhalb von templates/."),
    ],
)
def test_a_wrong_template_is_named_with_its_line(tmp_path: Path, vorlage: str, meldung: str) -> None:
    (tmp_path / BUCH).write_text(vorlage, encoding="utf-8")
    (tmp_path / "stil.css").write_text("", encoding="utf-8")
    with pytest.raises(NutzungError, match=meldung.replace("/", "."), check=lambda fehler: meldung in str(fehler)):
        render_buch(None, [tmp_path])  # type: ignore[arg-type]  # the templates of the test use no book
