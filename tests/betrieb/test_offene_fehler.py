"""Data with an open Fehler stops after validate; the last reports stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from betrieb.kleinprojekt import DATEIEN, EIN_FEHLER, MENSCHEN_2025

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from betrieb.kleinprojekt import Ende

    Atlas = Callable[..., Ende]


@pytest.fixture
def fehlerhaft(projekt: Path) -> Path:
    """A project that was built, printed, and then got a wrong delivery."""
    (projekt / "reports/aktuell").mkdir(parents=True)
    (projekt / "reports/aktuell/atlas.pdf").write_bytes(b"%PDF")
    (projekt / MENSCHEN_2025).write_text(EIN_FEHLER, encoding="utf-8")
    return projekt


def test_build_stops_after_validate_with_5_and_lists_the_findings(atlas: Atlas, fehlerhaft: Path) -> None:
    ende = atlas("build", ordner=fehlerhaft)
    assert ende.code == 5
    zeilen = ende.stderr.splitlines()
    assert [zeile.split()[0] for zeile in zeilen[:3]] == ["ingest", "validate", "R106"]
    assert zeilen[3] == "Fehler: 1 offener Fehler in den Daten; die letzten Berichte bleiben, wie sie sind."
    assert "menschen:menschen_2025.csv" in zeilen[4]
    assert (ende.stdout, len(zeilen)) == ("", 5)


def test_the_last_tables_and_reports_stay(atlas: Atlas, fehlerhaft: Path) -> None:
    tabelle = fehlerhaft / "data/processed/compute/Indizes.parquet"
    vorher = tabelle.read_bytes()
    atlas("build", ordner=fehlerhaft)
    assert tabelle.read_bytes() == vorher
    assert (fehlerhaft / "reports/aktuell/atlas.pdf").read_bytes() == b"%PDF"


def test_a_second_build_ends_with_5_again(atlas: Atlas, fehlerhaft: Path) -> None:
    atlas("build", ordner=fehlerhaft)
    ende = atlas("build", ordner=fehlerhaft)
    assert ende.code == 5
    assert ende.stderr.count("unverändert") == 2
    assert "1 offener Fehler" in ende.stderr


@pytest.mark.parametrize("befehl", [("validate",), ("compute",), ("compute", "--force"), ("render",)], ids=" ".join)
def test_every_later_command_refuses(atlas: Atlas, fehlerhaft: Path, befehl: tuple[str, ...]) -> None:
    atlas("build", ordner=fehlerhaft)
    ende = atlas(*befehl, ordner=fehlerhaft)
    assert (ende.code, "1 offener Fehler" in ende.stderr) == (5, True)


def test_status_counts_them(atlas: Atlas, fehlerhaft: Path) -> None:
    atlas("build", ordner=fehlerhaft)
    ende = atlas("status", ordner=fehlerhaft)
    assert "validate  aktuell\n          offene Fehler: 1\ncompute   veraltet\n" in ende.stdout


def test_after_mending_the_file_the_build_goes_on(atlas: Atlas, fehlerhaft: Path) -> None:
    atlas("build", ordner=fehlerhaft)
    (fehlerhaft / MENSCHEN_2025).write_text(DATEIEN[MENSCHEN_2025], encoding="utf-8")
    ende = atlas("build", "--until", "compute", "--output-format", "json", ordner=fehlerhaft)
    assert ende.code == 0
    assert ende.gelaufen == ["ingest", "validate"]  # compute is as it was before the wrong delivery


def test_many_findings_are_cut_short_with_the_way_to_the_rest(atlas: Atlas, frisch: Path) -> None:
    zeilen = "".join(f"G{nummer};10;11\n" for nummer in range(1, 5))
    for jahr in range(2020, 2026):
        (frisch / f"data/raw/menschen_{jahr}.csv").write_text(f"id;alle;arm\n{zeilen}", encoding="utf-8")
    ende = atlas("build", ordner=frisch)
    assert "24 offene Fehler in den Daten" in ende.stderr
    assert ende.stderr.endswith("  … und 19 weitere R105\n  Alle stehen in data/processed/validate/Befunde.parquet.\n")
