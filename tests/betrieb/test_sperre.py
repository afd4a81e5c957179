"""Two runs never work on one project at the same time."""

from __future__ import annotations

import shutil
import signal
from typing import TYPE_CHECKING

import pytest

from betrieb.kleinprojekt import hash_ergebnisse, start_atlas

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from betrieb.kleinprojekt import Ende

    Atlas = Callable[..., Ende]

HAENGT = """
import sys, time
from atlas.stages import compute
def run(*_):
    print("drin", flush=True)
    time.sleep(60)
compute.run = run
"""


@pytest.fixture
def haenger(projekt: Path) -> Iterator[subprocess.Popen[str]]:
    """A run that hangs in compute and holds the lock."""
    prozess = start_atlas("build", "--until", "compute", "--force", "-q", ordner=projekt, vorher=HAENGT)
    assert prozess.stdout is not None
    assert prozess.stdout.readline() == "drin\n"
    yield prozess
    prozess.kill()
    prozess.communicate()


def test_a_second_run_ends_with_75_and_names_the_process(
    atlas: Atlas, projekt: Path, haenger: subprocess.Popen[str]
) -> None:
    ende = atlas("build", ordner=projekt)
    assert ende.code == 75
    assert ende.stderr == (
        f"Fehler: Ein anderer Lauf arbeitet gerade an diesem Projekt (Prozess {haenger.pid}). "
        "Warten, bis er fertig ist, und neu starten.\n"
    )


@pytest.mark.usefixtures("haenger")
@pytest.mark.parametrize("befehl", [("status",), ("check",), ("build", "--dry-run")], ids=" ".join)
def test_looking_works_while_another_run_holds_the_lock(atlas: Atlas, projekt: Path, befehl: tuple[str, ...]) -> None:
    assert atlas(*befehl, ordner=projekt).code == 0


def test_the_lock_goes_with_a_killed_holder_and_what_it_began_is_tidied(
    atlas: Atlas, projekt: Path, haenger: subprocess.Popen[str]
) -> None:
    vorher = {name: inhalt for name, inhalt in hash_ergebnisse(projekt).items() if "/.bau-" not in name}
    haenger.send_signal(signal.SIGKILL)
    haenger.wait()
    assert (projekt / "data/processed/.bau-compute").exists()
    assert atlas("build", "--until", "compute", "-q", ordner=projekt).code == 0
    assert hash_ergebnisse(projekt) == vorher


def test_two_paths_to_one_project_are_one_lock(
    atlas: Atlas, projekt: Path, tmp_path: Path, haenger: subprocess.Popen[str]
) -> None:
    verweis = tmp_path / "verweis"
    verweis.symlink_to(projekt)
    ende = atlas("build", "--projekt", str(verweis), ordner=tmp_path)
    assert ende.code == 75
    assert str(haenger.pid) in ende.stderr


def test_a_number_left_over_from_an_earlier_run_locks_nothing(atlas: Atlas, projekt: Path) -> None:
    (projekt / "data/processed/.sperre").write_text("4711", encoding="ascii")
    assert atlas("ingest", ordner=projekt).code == 0


def test_deleting_the_tables_during_a_run_unlocks_nothing(
    atlas: Atlas, projekt: Path, haenger: subprocess.Popen[str]
) -> None:
    shutil.rmtree(projekt / "data/processed")
    ende = atlas("build", ordner=projekt)
    assert ende.code == 75
    assert "(Prozess unbekannt)" in ende.stderr
    assert haenger.poll() is None
