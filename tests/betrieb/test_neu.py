"""`atlas new`: three templates, each a project that works, with the files of its operation."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from atlas import neu
from atlas.errors import NutzungError
from atlas.katalogauswahl import cut_abschnitt, drop_quellen, select_indikatoren
from atlas.ressourcen import find_ressource

if TYPE_CHECKING:
    from collections.abc import Callable

    from betrieb.kleinprojekt import Ende

    Atlas = Callable[..., Ende]


def test_new_makes_a_project_that_builds(atlas: Atlas, tmp_path: Path) -> None:
    ende = atlas("new", "a/b/mein kreis", ordner=tmp_path)
    assert (ende.code, ende.stdout) == (0, "")
    assert ende.stderr.splitlines()[0] == (
        "Projekt angelegt in a/b/mein kreis. Weiter mit: cd 'a/b/mein kreis' && atlas build"
    )
    assert atlas("check", ordner=tmp_path / "a/b/mein kreis").code == 0


@pytest.mark.parametrize("da", [True, False])
def test_a_program_that_the_crontab_names_and_that_is_not_there_is_told(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, da: bool
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    if da:
        (tmp_path / "atlas").write_text("", encoding="utf-8")
    ende = atlas("new", "neu", "--vorlage", "leer", ordner=tmp_path)
    text = f"In betrieb/crontab steht {tmp_path}/atlas, das Programm gibt es dort nicht."
    assert (text in ende.stderr) is not da
    assert f"{tmp_path}/atlas build --quiet" in (tmp_path / "neu/betrieb/crontab").read_text("utf-8")


def test_check_names_the_editions_that_protect_no_small_numbers(atlas: Atlas, tmp_path: Path) -> None:
    atlas("new", "neu", "--vorlage", "leer", ordner=tmp_path)
    ende = atlas("check", ordner=tmp_path / "neu")
    assert ende.stdout.splitlines()[1:] == ["Ausgabe intern: ohne Schutz kleiner Zahlen."]
    als_json = json.loads(atlas("check", "--output-format", "json", ordner=tmp_path / "neu").stdout)
    assert als_json["ohne_schutz"] == ["intern"]
    ausgaben = tmp_path / "neu/config/ausgaben.yaml"
    text = ausgaben.read_text("utf-8").replace(
        "{mindestfallzahl: 3, mindestnenner: 100}", "{mindestfallzahl: 1, mindestnenner: 0}"
    )
    ausgaben.write_text(text, encoding="utf-8")
    assert "Ausgabe oeffentlich: ohne Schutz kleiner Zahlen." in atlas("check", ordner=tmp_path / "neu").stdout


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


@pytest.mark.parametrize("da", [False, True], ids=["new folder", "empty folder"])
def test_of_two_at_once_one_wins_and_its_project_stays(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, da: bool
) -> None:
    ziel = tmp_path / "neu"
    if da:
        ziel.mkdir()
    echt = neu.fill_projekt
    andere: list[bool] = []

    def fill(*angaben: object) -> None:
        echt(*angaben)  # type: ignore[arg-type]  # the arguments of fill_projekt
        if not andere:
            andere.append(True)
            try:
                neu.create_projekt(ziel, "leer")
            except NutzungError:
                andere.append(False)

    monkeypatch.setattr(neu, "fill_projekt", fill)
    ende = atlas("new", "neu", "--vorlage", "leer", ordner=tmp_path)
    if da:  # the first has taken the folder, the second is refused
        assert (ende.code, andere) == (0, [True, False])
    else:  # the second was faster; the first leaves it alone
        assert (ende.code, "existiert schon und ist nicht leer" in ende.stderr, andere) == (2, True, [True])
    assert atlas("check", ordner=ziel).code == 0
    assert not [p for p in (*tmp_path.iterdir(), *ziel.iterdir()) if p.name.startswith(".atlas-neu")]


def test_what_others_put_into_an_empty_folder_meanwhile_stays(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    echt = neu.fill_projekt

    def fill(*angaben: object) -> None:
        echt(*angaben)  # type: ignore[arg-type]  # the arguments of fill_projekt
        (tmp_path / "meins.txt").write_text("meins", encoding="utf-8")

    monkeypatch.setattr(neu, "fill_projekt", fill)
    assert atlas("new", ".", "--vorlage", "leer", ordner=tmp_path).code == 2
    assert [p.name for p in tmp_path.iterdir()] == ["meins.txt"]


def test_parents_that_were_made_go_again_when_nothing_comes_of_it(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(neu, "fill_projekt", fill)
    assert atlas("new", "a/b/neu", ordner=tmp_path).code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["zwei\nzeilen", "rot\x1b[31m", "tab\t", "\udcff\udcfe", "\u202egnal", "a\x85b", "null\x00"]
)
def test_a_folder_whose_name_no_crontab_can_hold_is_refused(atlas: Atlas, tmp_path: Path, name: str) -> None:
    ende = atlas("new", name, "--vorlage", "leer", ordner=tmp_path)
    assert (ende.code, list(tmp_path.iterdir())) == (2, [])
    assert ende.stderr == (
        "Fehler: Der Pfad des neuen Ordners enthält einen Zeilenumbruch, ein Steuerzeichen oder Zeichen, die nicht "
        "lesbar sind. Einen Namen aus sichtbaren Zeichen angeben.\n"
    )


def test_a_folder_named_like_a_placeholder_keeps_its_name(atlas: Atlas, tmp_path: Path) -> None:
    assert atlas("new", "@ATLAS@", "--vorlage", "leer", ordner=tmp_path).code == 0
    cron = (tmp_path / "@ATLAS@/betrieb/crontab").read_text("utf-8").splitlines()[-1]
    assert f"cd {tmp_path}/@ATLAS@ && " in cron.replace("'", "")


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


def test_the_readme_of_the_empty_project_names_the_handbook_the_catalogue_and_the_missing_files(
    atlas: Atlas, tmp_path: Path
) -> None:
    atlas("new", "leer", "--vorlage", "leer", ordner=tmp_path)
    readme = (tmp_path / "leer/README.md").read_text("utf-8")
    assert "docs/handbuch/" in readme
    for name in ("katalog/", "data/raw/raumverzeichnis.csv", "data/raw/bevoelkerung.csv"):
        assert f"`{name}`" in readme
    assert "@ERSTE_SCHRITTE@" not in readme


@pytest.mark.parametrize("vorlage", ["kreis", "stadt", "leer"])
def test_no_file_of_a_project_leads_to_a_page_that_is_not_there(atlas: Atlas, tmp_path: Path, vorlage: str) -> None:
    atlas("new", "neu", "--vorlage", vorlage, ordner=tmp_path)
    for pfad in (tmp_path / "neu").rglob("*.yaml"):
        assert not re.search(r"\bdocs/", pfad.read_text("utf-8")), pfad
    readme = (tmp_path / "neu/README.md").read_text("utf-8")
    assert ("katalog/" in readme) is (vorlage == "leer")


def test_the_ci_file_says_what_is_missing_before_pip_does(atlas: Atlas, tmp_path: Path) -> None:
    atlas("new", "neu", "--vorlage", "leer", ordner=tmp_path)
    datei = yaml.safe_load((tmp_path / "neu/.gitlab-ci.yml").read_text("utf-8"))
    vorher = datei["atlas"]["before_script"]
    assert "libharfbuzz-subset0" in " ".join(vorher)
    ende = subprocess.run(["/bin/sh", "-c", vorher[0]], capture_output=True, text=True, env={}, check=False)
    assert ende.returncode == 1
    assert "Die Variable ATLAS_PAKET fehlt." in ende.stderr
    assert subprocess.run(["/bin/sh", "-c", vorher[0]], env={"ATLAS_PAKET": "atlas.whl"}, check=False).returncode == 0


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
