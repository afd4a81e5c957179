"""However a run ends, the last good state is there, whole."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from atlas import store
from atlas.manifest import read_manifest
from atlas.projekt import find_projekt
from atlas.stages.render import NAME
from atlas.stufen import STAGES
from betrieb.kleinprojekt import MENSCHEN_2025, hash_ergebnisse, replace_in, run_atlas, start_atlas, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from betrieb.kleinprojekt import Ende

    Atlas = Callable[..., Ende]

BIS_COMPUTE = ("build", "--until", "compute", "-q")
HALB = """
import os, signal, sys, time
from atlas.stages import compute
def run(projekt, konfiguration, bau):
    bau.write_bytes("Indizes.parquet", b"halb")
    print("drin", flush=True)
    while True:
        try:
            time.sleep(0.01)
        except Exception:  # as pandera does around every check
            pass
compute.run = run
"""
STIRB_IM_TAUSCH = """
import os, signal
from pathlib import Path
echt, offen = Path.rename, [{stelle}]
def rename(self, ziel):
    if "compute" in str(self):
        offen[0] -= 1
        if offen[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
    return echt(self, ziel)
Path.rename = rename
"""


def change_data(projekt: Path) -> None:
    replace_in(projekt / MENSCHEN_2025, "110", "120")


@pytest.mark.parametrize("stelle", [0, 1], ids=["before the first rename", "between the renames"])
def test_a_run_killed_in_the_swap_leaves_the_old_state_or_brings_it_back(
    atlas: Atlas, projekt: Path, stelle: int
) -> None:
    alt = hash_ergebnisse(projekt)
    ende = run_atlas("compute", "--force", ordner=projekt, vorher=STIRB_IM_TAUSCH.format(stelle=stelle))
    assert ende.code == -signal.SIGKILL
    assert (projekt / "data/processed/.alt-compute").exists() == bool(stelle)
    assert atlas("ingest", "-q", ordner=projekt).code == 0  # any run that takes the lock tidies
    assert hash_ergebnisse(projekt) == alt


def test_a_run_killed_after_the_swap_leaves_the_new_state(atlas: Atlas, projekt: Path) -> None:
    neu, alt = projekt / "data/processed/compute", projekt / "data/processed/.alt-compute"
    shutil.copytree(neu, alt)
    (alt / "Indizes.parquet").unlink()  # it was being removed
    vorher = hash_ergebnisse(projekt).keys() - {f"data/processed/.alt-compute/{pfad.name}" for pfad in alt.iterdir()}
    assert atlas(*BIS_COMPUTE, ordner=projekt).code == 0
    assert hash_ergebnisse(projekt).keys() == vorher


def test_a_folder_half_built_is_dropped(atlas: Atlas, projekt: Path) -> None:
    alt = hash_ergebnisse(projekt)
    for ordner in ("data/processed/.bau-compute", "reports/.bau-aktuell/seiten"):
        (projekt / ordner).mkdir(parents=True)
        (projekt / ordner / "halb").write_bytes(b"halb")
    assert atlas(*BIS_COMPUTE, ordner=projekt).code == 0
    assert hash_ergebnisse(projekt) == alt


def test_reports_moved_aside_come_back(atlas: Atlas, projekt: Path) -> None:
    (projekt / "reports/.alt-aktuell").mkdir(parents=True)
    (projekt / "reports/.alt-aktuell/atlas.pdf").write_bytes(b"%PDF")
    assert atlas("ingest", ordner=projekt).code == 0
    assert (projekt / "reports/aktuell/atlas.pdf").read_bytes() == b"%PDF"


@pytest.mark.parametrize("art", ["link", "file", "dangling link"])
@pytest.mark.parametrize("name", ["compute", ".bau-ingest", ".alt-compute", ".bau-compute"])
def test_a_link_or_a_file_in_the_place_of_a_folder_goes_and_what_it_points_to_stays(
    atlas: Atlas, projekt: Path, name: str, art: str
) -> None:
    alt = hash_ergebnisse(projekt)
    stelle, anderswo = projekt / "data/processed" / name, projekt.parent / "anderswo"
    anderswo.mkdir()
    (anderswo / "meins.txt").write_text("meins", encoding="utf-8")
    if stelle.exists():
        shutil.rmtree(stelle)
    if art == "file":
        stelle.write_text("?", encoding="utf-8")
    else:
        stelle.symlink_to(anderswo if art == "link" else projekt / "nirgends")
    assert atlas(*BIS_COMPUTE, ordner=projekt).code == 0
    assert hash_ergebnisse(projekt) == alt
    assert not [pfad for pfad in (projekt / "data/processed").iterdir() if pfad.is_symlink()]
    assert [pfad.name for pfad in anderswo.iterdir()] == ["meins.txt"]


def test_the_number_of_the_run_is_not_written_through_a_link(atlas: Atlas, projekt: Path) -> None:
    meins = projekt.parent / "meins.txt"
    meins.write_text("meins", encoding="utf-8")
    (projekt / "data/processed/.sperre").unlink(missing_ok=True)
    (projekt / "data/processed/.sperre").symlink_to(meins)
    assert atlas("ingest", ordner=projekt).code == 0
    assert meins.read_text("utf-8") == "meins"


def test_without_a_manifest_notes_stay_and_books_of_a_removed_ausgabe_do_not(projekt: Path) -> None:
    ordner = projekt / "reports/aktuell"
    for name in ("weg/sozialstrukturatlas.pdf", "weg/sozialstrukturatlas.html", "weg/notizen.txt", "liste.pdf"):
        (ordner / name).parent.mkdir(parents=True, exist_ok=True)
        (ordner / name).write_bytes(b"alt")
    (ordner / "manifest.json").unlink(missing_ok=True)
    with store.build_stufe(find_projekt(projekt), STAGES[-1], {}, [], {}) as bau:
        bau.write_bytes(f"intern/{NAME}.html", b"neu")
        bau.write_bytes(f"intern/{NAME}.pdf", b"neu")
    namen = sorted(p.relative_to(ordner).as_posix() for p in ordner.rglob("*") if p.is_file())
    assert namen == [
        "intern/sozialstrukturatlas.html", "intern/sozialstrukturatlas.pdf", "liste.pdf", "manifest.json",
        "weg/notizen.txt",
    ]  # fmt: skip
    assert store.BUCH.fullmatch(f"intern/{NAME}.pdf")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_ends_the_run_with_130_and_one_german_line(projekt: Path, name: str) -> None:
    alt = hash_ergebnisse(projekt)
    prozess = start_atlas("compute", "--force", ordner=projekt, vorher=HALB)
    assert prozess.stdout is not None
    assert prozess.stdout.readline() == "drin\n"
    prozess.send_signal(signal.Signals[name])
    ende = wait_for(prozess)
    assert ende.code == 130
    assert ende.stderr == (
        f"Abgebrochen ({name}). Fertige Stufen bleiben, von der angefangenen gilt der letzte gute Stand.\n"
    )
    assert hash_ergebnisse(projekt) == alt


def test_a_signal_that_the_caller_ignores_stays_ignored_as_nohup_wants_it(projekt: Path) -> None:
    kurz = HALB.replace("    while True:", "    time.sleep(0.2)\n    return 'fertig'\n    while True:")
    vorher = f"import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN){kurz}"
    prozess = start_atlas("compute", "--force", ordner=projekt, vorher=vorher)
    assert prozess.stdout is not None
    assert prozess.stdout.readline() == "drin\n"
    prozess.send_signal(signal.SIGHUP)
    ende = wait_for(prozess)
    assert (ende.code, ende.stderr.split()[-1]) == (0, "fertig")


def test_a_signal_within_the_swap_waits_until_it_is_done(
    atlas: Atlas, projekt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_data(projekt)
    echt = Path.rename

    def rename(self: Path, ziel: Path) -> Path:
        if self.name == "ingest":  # from another thread, as the threads of polars take signals
            faden = threading.Thread(target=os.kill, args=(os.getpid(), signal.SIGTERM))
            faden.start()
            faden.join()
        return echt(self, ziel)

    monkeypatch.setattr(Path, "rename", rename)
    assert atlas(*BIS_COMPUTE, ordner=projekt).code == 130
    monkeypatch.undo()
    assert not list((projekt / "data/processed").glob(".[ab]*-*"))
    ende = atlas("build", "--until", "compute", "--output-format", "json", ordner=projekt)
    assert ende.gelaufen == ["validate", "compute"]  # ingest was swapped in whole


@pytest.mark.parametrize("fehler", [ValueError("?"), MemoryError(), KeyError("spalte")], ids=repr)
def test_a_stage_that_raises_leaves_every_output_as_it_was(
    atlas: Atlas, projekt: Path, monkeypatch: pytest.MonkeyPatch, fehler: Exception
) -> None:
    from atlas.stages import compute

    def run(*_: object) -> str:
        raise fehler

    monkeypatch.setattr(compute, "run", run)
    alt = hash_ergebnisse(projekt)
    assert atlas("compute", "--force", ordner=projekt).code == 1
    assert hash_ergebnisse(projekt) == alt


@pytest.mark.parametrize(
    ("nummer", "grund"),
    [(errno.ENOSPC, "der Datenträger ist voll"), (errno.EROFS, "der Datenträger ist schreibgeschützt")],
)
def test_a_full_disk_is_said_in_german_and_leaves_every_output_as_it_was(
    atlas: Atlas, projekt: Path, monkeypatch: pytest.MonkeyPatch, nummer: int, grund: str
) -> None:
    def refuse(_: int) -> None:
        raise OSError(nummer, os.strerror(nummer))

    alt = hash_ergebnisse(projekt)
    monkeypatch.setattr(os, "fsync", refuse)
    ende = atlas("compute", "--force", ordner=projekt)
    assert (ende.code, ende.stderr) == (
        2,
        (
            f"Fehler: data/processed/compute kann nicht geschrieben werden: {grund}. "
            "Rechte und Platz prüfen, dann neu starten.\n"
        ),
    )
    assert hash_ergebnisse(projekt) == alt


def test_a_disk_that_takes_no_more_bytes_is_no_bug(projekt: Path) -> None:
    alt = hash_ergebnisse(projekt)
    grenze = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))"
    ende = run_atlas("compute", "--force", ordner=projekt, vorher=grenze)
    assert ende.code == 2
    assert ende.stderr.startswith("Fehler: data/processed/compute kann nicht geschrieben werden: die Datei wird größer")
    assert hash_ergebnisse(projekt) == alt


def test_what_arrives_wrong_on_the_disk_is_not_swapped_in(
    atlas: Atlas, projekt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(pfad: Path, inhalt: bytes | memoryview) -> None:
        pfad.write_bytes(bytes(inhalt)[:-1])

    monkeypatch.setattr(store, "_write_sicher", write)
    alt = hash_ergebnisse(projekt)
    ende = atlas("compute", "--force", ordner=projekt)
    assert (ende.code, "der Datenträger meldet einen Fehler" in ende.stderr) == (2, True)
    assert hash_ergebnisse(projekt) == alt


def test_an_error_in_reading_is_not_taken_for_one_in_writing(
    atlas: Atlas, projekt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from atlas.stages import compute

    def run(*_: object) -> str:
        raise PermissionError(errno.EACCES, "?", "/etc/shadow")

    monkeypatch.setattr(compute, "run", run)
    assert atlas("compute", "--force", ordner=projekt).code == 1


def test_a_foreign_file_among_the_outputs_outlives_the_swap(atlas: Atlas, projekt: Path) -> None:
    fremd = projekt / "data/processed/ingest/von hand/notiz.txt"
    fremd.parent.mkdir()
    fremd.write_text("Bitte prüfen", encoding="utf-8")
    for _ in range(2):
        assert atlas("ingest", "--force", ordner=projekt).code == 0
    assert fremd.read_text("utf-8") == "Bitte prüfen"


def test_a_file_name_that_is_no_text_can_stand_in_a_manifest(projekt: Path) -> None:
    name = os.fsdecode(b"templates/\xff.j2")
    with store.build_stufe(find_projekt(projekt), STAGES[-1], {name: "1"}, [], {}) as bau:
        bau.write_bytes("a/b.html", b"x")
    manifest = read_manifest(projekt / "reports/aktuell")
    assert manifest is not None
    assert manifest.eingaben == {name: "1"}
