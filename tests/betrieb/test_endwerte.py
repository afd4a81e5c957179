"""Every way a command can end has its exit code, seen from outside."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from atlas import __version__
from betrieb.kleinprojekt import EIN_FEHLER, MENSCHEN_2025, run_atlas, start_atlas

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from betrieb.kleinprojekt import Ende

    Atlas = Callable[..., Ende]

BIS_COMPUTE = ("build", "--until", "compute")


def test_0_when_all_is_done(frisch: Path) -> None:
    ende = run_atlas(*BIS_COMPUTE, ordner=frisch)
    assert (ende.code, ende.stdout) == (0, "")
    assert [zeile.split()[0] for zeile in ende.stderr.splitlines()] == ["ingest", "validate", "R106", "compute"]


def test_1_for_a_bug_with_its_traceback_and_a_line_that_says_what_to_do(projekt: Path) -> None:
    kaputt = "from atlas.stages import compute\ndef run(*_): raise ZeroDivisionError('x')\ncompute.run = run"
    ende = run_atlas("compute", "--force", ordner=projekt, vorher=kaputt)
    assert ende.code == 1
    assert "Traceback" in ende.stderr
    assert "ZeroDivisionError: x" in ende.stderr
    letzte = ende.stderr.splitlines()[-1]
    assert letzte.startswith(f"Fehler: In atlas {__version__} ist etwas passiert, das nicht passieren darf")
    assert "melden" in letzte


def test_2_for_a_call_that_cannot_work(tmp_path: Path) -> None:
    ende = run_atlas("build", ordner=tmp_path)
    assert (ende.code, ende.stdout) == (2, "")
    assert ende.stderr.startswith("Fehler: Kein Projekt gefunden")


def test_3_for_a_wrong_configuration(frisch: Path) -> None:
    (frisch / "config/atlas.yaml").write_text("titel: Atlas\ntitle: Atlas\n", encoding="utf-8")
    ende = run_atlas("check", ordner=frisch)
    assert (ende.code, ende.stdout) == (3, "")
    assert "Probleme in config/atlas.yaml" in ende.stderr
    assert "Gemeint: titel?" in ende.stderr


def test_4_for_a_raw_file_that_is_missing(frisch: Path) -> None:
    (frisch / "data/raw/raeume.csv").unlink()
    ende = run_atlas("build", ordner=frisch)
    assert (ende.code, "data/raw/raeume.csv" in ende.stderr) == (4, True)


def test_5_for_open_fehler(frisch: Path) -> None:
    (frisch / MENSCHEN_2025).write_text(EIN_FEHLER, encoding="utf-8")
    assert run_atlas("build", ordner=frisch).code == 5


def test_10_when_status_finds_work(frisch: Path) -> None:
    assert run_atlas("status", "--exit-code", ordner=frisch).code == 10


def test_75_when_another_run_holds_the_lock(projekt: Path) -> None:
    import fcntl

    sperre = os.open(projekt, os.O_RDONLY)
    fcntl.flock(sperre, fcntl.LOCK_EX)
    ende = run_atlas("build", ordner=projekt)
    os.close(sperre)
    assert ende.code == 75


@pytest.mark.parametrize("fehler", ["KonfigurationError", "EingabeError"])
def test_no_expected_error_shows_a_traceback(projekt: Path, fehler: str) -> None:
    wirft = f"""
from atlas.errors import {fehler}, Problem
from atlas.stages import compute
def run(*_): raise {fehler}([Problem("datei.csv", 3, "ort", "was falsch ist.")])
compute.run = run"""
    ende = run_atlas("compute", "--force", ordner=projekt, vorher=wirft)
    assert ende.stderr == "Fehler: 1 Problem in datei.csv\n  Zeile 3    ort: was falsch ist.\n"


BEFEHLE_MIT_JSON = {
    "check": ("check",),
    "ingest": ("ingest",),
    "validate": ("validate", "--force"),
    "compute": ("compute",),
    "build": ("build", "--until", "compute", "--force"),
    "dry-run": ("build", "--dry-run"),
    "status": ("status",),
}


@pytest.mark.parametrize("befehl", BEFEHLE_MIT_JSON.values(), ids=BEFEHLE_MIT_JSON)
def test_json_is_all_that_stands_on_stdout(atlas: Atlas, projekt: Path, befehl: tuple[str, ...]) -> None:
    ende = atlas(*befehl, "--output-format", "json", ordner=projekt)
    assert ende.code == 0
    assert isinstance(ende.json, dict | list)
    assert "{" not in ende.stderr


def test_json_of_new_names_the_folder(atlas: Atlas, tmp_path: Path) -> None:
    ende = atlas("new", "meins", "--output-format", "json", ordner=tmp_path)
    assert ende.json == {"projekt": str(tmp_path / "meins")}
    assert ende.stderr == ""


def test_json_of_doctor_is_json(atlas: Atlas, projekt: Path) -> None:
    ende = atlas("doctor", "--output-format", "json", ordner=projekt)
    assert {"was", "in_ordnung", "text"} == ende.json[0].keys()


def test_an_error_leaves_stdout_empty_also_with_json(atlas: Atlas, tmp_path: Path) -> None:
    ende = atlas("status", "--output-format", "json", ordner=tmp_path)
    assert (ende.code, ende.stdout) == (2, "")


@pytest.mark.parametrize("befehl", [*BEFEHLE_MIT_JSON.values(), ("new", "../neu")], ids=" ".join)
def test_quiet_says_nothing_when_all_is_well(atlas: Atlas, projekt: Path, befehl: tuple[str, ...]) -> None:
    ende = atlas(*befehl, "-q", ordner=projekt)
    assert (ende.code, ende.stdout, ende.stderr) == (0, "", "")


def test_quiet_still_says_what_went_wrong(atlas: Atlas, tmp_path: Path) -> None:
    assert atlas("build", "-q", ordner=tmp_path).stderr.startswith("Fehler: ")


def test_a_reader_that_goes_away_interrupts_without_a_word(projekt: Path) -> None:
    prozess = start_atlas("status", ordner=projekt, vorher="input()")
    assert prozess.stdout is not None
    prozess.stdout.close()
    assert prozess.stdin is not None
    assert prozess.stderr is not None
    prozess.stdin.write("\n")
    prozess.stdin.close()
    assert (prozess.wait(timeout=30), prozess.stderr.read()) == (130, "")
    prozess.stderr.close()


# A project that cannot be written.


def test_a_file_where_a_folder_should_be_is_named(atlas: Atlas, frisch: Path) -> None:
    (frisch / "data/processed").write_text("", encoding="utf-8")
    ende = atlas("build", ordner=frisch)
    assert (ende.code, ende.stderr) == (
        2,
        (
            "Fehler: data/processed kann nicht geschrieben werden: dort liegt schon eine Datei dieses Namens. "
            "Rechte und Platz prüfen, dann neu starten.\n"
        ),
    )


def test_a_project_without_the_right_to_write_is_named(atlas: Atlas, frisch: Path) -> None:
    (frisch / "data").chmod(0o555)
    if os.access(frisch / "data", os.W_OK):
        pytest.skip("this user may write everywhere")
    ende = atlas("build", ordner=frisch)
    (frisch / "data").chmod(0o755)
    assert (ende.code, "keine Berechtigung" in ende.stderr) == (2, True)


def test_a_raw_folder_is_only_read(atlas: Atlas, frisch: Path) -> None:
    roh = frisch / "data/raw"
    vorher = {pfad.name: pfad.stat().st_mtime_ns for pfad in roh.iterdir()}
    roh.chmod(0o555)
    ende = atlas(*BIS_COMPUTE, ordner=frisch)
    roh.chmod(0o755)
    assert ende.code == 0
    assert {pfad.name: pfad.stat().st_mtime_ns for pfad in roh.iterdir()} == vorher


# Where the project is.


def test_a_project_is_found_upwards(atlas: Atlas, projekt: Path) -> None:
    assert atlas("check", ordner=projekt / "data" / "raw").code == 0


def test_projekt_stands_above_the_environment_and_that_above_the_working_directory(
    atlas: Atlas, projekt: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_PROJEKT", str(tmp_path / "nichts"))
    assert "nichts liegt kein Projekt" in atlas("check", ordner=projekt).stderr
    assert atlas("check", "--projekt", str(projekt), ordner=tmp_path).code == 0
    monkeypatch.setenv("ATLAS_PROJEKT", str(projekt))
    assert atlas("check", ordner=tmp_path).code == 0


def test_atlas_roh_stands_for_data_raw(
    atlas: Atlas, frisch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anderswo = (frisch / "data/raw").rename(tmp_path / "Rohdaten für 2025")
    monkeypatch.setenv("ATLAS_ROH", str(anderswo))
    assert atlas(*BIS_COMPUTE, ordner=frisch).code == 0


@pytest.mark.parametrize("ort", ["option", "umgebung"])
def test_a_raw_folder_that_is_missing_is_refused(
    atlas: Atlas, frisch: Path, monkeypatch: pytest.MonkeyPatch, ort: str
) -> None:
    if ort == "umgebung":
        monkeypatch.setenv("ATLAS_ROH", "weg")
    ende = atlas("build", *(("--roh", "weg") if ort == "option" else ()), ordner=frisch)
    assert (ende.code, ende.stderr) == (
        2,
        "Fehler: Den Ordner für Rohdaten weg gibt es nicht, oder er ist nicht lesbar. --roh oder ATLAS_ROH prüfen.\n",
    )


def test_blanks_and_umlauts_in_the_path_do_no_harm(frisch: Path, tmp_path: Path) -> None:
    ordner = frisch.rename(tmp_path / "Größe 1 & $HOME 'x' [a]*")
    ende = run_atlas(*BIS_COMPUTE, ordner=ordner, umgebung={"LC_ALL": "C"})
    assert ende.code == 0
    assert run_atlas(*BIS_COMPUTE, ordner=ordner).stderr.count("unverändert") == 3


def test_a_project_behind_a_link_is_the_same_project(atlas: Atlas, projekt: Path, tmp_path: Path) -> None:
    verweis = tmp_path / "verweis"
    verweis.symlink_to(projekt)
    ende = atlas(*BIS_COMPUTE, "--projekt", str(verweis), "--output-format", "json", ordner=tmp_path)
    assert ende.gelaufen == []


def test_a_working_directory_that_is_gone_is_said_in_german(tmp_path: Path) -> None:
    weg = tmp_path / "weg"
    weg.mkdir()
    ende = run_atlas("status", ordner=tmp_path, vorher=f"import os; os.chdir({str(weg)!r}); os.rmdir({str(weg)!r})")
    assert (ende.code, "gibt es nicht mehr" in ende.stderr) == (2, True)


def test_the_steps_of_build_name_stage_and_time_in_json(atlas: Atlas, projekt: Path) -> None:
    ende = atlas(*BIS_COMPUTE, "--output-format", "json", ordner=projekt)
    assert [sorted(schritt) for schritt in ende.json["schritte"]] == [
        ["befunde", "gelaufen", "meldung", "sekunden", "stufe"]
    ] * 3
    assert json.loads(ende.stdout)["buecher"] == []
