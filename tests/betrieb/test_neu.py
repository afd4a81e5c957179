"""`atlas new`: three templates, each a project that works, with the files of its operation."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from atlas import neu
from atlas.katalogauswahl import cut_abschnitt, drop_quellen, select_indikatoren
from atlas.ressourcen import find_ressource

if TYPE_CHECKING:
    from collections.abc import Callable

    from betrieb.kleinprojekt import Ende

    Atlas = Callable[..., Ende]


def test_new_makes_a_project_that_builds(atlas: Atlas, tmp_path: Path) -> None:
    ende = atlas("new", "a/b/mein kreis", ordner=tmp_path)
    assert (ende.code, ende.stdout) == (0, "")
    assert ende.stderr == ("Projekt angelegt in a/b/mein kreis. Weiter mit: cd 'a/b/mein kreis' && atlas build\n")
    assert atlas("check", ordner=tmp_path / "a/b/mein kreis").code == 0


def test_new_takes_an_empty_folder(atlas: Atlas, tmp_path: Path) -> None:
    assert atlas("new", ".", ordner=tmp_path).code == 0


@pytest.mark.parametrize("was", ["ordner", "datei"])
def test_new_overwrites_nothing(atlas: Atlas, tmp_path: Path, was: str) -> None:
    ziel = tmp_path / "da"
    inhalt = ziel / "meins.txt" if was == "ordner" else ziel
    inhalt.parent.mkdir(exist_ok=True)
    inhalt.write_text("meins", encoding="utf-8")
    ende = atlas("new", "da", ordner=tmp_path)
    assert (ende.code, "da existiert schon und ist nicht leer." in ende.stderr) == (2, True)
    assert inhalt.read_text("utf-8") == "meins"


def test_new_below_a_file_is_refused(atlas: Atlas, tmp_path: Path) -> None:
    (tmp_path / "datei").write_text("", encoding="utf-8")
    ende = atlas("new", "datei/neu", ordner=tmp_path)
    assert (ende.code, "datei/neu konnte nicht angelegt werden" in ende.stderr) == (2, True)


def test_new_leaves_nothing_half_made(atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    echt = shutil.copyfile

    def copy(quelle: str, ziel: str) -> object:
        if quelle.endswith("raeume.yaml"):
            raise OSError(28, "No space left on device")
        return echt(quelle, ziel)

    monkeypatch.setattr(shutil, "copyfile", copy)
    assert atlas("new", "neu", ordner=tmp_path).code == 2
    assert not (tmp_path / "neu").exists()


@pytest.mark.parametrize("vorlage", ["kreis", "stadt", "leer"])
def test_every_template_passes_check_and_has_ci_file_cron_line_and_readme(
    atlas: Atlas, tmp_path: Path, vorlage: str
) -> None:
    ordner = tmp_path / "Unser Kreis 100%"
    assert atlas("new", ordner.name, "--vorlage", vorlage, ordner=tmp_path).code == 0
    assert atlas("check", ordner=ordner).code == 0
    cron = (ordner / "betrieb/crontab").read_text("utf-8").splitlines()[-1]
    assert (
        cron
        == f"30 5 1 * * cd '{tmp_path}/Unser Kreis 100\\%' && {Path(sys.executable).with_name('atlas')} build --quiet"
    )
    assert "atlas build" in (ordner / ".gitlab-ci.yml").read_text("utf-8")
    texte = [
        p.read_text("utf-8") for p in ordner.rglob("*") if p.suffix in {".md", ".yml", ".yaml"} or p.name == "crontab"
    ]
    assert not [text for text in texte if "@VERSION@" in text or "@ORDNER@" in text or "@VERFAHREN@" in text]


def test_the_city_builds_from_the_deliveries_of_its_kreis_without_a_warning(atlas: Atlas, tmp_path: Path) -> None:
    atlas("new", "stadt", "--vorlage", "stadt", ordner=tmp_path)
    ende = atlas("build", "--until", "compute", ordner=tmp_path / "stadt")
    assert ende.code == 0
    assert "0 Fehler, 0 Warnungen" in ende.stderr
    assert "25 Räume" in ende.stderr
    assert "R106" in ende.stderr, "24 Sozialräume are few"
    assert "E101" not in ende.stderr, "every file that lies there is read"


def test_the_empty_project_says_which_files_are_missing(atlas: Atlas, tmp_path: Path) -> None:
    ende = atlas("new", "leer", "--vorlage", "leer", ordner=tmp_path)
    assert "Weiter mit: cd leer && atlas check" in ende.stderr
    ende = atlas("build", ordner=tmp_path / "leer")
    assert ende.code == 4
    assert "data/raw/raumverzeichnis.csv" in ende.stderr
    assert (tmp_path / "leer/katalog/indikatoren.yaml").is_file()


def test_the_empty_project_builds_with_the_files_its_comments_show(atlas: Atlas, tmp_path: Path) -> None:
    atlas("new", "leer", "--vorlage", "leer", ordner=tmp_path)
    roh = tmp_path / "leer/data/raw"
    raeume = [f"1234500{n};Ort {n};gemeinde;12345" for n in range(1, 5)]
    kopf = "Schlüssel;Name;Ebene;Übergeordnet\n12345;Unser Landkreis;kreis;\n"
    (roh / "raumverzeichnis.csv").write_text(kopf + "\n".join(raeume) + "\n", encoding="utf-8")
    zeilen = [f"1234500{n};2025;4.18{n};512;1.{n}34" for n in range(1, 5)]
    kopf = "Schlüssel;Jahr;insgesamt;unter 15;65 und älter\n"
    (roh / "bevoelkerung.csv").write_text(kopf + "\n".join(zeilen) + "\n", encoding="utf-8")
    ende = atlas("build", "--until", "compute", ordner=tmp_path / "leer")
    assert (ende.code, "1 Indikator, 1 Index, 2 Ausgaben" in ende.stderr) == (0, True), ende.stderr


def test_an_unknown_template_is_refused_with_the_known_ones(atlas: Atlas, tmp_path: Path) -> None:
    ende = atlas("new", "x", "--vorlage", "land", ordner=tmp_path)
    assert ende.code == 2
    assert all(name in ende.stderr for name in ("kreis", "stadt", "leer"))
    assert not (tmp_path / "x").exists()


KATALOG = """\
# Kopf
indikatoren:
  # gehört zu a
  a:
    kleinste_ebene: planungsraum

  # gehört zu b
  b:
    name: B
  c:
    kleinste_ebene: gemeinde
"""


def test_an_indikator_is_left_out_with_its_comment_and_the_others_stay_as_they_are() -> None:
    erwartet = KATALOG.replace("  # gehört zu a\n  a:\n    kleinste_ebene: planungsraum\n\n", "")
    assert select_indikatoren(KATALOG, {"kreis", "planungsraum"}) == erwartet


def test_a_file_of_quellen_of_which_none_is_left_becomes_empty() -> None:
    assert drop_quellen("quellen:\n  a:\n    x: 1\n", {"a"}) == ""
    assert drop_quellen("quellen:\n  a:\n    x: 1\n", {"b"}) == "quellen:\n  a:\n    x: 1\n"


def test_a_section_is_cut_with_the_comment_above_it_and_not_the_one_below() -> None:
    datei = "eins: 1\n# zu zwei\nzwei:\n  a: 1\n\n  b: 2\n# zu drei\ndrei:\n  c: 3\n"
    assert cut_abschnitt(datei, "zwei") == "# zu zwei\nzwei:\n  a: 1\n\n  b: 2\n"
    assert cut_abschnitt(datei, "vier") == ""


def test_what_the_city_leaves_out_exists_in_the_demo() -> None:
    texte = [pfad.read_text("utf-8") for pfad in sorted((find_ressource("config") / "quellen").glob("*.yaml"))]
    assert [name for name in neu.OHNE_QUELLEN if not any(f"\n  {name}:\n" in text for text in texte)] == []
