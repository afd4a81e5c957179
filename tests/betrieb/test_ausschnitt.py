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


def test_what_a_quelle_says_itself_goes_before_what_the_project_says(atlas: Atlas, groessere: Path) -> None:
    replace_in(groessere / "config/raeume.yaml", "verzeichnis:\n", "ausserhalb: zaehlen\nverzeichnis:\n")
    replace_in(groessere / "config/quellen.yaml", "{spalte: id, ", "{spalte: id, ausserhalb: fehler, ")
    assert "R101" in atlas("build", "--until", "validate", ordner=groessere).stderr
