"""`atlas ingest --probe` at the keyboard: exit codes, German errors, and nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from betrieb.kleinprojekt import MENSCHEN_2025, hash_ergebnisse, replace_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from betrieb.kleinprojekt import Ende

    Atlas = Callable[..., Ende]


def test_a_readable_source_ends_with_0_and_writes_nothing(atlas: Atlas, frisch: Path) -> None:
    ende = atlas("ingest", "--probe", "menschen", ordner=frisch)
    assert (ende.code, ende.stderr) == (0, "")
    assert "2 Dateien" in ende.stdout
    assert "Ein Lauf liest diese Datei wie gezeigt." in ende.stdout
    assert not hash_ergebnisse(frisch)
    assert not (frisch / "data" / "processed").exists()


def test_an_unreadable_source_ends_with_4_and_shows_it(atlas: Atlas, frisch: Path) -> None:
    (frisch / MENSCHEN_2025).write_text("id;alle;Arme\nG1;1000;?\n", "utf-8")
    ende = atlas("ingest", "--probe", "menschen", ordner=frisch)
    assert ende.code == 4
    assert "NICHT DEKLARIERT" in ende.stdout
    assert "die Spalte »arm« fehlt." in ende.stdout


def test_json_is_all_there_is_on_stdout(atlas: Atlas, frisch: Path) -> None:
    ende = atlas("ingest", "--probe", "menschen", "--output-format", "json", ordner=frisch)
    assert [(datei["datei"], datei["jahre"], datei["lesbar"]) for datei in ende.json["dateien"]] == [
        ("data/raw/menschen_2024.csv", [2024], True),
        (MENSCHEN_2025, [2025], True),
    ]


def test_a_file_outside_is_read_with_the_declaration(atlas: Atlas, frisch: Path, tmp_path: Path) -> None:
    fremde = tmp_path / "neu_2026.csv"
    fremde.write_text("id;alle;arm\nG1;1;2\n", "utf-8")
    ende = atlas("ingest", "--probe", "menschen", "--datei", str(fremde), ordner=frisch)
    assert ende.code == 0
    assert "Ein Lauf läse diese Datei nicht" in ende.stdout
    assert "Jahre             2026" in ende.stdout


def test_a_workbook_under_another_name_is_told_by_its_content(atlas: Atlas, frisch: Path) -> None:
    (frisch / MENSCHEN_2025).write_bytes(b"PK\x03\x04...")
    ende = atlas("ingest", "--probe", "menschen", "--datei", MENSCHEN_2025, ordner=frisch)
    assert ende.code == 4
    assert "datei.typ: xlsx eintragen" in ende.stdout


def test_quiet_leaves_the_problems_only(atlas: Atlas, frisch: Path) -> None:
    assert atlas("ingest", "--probe", "menschen", "-q", ordner=frisch).stdout == ""
    (frisch / MENSCHEN_2025).write_text("id;alle\nG1;1\n", "utf-8")
    ende = atlas("ingest", "--probe", "menschen", "-q", ordner=frisch)
    assert (ende.code, ende.stdout) == (4, "")
    assert "die Spalte »arm« fehlt" in ende.stderr


def test_the_comparison_names_what_was_renamed(atlas: Atlas, frisch: Path) -> None:
    (frisch / MENSCHEN_2025).write_text("id;alle;arme\nG1;1;2\nG9;1;2\n", "utf-8")
    ende = atlas("ingest", "--probe", "menschen", "--gegen", "2024", ordner=frisch)
    assert ende.code == 0
    assert "wohl umbenannt: »arm« heißt jetzt »arme«" in ende.stdout
    assert "- dateien: '^menschen_2025\\.csv$'" in ende.stdout
    assert "neu: »G9«" in ende.stdout


@pytest.mark.parametrize(
    ("argumente", "text"),
    [
        (["--probe", "mensch"], "Die Quelle »mensch« gibt es nicht. Gemeint: menschen?"),
        (["--probe", "xyz"], "Deklariert sind: menschen."),
        (["--probe", "menschen", "--datei", "fehlt.csv"], "Die Datei fehlt.csv gibt es nicht"),
        (["--probe", "menschen", "--gegen", "2019"], "Erkannte Jahre: 2024, 2025."),
        (["--probe", "menschen", "--gegen", "2025"], "2025 ist schon das neueste Jahr"),
        (["--probe", "menschen", "--gegen", "voriges"], "»voriges« ist kein Jahr"),
        (["--gegen", "2024"], "--gegen gilt nur zusammen mit --probe QUELLE."),
        (["--probe", "menschen", "--force"], "--force gilt nicht zusammen mit --probe"),
        (["--probe", "menschen", "--gegen", "2024", "--dry-run"], "--dry-run gilt nicht zusammen mit --probe"),
        (["--datei", "x.csv"], "--datei gilt nur zusammen mit --probe QUELLE."),
    ],
)
def test_a_wrong_call_is_answered_in_german(atlas: Atlas, frisch: Path, argumente: list[str], text: str) -> None:
    ende = atlas("ingest", *argumente, ordner=frisch)
    assert ende.code == 2
    assert text in ende.stderr
    assert ende.stdout == ""


def test_an_expired_permission_forbids_the_look_as_well(atlas: Atlas, frisch: Path) -> None:
    quellen = frisch / "config" / "quellen.yaml"
    frist = "    genehmigung: {aktenzeichen: A1, bis: 2020-01-01}\n"
    quellen.write_text(quellen.read_text("utf-8") + frist, "utf-8")
    ende = atlas("ingest", "--probe", "menschen", ordner=frisch)
    assert (ende.code, ende.stdout) == (3, "")
    assert "abgelaufen" in ende.stderr


def count_ausserhalb(projekt: Path) -> None:
    """Let the Quelle count Räume beyond the project instead of refusing them."""
    replace_in(projekt / "config" / "quellen.yaml", "{gemeinde: 'G\\d'}}", "{gemeinde: 'G\\d'}, ausserhalb: zaehlen}")


def test_a_source_without_any_cell_of_the_project_is_refused_as_a_run_does(atlas: Atlas, frisch: Path) -> None:
    count_ausserhalb(frisch)
    for jahr in (2024, 2025):
        (frisch / "data" / "raw" / f"menschen_{jahr}.csv").write_text("id;alle;arm\nG8;1;1\nG9;1;1\n", "utf-8")
    probe = atlas("ingest", "--probe", "menschen", ordner=frisch)
    lauf = atlas("ingest", ordner=frisch)
    text = "keine Zelle der Quelle menschen gehört zu Raum und Merkmal des Projekts."
    assert (probe.code, lauf.code) == (4, 4)
    assert text in " ".join(probe.stdout.split())
    assert text in lauf.stderr
    assert "wie gezeigt" not in probe.stdout
    assert "außerhalb" in probe.stdout


def test_one_of_several_files_may_be_empty_for_the_project(atlas: Atlas, frisch: Path) -> None:
    count_ausserhalb(frisch)
    (frisch / MENSCHEN_2025).write_text("id;alle;arm\nG8;1;1\n", "utf-8")
    ende = atlas("ingest", "--probe", "menschen", ordner=frisch)
    assert (ende.code, atlas("ingest", ordner=frisch).code) == (0, 0)
    assert (
        "Aus dieser Datei nimmt ein Lauf nichts"
        in atlas("ingest", "--probe", "menschen", "--datei", MENSCHEN_2025, ordner=frisch).stdout
    )


def test_without_the_list_of_areas_the_table_is_shown_all_the_same(atlas: Atlas, frisch: Path) -> None:
    count_ausserhalb(frisch)
    (frisch / "data" / "raw" / "raeume.csv").unlink()
    ende = atlas("ingest", "--probe", "menschen", ordner=frisch)
    assert (ende.code, ende.stderr) == (4, "")
    assert "gemeinde              4" in ende.stdout
    assert "raeume.csv" in ende.stdout
    assert "wie gezeigt" not in ende.stdout


def test_without_the_dated_list_the_table_is_shown_all_the_same(atlas: Atlas, frisch: Path) -> None:
    liste = """\
gueltigkeiten:
  orte:
    datei: {typ: csv, glob: orte.csv, zeichensatz: utf-8, trenner: ";"}
    schluessel: id
    gilt_fuer: 'G\\d'
    von: 2020-01-01
    bis: 2025-12-31
"""
    raeume, quellen = frisch / "config" / "raeume.yaml", frisch / "config" / "quellen.yaml"
    raeume.write_text(raeume.read_text("utf-8") + liste, "utf-8")
    quellen.write_text(quellen.read_text("utf-8") + "    gueltigkeit: orte\n", "utf-8")
    ende = atlas("ingest", "--probe", "menschen", "--output-format", "json", ordner=frisch)
    assert ende.code == 4
    assert [datei["messwerte"] for datei in ende.json["dateien"]] == [8, 8]
    assert "orte.csv" in str(ende.json["probleme"])
    assert not ende.json["lesbar"]
    assert "orte.csv" in atlas("ingest", "--probe", "menschen", "-q", ordner=frisch).stderr
