"""The committed deliveries of the demo come from its generator, byte for byte."""

from __future__ import annotations

import time
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pytest
from openpyxl import load_workbook

from atlas.musterland.__main__ import main
from atlas.musterland.arbeitsmappe import Blatt, write_workbook
from atlas.musterland.dateien import write_files
from atlas.musterland.raeume import split_altmuehlen
from atlas.musterland.runden import allocate
from atlas.musterland.tabellen import format_decimal, format_genesis, format_thousands
from geteilte_daten import WURZEL

if TYPE_CHECKING:
    from pathlib import Path

ROHDATEN = WURZEL / "data" / "raw"
BEFEHL = "python -m atlas.musterland data/raw"
_MEGABYTE = 1_000_000


def list_files(ordner: Path) -> dict[str, Path]:
    return {pfad.relative_to(ordner).as_posix(): pfad for pfad in sorted(ordner.rglob("*")) if pfad.is_file()}


@pytest.fixture(scope="module")
def neue_dateien(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    ziel = tmp_path_factory.mktemp("musterland")
    pfade = write_files(ziel)
    assert sorted(pfade) == sorted(list_files(ziel).values()), "write_files nennt nicht genau, was es schreibt"
    return list_files(ziel)


def test_committed_files_are_exactly_the_generated_ones(neue_dateien: dict[str, Path]) -> None:
    assert sorted(list_files(ROHDATEN)) == sorted(neue_dateien), f"data/raw neu schreiben: {BEFEHL}"


def test_committed_bytes_equal_generated_bytes(neue_dateien: dict[str, Path]) -> None:
    gespeichert = list_files(ROHDATEN)
    anders = [
        n for n, pfad in neue_dateien.items() if n in gespeichert and gespeichert[n].read_bytes() != pfad.read_bytes()
    ]
    assert not anders, f"data/raw ist nicht der Stand des Generators. Neu schreiben: {BEFEHL}"


def test_the_demo_stays_small(neue_dateien: dict[str, Path]) -> None:
    assert sum(pfad.stat().st_size for pfad in neue_dateien.values()) < 5 * _MEGABYTE


def test_command_without_folder_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "ZIELORDNER" in capsys.readouterr().err


def test_command_leaves_other_files_alone(tmp_path: Path) -> None:
    fremd = tmp_path / "eigene.csv"
    fremd.write_bytes(b"a;b\n")
    assert main([str(tmp_path)]) == 0
    assert fremd.read_bytes() == b"a;b\n"


def test_workbook_has_the_same_bytes_whenever_it_is_written(tmp_path: Path) -> None:
    blatt = Blatt("Tabelle 1", [["Titel"], ["Raum", "Anzahl", None], ["01", 3, 0.5]], verbunden=["B2:C2"], fett=[2])
    erste = write_workbook(tmp_path / "a.xlsx", [blatt]).read_bytes()
    time.sleep(1.1)  # a workbook knows its time to the second
    assert write_workbook(tmp_path / "b.xlsx", [blatt]).read_bytes() == erste
    assert b"theme1.xml" not in erste
    mappe = load_workbook(BytesIO(erste))
    assert mappe.sheetnames == ["Tabelle 1"]
    assert [zelle.value for zelle in mappe["Tabelle 1"][3]] == ["01", 3, 0.5]
    assert [str(bereich) for bereich in mappe["Tabelle 1"].merged_cells.ranges] == ["B2:C2"]


def test_numbers_look_as_their_senders_write_them() -> None:
    assert (format_decimal(52.45, 1), format_thousands(1_234_567)) == ("52,5", "1.234.567")
    assert [format_genesis(wert) for wert in (0, 12)] == ["-", "12"]


def test_a_sum_is_split_into_whole_parts_without_rest() -> None:
    teile = allocate(np.array([10, 0]), np.array([[1.0, 2.0, 7.0], [1.0, 1.0, 1.0]]), np.array([0.5, 0.5]))
    assert teile.tolist() == [[1, 2, 7], [0, 0, 0]]


def test_altmuehlen_takes_its_part_from_loewensgruen_until_2018() -> None:
    geteilt = split_altmuehlen(np.full((33, 12), 1000))
    assert geteilt.shape == (34, 12)
    assert geteilt[33].tolist() == [213] * 5 + [0] * 7
    assert geteilt.sum(axis=0).tolist() == [33_000] * 12
