"""A project that is a part of what is delivered counts the areas of others and reads its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from betrieb.kleinprojekt import MENSCHEN_2025, replace_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from betrieb.kleinprojekt import Ende

    Atlas = Callable[..., Ende]


@pytest.fixture
def groessere(frisch: Path) -> Path:
    """A project whose delivery of 2025 also has a Gemeinde of the neighbours."""
    replace_in(frisch / MENSCHEN_2025, "id;alle;arm\n", "id;alle;arm\nG9;5000;900\n")
    return frisch


def test_an_area_of_others_is_a_finding_unless_the_project_is_a_part(atlas: Atlas, groessere: Path) -> None:
    assert "R101" in atlas("build", "--until", "validate", ordner=groessere).stderr
    replace_in(groessere / "config/raeume.yaml", "verzeichnis:\n", "ausserhalb: zaehlen\nverzeichnis:\n")
    ende = atlas("build", "--until", "compute", ordner=groessere)
    assert (ende.code, "R101" in ende.stderr) == (0, False)


def test_an_umstieg_of_the_whole_kreis_makes_no_area_of_others_known(atlas: Atlas, groessere: Path) -> None:
    """G9 stays as it is in the Umstieg of all; its row of today is counted like that of any neighbour."""
    umstieg = """ausserhalb: zaehlen
umstiege:
  - von: "2020-12-31"
    nach: "2025-12-31"
    datei: {typ: csv, glob: umstieg.csv, zeichensatz: utf-8, trenner: ";"}
    spalten: {von: alt, nach: neu}
    umfang: vollstaendig
verzeichnis:
"""
    replace_in(groessere / "config/raeume.yaml", "verzeichnis:\n", umstieg)
    zeilen = "".join(f"G{n};G{n}\n" for n in (1, 2, 3, 4, 9))
    (groessere / "data/raw/umstieg.csv").write_text(f"alt;neu\n{zeilen}", encoding="utf-8")
    ende = atlas("build", "--until", "compute", ordner=groessere)
    assert (ende.code, "R101" in ende.stderr) == (0, False), ende.stderr


def test_what_a_quelle_says_itself_goes_before_what_the_project_says(atlas: Atlas, groessere: Path) -> None:
    replace_in(groessere / "config/raeume.yaml", "verzeichnis:\n", "ausserhalb: zaehlen\nverzeichnis:\n")
    replace_in(groessere / "config/quellen.yaml", "{spalte: id, ", "{spalte: id, ausserhalb: fehler, ")
    assert "R101" in atlas("build", "--until", "validate", ordner=groessere).stderr
