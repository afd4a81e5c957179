"""What several test modules build once and share, and how Hypothesis searches."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import settings

from atlas.lauf import run_stufen, select_stufen
from atlas.projekt import Projekt
from geteilte_daten import WURZEL
from kreisprojekt import build_kreis

# The same examples in every run, however slow the machine: a red test is red for everybody.
settings.register_profile("atlas", deadline=None, derandomize=True, database=None)
settings.load_profile("atlas")


@pytest.fixture(scope="session")
def kreis(tmp_path_factory: pytest.TempPathFactory) -> Projekt:
    """Give the small Kreis with its tables, books not made."""
    return build_kreis(tmp_path_factory.mktemp("kreis"), "compute")


@pytest.fixture(scope="session")
def musterland(tmp_path_factory: pytest.TempPathFactory) -> Projekt:
    """Give the whole demo with its tables, books not made."""
    ordner = tmp_path_factory.mktemp("musterland")
    shutil.copytree(WURZEL / "config", ordner / "config")
    shutil.copytree(WURZEL / "data" / "raw", ordner / "data" / "raw")
    projekt = Projekt(ordner, ordner / "data" / "raw")
    run_stufen(projekt, select_stufen(None, "compute"), erzwinge=False, melde=lambda _: None)
    return projekt
